/* window.c - each query sees its w most recent keys, its own included.
 * Source: Beltagy et al. 2020, arXiv:2004.05150, one-sided here in both backgrounds.
 * Kept pairs for n queries, w <= n:  n*w - w*(w-1)/2     (n=16, w=4: 58) */
#include "engine/mechanism.h"
#include "engine/progression.h"

static const Param param[] = {
    {.name = "w", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 4, .unit = "keys",
     .help = "keys of the window, own key counted"},
};

static int64_t first(const Leaf *leaf, int64_t i)
{
    int64_t w = leaf_integer(leaf, 0);
    return w > i ? 0 : i - w + 1;
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    return runs_append(out, first(leaf, i), i + 1);
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return range_overlap(first(leaf, i), i + 1, lo, hi);
}

static int64_t total(const Leaf *leaf)
{
    int64_t n = leaf->n, w = leaf_integer(leaf, 0) < n ? leaf_integer(leaf, 0) : n;
    return n * w - range_triangle(w - 1);
}

const Mechanism mech_window[] = {
    {.name = "window",
     .sentence = "each query sees its w most recent keys, its own included",
     .source = {"Beltagy et al.", "Longformer: The Long-Document Transformer", "arXiv:2004.05150", 2020},
     .param = param, .params = 1, .class = CLASS_POSITIONAL, .axis = AXIS_DISTANCE, .formula = "min(w, i+1)",
     .shape = "${w=1:the diagonal;band of width $w}",
     .row = row, .count = count, .total = total},
    {.name = NULL},
};
