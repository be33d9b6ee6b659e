#include "app/view/screen.h"

#include "app/base/utf8.h"
#include "app/view/controls.h"
#include "app/view/keymap.h"
#include "app/view/panes.h"
#include "app/view/title.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ScreenView {
    Prose  prose;
    Sheet  text;     /* of the text pane, and of lists */
    Sheet  notes[3]; /* of the figures: one a side, one for all */
    Text   line;     /* hint line, labels */
    Layout layout;
    Frame  frame;
};

ScreenView *screen_new(void)
{
    return calloc(1, sizeof(ScreenView));
}

void screen_free(ScreenView *v)
{
    if (!v)
        return;
    prose_done(&v->prose);
    sheet_done(&v->text);
    for (int k = 0; k < 3; k++)
        sheet_done(&v->notes[k]);
    text_done(&v->line);
    free(v);
}

/* ---- the text pane ----------------------------------------------------------------------- */

static bool is_list(const Session *s)
{
    return s->layer == LAYER_HELP || s->screen == SCREEN_HOME;
}

/* A page that could not be built says why. */
static void problem_put(const Frame *f, Sheet *out)
{
    sheet_line(out);
    sheet_put(out, style_attr(ATTR_BOLD), "This page does not load.");
    sheet_gap(out);
    sheet_wrapped(out, prose_plain(f->prose, f->session->player.problem, out->columns, f->ascii), style_plain(), false);
}

static void pane_make(ScreenView *v, const Canvas *canvas, Extras extras)
{
    const Frame   *f = &v->frame;
    const Session *s = f->session;
    sheet_start(&v->text, v->layout.text.w, f->ascii);
    if (s->layer == LAYER_HELP)
        help_view(f, &v->text);
    else if (s->screen == SCREEN_HOME)
        home_view(f, canvas, &v->text);
    else if (s->player.problem[0])
        problem_put(f, &v->text);
    else if (v->layout.control_pane)
        controls_view(f, canvas, &v->text);
    else if (s->screen == SCREEN_ASK)
        ask_view(f, extras, &v->text);
    else
        text_view(f, canvas, extras, &v->text);
}

/* The strip stands in the text pane where the figure has no rows for it, or (in turn, without
 * sliders) there is no pane for it. */
static bool strip_in_text(ScreenView *v)
{
    const Layout *l = &v->layout;
    if (l->in_turn)
        return !controls_any(v->frame.lab);
    return l->class == CLASS_S || (l->class == CLASS_M && !figure_strip(&v->frame, &v->notes[2]));
}

/* The text pane with as much of the figure's words as fits. */
static void text_make(ScreenView *v, const Canvas *canvas)
{
    static const Extras form[] = {{3, true}, {1, true}, {1, false}};
    bool                strip = v->frame.lab && strip_in_text(v);
    for (unsigned k = strip ? 0 : 2; k < 3; k++) {
        Extras extras = form[k];
        if (!strip)
            extras.log = 3;
        pane_make(v, canvas, extras);
        if (v->text.lines <= v->layout.text.h)
            return;
    }
}

static int text_scroll(const ScreenView *v)
{
    const Session *s = v->frame.session;
    bool           follow = is_list(s) || s->focus == FOCUS_FIELD || s->focus == FOCUS_OPTIONS || s->focus == FOCUS_CONTROLS;
    return sheet_scroll(&v->text, is_list(s) ? 0 : s->scroll, v->layout.text.h, follow);
}

/* ---- fitting ----------------------------------------------------------------------------- */

static void prepare(ScreenView *v, const Session *s, const Canvas *canvas)
{
    bool ramp = style_has_ramp(canvas->depth);
    layout_make(s, canvas->columns, canvas->rows, ramp && !canvas->ascii, &v->layout);
    v->frame = (Frame){.session = s, .layout = &v->layout, .prose = &v->prose, .scratch = &v->line,
                       .ramp = ramp, .ascii = canvas->ascii};
    v->frame.lab = session_lab(s);
    if (v->layout.class == CLASS_NONE)
        return;
    int columns = v->layout.text.w ? v->layout.text.w : canvas->columns;
    links_make(s, &v->prose, columns, canvas->ascii, &v->frame.links);
    if (v->layout.text.w)
        text_make(v, canvas);
}

/* Tokens that one arrow moves: one, but a block where there are no words. */
static void measure_steps(const Layout *l, const Lab *lab, Measure *out)
{
    const FigurePlan *f = &l->figure[l->figure[SIDE_SPARSE].on ? SIDE_SPARSE : SIDE_OTHER];
    out->step_i = out->step_j = 1;
    if (!lab || !f->on || lab_has_words(lab))
        return;
    out->step_i = f->fit.mode == MODE_P ? f->fit.k_rows : f->spec.k_rows;
    out->step_j = f->spec.k_columns;
}

void screen_fit(ScreenView *v, const Session *s, const Canvas *canvas, Measure *out)
{
    prepare(v, s, canvas);
    const Layout *l = &v->layout;
    if (l->class == CLASS_NONE) {
        *out = s->measure;
        out->shows[SIDE_SPARSE] = out->shows[SIDE_OTHER] = false;
        out->text_rows = -1; /* too small: the key map knows; the scroll stays */
        out->text_lines = INT_MAX / 2;
        return;
    }
    *out = (Measure){.in_turn = l->in_turn};
    for (int side = 0; side < SIDES; side++) {
        out->shows[side] = l->figure[side].on;
        out->spec[side] = l->figure[side].spec;
    }
    measure_steps(l, v->frame.lab, out);
    if (l->text.w) {
        out->text_lines = v->text.lines;
        out->text_rows = l->text.h;
    }
    if (s->layer == LAYER_HELP) {
        out->help_rows = l->text.h;
        out->help_lines = help_lines(s);
    }
}

/* ---- drawing ----------------------------------------------------------------------------- */

static void frame_draw(const ScreenView *v, Canvas *canvas)
{
    const Layout *l = &v->layout;
    Style         dim = style_attr(ATTR_DIM);
    const int     rule[] = {l->rule_top, l->rule_low, l->strip_rule};
    for (int k = 0; k < 3; k++)
        if (rule[k] >= 0)
            canvas_fill(canvas, rect_make(0, rule[k], canvas->columns, 1), dim, canvas_glyph(canvas, GLYPH_RULE));
    for (int k = 0; k < l->bars; k++)
        canvas_fill(canvas, rect_make(l->bar[k], l->body.y, 1, l->bar_rows), dim, canvas_glyph(canvas, GLYPH_BAR));
}

/* News stands on the lower rule, or in place of the hints where there is none. */
static void foot_draw(ScreenView *v, Canvas *canvas)
{
    const Session *s = v->frame.session;
    const Layout  *l = &v->layout;
    Text          *line = &v->line;
    int            columns = canvas->columns - 2;
    if (s->status[0]) {
        text_clear(line);
        utf8_clean(line, s->status, strlen(s->status), false, canvas->ascii);
        size_t len = utf8_fit(text_string(line), line->len, columns - 2);
        int    y = l->rule_low >= 0 ? l->rule_low : l->hints.y, x = l->rule_low >= 0 ? 2 : 1;
        canvas_rune(canvas, x - 1, y, style_plain(), ' ');
        int end = x + canvas_text_bytes(canvas, x, y, style_attr(ATTR_BOLD), text_string(line), len);
        canvas_rune(canvas, end, y, style_plain(), ' ');
        if (l->rule_low < 0)
            return;
    }
    keymap_hints(s, columns, canvas->ascii, line);
    canvas_text(canvas, 1, l->hints.y, style_plain(), text_string(line));
}

/* Arrows in the margin: the text goes on there. */
static void more_draw(const ScreenView *v, Canvas *canvas, int scroll)
{
    Rect text = v->layout.text;
    int  x = text.x + text.w;
    if (scroll > 0)
        canvas_rune(canvas, x, text.y, style_attr(ATTR_BOLD), canvas->ascii ? '^' : 0x2191);
    if (scroll + text.h < v->text.lines)
        canvas_rune(canvas, x, text.y + text.h - 1, style_attr(ATTR_BOLD), canvas->ascii ? 'v' : 0x2193);
}

static void text_draw(const ScreenView *v, Canvas *canvas)
{
    const Session *s = v->frame.session;
    const Layout  *l = &v->layout;
    if (!l->text.w)
        return;
    if (s->focus == FOCUS_TEXT || s->focus == FOCUS_FIELD)
        canvas_cursor(canvas, l->text.x, l->text.y);
    sheet_draw(&v->text, canvas, l->text, text_scroll(v), is_list(s) || s->focus != FOCUS_TEXT);
    more_draw(v, canvas, text_scroll(v));
}

static void figures_draw(ScreenView *v, Canvas *canvas)
{
    const Layout *l = &v->layout;
    if (!l->shown || !v->frame.lab || is_list(v->frame.session))
        return;
    figure_view(&v->frame, canvas, v->notes);
    if (l->strip.w)
        wide_view(&v->frame, canvas, &v->notes[2]);
    if (!l->controls.w)
        return;
    sheet_start(&v->notes[2], l->controls.w, v->frame.ascii);
    controls_row(&v->frame, canvas, &v->notes[2]);
    sheet_draw(&v->notes[2], canvas, l->controls, 0, v->frame.session->focus == FOCUS_CONTROLS);
}

static void too_small(ScreenView *v, Canvas *canvas)
{
    char message[96];
    snprintf(message, sizeof message, "Attend needs 40 x 12, this is %d x %d. q quits.", canvas->columns, canvas->rows);
    sheet_start(&v->text, canvas->columns, canvas->ascii);
    sheet_wrapped(&v->text, prose_plain(&v->prose, message, canvas->columns > 1 ? canvas->columns : 1, canvas->ascii),
                  style_plain(), false);
    canvas_cursor(canvas, 0, 0);
    sheet_draw(&v->text, canvas, canvas_rect(canvas), 0, false);
}

void screen_draw(ScreenView *v, const Session *s, Canvas *canvas)
{
    prepare(v, s, canvas);
    if (v->layout.class == CLASS_NONE) {
        too_small(v, canvas);
        return;
    }
    frame_draw(v, canvas);
    title_draw(&v->frame, canvas);
    text_draw(v, canvas);
    figures_draw(v, canvas);
    foot_draw(v, canvas);
}
