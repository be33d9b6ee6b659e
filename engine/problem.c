#include "engine/problem.h"
#include "engine/problem_parts.h"
#include "engine/rng.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- life ---- */

void problem_done(Problem *p)
{
    for (int64_t i = 0; p->token && i < p->n; i++) free(p->token[i]);
    free(p->token);
    free(p->score);
    free(p->v);
    free(p->k);
    free(p->q);
    *p = (Problem){0};
}

int64_t problem_bytes(int64_t n, int d)
{
    return (int64_t)sizeof(float) * n * (n + 3 * (int64_t)d);
}

static float *numbers(int64_t n, int64_t width)
{
    return calloc((size_t)(n * width) + 1, sizeof(float));
}

Status problem_start(int64_t n, int d, int e, Problem *out, Why *why)
{
    assert(n >= 1 && d >= 0 && e >= 0);
    *out = (Problem){0};
    if (n > PROBLEM_LIMIT)
        return why_say(why, STATUS_LIMIT, 0, "%lld tokens would take %.1f MiB for their scores; at most %d tokens have some",
                       (long long)n, (double)problem_bytes(n, d) / 1048576.0, PROBLEM_LIMIT);
    *out = (Problem){.n = n, .d = d, .e = e, .scale = d > 0 ? 1.0f / sqrtf((float)d) : 1.0f};
    out->q = numbers(n, d);
    out->k = numbers(n, d);
    out->v = numbers(n, e);
    out->score = numbers(n, n);
    if (out->q && out->k && out->v && out->score) return STATUS_OK;
    problem_done(out);
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

/* ---- scores ---- */

enum { TILE = 16 }; /* keys scored together, so that the compiler keeps their sums in registers */

/* k (n, d) as (d, width), width n rounded up to whole tiles, zeros behind. */
static float *transposed(const Problem *p, int64_t width)
{
    float *t = numbers(width, p->d);
    for (int64_t j = 0; t && j < p->n; j++)
        for (int c = 0; c < p->d; c++) t[c * width + j] = p->k[j * p->d + c];
    return t;
}

static void score_tile(const float *q, const float *kt, int64_t width, int d, float sum[static TILE])
{
    for (int t = 0; t < TILE; t++) sum[t] = 0;
    for (int c = 0; c < d; c++)
        for (int t = 0; t < TILE; t++) sum[t] += q[c] * kt[c * width + t];
}

Status problem_score(Problem *p, Why *why)
{
    int64_t width = (p->n + TILE - 1) / TILE * TILE;
    float  *kt = transposed(p, width);
    if (!kt) {
        problem_done(p);
        return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    }
    for (int64_t i = 0; i < p->n; i++) {
        for (int64_t j = 0; j < p->n; j += TILE) {
            float   sum[TILE];
            int64_t real = p->n - j < TILE ? p->n - j : TILE;
            score_tile(p->q + i * p->d, kt + j, width, p->d, sum);
            for (int64_t t = 0; t < real; t++) p->score[i * p->n + j + t] = p->scale * sum[t];
        }
    }
    free(kt);
    return STATUS_OK;
}

/* ---- words ---- */

static void draw(Rng *rng, float *out, double factor)
{
    for (int c = 0; c < PROBLEM_WORD_WIDTH; c++) out[c] = (float)(factor * (2 * rng_real(rng) - 1));
}

static Status copy_words(const char *const *token, Problem *p)
{
    p->token = calloc((size_t)p->n, sizeof *p->token);
    for (int64_t i = 0; p->token && i < p->n; i++) {
        size_t size = strlen(token[i]) + 1;
        p->token[i] = malloc(size);
        if (!p->token[i]) return STATUS_MEMORY;
        memcpy(p->token[i], token[i], size);
    }
    return p->token ? STATUS_OK : STATUS_MEMORY;
}

Status problem_words(const char *const *token, int64_t n, uint64_t seed, Problem *out, Why *why)
{
    enum { D = PROBLEM_WORD_WIDTH };
    Status status = problem_start(n, D, D, out, why);
    if (status) return status;
    if (copy_words(token, out)) {
        problem_done(out);
        return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    }
    for (int64_t i = 0; i < n; i++) {
        Rng rng = rng_seeded(rng_fnv1a(token[i], strlen(token[i])) ^ seed);
        draw(&rng, out->q + i * D, 6);
        draw(&rng, out->k + i * D, 1);
        draw(&rng, out->v + i * D, 1);
    }
    return problem_score(out, why);
}

/* ---- numbers of the caller's ---- */

Status problem_scores(const double *score, int64_t n, Problem *out, Why *why)
{
    Status status = problem_start(n, 0, 0, out, why);
    if (status) return status;
    for (int64_t j = 0; j < n; j++) out->score[(n - 1) * n + j] = (float)score[j];
    return STATUS_OK;
}

Status problem_matrices(const float *q, const float *k, const float *v, int64_t n, int d, int e,
                        float scale, Problem *out, Why *why)
{
    Status status = problem_start(n, d, v ? e : 0, out, why);
    if (status) return status;
    size_t row = (size_t)n * sizeof *q;
    memcpy(out->q, q, row * (size_t)d);
    memcpy(out->k, k, row * (size_t)d);
    if (v) memcpy(out->v, v, row * (size_t)e);
    if (scale > 0 || scale < 0) out->scale = scale;
    return problem_score(out, why);
}
