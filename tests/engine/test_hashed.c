/* lsh, cluster and same_token against their definitions; structure that is given or drawn. */
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

enum { LARGEST = 30, ROUNDS = 300 };
static const uint64_t SEED = 63013;

/* What content.h says is drawn: each number the sum of twelve real() less 6. */
static float *drawn(uint64_t seed, int64_t size)
{
    Rng    rng = rng_seeded(seed);
    float *out = calloc((size_t)size, sizeof *out);
    for (int64_t k = 0; k < size; k++) {
        double sum = -6;
        for (int t = 0; t < 12; t++) sum += rng_real(&rng);
        out[k] = (float)sum;
    }
    return out;
}

/* ---- lsh ---- */

typedef struct {
    int64_t      buckets, rounds, chunk, seed;
    bool         across, own_free;
    Background   background;
    const float *rotation; /* (rounds, d, buckets/2) */
} Hashing;

static int64_t bucket_of(const Problem *p, const Hashing *h, int64_t round, int64_t i)
{
    int64_t half = h->buckets / 2, first = 0;
    double  value[16], most = -INFINITY;
    for (int64_t t = 0; t < half; t++) {
        double sum = 0;
        for (int c = 0; c < p->d; c++)
            sum += (double)p->q[i * p->d + c] * (double)h->rotation[(round * p->d + c) * half + t];
        value[t] = sum, value[half + t] = -sum;
    }
    for (int64_t t = 0; t < h->buckets; t++)
        if (value[t] > most) most = value[t], first = t;
    return first;
}

static void define_round(const Problem *p, const Hashing *h, int64_t round, bool *mark)
{
    int64_t n = p->n, bucket[LARGEST], chunk[LARGEST], chunks = (n + h->chunk - 1) / h->chunk;
    for (int64_t i = 0; i < n; i++) bucket[i] = bucket_of(p, h, round, i);
    for (int64_t i = 0; i < n; i++) {
        int64_t before = 0;
        for (int64_t j = 0; j < n; j++)
            before += bucket[j] < bucket[i] || (bucket[j] == bucket[i] && j < i);
        chunk[i] = before / h->chunk;
    }
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < content_end(h->background, n, i); j++) {
            bool reached = chunk[j] == chunk[i] || chunk[j] == (chunk[i] + chunks - 1) % chunks;
            if (reached && (h->across || bucket[i] == bucket[j])) mark[i * n + j] = true;
        }
    }
}

static void check_lsh(const Problem *p, const Hashing *h)
{
    int64_t n = p->n;
    bool   *mark = calloc((size_t)(n * n), sizeof *mark);
    char    expression[160];
    for (int64_t round = 0; round < h->rounds; round++) define_round(p, h, round, mark);
    for (int64_t i = 0; i < n; i++) {
        int64_t others = 0;
        for (int64_t j = 0; j < n; j++) others += mark[i * n + j] && j != i;
        if (!h->own_free && others > 0) mark[i * n + i] = false;
    }
    snprintf(expression, sizeof expression,
             "lsh(buckets=%d, rounds=%d, chunk=%d, seed=%d, across=%d, own=%s)", (int)h->buckets,
             (int)h->rounds, (int)h->chunk, (int)h->seed, h->across,
             h->own_free ? "free" : "alone");
    content_assert(expression, p, h->background, mark);
    free(mark);
}

static void chunks_of_sorted_buckets_see_themselves_and_the_one_before(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t n = rng_int(&rng, 1, LARGEST);
        bool    ties = rng_int(&rng, 0, 1);
        Problem p = content_random_vectors(&rng, n, (int)rng_int(&rng, 1, 5), ties);
        Hashing h = {2 * rng_int(&rng, 1, 5),
                     rng_int(&rng, 1, 3),
                     rng_int(&rng, 1, rng_int(&rng, 0, 1) ? 5 : 40),
                     rng_int(&rng, 0, 1000),
                     rng_int(&rng, 0, 1),
                     rng_int(&rng, 0, 1),
                     (Background)rng_int(&rng, 0, 1),
                     NULL};
        int64_t size = h.rounds * p.d * h.buckets / 2, shape[] = {h.rounds, p.d, h.buckets / 2};
        float  *rotation = calloc((size_t)size, sizeof *rotation);
        for (int64_t k = 0; k < size; k++) rotation[k] = (float)rng_int(&rng, -3, 3);
        h.rotation = rotation;
        assert_int_equal(problem_give(&p, rotation, shape, 3, NULL), STATUS_OK);
        check_lsh(&p, &h);
        problem_done(&p);
        free(rotation);
    }
}

static void rotations_that_are_not_given_are_drawn_from_the_seed(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED + 1);
    for (int round = 0; round < 60; round++) {
        Problem p = content_random_vectors(&rng, LARGEST, 4, false);
        Hashing h = {6, 2, 4, rng_int(&rng, 0, 1000), false, true, BACKGROUND_BIDIRECTIONAL, NULL};
        float  *rotation = drawn((uint64_t)h.seed, h.rounds * p.d * h.buckets / 2);
        h.rotation = rotation;
        check_lsh(&p, &h);
        problem_done(&p);
        free(rotation);
    }
}

/* ---- cluster ---- */

typedef struct {
    int64_t      k, w, seed;
    bool         own_alone;
    Background   background;
    const float *centroid; /* (k, d) */
} Clustering;

static double nearness(const float *x, const float *centroid, int d)
{
    double square = 0, sum = 0;
    for (int c = 0; c < d; c++) square += (double)x[c] * (double)x[c];
    for (int c = 0; c < d && square > 0; c++)
        sum += (double)x[c] / sqrt(square) * (double)centroid[c];
    return sum;
}

static void define_cluster(const Problem *p, const Clustering *g, int64_t cluster, bool *mark)
{
    int64_t n = p->n;
    double  query[LARGEST], key[LARGEST];
    bool    has_query[LARGEST], has_key[LARGEST];
    for (int64_t i = 0; i < n; i++) {
        query[i] = nearness(p->q + i * p->d, g->centroid + cluster * p->d, p->d);
        key[i] = nearness(p->k + i * p->d, g->centroid + cluster * p->d, p->d);
    }
    for (int64_t i = 0; i < n; i++) {
        has_query[i] = content_before(query, NULL, n, i) < g->w;
        has_key[i] = content_before(key, NULL, n, i) < g->w;
    }
    for (int64_t i = 0; i < n; i++) {
        int64_t end = content_end(g->background, n, i), others = 0;
        for (int64_t j = 0; j < end; j++) others += has_key[j] && j != i;
        for (int64_t j = 0; has_query[i] && j < end; j++)
            if (has_key[j] && !(j == i && g->own_alone && others > 0)) mark[i * n + j] = true;
    }
}

static void check_cluster(const Problem *p, const Clustering *g)
{
    bool *mark = calloc((size_t)(p->n * p->n), sizeof *mark);
    char  expression[100];
    for (int64_t k = 0; k < g->k; k++) define_cluster(p, g, k, mark);
    snprintf(expression, sizeof expression, "cluster(k=%d, w=%d, seed=%d, own=%s)", (int)g->k,
             (int)g->w, (int)g->seed, g->own_alone ? "alone" : "free");
    content_assert(expression, p, g->background, mark);
    free(mark);
}

/* Real vectors, some of them zero and some of them twice: equal ones go by position. */
static Problem clustered(Rng *rng, int64_t n, int d)
{
    float  *x = malloc(2 * (size_t)(n * d) * sizeof *x);
    Problem p;
    for (int64_t i = 0; i < 2 * n; i++) {
        int64_t kind = rng_int(rng, 0, 9);
        for (int c = 0; c < d; c++)
            x[i * d + c] = kind == 0           ? 0
                           : kind < 4 && i > 0 ? x[(i - 1) * d + c]
                                               : (float)(2 * rng_real(rng) - 1);
    }
    assert_int_equal(problem_matrices(x, x + n * d, NULL, n, d, 0, 0, &p, NULL), STATUS_OK);
    free(x);
    return p;
}

static void clusters_take_the_nearest_queries_and_keys(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED + 2);
    print_message("seed %llu\n", (unsigned long long)SEED + 2);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t    n = rng_int(&rng, 1, LARGEST);
        int        d = (int)rng_int(&rng, 1, 5);
        Problem    p = clustered(&rng, n, d);
        Clustering g = {rng_int(&rng, 1, 5),
                        rng_int(&rng, 1, rng_int(&rng, 0, 1) ? 6 : 40),
                        rng_int(&rng, 0, 1000),
                        rng_int(&rng, 0, 1),
                        (Background)rng_int(&rng, 0, 1),
                        NULL};
        float     *centroid = drawn((uint64_t)g.seed, g.k * d);
        int64_t    shape[] = {g.k, d};
        if (round % 2) assert_int_equal(problem_give(&p, centroid, shape, 2, NULL), STATUS_OK);
        g.centroid = centroid;
        check_cluster(&p, &g);
        problem_done(&p);
        free(centroid);
    }
}

/* ---- given structure ---- */

static void structure_of_another_shape_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *expression, *what;
        Status      status;
    } refused[] = {
        {"lsh(buckets=6, chunk=4)",
         "lsh needs rotations of 1 x 4 x 3 numbers, those given are 2 x 4", STATUS_RANGE},
        {"cluster(k=3, w=4)", "cluster needs centroids of 3 x 4 numbers, those given are 2 x 4",
         STATUS_RANGE},
        {"window(w=1) | cluster(k=2000000000, w=4)",
         "cluster would take 2000000000 x 4 numbers for its centroids; at most 1048576 are held",
         STATUS_LIMIT},
    };
    Rng     rng = rng_seeded(1);
    Problem p = content_random_vectors(&rng, 6, 4, false);
    float   number[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    assert_int_equal(problem_give(&p, number, (int64_t[]){8}, 1, NULL), STATUS_OK);
    assert_int_equal(problem_give(&p, number, (int64_t[]){2, 4}, 2, NULL),
                     STATUS_OK); /* the last ones hold */
    for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
        Recipe   r = picture_recipe(refused[k].expression);
        Pattern *pattern;
        Why      why = {0};
        assert_int_equal(pattern_new(&r, 6, BACKGROUND_CAUSAL, &p, &pattern, &why),
                         refused[k].status);
        assert_string_equal(why.what, refused[k].what);
        assert_int_equal(why.column, strstr(refused[k].expression, "| ") ? 15 : 1);
        recipe_done(&r);
    }
    pattern_free(picture_bind("cluster(k=2, w=4)", 6, BACKGROUND_CAUSAL, &p));
    problem_done(&p);
}

/* Says so before it starts: this test takes no time. */
static void what_would_take_too_long_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *expression, *what;
    } refused[] = {
        {"lsh(buckets=2, rounds=100000, chunk=4096)",
         "lsh would look at 800000000000 pairs of tokens; at most 17179869184"},
        {"cluster(k=50000, w=2000)",
         "cluster would look at 200000000000 pairs of tokens; at most 17179869184"},
    };
    Problem p;
    assert_int_equal(problem_toy(TOY_FLAT, 2000, 2, 1, &p, NULL), STATUS_OK);
    for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
        Recipe   r = picture_recipe(refused[k].expression);
        Pattern *pattern;
        Why      why = {0};
        assert_int_equal(pattern_new(&r, 2000, BACKGROUND_CAUSAL, &p, &pattern, &why),
                         STATUS_LIMIT);
        assert_string_equal(why.what, refused[k].what);
        recipe_done(&r);
    }
    problem_done(&p);
}

/* ---- same_token ---- */

static void a_query_meets_its_own_word(void **state)
{
    (void)state;
    static const char *const vocabulary[] = {"a", "the", "The", "", "a b", "sea"};
    Rng                      rng = rng_seeded(SEED + 3);
    for (int round = 0; round < 100; round++) {
        int64_t     n = rng_int(&rng, 1, LARGEST);
        const char *word[LARGEST];
        bool        mark[LARGEST * LARGEST] = {false};
        Background  background = (Background)rng_int(&rng, 0, 1);
        Problem     p;
        for (int64_t i = 0; i < n; i++) word[i] = vocabulary[rng_int(&rng, 0, 5)];
        assert_int_equal(problem_words(word, n, 1, &p, NULL), STATUS_OK);
        for (int64_t i = 0; i < n; i++)
            for (int64_t j = 0; j < content_end(background, n, i); j++)
                mark[i * n + j] = strcmp(word[i], word[j]) == 0;
        content_assert("same_token", &p, background, mark);
        problem_done(&p);
    }
}

static void tokens_must_be_there(void **state)
{
    (void)state;
    Rng      rng = rng_seeded(2);
    Problem  p = content_random_vectors(&rng, 3, 2, false);
    Recipe   r = picture_recipe("same_token");
    Pattern *pattern;
    Why      why = {0};
    assert_int_equal(pattern_new(&r, 3, BACKGROUND_CAUSAL, &p, &pattern, &why), STATUS_CONTENT);
    assert_string_equal(why.what, "same_token reads tokens");
    recipe_done(&r);
    problem_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chunks_of_sorted_buckets_see_themselves_and_the_one_before),
        cmocka_unit_test(rotations_that_are_not_given_are_drawn_from_the_seed),
        cmocka_unit_test(clusters_take_the_nearest_queries_and_keys),
        cmocka_unit_test(structure_of_another_shape_is_refused),
        cmocka_unit_test(what_would_take_too_long_is_refused),
        cmocka_unit_test(a_query_meets_its_own_word),
        cmocka_unit_test(tokens_must_be_there),
    };
    return cmocka_run_group_tests_name("lsh, cluster, same_token", tests, NULL, NULL);
}
