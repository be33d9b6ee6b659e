/* score.h - softmax over a set and the mix of values: the inner loops of the house.
 *
 * weight_j = exp(score_j - max) / (sum over the set [+ exp(sink - max)])
 * Keys outside the set leave no trace, whatever their scores and values are, NaN and infinity
 * included. An empty set has weights none, output 0 and log-sum-exp minus infinity. */
#ifndef ENGINE_SCORE_H
#define ENGINE_SCORE_H

#include "engine/runs.h"

/* Softmax of one row over the set g. score (n): scaled scores, read only at keys of g.
 * weight (n): written at keys of g only, the caller clears the rest. Returns the log-sum-exp. */
float score_softmax(const float *score, const Runs *g, float *weight);

/* Scores from SCORE_LARGE on are too coarse in float32 for weights: a step of 500 is 3e-5. */
#define SCORE_LARGE 16.0f
/* The largest score over g; minus infinity if g is empty. */
float score_largest(const float *score, const Runs *g);
/* The same weights from the vectors, scores in double: q (d) of the query, k (n, d). near: a number
 * close to the largest score. */
float score_softmax_wide(const float *q, const float *k, int d, double scale, const Runs *g,
                         float near, float *weight);

/* out (e) = sum over g of weight_j * v_j; v (n, e), row-major. */
void score_mix(const float *weight, const Runs *g, const float *v, int e, float *out);

/* The same in double, for numbers in lessons: weight (n) is 0 outside g. sink: one score more in
 * the denominator that is no key (NULL: none). Returns the log-sum-exp over the real keys. */
double score_softmax_exact(const double *score, int64_t n, const Runs *g, const double *sink,
                           double *weight);

#endif
