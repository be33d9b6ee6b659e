/* layout.h - where everything stands at a size.
 *
 *      W  200x50   text 60 | figure | figure          below both: a strip of 11 rows
 *      M  110x30   text 34 or more | one or two figures of their wanted width
 *      S   80x24   text | one figure of 38 columns, more when the text has its 72
 *      N   60x16   one pane at a time, with rules
 *      XS  40x12   one pane at a time, title and hints only
 *
 * The class is the largest whose width and height are both there. A pure function of size, session
 * and what the terminal can show; it looks at no cell of a figure. */
#ifndef APP_VIEW_LAYOUT_H
#define APP_VIEW_LAYOUT_H

#include "app/canvas/rect.h"
#include "app/tutor/session.h"

typedef enum { CLASS_NONE, CLASS_XS, CLASS_N, CLASS_S, CLASS_M, CLASS_W } LayoutClass;

/* X 4 columns x 2 rows with the weight in it; L 2 columns x 1 row; P blocks in half a row; GLYPHS
 * blocks of k x 2k in one row. */
typedef enum { MODE_X, MODE_L, MODE_P, MODE_GLYPHS } CellMode;

typedef struct {
    CellMode mode;
    int64_t  k_rows, k_columns; /* tokens of one entry; 1 in X and L */
    int      label;             /* columns of row mark and labels */
} CellFit;

typedef struct {
    bool     on;
    CellFit  fit;
    GridSpec spec;
    Rect     pane;
    int      heading;  /* row of the heading, -1: none */
    int      axis;     /* row of the axis */
    int      words;    /* columns for the words of the row labels, 0 or 9 */
    bool     margin;   /* view difference: MARGIN columns right of the cells */
    Rect     cells;
    int      ribbon;   /* row of the ribbon's first tick line, -1: none */
    int      ribbon_lines, ribbon_keys; /* lines of two rows, keys a line */
} FigurePlan;

typedef struct {
    LayoutClass class;
    bool        alone;    /* the Figure layer */
    bool        in_turn;  /* one pane at a time */
    bool        control_pane; /* in turn: the text pane holds the controls */
    Rect        title, hints;
    int         rule_top, rule_low; /* rows; -1: none */
    Rect        body;
    Rect        text;     /* w 0: none */
    int         bar[SIDES], bars; /* columns of the bars between panes */
    int         bar_rows;         /* they stand from body.y on */
    Rect        figures;  /* all figure panes; w 0: none */
    int         below;    /* first row under matrices and ribbons */
    FigurePlan  figure[SIDES];
    int         shown;    /* figures on the screen */
    Side        single;   /* the one, if shown is 1 */
    Rect        strip;    /* W: the rows over the full width */
    int         strip_rule;
    Rect        panel;    /* beside a matrix that stands alone */
    Rect        controls; /* the row of sliders of the Figure layer */
} Layout;

LayoutClass layout_class(int columns, int rows);
/* How n tokens are drawn in `columns` with `rows` rows left for cells; half blocks need `halves`;
 * in panes in turn (tall) rows are panned, so that L fits as soon as its columns do. */
CellFit layout_cells(int64_t n, int columns, int rows, bool halves, bool tall);
void    layout_make(const Session *s, int columns, int rows, bool halves, Layout *out);

#endif
