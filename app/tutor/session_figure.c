/* session_figure.c - what has the focus, and the actions of a figure: cursor, sliders, probes, views. */
#include "app/tutor/session_inner.h"

#include <string.h>

void session_step(int *at, int by, int count)
{
    *at += by;
    if (*at >= count) *at = count - 1;
    if (*at < 0) *at = 0;
}

/* ---- focus ------------------------------------------------------------------------------- */

bool session_has_focus(const Session *s, Focus f)
{
    const Lab *lab = session_lab(s);
    switch (f) {
    case FOCUS_LIST:
        return s->screen == SCREEN_HOME;
    case FOCUS_TEXT:
        return s->layer == LAYER_NONE && s->screen == SCREEN_PAGE;
    case FOCUS_FIELD:
        return s->layer == LAYER_NONE && session_answers(s) && player_typed(&s->player);
    case FOCUS_OPTIONS:
        return s->layer == LAYER_NONE && session_answers(s) && !player_typed(&s->player);
    case FOCUS_SPARSE:
        return lab != NULL;
    case FOCUS_OTHER:
        return lab && lab->pattern[SIDE_OTHER];
    case FOCUS_CONTROLS:
        return lab && lab->figure->sliders > 0;
    case FOCUS_COUNT:
        break;
    }
    return false;
}

void session_pane(Session *s, int by)
{
    int at = (int)s->focus;
    for (int k = 0; k < FOCUS_COUNT; k++) {
        at = (at + by + FOCUS_COUNT) % FOCUS_COUNT;
        if (!session_has_focus(s, (Focus)at)) continue;
        s->focus = (Focus)at;
        s->focus_chosen = true;
        return;
    }
}

/* ---- figures ----------------------------------------------------------------------------- */

bool session_in_figure(const Session *s)
{
    return s->focus == FOCUS_SPARSE || s->focus == FOCUS_OTHER;
}

static void session_slide(Session *s, int slider, double value)
{
    Lab *lab = session_lab(s);
    bool changed = false;
    Why  why = {0};
    if (!lab || slider < 0 || slider >= lab->figure->sliders) return;
    lab->slider = slider;
    double was = lab->value[slider];
    if (lab_slide(lab, slider, value, &changed, &why) != STATUS_OK) session_say(s, false, "%s", why.what);
    if (changed) session_remember_slider(s, slider, was);
    s->dirty |= changed;
}

static void session_nudge(Session *s, int by, bool far)
{
    Lab *lab = session_lab(s);
    if (!lab || lab->slider < 0) return;
    const Slider *slider = &lab->figure->slider[lab->slider];
    double        range = slider->max - slider->min, step = slider->real ? range / 20 : 1;
    if (far) step = slider->real ? range / 5 : range >= 16 ? (double)(long long)(range / 8) : 2;
    session_slide(s, lab->slider, lab->value[lab->slider] + by * step);
}

static void session_probe(Session *s, ActionKind kind)
{
    Lab   *lab = session_lab(s);
    Why    why = {0};
    Status status = kind == ACTION_SHUFFLE ? lab_shuffle(lab, &why) : lab_lengthen(lab, kind == ACTION_LONGER ? 1 : -1, &why);
    if (status != STATUS_OK) session_say(s, false, "%s", why.what[0] ? why.what : status_sentence(status));
    else s->dirty = true;
}

/* View coverage: up and down the order of the row, left and right to another query. */
static void session_places(Session *s, ActionKind kind)
{
    Lab    *lab = session_lab(s);
    Side    side = s->focus == FOCUS_OTHER ? SIDE_OTHER : SIDE_SPARSE;
    int64_t by = kind == ACTION_UP ? -1 : kind == ACTION_DOWN ? 1 : kind == ACTION_FIRST ? -lab->n : lab->n;
    s->dirty = true;
    if (kind == ACTION_LEFT || kind == ACTION_RIGHT) {
        lab_move(lab, kind == ACTION_LEFT ? -1 : 1, 0);
        by = -lab->n;
    }
    if (!lab_hides_row(lab, lab->row)) lab_move_place(lab, side, by);
}

static void session_cursor(Session *s, ActionKind kind)
{
    Lab    *lab = session_lab(s);
    int64_t di = s->measure.step_i > 0 ? s->measure.step_i : 1, dj = s->measure.step_j > 0 ? s->measure.step_j : 1;
    if (kind == ACTION_UP) lab_move(lab, -di, 0);
    if (kind == ACTION_DOWN) lab_move(lab, di, 0);
    if (kind == ACTION_LEFT) lab_move(lab, 0, -dj);
    if (kind == ACTION_RIGHT) lab_move(lab, 0, dj);
    if (kind == ACTION_FIRST) lab_go(lab, lab->row, 0);
    if (kind == ACTION_LAST) lab_go(lab, lab->row, lab->n - 1);
    s->dirty = true;
}

static void session_controls(Session *s, ActionKind kind)
{
    Lab *lab = session_lab(s);
    if (kind == ACTION_UP) session_step(&lab->slider, -1, lab->figure->sliders);
    if (kind == ACTION_DOWN) session_step(&lab->slider, 1, lab->figure->sliders);
    if (kind == ACTION_LEFT || kind == ACTION_RIGHT) session_nudge(s, kind == ACTION_LEFT ? -1 : 1, false);
    if (kind == ACTION_FIRST) session_slide(s, lab->slider, lab->figure->slider[lab->slider].min);
    if (kind == ACTION_LAST) session_slide(s, lab->slider, lab->figure->slider[lab->slider].max);
}

void session_scroll(Session *s, int by)
{
    int most = s->measure.text_lines - s->measure.text_rows;
    session_step(&s->scroll, by, most > 0 ? most + 1 : 1);
}

void session_arrows(Session *s, ActionKind kind)
{
    const Lab *lab = session_lab(s);
    if (session_in_figure(s) && lab && lab->view == VIEW_COVERAGE && lab->dense) session_places(s, kind);
    else if (session_in_figure(s) && session_lab(s)) session_cursor(s, kind);
    else if (s->focus == FOCUS_CONTROLS && session_lab(s)) session_controls(s, kind);
    else if (kind == ACTION_UP || kind == ACTION_DOWN) session_scroll(s, kind == ACTION_UP ? -1 : 1);
    else if (kind == ACTION_FIRST || kind == ACTION_LAST) session_scroll(s, kind == ACTION_FIRST ? -100000 : 100000);
}

static void session_view(Session *s, long long number)
{
    Lab *lab = session_lab(s);
    View view;
    if (!lab || !view_numbered(number, &view)) return;
    if (view_weighs(view) && !lab->dense) {
        session_say(s, false, "%s: weights need words; this figure has positions only", view_word(view));
        return;
    }
    if (lab->view == VIEW_SETS || lab->view == VIEW_WEIGHTS) lab->view_below = lab->view;
    lab->view = view;
    s->dirty = true;
}

/* A view's own letter: into it, and again back to what was there before. */
static void session_toggle_view(Session *s, View view)
{
    const Lab *lab = session_lab(s);
    session_view(s, view_number(lab->view == view ? lab->view_below : view));
}


bool session_figure(Session *s, Action a)
{
    Lab *lab = session_lab(s);
    if (!lab) return false;
    switch ((int)a.kind) {
    case ACTION_LESS: case ACTION_MORE:
        session_nudge(s, a.kind == ACTION_LESS ? -1 : 1, false);
        return true;
    case ACTION_LESS_FAR: case ACTION_MORE_FAR:
        session_nudge(s, a.kind == ACTION_LESS_FAR ? -1 : 1, true);
        return true;
    case ACTION_SLIDE:
        session_slide(s, (int)a.number, a.value);
        return true;
    case ACTION_SHUFFLE: case ACTION_LONGER: case ACTION_SHORTER:
        if (session_can(s, a.kind)) session_probe(s, a.kind);
        return true;
    case ACTION_SCALE:
        if (session_can(s, a.kind)) lab->scale = (Scale)((lab->scale + 1) % SCALES);
        return true;
    case ACTION_DIFFERENCE: case ACTION_COLUMN:
        session_toggle_view(s, a.kind == ACTION_COLUMN ? VIEW_COLUMN : VIEW_DIFFERENCE);
        return true;
    case ACTION_SUBMIT:
        if (!session_in_figure(s)) return false;
        lab_pin(lab);
        return true;
    case ACTION_VIEW:
        session_view(s, a.number);
        return true;
    case ACTION_ROW: case ACTION_KEY:
        lab_go(lab, a.kind == ACTION_ROW ? a.number : lab->row, a.kind == ACTION_KEY ? a.number : lab->key);
        s->dirty = true;
        return true;
    case ACTION_FIGURE:
        s->layer = s->layer == LAYER_FIGURE ? LAYER_NONE : LAYER_FIGURE;
        if (s->layer == LAYER_FIGURE) s->focus_below = s->focus;
        s->focus = s->layer == LAYER_FIGURE ? FOCUS_SPARSE : s->focus_below;
        return true;
    default:
        return false;
    }
}
