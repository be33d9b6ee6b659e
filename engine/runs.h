/* runs.h - a set of positions, held as sorted, disjoint, half-open runs.
 *
 * One row of a sparse pattern: the keys one query may see. {0,1,5,6,7} is [0,2) [5,8).
 *
 *      position  0 1 2 3 4 5 6 7
 *                # # . . . # # #        runs {0,2} {5,8}
 *
 * Always: 0 <= lo < hi, runs ascend, neighbours leave a gap (runs_valid says why not).
 * Cost is in runs, never in keys. The caller owns a Runs; runs_done frees it. A Runs that is
 * written again keeps its memory, so that a loop over rows allocates only while rows grow. */
#ifndef ENGINE_RUNS_H
#define ENGINE_RUNS_H

#include "engine/status.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    int64_t lo, hi; /* keys lo .. hi-1 */
} Run;

typedef struct {
    Run *run;
    int  len, cap;
} Runs; /* {0} is the empty set */

void runs_done(Runs *s);
void runs_clear(Runs *s); /* empty, memory kept */

/* Adds [lo, hi) behind or touching the last run: lo is at least the last run's lo. An empty or
 * reversed range adds nothing. For building a set from left to right, O(1). */
Status runs_append(Runs *s, int64_t lo, int64_t hi) MUST_USE;
/* Adds [lo, hi) anywhere, O(len). */
Status runs_add(Runs *s, int64_t lo, int64_t hi) MUST_USE;
Status runs_copy(const Runs *a, Runs *out) MUST_USE; /* out is not a */

bool    runs_has(const Runs *s, int64_t key); /* O(log len) */
int64_t runs_count(const Runs *s);            /* keys, not runs */
int64_t runs_count_in(const Runs *s, int64_t lo,
                      int64_t hi); /* keys in [lo, hi), O(log len + runs met) */
bool    runs_equal(const Runs *a, const Runs *b);
/* NULL if the invariant holds, else a sentence that says which part does not. */
const char *runs_valid(const Runs *s);

/* Algebra; out is neither a nor b. O(a.len + b.len). */
Status runs_union(const Runs *a, const Runs *b, Runs *out) MUST_USE;
Status runs_intersect(const Runs *a, const Runs *b, Runs *out) MUST_USE;
Status runs_minus(const Runs *a, const Runs *b, Runs *out) MUST_USE;
void   runs_clip(Runs *s, int64_t lo, int64_t hi); /* in place: s and [lo, hi) */

/* "0-1 9-12" with inclusive ends, as index files have it; between is put between two runs
 * (" " or ", "). Writes at most size bytes with the closing NUL and returns the length that the
 * whole text has, as snprintf does. The empty set is "". */
size_t runs_print(const Runs *s, const char *between, char *out, size_t size);

#endif
