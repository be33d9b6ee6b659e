/* segment.c - one branch of LongNet: every r-th place of segments of w, for queries and keys alike.
 * Source: Ding et al. 2023, arXiv:2307.02486.
 * Rows whose place in the segment is not offset modulo r are empty. Other rows, causal:
 * floor(((i mod w) - offset)/r) + 1     (n=16, w=8, r=2: 20 pairs) */
#include "engine/mechanism.h"
#include "engine/progression.h"

static const Param param[] = {
    {.name = "w",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 8,
     .unit = "positions",
     .help = "positions of a segment"},
    {.name = "r",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "positions",
     .help = "distance of the places that take part"},
    {.name = "offset",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 0,
     .unit = "positions",
     .help = "first place of a segment that takes part"},
};

static Status check(const Value *value, Why *why)
{
    if (value[2].lo < value[1].lo) return STATUS_OK;
    return why_say(why, STATUS_RANGE, 3, "segment needs offset smaller than r");
}

static Progression keys(const Leaf *leaf, int64_t i)
{
    int64_t w = leaf_integer(leaf, 0), r = leaf_integer(leaf, 1), offset = leaf_integer(leaf, 2),
            place = i % w;
    if (place % r != offset) return (Progression){1, 0, r};
    int64_t begin = i - place, end = begin + w < leaf->n ? begin + w : leaf->n;
    return (Progression){begin + offset, end - 1, r};
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    return progression_append(keys(leaf, i), out);
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return progression_count(progression_clip(keys(leaf, i), lo, hi));
}

static int64_t square(const Leaf *leaf, int64_t len)
{
    int64_t m =
        progression_count((Progression){leaf_integer(leaf, 2), len - 1, leaf_integer(leaf, 1)});
    return leaf->background == BACKGROUND_CAUSAL ? range_triangle(m) : m * m;
}

static int64_t total(const Leaf *leaf)
{
    int64_t w = leaf_integer(leaf, 0);
    return leaf->n / w * square(leaf, w) + square(leaf, leaf->n % w);
}

/* With r = 1 all queries of a segment see the same keys. */
static int64_t until(const Leaf *leaf, int64_t i)
{
    int64_t w = leaf_integer(leaf, 0);
    return leaf_integer(leaf, 1) == 1 ? i - i % w + w : i + 1;
}

const Mechanism mech_segment[] = {
    {.name = "segment",
     .sentence =
         "every r-th place of each segment of w positions sees the places like it in its segment",
     .source = {"Ding et al.", "LongNet: Scaling Transformers to 1,000,000,000 Tokens",
                "arXiv:2307.02486", 2023},
     .param = param,
     .params = 3,
     .class = CLASS_POSITIONAL,
     .shape = "segments of $w along the diagonal${r=1:;, one row and column of every $r}"
              "${offset=0:;, from place $offset on}",
     .many = true,
     .check = check,
     .until = until,
     .row = row,
     .count = count,
     .total = total},
    {.name = NULL},
};
