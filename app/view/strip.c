#include "app/view/strip.h"

#include "app/base/utf8.h"
#include "app/view/cells.h"

#include <stdio.h>
#include <string.h>

/* Of a longer text the strip shows what lies about the query. */
enum { WORDS_MOST = 160, WORDS_BEFORE = 120 };

bool strip_wanted(const Lab *lab)
{
    return lab && lab_has_words(lab) && !lab_hides(lab, HIDE_WORDS);
}

static Style word_style(const Frame *f, const GridCell *c, int64_t j)
{
    Style style = c->kind == GRID_OUTSIDE ? style_attr(ATTR_DIM) : style_plain();
    if (c->kind == GRID_SCORED || c->flags & GRID_PAINTED) {
        style = cell_style(f, c);
        style.attr |= ATTR_BOLD;
    }
    if (j == f->lab->key)
        style.attr |= ATTR_UNDERLINE;
    return style;
}

/* Columns of a word with what stands at both sides of it. */
static int word_columns(const Frame *f, const char *word, bool query)
{
    return utf8_columns(word, strlen(word)) + 2 + (query ? 1 : 0) + (f->ramp ? 0 : 1);
}

/* The signs beside a word: > < about the query, else blanks in the word's own colour. */
static void word_put(const Frame *f, Side side, int64_t j, double scale, Sheet *out)
{
    const Lab *lab = f->lab;
    GridCell   c = row_cell(lab, side, j, scale);
    bool       query = j == lab->row, scored = c.kind == GRID_SCORED;
    if (sheet_room(out) < word_columns(f, lab->token[j], query) && sheet_x(out) > out->indent)
        sheet_line(out);
    Style style = word_style(f, &c, j), beside = style;
    beside.attr &= (uint8_t)~ATTR_UNDERLINE;
    sheet_put(out, query ? style_attr(ATTR_BOLD) : beside, query ? ">" : " ");
    sheet_put(out, style, lab->token[j]);
    if (!f->ramp && scored) {
        int digit = (int)((double)c.value * 10);
        char sign[2] = {lab_weighs(lab) ? (char)('0' + (digit > 9 ? 9 : digit)) : '#', '\0'};
        sheet_put(out, beside, sign);
    }
    sheet_put(out, query ? style_attr(ATTR_BOLD) : beside, query ? "<" : " ");
    if (query && lab->background == BACKGROUND_CAUSAL)
        sheet_put(out, style_plain(), "|");
}

static void strip_side(const Frame *f, Side side, const char *label, Sheet *out)
{
    const Lab *lab = f->lab;
    double     scale = row_scale(lab);
    sheet_line(out);
    sheet_put(out, style_attr(ATTR_DIM), label);
    sheet_line(out);
    int64_t from = lab->n <= WORDS_MOST || lab->row < WORDS_BEFORE ? 0 : lab->row - WORDS_BEFORE;
    int64_t to = lab->n < from + WORDS_MOST ? lab->n : from + WORDS_MOST;
    if (from > 0)
        sheet_put(out, style_attr(ATTR_DIM), " ...");
    for (int64_t j = from; j < to; j++)
        word_put(f, side, j, scale, out);
    if (to < lab->n)
        sheet_put(out, style_attr(ATTR_DIM), " ...");
}

void strip_put(const Frame *f, bool both, Sheet *out)
{
    const Lab *lab = f->lab;
    bool       one = f->layout->alone && f->layout->shown == 1;
    bool       two = both && lab->pattern[SIDE_OTHER] && !one;
    char       label[64];
    if (two) {
        snprintf(label, sizeof label, "what query %lld reads, %s", (long long)lab->row,
                 lab->figure->compare == COMPARE_DENSE ? "dense" : "the other rule");
        strip_side(f, SIDE_OTHER, label, out);
        sheet_gap(out);
    }
    bool loses = lab_loses(lab, SIDE_SPARSE);
    snprintf(label, sizeof label, loses ? "what query %lld lost" : "what query %lld reads now", (long long)lab->row);
    strip_side(f, SIDE_SPARSE, !two ? label : loses ? "what it lost" : "what it reads now", out);
}
