/* bind_figure.h - between bind_figure.c and the sliders of a figure (bind_sliders.c). */
#ifndef APP_SCRIPT_BIND_FIGURE_H
#define APP_SCRIPT_BIND_FIGURE_H

#include "app/script/reader.h"
#include "app/tutor/figure.h"

enum { FIGURE_SLIDERS = 16 };

/* Who a slider of the figure is, and what it moves first. */
typedef struct {
    const void      *value;     /* the Lua value; the same one twice is one slider */
    const Mechanism *mechanism; /* NULL: no parameter */
    const Param     *param;
} Use;

typedef struct {
    Reader    *r;
    lua_State *lua;
    Figure    *figure;
    int        table;
    Use        use[FIGURE_SLIDERS];
} FigureReader;

/* The slider on top of the stack, popped: its number. help: the label where it has none. */
int  figure_take_slider(FigureReader *fr, const Mechanism *mechanism, const Param *param,
                        const char *name, const char *help);
void figure_add_hole(FigureReader *fr, Hole hole);
/* Calls take(fr, k) with each value of a field on top of the stack: the field itself, or the values
 * of its at.options; the number of the slider that switches, -1 for one value. */
int figure_each(FigureReader *fr, const char *field, void (*room)(FigureReader *, int),
                void (*take)(FigureReader *, int));
/* When all are there: "stride.s" where two share "s"; "window.w2" where that is not enough. */
void figure_name_sliders(FigureReader *fr);

#endif
