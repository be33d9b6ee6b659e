/* figure.h - what a lesson says of a figure: expressions, content, sliders, tools. A value that is
 * read only once made; the live side, with slider positions and cursor, is a Lab (lab.h).
 *
 *      at.figure { n = 16, compare = "dense", row = 12, recipe = P.window { w = at.slider(1, 16, 4) } }
 *
 *      slider 0 "w" 1..16 start 4        hole: recipe, alternative 0, place 0  <- slider 0
 *
 * Whatever may be switched (expression, background, content) is a list of alternatives with the
 * slider that picks one, -1 where there is only one. A Figure owns all it points to. */
#ifndef APP_TUTOR_FIGURE_H
#define APP_TUTOR_FIGURE_H

#include "engine/pattern.h"

typedef struct {
    char  *name;  /* short, for commands and records: the parameter's, "stride.s" where two share it */
    char  *label; /* for people: "window w" */
    bool   real;  /* moves by a twentieth of its range; else by one */
    double min, max, start;
    char **option; /* at.options: its labels; the value is the index, 0 .. options-1 */
    int    options;
} Slider;

typedef enum { SIDE_SPARSE, SIDE_OTHER, SIDES } Side; /* the pattern itself; what it is compared with */

typedef struct {
    Side side;
    int  alternative, place, slider;
} Hole;

typedef enum { CONTENT_NONE, CONTENT_WORDS, CONTENT_TOY, CONTENT_SCORES } ContentKind;

typedef struct {
    ContentKind kind;
    char       *text;  /* words: given text; NULL: dealt from the seed */
    uint64_t    seed;
    int64_t     n;     /* words: how many; 0: the figure's n */
    Toy         toy;
    int         d;
    double     *score; /* scores of the last row */
    int64_t     scores;
} Content;

/* name, number of its key, word, help; the numbers stay what they are when views are added */
#define VIEW_LIST(X)                                                                              \
    X(SETS, 1, "sets", "G as marks")                                                              \
    X(WEIGHTS, 2, "weights", "attention weights")                                                 \
    X(DIFFERENCE, 3, "difference", "dense weight that each row loses")                            \
    X(COLUMN, 4, "column", "who reads the key under the cursor")                                  \
    X(COVERAGE, 8, "coverage", "weights of a row, largest first, with their sum")

typedef enum {
#define VIEW_ENUM(name, number, word, help) VIEW_##name,
    VIEW_LIST(VIEW_ENUM)
#undef VIEW_ENUM
    VIEWS
} View;

enum { TOOL_SHUFFLE = 1, TOOL_LONGER = 2 };                                /* Figure.tools, require */
enum { HIDE_RULE = 1, HIDE_ROW = 2, HIDE_COUNTS = 4, HIDE_LEGEND = 8, HIDE_WORDS = 16 }; /* Figure.hide */

/* name, word */
#define GAUGE_LIST(X)                                                                             \
    X(COUNT, "count")                                                                             \
    X(TOTAL, "total")                                                                             \
    X(DENSITY, "density")                                                                         \
    X(MAX_ROW, "max_row")                                                                         \
    X(READERS, "readers")                                                                         \
    X(KEPT, "kept")                                                                               \
    X(ERROR, "error")                                                                             \
    X(CLASS, "class")

typedef enum {
#define GAUGE_ENUM(name, word) GAUGE_##name,
    GAUGE_LIST(GAUGE_ENUM)
#undef GAUGE_ENUM
    GAUGES
} Gauge;

typedef struct {
    Recipe *alternative;
    int     alternatives;
    int     slider;
} Choices;

typedef enum { COMPARE_NONE, COMPARE_DENSE, COMPARE_RECIPE } Compare;

typedef struct Figure {
    int64_t    n;
    int        n_slider; /* -1: fixed */
    Choices    recipe[SIDES]; /* of SIDE_OTHER: with COMPARE_RECIPE the lesson's, with DENSE `full` */
    Compare    compare;
    Background background[2];
    int        backgrounds, background_slider;
    Content   *content;
    int        contents, content_slider; /* contents 0: none */
    View       view;
    int64_t    row; /* where the cursor starts; -1: the last */
    unsigned   tools, hide;
    Gauge      gauge[GAUGES];
    int        gauges;
    char      *alt; /* NULL: made from the rule */
    Slider    *slider;
    int        sliders;
    Hole      *hole;
    int        holes;
} Figure;

void figure_free(Figure *f); /* NULL is fine */

const char *view_word(View v);
bool        view_find(const char *word, View *out);
int         view_number(View v);
bool        view_numbered(long long number, View *out); /* false: no view has it */
bool        view_weighs(View v); /* shows weights: only over content */
const char *view_words(void);    /* "sets, weights, ...", all of them */
const char *gauge_word(Gauge g);
bool        gauge_find(const char *word, Gauge *out);
bool        tool_find(const char *word, unsigned *out);
bool        hide_find(const char *word, unsigned *out);

#endif
