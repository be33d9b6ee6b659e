#include "app/cmd/out.h"

static int run(const CmdCall *call);

const Cmd cmd_version = {
    .name = "version",
    .synopsis = "[--json]",
    .summary = "the version of program, lessons' interface and random numbers",
    .help = "Prints the version of the program. With --json also the version of the interface that "
            "lessons see "
            "(api) and the name of the random generator that variants come from.",
    .example = "version --json",
    .bare = true,
    .run = run,
};

static int run(const CmdCall *call)
{
    Text out = {0};
    if (call->json)
        text_add(&out, "{\"attend\":\"version\",\"v\":1,\"version\":\"" ATTEND_VERSION
                       "\",\"api\":1,\"rng\":\"rng-1\"}\n");
    else
        text_add(&out, "attend " ATTEND_VERSION "\n");
    return out_all(&out, call);
}
