#include "app/tutor/action.h"

#include <string.h>

typedef struct {
    const char *name, *help;
} ActionRow;

static const ActionRow action_rows[] = {
    {NULL, NULL},
#define ACTION_ROW_OF(name, word, help) {word, help},
    ACTION_LIST(ACTION_ROW_OF)
#undef ACTION_ROW_OF
};

enum { ACTION_ROWS = sizeof action_rows / sizeof action_rows[0] };

const char *action_name(ActionKind kind)
{
    return (int)kind < ACTION_ROWS ? action_rows[kind].name : NULL;
}

const char *action_help(ActionKind kind)
{
    return (int)kind < ACTION_ROWS ? action_rows[kind].help : NULL;
}

bool action_find(const char *name, ActionKind *out)
{
    for (int k = 1; k < ACTION_ROWS; k++) {
        if (strcmp(action_rows[k].name, name) != 0) continue;
        *out = (ActionKind)k;
        return true;
    }
    return false;
}

Action action_make(ActionKind kind)
{
    return (Action){.kind = kind};
}
