/* cells.h - how one entry of a matrix looks, and the entries of the row under the cursor: what
 * matrix, ribbon and text strip have in common. */
#ifndef APP_VIEW_CELLS_H
#define APP_VIEW_CELLS_H

#include "app/view/frame.h"

Style   cell_style(const Frame *f, const GridCell *c);
/* So many columns of a cell's colour: full blocks in their own colour, so that what is copied,
 * captured or read by a braille display is not blank; blanks where there is none, or only ASCII. */
void    cell_paper(Canvas *canvas, int x, int y, int columns, Style style);
/* What the cell says without colour: # or a digit, the point of the skipped, ?; a blank in colour. */
int32_t cell_sign(const Frame *f, const Canvas *canvas, const GridCell *c);
int32_t cell_mark(unsigned flags);                   /* o x ! or 0 */
Style   cell_mark_style(const GridCell *c, Style cell); /* of a mark in a cell of that style */
int32_t cell_glyph(double value);                    /* one of :-=+*#%@ for 0 .. 1 */

/* Key j of the row under the cursor, as a matrix would show it; scale: row_scale, once a row. */
GridCell row_cell(const Lab *lab, Side side, int64_t j, double scale);
double   row_scale(const Lab *lab);   /* what weights are divided by: the larger row maximum, or 1 */
int64_t  row_allowed(const Lab *lab); /* keys 0 .. this-1 are not outside */

#endif
