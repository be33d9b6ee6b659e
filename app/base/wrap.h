/* wrap.h - Markdown set in lines of at most so many columns, for the screens and for plain mode.
 *
 * Lines break at word ends; a word longer than a line is cut between clusters. Between blocks
 * stands one empty line (not between items of a list). Headings are set in SPAN_BOLD. A table that
 * fits stands in columns, its heading over a rule; a wider one is told row by row, cells joined by
 * semicolons.
 * A Wrapped owns its lines and text and keeps its memory when it is made again. */
#ifndef APP_BASE_WRAP_H
#define APP_BASE_WRAP_H

#include "app/base/markdown.h"

typedef struct {
    SpanKind kind; /* SPAN_TEXT, or the link into the figure it came from */
    unsigned style;
    size_t   from, len; /* bytes of Wrapped.text: cleaned for a terminal */
    size_t   target,
        target_len; /* SPAN_ROW, SPAN_COLUMN, SPAN_CELL: the numbers, bytes of text; else len 0 */
    int columns;
} WrapPiece;

typedef struct {
    int  piece, pieces; /* index of the first in Wrapped.piece, and how many */
    bool heading;
} WrapLine;

typedef struct {
    WrapLine  *line;
    int        lines, line_cap;
    WrapPiece *piece;
    int        pieces, piece_cap;
    Text       text;
    bool       broken; /* memory ran out */
    WrapPiece *run;    /* scratch: the spans of one block, cleaned */
    int        runs, run_cap;
} Wrapped;

/* How {press:name} is shown: the key's name, or NULL if the action has none ("(no key)"). */
typedef const char *(*WrapKey)(const char *action, const void *context);

void wrap_markdown(Wrapped *out, const Markdown *m, int columns, bool ascii, WrapKey key,
                   const void *context);
void wrap_plain(Wrapped *out, const char *text, int columns,
                bool ascii); /* running text, LF is a break */
void wrap_done(Wrapped *w);

#endif
