/* test_meta.c - the files for editors are those that the program makes now. With --write they are made. */
#include "tests/script/shelf.h"

static const struct {
    const char *path;
    bool (*make)(Text *out);
} files[] = {{"lessons/meta/attend.d.lua", script_meta},
             {"lessons/meta/luacheckrc", script_luacheck}};
enum { FILES = sizeof files / sizeof files[0] };

static int write_all(void)
{
    for (int k = 0; k < FILES; k++) {
        Text  text = {0};
        FILE *file = files[k].make(&text) ? fopen(files[k].path, "wb") : NULL;
        if (!file || fwrite(text_string(&text), 1, text.len, file) != text.len || fclose(file) != 0)
            return 1;
        text_done(&text);
    }
    return 0;
}

static void the_committed_files_are_those_made_now(void **state)
{
    (void)state;
    for (int k = 0; k < FILES; k++) {
        Text  made = {0}, there = {0};
        char  piece[4096];
        FILE *file = fopen(files[k].path, "rb");
        if (!file) fail_msg("%s does not open", files[k].path);
        for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
            text_add_bytes(&there, piece, got);
        fclose(file);
        assert_true(files[k].make(&made));
        if (strcmp(text_string(&made), text_string(&there)) != 0)
            fail_msg("%s is of another version; test_meta --write makes it anew", files[k].path);
        text_done(&made);
        text_done(&there);
    }
}

static void the_file_for_editors_is_lua(void **state)
{
    (void)state;
    Text      made = {0}, source = {0};
    ShelfFile shelf[] = {{"t.lua", NULL}, {NULL, NULL}};
    Lesson   *lesson;
    Why       why;
    assert_true(script_meta(&made));
    text_format(&source, "local function made()\n%s\nend\nreturn made()", text_string(&made));
    shelf[0].text = text_string(&source);
    assert_int_equal(shelf_load(shelf, &lesson, &why), STATUS_LESSON);
    assert_string_equal(why.what, "t.lua: the file returns a table, not a lesson");
    text_done(&made);
    text_done(&source);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_committed_files_are_those_made_now),
        cmocka_unit_test(the_file_for_editors_is_lua),
    };
    if (argc > 1 && strcmp(argv[1], "--write") == 0) return write_all();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
