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

#endif
