/* Attention by blocks, on every kernel that this processor runs, in float and in double, against the
 * definition written plainly in long double. */
#include "engine/attention.h"
#include "engine/kernel/run.h"
#include "engine/rng.h"
#include "tests/engine/fixture.h"
#include "tests/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t SEED = 41907;

/* One head; every number is a float's, so that both builds read the same. */
typedef struct {
    int64_t n;
    int     d, e;
    double  scale;
    double *q, *k, *v;
} Head;

/* ---- the definition ---- */

static long double plain_score(const Head *h, int64_t i, int64_t j)
{
    long double sum = 0;
    for (int c = 0; c < h->d; c++)
        sum += (long double)h->q[i * h->d + c] * (long double)h->k[j * h->d + c];
    return sum * (long double)h->scale;
}

/* Row i over the keys of g: out (e); returns the log-sum-exp. */
static long double plain_row(const Head *h, int64_t i, const Runs *g, long double *out)
{
    long double most = -INFINITY, sum = 0;
    for (int c = 0; c < h->e; c++) out[c] = 0;
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++)
            most = fmaxl(most, plain_score(h, i, j));
    for (int r = 0; r < g->len; r++) {
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++) {
            long double weight = expl(plain_score(h, i, j) - most);
            sum += weight;
            for (int c = 0; c < h->e; c++) out[c] += weight * (long double)h->v[j * h->e + c];
        }
    }
    for (int c = 0; c < h->e && sum > 0; c++) out[c] /= sum;
    return sum > 0 ? most + logl(sum) : -INFINITY;
}

/* ---- heads ---- */

static double *drawn(Rng *rng, int64_t count, double size)
{
    double *x = malloc((size_t)(count + 1) * sizeof *x);
    for (int64_t c = 0; c < count; c++) x[c] = (double)(float)(size * (2 * rng_real(rng) - 1));
    return x;
}

static Head head_drawn(Rng *rng, int64_t n, int d, int e, double size)
{
    Head h = {n, d, e, 1 / sqrt((double)d), NULL, NULL, NULL};
    h.q = drawn(rng, n * d, size);
    h.k = drawn(rng, n * d, 1.7);
    h.v = drawn(rng, n * e, 5);
    return h;
}

static void head_done(Head *h)
{
    free(h->q), free(h->k), free(h->v);
}

static double largest_value(const Head *h)
{
    double most = 0;
    for (int64_t c = 0; c < h->n * h->e; c++) most = fmax(most, fabs(h->v[c]));
    return most;
}

/* ---- running ---- */

static void *as(size_t real, const double *x, int64_t count)
{
    void *y = malloc((size_t)(count + 1) * sizeof(double));
    for (int64_t c = 0; c < count; c++) {
        if (real == sizeof(float))
            ((float *)y)[c] = (float)x[c];
        else
            ((double *)y)[c] = x[c];
    }
    return y;
}

static double *back(size_t real, void *y, int64_t count)
{
    double *x = malloc((size_t)(count + 1) * sizeof *x);
    for (int64_t c = 0; c < count; c++)
        x[c] = real == sizeof(float) ? (double)((float *)y)[c] : ((double *)y)[c];
    free(y);
    return x;
}

typedef struct {
    double *out, *lse;
} Result;

static Result run(const Kernel *kernel, const Head *h, const Pattern *p, int threads)
{
    size_t real = kernel->real;
    void  *q = as(real, h->q, h->n * h->d), *k = as(real, h->k, h->n * h->d),
         *v = as(real, h->v, h->n * h->e);
    void *out = calloc((size_t)(h->n * h->e + 1), real), *lse = calloc((size_t)h->n + 1, real);
    KernelInput in = {.n = h->n, .d = h->d, .e = h->e, .scale = h->scale, .q = q, .k = k, .v = v};
    assert_int_equal(kernel_run(kernel, &in, p, threads, out, lse), STATUS_OK);
    free(q), free(k), free(v);
    return (Result){back(real, out, h->n * h->e), back(real, lse, h->n)};
}

static void result_done(Result *r)
{
    free(r->out), free(r->lse);
}

static const Kernel *kernel_at(int k)
{
    static const size_t real[] = {sizeof(float), sizeof(double)};
    for (int r = 0; r < 2; r++)
        for (int place = 0; kernel_find(real[r], place); place++)
            if (k-- == 0) return kernel_find(real[r], place);
    return NULL;
}

/* Every `step`-th row against the definition. */
static void check_rows(const Kernel *kernel, const Head *h, const Pattern *p, const Result *is,
                       int64_t step)
{
    double       allowed = kernel->real == sizeof(float) ? 2e-6 : 1e-13, value = largest_value(h);
    long double *out = malloc((size_t)(h->e + 1) * sizeof *out);
    Runs         g = {0};
    for (int64_t i = h->n - 1; i >= 0; i -= step) {
        assert_int_equal(pattern_row(p, i, &g), STATUS_OK);
        long double lse = plain_row(h, i, &g, out);
        for (int c = 0; c < h->e; c++) {
            double off = fabs((double)((long double)is->out[i * h->e + c] - out[c]));
            if (!(off <= allowed * value))
                fail_msg("%s, %d bytes: row %d of n = %d, d = %d, e = %d: off by %g, allowed %g",
                         kernel->name, (int)kernel->real, (int)i, (int)h->n, h->d, h->e, off,
                         allowed * value);
        }
        if (g.len == 0)
            assert_true(isinf(is->lse[i]) && is->lse[i] < 0);
        else
            assert_true(fabs((double)((long double)is->lse[i] - lse)) <=
                        allowed * fmax(1, fabs((double)lse)));
    }
    free(out);
    runs_done(&g);
}

/* ---- exponentials ---- */

static void powers_of_two_are_within_the_stated_error(void **state)
{
    (void)state;
    enum { COUNT = 1 << 14 };
    Rng     rng = rng_seeded(SEED);
    double *x = drawn(&rng, COUNT, 1);
    for (int c = 0; c < COUNT; c++)
        x[c] = (double)(float)(c < COUNT / 2 ? x[c] * 20 : x[c] * 67 - 58);
    x[0] = 0, x[1] = -0.5, x[2] = 0.5, x[3] = -125, x[4] = 8.5;
    const Kernel *kernel;
    for (int k = 0; (kernel = kernel_at(k)) != NULL; k++) {
        void *in = aligned_alloc(KERNEL_ALIGN, COUNT * sizeof(double)),
             *out = aligned_alloc(KERNEL_ALIGN, COUNT * sizeof(double));
        void *numbers = as(kernel->real, x, COUNT);
        memcpy(in, numbers, COUNT * kernel->real);
        kernel->power(in, COUNT, out);
        free(numbers), free(in);
        void *copy = malloc(COUNT * sizeof(double) + sizeof(double));
        memcpy(copy, out, COUNT * kernel->real);
        free(out);
        double *is = back(kernel->real, copy, COUNT), worst = 0;
        for (int c = 0; c < COUNT; c++)
            worst = fmax(worst, fabs((double)((long double)is[c] / exp2l((long double)x[c]) - 1)));
        print_message("%s, %d bytes: %g\n", kernel->name, (int)kernel->real, worst);
        assert_true(worst <= (kernel->real == sizeof(float) ? 3e-7 : 5e-16));
        free(is);
    }
    free(x);
}

static void powers_of_what_is_no_number_or_has_no_power(void **state)
{
    (void)state;
    const double  far[] = {-INFINITY, (double)NAN, -4000, -1e30};
    const Kernel *kernel;
    for (int k = 0; (kernel = kernel_at(k)) != NULL; k++) {
        double *x = calloc((size_t)kernel->panel, sizeof *x);
        memcpy(x, far,
               sizeof far < (size_t)kernel->panel * sizeof *x ? sizeof far
                                                              : (size_t)kernel->panel * sizeof *x);
        void *in = aligned_alloc(KERNEL_ALIGN, 512), *out = aligned_alloc(KERNEL_ALIGN, 512),
             *numbers = as(kernel->real, x, kernel->panel);
        memcpy(in, numbers, (size_t)kernel->panel * kernel->real);
        kernel->power(in, kernel->panel, out);
        void *copy = malloc(1024);
        memcpy(copy, out, (size_t)kernel->panel * kernel->real);
        double *is = back(kernel->real, copy, kernel->panel);
        assert_true(is[0] >= 0 && is[0] < 1e-37 && isnan(is[1]));
        assert_true(is[2] >= 0 && is[2] < 1e-37 && is[3] >= 0 && is[3] < 1e-37);
        free(x), free(in), free(out), free(numbers), free(is);
    }
}

/* ---- against the definition ---- */

static const char *const expressions[] = {"full",
                                          "window(w=37)",
                                          "streaming(s=2, w=30)",
                                          "stride(s=7) - self",
                                          "global(at=[3,90])",
                                          "window(w=9) & columns(period=5, count=2)",
                                          "sink(s=0)",
                                          "random(r=3, seed=4, b=8)",
                                          "window(w=500) - window(w=21)",
                                          "full - keys(at=[5-40])",
                                          "rows(at=[0,11,200])",
                                          "block(b=64) | dilated(w=9, d=13)"};
enum { EXPRESSIONS = sizeof expressions / sizeof *expressions };

static void outputs_agree_with_the_definition(void **state)
{
    (void)state;
    static const double size[] = {1, 3, 12, 60, 2500};
    Rng                 rng = rng_seeded(SEED + 1);
    const Kernel       *kernel;
    print_message("seed %llu\n", (unsigned long long)(SEED + 1));
    for (int round = 0; round < 10 * EXPRESSIONS; round++) {
        int64_t  n = rng_int(&rng, 1, round % 3 ? 130 : 470);
        int      d = (int)rng_int(&rng, 1, 70), e = round % 4 ? (int)rng_int(&rng, 0, 70) : 32;
        Head     h = head_drawn(&rng, n, d, e, size[round % 5]);
        Pattern *p = picture_bind(expressions[round % EXPRESSIONS], n,
                                  (Background)rng_int(&rng, 0, 1), NULL);
        for (int k = 0; (kernel = kernel_at(k)) != NULL; k++) {
            if (kernel->real == sizeof(double) && round % 5 == 4)
                continue; /* the definition too would be off by as much */
            Result is = run(kernel, &h, p, 1);
            check_rows(kernel, &h, p, &is, 1);
            result_done(&is);
        }
        pattern_free(p);
        head_done(&h);
    }
}

/* Queries like the keys: sums over the channels that only grow, scores up to the limits of a kernel. */
static void long_sums_of_one_sign_agree_too(void **state)
{
    (void)state;
    Rng           rng = rng_seeded(SEED + 2);
    const Kernel *kernel;
    for (int round = 0; round < 24; round++) {
        int    d = 16 << round % 4;
        Head   h = head_drawn(&rng, 100, d, 16, 1);
        double size = (1 + round / 4) * 1.3;
        for (int64_t c = 0; c < h.n * d; c++) {
            h.q[c] = (double)(float)(sqrt(size / sqrt((double)d)) * (1 + 0.2 * h.q[c]));
            h.k[c] = (double)(float)(sqrt(size / sqrt((double)d)) * (1 + 0.1 * h.k[c]));
        }
        Pattern *p = picture_bind("full", h.n, BACKGROUND_BIDIRECTIONAL, NULL);
        for (int k = 0; (kernel = kernel_at(k)) != NULL; k++) {
            Result is = run(kernel, &h, p, 1);
            check_rows(kernel, &h, p, &is, 1);
            result_done(&is);
        }
        pattern_free(p);
        head_done(&h);
    }
}

static void many_keys_and_rings_of_keys_agree(void **state)
{
    (void)state;
    static const char *const far[] = {"window(w=300) | sink(s=4)", "full",
                                      "window(w=40) | stride(s=97)"};
    Rng                      rng = rng_seeded(SEED + 3);
    const Kernel            *kernel;
    for (int x = 0; x < 3; x++) {
        Head     h = head_drawn(&rng, 9001, 5, x == 1 ? 16 : 9, 2);
        Pattern *p = picture_bind(far[x], h.n, BACKGROUND_CAUSAL, NULL);
        for (int64_t c = 0; c < h.n * h.e; c++)
            h.v[c] = 1 + h.v[c] / 64; /* sums that grow and grow */
        for (int k = 0; (kernel = kernel_at(k)) != NULL; k++) {
            Result is = run(kernel, &h, p, 2);
            check_rows(kernel, &h, p, &is, 997);
            result_done(&is);
        }
        pattern_free(p);
        head_done(&h);
    }
}

static void any_scale_is_taken(void **state)
{
    (void)state;
    static const double scale[] = {-1, 0, 0.01, 9, -1e-30};
    Rng                 rng = rng_seeded(SEED + 4);
    Head                h = head_drawn(&rng, 75, 12, 10, 1);
    Pattern            *p = picture_bind("window(w=50)", h.n, BACKGROUND_CAUSAL, NULL);
    const Kernel       *kernel;
    for (int s = 0; s < 5; s++) {
        h.scale = scale[s];
        for (int k = 0; (kernel = kernel_at(k)) != NULL; k++) {
            Result is = run(kernel, &h, p, 1);
            check_rows(kernel, &h, p, &is, 1);
            result_done(&is);
        }
    }
    pattern_free(p);
    head_done(&h);
}

/* ---- what is masked, what is not finite ---- */

static void masked_keys_leave_no_trace_whatever_they_hold(void **state)
{
    (void)state;
    static const double poison[] = {(double)NAN, INFINITY, -INFINITY, 3e38, -1e10};
    Rng                 rng = rng_seeded(SEED + 5);
    Head                h = head_drawn(&rng, 150, 20, 18, 2);
    const Kernel       *kernel;
    Pattern *p = picture_bind("full - keys(at=[0,31,32,77,149])", h.n, BACKGROUND_CAUSAL, NULL);
    for (int k = 0; (kernel = kernel_at(k)) != NULL; k++) {
        Head   bad = head_drawn(&rng, h.n, h.d, h.e, 0);
        Result clean = run(kernel, &h, p, 1);
        for (int kind = 0; kind < 5; kind++) {
            static const int64_t at[] = {0, 31, 32, 77, 149};
            memcpy(bad.q, h.q, (size_t)(h.n * h.d) * sizeof *h.q);
            memcpy(bad.k, h.k, (size_t)(h.n * h.d) * sizeof *h.k);
            memcpy(bad.v, h.v, (size_t)(h.n * h.e) * sizeof *h.v);
            for (int a = 0; a < 5; a++) {
                for (int c = 0; c < h.d; c++) bad.k[at[a] * h.d + c] = poison[kind];
                for (int c = 0; c < h.e; c++) bad.v[at[a] * h.e + c] = poison[kind];
            }
            Result is = run(kernel, &bad, p, 1);
            if (kind < 2) check_rows(kernel, &h, p, &is, 1);
            for (int64_t c = 0; c < h.n * h.e; c++)
                if (fabs(is.out[c] - clean.out[c]) > (kernel->real == sizeof(float) ? 1e-6 : 1e-14))
                    fail_msg("%s: poison %d shows: %.9g, clean %.9g", kernel->name, kind, is.out[c],
                             clean.out[c]);
            assert_memory_equal(is.lse, clean.lse, (size_t)h.n * sizeof *is.lse);
            result_done(&is);
        }
        result_done(&clean);
        head_done(&bad);
    }
    pattern_free(p);
    head_done(&h);
}

static void attended_infinities_stay_what_they_are(void **state)
{
    (void)state;
    Rng           rng = rng_seeded(SEED + 6);
    Head          h = head_drawn(&rng, 600, 8, 9, 1);
    Pattern      *p = picture_bind("full", h.n, BACKGROUND_CAUSAL, NULL);
    const Kernel *kernel;
    h.v[40 * 9 + 2] = INFINITY;
    h.v[41 * 9 + 3] = (double)NAN;
    h.k[300 * 8] = (double)NAN;
    for (int k = 0; (kernel = kernel_at(k)) != NULL; k++) {
        Result is = run(kernel, &h, p, 1);
        for (int64_t i = 0; i < 300; i++) {
            assert_true(isfinite(is.out[i * 9 + 1]) && isfinite(is.lse[i]));
            assert_int_equal(isinf(is.out[i * 9 + 2]) != 0, i >= 40);
            assert_int_equal(isnan(is.out[i * 9 + 3]) != 0, i >= 41);
        }
        for (int64_t i = 300; i < h.n; i++)
            assert_true(isnan(is.out[i * 9 + 1]) && isnan(is.lse[i]));
        result_done(&is);
    }
    pattern_free(p);
    head_done(&h);
}

static void empty_rows_give_zero_and_minus_infinity(void **state)
{
    (void)state;
    Rng      rng = rng_seeded(SEED + 7);
    Head     h = head_drawn(&rng, 100, 8, 8, 1);
    Pattern *p =
        picture_bind("full - rows(at=[0,5,50-70,99])", h.n, BACKGROUND_BIDIRECTIONAL, NULL);
    const Kernel *kernel;
    for (int k = 0; (kernel = kernel_at(k)) != NULL; k++) {
        Result is = run(kernel, &h, p, 1);
        for (int64_t i = 0; i < h.n; i++) {
            bool empty = i == 0 || i == 5 || (i >= 50 && i <= 70) || i == 99;
            assert_int_equal(isinf(is.lse[i]) && is.lse[i] < 0, empty);
            for (int c = 0; c < h.e && empty; c++)
                assert_true(is.out[i * h.e + c] <= 0 && is.out[i * h.e + c] >= 0);
        }
        result_done(&is);
    }
    pattern_free(p);
    head_done(&h);
}

/* ---- bytes ---- */

static void the_bytes_are_the_same_on_any_number_of_threads(void **state)
{
    (void)state;
    static const char *const expression[] = {"full", "window(w=70) | random(r=2, seed=1)"};
    Rng                      rng = rng_seeded(SEED + 8);
    Head                     h = head_drawn(&rng, 1003, 24, 20, 4);
    const Kernel            *kernel;
    for (int x = 0; x < 2; x++) {
        Pattern *p = picture_bind(expression[x], h.n, BACKGROUND_CAUSAL, NULL);
        for (int k = 0; (kernel = kernel_at(k)) != NULL; k++) {
            Result one = run(kernel, &h, p, 1);
            for (int threads = 2; threads < 4; threads++) {
                Result is = run(kernel, &h, p, threads);
                assert_memory_equal(is.out, one.out, (size_t)(h.n * h.e) * sizeof *is.out);
                assert_memory_equal(is.lse, one.lse, (size_t)h.n * sizeof *is.lse);
                result_done(&is);
            }
            result_done(&one);
        }
        pattern_free(p);
    }
    head_done(&h);
}

static void count_rows(void *watcher, int64_t rows)
{
    *(int64_t *)watcher += rows;
}

static void a_watch_is_told_of_every_row(void **state)
{
    (void)state;
    enum { N = 1000 };
    static float x[N * 2], out[N * 2];
    Pattern     *p = picture_bind("window(w=3)", N, BACKGROUND_CAUSAL, NULL);
    for (int threads = 1; threads < 4; threads++) {
        int64_t        rows = 0;
        AttentionShape shape = {
            .n = N, .d = 2, .e = 2, .threads = threads, .watch = count_rows, .watcher = &rows};
        assert_int_equal(attention_blocks(&shape, x, x, x, p, out, NULL), STATUS_OK);
        assert_int_equal(rows, N);
    }
    pattern_free(p);
}

/* ---- the public calls, the reference's numbers ---- */

static Head head_of(const Fixture *f, int64_t n)
{
    Head h = {.n = n};
    h.q = fixture_numbers(f, fixture_section(f, "[Q"), n, &h.d);
    h.k = fixture_numbers(f, fixture_section(f, "[K"), n, &h.d);
    h.v = fixture_numbers(f, fixture_section(f, "[V"), n, &h.e);
    h.scale = 1 / sqrt((double)h.d);
    return h;
}

static void check_reference(const FixtureCase *c, const Fixture *f)
{
    Head     h = head_of(f, c->n);
    Pattern *p = picture_bind(c->expression, c->n, c->background, NULL);
    int      e = 0, one = 0;
    double  *out = fixture_numbers(f, fixture_section(f, "[OUT"), c->n, &e),
           *lse = fixture_numbers(f, fixture_section(f, "[LSE"), c->n, &one);
    AttentionShape shape = {.n = h.n, .d = h.d, .e = h.e, .threads = 1};
    double *is = calloc((size_t)(h.n * h.e), sizeof *is), *sum = calloc((size_t)h.n, sizeof *sum);
    void   *q = as(4, h.q, h.n * h.d), *k = as(4, h.k, h.n * h.d), *v = as(4, h.v, h.n * h.e),
         *single = as(4, is, h.n * h.e);
    Runs g = {0};
    assert_int_equal(attention_blocks_double(&shape, h.q, h.k, h.v, p, is, sum), STATUS_OK);
    assert_int_equal(attention_blocks(&shape, q, k, v, p, single, NULL), STATUS_OK);
    for (int64_t i = 0; i < h.n; i++) {
        double largest = 0;
        assert_int_equal(pattern_row(p, i, &g), STATUS_OK);
        for (int64_t x = 0; x < h.n * e; x++)
            if (runs_has(&g, x / e)) largest = fmax(largest, fabs(h.v[x]));
        for (int64_t x = i * e; x < (i + 1) * e; x++) {
            assert_true(fabs(is[x] - out[x]) <= 1e-13 * largest);
            assert_true(fabs((double)((float *)single)[x] - out[x]) <= 2e-6 * largest);
        }
        assert_true(fabs(sum[i] - lse[i]) <= 1e-13 * fmax(1, fabs(lse[i])));
    }
    free(q), free(k), free(v), free(single), free(is), free(sum), free(out), free(lse);
    runs_done(&g);
    pattern_free(p);
    head_done(&h);
}

static void outputs_agree_with_the_float64_reference(void **state)
{
    (void)state;
    Fixture map = fixture_read("attention_map.tsv");
    for (int k = 1; k < map.lines; k++) {
        FixtureCase c = fixture_case(map.line[k]);
        Fixture     f = fixture_read(c.file);
        check_reference(&c, &f);
        fixture_done(&f);
    }
    fixture_done(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers_of_two_are_within_the_stated_error),
        cmocka_unit_test(powers_of_what_is_no_number_or_has_no_power),
        cmocka_unit_test(outputs_agree_with_the_definition),
        cmocka_unit_test(long_sums_of_one_sign_agree_too),
        cmocka_unit_test(many_keys_and_rings_of_keys_agree),
        cmocka_unit_test(any_scale_is_taken),
        cmocka_unit_test(masked_keys_leave_no_trace_whatever_they_hold),
        cmocka_unit_test(attended_infinities_stay_what_they_are),
        cmocka_unit_test(empty_rows_give_zero_and_minus_infinity),
        cmocka_unit_test(the_bytes_are_the_same_on_any_number_of_threads),
        cmocka_unit_test(a_watch_is_told_of_every_row),
        cmocka_unit_test(outputs_agree_with_the_float64_reference),
    };
    return cmocka_run_group_tests_name("attention_blocks", tests, NULL, NULL);
}
