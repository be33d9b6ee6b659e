/* matrix.h - one matrix of a figure: axis, row labels, cells, marks and cursor.
 *
 *       key 0   2   4          #  scored     .  skipped     blank  future     ?  hidden
 *         0 #                  o  missed     x  surplus     !  changed
 *    >    1 # #<               >  the row under the cursor, <  its key
 *
 * Positions stand on the axes only where their label is exact. */
#ifndef APP_VIEW_MATRIX_H
#define APP_VIEW_MATRIX_H

#include "app/view/frame.h"

/* focus: the hardware cursor goes to the cell; marked: the cell under the cursor is marked. */
void matrix_draw(const Frame *f, Canvas *canvas, Side side, bool marked, bool focus);
/* The row under the cursor, a key a column, where marks have no cell of their own (ribbon.c). */
void ribbon_draw(const Frame *f, Canvas *canvas, Side side);
/* View column: the rows above the cells, view difference: the columns right of them (margin.c). */
void degrees_draw(const Frame *f, Canvas *canvas, Side side);
void margin_draw(const Frame *f, Canvas *canvas, Side side);
/* View coverage: a list in place of the matrix (coverage.c). */
void coverage_draw(const Frame *f, Canvas *canvas, Side side, bool focus);
int  matrix_entry_columns(CellMode mode); /* of one entry */
int  matrix_row_height(CellMode mode);    /* of one row of cells */
/* "12", "3000", "12Ki", "1Mi": false if there is no exact label of at most four characters (five
 * where positions have five figures). */
enum { AXIS_LABEL = 16 };
bool axis_label(int64_t position, char out[AXIS_LABEL]);

#endif
