#include "engine/attention.h"
#include "engine/score.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A largest score that is no number, or infinite, is left as it is: nothing can be made exact. */
static float softmax(const Problem *problem, int64_t i, const Runs *g, float *weight)
{
    const float *score = problem->score + i * problem->n;
    float        most = score_largest(score, g);
    if (problem->d == 0 || !isfinite(most) || fabsf(most) < SCORE_LARGE)
        return score_softmax(score, g, weight);
    const float *q = problem->q + i * problem->d;
    return score_softmax_wide(q, problem->k, problem->d, problem_scale(problem), g, most, weight);
}

static void run_row(const Problem *problem, int64_t i, const Runs *g, float *weight, float *out,
                    float *lse)
{
    int64_t n = problem->n;
    memset(weight, 0, (size_t)n * sizeof *weight);
    float total = softmax(problem, i, g, weight);
    if (lse) *lse = total;
    if (out && problem->e > 0) score_mix(weight, g, problem->v, problem->e, out);
}

Status attention_row(const Problem *problem, const Pattern *pattern, int64_t i, Runs *g,
                     float *weight, float *out, float *lse)
{
    assert(problem->n == pattern_n(pattern));
    Status status = pattern_row(pattern, i, g);
    if (!status) run_row(problem, i, g, weight, out, lse);
    return status;
}

Status attention_run(const Problem *problem, const Pattern *pattern, float *weights, float *out,
                     float *lse)
{
    assert(problem->n == pattern_n(pattern));
    int64_t n = problem->n;
    float  *spare = weights ? NULL : malloc((size_t)n * sizeof *spare);
    Runs    g = {0};
    Status  status = weights || spare ? STATUS_OK : STATUS_MEMORY;
    for (int64_t i = 0; !status && i < n; i++) {
        float *weight = weights ? weights + i * n : spare;
        float *out_row = out ? out + i * problem->e : NULL;
        status = attention_row(problem, pattern, i, &g, weight, out_row, lse ? lse + i : NULL);
    }
    runs_done(&g);
    free(spare);
    return status;
}
