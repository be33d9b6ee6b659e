/* heavy, tova, snapkv and vertical_slash against their definitions, step by step. */
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
static const uint64_t SEED = 74017;

/* Weights of query i over the keys that are visible; 0 elsewhere. */
static void weights_over(const Problem *p, int64_t i, const bool *visible, double *weight)
{
    double most = -INFINITY, sum = 0;
    for (int64_t j = 0; j < p->n; j++)
        if (visible[j]) most = fmax(most, (double)p->score[i * p->n + j]);
    for (int64_t j = 0; j < p->n; j++)
        sum += visible[j] ? exp((double)p->score[i * p->n + j] - most) : 0;
    for (int64_t j = 0; j < p->n; j++)
        weight[j] = visible[j] ? exp((double)p->score[i * p->n + j] - most) / sum : 0;
}

static int64_t count_of(const bool *set, int64_t n)
{
    int64_t count = 0;
    for (int64_t j = 0; j < n; j++) count += set[j];
    return count;
}

/* ---- heavy ---- */

static void keep_heavy(const double *received, int64_t i, int64_t h, int64_t r, bool *cache)
{
    bool older[LARGEST] = {false};
    if (count_of(cache, i + 1) <= h + r) return;
    for (int64_t j = 0; j <= i - r; j++) older[j] = cache[j];
    for (int64_t j = 0; j <= i - r; j++)
        if (older[j] && content_before(received, older, i + 1, j) >= h) cache[j] = false;
}

static void heavy_is_a_cache_of_new_and_weighty_keys(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t n = rng_int(&rng, 1, LARGEST), h = rng_int(&rng, 0, 6), r = rng_int(&rng, 0, 6);
        bool    dense = rng_int(&rng, 0, 1), cache[LARGEST] = {false},
             *mark = calloc((size_t)(n * n), sizeof *mark);
        double  received[LARGEST] = {0}, weight[LARGEST];
        Problem p = content_random_scores(&rng, n, rng_int(&rng, 0, 1));
        char    expression[60];
        for (int64_t i = 0; i < n; i++) {
            cache[i] = true;
            memcpy(mark + i * n, cache, (size_t)n * sizeof *cache);
            if (dense)
                content_weights(&p, i, i + 1, weight);
            else
                weights_over(&p, i, cache, weight);
            for (int64_t j = 0; j < n; j++) received[j] += weight[j];
            keep_heavy(received, i, h, r, cache);
        }
        snprintf(expression, sizeof expression, "heavy(h=%d, r=%d%s)", (int)h, (int)r,
                 dense ? ", by=dense" : "");
        content_assert(expression, &p, BACKGROUND_CAUSAL, mark);
        content_assert(expression, &p, BACKGROUND_BIDIRECTIONAL, mark); /* no key after the query */
        problem_done(&p);
        free(mark);
    }
}

static void a_cache_without_room_holds_the_own_key_alone(void **state)
{
    (void)state;
    Problem p;
    assert_int_equal(problem_toy(TOY_FLAT, 4, 2, 1, &p, NULL), STATUS_OK);
    Pattern *none = picture_bind("heavy(h=0, r=0)", 4, BACKGROUND_CAUSAL, &p);
    Pattern *window = picture_bind("heavy(h=0, r=1)", 4, BACKGROUND_CAUSAL, &p);
    Pattern *all = picture_bind("heavy(h=2147483647, r=2147483647)", 4, BACKGROUND_CAUSAL, &p);
    char    *a = picture_of(none), *b = picture_of(window), *c = picture_of(all);
    assert_string_equal(a, "#\n.#\n..#\n...#\n");
    assert_string_equal(b, "#\n##\n.##\n..##\n");
    assert_string_equal(c, "#\n##\n###\n####\n");
    assert_int_equal(pattern_class(none), CLASS_CONTENT);
    assert_int_equal(pattern_class(all), CLASS_HYBRID);
    free(a), free(b), free(c);
    pattern_free(none), pattern_free(window), pattern_free(all);
    problem_done(&p);
}

/* ---- tova ---- */

static void tova_keeps_what_the_last_query_weighs_most(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED + 1);
    print_message("seed %llu\n", (unsigned long long)SEED + 1);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t n = rng_int(&rng, 1, LARGEST), k = rng_int(&rng, 1, 9);
        bool    cache[LARGEST] = {false}, before[LARGEST],
             *mark = calloc((size_t)(n * n), sizeof *mark);
        double  weight[LARGEST];
        Problem p = content_random_scores(&rng, n, rng_int(&rng, 0, 1));
        char    expression[40];
        for (int64_t i = 0; i < n; i++) {
            cache[i] = true;
            memcpy(mark + i * n, cache, (size_t)n * sizeof *cache);
            memcpy(before, cache, sizeof before);
            weights_over(&p, i, cache, weight);
            for (int64_t j = 0; j <= i; j++)
                if (before[j] && content_before(weight, before, i + 1, j) >= k) cache[j] = false;
        }
        snprintf(expression, sizeof expression, "tova(k=%d)", (int)k);
        content_assert(expression, &p, BACKGROUND_CAUSAL, mark);
        content_assert(expression, &p, BACKGROUND_BIDIRECTIONAL, mark);
        problem_done(&p);
        free(mark);
    }
}

static void equal_weights_let_the_newest_key_go(void **state)
{
    (void)state;
    Problem p;
    assert_int_equal(problem_toy(TOY_FLAT, 5, 2, 1, &p, NULL), STATUS_OK);
    Pattern *pattern = picture_bind("tova(k=2)", 5, BACKGROUND_CAUSAL, &p);
    char    *text = picture_of(pattern);
    assert_string_equal(text, "#\n##\n###\n##.#\n##..#\n");
    free(text);
    pattern_free(pattern);
    problem_done(&p);
}

/* ---- snapkv ---- */

static void pool(const double *sum, int64_t keys, int64_t width, bool largest, double *pooled)
{
    for (int64_t j = 0; j < keys; j++) {
        double total = 0, most = 0;
        for (int64_t t = j - width / 2; t <= j + width / 2; t++) {
            double x = t >= 0 && t < keys ? sum[t] : 0;
            total += x;
            most = fmax(most, x);
        }
        pooled[j] = largest ? most : total / (double)width;
    }
}

static void define_kept(const Problem *p, int64_t prompt, int64_t w, int64_t c, int64_t width,
                        bool largest, bool *kept)
{
    double sum[LARGEST] = {0}, pooled[LARGEST], weight[LARGEST];
    for (int64_t j = 0; j < prompt; j++) kept[j] = prompt <= c || j >= prompt - w;
    if (prompt <= c) return;
    for (int64_t i = prompt - w; i < prompt; i++) {
        content_weights(p, i, i + 1, weight);
        for (int64_t j = 0; j < prompt; j++) sum[j] += weight[j];
    }
    pool(sum, prompt - w, width, largest, pooled);
    for (int64_t j = 0; j < prompt - w; j++)
        kept[j] = content_before(pooled, NULL, prompt - w, j) < c - w;
}

static void a_prompt_is_cut_down_to_what_its_last_queries_look_at(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED + 2);
    print_message("seed %llu\n", (unsigned long long)SEED + 2);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t n = rng_int(&rng, 1, LARGEST), prompt = rng_int(&rng, 1, n + 3),
                c = rng_int(&rng, 1, 12);
        int64_t w = rng_int(&rng, 1, c), width = 2 * rng_int(&rng, 0, 4) + 1,
                end = prompt < n ? prompt : n;
        bool largest = rng_int(&rng, 0, 1), kept[LARGEST] = {false},
             *mark = calloc((size_t)(n * n), sizeof *mark);
        Problem p = content_random_scores(&rng, n, rng_int(&rng, 0, 2) == 0);
        char    expression[100];
        define_kept(&p, end, w, c, width, largest, kept);
        for (int64_t i = 0; i < n; i++)
            for (int64_t j = 0; j <= i; j++) mark[i * n + j] = i < end || j >= end || kept[j];
        snprintf(expression, sizeof expression, "snapkv(w=%d, c=%d, pool=%d, by=%s, prompt=%d)",
                 (int)w, (int)c, (int)width, largest ? "max" : "mean", (int)prompt);
        content_assert(expression, &p, BACKGROUND_CAUSAL, mark);
        content_assert(expression, &p, BACKGROUND_BIDIRECTIONAL, mark);
        problem_done(&p);
        free(mark);
    }
}

/* ---- vertical_slash ---- */

typedef struct {
    int64_t v, s, last, keep;
} Lines;

static void define_lines(const Problem *p, const Lines *l, bool *column, bool *offset)
{
    double  of_column[LARGEST] = {0}, of_offset[LARGEST] = {0}, weight[LARGEST];
    int64_t n = p->n;
    bool    other[LARGEST];
    for (int64_t i = n > l->last ? n - l->last : 0; i < n; i++) {
        content_weights(p, i, i + 1, weight);
        for (int64_t j = 0; j <= i; j++) of_column[j] += weight[j], of_offset[i - j] += weight[j];
    }
    for (int64_t j = 0; j < n; j++) other[j] = j >= l->keep;
    for (int64_t j = 0; j < n; j++) {
        column[j] = !other[j] || content_before(of_column, other, n, j) < l->v - l->keep;
        offset[j] = !other[j] || content_before(of_offset, other, n, j) < l->s - l->keep;
    }
}

static void columns_and_diagonals_are_those_of_the_last_queries(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED + 3);
    print_message("seed %llu\n", (unsigned long long)SEED + 3);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t    n = rng_int(&rng, 1, LARGEST);
        Lines      l = {rng_int(&rng, 0, 8), rng_int(&rng, 0, 8), rng_int(&rng, 1, 40), 0};
        Background background = (Background)rng_int(&rng, 0, 1);
        bool       column[LARGEST], offset[LARGEST], *mark = calloc((size_t)(n * n), sizeof *mark);
        Problem    p = content_random_scores(&rng, n, rng_int(&rng, 0, 2) == 0);
        char       expression[80];
        l.keep = rng_int(&rng, 0, l.v < l.s ? l.v : l.s);
        define_lines(&p, &l, column, offset);
        for (int64_t i = 0; i < n; i++)
            for (int64_t j = 0; j < content_end(background, n, i); j++)
                mark[i * n + j] = column[j] || (j <= i && offset[i - j]);
        snprintf(expression, sizeof expression, "vertical_slash(v=%d, s=%d, last=%d, keep=%d)",
                 (int)l.v, (int)l.s, (int)l.last, (int)l.keep);
        content_assert(expression, &p, background, mark);
        problem_done(&p);
        free(mark);
    }
}

/* ---- sizes ---- */

/* What a step reads is not what it stores, and a cut prompt goes on growing. */
static void a_step_reads_one_key_more_than_the_cache_holds(void **state)
{
    (void)state;
    int64_t tova = content_count("tova(k=64)", 501, 500),
            snapkv = content_count("snapkv(w=32, c=320, prompt=1000)", 1010, 1009);
    assert_int_equal(tova, 65);
    assert_int_not_equal(tova, 64);  /* stores-for-reads */
    assert_int_not_equal(tova, 501); /* dense */
    assert_int_equal(snapkv, 330);
    assert_int_not_equal(snapkv, 320); /* stays-at-capacity */
    assert_int_not_equal(snapkv, 329); /* fencepost */
    assert_int_equal(content_count("h2o(h=64, r=64)", 501, 500), 129);
    assert_int_equal(content_count("snapkv(w=32, c=320, prompt=200)", 210, 209),
                     210); /* a short prompt stays whole */
}

static void closed_forms_count_every_row(void **state)
{
    (void)state;
    static const struct {
        const char *expression, *formula;
        int64_t     most; /* min(i+1, most) */
    } form[] = {{"tova(k=5)", "min(i+1, 6)", 6},
                {"heavy(h=3, r=2)", "min(i+1, 6)", 6},
                {"heavy(h=3, r=0, by=dense)", "min(i+1, 4)", 4},
                {"h2o(h=1, r=1)", "min(i+1, 3)", 3},
                {"snapkv(w=2, c=6)", "i+1", 1000}};
    Problem p;
    assert_int_equal(problem_toy(TOY_NEEDLE, 40, 4, 9, &p, NULL), STATUS_OK);
    for (size_t k = 0; k < sizeof form / sizeof *form; k++) {
        Pattern *pattern = picture_bind(form[k].expression, 40, BACKGROUND_CAUSAL, &p);
        char     text[80];
        for (int64_t i = 0, count; i < 40; i++) {
            assert_int_equal(pattern_count(pattern, i, &count), STATUS_OK);
            assert_int_equal(count, i + 1 < form[k].most ? i + 1 : form[k].most);
        }
        recipe_formula(pattern_recipe(pattern), text, sizeof text);
        assert_string_equal(text, form[k].formula);
        pattern_free(pattern);
    }
    problem_done(&p);
}

static void a_cut_prompt_has_a_closed_form_too(void **state)
{
    (void)state;
    Problem p;
    char    text[80];
    assert_int_equal(problem_toy(TOY_NEEDLE, 40, 4, 9, &p, NULL), STATUS_OK);
    Pattern *pattern =
        picture_bind("snapkv(w=2, c=6, pool=3, prompt=20)", 40, BACKGROUND_CAUSAL, &p);
    for (int64_t i = 0, count; i < 40; i++) {
        assert_int_equal(pattern_count(pattern, i, &count), STATUS_OK);
        assert_int_equal(count, i < 20 ? i + 1 : 6 + (i - 20) + 1);
    }
    recipe_formula(pattern_recipe(pattern), text, sizeof text);
    assert_string_equal(text, "i + 1 - max(0, 20 - 6)*[i >= 20]");
    pattern_free(pattern);
    problem_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heavy_is_a_cache_of_new_and_weighty_keys),
        cmocka_unit_test(a_cache_without_room_holds_the_own_key_alone),
        cmocka_unit_test(tova_keeps_what_the_last_query_weighs_most),
        cmocka_unit_test(equal_weights_let_the_newest_key_go),
        cmocka_unit_test(a_prompt_is_cut_down_to_what_its_last_queries_look_at),
        cmocka_unit_test(columns_and_diagonals_are_those_of_the_last_queries),
        cmocka_unit_test(a_step_reads_one_key_more_than_the_cache_holds),
        cmocka_unit_test(closed_forms_count_every_row),
        cmocka_unit_test(a_cut_prompt_has_a_closed_form_too),
    };
    return cmocka_run_group_tests_name("heavy, tova, snapkv, vertical_slash", tests, NULL, NULL);
}
