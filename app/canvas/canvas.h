/* canvas.h - a grid of cells that a screen draws on and a terminal shows.
 *
 * A cell is one rune with up to four combining marks, its width and its style. A rune of two
 * columns stands in its left cell; the right one has width 0. Drawing never leaves the clip
 * rectangle, and a rune of two columns is never cut in half: blanks stand where it would be.
 * The canvas owns its cells; canvas_size keeps them while the size stays. */
#ifndef APP_CANVAS_CANVAS_H
#define APP_CANVAS_CANVAS_H

#include "app/canvas/rect.h"
#include "app/canvas/style.h"

#include <stddef.h>

enum { CELL_MARKS = 4 };

typedef struct {
    int32_t rune; /* ' ' where nothing is */
    int32_t mark[CELL_MARKS];
    uint8_t width; /* 1, 2, or 0 right of a wide rune */
    Style   style;
} Cell;

typedef struct {
    int   columns, rows;
    Cell *cell;
    int   cursor_x, cursor_y; /* where the hardware cursor goes; -1: nowhere, bottom right then */
    Rect  clip;
    bool  ascii; /* only ASCII glyphs: drawing replaces the house's own glyphs (canvas_glyph) */
    Depth depth; /* what the terminal can show: screens choose digits or colour by it */
} Canvas;

bool canvas_size(Canvas *c, int columns, int rows); /* also clears; false if memory runs out */
void canvas_done(Canvas *c);
void canvas_clear(Canvas *c);           /* blanks, no cursor, clip to everything */
void canvas_clip(Canvas *c, Rect clip); /* met with the canvas itself */
Rect canvas_rect(const Canvas *c);

/* Text that is already clean (utf8_clean), from (x, y) on, one line; returns the columns it takes,
 * also those cut off by the clip. */
int canvas_text(Canvas *c, int x, int y, Style style, const char *text);
int canvas_text_bytes(Canvas *c, int x, int y, Style style, const char *text, size_t len);
int canvas_format(Canvas *c, int x, int y, Style style, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void canvas_rune(Canvas *c, int x, int y, Style style, int32_t rune);
void canvas_fill(Canvas *c, Rect r, Style style, int32_t rune);
void canvas_restyle(Canvas *c, Rect r, Style style); /* runes stay */
void canvas_cursor(Canvas *c, int x, int y);

/* The house's own glyphs and their ASCII twins. */
typedef enum {
    GLYPH_SKIPPED,
    GLYPH_RULE,
    GLYPH_BAR,
    GLYPH_KNOB,
    GLYPH_TRACK_LEFT,
    GLYPH_TRACK_RIGHT,
    GLYPH_TRACK,
    GLYPH_UPPER_HALF,
    GLYPH_LOWER_HALF,
    GLYPH_ARROW,
    GLYPH_MORE,
    GLYPH_CRUMB,
    GLYPH_BULLET,
    GLYPH_COUNT
} Glyph;
int32_t canvas_glyph(const Canvas *c, Glyph glyph);

const Cell *canvas_cell(const Canvas *c, int x, int y);
/* Whether terminals disagree on the width of the cluster that (x, y) belongs to: joined emoji,
 * flags, variation selectors. A terminal is told afterwards where it stands. */
bool canvas_disputed(const Canvas *c, int x, int y);

#endif
