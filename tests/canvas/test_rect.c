#include "app/canvas/rect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_rect(Rect r, int x, int y, int w, int h)
{
    assert_int_equal(r.x, x);
    assert_int_equal(r.y, y);
    assert_int_equal(r.w, w);
    assert_int_equal(r.h, h);
}

static void what_two_rectangles_share_is_where_they_meet(void **state)
{
    (void)state;
    assert_rect(rect_meet(rect_make(0, 0, 10, 5), rect_make(4, 2, 10, 10)), 4, 2, 6, 3);
    Rect apart = rect_meet(rect_make(0, 0, 2, 2), rect_make(5, 5, 2, 2));
    assert_true(apart.w == 0 && apart.h == 0);
    assert_rect(rect_make(1, 2, -3, -4), 1, 2, 0, 0);
}

static void a_cell_is_inside_up_to_the_last_row_and_column(void **state)
{
    Rect r = rect_make(2, 3, 4, 1);
    (void)state;
    assert_true(rect_has(r, 2, 3));
    assert_true(rect_has(r, 5, 3));
    assert_false(rect_has(r, 6, 3));
    assert_false(rect_has(r, 5, 4));
    assert_false(rect_has(r, 1, 3));
    assert_true(rect_inside(r, rect_make(0, 0, 6, 4)));
    assert_false(rect_inside(r, rect_make(0, 0, 5, 4)));
}

static void a_cut_takes_from_its_side_and_leaves_the_rest(void **state)
{
    Rect r = rect_make(0, 0, 80, 24);
    (void)state;
    assert_rect(rect_cut_top(&r, 1), 0, 0, 80, 1);
    assert_rect(rect_cut_bottom(&r, 2), 0, 22, 80, 2);
    assert_rect(rect_cut_left(&r, 30), 0, 1, 30, 21);
    assert_rect(rect_cut_right(&r, 10), 70, 1, 10, 21);
    assert_rect(r, 30, 1, 40, 21);
}

static void a_cut_never_takes_more_than_there_is(void **state)
{
    Rect r = rect_make(3, 3, 5, 2);
    (void)state;
    assert_rect(rect_cut_top(&r, -1), 3, 3, 5, 0);
    assert_rect(rect_cut_top(&r, 9), 3, 3, 5, 2);
    assert_rect(r, 3, 5, 5, 0);
    assert_rect(rect_cut_right(&r, 9), 3, 5, 5, 0);
    assert_int_equal(r.w, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_two_rectangles_share_is_where_they_meet),
        cmocka_unit_test(a_cell_is_inside_up_to_the_last_row_and_column),
        cmocka_unit_test(a_cut_takes_from_its_side_and_leaves_the_rest),
        cmocka_unit_test(a_cut_never_takes_more_than_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
