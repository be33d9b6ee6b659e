#include "engine/attention.h"
#include "engine/score.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void run_row(const Problem *problem, int64_t i, const Runs *g, float *weight, float *out, float *lse)
{
    int64_t n = problem->n;
    memset(weight, 0, (size_t)n * sizeof *weight);
    float total = score_softmax(problem->score + i * n, g, weight);
    if (lse) *lse = total;
    if (out && problem->e > 0) score_mix(weight, g, problem->v, problem->e, out);
}

Status attention_row(const Problem *problem, const Pattern *pattern, int64_t i, Runs *g, float *weight,
                     float *out, float *lse)
{
    assert(problem->n == pattern_n(pattern));
    Status status = pattern_row(pattern, i, g);
    if (!status) run_row(problem, i, g, weight, out, lse);
    return status;
}

Status attention_run(const Problem *problem, const Pattern *pattern, float *weights, float *out, float *lse)
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
