#include "app/plain/tell.h"

#include "app/plain/describe.h"

#include <stdio.h>
#include <string.h>

/* ---- lesson text ------------------------------------------------------------------------- */

static const struct {
    const char *action, *command;
} commands_of[] = {
    {"less", "less"},         {"more", "more"},      {"less-far", "slide"}, {"more-far", "slide"}, {"shuffle", "shuffle"},
    {"longer", "longer"},     {"shorter", "shorter"}, {"figure", "draw"},    {"hint", "hint"},      {"variant", "variant"},
    {"next", "the empty line"}, {"submit", "the empty line"}, {"back", "back"}, {"skip", "skip"},   {"unskip", "unskip"},
    {"up", "row"},            {"down", "row"},       {"left", "cell"},      {"right", "cell"},     {"help", "help"},
    {"close", "quit"},        {"quit", "quit"},      {"scale", "view"},     {"view", "view"},      {"view-1", "view sets"},
    {"view-2", "view weights"}, {"pane", "draw"},    {"paint", "0-3, 9"},
};

const char *tell_press(const char *action, const void *context)
{
    (void)context;
    for (size_t k = 0; k < sizeof commands_of / sizeof commands_of[0]; k++)
        if (strcmp(commands_of[k].action, action) == 0) return commands_of[k].command;
    return NULL;
}

static void add_markdown(const char *source, TellWidth width, Text *out)
{
    Markdown m;
    if (!markdown_read(source, strlen(source), &m)) return;
    wrap_markdown(width.room, &m, width.columns, width.ascii, tell_press, NULL);
    const Wrapped *w = width.room;
    for (int k = 0; k < w->lines; k++) {
        for (int p = 0; p < w->line[k].pieces; p++) {
            const WrapPiece *piece = &w->piece[w->line[k].piece + p];
            text_add_bytes(out, text_string(&w->text) + piece->from, piece->len);
        }
        text_add(out, "\n");
    }
    markdown_done(&m);
}

/* ---- Home -------------------------------------------------------------------------------- */

static void add_mark(const ShelfMark *m, Text *out)
{
    static const struct {
        char        mark;
        const char *word;
    } words[] = {{'-', "new"}, {'>', "started"}, {'+', "done"}, {'~', "done with skips"}, {'!', "does not load"}};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (words[k].mark == m->mark) text_add(out, words[k].word);
    if (m->done > 0 || m->skipped > 0) text_format(out, ", %d of %d right", m->done, m->questions);
    if (m->skipped > 0) text_format(out, ", %d skipped", m->skipped);
}

void tell_home(const Session *s, Text *out)
{
    int chapter = -2;
    text_add(out, "Attend: lessons.\n");
    for (int k = 0; k < s->shelf.lessons; k++) {
        const ShelfEntry *e = &s->shelf.lesson[k];
        ShelfMark         m = shelf_mark(&s->shelf, k, &s->progress);
        if (e->chapter != chapter && e->chapter >= 0)
            text_format(out, "Chapter %d: %s\n", e->chapter, shelf_chapter(e->chapter));
        chapter = e->chapter;
        text_format(out, "%d. %s, ", k + 1, e->title);
        if (!e->error) text_format(out, "%d minutes, ", e->minutes);
        add_mark(&m, out);
        text_format(out, "%s%s.\n", e->error ? ": " : "", e->error ? e->error : "");
    }
}

/* ---- pages ------------------------------------------------------------------------------- */

static void add_heading(const Session *s, Text *out)
{
    const Player *p = &s->player;
    text_format(out, "%s, page %d of %d: %s.", s->lesson->title, p->page + 1, s->lesson->pages, player_at(p)->id);
    if (p->question && p->question->predict) text_add(out, " A guess, no points.");
    else if (p->question) {
        text_format(out, " %d point%s", p->question->points, p->question->points == 1 ? "" : "s");
        if (p->question->tries > 0) text_format(out, ", %d tries", p->question->tries);
        text_add(out, ".");
        if (player_at(p)->deals) text_format(out, " Variant %d.", p->variant);
    }
    text_add(out, "\n");
}

void tell_page(const Session *s, int from, TellWidth width, Text *out)
{
    const Player *p = &s->player;
    if (from == 0) add_heading(s, out);
    if (p->problem[0]) {
        text_format(out, "This page can't be shown: %s\n", p->problem);
        return;
    }
    const Page *page = player_at(p);
    for (int k = 0, step = 1; k < page->parts; k++) {
        step += page->part[k].kind == PART_REVEAL;
        if (step > p->step) break;
        if (step <= from) continue;
        if (page->part[k].kind == PART_PROSE) add_markdown(page->part[k].text, width, out);
        if (page->part[k].kind == PART_FIGURE && player_lab(p)) describe_figure(player_lab(p), out);
    }
}

static void add_options(const Session *s, Text *out)
{
    const Question *q = s->player.question;
    for (int k = 0; k < q->options; k++) text_format(out, "%d. %s\n", k + 1, q->option[q->order[k]].text);
}

static void add_require(const Player *p, Text *out)
{
    unsigned missing = player_missing(p);
    if (missing & TOOL_SHUFFLE) text_add(out, "Before you answer: deal the words once with shuffle.\n");
    if (missing & TOOL_LONGER) text_add(out, "Before you answer: change the length once with longer.\n");
}

void tell_item(const Session *s, Text *out)
{
    const Player *p = &s->player;
    if (p->answer.picks > 1) text_format(out, "Number %d of %d.", p->item + 1, p->answer.picks);
    if (p->item < p->question->items && p->question->item[p->item].text)
        text_format(out, "%s%s", p->answer.picks > 1 ? " " : "", p->question->item[p->item].text);
    if (p->answer.picks > 1) text_add(out, "\n");
    if (player_lab(p)) describe_figure(player_lab(p), out);
    if (p->answer.picks > 0) add_options(s, out);
}

static void add_tolerance(const Question *q, Text *out)
{
    if (q->boxes > 1) text_format(out, "%d numbers, blanks between them.\n", q->boxes);
    if (q->kind != QUESTION_NUMBER || q->tolerance <= 0) return;
    text_add(out, "Within ");
    text_add_real(out, q->relative ? q->tolerance * 100 : q->tolerance, 4);
    text_format(out, "%s is right.\n", q->relative ? " %" : "");
}

void tell_ask(const Session *s, TellWidth width, Text *out)
{
    const Player *p = &s->player;
    if (p->problem[0]) {
        tell_page(s, 0, width, out);
        return;
    }
    add_heading(s, out);
    add_markdown(p->question->prompt, width, out);
    for (int k = 0; k < p->question->boxes && p->question->box_label && p->question->boxes > 1; k++)
        text_format(out, "Number %d: %s\n", k + 1, p->question->box_label[k]);
    add_tolerance(p->question, out);
    if (session_answers(s)) add_require(p, out);
    tell_item(s, out);
    if (p->state != ASK_OPEN) tell_verdict(s, out);
}

/* ---- verdicts ---------------------------------------------------------------------------- */

static void add_points(const Player *p, Text *out)
{
    const Question *q = p->question;
    if (q->predict) {
        text_add(out, ".");
        return;
    }
    text_add(out, ": ");
    text_add_real(out, p->points, 3);
    text_format(out, " of %d point%s.", q->points, q->points == 1 ? "" : "s");
}

static void add_verdict_line(const Player *p, Text *out)
{
    const Verdict *v = &p->verdict;
    int            left = player_tries_left(p);
    if (v->right) {
        text_format(out, "Right, on try %d", p->tries);
        add_points(p, out);
    } else {
        text_format(out, "Not yet%s.", v->partly ? ", partly" : "");
        if (left > 0) text_format(out, " %d of %d tries left.", left, p->question->tries);
        if (left == 0) text_add(out, " That was the last try.");
        if (v->slip[0]) text_format(out, " (%s)", v->slip);
    }
    text_add(out, "\n");
}

static void add_marks(const Player *p, Text *out)
{
    const Lab *lab = player_lab(p);
    if (!lab || lab->mark_row < 0) return;
    if (lab->surplus.len > 0) {
        text_add(out, "Too many: ");
        describe_runs(&lab->surplus, out);
        text_add(out, ".\n");
    }
    if (lab->missed.len > 0) {
        text_add(out, "Missed: ");
        describe_runs(&lab->missed, out);
        text_add(out, ".\n");
    }
}

static const char *read_again(const Player *p)
{
    for (int k = 0; k < p->question->agains; k++)
        if (strcmp(p->question->again[k].slip, p->verdict.slip) == 0) return p->question->again[k].page;
    return NULL;
}

void tell_verdict(const Session *s, Text *out)
{
    const Player *p = &s->player;
    add_verdict_line(p, out);
    if (p->verdict.sentence.len > 0) text_format(out, "%s\n", text_string(&p->verdict.sentence));
    add_marks(p, out);
    if (p->state == ASK_CLOSED) text_format(out, "%s\n", text_string(&p->working));
    if (!p->verdict.right && read_again(p)) text_format(out, "Worth reading again: go %s.\n", read_again(p));
    if (p->state == ASK_RIGHT || p->state == ASK_CLOSED) {
        text_add(out, "Empty line goes on.");
        if (player_lab(p)) text_add(out, " row, draw and summary work.");
        if (player_at(p)->deals) text_add(out, " variant deals another one.");
        text_add(out, "\n");
    }
}

void tell_hint(const Session *s, TellWidth width, int k, Text *out)
{
    text_format(out, "Hint %d of %d.\n", k, s->player.question->hints);
    add_markdown(s->player.question->hint[k - 1].text, width, out);
}

void tell_contents(const Session *s, Text *out)
{
    for (int k = 0; k < s->lesson->pages; k++) {
        const Page       *page = &s->lesson->page[k];
        const PageRecord *r = progress_page(&s->progress, s->lesson->id, page->id);
        text_format(out, "%d. %s%s", k + 1, page->id, page->asks ? ", question" : "");
        if (r && r->ever_right) text_add(out, ", right");
        else if (r && r->skipped) text_add(out, ", skipped");
        else if (r && r->ever_tried) text_add(out, ", tried");
        text_format(out, "%s.\n", k == s->player.page ? ", here" : "");
    }
}
