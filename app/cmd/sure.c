#include "app/cmd/sure.h"

#include "engine/sure.h"

enum { SIDES_AT_ONCE = 256 };

/* One operand: all of it, positional or not, and its sure part. */
typedef struct {
    Recipe whole, sure;
    bool   positional, any;
} Operand;

static void operand_done(Operand *o)
{
    recipe_done(&o->whole);
    recipe_done(&o->sure);
    *o = (Operand){0};
}

static Status operand_leaf(const Recipe *r, const RecipeNode *node, Operand *out)
{
    *out = (Operand){.positional = node->mechanism->class == CLASS_POSITIONAL};
    const Value *value = r->value + node->place;
    Status       status = recipe_leaf(node->mechanism, value, &out->whole, NULL);
    if (status == STATUS_OK && out->positional) status = recipe_copy(&out->whole, &out->sure);
    else if (status == STATUS_OK) status = sure_recipe(node->mechanism, value, &out->sure);
    out->any = out->sure.nodes > 0;
    return status;
}

static Status join_sure(RecipeOp op, const Operand *a, const Operand *b, Operand *out)
{
    bool both = op == RECIPE_MINUS ? a->any && b->positional : a->any && b->any;
    out->any = op == RECIPE_UNION ? a->any || b->any : both;
    if (!out->any) return STATUS_OK;
    if (!both) return recipe_copy(a->any ? &a->sure : &b->sure, &out->sure);
    return recipe_join(op, &a->sure, op == RECIPE_MINUS ? &b->whole : &b->sure, &out->sure, NULL);
}

/* a op b takes the place of a. */
static Status operand_join(RecipeOp op, Operand *a, Operand *b)
{
    Operand joined = {.positional = a->positional && b->positional};
    Status  status = recipe_join(op, &a->whole, &b->whole, &joined.whole, NULL);
    if (status == STATUS_OK) status = join_sure(op, a, b, &joined);
    operand_done(a);
    operand_done(b);
    *a = joined;
    return status;
}

static Status walk(const Recipe *r, Operand *stack, int *top)
{
    Status status = STATUS_OK;
    for (int k = 0; k < r->nodes && status == STATUS_OK; k++) {
        if (r->node[k].op == RECIPE_LEAF) {
            status = operand_leaf(r, &r->node[k], &stack[(*top)++]);
        } else {
            *top -= 1;
            status = operand_join(r->node[k].op, &stack[*top - 1], &stack[*top]);
        }
    }
    return status;
}

Status sure_part(const Recipe *recipe, bool *any, Recipe *out)
{
    Recipe  flat = {0};
    Operand stack[SIDES_AT_ONCE];
    int     top = 0;
    *any = false;
    *out = (Recipe){0};
    Status status = recipe_expand(recipe, &flat, NULL);
    if (status == STATUS_OK && recipe_leaves(&flat) > SIDES_AT_ONCE) status = STATUS_LIMIT;
    if (status == STATUS_OK) status = walk(&flat, stack, &top);
    if (status == STATUS_OK) {
        *any = stack[0].any;
        *out = stack[0].sure;
        stack[0].sure = (Recipe){0};
    }
    for (int k = 0; k < top; k++) operand_done(&stack[k]);
    recipe_done(&flat);
    return status;
}
