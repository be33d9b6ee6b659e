#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/cmd/cmd.h"
#include "app/base/utf8.h"
#include "app/cmd/manual.h"
#include "app/cmd/options.h"
#include "tests/cmd/program.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* What a command line must give: its status, and a piece of what it says. A status other than 0 means
 * nothing on standard output and one message; the piece is looked for there. */
typedef struct {
    const char *line;
    int         status;
    const char *piece;
} Says;

static void assert_says(const Says *row, size_t rows)
{
    for (size_t k = 0; k < rows; k++) {
        Ran         r = program_run(row[k].line, NULL);
        const char *where = row[k].status ? r.err : r.out;
        if (r.status != row[k].status || !strstr(where, row[k].piece))
            print_message("attend %s\n  status %d, out: %.200s\n  err: %.300s\n", row[k].line,
                          r.status, r.out, r.err);
        assert_int_equal(r.status, row[k].status);
        assert_non_null(strstr(where, row[k].piece));
        if (row[k].status) {
            assert_string_equal(r.out, "");
            assert_memory_equal(r.err, "attend", 6);
            assert_null(strstr(r.err + 1, "\nattend"));
        }
        ran_done(&r);
    }
}
#define ASSERT_SAYS(...)                                                                           \
    do {                                                                                           \
        static const Says rows_[] = {__VA_ARGS__};                                                 \
        assert_says(rows_, sizeof rows_ / sizeof *rows_);                                          \
    } while (0)

static void options_stand_anywhere_and_take_an_equals_sign(void **state)
{
    (void)state;
    ASSERT_SAYS({"show window(w=2) --n 4 --as total", 0, "7\n"},
                {"--as total show --n 4 window(w=2)", 0, "7\n"},
                {"show --n=4 --as=total window(w=2)", 0, "7\n"},
                {"--quiet show --n 4 --as total -- window(w=2)", 0, "7\n"},
                {"show window(w=2) --n 9 --n 4 --as total", 0, "7\n"}, {"-V", 0, "attend 0."},
                {"show -V", 0, "attend 0."}, {"-h", 0, "Verbs:"},
                {"show -h", 0, "Options everywhere:"}, {"help show", 0, "--bidirectional"});
}

static void what_is_not_known_is_named_with_the_nearest_and_never_guessed(void **state)
{
    (void)state;
    ASSERT_SAYS(
        {"shwo window(w=2)", 2, "no verb \"shwo\"; did you mean \"show\"?"},
        {"frobnicate", 2, "attend help lists the verbs"},
        {"show window(w=2) --bidi --n 4", 2,
         "no option \"--bidi\"; did you mean \"--bidirectional\"?"},
        {"show window(w=2) --clumn=3 --n 4", 2,
         "no option \"--clumn\"; did you mean \"--column\"?"},
        {"show window(w=2) -n 4", 2, "no option \"-n\""},
        {"--frob", 2, "attend learn --help lists them"},
        {"show window(w=2) --n 4 --as matrx", 2, "--as: no \"matrx\"; did you mean \"matrix\"?"},
        {"show window(w=2) --n 4 --as 7", 2, "it is one of: matrix indices"},
        {"help expresions", 2, "did you mean \"expressions\"?"},
        {"help frob", 2, "topics: keys, expressions"});
}

static void a_value_that_is_missing_or_too_much_is_named(void **state)
{
    (void)state;
    ASSERT_SAYS({"show window(w=2) --n", 2, "--n needs a value: --n N"},
                {"show window(w=2) --n --row 3", 2, "--n needs a value"},
                {"show window(w=2) --n 4 --bare=yes", 2, "--bare takes no value"},
                {"show window(w=2) --n 12x", 2, "--n: \"12x\" is not a whole number"},
                {"show window(w=2) --n 1e3", 2, "is not a whole number"},
                {"show window(w=2) --n=", 2, "--n: \"\" is not"},
                {"show window(w=2) --n 0", 2, "--n: 0 is not in 1 to 2147483647"},
                {"show window(w=2) --n 99999999999999999999", 2, "is not in 1 to 2147483647"},
                {"show window(w=2) --n 4 --row 4", 2, "--row: 4 is not in 0 to 3"},
                {"show window(w=2) --n 4 --row -1", 2, "--row: -1 is not in 0 to 3"},
                {"list --size 80", 2, "\"80\" is no size; write COLSxROWS"});
}

static void every_verb_has_help_manual_and_completion(void **state)
{
    (void)state;
    Ran man = program_run("help --man", NULL), bash = program_run("completion bash", NULL);
    assert_int_equal(man.status, 0);
    assert_int_equal(bash.status, 0);
    for (int v = 0; cmd_at(v); v++) {
        const Cmd *cmd = cmd_at(v);
        char       line[80], piece[80];
        snprintf(line, sizeof line, "%s --help", cmd->name);
        Ran help = program_run(line, NULL);
        assert_int_equal(help.status, 0);
        assert_non_null(strstr(help.out, cmd->example));
        snprintf(piece, sizeof piece, "\n.SS %s ", cmd->name);
        assert_non_null(strstr(man.out, piece));
        snprintf(piece, sizeof piece, "\n        %s) COMPREPLY", cmd->name);
        assert_non_null(strstr(bash.out, piece));
        for (int k = 0; k < cmd->options; k++) {
            assert_non_null(strstr(help.out, cmd->option[k].name));
            assert_non_null(strstr(bash.out, cmd->option[k].name));
        }
        assert_true(strlen(cmd->summary) > 10 && strlen(cmd->help) > 40);
        ran_done(&help);
    }
    ran_done(&man);
    ran_done(&bash);
}

static void a_verbs_own_option_goes_before_a_common_one_of_that_name(void **state)
{
    (void)state;
    static const CmdOption own = {"--path", "J:I", "a way", NULL};
    const Cmd              cmd = {.name = "x", .option = &own, .options = 1};
    CmdCall                call = {.cmd = &cmd};
    char                   words[4][8] = {"attend", "--path", "0:5", "--json"};
    char                  *argv[] = {words[0], words[1], words[2], words[3], NULL};
    assert_int_equal(options_read(4, argv, 0, &call), ASKED_RUN);
    assert_string_equal(cmd_option(&call, "--path"), "0:5");
    assert_null(call.path);
    assert_true(call.json);
}

static void every_example_runs(void **state)
{
    (void)state;
    for (int v = 0; cmd_at(v); v++) {
        Ran r = program_run(cmd_at(v)->example, NULL);
        if (r.status)
            print_message("attend %s: status %d\n%s", cmd_at(v)->example, r.status, r.err);
        assert_int_equal(r.status, 0);
        assert_true(strlen(r.out) > 0);
        assert_string_equal(r.err, "");
        ran_done(&r);
    }
}

static void help_and_manual_fit_a_line_of_eighty(void **state)
{
    (void)state;
    for (int v = -1; v < 0 || cmd_at(v); v++) {
        Text out = {0};
        if (v < 0)
            manual_overview(&out);
        else
            manual_verb(cmd_at(v), &out);
        for (const char *line = text_string(&out); *line; line += strcspn(line, "\n") + 1) {
            int columns = (int)strcspn(line, "\n");
            if (strncmp(line, "  attend ", 9) == 0) continue; /* an example stays one line */
            if (columns > 80) print_message("%.*s\n", columns, line);
            assert_true(columns <= 80);
        }
        text_done(&out);
    }
}

/* The keys of an object, in their order, with a blank between. */
static void assert_keys(const json_t *object, const char *expected)
{
    char        found[1000] = "";
    const char *key;
    json_t     *value;
    json_object_foreach((json_t *)object, key, value)
    {
        strcat(found, found[0] ? " " : "");
        strcat(found, key);
    }
    assert_string_equal(found, expected);
}

static json_t *json_of(const char *line)
{
    Ran          r = program_run(line, NULL);
    json_error_t error;
    json_t      *value = json_loads(r.out, JSON_REJECT_DUPLICATES, &error);
    if (!value) print_message("attend %s: %s\n%s\n", line, error.text, r.out);
    assert_int_equal(r.status, 0);
    assert_non_null(value);
    ran_done(&r);
    return value;
}

static void json_holds_the_documented_keys_in_their_order(void **state)
{
    (void)state;
    json_t *figure = json_of("show window(w=2) --n 2 --json");
    assert_keys(figure, "attend v expr n background class total density rows");
    assert_keys(json_array_get(json_object_get(figure, "rows"), 1), "i count runs");
    json_decref(figure);
    json_t *explain = json_of("explain fixed --json");
    assert_keys(explain, "attend v expr name expansion class guaranteed decides n row total "
                         "density closed_form nested live hops path source");
    assert_keys(json_object_get(explain, "source"), "authors year title id");
    json_decref(explain);
    json_t *list = json_of("list --json"), *status = json_of("status --json");
    assert_true(json_array_size(list) > 0);
    assert_true(json_equal(list, status));
    assert_keys(json_array_get(list, 0),
                "id title minutes state questions done skipped points max page");
    json_decref(list);
    json_decref(status);
    json_t *version = json_of("version --json");
    assert_keys(version, "attend v version api rng");
    json_decref(version);
    json_t *names = json_of("explain --json");
    assert_keys(json_array_get(names, 0), "name kind sentence");
    json_decref(names);
}

static void text_that_is_no_utf8_becomes_json_all_the_same(void **state)
{
    (void)state;
    Text out = {0};
    utf8_json(&out, "a\"\\\n\x01\xff\xc3\xa9");
    assert_string_equal(text_string(&out), "\"a\\\"\\\\\\u000a\\u0001\xef\xbf\xbd\xc3\xa9\"");
    text_done(&out);
}

static void a_message_can_not_move_the_cursor(void **state)
{
    (void)state;
    Ran r = program_run("'\x1b[2Jlern\xe2\x80\xae'", NULL);
    assert_int_equal(r.status, 2);
    assert_null(strchr(r.err, '\x1b'));
    assert_null(strstr(r.err, "\xe2\x80\xae"));
    ran_done(&r);
}

static void the_manual_page_is_troff_that_escapes_dashes(void **state)
{
    (void)state;
    Text out = {0};
    manual_page(&out);
    const char *page = text_string(&out);
    assert_memory_equal(page, ".TH ATTEND 1", 12);
    static const char *const section[] = {".SH NAME",        ".SH SYNOPSIS", ".SH DESCRIPTION",
                                          ".SH VERBS",       ".SH OPTIONS",  ".SH EXIT STATUS",
                                          ".SH ENVIRONMENT", ".SH FILES"};
    for (size_t k = 0; k < sizeof section / sizeof *section; k++)
        assert_non_null(strstr(page, section[k]));
    assert_non_null(strstr(page, "\\-\\-bidirectional"));
    assert_null(strstr(page, " --"));
    text_done(&out);
}

static void running_text_is_wrapped_at_word_ends(void **state)
{
    (void)state;
    Text out = {0};
    manual_wrap("one two three four\n\n  as it is, however long that may be\nend", 2, 12, &out);
    assert_string_equal(
        text_string(&out),
        "  one two\n  three four\n\n    as it is, however long that may be\n  end\n");
    text_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_anywhere_and_take_an_equals_sign),
        cmocka_unit_test(what_is_not_known_is_named_with_the_nearest_and_never_guessed),
        cmocka_unit_test(a_value_that_is_missing_or_too_much_is_named),
        cmocka_unit_test(every_verb_has_help_manual_and_completion),
        cmocka_unit_test(a_verbs_own_option_goes_before_a_common_one_of_that_name),
        cmocka_unit_test(every_example_runs),
        cmocka_unit_test(help_and_manual_fit_a_line_of_eighty),
        cmocka_unit_test(json_holds_the_documented_keys_in_their_order),
        cmocka_unit_test(text_that_is_no_utf8_becomes_json_all_the_same),
        cmocka_unit_test(a_message_can_not_move_the_cursor),
        cmocka_unit_test(the_manual_page_is_troff_that_escapes_dashes),
        cmocka_unit_test(running_text_is_wrapped_at_word_ends),
    };
    return cmocka_run_group_tests_name("cmd", tests, program_start, program_finish);
}
