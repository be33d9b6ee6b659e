/* prose.h - lesson text set in lines, kept from frame to frame.
 *
 * A frame asks for each of its texts by the text itself; what was set before at the same width is
 * found again, so that only a text that changed is read and wrapped. */
#ifndef APP_VIEW_PROSE_H
#define APP_VIEW_PROSE_H

#include "app/base/wrap.h"

enum { PROSE_KEPT = 48 }; /* texts of a screen, and some of the one before */

typedef struct {
    Text    source; /* copy of the text; with kind, columns and ascii the name of the entry */
    bool    markdown;
    int     columns;
    bool    ascii;
    Wrapped wrapped;
    long    used; /* when it was last asked for; 0: free */
} ProseEntry;

typedef struct {
    ProseEntry entry[PROSE_KEPT];
    long       clock;
    int        made; /* texts wrapped so far, for tests */
} Prose;

void prose_done(Prose *p);
/* Borrowed until PROSE_KEPT other texts were asked for. {press:...} shows the key map's keys. */
const Wrapped *prose_markdown(Prose *p, const char *text, int columns, bool ascii);
const Wrapped *prose_plain(Prose *p, const char *text, int columns, bool ascii);

#endif
