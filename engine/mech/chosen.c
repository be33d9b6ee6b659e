/* chosen.c - key blocks that are listed for each query block.
 * Source: block-sparse layouts as in Child et al. 2019, arXiv:1904.10509.
 * A negative block counts from the last one; a query block without a list sees nothing.
 * (n=8, b=2, of=[[0],[0,1],[],[-1]]: 13 pairs, causal) */
#include "engine/listed.h"
#include "engine/mechanism.h"
#include "engine/progression.h"

#include <stdlib.h>

static const Param param[] = {
    {.name = "b",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "positions",
     .help = "positions of a block"},
    {.name = "of",
     .kind = PARAM_LIST,
     .min = -INTEGER_LIMIT,
     .max = INTEGER_LIMIT,
     .list = LIST_NESTED,
     .unit = "blocks",
     .help = "for each query block the list of its key blocks"},
};

/* The keys of the query blocks that have a list. */
typedef struct {
    int64_t blocks;
    Runs    keys[];
} Layout;

static Status prepare(Leaf *leaf, Why *why)
{
    const Value *of = &leaf->value[1];
    int64_t      b = leaf_integer(leaf, 0), blocks = (leaf->n - 1) / b + 1;
    if (of->items < blocks) blocks = of->items;
    Layout *layout = leaf->state =
        calloc(1, sizeof *layout + (size_t)blocks * sizeof *layout->keys);
    Status status = layout ? STATUS_OK : STATUS_MEMORY;
    for (; !status && layout->blocks < blocks; layout->blocks++)
        status =
            listed_positions(&of->item[layout->blocks], leaf->n, b, &layout->keys[layout->blocks]);
    return status ? why_say(why, status, 0, "%s", status_sentence(status)) : STATUS_OK;
}

static void release(Leaf *leaf)
{
    Layout *layout = leaf->state;
    for (int64_t k = 0; layout && k < layout->blocks; k++) runs_done(&layout->keys[k]);
    free(layout);
}

static const Runs *keys(const Leaf *leaf, int64_t i)
{
    static const Runs none = {0};
    const Layout     *layout = leaf->state;
    int64_t           block = i / leaf_integer(leaf, 0);
    return block < layout->blocks ? &layout->keys[block] : &none;
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    return runs_copy(keys(leaf, i), out);
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return runs_count_in(keys(leaf, i), lo, hi);
}

static int64_t until(const Leaf *leaf, int64_t i)
{
    const Layout *layout = leaf->state;
    int64_t       b = leaf_integer(leaf, 0), block = i / b;
    return block < layout->blocks && (block + 1) * b < leaf->n ? (block + 1) * b : leaf->n;
}

const Mechanism mech_chosen[] = {
    {.name = "chosen",
     .sentence = "each block of queries sees the blocks of keys that are listed for it",
     .source = {"Child et al.", "Generating Long Sequences with Sparse Transformers",
                "arXiv:1904.10509", 2019},
     .param = param,
     .params = 2,
     .class = CLASS_POSITIONAL,
     .shape = "${of=0:no block;listed blocks of $b}",
     .many = true,
     .until = until,
     .prepare = prepare,
     .release = release,
     .row = row,
     .count = count},
    {.name = NULL},
};
