#include "app/tutor/grid.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

Status grid_size(Grid *g, GridSpec spec)
{
    int cells = spec.rows * spec.columns;
    if (cells > g->cap) {
        GridCell *cell = realloc(g->cell, (size_t)cells * sizeof *cell);
        if (!cell) return STATUS_MEMORY;
        g->cell = cell;
        g->cap = cells;
    }
    if (spec.rows > g->empty_cap) {
        unsigned char *empty = realloc(g->empty, (size_t)spec.rows);
        if (!empty) return STATUS_MEMORY;
        g->empty = empty;
        g->empty_cap = spec.rows;
    }
    g->spec = spec;
    g->logarithmic = false;
    g->least = 0;
    if (cells > 0) memset(g->cell, 0, (size_t)cells * sizeof *g->cell);
    if (spec.rows > 0) memset(g->empty, 0, (size_t)spec.rows);
    return STATUS_OK;
}

void grid_done(Grid *g)
{
    free(g->cell);
    free(g->empty);
    *g = (Grid){0};
}

const GridCell *grid_cell(const Grid *g, int row, int column)
{
    assert(row >= 0 && row < g->spec.rows && column >= 0 && column < g->spec.columns);
    return &g->cell[row * g->spec.columns + column];
}
