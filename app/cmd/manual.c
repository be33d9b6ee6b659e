#include "app/cmd/manual.h"

#include "app/cmd/options.h"

#include <string.h>

enum { WIDTH = 79, OPTION_COLUMN = 26 };

static const char *const about =
    "Attend teaches sparse attention: what each query looks at, what skipping keys costs and "
    "saves, and how position or content decides it. Without a verb it opens the course "
    "where you left it.";

static const struct {
    int         status;
    const char *meaning;
} exits[] = {
    {EXIT_DONE, "done"},
    {EXIT_FINDINGS, "what was asked is not so: findings of lint and test"},
    {EXIT_USAGE, "usage: an option, a verb, an expression, a number that can't be read"},
    {EXIT_LESSON, "a lesson or course does not load, or broke a budget"},
    {EXIT_INPUT, "a file is damaged, foreign or too large"},
    {EXIT_STATE, "state or output can't be written"},
    {EXIT_TERMINAL, "no suitable terminal"},
    {EXIT_INTERNAL, "internal error"},
};

static const struct {
    const char *name, *effect;
} variables[] = {
    {"ACCESSIBLE", "plain mode, unless 0 or false"},
    {"NO_COLOR", "no colours, if not empty"},
    {"ATTEND_COLOR", "as --color"},
    {"ATTEND_PATH", "as --path"},
    {"ATTEND_STATE", "as --state"},
    {"ATTEND_CONFIG", "as --config"},
    {"COLUMNS", "width of plain mode"},
    {"SOURCE_DATE_EPOCH", "the clock, for reproducible files"},
};

static const struct {
    const char *name, *holds;
} files[] = {
    {"$XDG_STATE_HOME/attend/progress.jsonl", "places, drafts, answers; only ever appended to"},
    {"$XDG_CONFIG_HOME/attend/config",
     "name = value lines: color, theme, glyphs, decimal, plain, width"},
    {"$XDG_DATA_HOME/attend/courses/",
     "courses; then XDG_DATA_DIRS, then the lessons beside the program"},
};

/* Text */

static size_t line_end(const char *text, size_t room)
{
    size_t len = strcspn(text, "\n");
    if (len <= room || text[0] == ' ') return len;
    size_t cut = room;
    while (cut > 0 && text[cut] != ' ') cut--;
    return cut > 0 ? cut : strcspn(text, " \n");
}

void manual_wrap(const char *text, int indent, int width, Text *out)
{
    while (*text) {
        size_t len = line_end(text, (size_t)(width - indent));
        if (len) text_format(out, "%*s%.*s", indent, "", (int)len, text);
        text_add_char(out, '\n');
        text += len;
        if (*text == ' ' || *text == '\n') text++;
    }
}

static void add_row(const char *name, const char *value, const char *help, Text *out)
{
    size_t from = out->len;
    text_format(out, "  %s%s%s", name, value ? " " : "", value ? value : "");
    size_t used = out->len - from;
    if (used + 2 > OPTION_COLUMN)
        text_format(out, "\n%*s", OPTION_COLUMN, "");
    else
        text_format(out, "%*s", OPTION_COLUMN - (int)used, "");
    Text wrapped = {0};
    manual_wrap(help, OPTION_COLUMN, WIDTH, &wrapped);
    text_add(out, text_string(&wrapped) + (wrapped.len > OPTION_COLUMN ? OPTION_COLUMN : 0));
    text_done(&wrapped);
}

static void add_common(Text *out)
{
    text_add(out, "\nOptions everywhere:\n");
    for (int k = 0; option_common(k); k++)
        add_row(option_common(k)->name, option_common(k)->value, option_common(k)->help, out);
}

void manual_overview(Text *out)
{
    text_add(out, "attend [VERB] [options] [arguments]\n\n");
    manual_wrap(about, 0, WIDTH, out);
    text_add(out, "\nVerbs:\n");
    for (int k = 0; cmd_at(k); k++) add_row(cmd_at(k)->name, NULL, cmd_at(k)->summary, out);
    add_common(out);
    text_add_char(out, '\n');
    manual_wrap(
        "attend VERB --help says more. attend help keys, expressions, lessons: the keys, the "
        "language of patterns, the interface for authors of lessons.",
        0, WIDTH, out);
}

void manual_verb(const Cmd *cmd, Text *out)
{
    Text line = {0};
    text_format(&line, "attend %s %s", cmd->name, cmd->synopsis);
    size_t first = line_end(text_string(&line), WIDTH);
    text_format(out, "%.*s\n", (int)first, text_string(&line));
    if (text_string(&line)[first]) manual_wrap(text_string(&line) + first + 1, 4, WIDTH, out);
    text_add_char(out, '\n');
    text_done(&line);
    manual_wrap(cmd->help, 0, WIDTH, out);
    if (cmd->options) text_add(out, "\nOptions:\n");
    for (int k = 0; k < cmd->options; k++)
        add_row(cmd->option[k].name, cmd->option[k].value, cmd->option[k].help, out);
    text_format(out, "\nExample:\n  attend %s\n", cmd->example);
    add_common(out);
}

/* Troff: a backslash, a dash, and a line that begins with a dot or a quote are escaped. */

static void troff(const char *text, Text *out)
{
    bool start = true;
    for (; *text; text++) {
        if (start && (*text == '.' || *text == '\'')) text_add(out, "\\&");
        if (*text == '\\')
            text_add(out, "\\e");
        else if (*text == '-')
            text_add(out, "\\-");
        else
            text_add_char(out, *text);
        start = *text == '\n';
    }
}

static void troff_paragraphs(const char *text, Text *out)
{
    bool example = false;
    while (*text) {
        size_t len = strcspn(text, "\n");
        Text   line = {0};
        text_add_bytes(&line, text, len);
        bool as_is = text[0] == ' ';
        if (as_is != example) text_add(out, as_is ? ".nf\n" : ".fi\n");
        example = as_is;
        if (len == 0)
            text_add(out, ".PP");
        else
            troff(text_string(&line), out);
        text_add_char(out, '\n');
        text_done(&line);
        text += len + (text[len] == '\n');
    }
    if (example) text_add(out, ".fi\n");
}

static void troff_item(const char *name, const char *value, const char *text, Text *out)
{
    text_add(out, ".TP\n.B ");
    troff(name, out);
    if (value) {
        text_add(out, " \\fI");
        troff(value, out);
        text_add(out, "\\fP");
    }
    text_add_char(out, '\n');
    troff(text, out);
    text_add_char(out, '\n');
}

static void troff_verb(const Cmd *cmd, Text *out)
{
    text_format(out, ".SS %s ", cmd->name);
    troff(cmd->synopsis, out);
    text_add_char(out, '\n');
    troff_paragraphs(cmd->help, out);
    for (int k = 0; k < cmd->options; k++)
        troff_item(cmd->option[k].name, cmd->option[k].value, cmd->option[k].help, out);
    text_add(out, ".PP\nExample:\n.PP\n.nf\n    attend ");
    troff(cmd->example, out);
    text_add(out, "\n.fi\n");
}

void manual_page(Text *out)
{
    text_add(out, ".TH ATTEND 1 \"\" \"attend " ATTEND_VERSION
                  "\"\n.SH NAME\nattend \\- learn sparse attention in a terminal\n"
                  ".SH SYNOPSIS\n.B attend\n[\\fIVERB\\fP] [\\fIoptions\\fP] "
                  "[\\fIarguments\\fP]\n.SH DESCRIPTION\n");
    troff_paragraphs(about, out);
    text_add(out, ".SH VERBS\n");
    for (int k = 0; cmd_at(k); k++) troff_verb(cmd_at(k), out);
    text_add(out, ".SH OPTIONS\n");
    for (int k = 0; option_common(k); k++)
        troff_item(option_common(k)->name, option_common(k)->value, option_common(k)->help, out);
    text_add(out, ".SH EXIT STATUS\n");
    for (size_t k = 0; k < sizeof exits / sizeof *exits; k++) {
        char number[12] = {(char)('0' + exits[k].status)};
        troff_item(number, NULL, exits[k].meaning, out);
    }
    troff_item("128+n", NULL, "ended by signal n, the screen restored", out);
    text_add(out, ".SH ENVIRONMENT\n");
    for (size_t k = 0; k < sizeof variables / sizeof *variables; k++)
        troff_item(variables[k].name, NULL, variables[k].effect, out);
    text_add(out, ".SH FILES\n");
    for (size_t k = 0; k < sizeof files / sizeof *files; k++)
        troff_item(files[k].name, NULL, files[k].holds, out);
}
