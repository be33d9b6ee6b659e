#include "app/view/cells.h"

#include <math.h>

Style cell_style(const Frame *f, const GridCell *c)
{
    if (c->kind == GRID_SCORED && f->ramp)
        return frame_weights(f->lab) ? style_step((double)c->value) : style_mark();
    if (c->kind == GRID_HIDDEN && c->flags & GRID_PAINTED && f->ramp)
        return style_mark();
    if (c->kind == GRID_SKIPPED || (c->kind == GRID_HIDDEN && !(c->flags & GRID_PAINTED)))
        return style_attr(ATTR_DIM);
    return style_plain();
}

enum { FULL_BLOCK = 0x2588 };

void cell_paper(Canvas *canvas, int x, int y, int columns, Style style)
{
    bool block = style.paper != HUE_DEFAULT && !canvas->ascii;
    style.attr = 0;
    if (block)
        style.ink = style.paper;
    for (int k = 0; k < columns; k++)
        canvas_rune(canvas, x + k, y, style, block ? FULL_BLOCK : ' ');
}

int32_t cell_sign(const Frame *f, const Canvas *canvas, const GridCell *c)
{
    switch (c->kind) {
    case GRID_OUTSIDE:
        return ' ';
    case GRID_SKIPPED:
        return canvas_glyph(canvas, GLYPH_SKIPPED);
    case GRID_HIDDEN:
        return c->flags & GRID_PAINTED ? (f->ramp ? ' ' : '#') : '?';
    case GRID_SCORED:
        break;
    }
    if (f->ramp)
        return ' ';
    if (!frame_weights(f->lab))
        return '#';
    int tenths = (int)((double)c->value * 10);
    return '0' + (tenths > 9 ? 9 : tenths);
}

int32_t cell_mark(unsigned flags)
{
    if (flags & GRID_SURPLUS)
        return 'x';
    if (flags & GRID_MISSED)
        return 'o';
    return flags & (GRID_NEW | GRID_GONE) ? '!' : 0;
}

/* Marks stand out: bold, on a cell without colour in that of "not yet". */
Style cell_mark_style(const GridCell *c, Style cell)
{
    cell.attr = ATTR_BOLD;
    if (cell.paper == HUE_DEFAULT && (c->kind != GRID_SCORED || c->flags & (GRID_SURPLUS | GRID_MISSED)))
        cell.ink = HUE_NOTYET;
    return cell;
}

int32_t cell_glyph(double value)
{
    static const char ramp[] = ":-=+*#%@";
    int               step = (int)(value * 8);
    return ramp[step > 7 ? 7 : step < 0 ? 0 : step];
}

/* ---- the row under the cursor ------------------------------------------------------------ */

static double row_largest(const Lab *lab, Side side)
{
    double largest = 0;
    for (int r = 0; lab->pattern[side] && r < lab->set[side].len; r++)
        for (int64_t j = lab->set[side].run[r].lo; j < lab->set[side].run[r].hi; j++)
            largest = fmax(largest, lab_weight(lab, side, lab->row, j));
    return largest;
}

double row_scale(const Lab *lab)
{
    if (!frame_weights(lab) || lab->scale == SCALE_RAW)
        return 1;
    double largest = fmax(row_largest(lab, SIDE_SPARSE), row_largest(lab, SIDE_OTHER));
    return largest > 0 ? largest : 1;
}

int64_t row_allowed(const Lab *lab)
{
    return lab->background == BACKGROUND_CAUSAL ? lab->row + 1 : lab->n;
}

static unsigned row_flags(const Lab *lab, int64_t j, bool scored)
{
    unsigned flags = 0;
    if (lab->has_before && j < lab->n_before && runs_has(&lab->before, j) != scored)
        flags |= scored ? GRID_NEW : GRID_GONE;
    if (lab->row == lab->mark_row && runs_has(&lab->missed, j))
        flags |= GRID_MISSED;
    if (lab->row == lab->mark_row && runs_has(&lab->surplus, j))
        flags |= GRID_SURPLUS;
    return flags;
}

GridCell row_cell(const Lab *lab, Side side, int64_t j, double scale)
{
    GridCell c = {.kind = GRID_OUTSIDE};
    if (j < 0 || j >= row_allowed(lab))
        return c;
    if (side == SIDE_SPARSE && lab_hides_row(lab, lab->row)) {
        c.kind = GRID_HIDDEN;
        c.flags = lab->painting && runs_has(&lab->paint, j) ? GRID_PAINTED : 0;
        return c;
    }
    bool scored = runs_has(&lab->set[side], j);
    c.kind = scored ? GRID_SCORED : GRID_SKIPPED;
    c.flags = side == SIDE_SPARSE ? row_flags(lab, j, scored) : 0;
    c.raw = scored && frame_weights(lab) ? (float)lab_weight(lab, side, lab->row, j) : 1;
    c.value = fminf(1, c.raw / (float)scale);
    return c;
}
