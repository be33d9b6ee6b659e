/* lab_fill.c - the grids of a lab: what each entry of the picture shows. */
#include "app/tutor/lab.h"
#include "engine/attention.h"
#include "engine/compare.h"

#include <math.h>
#include <string.h>

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Keys of query i that the background allows: 0 .. this-1. */
static int64_t fill_allowed(const Lab *lab, int64_t i)
{
    return lab->background == BACKGROUND_CAUSAL ? i + 1 : lab->n;
}

static bool fill_weights(const Lab *lab)
{
    return lab->view == VIEW_WEIGHTS && lab->dense;
}

/* What weights of row i are divided by for the ramp: the larger row maximum of the sides. */
static Status fill_scale(Lab *lab, int64_t i, float *out)
{
    *out = 1;
    if (lab->scale == SCALE_RAW) return STATUS_OK;
    const float *dense = lab->dense + i * lab->n;
    float        largest = 0;
    for (int side = 0; side < SIDES; side++) {
        if (!lab->pattern[side]) continue;
        Status status = pattern_row(lab->pattern[side], i, &lab->work2);
        if (status != STATUS_OK) return status;
        double kept = compare_kept(dense, &lab->work2);
        float  most = 0;
        for (int r = 0; r < lab->work2.len; r++)
            for (int64_t j = lab->work2.run[r].lo; j < lab->work2.run[r].hi; j++) most = fmaxf(most, dense[j]);
        if (kept > 0) largest = fmaxf(largest, (float)((double)most / kept));
    }
    *out = largest > 0 ? largest : 1;
    return STATUS_OK;
}

/* G_i into lab->work, and into lab->work_weight its weights: dense / kept(i), which is the softmax
 * over G; where so little is kept that the quotient loses its figures, the softmax itself. */
static Status fill_row(Lab *lab, Side side, int64_t i)
{
    Status status = pattern_row(lab->pattern[side], i, &lab->work);
    if (status != STATUS_OK || !fill_weights(lab)) return status;
    const float *dense = lab->dense + i * lab->n;
    double       kept = compare_kept(dense, &lab->work);
    if (!(kept > 1e-6))
        return attention_row(&lab->problem, lab->pattern[side], i, &lab->work, lab->work_weight, NULL, NULL);
    float factor = (float)(1 / kept);
    for (int r = 0; r < lab->work.len; r++)
        for (int64_t j = lab->work.run[r].lo; j < lab->work.run[r].hi; j++) lab->work_weight[j] = dense[j] * factor;
    return STATUS_OK;
}

/* ---- single entries ---------------------------------------------------------------------- */

static unsigned fill_flags(const Lab *lab, Side side, int64_t i, int64_t j, bool scored)
{
    if (side != SIDE_SPARSE) return 0;
    unsigned flags = 0;
    if (lab->row_before && i < lab->n_before && j < lab->n_before && !lab_hides_row(lab, i)) {
        bool was = runs_has(&lab->row_before[i], j);
        if (was != scored) flags |= scored ? GRID_NEW : GRID_GONE;
    }
    if (i == lab->mark_row) {
        if (runs_has(&lab->missed, j)) flags |= GRID_MISSED;
        if (runs_has(&lab->surplus, j)) flags |= GRID_SURPLUS;
    }
    if (lab->painting && lab_hides_row(lab, i) && runs_has(&lab->paint, j)) flags |= GRID_PAINTED;
    return flags;
}

static Status fill_single_row(Lab *lab, Side side, Grid *g, int row)
{
    int64_t i = g->spec.i0 + row;
    if (i >= lab->n) return STATUS_OK;
    Status status = fill_row(lab, side, i);
    float  scale = 1;
    if (status == STATUS_OK && fill_weights(lab)) status = fill_scale(lab, i, &scale);
    if (status != STATUS_OK) return status;
    bool hidden = side == SIDE_SPARSE && lab_hides_row(lab, i);
    g->empty[row] = lab->work.len == 0 && !hidden;
    int64_t last = least(fill_allowed(lab, i), g->spec.j0 + g->spec.columns);
    for (int64_t j = g->spec.j0; j < last; j++) {
        GridCell *cell = &g->cell[row * g->spec.columns + (int)(j - g->spec.j0)];
        bool      scored = runs_has(&lab->work, j);
        cell->kind = hidden ? GRID_HIDDEN : scored ? GRID_SCORED : GRID_SKIPPED;
        cell->flags = fill_flags(lab, side, i, j, scored);
        if (cell->kind != GRID_SCORED) continue;
        cell->raw = fill_weights(lab) ? lab->work_weight[j] : 1;
        cell->value = fminf(1, cell->raw / scale);
    }
    return STATUS_OK;
}

/* ---- blocks ------------------------------------------------------------------------------ */

/* Adds what row i holds of the keys lo .. hi-1 to the entries of its grid row. */
static void fill_block_run(const Lab *lab, Grid *g, int row, int64_t lo, int64_t hi, float scale)
{
    int64_t k = g->spec.k_columns, j0 = g->spec.j0;
    hi = least(hi, j0 + k * g->spec.columns);
    if (lo < j0) lo = j0;
    while (lo < hi) {
        int64_t   column = (lo - j0) / k;
        int64_t   end = least(hi, j0 + (column + 1) * k);
        GridCell *cell = &g->cell[row * g->spec.columns + (int)column];
        cell->kind = GRID_SCORED;
        if (!fill_weights(lab)) cell->raw += (float)(end - lo);
        else
            for (int64_t j = lo; j < end; j++) cell->raw = fmaxf(cell->raw, lab->work_weight[j] / scale);
        lo = end;
    }
}

/* Cells of queries i .. i_end-1 and keys j .. j_end-1 that the background allows. */
static int64_t fill_block_allowed(const Lab *lab, int64_t i, int64_t i_end, int64_t j, int64_t j_end)
{
    i_end = least(i_end, lab->n);
    j_end = least(j_end, lab->n);
    if (i >= i_end || j >= j_end) return 0;
    if (lab->background == BACKGROUND_BIDIRECTIONAL) return (i_end - i) * (j_end - j);
    int64_t cells = 0;
    for (; i < i_end; i++)
        if (i >= j) cells += least(i + 1, j_end) - j;
    return cells;
}

static Status fill_block_row(Lab *lab, Side side, Grid *g, int row)
{
    int64_t i = g->spec.i0 + row * g->spec.k_rows, end = least(i + g->spec.k_rows, lab->n);
    for (int64_t q = i; q < end; q++) {
        Status status = fill_row(lab, side, q);
        float  scale = 1;
        if (status == STATUS_OK && fill_weights(lab)) status = fill_scale(lab, q, &scale);
        if (status != STATUS_OK) return status;
        for (int r = 0; r < lab->work.len; r++)
            fill_block_run(lab, g, row, lab->work.run[r].lo, lab->work.run[r].hi, scale);
    }
    for (int c = 0; c < g->spec.columns; c++) {
        GridCell *cell = &g->cell[row * g->spec.columns + c];
        int64_t   j = g->spec.j0 + c * g->spec.k_columns;
        int64_t   allowed = fill_block_allowed(lab, i, end, j, j + g->spec.k_columns);
        if (cell->kind == GRID_OUTSIDE && allowed > 0) cell->kind = GRID_SKIPPED;
        if (cell->kind == GRID_SCORED && !fill_weights(lab)) cell->raw /= (float)allowed;
    }
    return STATUS_OK;
}

/* Ramp values of the densities, or of the weights as they are. */
static void fill_block_ramp(const Lab *lab, Grid *g)
{
    int cells = g->spec.rows * g->spec.columns;
    g->least = 1;
    for (int k = 0; k < cells; k++)
        if (g->cell[k].kind == GRID_SCORED && (double)g->cell[k].raw < g->least) g->least = (double)g->cell[k].raw;
    g->logarithmic = !fill_weights(lab) && g->least < 1.0 / 16;
    for (int k = 0; k < cells; k++) {
        GridCell *cell = &g->cell[k];
        if (cell->kind != GRID_SCORED) continue;
        cell->value = cell->raw;
        if (g->logarithmic) cell->value = (float)(1 - log((double)cell->raw) / log(g->least));
        cell->value = fminf(1, fmaxf(0, cell->value));
    }
}

Status lab_fill(Lab *lab, Side side, GridSpec spec)
{
    Grid  *g = &lab->grid[side];
    Status status = grid_size(g, spec);
    bool   single = spec.k_rows == 1 && spec.k_columns == 1;
    if (!lab->pattern[side]) return status;
    for (int row = 0; row < spec.rows && status == STATUS_OK; row++)
        status = single ? fill_single_row(lab, side, g, row) : fill_block_row(lab, side, g, row);
    if (status == STATUS_OK && !single) fill_block_ramp(lab, g);
    return status;
}
