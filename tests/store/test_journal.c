#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/base/hash.h"
#include "app/store/journal.h"
#include "app/store/record.h"
#include "tests/store/folder.h"

#include <errno.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

static const char header[] = "{\"attend\":\"progress\",\"v\":1}\n";
static const char skip_line[] = "{\"ev\":\"skip\",\"at\":\"2026-01-05T18:00:00Z\",\"ses\":"
                                "\"00000000\",\"n\":1,\"ref\":\"a#b\"}\n";

static int start(void **state)
{
    (void)state;
    folder_new();
    setenv("SOURCE_DATE_EPOCH", "1767636000", 1); /* 2026-01-05T18:00:00Z */
    return hash_start() ? 0 : -1;
}

static int finish(void **state)
{
    (void)state;
    folder_remove(folder_path);
    return 0;
}

static Entry skip_of(const char *page)
{
    return (Entry){.kind = ENTRY_SKIP, .lesson = "a", .page = page};
}

static Journal *opened(Progress *p)
{
    Why      why;
    Journal *j = journal_open(folder_path, p, &why);
    assert_non_null(j);
    return j;
}

/* How many lines of the file hold that piece; every line must parse or hold `torn`. */
static int lines_with(const char *piece, const char *torn, int *broken)
{
    char *text = folder_read("progress.jsonl");
    int   found = 0;
    *broken = 0;
    assert_non_null(text);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        Record r;
        if (strstr(line, piece)) found++;
        if (strcmp(line, record_header) != 0 &&
            record_read(line, strlen(line), &r) != RECORD_ENTRY) {
            (*broken)++;
            if (torn) assert_non_null(strstr(line, torn));
        }
        if (strcmp(line, record_header) != 0) record_done(&r);
    }
    free(text);
    return found;
}

static void opening_creates_nothing(void **state)
{
    (void)state;
    Progress p = {0};
    Why      why;
    Journal *j = journal_open(folder_file("new/deep"), &p, &why);
    assert_true(journal_saves(j));
    assert_int_equal(access(folder_file("new"), F_OK), -1);
    journal_close(j);
    assert_int_equal(access(folder_file("new"), F_OK), -1);
    progress_done(&p);
}

static void the_first_entry_makes_private_folder_file_and_header(void **state)
{
    (void)state;
    Progress    p = {0};
    Why         why;
    struct stat s;
    Journal    *j = journal_open(folder_file("new/deep"), &p, &why);
    Entry       e = skip_of("b");
    assert_int_equal(journal_append(j, &e, &why), STATUS_OK);
    assert_int_equal(stat(folder_file("new/deep"), &s), 0);
    assert_int_equal(s.st_mode & 0777, 0700);
    assert_int_equal(stat(folder_file("new/deep/progress.jsonl"), &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    char *text = folder_read("new/deep/progress.jsonl");
    assert_memory_equal(text, header, sizeof header - 1);
    assert_non_null(strstr(text, "{\"ev\":\"skip\",\"at\":\"2026-01-05T18:00:00Z\",\"ses\":\""));
    assert_non_null(strstr(text, "\",\"n\":1,\"ref\":\"a#b\"}\n"));
    free(text);
    journal_close(j);
    progress_done(&p);
}

static void what_was_saved_is_folded_at_the_next_start(void **state)
{
    (void)state;
    Progress p = {0};
    Why      why;
    Journal *j = opened(&p);
    Entry    place = {.kind = ENTRY_PLACE,
                      .lesson = "a",
                      .page = "look",
                      .step = 2,
                      .states = 1,
                      .state = {{"w", 5}}};
    Entry    skip = skip_of("b");
    assert_int_equal(journal_append(j, &place, &why), STATUS_OK);
    assert_int_equal(journal_append(j, &skip, &why), STATUS_OK);
    journal_close(j);
    progress_done(&p);
    j = opened(&p);
    assert_int_equal(journal_passed_over(j), 0);
    assert_string_equal(p.lesson, "a");
    assert_string_equal(p.at, "look");
    assert_true(progress_page(&p, "a", "b")->skipped);
    assert_true(progress_page(&p, "a", "look")->state[0].value == 5);
    journal_close(j);
    progress_done(&p);
}

static void a_torn_last_line_is_not_read_and_ended_by_the_next_writer(void **state)
{
    (void)state;
    folder_text("progress.jsonl",
                "{\"attend\":\"progress\",\"v\":1}\n{\"ev\":\"skip\",\"ref\":\"a#to");
    Progress p = {0};
    Why      why;
    Journal *j = opened(&p);
    assert_int_equal(journal_passed_over(j), 0);
    assert_int_equal(p.pages, 0);
    Entry e = skip_of("b");
    assert_int_equal(journal_append(j, &e, &why), STATUS_OK);
    int broken;
    assert_int_equal(lines_with("#b", "a#to", &broken), 1);
    assert_int_equal(broken, 1);
    journal_close(j);
    j = opened(&p);
    assert_int_equal(journal_passed_over(j), 1);
    assert_true(progress_page(&p, "a", "b")->skipped);
    journal_close(j);
    progress_done(&p);
}

static void a_torn_header_is_followed_by_a_whole_one(void **state)
{
    (void)state;
    for (size_t len = 0; len < sizeof header; len++) {
        folder_write("progress.jsonl", header, len);
        Progress p = {0};
        Why      why;
        Journal *j = opened(&p);
        Entry    e = skip_of("b");
        assert_true(journal_saves(j));
        assert_int_equal(journal_append(j, &e, &why), STATUS_OK);
        journal_close(j);
        j = opened(&p);
        assert_true(journal_saves(j));
        assert_int_equal(journal_passed_over(j), 0);
        assert_true(progress_page(&p, "a", "b")->skipped);
        journal_close(j);
        progress_done(&p);
    }
}

static void broken_unknown_and_overlong_lines_are_passed_over_and_kept(void **state)
{
    (void)state;
    Text file = {0};
    text_add(&file, header);
    text_add(&file, "not json\n{\"ev\":\"poll\",\"ref\":\"a#q\"}\n{\"ev\":\"skip\"}\n");
    text_add(&file, "{\"ev\":\"skip\",\"ref\":\"a#b\",\"x\":\"");
    for (int k = 0; k < 200000; k++) text_add_char(&file, 'x');
    text_add(&file, "\"}\n");
    text_add(&file, skip_line);
    folder_write("progress.jsonl", file.at, file.len);
    Progress p = {0};
    Journal *j = opened(&p);
    assert_int_equal(journal_passed_over(j), 3); /* the unknown event is none of them */
    assert_int_equal(p.pages, 1);
    journal_close(j);
    char *after = folder_read("progress.jsonl");
    assert_string_equal(after, text_string(&file));
    free(after);
    text_done(&file);
    progress_done(&p);
}

/* A file that is not ours stays byte for byte, the session goes on without saving. */
static void assert_left_alone(const char *content, Status status, const char *sentence)
{
    folder_text("progress.jsonl", content);
    Progress p = {0};
    Why      why;
    Journal *j = journal_open(folder_path, &p, &why);
    assert_false(journal_saves(j));
    assert_int_equal(journal_status(j), status);
    assert_non_null(strstr(why.what, sentence));
    assert_non_null(strstr(why.what, "progress.jsonl"));
    Entry e = skip_of("b");
    assert_int_equal(journal_append(j, &e, &why), status);
    assert_non_null(strstr(why.what, sentence));
    journal_close(j);
    char *after = folder_read("progress.jsonl");
    assert_string_equal(after, content);
    free(after);
    progress_done(&p);
}

static void a_newer_format_is_left_alone(void **state)
{
    (void)state;
    assert_left_alone(
        "{\"attend\":\"progress\",\"v\":2}\n{\"ev\":\"skip\",\"ref\":\"a#b\"}\n", STATUS_NEWER,
        "written by a newer Attend (format 2); it is left as it is and this session is not saved");
}

static void a_foreign_file_is_left_alone(void **state)
{
    (void)state;
    assert_left_alone("dear diary\n", STATUS_DAMAGED, "not a progress file of Attend");
    assert_left_alone("dear diary", STATUS_DAMAGED, "not a progress file of Attend");
    assert_left_alone("{\"attend\":\"attempt\",\"v\":1}\n", STATUS_DAMAGED,
                      "not a progress file of Attend");
}

static void a_file_that_became_newer_meanwhile_is_left_alone(void **state)
{
    (void)state;
    Progress p = {0};
    Why      why;
    Journal *j = opened(&p);
    folder_text("progress.jsonl", "{\"attend\":\"progress\",\"v\":3}\n");
    Entry e = skip_of("b");
    assert_int_equal(journal_append(j, &e, &why), STATUS_NEWER);
    assert_non_null(strstr(why.what, "format 3"));
    journal_close(j);
    char *after = folder_read("progress.jsonl");
    assert_string_equal(after, "{\"attend\":\"progress\",\"v\":3}\n");
    free(after);
    progress_done(&p);
}

static void a_fifo_or_a_folder_in_its_place_does_not_hang(void **state)
{
    (void)state;
    Progress p = {0};
    Why      why;
    assert_int_equal(mkfifo(folder_file("progress.jsonl"), 0600), 0);
    Journal *j = journal_open(folder_path, &p, &why);
    assert_false(journal_saves(j));
    assert_non_null(strstr(why.what, "not a regular file"));
    journal_close(j);
    unlink(folder_file("progress.jsonl"));
    folder_sub("progress.jsonl");
    j = journal_open(folder_path, &p, &why);
    assert_false(journal_saves(j));
    journal_close(j);
    progress_done(&p);
}

static void a_folder_that_can_not_be_made_is_named(void **state)
{
    (void)state;
    folder_text("file", "x");
    Progress p = {0};
    Why      why;
    Journal *j = journal_open(folder_file("file/state"), &p, &why);
    Entry    e = skip_of("b");
    assert_int_equal(journal_append(j, &e, &why), STATUS_WRITE);
    assert_non_null(strstr(why.what, "file/state"));
    journal_close(j);
    progress_done(&p);
}

static void a_full_disk_leaves_no_half_line_and_is_made_up_for_later(void **state)
{
    (void)state;
    struct rlimit whole, small;
    Progress      p = {0};
    Why           why;
    Journal      *j = opened(&p);
    Entry         e = skip_of("one");
    assert_int_equal(journal_append(j, &e, &why), STATUS_OK);
    char *before = folder_read("progress.jsonl");
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &whole);
    small = whole;
    small.rlim_cur = strlen(before) + 20; /* room for a piece of the next line */
    setrlimit(RLIMIT_FSIZE, &small);
    e = skip_of("two");
    assert_int_equal(journal_append(j, &e, &why), STATUS_WRITE);
    assert_string_equal(why.what, "disk full");
    e = skip_of("three");
    assert_int_equal(journal_append(j, &e, &why), STATUS_WRITE);
    char *full = folder_read("progress.jsonl");
    assert_string_equal(full, before);
    setrlimit(RLIMIT_FSIZE, &whole);
    e = skip_of("four");
    assert_int_equal(journal_append(j, &e, &why), STATUS_OK);
    char *after = folder_read("progress.jsonl");
    assert_memory_equal(after, before, strlen(before));
    char *two = strstr(after, "#two"), *three = strstr(after, "#three"),
         *four = strstr(after, "#four");
    assert_true(two && three && four && two < three && three < four);
    int broken;
    assert_int_equal(lines_with("\"n\":", NULL, &broken), 4);
    assert_int_equal(broken, 0);
    free(before);
    free(full);
    free(after);
    journal_close(j);
    progress_done(&p);
}

static void what_waits_is_tried_once_more_on_closing(void **state)
{
    (void)state;
    struct rlimit whole, none;
    Progress      p = {0};
    Why           why;
    Journal      *j = opened(&p);
    Entry         e = skip_of("late");
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &whole);
    none = whole;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_FSIZE, &none);
    assert_int_equal(journal_append(j, &e, &why), STATUS_WRITE);
    setrlimit(RLIMIT_FSIZE, &whole);
    journal_close(j);
    char *text = folder_read("progress.jsonl");
    assert_non_null(strstr(text, "#late"));
    free(text);
    progress_done(&p);
}

static void a_lock_that_stays_is_reported_and_the_entry_kept(void **state)
{
    (void)state;
    folder_text("progress.jsonl", header);
    int fd = open(folder_file("progress.jsonl"), O_RDWR);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    Progress p = {0};
    Why      why;
    Journal *j = opened(&p);
    Entry    e = skip_of("one");
    assert_int_equal(journal_append(j, &e, &why), STATUS_LOCKED);
    assert_string_equal(why.what, "locked by another program");
    close(fd);
    e = skip_of("two");
    assert_int_equal(journal_append(j, &e, &why), STATUS_OK);
    int broken;
    assert_int_equal(lines_with("#one", NULL, &broken), 1);
    assert_int_equal(lines_with("#two", NULL, &broken), 1);
    journal_close(j);
    progress_done(&p);
}

static void another_programs_entries_are_caught_up_with_ones_own_are_not_doubled(void **state)
{
    (void)state;
    Progress mine = {0}, theirs = {0};
    Why      why;
    Journal *a = opened(&mine), *b = opened(&theirs);
    Entry    submit = {.kind = ENTRY_SUBMIT,
                       .lesson = "a",
                       .page = "q",
                       .variant = 1,
                       .answer = {"7"},
                       .answers = 1,
                       .tries = 1,
                       .max = 3,
                       .slip = ""};
    Entry    skip = skip_of("b");
    assert_int_equal(progress_take(&mine, &submit), STATUS_OK); /* the session folds its own */
    assert_int_equal(journal_append(a, &submit, &why), STATUS_OK);
    assert_int_equal(journal_append(b, &skip, &why), STATUS_OK);
    assert_int_equal(journal_catch_up(a, &mine, &why), STATUS_OK);
    assert_int_equal(progress_page(&mine, "a", "q")->tries, 1);
    assert_true(progress_page(&mine, "a", "b")->skipped);
    assert_int_equal(journal_catch_up(b, &theirs, &why), STATUS_OK);
    assert_int_equal(progress_page(&theirs, "a", "q")->tries, 1);
    assert_int_equal(journal_catch_up(b, &theirs, &why), STATUS_OK);
    assert_int_equal(progress_page(&theirs, "a", "q")->tries, 1);
    journal_close(a);
    journal_close(b);
    progress_done(&mine);
    progress_done(&theirs);
}

/* A child that appends `count` entries (for ever if 0). */
static pid_t writer(const char *page, int count)
{
    pid_t child = fork();
    if (child != 0) return child;
    Progress p = {0};
    Why      why;
    Journal *j = journal_open(folder_path, &p, &why);
    Entry    e = skip_of(page);
    for (int k = 0; count == 0 || k < count; k++)
        if (journal_append(j, &e, &why) != STATUS_OK) _exit(1);
    _exit(0);
}

static void two_programs_at_once_lose_nothing(void **state)
{
    (void)state;
    pid_t one = writer("one", 150), two = writer("two", 150);
    int   status, broken;
    waitpid(one, &status, 0);
    assert_int_equal(status, 0);
    waitpid(two, &status, 0);
    assert_int_equal(status, 0);
    assert_int_equal(lines_with("#one", NULL, &broken), 150);
    assert_int_equal(lines_with("#two", NULL, &broken), 150);
    assert_int_equal(lines_with("\"attend\"", NULL, &broken), 1);
    assert_int_equal(broken, 0);
}

static void a_program_killed_while_writing_leaves_a_file_the_next_one_uses(void **state)
{
    (void)state;
    int before = 0, broken;
    for (int round = 0; round < 12; round++) {
        pid_t           child = writer("killed", 0);
        struct timespec pause = {.tv_nsec = (3 + 7 * round) * 1000000L};
        nanosleep(&pause, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        Progress p = {0};
        Why      why;
        Journal *j = opened(&p);
        Entry    e = skip_of("after");
        assert_true(journal_saves(j));
        assert_int_equal(journal_append(j, &e, &why), STATUS_OK);
        journal_close(j);
        progress_done(&p);
        int now = lines_with("#killed", "{", &broken);
        assert_true(now >= before);
        before = now;
        assert_int_equal(lines_with("#after", "{", &broken), round + 1);
    }
}

static void the_folder_is_the_one_given_then_the_environment(void **state)
{
    (void)state;
    Progress p = {0};
    Why      why;
    setenv("XDG_STATE_HOME", "/x/state", 1);
    setenv("HOME", "/x/home", 1);
    setenv("ATTEND_STATE", "/x/env", 1);
    Journal *j = journal_open("/x/given", &p, &why);
    assert_string_equal(journal_path(j), "/x/given/progress.jsonl");
    journal_close(j);
    j = journal_open(NULL, &p, &why);
    assert_string_equal(journal_path(j), "/x/env/progress.jsonl");
    journal_close(j);
    unsetenv("ATTEND_STATE");
    j = journal_open(NULL, &p, &why);
    assert_string_equal(journal_path(j), "/x/state/attend/progress.jsonl");
    journal_close(j);
    unsetenv("XDG_STATE_HOME");
    j = journal_open(NULL, &p, &why);
    assert_string_equal(journal_path(j), "/x/home/.local/state/attend/progress.jsonl");
    journal_close(j);
    unsetenv("HOME");
    j = journal_open(NULL, &p, &why);
    assert_false(journal_saves(j));
    assert_non_null(strstr(why.what, "HOME is not set"));
    journal_close(j);
    progress_done(&p);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)
    const struct CMUnitTest tests[] = {
        TEST(opening_creates_nothing),
        TEST(the_first_entry_makes_private_folder_file_and_header),
        TEST(what_was_saved_is_folded_at_the_next_start),
        TEST(a_torn_last_line_is_not_read_and_ended_by_the_next_writer),
        TEST(a_torn_header_is_followed_by_a_whole_one),
        TEST(broken_unknown_and_overlong_lines_are_passed_over_and_kept),
        TEST(a_newer_format_is_left_alone),
        TEST(a_foreign_file_is_left_alone),
        TEST(a_file_that_became_newer_meanwhile_is_left_alone),
        TEST(a_fifo_or_a_folder_in_its_place_does_not_hang),
        TEST(a_folder_that_can_not_be_made_is_named),
        TEST(a_full_disk_leaves_no_half_line_and_is_made_up_for_later),
        TEST(what_waits_is_tried_once_more_on_closing),
        TEST(a_lock_that_stays_is_reported_and_the_entry_kept),
        TEST(another_programs_entries_are_caught_up_with_ones_own_are_not_doubled),
        TEST(two_programs_at_once_lose_nothing),
        TEST(a_program_killed_while_writing_leaves_a_file_the_next_one_uses),
        TEST(the_folder_is_the_one_given_then_the_environment),
    };
#undef TEST
    return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
