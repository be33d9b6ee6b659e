/* picked.h - rows that were chosen when a pattern was bound, kept one behind the other.
 *
 * The state of most content atoms: prepare fills one and sets it as leaf->state, PICKED_ROWS does
 * the rest. Every row lies inside its query's background. Memory is runs, at most n*n/4 of them. */
#ifndef ENGINE_PICKED_H
#define ENGINE_PICKED_H

#include "engine/mechanism.h"

typedef struct {
    int *begin; /* (n + 1): row i is run[begin[i]] ... run[begin[i+1]-1] of all */
    Runs all;   /* the rows one behind the other: not a set */
    int  rows;  /* kept so far */
} Picked;

Picked *picked_new(int64_t n); /* NULL if there is no memory */
void    picked_free(Picked *p);

/* The next row, as ascending positions, as marks of len keys, or as a set. */
Status picked_keys(const int *key, int64_t keys, Picked *p) MUST_USE;
Status picked_marks(const bool *mark, int64_t len, Picked *p) MUST_USE;
Status picked_runs(const Runs *row, Picked *p) MUST_USE;
/* All n rows from a matrix of marks (n, n), clipped to the leaf's background. */
Status picked_matrix(const Leaf *leaf, const bool *mark, Picked *p) MUST_USE;

/* Ends prepare: the leaf owns p, which may be NULL for want of memory. */
Status picked_ready(Leaf *leaf, Picked *p, Status status, Why *why) MUST_USE;

void    picked_release(Leaf *leaf);
Status  picked_row(const Leaf *leaf, int64_t i, Runs *out) MUST_USE;
int64_t picked_count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi);
int64_t picked_total(const Leaf *leaf);

#define PICKED_ROWS                                                                                \
    .release = picked_release, .row = picked_row, .count = picked_count, .total = picked_total

#endif
