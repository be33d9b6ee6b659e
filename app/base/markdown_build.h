/* markdown_build.h - blocks and spans as they grow, one event of the Markdown reader at a time.
 *
 * build_block, then text into Builder.text and styles by build_style, then build_end_block. The
 * first paragraph of an item fills the item's own block. broken says that memory ran out. */
#ifndef APP_BASE_MARKDOWN_BUILD_H
#define APP_BASE_MARKDOWN_BUILD_H

#include "app/base/markdown.h"

#include <stddef.h>

enum { LISTS_MOST = 32 };

typedef struct {
    int  next; /* number of the next item; 0: bullets */
    bool open; /* its item has no text yet */
} List;

typedef struct {
    Markdown *out;
    Block    *block; /* being filled; NULL between blocks */
    Text      text;  /* of the span being filled */
    unsigned  style;
    int       strong, emphasis; /* how many are open */
    char     *link;
    int       links;
    List      list[LISTS_MOST];
    int       depth;
    bool      heading_row;
    int       row;
    size_t    longest; /* bytes that one text can have at most */
    bool      broken;  /* memory ran out */
} Builder;

void build_end_span(Builder *b); /* text becomes a span; {row:12} and its like spans of their own */
Block *build_block(Builder *b, BlockKind kind); /* NULL if memory ran out */
void   build_end_block(Builder *b);
void   build_paragraph(Builder *b);
void   build_list(Builder *b, int first); /* number of its first item; 0: bullets */
void   build_item(Builder *b);
void   build_row(Builder *b);
void   build_cell(Builder *b);
void   build_style(Builder *b, unsigned bit, bool on);
void   build_break(Builder *b);
void   build_entity(Text *out, const char *s, size_t len); /* &lt; and the like; else as written */

#endif
