/* expand.h - expressions in place of leaves that stand for one. */
#ifndef ENGINE_EXPAND_H
#define ENGINE_EXPAND_H

#include "engine/recipe.h"

/* The same sets with every atom that has parts written out; r has no designs. */
Status recipe_parts(const Recipe *r, Recipe *out, Why *why) MUST_USE;

#endif
