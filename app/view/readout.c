#include "app/view/readout.h"

#include "app/view/cells.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool in_blocks(const FigurePlan *p)
{
    return p->on && (p->fit.k_rows > 1 || p->fit.k_columns > 1);
}

/* ---- the cell under the cursor ----------------------------------------------------------- */

static void token_put(const Frame *f, int64_t i, Sheet *out)
{
    if (!lab_has_words(f->lab) || lab_hides(f->lab, HIDE_WORDS))
        return;
    sheet_put(out, style_attr(ATTR_BOLD), " ");
    sheet_put(out, style_attr(ATTR_BOLD), f->lab->token[i]);
}

/* The weight to four figures, or the word for what the cell is. */
static void cell_value(const Frame *f, Side side, Sheet *out)
{
    const Lab *lab = f->lab;
    GridCell   c = row_cell(lab, side, lab->key, 1);
    if (c.kind == GRID_HIDDEN)
        sheet_put(out, style_plain(), c.flags & GRID_PAINTED ? "in your answer" : "?");
    else if (c.kind == GRID_OUTSIDE)
        sheet_put(out, style_plain(), "future");
    else if (c.kind == GRID_SKIPPED)
        sheet_put(out, style_plain(), "skipped");
    else if (frame_weights(lab))
        sheet_format(out, style_attr(ATTR_BOLD), "%.4f", (double)c.raw);
    else
        sheet_put(out, style_plain(), "scored");
}

/* Cells of queries i0 .. i1-1 and keys j0 .. j1-1 that the background allows. */
static int64_t block_cells(const Lab *lab, int64_t i0, int64_t i1, int64_t j0, int64_t j1)
{
    if (lab->background == BACKGROUND_BIDIRECTIONAL)
        return (i1 - i0) * (j1 - j0);
    int64_t cells = 0;
    for (int64_t i = i0; i < i1; i++)
        cells += i < j0 ? 0 : (i + 1 < j1 ? i + 1 : j1) - j0;
    return cells;
}

static void block_value(const Frame *f, const GridCell *c, int64_t cells, Sheet *out)
{
    if (c->kind == GRID_OUTSIDE)
        sheet_put(out, style_plain(), "future");
    else if (c->kind == GRID_HIDDEN)
        sheet_put(out, style_plain(), "?");
    else if (c->kind == GRID_SKIPPED)
        sheet_put(out, style_plain(), "skipped");
    else if (frame_weights(f->lab))
        sheet_format(out, style_attr(ATTR_BOLD), "largest %.4f", (double)c->raw);
    else
        sheet_format(out, style_plain(), "density %.3g, %.0f of %lld cells", (double)c->raw,
                     round((double)c->raw * (double)cells), (long long)cells);
}

static void readout_block(const Frame *f, Side side, const FigurePlan *p, Sheet *out)
{
    const Lab  *lab = f->lab;
    const Grid *g = &lab->grid[side];
    int64_t     i0 = lab->row / p->fit.k_rows * p->fit.k_rows, j0 = lab->key / p->fit.k_columns * p->fit.k_columns;
    int64_t     i1 = i0 + p->fit.k_rows < lab->n ? i0 + p->fit.k_rows : lab->n;
    int64_t     j1 = j0 + p->fit.k_columns < lab->n ? j0 + p->fit.k_columns : lab->n;
    int64_t     row = (i0 - g->spec.i0) / p->fit.k_rows, column = (j0 - g->spec.j0) / p->fit.k_columns;
    sheet_format(out, style_attr(ATTR_BOLD), "q %lld-%lld  k %lld-%lld  ", (long long)i0, (long long)i1 - 1,
                 (long long)j0, (long long)j1 - 1);
    if (row >= 0 && row < g->spec.rows && column >= 0 && column < g->spec.columns)
        block_value(f, grid_cell(g, (int)row, (int)column), block_cells(lab, i0, i1, j0, j1), out);
}

void readout_cell(const Frame *f, Side side, Sheet *out)
{
    const Lab        *lab = f->lab;
    const FigurePlan *p = &f->layout->figure[side];
    sheet_line(out);
    if (side == SIDE_OTHER && f->layout->shown == 1)
        sheet_put(out, style_plain(), lab->figure->compare == COMPARE_DENSE ? "dense   " : "other   ");
    if (in_blocks(p) && !lab_has_words(lab)) {
        readout_block(f, side, p, out);
        return;
    }
    sheet_format(out, style_attr(ATTR_BOLD), "q %lld", (long long)lab->row);
    token_put(f, lab->row, out);
    sheet_format(out, style_attr(ATTR_BOLD), "   k %lld", (long long)lab->key);
    token_put(f, lab->key, out);
    sheet_put(out, style_plain(), "   ");
    cell_value(f, side, out);
}

/* ---- the set of the row ------------------------------------------------------------------ */

static void count_put(const Frame *f, Side side, Sheet *out)
{
    const Lab *lab = f->lab;
    if (side == SIDE_SPARSE && lab_hides_row(lab, lab->row))
        return;
    if (lab_hides(lab, HIDE_COUNTS)) {
        sheet_put(out, style_attr(ATTR_DIM), "count is hidden");
        return;
    }
    sheet_format(out, style_plain(), "%lld of %lld keys", (long long)runs_count(&lab->set[side]),
                 (long long)row_allowed(lab));
}

/* "{3, 6}" of at most size-1 bytes, cut with "...}". */
static void runs_text(const Runs *s, char *out, size_t size)
{
    size_t len = runs_print(s, ", ", out + 1, size - 2);
    out[0] = '{';
    if (len + 3 <= size)
        memcpy(out + 1 + len, "}", 2);
    else
        memcpy(out + size - 5, "...}", 5);
}

static void set_put(const Lab *lab, Side side, size_t columns, Sheet *out)
{
    char text[256];
    if (columns > sizeof text - 1)
        columns = sizeof text - 1;
    if (columns < 12)
        columns = 12;
    size_t len = lab_set_text(lab, side, text, columns + 1);
    if (len > columns)
        memcpy(text + columns - 4, "...}", 5);
    sheet_put(out, style_attr(ATTR_BOLD), text);
}

static bool shows_before(const Lab *lab, Side side)
{
    return side == SIDE_SPARSE && lab->has_before && lab->row < lab->n_before && !lab_hides_row(lab, lab->row);
}

static void before_put(const Lab *lab, Sheet *out)
{
    char before[64];
    runs_text(&lab->before, before, sizeof before);
    sheet_format(out, style_plain(), "before %s", before);
}

/* Dense rows have nothing to list: all keys up to the query's own. */
static bool is_dense(const Lab *lab, Side side)
{
    return side == SIDE_OTHER && lab->figure->compare == COMPARE_DENSE;
}

void readout_set(const Frame *f, Side side, Sheet *out)
{
    const Lab *lab = f->lab;
    sheet_line(out);
    if (is_dense(lab, side)) {
        sheet_format(out, style_plain(), "row: %lld keys", (long long)row_allowed(lab));
        if (frame_weights(lab))
            sheet_put(out, style_plain(), ", sum 1");
        return;
    }
    size_t room = (size_t)sheet_room(out);
    set_put(lab, side, room > 17 ? room - 17 : room, out);
    if (!shows_before(lab, side)) {
        sheet_put(out, style_plain(), sheet_room(out) > 17 ? "   " : "  ");
        count_put(f, side, out);
        return;
    }
    if (sheet_room(out) > 9 + 3 + 2 * lab->before.len * 3) {
        sheet_put(out, style_plain(), "   ");
    } else {
        sheet_line(out);
    }
    before_put(lab, out);
}

/* ---- counts ------------------------------------------------------------------------------ */

void readout_counts(const Frame *f, Side side, Sheet *out)
{
    const Lab *lab = f->lab;
    if (!lab_hides(lab, HIDE_COUNTS)) {
        sheet_line(out);
        sheet_format(out, style_attr(ATTR_DIM), "total %lld of %lld, density %.3g", (long long)lab->total[side],
                     (long long)lab->allowed, (double)lab->total[side] / (double)lab->allowed);
    }
    double kept = side == SIDE_SPARSE ? lab_kept(lab, lab->row) : NAN;
    if (!(kept > 0) || lab_hides_row(lab, lab->row))
        return;
    sheet_line(out);
    sheet_format(out, style_attr(ATTR_DIM), "kept(%lld) %.3f, weights x %.3f", (long long)lab->row, kept, 1 / kept);
}

void readout_log(const Frame *f, int most, Sheet *out)
{
    int  size = lab_log_size(f->lab), first = size > most ? size - most : 0;
    char text[200];
    for (int k = first; k < size; k++) {
        const Experiment *e = lab_log_at(f->lab, k);
        const char       *key = e->tool == TOOL_SHUFFLE ? "s" : e->arg > 0 ? "]" : "[";
        int               number = f->lab->experiments - size + k + 1;
        lab_experiment_text(f->lab, e, text, sizeof text);
        char *colon = strstr(text, ": ");
        sheet_line(out);
        sheet_format(out, style_attr(ATTR_DIM), "%d  %s   ", number, key);
        int indent = sheet_x(out);
        if (colon)
            *colon = '\0';
        sheet_put(out, style_attr(ATTR_DIM), text);
        if (!colon)
            continue;
        sheet_line(out);
        sheet_to(out, indent);
        sheet_put(out, style_attr(k + 1 == size ? ATTR_BOLD : 0), colon + 2);
    }
}

/* ---- headings and sentences -------------------------------------------------------------- */

void readout_heading(const Frame *f, Side side, Sheet *out)
{
    const Lab *lab = f->lab;
    char       text[200];
    sheet_line(out);
    if (side == SIDE_SPARSE && lab_hides(lab, HIDE_RULE)) {
        sheet_put(out, style_attr(ATTR_BOLD), "a hidden rule");
    } else {
        lab_expression(lab, side, text, sizeof text);
        sheet_put(out, style_attr(ATTR_BOLD), text);
    }
    const FigurePlan *p = &f->layout->figure[side];
    if (f->layout->shown == 1 || side == SIDE_OTHER)
        sheet_format(out, style_attr(ATTR_DIM), "   n = %lld", (long long)lab->n);
    if (in_blocks(p))
        sheet_format(out, style_attr(ATTR_DIM), "   1 cell = %lld k x %lld q", (long long)p->fit.k_columns,
                     (long long)p->fit.k_rows);
}

void readout_words(const Frame *f, Sheet *out)
{
    const Lab *lab = f->lab;
    char       text[400];
    if (lab_hides(lab, HIDE_RULE | HIDE_COUNTS | HIDE_ROW))
        return;
    if (lab->figure->alt)
        snprintf(text, sizeof text, "%s", lab->figure->alt);
    else
        pattern_describe(lab->pattern[SIDE_SPARSE], text, sizeof text);
    const Wrapped *w = prose_plain(f->prose, text, out->columns, f->ascii);
    sheet_wrapped(out, w, style_attr(ATTR_DIM), false);
}
