/* recipe.h - an expression of the pattern language as a value.
 *
 *      window(w=4) | sink(s=2)
 *
 * is held in postfix order: the leaf window, the leaf sink, the union of both. The values of all
 * leaves stand in one row, leaf after leaf, in the order of their mechanism's parameters; the
 * number of a value in that row is its place:
 *
 *      node   0 window   1 sink   2 |
 *      place  0 w = 4    1 s = 2
 *
 * Joining a and b puts b's places behind a's. Whoever moves a slider changes the value at one
 * place; undo is a copy. Always: every value is inside its parameter's bounds, defaults filled in.
 * The grammar, the canonical spelling and the limits: one MiB of text, 256 leaves, 64 brackets
 * deep, integers to 2^31-1. The caller owns a Recipe; recipe_done frees it. */
#ifndef ENGINE_RECIPE_H
#define ENGINE_RECIPE_H

#include "engine/status.h"

#include <stdbool.h>
#include <stddef.h>

struct Mechanism;
struct Param;

typedef enum {
    VALUE_DEFAULT,
    VALUE_INTEGER,
    VALUE_REAL,
    VALUE_WORD,
    VALUE_TEXT,
    VALUE_LIST
} ValueKind;

typedef struct Value {
    ValueKind     kind;
    int64_t lo, hi; /* integer: lo == hi; as an item of a list also a range lo .. hi, inclusive */
    double        real;
    char         *text; /* word or quoted text, owned */
    struct Value *item; /* items of a list, owned */
    int           items;
} Value;

typedef enum { RECIPE_LEAF, RECIPE_UNION, RECIPE_INTERSECT, RECIPE_MINUS } RecipeOp;

typedef struct {
    RecipeOp                op;
    const struct Mechanism *mechanism; /* of a leaf: an atom or a named design */
    int                     place;     /* of a leaf: where its values begin */
    int                     column;    /* in the text it was parsed from, from 1; 0 if from none */
} RecipeNode;

typedef struct {
    RecipeNode *node;
    int         nodes;
    Value      *value;
    int         values;
} Recipe; /* {0} is no expression yet */

void   value_done(Value *value);
Status value_copy(const Value *from, Value *to) MUST_USE;

/* life */
Status recipe_parse(const char *text, size_t len, Recipe *out, Why *why) MUST_USE;
/* One leaf. values: one for each parameter of the mechanism, VALUE_DEFAULT where not given; they
 * are copied and checked as the parser checks them. */
Status recipe_leaf(const struct Mechanism *mechanism, const Value *values, Recipe *out,
                   Why *why) MUST_USE;
/* a op b; out is neither. STATUS_LIMIT past 256 leaves. */
Status recipe_join(RecipeOp op, const Recipe *a, const Recipe *b, Recipe *out, Why *why) MUST_USE;
Status recipe_copy(const Recipe *from, Recipe *out) MUST_USE;
void   recipe_done(Recipe *r);

/* questions */
/* The canonical spelling, as snprintf: at most size bytes, returns the full length. */
size_t recipe_print(const Recipe *r, char *out, size_t size);
bool   recipe_equal(const Recipe *a, const Recipe *b);
int    recipe_leaves(const Recipe *r);
/* The parameter that stands at a place, and the leaf (node number) it belongs to. */
const struct Param *recipe_param(const Recipe *r, int place);
int                 recipe_leaf_of(const Recipe *r, int place);
double              recipe_number(const Recipe *r, int place); /* an integer or real value */

/* changes */
/* Sets an integer or real at a place, clamped to the parameter's bounds; true if it changed. */
bool recipe_set(Recipe *r, int place, double value);
/* The same expression with every named design written out; an atom alone stays itself. */
Status recipe_expand(const Recipe *r, Recipe *out, Why *why) MUST_USE;

#endif
