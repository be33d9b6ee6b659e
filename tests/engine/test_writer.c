/* Numbers and texts to and from bytes: writer, scan, status. */
#include "engine/rng.h"
#include "engine/scan.h"
#include "engine/writer.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t SEED = 1441;

static const char *written(double value, char out[static 64])
{
    Writer w = {out, 64, 0};
    writer_real(&w, value);
    assert_true(writer_end(&w) < 64);
    return out;
}

static Value scanned(const char *text)
{
    Scan  s = {text, strlen(text), 0, NULL};
    Value value;
    assert_true(scan_number_begins(&s));
    assert_int_equal(scan_number(&s, false, &value), STATUS_OK);
    assert_int_equal(s.at, s.len);
    return value;
}

static void reals_are_written_with_the_fewest_digits(void **state)
{
    (void)state;
    static const struct {
        double      value;
        const char *text;
    } real[] = {
        {0, "0"},
        {0.5, "0.5"},
        {0.1, "0.1"},
        {1, "1"},
        {-2.25, "-2.25"},
        {100, "100"},
        {1234.5, "1234.5"},
        {123456789, "123456789"},
        {1e15, "1e15"},
        {2147483648.0, "2.147483648e9"},
        {1.5e300, "1.5e300"},
        {0.00001, "0.00001"},
        {1e-6, "1e-6"},
        {1.0 / 3, "0.3333333333333333"},
        {5e-324, "5e-324"},
        {0.30000000000000004, "0.30000000000000004"},
    };
    char text[64];
    for (size_t k = 0; k < sizeof real / sizeof *real; k++)
        assert_string_equal(written(real[k].value, text), real[k].text);
}

static void every_real_reads_back_as_itself(void **state)
{
    (void)state;
    Rng  rng = rng_seeded(SEED);
    char text[64];
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < 20000; round++) {
        uint64_t bits = rng_next(&rng);
        double   value;
        memcpy(&value, &bits, sizeof value);
        if (round % 2) value = rng_real(&rng) * 100;
        if (!isfinite(value)) continue;
        Value back = scanned(written(value, text));
        double read = back.kind == VALUE_REAL ? back.real : (double)back.lo;
        if (memcmp(&read, &value, sizeof value) != 0) fail_msg("%s", text);
    }
}

static void numbers_are_told_apart_by_their_form(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        ValueKind   kind;
        double      value;
    } number[] = {
        {"0", VALUE_INTEGER, 0},
        {"-7", VALUE_INTEGER, -7},
        {"2147483647", VALUE_INTEGER, 2147483647},
        {"007", VALUE_INTEGER, 7},
        {"0.5", VALUE_REAL, 0.5},
        {".5", VALUE_REAL, 0.5},
        {"-.5", VALUE_REAL, -0.5},
        {"5.", VALUE_REAL, 5},
        {"1e3", VALUE_REAL, 1000},
        {"1E+3", VALUE_REAL, 1000},
        {"2.5e-1", VALUE_REAL, 0.25},
        {"1e-400", VALUE_REAL, 0},
        {"0.1e1", VALUE_REAL, 1},
        {"99999999999999999999.0", VALUE_REAL, 1e20},
    };
    for (size_t k = 0; k < sizeof number / sizeof *number; k++) {
        Value v = scanned(number[k].text);
        assert_int_equal(v.kind, number[k].kind);
        assert_true((v.kind == VALUE_REAL ? v.real : (double)v.lo) == number[k].value);
    }
}

static void a_thousand_digits_are_one_number(void **state)
{
    (void)state;
    char text[1100];
    memset(text, '1', 1000);
    strcpy(text + 1000, "e-999");
    assert_true(fabs(scanned(text).real - 1.1111111111111112) < 1e-15);
    memset(text, '0', 1000);
    text[1] = '.';
    strcpy(text + 1000, "25e+1000");
    assert_true(fabs(scanned(text).real - 25) < 1e-9);
}

static void numbers_past_the_largest_are_refused(void **state)
{
    (void)state;
    static const char *const text[] = {"1e309", "2147483648", "-2147483648",
                                       "1e999999999999999999999"};
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
        Scan  s = {text[k], strlen(text[k]), 0, NULL};
        Value value;
        assert_int_not_equal(scan_number(&s, false, &value), STATUS_OK);
    }
}

/* The text ends where its length says, not at a NUL: nothing behind it is read. */
static void a_number_ends_with_its_text(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t      len;
        double      value;
    } cut[] = {{"2e45", 3, 2e4}, {"2e4", 2, 2}, {"1.25", 3, 1.2}, {"12", 1, 1}};
    for (size_t k = 0; k < sizeof cut / sizeof *cut; k++) {
        Scan  s = {cut[k].text, cut[k].len, 0, NULL};
        Value v;
        assert_int_equal(scan_number(&s, false, &v), STATUS_OK);
        assert_true((v.kind == VALUE_REAL ? v.real : (double)v.lo) == cut[k].value);
    }
}

static void the_comma_of_a_locale_changes_nothing(void **state)
{
    (void)state;
    static const char *const locale[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8"};
    char text[64];
    for (size_t k = 0; k < sizeof locale / sizeof *locale; k++) setlocale(LC_NUMERIC, locale[k]);
    assert_string_equal(written(0.5, text), "0.5");
    assert_true(scanned("0.5").real == 0.5);
    setlocale(LC_NUMERIC, "C");
}

static void a_writer_counts_what_it_drops(void **state)
{
    (void)state;
    char   text[6];
    Writer w = {text, sizeof text, 0};
    writer_text(&w, "abc");
    writer_integer(&w, -1234);
    writer_text(&w, "def");
    assert_int_equal(writer_end(&w), 11);
    assert_string_equal(text, "abc-1");
    Writer none = {NULL, 0, 0};
    writer_text(&none, "abc");
    assert_int_equal(writer_end(&none), 3);
}

static void a_reason_is_kept_and_cut_where_it_is_too_long(void **state)
{
    (void)state;
    Why  why;
    char lengthy[900];
    memset(lengthy, 'x', sizeof lengthy);
    lengthy[899] = '\0';
    assert_int_equal(why_say(&why, STATUS_RANGE, 7, "%s needs %d", "window", 4), STATUS_RANGE);
    assert_string_equal(why.what, "window needs 4");
    assert_string_equal(why.todo, "");
    assert_int_equal(why.column, 7);
    why_todo(&why, "write %s", "w=4");
    assert_string_equal(why.todo, "write w=4");
    why_say(&why, STATUS_RANGE, 1, "%s", lengthy);
    assert_int_equal(strlen(why.what), sizeof why.what - 1);
    assert_string_equal(why.todo, "");
    assert_int_equal(why_say(NULL, STATUS_LIMIT, 1, "nobody asks"), STATUS_LIMIT);
    why_todo(NULL, "nobody asks");
}

static void every_status_has_a_sentence(void **state)
{
    (void)state;
    for (int k = STATUS_OK; k <= STATUS_WRITE; k++)
        assert_true(strlen(status_sentence((Status)k)) > 3);
    assert_string_equal(status_sentence(STATUS_MEMORY), "there is not enough memory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reals_are_written_with_the_fewest_digits),
        cmocka_unit_test(every_real_reads_back_as_itself),
        cmocka_unit_test(numbers_are_told_apart_by_their_form),
        cmocka_unit_test(a_thousand_digits_are_one_number),
        cmocka_unit_test(numbers_past_the_largest_are_refused),
        cmocka_unit_test(a_number_ends_with_its_text),
        cmocka_unit_test(the_comma_of_a_locale_changes_nothing),
        cmocka_unit_test(a_writer_counts_what_it_drops),
        cmocka_unit_test(a_reason_is_kept_and_cut_where_it_is_too_long),
        cmocka_unit_test(every_status_has_a_sentence),
    };
    return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
