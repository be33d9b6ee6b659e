/* value.h - one argument of a leaf: copied, compared, spelt, and held to its parameter's bounds. */
#ifndef ENGINE_VALUE_H
#define ENGINE_VALUE_H

#include "engine/mechanism.h"
#include "engine/writer.h"

/* The values of one leaf as somebody gave them, VALUE_DEFAULT where he gave none, become complete
 * and canonical, or are refused. column: of each parameter's value, column_leaf: of the name; 0
 * where there is no text. */
Status values_complete(const Mechanism *mechanism, Value *value, const int *column, int column_leaf,
                       Why *why) MUST_USE;

bool value_equal(const Value *a, const Value *b);
/* Nothing to write: it is the value that is taken when none is given. value: all of the leaf. */
bool value_at_default(const Mechanism *mechanism, const Value *value, int k);
void value_print(const Value *value, Writer *w);

#endif
