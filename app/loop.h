/* loop.h - what stands between a session and the world: it loads lessons, deals variants, saves
 * entries, feeds keys to the curses front end and lines to the plain one. */
#ifndef APP_LOOP_H
#define APP_LOOP_H

#include "app/base/hash.h"
#include "app/script/script.h"
#include "app/store/course.h"
#include "app/store/journal.h"
#include "app/term/term.h"
#include "app/tutor/session.h"

typedef struct {
    Session  session;
    Course   course;
    Journal *journal; /* NULL: nothing is saved (tests) */
    bool     unsaved; /* the last entry could not be written */
    Theme    theme;   /* its kind (grey or not); dark or light is the session's */
    bool     seeded;  /* variants come from `root`, not from the lesson's own */
    Hash     root;
    int      verify;  /* next lesson of the shelf to be loaded while idle, to find broken ones */
} Loop;

typedef struct {
    const char *path, *program, *state; /* --path, the program's own path, --state; may be NULL */
    const char *seed;                   /* --seed; NULL: each lesson's own */
    Theme       theme;
    bool        theme_given;
    bool        comma;                  /* decimals with a comma */
    bool        keep;                   /* open the journal */
} LoopOptions;

/* Finds the course, indexes its lessons, opens the journal. */
Status loop_open(Loop *l, const LoopOptions *options, Why *why) MUST_USE;
/* Starts at a page: "lesson" or "lesson#page", or NULL for where it was left. */
Status loop_start(Loop *l, const char *place, Why *why) MUST_USE;
void   loop_serve(void *loop); /* fulfils requests and writes the outbox until nothing is wanted */
/* Loads every lesson that was only read by its head, so that a broken one is marked. */
void   loop_verify(Loop *l);
void   loop_close(Loop *l);
Opener loop_opener(Loop *l);

/* Runs a front end to its end; the exit status (0, or 128+n after signal n). term is closed. */
int loop_curses(Loop *l, Term *term);
int loop_plain(Loop *l, int columns, bool ascii);
/* One frame of the curses front end, as loop_curses makes it: for tests and benches. */
struct ScreenView;
Status loop_frame(Loop *l, struct ScreenView *view, Canvas *canvas, Term *term);
/* What an event does to the session; false: it is over, with *exit_status. */
bool loop_event(Loop *l, Term *term, const Event *event, int *exit_status);

#endif
