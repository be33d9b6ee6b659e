/* session.h - everything a learner has before them, whichever front end shows it.
 *
 *      key -> Action -> session_apply -> Session changes -> a front end reads a const Session
 *                            |
 *                            +-> Request: what the session wants from the world (open a lesson, deal
 *                                a variant, leave); entries to save wait in the outbox
 *
 * The session does no I/O, reads no clock and runs no Lua: the loop fulfils its requests. */
#ifndef APP_TUTOR_SESSION_H
#define APP_TUTOR_SESSION_H

#include "app/tutor/action.h"
#include "app/tutor/player.h"
#include "app/tutor/shelf.h"
#include "app/tutor/undo.h"

typedef enum { SCREEN_HOME, SCREEN_PAGE, SCREEN_ASK } Screen;
typedef enum { LAYER_NONE, LAYER_FIGURE, LAYER_HELP } Layer; /* on top of the screen */

/* What has the focus. LIST on Home and in help; the others as far as the page has them. */
typedef enum { FOCUS_LIST, FOCUS_TEXT, FOCUS_FIELD, FOCUS_OPTIONS, FOCUS_SPARSE, FOCUS_OTHER,
               FOCUS_CONTROLS, FOCUS_COUNT } Focus;

/* What the layout found out, told back to the session before it is drawn. */
typedef struct {
    bool     shows[SIDES]; /* the side is on the screen */
    GridSpec spec[SIDES];
    int      text_lines, text_rows; /* of the text pane: all lines, and how many fit */
    int64_t  step_i, step_j; /* tokens that one arrow step moves, vertically and horizontally */
    int      help_rows;      /* rows of the help list that fit */
    int      help_lines;     /* entries of the help list */
    bool     in_turn;        /* one pane at a time */
} Measure;

typedef enum {
    REQUEST_NONE,
    REQUEST_OPEN,    /* load lesson `lesson` of the shelf, then session_lesson or session_refused */
    REQUEST_DEAL,    /* deal page `page`, variant `variant`, then session_question or session_refused */
    REQUEST_QUIT,
    REQUEST_SUSPEND,
    REQUEST_REDRAW
} RequestKind;

typedef struct {
    RequestKind kind;
    int         lesson, page, variant;
} Request;

enum { SESSION_OUTBOX = 16, SESSION_LAST_LINES = 1 << 20 /* scroll: to the end, clamped when measured */ };

typedef struct {
    Shelf    shelf;
    Progress progress;
    Screen   screen;
    Layer    layer;
    Focus    focus;
    Focus    focus_below; /* of the page while the figure lies on top */
    bool     focus_chosen; /* by the learner, not by where the page begins */
    Layer    layer_below; /* what help lies on, and the focus there */
    Focus    focus_help;
    int      home;        /* cursor of Home: 0 is the continue line if there is one, then lessons */
    int      help;        /* cursor of the help list */
    int      scroll;      /* first line of the text pane */
    Lesson  *lesson;      /* owned by the loop's script; NULL on Home */
    int      open;        /* its place on the shelf, -1 */
    int      opening_page; /* page wanted from a lesson being opened; -1: where it was left */
    Player   player;
    Undo     undo;        /* of the open page */
    Measure  measure;
    bool     comma;       /* decimals with a comma */
    bool     dirty;       /* the place changed since it was saved */
    bool     light;       /* the theme for light terminals */
    bool     light_set;   /* by the learner: t, or a record */
    char     status[240]; /* one line of news; "" if none. Cleared by the next action */
    bool     status_stays;
    Request  request;     /* open: what is wanted now */
    Request  deal;        /* the one being fulfilled */
    Entry    outbox[SESSION_OUTBOX];
    int      outgoing;
    char   **held;        /* strings that the outbox borrows */
    int      helds, held_cap;
} Session;

/* life: s is zeroed; shelf and progress are filled in by the caller before session_start. */
void session_start(Session *s);   /* Home, or the last place: a request follows */
void session_done(Session *s);    /* not the lesson */

/* One action; the answer says what must be fulfilled before the next one. */
Request session_apply(Session *s, Action action);
/* Fulfilment: session_wants takes the request to be fulfilled; then one of the others answers it. */
Request session_wants(Session *s);
void session_lesson(Session *s, Lesson *lesson);    /* REQUEST_OPEN: loaded; a request may follow in s->request */
void session_question(Session *s, Question *q);     /* REQUEST_DEAL: dealt; taken over */
void session_refused(Session *s, const char *message); /* either could not be done */
void session_say(Session *s, bool stays, const char *format, ...) __attribute__((format(printf, 3, 4)));
void session_saved(Session *s);   /* the outbox was written: forget it */
void session_save_place(Session *s); /* place and draft into the outbox, before the program ends */
void session_tick(Session *s);    /* nothing happened for a while: saves the place if it moved */
Status session_measure(Session *s, const Measure *m, Why *why) MUST_USE; /* fills the grids */

/* questions, for key map, hint line and front ends */
bool        session_can(const Session *s, ActionKind action); /* does something now */
const char *session_word(const Session *s, ActionKind action); /* hint line: "try again", "go on" */
bool        session_has_continue(const Session *s); /* Home has a continue line */
int         session_home_lines(const Session *s);
Lab        *session_lab(const Session *s); /* the figure on the screen; NULL */
bool        session_answers(const Session *s);  /* a question that still takes answers */
bool        session_in_field(const Session *s); /* keys are text */
int         session_steps(const Session *s);

#endif
