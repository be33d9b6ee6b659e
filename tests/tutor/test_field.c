#include "app/tutor/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static void typed_runes_stand_at_the_cursor(void **state)
{
    (void)state;
    Field f = {.limit = 10};
    field_set(&f, "13");
    assert_true(field_left(&f));
    assert_true(field_rune(&f, '2'));
    assert_string_equal(text_string(&f.text), "123");
    assert_int_equal(f.cursor, 2);
    field_done(&f);
}

static void the_cursor_steps_over_a_cluster_as_one(void **state)
{
    (void)state;
    Field f = {.limit = 10};
    field_set(&f, "ae\xCC\x81z"); /* e with a combining acute */
    assert_true(field_left(&f));
    assert_true(field_left(&f));
    assert_int_equal(f.cursor, 1);
    assert_true(field_delete(&f));
    assert_string_equal(text_string(&f.text), "az");
    field_done(&f);
}

static void a_full_field_takes_no_more_and_says_so(void **state)
{
    (void)state;
    Field f = {.limit = 3};
    assert_false(field_paste(&f, "12345", 5));
    assert_string_equal(text_string(&f.text), "123");
    assert_true(f.full);
    assert_false(field_rune(&f, '6'));
    assert_true(field_erase(&f));
    assert_false(f.full);
    field_done(&f);
}

static void a_megabyte_pasted_ends_at_the_limit(void **state)
{
    (void)state;
    Field  f = {.limit = FIELD_LIMIT};
    size_t len = 1 << 20;
    Text   big = {0};
    for (size_t k = 0; k < len; k++) text_add_char(&big, '7');
    assert_false(field_paste(&f, text_string(&big), len));
    assert_int_equal(f.text.len, FIELD_LIMIT);
    text_done(&big);
    field_done(&f);
}

static void pasted_line_ends_become_blanks_and_controls_are_left_out(void **state)
{
    (void)state;
    Field f = {.limit = 40};
    field_paste(&f, "1\r\n2\t3\x1b[A", 9);
    assert_string_equal(text_string(&f.text), "1 2 3[A");
    field_done(&f);
}

static void nothing_happens_at_the_ends(void **state)
{
    (void)state;
    Field f = {.limit = 4};
    assert_false(field_left(&f));
    assert_false(field_right(&f));
    assert_false(field_erase(&f));
    assert_false(field_delete(&f));
    field_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_runes_stand_at_the_cursor),
        cmocka_unit_test(the_cursor_steps_over_a_cluster_as_one),
        cmocka_unit_test(a_full_field_takes_no_more_and_says_so),
        cmocka_unit_test(a_megabyte_pasted_ends_at_the_limit),
        cmocka_unit_test(pasted_line_ends_become_blanks_and_controls_are_left_out),
        cmocka_unit_test(nothing_happens_at_the_ends),
    };
    return cmocka_run_group_tests_name("tutor/field", tests, NULL, NULL);
}
