#include "app/base/text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void an_empty_text_reads_as_an_empty_string(void **state)
{
    (void)state;
    Text t = {0};
    assert_string_equal(text_string(&t), "");
    text_add(&t, "");
    assert_string_equal(text_string(&t), "");
    text_done(&t);
}

static void additions_stand_one_behind_the_other(void **state)
{
    (void)state;
    Text t = {0};
    text_add(&t, "G_");
    text_format(&t, "%d", 12);
    text_add_char(&t, ' ');
    text_add_rune(&t, 0x2264);
    text_add_bytes(&t, " nine", 3);
    assert_string_equal(text_string(&t), "G_12 \xe2\x89\xa4 ni");
    assert_int_equal(t.len, 11);
    text_done(&t);
}

static void a_long_text_keeps_every_byte(void **state)
{
    (void)state;
    Text t = {0};
    for (int k = 0; k < 10000; k++) text_format(&t, "%d,", k % 10);
    assert_int_equal(t.len, 20000);
    for (size_t k = 0; k < t.len; k += 2) assert_int_equal(t.at[k], '0' + (int)(k / 2 % 10));
    text_done(&t);
}

static void a_cut_keeps_the_beginning(void **state)
{
    (void)state;
    Text t = {0};
    text_add(&t, "window");
    text_cut(&t, 3);
    assert_string_equal(text_string(&t), "win");
    text_clear(&t);
    assert_string_equal(text_string(&t), "");
    text_done(&t);
}

static void a_string_that_is_taken_leaves_nothing(void **state)
{
    (void)state;
    Text  t = {0};
    char *empty = text_take(&t);
    assert_string_equal(empty, "");
    text_add(&t, "sink");
    char *taken = text_take(&t);
    assert_string_equal(taken, "sink");
    assert_null(t.at);
    free(empty);
    free(taken);
    assert_null(text_copy(NULL));
}

static void a_text_over_lent_memory_never_grows(void **state)
{
    char buffer[8];
    (void)state;
    Text t = text_over(buffer, sizeof buffer);
    assert_string_equal(text_string(&t), "");
    text_add(&t, "1234567");
    assert_ptr_equal(t.at, buffer);
    assert_false(t.broken);
    text_add_char(&t, '8');
    assert_true(t.broken);
    assert_string_equal(buffer, "1234567");
    text_clear(&t);
    text_add(&t, "abc");
    char *taken = text_take(&t); /* a copy: the buffer stays the caller's */
    assert_string_equal(taken, "abc");
    assert_ptr_not_equal(taken, buffer);
    free(taken);
    text_done(&t);
}

static void counts_are_grouped_by_three(void **state)
{
    static const struct {
        long long   number;
        const char *written;
    } rows[] = {{0, "0"},
                {999, "999"},
                {1000, "1,000"},
                {524800, "524,800"},
                {-1234567, "-1,234,567"},
                {-100, "-100"},
                {INT64_MAX, "9,223,372,036,854,775,807"}};
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        Text t = {0};
        text_add_count(&t, rows[k].number);
        assert_string_equal(text_string(&t), rows[k].written);
        text_done(&t);
    }
}

static void reals_have_no_zeros_at_their_end(void **state)
{
    static const struct {
        double      value;
        int         digits;
        const char *written;
    } rows[] = {{0.596, 3, "0.596"},   {1, 3, "1"},          {512.5, 2, "512.5"},
                {0.12345, 3, "0.123"}, {100, 0, "100"},      {-0.0001, 2, "0"},
                {-2.50, 2, "-2.5"},    {INFINITY, 2, "inf"}, {-INFINITY, 2, "-inf"},
                {NAN, 2, "nan"}};
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        Text t = {0};
        text_add_real(&t, rows[k].value, rows[k].digits);
        assert_string_equal(text_string(&t), rows[k].written);
        text_done(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_text_reads_as_an_empty_string),
        cmocka_unit_test(additions_stand_one_behind_the_other),
        cmocka_unit_test(a_long_text_keeps_every_byte),
        cmocka_unit_test(a_cut_keeps_the_beginning),
        cmocka_unit_test(a_string_that_is_taken_leaves_nothing),
        cmocka_unit_test(a_text_over_lent_memory_never_grows),
        cmocka_unit_test(counts_are_grouped_by_three),
        cmocka_unit_test(reals_have_no_zeros_at_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
