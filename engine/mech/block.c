/* block.c - the query's block of b positions, and neighbouring blocks.
 * Source: Parmar et al. 2018, arXiv:1802.05751 (local blocks); back=1 as in Reformer's local layers.
 * Block e reads blocks e-back ... e+ahead; the last block may be short.
 * Keys of row i, causal:  (i mod b) + 1 + b*min(back, floor(i/b))     (n=16, b=4: 40 pairs) */
#include "engine/mechanism.h"
#include "engine/progression.h"

static const Param param[] = {
    {.name = "b", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 4, .unit = "positions",
     .help = "positions of a block"},
    {.name = "back", .kind = PARAM_INTEGER, .min = -INTEGER_LIMIT, .max = INTEGER_LIMIT, .optional = true,
     .start = 0, .unit = "blocks", .help = "blocks before the query's own"},
    {.name = "ahead", .kind = PARAM_INTEGER, .min = -INTEGER_LIMIT, .max = INTEGER_LIMIT, .optional = true,
     .start = 0, .unit = "blocks", .help = "blocks after the query's own"},
};

static int64_t within(int64_t x, int64_t n)
{
    return x < 0 ? 0 : x > n ? n : x;
}

static Run blocks(const Leaf *leaf, int64_t i)
{
    int64_t b = leaf_integer(leaf, 0), own = i / b;
    Run     run = {within((own - leaf_integer(leaf, 1)) * b, leaf->n),
                   within((own + leaf_integer(leaf, 2) + 1) * b, leaf->n)};
    return run;
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    Run run = blocks(leaf, i);
    return runs_append(out, run.lo, run.hi);
}

/* Queries of a block see the same keys. */
static int64_t until(const Leaf *leaf, int64_t i)
{
    int64_t b = leaf_integer(leaf, 0);
    return i - i % b + b;
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    Run run = blocks(leaf, i);
    return range_overlap(run.lo, run.hi, lo, hi);
}

/* Cells of all pairs of blocks whose distance is from ... to, 1 <= from: whole blocks at distance m
 * make (whole - m) squares, and the short last one reads, or is read by, one whole block more. */
static int64_t apart(int64_t n, int64_t b, int64_t from, int64_t to)
{
    int64_t whole = n / b, rest = n % b;
    if (from < 1) from = 1;
    if (to > whole) to = whole;
    if (to < from) return 0;
    int64_t distances = to - from + 1, squares = range_triangle(whole - from) - range_triangle(whole - to - 1);
    return squares * b * b + distances * rest * b;
}

static int64_t total(const Leaf *leaf)
{
    int64_t n = leaf->n, b = leaf_integer(leaf, 0), back = leaf_integer(leaf, 1), ahead = leaf_integer(leaf, 2);
    bool    causal = leaf->background == BACKGROUND_CAUSAL;
    int64_t whole = n / b, rest = n % b, cells = apart(n, b, -ahead, back);
    if (back >= 0 && ahead >= 0)
        cells += causal ? whole * range_triangle(b) + range_triangle(rest) : whole * b * b + rest * rest;
    return causal ? cells : cells + apart(n, b, -back, ahead);
}

const Mechanism mech_block[] = {
    {.name = "block",
     .sentence = "each query sees its own block of b positions, and blocks beside it if asked",
     .source = {"Parmar et al.", "Image Transformer", "arXiv:1802.05751", 2018},
     .param = param, .params = 3, .class = CLASS_POSITIONAL,
     .formula = "(i mod b) + 1", .formula_general = "(i mod b) + 1 + b*min(back, floor(i/b))",
     .silent = "ahead",
     .shape = "blocks of $b along the diagonal${back=0:;${back=1: with the one before; with the $back before}}"
              "${ahead=0:;${ahead=1: and the one after; and the $ahead after}}",
     .until = until, .row = row, .count = count, .total = total},
    {.name = NULL},
};
