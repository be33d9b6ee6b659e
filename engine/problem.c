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
    free(p->given.number);
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

double problem_scale(const Problem *p)
{
    double exact = p->d > 0 ? 1 / sqrt((double)p->d) : 1;
    bool   usual = !(p->scale < (float)exact) && !(p->scale > (float)exact);
    return usual ? exact : (double)p->scale;
}

Status problem_start(int64_t n, int d, int e, Problem *out, Why *why)
{
    assert(n >= 1 && d >= 0 && e >= 0);
    *out = (Problem){0};
    if (n > PROBLEM_LIMIT)
        return why_say(
            why, STATUS_LIMIT, 0,
            "%lld tokens would take %.1f MiB for their scores; at most %d tokens have some",
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

/* Sums are kept in double and rounded once: a score below 16 is then so near to the true one that
 * no output is off by more than 2e-6 of its values. */
enum { TILE = 16, CHANNELS = 4 }; /* keys, and channels, taken at once: rounded up with zeros */

static int64_t rounded_up(int64_t x, int64_t to)
{
    return (x + to - 1) / to * to;
}

/* k (n, d) as (depth, width). */
static double *transposed(const Problem *p, int64_t depth, int64_t width)
{
    double *t = calloc((size_t)(width * depth) + 1, sizeof *t);
    for (int64_t j = 0; t && j < p->n; j++)
        for (int c = 0; c < p->d; c++) t[c * width + j] = (double)p->k[j * p->d + c];
    return t;
}

/* q (depth) of one query. The loop over t is what the compiler turns into vectors. */
static void score_tile(const double *q, const double *kt, int64_t width, int64_t depth, double *sum)
{
    for (int t = 0; t < TILE; t++) sum[t] = 0;
    for (int64_t c = 0; c < depth; c += CHANNELS) {
        const double *k0 = kt + c * width, *k1 = k0 + width, *k2 = k1 + width, *k3 = k2 + width;
        for (int t = 0; t < TILE; t++)
            sum[t] += q[c] * k0[t] + q[c + 1] * k1[t] + (q[c + 2] * k2[t] + q[c + 3] * k3[t]);
    }
}

static void score_row(const Problem *p, const double *q, const double *kt, int64_t width,
                      int64_t depth, float *out)
{
    double sum[TILE], scale = problem_scale(p);
    for (int64_t j = 0; j < p->n; j += TILE) {
        int64_t real = p->n - j < TILE ? p->n - j : TILE;
        score_tile(q, kt + j, width, depth, sum);
        for (int64_t t = 0; t < real; t++) out[j + t] = (float)(scale * sum[t]);
    }
}

Status problem_score(Problem *p, Why *why)
{
    int64_t width = rounded_up(p->n, TILE), depth = rounded_up(p->d, CHANNELS);
    double *kt = transposed(p, depth, width), *q = calloc((size_t)depth + 1, sizeof *q);
    if (kt && q) {
        for (int64_t i = 0; i < p->n; i++) {
            for (int c = 0; c < p->d; c++) q[c] = (double)p->q[i * p->d + c];
            score_row(p, q, kt, width, depth, p->score + i * p->n);
        }
    }
    bool done = kt && q;
    free(kt);
    free(q);
    if (done) return STATUS_OK;
    problem_done(p);
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
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

Status problem_give(Problem *p, const float *number, const int64_t *shape, int rank, Why *why)
{
    Given  given = {.rank = rank};
    size_t size = 1;
    assert(rank >= 1 && rank <= GIVEN_RANK);
    for (int k = 0; k < rank; k++) size *= (size_t)(given.shape[k] = shape[k]);
    given.number = calloc(size + 1, sizeof *given.number);
    if (!given.number) return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    memcpy(given.number, number, size * sizeof *number);
    free(p->given.number);
    p->given = given;
    return STATUS_OK;
}
