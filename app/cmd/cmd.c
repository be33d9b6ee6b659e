#include "app/cmd/cmd.h"

#include "app/base/utf8.h"
#include "app/cmd/manual.h"
#include "app/cmd/options.h"
#include "app/cmd/out.h"

#include "engine/near.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Every app/cmd/cmd_<verb>.c holds `const Cmd cmd_<verb>`; the build lists the files by name. */
#define COMMAND(verb) extern const Cmd cmd_##verb;
#include "commands.inc"
#undef COMMAND

static const Cmd *const verb[] = {
#define COMMAND(verb) &cmd_##verb,
#include "commands.inc"
#undef COMMAND
};
enum { VERBS = sizeof verb / sizeof *verb };

const Cmd *cmd_at(int k)
{
    return k < VERBS ? verb[k] : NULL;
}

const Cmd *cmd_find(const char *name)
{
    for (int k = 0; k < VERBS; k++)
        if (strcmp(verb[k]->name, name) == 0) return verb[k];
    return NULL;
}

static const char *verb_name(int k, const void *context)
{
    (void)context;
    return k < VERBS ? verb[k]->name : NULL;
}

static int no_verb(const CmdCall *call, const char *name)
{
    const char *near = near_name(name, strlen(name), verb_name, NULL);
    Text        cut = {0};
    text_add_bytes(&cut, name, utf8_fit(name, strlen(name), 60));
    if (near)
        cmd_fail(call, "no verb \"%s\"; did you mean \"%s\"? (attend help)", text_string(&cut),
                 near);
    else
        cmd_fail(call,
                 "no verb \"%s\"\nattend help lists the verbs; a lesson is opened by attend learn "
                 "LESSON",
                 text_string(&cut));
    text_done(&cut);
    return EXIT_USAGE;
}

/* Where the program really is; the course is looked for beside it. The caller frees it. */
static char *program_path(const char *name)
{
    char   *path = calloc(1, PATH_MAX);
    ssize_t len = path ? readlink("/proc/self/exe", path, PATH_MAX - 1) : -1;
    if (len > 0) return path;
    free(path);
    return realpath(name, NULL);
}

static int run(int argc, char **argv, int place, CmdCall *call)
{
    Text out = {0};
    switch (options_read(argc, argv, place, call)) {
    case ASKED_WRONG:
        return EXIT_USAGE;
    case ASKED_HELP:
        if (place)
            manual_verb(call->cmd, &out);
        else
            manual_overview(&out);
        return out_all(&out, call);
    case ASKED_VERSION:
        text_add(&out, "attend " ATTEND_VERSION "\n");
        return out_all(&out, call);
    case ASKED_RUN:
        break;
    }
    if (call->cmd->bare && call->arguments > 0) {
        cmd_fail(call, "it takes no argument; \"%.60s\" is one", call->argument[0]);
        return EXIT_USAGE;
    }
    return call->cmd->run(call);
}

int cmd_main(int argc, char **argv)
{
    int     place = options_verb(argc, argv);
    CmdCall call = {0};
    if (place && !cmd_find(argv[place])) return no_verb(&call, argv[place]);
    call.cmd = cmd_find(place ? argv[place] : "learn");
    char *program = program_path(argc ? argv[0] : "attend");
    call.program = program ? program : "";
    int status = run(argc, argv, place, &call);
    free(program);
    return status;
}
