/* markdown.h - lesson text (CommonMark with tables and $math$) as blocks of spans, for the screens,
 * plain mode and hand-outs alike. Read by md4c; nothing of HTML passes. */
#ifndef APP_BASE_MARKDOWN_H
#define APP_BASE_MARKDOWN_H

#include "app/base/text.h"

typedef enum {
    SPAN_TEXT,   /* text in the styles of `style` */
    SPAN_PRESS,  /* {press:less}: text is the action's name; shown as the reader's own key */
    SPAN_ROW,    /* {row:12}, text "12"; shown as "row 12", lights up in the figure */
    SPAN_COLUMN, /* {column:3} */
    SPAN_CELL,   /* {cell:12,9} */
    SPAN_BREAK   /* a hard line break */
} SpanKind;

enum { SPAN_BOLD = 1, SPAN_EMPHASIS = 2, SPAN_CODE = 4, SPAN_MATH = 8, SPAN_LINK = 16 };

typedef struct {
    SpanKind kind;
    unsigned style; /* SPAN_BOLD | ... */
    char    *text;  /* owned; math is already Unicode: alpha, subscripts as _i, <= as one sign */
    char    *link;  /* of a link: where to; else NULL */
} Span;

typedef enum {
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,
    BLOCK_ITEM,
    BLOCK_CODE,
    BLOCK_TABLE_ROW,
    BLOCK_RULE
} BlockKind;

typedef struct {
    BlockKind kind;
    int       level;  /* heading 1-6; item: depth from 1 */
    int       number; /* ordered item: its number; 0: a bullet; table row: 0 for the heading row */
    bool      more;   /* a paragraph that continues the item above */
    Span     *span;
    int       spans;
    int      *cell; /* table row: index of the first span of each cell, `cells` of them */
    int       cells;
} Block;

typedef struct {
    Block *block;
    int    blocks;
} Markdown;

/* false if memory ran out or source is beyond 16 MiB; out is then empty. An
 * unknown {word:...} stays as it is written. */
bool markdown_read(const char *source, size_t len, Markdown *out);
void markdown_done(Markdown *m);

#endif
