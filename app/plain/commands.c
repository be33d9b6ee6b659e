/* commands.c - the commands of plain mode: one table, and what each of them does. */
#include "app/plain/describe.h"
#include "app/plain/talk.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { TAKES_REST = -1, TAKES_WORD = -2 }; /* the rest of the line; one word or none */

typedef struct Command Command;

/* A command as it was typed. */
typedef struct {
    const Command *command;
    const char    *text;      /* what stood behind its word */
    long long      number[2]; /* the whole numbers in it, as far as the command takes some */
} Call;

struct Command {
    const char *word, *letter, *argument, *help;
    int         takes;   /* whole numbers it takes, or one of those below */
    bool        figure;  /* works where there is a figure */
    void (*run)(Talk *t, Call call);
    ActionKind action;
    void (*describe)(const Lab *lab, Text *out);
};

static void run_action(Talk *t, Call call)
{
    if (!session_can(t->s, call.command->action)) {
        text_format(&t->out, "%s does nothing here.\n", call.command->word);
        talk_say(t);
        return;
    }
    talk_act_kind(t, call.command->action);
}

void talk_enter(Talk *t)
{
    if (t->s->screen == SCREEN_ASK && t->s->player.question) talk_submit(t);
    else talk_act_kind(t, t->s->screen == SCREEN_PAGE ? ACTION_NEXT : ACTION_SUBMIT);
}

static void run_submit(Talk *t, Call call)
{
    (void)call;
    talk_enter(t);
}

static void run_skip(Talk *t, Call call)
{
    if (session_can(t->s, call.command->action)) talk_said(t, "Skipped; unskip takes it back.");
    run_action(t, call);
}

static void run_hint(Talk *t, Call call)
{
    (void)call;
    if (!session_can(t->s, ACTION_HINT)) {
        talk_said(t, "There is no further hint here.");
        return;
    }
    talk_act_kind(t, ACTION_HINT);
    tell_hint(t->s, talk_width(t), t->s->player.hints, &t->out);
    talk_say(t);
}

static void run_probe(Talk *t, Call call)
{
    Lab *lab = session_lab(t->s);
    if (!session_can(t->s, call.command->action)) {
        talk_said(t, "This figure does not offer that probe.");
        return;
    }
    int before = lab->experiments;
    talk_act_kind(t, call.command->action);
    if (lab->experiments == before) return;
    describe_probe(lab, &t->out);
    talk_say(t);
}

static void run_describe(Talk *t, Call call)
{
    call.command->describe(session_lab(t->s), &t->out);
    if (call.command->describe == describe_matrix) talk_say_as_is(t);
    else talk_say(t);
}

static bool position_ok(Talk *t, long long at)
{
    const Lab *lab = session_lab(t->s);
    if (at >= 0 && at < lab->n) return true;
    text_format(&t->out, "%lld: this figure has positions 0 to %lld.\n", at, (long long)lab->n - 1);
    talk_say(t);
    return false;
}

static void run_row(Talk *t, Call call)
{
    if (!position_ok(t, call.number[0])) return;
    talk_act(t, (Action){.kind = ACTION_ROW, .number = call.number[0]});
    describe_row(session_lab(t->s), call.number[0], &t->out);
    talk_say(t);
}

static void run_column(Talk *t, Call call)
{
    if (!position_ok(t, call.number[0])) return;
    describe_column(session_lab(t->s), call.number[0], &t->out);
    talk_say(t);
}

static void run_cell(Talk *t, Call call)
{
    if (!position_ok(t, call.number[0]) || !position_ok(t, call.number[1])) return;
    describe_cell(session_lab(t->s), call.number[0], call.number[1], &t->out);
    talk_say(t);
}

static void run_pin(Talk *t, Call call)
{
    Lab *lab = session_lab(t->s);
    if (!position_ok(t, call.number[0]) || !position_ok(t, call.number[1])) return;
    talk_act(t, (Action){.kind = ACTION_ROW, .number = call.number[0]});
    talk_act(t, (Action){.kind = ACTION_KEY, .number = call.number[1]});
    if (lab->key != call.number[1]) {
        talk_said(t, "That cell lies in the future; it can't be pinned.");
        return;
    }
    lab_pin(lab);
    describe_pins(lab, &t->out);
    talk_say(t);
}

/* What is back, or what there is again. */
static void run_undo(Talk *t, Call call)
{
    if (!session_can(t->s, call.command->action)) {
        talk_said(t, "There is nothing to take back or to do again.");
        return;
    }
    talk_act_kind(t, call.command->action);
    const Lab *lab = session_lab(t->s);
    if (lab && lab->slider >= 0) describe_sliders(lab, &t->out);
    if (session_answers(t->s) && player_typed(&t->s->player))
        text_format(&t->out, "The draft is \"%s\".\n", text_string(&t->s->player.answer.box[t->s->player.box].text));
    talk_say(t);
}

/* Where a slider stands, and what the figure is now. */
static void say_slider(Talk *t, int k)
{
    const Lab    *lab = session_lab(t->s);
    const Slider *slider = &lab->figure->slider[k];
    text_format(&t->out, "%s is now ", slider->name);
    if (slider->options > 0) text_add(&t->out, slider->option[(int)lab->value[k]]);
    else text_add_real(&t->out, lab->value[k], 3);
    text_add(&t->out, ".\n");
    describe_row(lab, lab->row, &t->out);
    describe_summary(lab, &t->out);
    talk_say(t);
}

static void run_nudge(Talk *t, Call call)
{
    if (!session_can(t->s, call.command->action)) {
        talk_said(t, "This figure has no sliders.");
        return;
    }
    talk_act_kind(t, call.command->action);
    say_slider(t, session_lab(t->s)->slider);
}

static void run_slide(Talk *t, Call call)
{
    const Lab *lab = session_lab(t->s);
    size_t     len = strcspn(call.text, " \t");
    char      *end;
    double     value = strtod(call.text + len, &end);
    end += strspn(end, " \t");
    for (int k = 0; k < lab->figure->sliders; k++) {
        if (strlen(lab->figure->slider[k].name) != len || strncmp(lab->figure->slider[k].name, call.text, len) != 0) continue;
        if (end == call.text + len || *end) break;
        talk_act(t, (Action){.kind = ACTION_SLIDE, .number = k, .value = value});
        say_slider(t, k);
        return;
    }
    text_add(&t->out, lab->figure->sliders > 0 ? "slide NAME NUMBER:\n" : "This figure has no sliders.\n");
    describe_sliders(lab, &t->out);
    talk_say(t);
}

static void run_view(Talk *t, Call call)
{
    View view;
    if (!view_find(call.text, &view)) {
        text_format(&t->out, "There are the views %s.\n", view_words());
        talk_say(t);
        return;
    }
    talk_act(t, (Action){.kind = ACTION_VIEW, .number = view_number(view)});
    if (session_lab(t->s)->view == view) text_format(&t->out, "View %s; draw shows it.\n", view_word(view));
    talk_say(t);
}

static void run_go(Talk *t, Call call)
{
    char *end;
    long  page = strtol(call.text, &end, 10) - 1;
    if (t->s->screen == SCREEN_HOME) {
        talk_act(t, (Action){.kind = ACTION_OPEN, .number = *end ? shelf_find(&t->s->shelf, call.text) : page, .other = -1});
        return;
    }
    if (*end) page = lesson_find(t->s->lesson, call.text);
    if (page < 0 || page >= t->s->lesson->pages) {
        text_format(&t->out, "There is no page %s; contents lists them.\n", call.text);
        talk_say(t);
        return;
    }
    talk_act(t, (Action){.kind = ACTION_GOTO, .number = page});
}

static void run_contents(Talk *t, Call call)
{
    (void)call;
    if (t->s->screen == SCREEN_HOME) tell_home(t->s, &t->out);
    else tell_contents(t->s, &t->out);
    talk_say(t);
}

static void run_again(Talk *t, Call call)
{
    (void)call;
    talk_tell_place(t, 0);
}

static void run_home(Talk *t, Call call)
{
    (void)call;
    if (t->s->screen == SCREEN_HOME) talk_said(t, "This is Home.");
    else talk_act_kind(t, ACTION_CLOSE);
}

static void run_legend(Talk *t, Call call)
{
    (void)call;
    talk_said(t, "Future: not allowed by the background, blank in draw. Skipped: allowed, never scored, a dot. Small: scored, "
            "with a weight near 0, digit 0. Scored keys are # or a digit; in view difference they are = and digits are what is lost.");
}

static void run_glossary(Talk *t, Call call)
{
    static const struct {
        const char *word, *meaning;
    } glossary[] = {
        {"query", "the token that asks; row i of the matrix is query i"},
        {"key", "a token that may be read; column j is key j"},
        {"G_i", "the set of keys that query i attends to"},
        {"background", "the limit under every pattern: causal (no later key) or bidirectional"},
        {"window", "the most recent w keys, the query's own counted"},
        {"sink", "the first s keys, always kept"},
        {"density", "scored cells divided by allowed cells"},
        {"kept", "the share of a row's dense weight that lies inside G_i"},
        {"positional", "no change of the words can change any G_i"},
        {"content", "other words can change some G_i"},
        {"hybrid", "a part of G_i is guaranteed whatever the words are, a part is chosen by them"},
    };
    for (size_t k = 0; k < sizeof glossary / sizeof glossary[0]; k++)
        if (call.text[0] == '\0' || strcmp(call.text, glossary[k].word) == 0)
            text_format(&t->out, "%s: %s.\n", glossary[k].word, glossary[k].meaning);
    if (t->out.len == 0) text_format(&t->out, "The glossary has no \"%s\"; glossary alone lists it.\n", call.text);
    talk_say(t);
}

static void run_quit(Talk *t, Call call)
{
    (void)call;
    t->over = true;
}

static void run_help(Talk *t, Call call);

static const Command commands[] = {
    {"next", "n", "", "next step, then next page", 0, false, run_action, ACTION_NEXT, NULL},
    {"back", "b", "", "back", 0, false, run_action, ACTION_BACK, NULL},
    {"go", "g", "PAGE", "to a page, by number or name", TAKES_REST, false, run_go, ACTION_NONE, NULL},
    {"submit", "s", "", "submit the answer; the empty line does it too", 0, false, run_submit, ACTION_NONE, NULL},
    {"hint", "h", "", "the next hint, free", 0, false, run_hint, ACTION_NONE, NULL},
    {"variant", "v", "", "another variant of the question", 0, false, run_action, ACTION_VARIANT, NULL},
    {"skip", "k", "", "skip this page, honestly booked", 0, false, run_skip, ACTION_SKIP, NULL},
    {"unskip", "", "", "take the skip back", 0, false, run_action, ACTION_UNSKIP, NULL},
    {"row", "r", "12", "the keys of query 12", 1, true, run_row, ACTION_NONE, NULL},
    {"set", "e", "12", "the same", 1, true, run_row, ACTION_NONE, NULL},
    {"col", "c", "3", "who reads key 3", 1, true, run_column, ACTION_NONE, NULL},
    {"cell", "l", "12 9", "query 12, key 9", 2, true, run_cell, ACTION_NONE, NULL},
    {"pin", "", "12 9", "keep a cell; two pinned cells are compared", 2, true, run_pin, ACTION_NONE, NULL},
    {"slide", "", "w 6", "move a slider", TAKES_REST, true, run_slide, ACTION_NONE, NULL},
    {"less", "", "", "the slider moved last, one step less", 0, true, run_nudge, ACTION_LESS, NULL},
    {"more", "", "", "the slider moved last, one step more", 0, true, run_nudge, ACTION_MORE, NULL},
    {"undo", "", "", "take a slider or a draft back", 0, false, run_undo, ACTION_UNDO, NULL},
    {"redo", "", "", "do it again", 0, false, run_undo, ACTION_REDO, NULL},
    {"sliders", "", "", "the sliders and their bounds", 0, true, run_describe, ACTION_NONE, describe_sliders},
    {"view", "", "weights", "what draw shows: sets, weights, difference, column, coverage", TAKES_REST, true, run_view, ACTION_NONE, NULL},
    {"shuffle", "", "", "deal other words", 0, true, run_probe, ACTION_SHUFFLE, NULL},
    {"longer", "", "", "lengthen the text", 0, true, run_probe, ACTION_LONGER, NULL},
    {"shorter", "", "", "shorten the text", 0, true, run_probe, ACTION_SHORTER, NULL},
    {"top", "t", "", "strongest keys of the row", 0, true, run_describe, ACTION_NONE, describe_top},
    {"diff", "d", "", "what the row loses against dense", 0, true, run_describe, ACTION_NONE, describe_difference},
    {"cover", "", "", "how many keys carry 90 % of the row", 0, true, run_describe, ACTION_NONE, describe_coverage},
    {"summary", "m", "", "the shape in words", 0, true, run_describe, ACTION_NONE, describe_summary},
    {"draw", "", "", "the matrix as text", 0, true, run_describe, ACTION_NONE, describe_matrix},
    {"text", "", "", "the words with their positions", 0, true, run_describe, ACTION_NONE, describe_words},
    {"legend", "", "", "what the signs mean", 0, false, run_legend, ACTION_NONE, NULL},
    {"contents", "", "", "the pages", 0, false, run_contents, ACTION_NONE, NULL},
    {"home", "", "", "the list of lessons", 0, false, run_home, ACTION_NONE, NULL},
    {"again", "a", "", "say the last part again", 0, false, run_again, ACTION_NONE, NULL},
    {"glossary", "", "WORD", "what a word means", TAKES_WORD, false, run_glossary, ACTION_NONE, NULL},
    {"help", "?", "", "the commands that work here", 0, false, run_help, ACTION_NONE, NULL},
    {"quit", "q", "", "leave; all is saved", 0, false, run_quit, ACTION_NONE, NULL},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static bool command_works(const Talk *t, const Command *c)
{
    if (c->figure && !session_lab(t->s)) return false;
    if (c->run == run_probe || c->run == run_nudge) return session_can(t->s, c->action);
    if (c->run == run_action || c->run == run_skip) return t->s->screen != SCREEN_HOME && session_can(t->s, c->action);
    return c->run != run_hint || session_can(t->s, ACTION_HINT);
}

static void run_help(Talk *t, Call call)
{
    (void)call;
    text_format(&t->out, "Empty line: %s\n", session_word(t->s, ACTION_SUBMIT));
    if (session_answers(t->s)) text_add(&t->out, "A number, a set like 0-3, 9 or an option's number: your answer. = TEXT: TEXT is an answer.\n");
    if (t->s->screen == SCREEN_HOME) text_add(&t->out, "A number: opens that lesson.\n");
    for (int k = 0; k < COMMANDS; k++) {
        if (!command_works(t, &commands[k])) continue;
        text_format(&t->out, "%s%s%s", commands[k].word, commands[k].argument[0] ? " " : "", commands[k].argument);
        if (commands[k].letter[0]) text_format(&t->out, " (%s)", commands[k].letter);
        text_format(&t->out, ": %s\n", commands[k].help);
    }
    talk_say(t);
}

/* ---- lines ------------------------------------------------------------------------------- */

/* Whether the rest of a line is what the command takes; its whole numbers go to number. */
static bool arguments_fit(const Command *c, const char *rest, long long number[2])
{
    if (c->takes == 0) return rest[0] == '\0';
    if (c->takes == TAKES_WORD) return strchr(rest, ' ') == NULL;
    if (c->takes < 0) return rest[0] != '\0';
    for (int k = 0; k < c->takes; k++) {
        char *end;
        if (!isdigit((unsigned char)rest[0])) return false;
        number[k] = strtoll(rest, &end, 10);
        rest = end + strspn(end, " \t");
    }
    return rest[0] == '\0';
}

bool talk_command(Talk *t, const char *line)
{
    size_t      len = strcspn(line, " \t");
    const char *rest = line + len + strspn(line + len, " \t");
    for (int k = 0; k < COMMANDS; k++) {
        const Command *c = &commands[k];
        bool           named = (strlen(c->word) == len && strncmp(c->word, line, len) == 0) ||
                     (c->letter[0] && strlen(c->letter) == len && strncmp(c->letter, line, len) == 0);
        long long number[2] = {0, 0};
        if (!named || !arguments_fit(c, rest, number)) continue;
        if (c->figure && !session_lab(t->s)) talk_said(t, "There is no figure here.");
        else c->run(t, (Call){c, rest, {number[0], number[1]}});
        return true;
    }
    return false;
}
