/* figure_view.c - what stands about the matrices: headings, read-outs, strips, legend, panel. */
#include "app/view/controls.h"
#include "app/view/matrix.h"
#include "app/view/panes.h"
#include "app/view/readout.h"
#include "app/view/strip.h"

/* ---- the rows below the matrices --------------------------------------------------------- */

/* How the rows below are shared out: read-outs and a line of legend first (they are owed), then the
 * rest of the legend, the strip if all of it fits, what more there is to say, then air. */
typedef struct {
    int readouts, strip, legend;
    int gap_readouts, gap_strip, gap_legend;
} Shares;

static int take(int *rest, int wants)
{
    int given = wants < *rest ? wants : *rest;
    if (given < 0)
        given = 0;
    *rest -= given;
    return given;
}

static Shares share(int rows, int basic, int more, int strip, int legend)
{
    Shares s = {0};
    int    rest = rows;
    s.legend = take(&rest, legend > 0);
    s.readouts = take(&rest, basic);
    s.legend += take(&rest, legend - s.legend);
    if (strip && rest >= strip + 2) {
        s.strip = take(&rest, strip);
        s.gap_strip = take(&rest, 1);
    }
    s.gap_readouts = take(&rest, rest > more);
    s.readouts += take(&rest, more);
    s.gap_legend = take(&rest, rest > 0 && legend > 0);
    return s;
}

/* The read-outs of one side; how many of them are basic is returned. */
static int readouts_make(const Frame *f, Side side, int columns, bool cell, Sheet *out)
{
    sheet_start(out, columns, f->ascii);
    if (cell)
        readout_cell(f, side, out);
    readout_pins(f, side, out);
    readout_set(f, side, true, out);
    int basic = out->lines;
    readout_counts(f, side, out);
    return basic;
}

static void heading_draw(const Frame *f, Canvas *canvas, Side side, Sheet *sheet)
{
    const FigurePlan *p = &f->layout->figure[side];
    if (p->heading < 0)
        return;
    sheet_start(sheet, p->pane.w - 1, f->ascii);
    readout_heading(f, side, true, sheet);
    sheet_draw(sheet, canvas, rect_make(p->pane.x + 1, p->heading, p->pane.w - 1, 1), 0, false);
}

/* The cell under the cursor is worth naming where the figure is what one looks at: on a page, and
 * in a question while the figure has the focus. */
static bool names_cell(const Session *s)
{
    return s->screen == SCREEN_PAGE || s->layer == LAYER_FIGURE || s->focus == FOCUS_SPARSE || s->focus == FOCUS_OTHER;
}

/* Rows that read-outs, legend and the air about a strip are sure to have. */
enum { STRIP_LEAVES = 6 };

bool figure_strip(const Frame *f, Sheet *scratch)
{
    const Layout *l = f->layout;
    bool elsewhere = l->panel.w || l->strip.w;
    if (l->class < CLASS_M || elsewhere || !l->shown || !strip_wanted(f->lab))
        return false;
    sheet_start(scratch, l->figures.w - 1, f->ascii);
    strip_put(f, true, scratch);
    return l->figures.y + l->figures.h - l->below >= scratch->lines + STRIP_LEAVES;
}

static void below_draw(const Frame *f, Canvas *canvas, Sheet sheet[3])
{
    const Layout *l = f->layout;
    Rect          area = rect_make(l->figures.x + 1, l->below, l->figures.w - 1, l->figures.y + l->figures.h - l->below);
    int           basic = 0, all = 0;
    for (int side = 0; side < SIDES; side++) {
        const FigurePlan *p = &l->figure[side];
        if (!p->on)
            continue;
        int b = readouts_make(f, (Side)side, p->pane.w - 1, names_cell(f->session), &sheet[side]);
        basic = b > basic ? b : basic;
        all = sheet[side].lines > all ? sheet[side].lines : all;
    }
    int    strip = figure_strip(f, &sheet[2]) ? sheet[2].lines : 0;
    Shares s = share(area.h, basic, all - basic, strip,
                     readout_legend_rows(f, canvas, area.w));
    int    y = area.y + s.gap_readouts;
    for (int side = 0; side < SIDES; side++)
        if (l->figure[side].on)
            sheet_draw(&sheet[side], canvas, rect_make(l->figure[side].pane.x + 1, y, l->figure[side].pane.w - 1, s.readouts),
                       0, false);
    y += s.readouts + s.gap_strip;
    sheet_draw(&sheet[2], canvas, rect_make(area.x, y, area.w, s.strip), 0, false);
    y += s.strip + s.gap_legend;
    sheet_start(&sheet[2], area.w, f->ascii);
    readout_legend(f, canvas, s.legend, &sheet[2]);
    sheet_draw(&sheet[2], canvas, rect_make(area.x, y, area.w, s.legend), 0, false);
}

/* ---- the panel --------------------------------------------------------------------------- */

static void panel_make(const Frame *f, const Canvas *canvas, int log, bool strip, Sheet *out)
{
    sheet_start(out, f->layout->panel.w, f->ascii);
    readout_heading(f, f->layout->single, false, out);
    sheet_gap(out);
    readout_cell(f, f->layout->single, out);
    readout_set(f, f->layout->single, false, out);
    readout_pins(f, f->layout->single, out);
    readout_counts(f, f->layout->single, out);
    if (log && lab_log_size(f->lab)) {
        sheet_gap(out);
        readout_log(f, log, out);
    }
    if (strip && strip_wanted(f->lab)) {
        sheet_gap(out);
        strip_put(f, false, out);
    }
    sheet_gap(out);
    readout_legend(f, canvas, 6, out);
}

static void panel_draw(const Frame *f, Canvas *canvas, Sheet *out)
{
    static const struct {
        int  log;
        bool strip;
    } form[] = {{6, true}, {1, true}, {1, false}, {0, false}};
    for (unsigned k = 0; k < sizeof form / sizeof *form; k++) {
        panel_make(f, canvas, form[k].log, form[k].strip, out);
        if (out->lines <= f->layout->panel.h)
            break;
    }
    sheet_draw(out, canvas, f->layout->panel, 0, false);
}

/* ---- the whole --------------------------------------------------------------------------- */

void figure_view(const Frame *f, Canvas *canvas, Sheet sheet[3])
{
    const Session *s = f->session;
    for (int side = 0; side < SIDES; side++) {
        if (!f->layout->figure[side].on)
            continue;
        bool focus = s->focus == (side == SIDE_SPARSE ? FOCUS_SPARSE : FOCUS_OTHER);
        heading_draw(f, canvas, (Side)side, &sheet[2]);
        matrix_draw(f, canvas, (Side)side, names_cell(s), focus);
        if (f->layout->figure[side].ribbon >= 0)
            ribbon_draw(f, canvas, (Side)side);
    }
    if (f->layout->panel.w)
        panel_draw(f, canvas, &sheet[2]);
    else
        below_draw(f, canvas, sheet);
}

void wide_view(const Frame *f, Canvas *canvas, Sheet *sheet)
{
    Rect r = f->layout->strip;
    sheet_start(sheet, r.w, f->ascii);
    readout_words(f, sheet);
    if (strip_wanted(f->lab)) {
        sheet_gap(sheet);
        strip_put(f, true, sheet);
    }
    sheet_draw(sheet, canvas, r, 0, false);
}
