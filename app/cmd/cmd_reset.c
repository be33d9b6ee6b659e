#include "app/base/ids.h"
#include "app/cmd/front.h"
#include "app/cmd/out.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run(const CmdCall *call);

static const CmdOption option[] = {
    {"--all", NULL, "every lesson", NULL},
    {"--yes", NULL, "do not ask", NULL},
};

const Cmd cmd_reset = {
    .name = "reset",
    .synopsis = "LESSON[#PAGE] | --all [--yes]",
    .summary = "start a lesson, or one page of it, again",
    .help = "Marks, answers and places of the lesson or page no longer count. What happened before "
            "stays in the record, "
            "behind the reset: the file only ever grows. Asks before it does so, unless --yes.",
    .example = "reset dense-vs-sparse --yes",
    .option = option,
    .options = sizeof option / sizeof *option,
    .run = run,
};

static bool confirmed(const CmdCall *call, const char *what)
{
    char line[16] = "";
    if (cmd_option(call, "--yes")) return true;
    if (!isatty(STDIN_FILENO)) {
        cmd_fail(call, "%s would start again; say --yes if it should", what);
        return false;
    }
    printf("%s starts again; what was answered there no longer counts. Type yes: ", what);
    fflush(stdout);
    if (fgets(line, sizeof line, stdin) && strcmp(line, "yes\n") == 0) return true;
    cmd_fail(call, "nothing was reset");
    return false;
}

/* The lesson must be on the shelf or in the record, the page in the lesson. */
static int check_place(const CmdCall *call, Loop *loop, const char *lesson, const char *page)
{
    Shelf *shelf = &loop->session.shelf;
    int    k = shelf_find(shelf, lesson);
    if (k < 0 && progress_lesson(&loop->session.progress, lesson)) return EXIT_DONE;
    if (k < 0 || page[0]) {
        Why  why = {0};
        Text place = {0};
        text_format(&place, "%s%s%s", lesson, page[0] ? "#" : "", page);
        Status status =
            loop_start(loop, text_string(&place), &why); /* says what is wrong with it */
        text_done(&place);
        if (status != STATUS_OK) return cmd_why(call, status, &why);
    }
    return EXIT_DONE;
}

static int reset(const CmdCall *call, Loop *loop, const char *lesson, const char *page)
{
    Why         why = {0};
    const Entry entry = {.kind = ENTRY_RESET, .lesson = lesson, .page = page};
    if (!journal_saves(loop->journal)) {
        cmd_fail(call, "%s", loop->session.status);
        return cmd_exit(journal_status(loop->journal));
    }
    Status status = journal_append(loop->journal, &entry, &why);
    return status == STATUS_OK ? EXIT_DONE : cmd_why(call, status, &why);
}

static int run(const CmdCall *call)
{
    char  lesson[65] = "*", page[65] = "";
    bool  all = cmd_option(call, "--all") != NULL;
    Front front;
    Loop  loop;
    if (call->arguments + all != 1) {
        cmd_fail(call, "what shall start again? attend reset LESSON, LESSON#PAGE, or --all");
        return EXIT_USAGE;
    }
    if (!all && !id_split(call->argument[0], lesson, page)) {
        cmd_fail(call, "\"%.100s\" is no place; write LESSON or LESSON#PAGE", call->argument[0]);
        return EXIT_USAGE;
    }
    int status = front_read(call, &front);
    if (status == EXIT_DONE) status = front_loop(call, &front, true, &loop);
    if (status != EXIT_DONE) return status;
    if (!all) status = check_place(call, &loop, lesson, page);
    if (status == EXIT_DONE && !confirmed(call, all ? "the whole course" : call->argument[0]))
        status = EXIT_USAGE;
    if (status == EXIT_DONE) status = reset(call, &loop, lesson, page);
    loop_close(&loop);
    if (status == EXIT_DONE && !call->quiet)
        printf("%s starts again.\n", all ? "The whole course" : call->argument[0]);
    return status;
}
