/* term.h - the terminal as the loop sees it: a size, a next event, a canvas to show. Two
 * implementations: curses (a person) and a script (tests, recordings, benches). */
#ifndef APP_TERM_TERM_H
#define APP_TERM_TERM_H

#include "app/base/key.h"
#include "app/canvas/canvas.h"

typedef enum {
    EVENT_NONE,   /* the wait ran out */
    EVENT_KEY,    /* key */
    EVENT_PASTE,  /* text: what was pasted, control characters and all, at most 64 KiB of it */
    EVENT_RESIZE, /* columns, rows */
    EVENT_RESUME, /* back from a stop: everything must be drawn again */
    EVENT_SIGNAL, /* signal: TERM, HUP, INT: leave now */
    EVENT_END     /* no more input: the terminal vanished, the script is over */
} EventKind;

typedef struct {
    EventKind   kind;
    Key         key;
    const char *text; /* borrowed until the next event */
    size_t      len;
    int         columns, rows;
    int         signal;
} Event;

typedef struct Term Term;
struct Term {
    void (*size)(const Term *t, int *columns, int *rows);
    /* Paints the cells that changed since the last show, then moves the cursor. */
    void (*show)(Term *t, const Canvas *canvas, Theme theme);
    void (*event)(Term *t, int wait_ms, Event *out); /* wait_ms < 0: for ever */
    void (*redraw)(Term *t);                         /* the next show paints everything */
    void (*paste)(Term *t, bool on); /* bracketed paste, while a field has the focus */
    void (*suspend)(Term *t);        /* stop until continued, terminal restored meanwhile */
    void (*close)(Term *t);          /* modes restored; frees t */
    Depth depth;
    bool  ascii;
};

/* curses. color: -1 by the terminal, else the Depth asked for. NULL and why if the terminal is not
 * suitable: TERM unset, unknown, or not able to move its cursor. */
Term *term_curses(int color, bool ascii, int escape_ms, Text *why);
/* Puts the terminal back as it was found, in a signal handler or a failing assert: writes only. */
void term_curses_rescue(void);

/* script. keys: one event a key; borrowed. Every show is kept as text (blit_plain). */
typedef struct {
    const Event *event;
    int          events;
} TermScript;
Term         *term_script(int columns, int rows, Depth depth, bool ascii, TermScript script);
int           term_script_frames(const Term *t);
const char   *term_script_frame(const Term *t, int k); /* borrowed */
const Canvas *term_script_canvas(const Term *t); /* the last one shown, borrowed; NULL if none */

#endif
