/* compared.h - what a pattern keeps of dense attention and what it changes, over all rows that are
 * finite on both sides.
 *
 *      kept(i) = exp(lse_sparse(i) - lse_dense(i))      an empty row keeps 0
 *
 * (n, n) numbers are never held: both sides are attention by blocks. */
#ifndef APP_CMD_COMPARED_H
#define APP_CMD_COMPARED_H

#include "engine/runs.h"

typedef struct {
    int64_t query;
    int     head;
} Place;

typedef struct {
    int64_t rows; /* that count */
    double  kept; /* their sum */
    double  least;
    Place   least_at;
    double  largest; /* difference of one number of one output */
    Place   largest_at;
    double  difference, length; /* sums of squares: sparse less dense, and dense */
    Runs    left_out;           /* queries, of any head, with a result that is not finite */
} Compared;                     /* compared_begin */

/* One row of one head, both sides in double. */
typedef struct {
    const double *sparse, *dense; /* (e) */
    int           e;
    double        lse_sparse, lse_dense;
    bool          empty; /* no key is kept */
} ComparedRow;

Compared compared_begin(void);
Status   compared_row(Compared *c, Place at, const ComparedRow *row) MUST_USE;
double   compared_mean(const Compared *c);     /* of the kept mass; rows > 0 */
double   compared_relative(const Compared *c); /* L2 of all rows; 0 where both are 0 */
void     compared_done(Compared *c);

#endif
