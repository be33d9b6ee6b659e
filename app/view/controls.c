#include "app/view/controls.h"

#include "app/base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TRACK_MOST = 16, TRACK_LEAST = 5, LABEL_MOST = 20 };

bool controls_any(const Lab *lab)
{
    return lab && (lab->figure->sliders > 0 || lab->figure->gauges > 0);
}

/* ---- one slider -------------------------------------------------------------------------- */

/* Places of the track: a whole number for each value if they fit, else as many as there is room. */
static int track_places(const Slider *s, int room)
{
    double values = s->real ? 21 : s->max - s->min + 1;
    if (values > room)
        return room;
    int steps = (int)values - 1;
    return steps > 0 ? 1 + steps * ((room - 1) / steps) : 1;
}

static int knob_place(const Slider *s, double value, int places)
{
    if (s->max <= s->min || places < 2)
        return 0;
    return (int)lround((value - s->min) / (s->max - s->min) * (places - 1));
}

static void value_text(const Slider *s, double value, char *out, size_t size)
{
    int option = (int)value;
    if (s->options > 0 && option >= 0 && option < s->options)
        snprintf(out, size, "%s", s->option[option]);
    else if (s->real)
        snprintf(out, size, "%.3g", value);
    else
        snprintf(out, size, "%.0f", value);
}

/* ASCII fills the track up to the knob, so that its value is seen without counting. */
static void track_put(const Frame *f, const Canvas *canvas, int places, int knob, bool chosen, bool focus, Sheet *out)
{
    Style   track = style_attr(chosen ? 0 : ATTR_DIM), on = style_attr(focus ? ATTR_REVERSE | ATTR_BOLD : ATTR_BOLD);
    int32_t filled = f->ascii ? '=' : canvas_glyph(canvas, GLYPH_TRACK);
    sheet_rune(out, track, f->ascii ? '[' : 0x251c);
    for (int k = 0; k < places; k++) {
        if (k == knob && focus)
            sheet_cursor(out, sheet_x(out));
        if (k == knob)
            sheet_rune(out, on, canvas_glyph(canvas, GLYPH_KNOB));
        else
            sheet_rune(out, track, k < knob ? filled : canvas_glyph(canvas, GLYPH_TRACK));
    }
    sheet_rune(out, track, f->ascii ? ']' : 0x2524);
}

/* What stands before a slider: its label, or its name where the label would take the bar's room. */
static const char *slider_label(const Slider *s)
{
    return utf8_columns(s->label, strlen(s->label)) <= LABEL_MOST ? s->label : s->name;
}

static void slider_put(const Frame *f, const Canvas *canvas, int k, int label, int track, Sheet *out)
{
    const Lab    *lab = f->lab;
    const Slider *s = &lab->figure->slider[k];
    bool          chosen = k == lab->slider;
    bool          focus = chosen && f->session->focus == FOCUS_CONTROLS;
    int           places = track_places(s, track), x = sheet_x(out);
    char          value[64];
    sheet_put(out, style_attr(chosen ? ATTR_BOLD : 0), slider_label(s));
    sheet_to(out, x + label + 2);
    track_put(f, canvas, places, knob_place(s, lab->value[k], places), chosen, focus, out);
    value_text(s, lab->value[k], value, sizeof value);
    sheet_put(out, style_plain(), " ");
    sheet_put(out, style_attr(chosen ? ATTR_BOLD : 0), value);
}

static int label_columns(const Slider *s)
{
    int columns = utf8_columns(slider_label(s), strlen(slider_label(s)));
    return columns < LABEL_MOST ? columns : LABEL_MOST;
}

/* Columns of the longest value: the bounds, or the options. */
static int value_columns(const Slider *s)
{
    char text[64];
    int  most = 1;
    for (int k = 0; k < (s->options > 0 ? s->options : 2); k++) {
        value_text(s, s->options > 0 ? k : k ? s->max : s->min, text, sizeof text);
        int columns = utf8_columns(text, strlen(text));
        most = columns > most ? columns : most;
    }
    return s->real && most < 5 ? 5 : most;
}

/* ---- all of them ------------------------------------------------------------------------- */

void controls_sliders(const Frame *f, const Canvas *canvas, Sheet *out)
{
    const Figure *figure = f->lab->figure;
    int           label = 0, value = 1;
    for (int k = 0; k < figure->sliders; k++) {
        int l = label_columns(&figure->slider[k]), v = value_columns(&figure->slider[k]);
        label = l > label ? l : label;
        value = v > value ? v : value;
    }
    int track = out->columns - label - 2 - 2 - 1 - value;
    track = track > TRACK_MOST ? TRACK_MOST : track < TRACK_LEAST ? TRACK_LEAST : track;
    for (int k = 0; k < figure->sliders; k++) {
        sheet_line(out);
        slider_put(f, canvas, k, label, track, out);
    }
}

/* Columns of a slider in a row with so long a track. */
static int row_columns(const Slider *s, int track)
{
    return label_columns(s) + 2 + track_places(s, track) + 2 + 1 + value_columns(s);
}

void controls_row(const Frame *f, const Canvas *canvas, Sheet *out)
{
    const Figure *figure = f->lab->figure;
    int           first = f->lab->slider > 0 ? f->lab->slider : 0, track = TRACK_MOST, wants;
    do {
        wants = 0;
        for (int k = 0; k < figure->sliders; k++)
            wants += row_columns(&figure->slider[k], track) + (k ? 4 : 0);
    } while (wants > out->columns && --track > TRACK_LEAST);
    if (wants <= out->columns)
        first = 0;
    sheet_line(out);
    for (int k = first; k < figure->sliders; k++) {
        if (k > first && sheet_room(out) < 4 + row_columns(&figure->slider[k], track))
            break;
        sheet_to(out, k > first ? sheet_x(out) + 4 : 0);
        slider_put(f, canvas, k, label_columns(&figure->slider[k]), track, out);
    }
}

/* ---- gauges ------------------------------------------------------------------------------ */

/* "count(12)": of what the gauge is, where it is of a row or a key. */
static void gauge_name(const Lab *lab, Gauge g, char *out, size_t size)
{
    static const struct {
        const char *name;
        char        of; /* 'i' the row, 'j' the key, 0 all */
    } name[GAUGES] = {[GAUGE_COUNT] = {"count", 'i'},  [GAUGE_TOTAL] = {"total", 0},
                      [GAUGE_DENSITY] = {"density", 0}, [GAUGE_MAX_ROW] = {"largest row", 0},
                      [GAUGE_READERS] = {"readers", 'j'}, [GAUGE_KEPT] = {"kept", 'i'},
                      [GAUGE_ERROR] = {"error", 'i'},  [GAUGE_CLASS] = {"class", 0}};
    if (name[g].of)
        snprintf(out, size, "%s(%lld)", name[g].name, (long long)(name[g].of == 'i' ? lab->row : lab->key));
    else
        snprintf(out, size, "%s", name[g].name);
}

void controls_gauges(const Frame *f, Sheet *out)
{
    const Lab *lab = f->lab;
    char       name[48], value[128];
    int        column = 0;
    for (int k = 0; k < lab->figure->gauges; k++) {
        gauge_name(lab, lab->figure->gauge[k], name, sizeof name);
        column = (int)strlen(name) > column ? (int)strlen(name) : column;
    }
    for (int k = 0; k < lab->figure->gauges; k++) {
        Gauge g = lab->figure->gauge[k];
        gauge_name(lab, g, name, sizeof name);
        lab_gauge(lab, g, value, sizeof value);
        sheet_line(out);
        sheet_put(out, style_plain(), name);
        sheet_to(out, column + 2);
        sheet_put(out, style_plain(), value);
        double kept = g == GAUGE_KEPT ? lab_kept(lab, lab->row) : NAN;
        if (!(kept > 0))
            continue;
        sheet_line(out);
        sheet_to(out, column + 2);
        sheet_format(out, style_attr(ATTR_DIM), "kept weights x %.3g", 1 / kept);
    }
}
