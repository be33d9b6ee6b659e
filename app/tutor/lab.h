/* lab.h - a figure that lives: slider positions, cursor, probes, and the patterns bound to them.
 *
 * Always: pattern[] and the numbers below belong to the slider values and content of this moment.
 * A key at n tokens costs one rebinding; dense weights are kept until content or n change.
 * Views read a const Lab; nothing here draws. */
#ifndef APP_TUTOR_LAB_H
#define APP_TUTOR_LAB_H

#include "app/tutor/figure.h"
#include "app/tutor/grid.h"

enum { LAB_LOG = 64, LAB_LIMIT = 1 << 20 }; /* experiments remembered; tokens of a positional figure */

/* How a weight becomes a place on the ramp: name, word */
#define SCALE_LIST(X)                                                                             \
    X(RAW, "raw")          /* itself */                                                           \
    X(ROW_MAX, "row max")  /* divided by the largest of its row */                                \
    X(ROW_RANK, "row rank") /* share of the row's weights that are not larger */                  \
    X(LOG, "log")          /* 1 + log10(weight) / 4, not below 0 */

typedef enum {
#define SCALE_ENUM(name, word) SCALE_##name,
    SCALE_LIST(SCALE_ENUM)
#undef SCALE_ENUM
    SCALES
} Scale;

enum { SCALE_DECADES = 4 }; /* SCALE_LOG shows 0.0001 to 1 */

const char *scale_word(Scale s);
float       scale_log(float weight); /* SCALE_LOG's place on the ramp */

typedef struct {
    unsigned tool;    /* TOOL_SHUFFLE or TOOL_LONGER */
    int      arg;     /* longer: +1, shorter: -1 */
    int64_t  n;       /* tokens afterwards */
    int64_t  changed, cells; /* cells of G that changed, of those that both texts have */
} Experiment;

/* Cells of the pattern in each block of a picture. */
typedef struct {
    GridSpec spec;
    int64_t *cells; /* spec.rows x spec.columns, owned */
    int      cap;
    bool     counted; /* for this spec and the pattern of this moment */
} LabBlocks;

enum { LAB_PINS = 2 };

#define LAB_TARGET 0.9 /* view coverage: the share of the weight that some keys carry */

/* A cell to compare with. Its numbers belong to the pattern of this moment. */
typedef struct {
    int64_t row, key;
    bool    scored;         /* by the pattern itself */
    double  weight[SIDES];  /* NaN without content or without that side */
    double  dense;          /* NaN without content */
} LabPin;

typedef struct Lab {
    const Figure *figure; /* borrowed */
    double       *value;  /* one a slider */
    int           slider; /* the one `less` and `more` move; -1: none */
    int64_t       n;
    Background    background;
    int64_t       row, key; /* cursor (i, j) */
    LabPin        pin[LAB_PINS];    /* the older first */
    int           pins;
    View          view;
    View          view_below;       /* what a view's own letter goes back to */
    Scale         scale;
    char        **token; /* the words, NULL without words; owned */
    int64_t       tokens;
    uint64_t      deal;  /* how many times words were dealt anew */
    Problem       problem; /* n 0: no content */
    Recipe        recipe[SIDES];
    Pattern      *pattern[SIDES]; /* SIDE_OTHER: NULL without compare */
    float        *dense;          /* (n, n) dense weights of the background; NULL without content */
    float        *row_weight[SIDES]; /* (n) weights of the row under the cursor; NULL without content */
    Runs          set[SIDES];     /* G of the row under the cursor */
    Runs          before;         /* what it was before the last probe */
    bool          has_before;
    Runs         *row_before;     /* the rows before the last probe, n_before of them; NULL: none */
    int64_t       n_before;
    Experiment    log[LAB_LOG];
    int           experiments; /* made; the last LAB_LOG are kept */
    unsigned      used;        /* tools used since the question was dealt */
    Runs          missed, surplus; /* marks in mark_row */
    int64_t       mark_row;        /* -1: none */
    Runs          paint;           /* keys painted in the row */
    bool          painting;        /* the figure's row is the answer */
    int64_t       paint_from;      /* begun run, -1: none */
    unsigned      shown;           /* HIDE_ bits that are released (after the answer) */
    int64_t       total[SIDES], allowed;
    int64_t       max_row, readers; /* largest row; queries that read the key under the cursor (gauges) */
    Grid          grid[SIDES];     /* as last filled, for the views */
    LabBlocks     blocks[SIDES];   /* of the last picture of densities */
    LabBlocks     degrees[SIDES];  /* view column: one row, queries that read the keys of each entry */
    Runs          column[SIDES];   /* view column: the queries that read column_key */
    int64_t       column_key[SIDES]; /* -1: column belongs to no key of this moment */
    Runs          work, work2;     /* rooms for sets in between */
    float        *work_weight;     /* (n) */
    float        *work_rank;       /* (n) the shown weights of a row, ascending */
    float        *kept[SIDES], *most[SIDES]; /* (n) of each row: kept mass, largest dense weight inside G */
    int64_t      *order[SIDES];    /* (n) view coverage: keys of the row, largest weight first */
    int64_t       ordered[SIDES];  /* how many */
    bool          measured[SIDES]; /* those two belong to the pattern of this moment */
} Lab;

/* out is {0}. The figure is borrowed until lab_done. */
Status lab_open(Lab *out, const Figure *figure, Why *why) MUST_USE;
void   lab_done(Lab *lab);

/* questions */
bool   lab_hides(const Lab *lab, unsigned what); /* HIDE_ bit, unless shown */
bool   lab_hides_row(const Lab *lab, int64_t i); /* the figure's row, while the question hides it */
bool   lab_has_words(const Lab *lab);
double lab_kept(const Lab *lab, int64_t i);   /* dense weight inside G_i; NaN without content */
double lab_weight(const Lab *lab, Side side, int64_t i, int64_t j); /* 0 outside G; NaN without content */
double lab_dense(const Lab *lab, int64_t i, int64_t j); /* dense weight; NaN without content */
/* Weights are shown: the view is one of them, and there is content. */
bool   lab_weighs(const Lab *lab);
/* This side shows what is lost instead of what is kept. */
bool   lab_loses(const Lab *lab, Side side);
/* The weight of key j in the row under the cursor that the view shows on this side; false: none. */
bool   lab_shows_weight(const Lab *lab, Side side, int64_t j, float *out);
/* SCALE_ROW_RANK's place on the ramp of a weight of that row. */
float  lab_rank(const Lab *lab, Side side, float weight);
/* What SCALE_ROW_MAX divides the weights of that row by: the larger maximum of the two sides, in
 * view difference that of the dense weights as well. */
float  lab_row_most(const Lab *lab);
/* View coverage: how many of the largest weights of the row sum to LAB_TARGET; the place of the key
 * under the cursor among them from 0, -1: not in G. */
int64_t lab_carriers(const Lab *lab, Side side);
int64_t lab_place(const Lab *lab, Side side);
/* A gauge's value in words and numbers: "6 of 13 keys". As snprintf. */
size_t lab_gauge(const Lab *lab, Gauge gauge, char *out, size_t size);
/* "G_12 = {0-1, 9-12}", "G_12 = {}" cut with "..." at columns. As snprintf. */
size_t lab_set_text(const Lab *lab, Side side, char *out, size_t size);
size_t lab_expression(const Lab *lab, Side side, char *out, size_t size); /* canonical spelling, "dense" for that */
size_t lab_experiment_text(const Lab *lab, const Experiment *e, char *out, size_t size);
int    lab_log_size(const Lab *lab);
const Experiment *lab_log_at(const Lab *lab, int k); /* 0 is the oldest kept */

/* changes; each leaves the lab whole if it fails */
Status lab_slide(Lab *lab, int slider, double value, bool *changed, Why *why) MUST_USE;
void   lab_move(Lab *lab, int64_t di, int64_t dj); /* cursor, clamped to the background */
void   lab_go(Lab *lab, int64_t i, int64_t j);
Status lab_shuffle(Lab *lab, Why *why) MUST_USE;
Status lab_lengthen(Lab *lab, int direction, Why *why) MUST_USE; /* by a quarter, 1 or -1 */
void   lab_order(Lab *lab, Side side); /* order[side] anew */
/* View coverage: cursor to the key so many places further on in the order. */
void   lab_move_place(Lab *lab, Side side, int64_t by);
void   lab_pin(Lab *lab); /* the cell under the cursor: pinned, in place of the older of two, or no longer */
void   lab_mark(Lab *lab, int64_t row, const Runs *missed, const Runs *surplus); /* copies; NULL: none */

/* Fills grid[side] for the entries that a view is going to draw. Weights are scaled by the larger
 * row maximum of the two sides (SCALE_ROW_MAX), so that growth shows; in blocks an entry has the
 * largest weight, as scaled, or the density with its ramp: linear while the least density above 0 in
 * view is at least 1/16, else 1 - ln d / ln least. View column: value 1 where the key under the
 * cursor is read, 0 in the rest of G; column[side] and degrees[side] are filled too. */
Status lab_fill(Lab *lab, Side side, GridSpec spec) MUST_USE;

/* The names and values that a place record holds, and putting them back; unknown names are passed
 * over. take(name, value) is called for each slider, row, view, n. */
void   lab_state(const Lab *lab, void (*take)(void *context, const char *name, double value), void *context);
Status lab_restore(Lab *lab, const char *name, double value, Why *why) MUST_USE;

#endif
