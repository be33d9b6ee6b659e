#include "engine/problem.h"
#include "engine/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_near(double a, double b, double by)
{
    if (!(fabs(a - b) <= by)) fail_msg("%.9g is not %.9g", a, b);
}

static double score_by_definition(const Problem *p, int64_t i, int64_t j)
{
    double sum = 0;
    for (int c = 0; c < p->d; c++) sum += (double)p->q[i * p->d + c] * (double)p->k[j * p->d + c];
    return sum / sqrt((double)p->d);
}

static void assert_scores_are_products(const Problem *p)
{
    for (int64_t i = 0; i < p->n; i++) {
        for (int64_t j = 0; j < p->n; j++) {
            double exact = score_by_definition(p, i, j);
            assert_near((double)p->score[i * p->n + j], exact, 1e-7 * fmax(1, fabs(exact)));
        }
    }
}

/* ---- words ---- */

/* Made by another program from the rule alone: splitmix64, xoshiro256**, FNV-1a. */
static void vectors_of_a_word_are_the_same_on_every_machine(void **state)
{
    (void)state;
    const char *const words[] = {"the", "cat"};
    Problem           p;
    assert_int_equal(problem_words(words, 2, 1, &p, NULL), STATUS_OK);
    assert_int_equal(p.d, 16);
    assert_int_equal(p.e, 16);
    assert_near((double)p.q[0], 1.5276073217391968, 0);
    assert_near((double)p.q[15], 5.792844772338867, 0);
    assert_near((double)p.k[0], -0.034942351281642914, 0);
    assert_near((double)p.v[15], 0.925308108329773, 0);
    static const double score[] = {-1.2408584658830675, -1.4132449563501814, -1.0026747360851451,
                                   1.7485336692633613};
    for (int k = 0; k < 4; k++) assert_near((double)p.score[k], score[k], 1e-7);
    problem_done(&p);
}

static void equal_words_have_equal_vectors_wherever_they_stand(void **state)
{
    (void)state;
    const char *const words[] = {"a", "b", "a", "c", "b", "a"};
    Problem           p;
    assert_int_equal(problem_words(words, 6, 7, &p, NULL), STATUS_OK);
    for (int i = 0; i < 6; i++) {
        assert_string_equal(p.token[i], words[i]);
        for (int j = 0; j < 6; j++) {
            bool same = strcmp(words[i], words[j]) == 0;
            assert_int_equal(memcmp(p.q + i * 16, p.q + j * 16, 16 * sizeof(float)) == 0, same);
            assert_int_equal(memcmp(p.k + i * 16, p.k + j * 16, 16 * sizeof(float)) == 0, same);
            assert_int_equal(memcmp(p.v + i * 16, p.v + j * 16, 16 * sizeof(float)) == 0, same);
        }
    }
    assert_scores_are_products(&p);
    problem_done(&p);
}

static void another_seed_gives_other_vectors(void **state)
{
    (void)state;
    const char *const words[] = {"a", "b"};
    Problem           p, q, again;
    assert_int_equal(problem_words(words, 2, 7, &p, NULL), STATUS_OK);
    assert_int_equal(problem_words(words, 2, 8, &q, NULL), STATUS_OK);
    assert_int_equal(problem_words(words, 2, 7, &again, NULL), STATUS_OK);
    assert_memory_not_equal(p.q, q.q, 32 * sizeof(float));
    assert_memory_equal(p.score, again.score, 4 * sizeof(float));
    problem_done(&p), problem_done(&q), problem_done(&again);
}

static void queries_lie_within_six_and_keys_and_values_within_one(void **state)
{
    (void)state;
    const char *const words[] = {"one", "two",   "three",    "four", "five",
                                 "six", "seven", "\xc3\xa4", ""};
    Problem           p;
    float             most_q = 0, most_k = 0, most_v = 0;
    assert_int_equal(problem_words(words, 9, 3, &p, NULL), STATUS_OK);
    for (int c = 0; c < 9 * 16; c++) {
        most_q = fmaxf(most_q, fabsf(p.q[c]));
        most_k = fmaxf(most_k, fabsf(p.k[c]));
        most_v = fmaxf(most_v, fabsf(p.v[c]));
    }
    assert_true(most_q <= 6 && most_q > 5.5f);
    assert_true(most_k <= 1 && most_k > 0.9f);
    assert_true(most_v <= 1 && most_v > 0.9f);
    problem_done(&p);
}

/* ---- toys ---- */

static void every_toy_is_found_by_its_word_and_repeats_by_its_seed(void **state)
{
    (void)state;
    Toy found;
    for (int k = 0; k < TOY_COUNT; k++) {
        Problem p, again, other;
        assert_true(toy_find(toy_word((Toy)k), &found));
        assert_int_equal(found, k);
        assert_int_equal(problem_toy((Toy)k, 37, 10, 5, &p, NULL), STATUS_OK);
        assert_int_equal(problem_toy((Toy)k, 37, 10, 5, &again, NULL), STATUS_OK);
        assert_int_equal(problem_toy((Toy)k, 37, 10, 6, &other, NULL), STATUS_OK);
        assert_memory_equal(p.score, again.score, 37 * 37 * sizeof(float));
        assert_memory_equal(p.v, again.v, 37 * 10 * sizeof(float));
        assert_memory_not_equal(p.v, other.v, 37 * 10 * sizeof(float));
        assert_scores_are_products(&p);
        assert_null(p.token);
        problem_done(&p), problem_done(&again), problem_done(&other);
    }
    assert_false(toy_find("round", &found));
}

static void local_scores_fall_with_distance(void **state)
{
    (void)state;
    static const int size[] = {2, 16, 64, 200};
    for (int s = 0; s < 4; s++) {
        for (int d = 2; d <= 16; d += 7) {
            int64_t n = size[s];
            Problem p;
            assert_int_equal(problem_toy(TOY_LOCAL, n, d, 3, &p, NULL), STATUS_OK);
            for (int64_t i = 0; i < n; i++)
                for (int64_t j = 1; j <= i; j++)
                    assert_true(p.score[i * n + j - 1] < p.score[i * n + j]);
            problem_done(&p);
        }
    }
}

/* A quarter from key to key: 2 * 64/8 over all 64, less what the higher waves would add. */
static void local_scores_fall_by_a_quarter_from_key_to_key(void **state)
{
    (void)state;
    Problem p;
    assert_int_equal(problem_toy(TOY_LOCAL, 64, 16, 3, &p, NULL), STATUS_OK);
    const float *last = p.score + 63 * 64;
    assert_near((double)(last[63] - last[0]), 15.75, 0.6);
    assert_near((double)(last[40] - last[30]), 2.5, 0.3);
    problem_done(&p);
}

static void a_needle_stands_out_for_every_query(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        Problem p;
        int64_t needle = -1;
        assert_int_equal(problem_toy(TOY_NEEDLE, 64, 16, seed, &p, NULL), STATUS_OK);
        for (int64_t i = 0; i < 64; i++) {
            int64_t best = 0;
            for (int64_t j = 1; j < 64; j++)
                if (p.score[i * 64 + j] > p.score[i * 64 + best]) best = j;
            if (needle < 0) needle = best;
            assert_int_equal(best, needle);
        }
        assert_in_range(needle, 0, 15);
        problem_done(&p);
    }
}

static void the_first_keys_of_a_sink_take_most(void **state)
{
    (void)state;
    Problem p;
    assert_int_equal(problem_toy(TOY_SINK, 64, 16, 4, &p, NULL), STATUS_OK);
    for (int64_t i = 2; i < 64; i++) {
        double first = 0, rest = 0;
        for (int64_t j = 0; j <= i; j++)
            *(j < 2 ? &first : &rest) += exp((double)p.score[i * 64 + j]);
        assert_true(first > rest);
    }
    problem_done(&p);
}

static void keys_of_the_own_cluster_score_higher(void **state)
{
    (void)state;
    Problem p;
    assert_int_equal(problem_toy(TOY_CLUSTERS, 48, 16, 4, &p, NULL), STATUS_OK);
    /* like rows of k are the group: distances are near 0 inside and large between */
    int wrong = 0, pairs = 0;
    for (int64_t i = 0; i < 48; i++) {
        double own = 0, other = 0;
        int    owns = 0, others = 0;
        for (int64_t j = 0; j < 48; j++) {
            double apart = 0;
            for (int c = 0; c < 16; c++) apart += fabs((double)(p.k[i * 16 + c] - p.k[j * 16 + c]));
            if (apart < 4) own += (double)p.score[i * 48 + j], owns++;
            else other += (double)p.score[i * 48 + j], others++;
        }
        assert_true(owns > 1 && others > 1);
        pairs++;
        wrong += own / owns <= other / others;
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(pairs, 48);
    problem_done(&p);
}

static void repeats_look_back_to_the_same_place_of_the_piece(void **state)
{
    (void)state;
    Problem p;
    assert_int_equal(problem_toy(TOY_REPEATS, 60, 16, 11, &p, NULL), STATUS_OK);
    int period = 0;
    for (int candidate = 3; candidate <= 8 && !period; candidate++) {
        double apart = 0;
        for (int c = 0; c < 16; c++) apart += fabs((double)(p.k[c] - p.k[candidate * 16 + c]));
        if (apart < 4) period = candidate;
    }
    assert_in_range(period, 3, 8);
    for (int64_t i = period; i < 60; i++)
        for (int64_t j = 0; j < period; j++)
            if (j != i % period) assert_true(p.score[i * 60 + i % period] > p.score[i * 60 + j]);
    problem_done(&p);
}

static void flat_scores_are_all_equal(void **state)
{
    (void)state;
    Problem p;
    assert_int_equal(problem_toy(TOY_FLAT, 20, 4, 4, &p, NULL), STATUS_OK);
    for (int k = 0; k < 400; k++) assert_near((double)p.score[k], 0, 0);
    problem_done(&p);
}

/* ---- numbers of the caller's ---- */

static void given_scores_are_the_last_row(void **state)
{
    (void)state;
    const double score[] = {2, 1, 0, -1};
    Problem      p;
    assert_int_equal(problem_scores(score, 4, &p, NULL), STATUS_OK);
    for (int j = 0; j < 4; j++) assert_near((double)p.score[3 * 4 + j], score[j], 0);
    for (int k = 0; k < 12; k++) assert_near((double)p.score[k], 0, 0);
    assert_int_equal(p.d, 0);
    assert_int_equal(p.e, 0);
    problem_done(&p);
}

static void matrices_of_any_size_are_multiplied(void **state)
{
    (void)state;
    Rng rng = rng_seeded(12);
    for (int round = 0; round < 40; round++) {
        int n = (int)rng_int(&rng, 1, 40), d = (int)rng_int(&rng, 1, 21),
            e = (int)rng_int(&rng, 1, 5);
        float  *q = malloc((size_t)(n * d) * sizeof *q), *k = malloc((size_t)(n * d) * sizeof *k);
        float  *v = malloc((size_t)(n * e) * sizeof *v);
        Problem p;
        for (int c = 0; c < n * d; c++)
            q[c] = (float)(rng_real(&rng) - 0.5), k[c] = (float)(rng_real(&rng) - 0.5);
        for (int c = 0; c < n * e; c++) v[c] = (float)rng_real(&rng);
        assert_int_equal(problem_matrices(q, k, v, n, d, e, 0, &p, NULL), STATUS_OK);
        assert_scores_are_products(&p);
        assert_memory_equal(p.v, v, (size_t)(n * e) * sizeof *v);
        problem_done(&p);
        assert_int_equal(problem_matrices(q, k, NULL, n, d, e, 0.5f, &p, NULL), STATUS_OK);
        assert_int_equal(p.e, 0);
        assert_near((double)p.score[0], 0.5 * sqrt((double)d) * score_by_definition(&p, 0, 0),
                    1e-6);
        problem_done(&p);
        free(q), free(k), free(v);
    }
}

static void too_many_tokens_are_refused_with_their_memory(void **state)
{
    (void)state;
    Problem p;
    Why     why;
    assert_int_equal(problem_toy(TOY_FLAT, PROBLEM_LIMIT + 1, 16, 1, &p, &why), STATUS_LIMIT);
    assert_non_null(strstr(why.what, "4097 tokens"));
    assert_non_null(strstr(why.what, "64.8 MiB"));
    assert_non_null(strstr(why.what, "at most 4096"));
    assert_null(p.score);
    assert_int_equal(problem_toy(TOY_LOCAL, 8, 1, 1, &p, &why), STATUS_RANGE);
    assert_int_equal(problem_bytes(4096, 16), 4 * (4096 * 4096 + 3 * 4096 * 16));
}

static void the_smallest_problems_are_made(void **state)
{
    (void)state;
    for (int k = 0; k < TOY_COUNT; k++) {
        for (int64_t n = 1; n <= 9; n++) {
            Problem p;
            assert_int_equal(problem_toy((Toy)k, n, 2, 1, &p, NULL), STATUS_OK);
            for (int64_t c = 0; c < n * n; c++) assert_true(isfinite(p.score[c]));
            problem_done(&p);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_a_word_are_the_same_on_every_machine),
        cmocka_unit_test(equal_words_have_equal_vectors_wherever_they_stand),
        cmocka_unit_test(another_seed_gives_other_vectors),
        cmocka_unit_test(queries_lie_within_six_and_keys_and_values_within_one),
        cmocka_unit_test(every_toy_is_found_by_its_word_and_repeats_by_its_seed),
        cmocka_unit_test(local_scores_fall_with_distance),
        cmocka_unit_test(local_scores_fall_by_a_quarter_from_key_to_key),
        cmocka_unit_test(a_needle_stands_out_for_every_query),
        cmocka_unit_test(the_first_keys_of_a_sink_take_most),
        cmocka_unit_test(keys_of_the_own_cluster_score_higher),
        cmocka_unit_test(repeats_look_back_to_the_same_place_of_the_piece),
        cmocka_unit_test(flat_scores_are_all_equal),
        cmocka_unit_test(given_scores_are_the_last_row),
        cmocka_unit_test(matrices_of_any_size_are_multiplied),
        cmocka_unit_test(too_many_tokens_are_refused_with_their_memory),
        cmocka_unit_test(the_smallest_problems_are_made),
    };
    return cmocka_run_group_tests_name("problem", tests, NULL, NULL);
}
