#include "app/cmd/options.h"

#include "app/base/utf8.h"

#include "engine/near.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const CmdOption common[] = {
    {"--plain", NULL, "line by line, without a full screen", NULL},
    {"--ascii", NULL, "only ASCII signs", NULL},
    {"--color", "WHEN", "colours: auto never 8 16 256 direct", "auto never 8 16 256 direct"},
    {"--theme", "T", "dark, light, grey-dark or grey-light",
     "auto dark light grey-dark grey-light"},
    {"--no-animation", NULL, "steps instead of animation", NULL},
    {"--no-mouse", NULL, "no mouse, whatever the config says", NULL},
    {"--size", "COLSxROWS", "width of plain mode", NULL},
    {"--seed", "S", "variants from this number instead of the course's own", NULL},
    {"--path", "DIR", "the folder of lessons", NULL},
    {"--state", "DIR", "the folder of the progress file", NULL},
    {"--config", "FILE", "the configuration", NULL},
    {"--json", NULL, "one JSON value on standard output", NULL},
    {"--quiet", NULL, "results only, no remarks", NULL},
    {"--memory", "SIZE", "memory that a computation may take (4GiB)", NULL},
    {"--replace", NULL, "output may take the place of another file", NULL},
    {"--help", NULL, "what the verb does (-h)", NULL},
    {"--version", NULL, "the version (-V)", NULL},
};
enum { COMMON = sizeof common / sizeof *common, TEXT_SHOWN = 60 };

const CmdOption *option_common(int k)
{
    return k < COMMON ? &common[k] : NULL;
}

/* Options of a verb, then the common ones. */
static const CmdOption *option_at(const Cmd *cmd, int k)
{
    int own = cmd ? cmd->options : 0;
    return k < own ? &cmd->option[k] : option_common(k - own);
}

static const char *option_name(int k, const void *cmd)
{
    const CmdOption *o = option_at(cmd, k);
    return o ? o->name : NULL;
}

static const CmdOption *option_find(const Cmd *cmd, const char *name, size_t len)
{
    const CmdOption *o;
    for (int k = 0; (o = option_at(cmd, k)) != NULL; k++)
        if (strlen(o->name) == len && memcmp(o->name, name, len) == 0) return o;
    return NULL;
}

static bool is_option(const char *arg)
{
    return arg[0] == '-' && arg[1] != '\0';
}

/* Before the verb is known, an option is looked for in every verb. */
static bool takes_value(const char *arg)
{
    const Cmd       *cmd;
    const CmdOption *o = option_find(NULL, arg, strlen(arg));
    for (int k = 0; !o && (cmd = cmd_at(k)) != NULL; k++) o = option_find(cmd, arg, strlen(arg));
    return o && o->value;
}

int options_verb(int argc, char **argv)
{
    for (int k = 1; k < argc && strcmp(argv[k], "--") != 0; k++) {
        if (!is_option(argv[k])) return k;
        if (takes_value(argv[k])) k++;
    }
    return 0;
}

/* A word of a command line as a message shows it: at most so many bytes, cut at a cluster. */
static const char *shown(const char *word, Text *room)
{
    text_clear(room);
    size_t len = utf8_fit(word, strlen(word), TEXT_SHOWN);
    text_add_bytes(room, word, len);
    if (word[len]) text_add(room, "...");
    return text_string(room);
}

static bool wrong_option(const CmdCall *call, const char *arg, size_t len)
{
    Text        room = {0}, name = {0};
    const char *near = near_name(arg, len, option_name, call->cmd);
    text_add_bytes(&name, arg, len);
    if (near)
        cmd_fail(call, "no option \"%s\"; did you mean \"%s\"?", shown(text_string(&name), &room),
                 near);
    else
        cmd_fail(call, "no option \"%s\"; attend %s%s--help lists them",
                 shown(text_string(&name), &room), call->cmd ? call->cmd->name : "",
                 call->cmd ? " " : "");
    text_done(&room);
    text_done(&name);
    return false;
}

typedef struct {
    const char *list; /* words with a blank between */
} Words;

static const char *word_at(int k, const void *context)
{
    static char word[64];
    const char *at = ((const Words *)context)->list;
    for (; k > 0 && *at; k--) {
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    size_t len = strcspn(at, " ");
    if (len == 0 || len >= sizeof word) return NULL;
    memcpy(word, at, len);
    word[len] = '\0';
    return word;
}

static bool is_word(const char *list, const char *value)
{
    const Words words = {list};
    const char *word;
    for (int k = 0; (word = word_at(k, &words)) != NULL; k++)
        if (strcmp(word, value) == 0) return true;
    return false;
}

/* near_name keeps pointers to what its caller gives, and word_at has one room: so the nearest word is
 * found by asking about one word at a time. */
static const char *one_word(int k, const void *word)
{
    return k == 0 ? word : NULL;
}

static bool wrong_word(const CmdCall *call, const CmdOption *o, const char *value)
{
    const Words words = {o->words};
    const char *word, *near = NULL;
    Text        room = {0};
    for (int k = 0; !near && (word = word_at(k, &words)) != NULL; k++)
        near = near_name(value, strlen(value), one_word, word);
    if (near)
        cmd_fail(call, "%s: no \"%s\"; did you mean \"%s\"?", o->name, shown(value, &room), near);
    else
        cmd_fail(call, "%s: no \"%s\"; it is one of: %s", o->name, shown(value, &room), o->words);
    text_done(&room);
    return false;
}

static void note_common(CmdCall *call, const CmdOption *o, const char *value)
{
    const struct {
        const char *name;
        bool       *on;
    } given[] = {{"--plain", &call->plain},
                 {"--ascii", &call->ascii},
                 {"--json", &call->json},
                 {"--quiet", &call->quiet},
                 {"--no-animation", &call->no_animation},
                 {"--no-mouse", &call->no_mouse}};
    const struct {
        const char  *name;
        const char **to;
    } valued[] = {{"--color", &call->color}, {"--theme", &call->theme},   {"--path", &call->path},
                  {"--state", &call->state}, {"--config", &call->config}, {"--size", &call->size},
                  {"--seed", &call->seed}};
    for (size_t k = 0; k < sizeof given / sizeof *given; k++)
        if (strcmp(given[k].name, o->name) == 0) *given[k].on = true;
    for (size_t k = 0; k < sizeof valued / sizeof *valued; k++)
        if (strcmp(valued[k].name, o->name) == 0) *valued[k].to = value;
}

static bool note(CmdCall *call, const CmdOption *o, const char *value)
{
    if (o->words && !is_word(o->words, value)) return wrong_word(call, o, value);
    if (call->givens == (int)(sizeof call->given / sizeof *call->given)) {
        cmd_fail(call, "too many options");
        return false;
    }
    call->given[call->givens].option = o;
    call->given[call->givens++].value = value;
    if (o >= common && o < common + COMMON) note_common(call, o, value);
    return true;
}

/* One option at argv[*k]; moves *k over its value. */
static bool read_option(int argc, char **argv, int *k, CmdCall *call)
{
    const char      *arg = argv[*k];
    size_t           len = strcspn(arg, "=");
    const CmdOption *o = option_find(call->cmd, arg, len);
    if (!o) return wrong_option(call, arg, len);
    if (!o->value) {
        if (!arg[len]) return note(call, o, "");
        cmd_fail(call, "%s takes no value", o->name);
        return false;
    }
    if (arg[len]) return note(call, o, arg + len + 1);
    bool next = *k + 1 < argc && !option_find(call->cmd, argv[*k + 1], strcspn(argv[*k + 1], "="));
    if (!next) {
        cmd_fail(call, "%s needs a value: %s %s", o->name, o->name, o->value);
        return false;
    }
    return note(call, o, argv[++*k]);
}

Asked options_read(int argc, char **argv, int verb, CmdCall *call)
{
    bool help = false, version = false, ended = false;
    call->argument = argv; /* argument k goes to argv[k]: always behind what was read */
    for (int k = 1; k < argc; k++) {
        if (k == verb) continue;
        if (!ended && strcmp(argv[k], "--") == 0) {
            ended = true;
        } else if (ended || !is_option(argv[k])) {
            call->argument[call->arguments++] = argv[k];
        } else if (strcmp(argv[k], "-h") == 0 || strcmp(argv[k], "--help") == 0) {
            help = true;
        } else if (strcmp(argv[k], "-V") == 0 || strcmp(argv[k], "--version") == 0) {
            version = true;
        } else if (!read_option(argc, argv, &k, call)) {
            return ASKED_WRONG;
        }
    }
    return help ? ASKED_HELP : version ? ASKED_VERSION : ASKED_RUN;
}

const char *cmd_option(const CmdCall *call, const char *name)
{
    for (int k = call->givens - 1; k >= 0; k--)
        if (strcmp(call->given[k].option->name, name) == 0) return call->given[k].value;
    return NULL;
}

bool cmd_number(const CmdCall *call, const char *name, long long min, long long max, long long *out)
{
    const char *text = cmd_option(call, name);
    char       *end;
    if (!text) return true;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    Text      room = {0};
    bool      whole = *text && strspn(text, "-0123456789") == strlen(text) && *end == '\0';
    bool      good = whole && errno == 0 && value >= min && value <= max;
    if (!whole)
        cmd_fail(call, "%s: \"%s\" is not a whole number", name, shown(text, &room));
    else if (!good)
        cmd_fail(call, "%s: %s is not in %lld to %lld", name, shown(text, &room), min, max);
    else
        *out = value;
    text_done(&room);
    return good;
}
