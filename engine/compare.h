/* compare.h - what a pattern keeps of dense attention, and what it changes.
 *
 * kept(i) = sum over G_i of the dense weights; every kept weight grows by 1/kept(i).
 * error(i) = distance between the sparse and the dense output of row i. */
#ifndef ENGINE_COMPARE_H
#define ENGINE_COMPARE_H

#include "engine/attention.h"

/* dense (n): the dense weights of the row. */
double compare_kept(const float *dense, const Runs *g);

typedef struct {
    double largest;  /* largest |difference| of a channel */
    double relative; /* |sparse - dense| / |dense|, L2; 0 where both are 0 */
} RowError;
RowError compare_error(const float *sparse, const float *dense, int e);

#endif
