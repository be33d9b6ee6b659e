/* glass.h - a terminal of the kind xterm is, as far as a curses program writes to it: what stands on
 * the screen, where the cursor is, which modes are on. */
#ifndef TESTS_SMOKE_GLASS_H
#define TESTS_SMOKE_GLASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GLASS_ROWS = 100, GLASS_COLUMNS = 300 };

typedef struct {
    int     columns, rows;
    int32_t rune[GLASS_ROWS][GLASS_COLUMNS]; /* 0: right half of a wide rune */
    int     x, y, top, bottom;               /* cursor; scrolling rows, inclusive */
    int     kept_x, kept_y;
    bool    wrap;                            /* the cursor waits behind the last column */
    bool    alternate, hidden, paste, mouse; /* modes that must be given back */
    bool    colour, bold, reverse;           /* was ever set */
    long    unknown;                         /* sequences that are not understood */
    char    last_unknown[64];
    char    held[64]; /* a sequence that is not complete yet */
    size_t  held_len;
    int32_t last; /* for repetition */
} Glass;

void glass_start(Glass *g, int columns, int rows);
void glass_resize(Glass *g, int columns, int rows);
void glass_feed(Glass *g, const char *bytes, size_t len);
/* Row y as UTF-8, blanks at its end cut off; borrowed until the next call. */
const char *glass_row(const Glass *g, int y);
bool        glass_has(const Glass *g, const char *text); /* in one row */

#endif
