/* postfix.h - the shape of an expression that is held in postfix order. */
#ifndef ENGINE_POSTFIX_H
#define ENGINE_POSTFIX_H

#include "engine/recipe.h"

enum { RECIPE_TEXT = 1 << 20, RECIPE_LEAVES = 256, RECIPE_NESTING = 64 };

/* Where the operand that ends at node `end` begins. */
int postfix_begin(const RecipeNode *node, int end);

/* Adds op at node[nodes] over the operands that stand before it, the right one from node `right`
 * on, and returns the new number of nodes. a | (b | c) becomes (a | b) | c, and the same for &, so
 * that equal sets of operands in equal order are one value. There is room for one node more. */
int postfix_apply(RecipeNode *node, int nodes, int right, RecipeOp op);

/* An operand needs brackets under op: it binds less, or it stands on the right and order counts. */
bool postfix_bracketed(RecipeOp op, RecipeOp operand, bool on_the_right);

/* Brackets around brackets in the canonical spelling. */
int postfix_nesting(const RecipeNode *node, int end);

#endif
