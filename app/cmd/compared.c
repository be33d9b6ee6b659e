#include "app/cmd/compared.h"

#include <math.h>

Compared compared_begin(void)
{
    return (Compared){.least = INFINITY, .largest = -1};
}

static bool all_finite(const ComparedRow *row)
{
    if (!isfinite(row->lse_dense) || (!isfinite(row->lse_sparse) && !row->empty)) return false;
    for (int c = 0; c < row->e; c++)
        if (!isfinite(row->sparse[c]) || !isfinite(row->dense[c])) return false;
    return true;
}

Status compared_row(Compared *c, Place at, const ComparedRow *row)
{
    if (!all_finite(row)) return runs_add(&c->left_out, at.query, at.query + 1);
    double kept = row->empty ? 0 : fmin(1, exp(row->lse_sparse - row->lse_dense));
    c->rows++;
    c->kept += kept;
    if (kept < c->least) {
        c->least = kept;
        c->least_at = at;
    }
    for (int k = 0; k < row->e; k++) {
        double apart = fabs(row->sparse[k] - row->dense[k]);
        c->difference += apart * apart;
        c->length += row->dense[k] * row->dense[k];
        if (apart <= c->largest) continue;
        c->largest = apart;
        c->largest_at = at;
    }
    return STATUS_OK;
}

double compared_mean(const Compared *c)
{
    return c->kept / (double)c->rows;
}

double compared_relative(const Compared *c)
{
    return c->difference > 0 ? sqrt(c->difference) / sqrt(c->length) : 0;
}

void compared_done(Compared *c)
{
    runs_done(&c->left_out);
}
