/* attention.h - problem x pattern -> weights, outputs, log-sum-exp. Dense attention is the pattern
 * `full`, not a second code path. */
#ifndef ENGINE_ATTENTION_H
#define ENGINE_ATTENTION_H

#include "engine/pattern.h"

/* problem and pattern have the same n. Each of weights (n, n), out (n, e), lse (n) may be NULL;
 * weights are 0 outside G. */
Status attention_run(const Problem *problem, const Pattern *pattern, float *weights, float *out,
                     float *lse) MUST_USE;
/* One row: weight (n) is 0 outside G_i; g gets G_i; out (e) and lse may be NULL. */
Status attention_row(const Problem *problem, const Pattern *pattern, int64_t i, Runs *g,
                     float *weight, float *out, float *lse) MUST_USE;

/* One head without a Problem, for any n: no memory grows with n*n. d may be 0, and e. */
typedef struct {
    int64_t n;
    int     d, e;
    double  scale;   /* 0: 1/sqrt(d) */
    int     threads; /* at most so many, from 1 on */
    /* Told of rows that are done, n in all, by one thread at a time; NULL: nobody asks. */
    void (*watch)(void *watcher, int64_t rows);
    void *watcher;
} AttentionShape;

/* q and k (n, d), v (n, e) into out (n, e) and lse (n), which may be NULL; all row-major. Outputs are
 * within 2e-6 of the largest |v| of those in exact numbers, in double within 1e-13. The bytes that come
 * out are the same for any number of threads; another kind of processor may round otherwise. A copy of
 * the keys is held (n, d), or of the last few thousand where rows near each other want few. */
Status attention_blocks(const AttentionShape *shape, const float *q, const float *k, const float *v,
                        const Pattern *pattern, float *out, float *lse) MUST_USE;
Status attention_blocks_double(const AttentionShape *shape, const double *q, const double *k,
                               const double *v, const Pattern *pattern, double *out,
                               double *lse) MUST_USE;

#endif
