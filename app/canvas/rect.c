#include "app/canvas/rect.h"

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

Rect rect_make(int x, int y, int w, int h)
{
    return (Rect){x, y, most(w, 0), most(h, 0)};
}

Rect rect_meet(Rect a, Rect b)
{
    int x = most(a.x, b.x), y = most(a.y, b.y);
    return rect_make(x, y, least(a.x + a.w, b.x + b.w) - x, least(a.y + a.h, b.y + b.h) - y);
}

bool rect_has(Rect r, int x, int y)
{
    return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

bool rect_inside(Rect inner, Rect outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

static int piece(int wanted, int there)
{
    return most(least(wanted, there), 0);
}

Rect rect_cut_top(Rect *r, int rows)
{
    Rect top = {r->x, r->y, r->w, piece(rows, r->h)};
    r->y += top.h;
    r->h -= top.h;
    return top;
}

Rect rect_cut_bottom(Rect *r, int rows)
{
    int h = piece(rows, r->h);
    r->h -= h;
    return (Rect){r->x, r->y + r->h, r->w, h};
}

Rect rect_cut_left(Rect *r, int columns)
{
    Rect left = {r->x, r->y, piece(columns, r->w), r->h};
    r->x += left.w;
    r->w -= left.w;
    return left;
}

Rect rect_cut_right(Rect *r, int columns)
{
    int w = piece(columns, r->w);
    r->w -= w;
    return (Rect){r->x + r->w, r->y, w, r->h};
}
