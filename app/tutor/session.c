#include "app/tutor/session_inner.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- news -------------------------------------------------------------------------------- */

void session_say(Session *s, bool stays, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(s->status, sizeof s->status, format, args);
    va_end(args);
    s->status_stays = stays;
}

static void session_hush(Session *s)
{
    if (!s->status_stays) s->status[0] = '\0';
}

/* ---- entries ----------------------------------------------------------------------------- */

const char *session_hold(Session *s, const char *string)
{
    if (s->helds == s->held_cap) {
        int    cap = s->held_cap ? s->held_cap * 2 : 8;
        char **more = realloc(s->held, (size_t)cap * sizeof *more);
        if (!more) return "";
        s->held = more;
        s->held_cap = cap;
    }
    char *copy = text_copy(string);
    if (!copy) return "";
    s->held[s->helds++] = copy;
    return copy;
}

Entry session_entry(const Session *s, EntryKind kind)
{
    Entry e = {.kind = kind, .lesson = "", .page = "", .slip = "", .key = "", .value = "", .sha = "", .version = ""};
    if (s->player.lesson) {
        e.lesson = s->player.lesson->id;
        e.page = player_at(&s->player)->id;
        e.variant = s->player.variant;
    }
    return e;
}

void session_emit(Session *s, Entry e)
{
    if (progress_take(&s->progress, &e) != STATUS_OK) session_say(s, true, "not saved: there is not enough memory");
    if (s->outgoing < SESSION_OUTBOX) s->outbox[s->outgoing++] = e;
}

void session_saved(Session *s)
{
    for (int k = 0; k < s->helds; k++) free(s->held[k]);
    s->helds = 0;
    s->outgoing = 0;
}

static void take_state(void *context, const char *name, double value)
{
    Entry *e = context;
    if (e->states == ENTRY_STATES) return;
    EntryState *state = &e->state[e->states++];
    snprintf(state->name, sizeof state->name, "%s", name);
    state->value = value;
}

static bool session_has_draft(const Session *s)
{
    const Player *p = &s->player;
    return p->question && !p->stale && session_answers(s) && !answer_empty(&p->answer, p->question);
}

static void session_save_draft(Session *s)
{
    Player *p = &s->player;
    Entry   e = session_entry(s, ENTRY_DRAFT);
    e.picks = p->answer.picks > 0;
    for (int k = 0; k < p->answer.boxes; k++) e.answer[e.answers++] = session_hold(s, text_string(&p->answer.box[k].text));
    for (int k = 0; k < p->answer.picks; k++)
        e.answer[e.answers++] = p->answer.pick[k] < 0 ? "" : session_hold(s, p->question->option[p->answer.pick[k]].id);
    session_emit(s, e);
}

void session_save_place(Session *s)
{
    s->dirty = false;
    if (s->screen == SCREEN_HOME || !s->player.lesson) return;
    Entry e = session_entry(s, ENTRY_PLACE);
    e.step = s->player.step;
    const Lab *lab = player_lab(&s->player);
    if (lab) lab_state(lab, take_state, &e);
    session_emit(s, e);
    if (session_has_draft(s)) session_save_draft(s);
}

/* ---- life -------------------------------------------------------------------------------- */

void session_start(Session *s)
{
    s->open = -1;
    s->screen = SCREEN_HOME;
    s->focus = FOCUS_LIST;
    s->opening_page = -1;
    s->light = strcmp(s->progress.theme, "light") == 0;
    s->light_set = s->progress.theme[0] != '\0';
    s->player.shown = -1;
}

void session_done(Session *s)
{
    player_done(&s->player);
    undo_done(&s->undo);
    session_saved(s);
    free(s->held);
    shelf_done(&s->shelf);
    progress_done(&s->progress);
    *s = (Session){0};
}

/* ---- questions --------------------------------------------------------------------------- */

bool session_has_continue(const Session *s)
{
    int k = s->progress.lesson[0] ? shelf_find(&s->shelf, s->progress.lesson) : -1;
    return k >= 0 && !s->shelf.lesson[k].error;
}

int session_home_lines(const Session *s)
{
    return s->shelf.lessons + session_has_continue(s);
}

Lab *session_lab(const Session *s)
{
    return s->screen == SCREEN_HOME || !s->player.lesson ? NULL : player_lab(&s->player);
}

bool session_answers(const Session *s)
{
    const Player *p = &s->player;
    return s->screen == SCREEN_ASK && p->question && (p->state == ASK_OPEN || p->state == ASK_NOTYET);
}

bool session_in_field(const Session *s)
{
    return s->layer == LAYER_NONE && s->focus == FOCUS_FIELD && session_answers(s);
}

int session_steps(const Session *s)
{
    return s->screen == SCREEN_PAGE ? lesson_steps(player_at(&s->player)) : 1;
}

/* ---- Home -------------------------------------------------------------------------------- */

static void session_open(Session *s, int lesson, int page)
{
    if (lesson < 0 || lesson >= s->shelf.lessons) return;
    session_save_place(s);
    s->opening_page = page;
    s->request = (Request){REQUEST_OPEN, lesson, page, 0};
}

static void session_open_line(Session *s)
{
    int lesson = s->home - session_has_continue(s);
    if (lesson < 0) lesson = shelf_find(&s->shelf, s->progress.lesson);
    session_open(s, lesson, -1);
}

static bool session_list(int *at, int count, int page, Action a)
{
    if (a.kind == ACTION_UP) session_step(at, -1, count);
    else if (a.kind == ACTION_DOWN) session_step(at, 1, count);
    else if (a.kind == ACTION_FIRST) *at = 0;
    else if (a.kind == ACTION_LAST) session_step(at, count, count);
    else if (a.kind == ACTION_NEXT) session_step(at, page, count);
    else if (a.kind == ACTION_BACK) session_step(at, -page, count);
    else return false;
    return true;
}

static void session_on_home(Session *s, Action a)
{
    if (session_list(&s->home, session_home_lines(s), 10, a)) return;
    if (a.kind == ACTION_SUBMIT) session_open_line(s);
    if (a.kind == ACTION_CLOSE) s->request.kind = REQUEST_QUIT;
}

/* ---- the whole --------------------------------------------------------------------------- */

static void session_help_close(Session *s)
{
    s->layer = s->layer_below;
    s->focus = s->focus_help;
}

static bool session_on_help(Session *s, Action a)
{
    if (a.kind == ACTION_CLOSE || a.kind == ACTION_HELP) session_help_close(s);
    else if (!session_list(&s->help, s->measure.help_lines, s->measure.help_rows > 1 ? s->measure.help_rows - 1 : 1, a)) {
        if (a.kind == ACTION_SUBMIT || a.kind == ACTION_RESIZE || a.kind == ACTION_REDRAW) return a.kind == ACTION_SUBMIT;
        session_help_close(s);
        return false;
    }
    return true;
}

static bool session_everywhere(Session *s, Action a)
{
    switch ((int)a.kind) {
    case ACTION_QUIT:
        session_save_place(s);
        s->request.kind = REQUEST_QUIT;
        return true;
    case ACTION_SUSPEND:
        session_save_place(s);
        s->request.kind = REQUEST_SUSPEND;
        return true;
    case ACTION_REDRAW:
        s->request.kind = REQUEST_REDRAW;
        return true;
    case ACTION_HELP:
        s->layer_below = s->layer;
        s->focus_help = s->focus;
        s->layer = LAYER_HELP;
        s->focus = FOCUS_LIST;
        s->help = 0;
        return true;
    case ACTION_THEME: {
        Entry e = session_entry(s, ENTRY_PREF);
        s->light = !s->light;
        s->light_set = true;
        e.key = "theme";
        e.value = s->light ? "light" : "dark";
        session_emit(s, e);
        return true;
    }
    case ACTION_OPEN:
        session_open(s, (int)a.number, (int)a.other);
        return true;
    case ACTION_RESIZE: case ACTION_NONE:
        return true;
    default:
        return false;
    }
}

Request session_apply(Session *s, Action a)
{
    s->request = (Request){0};
    if (a.kind != ACTION_RESIZE) session_hush(s);
    bool done = s->layer == LAYER_HELP && session_on_help(s, a);
    if (!done) done = session_everywhere(s, a);
    if (!done && s->screen == SCREEN_HOME) session_on_home(s, a);
    else if (!done) session_on_page(s, a);
    return s->request;
}

Request session_wants(Session *s)
{
    s->deal = s->request;
    s->request = (Request){0};
    return s->deal;
}

void session_tick(Session *s)
{
    if (s->dirty) session_save_place(s);
}

Status session_measure(Session *s, const Measure *m, Why *why)
{
    s->measure = *m;
    if (!s->focus_chosen && s->screen == SCREEN_PAGE && s->layer == LAYER_NONE)
        s->focus = m->in_turn || !session_lab(s) ? FOCUS_TEXT : FOCUS_SPARSE;
    int most = m->text_lines - m->text_rows;
    if (s->scroll > most) s->scroll = most > 0 ? most : 0;
    Lab *lab = session_lab(s);
    for (int side = 0; side < SIDES && lab; side++) {
        if (!m->shows[side]) continue;
        Status status = lab_fill(lab, (Side)side, m->spec[side]);
        if (status != STATUS_OK) return why_say(why, status, 0, "%s", status_sentence(status));
    }
    return STATUS_OK;
}
