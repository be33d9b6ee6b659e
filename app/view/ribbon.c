/* ribbon.c - the row under the cursor between matrix and read-outs: a key a column, ticks every 8
 * above, wrapped at a multiple of 16.
 *
 *           0       8       16      24
 *      > 30 ......oo.....x##......########o
 *
 * Where a row is longer than the ribbon's lines, those around the cursor are shown. */
#include "app/view/cells.h"
#include "app/view/matrix.h"

#include <stdio.h>
#include <string.h>

enum { TICK = 8 };

/* First key of the first line shown: whole lines, the cursor's line in the middle. */
static int64_t ribbon_from(const FigurePlan *p, const Lab *lab)
{
    int64_t lines = (lab->n + p->ribbon_keys - 1) / p->ribbon_keys;
    int64_t first = lab->key / p->ribbon_keys - p->ribbon_lines / 2;
    if (first > lines - p->ribbon_lines)
        first = lines - p->ribbon_lines;
    return first > 0 ? first * p->ribbon_keys : 0;
}

static void ribbon_ticks(Canvas *canvas, const FigurePlan *p, const Lab *lab, int x, int y, int64_t from)
{
    char label[AXIS_LABEL];
    for (int64_t j = from; j < from + p->ribbon_keys && j < row_allowed(lab); j += TICK)
        if (axis_label(j, label))
            canvas_text(canvas, x + (int)(j - from), y, style_attr(ATTR_DIM), label);
}

static void ribbon_cell(const Frame *f, Canvas *canvas, int x, int y, const GridCell *c, bool cursor)
{
    Style   style = cell_style(f, c);
    int32_t sign = cell_sign(f, canvas, c), mark = cell_mark(c->flags);
    if (mark) {
        style = cell_mark_style(c, style);
        sign = mark;
    }
    if (cursor)
        style.attr |= ATTR_UNDERLINE | ATTR_BOLD;
    if (sign == ' ' && !cursor)
        cell_paper(canvas, x, y, 1, style);
    else
        canvas_rune(canvas, x, y, style, sign);
}

void ribbon_draw(const Frame *f, Canvas *canvas, Side side)
{
    const FigurePlan *p = &f->layout->figure[side];
    const Lab        *lab = f->lab;
    double            scale = row_scale(lab);
    int64_t           from = ribbon_from(p, lab);
    int               x = p->pane.x + p->fit.label;
    Rect              clip = canvas->clip;
    char              label[24];
    canvas_clip(canvas, p->pane);
    snprintf(label, sizeof label, "%lld", (long long)lab->row);
    for (int line = 0; line < p->ribbon_lines; line++, from += p->ribbon_keys) {
        int y = p->ribbon + 2 * line + 1;
        ribbon_ticks(canvas, p, lab, x, y - 1, from);
        if (line == 0) {
            canvas_rune(canvas, p->pane.x, y, style_attr(ATTR_BOLD), '>');
            canvas_text(canvas, x - 1 - (int)strlen(label), y, style_attr(ATTR_BOLD), label);
        }
        for (int64_t j = from; j < from + p->ribbon_keys && j < row_allowed(lab); j++) {
            GridCell c = row_cell(lab, side, j, scale);
            ribbon_cell(f, canvas, x + (int)(j - from), y, &c, j == lab->key);
        }
    }
    canvas_clip(canvas, clip);
}
