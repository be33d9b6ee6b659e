#include "app/view/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static void the_class_needs_its_width_and_its_height(void **state)
{
    (void)state;
    assert_int_equal(layout_class(200, 50), CLASS_W);
    assert_int_equal(layout_class(200, 49), CLASS_M);
    assert_int_equal(layout_class(120, 40), CLASS_M);
    assert_int_equal(layout_class(120, 24), CLASS_S);
    assert_int_equal(layout_class(110, 30), CLASS_M);
    assert_int_equal(layout_class(109, 30), CLASS_S);
    assert_int_equal(layout_class(80, 24), CLASS_S);
    assert_int_equal(layout_class(80, 23), CLASS_N);
    assert_int_equal(layout_class(60, 16), CLASS_N);
    assert_int_equal(layout_class(40, 12), CLASS_XS);
    assert_int_equal(layout_class(39, 50), CLASS_NONE);
    assert_int_equal(layout_class(200, 11), CLASS_NONE);
}

/* The largest n of a mode in a pane of so many columns and rows, of which `other` hold no cells. */
static int64_t most(CellMode mode, int columns, int rows, int other)
{
    int64_t most = 0;
    for (int64_t n = 1; n < 300; n++) {
        CellFit fit = layout_cells(n, columns, rows - other, true, false);
        if (fit.mode == mode && fit.k_rows == 1)
            most = n;
    }
    return most;
}

/* Sizes as the design names them: beside text, alone, side by side. */
static void modes_hold_the_sizes_they_promise(void **state)
{
    (void)state;
    assert_int_equal(most(MODE_L, 38, 20, 4), 16); /* 80x24 beside text */
    assert_int_equal(most(MODE_P, 38, 20, 4), 32);
    assert_int_equal(most(MODE_X, 50, 21, 1), 10); /* 80x24 alone, panel of 30 */
    assert_int_equal(most(MODE_L, 50, 21, 1), 20);
    assert_int_equal(most(MODE_P, 50, 21, 1), 40);
    assert_int_equal(most(MODE_L, 39, 21, 5), 16); /* 80x24 side by side */
    assert_int_equal(most(MODE_X, 90, 37, 1), 18); /* 120x40 alone */
    assert_int_equal(most(MODE_L, 90, 37, 1), 36);
    assert_int_equal(most(MODE_P, 90, 37, 1), 72);
    assert_int_equal(most(MODE_X, 59, 37, 5), 13); /* 120x40 side by side */
    assert_int_equal(most(MODE_X, 69, 44, 5), 16); /* 200x60, page, side by side */
    assert_int_equal(most(MODE_L, 69, 44, 5), 31);
    assert_int_equal(most(MODE_P, 69, 44, 5), 63);
}

static void blocks_are_the_least_power_of_two_that_fits(void **state)
{
    (void)state;
    CellFit fit = layout_cells(256, 60, 13 - 4, false, true); /* 60x16, Figure, glyphs */
    assert_int_equal(fit.mode, MODE_GLYPHS);
    assert_int_equal(fit.k_columns, 16);
    assert_int_equal(fit.k_rows, 32);
    for (int64_t n = 33; n < ((int64_t)1 << 31); n = n * 3 + 1)
        for (int halves = 0; halves < 2; halves++) {
            CellFit f = layout_cells(n, 38, 16, halves, false);
            int64_t k = f.k_columns, wide = 38 - f.label, high = 32;
            assert_int_equal(f.k_rows, halves ? k : 2 * k);
            assert_int_equal(k & (k - 1), 0);
            assert_true((n + k - 1) / k <= wide && (n + k - 1) / k <= high);
            if (k > 1)
                assert_true((n + k / 2 - 1) / (k / 2) > wide || (n + k / 2 - 1) / (k / 2) > high);
        }
}

static void in_turn_rows_are_panned_so_that_columns_decide(void **state)
{
    (void)state;
    assert_int_equal(layout_cells(16, 40, 6, true, true).mode, MODE_L);
    assert_int_equal(layout_cells(16, 40, 6, true, false).mode, MODE_P);
    assert_int_equal(layout_cells(18, 40, 6, true, true).mode, MODE_P);
}

static void five_figures_of_a_position_widen_the_labels(void **state)
{
    (void)state;
    assert_int_equal(layout_cells(9999, 38, 16, true, false).label, 6);
    assert_int_equal(layout_cells(10000, 38, 16, true, false).label, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_class_needs_its_width_and_its_height),
        cmocka_unit_test(modes_hold_the_sizes_they_promise),
        cmocka_unit_test(blocks_are_the_least_power_of_two_that_fits),
        cmocka_unit_test(in_turn_rows_are_panned_so_that_columns_decide),
        cmocka_unit_test(five_figures_of_a_position_widen_the_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
