#include "app/view/cells.h"

#include <math.h>

Style cell_style(const Frame *f, const GridCell *c)
{
    if (c->kind == GRID_SCORED && f->ramp)
        return frame_ramp(f->lab) ? style_step((double)c->value) : style_mark();
    if (c->kind == GRID_HIDDEN && c->flags & GRID_PAINTED && f->ramp)
        return style_mark();
    if (c->kind == GRID_SKIPPED || c->kind == GRID_KEPT || (c->kind == GRID_HIDDEN && !(c->flags & GRID_PAINTED)))
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
    case GRID_KEPT:
        return '=';
    case GRID_SCORED:
        break;
    }
    if (f->lab->view == VIEW_COLUMN)
        return c->value > 0 ? '#' : f->ramp ? ' ' : ':';
    if (f->ramp)
        return ' ';
    if (!lab_weighs(f->lab))
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

double row_scale(const Lab *lab)
{
    return lab_weighs(lab) && lab->scale == SCALE_ROW_MAX ? (double)lab_row_most(lab) : 1;
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

static float row_value(const Lab *lab, Side side, float weight, double scale)
{
    switch (lab->scale) {
    case SCALE_RAW: case SCALE_ROW_MAX:
        return fminf(1, weight / (float)scale);
    case SCALE_ROW_RANK:
        return lab_rank(lab, side, weight);
    case SCALE_LOG:
        return scale_log(weight);
    case SCALES:
        break;
    }
    return 0;
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
    bool  scored = runs_has(&lab->set[side], j), loses = lab_loses(lab, side);
    float weight;
    c.kind = scored != loses ? GRID_SCORED : loses ? GRID_KEPT : GRID_SKIPPED;
    c.flags = side == SIDE_SPARSE ? row_flags(lab, j, scored) : 0;
    c.raw = c.value = 1;
    if (lab->view == VIEW_COLUMN)
        c.value = j == lab->key ? 1 : 0;
    if (!lab_shows_weight(lab, side, j, &weight))
        return c;
    c.raw = weight;
    c.value = row_value(lab, side, weight, scale);
    return c;
}
