#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/store/course.h"
#include "tests/store/folder.h"

static int start(void **state)
{
    (void)state;
    folder_new();
    unsetenv("ATTEND_PATH");
    unsetenv("XDG_DATA_DIRS");
    setenv("XDG_DATA_HOME", folder_file("data"), 1);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    folder_remove(folder_path);
    return 0;
}

static void assert_files(const Course *c, const char *expected)
{
    Text files = {0};
    for (int k = 0; k < c->files; k++) text_format(&files, "%s%s", k ? " " : "", c->file[k]);
    assert_string_equal(text_string(&files), expected);
    text_done(&files);
}

static void lessons_stand_in_the_order_of_their_numbers(void **state)
{
    (void)state;
    static const char *const name[] = {"100-last.lua", "9-nine.lua",  "23-b.lua", "23-a.lua",
                                       "x.lua",        "-x.lua",      "7.lua",    "8-.lua",
                                       "8-UP.lua",     "8-a.lua.bak", "8-a.txt",  "quiz-1.lua"};
    for (size_t k = 0; k < sizeof name / sizeof *name; k++) folder_text(name[k], "return 1");
    Course c;
    Why    why;
    assert_int_equal(course_find(folder_path, NULL, &c, &why), STATUS_OK);
    assert_files(&c, "9-nine.lua 23-a.lua 23-b.lua 100-last.lua");
    course_done(&c);
}

static void lessons_may_stand_in_a_folder_of_that_name(void **state)
{
    (void)state;
    folder_sub("lessons");
    folder_text("lessons/10-a.lua", "return 7");
    Course c;
    Why    why;
    Text   text = {0};
    assert_int_equal(course_find(folder_path, NULL, &c, &why), STATUS_OK);
    assert_files(&c, "lessons/10-a.lua");
    assert_int_equal(course_open(&c, c.file[0], &text, &why), STATUS_OK);
    assert_string_equal(text_string(&text), "return 7");
    text_done(&text);
    course_done(&c);
}

static void the_first_place_with_lessons_is_taken(void **state)
{
    (void)state;
    static const char *const place[] = {"data/attend/courses/my", "dirs/attend/lessons",
                                        "bin/../share/attend/lessons"};
    static const char *const above[] = {"data",  "data/attend",  "data/attend/courses",
                                        "dirs",  "dirs/attend",  "bin",
                                        "share", "share/attend", "lessons"};
    for (size_t k = 0; k < sizeof above / sizeof *above; k++) folder_sub(above[k]);
    for (size_t k = 0; k < 3; k++) folder_sub(place[k]);
    folder_text("lessons/4-d.lua", "");
    folder_text("share/attend/lessons/3-c.lua", "");
    folder_text("dirs/attend/lessons/2-b.lua", "");
    folder_text("data/attend/courses/my/1-a.lua", "");
    char program[200], dirs[200];
    snprintf(program, sizeof program, "%s", folder_file("bin/attend"));
    snprintf(dirs, sizeof dirs, "/nowhere:%s", folder_file("dirs"));
    setenv("XDG_DATA_DIRS", dirs, 1);
    static const char *const expected[] = {"1-a.lua", "lessons/2-b.lua", "lessons/3-c.lua",
                                           "4-d.lua"};
    static const char *const gone[] = {"data/attend/courses/my/1-a.lua",
                                       "dirs/attend/lessons/2-b.lua",
                                       "share/attend/lessons/3-c.lua"};
    for (int k = 0; k < 4; k++) {
        Course c;
        Why    why;
        assert_int_equal(course_find(NULL, program, &c, &why), STATUS_OK);
        assert_files(&c, expected[k]);
        course_done(&c);
        setenv("ATTEND_PATH", folder_file("lessons"), 1);
        assert_int_equal(course_find(NULL, program, &c, &why), STATUS_OK);
        assert_files(&c, "4-d.lua");
        course_done(&c);
        unsetenv("ATTEND_PATH");
        if (k < 3) unlink(folder_file(gone[k]));
    }
}

static void no_course_is_a_sentence_that_says_what_to_do(void **state)
{
    (void)state;
    Course c;
    Why    why;
    assert_int_equal(course_find(NULL, folder_file("bin/attend"), &c, &why), STATUS_LESSON);
    assert_string_equal(why.what, "no lessons found");
    assert_non_null(strstr(why.todo, "--path"));
    assert_int_equal(course_find(folder_file("none"), NULL, &c, &why), STATUS_LESSON);
    assert_non_null(strstr(why.what, "/none: no lessons there"));
    assert_int_equal(course_find(folder_path, NULL, &c, &why), STATUS_LESSON);
}

static void more_than_a_thousand_lessons_are_refused(void **state)
{
    (void)state;
    for (int k = 1; k <= COURSE_LESSONS + 1; k++) {
        char name[40];
        snprintf(name, sizeof name, "%d-x.lua", k);
        folder_text(name, "");
    }
    Course c;
    Why    why;
    assert_int_equal(course_find(folder_path, NULL, &c, &why), STATUS_LESSON);
    assert_non_null(strstr(why.what, "more than 1000 lessons"));
    unlink(folder_file("1-x.lua"));
    assert_int_equal(course_find(folder_path, NULL, &c, &why), STATUS_OK);
    assert_int_equal(c.files, COURSE_LESSONS);
    course_done(&c);
}

/* Opening `path` of the course at `root` fails with that status and sentence. */
static void assert_refused(const char *root, const char *path, Status status, const char *sentence)
{
    Course c;
    Why    why;
    Text   text = {0};
    assert_int_equal(course_find(root, NULL, &c, &why), STATUS_OK);
    assert_int_equal(course_open(&c, path, &text, &why), status);
    if (!strstr(why.what, sentence)) print_message("%s\n", why.what);
    assert_non_null(strstr(why.what, sentence));
    assert_int_equal(text.len, 0);
    text_done(&text);
    course_done(&c);
}

static void nothing_outside_the_course_is_read(void **state)
{
    (void)state;
    folder_sub("in");
    folder_sub("in-too");
    folder_text("secret", "s");
    folder_text("in-too/secret", "s");
    folder_text("in/1-a.lua", "");
    assert_int_equal(symlink(folder_file("secret"), folder_file("in/2-link.lua")), 0);
    assert_int_equal(symlink("../in-too/secret", folder_file("in/3-sibling.lua")), 0);
    assert_int_equal(symlink("1-a.lua", folder_file("in/4-inner.lua")), 0);
    char root[200];
    snprintf(root, sizeof root, "%s", folder_file("in"));
    assert_refused(root, "2-link.lua", STATUS_LESSON, "2-link.lua: leads out of the course");
    assert_refused(root, "3-sibling.lua", STATUS_LESSON, "leads out of the course");
    assert_refused(root, "../secret", STATUS_LESSON, "not a path inside the course");
    assert_refused(root, "lib/../../secret", STATUS_LESSON, "not a path inside the course");
    assert_refused(root, "/etc/passwd", STATUS_LESSON, "not a path inside the course");
    assert_refused(root, "lib/none.lua", STATUS_MISSING, "there is no such file");
    Course c;
    Why    why;
    Text   text = {0};
    assert_int_equal(course_find(root, NULL, &c, &why), STATUS_OK);
    assert_int_equal(course_open(&c, "4-inner.lua", &text, &why), STATUS_OK);
    text_done(&text);
    course_done(&c);
}

static void only_regular_files_within_the_limit_are_read(void **state)
{
    (void)state;
    Text big = {0};
    for (int k = 0; k < COURSE_SOURCE; k++) text_add_char(&big, '-');
    folder_write("1-fits.lua", big.at, big.len);
    folder_write("side.npy", big.at, big.len);
    text_add_char(&big, '-');
    folder_write("2-big.lua", big.at, big.len);
    assert_int_equal(mkfifo(folder_file("3-fifo.lua"), 0600), 0);
    folder_sub("4-folder.lua");
    assert_refused(folder_path, "2-big.lua", STATUS_LESSON,
                   "2-big.lua: 256 KiB; at most 256 KiB are read");
    assert_refused(folder_path, "3-fifo.lua", STATUS_LESSON, "not a regular file");
    assert_refused(folder_path, "4-folder.lua", STATUS_LESSON, "not a regular file");
    Course c;
    Why    why;
    Text   text = {0};
    assert_int_equal(course_find(folder_path, NULL, &c, &why), STATUS_OK);
    assert_int_equal(course_open(&c, "1-fits.lua", &text, &why), STATUS_OK);
    assert_int_equal(text.len, COURSE_SOURCE);
    assert_int_equal(course_open(&c, "side.npy", &text, &why), STATUS_OK);
    text_done(&text);
    text_done(&big);
    course_done(&c);
}

static void a_single_file_is_a_course_of_one(void **state)
{
    (void)state;
    folder_text("any-name.lua", "return 3");
    Course c;
    Why    why;
    Text   text = {0};
    assert_int_equal(course_single(folder_file("any-name.lua"), &c, &why), STATUS_OK);
    assert_files(&c, "any-name.lua");
    assert_int_equal(course_open(&c, c.file[0], &text, &why), STATUS_OK);
    assert_string_equal(text_string(&text), "return 3");
    text_done(&text);
    course_done(&c);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)
    const struct CMUnitTest tests[] = {
        TEST(lessons_stand_in_the_order_of_their_numbers),
        TEST(lessons_may_stand_in_a_folder_of_that_name),
        TEST(the_first_place_with_lessons_is_taken),
        TEST(no_course_is_a_sentence_that_says_what_to_do),
        TEST(more_than_a_thousand_lessons_are_refused),
        TEST(nothing_outside_the_course_is_read),
        TEST(only_regular_files_within_the_limit_are_read),
        TEST(a_single_file_is_a_course_of_one),
    };
#undef TEST
    return cmocka_run_group_tests_name("course", tests, NULL, NULL);
}
