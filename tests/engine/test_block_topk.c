/* block_topk and the designs made of it against the definition. */
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

enum { LARGEST = 34, ROUNDS = 400 };
static const uint64_t SEED = 52011;

typedef struct {
    int64_t     b, k;
    const char *own, *by;
    Background  background;
} Rule;

static double dot(const float *x, const float *y, int d)
{
    double sum = 0;
    for (int c = 0; c < d; c++) sum += (double)x[c] * (double)y[c];
    return sum;
}

/* Keys lo .. hi-1 are those that count. */
static double mean_score(const Problem *p, int64_t i, int64_t lo, int64_t hi)
{
    double sum = 0;
    for (int64_t j = lo; j < hi; j++) sum += dot(p->q + i * p->d, p->k + j * p->d, p->d);
    return sum / (double)(hi - lo);
}

static double bounds_score(const Problem *p, int64_t i, int64_t lo, int64_t hi)
{
    double sum = 0;
    for (int c = 0; c < p->d; c++) {
        double least = INFINITY, most = -INFINITY;
        for (int64_t j = lo; j < hi; j++) {
            least = fmin(least, (double)p->k[j * p->d + c]);
            most = fmax(most, (double)p->k[j * p->d + c]);
        }
        sum += fmax((double)p->q[i * p->d + c] * least, (double)p->q[i * p->d + c] * most);
    }
    return sum;
}

/* All queries of the block with all of its keys, on average. */
static double pooled_score(const Problem *p, int64_t b, int64_t i, int64_t lo, int64_t hi)
{
    int64_t first = i / b * b, end = first + b < p->n ? first + b : p->n;
    double  sum = 0;
    for (int64_t t = first; t < end; t++)
        for (int64_t j = lo; j < hi; j++) sum += dot(p->q + t * p->d, p->k + j * p->d, p->d);
    return sum / (double)((end - first) * (hi - lo));
}

static double score_of(const Problem *p, const Rule *r, int64_t i, int64_t block)
{
    int64_t end = content_end(r->background, p->n, i), lo = block * r->b, hi = lo + r->b;
    if (hi > p->n) hi = p->n;
    if (strcmp(r->by, "pooled") == 0) return pooled_score(p, r->b, i, lo, hi);
    if (hi > end) hi = end;
    return strcmp(r->by, "mean") == 0 ? mean_score(p, i, lo, hi) : bounds_score(p, i, lo, hi);
}

static void define_row(const Problem *p, const Rule *r, int64_t i, bool *mark)
{
    int64_t blocks = (p->n - 1) / r->b + 1, own = i / r->b,
            end = content_end(r->background, p->n, i);
    double  value[LARGEST];
    bool    candidate[LARGEST], free_own = strcmp(r->own, "free") == 0;
    int64_t budget = strcmp(r->own, "forced") == 0 ? r->k - 1 : r->k;
    for (int64_t block = 0; block < blocks; block++) {
        candidate[block] = block * r->b < end && (free_own || block != own);
        value[block] = candidate[block] ? score_of(p, r, i, block) : 0;
    }
    for (int64_t j = 0; j < end; j++) {
        int64_t block = j / r->b;
        bool chosen = candidate[block] && content_before(value, candidate, blocks, block) < budget;
        mark[j] = chosen || (!free_own && block == own);
    }
}

static void check(const Problem *p, const Rule *r)
{
    bool *mark = calloc((size_t)(p->n * p->n), sizeof *mark);
    char  expression[100];
    snprintf(expression, sizeof expression, "block_topk(b=%lld, k=%lld, own=%s, by=%s)",
             (long long)r->b, (long long)r->k, r->own, r->by);
    for (int64_t i = 0; i < p->n; i++) define_row(p, r, i, mark + i * p->n);
    content_assert(expression, p, r->background, mark);
    free(mark);
}

static void blocks_are_chosen_by_their_definition(void **state)
{
    (void)state;
    static const char *const own[] = {"forced", "added", "free"}, *const by[] = {"mean", "bounds",
                                                                                 "pooled"};
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t n = rng_int(&rng, 1, round % 3 == 0 ? LARGEST : 14);
        Problem p = content_random_vectors(&rng, n, (int)rng_int(&rng, 1, 5), rng_int(&rng, 0, 1));
        Rule    r = {rng_int(&rng, 1, 6), rng_int(&rng, 1, rng_int(&rng, 0, 1) ? 3 : 12),
                     own[rng_int(&rng, 0, 2)], by[rng_int(&rng, 0, 2)],
                     (Background)rng_int(&rng, 0, 1)};
        check(&p, &r);
        problem_done(&p);
    }
}

static void equal_blocks_are_taken_from_the_left(void **state)
{
    (void)state;
    Problem p;
    assert_int_equal(problem_toy(TOY_FLAT, 8, 4, 1, &p, NULL), STATUS_OK);
    Pattern *pattern = picture_bind("block_topk(b=2, k=3)", 8, BACKGROUND_CAUSAL, &p);
    char    *text = picture_of(pattern);
    assert_string_equal(text, "#\n##\n###\n####\n#####\n######\n####..#\n####..##\n");
    free(text);
    pattern_free(pattern);
    problem_done(&p);
}

static void rows_of_moba_and_nsa_have_the_golden_sizes(void **state)
{
    (void)state;
    assert_int_equal(content_count("moba(b=8, k=3)", 64, 5), 6);
    assert_int_equal(content_count("moba(b=8, k=3)", 64, 12), 13);
    assert_int_equal(content_count("moba(b=8, k=3)", 64, 20), 21);
    assert_int_equal(content_count("moba(b=8, k=3)", 64, 50), 19);
    assert_int_equal(content_count("block_topk(b=64, k=16)", 1001, 100), 101);
    assert_int_equal(content_count("block_topk(b=64, k=16)", 1001, 1000), 1001);
    assert_int_equal(content_count("nsa(b=64, k=16, w=512)", 1001, 100), 101);
    assert_int_equal(content_count("block_topk(b=64, k=16)", 2048, 2047), 1024);
    assert_true(content_count("nsa(b=64, k=16, w=512)", 2048, 2047) >= 1024);
}

static void the_closed_form_counts_every_row(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED + 1);
    for (int round = 0; round < 40; round++) {
        int64_t b = rng_int(&rng, 1, 9), k = rng_int(&rng, 1, 5), n = 50;
        Problem p = content_random_vectors(&rng, n, 4, false);
        char    expression[60], formula[80], expected[80];
        snprintf(expression, sizeof expression, "block_topk(b=%d, k=%d)", (int)b, (int)k);
        Pattern *pattern = picture_bind(expression, n, BACKGROUND_CAUSAL, &p);
        for (int64_t i = 0, count; i < n; i++) {
            int64_t others = k - 1 < i / b ? k - 1 : i / b;
            assert_int_equal(pattern_count(pattern, i, &count), STATUS_OK);
            assert_int_equal(count, i % b + 1 + b * others);
        }
        recipe_formula(pattern_recipe(pattern), formula, sizeof formula);
        snprintf(expected, sizeof expected, "(i mod %d) + 1 + %d*min(%d, floor(i/%d))", (int)b,
                 (int)b, (int)k - 1, (int)b);
        if (b > 1) assert_string_equal(formula, expected);
        pattern_free(pattern);
        problem_done(&p);
    }
}

static void designs_are_their_blocks(void **state)
{
    (void)state;
    static const struct {
        const char *design, *expression;
    } same[] = {{"moba(b=3, k=2)", "block_topk(b=3, k=2, own=forced, by=mean)"},
                {"quest(p=4, k=3)", "block_topk(b=4, k=3, own=forced, by=bounds)"},
                {"nsa(b=4, k=2, w=6)", "block_topk(b=4, k=2, own=forced) | window(w=6)"}};
    for (size_t s = 0; s < sizeof same / sizeof *same; s++) {
        Recipe design = picture_recipe(same[s].design), flat,
               expected = picture_recipe(same[s].expression);
        assert_int_equal(recipe_expand(&design, &flat, NULL), STATUS_OK);
        assert_true(recipe_equal(&flat, &expected));
        assert_int_equal(recipe_class(&design), CLASS_HYBRID);
        recipe_done(&design), recipe_done(&flat), recipe_done(&expected);
    }
}

static void scores_alone_are_not_enough(void **state)
{
    (void)state;
    static const struct {
        const char *expression, *what;
    } refused[] = {{"block_topk(b=2, k=1)", "block_topk reads keys, and only scores were given"},
                   {"lsh(buckets=4, chunk=2)", "lsh reads keys, and only scores were given"},
                   {"cluster(k=2, w=2)", "cluster reads keys, and only scores were given"}};
    Problem p;
    assert_int_equal(problem_scores((double[]){1, 2, 3}, 3, &p, NULL), STATUS_OK);
    for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
        Recipe   r = picture_recipe(refused[k].expression);
        Pattern *pattern;
        Why      why = {0};
        assert_int_equal(pattern_new(&r, 3, BACKGROUND_CAUSAL, &p, &pattern, &why), STATUS_CONTENT);
        assert_null(pattern);
        assert_string_equal(why.what, refused[k].what);
        assert_int_equal(why.column, 1);
        recipe_done(&r);
    }
    problem_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_chosen_by_their_definition),
        cmocka_unit_test(equal_blocks_are_taken_from_the_left),
        cmocka_unit_test(rows_of_moba_and_nsa_have_the_golden_sizes),
        cmocka_unit_test(the_closed_form_counts_every_row),
        cmocka_unit_test(designs_are_their_blocks),
        cmocka_unit_test(scores_alone_are_not_enough),
    };
    return cmocka_run_group_tests_name("block_topk", tests, NULL, NULL);
}
