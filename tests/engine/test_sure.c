/* The guaranteed parts of content atoms, and the bounds of their parameters. */
#include "engine/sure.h"
#include "tests/engine/content_case.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { N = 24, DEALS = 40 };
static const uint64_t SEED = 85021;

static const struct {
    const char *expression, *sure; /* "" where nothing is guaranteed */
} part[] = {
    {"topk(k=2)", ""},
    {"tova(k=2)", ""},
    {"block_topk(b=4, k=1)", "block(b=4)"},
    {"block_topk(b=4, k=3, own=added, by=bounds)", "block(b=4)"},
    {"block_topk(b=4, k=3, own=free)", ""},
    {"heavy(h=3, r=2)", "window(w=3)"},
    {"heavy(h=3, r=2, by=dense)", "window(w=3)"},
    {"heavy(h=3, r=0)", ""},
    {"heavy(h=0, r=2147483647)", "window(w=2147483647)"},
    {"snapkv(w=2, c=5)", "keys(at=[-2,-1])"},
    {"snapkv(w=3, c=5)", "keys(at=[-3--1])"},
    {"snapkv(w=2, c=5, prompt=12)", "full - sink(s=10)"},
    {"snapkv(w=2, c=5, prompt=2)", "full"},
    {"vertical_slash(v=3, s=3)", ""},
    {"vertical_slash(v=3, s=4, keep=2)", "sink(s=2) | window(w=2)"},
};

static void guaranteed_parts_are_expressions(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
        Recipe           r = picture_recipe(part[k].expression), sure;
        const Mechanism *m = r.node[0].mechanism;
        char             text[80] = "";
        assert_int_equal(sure_recipe(m, r.value, &sure), STATUS_OK);
        if (sure.nodes > 0) recipe_print(&sure, text, sizeof text);
        assert_string_equal(text, part[k].sure);
        assert_int_equal(sure_class(m, r.value), sure.nodes > 0 ? CLASS_HYBRID : CLASS_CONTENT);
        recipe_done(&r), recipe_done(&sure);
    }
}

static void assert_inside(const Pattern *part_of, const Pattern *p, const char *expression)
{
    Runs sure = {0}, row = {0}, left = {0};
    for (int64_t i = 0; i < N; i++) {
        assert_int_equal(pattern_row(part_of, i, &sure), STATUS_OK);
        assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
        assert_int_equal(runs_minus(&sure, &row, &left), STATUS_OK);
        if (left.len > 0)
            fail_msg("%s: row %d lacks key %d", expression, (int)i, (int)left.run[0].lo);
    }
    runs_done(&sure), runs_done(&row), runs_done(&left);
}

static void what_is_guaranteed_is_there_in_every_deal(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int deal = 0; deal < DEALS; deal++) {
        Problem p = content_random_vectors(&rng, N, 4, deal % 2);
        for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
            if (!*part[k].sure) continue;
            /* policies read no later key: their part is clipped to the causal rows */
            Pattern *whole = picture_bind(part[k].expression, N, BACKGROUND_CAUSAL, &p);
            Pattern *sure = picture_bind(part[k].sure, N, BACKGROUND_CAUSAL, NULL);
            assert_inside(sure, whole, part[k].expression);
            pattern_free(whole), pattern_free(sure);
        }
        problem_done(&p);
    }
}

static void what_cannot_be_is_refused_where_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        int         column;
        const char *what;
    } refused[] = {
        {"topp(p=1.5)", 8, "topp needs p of at most 1"},
        {"above(t=-0.1)", 9, "above needs t of at least 0"},
        {"topp", 1, "topp needs p: share of the dense weight that the kept keys hold at least"},
        {"block_topk(b=0, k=1)", 14, "block_topk needs b of at least 1"},
        {"block_topk(b=1, k=0)", 19, "block_topk needs k of at least 1"},
        {"block_topk(b=1, k=1, own=maybe)", 26, "block_topk has no own \"maybe\""},
        {"lsh(buckets=3, chunk=4)", 13, "lsh needs buckets of 2, 4, 6, ..."},
        {"lsh(buckets=0, chunk=4)", 13, "lsh needs buckets of at least 2"},
        {"lsh(buckets=4)", 1, "lsh needs chunk: keys of a chunk in sorted order"},
        {"lsh(buckets=4, chunk=4, across=2)", 32, "lsh needs across of at most 1"},
        {"cluster(k=2, w=0)", 16, "cluster needs w of at least 1"},
        {"heavy(h=-1, r=0)", 9, "heavy needs h of at least 0"},
        {"h2o(h=0, r=0)", 12, "h2o needs r of at least 1"},
        {"tova(k=0)", 8, "tova needs k of at least 1"},
        {"snapkv(w=2, c=4, pool=4)", 23, "snapkv needs pool of 1, 3, 5, ..."},
        {"snapkv(w=5, c=4)", 10, "snapkv needs w of at most c"},
        {"snapkv(w=1, c=4, prompt=0)", 25, "snapkv needs prompt of at least 1"},
        {"vertical_slash(v=1, s=4, keep=2)", 31,
         "vertical_slash needs keep of at most v and of at most s"},
        {"vertical_slash(v=4, s=1, keep=2)", 31,
         "vertical_slash needs keep of at most v and of at most s"},
        {"sparsemax(t=1)", 11, "sparsemax has no parameter \"t\""},
    };
    for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
        Recipe r;
        Why    why = {0};
        assert_int_not_equal(
            recipe_parse(refused[k].expression, strlen(refused[k].expression), &r, &why),
            STATUS_OK);
        if (strcmp(why.what, refused[k].what) != 0 || why.column != refused[k].column)
            fail_msg("%s: column %d: %s", refused[k].expression, (int)why.column, why.what);
    }
}

static void the_ends_of_what_can_be_are_taken(void **state)
{
    (void)state;
    static const char *const good[] = {"topp(p=0)",
                                       "topp(p=1)",
                                       "above(t=0)",
                                       "above(t=1)",
                                       "heavy(h=0, r=0)",
                                       "vertical_slash(v=0, s=0)",
                                       "minference(v=0, s=1)",
                                       "snapkv(w=4, c=4)",
                                       "snapkv(w=4, c=4, pool=1, prompt=1)",
                                       "lsh(buckets=2, chunk=1, seed=0)",
                                       "block_topk(b=2147483647, k=2147483647)",
                                       "vertical_slash(v=2, s=2, keep=2)",
                                       "tova(k=2147483647)"};
    Problem                  p;
    assert_int_equal(problem_toy(TOY_CLUSTERS, 7, 4, 3, &p, NULL), STATUS_OK);
    for (size_t k = 0; k < sizeof good / sizeof *good; k++) {
        Pattern *pattern = picture_bind(good[k], 7, BACKGROUND_BIDIRECTIONAL, &p);
        char    *text = picture_of(pattern);
        free(text);
        pattern_free(pattern);
    }
    problem_done(&p);
}

static void shapes_say_what_is_chosen(void **state)
{
    (void)state;
    static const struct {
        const char *expression, *shape;
    } told[] = {
        {"topp(p=0.9)", "the fewest keys with 0.9 of the weight"},
        {"above(t=0.05) | sparsemax",
         "the keys with a weight of at least 0.05 plus the support of the sparsemax"},
        {"entmax15", "the support of the 1.5-entmax"},
        {"block_topk(b=4, k=1)", "the own block of 4"},
        {"block_topk(b=4, k=2)", "the own block of 4 and the best other one"},
        {"block_topk(b=4, k=3)", "the own block of 4 and the best others, 3 in all"},
        {"block_topk(b=4, k=1, own=added)", "the own block of 4 and the best other one"},
        {"block_topk(b=4, k=3, own=added)", "the own block of 4 and the 3 best others"},
        {"block_topk(b=4, k=1, own=free)", "the best block of 4"},
        {"block_topk(b=4, k=3, own=free)", "the 3 best blocks of 4"},
        {"lsh(buckets=8, chunk=4)",
         "keys of the same hash of 8, from chunks of 4 and the ones before"},
        {"lsh(buckets=8, rounds=2, chunk=4)",
         "keys of the same hash of 8, in 2 rounds, from chunks of 4 and the ones before"},
        {"cluster(k=1, w=4)", "one cluster of the 4 queries and 4 keys nearest to each"},
        {"heavy(h=0, r=0)", "the own key"},
        {"heavy(h=1, r=1)", "the own key and the one before, and the heaviest older key"},
        {"h2o(h=3, r=2)", "the own key, the 2 before, and the 3 heaviest older keys"},
        {"tova(k=3)", "the own key and the 3 keys with most weight from the query before"},
        {"snapkv(w=2, c=6)", "the triangle of the prompt"},
        {"snapkv(w=2, c=6, prompt=9)",
         "the triangle of the first 9, then 6 of their columns and all later keys"},
        {"vertical_slash(v=1, s=3)", "the best column and the 3 best diagonals"},
        {"moba(b=4, k=3)", "the own block of 4 and the best others, 3 in all"},
        {"nsa(b=4, k=2, w=3)", "the own block of 4, the best other one, plus band of width 3"},
        {"same_token", "cells where query and key are the same token"},
    };
    for (size_t k = 0; k < sizeof told / sizeof *told; k++) {
        Recipe r = picture_recipe(told[k].expression);
        char   text[200];
        recipe_describe(&r, text, sizeof text);
        assert_string_equal(text, told[k].shape);
        recipe_done(&r);
    }
}

/* A slider that goes up by one comes to the next good value, not to a stop. */
static void moves_go_from_one_good_value_to_the_next(void **state)
{
    (void)state;
    Recipe r = picture_recipe("lsh(buckets=4, chunk=3)"),
           s = picture_recipe("snapkv(w=2, c=4, pool=5)");
    assert_true(recipe_set(&r, 0, 5));
    assert_int_equal(r.value[0].lo, 6);
    assert_true(recipe_set(&r, 0, 5));
    assert_int_equal(r.value[0].lo, 4);
    assert_true(recipe_set(&r, 0, 1));
    assert_int_equal(r.value[0].lo, 2);
    assert_true(recipe_set(&r, 0, 1e12));
    assert_int_equal(r.value[0].lo, 2147483646);
    assert_true(recipe_set(&s, 2, 6));
    assert_int_equal(s.value[2].lo, 7);
    assert_true(recipe_set(&s, 0, 9)); /* w goes as far as c lets it */
    assert_int_equal(s.value[0].lo, 4);
    recipe_done(&r), recipe_done(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guaranteed_parts_are_expressions),
        cmocka_unit_test(what_is_guaranteed_is_there_in_every_deal),
        cmocka_unit_test(what_cannot_be_is_refused_where_it_stands),
        cmocka_unit_test(the_ends_of_what_can_be_are_taken),
        cmocka_unit_test(shapes_say_what_is_chosen),
        cmocka_unit_test(moves_go_from_one_good_value_to_the_next),
    };
    return cmocka_run_group_tests_name("guaranteed parts and bounds", tests, NULL, NULL);
}
