/* sheet.h - styled lines of text for one pane, built anew for each frame and then shown from any
 * line on: page text, answers, read-outs, legends and lists are all sheets.
 *
 *      line 0   | window w  |---o----| 4     pieces: "window w" bold, track, "4"
 *      line 1   | count(12)  6 of 13 keys
 *
 * Text is cleaned for a terminal as it is put, and cut at the sheet's width. A Sheet owns its
 * buffers and keeps them: a frame as large as an earlier one allocates nothing. */
#ifndef APP_VIEW_SHEET_H
#define APP_VIEW_SHEET_H

#include "app/base/wrap.h"
#include "app/canvas/canvas.h"

typedef struct {
    int    x; /* column in the line */
    int    columns;
    Style  style;
    size_t from, len; /* bytes of Sheet.text */
} SheetPiece;

typedef struct {
    int piece, pieces; /* the first in Sheet.piece, and how many */
    int x;             /* where the next piece goes */
    bool  fill;        /* all of it, to the sheet's width, in `paper` */
    Style paper;
} SheetLine;

typedef struct {
    SheetLine  *line;
    int         lines, line_cap;
    SheetPiece *piece;
    int         pieces, piece_cap;
    Text        text;
    int         columns;                  /* width */
    bool        ascii;                    /* spell what is not ASCII */
    int         indent;                   /* column where new lines begin */
    int         cursor_line, cursor_x;    /* the hardware cursor; -1: none */
    int         want_line;                /* last line that belongs to what has the cursor */
    bool        broken;                   /* memory ran out: lines are missing */
} Sheet;

void sheet_done(Sheet *s);
void sheet_start(Sheet *s, int columns, bool ascii); /* empty, memory kept */

void sheet_line(Sheet *s);                /* begins a line */
void sheet_gap(Sheet *s);                 /* an empty line, unless there is one, or none at all */
void sheet_to(Sheet *s, int x);           /* the next piece of this line begins at column x or later */
int  sheet_x(const Sheet *s);             /* where it begins */
int  sheet_room(const Sheet *s);          /* columns left in this line */
/* Adds to the last line (a first one is begun); what does not fit is cut. */
void sheet_put(Sheet *s, Style style, const char *text);
void sheet_put_bytes(Sheet *s, Style style, const char *text, size_t len);
/* In at most so many columns; what is cut off leaves the sign for more. */
void sheet_put_cut(Sheet *s, Style style, const char *text, int columns);
void sheet_format(Sheet *s, Style style, const char *format, ...) __attribute__((format(printf, 3, 4)));
void sheet_rune(Sheet *s, Style style, int32_t rune);
/* Wrapped text as lines of their own, from column `indent` on; attr is added to every piece. With
 * join the first line goes on where the last one ended. */
void sheet_wrapped(Sheet *s, const Wrapped *w, Style style, bool join);
void sheet_cursor(Sheet *s, int x);       /* the hardware cursor, in the last line */
void sheet_want(Sheet *s);                /* the last line belongs to what has the cursor */
void sheet_fill_line(Sheet *s, int line, Style style); /* all its pieces, and blanks to the width */

/* First line to show in `rows`: `scroll`, within the sheet; with follow moved so that the cursor's
 * line is seen, and what belongs to it as far as there are rows. */
int  sheet_scroll(const Sheet *s, int scroll, int rows, bool follow);
/* Lines from `scroll` on into r; puts the canvas cursor if `cursor` and it is in view. */
void sheet_draw(const Sheet *s, Canvas *canvas, Rect r, int scroll, bool cursor);

#endif
