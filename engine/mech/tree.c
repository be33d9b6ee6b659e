/* tree.c - a position of a token tree sees itself and its ancestors.
 * Source: Miao et al. 2023, arXiv:2305.09781 (tree attention of speculative decoding).
 * Keys of row i, bidirectional: its depth, a root counted as 1   (parent=[-1,0,0,1,1]: 11 pairs) */
#include "engine/listed.h"
#include "engine/mechanism.h"

#include <stdlib.h>

static const Param param[] = {
    {.name = "parent",
     .kind = PARAM_LIST,
     .min = -1,
     .max = INTEGER_LIMIT,
     .list = LIST_ORDERED,
     .unit = "positions",
     .help = "the parent of each position, -1 for a root"},
};

/* -1 for a root; what lies outside the text is no parent. */
typedef struct {
    int64_t size;
    int64_t parent[]; /* size */
} Tree;

static int64_t parent_of(const Tree *tree, int64_t i)
{
    return i < tree->size ? tree->parent[i] : -1;
}

enum { NOT_SEEN, ON_THE_WAY, ENDS_AT_A_ROOT };

/* Walks up from every position, over those not seen yet: a way that meets itself is a circle. */
static bool has_circle(const Tree *tree, unsigned char *mark)
{
    for (int64_t k = 0; k < tree->size; k++) {
        int64_t at = k;
        for (; at >= 0 && at < tree->size && mark[at] == NOT_SEEN; at = tree->parent[at])
            mark[at] = ON_THE_WAY;
        if (at >= 0 && at < tree->size && mark[at] == ON_THE_WAY) return true;
        for (at = k; at >= 0 && at < tree->size && mark[at] == ON_THE_WAY; at = tree->parent[at])
            mark[at] = ENDS_AT_A_ROOT;
    }
    return false;
}

static Tree *tree_new(const Value *list, int64_t n)
{
    int64_t size = listed_size(list) < n ? listed_size(list) : n, parent;
    Tree   *tree = malloc(sizeof *tree + (size_t)size * sizeof *tree->parent);
    if (!tree) return NULL;
    tree->size = 0;
    for (Listed walk = listed_begin(list); tree->size < size && listed_next(&walk, &parent);)
        tree->parent[tree->size++] = parent < n ? parent : -1;
    return tree;
}

static Status prepare(Leaf *leaf, Why *why)
{
    Tree          *tree = leaf->state = tree_new(&leaf->value[0], leaf->n);
    unsigned char *mark = tree ? calloc((size_t)tree->size + 1, 1) : NULL;
    Status         status = mark ? STATUS_OK : STATUS_MEMORY;
    if (status)
        why_say(why, status, 0, "%s", status_sentence(status));
    else if (has_circle(tree, mark))
        status = why_say(why, STATUS_RANGE, 0, "tree needs parents without a circle");
    free(mark);
    return status;
}

static void release(Leaf *leaf)
{
    free(leaf->state);
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    Status status = STATUS_OK;
    for (; !status && i >= 0; i = parent_of(leaf->state, i)) status = runs_add(out, i, i + 1);
    return status;
}

const Mechanism mech_tree[] = {
    {.name = "tree",
     .sentence = "each position sees itself and its ancestors in a tree that is given",
     .source = {"Miao et al.",
                "SpecInfer: Accelerating Large Language Model Serving with Tree-based Speculative "
                "Inference",
                "arXiv:2305.09781", 2023},
     .param = param,
     .params = 1,
     .class = CLASS_POSITIONAL,
     .shape = "the diagonal and the ancestors of each position",
     .prepare = prepare,
     .release = release,
     .row = row},
    {.name = NULL},
};
