#include "engine/compare.h"

#include <math.h>

double compare_kept(const float *dense, const Runs *g)
{
    double kept = 0;
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++) kept += (double)dense[j];
    return kept;
}

RowError compare_error(const float *sparse, const float *dense, int e)
{
    double largest = 0, difference = 0, length = 0;
    for (int c = 0; c < e; c++) {
        double d = fabs((double)sparse[c] - (double)dense[c]);
        largest = fmax(largest, d);
        difference += d * d;
        length += (double)dense[c] * (double)dense[c];
    }
    bool nothing = difference <= 0 && length <= 0;
    return (RowError){largest, nothing ? 0 : sqrt(difference) / sqrt(length)};
}
