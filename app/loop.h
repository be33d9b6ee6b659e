/* loop.h - what stands between a session and the world: it loads lessons, deals variants, saves
 * entries, feeds keys to the curses front end and lines to the plain one. */
#ifndef APP_LOOP_H
#define APP_LOOP_H

#include "app/script/script.h"
#include "app/store/course.h"
#include "app/store/journal.h"
#include "app/term/term.h"
#include "app/tutor/session.h"

typedef struct {
    Session  session;
    Course   course;
    Journal *journal; /* NULL: nothing is saved (tests) */
    bool     seeded;  /* --seed: variants come from it */
    uint64_t seed;
    int      verify;  /* next lesson of the shelf to be loaded while idle, to find broken ones */
} Loop;

/* Finds the course, indexes its lessons, opens the journal. path, state: options, may be NULL. */
Status loop_open(Loop *l, const char *path, const char *program, const char *state, Why *why) MUST_USE;
/* Starts at a page: "lesson" or "lesson#page", or NULL for where it was left. */
Status loop_start(Loop *l, const char *place, Why *why) MUST_USE;
void   loop_serve(void *loop); /* fulfils requests and writes the outbox until nothing is wanted */
void   loop_close(Loop *l);

/* Runs a front end to its end; the exit status (0, or 128+n after signal n). */
int loop_curses(Loop *l, Term *term);
int loop_plain(Loop *l, int columns, bool ascii);

#endif
