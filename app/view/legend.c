/* legend.c - the legend of what the figures on the screen show: only what is in view is named, and
 * numbers stand at the ends of a ramp. */
#include "app/view/readout.h"

#include "app/view/cells.h"

#include <stdio.h>
#include <string.h>

enum { LEGEND_ITEMS = 12, LEGEND_SIGNS = 8 };

/* What the grids on the screen hold. */
typedef struct {
    bool   kind[GRID_HIDDEN + 1];
    bool   gone, fresh, missed, surplus;
    bool   blocks, logarithmic;
    double least;
} Seen;

typedef struct {
    Style       style[LEGEND_SIGNS];
    int32_t     sign[LEGEND_SIGNS];
    int         signs;
    char        words[64];
    const char *brief; /* where rows are few; NULL: the words */
} LegendItem;

typedef struct {
    LegendItem item[LEGEND_ITEMS];
    int        items;
} Legend;

static void seen_cell(Seen *s, const GridCell *c)
{
    s->kind[c->kind] = true;
    s->fresh |= (c->flags & GRID_NEW) != 0;
    s->gone |= (c->flags & GRID_GONE) != 0;
    s->missed |= (c->flags & GRID_MISSED) != 0;
    s->surplus |= (c->flags & GRID_SURPLUS) != 0;
}

static Seen look(const Frame *f)
{
    Seen s = {.least = 1};
    for (int side = 0; side < SIDES; side++) {
        const FigurePlan *p = &f->layout->figure[side];
        const Grid       *g = &f->lab->grid[side];
        if (!p->on)
            continue;
        for (int k = 0; k < g->spec.rows * g->spec.columns; k++)
            seen_cell(&s, &g->cell[k]);
        s.blocks |= p->fit.k_rows > 1;
        s.logarithmic |= g->logarithmic;
        if (p->fit.k_rows > 1 && g->least < s.least)
            s.least = g->least;
    }
    return s;
}

static LegendItem *item_new(Legend *l, const char *words, const char *brief)
{
    if (l->items == LEGEND_ITEMS)
        return NULL;
    LegendItem *item = &l->item[l->items++];
    *item = (LegendItem){.brief = brief};
    snprintf(item->words, sizeof item->words, "%s", words);
    return item;
}

static void sign_add(LegendItem *item, Style style, int32_t sign)
{
    if (!item || item->signs == LEGEND_SIGNS)
        return;
    item->style[item->signs] = style;
    item->sign[item->signs++] = sign;
}

/* The ramp from its small end to its large one: seven colours or eight glyphs. */
static void ramp_add(const Frame *f, LegendItem *item)
{
    int steps = f->ramp ? 7 : 8;
    for (int k = 0; k < steps; k++) {
        double v = (k + 0.5) / steps;
        sign_add(item, f->ramp ? style_step(v) : style_plain(), f->ramp ? ' ' : cell_glyph(v));
    }
}

static void scored_blocks(const Frame *f, const Seen *seen, Legend *l)
{
    char words[64];
    if (frame_weights(f->lab))
        snprintf(words, sizeof words, "largest weight, %s",
                 f->lab->scale == SCALE_RAW ? "0 to 1" : "0 to the row's largest");
    else
        snprintf(words, sizeof words, "density %.2g to 1%s", seen->least, seen->logarithmic ? ", by logarithm" : "");
    ramp_add(f, item_new(l, words, frame_weights(f->lab) ? "0-max" : seen->logarithmic ? "log density" : "density"));
}

static void scored_weights(const Frame *f, const FigurePlan *p, Legend *l)
{
    bool raw = f->lab->scale == SCALE_RAW;
    bool two = f->layout->shown == SIDES;
    if (!f->ramp && p->fit.mode == MODE_X) {
        item_new(l, ".33 the weight itself", ".33 weight");
    } else if (f->ramp) {
        const char *words = raw   ? "weight 0 to 1"
                            : two ? "0 to the row's largest, same scale left and right"
                                  : "0 to the row's largest";
        ramp_add(f, item_new(l, words, raw ? "0 to 1" : "0-max"));
    } else {
        const char *words = raw   ? "0-9 tenths"
                            : two ? "0-9 tenths of the larger row maximum"
                                  : "0-9 tenths of the row maximum";
        item_new(l, words, raw ? "0-9 tenths" : "0-9 row max");
    }
}

static void scored_marks(const Frame *f, const FigurePlan *p, Legend *l)
{
    LegendItem *item = item_new(l, "scored", NULL);
    if (!f->ramp) {
        sign_add(item, style_plain(), '#');
        return;
    }
    sign_add(item, style_mark(), ' ');
    if (p->fit.mode <= MODE_L)
        sign_add(item, style_mark(), ' ');
}

static void scored_add(const Frame *f, const Seen *seen, Legend *l)
{
    const FigurePlan *p = &f->layout->figure[f->layout->figure[SIDE_SPARSE].on ? SIDE_SPARSE : SIDE_OTHER];
    if (p->fit.mode == MODE_GLYPHS || (p->fit.mode == MODE_P && seen->blocks))
        scored_blocks(f, seen, l);
    else if (frame_weights(f->lab))
        scored_weights(f, p, l);
    else
        scored_marks(f, p, l);
}

static void changes_add(const Frame *f, const Seen *seen, Legend *l)
{
    GridCell gone = {.kind = GRID_SKIPPED};
    if (seen->fresh) {
        LegendItem *item = item_new(l, "new", NULL);
        if (f->ramp) {
            Style mark = style_mark();
            mark.attr = ATTR_BOLD;
            sign_add(item, mark, '!');
            sign_add(item, mark, ' ');
        } else {
            sign_add(item, style_plain(), '#');
            sign_add(item, style_plain(), '!');
        }
    }
    if (!seen->gone)
        return;
    LegendItem *item = item_new(l, "gone", NULL);
    if (!f->ramp)
        sign_add(item, style_plain(), '.');
    sign_add(item, f->ramp ? cell_mark_style(&gone, style_plain()) : style_plain(), '!');
}

static void marks_add(const Seen *seen, Legend *l)
{
    GridCell skipped = {.kind = GRID_SKIPPED};
    Style    mark = cell_mark_style(&skipped, style_plain());
    if (seen->surplus)
        sign_add(item_new(l, "counted too many", "surplus"), mark, 'x');
    if (seen->missed)
        sign_add(item_new(l, "missed", NULL), mark, 'o');
}

static void legend_make(const Frame *f, const Canvas *canvas, Legend *l)
{
    Seen seen = look(f);
    changes_add(f, &seen, l);
    marks_add(&seen, l);
    if (seen.kind[GRID_SCORED])
        scored_add(f, &seen, l);
    if (seen.kind[GRID_HIDDEN])
        sign_add(item_new(l, "hidden", NULL), style_attr(ATTR_DIM), '?');
    if (seen.kind[GRID_SKIPPED])
        sign_add(item_new(l, f->layout->class >= CLASS_M ? "skipped: allowed, never scored" : "skipped", "skipped"), style_attr(ATTR_DIM),
                 canvas_glyph(canvas, GLYPH_SKIPPED));
    if (seen.kind[GRID_OUTSIDE])
        item_new(l, "(blank) future", "blank future");
}

static int item_columns(const LegendItem *item, bool brief)
{
    const char *words = brief && item->brief ? item->brief : item->words;
    return item->signs + (item->signs > 0) + (int)strlen(words);
}

/* Lines that the legend takes in so many columns. */
static int legend_lines(const Legend *l, int columns, int gap, bool brief)
{
    int lines = l->items > 0, used = 0;
    for (int k = 0; k < l->items; k++) {
        int wants = item_columns(&l->item[k], brief);
        if (used && used + gap + wants > columns) {
            lines++;
            used = 0;
        }
        used += (used ? gap : 0) + wants;
    }
    return lines;
}

static void legend_put(const Legend *l, int gap, bool brief, int rows, Sheet *out)
{
    sheet_line(out);
    for (int k = 0; k < l->items; k++) {
        const LegendItem *item = &l->item[k];
        bool              first = sheet_x(out) == out->indent;
        if (!first && sheet_room(out) < gap + item_columns(item, brief)) {
            if (--rows < 1)
                return;
            sheet_line(out);
        } else if (!first) {
            sheet_to(out, sheet_x(out) + gap);
        }
        for (int s = 0; s < item->signs; s++)
            sheet_rune(out, item->style[s], item->sign[s]);
        if (item->signs)
            sheet_to(out, sheet_x(out) + 1);
        sheet_put(out, style_attr(ATTR_DIM), brief && item->brief ? item->brief : item->words);
    }
}

void readout_legend(const Frame *f, const Canvas *canvas, int rows, Sheet *out)
{
    static const struct {
        int  gap;
        bool brief;
    } form[] = {{3, false}, {2, false}, {2, true}, {1, true}};
    Legend l = {.items = 0};
    if (lab_hides(f->lab, HIDE_LEGEND) || rows < 1)
        return;
    legend_make(f, canvas, &l);
    unsigned k = 0;
    while (k < 3 && legend_lines(&l, out->columns, form[k].gap, form[k].brief) > rows)
        k++;
    if (l.items)
        legend_put(&l, form[k].gap, form[k].brief, rows, out);
}

int readout_legend_rows(const Frame *f, const Canvas *canvas, int columns)
{
    Legend l = {.items = 0};
    if (lab_hides(f->lab, HIDE_LEGEND))
        return 0;
    legend_make(f, canvas, &l);
    return legend_lines(&l, columns, 2, false);
}
