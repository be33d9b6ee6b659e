/* band.c - keys on both sides of the query, next to it or at equal distances.
 * Source: Beltagy et al. 2020, arXiv:2004.05150 (window and dilated window).
 * band counts taps to each side, the own key extra; dilated(w, d) is band(left=w-1, step=d).
 * Kept pairs, both sides L and R inside n:  n(L+R+1) - step(L(L+1) + R(R+1))/2
 *     (n=16, left=2, right=2, bidirectional: 74; dilated w=4, d=3: 46) */
#include "engine/mechanism.h"
#include "engine/progression.h"

static const Param band_param[] = {
    {.name = "left", .kind = PARAM_INTEGER, .min = 0, .max = INTEGER_LIMIT, .start = 2, .unit = "keys",
     .help = "keys before the query, own key extra"},
    {.name = "right", .kind = PARAM_INTEGER, .min = 0, .max = INTEGER_LIMIT, .optional = true, .start = 0,
     .unit = "keys", .help = "keys after the query"},
    {.name = "step", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .optional = true, .start = 1,
     .unit = "positions", .help = "distance from key to key"},
};

static const Param dilated_param[] = {
    {.name = "w", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 4, .unit = "keys",
     .help = "keys of the window, own key counted"},
    {.name = "d", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 2, .unit = "positions",
     .help = "distance from key to key"},
};

/* i - left*step ... i + right*step inside the background of row i. */
static Progression taps(const Leaf *leaf, int64_t left, int64_t right, int64_t step, int64_t i)
{
    Progression all = {i - left * step, i + right * step, step};
    return progression_clip(all, 0, leaf_end(leaf, i));
}

static int64_t taps_total(const Leaf *leaf, int64_t left, int64_t right, int64_t step)
{
    int64_t pairs = progression_pairs((Progression){0, left * step, step}, leaf->n);
    if (leaf->background == BACKGROUND_CAUSAL) return pairs;
    return pairs + progression_pairs((Progression){step, right * step, step}, leaf->n);
}

static Progression band(const Leaf *leaf, int64_t i)
{
    return taps(leaf, leaf_integer(leaf, 0), leaf_integer(leaf, 1), leaf_integer(leaf, 2), i);
}

static Status band_row(const Leaf *leaf, int64_t i, Runs *out)
{
    return progression_append(band(leaf, i), out);
}

static int64_t band_count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return progression_count(progression_clip(band(leaf, i), lo, hi));
}

static int64_t band_total(const Leaf *leaf)
{
    return taps_total(leaf, leaf_integer(leaf, 0), leaf_integer(leaf, 1), leaf_integer(leaf, 2));
}

static Progression dilated(const Leaf *leaf, int64_t i)
{
    return taps(leaf, leaf_integer(leaf, 0) - 1, 0, leaf_integer(leaf, 1), i);
}

static Status dilated_row(const Leaf *leaf, int64_t i, Runs *out)
{
    return progression_append(dilated(leaf, i), out);
}

static int64_t dilated_count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return progression_count(progression_clip(dilated(leaf, i), lo, hi));
}

static int64_t dilated_total(const Leaf *leaf)
{
    return taps_total(leaf, leaf_integer(leaf, 0) - 1, 0, leaf_integer(leaf, 1));
}

#define SOURCE {"Beltagy et al.", "Longformer: The Long-Document Transformer", "arXiv:2004.05150", 2020}

const Mechanism mech_band[] = {
    {.name = "band",
     .sentence = "each query sees its own key and some on each side, step positions apart",
     .source = SOURCE, .param = band_param, .params = 3, .class = CLASS_POSITIONAL, .axis = AXIS_DISTANCE,
     .formula = "min(left, i) + 1", .formula_general = "min(left, floor(i/step)) + 1", .silent = "right",
     .shape = "${step=1:band from $left left to $right right of the diagonal;"
              "the diagonal with $left left and $right right of it, $step apart}",
     .many = true, .row = band_row, .count = band_count, .total = band_total},
    {.name = "dilated",
     .sentence = "each query sees w keys: its own, and every d-th before it",
     .source = SOURCE, .param = dilated_param, .params = 2, .class = CLASS_POSITIONAL, .axis = AXIS_DISTANCE,
     .formula = "min(w, floor(i/d) + 1)",
     .shape = "${d=1:band of width $w;$w diagonals, $d apart}",
     .many = true, .row = dilated_row, .count = dilated_count, .total = dilated_total},
    {.name = NULL},
};
