#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/cmd/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

/* A file in the test's folder. */
static const char *path_of(const char *name)
{
    static char path[2][300];
    static int  turn;
    turn = 1 - turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", program_folder(), name);
    return path[turn];
}

static void write_file(const char *name, const char *text)
{
    FILE *f = fopen(path_of(name), "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int with_folder(void **state)
{
    program_start(state);
    mkdir(path_of("state"), 0700);
    mkdir(path_of("course"), 0700);
    return 0;
}

static void assert_exit(const char *line, const char *input, int status, const char *piece)
{
    Ran r = program_run(line, input);
    if (r.status != status || !strstr(r.err, piece))
        print_message("attend %s: %d\n%s%s", line, r.status, r.out, r.err);
    assert_int_equal(r.status, status);
    assert_non_null(strstr(r.err, piece));
    if (status && status < 128) assert_string_equal(r.out, "");
    ran_done(&r);
}

static void without_a_terminal_the_course_is_read_line_by_line(void **state)
{
    (void)state;
    Ran r = program_run("", "");
    assert_int_equal(r.status, 0);
    assert_string_equal(r.err, "");
    assert_non_null(strstr(r.out, "Lesson, or help: "));
    ran_done(&r);
    r = program_run("learn dense-vs-sparse", "quit\n");
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(r.out, "Saved."));
    for (const char *c = r.out; *c; c++) assert_true(*c == '\n' || (unsigned char)*c >= 32);
    ran_done(&r);
}

static void the_next_start_is_where_the_last_one_ended(void **state)
{
    (void)state;
    char line[400];
    write_file("course/1-walk.lua",
               "local at = require \"attend\"\n"
               "return at.lesson { api = 1, id = \"walk\", version = \"1.0.0\", title = \"A "
               "walk\", minutes = 1,\n"
               "  goals = { \"see\" }, at.page(\"one\", { \"First words.\" }),\n"
               "  at.page(\"two\", { \"Second words.\", at.reveal(), \"Third words.\" }), "
               "at.page(\"three\", { \"Last.\" }) }\n");
    snprintf(line, sizeof line, "learn --path %s", path_of("course"));
    Ran first = program_run(line, "1\nnext\nnext\nquit\n");
    assert_int_equal(first.status, 0);
    assert_non_null(strstr(first.out, "Third words."));
    assert_null(strstr(first.out, "Last."));
    Ran second = program_run(line, "quit\n");
    assert_non_null(strstr(second.out, "A walk, page 2 of 3: two"));
    assert_non_null(strstr(second.out, "Third words."));
    assert_null(strstr(second.out, "First words."));
    snprintf(line, sizeof line, "status --path %s", path_of("course"));
    Ran status = program_run(line, NULL);
    assert_non_null(strstr(status.out, "Goes on at walk#two"));
    assert_non_null(strstr(status.out, "started"));
    ran_done(&first);
    ran_done(&second);
    ran_done(&status);
}

static void reset_of_a_lesson_keeps_the_record_and_starts_again(void **state)
{
    (void)state;
    struct stat before, after;
    Ran         first = program_run("learn dense-vs-sparse", "next\nquit\n");
    assert_int_equal(stat(path_of("state/attend/progress.jsonl"), &before), 0);
    assert_exit("reset dense-vs-sparse", "", 2, "say --yes");
    assert_exit("reset dense-vs-sparse --yes", NULL, 0, "");
    assert_int_equal(stat(path_of("state/attend/progress.jsonl"), &after), 0);
    assert_true(after.st_size > before.st_size);
    Ran list = program_run("list", NULL);
    assert_memory_equal(list.out, "- dense-vs-sparse", 17);
    ran_done(&first);
    ran_done(&list);
    assert_exit("reset --all --yes --quiet", NULL, 0, "");
    assert_exit("reset", NULL, 2, "what shall start again?");
    assert_exit("reset dense-vs-spars --yes", NULL, 2, "did you mean \"dense-vs-sparse\"?");
    assert_exit("reset dense-vs-sparse#nowhere --yes", NULL, 2, "has no page \"nowhere\"");
}

static void what_is_not_there_is_named(void **state)
{
    (void)state;
    assert_exit("learn dense-vs-spars", NULL, 2,
                "no lesson \"dense-vs-spars\"; did you mean \"dense-vs-sparse\"? (attend list)");
    assert_exit("learn dense-vs-sparse#nowhere", NULL, 2,
                "dense-vs-sparse has no page \"nowhere\"");
    assert_exit("learn a b", NULL, 2, "one lesson at a time");
    assert_exit("learn --path /nowhere", NULL, 3,
                "attend learn: /nowhere: no lessons there\n    --path names a folder");
}

static void a_broken_lesson_is_exit_3_and_the_rest_goes_on(void **state)
{
    (void)state;
    char line[400];
    write_file("course/1-broken.lua", "local at = require \"attend\"\nreturn at.lesson {\n");
    write_file("course/2-good.lua",
               "local at = require \"attend\"\n"
               "return at.lesson { api = 1, id = \"good\", version = \"1.0.0\", title = \"Good\", "
               "minutes = 1,\n"
               "  goals = { \"see\" }, at.page(\"look\", { \"Some words.\" }) }\n");
    snprintf(line, sizeof line, "learn broken --path %s", path_of("course"));
    assert_exit(line, NULL, 3, "1-broken.lua:");
    snprintf(line, sizeof line, "list --path %s", path_of("course"));
    Ran r = program_run(line, NULL);
    assert_int_equal(r.status, 0);
    assert_memory_equal(r.out, "! broken", 8);
    assert_non_null(strstr(r.out, "1-broken.lua:"));
    assert_non_null(strstr(r.out, "\n- good"));
    ran_done(&r);
    snprintf(line, sizeof line, "learn good --path %s", path_of("course"));
    r = program_run(line, "quit\n");
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(r.out, "Some words."));
    ran_done(&r);
}

static void a_state_that_can_not_be_written_is_exit_5_and_learning_goes_on(void **state)
{
    (void)state;
    mkdir(path_of("state/attend"), 0700);
    write_file("state/attend/progress.jsonl", "{\"attend\":\"progress\",\"v\":2}\n");
    assert_exit("reset --all --yes", NULL, 5, "written by a newer Attend (format 2)");
    Ran r = program_run("learn dense-vs-sparse", "next\nquit\n");
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(r.out, "newer Attend"));
    ran_done(&r);
    write_file("state/attend/progress.jsonl", "dear diary\n");
    assert_exit("reset --all --yes", NULL, 4, "not a progress file of Attend");
    write_file("state/attend/progress.jsonl", "{\"attend\":\"progress\",\"v\":1}\n");
    int fd = open(path_of("state/attend/progress.jsonl"), O_RDWR);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_exit("reset --all --yes", NULL, 5, "locked by another program");
    close(fd);
}

static void the_config_is_read_and_its_mistakes_are_named_by_line(void **state)
{
    (void)state;
    char line[400];
    write_file("good",
               "# comment\n\n decimal = comma # as in 1,5\ncolor = \"never\"\nmouse = on\n");
    snprintf(line, sizeof line, "list --config %s", path_of("good"));
    assert_exit(line, NULL, 0, "");
    write_file("bad",
               "colour = never\ncolor = blue\ncolor never\nwidth = \"60\nwidth = 60\nwidth = 50\n");
    snprintf(line, sizeof line, "list --config %s", path_of("bad"));
    Ran r = program_run(line, NULL);
    assert_int_equal(r.status, 0);
    static const char *const piece[] = {
        "bad:1: no setting \"colour\"; did you mean \"color\"?",
        "bad:2: color = blue: it is one of: auto never 8 16 256 direct",
        "bad:3: a line is: name = value", "bad:4: a closing \" is missing",
        "bad:6: width stands in line 5 already; this one holds"};
    for (size_t k = 0; k < sizeof piece / sizeof *piece; k++) {
        if (!strstr(r.err, piece[k])) print_message("%s", r.err);
        assert_non_null(strstr(r.err, piece[k]));
    }
    ran_done(&r);
    snprintf(line, sizeof line, "list --quiet --config %s", path_of("bad"));
    r = program_run(line, NULL);
    assert_string_equal(r.err, "");
    ran_done(&r);
    assert_exit("list --config /nowhere/config", NULL, 4, "/nowhere/config: there is no such file");
    snprintf(line, sizeof line, "list --config %s", program_folder());
    assert_exit(line, NULL, 4, "not a regular file");
}

static void plain_mode_is_as_wide_as_asked(void **state)
{
    (void)state;
    static const struct {
        const char *line, *columns;
        int         most;
    } row[] = {{"learn dense-vs-sparse", NULL, 72},
               {"learn dense-vs-sparse --size 40x24", NULL, 40},
               {"learn dense-vs-sparse", "50", 50}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        if (row[k].columns) setenv("COLUMNS", row[k].columns, 1);
        Ran r = program_run(row[k].line, "quit\n");
        int widest = 0;
        for (char *line = strtok(r.out, "\n"); line; line = strtok(NULL, "\n"))
            if ((int)strlen(line) > widest && !strchr(line, '/')) widest = (int)strlen(line);
        assert_in_range(widest, row[k].most - 15,
                        row[k].most + 4); /* bytes: a sign or two beyond ASCII */
        ran_done(&r);
    }
}

static void find_narrows_the_list(void **state)
{
    (void)state;
    Ran r = program_run("list --find COUNTING", NULL);
    assert_memory_equal(r.out, "- sinks-overlap", 15);
    assert_ptr_equal(strchr(r.out, '\n') + 1, r.out + strlen(r.out));
    ran_done(&r);
    r = program_run("list --find nothing-like-it", NULL);
    assert_string_equal(r.out, "No lesson holds that text.\n");
    ran_done(&r);
}

static void a_seed_deals_other_variants(void **state)
{
    (void)state;
    Ran one = program_run("learn sinks-overlap#position-500 --seed 7", "quit\n"),
        same = program_run("learn sinks-overlap#position-500 --seed 7", "quit\n");
    assert_int_equal(one.status, 0);
    assert_string_equal(one.out, same.out);
    ran_done(&one);
    ran_done(&same);
}

static void bash_completes_verbs_options_and_values(void **state)
{
    (void)state;
    const char *program = getenv("ATTEND_PROGRAM");
    static const struct {
        const char *words, *expected;
    } row[] = {{"attend sho", "show"},
               {"attend show --bidi", "--bidirectional"},
               {"attend show --as tot", "total"},
               {"attend --plain lis", "list"}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        char command[600], out[200] = "";
        snprintf(command, sizeof command,
                 "bash -c 'source <(%s completion bash); COMP_WORDS=(%s); "
                 "COMP_CWORD=$((${#COMP_WORDS[@]}-1)); cd /; _attend; echo \"${COMPREPLY[*]}\"'",
                 program ? program : "build/attend", row[k].words);
        FILE *f = popen(command, "r");
        assert_non_null(f);
        assert_non_null(fgets(out, sizeof out, f));
        pclose(f);
        out[strcspn(out, "\n")] = '\0';
        assert_string_equal(out, row[k].expected);
    }
}

/* A lesson in which one question has that right answer and wrong row. */
static void write_question(const char *name, const char *id, const char *question)
{
    char text[1200];
    snprintf(text, sizeof text,
             "local at = require \"attend\"\n"
             "return at.lesson { api = 1, id = \"%s\", version = \"1.0.0\", title = \"T\", minutes "
             "= 1,\n"
             "  goals = { \"see\" },\n"
             "  at.page(\"look\", { \"Some words.\" }),\n"
             "  at.ask(\"q\", function(rng)\n%s\n  end),\n}\n",
             id, question);
    write_file(name, text);
}

static void lint_and_test_find_what_is_wrong_and_name_file_and_line(void **state)
{
    (void)state;
    char line[400];
    write_question("course/1-good.lua", "good",
                   "local n = rng:int(2, 99)\n"
                   "return at.integer { (\"What is %d and 1?\"):format(n), right = n + 1,\n"
                   "  wrong = { { n, \"no-one\", \"You left out the 1.\" } } }");
    snprintf(line, sizeof line, "lint %s", path_of("course"));
    Ran r = program_run(line, NULL);
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(r.out, "1 lesson, 0 findings"));
    ran_done(&r);
    snprintf(line, sizeof line, "test %s --seeds 30", path_of("course"));
    r = program_run(line, NULL);
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(r.out, "30 variants of each question, plain mode: 0 findings"));
    ran_done(&r);
    write_question("course/2-twice.lua", "twice",
                   "local n = rng:int(2, 9)\n"
                   "return at.integer { \"Two and two?\", right = n, wrong = { { 5, \"five\", "
                   "\"Not five.\" } } }");
    snprintf(line, sizeof line, "test %s --seeds 60", path_of("course"));
    r = program_run(line, NULL);
    assert_int_equal(r.status, 1);
    assert_non_null(strstr(r.out, "course/2-twice.lua:"));
    assert_non_null(strstr(r.out, "2 lessons, "));
    assert_string_equal(r.err, "");
    ran_done(&r);
    write_file("course/3-broken.lua", "local at = require \"attend\"\nreturn at.lesson {\n");
    snprintf(line, sizeof line, "lint %s --json", path_of("course/3-broken.lua"));
    r = program_run(line, NULL);
    assert_int_equal(r.status, 1);
    assert_memory_equal(r.out, "[{\"file\":\"/", 11);
    assert_non_null(strstr(r.out, "course/3-broken.lua\",\"line\":3,"));
    ran_done(&r);
    assert_exit("lint /nowhere/1-x.lua", NULL, 3, "/nowhere/1-x.lua");
    assert_exit("test lessons --seeds 0", NULL, 2, "--seeds: 0 is not in 1 to");
}

static void help_on_keys_expressions_and_lessons_is_made_from_their_tables(void **state)
{
    (void)state;
    static const struct {
        const char *line, *piece;
    } row[] = {{"help keys", "quit"},
               {"help expressions", "window(w)"},
               {"help lessons", "at.lesson"},
               {"help", "Verbs:"}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        Ran r = program_run(row[k].line, NULL);
        assert_int_equal(r.status, 0);
        if (!strstr(r.out, row[k].piece)) print_message("attend %s\n%.600s", row[k].line, r.out);
        assert_non_null(strstr(r.out, row[k].piece));
        ran_done(&r);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, with_folder, program_finish)
    const struct CMUnitTest tests[] = {
        TEST(without_a_terminal_the_course_is_read_line_by_line),
        TEST(the_next_start_is_where_the_last_one_ended),
        TEST(reset_of_a_lesson_keeps_the_record_and_starts_again),
        TEST(what_is_not_there_is_named),
        TEST(a_broken_lesson_is_exit_3_and_the_rest_goes_on),
        TEST(a_state_that_can_not_be_written_is_exit_5_and_learning_goes_on),
        TEST(the_config_is_read_and_its_mistakes_are_named_by_line),
        TEST(plain_mode_is_as_wide_as_asked),
        TEST(find_narrows_the_list),
        TEST(a_seed_deals_other_variants),
        TEST(bash_completes_verbs_options_and_values),
        TEST(lint_and_test_find_what_is_wrong_and_name_file_and_line),
        TEST(help_on_keys_expressions_and_lessons_is_made_from_their_tables),
    };
#undef TEST
    return cmocka_run_group_tests_name("learn", tests, NULL, NULL);
}
