/* style.h - meanings, not colours. A cell says what its ink and paper mean; a theme says, for each
 * colour depth, what that looks like.
 *
 * Ramp: seven steps from small to large. A value v in [0,1] takes step 1 + floor(7 v), at most 7.
 *
 *   xterm 256   dark  236 239 61 67 73 115 158     light  158 115 73 67 61 239 236
 *
 * Below 256 colours there is no ramp: screens write digits or glyphs instead (style_has_ramp). */
#ifndef APP_CANVAS_STYLE_H
#define APP_CANVAS_STYLE_H

#include <stdbool.h>
#include <stdint.h>

/* What an ink or a paper means. */
typedef enum {
    HUE_DEFAULT, /* the terminal's own */
    HUE_RIGHT,   /* verdict right: green of the 16 */
    HUE_NOTYET,  /* verdict not yet: yellow of the 16 */
    HUE_ON_RAMP, /* ink that reads well on the cell's paper step */
    HUE_MARK,    /* G as marks: step 4 of the dark ramp, colour 67 */
    HUE_STEP_1,  /* ramp, small */
    HUE_STEP_2,
    HUE_STEP_3,
    HUE_STEP_4,
    HUE_STEP_5,
    HUE_STEP_6,
    HUE_STEP_7 /* ramp, large */
} Hue;

enum { ATTR_BOLD = 1, ATTR_DIM = 2, ATTR_REVERSE = 4, ATTR_UNDERLINE = 8 };

typedef struct {
    uint8_t ink, paper; /* Hue */
    uint8_t attr;
} Style; /* {0} is plain text */

bool  style_equal(Style a, Style b);
Style style_plain(void);
Style style_attr(unsigned attr);         /* plain hues */
Style style_ink(Hue ink, unsigned attr); /* on the default paper */
Style style_step(double v);              /* text on the ramp's step for v in [0,1] */
Style style_mark(void);                  /* text on HUE_MARK */
int   style_step_number(double v);       /* 1 .. 7 */

typedef enum {
    DEPTH_NONE = 0,
    DEPTH_8 = 8,
    DEPTH_16 = 16,
    DEPTH_256 = 256,
    DEPTH_DIRECT = 1 << 24
} Depth;
typedef enum { THEME_DARK, THEME_LIGHT, THEME_GREY_DARK, THEME_GREY_LIGHT, THEME_COUNT } Theme;

const char *theme_name(Theme t); /* dark light grey-dark grey-light */
bool        theme_find(const char *name, Theme *out);
Theme       theme_other(Theme t); /* dark <-> light of the same kind */

typedef struct {
    int      ink, paper; /* number of the colour at that depth; -1: the terminal's own */
    unsigned attr;
} Paint;

/* What a style looks like in a theme at a depth. */
Paint style_paint(Style style, Theme theme, Depth depth);
bool  style_has_ramp(Depth depth); /* 256 colours and more */

#endif
