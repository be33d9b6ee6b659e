/* rect.h - a rectangle of cells: columns x .. x+w-1, rows y .. y+h-1. */
#ifndef APP_CANVAS_RECT_H
#define APP_CANVAS_RECT_H

#include <stdbool.h>

typedef struct {
    int x, y, w, h;
} Rect;

Rect rect_make(int x, int y, int w, int h);
Rect rect_meet(Rect a, Rect b); /* empty (w or h 0) if they do not meet */
bool rect_has(Rect r, int x, int y);
bool rect_inside(Rect inner, Rect outer);
/* Cuts a piece off r, which keeps the rest; never more than r has. */
Rect rect_cut_top(Rect *r, int rows);
Rect rect_cut_bottom(Rect *r, int rows);
Rect rect_cut_left(Rect *r, int columns);
Rect rect_cut_right(Rect *r, int columns);

#endif
