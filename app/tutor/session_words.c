/* session_words.c - which actions do something now, and what the hint line calls them. */
#include "app/tutor/session_inner.h"

#include <stdio.h>

static bool more_text(const Session *s)
{
    return s->layer == LAYER_NONE && s->scroll + s->measure.text_rows < s->measure.text_lines;
}

static const PageRecord *open_record(const Session *s)
{
    return progress_page(&s->progress, s->player.lesson->id, player_at(&s->player)->id);
}

static bool skipped(const Session *s)
{
    const PageRecord *r = open_record(s);
    return r && r->skipped;
}

static bool several_boxes_or_items(const Session *s)
{
    return s->player.answer.boxes > 1 || s->player.answer.picks > 1;
}

static bool can_arrow(const Session *s, ActionKind kind)
{
    bool vertical = kind == ACTION_UP || kind == ACTION_DOWN;
    switch (s->focus) {
    case FOCUS_LIST:
        return vertical;
    case FOCUS_FIELD:
        return !vertical || s->player.answer.boxes > 1;
    case FOCUS_OPTIONS:
        return vertical || several_boxes_or_items(s);
    case FOCUS_SPARSE: case FOCUS_OTHER: case FOCUS_CONTROLS:
        return true;
    case FOCUS_TEXT:
        return vertical && s->measure.text_lines > s->measure.text_rows;
    case FOCUS_COUNT:
        break;
    }
    return false;
}

static bool can_on_home(const Session *s, ActionKind kind)
{
    switch ((int)kind) {
    case ACTION_UP: case ACTION_DOWN: case ACTION_FIRST: case ACTION_LAST: case ACTION_SUBMIT:
        return session_home_lines(s) > 0;
    case ACTION_CLOSE:
        return true;
    default:
        return false;
    }
}

static bool can_probe(const Lab *lab, ActionKind kind)
{
    unsigned tool = kind == ACTION_SHUFFLE ? TOOL_SHUFFLE : TOOL_LONGER;
    return lab && (lab->figure->tools & tool) != 0;
}

static bool can_answer(const Session *s, ActionKind kind)
{
    const Player *p = &s->player;
    if (s->screen != SCREEN_ASK || !p->question) return false;
    switch ((int)kind) {
    case ACTION_VARIANT:
        return s->layer == LAYER_NONE;
    case ACTION_HINT:
        return session_answers(s) && p->hints < p->question->hints && s->layer == LAYER_NONE;
    case ACTION_CHOOSE:
        return session_answers(s) && !player_typed(p);
    case ACTION_TYPE: case ACTION_PASTE: case ACTION_ERASE: case ACTION_DELETE: case ACTION_ANSWER:
        return session_answers(s) && player_typed(p);
    case ACTION_LEAVE:
        return session_in_field(s);
    case ACTION_PAINT: {
        const Lab *lab = session_lab(s);
        return session_answers(s) && lab && lab->painting && s->focus == FOCUS_SPARSE;
    }
    default:
        return false;
    }
}

static bool can_on_page(const Session *s, ActionKind kind)
{
    const Lab *lab = session_lab(s);
    switch ((int)kind) {
    case ACTION_SUBMIT: case ACTION_NEXT: case ACTION_CLOSE:
        return true;
    case ACTION_BACK:
        return s->player.page > 0 || s->player.step > 1;
    case ACTION_UP: case ACTION_DOWN: case ACTION_LEFT: case ACTION_RIGHT: case ACTION_FIRST: case ACTION_LAST:
        return can_arrow(s, kind);
    case ACTION_PANE: case ACTION_PANE_BACK: case ACTION_FIGURE: case ACTION_ROW: case ACTION_KEY:
        return lab != NULL;
    case ACTION_LESS: case ACTION_MORE: case ACTION_LESS_FAR: case ACTION_MORE_FAR: case ACTION_SLIDE:
        return lab && lab->slider >= 0;
    case ACTION_SHUFFLE: case ACTION_LONGER: case ACTION_SHORTER:
        return can_probe(lab, kind);
    case ACTION_SCALE:
        return lab && lab_weighs(lab);
    case ACTION_VIEW: case ACTION_COLUMN:
        return lab != NULL;
    case ACTION_DIFFERENCE:
        return lab && lab->dense;
    case ACTION_UNDO:
        return s->undo.back.steps > 0;
    case ACTION_REDO:
        return s->undo.forth.steps > 0;
    case ACTION_SKIP:
        return s->layer == LAYER_NONE && !skipped(s);
    case ACTION_UNSKIP:
        return s->layer == LAYER_NONE && skipped(s);
    case ACTION_GOTO:
        return true;
    default:
        return can_answer(s, kind);
    }
}

bool session_can(const Session *s, ActionKind action)
{
    switch ((int)action) {
    case ACTION_NONE: case ACTION_COUNT:
        return false;
    case ACTION_QUIT: case ACTION_HELP: case ACTION_THEME: case ACTION_SUSPEND: case ACTION_REDRAW:
    case ACTION_RESIZE: case ACTION_OPEN:
        return true;
    default:
        break;
    }
    if (s->layer == LAYER_HELP)
        return action == ACTION_UP || action == ACTION_DOWN || action == ACTION_SUBMIT || action == ACTION_CLOSE ||
               action == ACTION_NEXT || action == ACTION_BACK || action == ACTION_FIRST || action == ACTION_LAST;
    return s->screen == SCREEN_HOME ? can_on_home(s, action) : can_on_page(s, action);
}

/* ---- words ------------------------------------------------------------------------------- */

static bool last_page(const Session *s)
{
    return s->player.page + 1 == s->lesson->pages;
}

static const char *word_next(const Session *s)
{
    if (s->layer == LAYER_HELP) return "page on";
    if (more_text(s)) return "read on";
    if (s->screen == SCREEN_PAGE && s->player.step < session_steps(s)) return "next step";
    return last_page(s) ? "finish" : "next page";
}

static const char *word_pin(const Lab *lab)
{
    for (int k = 0; k < lab->pins; k++)
        if (lab->pin[k].row == lab->row && lab->pin[k].key == lab->key) return "unpin";
    return "pin";
}

static const char *word_submit(const Session *s)
{
    if (s->layer == LAYER_HELP) return "do it";
    if (s->screen == SCREEN_HOME) return s->home == 0 && session_has_continue(s) ? "continue" : "open";
    const Lab *lab = session_lab(s);
    bool       ask = s->screen == SCREEN_ASK && s->player.question;
    if (ask && !session_answers(s)) return last_page(s) ? "finish" : "go on";
    if (session_in_figure(s) && lab) return lab->painting && s->focus == FOCUS_SPARSE ? "paint key" : word_pin(lab);
    if (!ask) return word_next(s);
    if (s->player.stale) return "try again";
    if (s->player.answer.picks > 1) {
        for (int k = 0; k < s->player.answer.picks; k++)
            if (s->player.answer.pick[k] < 0 && k != s->player.item) return "next one";
    }
    return "submit";
}

static const char *word_arrows(const Session *s)
{
    switch (s->focus) {
    case FOCUS_SPARSE: case FOCUS_OTHER:
        return "cell";
    case FOCUS_CONTROLS:
        return "slider";
    case FOCUS_LIST: case FOCUS_OPTIONS:
        return "choose";
    case FOCUS_TEXT:
        return "scroll";
    case FOCUS_FIELD: case FOCUS_COUNT:
        break;
    }
    return "move";
}

static const char *word_pane(const Session *s)
{
    if (s->screen == SCREEN_ASK && !session_in_figure(s) && s->focus != FOCUS_CONTROLS) return "figure";
    return "pane";
}

static const char *word_view(const Session *s, ActionKind action)
{
    const Lab *lab = session_lab(s);
    View       view = action == ACTION_COLUMN ? VIEW_COLUMN : VIEW_DIFFERENCE;
    return lab && lab->view == view ? "off" : view_word(view);
}

const char *session_word(const Session *s, ActionKind action)
{
    switch ((int)action) {
    case ACTION_NEXT:
        return word_next(s);
    case ACTION_SUBMIT:
        return word_submit(s);
    case ACTION_UP: case ACTION_DOWN: case ACTION_LEFT: case ACTION_RIGHT:
        return word_arrows(s);
    case ACTION_PANE:
        return word_pane(s);
    case ACTION_CLOSE:
        return s->layer == LAYER_FIGURE ? "back" : s->screen == SCREEN_HOME && s->layer == LAYER_NONE ? "quit" : "close";
    case ACTION_FIGURE:
        return s->layer == LAYER_FIGURE ? "back" : "figure";
    case ACTION_LESS:
        return "less";
    case ACTION_MORE:
        return "more";
    case ACTION_VARIANT:
        return "new variant";
    case ACTION_HINT:
        return "hint";
    case ACTION_SHUFFLE:
        return "shuffle";
    case ACTION_LONGER:
        return "longer";
    case ACTION_SHORTER:
        return "shorter";
    case ACTION_SCALE:
        return "scale";
    case ACTION_DIFFERENCE: case ACTION_COLUMN:
        return word_view(s, action);
    case ACTION_SKIP:
        return "skip";
    case ACTION_UNSKIP:
        return "unskip";
    case ACTION_PAINT:
        return "paint run";
    case ACTION_LEAVE:
        return "leave field";
    case ACTION_VIEW:
        return "view";
    case ACTION_CHOOSE:
        return "choose";
    case ACTION_HELP:
        return "help";
    case ACTION_THEME:
        return "theme";
    case ACTION_QUIT:
        return "quit";
    case ACTION_BACK:
        return "back";
    default:
        return action_help(action);
    }
}
