/* reading.h - one text as a transformer reads it: logits, and q, k, v and weights of every head.
 *
 * Bytes are fed in any pieces: queries, keys and values of what was read stay (the KV cache), so a
 * further byte costs one row. A byte's row, once computed, does not change.
 *
 * Each layer has full causal attention or a pattern of its own, one expression for all its heads:
 *     positional   bound to n, the most tokens of this reading
 *     else         bound at each feeding, for each head, to the tokens read so far and to that
 *                  head's q, k and bytes; the rows of the bytes just fed are taken
 *
 * Memory: 2 (layers, n, width) and more, and the weights of all heads: layers * heads * n * n. */
#ifndef ENGINE_TRANSFORMER_READING_H
#define ENGINE_TRANSFORMER_READING_H

#include "engine/transformer/transformer.h"

#include "engine/pattern.h"

typedef struct Reading Reading;

/* n from 1 to the model's context. rule: an expression a layer, NULL for full; or NULL for full
 * everywhere; copied. STATUS_LIMIT past PROBLEM_LIMIT tokens or 4 GiB. Borrows t. */
Status reading_new(const Transformer *t, int64_t n, const Recipe *const *rule, Reading **out,
                   Why *why) MUST_USE;
void   reading_free(Reading *r);

/* count further bytes, at most n in all. After a failure the reading can only be freed. */
Status reading_feed(Reading *r, const unsigned char *bytes, int64_t count, Why *why) MUST_USE;

int64_t              reading_length(const Reading *r); /* bytes read */
const unsigned char *reading_bytes(const Reading *r);  /* borrowed */

/* Of position i, as they stand after reading: */
void reading_logits(const Reading *r, int64_t i, double *out); /* (tokens) */
/* of a layer and a query head; q and k are rotated already: */
void   reading_query(const Reading *r, int layer, int head, int64_t i, double *out); /* (d) */
void   reading_key(const Reading *r, int layer, int head, int64_t i, double *out);   /* (d) */
void   reading_value(const Reading *r, int layer, int head, int64_t i, double *out); /* (d) */
void   reading_scores(const Reading *r, int layer, int head, int64_t i,
                      double *out); /* (i+1), scaled */
void   reading_weights(const Reading *r, int layer, int head, int64_t i,
                       double *out);                                   /* (i+1), 0 outside G_i */
double reading_kept(const Reading *r, int layer, int head, int64_t i); /* 1 where full */

/* The head's q, k, v and bytes as a Problem of the tokens read so far; out as problem_matrices. */
Status reading_problem(const Reading *r, int layer, int head, Problem *out, Why *why) MUST_USE;

/* -log2 of the probability that position i gives to the byte that came next, i < length - 1. */
double reading_bits(const Reading *r, int64_t i);
/* The likeliest byte after position i; the lowest of equal ones. */
unsigned char reading_next(const Reading *r, int64_t i);

#endif
