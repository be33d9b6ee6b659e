#include "engine/attention.h"
#include "engine/compare.h"
#include "engine/cost.h"
#include "engine/rng.h"
#include "engine/score.h"
#include "tests/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t SEED = 90210;

static void assert_near(double a, double b, double by)
{
    if (!(fabs(a - b) <= by)) fail_msg("%.9g is not %.9g", a, b);
}

static Runs drawn(const char *line)
{
    Runs s = {0};
    picture_runs(line, &s);
    return s;
}

/* ---- softmax ---- */

static void the_softmax_of_2_1_0_minus_1(void **state)
{
    (void)state;
    static const double right[] = {0.6439, 0.2369, 0.0871, 0.0321};
    const double        score[] = {2, 1, 0, -1};
    const float         as_float[] = {2, 1, 0, -1};
    double              exact[4];
    float               weight[4];
    Runs                all = drawn("####");
    double              lse = score_softmax_exact(score, 4, &all, NULL, exact);
    assert_near(lse, log(exp(2) + exp(1) + 1 + exp(-1)), 1e-14);
    assert_near((double)score_softmax(as_float, &all, weight), lse, 1e-6);
    for (int j = 0; j < 4; j++) {
        assert_near(exact[j], right[j], 5e-5);
        assert_near((double)weight[j], exact[j], 1e-7);
    }
    runs_done(&all);
}

static void a_sink_in_the_denominator_takes_its_share(void **state)
{
    (void)state;
    const double score[] = {1, 0.5, 0}, sink = 0.8;
    double       weight[3];
    Runs         all = drawn("###");
    double       lse = score_softmax_exact(score, 3, &all, &sink, weight);
    assert_near(weight[0] + weight[1] + weight[2], 0.707, 5e-4);
    assert_near(weight[0] / weight[1], exp(0.5), 1e-12);
    assert_near(lse, log(exp(1) + exp(0.5) + 1), 1e-14);
    Runs none = {0};
    assert_true(isinf(score_softmax_exact(score, 3, &none, &sink, weight)));
    assert_near(weight[0] + weight[1] + weight[2], 0, 0);
    runs_done(&all);
}

static void scores_of_a_thousand_do_not_overflow(void **state)
{
    (void)state;
    const float score[] = {1000, 999, -1000, 3000};
    float       weight[4] = {0};
    Runs        g = drawn("###.");
    float       lse = score_softmax(score, &g, weight);
    assert_near((double)weight[0], 1 / (1 + exp(-1)), 1e-6);
    assert_near((double)weight[2], 0, 0);
    assert_near((double)weight[3], 0, 0);
    assert_near((double)lse, 1000.31326, 1e-3);
    runs_done(&g);
}

static void scores_of_minus_infinity_weigh_nothing(void **state)
{
    (void)state;
    const float score[] = {-INFINITY, 0, -INFINITY};
    float       weight[3] = {7, 7, 7};
    Runs        all = drawn("###"), first = drawn("#..");
    assert_near((double)score_softmax(score, &all, weight), 0, 0);
    assert_near((double)weight[0], 0, 0);
    assert_near((double)weight[1], 1, 0);
    float lse = score_softmax(score, &first, weight);
    assert_true(isinf(lse) && lse < 0);
    assert_near((double)weight[0], 0, 0);
    runs_done(&all), runs_done(&first);
}

static void an_empty_set_has_no_weight_no_output_and_no_sum(void **state)
{
    (void)state;
    const float score[] = {1, 2}, v[] = {3, 4, 5, 6};
    float       weight[2] = {7, 7}, out[2] = {7, 7};
    Runs        none = {0};
    float       lse = score_softmax(score, &none, weight);
    assert_true(isinf(lse) && lse < 0);
    assert_near((double)weight[0], 7, 0); /* the caller clears what is outside */
    score_mix(weight, &none, v, 2, out);
    assert_near((double)out[0], 0, 0);
    assert_near((double)out[1], 0, 0);
}

static void the_mix_of_the_page_comes_out(void **state)
{
    (void)state;
    /* G = {0,2,3}, weights .5 .2 .3, v_0 = (2,1), v_2 = (6,0), v_3 = (1,3): (2.5, 1.4) */
    const float weight[] = {0.5f, 99, 0.2f, 0.3f}, v[] = {2, 1, 1e30f, NAN, 6, 0, 1, 3};
    float       out[2];
    Runs        g = drawn("#.##");
    score_mix(weight, &g, v, 2, out);
    assert_near((double)out[0], 2.5, 1e-6);
    assert_near((double)out[1], 1.4, 1e-6);
    runs_done(&g);
}

/* ---- attention against the definition, in double ---- */

static double *oracle_row(const Problem *p, const Runs *g, int64_t i, double *weight)
{
    double *out = calloc((size_t)p->e + 1, sizeof *out), most = -INFINITY, sum = 0;
    for (int64_t j = 0; j < p->n; j++) {
        double s = 0;
        for (int c = 0; c < p->d; c++) s += (double)p->q[i * p->d + c] * (double)p->k[j * p->d + c];
        weight[j] = runs_has(g, j) ? s / sqrt((double)p->d) : -INFINITY;
        if (runs_has(g, j)) most = fmax(most, weight[j]);
    }
    for (int64_t j = 0; j < p->n; j++)
        if (runs_has(g, j)) sum += weight[j] = exp(weight[j] - most);
    for (int64_t j = 0; j < p->n; j++) {
        weight[j] = runs_has(g, j) ? weight[j] / sum : 0;
        for (int c = 0; c < p->e && runs_has(g, j); c++)
            out[c] += weight[j] * (double)p->v[j * p->e + c];
    }
    return out;
}

static Problem random_problem(Rng *rng, int64_t n, double size)
{
    int     d = (int)rng_int(rng, 1, 40), e = (int)rng_int(rng, 1, 37);
    float  *q = malloc((size_t)(n * d) * sizeof *q), *k = malloc((size_t)(n * d) * sizeof *k);
    float  *v = malloc((size_t)(n * e) * sizeof *v);
    Problem p;
    for (int64_t c = 0; c < n * d; c++) {
        q[c] = (float)(size * (2 * rng_real(rng) - 1));
        k[c] = (float)(2 * rng_real(rng) - 1);
    }
    for (int64_t c = 0; c < n * e; c++) v[c] = (float)(10 * rng_real(rng) - 5);
    assert_int_equal(problem_matrices(q, k, v, n, d, e, 0, &p, NULL), STATUS_OK);
    free(q), free(k), free(v);
    return p;
}

static double largest_value(const Problem *p)
{
    double most = 0;
    for (int64_t c = 0; c < p->n * p->e; c++) most = fmax(most, fabs((double)p->v[c]));
    return most;
}

static void check_rows(const Problem *problem, const Pattern *p)
{
    int64_t n = problem->n;
    float  *weight = malloc((size_t)n * sizeof *weight),
          *out = malloc((size_t)problem->e * sizeof *out), lse;
    double *exact = malloc((size_t)n * sizeof *exact), tolerance = 2e-6 * largest_value(problem);
    Runs    g = {0};
    for (int64_t i = 0; i < n; i++) {
        assert_int_equal(attention_row(problem, p, i, &g, weight, out, &lse), STATUS_OK);
        double *expected = oracle_row(problem, &g, i, exact);
        for (int c = 0; c < problem->e; c++) assert_near((double)out[c], expected[c], tolerance);
        for (int64_t j = 0; j < n; j++) assert_near((double)weight[j], exact[j], 2e-6);
        assert_int_equal(isinf(lse) != 0, g.len == 0);
        free(expected);
    }
    free(weight), free(out), free(exact);
    runs_done(&g);
}

static void outputs_agree_with_double_to_two_millionths(void **state)
{
    (void)state;
    static const char *const expression[] = {
        "full",           "window(w=5)", "streaming(s=2, w=3)", "topk(k=4)", "stride(s=3) - self",
        "global(at=[3])", "sink(s=0)"};
    static const double size[] = {1, 6, 40, 2000};
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < 280; round++) {
        Problem  problem = random_problem(&rng, rng_int(&rng, 1, 50), size[round % 4]);
        Pattern *p = picture_bind(expression[round % 7], problem.n, (Background)rng_int(&rng, 0, 1),
                                  &problem);
        check_rows(&problem, p);
        pattern_free(p);
        problem_done(&problem);
    }
}

static void the_whole_is_its_rows_and_parts_may_be_left_out(void **state)
{
    (void)state;
    Rng      rng = rng_seeded(SEED + 1);
    Problem  problem = random_problem(&rng, 33, 3);
    Pattern *p = picture_bind("window(w=7) | sink(s=1)", 33, BACKGROUND_CAUSAL, NULL);
    size_t   n = 33, e = (size_t)problem.e;
    float   *weights = malloc(n * n * sizeof *weights), *out = malloc(n * e * sizeof *out), lse[33],
          *only = malloc(n * e * sizeof *only);
    float   *weight = malloc(n * sizeof *weight), *row = malloc(e * sizeof *row), sum;
    Runs     g = {0};
    assert_int_equal(attention_run(&problem, p, weights, out, lse), STATUS_OK);
    assert_int_equal(attention_run(&problem, p, NULL, only, NULL), STATUS_OK);
    assert_memory_equal(out, only, n * e * sizeof *out);
    assert_int_equal(attention_run(&problem, p, NULL, NULL, NULL), STATUS_OK);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(attention_row(&problem, p, (int64_t)i, &g, weight, row, &sum), STATUS_OK);
        assert_memory_equal(weight, weights + i * n, n * sizeof *weight);
        assert_memory_equal(row, out + i * e, e * sizeof *row);
        assert_true(sum == lse[i]);
        assert_int_equal(attention_row(&problem, p, (int64_t)i, &g, weight, NULL, NULL), STATUS_OK);
    }
    free(weights), free(out), free(only), free(weight), free(row);
    runs_done(&g);
    pattern_free(p);
    problem_done(&problem);
}

static void masked_keys_leave_no_trace_whatever_they_hold(void **state)
{
    (void)state;
    static const float poison[] = {NAN, INFINITY, -INFINITY, 3e38f};
    enum { N = 9, D = 4 };
    Rng      rng = rng_seeded(SEED + 2);
    float    q[N * D], k[N * D], v[N * D], clean[N * D], out[N * D], weights[N * N];
    Pattern *p = picture_bind("full - keys(at=[3])", N, BACKGROUND_CAUSAL, NULL);
    Problem  problem;
    for (int c = 0; c < N * D; c++) {
        q[c] = (float)rng_real(&rng);
        k[c] = (float)rng_real(&rng);
        v[c] = (float)rng_real(&rng);
    }
    assert_int_equal(problem_matrices(q, k, v, N, D, D, 0, &problem, NULL), STATUS_OK);
    assert_int_equal(attention_run(&problem, p, NULL, clean, NULL), STATUS_OK);
    problem_done(&problem);
    for (int kind = 0; kind < 4; kind++) {
        for (int c = 0; c < D; c++) k[3 * D + c] = v[3 * D + c] = poison[kind];
        assert_int_equal(problem_matrices(q, k, v, N, D, D, 0, &problem, NULL), STATUS_OK);
        assert_int_equal(attention_run(&problem, p, weights, out, NULL), STATUS_OK);
        assert_memory_equal(out, clean, sizeof out);
        for (int i = 0; i < N; i++) assert_near((double)weights[i * N + 3], 0, 0);
        problem_done(&problem);
    }
    pattern_free(p);
}

/* ---- sparse beside dense ---- */

static void every_kept_weight_grows_by_the_same_factor(void **state)
{
    (void)state;
    enum { N = 40 };
    Problem  problem;
    float    dense[N], sparse[N];
    Runs     all = {0}, g = {0};
    assert_int_equal(problem_toy(TOY_CLUSTERS, N, 8, 4, &problem, NULL), STATUS_OK);
    Pattern *full = picture_bind("full", N, BACKGROUND_CAUSAL, NULL),
            *p = picture_bind("window(w=6)", N, BACKGROUND_CAUSAL, NULL);
    for (int64_t i = 0; i < N; i++) {
        assert_int_equal(attention_row(&problem, full, i, &all, dense, NULL, NULL), STATUS_OK);
        assert_int_equal(attention_row(&problem, p, i, &g, sparse, NULL, NULL), STATUS_OK);
        double kept = compare_kept(dense, &g), sum = 0;
        for (int64_t j = 0; j <= i; j++) {
            sum += (double)dense[j];
            assert_near((double)sparse[j], runs_has(&g, j) ? (double)dense[j] / kept : 0, 1e-6);
        }
        assert_near(sum, 1, 1e-6);
        assert_near(compare_kept(dense, &all), 1, 1e-6);
        if (i < 6) assert_near(kept, 1, 1e-6);
    }
    runs_done(&all), runs_done(&g);
    pattern_free(full), pattern_free(p);
    problem_done(&problem);
}

static void the_kept_mass_of_the_page_comes_out(void **state)
{
    (void)state;
    /* dense (.1, .5, .3, .1), keys 1 and 2 kept: .8, factor 1.25, (.625, .375) */
    const double score[] = {log(.1), log(.5), log(.3), log(.1)};
    double       dense[4], sparse[4];
    float        as_float[4];
    Runs         all = drawn("####"), g = drawn(".##.");
    score_softmax_exact(score, 4, &all, NULL, dense);
    score_softmax_exact(score, 4, &g, NULL, sparse);
    for (int j = 0; j < 4; j++) as_float[j] = (float)dense[j];
    assert_near(compare_kept(as_float, &g), 0.8, 1e-7);
    assert_near(sparse[0], 0, 0);
    assert_near(sparse[1], 0.625, 1e-12);
    assert_near(sparse[2], 0.375, 1e-12);
    runs_done(&all), runs_done(&g);
}

static void errors_are_measured_by_channel_and_by_length(void **state)
{
    (void)state;
    const float dense[] = {3, 4}, sparse[] = {3, 1}, zero[] = {0, 0};
    RowError    e = compare_error(sparse, dense, 2);
    assert_near(e.largest, 3, 0);
    assert_near(e.relative, 0.6, 1e-12);
    e = compare_error(dense, dense, 2);
    assert_near(e.largest, 0, 0);
    assert_near(e.relative, 0, 0);
    e = compare_error(zero, zero, 2);
    assert_near(e.relative, 0, 0);
    e = compare_error(dense, zero, 2);
    assert_true(isinf(e.relative));
}

static void costs_are_products(void **state)
{
    (void)state;
    assert_int_equal(cost_multiply_adds(58, 64, 64), 58 * 128);
    assert_int_equal(cost_multiply_adds(0, 64, 64), 0);
    assert_true(cost_multiply_adds(INT64_C(4611686014132420609), 1, 2) == INT64_MAX);
    assert_true(cost_multiply_adds(INT64_C(4611686014132420609), 0, 0) == 0);
    /* Llama-3-8B: 8 heads of 128, 2 bytes, 32 layers: 128 KiB a token */
    assert_near(32 * 8 * cost_cache_bytes(1, 128, 128, 2), 128 * 1024, 0);
    assert_near(cost_cache_bytes(2147483647, 128, 128, 0.5), 2147483647.0 * 128, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_softmax_of_2_1_0_minus_1),
        cmocka_unit_test(a_sink_in_the_denominator_takes_its_share),
        cmocka_unit_test(scores_of_a_thousand_do_not_overflow),
        cmocka_unit_test(scores_of_minus_infinity_weigh_nothing),
        cmocka_unit_test(an_empty_set_has_no_weight_no_output_and_no_sum),
        cmocka_unit_test(the_mix_of_the_page_comes_out),
        cmocka_unit_test(outputs_agree_with_double_to_two_millionths),
        cmocka_unit_test(the_whole_is_its_rows_and_parts_may_be_left_out),
        cmocka_unit_test(masked_keys_leave_no_trace_whatever_they_hold),
        cmocka_unit_test(every_kept_weight_grows_by_the_same_factor),
        cmocka_unit_test(the_kept_mass_of_the_page_comes_out),
        cmocka_unit_test(errors_are_measured_by_channel_and_by_length),
        cmocka_unit_test(costs_are_products),
    };
    return cmocka_run_group_tests_name("attention", tests, NULL, NULL);
}
