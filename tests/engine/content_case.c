#include "tests/engine/content_case.h"
#include "tests/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

Problem content_of_scores(const float *score, int64_t n)
{
    float  *q = calloc((size_t)(n * n), sizeof *q), *k = calloc((size_t)(n * n), sizeof *k);
    Problem p;
    for (int64_t i = 0; i < n; i++) {
        q[i * n + i] = 1;
        for (int64_t j = 0; j < n; j++) k[j * n + i] = score[i * n + j];
    }
    assert_int_equal(problem_matrices(q, k, NULL, n, (int)n, 0, 1, &p, NULL), STATUS_OK);
    free(q), free(k);
    return p;
}

Problem content_random_scores(Rng *rng, int64_t n, bool ties)
{
    float *score = malloc((size_t)(n * n) * sizeof *score);
    for (int64_t c = 0; c < n * n; c++)
        score[c] = ties ? (float)rng_int(rng, -2, 2) : (float)(6 * rng_real(rng) - 3);
    Problem p = content_of_scores(score, n);
    free(score);
    return p;
}

Problem content_random_vectors(Rng *rng, int64_t n, int d, bool ties)
{
    size_t  size = (size_t)n * (size_t)d;
    float  *x = malloc(2 * size * sizeof *x);
    Problem p;
    for (size_t c = 0; c < 2 * size; c++)
        x[c] = ties ? (float)rng_int(rng, -1, 1) : (float)rng_int(rng, -32, 32) / 16;
    assert_int_equal(problem_matrices(x, x + size, NULL, n, d, 0, 0, &p, NULL), STATUS_OK);
    free(x);
    return p;
}

int64_t content_end(Background background, int64_t n, int64_t i)
{
    return background == BACKGROUND_CAUSAL ? i + 1 : n;
}

void content_weights(const Problem *p, int64_t i, int64_t end, double *weight)
{
    double most = -INFINITY, sum = 0;
    for (int64_t j = 0; j < end; j++) most = fmax(most, (double)p->score[i * p->n + j]);
    for (int64_t j = 0; j < end; j++) sum += exp((double)p->score[i * p->n + j] - most);
    for (int64_t j = 0; j < p->n; j++)
        weight[j] = j < end ? exp((double)p->score[i * p->n + j] - most) / sum : 0;
}

static int64_t assert_row(const char *expression, const Pattern *p, int64_t i, const bool *marks)
{
    int64_t n = pattern_n(p), size = 0, count;
    Runs    row = {0};
    bool    has;
    assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
    assert_null(runs_valid(&row));
    for (int64_t j = 0; j < n; j++) {
        if (runs_has(&row, j) != marks[j])
            fail_msg("%s, n=%d, %s: row %d, key %d should be %s", expression, (int)n,
                     background_word(pattern_background(p)), (int)i, (int)j,
                     marks[j] ? "in" : "out");
        assert_int_equal(pattern_has(p, i, j, &has), STATUS_OK);
        assert_int_equal(has, marks[j]);
        size += marks[j];
    }
    assert_int_equal(pattern_count(p, i, &count), STATUS_OK);
    assert_int_equal(count, size);
    runs_done(&row);
    return size;
}

void content_assert(const char *expression, const Problem *problem, Background background,
                    const bool *marks)
{
    Pattern *p = picture_bind(expression, problem->n, background, problem);
    int64_t  n = problem->n, total = 0, found;
    Runs     column = {0};
    for (int64_t i = 0; i < n; i++) total += assert_row(expression, p, i, marks + i * n);
    assert_int_equal(pattern_total(p, &found), STATUS_OK);
    assert_int_equal(found, total);
    assert_int_equal(pattern_column(p, n / 2, &column), STATUS_OK);
    for (int64_t i = 0; i < n; i++) assert_int_equal(runs_has(&column, i), marks[i * n + n / 2]);
    runs_done(&column);
    pattern_free(p);
}

int64_t content_before(const double *value, const bool *candidate, int64_t n, int64_t j)
{
    int64_t before = 0;
    for (int64_t other = 0; other < n; other++) {
        if (candidate && !candidate[other]) continue;
        before += value[other] > value[j] || (!(value[other] < value[j]) && other < j);
    }
    return before;
}

int64_t content_count(const char *expression, int64_t n, int64_t i)
{
    Problem p;
    int64_t count;
    assert_int_equal(problem_toy(TOY_CLUSTERS, n, 8, 5, &p, NULL), STATUS_OK);
    Pattern *pattern = picture_bind(expression, n, BACKGROUND_CAUSAL, &p);
    assert_int_equal(pattern_count(pattern, i, &count), STATUS_OK);
    pattern_free(pattern);
    problem_done(&p);
    return count;
}
