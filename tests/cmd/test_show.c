#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/cmd/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_prints(const char *line, const char *expected)
{
    Ran r = program_run(line, NULL);
    if (r.status) print_message("attend %s\n%s", line, r.err);
    assert_int_equal(r.status, 0);
    assert_string_equal(r.out, expected);
    assert_string_equal(r.err, "");
    ran_done(&r);
}

static void indices_counts_and_totals_are_plain_lines(void **state)
{
    (void)state;
    assert_prints("show 'window(w=4) | sink(s=2)' --n 16 --row 12 --as indices", "12: 0-1 9-12\n");
    assert_prints("show 'window(w=4) | sink(s=2)' --n 16 --as total", "81\n");
    assert_prints("show 'window(w=4) | sink(s=2)' --n 16 --row 12 --as total", "6\n");
    assert_prints("show 'window(w=4)' --n 16 --column 3 --as indices", "3: 3-6\n");
    assert_prints("show 'window(w=4)' --n 16 --column 15 --as count", "15: 1\n");
    assert_prints("show 'window(w=4)' --n 16 --column 3 --as total", "4\n");
    assert_prints("show 'keys(at=[1])' --n 3 --as indices", "0:\n1: 1\n2: 1\n");
    assert_prints("show self --n 3 --as count", "0: 1\n1: 1\n2: 1\n");
    assert_prints("show full --n 4 --bidirectional --row 0 --as indices", "0: 0-3\n");
    assert_prints("show 'window(w=512)' --n 2048 --as density", "0.437408\n");
    assert_prints("show full --n 3 --as density", "1\n");
    assert_prints("show 'window(w=4)' --n 16 --row 1 --as density", "1\n");
}

static void the_picture_has_axes_legend_and_counts(void **state)
{
    (void)state;
    assert_prints("show 'window(w=2) | sink(s=1)' --n 6", "  key 0   2   4\n"
                                                          "    0 #\n"
                                                          "    1 # #\n"
                                                          "    2 # # #\n"
                                                          "    3 # . # #\n"
                                                          "    4 # . . # #\n"
                                                          "    5 # . . . # #\n"
                                                          "# scored   . skipped   (blank) future\n"
                                                          "total 15 of 21 cells, density 0.714\n");
    assert_prints("show 'window(w=2)' --n 4 --row 2", "  key 0   2\n"
                                                      "    2 . # #\n"
                                                      "# scored   . skipped   (blank) future\n"
                                                      "row 2: 2 of 3 keys\n");
    assert_prints("show self --n 3 --bidirectional", "  key 0   2\n"
                                                     "    0 # . .\n"
                                                     "    1 . # .\n"
                                                     "    2 . . #\n"
                                                     "# scored   . skipped\n"
                                                     "total 3 of 9 cells, density 0.333\n");
}

static void a_bare_picture_is_n_lines_of_n_signs(void **state)
{
    (void)state;
    assert_prints("show 'window(w=2)' --n 4 --bare", "#   \n##  \n.## \n..##\n");
}

static void large_pictures_are_drawn_in_blocks_and_say_so(void **state)
{
    (void)state;
    Ran r = program_run("show 'window(w=64) | sink(s=4)' --n 1024", NULL);
    assert_int_equal(r.status, 0);
    assert_memory_equal(r.out, "1 sign = 8 keys x 16 queries", 28);
    assert_non_null(strstr(r.out, "density"));
    int lines = 0;
    for (const char *c = r.out; *c; c++) lines += *c == '\n';
    assert_int_equal(lines, 2 + 1024 / 16 + 2);
    ran_done(&r);
}

/* Rows of blocks against counting single cells: a block is a blank where nothing is allowed, a dot
 * where nothing is scored, @ where all is. */
static void blocks_tell_future_skipped_and_full_apart(void **state)
{
    (void)state;
    Ran         r = program_run("show 'block(b=512)' --n 1024", NULL);
    const char *row = strstr(r.out, "\n  512 ");
    assert_non_null(row);
    row += 7;
    assert_int_equal(strspn(row, "."), 64);     /* 64 blocks of 8 keys that other rows own */
    assert_int_equal(strspn(row + 64, "@"), 2); /* queries 512 to 527: keys 512 to 527 */
    assert_int_equal(row[66], '\n');
    ran_done(&r);
}

static void words_make_the_tokens(void **state)
{
    (void)state;
    assert_prints("show 'token(is=\"the\")' --text 'the cat saw the dog.' --row 5 --as indices",
                  "5: 0 3\n");
    assert_prints("show full --text 'a b c' --as total", "6\n");
}

static void words_decide_what_a_content_pattern_shows(void **state)
{
    (void)state;
    Ran one = program_run("show 'topk(k=2)' --text 'the cat saw the dog near a house' --as indices",
                          NULL);
    Ran same = program_run(
        "show 'topk(k=2)' --text 'the cat saw the dog near a house' --as indices", NULL);
    Ran other = program_run(
        "show 'topk(k=2)' --text 'old men often tell long stories by night' --as indices", NULL);
    assert_int_equal(one.status, 0);
    assert_string_equal(one.out, same.out);
    assert_string_not_equal(one.out, other.out);
    ran_done(&one);
    ran_done(&same);
    ran_done(&other);
}

static void matrices_make_the_tokens_too(void **state)
{
    (void)state;
#define KEYS " --q tests/fixtures/reports/A21_q.npy --k tests/fixtures/reports/A21_k.npy"
    assert_prints("show 'topk(k=2)' --as indices" KEYS, "0: 0\n1: 0-1\n2: 1-2\n3: 1-2\n4: 1-2\n5: 1-2\n");
    assert_prints("show 'window(w=2)' --as total" KEYS, "11\n");
    assert_prints("show 'lsh(buckets=2, rounds=1, chunk=8)' --row 3 --as indices --q tests/fixtures/reports/A20_x.npy --k tests/fixtures/reports/A20_x.npy"
                  " --given tests/fixtures/reports/A20_r.npy",
                  "3: 1\n");
#undef KEYS
}

static void words_and_tokens_come_from_files(void **state)
{
    (void)state;
    char  path[200], line[400];
    FILE *f;
    snprintf(path, sizeof path, "%s/words.txt", program_folder());
    f = fopen(path, "w");
    fputs("the cat saw\nthe dog.\n", f);
    fclose(f);
    snprintf(line, sizeof line, "show 'token(is=\"the\")' --text-file %s --row 5 --as indices", path);
    assert_prints(line, "5: 0 3\n");
    snprintf(line, sizeof line, "show full --tokens %s --as total", path);
    assert_prints(line, "3\n"); /* two lines, two tokens */
}

static void tables_hold_runs_weights_or_blocks(void **state)
{
    (void)state;
    assert_prints("show 'keys(at=[1]) | self' --n 4 --as csv", "query,first_key,last_key\n0,0,0\n1,1,1\n2,1,2\n3,1,1\n3,3,3\n");
    assert_prints("show 'keys(at=[1])' --n 2 --as csv", "query,first_key,last_key\n0,,\n1,1,1\n");
    /* d = 1, every query is 1, keys 1 3 3: weights 1, and e^1 : e^3 */
    assert_prints("show self --q tests/fixtures/reports/A21_q.npy --k tests/fixtures/reports/A21_k.npy --row 1 --as csv",
                  "query,key,scored,score,dense,sparse\n1,0,0,1,0.119202922,0\n1,1,1,3,0.880797078,1\n");
    assert_prints("show full --n 5 --block 2 --as csv", "query_from,key_from,block,allowed,scored\n0,0,2,3,3\n2,0,2,4,4\n2,2,2,3,3\n"
                                                        "4,0,2,2,2\n4,2,2,2,2\n4,4,2,1,1\n");
    assert_prints("show 'window(w=2)' --n 4 --block 2 --as density", "1 0\n0.25 1\n");
    assert_prints("show 'window(w=2)' --n 3 --bidirectional --block 2 --as density", "0.75 0\n0.5 1\n");
}

static void json_holds_weights_where_there_are_scores(void **state)
{
    (void)state;
    assert_prints("show 'window(w=2)' --n 2 --as json", "{\"attend\":\"figure\",\"v\":1,\"expr\":\"window(w=2)\",\"n\":2,\"background\":\"causal\","
                                                        "\"class\":\"positional\",\"total\":3,\"density\":1,\"rows\":[{\"i\":0,\"count\":1,\"runs\":[[0,0]]},"
                                                        "{\"i\":1,\"count\":2,\"runs\":[[0,1]]}]}\n");
    assert_prints("show self --q tests/fixtures/reports/A21_q.npy --k tests/fixtures/reports/A21_k.npy --row 1 --as json",
                  "{\"attend\":\"figure\",\"v\":1,\"expr\":\"self\",\"n\":6,\"background\":\"causal\",\"class\":\"positional\",\"total\":6,"
                  "\"density\":0.2857142857142857,\"rows\":[{\"i\":1,\"count\":1,\"runs\":[[1,1]],\"dense\":[0.880797078],\"sparse\":[1],"
                  "\"kept\":0.880797078}]}\n");
}

static void assert_refused(const char *line, int status, const char *expected)
{
    Ran r = program_run(line, NULL);
    assert_int_equal(r.status, status);
    assert_string_equal(r.out, "");
    if (strcmp(r.err, expected) != 0) print_message("%s", r.err);
    assert_string_equal(r.err, expected);
    ran_done(&r);
}

static void a_wrong_expression_is_shown_with_a_caret(void **state)
{
    (void)state;
    assert_refused("show window(width=4) --n 4", 2,
                   "attend show: expression, column 8: window has no parameter \"width\"; did you "
                   "mean \"w\"?\n"
                   "    window(width=4)\n"
                   "           ^\n");
    assert_refused("show 'window(w=4) |' --n 4", 2,
                   "attend show: expression, column 14: an operand is missing after \"|\"\n"
                   "    window(w=4) |\n"
                   "                 ^\n");
}

static void a_caret_stands_below_its_place_in_long_and_wide_text(void **state)
{
    (void)state;
    char line[1200] = "show '", *at = line + strlen(line);
    for (int k = 0; k < 60; k++) at += sprintf(at, "window(w=4) | ");
    sprintf(at, "sonk(s=1)' --n 4");
    Ran         r = program_run(line, NULL);
    const char *shown = strchr(r.err, '\n') + 1, *caret = strchr(shown, '\n') + 1;
    assert_int_equal(r.status, 2);
    assert_true(strcspn(shown, "\n") <= 80);
    assert_memory_equal(shown + strcspn(caret, "^"), "sonk", 4);
    ran_done(&r);
    r = program_run("show 'window(w=\xe6\x97\xa5\xe6\x9c\xac)' --n 4", NULL);
    assert_int_equal(r.status, 2);
    assert_non_null(strstr(r.err, "^"));
    ran_done(&r);
}

static void what_can_not_be_done_is_said_before_anything_is_printed(void **state)
{
    (void)state;
    static const struct {
        const char *line, *piece;
    } row[] = {
        {"show", "an expression is missing"},
        {"show self self --n 4", "one expression, in quotes"},
        {"show self", "--n is missing"},
        {"show 'topk(k=2)' --n 4", "topk reads scores"},
        {"show self --n 4 --row 1 --column 2", "exclude each other"},
        {"show self --n 4 --column 2 --as matrix", "--column goes with"},
        {"show self --n 100000 --bare", "at most"},
        {"show self --n 2147483647", "at most"},
        {"show self --n 3 --text 'a b'", "--n is 3, --text has 2 tokens"},
        {"show self --text ''", "no word"},
        {"show 'window(w=0)' --n 4", "w of at least 1"},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        Ran r = program_run(row[k].line, NULL);
        if (!strstr(r.err, row[k].piece)) print_message("attend %s\n%s", row[k].line, r.err);
        assert_int_equal(r.status, 2);
        assert_string_equal(r.out, "");
        assert_non_null(strstr(r.err, row[k].piece));
        ran_done(&r);
    }
}

static void an_output_that_is_full_is_exit_5(void **state)
{
    (void)state;
    Ran r = program_run_into("show self --n 100000 --as indices", "/dev/full");
    assert_int_equal(r.status, 5);
    assert_non_null(strstr(r.err, "standard output: No space left on device"));
    ran_done(&r);
}

/* 10^6 rows would be 13 MB; a reader that leaves after one line ends the program with 0. */
static void a_reader_that_leaves_ends_it_quietly(void **state)
{
    (void)state;
    const char *program = getenv("ATTEND_PROGRAM");
    char        line[300], out[40];
    int         status = -1;
    snprintf(line, sizeof line,
             "{ %s show 'window(w=4)' --n 1000000 --as indices; echo $? >&2; } 2>%s/rc | head -1",
             program ? program : "build/attend", program_folder());
    FILE *f = popen(line, "r");
    assert_non_null(f);
    assert_non_null(fgets(out, sizeof out, f));
    pclose(f);
    assert_string_equal(out, "0: 0\n");
    snprintf(line, sizeof line, "%s/rc", program_folder());
    f = fopen(line, "r");
    assert_int_equal(fscanf(f, "%d", &status), 1);
    fclose(f);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(indices_counts_and_totals_are_plain_lines),
        cmocka_unit_test(the_picture_has_axes_legend_and_counts),
        cmocka_unit_test(a_bare_picture_is_n_lines_of_n_signs),
        cmocka_unit_test(large_pictures_are_drawn_in_blocks_and_say_so),
        cmocka_unit_test(blocks_tell_future_skipped_and_full_apart),
        cmocka_unit_test(words_make_the_tokens),
        cmocka_unit_test(words_decide_what_a_content_pattern_shows),
        cmocka_unit_test(matrices_make_the_tokens_too),
        cmocka_unit_test(words_and_tokens_come_from_files),
        cmocka_unit_test(tables_hold_runs_weights_or_blocks),
        cmocka_unit_test(json_holds_weights_where_there_are_scores),
        cmocka_unit_test(a_wrong_expression_is_shown_with_a_caret),
        cmocka_unit_test(a_caret_stands_below_its_place_in_long_and_wide_text),
        cmocka_unit_test(what_can_not_be_done_is_said_before_anything_is_printed),
        cmocka_unit_test(an_output_that_is_full_is_exit_5),
        cmocka_unit_test(a_reader_that_leaves_ends_it_quietly),
    };
    return cmocka_run_group_tests_name("show", tests, program_start, program_finish);
}
