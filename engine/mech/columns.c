/* columns.c - the same places of every period, for all queries.
 * Source: Child et al. 2019, arXiv:1904.10509, the summary columns of the fixed pattern.
 * Keys below x:  count*floor(x/period) + min(count, max(0, (x mod period) - from))
 *     (n=16, period=4, count=1: 28 pairs) */
#include "engine/mechanism.h"
#include "engine/progression.h"

static const Param param[] = {
    {.name = "period", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 4, .unit = "positions",
     .help = "positions of a period"},
    {.name = "count", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 1, .unit = "keys",
     .help = "columns of each period"},
    {.name = "from", .kind = PARAM_INTEGER, .min = 0, .max = INTEGER_LIMIT, .optional = true, .start = 0,
     .unit = "positions", .help = "place of the first one in its period; else they are the last"},
};

static void defaults(Value *value)
{
    if (value[2].kind == VALUE_DEFAULT) value[2].lo = value[2].hi = value[0].lo - value[1].lo;
}

static Status check(const Value *value, Why *why)
{
    if (value[1].lo > value[0].lo) return why_say(why, STATUS_RANGE, 2, "columns needs count of at most period");
    if (value[2].lo + value[1].lo <= value[0].lo) return STATUS_OK;
    return why_say(why, STATUS_RANGE, 3, "columns needs from + count of at most period");
}

static int64_t below(const Leaf *leaf, int64_t x)
{
    int64_t period = leaf_integer(leaf, 0), size = leaf_integer(leaf, 1), from = leaf_integer(leaf, 2);
    return x / period * size + range_overlap(from, from + size, 0, x % period);
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    int64_t period = leaf_integer(leaf, 0), size = leaf_integer(leaf, 1), end = leaf_end(leaf, i);
    Status  status = STATUS_OK;
    if (size == period) return runs_append(out, 0, end);
    for (int64_t j = leaf_integer(leaf, 2); !status && j < end; j += period)
        status = runs_append(out, j, j + size < end ? j + size : end);
    return status;
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    (void)i;
    return below(leaf, hi) - below(leaf, lo);
}

/* Sum of the m numbers that begin with first. */
static int64_t series(int64_t first, int64_t m)
{
    return m > 0 ? m * first + range_triangle(m - 1) : 0;
}

/* Column j has n - j causal readers: n times their number less the sum of their positions. */
static int64_t total(const Leaf *leaf)
{
    int64_t n = leaf->n, period = leaf_integer(leaf, 0), size = leaf_integer(leaf, 1);
    int64_t from = leaf_integer(leaf, 2), whole = n / period, marked = below(leaf, n);
    if (leaf->background == BACKGROUND_BIDIRECTIONAL) return n * marked;
    int64_t positions = whole * series(from, size);
    if (whole > 0) positions += range_triangle(whole - 1) * period * size;
    positions += series(whole * period + from, marked - whole * size);
    return n * marked - positions;
}

const Mechanism mech_columns[] = {
    {.name = "columns",
     .sentence = "each query sees the same count columns of every period",
     .source = {"Child et al.", "Generating Long Sequences with Sparse Transformers", "arXiv:1904.10509", 2019},
     .param = param, .params = 3, .class = CLASS_POSITIONAL, .axis = AXIS_KEY,
     .formula = "count*floor(i/period) + min(count, max(0, (i mod period) - from + 1))",
     .shape = "${from=*:the last ${count=1:column;$count columns} of every $period;"
              "${count=1:one column;$count columns} of every $period, from place $from on}",
     .many = true, .defaults = defaults, .check = check, .row = row, .count = count, .total = total},
    {.name = NULL},
};
