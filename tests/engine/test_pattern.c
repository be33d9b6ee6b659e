#include "engine/catalogue.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- pictures ---- */

static const struct {
    const char *expression;
    int64_t     n;
    Background  background;
    const char *picture;
} picture[] = {
    {"window(w=2) | sink(s=1)", 5, BACKGROUND_CAUSAL,
     "#\n"
     "##\n"
     "###\n"
     "#.##\n"
     "#..##\n"},
    {"band(left=1, right=1)", 4, BACKGROUND_BIDIRECTIONAL,
     "##..\n"
     "###.\n"
     ".###\n"
     "..##\n"},
    {"window(w=2)", 4, BACKGROUND_BIDIRECTIONAL, /* one-sided in both backgrounds */
     "#...\n"
     "##..\n"
     ".##.\n"
     "..##\n"},
    {"fixed(l=3, c=1)", 7, BACKGROUND_CAUSAL,
     "#\n"
     "##\n"
     "###\n"
     "..##\n"
     "..###\n"
     "..####\n"
     "..#..##\n"},
    {"strided(l=3)", 7, BACKGROUND_CAUSAL,
     "#\n"
     "##\n"
     "###\n"
     "####\n"
     ".####\n"
     "..####\n"
     "#..####\n"},
    {"axial(width=3)", 6, BACKGROUND_BIDIRECTIONAL,
     "####..\n"
     "###.#.\n"
     "###..#\n"
     "#..###\n"
     ".#.###\n"
     "..####\n"},
    {"global(at=[1])", 4, BACKGROUND_CAUSAL,
     ".\n"
     "##\n"
     ".#.\n"
     ".#..\n"},
    {"prefix(p=2)", 4, BACKGROUND_BIDIRECTIONAL,
     "##..\n"
     "##..\n"
     "###.\n"
     "####\n"},
    {"stride(s=3, phase=1)", 6, BACKGROUND_BIDIRECTIONAL,
     "..#..#\n"
     "#..#..\n"
     ".#..#.\n"
     "..#..#\n"
     "#..#..\n"
     ".#..#.\n"},
    {"block(b=2, back=-1, ahead=1)", 5, BACKGROUND_BIDIRECTIONAL, /* the next block alone */
     "..##.\n"
     "..##.\n"
     "....#\n"
     "....#\n"
     ".....\n"},
};

static void patterns_look_as_they_are_drawn(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof picture / sizeof *picture; k++) {
        Pattern *p = picture_bind(picture[k].expression, picture[k].n, picture[k].background, NULL);
        char    *text = picture_of(p);
        assert_string_equal(text, picture[k].picture);
        free(text);
        pattern_free(p);
    }
}

/* ---- row sizes for n = 16 and totals for n = 16 and 64, made by brute force elsewhere ---- */

static const struct {
    const char *expression;
    Background  background;
    int         row[16];
    int64_t     total16, total64;
} golden[] = {
    {"full", BACKGROUND_CAUSAL, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, 136, 2080},
    {"window(w=4)", BACKGROUND_CAUSAL, {1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4}, 58, 250},
    {"band(left=2, right=2)",
     BACKGROUND_BIDIRECTIONAL,
     {3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 3},
     74,
     314},
    {"dilated(w=4, d=3)",
     BACKGROUND_CAUSAL,
     {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4},
     46,
     238},
    {"band(left=2, right=2, step=2)",
     BACKGROUND_BIDIRECTIONAL,
     {3, 3, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 4, 4, 3, 3},
     68,
     308},
    {"sink(s=2) | window(w=4)",
     BACKGROUND_CAUSAL,
     {1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6},
     81,
     369},
    {"window(w=5)", BACKGROUND_CAUSAL, {1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, 70, 310},
    {"stride(s=4)", BACKGROUND_CAUSAL, {1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4}, 40, 544},
    {"window(w=4) | stride(s=4)",
     BACKGROUND_CAUSAL,
     {1, 2, 3, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7},
     82,
     730},
    {"block(b=4)", BACKGROUND_CAUSAL, {1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4}, 40, 160},
    {"columns(period=4, count=1)",
     BACKGROUND_CAUSAL,
     {0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4},
     28,
     496},
    {"block(b=4) | columns(period=4, count=1)",
     BACKGROUND_CAUSAL,
     {1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6, 4, 5, 6, 7},
     64,
     640},
    {"block(b=4, back=1)",
     BACKGROUND_CAUSAL,
     {1, 2, 3, 4, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8},
     88,
     400},
    {"axial(width=4)",
     BACKGROUND_CAUSAL,
     {1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6, 4, 5, 6, 7},
     64,
     640},
    {"prefix(p=5)",
     BACKGROUND_BIDIRECTIONAL,
     {5, 5, 5, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
     146,
     2090},
    {"band(left=2, right=2) | global(at=[0])",
     BACKGROUND_BIDIRECTIONAL,
     {16, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 5, 4},
     100,
     436},
    {"band(left=2, right=2) | global(at=[0,7])",
     BACKGROUND_BIDIRECTIONAL,
     {16, 5, 6, 7, 7, 6, 6, 16, 6, 6, 7, 7, 7, 7, 6, 5},
     120,
     552},
    {"band(left=2, right=2) | global(at=[0,7])",
     BACKGROUND_CAUSAL,
     {1, 2, 3, 4, 4, 4, 4, 8, 4, 4, 5, 5, 5, 5, 5, 5},
     68,
     308},
    {"window(w=4) | columns(period=4, count=1)",
     BACKGROUND_CAUSAL,
     {1, 2, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7},
     73,
     685},
    {"window(w=5) - self",
     BACKGROUND_CAUSAL,
     {0, 1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4},
     54,
     246},
};

static void row_sizes_and_totals_are_the_golden_ones(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof golden / sizeof *golden; k++) {
        Pattern *p = picture_bind(golden[k].expression, 16, golden[k].background, NULL);
        Pattern *large = picture_bind(golden[k].expression, 64, golden[k].background, NULL);
        int64_t  count, total;
        for (int64_t i = 0; i < 16; i++) {
            assert_int_equal(pattern_count(p, i, &count), STATUS_OK);
            if (count != golden[k].row[i])
                fail_msg("%s: row %d: %d", golden[k].expression, (int)i, (int)count);
        }
        assert_int_equal(pattern_total(p, &total), STATUS_OK);
        assert_int_equal(total, golden[k].total16);
        assert_int_equal(pattern_total(large, &total), STATUS_OK);
        assert_int_equal(total, golden[k].total64);
        pattern_free(p), pattern_free(large);
    }
}

static const struct {
    const char *expression;
    int64_t     n;
    Background  background;
    int64_t     i;
    const char *row;
} fact[] = {
    {"dilated(w=4, d=3)", 64, BACKGROUND_CAUSAL, 20, "11 14 17 20"},
    {"fixed(l=8, c=2)", 64, BACKGROUND_CAUSAL, 21, "6-7 14-21"},
    {"strided(l=4)", 64, BACKGROUND_CAUSAL, 13, "1 5 9-13"},
    {"axial(width=4)", 16, BACKGROUND_CAUSAL, 5, "1 4-5"},
    {"fixed(l=4, c=1)", 16, BACKGROUND_CAUSAL, 5, "3-5"},
    {"window(w=4)", 16, BACKGROUND_CAUSAL, 12, "9-12"},
    {"window(w=4) | sink(s=2)", 16, BACKGROUND_CAUSAL, 12, "0-1 9-12"},
    {"block(b=4, back=1)", 16, BACKGROUND_CAUSAL, 9, "4-9"},
    {"window(w=10) & stride(s=3)", 64, BACKGROUND_CAUSAL, 30, "21 24 27 30"},
    /* first token, own token and two before, at position 500 counted from 1 */
    {"streaming(s=1, w=3)", 1024, BACKGROUND_CAUSAL, 499, "0 497-499"},
};

static void rows_are_the_golden_ones(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof fact / sizeof *fact; k++) {
        Pattern *p = picture_bind(fact[k].expression, fact[k].n, fact[k].background, NULL);
        Runs     row = {0};
        char     text[100];
        assert_int_equal(pattern_row(p, fact[k].i, &row), STATUS_OK);
        runs_print(&row, " ", text, sizeof text);
        assert_string_equal(text, fact[k].row);
        runs_done(&row);
        pattern_free(p);
    }
}

static void columns_are_the_golden_ones(void **state)
{
    (void)state;
    Pattern *window = picture_bind("window(w=4)", 16, BACKGROUND_CAUSAL, NULL);
    Pattern *fixed = picture_bind("fixed(l=4, c=1)", 16, BACKGROUND_CAUSAL, NULL);
    Runs     column = {0};
    char     text[60];
    assert_int_equal(pattern_column(window, 3, &column), STATUS_OK);
    runs_print(&column, " ", text, sizeof text);
    assert_string_equal(text, "3-6");
    assert_int_equal(pattern_column(fixed, 3, &column), STATUS_OK);
    assert_int_equal(runs_count(&column), 13);
    runs_done(&column);
    pattern_free(window), pattern_free(fixed);
}

/* ---- the counting mistakes of the course: what is right, and what each slip gives ---- */

static int64_t count_at(const char *expression, int64_t n, Background background, int64_t i)
{
    Pattern *p = picture_bind(expression, n, background, NULL);
    int64_t  count;
    assert_int_equal(pattern_count(p, i, &count), STATUS_OK);
    pattern_free(p);
    return count;
}

static int64_t total_of(const char *expression, int64_t n, Background background)
{
    Pattern *p = picture_bind(expression, n, background, NULL);
    int64_t  total;
    assert_int_equal(pattern_total(p, &total), STATUS_OK);
    pattern_free(p);
    return total;
}

static void counting_problems_have_their_right_answers(void **state)
{
    (void)state;
    const Background C = BACKGROUND_CAUSAL, B = BACKGROUND_BIDIRECTIONAL;
    const struct {
        const char *id, *expression;
        int64_t     n;
        Background  background;
        int64_t     i, right;
    } problem[] = {
        {"M1", "window(w=4)", 64, C, 10, 4},
        {"M1a", "band(left=4)", 64, C, 10, 5},
        {"M1b", "window(w=5) - self", 64, C, 10, 4},
        {"M1b", "window(w=5) - self", 64, C, 0, 0},
        {"M1c", "band(left=4096)", 9000, C, 8000, 4097},
        {"M2", "streaming(s=1, w=3)", 1024, C, 499, 4},
        {"M3", "streaming(s=4, w=8)", 64, C, 9, 10},
        {"M3a", "streaming(s=4, w=8)", 64, C, 5, 6},
        {"M3a", "streaming(s=4, w=8)", 64, C, 10, 11},
        {"M3a", "streaming(s=4, w=8)", 64, C, 11, 12},
        {"M4", "window(w=8)", 64, C, 5, 6},
        {"M4", "window(w=8)", 64, C, 4, 5},
        {"M5", "band(left=2, right=2)", 10, B, 5, 5},
        {"M5", "band(left=2, right=2)", 10, C, 5, 3},
        {"M5a", "band(left=2, right=2)", 10, B, 0, 3},
        {"M5a", "band(left=2, right=2)", 10, B, 9, 3},
        {"M6", "dilated(w=4, d=3)", 64, C, 20, 4},
        {"M6a", "dilated(w=4, d=3)", 64, C, 5, 2},
        {"M11", "stride(s=16)", 400, C, 199, 13},
        {"M11a", "dilated(w=16, d=4)", 400, C, 199, 16},
        {"M11b", "fixed(l=16, c=2)", 400, C, 199, 32},
        {"M14", "block(b=4, back=1)", 16, C, 9, 6},
        {"M14", "block(b=4, back=1)", 16, C, 8, 5},
        {"M14", "block(b=4, back=1)", 16, C, 11, 8},
        {"M17", "prefix(p=6)", 16, B, 2, 6},
        {"M17", "prefix(p=6)", 16, B, 8, 9},
        {"A9", "columns(period=128, count=8)", 300, C, 119, 0},
        {"A16", "keys(at=[0,4,8,10,12])", 16, C, 12, 5},
    };
    for (size_t k = 0; k < sizeof problem / sizeof *problem; k++) {
        int64_t found =
            count_at(problem[k].expression, problem[k].n, problem[k].background, problem[k].i);
        if (found != problem[k].right) fail_msg("%s: %lld", problem[k].id, (long long)found);
    }
    assert_int_equal(total_of("window(w=4)", 10, C), 34);
    assert_int_equal(total_of("band(left=2, right=2)", 10, B), 44);
    assert_int_equal(total_of("window(w=2)", 8, C), 15);
    assert_int_equal(total_of("full", 1024, C), 524800);
    double saved =
        (double)total_of("full", 131072, C) / (double)total_of("window(w=4096)", 131072, C);
    assert_true(saved > 16.245 && saved < 16.255);
}

static void densities_divide_by_the_cells_of_the_background(void **state)
{
    (void)state;
    Pattern *causal = picture_bind("window(w=2)", 8, BACKGROUND_CAUSAL, NULL);
    Pattern *both = picture_bind("window(w=2)", 8, BACKGROUND_BIDIRECTIONAL, NULL);
    double   density;
    assert_int_equal(pattern_density(causal, &density), STATUS_OK);
    assert_true(density > 0.41666 && density < 0.41667);
    assert_int_equal(pattern_density(both, &density), STATUS_OK);
    assert_true(density > 0.23437 && density < 0.23438);
    assert_int_equal(pattern_allowed(8, BACKGROUND_CAUSAL), 36);
    assert_int_equal(pattern_allowed(8, BACKGROUND_BIDIRECTIONAL), 64);
    assert_int_equal(pattern_allowed_row(causal, 5), 6);
    assert_int_equal(pattern_allowed_row(both, 5), 8);
    pattern_free(causal), pattern_free(both);
}

/* ---- binding ---- */

static void rows_are_written_into_the_same_memory(void **state)
{
    (void)state;
    Pattern *p = picture_bind("(window(w=4) | stride(s=5)) & (block(b=9) | sink(s=2)) - self", 200,
                              BACKGROUND_CAUSAL, NULL);
    Runs     row = {0};
    for (int64_t i = 0; i < 200; i++) assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
    Run *memory = row.run;
    int  cap = row.cap;
    for (int64_t i = 199; i >= 0; i--) assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
    assert_ptr_equal(row.run, memory);
    assert_int_equal(row.cap, cap);
    runs_done(&row);
    pattern_free(p);
}

static void the_recipe_is_copied(void **state)
{
    (void)state;
    Recipe   recipe = picture_recipe("streaming(s=1, w=3)");
    Pattern *p;
    int64_t  count;
    char     text[60];
    assert_int_equal(pattern_new(&recipe, 20, BACKGROUND_CAUSAL, NULL, &p, NULL), STATUS_OK);
    assert_true(recipe_set(&recipe, 1, 9));
    assert_int_equal(pattern_count(p, 15, &count), STATUS_OK);
    assert_int_equal(count, 4);
    recipe_print(pattern_recipe(p), text, sizeof text);
    assert_string_equal(text, "streaming(s=1, w=3)");
    assert_int_equal(pattern_n(p), 20);
    assert_int_equal(pattern_background(p), BACKGROUND_CAUSAL);
    recipe_done(&recipe);
    pattern_free(p);
    pattern_free(NULL);
}

static void a_content_atom_without_content_is_named_with_its_column(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        int         column;
        const char *what;
    } missing[] = {{"topk(k=2)", 1, "topk reads scores"},
                   {"window(w=2) | topk(k=2)", 15, "topk reads scores"},
                   {"full - token(is=\".\")", 8, "token reads tokens"}};
    for (size_t k = 0; k < sizeof missing / sizeof *missing; k++) {
        Recipe   recipe = picture_recipe(missing[k].expression);
        Pattern *p;
        Why      why;
        assert_int_equal(pattern_new(&recipe, 9, BACKGROUND_CAUSAL, NULL, &p, &why),
                         STATUS_CONTENT);
        assert_null(p);
        assert_int_equal(why.column, missing[k].column);
        assert_string_equal(why.what, missing[k].what);
        recipe_done(&recipe);
    }
}

static void tokens_are_asked_of_a_problem_that_has_none(void **state)
{
    (void)state;
    Recipe   recipe = picture_recipe("self | token(is=\".\")");
    Problem  problem;
    Pattern *p;
    Why      why;
    assert_int_equal(problem_toy(TOY_FLAT, 9, 4, 1, &problem, NULL), STATUS_OK);
    assert_int_equal(pattern_new(&recipe, 9, BACKGROUND_CAUSAL, &problem, &p, &why),
                     STATUS_CONTENT);
    assert_int_equal(why.column, 8);
    assert_string_equal(why.what, "token reads tokens");
    problem_done(&problem);
    recipe_done(&recipe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_look_as_they_are_drawn),
        cmocka_unit_test(row_sizes_and_totals_are_the_golden_ones),
        cmocka_unit_test(rows_are_the_golden_ones),
        cmocka_unit_test(columns_are_the_golden_ones),
        cmocka_unit_test(counting_problems_have_their_right_answers),
        cmocka_unit_test(densities_divide_by_the_cells_of_the_background),
        cmocka_unit_test(rows_are_written_into_the_same_memory),
        cmocka_unit_test(the_recipe_is_copied),
        cmocka_unit_test(a_content_atom_without_content_is_named_with_its_column),
        cmocka_unit_test(tokens_are_asked_of_a_problem_that_has_none),
    };
    return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
