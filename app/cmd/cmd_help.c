#include "app/cmd/manual.h"
#include "app/cmd/out.h"
#include "app/script/script.h"
#include "app/view/keymap.h"

#include "engine/catalogue.h"
#include "engine/near.h"

#include <string.h>

static int run(const CmdCall *call);

static const CmdOption option[] = {
    {"--man", NULL, "the manual page, in troff", NULL},
};

const Cmd cmd_help = {
    .name = "help",
    .synopsis = "[TOPIC]",
    .summary = "help on a verb, on keys, expressions or lessons",
    .help = "TOPIC is a verb, keys (what each key does on which screen), expressions (the language "
            "of patterns), or "
            "lessons (the Lua interface of those who write lessons). Without one: the overview.",
    .example = "help expressions",
    .option = option,
    .options = sizeof option / sizeof *option,
    .run = run,
};

static const char *const grammar =
    "expr   := term { (\"|\" | \"-\") term }        union, difference; left to right\n"
    "term   := factor { \"&\" factor }              intersection, binds tighter\n"
    "factor := name [ \"(\" [ arg { \",\" arg } ] \")\" ] | \"(\" expr \")\"\n"
    "arg    := name \"=\" value\n"
    "value  := integer | real | name | \"quoted\" | list\n"
    "list   := \"[\" [ item { \",\" item } ] \"]\"      item := integer | integer \"-\" integer | "
    "list\n"
    "\n"
    "Example: window(w=4) | sink(s=2). Positions count from 0; the background is causal, key j <= "
    "query i,\n"
    "unless --bidirectional. attend explain NAME says more about each of these:\n\n";

static void topic_expressions(Text *out)
{
    text_add(out, grammar);
    for (int k = 0; k < catalogue_count(); k++) {
        const Mechanism *m = catalogue_at(k);
        Text             call = {0};
        text_add(&call, m->name);
        for (int p = 0; p < m->params; p++)
            text_format(&call, "%s%s", p ? ", " : "(", m->param[p].name);
        text_add(&call, m->params ? ")" : "");
        text_format(out, "  %-26s %s\n", text_string(&call), m->sentence);
        text_done(&call);
    }
}

/* "context<TAB>keys<TAB>action<TAB>help" lines become columns, a heading for each context. */
static void topic_keys(Text *out)
{
    Text        table = {0};
    const char *last = "";
    size_t      last_len = 0;
    keymap_manual(&table);
    for (const char *line = text_string(&table); *line;) {
        size_t      len = strcspn(line, "\n"), context = strcspn(line, "\t\n");
        const char *keys = line + context + (line[context] == '\t');
        size_t      keys_len = strcspn(keys, "\t\n");
        const char *action = keys + keys_len + (keys[keys_len] == '\t');
        size_t      action_len = strcspn(action, "\t\n");
        const char *help = action + action_len + (action[action_len] == '\t');
        if (context != last_len || memcmp(line, last, context) != 0)
            text_format(out, "%s%.*s\n", last_len ? "\n" : "", (int)context, line);
        text_format(out, "  %-22.*s %-12.*s %.*s\n", (int)keys_len, keys, (int)action_len, action,
                    (int)strcspn(help, "\n"), help);
        last = line;
        last_len = context;
        line += len + (line[len] == '\n');
    }
    text_done(&table);
}

static void topic_lessons(Text *out)
{
    text_add(out, "A lesson is a Lua file NN-id.lua that returns at.lesson{...}; at is require "
                  "\"attend\".\n\n");
    for (int k = 0; k < script_entries(); k++) {
        const ScriptEntry *e = script_entry(k);
        text_format(out, "%s%s\n", e->name, e->arguments ? e->arguments : "");
        manual_wrap(e->sentence, 4, 79, out);
        if (e->example && e->example[0]) manual_wrap(e->example, 8, 79, out);
    }
}

static const struct {
    const char *name;
    void (*write)(Text *out);
} topic[] = {{"keys", topic_keys}, {"expressions", topic_expressions}, {"lessons", topic_lessons}};
enum { TOPICS = sizeof topic / sizeof *topic };

static const char *topic_name(int k, const void *context)
{
    (void)context;
    if (k < TOPICS) return topic[k].name;
    return cmd_at(k - TOPICS) ? cmd_at(k - TOPICS)->name : NULL;
}

static int unknown(const CmdCall *call, const char *name)
{
    const char *near = near_name(name, strlen(name), topic_name, NULL);
    if (near)
        cmd_fail(call, "no topic \"%.60s\"; did you mean \"%s\"?", name, near);
    else
        cmd_fail(call, "no topic \"%.60s\"\ntopics: keys, expressions, lessons, and each verb",
                 name);
    return EXIT_USAGE;
}

static int run(const CmdCall *call)
{
    Text out = {0};
    if (cmd_option(call, "--man")) {
        manual_page(&out);
        return out_all(&out, call);
    }
    if (call->arguments == 0) {
        manual_overview(&out);
        return out_all(&out, call);
    }
    const char *name = call->argument[0];
    if (cmd_find(name)) {
        manual_verb(cmd_find(name), &out);
        return out_all(&out, call);
    }
    for (int k = 0; k < TOPICS; k++) {
        if (strcmp(topic[k].name, name) != 0) continue;
        topic[k].write(&out);
        return out_all(&out, call);
    }
    return unknown(call, name);
}
