/* bind_sliders.c - what moves in a figure: sliders, the choices of at.options, and their names. */
#include "app/script/bind_figure.h"

#include "app/script/sandbox.h"

#include <lauxlib.h>

#include <stdlib.h>
#include <string.h>

/* ---- sliders ----------------------------------------------------------------------------- */

static int find_slider(const FigureReader *fr, const void *value)
{
    for (int k = 0; k < fr->figure->sliders; k++)
        if (fr->use[k].value == value) return k;
    return -1;
}

static Slider *new_slider(FigureReader *fr, const void *value, const char *name)
{
    Figure *f = fr->figure;
    if (f->sliders == FIGURE_SLIDERS)
        reader_fail(fr->r, NULL, "a figure has at most %d sliders", FIGURE_SLIDERS);
    if (!f->slider) f->slider = reader_room(fr->r, FIGURE_SLIDERS, sizeof *f->slider);
    Slider *s = &f->slider[f->sliders];
    fr->use[f->sliders] = (Use){.value = value};
    f->sliders++;
    s->name = value_copy_text(fr->lua, name);
    return s;
}

int figure_take_slider(FigureReader *fr, const Mechanism *mechanism, const Param *param,
                       const char *name, const char *help)
{
    const ScriptSlider *value = lua_touserdata(fr->lua, -1);
    int                 k = find_slider(fr, value);
    bool                real = param && param->kind == PARAM_REAL;
    if (k >= 0) {
        if (fr->figure->slider[k].real != real)
            reader_fail(fr->r, "give each a slider of its own",
                        "one slider moves a whole number and a real");
        lua_pop(fr->lua, 1);
        return k;
    }
    Slider *s = new_slider(fr, value, name);
    k = fr->figure->sliders - 1;
    fr->use[k].mechanism = mechanism;
    fr->use[k].param = param;
    s->real = real;
    s->min = value->min;
    s->max = value->max;
    s->start = value->start;
    lua_getiuservalue(fr->lua, -1, 1);
    s->label = value_copy_text(fr->lua, lua_isnil(fr->lua, -1) ? help : lua_tostring(fr->lua, -1));
    lua_pop(fr->lua, 2);
    return k;
}

static bool shares_name(const Figure *f, int k)
{
    for (int other = 0; other < f->sliders; other++)
        if (other != k && strcmp(f->slider[other].name, f->slider[k].name) == 0) return true;
    return false;
}

static void rename_slider(FigureReader *fr, int k, const char *format, const char *first,
                          const char *second, int number)
{
    Text name = {0};
    text_format(&name, format, first, second, number);
    char *taken = text_take(&name);
    if (!taken) sandbox_raise(fr->lua, STATUS_MEMORY, NULL);
    free(fr->figure->slider[k].name);
    fr->figure->slider[k].name = taken;
}

void figure_name_sliders(FigureReader *fr)
{
    const Figure *f = fr->figure;
    bool          shared[FIGURE_SLIDERS];
    for (int k = 0; k < f->sliders; k++) shared[k] = shares_name(f, k);
    for (int k = 0; k < f->sliders; k++)
        if (shared[k] && fr->use[k].mechanism)
            rename_slider(fr, k, "%s.%s", fr->use[k].mechanism->name, fr->use[k].param->name, 0);
    for (int k = 0, number = 2; k < f->sliders; k++)
        for (int before = 0; before < k; before++)
            if (strcmp(f->slider[before].name, f->slider[k].name) == 0 && fr->use[k].mechanism)
                rename_slider(fr, k, "%s.%s%d", fr->use[k].mechanism->name, fr->use[k].param->name,
                              number++);
}

void figure_add_hole(FigureReader *fr, Hole hole)
{
    Figure *f = fr->figure;
    Hole   *more = realloc(f->hole, (size_t)(f->holes + 1) * sizeof *more);
    if (!more) sandbox_raise(fr->lua, STATUS_MEMORY, NULL);
    f->hole = more;
    f->hole[f->holes++] = hole;
}

/* ---- alternatives ------------------------------------------------------------------------ */

/* at.options on top of the stack: a slider with its labels; its list of pairs is left in its
 * place. */
static int take_options(FigureReader *fr, const char *name)
{
    const void *value = lua_touserdata(fr->lua, -1);
    if (find_slider(fr, value) >= 0)
        reader_fail(fr->r, NULL, "the same at.options stands in two places");
    lua_getiuservalue(fr->lua, -1, 1);
    lua_remove(fr->lua, -2);
    int     count = (int)lua_rawlen(fr->lua, -1);
    Slider *s = new_slider(fr, value, name);
    /* on the screen a choice of expressions is a choice of rules */
    s->label = value_copy_text(fr->lua, strcmp(name, "recipe") == 0 ? "rule" : name);
    s->max = count - 1;
    s->option = reader_room(fr->r, count, sizeof *s->option);
    for (int k = 0; k < count; k++) {
        lua_rawgeti(fr->lua, -1, k + 1);
        lua_rawgeti(fr->lua, -1, 1);
        s->options = k + 1;
        s->option[k] = reader_take_text(fr->r, "a label");
        lua_pop(fr->lua, 1);
    }
    return fr->figure->sliders - 1;
}

int figure_each(FigureReader *fr, const char *field, void (*room)(FigureReader *, int),
                void (*take)(FigureReader *, int))
{
    int   slider = -1, count = 1;
    Place place = reader_into(fr->r, field);
    if (value_test(fr->lua, -1, SCRIPT_OPTIONS)) {
        slider = take_options(fr, field);
        count = fr->figure->slider[slider].options;
    }
    room(fr, count);
    for (int k = 0; k < count; k++) {
        Place inner = {0};
        if (slider >= 0) {
            inner = reader_into_index(fr->r, NULL, k + 1);
            lua_rawgeti(fr->lua, -1, k + 1);
            lua_rawgeti(fr->lua, -1, 2);
        }
        take(fr, k);
        if (slider >= 0) {
            lua_pop(fr->lua, 2);
            reader_back(fr->r, inner);
        }
    }
    reader_back(fr->r, place);
    return slider;
}
