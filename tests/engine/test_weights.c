/* topp, above, sparsemax and entmax15 against their definitions in double. */
#include "tests/engine/content_case.h"
#include "tests/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LARGEST = 40, ROUNDS = 300 };
static const uint64_t SEED = 41007;
static const double   NEAR = 1e-9; /* nearer to a bound than this counts as on it */

/* What one row keeps; weight (n), the dense ones. parameter: p or t. */
typedef void Define(const Problem *p, int64_t i, int64_t end, const double *weight,
                    double parameter, bool *mark);

static void check(const char *expression, const Problem *p, Background background, Define *define,
                  double parameter)
{
    size_t  n = (size_t)p->n;
    bool   *mark = calloc(n * n, sizeof *mark);
    double *weight = calloc(n, sizeof *weight);
    for (int64_t i = 0; i < p->n; i++) {
        int64_t end = content_end(background, p->n, i);
        content_weights(p, i, end, weight);
        define(p, i, end, weight, parameter, mark + i * p->n);
    }
    content_assert(expression, p, background, mark);
    free(mark), free(weight);
}

/* A key is kept if the heavier ones, and equal ones before it, do not hold p yet. */
static void define_topp(const Problem *p, int64_t i, int64_t end, const double *weight,
                        double parameter, bool *mark)
{
    const float *s = p->score + i * p->n;
    for (int64_t j = 0; j < end; j++) {
        double  sum = 0;
        int64_t before = 0;
        for (int64_t other = 0; other < end; other++) {
            if (!(s[other] > s[j] || (!(s[other] < s[j]) && other < j))) continue;
            sum += weight[other];
            before++;
        }
        mark[j] = before == 0 || sum < parameter - NEAR;
    }
}

static void define_above(const Problem *p, int64_t i, int64_t end, const double *weight,
                         double parameter, bool *mark)
{
    (void)p, (void)i;
    for (int64_t j = 0; j < end; j++) mark[j] = weight[j] >= parameter;
}

/* The sum of max(0, s/power - tau)^power over the row. */
static double mass(const Problem *p, int64_t i, int64_t end, int power, double tau)
{
    double sum = 0;
    for (int64_t j = 0; j < end; j++) {
        double x = fmax(0, (double)p->score[i * p->n + j] / power - tau);
        sum += power == 2 ? x * x : x;
    }
    return sum;
}

/* tau by halving, until the sum is 1; a key is kept if something is left of it. */
static void project(const Problem *p, int64_t i, int64_t end, int power, bool *mark)
{
    double low = -10, high = 10;
    for (int step = 0; step < 100; step++) {
        double middle = (low + high) / 2;
        if (mass(p, i, end, power, middle) >= 1)
            low = middle;
        else
            high = middle;
    }
    assert_true(fabs(mass(p, i, end, power, low) - 1) < NEAR);
    for (int64_t j = 0; j < end; j++) mark[j] = (double)p->score[i * p->n + j] / power > low + NEAR;
}

static void define_sparsemax(const Problem *p, int64_t i, int64_t end, const double *weight,
                             double parameter, bool *mark)
{
    (void)weight, (void)parameter;
    project(p, i, end, 1, mark);
}

static void define_entmax15(const Problem *p, int64_t i, int64_t end, const double *weight,
                            double parameter, bool *mark)
{
    (void)weight, (void)parameter;
    project(p, i, end, 2, mark);
}

static void the_four_keep_what_their_definitions_say(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t    n = rng_int(&rng, 1, round % 4 == 0 ? LARGEST : 12);
        Problem    p = content_random_scores(&rng, n, rng_int(&rng, 0, 1));
        Background background = (Background)rng_int(&rng, 0, 1);
        double     share = (double)rng_int(&rng, 0, 99) / 100,
               least = (double)rng_int(&rng, 0, 60) / 100;
        char topp[40], above[40];
        snprintf(topp, sizeof topp, "topp(p=%.2f)", share);
        snprintf(above, sizeof above, "above(t=%.2f)", least);
        check(topp, &p, background, define_topp, share);
        check(above, &p, background, define_above, least);
        check("sparsemax", &p, background, define_sparsemax, 0);
        check("entmax15", &p, background, define_entmax15, 0);
        problem_done(&p);
    }
}

static void assert_last_row(const char *expression, const float *score, int64_t n,
                            const char *expected)
{
    float  *all = calloc((size_t)(n * n), sizeof *all);
    Runs    row = {0};
    char    text[100];
    Problem p;
    memcpy(all + (n - 1) * n, score, (size_t)n * sizeof *score);
    p = content_of_scores(all, n);
    memcpy(p.score + (n - 1) * n, score, (size_t)n * sizeof *score); /* infinite ones as they are */
    Pattern *pattern = picture_bind(expression, n, BACKGROUND_CAUSAL, &p);
    assert_int_equal(pattern_row(pattern, n - 1, &row), STATUS_OK);
    runs_print(&row, " ", text, sizeof text);
    if (strcmp(text, expected) != 0)
        fail_msg("%s: expected %s, have %s", expression, expected, text);
    runs_done(&row);
    pattern_free(pattern);
    problem_done(&p);
    free(all);
}

static void the_published_example_of_sparsemax_has_two_keys(void **state)
{
    (void)state;
    assert_last_row("sparsemax", (float[]){-2, 0, 0.5F}, 3, "1-2");
    assert_last_row("sparsemax", (float[]){0, -1}, 2, "0"); /* probability 0 exactly */
    assert_last_row("sparsemax", (float[]){0, -0.875F}, 2, "0-1");
    assert_last_row("entmax15", (float[]){0, -2}, 2, "0");
    assert_last_row("entmax15", (float[]){0, -1.875F}, 2, "0-1");
}

static void a_share_that_equal_keys_hold_exactly_is_reached(void **state)
{
    (void)state;
    const float flat[10] = {0};
    assert_last_row("topp(p=0.8)", flat, 10, "0-7");
    assert_last_row("topp(p=0.3)", flat, 10, "0-2");
    assert_last_row("topp(p=0.31)", flat, 10, "0-3");
    assert_last_row("above(t=0.1)", flat, 10, "0-9");
    assert_last_row("above(t=0.11)", flat, 10, "");
}

static void the_ends_of_the_bounds_are_one_key_and_all(void **state)
{
    (void)state;
    const float steep[4] = {0, 90, 1, 2}; /* the weights of the others vanish beside key 1 */
    assert_last_row("topp(p=0)", steep, 4, "1");
    assert_last_row("topp(p=1)", steep, 4, "0-3");
    assert_last_row("above(t=0)", steep, 4, "0-3");
    assert_last_row("above(t=1)", (float[]){0}, 1, "0");
}

static void infinite_scores_and_no_numbers_have_their_place(void **state)
{
    (void)state;
    const float mixed[4] = {NAN, 1, -INFINITY, 1}, high[3] = {INFINITY, 0, INFINITY},
                none[2] = {NAN, -INFINITY};
    assert_last_row("topp(p=1)", mixed, 4, "1 3");
    assert_last_row("above(t=0.5)", mixed, 4, "1 3");
    assert_last_row("sparsemax", mixed, 4, "1 3");
    assert_last_row("topp(p=0.9)", high, 3, "0 2");
    assert_last_row("above(t=0.5)", high, 3, "0 2");
    assert_last_row("sparsemax", high, 3, "0 2");
    assert_last_row("entmax15", high, 3, "0 2");
    assert_last_row("topp(p=1)", none, 2, "0"); /* one key at least */
    assert_last_row("above(t=0.1)", none, 2, "");
    assert_last_row("sparsemax", none, 2, "");
    assert_last_row("entmax15", none, 2, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_four_keep_what_their_definitions_say),
        cmocka_unit_test(the_published_example_of_sparsemax_has_two_keys),
        cmocka_unit_test(a_share_that_equal_keys_hold_exactly_is_reached),
        cmocka_unit_test(the_ends_of_the_bounds_are_one_key_and_all),
        cmocka_unit_test(infinite_scores_and_no_numbers_have_their_place),
    };
    return cmocka_run_group_tests_name("topp, above, sparsemax, entmax15", tests, NULL, NULL);
}
