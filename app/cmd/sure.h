/* sure.h - the part of an expression that no content can take away, as an expression. */
#ifndef APP_CMD_SURE_H
#define APP_CMD_SURE_H

#include "engine/recipe.h"

#include <stdbool.h>

/* any: false where no part is sure; out is then empty. A union keeps the sure parts of both sides,
 * an intersection needs both sure, a difference needs a positional right side. */
Status sure_part(const Recipe *recipe, bool *any, Recipe *out) MUST_USE;

#endif
