#include "app/base/utf8.h"
#include "app/term/term.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include <cmocka.h>

/* A program on the far side of a pseudo-terminal: it tells each event on an empty row of its
 * screen, so that the whole word is painted and the test can read it from the output. */
typedef struct {
    int            master;
    pid_t          child;
    char           out[1 << 18];
    int            len;
    struct termios before;
} Far;

static void draw(Term *t, Canvas *c, const char *word)
{
    static int told;
    int        columns, rows;
    t->size(t, &columns, &rows);
    canvas_size(c, columns, rows);
    canvas_format(c, 0, 5 + told++ % 15, style_plain(), "<%s>", word);
    canvas_text(c, 0, 1, style_ink(HUE_RIGHT, ATTR_BOLD), "Right");
    canvas_text(c, 0, 2, style_step(0.5), "0.5");
    canvas_text(c, 0, 3, style_plain(),
                "\xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xa7|");
    canvas_cursor(c, 7, 4);
    t->show(t, c, THEME_DARK);
}

static void tell(const Event *e, char *word, size_t size)
{
    Text key = {0};
    switch (e->kind) {
    case EVENT_KEY:
        key_show(e->key, &key);
        break;
    case EVENT_PASTE:
        text_format(&key, "paste-%zu", e->len);
        break;
    case EVENT_RESIZE:
        text_format(&key, "size-%dx%d", e->columns, e->rows);
        break;
    case EVENT_RESUME:
        text_add(&key, "resume");
        break;
    case EVENT_NONE:
        text_add(&key, "none");
        break;
    case EVENT_SIGNAL:
    case EVENT_END:
        break;
    }
    snprintf(word, size, "%s", text_string(&key));
    text_done(&key);
}

/* The far program. P and p turn bracketed paste on and off, R rescues and dies, Z suspends. */
static int far_program(int color)
{
    Text   why = {0};
    Canvas c = {0};
    char   word[100] = "start";
    setlocale(LC_CTYPE, "C.UTF-8");
    Term *t = term_curses(color, false, 25, &why);
    if (!t) {
        printf("refused: %s\r\n", text_string(&why));
        fflush(stdout);
        return 6;
    }
    for (;;) {
        Event e;
        draw(t, &c, word);
        t->event(t, -1, &e);
        if (e.kind == EVENT_SIGNAL || e.kind == EVENT_END) {
            t->close(t);
            return e.kind == EVENT_END ? 9 : 128 + e.signal;
        }
        if (e.kind == EVENT_KEY && (e.key == 'P' || e.key == 'p')) t->paste(t, e.key == 'P');
        if (e.kind == EVENT_KEY && e.key == 'Z') t->suspend(t);
        if (e.kind == EVENT_KEY && e.key == 'R') {
            term_curses_rescue();
            _exit(77);
        }
        if (e.kind == EVENT_KEY && e.key == 'q') {
            t->close(t);
            canvas_done(&c);
            return 0;
        }
        tell(&e, word, sizeof word);
    }
}

static void far_start_with(Far *f, const char *term, int color, int (*job)(void))
{
    struct winsize size = {.ws_col = 80, .ws_row = 24};
    int            slave;
    memset(f, 0, sizeof *f);
    assert_int_equal(openpty(&f->master, &slave, NULL, NULL, &size), 0);
    assert_int_equal(tcgetattr(slave, &f->before), 0);
    fflush(NULL);
    f->child = fork();
    if (f->child == 0) {
        close(f->master);
        if (term)
            setenv("TERM", term, 1);
        else
            unsetenv("TERM");
        login_tty(slave);
        for (int k = 1; k < NSIG; k++) signal(k, SIG_DFL);
        _exit(job ? job() : far_program(color));
    }
    close(slave);
    fcntl(f->master, F_SETFL, O_NONBLOCK);
}

static void far_start_color(Far *f, const char *term, int color)
{
    far_start_with(f, term, color, NULL);
}

static void far_start_job(Far *f, const char *term, int (*job)(void))
{
    far_start_with(f, term, -1, job);
}

static void far_start(Far *f, const char *term)
{
    far_start_color(f, term, -1);
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void far_read(Far *f, int wait)
{
    struct pollfd on = {.fd = f->master, .events = POLLIN};
    if (poll(&on, 1, wait) <= 0) return;
    ssize_t len = read(f->master, f->out + f->len, sizeof f->out - 1 - (size_t)f->len);
    if (len > 0)
        f->len += (int)len;
    else
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    f->out[f->len] = '\0';
}

/* Waits (ten seconds at most) until the output since `from` holds a text. */
static void far_expect(Far *f, int from, const char *text)
{
    int64_t end = now_ms() + 10000;
    while (!strstr(f->out + from, text)) {
        far_read(f, 100);
        if (now_ms() > end) fail_msg("no \"%s\" in \"%s\"", text, f->out + from);
    }
}

static void far_type(Far *f, const char *bytes)
{
    assert_int_equal(write(f->master, bytes, strlen(bytes)), strlen(bytes));
}

/* Types and waits for the word that the far program makes of it. */
static void far_answer(Far *f, const char *bytes, const char *word)
{
    int from = f->len;
    far_type(f, bytes);
    far_expect(f, from, word);
}

/* The far program's exit status, waiting ten seconds at most. */
static int far_end(Far *f)
{
    int64_t end = now_ms() + 10000;
    int     status;
    while (waitpid(f->child, &status, WNOHANG) == 0) {
        if (f->master >= 0) far_read(f, 20);
        if (now_ms() > end) {
            kill(f->child, SIGKILL);
            fail_msg("the far program does not end");
        }
    }
    if (f->master >= 0) far_read(f, 50);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void assert_modes_as_before(const Far *f)
{
    struct termios after;
    assert_int_equal(tcgetattr(f->master, &after), 0);
    assert_int_equal(after.c_lflag, f->before.c_lflag);
    assert_int_equal(after.c_iflag, f->before.c_iflag);
    assert_int_equal(after.c_oflag, f->before.c_oflag);
    assert_memory_equal(after.c_cc, f->before.c_cc, sizeof after.c_cc);
}

static void assert_screen_left(const Far *f)
{
    const char *enter = strstr(f->out, "\033[?1049h"), *last = NULL;
    for (const char *s = f->out; (s = strstr(s, "\033[?1049")); s++) last = s;
    assert_non_null(enter);
    assert_int_equal(last[strlen("\033[?1049")], 'l');
}

static void unsuitable_terminals_are_named(void **state)
{
    static const struct {
        const char *term, *why;
    } rows[] = {{"dumb", "refused: this terminal can't move its cursor (TERM=dumb)"},
                {"no-such-terminal",
                 "refused: there is no description of this terminal (TERM=no-such-terminal)"},
                {"x\033[2Jy", "(TERM=x\xe2\x90\x9b[2Jy)"},
                {"", "refused: TERM is empty"},
                {NULL, "refused: TERM is not set"}};
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        Far f;
        far_start(&f, rows[k].term);
        far_expect(&f, 0, rows[k].why);
        assert_int_equal(far_end(&f), 6);
        assert_null(strstr(f.out, "\033[?1049h"));
        assert_modes_as_before(&f);
        close(f.master);
    }
}

static void keys_are_told_and_leaving_puts_everything_back(void **state)
{
    Far f;
    (void)state;
    far_start(&f, "xterm-256color");
    far_expect(&f, 0, "<start>");
    far_answer(&f, "x", "<x>");
    far_answer(&f, "\033[A", "<up>");
    far_answer(&f, "\033OB", "<down>");
    far_answer(&f, "\xc3\xa9", "<\xc3\xa9>");
    far_answer(&f, "\033", "<Esc>");
    far_answer(&f, "\r", "<Enter>");
    far_answer(&f, "\x1c\x0c", "<Ctrl-L>"); /* Ctrl-\ is no signal */
    far_type(&f, "q");
    assert_int_equal(far_end(&f), 0);
    assert_modes_as_before(&f);
    assert_screen_left(&f);
    assert_null(strstr(f.out, "\033[?2004h"));
    assert_null(strstr(f.out, "\033[?1000h"));
    close(f.master);
}

static void colours_are_the_themes_and_none_means_none(void **state)
{
    Far f;
    (void)state;
    far_start(&f, "xterm-256color");
    far_expect(&f, 0, "\033[48;5;67m");
    far_type(&f, "q");
    assert_int_equal(far_end(&f), 0);
    assert_non_null(strstr(f.out, "\033[32m"));
    assert_null(strstr(f.out, "\033]4;")); /* the palette is the reader's */
    close(f.master);
    far_start_color(&f, "xterm-256color", DEPTH_NONE);
    far_expect(&f, 0, "0.5");
    far_type(&f, "q");
    assert_int_equal(far_end(&f), 0);
    assert_non_null(strstr(f.out, "\033[?1049h"));
    assert_non_null(strstr(f.out, "1m")); /* bold is still there */
    for (const char *s = f.out; (s = strstr(s, "\033[")); s++) {
        char final = s[2 + strspn(s + 2, "0123456789;?")];
        if (final == 'm')
            assert_true(s[2] != '3' && s[2] != '4' && !strstr(s, ";38;") && !strstr(s, ";48;"));
    }
    close(f.master);
}

static void a_signal_to_leave_leaves_the_terminal_as_found(void **state)
{
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT};
    (void)state;
    for (size_t k = 0; k < sizeof signals / sizeof *signals; k++) {
        Far f;
        far_start(&f, "xterm-256color");
        far_answer(&f, "P", "\033[?2004h");
        kill(f.child, signals[k]);
        assert_int_equal(far_end(&f), 128 + signals[k]);
        assert_modes_as_before(&f);
        assert_screen_left(&f);
        assert_non_null(strstr(f.out, "\033[?2004l"));
        close(f.master);
    }
}

static void control_c_arrives_as_a_signal(void **state)
{
    Far f;
    (void)state;
    far_start(&f, "xterm-256color");
    far_expect(&f, 0, "<start>");
    far_type(&f, "\x03");
    assert_int_equal(far_end(&f), 128 + SIGINT);
    assert_modes_as_before(&f);
    close(f.master);
}

static void a_rescue_puts_back_what_it_can(void **state)
{
    Far f;
    (void)state;
    far_start(&f, "xterm-256color");
    far_answer(&f, "P", "\033[?2004h");
    far_type(&f, "R");
    assert_int_equal(far_end(&f), 77);
    assert_modes_as_before(&f);
    assert_screen_left(&f);
    assert_non_null(strstr(f.out, "\033[?2004l"));
    close(f.master);
}

static void a_terminal_that_vanished_ends_the_input(void **state)
{
    Far f;
    (void)state;
    far_start(&f, "xterm-256color");
    far_expect(&f, 0, "<start>");
    close(f.master);
    f.master = -1;
    int end = far_end(&f); /* the hang-up may come as a signal first */
    assert_true(end == 9 || end == 128 + SIGHUP);
}

static int deaf_to_hanging_up(void)
{
    signal(SIGHUP, SIG_IGN); /* as under nohup */
    return far_program(-1);
}

static void a_terminal_that_vanished_silently_ends_the_input_too(void **state)
{
    Far f;
    (void)state;
    far_start_job(&f, "xterm-256color", deaf_to_hanging_up);
    far_expect(&f, 0, "<start>");
    close(f.master);
    f.master = -1;
    assert_int_equal(far_end(&f), 9);
}

static int without_descriptions(void)
{
    setenv("TERMINFO", "/nonexistent", 1);
    return far_program(-1);
}

static void a_wrong_place_for_descriptions_is_no_obstacle(void **state)
{
    Far f;
    (void)state;
    far_start_job(&f, "xterm-256color", without_descriptions);
    far_expect(&f, 0, "<start>");
    far_type(&f, "q");
    assert_int_equal(far_end(&f), 0);
    close(f.master);
}

static void a_resize_is_told_with_its_size(void **state)
{
    Far            f;
    struct winsize size = {.ws_col = 100, .ws_row = 30};
    (void)state;
    far_start(&f, "xterm-256color");
    far_expect(&f, 0, "<start>");
    ioctl(f.master, TIOCSWINSZ, &size);
    far_expect(&f, 0, "<size-100x30>");
    for (unsigned k = 0; k < 100; k++) { /* a window that is dragged */
        size.ws_col = (unsigned short)(1 + k * 37 % 200);
        size.ws_row = (unsigned short)(1 + k * 17 % 60);
        ioctl(f.master, TIOCSWINSZ, &size);
        far_read(&f, 2);
    }
    size = (struct winsize){.ws_col = 81, .ws_row = 25};
    ioctl(f.master, TIOCSWINSZ, &size);
    far_expect(&f, 0, "<size-81x25>");
    far_type(&f, "q");
    assert_int_equal(far_end(&f), 0);
    assert_modes_as_before(&f);
    close(f.master);
}

/* A shell with one job: says when it stopped, and continues it after a line of input. Only a job of
 * a shell can be stopped by Ctrl-Z: the kernel keeps orphans running. */
static int shell_of_one_job(void)
{
    int   status;
    pid_t job = fork();
    if (job == 0) {
        setpgid(0, 0);
        while (tcgetpgrp(0) != getpid()) nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        _exit(far_program(-1));
    }
    setpgid(job, job);
    signal(SIGTTOU, SIG_IGN);
    tcsetpgrp(0, job);
    while (waitpid(job, &status, WUNTRACED) == job && WIFSTOPPED(status)) {
        char line[16];
        tcsetpgrp(0, getpgrp());
        if (write(1, "[stopped]", 9) != 9 || read(0, line, sizeof line) <= 0) return 1;
        tcsetpgrp(0, job);
        kill(-job, SIGCONT);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static void control_z_stops_the_program_and_fg_brings_it_back(void **state)
{
    static const char *const ways[] = {"\x1a", "Z"}; /* the signal; the program's own command */
    (void)state;
    for (int k = 0; k < 2; k++) {
        Far f;
        far_start_job(&f, "xterm-256color", shell_of_one_job);
        far_expect(&f, 0, "<start>");
        far_answer(&f, "P", "\033[?2004h");
        int from = f.len;
        far_type(&f, ways[k]);
        far_expect(&f, from, "[stopped]");
        assert_modes_as_before(&f);
        assert_screen_left(&f);
        assert_non_null(strstr(f.out + from, "\033[?2004l"));
        from = f.len;
        far_type(&f, "fg\n");
        far_expect(&f, from, "\033[?1049h");
        far_expect(&f, from, "Right");
        far_expect(&f, from, "\033[?2004h");
        far_answer(&f, "x", "<x>");
        far_type(&f, "q");
        assert_int_equal(far_end(&f), 0);
        assert_modes_as_before(&f);
        close(f.master);
    }
}

static void a_stop_that_nobody_can_catch_is_survived(void **state)
{
    Far f;
    int status;
    (void)state;
    far_start(&f, "xterm-256color");
    far_expect(&f, 0, "<start>");
    kill(f.child, SIGSTOP);
    assert_int_equal(waitpid(f.child, &status, WUNTRACED), f.child);
    assert_true(WIFSTOPPED(status));
    tcsetattr(f.master, TCSANOW, &f.before); /* as a shell does */
    int from = f.len;
    kill(f.child, SIGCONT);
    far_expect(&f, from, "<resume>");
    far_answer(&f, "y", "<y>"); /* byte by byte again, without Enter */
    far_type(&f, "q");
    assert_int_equal(far_end(&f), 0);
    assert_modes_as_before(&f);
    close(f.master);
}

static void a_paste_runs_no_key(void **state)
{
    Far f;
    (void)state;
    far_start(&f, "xterm-256color");
    far_answer(&f, "P", "\033[?2004h");
    far_answer(&f, "\033[200~q\rq\r!\rreset\r\033[201~", "<paste-12>");
    far_answer(&f, "p", "\033[?2004l");
    far_type(&f, "q");
    assert_int_equal(far_end(&f), 0);
    close(f.master);
}

static void torn_sequences_are_dropped(void **state)
{
    Far f;
    (void)state;
    far_start(&f, "xterm-256color");
    far_expect(&f, 0, "<start>");
    far_answer(&f, "\033", "<Esc>");
    far_answer(&f, "[Aw", "<w>"); /* neither [ nor A */
    assert_null(strstr(f.out, "<A>"));
    far_answer(&f,
               "\033[99;5u"
               "v",
               "<v>");
    far_type(&f, "q");
    assert_int_equal(far_end(&f), 0);
    close(f.master);
}

/* Where the cursor stands after all that output: the motions of xterm, and text by its width. */
static void cursor_after(const char *out, int *x, int *y)
{
    *x = *y = 0;
    for (const char *s = out; *s;) {
        int32_t rune;
        if (s[0] == '\033' && s[1] == '[') {
            int  first = 1, second = 1, given = sscanf(s + 2, "%d;%d", &first, &second);
            char final = s[2 + strspn(s + 2, "0123456789;?")];
            s += 3 + strspn(s + 2, "0123456789;?");
            if (final == 'H') *y = given > 0 ? first - 1 : 0;
            if (final == 'd') *y = first - 1;
            if (final == 'H' || final == 'G')
                *x = final == 'G' ? first - 1 : given > 1 ? second - 1 : 0;
            if (final == 'C' || final == 'D') *x += final == 'C' ? first : -first;
            if (final == 'A' || final == 'B') *y += final == 'B' ? first : -first;
            continue;
        }
        if (s[0] == '\033') { /* a character set, the keypad's mode */
            s += s[1] == '(' ? 3 : 2;
            continue;
        }
        s += utf8_rune(s, strlen(s), &rune);
        *x = rune == '\r'   ? 0
             : rune == '\b' ? *x - 1
             : rune >= ' '  ? *x + utf8_rune_columns(rune)
                            : *x;
        *y += rune == '\n';
    }
}

static void expect_cursor(Far *f, int x, int y)
{
    int64_t end = now_ms() + 10000;
    int     at_x, at_y;
    for (;;) {
        cursor_after(f->out, &at_x, &at_y);
        if (at_x == x && at_y == y) return;
        far_read(f, 100);
        if (now_ms() > end) fail_msg("the cursor is at %d, %d", at_x, at_y);
    }
}

static void the_cursor_is_moved_last_and_is_visible(void **state)
{
    Far f;
    (void)state;
    far_start(&f, "xterm-256color");
    far_expect(&f, 0, "<start>");
    expect_cursor(&f, 7, 4);
    far_answer(&f, "x", "<x>");
    expect_cursor(&f, 7, 4);
    assert_null(strstr(f.out, "\033[?25l"));
    far_type(&f, "q");
    assert_int_equal(far_end(&f), 0);
    close(f.master);
}

static void only_what_changed_is_painted(void **state)
{
    Far f;
    (void)state;
    far_start(&f, "xterm-256color");
    far_expect(&f, 0, "<start>");
    expect_cursor(&f, 7, 4);
    int from = f.len;
    far_answer(&f, "x", "<x>");
    expect_cursor(&f, 7, 4);
    assert_null(strstr(f.out + from, "Right"));
    assert_true(f.len - from < 100);
    far_type(&f, "q");
    assert_int_equal(far_end(&f), 0);
    close(f.master);
}

static void a_disputed_width_moves_nothing_else(void **state)
{
    Far f;
    (void)state;
    far_start(&f, "xterm-256color");
    far_expect(&f, 0, "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xa7"); /* the emoji, joined */
    far_expect(&f, 0, "\xf0\x9f\x94\xa7\033[4;10H");                   /* and then where it ends */
    far_type(&f, "q");
    assert_int_equal(far_end(&f), 0);
    close(f.master);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unsuitable_terminals_are_named),
        cmocka_unit_test(keys_are_told_and_leaving_puts_everything_back),
        cmocka_unit_test(colours_are_the_themes_and_none_means_none),
        cmocka_unit_test(a_signal_to_leave_leaves_the_terminal_as_found),
        cmocka_unit_test(control_c_arrives_as_a_signal),
        cmocka_unit_test(a_rescue_puts_back_what_it_can),
        cmocka_unit_test(a_terminal_that_vanished_ends_the_input),
        cmocka_unit_test(a_terminal_that_vanished_silently_ends_the_input_too),
        cmocka_unit_test(a_wrong_place_for_descriptions_is_no_obstacle),
        cmocka_unit_test(a_resize_is_told_with_its_size),
        cmocka_unit_test(control_z_stops_the_program_and_fg_brings_it_back),
        cmocka_unit_test(a_stop_that_nobody_can_catch_is_survived),
        cmocka_unit_test(a_paste_runs_no_key),
        cmocka_unit_test(torn_sequences_are_dropped),
        cmocka_unit_test(the_cursor_is_moved_last_and_is_visible),
        cmocka_unit_test(only_what_changed_is_painted),
        cmocka_unit_test(a_disputed_width_moves_nothing_else),
    };
    signal(SIGPIPE, SIG_IGN);
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
