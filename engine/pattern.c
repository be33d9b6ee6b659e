#include "engine/bound.h"
#include "engine/postfix.h"
#include "engine/progression.h"
#include "engine/sure.h"

#include <assert.h>
#include <stdlib.h>

/* ---- life ---- */

static Status out_of_memory(Why *why)
{
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

/* Finds the operands of every operator, and how deep operators stand. */
static int link_operands(const Recipe *r, int *left)
{
    int end[RECIPE_LEAVES], floors[RECIPE_LEAVES], operands = 0;
    for (int k = 0; k < r->nodes; k++) {
        if (r->node[k].op == RECIPE_LEAF) {
            end[operands] = k;
            floors[operands++] = 0;
            continue;
        }
        operands--;
        left[k] = end[operands - 1];
        end[operands - 1] = k;
        int a = floors[operands - 1], b = floors[operands];
        floors[operands - 1] = (a > b ? a : b) + 1;
    }
    return floors[0];
}

/* The guaranteed part of leaf k, where it has one. */
static Status bind_sure(Pattern *p, int k, Why *why)
{
    Recipe sure;
    Status status = sure_recipe(p->leaf[k].mechanism, p->leaf[k].value, &sure);
    if (status == STATUS_OK && sure.nodes > 0)
        status = pattern_new(&sure, p->n, p->background, NULL, &p->sure[k], why);
    else if (status) out_of_memory(why);
    recipe_done(&sure);
    return status;
}

static Status prepare_leaf(Pattern *p, int k, Why *why)
{
    const RecipeNode *node = &p->flat.node[k];
    const Mechanism  *m = node->mechanism;
    Leaf             *leaf = &p->leaf[k];
    *leaf = (Leaf){.mechanism = m, .value = p->flat.value + node->place, .n = p->n,
                   .background = p->background, .content = p->content};
    if (m->reads && !p->content)
        return why_say(why, STATUS_CONTENT, node->column, "%s reads %s", m->name, m->reads);
    Status status = m->prepare ? m->prepare(leaf, why) : STATUS_OK;
    if (!status) status = bind_sure(p, k, why);
    if (status && why) why->column = node->column;
    return status;
}

static Status prepare_leaves(Pattern *p, Why *why)
{
    Status status = STATUS_OK;
    for (int k = 0; !status && k < p->flat.nodes; k++) {
        if (p->flat.node[k].op == RECIPE_LEAF) status = prepare_leaf(p, k, why);
        p->prepared = k + 1;
    }
    return status;
}

static bool countable(const Pattern *p, int k)
{
    const RecipeNode *node = &p->flat.node[k];
    return node->op == RECIPE_LEAF && node->mechanism->many && node->mechanism->count;
}

/* A stretch of queries has the same keys: then rows are blocks, of few runs. */
static bool in_stretches(const Pattern *p, int node)
{
    const Mechanism *m = p->leaf[node].mechanism;
    return m->until && m->until(&p->leaf[node], 0) > 1;
}

static int joined_leaf(const Pattern *p, int node)
{
    if (p->flat.node[node].op != RECIPE_UNION) return countable(p, node) ? node : -1;
    int left = joined_leaf(p, p->left[node]);
    if (left >= 0 && !in_stretches(p, left)) return left;
    int right = joined_leaf(p, node - 1);
    return right >= 0 && (left < 0 || !in_stretches(p, right)) ? right : left;
}

/* See Pattern.counted. */
static int find_counted(const Pattern *p, int root)
{
    RecipeOp op = p->flat.node[root].op;
    if (op == RECIPE_LEAF || op == RECIPE_UNION) return joined_leaf(p, root);
    if (countable(p, p->left[root])) return p->left[root];
    return countable(p, root - 1) ? root - 1 : -1;
}

static Status bind(Pattern *p, Why *why)
{
    int nodes = p->flat.nodes;
    p->leaf = calloc((size_t)nodes, sizeof *p->leaf);
    p->sure = calloc((size_t)nodes, sizeof *p->sure);
    p->left = calloc((size_t)nodes, sizeof *p->left);
    p->whole = calloc(1, sizeof *p->whole);
    if (!p->leaf || !p->sure || !p->left || !p->whole) return out_of_memory(why);
    p->floors = link_operands(&p->flat, p->left);
    p->counted = -1;
    p->room = calloc((size_t)p->floors * 2 + 1, sizeof *p->room);
    if (!p->room) return out_of_memory(why);
    Status status = prepare_leaves(p, why);
    if (!status) p->counted = find_counted(p, nodes - 1);
    return status;
}

Status pattern_new(const Recipe *recipe, int64_t n, Background background, const Problem *content,
                   Pattern **out, Why *why)
{
    assert(n >= 1 && n <= INTEGER_LIMIT && recipe->nodes > 0);
    assert(!content || content->n == n);
    *out = NULL;
    Pattern *p = calloc(1, sizeof *p);
    if (!p) return out_of_memory(why);
    p->n = n;
    p->background = background;
    p->content = content;
    Status status = recipe_copy(recipe, &p->recipe);
    if (status) out_of_memory(why);
    else status = recipe_expand(recipe, &p->flat, why);
    if (!status) status = bind(p, why);
    if (status) pattern_free(p);
    else *out = p;
    return status;
}

void pattern_free(Pattern *p)
{
    if (!p) return;
    for (int k = 0; k < p->prepared; k++) {
        const RecipeNode *node = &p->flat.node[k];
        if (node->op == RECIPE_LEAF && node->mechanism->release)
            node->mechanism->release(&p->leaf[k]);
        pattern_free(p->sure[k]);
    }
    for (int k = 0; p->room && k < p->floors * 2; k++) runs_done(&p->room[k]);
    if (p->whole) runs_done(p->whole);
    free(p->whole);
    free(p->room);
    free(p->left);
    free(p->sure);
    free(p->leaf);
    recipe_done(&p->flat);
    recipe_done(&p->recipe);
    free(p);
}

/* ---- what it is ---- */

int64_t pattern_n(const Pattern *p)
{
    return p->n;
}

Background pattern_background(const Pattern *p)
{
    return p->background;
}

const Recipe *pattern_recipe(const Pattern *p)
{
    return &p->recipe;
}

int64_t pattern_allowed(int64_t n, Background background)
{
    return background == BACKGROUND_CAUSAL ? range_triangle(n) : n * n;
}

int64_t pattern_allowed_row(const Pattern *p, int64_t i)
{
    return p->background == BACKGROUND_CAUSAL ? i + 1 : p->n;
}

/* ---- rows ---- */

static Status leaf_row(const Pattern *p, int node, int64_t i, Part part, Runs *out)
{
    const Leaf *leaf = &p->leaf[node];
    int64_t     end = leaf_end(leaf, i);
    bool        positional = leaf->mechanism->class == CLASS_POSITIONAL;
    runs_clear(out);
    if (part == PART_REST && node == p->counted) return STATUS_OK;
    if (part == PART_SURE && !positional)
        return p->sure[node] ? pattern_row(p->sure[node], i, out) : STATUS_OK;
    bool open = part == PART_POSSIBLE || (part == PART_WANTED && !leaf->mechanism->policy);
    if (open && !positional) return runs_append(out, 0, end);
    Status status = leaf->mechanism->row(leaf, i, out);
    if (!status) runs_clip(out, 0, end);
    return status;
}

Part bound_opposite(Part part)
{
    if (part == PART_POSSIBLE || part == PART_WANTED) return PART_SURE;
    return part == PART_SURE ? PART_POSSIBLE : part;
}

Status bound_row(const Pattern *p, int node, int64_t i, Part part, int floor, Runs *out)
{
    RecipeOp op = p->flat.node[node].op;
    if (op == RECIPE_LEAF) return leaf_row(p, node, i, part, out);
    Runs  *left = &p->room[2 * floor], *right = left + 1;
    Part   right_part = op == RECIPE_MINUS ? bound_opposite(part) : part;
    Status status = bound_row(p, p->left[node], i, part, floor + 1, left);
    if (!status) status = bound_row(p, node - 1, i, right_part, floor + 1, right);
    if (status) return status;
    if (op == RECIPE_UNION) return runs_union(left, right, out);
    return op == RECIPE_INTERSECT ? runs_intersect(left, right, out) : runs_minus(left, right, out);
}

Status pattern_row(const Pattern *p, int64_t i, Runs *out)
{
    assert(i >= 0 && i < p->n);
    return bound_row(p, p->flat.nodes - 1, i, PART_SET, 0, out);
}
