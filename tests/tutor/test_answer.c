/* What people type as a set, and what is read from it. */
#include "app/tutor/answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

typedef struct {
    const char *typed, *read; /* read: NULL for a refusal, else the canonical runs */
} Case;

/* Keys 0 to 15. */
static const Case cases[] = {
    {"0-1, 9-12", "0-1 9-12"},
    {"{0, 1, 9, 10, 11, 12}", "0-1 9-12"},
    {"G_12 = {0-1, 9-12}", "0-1 9-12"},
    {"0 1 9..12", "0-1 9-12"},
    {"0;1;9-12", "0-1 9-12"},
    {"9-12 1 0", "0-1 9-12"},
    {"0-1,9-12,9", "0-1 9-12"},
    {"00, 01, 9-12", "0-1 9-12"},
    {"0-1, 9-12,", "0-1 9-12"},
    {"12: 0-1 9-12", "0-1 9-12"},
    {"0 to 1, 9 to 12", "0-1 9-12"},
    {"0 - 1, 9 - 12", "0-1 9-12"},
    {"[0-1], [9-12]", "0-1 9-12"},
    {"\xEF\xBC\x90-\xEF\xBC\x91, 9-12", "0-1 9-12"}, /* full-width digits */
    {"0\xE2\x80\x93"
     "1, 9\xE2\x88\x92"
     "12", "0-1 9-12"}, /* en dash, minus sign */
    {"{}", ""},
    {"\xE2\x88\x85", ""}, /* the sign of the empty set */
    {"12-9, 0-1", NULL},
    {"0-1, 9-16", NULL},
    {"-1, 9-12", NULL},
    {"0,1,9-", NULL},
    {"1,048", NULL},
    {"", NULL},
    {"   ", NULL},
    {"all", NULL},
    {"3 tokens", NULL},
    {"99999999999999999999", NULL},
};

static void sets_are_read_as_people_write_them(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        Runs   set = {0};
        Why    why = {0};
        char   line[200];
        Status status = answer_read_set(cases[k].typed, 16, &set, NULL, &why);
        if ((status == STATUS_OK) != (cases[k].read != NULL)) fail_msg("\"%s\": %s", cases[k].typed, why.what);
        if (status == STATUS_OK) {
            runs_print(&set, " ", line, sizeof line);
            assert_string_equal(line, cases[k].read);
        } else assert_true(strlen(why.what) > 10);
        runs_done(&set);
    }
}

static void a_backward_run_asks_what_was_meant(void **state)
{
    (void)state;
    Runs set = {0};
    Why  why;
    assert_int_equal(answer_read_set("12-9", 16, &set, NULL, &why), STATUS_RANGE);
    assert_non_null(strstr(why.what, "did you mean 9-12?"));
    runs_done(&set);
}

static void a_key_outside_is_named_with_the_bounds(void **state)
{
    (void)state;
    Runs set = {0};
    Why  why;
    assert_int_equal(answer_read_set("70", 64, &set, NULL, &why), STATUS_RANGE);
    assert_string_equal(why.what, "key 70: this figure has keys 0 to 63");
    runs_done(&set);
}

static void a_run_without_its_end_says_what_should_follow(void **state)
{
    (void)state;
    Runs set = {0};
    Why  why;
    assert_int_equal(answer_read_set("12-", 16, &set, NULL, &why), STATUS_SYNTAX);
    assert_string_equal(why.what, "can't read \"12-\": a number should follow -");
    runs_done(&set);
}

static void a_double_key_counts_once_and_is_mentioned(void **state)
{
    (void)state;
    Runs    set = {0};
    int64_t twice = -1;
    assert_int_equal(answer_read_set("3, 4-6, 5", 16, &set, &twice, NULL), STATUS_OK);
    assert_int_equal(runs_count(&set), 4);
    assert_int_equal(twice, 5);
    runs_done(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_are_read_as_people_write_them),
        cmocka_unit_test(a_backward_run_asks_what_was_meant),
        cmocka_unit_test(a_key_outside_is_named_with_the_bounds),
        cmocka_unit_test(a_run_without_its_end_says_what_should_follow),
        cmocka_unit_test(a_double_key_counts_once_and_is_mentioned),
    };
    return cmocka_run_group_tests_name("tutor/answer", tests, NULL, NULL);
}
