/* progression.h - positions at equal distances, and how many of them there are.
 *
 * The rows of dilated windows, strides and columns are such sequences; these are their closed
 * forms. All arguments lie within +-2^31, all results within n*n for n below 2^31. */
#ifndef ENGINE_PROGRESSION_H
#define ENGINE_PROGRESSION_H

#include "engine/range.h"
#include "engine/runs.h"

/* first, first + step, ... up to last; nothing if last < first. step >= 1. */
typedef struct {
    int64_t first, last, step;
} Progression;

/* The same without the members outside [lo, hi). */
Progression progression_clip(Progression p, int64_t lo, int64_t hi);
int64_t     progression_count(Progression p);
Status      progression_append(Progression p, Runs *out) MUST_USE; /* behind what out holds */
/* Pairs of positions below n whose distance is a member; 0 <= first. */
int64_t progression_pairs(Progression p, int64_t n);

#endif
