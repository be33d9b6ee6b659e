/* full.c - every key of the background: dense attention.
 * Source: Vaswani et al. 2017, arXiv:1706.03762.
 * Kept pairs for n queries: n(n+1)/2 causal (n=16: 136), n*n bidirectional. */
#include "engine/mechanism.h"
#include "engine/progression.h"

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    return runs_append(out, 0, leaf_end(leaf, i));
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    (void)leaf, (void)i;
    return hi - lo;
}

static int64_t total(const Leaf *leaf)
{
    return leaf->background == BACKGROUND_CAUSAL ? range_triangle(leaf->n) : leaf->n * leaf->n;
}

const Mechanism mech_full[] = {
    {.name = "full",
     .sentence = "each query sees every key of the background: dense attention",
     .source = {"Vaswani et al.", "Attention Is All You Need", "arXiv:1706.03762", 2017},
     .class = CLASS_POSITIONAL, .axis = AXIS_DISTANCE, .formula = "i+1", .shape = "all keys",
     .row = row, .count = count, .total = total},
    {.name = NULL},
};
