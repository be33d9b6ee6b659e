/* stride.c - keys whose distance to the query leaves the same rest when divided by s.
 * Source: Child et al. 2019, arXiv:1904.10509, the strided head alone.
 * The rest of a negative distance is not negative, so both sides are marked when bidirectional.
 * Keys of row i, causal, phase 0:  floor(i/s) + 1     (n=16, s=4: 40 pairs) */
#include "engine/mechanism.h"
#include "engine/progression.h"

static const Param param[] = {
    {.name = "s", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 4, .unit = "positions",
     .help = "distance from key to key"},
    {.name = "phase", .kind = PARAM_INTEGER, .min = 0, .max = INTEGER_LIMIT, .optional = true, .start = 0,
     .unit = "positions", .help = "distance of the nearest key; 0 is the own key"},
};

static Status check(const Value *value, Why *why)
{
    if (value[1].lo < value[0].lo) return STATUS_OK;
    return why_say(why, STATUS_RANGE, 2, "stride needs phase smaller than s");
}

static Progression keys(const Leaf *leaf, int64_t i)
{
    int64_t s = leaf_integer(leaf, 0);
    return (Progression){range_residue(i - leaf_integer(leaf, 1), s), leaf_end(leaf, i) - 1, s};
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    return progression_append(keys(leaf, i), out);
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return progression_count(progression_clip(keys(leaf, i), lo, hi));
}

static int64_t total(const Leaf *leaf)
{
    int64_t n = leaf->n, s = leaf_integer(leaf, 0), phase = leaf_integer(leaf, 1);
    int64_t back = progression_pairs((Progression){phase, n - 1, s}, n);
    if (leaf->background == BACKGROUND_CAUSAL) return back;
    return back + progression_pairs((Progression){s - phase, n - 1, s}, n);
}

const Mechanism mech_stride[] = {
    {.name = "stride",
     .sentence = "each query sees every key at a distance divisible by s (or with rest phase)",
     .source = {"Child et al.", "Generating Long Sequences with Sparse Transformers", "arXiv:1904.10509", 2019},
     .param = param, .params = 2, .class = CLASS_POSITIONAL, .axis = AXIS_DISTANCE,
     .formula = "floor(i/s) + 1", .formula_general = "floor((i-phase+s)/s)",
     .shape = "${s=1:all keys;diagonals $s apart}${phase=0:;, the first $phase back}",
     .many = true, .check = check, .row = row, .count = count, .total = total},
    {.name = NULL},
};
