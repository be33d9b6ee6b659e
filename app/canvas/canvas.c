#include "app/canvas/canvas.h"

#include "app/base/utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const Cell blank = {.rune = ' ', .width = 1};

bool canvas_size(Canvas *c, int columns, int rows)
{
    assert(columns > 0 && rows > 0);
    if (!c->cell || columns != c->columns || rows != c->rows) {
        Cell *cell = realloc(c->cell, (size_t)columns * (size_t)rows * sizeof *cell);
        if (!cell) return false;
        c->cell = cell;
        c->columns = columns;
        c->rows = rows;
    }
    canvas_clear(c);
    return true;
}

void canvas_done(Canvas *c)
{
    free(c->cell);
    *c = (Canvas){0};
}

void canvas_clear(Canvas *c)
{
    int cells = c->columns * c->rows;
    for (int k = 0; k < cells; k++) c->cell[k] = blank;
    c->cursor_x = c->cursor_y = -1;
    c->clip = canvas_rect(c);
}

void canvas_clip(Canvas *c, Rect clip)
{
    c->clip = rect_meet(clip, canvas_rect(c));
}

Rect canvas_rect(const Canvas *c)
{
    return rect_make(0, 0, c->columns, c->rows);
}

static Cell *at(Canvas *c, int x, int y)
{
    return &c->cell[(size_t)y * (size_t)c->columns + (size_t)x];
}

const Cell *canvas_cell(const Canvas *c, int x, int y)
{
    assert(rect_has(canvas_rect(c), x, y));
    return &c->cell[(size_t)y * (size_t)c->columns + (size_t)x];
}

/* What was half of a wide rune at (x, y) and loses that half becomes a blank, style kept. */
static void split_wide(Canvas *c, int x, int y)
{
    Cell *cell = at(c, x, y);
    Cell *twin = cell->width == 2 ? cell + 1 : cell->width == 0 ? cell - 1 : NULL;
    if (!twin) return;
    Style style = twin->style;
    *twin = blank;
    twin->style = style;
}

static void put_narrow(Canvas *c, int x, int y, Style style, int32_t rune)
{
    if (!rect_has(c->clip, x, y)) return;
    split_wide(c, x, y);
    *at(c, x, y) = (Cell){.rune = rune, .width = 1, .style = style};
}

static void put_wide(Canvas *c, int x, int y, Style style, int32_t rune)
{
    bool left = rect_has(c->clip, x, y), right = rect_has(c->clip, x + 1, y);
    if (!left || !right) { /* a half alone would be a broken character */
        put_narrow(c, x, y, style, ' ');
        put_narrow(c, x + 1, y, style, ' ');
        return;
    }
    split_wide(c, x, y);
    split_wide(c, x + 1, y);
    *at(c, x, y) = (Cell){.rune = rune, .width = 2, .style = style};
    *at(c, x + 1, y) = (Cell){.rune = ' ', .width = 0, .style = style};
}

/* A combining mark joins the rune whose left cell is at (x, y); marks past the fourth are lost. */
static void put_mark(Canvas *c, int x, int y, int32_t mark)
{
    if (!rect_has(c->clip, x, y)) return;
    Cell *cell = at(c, x, y);
    for (int k = 0; k < CELL_MARKS; k++) {
        if (!cell->mark[k]) {
            cell->mark[k] = mark;
            return;
        }
    }
}

/* Draws one rune, the last base rune standing at *base (-1: none yet); returns its columns. */
static int put_rune(Canvas *c, int x, int y, Style style, int32_t rune, int *base)
{
    int width = utf8_rune_columns(rune);
    if (width == 0) {
        if (*base >= 0 && rect_has(c->clip, x - 1, y)) /* not onto what the clip cut to a blank */
            put_mark(c, *base, y, rune);
        return 0;
    }
    *base = x;
    if (width == 2)
        put_wide(c, x, y, style, rune);
    else
        put_narrow(c, x, y, style, rune);
    return width;
}

int canvas_text(Canvas *c, int x, int y, Style style, const char *text)
{
    return canvas_text_bytes(c, x, y, style, text, strlen(text));
}

int canvas_text_bytes(Canvas *c, int x, int y, Style style, const char *text, size_t len)
{
    int start = x, base = -1;
    for (size_t k = 0; k < len;) {
        int32_t rune;
        k += utf8_rune(text + k, len - k, &rune);
        if (rune < ' ' || rune == 0x7f) /* the caller's text was not clean: never let it through */
            rune = '?';
        x += put_rune(c, x, y, style, rune, &base);
    }
    return x - start;
}

/* Bytes of s up to the last rune that is whole. */
static size_t whole_runes(const char *s, size_t len)
{
    size_t at = 0;
    while (at < len) {
        int32_t rune;
        size_t  step = utf8_rune(s + at, len - at, &rune);
        if (rune < 0 && len - at < 4) break;
        at += step;
    }
    return at;
}

int canvas_format(Canvas *c, int x, int y, Style style, const char *format, ...)
{
    char    line[1024]; /* longer than any row is wide; what is past it is cut */
    va_list args;
    va_start(args, format);
    int len = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    size_t there = len < 0 ? 0 : (size_t)len;
    if (there >= sizeof line) there = whole_runes(line, sizeof line - 1);
    return canvas_text_bytes(c, x, y, style, line, there);
}

void canvas_rune(Canvas *c, int x, int y, Style style, int32_t rune)
{
    int base = -1;
    put_rune(c, x, y, style, rune, &base);
}

void canvas_fill(Canvas *c, Rect r, Style style, int32_t rune)
{
    r = rect_meet(r, c->clip);
    int step = utf8_rune_columns(rune) == 2 ? 2 : 1;
    for (int y = r.y; y < r.y + r.h; y++) {
        int x = r.x;
        for (; x + step <= r.x + r.w; x += step) canvas_rune(c, x, y, style, rune);
        if (x < r.x + r.w) /* half a wide rune's room */
            canvas_rune(c, x, y, style, ' ');
    }
}

/* A wide rune has one style: the one of its left cell wins where only half of it is meant. */
void canvas_restyle(Canvas *c, Rect r, Style style)
{
    r = rect_meet(r, c->clip);
    for (int y = r.y; y < r.y + r.h; y++) {
        for (int x = r.x; x < r.x + r.w; x++) {
            Cell *cell = at(c, x, y);
            if (cell->width == 0) continue;
            cell->style = style;
            if (cell->width == 2) cell[1].style = style;
        }
    }
}

void canvas_cursor(Canvas *c, int x, int y)
{
    c->cursor_x = x;
    c->cursor_y = y;
}

int32_t canvas_glyph(const Canvas *c, Glyph glyph)
{
    static const struct {
        int32_t rune;
        char    ascii;
    } twin[GLYPH_COUNT] = {
        [GLYPH_SKIPPED] = {0xb7, '.'},      [GLYPH_RULE] = {0x2500, '-'},
        [GLYPH_BAR] = {0x2502, '|'},        [GLYPH_KNOB] = {0x25cf, 'o'},
        [GLYPH_TRACK_LEFT] = {'[', '['},    [GLYPH_TRACK_RIGHT] = {']', ']'},
        [GLYPH_TRACK] = {0x2500, '-'},      [GLYPH_UPPER_HALF] = {0x2580, '^'},
        [GLYPH_LOWER_HALF] = {0x2584, '_'}, [GLYPH_ARROW] = {0x2192, '>'},
        [GLYPH_MORE] = {0x2026, '~'},       [GLYPH_CRUMB] = {0x203a, '>'},
        [GLYPH_BULLET] = {0x2022, '-'},
    };
    return c->ascii ? twin[glyph].ascii : twin[glyph].rune;
}

static bool has_mark(const Cell *cell, int32_t mark)
{
    for (int k = 0; k < CELL_MARKS && cell->mark[k]; k++) {
        if (cell->mark[k] == mark) return true;
    }
    return false;
}

static bool flag_letter(const Cell *cell)
{
    return cell->rune >= 0x1f1e6 && cell->rune <= 0x1f1ff;
}

/* Runes that join the one before them: skin tones, the vowels AM of Thai and Lao. */
static bool joins_left(const Cell *cell)
{
    int32_t rune = cell->rune;
    return (rune >= 0x1f3fb && rune <= 0x1f3ff) || rune == 0xe33 || rune == 0xeb3;
}

bool canvas_disputed(const Canvas *c, int x, int y)
{
    enum { JOINER = 0x200d, EMOJI_STYLE = 0xfe0f };
    const Cell *cell = canvas_cell(c, x, y);
    while (cell->width == 0 && x > 0) cell = canvas_cell(c, --x, y);
    int left = x - 1, right = x + cell->width;
    while (left > 0 && canvas_cell(c, left, y)->width == 0) left--;
    return flag_letter(cell) || joins_left(cell) || has_mark(cell, JOINER) ||
           has_mark(cell, EMOJI_STYLE) ||
           (left >= 0 && has_mark(canvas_cell(c, left, y), JOINER)) ||
           (right < c->columns && joins_left(canvas_cell(c, right, y)));
}
