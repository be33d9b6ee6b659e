/* mask.h - index masks: the keys of each query, as text.
 *
 *    # n: 3
 *    0: 0
 *    1: 0-1          runs a-b or a, ascending, disjoint, inclusive, parted by blanks
 *    2:              an empty row
 *
 * A line each query, 0, 1, ... in order; lines that begin with # are comments, "# n: N" is checked. n is
 * the number of rows. Limits: 2^20 rows, lines of 16 MiB, 2^26 runs. */
#ifndef APP_STORE_MASK_H
#define APP_STORE_MASK_H

#include "app/base/text.h"

#include "engine/runs.h"

typedef struct {
    int64_t n;
    Runs   *row; /* n, owned */
} Mask;          /* {0} */

/* Line by line, for files of any size. label: what messages call the file, lent until mask_end. */
typedef struct {
    const char *label;
    bool        future;     /* keys after their query are good: the bidirectional background */
    int64_t     line, said; /* number of the line at hand; n as a comment gives it, -1 */
    int64_t     runs, rows, room;
    int64_t     last; /* the largest key so far */
    int64_t     last_line;
    Runs       *row;
} MaskReader;

MaskReader mask_begin(const char *label, bool future);
/* One line without its end. STATUS_DAMAGED, STATUS_LIMIT, with the number of the line in why. */
Status mask_line(MaskReader *r, const char *line, size_t len, Why *why) MUST_USE;
/* Checks the whole and gives it away; the reader is done with, whatever comes back. */
Status mask_end(MaskReader *r, Mask *out, Why *why) MUST_USE;

Status mask_parse(const char *text, size_t len, const char *label, bool future, Mask *out,
                  Why *why) MUST_USE;
Status mask_read(const char *path, const char *label, bool future, Mask *out, Why *why) MUST_USE;
void   mask_done(Mask *m);

#endif
