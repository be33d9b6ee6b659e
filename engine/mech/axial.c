/* axial.c - same row or same column of a raster that is width positions wide.
 * Source: Ho et al. 2019, arXiv:1912.12180. Position p is row floor(p/width), column p mod width.
 * Keys of query i, causal:  (i mod width) + floor(i/width) + 1     (n=16, width=4: 64 pairs) */
#include "engine/mechanism.h"
#include "engine/progression.h"

static const Param param[] = {
    {.name = "width", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 4, .unit = "positions",
     .help = "positions of a raster row"},
};

static Run raster_row(const Leaf *leaf, int64_t i)
{
    int64_t width = leaf_integer(leaf, 0), lo = i - i % width, end = leaf_end(leaf, i);
    return (Run){lo, lo + width < end ? lo + width : end};
}

static Progression raster_column(const Leaf *leaf, int64_t i)
{
    int64_t width = leaf_integer(leaf, 0);
    return (Progression){i % width, leaf_end(leaf, i) - 1, width};
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    Run         across = raster_row(leaf, i);
    Progression column = raster_column(leaf, i);
    Status      status = progression_append(progression_clip(column, 0, across.lo), out);
    if (!status) status = runs_append(out, across.lo, across.hi);
    if (!status) status = progression_append(progression_clip(column, across.hi, leaf->n), out);
    return status;
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    Run     across = raster_row(leaf, i);
    int64_t keys = range_overlap(across.lo, across.hi, lo, hi) - range_overlap(i, i + 1, lo, hi);
    return keys + progression_count(progression_clip(raster_column(leaf, i), lo, hi));
}

static int64_t total(const Leaf *leaf)
{
    int64_t n = leaf->n, width = leaf_integer(leaf, 0), whole = n / width, rest = n % width;
    int64_t back = progression_pairs((Progression){width, n - 1, width}, n);
    if (leaf->background == BACKGROUND_CAUSAL) return whole * range_triangle(width) + range_triangle(rest) + back;
    return whole * width * width + rest * rest + 2 * back;
}

const Mechanism mech_axial[] = {
    {.name = "axial",
     .sentence = "each query sees the keys of its row and of its column in a raster",
     .source = {"Ho et al.", "Axial Attention in Multidimensional Transformers", "arXiv:1912.12180", 2019},
     .param = param, .params = 1, .class = CLASS_POSITIONAL, .parts = "block(b=$width) | stride(s=$width)",
     .formula = "(i mod width) + floor(i/width) + 1",
     .shape = "row and column of a raster $width wide",
     .many = true, .row = row, .count = count, .total = total},
    {.name = NULL},
};
