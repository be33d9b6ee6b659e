#include "app/cmd/inspect.h"

static int run(const CmdCall *call);

const Cmd cmd_lint = {
    .name = "lint",
    .synopsis = "[PATH...] [--json]",
    .summary = "look lessons over without playing them",
    .help = "PATH is a lesson's file or a folder of lessons; without one it is the course that "
            "learn would open. Each "
            "lesson is loaded and looked at: that links of the text light something up, that the "
            "time fits, that "
            "answers are computed and not typed, that verdicts have their sentences, that ids "
            "differ and what is "
            "needed is there. A finding is a line file:line: what: what to do, and the exit status "
            "is then 1. Remarks "
            "are no findings; --quiet leaves them out.",
    .example = "lint lessons",
    .run = run,
};

static Status lint(Inspect *in, Course *course, const char *file)
{
    const Opener opener = {course_open, course};
    return check_lint(&opener, file, inspect_found, in);
}

static int run(const CmdCall *call)
{
    return inspect_run(call, lint);
}
