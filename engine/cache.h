/* cache.h - what a KV cache must hold.
 *
 * live(t) is the set of keys j <= t that some later query t < i < n reads. A query that sees few
 * keys can still ask for old ones later, so live(t) may be far larger than the next row:
 *
 *      stride(s=4), t = 5:   row 6 reads 2 and 6;   live(5) = 0-5
 *
 * So that the text goes on after t, bind the pattern to 2(t+1) tokens at least. Of what content
 * decides every key may be wanted; a decode policy (Mechanism.policy) wants what it holds, which is
 * what its next row reads.
 *
 * nested: G_{i+1} without i+1 lies in G_i for every i. Then live(t) = G_{t+1} without t+1: a cache
 * that throws away can hold exactly what it reads.
 * resident: while step t runs, memory holds live(t-1) and the new key. R(n) is the most of
 * |live(t-1)| + 1 over t < n, and what costs charge.
 * Sources: the definitions of index sets in arXiv:2501.09223 (section 2.3); StreamingLLM, arXiv:
 * 2309.17453, for caches that are their own pattern.
 *
 * Closed forms, causal, text going on:              |live(t)|            R(n)
 *      window(w)              the last w-1            min(t+1, w-1)        min(n, w)
 *      sink(s) | window(w)    and the first s         min(t+1, s+w-1)      min(n, s+w)
 *      dilated(w, d)          the last (w-1)d         min(t+1, (w-1)d)     min(n, (w-1)d+1)
 *      block(b)               of the current block    (t+1) mod b          min(n, b)
 *      fixed(l, c)            ((t+1) mod l) + c floor((t+1)/l)
 *      full, stride, log      everything              t+1                  n
 *
 * Found from the last query that reads each key. For parts of a union that ask for the distance or
 * the key alone that is their rule's; others are asked row by row, last row first, each key once.
 * Memory: 4 bytes a token, twice that while it is found row by row. Limits: CACHE_TOKENS tokens,
 * and rows as operand.h says; STATUS_LIMIT before it starts. Owner: the caller; cache_done. */
#ifndef ENGINE_CACHE_H
#define ENGINE_CACHE_H

#include "engine/pattern.h"

enum { CACHE_TOKENS = 1 << 28 };

typedef struct {
    const Pattern *pattern; /* borrowed */
    int32_t       *last;    /* of key j: the last query that reads it, or may want it; -1: none */
} Cache;

Status cache_new(const Pattern *p, Cache *out, Why *why) MUST_USE;
void   cache_done(Cache *c);

Status  cache_live(const Cache *c, int64_t t, Runs *out) MUST_USE; /* live(t), 0 <= t < n */
int64_t cache_live_count(const Cache *c, int64_t t);
/* R(tokens), tokens <= n. */
Status cache_resident(const Cache *c, int64_t tokens, int64_t *out) MUST_USE;

/* Of the sets as they are bound, content too. */
Status cache_nested(const Pattern *p, bool *nested, Why *why) MUST_USE;

/* R(tokens) of the text that goes on to twice its length. */
Status cache_resident_of(const Recipe *recipe, int64_t tokens, Background background, int64_t *out,
                         Why *why) MUST_USE;

#endif
