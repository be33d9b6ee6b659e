/* grid.h - what one matrix shows at the moment, cell by cell, for a view to draw.
 *
 * A grid covers `rows` x `columns` entries from query i0 and key j0 on; one entry is k_rows queries
 * times k_columns keys (1 x 1 unless the figure is drawn in blocks). The last entries may be short.
 * A Grid owns its cells and keeps them while it does not grow. */
#ifndef APP_TUTOR_GRID_H
#define APP_TUTOR_GRID_H

#include "engine/status.h"

#include <stdbool.h>

typedef enum {
    GRID_OUTSIDE, /* not allowed by the background (future), or past n */
    GRID_SKIPPED, /* allowed, not in G: never scored */
    GRID_SCORED,  /* in G; value is its weight or density. In view difference: lost, value is what */
    GRID_KEPT,    /* view difference: in G */
    GRID_HIDDEN   /* the question does not show it yet */
} GridKind;

enum { GRID_NEW = 1, GRID_GONE = 2, GRID_MISSED = 4, GRID_SURPLUS = 8, GRID_PAINTED = 16 };

typedef struct {
    GridKind kind;
    unsigned flags;
    float    value; /* scored: 0 .. 1 as scaled for the ramp; sets: 1, in blocks the density's ramp value */
    float    raw;   /* the weight itself, or the density */
} GridCell;

typedef struct {
    int64_t i0, j0;
    int     rows, columns;
    int64_t k_rows, k_columns;
} GridSpec;

typedef struct {
    GridSpec  spec;
    GridCell *cell; /* row-major */
    int       cap;
    bool      logarithmic; /* blocks: the ramp of densities */
    double    least;       /* blocks: the least density above 0 in view */
    unsigned char *empty;  /* a row: 1 where G_i is empty (k_rows 1) */
    int       empty_cap;
} Grid;

Status          grid_size(Grid *g, GridSpec spec) MUST_USE; /* all outside */
void            grid_done(Grid *g);
const GridCell *grid_cell(const Grid *g, int row, int column);

#endif
