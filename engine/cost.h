/* cost.h - the bills: work and memory of one head, and of a model's stack of layers.
 *
 * Symbols: L layers, H query heads, g KV heads, d numbers of a key (and of a value), b bytes a
 * number, n tokens, B texts at once. Each layer has its own pattern:
 *
 *      kept       sum over layers of 2 g d b R(n)        R(n): cache.h
 *      read       sum over layers of 2 g d b |G_{n-1}|   in one decode step, and to choose
 *      flops      sum over layers of 4 H d total         two a multiply-add, scores and mix
 *      step time  (weights + B read) / (bandwidth efficiency)
 *
 * Weights are read once a step for all texts. A model with one latent vector (MLA) keeps d b
 * instead of 2 g d b. Choosing reads, where bounds of blocks choose the keys, two vectors a block
 * and KV head, and what a model says of itself (DeepSeek's indexer: 132 bytes a token and layer).
 * Sources: Shazeer 2019, arXiv:1911.02150 (bytes of a decode step); DeepSeek-V2, arXiv:2405.04434
 * (MLA); Quest, arXiv:2406.10774 (bounds).
 * Rows are of the causal background; the text goes on: what is kept is asked of 2n tokens. */
#ifndef ENGINE_COST_H
#define ENGINE_COST_H

#include "engine/preset.h"
#include "engine/stack.h"

/* Multiply-adds of scores (d each) and mix (e each) over `total` scored cells. */
int64_t cost_multiply_adds(int64_t total, int d, int e);
/* Bytes of keys and values for `keys` positions: keys * (d + e) * bytes_a_number, of one head. */
double cost_cache_bytes(int64_t keys, int d, int e, double bytes_a_number);

/* One layer, in keys. */
typedef struct {
    int64_t resident; /* R(n) */
    int64_t read;     /* |G_{n-1}| */
    double  total;    /* sum of |G_i|, i < n */
    int64_t blocks;   /* whose bounds choosing reads; 0: none */
    bool    chooses;  /* it reads content */
    bool    at_most;  /* content decides how many: read and total are the most there can be */
} CostLayer;

Status cost_layer(const Recipe *recipe, int64_t n, CostLayer *out, Why *why) MUST_USE;

typedef struct {
    int64_t context;    /* n */
    int64_t batch;      /* B */
    double  bytes;      /* b, of keys and values */
    double  weights;    /* bytes of all weights; 0: not known */
    double  bandwidth;  /* bytes a second */
    double  efficiency; /* share of it that is reached, 0 < efficiency <= 1 */
} CostTerms;

enum { COST_UNKNOWN = -1 };

typedef struct {
    double kv_bytes, read_bytes; /* of one text */
    double flops, step_seconds;  /* COST_UNKNOWN where a model doesn't tell */
    bool   at_most;
} CostBill;

/* layer: of each expression of the stack, which has as many layers as the model. */
CostBill cost_stack(const Stack *stack, const CostLayer *layer, const Preset *model,
                    const CostTerms *terms);
/* Tokens at which dense attention takes as many operations as the rest: P / (L H d); 0: unknown. */
double cost_crossover(const Preset *model);

#endif
