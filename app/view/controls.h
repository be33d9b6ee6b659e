/* controls.h - sliders and gauges as lines of a sheet.
 *
 *      window w  |---o------------|  4         [===o------------] 4   in ASCII
 *      count(12) 6 of 13 keys
 *
 * A slider whose range is short has a place on its track for each value. */
#ifndef APP_VIEW_CONTROLS_H
#define APP_VIEW_CONTROLS_H

#include "app/view/frame.h"
#include "app/view/sheet.h"

void controls_sliders(const Frame *f, const Canvas *canvas, Sheet *out); /* a line each */
void controls_row(const Frame *f, const Canvas *canvas, Sheet *out);     /* all in one line */
void controls_gauges(const Frame *f, Sheet *out);                        /* a line each */
bool controls_any(const Lab *lab);

#endif
