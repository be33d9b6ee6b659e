#include "app/cmd/inspect.h"
#include "app/cmd/play.h"

#include <stdio.h>
#include <string.h>

static int run(const CmdCall *call);

static const CmdOption option[] = {
    {"--seeds", "N", "variants of each question (500)", NULL},
};

const Cmd cmd_test = {
    .name = "test",
    .synopsis = "[PATH...] [--seeds N] [--json]",
    .summary = "play every question of lessons, right and wrong",
    .help = "All that lint looks at, and then each question over many variants, every variant "
            "dealt twice: the same "
            "text and the same answer come out; the right answer is accepted; every wrong answer "
            "that has a row gets "
            "the sentence of that row; enough variants differ. At last the lesson is played in "
            "plain mode from its "
            "first page to its end. A finding is a line file:line: what: what to do, and the exit "
            "status is then 1.",
    .example = "test lessons/23-dense-vs-sparse.lua --seeds 20",
    .option = option,
    .options = sizeof option / sizeof *option,
    .run = run,
};

static int shelf_place(const Shelf *shelf, const char *file)
{
    for (int k = 0; k < shelf->lessons; k++)
        if (strcmp(shelf->lesson[k].file, file) == 0) return k;
    return -1;
}

/* Plain mode must reach the end. A file whose name is not NN-id.lua is on no shelf and not played. */
static void play(Inspect *in, const Course *course, const char *file)
{
    Loop              loop;
    Why               why = {0};
    const LoopOptions options = {.path = course->root, .program = in->call->program};
    Status            status = loop_open(&loop, &options, &why);
    int               place = status == STATUS_OK ? shelf_place(&loop.session.shelf, file) : -1;
    if (place >= 0 && !play_plain(&loop, place, &why)) {
        Finding f = {0};
        snprintf(f.file, sizeof f.file, "%s", file);
        snprintf(f.what, sizeof f.what, "%s", why.what);
        snprintf(f.ref, sizeof f.ref, "%s", loop.session.shelf.lesson[place].id);
        inspect_found(in, &f);
    }
    loop_close(&loop);
}

static Status test(Inspect *in, Course *course, const char *file)
{
    const Opener opener = {course_open, course};
    long long    seeds = CHECK_SEEDS;
    if (!cmd_number(in->call, "--seeds", 1, 1000000, &seeds)) return STATUS_RANGE;
    Status status = check_lesson(&opener, file, (int)seeds, inspect_found, in);
    if (status != STATUS_OK) return status;
    play(in, course, file);
    inspect_say(in, "%s: %lld variants of each question, plain mode: %d finding%s\n", file, seeds,
                in->told, in->told == 1 ? "" : "s");
    return STATUS_OK;
}

static int run(const CmdCall *call)
{
    long long seeds;
    return cmd_number(call, "--seeds", 1, 1000000, &seeds) ? inspect_run(call, test) : EXIT_USAGE;
}
