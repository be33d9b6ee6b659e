/* links.h - what the text on the screen names in the figure: {row:12}, {column:3}, {cell:12,9} of a
 * lesson. The figure lights them up: the label is underlined, the cell stands in ( ). */
#ifndef APP_VIEW_LINKS_H
#define APP_VIEW_LINKS_H

#include "app/tutor/session.h"
#include "app/view/prose.h"

enum { LINKS = 16 };

typedef struct {
    struct {
        int64_t i, j; /* -1: a whole row or column */
    } link[LINKS];
    int links;
} Links;

/* Those of the page's text up to its step, or of the question's prompt, set in so many columns. */
void links_make(const Session *s, Prose *prose, int columns, bool ascii, Links *out);
bool links_row(const Links *l, int64_t i);
bool links_column(const Links *l, int64_t j);
bool links_cell(const Links *l, int64_t i, int64_t j);

#endif
