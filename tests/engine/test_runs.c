#include "engine/rng.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 40, ROUNDS = 3000 };
static const uint64_t SEED = 20240611;

/* ---- the oracle: a set as bools ---- */

typedef struct {
    bool in[WIDTH];
} Bits;

static Bits random_bits(Rng *rng)
{
    Bits    bits = {0};
    int64_t density = rng_int(rng, 0, 9);
    for (int k = 0; k < WIDTH; k++) bits.in[k] = rng_int(rng, 0, 9) < density;
    return bits;
}

static void to_runs(const Bits *bits, Runs *out)
{
    runs_clear(out);
    for (int k = 0; k < WIDTH; k++)
        if (bits->in[k]) assert_int_equal(runs_append(out, k, k + 1), STATUS_OK);
}

static void assert_same(const Runs *s, const Bits *bits)
{
    assert_null(runs_valid(s));
    int64_t count = 0;
    for (int k = 0; k < WIDTH; k++) {
        assert_int_equal(runs_has(s, k), bits->in[k]);
        count += bits->in[k];
    }
    assert_int_equal(runs_count(s), count);
}

/* ---- one example each ---- */

static Runs drawn(const char *line)
{
    Runs s = {0};
    picture_runs(line, &s);
    return s;
}

static void assert_drawn(const Runs *s, const char *line)
{
    Runs expected = drawn(line);
    assert_null(runs_valid(s));
    assert_true(runs_equal(s, &expected));
    runs_done(&expected);
}

static void union_of_touching_runs_is_one_run(void **state)
{
    (void)state;
    Runs a = drawn("##......"), b = drawn("..###..."), out = {0};
    assert_int_equal(runs_union(&a, &b, &out), STATUS_OK);
    assert_drawn(&out, "#####...");
    assert_int_equal(out.len, 1);
    runs_done(&a), runs_done(&b), runs_done(&out);
}

static void the_empty_set_joins_meets_and_prints(void **state)
{
    (void)state;
    Runs a = {0}, b = drawn("#.#"), out = {0};
    char text[8] = "x";
    assert_int_equal(runs_union(&a, &a, &out), STATUS_OK);
    assert_int_equal(runs_count(&out), 0);
    assert_int_equal(runs_union(&a, &b, &out), STATUS_OK);
    assert_drawn(&out, "#.#");
    assert_int_equal(runs_intersect(&a, &b, &out), STATUS_OK);
    assert_int_equal(out.len, 0);
    assert_int_equal(runs_minus(&b, &a, &out), STATUS_OK);
    assert_drawn(&out, "#.#");
    runs_clip(&a, 3, 9);
    assert_int_equal(runs_print(&a, " ", text, sizeof text), 0);
    assert_string_equal(text, "");
    runs_done(&b), runs_done(&out);
}

static void an_added_run_swallows_what_it_covers_or_touches(void **state)
{
    (void)state;
    Runs s = drawn("#..#.#..#");
    assert_int_equal(runs_add(&s, 2, 6), STATUS_OK);
    assert_drawn(&s, "#.####..#");
    assert_int_equal(runs_add(&s, 6, 8), STATUS_OK);
    assert_drawn(&s, "#.#######");
    assert_int_equal(runs_add(&s, 5, 5), STATUS_OK);
    assert_int_equal(runs_add(&s, 1, 2), STATUS_OK);
    assert_drawn(&s, "#########");
    assert_int_equal(runs_add(&s, 11, 12), STATUS_OK);
    assert_drawn(&s, "#########..#");
    runs_done(&s);
}

static void appending_behind_or_onto_the_last_run_keeps_the_order(void **state)
{
    (void)state;
    Runs s = {0};
    assert_int_equal(runs_append(&s, 2, 5), STATUS_OK);
    assert_int_equal(runs_append(&s, 4, 4), STATUS_OK);
    assert_int_equal(runs_append(&s, 5, 4), STATUS_OK);
    assert_int_equal(runs_append(&s, 3, 4), STATUS_OK);
    assert_drawn(&s, "..###");
    assert_int_equal(runs_append(&s, 5, 6), STATUS_OK);
    assert_int_equal(runs_append(&s, 8, 9), STATUS_OK);
    assert_drawn(&s, "..####..#");
    runs_done(&s);
}

static void runs_print_with_inclusive_ends(void **state)
{
    (void)state;
    Runs s = drawn("##.......####.#");
    char text[32];
    assert_int_equal(runs_print(&s, " ", text, sizeof text), 11);
    assert_string_equal(text, "0-1 9-12 14");
    assert_int_equal(runs_print(&s, ", ", text, sizeof text), 13);
    assert_string_equal(text, "0-1, 9-12, 14");
    runs_done(&s);
}

static void a_text_that_does_not_fit_is_cut_and_its_length_told(void **state)
{
    (void)state;
    Runs s = drawn("##.......####");
    char text[5];
    assert_int_equal(runs_print(&s, " ", text, sizeof text), 8);
    assert_string_equal(text, "0-1 ");
    assert_int_equal(runs_print(&s, " ", NULL, 0), 8);
    runs_done(&s);
}

static void broken_sets_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        Run         run[2];
        const char *word;
    } broken[] = {
        {{{-1, 2}, {4, 5}}, "before position 0"},
        {{{3, 3}, {4, 5}}, "empty"},
        {{{3, 2}, {4, 5}}, "backwards"},
        {{{0, 5}, {4, 6}}, "overlap"},
        {{{4, 5}, {0, 1}}, "ascend"},
        {{{0, 4}, {4, 6}}, "touch"},
    };
    for (size_t k = 0; k < sizeof broken / sizeof *broken; k++) {
        Run  run[2] = {broken[k].run[0], broken[k].run[1]};
        Runs s = {run, 2, 2};
        assert_non_null(runs_valid(&s));
        assert_non_null(strstr(runs_valid(&s), broken[k].word));
    }
}

static void positions_near_the_largest_are_held(void **state)
{
    (void)state;
    int64_t n = 2147483647;
    Runs    s = {0};
    assert_int_equal(runs_append(&s, 0, 1), STATUS_OK);
    assert_int_equal(runs_append(&s, 2, n), STATUS_OK);
    assert_int_equal(runs_count(&s), n - 1);
    assert_true(runs_has(&s, n - 1));
    assert_false(runs_has(&s, n));
    assert_int_equal(runs_count_in(&s, n - 3, n + 3), 3);
    runs_done(&s);
}

/* ---- against the oracle ---- */

static void algebra_agrees_with_bools(void **state)
{
    (void)state;
    Rng  rng = rng_seeded(SEED);
    Runs a = {0}, b = {0}, out = {0};
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < ROUNDS; round++) {
        Bits x = random_bits(&rng), y = random_bits(&rng), either = {0}, both = {0}, without = {0};
        for (int k = 0; k < WIDTH; k++) {
            either.in[k] = x.in[k] || y.in[k];
            both.in[k] = x.in[k] && y.in[k];
            without.in[k] = x.in[k] && !y.in[k];
        }
        to_runs(&x, &a), to_runs(&y, &b);
        assert_int_equal(runs_union(&a, &b, &out), STATUS_OK);
        assert_same(&out, &either);
        assert_int_equal(runs_intersect(&a, &b, &out), STATUS_OK);
        assert_same(&out, &both);
        assert_int_equal(runs_minus(&a, &b, &out), STATUS_OK);
        assert_same(&out, &without);
        assert_int_equal(runs_equal(&a, &b), memcmp(&x, &y, sizeof x) == 0);
        assert_int_equal(runs_copy(&a, &out), STATUS_OK);
        assert_true(runs_equal(&a, &out));
    }
    runs_done(&a), runs_done(&b), runs_done(&out);
}

static void adding_clipping_and_counting_agree_with_bools(void **state)
{
    (void)state;
    Rng  rng = rng_seeded(SEED + 1);
    Runs s = {0};
    print_message("seed %llu\n", (unsigned long long)SEED + 1);
    for (int round = 0; round < ROUNDS; round++) {
        Bits    x = random_bits(&rng);
        int64_t lo = rng_int(&rng, 0, WIDTH - 1), hi = rng_int(&rng, 0, WIDTH), count = 0;
        to_runs(&x, &s);
        for (int64_t k = lo; k < hi; k++) count += x.in[k];
        assert_int_equal(runs_count_in(&s, lo, hi), count);
        assert_int_equal(runs_add(&s, lo, hi), STATUS_OK);
        for (int64_t k = lo; k < hi; k++) x.in[k] = true;
        assert_same(&s, &x);
        lo = rng_int(&rng, 0, WIDTH - 1), hi = rng_int(&rng, 0, WIDTH);
        runs_clip(&s, lo, hi);
        for (int64_t k = 0; k < WIDTH; k++) x.in[k] = x.in[k] && k >= lo && k < hi;
        assert_same(&s, &x);
    }
    runs_done(&s);
}

static void printed_runs_read_back(void **state)
{
    (void)state;
    Rng  rng = rng_seeded(SEED + 2);
    Runs s = {0}, back = {0};
    for (int round = 0; round < 300; round++) {
        Bits x = random_bits(&rng);
        char text[400], *at = text;
        to_runs(&x, &s);
        size_t len = runs_print(&s, " ", text, sizeof text);
        assert_int_equal(len, strlen(text));
        runs_clear(&back);
        for (int used; *at; at += used) {
            long long lo, hi;
            if (sscanf(at, "%lld-%lld%n", &lo, &hi, &used) != 2) {
                assert_int_equal(sscanf(at, "%lld%n", &lo, &used), 1);
                hi = lo;
            }
            assert_int_equal(runs_append(&back, lo, hi + 1), STATUS_OK);
        }
        assert_true(runs_equal(&s, &back));
    }
    runs_done(&s), runs_done(&back);
}

static void writing_a_set_again_keeps_its_memory(void **state)
{
    (void)state;
    Runs a = drawn("#.#.#.#.#.#"), b = drawn(".#.......#."), out = {0};
    assert_int_equal(runs_union(&a, &b, &out), STATUS_OK);
    Run *memory = out.run;
    for (int k = 0; k < 10; k++) {
        assert_int_equal(runs_intersect(&a, &b, &out), STATUS_OK);
        assert_int_equal(runs_union(&a, &b, &out), STATUS_OK);
    }
    assert_ptr_equal(out.run, memory);
    runs_done(&a), runs_done(&b), runs_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(union_of_touching_runs_is_one_run),
        cmocka_unit_test(the_empty_set_joins_meets_and_prints),
        cmocka_unit_test(an_added_run_swallows_what_it_covers_or_touches),
        cmocka_unit_test(appending_behind_or_onto_the_last_run_keeps_the_order),
        cmocka_unit_test(runs_print_with_inclusive_ends),
        cmocka_unit_test(a_text_that_does_not_fit_is_cut_and_its_length_told),
        cmocka_unit_test(broken_sets_are_told_apart),
        cmocka_unit_test(positions_near_the_largest_are_held),
        cmocka_unit_test(algebra_agrees_with_bools),
        cmocka_unit_test(adding_clipping_and_counting_agree_with_bools),
        cmocka_unit_test(printed_runs_read_back),
        cmocka_unit_test(writing_a_set_again_keeps_its_memory),
    };
    return cmocka_run_group_tests_name("runs", tests, NULL, NULL);
}
