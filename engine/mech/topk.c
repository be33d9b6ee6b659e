/* topk.c - the k keys with the highest scores q_i . k_j of the background.
 * Source: Gupta et al. 2021, arXiv:2106.06899; Zhao et al. 2019, arXiv:1912.11637.
 * Equal scores: the lower position first; ties=all keeps every key that is at least the k-th best.
 * Keys of row i, causal, ties=first:  min(k, i+1)
 *
 * The rows are chosen when the pattern is bound: n*n scores are read once. */
#include "engine/picked.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Param param[] = {
    {.name = "k",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "keys",
     .help = "keys of a row, the best by score"},
    {.name = "ties",
     .kind = PARAM_WORD,
     .optional = true,
     .words = "first all",
     .unit = "",
     .help = "equal scores at the end: the first positions, or all of them"},
};

/* NaN ranks last. */
static float ranked(float score)
{
    return score >= -INFINITY ? score : -INFINITY;
}

/* What a row keeps: every key above `worst`, and the first `equal` of those that have it. */
typedef struct {
    float   worst;
    int64_t equal;
} Cut;

/* Room for one row at a time. */
typedef struct {
    float *score, *spare; /* n each */
    int   *key;           /* n */
} Room;

enum { FEW = 48 }; /* up to so many best scores are held in order, more are found by parting */

/* The k best, best first, k <= FEW and k <= len. Most keys of a row pass by the one comparison. */
static Cut cut_few(const float *score, int64_t len, int64_t k)
{
    float   best[FEW];
    int64_t held = 0, equal = 0;
    for (int64_t j = 0; j < len; j++) {
        if (held == k && !(score[j] > best[k - 1])) continue;
        int64_t at = held < k ? held++ : k - 1;
        for (; at > 0 && best[at - 1] < score[j]; at--) best[at] = best[at - 1];
        best[at] = score[j];
    }
    while (equal < k && best[k - 1 - equal] <= best[k - 1]) equal++;
    return (Cut){best[k - 1], equal};
}

/* Parts x into out: what is above the pivot (or equal to it, if `equal`) from the front, the rest
 * from the back. Returns how many stand in front. A number is written to both ends, and one of them
 * moves on, so that no branch can be guessed wrong. */
static int64_t part(const float *x, int64_t len, float pivot, bool equal, float *out)
{
    int64_t front = 0, back = len - 1;
    for (int64_t k = 0; k < len; k++) {
        int64_t above = equal ? x[k] >= pivot : x[k] > pivot;
        out[front] = out[back] = x[k];
        front += above;
        back -= 1 - above;
    }
    return front;
}

static float middle_of(float a, float b, float c)
{
    float low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/* The middle of three of the numbers, far apart; which ones changes the time only. */
static float pivot_of(const float *x, int64_t len, uint64_t *step)
{
    float at[3];
    for (int p = 0; p < 3; p++) {
        *step = *step * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        at[p] = x[(*step >> 33) % (uint64_t)len];
    }
    return middle_of(at[0], at[1], at[2]);
}

/* The same by parting; room->score holds the row, and is used up. */
static Cut cut_many(int64_t len, int64_t k, Room *room)
{
    float   *x = room->score, *out = room->spare, *next;
    uint64_t step = 0;
    for (;; x = next) {
        float   pivot = pivot_of(x, len, &step);
        int64_t above = part(x, len, pivot, false, out);
        next = out;
        out = out == room->spare ? room->score : room->spare;
        len = k <= above ? above : len - above;
        if (k <= above) continue;
        k -= above;
        int64_t same = part(next + above, len, pivot, true, out);
        if (k <= same) return (Cut){pivot, k};
        k -= same, len -= same;
        next = out + same;
        out = out == room->spare ? room->score : room->spare;
    }
}

static Cut cut_row(int64_t len, int64_t k, Room *room)
{
    if (k >= len) return (Cut){-INFINITY, len};
    return k <= FEW ? cut_few(room->score, len, k) : cut_many(len, k, room);
}

/* The chosen positions, in order, again without a branch. */
static int64_t choose_keys(const float *score, int64_t len, Cut cut, int *key)
{
    int64_t chosen = 0;
    for (int64_t j = 0; j < len; j++) {
        float   s = ranked(score[j]);
        int64_t tie = !(s < cut.worst) & !(s > cut.worst);
        key[chosen] = (int)j;
        chosen += (s > cut.worst) | (tie & (cut.equal > 0));
        cut.equal -= tie;
    }
    return chosen;
}

static Status choose_row(const Leaf *leaf, int64_t i, Room *room, Picked *picked)
{
    int64_t      len = leaf_end(leaf, i);
    const float *score = leaf->content->score + i * leaf->n;
    for (int64_t j = 0; j < len; j++) room->score[j] = ranked(score[j]);
    Cut cut = cut_row(len, leaf_integer(leaf, 0), room);
    if (strcmp(leaf->value[1].text, "all") == 0) cut.equal = len;
    int64_t keys = choose_keys(score, len, cut, room->key);
    return picked_keys(room->key, keys, picked);
}

static Status choose_rows(const Leaf *leaf, Room *room, Picked *picked)
{
    Status status = STATUS_OK;
    for (int64_t i = 0; !status && i < leaf->n; i++) status = choose_row(leaf, i, room, picked);
    return status;
}

static Status prepare(Leaf *leaf, Why *why)
{
    size_t  n = (size_t)leaf->n;
    Room    room = {malloc(n * sizeof *room.score), malloc(n * sizeof *room.spare),
                    malloc(n * sizeof *room.key)};
    Picked *picked = picked_new(leaf->n);
    bool    ready = room.score && room.spare && room.key && picked;
    Status  status = ready ? choose_rows(leaf, &room, picked) : STATUS_MEMORY;
    free(room.score);
    free(room.spare);
    free(room.key);
    return picked_ready(leaf, picked, status, why);
}

const Mechanism mech_topk[] = {
    {.name = "topk",
     .sentence = "each query sees the k keys with the highest scores",
     .source = {"Gupta et al.", "Memory-efficient Transformers via Top-k Attention",
                "arXiv:2106.06899", 2021},
     .param = param,
     .params = 2,
     .class = CLASS_CONTENT,
     .reads = "scores",
     .formula = "min(k, i+1)",
     .shape = "${k=1:the best-scoring key;the $k best-scoring keys}${ties=first:;, all that tie "
              "with the last}",
     .prepare = prepare,
     PICKED_ROWS},
    {.name = NULL},
};
