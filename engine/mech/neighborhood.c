/* neighborhood.c - a window of k keys that is shifted at the ends of the text instead of cut off.
 * Source: Hassani et al. 2023, arXiv:2204.07143; the dilated form is arXiv:2209.15001.
 * Each residue class modulo dilation is an axis of its own; queries of a stride share one window.
 * Keys of row i, bidirectional, n >= k*dilation:  k     (n=16, k=5: 80 pairs) */
#include "engine/mechanism.h"
#include "engine/neighbors.h"
#include "engine/progression.h"

static const Param param[] = {
    {.name = "k",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 5,
     .unit = "keys",
     .help = "keys of the window, own key counted"},
    {.name = "stride",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 1,
     .unit = "queries",
     .help = "queries that share a window"},
    {.name = "dilation",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 1,
     .unit = "positions",
     .help = "distance from key to key"},
};

static Progression keys(const Leaf *leaf, int64_t i)
{
    int64_t   dilation = leaf_integer(leaf, 2), first = i % dilation;
    Neighbors rule = {leaf_integer(leaf, 0), leaf_integer(leaf, 1),
                      leaf->background == BACKGROUND_CAUSAL};
    Run       places = neighbors_of(rule, i / dilation, (leaf->n - 1 - first) / dilation + 1);
    return (Progression){first + places.lo * dilation, first + (places.hi - 1) * dilation,
                         dilation};
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    return progression_append(keys(leaf, i), out);
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return progression_count(progression_clip(keys(leaf, i), lo, hi));
}

const Mechanism mech_neighborhood[] = {
    {.name = "neighborhood",
     .sentence = "each query sees the k keys around it; at the ends of the text the window is "
                 "shifted, not cut off",
     .source = {"Hassani et al.", "Neighborhood Attention Transformer", "arXiv:2204.07143", 2023},
     .param = param,
     .params = 3,
     .class = CLASS_POSITIONAL,
     .formula = "min(k, i+1)",
     .formula_general = "min(k, floor(i/dilation) + 1)",
     .shape = "windows of $k keys${dilation=1:; $dilation apart}${stride=1:;, shared by $stride "
              "queries,} that stay inside",
     .many = true,
     .row = row,
     .count = count},
    {.name = NULL},
};
