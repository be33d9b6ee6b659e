/* readout.h - what stands below a matrix or in its panel, as lines of a sheet: the cell under the
 * cursor, the set of its row, counts, experiments, the legend of what is in view.
 *
 * Every number comes from the lab; what the question hides is left out here as well. */
#ifndef APP_VIEW_READOUT_H
#define APP_VIEW_READOUT_H

#include "app/view/frame.h"
#include "app/view/sheet.h"

/* "q 12 on   k 9 old   0.3251"; in blocks the queries, keys, density and cells of the block. */
void readout_cell(const Frame *f, Side side, Sheet *out);
/* "G_12 = {0-1, 9-12}   6 of 13 keys", in view column "key 3: read by queries 3-6, 4 of 13"; after a probe what it was. In one line, where a long set is
 * cut, or in two. */
void readout_set(const Frame *f, Side side, bool one_line, Sheet *out);
/* "total 81, density 0.596", "kept(12) 0.678, weights x 1.475"; no lines where they are hidden. */
void readout_counts(const Frame *f, Side side, Sheet *out);
/* The pinned cells: their values, and the ratio of two; no line without a pin. */
void readout_pins(const Frame *f, Side side, Sheet *out);
/* The last `most` experiments. */
void readout_log(const Frame *f, int most, Sheet *out);
/* The picture in a sentence: the lesson's own, or made from the rule. */
void readout_words(const Frame *f, Sheet *out);
/* What the figures on the screen show, in at most `rows` lines: shorter words where they are few. */
void readout_legend(const Frame *f, const Canvas *canvas, int rows, Sheet *out);
int  readout_legend_rows(const Frame *f, const Canvas *canvas, int columns); /* that it wants */
/* "window(w=4) | sink(s=2)   n = 16", the heading of a matrix or a panel. */
void readout_heading(const Frame *f, Side side, bool one_line, Sheet *out);

#endif
