/* range.h - small sums over ranges of positions. Arguments lie within +-2^31, results in 2^62. */
#ifndef ENGINE_RANGE_H
#define ENGINE_RANGE_H

#include <stdint.h>

/* Members of [a, b) in [lo, hi). */
int64_t range_overlap(int64_t a, int64_t b, int64_t lo, int64_t hi);
/* Cells of a causal n x n triangle: n(n+1)/2. */
int64_t range_triangle(int64_t n);
/* a mod m, never negative. */
int64_t range_residue(int64_t a, int64_t m);

#endif
