/* coverage.c - view coverage: the weights of the row under the cursor, largest first.
 *
 *      rank  key word     weight    sum  0               0.9  1
 *    >    1    6 river    0.6046 0.6046  ###########o     :
 *         2    3 drifted  0.0941 0.6987  ##          o    :      past the target: dim
 *
 * The bar is the weight, the dot the sum so far. */
#include "app/view/cells.h"
#include "app/view/matrix.h"

#include "app/base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { NUMBERS = 26, WORD = 9, AXIS_LEAST = 10 };

typedef struct {
    int x, columns; /* of the axis from 0 to 1 */
    int word;       /* columns for the word */
} Places;

static Places places_of(const Frame *f, const FigurePlan *p)
{
    bool   words = lab_has_words(f->lab) && !lab_hides(f->lab, HIDE_WORDS);
    Places at = {.word = words && p->cells.w >= NUMBERS + WORD + 2 * AXIS_LEAST ? WORD : 0};
    at.x = p->cells.x + NUMBERS + at.word;
    at.columns = p->cells.x + p->cells.w - 2 - at.x;
    if (at.columns > 60)
        at.columns = 60;
    return at;
}

static int axis_x(const Places *at, double value)
{
    return at->x + (int)(value * (at->columns - 1) + 0.5);
}

static void header_draw(Canvas *canvas, const FigurePlan *p, const Places *at)
{
    Style dim = style_attr(ATTR_DIM);
    canvas_text(canvas, p->cells.x + 1, p->axis, dim, "rank  key");
    canvas_text(canvas, p->cells.x + 11 + at->word, p->axis, dim, "weight    sum");
    canvas_text(canvas, at->x, p->axis, dim, "0");
    canvas_text(canvas, axis_x(at, LAB_TARGET) - 2, p->axis, dim, "0.9");
    canvas_text(canvas, axis_x(at, 1) + 1, p->axis, dim, "1");
}

static void word_draw(const Frame *f, Canvas *canvas, int x, int y, int64_t j, Style style)
{
    Text *clean = f->scratch;
    text_clear(clean);
    utf8_clean(clean, f->lab->token[j], strlen(f->lab->token[j]), false, f->ascii);
    canvas_text_bytes(canvas, x, y, style, text_string(clean), utf8_fit(text_string(clean), clean->len, WORD - 1));
}

static void bar_draw(const Frame *f, Canvas *canvas, const Places *at, int y, const GridCell *c, double sum, Style style)
{
    int columns = (int)((double)c->raw * at->columns + 0.5);
    columns = columns < 1 ? 1 : columns;
    canvas_rune(canvas, axis_x(at, LAB_TARGET), y, style_attr(ATTR_DIM), canvas->ascii ? ':' : canvas_glyph(canvas, GLYPH_BAR));
    if (f->ramp)
        cell_paper(canvas, at->x, y, columns, cell_style(f, c));
    else
        for (int k = 0; k < columns; k++)
            canvas_rune(canvas, at->x + k, y, style, '#');
    canvas_rune(canvas, axis_x(at, sum < 1 ? sum : 1), y, style, canvas_glyph(canvas, GLYPH_KNOB));
}

/* The first line shown, so that the cursor stays in view. */
static int64_t first_of(int64_t place, int64_t shown, int64_t all)
{
    int64_t first = place - shown / 2;
    if (first > all - shown)
        first = all - shown;
    return first > 0 ? first : 0;
}

/* What all lines share. */
typedef struct {
    int64_t carriers;
    double  scale;
} Shared;

static void line_draw(const Frame *f, Canvas *canvas, Side side, const Places *at, Shared shared, int y, int64_t k, double sum)
{
    const Lab        *lab = f->lab;
    const FigurePlan *p = &f->layout->figure[side];
    int64_t           j = lab->order[side][k];
    GridCell          c = row_cell(lab, side, j, shared.scale);
    Style             style = style_attr(k + 1 == shared.carriers ? ATTR_BOLD : k >= shared.carriers ? ATTR_DIM : 0);
    if (j == lab->key)
        canvas_rune(canvas, p->cells.x, y, style_attr(ATTR_BOLD), '>');
    canvas_format(canvas, p->cells.x + 1, y, style, "%4lld %4lld", (long long)k + 1, (long long)j);
    if (at->word)
        word_draw(f, canvas, p->cells.x + 11, y, j, style);
    canvas_format(canvas, p->cells.x + 11 + at->word, y, style, "%.4f %.4f", (double)c.raw, sum);
    bar_draw(f, canvas, at, y, &c, sum, style);
}

void coverage_draw(const Frame *f, Canvas *canvas, Side side, bool focus)
{
    const Lab        *lab = f->lab;
    const FigurePlan *p = &f->layout->figure[side];
    Places            at = places_of(f, p);
    double            sum = 0;
    int64_t           all = lab->ordered[side], place = lab_place(lab, side), rows = p->cells.h;
    if (side == SIDE_SPARSE && lab_hides_row(lab, lab->row)) {
        canvas_text(canvas, p->cells.x + 1, p->axis, style_plain(), "the row is the question: ?");
        return;
    }
    bool rest = rows < all; /* the last line is what the keys below sum to */
    if (rest && rows > 1)
        rows--;
    int64_t first = first_of(place, rows, all), end = first + rows < all ? first + rows : all;
    Shared  shared = {lab_carriers(lab, side), row_scale(lab)};
    header_draw(canvas, p, &at);
    for (int64_t k = 0; k < end; k++) {
        sum += (double)lab->row_weight[side][lab->order[side][k]];
        if (k >= first)
            line_draw(f, canvas, side, &at, shared, p->cells.y + (int)(k - first), k, sum);
    }
    if (rest && rows < p->cells.h)
        canvas_format(canvas, p->cells.x + 1, p->cells.y + (int)rows, style_attr(ATTR_DIM), "the other %lld sum to %.4f",
                      (long long)(all - end), sum < 1 ? 1 - sum : 0.0);
    if (focus)
        canvas_cursor(canvas, p->cells.x, p->cells.y + (int)(place < first ? 0 : place - first));
}
