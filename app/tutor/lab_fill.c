/* lab_fill.c - the grids of a lab: what each entry of the picture shows. */
#include "app/tutor/lab.h"
#include "engine/attention.h"

#include <math.h>
#include <stdlib.h>

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

static const float NO_KEYS = -1; /* stands for the largest weight of an empty row */

/* Sum and largest of the dense weights of a run. Four sums side by side: one alone would wait for
 * itself at every step. */
static void fill_run(const float *dense, Run run, double *sum, float *most)
{
    double  a[4] = {0, 0, 0, 0};
    float   m[4] = {0, 0, 0, 0};
    int64_t j = run.lo;
    for (; j + 4 <= run.hi; j += 4)
        for (int k = 0; k < 4; k++) {
            a[k] += (double)dense[j + k];
            m[k] = dense[j + k] > m[k] ? dense[j + k] : m[k];
        }
    for (; j < run.hi; j++) {
        a[0] += (double)dense[j];
        m[0] = dense[j] > m[0] ? dense[j] : m[0];
    }
    *sum += a[0] + a[1] + a[2] + a[3];
    for (int k = 0; k < 4; k++) *most = m[k] > *most ? m[k] : *most;
}

/* Kept mass and largest weight of every row of a side: once for each pattern. */
static Status fill_measure(Lab *lab, Side side)
{
    if (!lab->pattern[side] || lab->measured[side]) return STATUS_OK;
    for (int64_t i = 0; i < lab->n; i++) {
        double kept = 0;
        float  most = 0;
        Status status = pattern_row(lab->pattern[side], i, &lab->work2);
        if (status != STATUS_OK) return status;
        for (int r = 0; r < lab->work2.len; r++)
            fill_run(lab->dense + i * lab->n, lab->work2.run[r], &kept, &most);
        lab->kept[side][i] = (float)kept;
        lab->most[side][i] = lab->work2.len > 0 ? most : NO_KEYS;
    }
    lab->measured[side] = true;
    return STATUS_OK;
}

/* So little kept that dense / kept(i) has lost its figures: the softmax over G itself is needed. */
static bool fill_vanishing(const Lab *lab, Side side, int64_t i)
{
    return !(lab->kept[side][i] > 1e-6f);
}

/* What weights of row i are divided by for the ramp: the larger row maximum of the sides. */
static float fill_scale(const Lab *lab, int64_t i)
{
    float largest = 0;
    if (lab->scale == SCALE_RAW) return 1;
    for (int side = 0; side < SIDES; side++) {
        if (!lab->pattern[side] || lab->most[side][i] == NO_KEYS) continue;
        float most =
            fill_vanishing(lab, (Side)side, i) ? 1 : lab->most[side][i] / lab->kept[side][i];
        if (most > largest) largest = most;
    }
    return largest > 0 ? largest : 1;
}

/* G_i into lab->work, and into lab->work_weight its weights: dense / kept(i), which is the softmax
 * over G. */
static Status fill_row(Lab *lab, Side side, int64_t i)
{
    Status status = pattern_row(lab->pattern[side], i, &lab->work);
    if (status != STATUS_OK || !fill_weights(lab)) return status;
    if (fill_vanishing(lab, side, i))
        return attention_row(&lab->problem, lab->pattern[side], i, &lab->work, lab->work_weight,
                             NULL, NULL);
    const float *dense = lab->dense + i * lab->n;
    float        factor = 1 / lab->kept[side][i];
    for (int r = 0; r < lab->work.len; r++)
        for (int64_t j = lab->work.run[r].lo; j < lab->work.run[r].hi; j++)
            lab->work_weight[j] = dense[j] * factor;
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
    if (status != STATUS_OK) return status;
    float scale = fill_weights(lab) ? fill_scale(lab, i) : 1;
    bool  hidden = side == SIDE_SPARSE && lab_hides_row(lab, i);
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

/* One row of the pattern in blocks: its weights are weight[j] * factor. */
typedef struct {
    const float *weight;
    float        factor;
} BlockRow;

/* Adds the keys lo .. hi-1 of a row to the entries of its grid row. */
static void fill_block_run(Grid *g, int row, int64_t lo, int64_t hi, BlockRow source)
{
    int64_t k = g->spec.k_columns, j0 = g->spec.j0;
    hi = least(hi, j0 + k * g->spec.columns);
    if (lo < j0) lo = j0;
    while (lo < hi) {
        int64_t   column = (lo - j0) / k;
        int64_t   end = least(hi, j0 + (column + 1) * k);
        GridCell *cell = &g->cell[row * g->spec.columns + (int)column];
        double    sum = 0;
        float     most = 0;
        cell->kind = GRID_SCORED;
        fill_run(source.weight, (Run){lo, end}, &sum, &most);
        cell->raw = fmaxf(cell->raw, most * source.factor);
        lo = end;
    }
}

/* Rows that a question hides take no part in a block. */
static bool fill_left_out(const Lab *lab, Side side, int64_t i)
{
    return side == SIDE_SPARSE && lab_hides_row(lab, i);
}

/* The row of the blocks that is left out, if it is one of i .. i_end-1; else -1. */
static int64_t fill_row_left_out(const Lab *lab, Side side, int64_t i, int64_t i_end)
{
    int64_t row = lab->figure->row < 0 ? lab->n - 1 : lab->figure->row;
    return row >= i && row < i_end && fill_left_out(lab, side, row) ? row : -1;
}

/* 1 + 2 + ... + x; 0 below. */
static int64_t fill_triangle(int64_t x)
{
    return x > 0 ? pattern_allowed(x, BACKGROUND_CAUSAL) : 0;
}

/* Cells of queries i .. i_end-1 and keys j .. j_end-1 that the background allows. */
static int64_t fill_cells(const Lab *lab, int64_t i, int64_t i_end, int64_t j, int64_t j_end)
{
    if (i >= i_end || j >= j_end) return 0;
    if (lab->background == BACKGROUND_BIDIRECTIONAL) return (i_end - i) * (j_end - j);
    return fill_triangle(i_end - j) - fill_triangle(i - j) - fill_triangle(i_end - j_end) +
           fill_triangle(i - j_end);
}

static int64_t fill_block_allowed(const Lab *lab, Side side, int64_t i, int64_t i_end, int64_t j,
                                  int64_t j_end)
{
    int64_t row = fill_row_left_out(lab, side, i, i_end),
            cells = fill_cells(lab, i, i_end, j, j_end);
    return row < 0 ? cells : cells - fill_cells(lab, row, row + 1, j, j_end);
}

/* Where the row's scaled weights come from: dense ones and one factor, or the softmax over G. */
static Status fill_block_source(Lab *lab, Side side, int64_t i, BlockRow *out)
{
    if (fill_vanishing(lab, side, i)) {
        *out = (BlockRow){lab->work_weight, 1 / fill_scale(lab, i)};
        return fill_row(lab, side, i);
    }
    *out = (BlockRow){lab->dense + i * lab->n, 1 / (lab->kept[side][i] * fill_scale(lab, i))};
    return pattern_row(lab->pattern[side], i, &lab->work);
}

static Status fill_block_row(Lab *lab, Side side, Grid *g, int row)
{
    int64_t i = g->spec.i0 + row * g->spec.k_rows, end = least(i + g->spec.k_rows, lab->n);
    for (int64_t q = i; q < end; q++) {
        BlockRow source;
        if (fill_left_out(lab, side, q)) continue;
        Status status = fill_block_source(lab, side, q, &source);
        if (status != STATUS_OK) return status;
        for (int r = 0; r < lab->work.len; r++)
            fill_block_run(g, row, lab->work.run[r].lo, lab->work.run[r].hi, source);
    }
    for (int c = 0; c < g->spec.columns; c++) {
        GridCell *cell = &g->cell[row * g->spec.columns + c];
        int64_t   j = g->spec.j0 + c * g->spec.k_columns;
        int64_t   allowed =
            fill_block_allowed(lab, side, i, end, j, least(j + g->spec.k_columns, lab->n));
        if (cell->kind == GRID_OUTSIDE && allowed > 0) cell->kind = GRID_SKIPPED;
    }
    return STATUS_OK;
}

/* Counted once for a pattern and what the view shows of it: a frame like the one before costs and
 * allocates nothing. */
static Status fill_count(Lab *lab, Side side, GridSpec spec)
{
    LabBlocks *blocks = &lab->blocks[side];
    int        size = spec.rows * spec.columns;
    bool       same = blocks->spec.i0 == spec.i0 && blocks->spec.j0 == spec.j0 &&
                blocks->spec.rows == spec.rows && blocks->spec.columns == spec.columns &&
                blocks->spec.k_rows == spec.k_rows && blocks->spec.k_columns == spec.k_columns;
    if (blocks->counted && same) return STATUS_OK;
    if (size > blocks->cap) {
        int64_t *cells = realloc(blocks->cells, (size_t)size * sizeof *cells);
        if (!cells) return STATUS_MEMORY;
        blocks->cells = cells;
        blocks->cap = size;
    }
    BlockGrid grid = {spec.i0, spec.k_rows, spec.j0, spec.k_columns, spec.rows, spec.columns};
    Status    status =
        size > 0 ? pattern_block_counts(lab->pattern[side], grid, blocks->cells) : STATUS_OK;
    blocks->spec = spec;
    blocks->counted = status == STATUS_OK;
    return status;
}

static Status fill_density_row(Lab *lab, Side side, Grid *g, int row)
{
    int64_t i = g->spec.i0 + row * g->spec.k_rows, end = least(i + g->spec.k_rows, lab->n);
    int64_t left_out = fill_row_left_out(lab, side, i, end);
    Status  status =
        left_out < 0 ? STATUS_OK : pattern_row(lab->pattern[side], left_out, &lab->work);
    for (int c = 0; c < g->spec.columns && status == STATUS_OK; c++) {
        GridCell *cell = &g->cell[row * g->spec.columns + c];
        int64_t   j = g->spec.j0 + c * g->spec.k_columns,
                j_end = least(j + g->spec.k_columns, lab->n);
        int64_t allowed = fill_block_allowed(lab, side, i, end, j, j_end);
        int64_t cells = lab->blocks[side].cells[row * g->spec.columns + c];
        if (left_out >= 0 && j < j_end) cells -= runs_count_in(&lab->work, j, j_end);
        if (allowed > 0) cell->kind = cells > 0 ? GRID_SCORED : GRID_SKIPPED;
        if (cells > 0) cell->raw = (float)((double)cells / (double)allowed);
    }
    return status;
}

/* Ramp values of the densities, or of the weights as they are. */
static void fill_block_ramp(const Lab *lab, Grid *g)
{
    int cells = g->spec.rows * g->spec.columns;
    g->least = 1;
    for (int k = 0; k < cells; k++)
        if (g->cell[k].kind == GRID_SCORED && (double)g->cell[k].raw < g->least)
            g->least = (double)g->cell[k].raw;
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
    for (int k = 0; k < SIDES && fill_weights(lab) && status == STATUS_OK; k++)
        status = fill_measure(lab, (Side)k);
    bool densities = !single && !fill_weights(lab);
    if (densities && status == STATUS_OK) status = fill_count(lab, side, spec);
    for (int row = 0; row < spec.rows && status == STATUS_OK; row++) {
        if (single)
            status = fill_single_row(lab, side, g, row);
        else
            status =
                densities ? fill_density_row(lab, side, g, row) : fill_block_row(lab, side, g, row);
    }
    if (status == STATUS_OK && !single) fill_block_ramp(lab, g);
    return status;
}
