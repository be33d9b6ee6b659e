#include "app/base/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool parse(const char *name, Key *key)
{
    return key_parse(name, strlen(name), key);
}

static void assert_shown(Key key, const char *expected)
{
    Text out = {0};
    key_show(key, &out);
    assert_string_equal(text_string(&out), expected);
    text_done(&out);
}

static void every_named_key_is_read_by_its_name(void **state)
{
    static const struct {
        const char *file, *screen;
        Key         key;
    } rows[] = {
#define ROW(name, file, screen) {"<" file ">", screen, KEY_##name##_},
        KEY_LIST(ROW)
#undef ROW
            {"<Space>", "Space", ' '},
        {"<Lt>", "<", '<'},
        {"<Hash>", "#", '#'},
        {"<C-l>", "Ctrl-L", 12},
        {"<C-z>", "Ctrl-Z", 26},
        {"<C-a>", "Ctrl-A", 1},
        {"w", "w", 'w'},
        {"W", "W", 'W'},
        {",", ",", ','},
        {"<", "<", '<'},
        {">", ">", '>'},
        {"\xc3\xa9", "\xc3\xa9", 0xe9},
    };
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        Key key = -1;
        assert_true(parse(rows[k].file, &key));
        assert_int_equal(key, rows[k].key);
        assert_shown(rows[k].key, rows[k].screen);
    }
}

static void what_is_no_key_is_refused(void **state)
{
    static const char *const bad[] = {"",       "ab",    "<Nope>", "<C-L>", "<C-1>", "<>",
                                      "<Space", "Space", "\n",     "\x7f",  "\xff"};
    Key                      key;
    (void)state;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) assert_false(parse(bad[k], &key));
}

static void only_printable_runes_are_text(void **state)
{
    (void)state;
    assert_true(key_is_text('a'));
    assert_true(key_is_text(' '));
    assert_true(key_is_text(0x65e5));
    assert_false(key_is_text(12));
    assert_false(key_is_text(0x7f));
    assert_false(key_is_text(0x9b));
    assert_false(key_is_text(KEY_UP_));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_named_key_is_read_by_its_name),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test(only_printable_runes_are_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
