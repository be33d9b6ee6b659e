#include "app/cmd/cmd.h"

#include "app/base/utf8.h"

#include <stdio.h>
#include <string.h>

int cmd_exit(Status status)
{
    switch (status) {
    case STATUS_OK:
        return EXIT_DONE;
    case STATUS_MEMORY:
        return EXIT_INTERNAL;
    case STATUS_SYNTAX:
    case STATUS_RANGE:
    case STATUS_CONTENT:
    case STATUS_LIMIT:
    case STATUS_MISSING:
        return EXIT_USAGE;
    case STATUS_LESSON:
    case STATUS_BUDGET:
        return EXIT_LESSON;
    case STATUS_DAMAGED:
        return EXIT_INPUT;
    case STATUS_NEWER:
    case STATUS_LOCKED:
    case STATUS_WRITE:
        return EXIT_STATE;
    }
    return EXIT_INTERNAL;
}

/* Whatever a name holds, a message can't move the cursor; lines after the first are indented. */
static void say(const CmdCall *call, const Text *message)
{
    Text line = {0};
    text_add(&line, "attend");
    if (call && call->cmd) text_format(&line, " %s", call->cmd->name);
    text_add(&line, ": ");
    for (const char *from = text_string(message); *from;) {
        size_t len = strcspn(from, "\n");
        utf8_clean(&line, from, len, false, false);
        from += len + (from[len] == '\n');
        text_add(&line, *from ? "\n    " : "\n");
    }
    fflush(stdout);
    fputs(text_string(&line), stderr);
    text_done(&line);
}

void cmd_fail(const CmdCall *call, const char *format, ...)
{
    Text    message = {0};
    va_list args;
    va_start(args, format);
    text_vformat(&message, format, args);
    va_end(args);
    say(call, &message);
    text_done(&message);
}

int cmd_why(const CmdCall *call, Status status, const Why *why)
{
    const char *what = why->what[0] ? why->what : status_sentence(status);
    if (why->todo[0])
        cmd_fail(call, "%s\n%s", what, why->todo);
    else
        cmd_fail(call, "%s", what);
    return cmd_exit(status);
}
