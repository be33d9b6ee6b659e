/* topk.c - the k keys with the highest scores q_i . k_j of the background.
 * Source: Gupta et al. 2021, arXiv:2106.06899; Zhao et al. 2019, arXiv:1912.11637.
 * Equal scores: the lower position first; ties=all keeps every key that is at least the k-th best.
 * Keys of row i, causal, ties=first:  min(k, i+1)
 *
 * The rows are chosen when the pattern is bound: n*n scores are read once. */
#include "engine/mechanism.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Param param[] = {
    {.name = "k", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 4, .unit = "keys",
     .help = "keys of a row, the best by score"},
    {.name = "ties", .kind = PARAM_WORD, .optional = true, .words = "first all", .unit = "",
     .help = "equal scores at the end: the first positions, or all of them"},
};

/* Row i is run[begin[i]] ... run[begin[i+1]-1] of all. */
typedef struct {
    int *begin; /* n + 1 */
    Runs all;   /* the rows one behind the other: not a set */
} Chosen;

/* NaN ranks last. */
static float ranked(float score)
{
    return isnan(score) ? -INFINITY : score;
}

/* Moves the numbers above the pivot (or equal to it, if `equal`) to the front; returns how many. */
static int64_t to_front(float *x, int64_t len, float pivot, bool equal)
{
    int64_t front = 0;
    for (int64_t k = 0; k < len; k++) {
        float   here = x[k];
        int64_t moves = equal ? here >= pivot : here > pivot;
        x[k] = x[front];
        x[front] = here;
        front += moves;
    }
    return front;
}

static float middle_of(float a, float b, float c)
{
    float low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/* The k-th largest of x, 1 <= k <= len; x is reordered. Which pivot is taken changes the time only;
 * stepping through the numbers by a large odd step keeps sorted rows from being slow. */
static float kth_largest(float *x, int64_t len, int64_t k)
{
    uint64_t step = 0;
    for (;;) {
        float at[3];
        for (int p = 0; p < 3; p++) {
            step = step * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            at[p] = x[(step >> 33) % (uint64_t)len];
        }
        float   pivot = middle_of(at[0], at[1], at[2]);
        int64_t above = to_front(x, len, pivot, false);
        if (k <= above) {
            len = above;
            continue;
        }
        x += above, len -= above, k -= above;
        int64_t same = to_front(x, len, pivot, true);
        if (k <= same) return pivot;
        x += same, len -= same, k -= same;
    }
}

/* Appends the keys at least as good as the worst chosen; of those equal to it only `equal`. */
static Status gather(const float *score, int64_t len, float worst, int64_t equal, Runs *all, int row_begin)
{
    for (int64_t j = 0; j < len; j++) {
        float s = ranked(score[j]);
        if (s < worst) continue;
        if (s <= worst && equal-- <= 0) continue;
        if (all->len > row_begin && all->run[all->len - 1].hi == j) {
            all->run[all->len - 1].hi = j + 1;
            continue;
        }
        if (all->len == all->cap) {
            int  cap = all->cap * 2;
            Run *run = cap > 0 ? realloc(all->run, (size_t)cap * sizeof *run) : NULL;
            if (!run) return STATUS_MEMORY;
            all->run = run;
            all->cap = cap;
        }
        all->run[all->len++] = (Run){j, j + 1};
    }
    return STATUS_OK;
}

static Status choose_row(const Leaf *leaf, int64_t i, float *room, Chosen *chosen)
{
    int64_t      len = leaf_end(leaf, i), k = leaf_integer(leaf, 0);
    const float *score = leaf->content->score + i * leaf->n;
    bool         all = strcmp(leaf->value[1].text, "all") == 0;
    int          begin = chosen->begin[i];
    if (k >= len) return gather(score, len, -INFINITY, len, &chosen->all, begin);
    for (int64_t j = 0; j < len; j++) room[j] = ranked(score[j]);
    float   worst = kth_largest(room, len, k);
    int64_t above = 0;
    for (int64_t j = 0; j < len; j++) above += ranked(score[j]) > worst;
    return gather(score, len, worst, all ? len : k - above, &chosen->all, begin);
}

static Status choose(const Leaf *leaf, Chosen *chosen)
{
    int64_t n = leaf->n;
    float  *room = malloc((size_t)n * sizeof *room);
    Status  status = STATUS_OK;
    chosen->begin = calloc((size_t)n + 1, sizeof *chosen->begin);
    chosen->all.cap = (int)n * 2;
    chosen->all.run = malloc((size_t)chosen->all.cap * sizeof *chosen->all.run);
    if (!room || !chosen->begin || !chosen->all.run) status = STATUS_MEMORY;
    for (int64_t i = 0; !status && i < n; i++) {
        status = choose_row(leaf, i, room, chosen);
        chosen->begin[i + 1] = chosen->all.len;
    }
    free(room);
    return status;
}

static Status prepare(Leaf *leaf, Why *why)
{
    Chosen *chosen = calloc(1, sizeof *chosen);
    Status  status = chosen ? choose(leaf, chosen) : STATUS_MEMORY;
    leaf->state = chosen;
    return status ? why_say(why, status, 0, "%s", status_sentence(status)) : STATUS_OK;
}

static void release(Leaf *leaf)
{
    Chosen *chosen = leaf->state;
    if (!chosen) return;
    free(chosen->begin);
    runs_done(&chosen->all);
    free(chosen);
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    const Chosen *chosen = leaf->state;
    Status        status = STATUS_OK;
    for (int k = chosen->begin[i]; !status && k < chosen->begin[i + 1]; k++)
        status = runs_append(out, chosen->all.run[k].lo, chosen->all.run[k].hi);
    return status;
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    const Chosen *chosen = leaf->state;
    int           begin = chosen->begin[i];
    Runs          borrowed = {chosen->all.run + begin, chosen->begin[i + 1] - begin, chosen->begin[i + 1] - begin};
    return runs_count_in(&borrowed, lo, hi);
}

static int64_t total(const Leaf *leaf)
{
    const Chosen *chosen = leaf->state;
    return runs_count(&chosen->all);
}

const Mechanism mech_topk[] = {
    {.name = "topk",
     .sentence = "each query sees the k keys with the highest scores",
     .source = {"Gupta et al.", "Memory-efficient Transformers via Top-k Attention", "arXiv:2106.06899", 2021},
     .param = param, .params = 2, .class = CLASS_CONTENT, .reads = "scores", .formula = "min(k, i+1)",
     .shape = "${k=1:the best-scoring key;the $k best-scoring keys}${ties=first:;, all that tie with the last}",
     .prepare = prepare, .release = release, .row = row, .count = count, .total = total},
    {.name = NULL},
};
