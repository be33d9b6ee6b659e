/* session_ask.c - the actions of a question: typing, choosing, painting, submitting, hints, variants. */
#include "app/tutor/session_inner.h"

#include "app/base/utf8.h"

#include <stdio.h>
#include <string.h>

/* ---- typing ------------------------------------------------------------------------------ */

static Field *ask_box(Session *s)
{
    return &s->player.answer.box[s->player.box];
}

/* The draft changed. */
static void ask_changed(Session *s)
{
    s->player.stale = false;
    s->dirty = true;
    player_read(&s->player);
    if (ask_box(s)->full) session_say(s, false, "the field is full: %d characters", ask_box(s)->limit);
}

/* What is typed after a verdict begins a new answer. */
static void ask_fresh(Session *s)
{
    if (!s->player.stale) return;
    for (int k = 0; k < s->player.answer.boxes; k++) field_clear(&s->player.answer.box[k]);
    s->player.stale = false;
    player_read(&s->player);
}

static void ask_box_step(Session *s, int by)
{
    int box = s->player.box + by;
    if (box >= 0 && box < s->player.answer.boxes) s->player.box = box;
}

static bool ask_edit(Session *s, Action a)
{
    Field *f = ask_box(s);
    switch ((int)a.kind) {
    case ACTION_TYPE:
        ask_fresh(s);
        session_remember_box(s);
        s->focus = FOCUS_FIELD;
        field_rune(f, (int32_t)a.number);
        break;
    case ACTION_PASTE:
        if (!session_in_field(s)) return true;
        ask_fresh(s);
        session_remember_box(s);
        field_paste(f, a.text, strlen(a.text));
        break;
    case ACTION_ERASE:
        session_remember_box(s);
        field_erase(f);
        break;
    case ACTION_DELETE:
        session_remember_box(s);
        field_delete(f);
        break;
    case ACTION_ANSWER:
        s->player.box = a.other >= 0 && a.other < s->player.answer.boxes ? (int)a.other : 0;
        session_remember_box(s);
        field_set(ask_box(s), a.text);
        break;
    default:
        return false;
    }
    ask_changed(s);
    return true;
}

static bool ask_cursor(Session *s, ActionKind kind)
{
    Field *f = ask_box(s);
    if (kind == ACTION_LEFT) field_left(f);
    else if (kind == ACTION_RIGHT) field_right(f);
    else if (kind == ACTION_FIRST) field_home(f);
    else if (kind == ACTION_LAST) field_end(f);
    else if (kind == ACTION_UP || kind == ACTION_DOWN) ask_box_step(s, kind == ACTION_UP ? -1 : 1);
    else if (kind == ACTION_LEAVE || kind == ACTION_CLOSE) s->focus = FOCUS_TEXT;
    else return false;
    return true;
}

/* ---- painting ---------------------------------------------------------------------------- */

void session_painted(Session *s)
{
    Lab   *lab = session_lab(s);
    char   line[4 * FIELD_LIMIT];
    size_t len = runs_print(&lab->paint, ", ", line, sizeof line);
    if (len >= sizeof line) return;
    session_remember_box(s);
    field_set(ask_box(s), len == 0 ? "{}" : line);
    ask_changed(s);
}

static bool paintable(const Session *s)
{
    const Lab *lab = session_lab(s);
    return lab && lab->painting && session_answers(s) && s->focus == FOCUS_SPARSE;
}

static void ask_toggle(Session *s, int64_t from, int64_t to)
{
    Lab *lab = session_lab(s);
    bool had = from == to && runs_has(&lab->paint, from);
    Runs one = {0}, out = {0};
    Status status = runs_append(&one, from, to + 1);
    if (status == STATUS_OK)
        status = had ? runs_minus(&lab->paint, &one, &out) : runs_union(&lab->paint, &one, &out);
    if (status == STATUS_OK) status = runs_copy(&out, &lab->paint);
    runs_done(&one);
    runs_done(&out);
    if (status == STATUS_OK) session_painted(s);
}

static bool ask_paint(Session *s, ActionKind kind)
{
    Lab *lab = session_lab(s);
    if (!paintable(s)) return false;
    if (kind == ACTION_SUBMIT) {
        ask_toggle(s, lab->key, lab->key);
        return true;
    }
    if (kind != ACTION_PAINT) return false;
    if (lab->paint_from < 0) {
        lab->paint_from = lab->key;
        session_say(s, false, "a run begins at key %lld; = again ends it", (long long)lab->key);
        return true;
    }
    int64_t from = lab->paint_from < lab->key ? lab->paint_from : lab->key;
    int64_t to = lab->paint_from < lab->key ? lab->key : lab->paint_from;
    lab->paint_from = -1;
    ask_toggle(s, from, to);
    return true;
}

/* ---- choosing ---------------------------------------------------------------------------- */

static void ask_pick(Session *s, int place)
{
    Player *p = &s->player;
    if (place < 0 || place >= p->question->options) return;
    p->option = place;
    if (p->answer.pick[p->item] != p->question->order[place]) session_remember_pick(s);
    p->answer.pick[p->item] = p->question->order[place];
    p->stale = false;
    s->dirty = true;
    player_read(p);
}

void session_item(Session *s, int item)
{
    Player *p = &s->player;
    if (item < 0 || item >= p->answer.picks) return;
    p->item = item;
    if (p->labs > 1) p->shown = item;
    p->option = 0;
    for (int k = 0; k < p->question->options; k++)
        if (p->question->order[k] == p->answer.pick[item]) p->option = k;
}

/* The next item without an answer, from the one on the screen on; -1 if none is left. */
static int ask_next_item(const Player *p)
{
    for (int k = 1; k <= p->answer.picks; k++) {
        int item = (p->item + k) % p->answer.picks;
        if (p->answer.pick[item] < 0) return item;
    }
    return -1;
}

static bool ask_choose(Session *s, Action a)
{
    Player *p = &s->player;
    if (a.kind == ACTION_CHOOSE) ask_pick(s, (int)a.number - 1);
    else if (s->focus != FOCUS_OPTIONS) return false;
    else if (a.kind == ACTION_UP || a.kind == ACTION_DOWN) {
        int to = p->option + (a.kind == ACTION_UP ? -1 : 1);
        ask_pick(s, to < 0 ? 0 : to);
    } else if (p->answer.picks > 1 && (a.kind == ACTION_LEFT || a.kind == ACTION_RIGHT))
        session_item(s, p->item + (a.kind == ACTION_LEFT ? -1 : 1));
    else return false;
    return true;
}

/* ---- submitting -------------------------------------------------------------------------- */

static void ask_record(Session *s)
{
    Player *p = &s->player;
    Entry   e = session_entry(s, ENTRY_SUBMIT);
    e.tries = p->tries;
    e.points = p->points;
    e.max = p->question->predict ? 0 : p->question->points;
    e.right = p->verdict.right;
    e.slip = session_hold(s, p->verdict.slip);
    e.picks = p->answer.picks > 0;
    for (int k = 0; k < p->answer.boxes; k++) e.answer[e.answers++] = session_hold(s, text_string(&p->answer.box[k].text));
    for (int k = 0; k < p->answer.picks; k++)
        e.answer[e.answers++] = session_hold(s, p->question->option[p->answer.pick[k]].id);
    session_emit(s, e);
}

static void ask_unread(Session *s, const char *message)
{
    text_clear(&s->player.unread);
    text_add(&s->player.unread, message);
}

/* With several boxes Enter goes to the next empty one; true: nothing is to be submitted yet. */
static bool ask_next_box(Session *s)
{
    Player *p = &s->player;
    for (int k = 1; k < p->answer.boxes; k++) {
        int box = (p->box + k) % p->answer.boxes;
        if (p->answer.box[box].text.len > 0) continue;
        p->box = box;
        return true;
    }
    return false;
}

/* Enter on options takes the one under the cursor; with several items it goes to the next that has
 * no answer. true: nothing is to be submitted yet. */
static bool ask_take_option(Session *s)
{
    Player *p = &s->player;
    if (p->answer.picks == 0) return false;
    if (s->focus == FOCUS_OPTIONS && p->answer.pick[p->item] < 0) ask_pick(s, p->option);
    int next = p->answer.picks > 1 ? ask_next_item(p) : -1;
    if (next >= 0) session_item(s, next);
    return next >= 0;
}

static void ask_submit(Session *s)
{
    Player *p = &s->player;
    Why     why = {0};
    if (p->stale) {
        ask_unread(s, player_typed(p) ? "type another answer" : "that was the last answer; choose another one");
        if (player_typed(p)) ask_fresh(s);
        s->focus = player_typed(p) ? FOCUS_FIELD : FOCUS_OPTIONS;
        return;
    }
    if (ask_take_option(s) || ask_next_box(s)) return;
    unsigned missing = player_missing(p);
    if (missing) {
        ask_unread(s, missing & TOOL_SHUFFLE ? "first deal the words once, and watch what moves"
                                             : "first change the length of the text once, and watch what moves");
        return;
    }
    if (!player_submit(p, &why)) return;
    session_forget_drafts(s);
    s->scroll = SESSION_LAST_LINES;
    if (!session_answers(s)) s->focus = FOCUS_TEXT;
    ask_record(s);
}

/* ---- hints, variants --------------------------------------------------------------------- */

static void ask_hint(Session *s)
{
    Player *p = &s->player;
    if (p->hints >= p->question->hints) return;
    p->hints++;
    s->scroll = SESSION_LAST_LINES;
    Entry e = session_entry(s, ENTRY_HINT);
    e.number = p->hints;
    session_emit(s, e);
}

static void ask_variant(Session *s)
{
    Entry e = session_entry(s, ENTRY_VARIANT);
    e.variant = s->player.variant + 1;
    session_emit(s, e);
    s->request = (Request){REQUEST_DEAL, s->open, s->player.page, e.variant};
}

bool session_ask(Session *s, Action a)
{
    Player *p = &s->player;
    if (!p->question) return false;
    if (a.kind == ACTION_VARIANT) {
        ask_variant(s);
        return true;
    }
    if (!session_answers(s)) {
        if (a.kind == ACTION_SUBMIT) session_go_on(s);
        return a.kind == ACTION_SUBMIT || a.kind == ACTION_TYPE || a.kind == ACTION_CHOOSE || a.kind == ACTION_ANSWER;
    }
    if (a.kind == ACTION_HINT) {
        ask_hint(s);
        return true;
    }
    if (ask_paint(s, a.kind)) return true;
    if (a.kind == ACTION_SUBMIT) {
        if (session_in_figure(s)) return false;
        ask_submit(s);
        return true;
    }
    if (a.kind == ACTION_PANE && session_in_field(s) && p->box + 1 < p->answer.boxes) {
        ask_box_step(s, 1);
        return true;
    }
    if (player_typed(p)) return ask_edit(s, a) || (session_in_field(s) && ask_cursor(s, a.kind));
    return ask_choose(s, a);
}
