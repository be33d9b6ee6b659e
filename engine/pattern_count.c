/* pattern_count.c - counting and asking without keeping rows: closed forms where a leaf has one. */
#include "engine/bound.h"

#include <assert.h>

static const Leaf *closed_leaf(const Pattern *p, int node)
{
    bool leaf = p->flat.node[node].op == RECIPE_LEAF;
    return leaf && p->leaf[node].mechanism->count ? &p->leaf[node] : NULL;
}

static int64_t leaf_count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return leaf->mechanism->count(leaf, i, lo, hi);
}

/* |A op B| with the keys of one operand counted by the runs of the other. */
static Status count_beside(const Pattern *p, int64_t i, int64_t *out)
{
    int         root = p->flat.nodes - 1, right = root - 1;
    bool        joins = p->flat.node[root].op == RECIPE_UNION;
    int         other = joins ? root : p->counted == right ? p->left[root] : right;
    const Leaf *leaf = &p->leaf[p->counted];
    Status      status = bound_row(p, other, i, PART_REST, joins ? 0 : 1, p->whole);
    int64_t both = 0, all = leaf_count(leaf, i, 0, leaf_end(leaf, i)), rest = runs_count(p->whole);
    for (int k = 0; k < p->whole->len; k++)
        both += leaf_count(leaf, i, p->whole->run[k].lo, p->whole->run[k].hi);
    if (joins) *out = all + rest - both;
    else if (p->flat.node[root].op == RECIPE_INTERSECT) *out = both;
    else *out = (p->counted == right ? rest : all) - both;
    return status;
}

Status pattern_count(const Pattern *p, int64_t i, int64_t *out)
{
    assert(i >= 0 && i < p->n);
    int         root = p->flat.nodes - 1;
    const Leaf *leaf = closed_leaf(p, root);
    *out = 0;
    if (leaf) {
        *out = leaf_count(leaf, i, 0, leaf_end(leaf, i));
        return STATUS_OK;
    }
    if (p->counted >= 0) return count_beside(p, i, out);
    Status status = bound_row(p, root, i, PART_SET, 0, p->whole);
    if (!status) *out = runs_count(p->whole);
    return status;
}

static Status node_has(const Pattern *p, int node, int64_t i, int64_t j, bool *out)
{
    RecipeOp op = p->flat.node[node].op;
    if (op == RECIPE_LEAF) {
        const Leaf *leaf = closed_leaf(p, node);
        if (leaf) {
            *out = leaf_count(leaf, i, j, j + 1) > 0;
            return STATUS_OK;
        }
        Status status = bound_row(p, node, i, PART_SET, 0, p->whole);
        *out = !status && runs_has(p->whole, j);
        return status;
    }
    Status status = node_has(p, p->left[node], i, j, out);
    if (status || *out == (op == RECIPE_UNION)) return status; /* the left operand decides */
    status = node_has(p, node - 1, i, j, out);
    if (op == RECIPE_MINUS) *out = !*out;
    return status;
}

Status pattern_has(const Pattern *p, int64_t i, int64_t j, bool *out)
{
    assert(i >= 0 && i < p->n && j >= 0 && j < p->n);
    *out = false;
    if (j >= pattern_allowed_row(p, i)) return STATUS_OK;
    return node_has(p, p->flat.nodes - 1, i, j, out);
}

Status pattern_total(const Pattern *p, int64_t *out)
{
    int         root = p->flat.nodes - 1;
    const Leaf *leaf = p->flat.node[root].op == RECIPE_LEAF ? &p->leaf[root] : NULL;
    if (leaf && leaf->mechanism->total) {
        *out = leaf->mechanism->total(leaf);
        return STATUS_OK;
    }
    BlockGrid whole = {.k_rows = p->n, .k_columns = p->n, .rows = 1, .columns = 1};
    bool      counts_rows = leaf && leaf->mechanism->count;
    Status    status = STATUS_OK;
    if (!counts_rows && bound_blocks(p, whole, out) == STATUS_OK) return STATUS_OK;
    *out = 0;
    for (int64_t i = 0, count; !status && i < p->n; i++) {
        status = pattern_count(p, i, &count);
        *out += count;
    }
    return status;
}

Status pattern_max_row(const Pattern *p, int64_t *out)
{
    Status status = STATUS_OK;
    *out = 0;
    for (int64_t i = 0, count; !status && i < p->n; i++) {
        status = pattern_count(p, i, &count);
        if (count > *out) *out = count;
    }
    return status;
}

Status pattern_column(const Pattern *p, int64_t j, Runs *out)
{
    assert(j >= 0 && j < p->n);
    Status status = STATUS_OK;
    bool   reads;
    runs_clear(out);
    for (int64_t i = p->background == BACKGROUND_CAUSAL ? j : 0; !status && i < p->n; i++) {
        status = pattern_has(p, i, j, &reads);
        if (!status && reads) status = runs_append(out, i, i + 1);
    }
    return status;
}

Status pattern_density(const Pattern *p, double *out)
{
    int64_t total;
    Status  status = pattern_total(p, &total);
    *out = (double)total / (double)pattern_allowed(p->n, p->background);
    return status;
}
