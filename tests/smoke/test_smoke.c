#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine/rng.h"
#include "tests/smoke/pty.h"

#include <locale.h>
#include <signal.h>
#include <sys/resource.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int start(void **state)
{
    (void)state;
    pty_folder(true);
    setlocale(LC_CTYPE, "C.UTF-8");
    return 0;
}

static int finish(void **state)
{
    (void)state;
    pty_folder(false);
    return 0;
}

static const char home_row[] = "Counting G";

static void opens_a_lesson_and_quits_with_q(void **state)
{
    (void)state;
    Pty p;
    pty_start(&p, 80, 24, "", NULL);
    assert_true(pty_sees(&p, home_row));
    assert_true(p.glass.alternate);
    pty_type(&p, "\r");
    assert_true(pty_lost(&p, home_row));
    pty_type(&p, "q");
    assert_true(pty_sees(&p, home_row));
    pty_type(&p, "q");
    assert_int_equal(pty_end(&p), 0);
    assert_true(pty_restored(&p));
    if (p.glass.unknown) print_message("not understood: %s\n", p.glass.last_unknown);
    assert_int_equal(p.glass.unknown, 0);
    pty_done(&p);
}

static void comes_back_to_the_page_it_was_left_on(void **state)
{
    (void)state;
    Pty  p;
    char title[200];
    pty_start(&p, 80, 24, "learn sinks-overlap", NULL);
    assert_true(pty_sees(&p, "help"));
    for (int k = 0; k < 6; k++) pty_type(&p, " ");
    pty_read(&p, 300);
    snprintf(title, sizeof title, "%.30s", glass_row(&p.glass, 0));
    pty_type(&p, "\x03");
    assert_int_equal(pty_end(&p), 130);
    assert_true(pty_restored(&p));
    pty_done(&p);
    pty_start_again(&p, 80, 24, "", NULL);
    assert_true(pty_sees(&p, "help"));
    pty_read(&p, 300);
    assert_memory_equal(glass_row(&p.glass, 0), title, strlen(title));
    pty_done(&p);
}

static void a_signal_restores_the_terminal_and_is_told_by_the_status(void **state)
{
    (void)state;
    static const struct {
        int number, status;
    } row[] = {{SIGTERM, 143}, {SIGHUP, 129}, {SIGSEGV, 7}, {SIGABRT, 7}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        Pty p;
        pty_start(&p, 80, 24, "learn dense-vs-sparse", NULL);
        assert_true(pty_sees(&p, "help"));
        kill(p.pid, row[k].number);
        assert_int_equal(pty_end(&p), row[k].status);
        assert_true(pty_restored(&p));
        pty_done(&p);
    }
}

static void stops_and_goes_on_with_the_screen_as_it_was(void **state)
{
    (void)state;
    Pty p;
    pty_start_job(&p, 80, 24, "", NULL);
    assert_true(pty_sees(&p, home_row));
    pty_type(&p, "\x1a");
    for (int k = 0; k < 40 && p.glass.alternate; k++) pty_read(&p, 20);
    assert_true(pty_restored(&p));
    for (int k = 0; k < 200 && !p.glass.alternate; k++) pty_read(&p, 20);
    assert_true(p.glass.alternate);
    assert_true(pty_sees(&p, home_row));
    pty_type(&p, "q");
    assert_int_equal(pty_end(&p), 0);
    assert_true(pty_restored(&p));
    pty_done(&p);
}

/* The other end is closed: the program is gone soon and used no processor meanwhile, whether it hears
 * the hang-up or not. What was confirmed is in the record. */
static void a_terminal_that_vanishes_ends_it(void **state)
{
    (void)state;
    for (int deaf = 0; deaf < 2; deaf++) {
        Pty           p;
        struct rusage before, after;
        getrusage(RUSAGE_CHILDREN, &before);
        (deaf ? pty_start_deaf : pty_start)(&p, 80, 24, "learn dense-vs-sparse", NULL);
        assert_true(pty_sees(&p, "help"));
        close(p.slave);
        close(p.master);
        p.master = p.slave = -1;
        assert_int_not_equal(pty_end(&p), -1);
        getrusage(RUSAGE_CHILDREN, &after);
        assert_true(after.ru_utime.tv_sec - before.ru_utime.tv_sec <= 1);
        char *record = pty_record();
        assert_non_null(record);
        assert_non_null(strstr(record, "\"lesson\":\"dense-vs-sparse\""));
        free(record);
        pty_done(&p);
    }
}

static void keep_screen(const Pty *p, char *out, size_t size)
{
    out[0] = '\0';
    for (int y = 0; y < p->glass.rows; y++) {
        size_t used = strlen(out);
        snprintf(out + used, size - used, "%s\n", glass_row(&p->glass, y));
    }
}

/* 400 sizes while keys are typed that come back to where they began; then the page is whole. */
static void a_storm_of_sizes_leaves_the_page_whole(void **state)
{
    (void)state;
    static char before[40000], after[40000];
    Pty         p;
    Rng         rng = rng_seeded(1);
    pty_start(&p, 80, 24, "learn dense-vs-sparse", NULL);
    assert_true(pty_sees(&p, "help"));
    pty_type(&p, "\t\t");
    pty_read(&p, 300);
    keep_screen(&p, before, sizeof before);
    for (int k = 0; k < 400; k++) {
        pty_resize(&p, (int)rng_int(&rng, 1, 200), (int)rng_int(&rng, 1, 60));
        pty_type(&p, k % 2 ? "??" : "\x0c"); /* help opened and closed; everything painted again */
        pty_read(&p, 3);
    }
    pty_resize(&p, 80, 24);
    pty_read(&p, 500);
    keep_screen(&p, after, sizeof after);
    assert_string_equal(after, before);
    pty_type(&p, "qq");
    assert_int_equal(pty_end(&p), 0);
    assert_true(pty_restored(&p));
    pty_done(&p);
}

static void a_window_too_small_says_so_and_recovers(void **state)
{
    (void)state;
    Pty p;
    pty_start(&p, 33, 9, "", NULL);
    assert_true(pty_sees(&p, "x 9. q quits."));
    pty_resize(&p, 80, 24);
    assert_true(pty_sees(&p, home_row));
    pty_read(&p, 200);
    pty_resize(&p, 40, 11);
    assert_true(pty_sees(&p, "this is 40 x 11. q"));
    assert_true(pty_lost(&p, "Dense"));
    pty_type(&p, "q");
    assert_int_equal(pty_end(&p), 0);
    assert_true(pty_restored(&p));
    pty_done(&p);
}

static void every_size_class_shows_home(void **state)
{
    (void)state;
    static const int size[][2] = {{40, 12}, {60, 16}, {80, 24}, {120, 40}, {200, 60}};
    for (size_t k = 0; k < sizeof size / sizeof *size; k++) {
        Pty p;
        pty_start(&p, size[k][0], size[k][1], "", NULL);
        assert_true(pty_sees(&p, home_row));
        pty_type(&p, "q");
        assert_int_equal(pty_end(&p), 0);
        pty_done(&p);
    }
}

/* A terminal that can't be used is named in one sentence; the course goes on line by line. */
static void an_unsuitable_terminal_goes_on_in_plain_mode(void **state)
{
    (void)state;
    static const char *const none[] = {"TERM", NULL}, *const empty[] = {"TERM=", NULL},
                             *const dumb[] = {"TERM=dumb", NULL},
                             *const odd[] = {"TERM=no-such-terminal-type", NULL};
    static const char *const *const env[] = {none, empty, dumb, odd};
    static const char *const        named[] = {"TERM is not set", "TERM is empty", "TERM=dumb",
                                               "TERM=no-such-terminal-type"};
    for (size_t k = 0; k < 4; k++) {
        Pty p;
        pty_start(&p, 120, 24, "", env[k]);
        assert_true(pty_sees(&p, "Lesson, or help:"));
        assert_non_null(strstr(p.raw, named[k]));
        assert_non_null(strstr(p.raw, "reading on in plain mode"));
        assert_null(strchr(p.raw, '\x1b'));
        pty_type(&p, "quit\n");
        assert_int_equal(pty_end(&p), 0);
        assert_true(pty_restored(&p));
        pty_done(&p);
    }
}

/* A description that can't be found where TERMINFO says is looked for elsewhere; where there is none,
 * plain mode goes on. Either way the course opens. */
static void a_lost_terminfo_does_not_stop_it(void **state)
{
    (void)state;
    static const char *const env[] = {"TERMINFO=/nonexistent", NULL};
    Pty                      p;
    pty_start(&p, 80, 24, "", env);
    assert_true(pty_sees(&p, home_row));
    pty_type(&p, p.glass.alternate ? "q" : "quit\n");
    assert_int_equal(pty_end(&p), 0);
    pty_done(&p);
}

static Glass *look(Pty *p, const char *line, PtyEnv env)
{
    pty_start(p, 80, 24, line, env);
    assert_true(pty_sees(p, home_row));
    pty_type(p, "\r");
    assert_true(pty_lost(p, home_row));
    pty_read(p, 200);
    pty_type(p, "qq");
    assert_int_equal(pty_end(p), 0);
    return &p->glass;
}

static void no_colour_takes_away_colours_and_nothing_else(void **state)
{
    (void)state;
    static const char *const set[] = {"NO_COLOR=1", NULL}, *const empty[] = {"NO_COLOR=", NULL},
                             *const vt100[] = {"TERM=vt100", "LC_ALL=C", NULL};
    Pty                             p;
    Glass                          *g = look(&p, "", set);
    assert_false(g->colour);
    assert_true(g->reverse || g->bold);
    assert_non_null(strstr(p.raw, "\x1b[?1049h"));
    pty_done(&p);
    assert_true(look(&p, "", empty)->colour);
    pty_done(&p);
    assert_false(look(&p, "--color=never", NULL)->colour);
    pty_done(&p);
    assert_true(look(&p, "--color=8", set)->colour);
    pty_done(&p);
    assert_false(look(&p, "", vt100)->colour);
    for (size_t k = 0; k < p.raw_len; k++) assert_true((unsigned char)p.raw[k] < 128);
    pty_done(&p);
}

static void a_paste_on_home_runs_no_command(void **state)
{
    (void)state;
    Pty p;
    pty_start(&p, 80, 24, "", NULL);
    assert_true(pty_sees(&p, home_row));
    pty_type(&p, "\x1b[200~q\rq\r!\rreset\r\x1b[201~");
    pty_read(&p, 300);
    assert_true(glass_has(&p.glass, home_row));
    pty_type(&p, "q");
    assert_int_equal(pty_end(&p), 0);
    pty_done(&p);
}

static void a_paste_into_a_field_ends_at_its_limit_and_submits_nothing(void **state)
{
    (void)state;
    enum { LENGTH = 1 << 20 };
    Pty   p;
    char *paste = malloc(LENGTH + 13);
    memcpy(paste, "\x1b[200~", 6);
    for (int k = 0; k < LENGTH; k++) paste[6 + k] = k % 50 == 49 ? '\r' : '7';
    memcpy(paste + 6 + LENGTH, "\x1b[201~", 7);
    pty_start(&p, 80, 24, "learn sinks-overlap#position-500", NULL);
    assert_true(pty_sees(&p, "help"));
    pty_read(&p, 300);
    assert_true(p.glass.paste);
    pty_type_bytes(&p, paste, LENGTH + 12);
    assert_true(pty_sees(&p, "the field is full: 1000 characters"));
    assert_false(glass_has(&p.glass, "Not yet"));
    pty_type(&p, "\x1b");
    pty_read(&p, 100);
    pty_type(&p, "qq");
    assert_int_equal(pty_end(&p), 0);
    assert_true(pty_restored(&p));
    free(paste);
    pty_done(&p);
}

static void a_paste_without_a_field_moves_nothing(void **state)
{
    (void)state;
    static char before[40000], after[40000];
    Pty         p;
    pty_start(&p, 80, 24, "learn dense-vs-sparse", NULL);
    assert_true(pty_sees(&p, "help"));
    pty_read(&p, 300);
    keep_screen(&p, before, sizeof before);
    pty_type(&p, "\x1b[200~qqq   ...\r\x1b[201~");
    pty_read(&p, 300);
    keep_screen(&p, after, sizeof after);
    assert_string_equal(after, before);
    pty_type(&p, "qq");
    assert_int_equal(pty_end(&p), 0);
    pty_done(&p);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)
    const struct CMUnitTest tests[] = {
        TEST(opens_a_lesson_and_quits_with_q),
        TEST(comes_back_to_the_page_it_was_left_on),
        TEST(a_signal_restores_the_terminal_and_is_told_by_the_status),
        TEST(stops_and_goes_on_with_the_screen_as_it_was),
        TEST(a_terminal_that_vanishes_ends_it),
        TEST(a_storm_of_sizes_leaves_the_page_whole),
        TEST(a_window_too_small_says_so_and_recovers),
        TEST(every_size_class_shows_home),
        TEST(an_unsuitable_terminal_goes_on_in_plain_mode),
        TEST(a_lost_terminfo_does_not_stop_it),
        TEST(no_colour_takes_away_colours_and_nothing_else),
        TEST(a_paste_on_home_runs_no_command),
        TEST(a_paste_into_a_field_ends_at_its_limit_and_submits_nothing),
        TEST(a_paste_without_a_field_moves_nothing),
    };
#undef TEST
    return cmocka_run_group_tests_name("smoke", tests, NULL, NULL);
}
