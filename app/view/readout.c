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
    else if (lab_loses(lab, side))
        sheet_put(out, style_plain(), c.kind == GRID_KEPT ? "kept" : "lost");
    else if (lab_weighs(lab))
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

/* "density 0.52, 266 of 512 cells", shorter where the line is. */
static void density_put(double density, int64_t cells, Sheet *out)
{
    char text[64];
    long long scored = llround(density * (double)cells);
    snprintf(text, sizeof text, "density %.3g, %lld of %lld cells", density, scored, (long long)cells);
    if ((int)strlen(text) > sheet_room(out))
        snprintf(text, sizeof text, "density %.3g, %lld/%lld", density, scored, (long long)cells);
    if ((int)strlen(text) > sheet_room(out))
        snprintf(text, sizeof text, "density %.3g", density);
    sheet_put(out, style_plain(), text);
}

static void block_value(const Frame *f, const GridCell *c, int64_t cells, Sheet *out)
{
    if (c->kind == GRID_OUTSIDE)
        sheet_put(out, style_plain(), "future");
    else if (c->kind == GRID_HIDDEN)
        sheet_put(out, style_plain(), "?");
    else if (c->kind == GRID_SKIPPED)
        sheet_put(out, style_plain(), "skipped");
    else if (c->kind == GRID_KEPT)
        sheet_put(out, style_plain(), "kept");
    else if (lab_weighs(f->lab))
        sheet_format(out, style_attr(ATTR_BOLD), "largest %.4f", (double)c->raw);
    else
        density_put((double)c->raw, cells, out);
}

static void readout_block(const Frame *f, Side side, const FigurePlan *p, Sheet *out)
{
    const Lab  *lab = f->lab;
    const Grid *g = &lab->grid[side];
    int64_t     i0 = lab->row / p->fit.k_rows * p->fit.k_rows, j0 = lab->key / p->fit.k_columns * p->fit.k_columns;
    int64_t     i1 = i0 + p->fit.k_rows < lab->n ? i0 + p->fit.k_rows : lab->n;
    int64_t     j1 = j0 + p->fit.k_columns < lab->n ? j0 + p->fit.k_columns : lab->n;
    int64_t     row = (i0 - g->spec.i0) / p->fit.k_rows, column = (j0 - g->spec.j0) / p->fit.k_columns;
    sheet_format(out, style_attr(ATTR_BOLD), "q %lld-%lld k %lld-%lld ", (long long)i0, (long long)i1 - 1,
                 (long long)j0, (long long)j1 - 1);
    if (row >= 0 && row < g->spec.rows && column >= 0 && column < g->spec.columns)
        block_value(f, grid_cell(g, (int)row, (int)column), block_cells(lab, i0, i1, j0, j1), out);
}

/* Behind the set if there is room for it, else in a line of its own. */
static void beside_put(const char *text, Style style, Sheet *out)
{
    if (sheet_room(out) < (int)strlen(text) + 2)
        sheet_line(out);
    else
        sheet_to(out, sheet_x(out) + (sheet_room(out) > (int)strlen(text) + 2 ? 3 : 2));
    sheet_put(out, style, text);
}

/* "dense 0.0126  sparse 0.0185  +0.0059" of the cell under the cursor. */
static void change_put(const Lab *lab, Sheet *out)
{
    char   text[80];
    double dense = lab_dense(lab, lab->row, lab->key), sparse = lab_weight(lab, SIDE_SPARSE, lab->row, lab->key);
    snprintf(text, sizeof text, "dense %.4f  sparse %.4f", dense, sparse);
    beside_put(text, style_plain(), out);
    snprintf(text, sizeof text, "%+.4f", sparse - dense);
    beside_put(text, style_plain(), out);
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
    if (lab_loses(lab, side) && !lab_hides_row(lab, lab->row))
        change_put(lab, out);
}

/* ---- the set of the row ------------------------------------------------------------------ */

/* "6 of 13 keys", or that it is the question; empty where the whole row is hidden. */
static void count_text(const Lab *lab, Side side, char *out, size_t size)
{
    out[0] = '\0';
    if (side == SIDE_SPARSE && lab_hides_row(lab, lab->row))
        return;
    if (lab_hides(lab, HIDE_COUNTS))
        snprintf(out, size, "count is hidden");
    else
        snprintf(out, size, "%lld of %lld keys", (long long)runs_count(&lab->set[side]), (long long)row_allowed(lab));
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

/* "G_12 = {0-1, 9-12}" in at most so many columns. */
static void set_text(const Lab *lab, Side side, int columns, char *out, size_t size)
{
    if (columns < 12)
        columns = 12;
    size_t most = (size_t)columns + 1 < size ? (size_t)columns + 1 : size;
    if (lab_set_text(lab, side, out, most) >= most)
        memcpy(out + most - 5, "...}", 5);
}

static bool shows_before(const Lab *lab, Side side)
{
    return side == SIDE_SPARSE && lab->has_before && lab->row < lab->n_before && !lab_hides_row(lab, lab->row);
}

/* Dense rows have nothing to list: all keys up to the query's own. */
static bool is_dense(const Lab *lab, Side side)
{
    return side == SIDE_OTHER && lab->figure->compare == COMPARE_DENSE;
}

/* "key 3: read by queries 3-6, 4 of 13". */
static void column_put(const Lab *lab, Side side, Sheet *out)
{
    const Runs *readers = &lab->column[side];
    char        text[256], count[48] = "";
    int         head;
    int64_t     reads = runs_count(readers);
    if (side == SIDE_SPARSE && lab_hides(lab, HIDE_ROW)) {
        sheet_format(out, style_plain(), "key %lld: read by ?", (long long)lab->key);
        return;
    }
    int64_t queries = lab->background == BACKGROUND_CAUSAL ? lab->n - lab->key : lab->n;
    if (!lab_hides(lab, HIDE_COUNTS))
        snprintf(count, sizeof count, ", %lld of %lld", (long long)reads, (long long)queries);
    head = snprintf(text, sizeof text, "key %lld: read by %s ", (long long)lab->key,
                    reads == 0 ? "no query" : reads == 1 ? "query" : "queries");
    int room = sheet_room(out) - head;
    if (room < 8)
        room = 8;
    size_t most = (size_t)(room + 1) < sizeof text - (size_t)head ? (size_t)(room + 1) : sizeof text - (size_t)head;
    if (runs_print(readers, ", ", text + head, most) >= most)
        memcpy(text + head + most - 4, "...", 4);
    if (readers->len == 0)
        text[head - 1] = '\0';
    sheet_put(out, style_attr(ATTR_BOLD), text);
    if (sheet_room(out) >= (int)strlen(count)) {
        sheet_put(out, style_plain(), count);
        return;
    }
    sheet_line(out);
    sheet_put(out, style_plain(), count + 2);
}

/* "before {3, 6}" in so many columns at most 47; empty where even a cut set has no room. */
static void before_text(const Lab *lab, int columns, char out[80])
{
    static const char word[] = "before ";
    int               left = (columns < 47 ? columns : 47) - (int)strlen(word);
    out[0] = '\0';
    if (left < 8)
        return;
    memcpy(out, word, sizeof word);
    runs_text(&lab->before, out + strlen(word), (size_t)left + 1);
}

void readout_set(const Frame *f, Side side, bool one_line, Sheet *out)
{
    const Lab *lab = f->lab;
    char       set[256], beside[80] = "";
    sheet_line(out);
    if (lab->view == VIEW_COVERAGE && lab->dense && !lab_hides_row(lab, lab->row)) {
        sheet_format(out, style_attr(ATTR_BOLD), "%lld of %lld keys carry 90 %% of row %lld",
                     (long long)lab_carriers(lab, side), (long long)lab->ordered[side], (long long)lab->row);
        return;
    }
    if (lab->view == VIEW_COLUMN) {
        column_put(lab, side, out);
        return;
    }
    if (is_dense(lab, side)) {
        sheet_format(out, style_plain(), "row: %lld keys%s", (long long)row_allowed(lab),
                     lab_weighs(lab) ? ", sum 1" : "");
        return;
    }
    bool before = shows_before(lab, side);
    if (!before)
        count_text(lab, side, beside, sizeof beside);
    int room = sheet_room(out) - (one_line && !before && beside[0] ? (int)strlen(beside) + 2 : 0);
    set_text(lab, side, room, set, sizeof set);
    if (before) /* what the row was takes the room that the row itself leaves */
        before_text(lab, one_line ? room - (int)strlen(set) - 2 : 47, beside);
    sheet_put(out, style_attr(ATTR_BOLD), set);
    if (beside[0])
        beside_put(beside, style_attr(before || !lab_hides(lab, HIDE_COUNTS) ? 0 : ATTR_DIM), out);
}

/* ---- counts ------------------------------------------------------------------------------ */

/* Is the gauge on the screen already, beside the figure? */
static bool gauge_shown(const Frame *f, Side side, Gauge g)
{
    const Figure *figure = f->lab->figure;
    for (int k = 0; k < figure->gauges; k++)
        if (figure->gauge[k] == g)
            return side == SIDE_SPARSE && !f->layout->alone && !f->layout->in_turn && f->session->screen == SCREEN_PAGE;
    return false;
}

void readout_counts(const Frame *f, Side side, Sheet *out)
{
    const Lab *lab = f->lab;
    Style      dim = style_attr(ATTR_DIM);
    char       factor[48];
    bool counted = gauge_shown(f, side, GAUGE_TOTAL) && gauge_shown(f, side, GAUGE_DENSITY);
    if (!lab_hides(lab, HIDE_COUNTS | HIDE_ROW) && !counted) {
        sheet_line(out);
        sheet_format(out, dim, "total %lld, density %.3g", (long long)lab->total[side],
                     (double)lab->total[side] / (double)lab->allowed);
    }
    double kept = side == SIDE_SPARSE ? lab_kept(lab, lab->row) : NAN;
    if (!(kept > 0) || lab_hides_row(lab, lab->row) || gauge_shown(f, side, GAUGE_KEPT))
        return;
    sheet_line(out);
    if (lab_loses(lab, side)) {
        sheet_format(out, dim, "lost(%lld) %.3f", (long long)lab->row, fmax(0, 1 - kept));
        snprintf(factor, sizeof factor, "kept %.3f,", kept);
        beside_put(factor, dim, out);
    } else
        sheet_format(out, dim, "kept(%lld) %.3f,", (long long)lab->row, kept);
    snprintf(factor, sizeof factor, "weights x %.4g", 1 / kept);
    if (sheet_room(out) < (int)strlen(factor) + 1)
        sheet_line(out);
    else
        sheet_to(out, sheet_x(out) + 1);
    sheet_put(out, dim, factor);
}

/* "12,9 0.0185", or the word for what the cell is; false where it has no weight to compare. */
static bool pin_text(const Lab *lab, Side side, const LabPin *pin, char *out, size_t size)
{
    double      weight = pin->weight[side];
    bool        hidden = side == SIDE_SPARSE && lab_hides_row(lab, pin->row);
    bool        scored = side == SIDE_SPARSE ? pin->scored : !(weight <= 0);
    bool        weighs = !hidden && scored && !isnan(weight);
    const char *word = hidden ? "?" : scored ? "scored" : "skipped";
    int         head = snprintf(out, size, "%lld,%lld ", (long long)pin->row, (long long)pin->key);
    if (weighs)
        snprintf(out + head, size - (size_t)head, "%.4f", weight);
    else
        snprintf(out + head, size - (size_t)head, "%s", word);
    return weighs && weight > 0;
}

void readout_pins(const Frame *f, Side side, Sheet *out)
{
    const Lab *lab = f->lab;
    char       text[80], ratio[40];
    if (!lab->pins)
        return;
    sheet_line(out);
    bool comparable = pin_text(lab, side, &lab->pin[0], text, sizeof text);
    sheet_format(out, style_plain(), "{} %s", text);
    if (lab->pins < LAB_PINS)
        return;
    comparable = pin_text(lab, side, &lab->pin[1], text, sizeof text) && comparable;
    if (sheet_room(out) < (int)strlen(text) + 3)
        sheet_line(out);
    sheet_format(out, style_plain(), " : %s", text);
    snprintf(ratio, sizeof ratio, " = %.3g", lab->pin[0].weight[side] / lab->pin[1].weight[side]);
    if (comparable)
        sheet_put(out, style_attr(ATTR_BOLD), ratio);
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
        out->indent = out->columns - indent < (int)strlen(colon + 2) ? 2 : indent;
        sheet_wrapped(out, prose_plain(f->prose, colon + 2, out->columns - out->indent, f->ascii),
                      style_attr(k + 1 == size ? ATTR_BOLD : 0), false);
        out->indent = 0;
    }
}

/* ---- headings and sentences -------------------------------------------------------------- */

void readout_heading(const Frame *f, Side side, bool one_line, Sheet *out)
{
    const Lab        *lab = f->lab;
    const FigurePlan *p = &f->layout->figure[side];
    char              text[200], n[48] = "", block[64] = "";
    if (side == SIDE_SPARSE && lab_hides(lab, HIDE_RULE))
        snprintf(text, sizeof text, "a hidden rule");
    else
        lab_expression(lab, side, text, sizeof text);
    if (f->layout->shown == 1 || side == SIDE_OTHER)
        snprintf(n, sizeof n, "n = %lld", (long long)lab->n);
    if (in_blocks(p) && !one_line)
        snprintf(block, sizeof block, "1 cell = %lld k x %lld q", (long long)p->fit.k_columns, (long long)p->fit.k_rows);
    sheet_line(out);
    sheet_put_cut(out, style_attr(ATTR_BOLD), text, sheet_room(out));
    if (lab_loses(lab, side) && !one_line)
        beside_put("against dense", style_attr(ATTR_BOLD), out);
    if (one_line && sheet_room(out) < (int)strlen(n) + 3)
        return;
    if (n[0])
        beside_put(n, style_attr(ATTR_DIM), out);
    if (block[0])
        beside_put(block, style_attr(ATTR_DIM), out);
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
