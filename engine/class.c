/* class.c - positional, content or hybrid: computed from the atoms, never typed in. */
#include "engine/bound.h"
#include "engine/postfix.h"
#include "engine/sure.h"

static Class join(RecipeOp op, Class a, Class b)
{
    bool some = a != CLASS_POSITIONAL || b != CLASS_POSITIONAL;
    switch (op) {
    case RECIPE_LEAF:
        break;
    case RECIPE_UNION:
        return a == b ? a : CLASS_HYBRID;
    case RECIPE_INTERSECT:
        if (!some) return CLASS_POSITIONAL;
        return a == CLASS_CONTENT || b == CLASS_CONTENT ? CLASS_CONTENT : CLASS_HYBRID;
    case RECIPE_MINUS:
        if (!some) return CLASS_POSITIONAL;
        return a == CLASS_HYBRID && b == CLASS_POSITIONAL ? CLASS_HYBRID : CLASS_CONTENT;
    }
    return a;
}

/* A design's class is its expansion's: none is typed in. */
static Class class_of_expanded(const Recipe *r)
{
    Class found[RECIPE_LEAVES];
    int   operands = 0;
    for (int k = 0; k < r->nodes; k++) {
        if (r->node[k].op == RECIPE_LEAF) {
            found[operands++] = sure_class(r->node[k].mechanism, r->value + r->node[k].place);
            continue;
        }
        operands--;
        found[operands - 1] = join(r->node[k].op, found[operands - 1], found[operands]);
    }
    return operands > 0 ? found[0] : CLASS_POSITIONAL;
}

Class recipe_class(const Recipe *recipe)
{
    Recipe flat;
    if (recipe_expand(recipe, &flat, NULL)) return class_of_expanded(recipe);
    Class found = class_of_expanded(&flat);
    recipe_done(&flat);
    return found;
}

Class pattern_class(const Pattern *p)
{
    Class  found = class_of_expanded(&p->flat);
    Status status = STATUS_OK;
    if (found != CLASS_HYBRID) return found;
    for (int64_t i = 0; !status && i < p->n; i++) {
        status = bound_row(p, p->flat.nodes - 1, i, PART_SURE, 0, p->whole);
        if (!status && p->whole->len > 0) return CLASS_HYBRID;
    }
    return status ? CLASS_HYBRID : CLASS_CONTENT;
}

/* ---- why ---- */

/* The different mechanisms of that kind in the order of the text. */
static int mechanisms(const Recipe *r, bool positional,
                      const Mechanism *found[static RECIPE_LEAVES])
{
    int count = 0;
    for (int k = 0; k < r->nodes; k++) {
        const Mechanism *m = r->node[k].mechanism;
        if (r->node[k].op != RECIPE_LEAF || (m->class == CLASS_POSITIONAL) != positional) continue;
        bool known = false;
        for (int f = 0; f < count; f++) known = known || found[f] == m;
        if (!known) found[count++] = m;
    }
    return count;
}

static void between(Writer *w, int k, int count)
{
    if (k > 0) writer_text(w, k == count - 1 ? " and " : ", ");
}

size_t recipe_class_why(const Recipe *recipe, char *out, size_t size)
{
    const Mechanism *found[RECIPE_LEAVES];
    Writer           w = {out, size, 0};
    int              positional = mechanisms(recipe, true, found);
    for (int k = 0; k < positional; k++) {
        between(&w, k, positional);
        writer_text(&w, found[k]->name);
    }
    if (positional > 0)
        writer_text(&w, positional > 1 ? " use positions only" : " uses positions only");
    int content = mechanisms(recipe, false, found);
    for (int k = 0; k < content; k++) {
        if (w.len > 0) writer_text(&w, ", ");
        writer_text(&w, found[k]->name);
        writer_text(&w, " reads ");
        writer_text(&w, found[k]->reads ? found[k]->reads : "content");
    }
    return writer_end(&w);
}
