/* block_topk.c - for each query the k key blocks with the best summaries.
 * Sources: Lu et al. 2025, MoBA, arXiv:2502.13189 (by=mean, own=forced); Tang et al. 2024, Quest,
 * arXiv:2406.10774 (by=bounds); Jiang et al. 2024, MInference, arXiv:2407.02490 (by=pooled,
 * own=free). Candidates are the query's block and the earlier ones; bidirectional: all of them.
 * Keys of row i, causal, own=forced:  (i mod b) + 1 + b*min(k-1, floor(i/b))
 *     (b=8, k=3, i=20: 5 + 16 = 21)
 *
 * A summary is of the keys that the query may see, so that of its own block grows with the causal
 * row. by=pooled takes whole blocks of queries and of keys, and so looks ahead, as its source
 * does. */
#include "engine/best.h"
#include "engine/content.h"
#include "engine/picked.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Param param[] = {
    {.name = "b",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "keys",
     .help = "keys of a block"},
    {.name = "k",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "blocks",
     .help = "blocks of a row, the best by summary"},
    {.name = "own",
     .kind = PARAM_WORD,
     .optional = true,
     .words = "forced added free",
     .unit = "",
     .help =
         "the query's block: one of the k for sure, one more beside them, or a block like others"},
    {.name = "by",
     .kind = PARAM_WORD,
     .optional = true,
     .words = "mean bounds pooled",
     .unit = "",
     .help = "a block's score: query . mean key, the bound of channels, or mean query . mean key"},
};

typedef enum { OWN_FORCED, OWN_ADDED, OWN_FREE } Own;
typedef enum { BY_MEAN, BY_BOUNDS, BY_POOLED } By;

static bool word_is(const Value *value, const char *word)
{
    return strcmp(value->text, word) == 0;
}

static Own own_of(const Value *value)
{
    return word_is(&value[2], "forced")  ? OWN_FORCED
           : word_is(&value[2], "added") ? OWN_ADDED
                                         : OWN_FREE;
}

static By by_of(const Value *value)
{
    return word_is(&value[3], "mean")     ? BY_MEAN
           : word_is(&value[3], "bounds") ? BY_BOUNDS
                                          : BY_POOLED;
}

/* Blocks of b positions; the last may be short. Summaries are of the positions added so far. */
typedef struct {
    const Problem *problem;
    int64_t        b, blocks, k;
    Own            own;
    By             by;
    int64_t       *keys;                /* (blocks) added */
    double *sum, *least, *most, *query; /* (blocks, d): of keys; sum of queries; as by asks */
    double *value;                      /* (blocks) of one query */
    int    *heap;                       /* (blocks) */
    bool   *taken;                      /* (blocks) */
} Blocks;

/* ---- summaries ---- */

static void add_vector(const float *x, int d, double *sum)
{
    for (int c = 0; c < d; c++) sum[c] += (double)x[c];
}

static void add_bounds(const float *x, int d, bool first, double *least, double *most)
{
    for (int c = 0; c < d; c++) {
        double v = (double)x[c];
        least[c] = first || v < least[c] ? v : least[c];
        most[c] = first || v > most[c] ? v : most[c];
    }
}

static void add_key(Blocks *s, int64_t j)
{
    int64_t      block = j / s->b, d = s->problem->d, at = block * d;
    const float *key = s->problem->k + j * d;
    if (s->by == BY_BOUNDS)
        add_bounds(key, (int)d, s->keys[block] == 0, s->least + at, s->most + at);
    else
        add_vector(key, (int)d, s->sum + at);
    if (s->by == BY_POOLED) add_vector(s->problem->q + j * d, (int)d, s->query + at);
    s->keys[block]++;
}

static double score_mean(const Blocks *s, int64_t i, int64_t block)
{
    int64_t      d = s->problem->d;
    const float *q = s->problem->q + i * d;
    double       dot = 0;
    for (int64_t c = 0; c < d; c++) dot += (double)q[c] * s->sum[block * d + c];
    return dot / (double)s->keys[block];
}

static double score_bounds(const Blocks *s, int64_t i, int64_t block)
{
    int64_t      d = s->problem->d;
    const float *q = s->problem->q + i * d;
    double       bound = 0;
    for (int64_t c = 0; c < d; c++)
        bound +=
            fmax((double)q[c] * s->least[block * d + c], (double)q[c] * s->most[block * d + c]);
    return bound;
}

/* The query block's size is the same for all its candidates and is left out. */
static double score_pooled(const Blocks *s, int64_t i, int64_t block)
{
    int64_t       d = s->problem->d;
    const double *q = s->query + i / s->b * d;
    double        dot = 0;
    for (int64_t c = 0; c < d; c++) dot += q[c] * s->sum[block * d + c];
    return dot / (double)s->keys[block];
}

/* ---- choosing ---- */

static void take_blocks(Blocks *s, int64_t i, int64_t candidates)
{
    static double (*const score[])(const Blocks *, int64_t, int64_t) = {
        [BY_MEAN] = score_mean, [BY_BOUNDS] = score_bounds, [BY_POOLED] = score_pooled};
    int64_t own = i / s->b, left = s->own == OWN_FORCED ? s->k - 1 : s->k, block;
    for (block = 0; block < candidates; block++)
        s->value[block] = content_ranked(score[s->by](s, i, block));
    memset(s->taken, 0, (size_t)s->blocks * sizeof *s->taken);
    Best best = best_begin(s->value, candidates, s->heap);
    while (left > 0 && (block = best_next(&best)) >= 0) {
        if (s->own != OWN_FREE && block == own) continue;
        s->taken[block] = true;
        left--;
    }
    if (s->own != OWN_FREE) s->taken[own] = true;
}

static Status write_row(const Blocks *s, int64_t end, Runs *row, Picked *picked)
{
    Status status = STATUS_OK;
    runs_clear(row);
    for (int64_t block = 0; !status && block < s->blocks && block * s->b < end; block++) {
        int64_t lo = block * s->b, hi = end - lo > s->b ? lo + s->b : end;
        if (s->taken[block]) status = runs_append(row, lo, hi);
    }
    return status ? status : picked_runs(row, picked);
}

static Status choose_rows(const Leaf *leaf, Blocks *s, Runs *row, Picked *picked)
{
    bool   causal = leaf->background == BACKGROUND_CAUSAL, at_once = !causal || s->by == BY_POOLED;
    Status status = STATUS_OK;
    for (int64_t j = 0; at_once && j < leaf->n; j++) add_key(s, j);
    for (int64_t i = 0; !status && i < leaf->n; i++) {
        if (!at_once) add_key(s, i);
        if (s->by != BY_POOLED || i % s->b == 0)
            take_blocks(s, i, causal ? i / s->b + 1 : s->blocks);
        status = write_row(s, leaf_end(leaf, i), row, picked);
    }
    return status;
}

static void done(Blocks *s)
{
    free(s->keys);
    free(s->sum);
    free(s->least);
    free(s->most);
    free(s->query);
    free(s->value);
    free(s->heap);
    free(s->taken);
}

static bool start(const Leaf *leaf, Blocks *s)
{
    int64_t b = leaf_integer(leaf, 0), n = leaf->n;
    *s = (Blocks){.problem = leaf->content,
                  .b = b,
                  .blocks = (n - 1) / b + 1,
                  .k = leaf_integer(leaf, 1),
                  .own = own_of(leaf->value),
                  .by = by_of(leaf->value)};
    size_t blocks = (size_t)s->blocks, size = blocks * (size_t)leaf->content->d;
    s->keys = calloc(blocks, sizeof *s->keys);
    s->sum = calloc(size, sizeof *s->sum);
    s->least = calloc(size, sizeof *s->least);
    s->most = calloc(size, sizeof *s->most);
    s->query = calloc(size, sizeof *s->query);
    s->value = calloc(blocks, sizeof *s->value);
    s->heap = calloc(blocks, sizeof *s->heap);
    s->taken = calloc(blocks, sizeof *s->taken);
    return s->keys && s->sum && s->least && s->most && s->query && s->value && s->heap && s->taken;
}

static Status prepare(Leaf *leaf, Why *why)
{
    Status status = content_vectors(leaf, why);
    if (status) return status;
    Blocks  blocks;
    Runs    row = {0};
    Picked *picked = picked_new(leaf->n);
    bool    ready = start(leaf, &blocks) && picked;
    status = ready ? choose_rows(leaf, &blocks, &row, picked) : STATUS_MEMORY;
    done(&blocks);
    runs_done(&row);
    return picked_ready(leaf, picked, status, why);
}

static void sure(const Value *value, Writer *w)
{
    if (own_of(value) == OWN_FREE) return;
    writer_text(w, "block(b=");
    writer_integer(w, value[0].lo);
    writer_text(w, ")");
}

const Mechanism mech_block_topk[] = {
    {.name = "block_topk",
     .sentence =
         "each query sees the k key blocks with the best summaries, its own block among them",
     .source = {"Lu et al.", "MoBA: Mixture of Block Attention for Long-Context LLMs",
                "arXiv:2502.13189", 2025},
     .param = param,
     .params = 4,
     .class = CLASS_HYBRID,
     .reads = "keys",
     .formula = "(i mod b) + 1 + b*min(k-1, floor(i/b))",
     .silent = "by",
     .shape =
         "${own=free:the ${k=1:best block;$k best blocks} of $b;"
         "added:the own block of $b and the ${k=1:best other one;$k best others};"
         "the own block of $b${k=1:;2: and the best other one; and the best others, $k in all}}",
     .sure = sure,
     .prepare = prepare,
     PICKED_ROWS},
    {.name = NULL},
};
