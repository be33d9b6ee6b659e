/* action.h - what a key, a line of plain mode or a script can ask for. One list: its names stand in
 * {press:...} of lessons, in the key map and in help. */
#ifndef APP_TUTOR_ACTION_H
#define APP_TUTOR_ACTION_H

#include <stdbool.h>

/* enum, name, what it does (for help and hint line) */
#define ACTION_LIST(X)                                                                            \
    X(NEXT, "next", "next step, then next page")                                                  \
    X(BACK, "back", "back")                                                                       \
    X(SUBMIT, "submit", "submit, open, go on")                                                    \
    X(UP, "up", "up")                                                                             \
    X(DOWN, "down", "down")                                                                       \
    X(LEFT, "left", "left")                                                                       \
    X(RIGHT, "right", "right")                                                                    \
    X(FIRST, "first", "first")                                                                    \
    X(LAST, "last", "last")                                                                       \
    X(PANE, "pane", "next pane")                                                                  \
    X(PANE_BACK, "pane-back", "previous pane")                                                    \
    X(LESS, "less", "slider less")                                                                \
    X(MORE, "more", "slider more")                                                                \
    X(LESS_FAR, "less-far", "slider less, a large step")                                          \
    X(MORE_FAR, "more-far", "slider more, a large step")                                          \
    X(HINT, "hint", "next hint")                                                                  \
    X(VARIANT, "variant", "new variant")                                                          \
    X(SKIP, "skip", "skip this page")                                                             \
    X(UNSKIP, "unskip", "take the skip back")                                                     \
    X(SHUFFLE, "shuffle", "deal other words")                                                     \
    X(LONGER, "longer", "lengthen the text")                                                      \
    X(SHORTER, "shorter", "shorten the text")                                                     \
    X(DIFFERENCE, "difference", "what each row loses, against dense")                             \
    X(COLUMN, "column", "who reads the key under the cursor")                                     \
    X(SCALE, "scale", "scale of the weights")                                                     \
    X(FIGURE, "figure", "figure alone")                                                           \
    X(UNDO, "undo", "take a slider or a draft back")                                              \
    X(REDO, "redo", "do again what was taken back")                                               \
    X(THEME, "theme", "theme dark, light")                                                        \
    X(HELP, "help", "help")                                                                       \
    X(CLOSE, "close", "close")                                                                    \
    X(LEAVE, "leave", "leave the field")                                                          \
    X(REDRAW, "redraw", "redraw")                                                                 \
    X(SUSPEND, "suspend", "suspend")                                                              \
    X(QUIT, "quit", "quit (all is saved)")                                                        \
    X(PAINT, "paint", "begin, end a painted run")                                                 \
    X(CHOOSE, "choose", "choose an option")                                                       \
    X(VIEW, "view", "choose a view")

typedef enum {
    ACTION_NONE,
#define ACTION_ENUM(name, word, help) ACTION_##name,
    ACTION_LIST(ACTION_ENUM)
#undef ACTION_ENUM
    ACTION_TYPE,   /* a rune goes into the focused field: number */
    ACTION_ERASE,  /* Backspace in the field */
    ACTION_DELETE, /* Del in the field */
    ACTION_PASTE,  /* text goes into the focused field */
    ACTION_RESIZE, /* number: columns, other: rows */
    ACTION_OPEN,   /* number: lesson of the shelf, other: page (-1: where it was left) */
    ACTION_GOTO,   /* number: page */
    ACTION_ROW,    /* number: query */
    ACTION_KEY,    /* number: key */
    ACTION_SLIDE,  /* number: slider, value */
    ACTION_ANSWER, /* text: the whole field; other: which box */
    ACTION_COUNT
} ActionKind;

typedef struct {
    ActionKind  kind;
    long long   number, other; /* CHOOSE: option from 1; VIEW: view_number */
    double      value;
    const char *text; /* PASTE, ANSWER: borrowed for the call */
} Action;

const char *action_name(ActionKind kind); /* NULL for those that no key has */
const char *action_help(ActionKind kind);
bool        action_find(const char *name, ActionKind *out);
Action      action_make(ActionKind kind);

#endif
