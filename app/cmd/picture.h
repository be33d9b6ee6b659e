/* picture.h - a pattern as a matrix of ASCII signs with axes and legend, row after row.
 *
 *        key 0   2   4
 *          0 #
 *          1 # #              # scored   . skipped   (blank) future
 *          2 . # #
 *
 * Past PICTURE_CELLS tokens one sign stands for a block of k keys and 2k queries; its density, the
 * scored share of its allowed cells, is one of eight signs. */
#ifndef APP_CMD_PICTURE_H
#define APP_CMD_PICTURE_H

#include "app/cmd/out.h"

#include "engine/pattern.h"

enum { PICTURE_CELLS = 512, PICTURE_COLUMNS = 128, PICTURE_TOKENS = 1 << 22, PICTURE_BARE = 1 << 14 };

/* row: only that query; -1: all. At most PICTURE_TOKENS tokens. */
Status picture_draw(const Pattern *p, int64_t row, Out *out) MUST_USE;
/* In blocks of k keys and 2k queries; at most PICTURE_COLUMNS blocks side by side. */
Status picture_blocks(const Pattern *p, int64_t k, Out *out) MUST_USE;
/* Cells that the background shows of rows queries from i on and columns keys from j on, those past n
 * left out. */
int64_t picture_allowed(const Pattern *p, int64_t i, int64_t rows, int64_t j, int64_t columns);
/* n lines of n signs, no axes; at most PICTURE_BARE tokens. */
Status picture_bare(const Pattern *p, int64_t row, Out *out) MUST_USE;
/* "total 81 of 136 cells, density 0.596", or of one row "row 12: 6 of 13 keys". */
Status picture_counts(const Pattern *p, int64_t row, Text *out) MUST_USE;

#endif
