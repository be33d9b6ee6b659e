#include "engine/best.h"
#include "engine/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { LARGEST = 60, ROUNDS = 500 };
static const uint64_t SEED = 96029;

static void nothing_has_no_best(void **state)
{
    (void)state;
    Best best = best_begin(NULL, 0, NULL);
    assert_int_equal(best_next(&best), -1);
    assert_int_equal(best_next(&best), -1);
}

static void equal_values_come_from_the_left(void **state)
{
    (void)state;
    static const double value[] = {3, 7, 7, 1, -INFINITY, INFINITY};
    static const int    expected[] = {5, 1, 2, 0, 3, 4, -1};
    int                 heap[6];
    Best                best = best_begin(value, 6, heap);
    for (int k = 0; k < 7; k++) assert_int_equal(best_next(&best), expected[k]);
}

/* Every position comes once, and none before one that is better. */
static void positions_come_in_order(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t n = rng_int(&rng, 1, LARGEST), levels = rng_int(&rng, 0, 1) ? 3 : 1000, last = -1,
                at;
        double value[LARGEST];
        int    heap[LARGEST], seen[LARGEST] = {0};
        for (int64_t j = 0; j < n; j++) value[j] = (double)rng_int(&rng, 0, levels);
        Best best = best_begin(value, n, heap);
        for (int64_t k = 0; k < n; k++, last = at) {
            at = best_next(&best);
            assert_in_range(at, 0, n - 1);
            assert_int_equal(seen[at]++, 0);
            if (k > 0)
                assert_true(value[last] > value[at] || (!(value[last] < value[at]) && last < at));
        }
        assert_int_equal(best_next(&best), -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_has_no_best),
        cmocka_unit_test(equal_values_come_from_the_left),
        cmocka_unit_test(positions_come_in_order),
    };
    return cmocka_run_group_tests_name("best", tests, NULL, NULL);
}
