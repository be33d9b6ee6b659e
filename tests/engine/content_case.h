/* content_case.h - problems of any scores, and rows of content atoms against a definition. */
#ifndef TESTS_ENGINE_CONTENT_CASE_H
#define TESTS_ENGINE_CONTENT_CASE_H

#include "engine/pattern.h"
#include "engine/rng.h"

/* Scores (n, n) of the caller's: q is the unit matrix, so that key j's coordinates are its scores. */
Problem content_of_scores(const float *score, int64_t n);
/* Random scores; few levels make many ties. */
Problem content_random_scores(Rng *rng, int64_t n, bool ties);
/* Random q and k (n, d), multiples of 1/16 between -2 and 2; few levels: of 1, between -1 and 1. */
Problem content_random_vectors(Rng *rng, int64_t n, int d, bool ties);

/* One more than the last key of row i. */
int64_t content_end(Background background, int64_t n, int64_t i);
/* Dense weights of row i over keys 0 .. end-1, by definition in double; 0 behind. weight (n). */
void content_weights(const Problem *p, int64_t i, int64_t end, double *weight);
/* marks (n, n): the matrix that the expression must have. Rows, counts, total, has and columns. */
void content_assert(const char *expression, const Problem *p, Background background,
                    const bool *marks);
/* |G_i| over n tokens of a toy problem, causal. */
int64_t content_count(const char *expression, int64_t n, int64_t i);
/* How many of 0 .. n-1 come before j: larger values, then equal ones at lower positions; candidates
 * only where candidate is not NULL. */
int64_t content_before(const double *value, const bool *candidate, int64_t n, int64_t j);

#endif
