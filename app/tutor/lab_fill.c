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

/* How the weights of one row become places on the ramp. */
typedef struct {
    float   divisor; /* SCALE_ROW_MAX */
    int64_t shown;   /* SCALE_ROW_RANK: weights in lab->work_rank, ascending */
} RowScale;

/* The larger row maximum of the sides; where losses are shown, at least that of the dense row. */
static float fill_divisor(const Lab *lab, int64_t i)
{
    float  largest = 0;
    double sum = 0;
    if (lab_loses(lab, SIDE_SPARSE))
        fill_run(lab->dense + i * lab->n, (Run){0, fill_allowed(lab, i)}, &sum, &largest);
    for (int side = 0; side < SIDES; side++) {
        if (!lab->pattern[side] || lab->most[side][i] == NO_KEYS) continue;
        if (lab_loses(lab, (Side)side)) continue;
        float most =
            fill_vanishing(lab, (Side)side, i) ? 1 : lab->most[side][i] / lab->kept[side][i];
        if (most > largest) largest = most;
    }
    return largest > 0 ? largest : 1;
}

/* Sorts upwards in place: Shell's gaps, no room of its own. */
static void fill_sort(float *a, int64_t n)
{
    int64_t gap = 1;
    while (gap < n / 3) gap = 3 * gap + 1;
    for (; gap > 0; gap /= 3)
        for (int64_t k = gap; k < n; k++) {
            float   x = a[k];
            int64_t at = k;
            for (; at >= gap && a[at - gap] > x; at -= gap) a[at] = a[at - gap];
            a[at] = x;
        }
}

/* The scale of row i, whose shown weights are weight[j] * factor for the keys in lab->work. */
static RowScale fill_scale(Lab *lab, int64_t i, const float *weight, float factor)
{
    RowScale s = {1, 0};
    if (lab->scale == SCALE_ROW_MAX) s.divisor = fill_divisor(lab, i);
    if (lab->scale != SCALE_ROW_RANK) return s;
    for (int r = 0; r < lab->work.len; r++)
        for (int64_t j = lab->work.run[r].lo; j < lab->work.run[r].hi; j++)
            lab->work_rank[s.shown++] = weight[j] * factor;
    fill_sort(lab->work_rank, s.shown);
    return s;
}

/* The share of the row's weights that are not larger. */
static float fill_rank(const Lab *lab, const RowScale *s, float weight)
{
    int64_t lo = 0, hi = s->shown;
    while (lo < hi) {
        int64_t middle = lo + (hi - lo) / 2;
        if (lab->work_rank[middle] <= weight) lo = middle + 1;
        else hi = middle;
    }
    return s->shown > 0 ? (float)lo / (float)s->shown : 0;
}

static float fill_value(const Lab *lab, const RowScale *s, float weight)
{
    switch (lab->scale) {
    case SCALE_RAW: case SCALE_ROW_MAX:
        return fminf(1, weight / s->divisor);
    case SCALE_ROW_RANK:
        return fill_rank(lab, s, weight);
    case SCALE_LOG:
        return scale_log(weight);
    case SCALES:
        break;
    }
    return 0;
}

/* What row i loses: allowed keys that are not in G_i, into lab->work; G_i into lab->work2. */
static Status fill_lost(Lab *lab, int64_t i)
{
    Run    run = {0, fill_allowed(lab, i)};
    Runs   all = {&run, 1, 1};
    Status status = pattern_row(lab->pattern[SIDE_SPARSE], i, &lab->work2);
    return status == STATUS_OK ? runs_minus(&all, &lab->work2, &lab->work) : status;
}

/* The keys that the side shows of row i into lab->work, and into lab->work_weight their weights:
 * dense / kept(i), which is the softmax over G; the dense ones of what is lost. */
static Status fill_row(Lab *lab, Side side, int64_t i)
{
    bool   loses = lab_loses(lab, side);
    Status status = loses ? fill_lost(lab, i) : pattern_row(lab->pattern[side], i, &lab->work);
    if (status != STATUS_OK || !lab_weighs(lab)) return status;
    if (!loses && fill_vanishing(lab, side, i))
        return attention_row(&lab->problem, lab->pattern[side], i, &lab->work, lab->work_weight,
                             NULL, NULL);
    const float *dense = lab->dense + i * lab->n;
    float        factor = loses ? 1 : 1 / lab->kept[side][i];
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
    bool     weighs = lab_weighs(lab), loses = lab_loses(lab, side);
    RowScale scale = {1, 0};
    if (weighs) scale = fill_scale(lab, i, lab->work_weight, 1);
    bool hidden = side == SIDE_SPARSE && lab_hides_row(lab, i);
    g->empty[row] = (loses ? lab->work2.len : lab->work.len) == 0 && !hidden;
    int64_t last = least(fill_allowed(lab, i), g->spec.j0 + g->spec.columns);
    for (int64_t j = g->spec.j0; j < last; j++) {
        GridCell *cell = &g->cell[row * g->spec.columns + (int)(j - g->spec.j0)];
        bool      shown = runs_has(&lab->work, j);
        GridKind  other = loses ? GRID_KEPT : GRID_SKIPPED;
        cell->kind = hidden ? GRID_HIDDEN : shown ? GRID_SCORED : other;
        cell->flags = fill_flags(lab, side, i, j, shown != loses);
        if (cell->kind != GRID_SCORED) continue;
        cell->raw = weighs ? lab->work_weight[j] : 1;
        cell->value = weighs ? fill_value(lab, &scale, cell->raw) : 1;
        if (lab->view == VIEW_COLUMN) cell->value = j == lab->key ? 1 : 0;
    }
    return STATUS_OK;
}

/* ---- blocks ------------------------------------------------------------------------------ */

/* One row of the pattern in blocks: its weights are weight[j] * factor. */
typedef struct {
    const float *weight;
    float        factor;
    RowScale     scale;
} BlockRow;

/* Adds the keys lo .. hi-1 of a row to the entries of its grid row. */
static void fill_block_run(const Lab *lab, Grid *g, int row, int64_t lo, int64_t hi,
                           const BlockRow *source)
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
        fill_run(source->weight, (Run){lo, end}, &sum, &most);
        cell->raw = fmaxf(cell->raw, fill_value(lab, &source->scale, most * source->factor));
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
    bool   loses = lab_loses(lab, side), vanishing = !loses && fill_vanishing(lab, side, i);
    Status status = loses       ? fill_lost(lab, i)
                    : vanishing ? fill_row(lab, side, i)
                                : pattern_row(lab->pattern[side], i, &lab->work);
    if (status != STATUS_OK) return status;
    out->weight = vanishing ? lab->work_weight : lab->dense + i * lab->n;
    out->factor = loses || vanishing ? 1 : 1 / lab->kept[side][i];
    out->scale = fill_scale(lab, i, out->weight, out->factor);
    return STATUS_OK;
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
            fill_block_run(lab, g, row, lab->work.run[r].lo, lab->work.run[r].hi, &source);
    }
    for (int c = 0; c < g->spec.columns; c++) {
        GridCell *cell = &g->cell[row * g->spec.columns + c];
        int64_t   j = g->spec.j0 + c * g->spec.k_columns;
        int64_t   allowed =
            fill_block_allowed(lab, side, i, end, j, least(j + g->spec.k_columns, lab->n));
        if (cell->kind == GRID_OUTSIDE && allowed > 0) 
            cell->kind = lab_loses(lab, side) ? GRID_KEPT : GRID_SKIPPED;
    }
    return STATUS_OK;
}

/* Counted once for a pattern and what the view shows of it: a frame like the one before costs and
 * allocates nothing. */
static Status fill_count(const Pattern *pattern, GridSpec spec, LabBlocks *blocks)
{
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
        size > 0 ? pattern_block_counts(pattern, grid, blocks->cells) : STATUS_OK;
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
    g->logarithmic = !lab_weighs(lab) && g->least < 1.0 / 16;
    for (int k = 0; k < cells; k++) {
        GridCell *cell = &g->cell[k];
        if (cell->kind != GRID_SCORED) continue;
        cell->value = cell->raw;
        if (g->logarithmic) cell->value = (float)(1 - log((double)cell->raw) / log(g->least));
        cell->value = fminf(1, fmaxf(0, cell->value));
    }
}

/* View column: who reads the key under the cursor, and how many read the keys of each entry. */
static Status fill_column(Lab *lab, Side side, GridSpec spec)
{
    GridSpec all = {0, spec.j0, 1, spec.columns, lab->n, spec.k_columns};
    Status   status = fill_count(lab->pattern[side], all, &lab->degrees[side]);
    if (status != STATUS_OK || lab->column_key[side] == lab->key) return status;
    status = pattern_column(lab->pattern[side], lab->key, &lab->column[side]);
    lab->column_key[side] = status == STATUS_OK ? lab->key : -1;
    return status;
}

/* In blocks of view column: 1 where the block holds a cell of that key, 0 in the rest of G. */
static void fill_column_row(const Lab *lab, Side side, Grid *g, int row)
{
    int64_t i = g->spec.i0 + row * g->spec.k_rows, end = least(i + g->spec.k_rows, lab->n);
    int64_t left_out = fill_row_left_out(lab, side, i, end);
    for (int c = 0; c < g->spec.columns; c++) {
        GridCell *cell = &g->cell[row * g->spec.columns + c];
        int64_t   j = g->spec.j0 + c * g->spec.k_columns;
        bool      here = lab->key >= j && lab->key < j + g->spec.k_columns;
        int64_t   readers = here ? runs_count_in(&lab->column[side], i, end) : 0;
        if (left_out >= 0) readers -= here && runs_has(&lab->column[side], left_out);
        cell->value = readers > 0 ? 1 : 0;
    }
}

Status lab_fill(Lab *lab, Side side, GridSpec spec)
{
    Grid  *g = &lab->grid[side];
    Status status = grid_size(g, spec);
    bool   single = spec.k_rows == 1 && spec.k_columns == 1;
    if (!lab->pattern[side]) return status;
    for (int k = 0; k < SIDES && lab_weighs(lab) && status == STATUS_OK; k++)
        status = fill_measure(lab, (Side)k);
    if (lab->view == VIEW_COVERAGE && lab_weighs(lab)) lab_order(lab, side);
    bool densities = !single && !lab_weighs(lab), column = lab->view == VIEW_COLUMN;
    if (densities && status == STATUS_OK)
        status = fill_count(lab->pattern[side], spec, &lab->blocks[side]);
    if (column && status == STATUS_OK) status = fill_column(lab, side, spec);
    for (int row = 0; row < spec.rows && status == STATUS_OK; row++) {
        if (single)
            status = fill_single_row(lab, side, g, row);
        else
            status =
                densities ? fill_density_row(lab, side, g, row) : fill_block_row(lab, side, g, row);
    }
    if (status == STATUS_OK && !single) fill_block_ramp(lab, g);
    for (int row = 0; row < spec.rows && column && !single && status == STATUS_OK; row++)
        fill_column_row(lab, side, g, row);
    return status;
}
