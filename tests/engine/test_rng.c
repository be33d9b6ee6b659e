#include "engine/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The vectors of the format page: the numbers that every record of an attempt depends on. */
static void the_published_numbers_come_out(void **state)
{
    (void)state;
    Rng rng = rng_seeded(UINT64_C(0x97ad4e20df44474c));
    assert_true(rng_next(&rng) == UINT64_C(0x1e6f189cb54bb87c));
    assert_true(rng_next(&rng) == UINT64_C(0x7cadfbf13fcab1e3));
    assert_true(rng_next(&rng) == UINT64_C(0xc8eb134387e03699));
    rng = rng_seeded(0);
    assert_true(rng_next(&rng) == UINT64_C(0x99ec5f36cb75f2b4));
}

static void the_published_throws_of_a_die_come_out(void **state)
{
    (void)state;
    static const int expected[] = {1, 4, 2, 3, 3, 4, 4, 4};
    Rng              rng = rng_seeded(UINT64_C(0x97ad4e20df44474c));
    for (int k = 0; k < 8; k++) assert_int_equal(rng_int(&rng, 1, 6), expected[k]);
}

static void whole_numbers_stay_in_their_bounds_and_reach_them(void **state)
{
    (void)state;
    Rng  rng = rng_seeded(1);
    int  seen[7] = {0};
    for (int k = 0; k < 7000; k++) {
        int64_t x = rng_int(&rng, -3, 3);
        assert_in_range(x + 3, 0, 6);
        seen[x + 3]++;
    }
    for (int k = 0; k < 7; k++) assert_in_range(seen[k], 800, 1200);
    assert_int_equal(rng_int(&rng, 5, 5), 5);
}

static void all_64_bits_can_be_drawn(void **state)
{
    (void)state;
    Rng a = rng_seeded(9), b = rng_seeded(9);
    for (int k = 0; k < 10; k++)
        assert_true((uint64_t)rng_int(&a, INT64_MIN, INT64_MAX) == rng_next(&b));
}

/* Of two thirds of 2^64, a third of the numbers is drawn again: none is twice as likely. */
static void numbers_of_an_incomplete_copy_are_thrown_away(void **state)
{
    (void)state;
    Rng      a = rng_seeded(3), b = rng_seeded(3);
    uint64_t range = UINT64_C(0xaaaaaaaaaaaaaaab), x;
    int      thrown = 0;
    for (int k = 0; k < 200; k++) {
        for (x = rng_next(&b); x >= range; x = rng_next(&b)) thrown++;
        int64_t drawn = rng_int(&a, INT64_MIN, (int64_t)(range - 1 - (UINT64_C(1) << 63)));
        assert_true((uint64_t)drawn - (UINT64_C(1) << 63) == x);
    }
    assert_in_range(thrown, 50, 200);
}

static void reals_lie_in_the_unit_interval_and_use_53_bits(void **state)
{
    (void)state;
    Rng    a = rng_seeded(4), b = rng_seeded(4);
    double sum = 0;
    for (int k = 0; k < 1000; k++) {
        double x = rng_real(&a);
        assert_true(x >= 0 && x < 1);
        assert_true(x * 9007199254740992.0 == (double)(rng_next(&b) >> 11));
        sum += x;
    }
    assert_true(sum > 450 && sum < 550);
}

/* Vectors of the authors of the hash. */
static void hashes_of_known_texts_come_out(void **state)
{
    (void)state;
    assert_true(rng_fnv1a("", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(rng_fnv1a("a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(rng_fnv1a("foobar", 6) == UINT64_C(0x85944171f73967e8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_numbers_come_out),
        cmocka_unit_test(the_published_throws_of_a_die_come_out),
        cmocka_unit_test(whole_numbers_stay_in_their_bounds_and_reach_them),
        cmocka_unit_test(all_64_bits_can_be_drawn),
        cmocka_unit_test(numbers_of_an_incomplete_copy_are_thrown_away),
        cmocka_unit_test(reals_lie_in_the_unit_interval_and_use_53_bits),
        cmocka_unit_test(hashes_of_known_texts_come_out),
    };
    return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
