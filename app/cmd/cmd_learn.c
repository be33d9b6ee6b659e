#include "app/cmd/front.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int run(const CmdCall *call);

const Cmd cmd_learn = {
    .name = "learn",
    .synopsis = "[LESSON[#PAGE]]",
    .summary = "the course, one lesson of it, or one page; also without a verb",
    .help =
        "Opens the course where you left it, else its list of lessons. LESSON opens a lesson where "
        "you left that, "
        "LESSON#PAGE a page of it. Everything is kept as it happens: leave at any time with q.\n"
        "\n"
        "With --plain, where ACCESSIBLE is set, without a terminal, or on one that can't move its "
        "cursor, the "
        "course is read and answered line by line; type help there. Standard input at its end "
        "leaves, with "
        "everything saved.",
    .example = "learn dense-vs-sparse --plain",
    .run = run,
};

/* A crash leaves the terminal as it was found. */

static char crash_stack[64 * 1024]; /* a stack that overflowed is none to stand on */

static void crashed(int number)
{
    static const char sentence[] =
        "attend: internal error; what you confirmed is saved. Please report what you did last.\n";
    (void)number;
    term_curses_rescue();
    ssize_t written = write(STDERR_FILENO, sentence, sizeof sentence - 1);
    (void)written;
    _exit(EXIT_INTERNAL);
}

static void catch_crashes(void)
{
    static const int fatal[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
    const stack_t    stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
    struct sigaction action = {.sa_handler = crashed, .sa_flags = SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    sigaltstack(&stack, NULL);
    for (size_t k = 0; k < sizeof fatal / sizeof *fatal; k++) sigaction(fatal[k], &action, NULL);
}

/* The full screen; NULL where plain mode goes on, said in one sentence. */
static Term *open_screen(const Front *front)
{
    Text  why = {0};
    Term *term = term_curses(front->color, front->ascii, front->escape_ms, &why);
    if (!term) fprintf(stderr, "attend: %s; reading on in plain mode\n", text_string(&why));
    text_done(&why);
    return term;
}

static int learn(const CmdCall *call, const Front *front, Loop *loop)
{
    Why    why = {0};
    Status status = loop_start(loop, call->arguments ? call->argument[0] : NULL, &why);
    if (status != STATUS_OK) return cmd_why(call, status, &why);
    catch_crashes();
    Term *term = front->plain ? NULL : open_screen(front);
    return term ? loop_curses(loop, term) : loop_plain(loop, front->columns, front->ascii);
}

static int run(const CmdCall *call)
{
    Front front;
    Loop  loop;
    if (call->arguments > 1) {
        cmd_fail(call, "one lesson at a time: attend learn LESSON, or LESSON#PAGE");
        return EXIT_USAGE;
    }
    int status = front_read(call, &front);
    if (status == EXIT_DONE) status = front_loop(call, &front, true, &loop);
    if (status != EXIT_DONE) return status;
    status = learn(call, &front, &loop);
    loop_close(&loop);
    return status;
}
