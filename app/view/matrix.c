#include "app/view/matrix.h"

#include "app/base/utf8.h"
#include "app/view/cells.h"

#include <stdio.h>
#include <string.h>

bool axis_label(int64_t position, char out[AXIS_LABEL])
{
    int p = (int)position; /* n is at most 2^31-1 */
    if (p <= 9999)
        snprintf(out, AXIS_LABEL, "%d", p);
    else if (p % (1 << 20) == 0)
        snprintf(out, AXIS_LABEL, "%dMi", p >> 20);
    else if (p % 1024 == 0 && p < 1000 * 1024)
        snprintf(out, AXIS_LABEL, "%dKi", p >> 10);
    else if (p <= 99999)
        snprintf(out, AXIS_LABEL, "%d", p);
    else
        return false;
    return true;
}

/* ---- axis of keys ------------------------------------------------------------------------ */

int matrix_entry_columns(CellMode mode)
{
    static const int columns[] = {4, 2, 1, 1};
    return columns[mode];
}

/* Entries from one tick to the next: the least power of two whose columns hold the longest label
 * and a blank. */
static int64_t tick_step(const FigurePlan *p, int64_t n)
{
    char last[AXIS_LABEL];
    int  width = axis_label(n - 1, last) ? (int)strlen(last) : 6;
    if (p->fit.mode == MODE_X)
        return width < 4 ? 1 : 2;
    int64_t step = p->fit.mode == MODE_L ? 2 : 8;
    while (step * matrix_entry_columns(p->fit.mode) < width + 1)
        step *= 2;
    return step;
}

/* Column of the first sign of key j's label: over the cell's first sign. */
static int tick_x(const FigurePlan *p, int64_t j)
{
    int64_t entry = (j - p->spec.j0) / p->fit.k_columns;
    return p->cells.x + (int)entry * matrix_entry_columns(p->fit.mode);
}

/* In blocks the number of the key under the cursor stands on the axis and pushes away the ticks it
 * would touch. */
static void axis_draw(const Frame *f, Canvas *canvas, const FigurePlan *p)
{
    const Lab *lab = f->lab;
    bool       blocks = p->fit.mode >= MODE_P;
    char       label[AXIS_LABEL], cursor[24];
    int        from = 0, to = -1;
    Style      dim = style_attr(ATTR_DIM);
    canvas_text(canvas, p->pane.x + p->fit.label - 4, p->axis, dim, "key");
    if (blocks) {
        snprintf(cursor, sizeof cursor, "%lld", (long long)lab->key);
        from = tick_x(p, lab->key);
        to = from + (int)strlen(cursor);
        if (to > p->pane.x + p->pane.w) {
            from -= to - (p->pane.x + p->pane.w);
            to = p->pane.x + p->pane.w;
        }
        canvas_text(canvas, from, p->axis, style_attr(ATTR_BOLD), cursor);
    }
    int64_t step = tick_step(p, lab->n);
    for (int64_t entry = 0; entry < p->spec.columns; entry += step) {
        int64_t j = p->spec.j0 + entry * p->fit.k_columns;
        if (!axis_label(j, label))
            continue;
        int x = tick_x(p, j), end = x + (int)strlen(label);
        if (end > p->pane.x + p->pane.w || (blocks && x <= to && end >= from))
            continue;
        Style style = j == lab->key && !blocks ? style_attr(ATTR_BOLD) : dim;
        if (links_column(&f->links, j))
            style.attr |= ATTR_UNDERLINE;
        canvas_text(canvas, x, p->axis, style, label);
    }
}

/* ---- axis of queries --------------------------------------------------------------------- */

/* Entries of one row of cells; a row of half blocks holds two. */
static int64_t row_entries(CellMode mode)
{
    return mode == MODE_P ? 2 : 1;
}

int matrix_row_height(CellMode mode)
{
    return mode == MODE_X ? 2 : 1;
}

static void row_word(const Frame *f, Canvas *canvas, const FigurePlan *p, int y, int64_t i, Style style)
{
    Text *clean = f->scratch;
    text_clear(clean);
    utf8_clean(clean, f->lab->token[i], strlen(f->lab->token[i]), false, f->ascii);
    int    x = p->pane.x + p->fit.label;
    size_t len = utf8_fit(text_string(clean), clean->len, 8);
    bool   cut = len < clean->len;
    if (cut)
        len = utf8_fit(text_string(clean), clean->len, 7);
    canvas_text_bytes(canvas, x, y, style, text_string(clean), len);
    if (cut)
        canvas_rune(canvas, x + utf8_columns(text_string(clean), len), y, style, canvas_glyph(canvas, GLYPH_MORE));
}

static void row_label(const Frame *f, Canvas *canvas, const FigurePlan *p, int y, int64_t i, bool cursor)
{
    char  label[24];
    Style style = style_attr(cursor ? ATTR_BOLD : ATTR_DIM);
    if (cursor)
        snprintf(label, sizeof label, "%lld", (long long)i);
    else if (!axis_label(i, label))
        return;
    if (p->fit.mode <= MODE_L && !cursor)
        style = style_plain();
    if (cursor)
        canvas_rune(canvas, p->pane.x, y, style, '>');
    if (links_row(&f->links, i))
        style.attr |= ATTR_UNDERLINE;
    canvas_text(canvas, p->pane.x + p->fit.label - 1 - (int)strlen(label), y, style, label);
    if (p->words)
        row_word(f, canvas, p, y, i, style);
}

/* Labels stand at every row where each holds one query, else at every fourth row of half blocks. */
static void labels_draw(const Frame *f, Canvas *canvas, const FigurePlan *p)
{
    const Lab *lab = f->lab;
    int64_t    per_row = row_entries(p->fit.mode) * p->fit.k_rows;
    int        rows = p->cells.h / matrix_row_height(p->fit.mode);
    for (int r = 0; r < rows; r++) {
        int64_t i = p->spec.i0 + r * per_row;
        bool    cursor = lab->row >= i && lab->row < i + per_row;
        bool    tick = p->fit.mode != MODE_P || r % 4 == 0;
        if (i < lab->n && (cursor || tick))
            row_label(f, canvas, p, p->cells.y + r * matrix_row_height(p->fit.mode), cursor ? lab->row : i, cursor);
    }
}

/* ---- cells ------------------------------------------------------------------------------- */

/* What points at a cell: the cursor, or a word of the text. */
typedef enum { POINTER_NONE, POINTER_CURSOR, POINTER_PIN, POINTER_TEXT, POINTERS } Pointer;

/* On a colour both signs, behind a sign the one. */
static const char pointer_signs[POINTERS][3] = {"  ", "[]", "{}", "()"};

static char pointer_behind(Pointer pointer)
{
    return pointer == POINTER_CURSOR ? '<' : pointer_signs[pointer][1];
}

static Pointer pointer_at(const Frame *f, bool marked, int64_t i, int64_t j)
{
    if (marked && i == f->lab->row && j == f->lab->key)
        return POINTER_CURSOR;
    for (int k = 0; k < f->lab->pins; k++)
        if (i == f->lab->pin[k].row && j == f->lab->pin[k].key)
            return POINTER_PIN;
    return links_cell(&f->links, i, j) ? POINTER_TEXT : POINTER_NONE;
}

/* L: a sign and a place for the mark or the pointer behind it. In colour the mark takes the place of
 * the sign; "!" without colour stands behind it, so that #! is new and .! is gone. */
static void cell_draw_pair(const Frame *f, Canvas *canvas, int x, int y, const GridCell *c, Pointer pointer)
{
    Style   style = cell_style(f, c);
    int32_t sign = cell_sign(f, canvas, c), mark = cell_mark(c->flags), behind = ' ';
    Style   first = style;
    if (mark == '!' && !f->ramp) {
        behind = mark;
        mark = 0;
    } else if (mark) {
        sign = mark;
        first = cell_mark_style(c, style);
    }
    cell_paper(canvas, x, y, 2, style);
    if (sign != ' ')
        canvas_rune(canvas, x, y, first, sign);
    if (behind != ' ')
        canvas_rune(canvas, x + 1, y, style, behind);
    if (pointer == POINTER_NONE || behind != ' ')
        return;
    style.attr = ATTR_BOLD;
    if (sign == ' ')
        canvas_text(canvas, x, y, style, pointer_signs[pointer]);
    else
        canvas_rune(canvas, x + 1, y, style, pointer_behind(pointer));
}

/* ".33" of three columns; 0 and 1 without a point. */
static void weight_text(double weight, char out[8])
{
    int hundredths = (int)(weight * 100 + 0.5);
    if (hundredths <= 0)
        snprintf(out, 8, " 0 ");
    else if (hundredths >= 100)
        snprintf(out, 8, " 1 ");
    else
        snprintf(out, 8, ".%02d", hundredths);
}

/* The mark stands behind three signs, else in place of the one; without colour ! stands behind it. */
static int wide_mark_at(const Frame *f, int32_t mark, bool full)
{
    if (full)
        return 3;
    return mark == '!' && !f->ramp ? 2 : 1;
}

static void cell_sign_wide(const Frame *f, Canvas *canvas, int x, int y, const GridCell *c, Style style)
{
    int32_t mark = cell_mark(c->flags), sign = cell_sign(f, canvas, c);
    bool    number = c->kind == GRID_SCORED && lab_weighs(f->lab);
    char    weight[8];
    if (number) {
        weight_text((double)c->raw, weight);
        canvas_text(canvas, x, y, style, weight);
    } else if (sign == '#' || (sign == ':' && c->kind == GRID_SCORED)) {
        const char *three = sign == '#' ? "###" : ":::";
        canvas_text(canvas, x, y, style, three);
        canvas_text(canvas, x, y + 1, style, three);
    } else if (sign != ' ') {
        canvas_rune(canvas, x + 1, y, style, sign);
    }
    if (mark)
        canvas_rune(canvas, x + wide_mark_at(f, mark, number || sign == '#'), y, cell_mark_style(c, style), mark);
}

/* X: the weight above, the cursor below. */
static void cell_draw_wide(const Frame *f, Canvas *canvas, int x, int y, const GridCell *c, Pointer pointer)
{
    Style style = cell_style(f, c), paper = style;
    paper.attr = 0;
    cell_paper(canvas, x, y, 4, paper);
    cell_paper(canvas, x, y + 1, 4, paper);
    cell_sign_wide(f, canvas, x, y, c, style);
    if (pointer == POINTER_NONE)
        return;
    paper.attr = ATTR_BOLD;
    canvas_rune(canvas, x, y + 1, paper, pointer_signs[pointer][0]);
    canvas_rune(canvas, x + 3, y + 1, paper, pointer_signs[pointer][1]);
}

/* ---- blocks ------------------------------------------------------------------------------ */

static const GridCell *grid_at(const Grid *g, int row, int column)
{
    static const GridCell outside = {.kind = GRID_OUTSIDE};
    return row < g->spec.rows ? grid_cell(g, row, column) : &outside;
}

static bool coloured(const GridCell *c)
{
    return c->kind == GRID_SCORED;
}

static uint8_t block_hue(const Frame *f, const FigurePlan *p, const GridCell *c)
{
    bool single = p->fit.k_rows == 1 && p->fit.k_columns == 1;
    if (single && !frame_ramp(f->lab))
        return HUE_MARK;
    return style_step((double)c->value).paper;
}

/* Two queries in one cell. A half beside a scored one can't hold a point; the read-out names it. */
static void half_blocks(const Frame *f, Canvas *canvas, const FigurePlan *p, int x, int y, const GridCell *top,
                        const GridCell *low)
{
    if (coloured(top) || coloured(low)) {
        Style style = style_plain();
        bool  upper = coloured(top);
        style.ink = block_hue(f, p, upper ? top : low);
        if (coloured(top) && coloured(low))
            style.paper = block_hue(f, p, low);
        canvas_rune(canvas, x, y, style, canvas_glyph(canvas, upper ? GLYPH_UPPER_HALF : GLYPH_LOWER_HALF));
    } else if (top->kind == GRID_HIDDEN || low->kind == GRID_HIDDEN) {
        canvas_rune(canvas, x, y, style_attr(ATTR_DIM), '?');
    } else if (top->kind == GRID_KEPT || low->kind == GRID_KEPT) {
        canvas_rune(canvas, x, y, style_attr(ATTR_DIM), '=');
    } else if (top->kind == GRID_SKIPPED || low->kind == GRID_SKIPPED) {
        canvas_rune(canvas, x, y, style_attr(ATTR_DIM), canvas_glyph(canvas, GLYPH_SKIPPED));
    }
}

static void glyph_block(const Frame *f, Canvas *canvas, int x, int y, const GridCell *c)
{
    Style style = f->ramp && c->kind == GRID_SCORED ? style_step((double)c->value) : cell_style(f, c);
    canvas_rune(canvas, x, y, style, c->kind == GRID_SCORED ? cell_glyph((double)c->value) : cell_sign(f, canvas, c));
}

/* ---- the whole --------------------------------------------------------------------------- */

/* Between the begin of a painted run and the cursor: shown as painted until it is ended. */
static bool in_begun_run(const Lab *lab, int64_t i, int64_t j)
{
    if (!lab->painting || lab->paint_from < 0 || i != lab->row)
        return false;
    return (lab->paint_from <= j && j <= lab->key) || (lab->key <= j && j <= lab->paint_from);
}

static GridCell shown_cell(const Lab *lab, const Grid *g, int row, int column)
{
    GridCell c = *grid_at(g, row, column);
    if (in_begun_run(lab, g->spec.i0 + row, g->spec.j0 + column))
        c.flags |= GRID_PAINTED;
    return c;
}

static void cells_draw(const Frame *f, Canvas *canvas, const FigurePlan *p, const Grid *g, bool marked)
{
    int wide = matrix_entry_columns(p->fit.mode), high = matrix_row_height(p->fit.mode);
    int step = (int)row_entries(p->fit.mode);
    for (int row = 0; row < g->spec.rows; row += step)
        for (int column = 0; column < g->spec.columns; column++) {
            GridCell c = shown_cell(f->lab, g, row, column);
            int      x = p->cells.x + column * wide, y = p->cells.y + row / step * high;
            if (p->fit.mode == MODE_L)
                cell_draw_pair(f, canvas, x, y, &c, pointer_at(f, marked, g->spec.i0 + row, g->spec.j0 + column));
            else if (p->fit.mode == MODE_X)
                cell_draw_wide(f, canvas, x, y, &c, pointer_at(f, marked, g->spec.i0 + row, g->spec.j0 + column));
            else if (p->fit.mode == MODE_P)
                half_blocks(f, canvas, p, x, y, &c, grid_at(g, row + 1, column));
            else
                glyph_block(f, canvas, x, y, &c);
        }
}

/* G_i = {}: said beside the row, behind its own key where the pane has room, else at its end. */
static void empties_draw(const Frame *f, Canvas *canvas, const FigurePlan *p, const Grid *g)
{
    if (p->fit.mode > MODE_L)
        return;
    for (int row = 0; row < g->spec.rows; row++) {
        if (!g->empty[row])
            continue;
        int64_t allowed = f->lab->background == BACKGROUND_CAUSAL ? g->spec.i0 + row + 1 : f->lab->n;
        int     x = p->cells.x + (int)(allowed - g->spec.j0) * matrix_entry_columns(p->fit.mode) + 1;
        int     most = p->pane.x + p->pane.w - 5;
        canvas_text(canvas, x < most ? x : most, p->cells.y + row * matrix_row_height(p->fit.mode), style_plain(), "empty");
    }
}

static void cursor_draw(Canvas *canvas, const FigurePlan *p, const Lab *lab)
{
    int row = (int)((lab->row - p->spec.i0) / p->fit.k_rows / row_entries(p->fit.mode));
    int column = (int)((lab->key - p->spec.j0) / p->fit.k_columns);
    canvas_cursor(canvas, p->cells.x + column * matrix_entry_columns(p->fit.mode),
                  p->cells.y + row * matrix_row_height(p->fit.mode));
}

void matrix_draw(const Frame *f, Canvas *canvas, Side side, bool marked, bool focus)
{
    const FigurePlan *p = &f->layout->figure[side];
    const Grid       *g = &f->lab->grid[side];
    Rect              clip = canvas->clip;
    canvas_clip(canvas, p->pane);
    if (f->lab->view == VIEW_COVERAGE && f->lab->dense) {
        coverage_draw(f, canvas, side, focus);
        canvas_clip(canvas, clip);
        return;
    }
    axis_draw(f, canvas, p);
    labels_draw(f, canvas, p);
    if (g->spec.rows == p->spec.rows && g->spec.columns == p->spec.columns && g->spec.i0 == p->spec.i0) {
        cells_draw(f, canvas, p, g, marked);
        empties_draw(f, canvas, p, g);
        degrees_draw(f, canvas, side);
        margin_draw(f, canvas, side);
    }
    canvas_clip(canvas, clip);
    if (focus)
        cursor_draw(canvas, p, f->lab);
}
