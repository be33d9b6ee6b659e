#include "engine/postfix.h"

#include <string.h>

int postfix_begin(const RecipeNode *node, int end)
{
    int at = end;
    for (int wanted = 1;; at--) {
        wanted += node[at].op == RECIPE_LEAF ? -1 : 1;
        if (wanted == 0) return at;
    }
}

static bool associative(RecipeOp op)
{
    return op == RECIPE_UNION || op == RECIPE_INTERSECT;
}

int postfix_apply(RecipeNode *node, int nodes, int right, RecipeOp op)
{
    if (associative(op) && node[nodes - 1].op == op) {
        /* a (L R op) op becomes (a L op) R op: room for the inner op is made before R. */
        int begin = postfix_begin(node, nodes - 2);
        memmove(node + begin + 1, node + begin, (size_t)(nodes - begin) * sizeof *node);
        return postfix_apply(node, begin, right, op) + nodes - begin;
    }
    node[nodes] = (RecipeNode){.op = op};
    return nodes + 1;
}

bool postfix_bracketed(RecipeOp op, RecipeOp operand, bool on_the_right)
{
    if (operand == RECIPE_LEAF || operand == RECIPE_INTERSECT) return false;
    return op == RECIPE_INTERSECT || on_the_right;
}

int postfix_nesting(const RecipeNode *node, int end)
{
    if (node[end].op == RECIPE_LEAF) return 0;
    int left_end = postfix_begin(node, end - 1) - 1;
    int left =
        postfix_nesting(node, left_end) + postfix_bracketed(node[end].op, node[left_end].op, false);
    int right =
        postfix_nesting(node, end - 1) + postfix_bracketed(node[end].op, node[end - 1].op, true);
    return left > right ? left : right;
}
