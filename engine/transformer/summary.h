/* summary.h - what a head of a reading looks at, in a few numbers, summed over rows.
 *
 * Rows from SUMMARY_FROM on, where nearly all keys are not near; all rows of shorter readings.
 * Nearest template: of a few expressions the one whose even spread overlaps most with the weights,
 *     score = mean over rows of sum_j min(weight_j, spread_j),   spread_j = 1/|G_i| on G_i, else 0,
 * between 0 and 1: 1 is a head that spreads evenly over exactly these sets. */
#ifndef ENGINE_TRANSFORMER_SUMMARY_H
#define ENGINE_TRANSFORMER_SUMMARY_H

#include "engine/transformer/reading.h"

enum { SUMMARY_FROM = 16, SUMMARY_NEAR = 8, SUMMARY_TEMPLATES = 12 };

/* The expression of template k; NULL behind the last. */
const char *summary_template(int k);

/* Templates, bound to the bytes of one reading; the reading may go before them. */
typedef struct {
    Problem  bytes;
    Pattern *pattern[SUMMARY_TEMPLATES];
} Templates; /* {0} */

Status templates_bind(const Reading *r, Templates *out, Why *why) MUST_USE;
void   templates_done(Templates *t);

/* Sums over rows: divide by rows. */
typedef struct {
    int64_t rows;
    double  near;  /* weight of the last SUMMARY_NEAR keys, own key included */
    double  first; /* weight of key 0 */
    double  keys;  /* fewest keys that hold 90 % */
    double  kept;  /* weight inside the pattern */
    double  overlap[SUMMARY_TEMPLATES];
} Summary; /* {0} */

/* Adds the rows of a head of a full reading. pattern: NULL keeps all. */
Status summary_add(const Reading *r, int layer, int head, const Templates *t,
                   const Pattern *pattern, Summary *out) MUST_USE;
int    summary_nearest(const Summary *s); /* number of the nearest template */

#endif
