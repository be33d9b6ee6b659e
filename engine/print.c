/* print.c - the canonical spelling of an expression. */
#include "engine/postfix.h"
#include "engine/value.h"

static void print_leaf(const Recipe *r, const RecipeNode *leaf, Writer *w)
{
    const Mechanism *m = leaf->mechanism;
    const Value     *value = r->value + leaf->place;
    bool             open = false;
    writer_text(w, m->name);
    for (int k = 0; k < m->params; k++) {
        if (value_at_default(m, value, k)) continue;
        writer_text(w, open ? ", " : "(");
        writer_text(w, m->param[k].name);
        writer_text(w, "=");
        value_print(&value[k], w);
        open = true;
    }
    if (open) writer_text(w, ")");
}

static void print_operand(const Recipe *r, int end, RecipeOp under, bool on_the_right, Writer *w);

static void print_node(const Recipe *r, int end, Writer *w)
{
    static const char *const sign[] = {[RECIPE_LEAF] = "",
                                       [RECIPE_UNION] = " | ",
                                       [RECIPE_INTERSECT] = " & ",
                                       [RECIPE_MINUS] = " - "};
    const RecipeNode *node = &r->node[end];
    if (node->op == RECIPE_LEAF) {
        print_leaf(r, node, w);
        return;
    }
    print_operand(r, postfix_begin(r->node, end - 1) - 1, node->op, false, w);
    writer_text(w, sign[node->op]);
    print_operand(r, end - 1, node->op, true, w);
}

static void print_operand(const Recipe *r, int end, RecipeOp under, bool on_the_right, Writer *w)
{
    bool brackets = postfix_bracketed(under, r->node[end].op, on_the_right);
    if (brackets) writer_text(w, "(");
    print_node(r, end, w);
    if (brackets) writer_text(w, ")");
}

size_t recipe_print(const Recipe *r, char *out, size_t size)
{
    Writer w = {out, size, 0};
    if (r->nodes > 0) print_node(r, r->nodes - 1, &w);
    return writer_end(&w);
}
