/* sink.c - the first s keys, for every query.
 * Source: Xiao et al. 2023, arXiv:2309.17453 (attention sinks).
 * Kept pairs for n queries, s <= n, causal:  n*s - s*(s-1)/2     (n=16, s=2: 31) */
#include "engine/mechanism.h"
#include "engine/progression.h"

static const Param param[] = {
    {.name = "s", .kind = PARAM_INTEGER, .min = 0, .max = INTEGER_LIMIT, .start = 2, .unit = "keys",
     .help = "first keys that every query sees"},
};

static int64_t end(const Leaf *leaf)
{
    int64_t s = leaf_integer(leaf, 0);
    return s < leaf->n ? s : leaf->n;
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    (void)i;
    return runs_append(out, 0, end(leaf));
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    (void)i;
    return range_overlap(0, end(leaf), lo, hi);
}

static int64_t total(const Leaf *leaf)
{
    int64_t s = end(leaf), cells = leaf->n * s;
    return leaf->background == BACKGROUND_CAUSAL && s > 0 ? cells - range_triangle(s - 1) : cells;
}

const Mechanism mech_sink[] = {
    {.name = "sink",
     .sentence = "each query sees the first s keys",
     .source = {"Xiao et al.", "Efficient Streaming Language Models with Attention Sinks", "arXiv:2309.17453", 2023},
     .param = param, .params = 1, .class = CLASS_POSITIONAL, .axis = AXIS_KEY, .formula = "min(s, i+1)",
     .shape = "${s=0:no column;1:the first column;the first $s columns}",
     .row = row, .count = count, .total = total},
    {.name = NULL},
};
