/* The content atoms against their definitions. */
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

enum { LARGEST = 90, ROUNDS = 400 };
static const uint64_t SEED = 8803;

static bool allowed(Background background, int64_t n, int64_t i, int64_t j)
{
    return j < n && (background == BACKGROUND_BIDIRECTIONAL || j <= i);
}

/* How many allowed keys come before j: higher scores, and (first) equal ones at lower positions. */
static int64_t keys_before(const Problem *p, Background background, int64_t i, int64_t j,
                           bool ties_all)
{
    const float *s = p->score + i * p->n;
    int64_t      before = 0;
    for (int64_t other = 0; other < p->n; other++) {
        if (!allowed(background, p->n, i, other)) continue;
        before += s[other] > s[j] || (!ties_all && !(s[other] < s[j]) && other < j);
    }
    return before;
}

static void check(const Problem *problem, Background background, int64_t k, bool ties_all)
{
    char expression[60];
    snprintf(expression, sizeof expression, "topk(k=%lld%s)", (long long)k,
             ties_all ? ", ties=all" : "");
    Pattern *p = picture_bind(expression, problem->n, background, problem);
    Runs     row = {0};
    int64_t  total = 0, found;
    bool     has;
    for (int64_t i = 0; i < problem->n; i++) {
        int64_t size = 0;
        assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
        assert_null(runs_valid(&row));
        for (int64_t j = 0; j < problem->n; j++) {
            bool expected = allowed(background, problem->n, i, j) &&
                            keys_before(problem, background, i, j, ties_all) < k;
            if (runs_has(&row, j) != expected)
                fail_msg("%s, n=%d: row %d, key %d", expression, (int)problem->n, (int)i, (int)j);
            assert_int_equal(pattern_has(p, i, j, &has), STATUS_OK);
            assert_int_equal(has, expected);
            size += expected;
        }
        assert_int_equal(pattern_count(p, i, &found), STATUS_OK);
        assert_int_equal(found, size);
        total += size;
    }
    assert_int_equal(pattern_total(p, &found), STATUS_OK);
    assert_int_equal(found, total);
    runs_done(&row);
    pattern_free(p);
}

static void the_best_keys_are_those_with_fewer_than_k_before_them(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t n = rng_int(&rng, 1, round % 5 == 0 ? LARGEST : 20),
                levels = rng_int(&rng, 1, 3) == 1 ? 4 : 100000;
        float *score = malloc((size_t)(n * n) * sizeof *score);
        for (int64_t c = 0; c < n * n; c++) score[c] = (float)rng_int(&rng, -levels, levels) / 8;
        Problem problem = content_of_scores(score, n);
        int64_t k = rng_int(&rng, 1, rng_int(&rng, 0, 1) ? 5 : n + 2);
        check(&problem, (Background)rng_int(&rng, 0, 1), k, rng_int(&rng, 0, 1));
        problem_done(&problem);
        free(score);
    }
}

/* Sorted, equal and mirrored rows are where selecting by parting could be slow or wrong. */
static void rows_in_awkward_order_are_chosen_right(void **state)
{
    (void)state;
    int64_t n = LARGEST;
    float  *score = malloc((size_t)(n * n) * sizeof *score);
    for (int kind = 0; kind < 4; kind++) {
        for (int64_t i = 0; i < n; i++) {
            for (int64_t j = 0; j < n; j++) {
                int64_t mirrored = j < n / 2 ? j : n - j;
                score[i * n + j] = (float)(kind == 0   ? j
                                           : kind == 1 ? -j
                                           : kind == 2 ? 7
                                                       : mirrored);
            }
        }
        Problem problem = content_of_scores(score, n);
        for (int64_t k = 1; k < n; k += 11) {
            check(&problem, BACKGROUND_CAUSAL, k, false);
            check(&problem, BACKGROUND_BIDIRECTIONAL, k, true);
        }
        problem_done(&problem);
    }
    free(score);
}

static void a_score_that_is_no_number_ranks_last(void **state)
{
    (void)state;
    float   q[3] = {1, 1, 1}, k[3] = {2, NAN, 1};
    Problem problem;
    assert_int_equal(problem_matrices(q, k, NULL, 3, 1, 0, 1, &problem, NULL), STATUS_OK);
    Pattern *p = picture_bind("topk(k=2)", 3, BACKGROUND_CAUSAL, &problem);
    char    *text = picture_of(p);
    assert_string_equal(text, "#\n##\n#.#\n");
    free(text);
    pattern_free(p);
    problem_done(&problem);
}

static void infinite_scores_rank_at_the_ends(void **state)
{
    (void)state;
    float   q[4] = {1, 1, 1, 1}, k[4] = {-INFINITY, 0, INFINITY, -INFINITY};
    Problem problem;
    assert_int_equal(problem_matrices(q, k, NULL, 4, 1, 0, 1, &problem, NULL), STATUS_OK);
    Pattern *p = picture_bind("topk(k=3)", 4, BACKGROUND_BIDIRECTIONAL, &problem);
    char    *text = picture_of(p);
    assert_string_equal(text, "###.\n###.\n###.\n###.\n");
    free(text);
    pattern_free(p);
    problem_done(&problem);
}

static void a_token_marks_the_columns_where_it_stands(void **state)
{
    (void)state;
    const char *const words[] = {"a", ".", "b", ".", "a"};
    Problem           problem;
    assert_int_equal(problem_words(words, 5, 1, &problem, NULL), STATUS_OK);
    Pattern *p = picture_bind("token(is=\".\")", 5, BACKGROUND_CAUSAL, &problem);
    Pattern *q = picture_bind("token(is=\"a\")", 5, BACKGROUND_BIDIRECTIONAL, &problem);
    Pattern *none = picture_bind("token(is=\"A\")", 5, BACKGROUND_CAUSAL, &problem);
    char    *dots = picture_of(p), *as = picture_of(q);
    int64_t  total;
    assert_string_equal(dots, ".\n.#\n.#.\n.#.#\n.#.#.\n");
    assert_string_equal(as, "#...#\n#...#\n#...#\n#...#\n#...#\n");
    assert_int_equal(pattern_total(p, &total), STATUS_OK);
    assert_int_equal(total, 6);
    assert_int_equal(pattern_total(q, &total), STATUS_OK);
    assert_int_equal(total, 10);
    assert_int_equal(pattern_total(none, &total), STATUS_OK);
    assert_int_equal(total, 0);
    free(dots), free(as);
    pattern_free(p), pattern_free(q), pattern_free(none);
    problem_done(&problem);
}

static void content_joins_meets_and_leaves_as_any_set_does(void **state)
{
    (void)state;
    static const char *const expression[] = {"topk(k=3) | stride(s=4)", "window(w=9) & topk(k=6)",
                                             "full - topk(k=5)", "topk(k=9) - topk(k=4)",
                                             "columns(period=3, count=1) | topk(k=2) | self"};
    Problem                  problem;
    assert_int_equal(problem_toy(TOY_CLUSTERS, 50, 8, 21, &problem, NULL), STATUS_OK);
    for (size_t k = 0; k < sizeof expression / sizeof *expression; k++) {
        Pattern *p = picture_bind(expression[k], 50, BACKGROUND_CAUSAL, &problem);
        Runs     row = {0};
        int64_t  count;
        for (int64_t i = 0; i < 50; i++) {
            assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
            assert_null(runs_valid(&row));
            assert_int_equal(pattern_count(p, i, &count), STATUS_OK);
            assert_int_equal(count, runs_count(&row));
        }
        runs_done(&row);
        pattern_free(p);
    }
    problem_done(&problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_keys_are_those_with_fewer_than_k_before_them),
        cmocka_unit_test(rows_in_awkward_order_are_chosen_right),
        cmocka_unit_test(a_score_that_is_no_number_ranks_last),
        cmocka_unit_test(infinite_scores_rank_at_the_ends),
        cmocka_unit_test(a_token_marks_the_columns_where_it_stands),
        cmocka_unit_test(content_joins_meets_and_leaves_as_any_set_does),
    };
    return cmocka_run_group_tests_name("topk and token", tests, NULL, NULL);
}
