/* weights.c - keys by their share of the dense weight: enough of them, or all that are large.
 * Sources: topp: Lin et al. 2025, arXiv:2502.02770; sparsemax: Martins and Astudillo 2016,
 * arXiv:1602.02068; entmax: Peters et al. 2019, arXiv:1905.05702.
 *
 * The supports. The projection with exponent a has p_j = max(0, (a-1) s_j - tau)^(1/(a-1)), where
 * tau makes the sum 1. With a larger tau the sum is smaller; so key k has p_k > 0, that is
 * (a-1) s_k > tau, if and only if the sum is less than 1 when tau stands at (a-1) s_k:
 *     sparsemax, a = 2:    sum over better j of  (s_j - s_k)        < 1
 *     entmax15,  a = 1.5:  sum over better j of  ((s_j - s_k)/2)^2  < 1
 * No threshold is searched for: keys are taken best first until one fails.
 *     sparsemax of -2, 0, 0.5: the sums are 0.5 for 0 and 4.5 for -2, so 2 keys. */
#include "engine/best.h"
#include "engine/content.h"
#include "engine/picked.h"

#include <math.h>
#include <string.h>

/* One row: its scores and weights, which sum to `sum` (content_row), and marks of what it keeps,
 * all false at first. */
typedef struct {
    ContentRoom at;
    int64_t     len;
    double      sum;
} Row;

typedef void Choose(const Leaf *leaf, Row *row);

static Status choose_rows(const Leaf *leaf, Choose *choose, Row *row, Picked *picked)
{
    Status status = STATUS_OK;
    for (int64_t i = 0; !status && i < leaf->n; i++) {
        row->len = leaf_end(leaf, i);
        row->sum = content_row(leaf->content, i, row->len, row->at.score, row->at.weight);
        memset(row->at.mark, 0, (size_t)row->len * sizeof *row->at.mark);
        choose(leaf, row);
        status = picked_marks(row->at.mark, row->len, picked);
    }
    return status;
}

static Status choose_all(Leaf *leaf, Choose *choose, Why *why)
{
    Row     row;
    Picked *picked = picked_new(leaf->n);
    Status  status = content_room(leaf->n, &row.at);
    if (!status && picked) status = choose_rows(leaf, choose, &row, picked);
    content_room_done(&row.at);
    return picked_ready(leaf, picked, status, why);
}

/* ---- topp ---- */

/* A sum of weights that misses p by its own rounding has reached it: ten equal keys hold 0.8 in
 * eight of them. */
static const double ROUNDING = 1e-12;

/* All weight is in the keys above minus infinity, however small the weight of one of them is. */
static void topp_choose(const Leaf *leaf, Row *row)
{
    double  p = leaf->value[0].real, goal = p * row->sum * (1 - ROUNDING), have = 0;
    int64_t j;
    Best    best = best_begin(row->at.score, row->len, row->at.heap);
    for (int64_t kept = 0; (j = best_next(&best)) >= 0; kept++) {
        bool weightless = isinf(row->at.score[j]) && row->at.score[j] < 0;
        if (kept > 0 && (weightless || (p < 1 && have >= goal))) return;
        row->at.mark[j] = true;
        have += row->at.weight[j];
    }
}

static Status topp_prepare(Leaf *leaf, Why *why)
{
    return choose_all(leaf, topp_choose, why);
}

/* ---- above ---- */

static void above_choose(const Leaf *leaf, Row *row)
{
    double t = leaf->value[0].real;
    for (int64_t j = 0; j < row->len; j++)
        row->at.mark[j] = (row->sum > 0 ? row->at.weight[j] / row->sum : 0) >= t;
}

static Status above_prepare(Leaf *leaf, Why *why)
{
    return choose_all(leaf, above_choose, why);
}

/* ---- sparsemax and entmax15 ---- */

/* Keys are measured from the best score down, where no difference that matters exceeds 2: the sum
 * of the powers is put together from those of the keys so far, and is exact to some 1e-12. Of
 * infinite scores only the largest are kept; where all are minus infinity there is no projection,
 * and no key. */
static void project(Row *row, bool squares)
{
    double  top = 0, first = 0, second = 0; /* sums of differences to the best, of their squares */
    int64_t j;
    Best    best = best_begin(row->at.score, row->len, row->at.heap);
    for (int64_t kept = 0; (j = best_next(&best)) >= 0; kept++) {
        double score = row->at.score[j];
        if (kept == 0) top = score;
        double x = score < top ? top - score : 0, keys = (double)kept;
        if ((isinf(score) && score < 0) || x >= 2) return;
        double sum = squares ? (second - 2 * x * first + keys * x * x) / 4 : keys * x - first;
        if (sum >= 1) return;
        row->at.mark[j] = true;
        first += x;
        second += x * x;
    }
}

static void sparsemax_choose(const Leaf *leaf, Row *row)
{
    (void)leaf;
    project(row, false);
}

static Status sparsemax_prepare(Leaf *leaf, Why *why)
{
    return choose_all(leaf, sparsemax_choose, why);
}

static void entmax15_choose(const Leaf *leaf, Row *row)
{
    (void)leaf;
    project(row, true);
}

static Status entmax15_prepare(Leaf *leaf, Why *why)
{
    return choose_all(leaf, entmax15_choose, why);
}

/* ---- entries ---- */

static const Param topp_param[] = {
    {.name = "p",
     .kind = PARAM_REAL,
     .real_min = 0,
     .real_max = 1,
     .real_start = 0.9,
     .unit = "",
     .help = "share of the dense weight that the kept keys hold at least"},
};

static const Param above_param[] = {
    {.name = "t",
     .kind = PARAM_REAL,
     .real_min = 0,
     .real_max = 1,
     .real_start = 0.1,
     .unit = "",
     .help = "least dense weight of a kept key"},
};

const Mechanism mech_weights[] = {
    {.name = "topp",
     .sentence = "each query sees the fewest keys that hold a share p of its dense weight",
     .source = {"Lin et al.",
                "Twilight: Adaptive Attention Sparsity with Hierarchical Top-p Pruning",
                "arXiv:2502.02770", 2025},
     .param = topp_param,
     .params = 1,
     .class = CLASS_CONTENT,
     .reads = "scores",
     .shape = "the fewest keys with $p of the weight",
     .prepare = topp_prepare,
     PICKED_ROWS},
    {.name = "above",
     .sentence = "each query sees the keys whose dense weight is at least t",
     .param = above_param,
     .params = 1,
     .class = CLASS_CONTENT,
     .reads = "scores",
     .shape = "the keys with a weight of at least $t",
     .prepare = above_prepare,
     PICKED_ROWS},
    {.name = "sparsemax",
     .sentence = "each query sees the keys that the sparsemax of its scores gives a weight",
     .source = {"Martins and Astudillo", "From Softmax to Sparsemax", "arXiv:1602.02068", 2016},
     .class = CLASS_CONTENT,
     .reads = "scores",
     .shape = "the support of the sparsemax",
     .prepare = sparsemax_prepare,
     PICKED_ROWS},
    {.name = "entmax15",
     .sentence = "each query sees the keys that the 1.5-entmax of its scores gives a weight",
     .source = {"Peters et al.", "Sparse Sequence-to-Sequence Models", "arXiv:1905.05702", 2019},
     .class = CLASS_CONTENT,
     .reads = "scores",
     .shape = "the support of the 1.5-entmax",
     .prepare = entmax15_prepare,
     PICKED_ROWS},
    {.name = NULL},
};
