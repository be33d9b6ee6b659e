/* blit_plain.h - a canvas as lines of text, for golden frames, reports and the scripted term. */
#ifndef APP_CANVAS_BLIT_PLAIN_H
#define APP_CANVAS_BLIT_PLAIN_H

#include "app/base/text.h"
#include "app/canvas/canvas.h"

/* Adds rows lines, blanks at line ends cut off. */
void blit_plain(const Canvas *c, Text *out);
/* The same, with a second block of rows below that names each cell's style by a letter: what golden
 * frames in colour compare. */
void blit_styles(const Canvas *c, Text *out);

#endif
