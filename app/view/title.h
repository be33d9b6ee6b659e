/* title.h - the title line: where one is at the left, how it stands at the right; what is least
 * important gives way when the line is short. */
#ifndef APP_VIEW_TITLE_H
#define APP_VIEW_TITLE_H

#include "app/view/frame.h"

void title_draw(const Frame *f, Canvas *canvas);

#endif
