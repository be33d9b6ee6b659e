/* log.c - keys at distances that grow by powers, and a few nearest ones.
 * Source: Li et al. 2019, arXiv:1907.00235 (LogSparse transformer).
 * Offsets 0 ... local-1 and local-1 + base^t; with restart=r only those up to r, taken again from
 * i-r, i-2r, ... Keys of row i, local=1, no restart:  1 + (floor(log_base(i)) + 1 if i >= 1)
 *     (n=16: 65 pairs) */
#include "engine/mechanism.h"
#include "engine/progression.h"

static const Param param[] = {
    {.name = "base",
     .kind = PARAM_INTEGER,
     .min = 2,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 2,
     .unit = "",
     .help = "each distance is so many times the one before"},
    {.name = "local",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 1,
     .unit = "keys",
     .help = "nearest keys, own key counted"},
    /* the largest number is past every text: no restart */
    {.name = "restart",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = INTEGER_LIMIT,
     .unit = "positions",
     .help = "the distances begin anew after so many"},
};

/* Distances repeat every r; offset r itself is the next anchor. These are the ones below r. */
enum { POWERS = 31 }; /* 2^30 is the last power of 2 below the largest n */

typedef struct {
    int64_t near;        /* 0 .. near-1 */
    int64_t far[POWERS]; /* behind them, ascending */
    int     len;
    int64_t period;
} Offsets;

static Offsets offsets(const Leaf *leaf)
{
    int64_t base = leaf_integer(leaf, 0), local = leaf_integer(leaf, 1);
    Offsets o = {.period = leaf_integer(leaf, 2)};
    o.near = local < o.period ? local : o.period;
    for (int64_t power = 1; o.len < POWERS && local - 1 + power < o.period; power *= base)
        o.far[o.len++] = local - 1 + power;
    return o;
}

/* Distances of one period that are below x, 0 <= x <= period. */
static int64_t below_in_period(const Offsets *o, int64_t x)
{
    int64_t found = x < o->near ? x : o->near;
    for (int k = 0; k < o->len; k++) found += o->far[k] < x;
    return found;
}

static int64_t below(const Offsets *o, int64_t x)
{
    if (x <= 0) return 0;
    return x / o->period * (o->near + o->len) + below_in_period(o, x % o->period);
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    Offsets o = offsets(leaf);
    Status  status = STATUS_OK;
    for (int64_t anchor = i % o.period; !status && anchor <= i; anchor += o.period) {
        for (int k = o.len - 1; !status && k >= 0; k--)
            if (anchor >= o.far[k])
                status = runs_append(out, anchor - o.far[k], anchor - o.far[k] + 1);
        if (!status)
            status = runs_append(out, anchor < o.near ? 0 : anchor - o.near + 1, anchor + 1);
    }
    return status;
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    Offsets o = offsets(leaf);
    return below(&o, i - lo + 1) - below(&o, i - hi + 1);
}

const Mechanism mech_log[] = {
    {.name = "log",
     .sentence =
         "each query sees its nearest keys, and earlier ones at distances that grow by powers",
     .source = {"Li et al.",
                "Enhancing the Locality and Breaking the Memory Bottleneck of Transformer on Time "
                "Series Forecasting",
                "arXiv:1907.00235", 2019},
     .param = param,
     .params = 3,
     .class = CLASS_POSITIONAL,
     .axis = AXIS_DISTANCE,
     .shape =
         "${local=1:the diagonal;band of width $local} and diagonals at powers of $base behind it"
         "${restart=*:;, begun anew every $restart}",
     .many = true,
     .row = row,
     .count = count},
    {.name = NULL},
};
