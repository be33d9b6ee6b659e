/* Rules with chance, and the designs that are made of more than two atoms. */
#include "engine/rng.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t SEED = 9203;

typedef struct {
    int64_t    n, r, b, seed;
    Background background;
    char       text[200];
} Draw;

static Draw any_draw(Rng *rng, const char *format)
{
    Draw d = {.n = rng_int(rng, 1, 60),
              .r = rng_int(rng, 1, 6),
              .b = rng_int(rng, 1, 7),
              .seed = rng_int(rng, 0, 2147483647),
              .background = (Background)rng_int(rng, 0, 1)};
    snprintf(d.text, sizeof d.text, format, (long long)d.r, (long long)d.seed, (long long)d.b);
    return d;
}

/* The key blocks that row i holds, each whole but for what the background clips and for the text's
 * end: their number, or a failure. */
static int64_t blocks_of(const Draw *d, const Pattern *p, int64_t i, bool *held)
{
    int64_t blocks = 0;
    Runs    row = {0};
    assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
    for (int64_t e = 0; e * d->b < d->n; e++) {
        int64_t lo = e * d->b, hi = lo + d->b < d->n ? lo + d->b : d->n,
                end = pattern_allowed_row(p, i);
        int64_t visible = end < lo   ? 0
                          : end < hi ? end - lo
                                     : hi - lo,
                keys = runs_count_in(&row, lo, hi);
        if (keys != 0 && keys != visible)
            fail_msg("%s, n=%d, row %d: a part of block %d", d->text, (int)d->n, (int)i, (int)e);
        held[e] = keys > 0;
        blocks += keys > 0;
    }
    runs_done(&row);
    return blocks;
}

static void a_query_block_draws_r_different_blocks_of_those_it_may_see(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < 3000; round++) {
        Draw     d = any_draw(&rng, "random(r=%lld, seed=%lld, b=%lld)");
        Pattern *p = picture_bind(d.text, d.n, d.background, NULL);
        bool     held[64], first[64];
        for (int64_t i = 0; i < d.n; i++) {
            int64_t own = i / d.b,
                    all = d.background == BACKGROUND_CAUSAL ? own + 1 : (d.n - 1) / d.b + 1;
            int64_t blocks = blocks_of(&d, p, i, held);
            if (blocks != (d.r < all ? d.r : all))
                fail_msg("%s, row %d: %d blocks", d.text, (int)i, (int)blocks);
            if (i % d.b == 0) memcpy(first, held, sizeof first);
            for (int64_t e = 0; e * d.b < d.n; e++) assert_int_equal(held[e], first[e]);
        }
        pattern_free(p);
    }
}

static void far_blocks_are_neither_near_nor_first_nor_last(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED + 1);
    for (int round = 0; round < 3000; round++) {
        Draw     d = any_draw(&rng, "random(r=%lld, seed=%lld, b=%lld, from=far)");
        Pattern *p = picture_bind(d.text, d.n, d.background, NULL);
        bool     held[64];
        for (int64_t i = 0; i < d.n; i++) {
            int64_t own = i / d.b, last = (d.n - 1) / d.b, candidates = 0;
            int64_t blocks = blocks_of(&d, p, i, held);
            for (int64_t e = 0; e <= last; e++) {
                bool near = e >= own - 1 && e <= own + 1,
                     later = d.background == BACKGROUND_CAUSAL && e > own;
                bool far = !near && !later && e != 0 && e != last;
                candidates += far;
                if (held[e] && !far)
                    fail_msg("%s, n=%d, row %d: block %d", d.text, (int)d.n, (int)i, (int)e);
            }
            assert_int_equal(blocks, d.r < candidates ? d.r : candidates);
        }
        pattern_free(p);
    }
}

/* Over many seeds each of the 10 blocks is drawn about equally often: 4000 * 3 / 10 = 1200 times, with a
 * standard deviation below 30. */
static void every_block_has_the_same_chance(void **state)
{
    (void)state;
    int times[10] = {0};
    for (int seed = 0; seed < 4000; seed++) {
        char text[80];
        bool has;
        snprintf(text, sizeof text, "random(r=3, seed=%d, b=2)", seed);
        Pattern *p = picture_bind(text, 20, BACKGROUND_BIDIRECTIONAL, NULL);
        for (int e = 0; e < 10; e++) {
            assert_int_equal(pattern_has(p, 7, 2 * e, &has), STATUS_OK);
            times[e] += has;
        }
        pattern_free(p);
    }
    for (int e = 0; e < 10; e++)
        if (times[e] < 1050 || times[e] > 1350) fail_msg("block %d: %d times", e, times[e]);
}

/* Attempts and lessons depend on these draws: they may never change. */
static void a_seed_means_the_same_draw_for_ever(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t     i;
        const char *row;
    } fixed[] = {
        {"random(r=4, seed=1)", 40, "9 22-23 34"},
        {"random(r=4, seed=2)", 40, "2 15 27 36"},
        {"random(r=2, seed=1, b=4)", 40, "0-3 24-27"},
        {"bigbird(b=4, r=2, seed=1)", 30, "0-7 12-15 24-30"},
    };
    for (size_t k = 0; k < sizeof fixed / sizeof *fixed; k++) {
        Pattern *p = picture_bind(fixed[k].text, 64, BACKGROUND_CAUSAL, NULL);
        Runs     row = {0};
        char     text[200];
        assert_int_equal(pattern_row(p, fixed[k].i, &row), STATUS_OK);
        runs_print(&row, " ", text, sizeof text);
        assert_string_equal(text, fixed[k].row);
        runs_done(&row);
        pattern_free(p);
    }
}

static void a_longer_text_keeps_the_causal_draws(void **state)
{
    (void)state;
    Pattern *a = picture_bind("random(r=3, seed=9)", 40, BACKGROUND_CAUSAL, NULL);
    Pattern *b = picture_bind("random(r=3, seed=9)", 90, BACKGROUND_CAUSAL, NULL);
    Runs     x = {0}, y = {0};
    for (int64_t i = 0; i < 40; i++) {
        assert_int_equal(pattern_row(a, i, &x), STATUS_OK);
        assert_int_equal(pattern_row(b, i, &y), STATUS_OK);
        assert_true(runs_equal(&x, &y));
    }
    runs_done(&x), runs_done(&y);
    pattern_free(a), pattern_free(b);
}

/* ---- bigbird ---- */

/* Blocks of n = 4096, b = 64, r = 3: nb, 4+r, 5+r, ..., 5+r, 4+r, nb; 622 in all. */
static void bigbird_has_the_blocks_of_the_paper(void **state)
{
    (void)state;
    static const struct {
        int64_t i, count;
    } row[] = {{0, 4096},   {63, 4096},  {64, 448},    {128, 512},
               {2000, 512}, {4000, 448}, {4032, 4096}, {4095, 4096}};
    Pattern *p = picture_bind("bigbird(b=64, r=3, seed=1)", 4096, BACKGROUND_BIDIRECTIONAL, NULL);
    int64_t  count, total;
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        assert_int_equal(pattern_count(p, row[k].i, &count), STATUS_OK);
        assert_int_equal(count, row[k].count);
    }
    assert_int_equal(pattern_total(p, &total), STATUS_OK);
    assert_int_equal(total, 622 * 64 * 64);
    pattern_free(p);
    p = picture_bind("bigbird(b=1, r=1, seed=4)", 8, BACKGROUND_BIDIRECTIONAL, NULL);
    static const int64_t of_eight[] = {8, 5, 6, 6, 6, 6, 5, 8};
    for (int64_t i = 0; i < 8; i++) {
        assert_int_equal(pattern_count(p, i, &count), STATUS_OK);
        assert_int_equal(count, of_eight[i]);
    }
    pattern_free(p);
}

static void bigbird_is_its_window_its_ends_and_its_draw(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED + 2);
    for (int round = 0; round < 1000; round++) {
        Draw d = any_draw(&rng, "random(r=%lld, seed=%lld, b=%lld, from=far)");
        char text[200];
        snprintf(text, sizeof text, "bigbird(b=%lld, r=%lld, seed=%lld)", (long long)d.b,
                 (long long)d.r, (long long)d.seed);
        Pattern *p = picture_bind(text, d.n, d.background, NULL),
                *far = picture_bind(d.text, d.n, d.background, NULL);
        for (int64_t i = 0; i < d.n; i++)
            for (int64_t j = 0; j < pattern_allowed_row(p, i); j++) {
                int64_t q = i / d.b, e = j / d.b, last = (d.n - 1) / d.b;
                bool    drawn, has, end = q == 0 || q == last || e == 0 || e == last;
                assert_int_equal(pattern_has(far, i, j, &drawn), STATUS_OK);
                assert_int_equal(pattern_has(p, i, j, &has), STATUS_OK);
                if (has != (end || drawn || (e >= q - 1 && e <= q + 1)))
                    fail_msg("%s, n=%d: (%d, %d)", text, (int)d.n, (int)i, (int)j);
            }
        pattern_free(p), pattern_free(far);
    }
}

/* ---- longnet ---- */

static void longnet_is_the_union_of_its_branches(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED + 3);
    for (int round = 0; round < 1000; round++) {
        int64_t w[4], r[4], n = rng_int(&rng, 1, 40), branches = rng_int(&rng, 0, 4);
        char    text[200] = "longnet(r=[";
        for (int k = 0; k < branches; k++) {
            size_t len = strlen(text);
            w[k] = rng_int(&rng, 1, 20), r[k] = rng_int(&rng, 1, 5);
            snprintf(text + len, sizeof text - len, "%s%lld", k > 0 ? "," : "", (long long)r[k]);
        }
        snprintf(text + strlen(text), sizeof text - strlen(text), "], w=[");
        for (int k = 0; k < branches; k++)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%lld", k > 0 ? "," : "",
                     (long long)w[k]);
        snprintf(text + strlen(text), sizeof text - strlen(text), "])");
        Pattern *p = picture_bind(text, n, (Background)rng_int(&rng, 0, 1), NULL);
        for (int64_t i = 0; i < n; i++)
            for (int64_t j = 0; j < pattern_allowed_row(p, i); j++) {
                bool expected = false, has;
                for (int k = 0; k < branches; k++)
                    expected = expected || (i / w[k] == j / w[k] && i % w[k] % r[k] == 0 &&
                                            j % w[k] % r[k] == 0);
                assert_int_equal(pattern_has(p, i, j, &has), STATUS_OK);
                if (has != expected) fail_msg("%s, n=%d: (%d, %d)", text, (int)n, (int)i, (int)j);
            }
        pattern_free(p);
    }
}

static void a_design_stays_a_design(void **state)
{
    (void)state;
    static const char *const text[] = {"longnet(w=[4,8,16], r=[1,2,4])", "longnet(w=[], r=[])",
                                       "longnet(w=[1-3], r=[5,5,5])", "bigbird(b=64, r=3, seed=1)",
                                       "longformer(w=2, at=[0,-1]) | longnet(w=[8], r=[1])"};
    static const char *const flat[] = {
        "segment(w=4, r=1) | segment(w=8, r=2) | segment(w=16, r=4)", "keys(at=[])",
        "segment(w=1, r=5) | segment(w=2, r=5) | segment(w=3, r=5)",
        ("block(b=64, back=1, ahead=1) | global(at=[-1,0], b=64) | random(r=3, seed=1, b=64, "
         "from=far)"),
        "band(left=2, right=2) | global(at=[-1,0]) | segment(w=8, r=1)"};
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
        char   out[300];
        Recipe r = picture_recipe(text[k]), expanded = {0};
        recipe_print(&r, out, sizeof out);
        Recipe again = picture_recipe(out);
        assert_true(recipe_equal(&r, &again));
        assert_int_equal(recipe_expand(&r, &expanded, NULL), STATUS_OK);
        Recipe expected = picture_recipe(flat[k]);
        if (!recipe_equal(&expanded, &expected)) {
            recipe_print(&expanded, out, sizeof out);
            fail_msg("%s: %s", text[k], out);
        }
        assert_int_equal(recipe_class(&r), CLASS_POSITIONAL);
        recipe_done(&r), recipe_done(&again), recipe_done(&expanded), recipe_done(&expected);
    }
}

static void what_cannot_be_is_refused_where_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int         column;
        const char *what;
    } wrong[] = {
        {"longnet(w=[4,8], r=[1])", 20, "longnet needs as many numbers in r as in w"},
        {"longnet(w=[1-300], r=[1-300])", 11, "longnet needs w of at most 256 numbers"},
        {"segment(w=8, r=2, offset=2)", 26, "segment needs offset smaller than r"},
        {"random(r=2)", 1, "random needs seed: another number, another draw"},
        {"log(base=1)", 10, "log needs base of at least 2"},
        {"log(restart=0)", 13, "log needs restart of at least 1"},
        {"document(lens=[3,-1])", 15, "document needs numbers in lens of at least 0"},
        {"tree(parent=[-2])", 13, "tree needs numbers in parent of at least -1"},
        {"chosen(b=2, of=[0])", 16, "chosen needs lists in the list of"},
        {"neighborhood(k=0)", 16, "neighborhood needs k of at least 1"},
    };
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        Recipe r = {0};
        Why    why = {0};
        assert_int_not_equal(recipe_parse(wrong[k].text, strlen(wrong[k].text), &r, &why),
                             STATUS_OK);
        assert_string_equal(why.what, wrong[k].what);
        assert_int_equal(why.column, wrong[k].column);
        recipe_done(&r);
    }
}

static void a_circle_is_no_tree(void **state)
{
    (void)state;
    static const char *const text[] = {"self | tree(parent=[0])", "self | tree(parent=[-1,2,3,1])",
                                       "self | tree(parent=[1-9])"};
    static const Status      expected[] = {STATUS_RANGE, STATUS_RANGE,
                                           STATUS_OK}; /* 1-9 leads out of the text */
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
        Recipe   r = picture_recipe(text[k]);
        Pattern *p = NULL;
        Why      why = {0};
        assert_int_equal(pattern_new(&r, 6, BACKGROUND_CAUSAL, NULL, &p, &why), expected[k]);
        if (expected[k]) assert_string_equal(why.what, "tree needs parents without a circle");
        if (expected[k]) assert_int_equal(why.column, 8);
        pattern_free(p);
        recipe_done(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_block_draws_r_different_blocks_of_those_it_may_see),
        cmocka_unit_test(far_blocks_are_neither_near_nor_first_nor_last),
        cmocka_unit_test(every_block_has_the_same_chance),
        cmocka_unit_test(a_seed_means_the_same_draw_for_ever),
        cmocka_unit_test(a_longer_text_keeps_the_causal_draws),
        cmocka_unit_test(bigbird_has_the_blocks_of_the_paper),
        cmocka_unit_test(bigbird_is_its_window_its_ends_and_its_draw),
        cmocka_unit_test(longnet_is_the_union_of_its_branches),
        cmocka_unit_test(a_design_stays_a_design),
        cmocka_unit_test(what_cannot_be_is_refused_where_it_stands),
        cmocka_unit_test(a_circle_is_no_tree),
    };
    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
