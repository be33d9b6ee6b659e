#include "app/canvas/style.h"

#include <string.h>

enum { STEPS = 7, XTERM_BLACK = 16, XTERM_WHITE = 231, XTERM_MARK = 67, GREEN = 2, YELLOW = 3 };

/* A ramp, small to large, as xterm numbers. Ink on it is one of white and black: white for the
 * darker steps. */
static const struct {
    const char *name;
    int         step[STEPS];
    int         white_from, white_to; /* steps (1 to 7) that take white ink */
    Theme       other;
} theme[THEME_COUNT] = {
    [THEME_DARK] = {"dark", {236, 239, 61, 67, 73, 115, 158}, 1, 3, THEME_LIGHT},
    [THEME_LIGHT] = {"light", {158, 115, 73, 67, 61, 239, 236}, 5, 7, THEME_DARK},
    [THEME_GREY_DARK] = {"grey-dark", {235, 238, 241, 244, 248, 252, 255}, 1, 3, THEME_GREY_LIGHT},
    [THEME_GREY_LIGHT] = {"grey-light", {253, 250, 247, 244, 241, 238, 235}, 5, 7, THEME_GREY_DARK},
};

bool style_equal(Style a, Style b)
{
    return a.ink == b.ink && a.paper == b.paper && a.attr == b.attr;
}

Style style_plain(void)
{
    return (Style){HUE_DEFAULT, HUE_DEFAULT, 0};
}

Style style_attr(unsigned attr)
{
    return (Style){HUE_DEFAULT, HUE_DEFAULT, (uint8_t)attr};
}

Style style_ink(Hue ink, unsigned attr)
{
    return (Style){(uint8_t)ink, HUE_DEFAULT, (uint8_t)attr};
}

Style style_step(double v)
{
    return (Style){HUE_ON_RAMP, (uint8_t)(HUE_STEP_1 + style_step_number(v) - 1), 0};
}

Style style_mark(void)
{
    return (Style){HUE_ON_RAMP, HUE_MARK, 0};
}

int style_step_number(double v)
{
    if (!(v > 0)) /* also what is no number */
        return 1;
    return v >= 1 ? STEPS : 1 + (int)(STEPS * v);
}

const char *theme_name(Theme t)
{
    return theme[t].name;
}

bool theme_find(const char *name, Theme *out)
{
    for (int t = 0; t < THEME_COUNT; t++) {
        if (strcmp(name, theme[t].name) == 0) {
            *out = (Theme)t;
            return true;
        }
    }
    return false;
}

Theme theme_other(Theme t)
{
    return theme[t].other;
}

/* The xterm number of a step or the mark, as the depth numbers its colours. */
static int ramp_colour(int xterm, Depth depth)
{
    static const int level[6] = {0, 95, 135, 175, 215, 255}; /* of the 6x6x6 cube */
    if (!style_has_ramp(depth)) return -1;
    if (depth != DEPTH_DIRECT) return xterm;
    if (xterm >= 232) {
        int grey = 8 + 10 * (xterm - 232);
        return grey << 16 | grey << 8 | grey;
    }
    int cube = xterm - 16;
    /* A direct terminal keeps its lowest numbers for a palette; 0x010101 is as black to the eye. */
    int rgb = level[cube / 36] << 16 | level[cube / 6 % 6] << 8 | level[cube % 6];
    return rgb < 256 ? 0x010101 : rgb;
}

static int hue_colour(Hue hue, const int step[STEPS], Depth depth)
{
    if (depth == DEPTH_NONE) return -1;
    switch (hue) {
    case HUE_DEFAULT:
    case HUE_ON_RAMP:
        return -1;
    case HUE_RIGHT:
        return GREEN;
    case HUE_NOTYET:
        return YELLOW;
    case HUE_MARK:
        return ramp_colour(XTERM_MARK, depth);
    case HUE_STEP_1:
    case HUE_STEP_2:
    case HUE_STEP_3:
    case HUE_STEP_4:
    case HUE_STEP_5:
    case HUE_STEP_6:
    case HUE_STEP_7:
        return ramp_colour(step[hue - HUE_STEP_1], depth);
    }
    return -1;
}

/* Black or white, whichever reads well on that paper; the terminal's own on the terminal's own. */
static int ink_on(Hue paper, Theme t, Depth depth)
{
    if (paper == HUE_MARK) return ramp_colour(XTERM_BLACK, depth);
    if (paper < HUE_STEP_1) return -1;
    int  number = (int)paper - HUE_STEP_1 + 1;
    bool white = number >= theme[t].white_from && number <= theme[t].white_to;
    return ramp_colour(white ? XTERM_WHITE : XTERM_BLACK, depth);
}

Paint style_paint(Style style, Theme t, Depth depth)
{
    Hue ink = (Hue)style.ink, paper = (Hue)style.paper;
    return (Paint){
        .ink = ink == HUE_ON_RAMP ? ink_on(paper, t, depth) : hue_colour(ink, theme[t].step, depth),
        .paper = hue_colour(paper, theme[t].step, depth),
        .attr = style.attr,
    };
}

bool style_has_ramp(Depth depth)
{
    return depth >= DEPTH_256;
}
