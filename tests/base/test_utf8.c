#include "app/base/utf8.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WOMAN  "\xf0\x9f\x91\xa9"
#define WRENCH "\xf0\x9f\x94\xa7"
#define JOINER "\xe2\x80\x8d"

static void every_rune_survives_writing_and_reading(void **state)
{
    (void)state;
    for (int32_t rune = 0; rune <= 0x10ffff; rune++) {
        if (rune >= 0xd800 && rune < 0xe000) continue;
        char    bytes[4];
        int32_t read;
        size_t  len = utf8_put(rune, bytes);
        assert_int_equal(utf8_rune(bytes, len, &read), len);
        assert_int_equal(read, rune);
        if (len > 1) { /* a torn one is one bad byte */
            assert_int_equal(utf8_rune(bytes, len - 1, &read), 1);
            assert_int_equal(read, -1);
        }
    }
}

static void what_is_no_utf8_is_refused(void **state)
{
    static const char *const bad[] = {
        "\x80",
        "\xc0\x80",
        "\xc1\xbf",
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xed\xa0\x80",
        "\xf0\x80\x80\x80",
        "\xf4\x90\x80\x80",
        "\xf8\x88\x80\x80\x80",
        "\xff",
        "\xe2\x28\xa1",
        "a\xe2\x82",
    };
    (void)state;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        assert_false(utf8_valid(bad[k], strlen(bad[k])));
    assert_true(utf8_valid("key \xe2\x89\xa4 9", 9));
}

static void columns_are_those_of_the_terminal(void **state)
{
    static const struct {
        const char *text;
        int         columns;
    } rows[] = {{"abc", 3}, {"\xe6\x97\xa5\xe6\x9c\xac", 4}, {"e\xcc\x81", 1}, {"\xc3\xa9", 1},
                {"", 0},    {WOMAN JOINER WRENCH, 4},        {"\xff", 1}};
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        assert_int_equal(utf8_columns(rows[k].text, strlen(rows[k].text)), rows[k].columns);
}

static void a_cluster_is_one_step(void **state)
{
    static const struct {
        const char *text;
        size_t      len;
    } rows[] = {{"ab", 1},
                {"e\xcc\x81x", 3},
                {WOMAN JOINER WRENCH "x", 11},
                {"\xe2\x9d\xa4\xef\xb8\x8fx", 6},
                {"\xf0\x9f\x87\xaf\xf0\x9f\x87\xb5\xf0\x9f\x87\xaf", 8},
                {"\r\n", 2},
                {"\xff\xcc\x81", 1},
                {"", 0}};
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        assert_int_equal(utf8_cluster(rows[k].text, strlen(rows[k].text)), rows[k].len);
}

static void what_fits_ends_between_clusters(void **state)
{
    const char         *text = "a\xe6\x97\xa5"
                               "e\xcc\x81"; /* 1 + 2 + 1 columns */
    static const size_t fits[] = {0, 1, 1, 4, 7, 7};
    (void)state;
    for (int columns = 0; columns <= 5; columns++)
        assert_int_equal(utf8_fit(text, strlen(text), columns), fits[columns]);
}

static void assert_clean(const char *dirty, size_t len, bool layout, bool ascii,
                         const char *expected)
{
    Text out = {0};
    utf8_clean(&out, dirty, len, layout, ascii);
    assert_string_equal(text_string(&out), expected);
    text_done(&out);
}

static void nothing_dangerous_reaches_a_terminal(void **state)
{
    static const struct {
        const char *dirty, *unicode, *ascii;
    } rows[] = {
        {"\033[2J", "\xe2\x90\x9b[2J", "^[[2J"},
        {"\x7f", "\xe2\x90\xa1", "^?"},
        {"\xc2\x9b"
         "2J",
         "<U+009B>2J", "<U+009B>2J"},
        {"a\xe2\x80\xae"
         "b",
         "a<U+202E>b", "a<U+202E>b"},
        {"\xef\xbb\xbf", "<U+FEFF>", "<U+FEFF>"},
        {"\xd8\x9c", "<U+061C>", "<U+061C>"},
        {"\xe2\x81\xa0", "<U+2060>", "<U+2060>"},
        {"\xff\xfe", "\\xFF\\xFE", "\\xFF\\xFE"},
        {"a" JOINER "b", "a<U+200D>b", "a<U+200D>b"},
        {WOMAN JOINER WRENCH, WOMAN JOINER WRENCH, "<U+1F469><U+200D><U+1F527>"},
        {WOMAN JOINER, WOMAN "<U+200D>", "<U+1F469><U+200D>"},
        {WOMAN "\xf0\x9f\x8f\xbd" JOINER WRENCH, WOMAN "\xf0\x9f\x8f\xbd" JOINER WRENCH,
         "<U+1F469><U+1F3FD><U+200D><U+1F527>"},
    };
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        assert_clean(rows[k].dirty, strlen(rows[k].dirty), false, false, rows[k].unicode);
        assert_clean(rows[k].dirty, strlen(rows[k].dirty), false, true, rows[k].ascii);
    }
    assert_clean("\0", 1, false, false, "\xe2\x90\x80");
}

static void line_ends_pass_only_where_there_is_a_layout(void **state)
{
    (void)state;
    assert_clean("a\n\tb", 4, true, false, "a\n\tb");
    assert_clean("a\n\tb", 4, false, false,
                 "a\xe2\x90\x8a\xe2\x90\x89"
                 "b");
    assert_clean("a\n", 2, false, true, "a^J");
    assert_clean("a\r\n", 3, true, true, "a^M\n");
}

static void ascii_has_its_own_spelling(void **state)
{
    static const struct {
        const char *text, *ascii;
    } rows[] = {{"\xe2\x80\x93", "-"},
                {"i \xe2\x89\xa4 j", "i <= j"},
                {"\xe2\x86\x92", "->"},
                {"caf\xc3\xa9", "cafe"},
                {"\xce\xb1", "alpha"},
                {"\xe2\x80\xa6", "..."},
                {"\xe2\x88\x85", "{}"},
                {"e\xcc\x81", "e"},
                {"\xe6\x97\xa5", "<U+65E5>"},
                {"\xef\xbc\x91", "1"},
                {"\xe2\x94\x80\xe2\x94\x80", "--"}};
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        assert_clean(rows[k].text, strlen(rows[k].text), false, true, rows[k].ascii);
}

/* Property: whatever the bytes, what comes out is printable, and stays so when cleaned again. */
static void cleaning_random_bytes_leaves_printable_text(void **state)
{
    unsigned seed = 20260105;
    (void)state;
    print_message("seed %u\n", seed);
    srand(seed);
    for (int round = 0; round < 3000; round++) {
        char bytes[24];
        Text once = {0}, twice = {0}, ascii = {0};
        for (size_t k = 0; k < sizeof bytes; k++)
            bytes[k] = (char)(rand() % 3 ? rand() % 256 : 0xe2);
        utf8_clean(&once, bytes, sizeof bytes, false, false);
        utf8_clean(&twice, text_string(&once), once.len, false, false);
        utf8_clean(&ascii, bytes, sizeof bytes, false, true);
        assert_true(utf8_valid(text_string(&once), once.len));
        assert_string_equal(text_string(&once), text_string(&twice));
        for (size_t k = 0; k < ascii.len; k++)
            assert_in_range((unsigned char)ascii.at[k], ' ', '~');
        text_done(&once);
        text_done(&twice);
        text_done(&ascii);
    }
}

static void typed_text_is_folded(void **state)
{
    static const struct {
        const char *typed, *folded;
    } rows[] = {{"\xef\xbc\x91\xef\xbc\x92", "12"},
                {"1\xef\xbc\x8c"
                 "048",
                 "1,048"},
                {"\xe2\x88\x92"
                 "4",
                 "-4"},
                {"9\xe2\x80\x93"
                 "12",
                 "9-12"},
                {"2\xc2\xb7"
                 "3",
                 "2*3"},
                {"\xe2\x88\x85", "{}"},
                {"1\xc2\xa0"
                 "048",
                 "1\xc2\xa0"
                 "048"},
                {"2\xc3\x97"
                 "3",
                 "2\xc3\x97"
                 "3"},
                {"\xff", "\xff"},
                {"\xef\xbd\x9e", "~"}};
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        Text out = {0};
        utf8_fold_typed(&out, rows[k].typed, strlen(rows[k].typed));
        assert_string_equal(text_string(&out), rows[k].folded);
        text_done(&out);
    }
}

static void a_json_string_escapes_what_json_forbids_and_nothing_else(void **state)
{
    (void)state;
    Text out = {0};
    utf8_json(&out, "a\"b\\c\n\x1f\xC3\xA9/\xFF");
    assert_string_equal(text_string(&out), "\"a\\\"b\\\\c\\u000a\\u001f\xC3\xA9/\xEF\xBF\xBD\"");
    text_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rune_survives_writing_and_reading),
        cmocka_unit_test(what_is_no_utf8_is_refused),
        cmocka_unit_test(columns_are_those_of_the_terminal),
        cmocka_unit_test(a_cluster_is_one_step),
        cmocka_unit_test(what_fits_ends_between_clusters),
        cmocka_unit_test(nothing_dangerous_reaches_a_terminal),
        cmocka_unit_test(line_ends_pass_only_where_there_is_a_layout),
        cmocka_unit_test(ascii_has_its_own_spelling),
        cmocka_unit_test(cleaning_random_bytes_leaves_printable_text),
        cmocka_unit_test(typed_text_is_folded),
        cmocka_unit_test(a_json_string_escapes_what_json_forbids_and_nothing_else),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
