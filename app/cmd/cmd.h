/* cmd.h - a verb of the command line: one file each, its const entry first. The help, the manual
 * page and the shell completion are made from the entries. */
#ifndef APP_CMD_CMD_H
#define APP_CMD_CMD_H

#include "app/base/text.h"

#include "engine/status.h"

/* Exit statuses of the program. */
enum {
    EXIT_DONE = 0,
    EXIT_FINDINGS = 1, /* what was asked is not so */
    EXIT_USAGE = 2,
    EXIT_LESSON = 3,   /* a lesson or course does not load, or broke a budget */
    EXIT_INPUT = 4,
    EXIT_STATE = 5,    /* state or output can't be written */
    EXIT_TERMINAL = 6,
    EXIT_INTERNAL = 7
};

typedef struct {
    const char *name;  /* "--row" */
    const char *value; /* "I"; NULL: a switch */
    const char *help;
    const char *words; /* values it may have, blank between; NULL: any */
} CmdOption;

typedef struct Cmd Cmd;

/* A verb's call: its arguments and options as they were given, the common options read already. */
typedef struct {
    const Cmd  *cmd;
    const char *program;
    char      **argument;
    int         arguments;
    struct { const CmdOption *option; const char *value; } given[32];
    int         givens;
    /* common options */
    bool        plain, ascii, json, quiet, no_animation, no_mouse;
    const char *color, *theme, *path, *state, *config, *size, *seed;
} CmdCall;

struct Cmd {
    const char      *name;
    const char      *synopsis; /* "EXPR --n N [--row I] ..." */
    const char      *summary;  /* one line, small letter first */
    const char      *help;     /* paragraphs */
    const char      *example;  /* one command line a test runs, after "attend " */
    const CmdOption *option;
    int              options;
    bool             bare;     /* takes no arguments */
    int            (*run)(const CmdCall *call);
};

const Cmd *cmd_at(int k); /* NULL past the last; in the order of the manual */
const Cmd *cmd_find(const char *name);
int        cmd_main(int argc, char **argv); /* parses, runs, returns the exit status */

const char *cmd_option(const CmdCall *call, const char *name); /* value, "" for a switch, NULL if not given */
/* A whole number of an option; false after a message. */
bool cmd_number(const CmdCall *call, const char *name, long long min, long long max, long long *out);

/* One message on standard error: "attend VERB: what", then todo indented. */
void cmd_fail(const CmdCall *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
int  cmd_why(const CmdCall *call, Status status, const Why *why); /* says it; the exit status that fits */
int  cmd_exit(Status status);

#endif
