#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/store/mask.h"
#include "app/store/output.h"
#include "tests/store/folder.h"

static int start(void **state)
{
    (void)state;
    folder_new();
    return 0;
}

static int finish(void **state)
{
    (void)state;
    folder_remove(folder_path);
    return 0;
}

static void assert_rows(const char *text, bool future, const char *expected)
{
    Mask mask;
    Why  why = {0};
    Text out = {0};
    if (mask_parse(text, strlen(text), "m.txt", future, &mask, &why)) fail_msg("%s", why.what);
    for (int64_t i = 0; i < mask.n; i++) {
        char row[200];
        assert_null(runs_valid(&mask.row[i]));
        runs_print(&mask.row[i], " ", row, sizeof row);
        text_format(&out, "%lld:%s%s\n", (long long)i, row[0] ? " " : "", row);
    }
    assert_string_equal(text_string(&out), expected);
    text_done(&out);
    mask_done(&mask);
}

static void rows_are_runs_behind_their_number(void **state)
{
    (void)state;
    assert_rows("0: 0\n1: 0-1\n2:\n3: 0 2-3\n", false, "0: 0\n1: 0-1\n2:\n3: 0 2-3\n");
    assert_rows("0: 0\n1:  0-0\t1", false, "0: 0\n1: 0-1\n");
    assert_rows("0: 0-2\n1:\n2: 2\n", true, "0: 0-2\n1:\n2: 2\n");
}

static void comments_returns_and_a_mark_of_order_are_passed_over(void **state)
{
    (void)state;
    assert_rows("\xEF\xBB\xBF# n: 2\r\n# made by hand\r\n0: 0\r\n#\r\n1: 0-1\r\n", false, "0: 0\n1: 0-1\n");
}

static void assert_refused(const char *text, const char *what)
{
    Mask   mask;
    Why    why = {0};
    Status status = mask_parse(text, strlen(text), "m.txt", false, &mask, &why);
    assert_int_equal(status, STATUS_DAMAGED);
    assert_string_equal(why.what, what);
    assert_null(mask.row);
}

static void what_is_wrong_is_named_with_its_line(void **state)
{
    (void)state;
    assert_refused("", "m.txt: no row in it; a row is \"0: 0-3\"");
    assert_refused("0: 0\n1: 1-0\n", "m.txt:2: run 1-0 goes backwards");
    assert_refused("0: 0\n2: 0\n", "m.txt:2: row 2 stands where row 1 is due");
    assert_refused("0: 0\n0 0\n", "m.txt:2: a row begins with its query and a colon: \"1:\"");
    assert_refused("0: 0\n\n1: 0\n", "m.txt:2: a row begins with its query and a colon: \"1:\"");
    assert_refused("0: 0\n1: 1 0\n", "m.txt:2: run 0 does not lie behind the one before, which ends at 1");
    assert_refused("0: 0\n1: 0-1 1\n", "m.txt:2: run 1 does not lie behind the one before, which ends at 1");
    assert_refused("0: 0\n1: 0,1\n", "m.txt:2: \"0,1\" is not a run; runs are 3 or 5-9");
    assert_refused("0: -1\n", "m.txt:1: \"-1\" is not a run; runs are 3 or 5-9");
    assert_refused("0: 0-\n", "m.txt:1: \"0-\" is not a run; runs are 3 or 5-9");
    assert_refused("0: 99999999999\n", "m.txt:1: \"99999999999\" is not a run; runs are 3 or 5-9");
    assert_refused("0: 0\n1: 0-2\n", "m.txt:2: query 1 reads key 2, which comes after it");
    assert_refused("# n: 3\n0: 0\n", "m.txt: n is 3, but there are 1 rows");
    assert_refused("# n: 1\n# n: 2\n0: 0\n", "m.txt:2: n is 2 here and 1 above");
}

static void keys_past_the_last_row_are_named(void **state)
{
    (void)state;
    Mask        mask;
    Why         why = {0};
    const char *text = "0: 0-7\n1: 1\n";
    assert_int_equal(mask_parse(text, strlen(text), "m.txt", true, &mask, &why), STATUS_DAMAGED);
    assert_string_equal(why.what, "m.txt:1: key 7; there are 2 rows, so keys 0 to 1");
}

/* Longer than what is read at once, so that lines are cut at every place. */
static void a_long_file_is_read_like_a_short_one(void **state)
{
    (void)state;
    enum { N = 20000 };
    Text text = {0};
    Mask mask;
    Why  why = {0};
    for (int i = 0; i < N; i++) text_format(&text, "%d: %d-%d\n", i, i / 2, i);
    folder_write("long.txt", text.at, text.len);
    text_done(&text);
    assert_int_equal(mask_read(folder_file("long.txt"), "long.txt", false, &mask, &why), STATUS_OK);
    assert_int_equal(mask.n, N);
    for (int i = 0; i < N; i++) {
        assert_int_equal(mask.row[i].len, 1);
        assert_int_equal(mask.row[i].run[0].lo, i / 2);
        assert_int_equal(mask.row[i].run[0].hi, i + 1);
    }
    mask_done(&mask);
}

/* ---- files that are put in place ---- */

static Status put(const char *name, const char *content, bool replace, Why *why)
{
    Output o;
    Text   text = {0};
    Status status = output_open(folder_file(name), replace, &o, why);
    if (status) return status;
    text_add(&text, content);
    output_text(&o, &text);
    status = output_keep(&o, why);
    output_done(&o);
    text_done(&text);
    return status;
}

static int files_here(void)
{
    int            count = 0;
    DIR           *d = opendir(folder_path);
    struct dirent *e;
    while ((e = readdir(d)) != NULL) count += e->d_name[0] != '.';
    closedir(d);
    return count;
}

static void another_file_stays_unless_it_may_be_replaced(void **state)
{
    (void)state;
    Why why = {0};
    int before = files_here();
    assert_int_equal(put("o", "one", false, &why), STATUS_OK);
    assert_int_equal(put("o", "one", false, &why), STATUS_OK); /* the same content is no other file */
    assert_int_equal(put("o", "two", false, &why), STATUS_WRITE);
    assert_non_null(strstr(why.todo, "--replace"));
    char *content = folder_read("o");
    assert_string_equal(content, "one");
    free(content);
    assert_int_equal(put("o", "two", true, &why), STATUS_OK);
    content = folder_read("o");
    assert_string_equal(content, "two");
    free(content);
    assert_int_equal(files_here(), before + 1); /* nothing is left beside it */
}

static void what_is_not_kept_is_taken_away(void **state)
{
    (void)state;
    Output o;
    Why    why = {0};
    int    before = files_here();
    assert_int_equal(output_open(folder_file("never"), false, &o, &why), STATUS_OK);
    assert_int_equal(files_here(), before + 1);
    output_done(&o);
    assert_int_equal(files_here(), before);
    assert_int_equal(output_open(folder_file("forgotten"), false, &o, &why), STATUS_OK);
    output_forget();
    assert_int_equal(files_here(), before);
    output_done(&o);
    assert_int_equal(output_open(folder_file("none/x"), false, &o, &why), STATUS_WRITE);
    assert_int_equal(output_open(folder_path, false, &o, &why), STATUS_WRITE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_runs_behind_their_number),
        cmocka_unit_test(comments_returns_and_a_mark_of_order_are_passed_over),
        cmocka_unit_test(what_is_wrong_is_named_with_its_line),
        cmocka_unit_test(keys_past_the_last_row_are_named),
        cmocka_unit_test(a_long_file_is_read_like_a_short_one),
        cmocka_unit_test(another_file_stays_unless_it_may_be_replaced),
        cmocka_unit_test(what_is_not_kept_is_taken_away),
    };
    return cmocka_run_group_tests_name("mask", tests, start, finish);
}
