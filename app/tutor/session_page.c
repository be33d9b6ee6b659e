/* session_page.c - the pages of the open lesson: arriving, moving on and back, leaving. */
#include "app/tutor/session_inner.h"

#include <assert.h>
#include <stdio.h>

/* ---- pages ------------------------------------------------------------------------------- */

void session_default_focus(Session *s)
{
    s->scroll = 0;
    s->focus = FOCUS_TEXT;
    if (s->screen == SCREEN_HOME) s->focus = FOCUS_LIST;
    else if (s->screen == SCREEN_ASK && session_answers(s))
        s->focus = player_typed(&s->player) ? FOCUS_FIELD : FOCUS_OPTIONS;
    else if (s->screen == SCREEN_PAGE && session_lab(s) && !s->measure.in_turn) s->focus = FOCUS_SPARSE;
    s->focus_chosen = false;
}

static void session_arrive(Session *s, Screen screen)
{
    s->screen = screen;
    s->layer = LAYER_NONE;
    undo_done(&s->undo);
    session_default_focus(s);
    session_save_place(s);
}

static void session_problem(Session *s, const Why *why)
{
    player_done(&s->player);
    s->player.lesson = s->lesson;
    s->player.page = s->request.page;
    s->player.shown = -1;
    snprintf(s->player.problem, sizeof s->player.problem, "%s%s%s", why->what, why->todo[0] ? "\n" : "", why->todo);
}

void session_go(Session *s, int page)
{
    assert(page >= 0 && page < s->lesson->pages);
    const Page       *at = &s->lesson->page[page];
    const PageRecord *r = progress_page(&s->progress, s->lesson->id, at->id);
    s->request = (Request){.page = page};
    if (at->asks) {
        s->request = (Request){REQUEST_DEAL, s->open, page, r ? r->variant : 1};
        return;
    }
    Why why = {0};
    if (player_page(&s->player, s->lesson, page, r, &why) != STATUS_OK) session_problem(s, &why);
    session_arrive(s, SCREEN_PAGE);
}

void session_question(Session *s, Question *q)
{
    const Page       *at = &s->lesson->page[s->deal.page];
    const PageRecord *r = progress_page(&s->progress, s->lesson->id, at->id);
    Why               why = {0};
    s->player.comma = s->comma;
    s->request.page = s->deal.page;
    if (player_ask(&s->player, s->lesson, s->deal.page, q, s->deal.variant, r, &why) != STATUS_OK)
        session_problem(s, &why);
    session_arrive(s, SCREEN_ASK);
}

void session_lesson(Session *s, Lesson *lesson)
{
    const struct LessonRecord *book = progress_lesson(&s->progress, lesson->id);
    int page = s->opening_page >= 0 ? s->opening_page : book && book->at[0] ? lesson_find(lesson, book->at) : 0;
    player_done(&s->player);
    s->lesson = lesson;
    s->open = s->deal.lesson;
    session_go(s, page >= 0 && page < lesson->pages ? page : 0);
}

void session_refused(Session *s, const char *message)
{
    if (s->deal.kind == REQUEST_DEAL) {
        Why why = {0};
        snprintf(why.what, sizeof why.what, "%s", message);
        s->request.page = s->deal.page;
        session_problem(s, &why);
        session_arrive(s, SCREEN_PAGE);
        s->request = (Request){0};
        return;
    }
    if (s->deal.lesson >= 0 && shelf_fail(&s->shelf, s->deal.lesson, message) != STATUS_OK) s->status_stays = false;
    s->screen = SCREEN_HOME;
    session_default_focus(s);
    session_say(s, false, "%s", message);
}

/* ---- leaving ----------------------------------------------------------------------------- */

static void session_home(Session *s)
{
    session_save_place(s);
    s->screen = SCREEN_HOME;
    s->layer = LAYER_NONE;
    s->home = s->open + session_has_continue(s);
    player_done(&s->player);
    undo_done(&s->undo);
    s->player.shown = -1;
    session_default_focus(s);
}

/* Questions of the open lesson that are neither right nor skipped. */
static int session_open_questions(const Session *s)
{
    int open = 0;
    for (int k = 0; k < s->lesson->pages; k++) {
        if (!s->lesson->page[k].asks) continue;
        const PageRecord *r = progress_page(&s->progress, s->lesson->id, s->lesson->page[k].id);
        open += !r || (!r->ever_right && !r->skipped && !r->ever_tried);
    }
    return open;
}

static void session_finish(Session *s)
{
    int open = session_open_questions(s);
    if (open == 0) {
        Entry e = session_entry(s, ENTRY_DONE);
        e.sha = s->lesson->sha;
        e.version = s->lesson->version;
        session_emit(s, e);
    }
    const char *title = s->lesson->title;
    int         lesson = s->open;
    session_home(s);
    if (open == 0) session_say(s, false, "\"%s\" is done.", title);
    else session_say(s, false, "\"%s\": %d question%s still open.", title, open, open == 1 ? " is" : "s are");
    if (lesson + 1 < s->shelf.lessons && open == 0) s->home = lesson + 1 + session_has_continue(s);
}

void session_go_on(Session *s)
{
    session_save_place(s);
    if (s->player.page + 1 < s->lesson->pages) session_go(s, s->player.page + 1);
    else session_finish(s);
}

/* ---- moving on and back ------------------------------------------------------------------ */

/* Space: more text, the next step, the next page. */
static void session_next(Session *s)
{
    if (s->layer == LAYER_NONE && s->scroll + s->measure.text_rows < s->measure.text_lines) {
        session_scroll(s, s->measure.text_rows > 2 ? s->measure.text_rows - 2 : 1);
        return;
    }
    if (s->screen == SCREEN_PAGE && s->player.step < session_steps(s)) {
        int shown = s->player.shown;
        s->player.step++;
        s->player.shown = player_figure_at(player_at(&s->player), s->player.step);
        if (s->player.shown != shown && shown < 0) session_default_focus(s);
        s->scroll = SESSION_LAST_LINES;
        s->dirty = true;
        return;
    }
    session_go_on(s);
}

static void session_back(Session *s)
{
    if (s->screen == SCREEN_PAGE && s->player.step > 1) {
        s->player.step--;
        s->player.shown = player_figure_at(player_at(&s->player), s->player.step);
        if (!session_has_focus(s, s->focus)) session_default_focus(s);
        s->dirty = true;
        return;
    }
    if (s->player.page == 0) return;
    session_save_place(s);
    session_go(s, s->player.page - 1);
}

static void session_skip(Session *s, bool skip)
{
    session_emit(s, session_entry(s, skip ? ENTRY_SKIP : ENTRY_UNSKIP));
    if (skip) session_go_on(s);
    else session_say(s, false, "no longer skipped");
}

static void session_close(Session *s)
{
    if (s->layer == LAYER_FIGURE) {
        s->layer = LAYER_NONE;
        s->focus = s->focus_below;
        if (!session_has_focus(s, s->focus)) session_default_focus(s);
        return;
    }
    session_home(s);
}

void session_on_page(Session *s, Action a)
{
    if (a.kind == ACTION_UNDO || a.kind == ACTION_REDO) {
        session_undo(s, a.kind == ACTION_REDO);
        return;
    }
    if (s->screen == SCREEN_ASK && session_ask(s, a)) return;
    if (session_figure(s, a)) return;
    switch ((int)a.kind) {
    case ACTION_NEXT: case ACTION_SUBMIT:
        session_next(s);
        break;
    case ACTION_BACK:
        session_back(s);
        break;
    case ACTION_UP: case ACTION_DOWN: case ACTION_LEFT: case ACTION_RIGHT: case ACTION_FIRST: case ACTION_LAST:
        session_arrows(s, a.kind);
        break;
    case ACTION_PANE: case ACTION_PANE_BACK:
        session_pane(s, a.kind == ACTION_PANE ? 1 : -1);
        break;
    case ACTION_SKIP: case ACTION_UNSKIP:
        if (session_can(s, a.kind)) session_skip(s, a.kind == ACTION_SKIP);
        break;
    case ACTION_CLOSE:
        session_close(s);
        break;
    case ACTION_GOTO:
        session_save_place(s);
        if (a.number >= 0 && a.number < s->lesson->pages) session_go(s, (int)a.number);
        break;
    default:
        break;
    }
}
