/* best.h - the positions of a row by falling value, one after another.
 *
 *      value  3 7 7 1        best_next: 1 2 0 3 -1
 *
 * Equal values: the lower position first. Values are compared as they are, so none may be NaN.
 * A heap: O(len) to begin and O(log len) for each position, so that the few best cost little. */
#ifndef ENGINE_BEST_H
#define ENGINE_BEST_H

#include <stdint.h>

typedef struct {
    const double *value; /* the caller's, left alone while the walk goes on */
    int          *heap;  /* room for len positions, the caller's */
    int64_t       left;
} Best;

/* Positions 0 .. len-1. */
Best    best_begin(const double *value, int64_t len, int *heap);
int64_t best_next(Best *best); /* -1 at the end */

#endif
