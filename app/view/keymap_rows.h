/* keymap_rows.h - the table behind keymap.h, for the files that read it.
 *
 * A context is one bit of `in` (the screen or layer, and what a question asks for) and one bit of
 * `on` (what has the focus). A row holds for every pair of its bits. */
#ifndef APP_VIEW_KEYMAP_ROWS_H
#define APP_VIEW_KEYMAP_ROWS_H

#include "app/view/keymap.h"

enum {
    IN_HOME = 1,
    IN_PAGE = 2,
    IN_TYPED = 4,   /* a question with fields */
    IN_PICK = 8,    /* a question with options */
    IN_FIGURE = 16, /* the Figure layer over a page */
    IN_FIGURE_ASK = 32, /* the same over a question */
    IN_HELP = 64,
    IN_ASK = IN_TYPED | IN_PICK,
    IN_LESSON = IN_PAGE | IN_ASK,
    IN_FIGURES = IN_FIGURE | IN_FIGURE_ASK,
    IN_LIVE = IN_LESSON | IN_FIGURES, /* where a figure may be */
    IN_ALL = 127
};

enum {
    ON_LIST = 1 << FOCUS_LIST,
    ON_TEXT = 1 << FOCUS_TEXT,
    ON_FIELD = 1 << FOCUS_FIELD,
    ON_OPTIONS = 1 << FOCUS_OPTIONS,
    ON_MATRIX = 1 << FOCUS_SPARSE | 1 << FOCUS_OTHER,
    ON_CONTROLS = 1 << FOCUS_CONTROLS,
    ON_PANE = ON_TEXT | ON_OPTIONS | ON_MATRIX | ON_CONTROLS, /* letters are commands */
    ON_LESSON = ON_PANE | ON_FIELD,
    ON_ALL = ON_LESSON | ON_LIST
};

typedef struct {
    unsigned    in, on;
    Key         key[3];
    Key         end;   /* not 0: all keys from key[0] to end; number is the place among them from 1 */
    ActionKind  action;
    int         order; /* in the hint line, least first; 0: not there */
    const char *show;  /* the key in the hint line; NULL: the first key's name */
    const char *label; /* what the hint line says; the session may have a better word */
} KeyRow;

int           keymap_rows(void);
const KeyRow *keymap_row(int k);
void          keymap_context(const Session *s, unsigned *in, unsigned *on);
bool          keymap_holds(const KeyRow *row, unsigned in, unsigned on);

#endif
