/* margin.c - numbers of whole columns and rows that stand about the cells: in view column how many
 * queries read each key, in view difference what each row loses. */
#include "app/view/cells.h"
#include "app/view/matrix.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- view column: the rows between axis and cells ---------------------------------------- */

/* Tens above units; X has room for the number below. */
static void degree_number(Canvas *canvas, const FigurePlan *p, int x, int y, int64_t readers, Style style)
{
    if (p->fit.mode == MODE_X) {
        canvas_format(canvas, x, y + 1, style, "%lld", (long long)readers);
        return;
    }
    if (readers >= 10)
        canvas_format(canvas, x, y, style, "%lld", (long long)readers / 10);
    canvas_format(canvas, x, y + 1, style, "%lld", (long long)readers % 10);
}

/* In blocks the mean in-degree of the keys of an entry, divided by the largest one in view. */
static void degree_ramp(const Frame *f, Canvas *canvas, int x, int y, double value)
{
    if (f->ramp)
        cell_paper(canvas, x, y + 1, 1, style_step(value));
    else
        canvas_rune(canvas, x, y + 1, style_plain(), cell_glyph(value));
}

void degrees_draw(const Frame *f, Canvas *canvas, Side side)
{
    const FigurePlan *p = &f->layout->figure[side];
    const LabBlocks *d = &f->lab->degrees[side];
    bool             hidden = lab_hides(f->lab, HIDE_COUNTS | HIDE_ROW), numbers = p->fit.mode <= MODE_L;
    int64_t          most = 1;
    int              y = p->axis + 1, wide = matrix_entry_columns(p->fit.mode);
    if (f->lab->view != VIEW_COLUMN || !d->counted || d->spec.columns != p->spec.columns)
        return;
    canvas_text(canvas, p->cells.x - 5, y + 1, style_attr(ATTR_DIM), "read");
    for (int k = 0; k < d->spec.columns; k++)
        most = d->cells[k] > most ? d->cells[k] : most;
    for (int k = 0; k < d->spec.columns; k++) {
        int64_t j = d->spec.j0 + k * d->spec.k_columns;
        bool    here = f->lab->key >= j && f->lab->key < j + d->spec.k_columns;
        int     x = p->cells.x + k * wide;
        if (hidden)
            canvas_rune(canvas, x, y + 1, style_attr(ATTR_DIM), '?');
        else if (numbers)
            degree_number(canvas, p, x, y, d->cells[k], style_attr(here ? ATTR_BOLD : 0));
        else
            degree_ramp(f, canvas, x, y, (double)d->cells[k] / (double)most);
    }
}

/* ---- view difference: the margin --------------------------------------------------------- */

enum { MARGIN_TEXT = 10 }; /* "0.55 x2.20" */

/* Mass lost, and the factor of what is kept; nothing of a row that is the question. */
static void margin_row(Canvas *canvas, const Lab *lab, int x, int y, int64_t i)
{
    double kept = (double)lab->kept[SIDE_SPARSE][i];
    double lost = fmax(0, 1 - kept);
    char   factor[16] = "-";
    double times = kept > 1e-6 ? 1 / kept : 0;
    Style  style = style_attr(i == lab->row ? ATTR_BOLD : ATTR_DIM);
    if (lab_hides_row(lab, i)) {
        canvas_rune(canvas, x, y, style, '?');
        return;
    }
    if (times > 0)
        snprintf(factor, sizeof factor, "x%.*f", times < 9.995 ? 2 : times < 99.95 ? 1 : 0, times);
    canvas_format(canvas, x, y, style, "%.2f", lost);
    canvas_text(canvas, x + MARGIN_TEXT - (int)strlen(factor), y, style, factor);
}

void margin_draw(const Frame *f, Canvas *canvas, Side side)
{
    const FigurePlan *p = &f->layout->figure[side];
    const Lab *lab = f->lab;
    int        x = p->cells.x + p->cells.w + 1;
    if (!p->margin || !lab_loses(lab, side) || !lab->measured[side])
        return;
    canvas_text(canvas, x, p->axis, style_attr(ATTR_DIM), "lost  kept");
    for (int r = 0; r < p->spec.rows; r++)
        if (p->spec.i0 + r < lab->n)
            margin_row(canvas, lab, x, p->cells.y + r * matrix_row_height(p->fit.mode), p->spec.i0 + r);
}
