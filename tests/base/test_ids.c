#include "app/base/ids.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void an_id_is_small_letters_figures_and_dashes(void **state)
{
    static const char *const good[] = {"a", "sinks-overlap", "23-dense", "-"};
    static const char *const bad[] = {"", "Sinks", "a b", "a#b", "a/b", "..", "\xc3\xa9", "a\n"};
    (void)state;
    for (size_t k = 0; k < sizeof good / sizeof *good; k++) assert_true(id_valid(good[k]));
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) assert_false(id_valid(bad[k]));
}

static void an_id_has_at_most_64_characters(void **state)
{
    char id[66];
    (void)state;
    memset(id, 'a', sizeof id);
    id[65] = '\0';
    assert_false(id_valid(id));
    id[64] = '\0';
    assert_true(id_valid(id));
}

static void a_reference_splits_at_its_first_sign(void **state)
{
    char lesson[65], page[65];
    (void)state;
    assert_true(id_split("windows#count", lesson, page));
    assert_string_equal(lesson, "windows");
    assert_string_equal(page, "count");
    assert_true(id_split("windows", lesson, page));
    assert_string_equal(lesson, "windows");
    assert_string_equal(page, "");
    assert_true(id_split("windows#", lesson, page));
    assert_string_equal(page, "");
}

static void a_reference_without_lesson_or_too_long_is_refused(void **state)
{
    char lesson[65], page[65], ref[140];
    (void)state;
    assert_false(id_split("#count", lesson, page));
    assert_false(id_split("", lesson, page));
    memset(ref, 'a', sizeof ref);
    ref[65] = '\0';
    assert_false(id_split(ref, lesson, page));
    memset(ref, 'a', sizeof ref);
    ref[1] = '#';
    ref[67] = '\0';
    assert_false(id_split(ref, lesson, page));
    ref[66] = '\0';
    assert_true(id_split(ref, lesson, page));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_is_small_letters_figures_and_dashes),
        cmocka_unit_test(an_id_has_at_most_64_characters),
        cmocka_unit_test(a_reference_splits_at_its_first_sign),
        cmocka_unit_test(a_reference_without_lesson_or_too_long_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
