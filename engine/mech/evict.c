/* evict.c - a cache of fixed size: each step appends its key, attends, and lets one key go.
 * Sources: heavy: Zhang et al. 2023, arXiv:2306.14048; tova: Oren et al. 2024, arXiv:2401.06104.
 * Both run token by token, as they are used, and read no key after the query in either background.
 * Keys of row i:  heavy min(i+1, h+r+1), tova min(i+1, k+1)     (tova k=64, i=500: 65)
 *
 * A step holds one key more than the cache, so one goes, the worst by:
 *     heavy  the weight it received from all queries so far; the r newest are safe
 *     tova   its score from this query, which ranks as its weight does; none is safe
 * Of equal ones the higher position goes. What has gone never returns. */
#include "engine/content.h"
#include "engine/picked.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    int    *key; /* (n + 1) the cache, ascending */
    int64_t held;
    int64_t capacity;       /* keys that stay after a step */
    int64_t safe;           /* newest keys that stay whatever their worth */
    double *worth;          /* (n) by position */
    double *score, *weight; /* (n) */
} Cache;

/* What this query gives to the keys of the cache: changes cache->worth. */
typedef void Judge(const Leaf *leaf, int64_t i, Cache *cache);

static void evict(Cache *cache)
{
    int64_t worst = 0;
    for (int64_t t = 1; t < cache->held - cache->safe; t++)
        if (cache->worth[cache->key[t]] <= cache->worth[cache->key[worst]]) worst = t;
    cache->held--;
    memmove(cache->key + worst, cache->key + worst + 1,
            (size_t)(cache->held - worst) * sizeof *cache->key);
}

static Status decode(const Leaf *leaf, Judge *judge, Cache *cache, Picked *picked)
{
    Status status = STATUS_OK;
    for (int64_t i = 0; !status && i < leaf->n; i++) {
        cache->key[cache->held++] = (int)i;
        status = picked_keys(cache->key, cache->held, picked);
        judge(leaf, i, cache);
        if (cache->held > cache->capacity) evict(cache);
    }
    return status;
}

static Status run(Leaf *leaf, Judge *judge, int64_t capacity, int64_t safe, Why *why)
{
    size_t  n = (size_t)leaf->n;
    Cache   cache = {.capacity = capacity,
                     .safe = safe,
                     .key = calloc(n + 1, sizeof *cache.key),
                     .worth = calloc(n, sizeof *cache.worth),
                     .score = calloc(n, sizeof *cache.score),
                     .weight = calloc(n, sizeof *cache.weight)};
    Picked *picked = picked_new(leaf->n);
    bool    ready = cache.key && cache.worth && cache.score && cache.weight && picked;
    Status  status = ready ? decode(leaf, judge, &cache, picked) : STATUS_MEMORY;
    free(cache.key);
    free(cache.worth);
    free(cache.score);
    free(cache.weight);
    return picked_ready(leaf, picked, status, why);
}

/* The scores of the cache's keys, in its order. */
static void cache_scores(const Leaf *leaf, int64_t i, Cache *cache)
{
    const float *row = leaf->content->score + i * leaf->n;
    for (int64_t t = 0; t < cache->held; t++)
        cache->score[t] = content_ranked((double)row[cache->key[t]]);
}

/* ---- heavy ---- */

/* Weights of the softmax over the keys that are still there. */
static void judge_kept(const Leaf *leaf, int64_t i, Cache *cache)
{
    cache_scores(leaf, i, cache);
    double sum = content_weigh(cache->score, cache->held, cache->weight);
    for (int64_t t = 0; sum > 0 && t < cache->held; t++)
        cache->worth[cache->key[t]] += cache->weight[t] / sum;
}

/* Weights of the full causal row. */
static void judge_dense(const Leaf *leaf, int64_t i, Cache *cache)
{
    double sum = content_row(leaf->content, i, i + 1, cache->score, cache->weight);
    for (int64_t j = 0; sum > 0 && j <= i; j++) cache->worth[j] += cache->weight[j] / sum;
}

static Status heavy_prepare(Leaf *leaf, Why *why)
{
    int64_t h = leaf_integer(leaf, 0), r = leaf_integer(leaf, 1);
    bool    dense = strcmp(leaf->value[2].text, "dense") == 0;
    return run(leaf, dense ? judge_dense : judge_kept, h + r, r, why);
}

static void heavy_sure(const Value *value, Writer *w)
{
    if (value[1].lo == 0) return;
    writer_text(w, "window(w=");
    writer_integer(w, value[1].lo < INTEGER_LIMIT ? value[1].lo + 1
                                                  : INTEGER_LIMIT); /* beyond any n */
    writer_text(w, ")");
}

/* ---- tova ---- */

static void judge_last(const Leaf *leaf, int64_t i, Cache *cache)
{
    cache_scores(leaf, i, cache);
    for (int64_t t = 0; t < cache->held; t++) cache->worth[cache->key[t]] = cache->score[t];
}

static Status tova_prepare(Leaf *leaf, Why *why)
{
    return run(leaf, judge_last, leaf_integer(leaf, 0), 0, why);
}

/* ---- entries ---- */

static const Param heavy_param[] = {
    {.name = "h",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "keys",
     .help = "older keys that stay, those with most received weight"},
    {.name = "r",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "keys",
     .help = "newest keys that stay"},
    {.name = "by",
     .kind = PARAM_WORD,
     .optional = true,
     .words = "kept dense",
     .unit = "",
     .help = "weights over the keys that are still there, or of the full rows"},
};

static const Param tova_param[] = {
    {.name = "k",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "keys",
     .help = "keys that stay after each step"},
};

const Mechanism mech_evict[] = {
    {.name = "heavy",
     .sentence = "a cache of the r newest keys and of the h older ones that received most weight",
     .source =
         {"Zhang et al.",
          "H2O: Heavy-Hitter Oracle for Efficient Generative Inference of Large Language Models",
          "arXiv:2306.14048", 2023},
     .param = heavy_param,
     .params = 3,
     .class = CLASS_HYBRID,
     .reads = "scores",
     .formula = "min(i+1, h+r+1)",
     .silent = "by",
     .shape = "${r=0:the own key;1:the own key and the one before;the own key and the $r before}"
              "${h=0:;1:, and the heaviest older key;, and the $h heaviest older keys}",
     .sure = heavy_sure,
     .policy = true,
     .prepare = heavy_prepare,
     PICKED_ROWS},
    {.name = "tova",
     .sentence = "a cache of the k keys with most weight from the last query",
     .source = {"Oren et al.", "Transformers are Multi-State RNNs", "arXiv:2401.06104", 2024},
     .param = tova_param,
     .params = 1,
     .class = CLASS_CONTENT,
     .reads = "scores",
     .formula = "min(i+1, k+1)",
     .shape = "the own key and the ${k=1:key;$k keys} with most weight from the query before",
     .policy = true,
     .prepare = tova_prepare,
     PICKED_ROWS},
    {.name = NULL},
};
