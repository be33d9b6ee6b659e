/* legend.c - the legend of what the figures on the screen show: only what is in view is named, and
 * numbers stand at the ends of a ramp. */
#include "app/view/readout.h"

#include "app/view/cells.h"

#include <stdio.h>
#include <string.h>

enum { LEGEND_ITEMS = 12, LEGEND_SIGNS = 8, LEGEND_CUT = 64 /* lines: an item that would be cut never fits */ };

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
    const char *brief, *least; /* where rows are few, and fewer; NULL: as the one before */
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

static LegendItem *item_new(Legend *l, const char *words, const char *brief, const char *least)
{
    if (l->items == LEGEND_ITEMS)
        return NULL;
    LegendItem *item = &l->item[l->items++];
    *item = (LegendItem){.brief = brief, .least = least};
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

/* What the ends of the ramp are in each scale: in full, brief, as few words as there are; and of the
 * digits. */
static const struct {
    const char *ramp, *brief, *least, *lost, *digits, *digits_brief, *digits_lost;
} scale_texts[SCALES] = {
    [SCALE_RAW] = {"weight 0 to 1", "0 to 1", "0-1", "lost 0 to 1", "0-9 tenths", NULL, "0-9 tenths lost"},
    [SCALE_ROW_MAX] = {"0 to the row's largest", "0 to row max", "0-max", "lost, to row max",
                       "0-9 tenths of the row maximum", "0-9 row max", "0-9 lost, row max"},
    [SCALE_ROW_RANK] = {"share of the row that is not larger, 0 to 1", "rank 0 to 1", "rank", "lost, rank 0 to 1",
                        "0-9 tenths of the row not larger", "0-9 rank", "0-9 lost, rank"},
    [SCALE_LOG] = {"weight 0.0001 to 1, by logarithm", "log .0001 to 1", "log", "lost, .0001-1 log",
                   "0-9 logarithm of 0.0001 to 1", "0-9 log .0001-1", "0-9 lost, log"},
};

static bool loses(const Frame *f)
{
    return f->layout->figure[SIDE_SPARSE].on && lab_loses(f->lab, SIDE_SPARSE);
}

static void scored_blocks(const Frame *f, const Seen *seen, Legend *l)
{
    char words[64];
    bool weighs = lab_weighs(f->lab);
    if (weighs)
        snprintf(words, sizeof words, "largest%s, %s", loses(f) ? " lost" : "", scale_texts[f->lab->scale].ramp);
    else
        snprintf(words, sizeof words, "density %.2g to 1%s", seen->least, seen->logarithmic ? ", by logarithm" : "");
    ramp_add(f, item_new(l, words, NULL, weighs ? scale_texts[f->lab->scale].least : seen->logarithmic ? "log density" : "density"));
}

static void scored_weights(const Frame *f, const FigurePlan *p, Legend *l)
{
    Scale scale = f->lab->scale;
    char  words[64];
    bool  two = f->layout->shown == SIDES && scale == SCALE_ROW_MAX && !loses(f);
    if (!f->ramp && p->fit.mode == MODE_X) {
        item_new(l, loses(f) ? ".33 dense weight lost" : ".33 the weight itself", loses(f) ? ".33 lost" : ".33 weight", NULL);
    } else if (f->ramp) {
        snprintf(words, sizeof words, "%s%s%s", loses(f) ? "lost: " : "", scale_texts[scale].ramp,
                 two ? ", same scale left and right" : "");
        ramp_add(f, item_new(l, words, loses(f) ? scale_texts[scale].lost : scale_texts[scale].brief,
                             loses(f) ? "lost" : scale_texts[scale].least));
    } else {
        snprintf(words, sizeof words, "%s%s", loses(f) ? "lost: " : "",
                 two ? "0-9 tenths of the larger row maximum" : scale_texts[scale].digits);
        item_new(l, words, loses(f) ? scale_texts[scale].digits_lost : scale_texts[scale].digits_brief, NULL);
    }
}

/* View column: the key's readers, and what else is scored. */
static void scored_column(const Frame *f, bool half, Legend *l)
{
    GridCell    reader = {.kind = GRID_SCORED, .value = 1}, rest = {.kind = GRID_SCORED};
    char        words[64];
    LegendItem *item;
    snprintf(words, sizeof words, "reads key %lld", (long long)f->lab->key);
    item = item_new(l, words, NULL, NULL);
    sign_add(item, cell_style(f, &reader), half && f->ramp ? ' ' : '#');
    item = item_new(l, "other scored cells", "scored", NULL);
    sign_add(item, cell_style(f, &rest), f->ramp ? ' ' : ':');
}

static void scored_marks(const Frame *f, const FigurePlan *p, Legend *l)
{
    LegendItem *item = item_new(l, "scored", NULL, NULL);
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
    if (f->lab->view == VIEW_COLUMN)
        scored_column(f, p->fit.mode == MODE_P, l);
    else if (p->fit.mode == MODE_GLYPHS || (p->fit.mode == MODE_P && seen->blocks))
        scored_blocks(f, seen, l);
    else if (lab_weighs(f->lab))
        scored_weights(f, p, l);
    else
        scored_marks(f, p, l);
}

static void changes_add(const Frame *f, const Seen *seen, Legend *l)
{
    GridCell gone = {.kind = GRID_SKIPPED};
    if (seen->fresh) {
        LegendItem *item = item_new(l, "new", NULL, NULL);
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
    LegendItem *item = item_new(l, "gone", NULL, NULL);
    if (!f->ramp)
        sign_add(item, style_plain(), '.');
    sign_add(item, f->ramp ? cell_mark_style(&gone, style_plain()) : style_plain(), '!');
}

static void marks_add(const Seen *seen, Legend *l)
{
    GridCell skipped = {.kind = GRID_SKIPPED};
    Style    mark = cell_mark_style(&skipped, style_plain());
    if (seen->surplus)
        sign_add(item_new(l, "counted too many", "surplus", NULL), mark, 'x');
    if (seen->missed)
        sign_add(item_new(l, "missed", NULL, NULL), mark, 'o');
}

/* Does the text name single cells of a figure whose cells have room for ( )? */
static bool names_cells(const Frame *f)
{
    const FigurePlan *p = &f->layout->figure[f->layout->figure[SIDE_SPARSE].on ? SIDE_SPARSE : SIDE_OTHER];
    for (int k = 0; k < f->links.links; k++)
        if (f->links.link[k].i >= 0 && f->links.link[k].j >= 0)
            return p->fit.mode <= MODE_L;
    return false;
}

/* View coverage: bar, dot and rule. */
static void coverage_add(const Frame *f, const Canvas *canvas, Legend *l)
{
    Style       bar = f->ramp ? style_step(1) : style_plain();
    sign_add(item_new(l, "bar: the weight", "weight", NULL), bar, f->ramp ? ' ' : '#');
    sign_add(item_new(l, "sum of this and all above", "sum so far", "sum"), style_plain(), canvas_glyph(canvas, GLYPH_KNOB));
    sign_add(item_new(l, "0.9 of the weight", "0.9", NULL), style_attr(ATTR_DIM),
             canvas->ascii ? ':' : canvas_glyph(canvas, GLYPH_BAR));
}

static void legend_make(const Frame *f, const Canvas *canvas, Legend *l)
{
    Seen seen = look(f);
    if (f->lab->view == VIEW_COVERAGE && f->lab->dense) {
        coverage_add(f, canvas, l);
        return;
    }
    changes_add(f, &seen, l);
    marks_add(&seen, l);
    if (seen.kind[GRID_SCORED])
        scored_add(f, &seen, l);
    if (seen.kind[GRID_KEPT])
        sign_add(item_new(l, "kept", NULL, NULL), style_attr(ATTR_DIM), '=');
    if (seen.kind[GRID_HIDDEN])
        sign_add(item_new(l, "hidden", NULL, NULL), style_attr(ATTR_DIM), '?');
    if (seen.kind[GRID_SKIPPED])
        sign_add(item_new(l, f->layout->class >= CLASS_M ? "skipped: allowed, never scored" : "skipped", "skipped", NULL), style_attr(ATTR_DIM),
                 canvas_glyph(canvas, GLYPH_SKIPPED));
    if (seen.kind[GRID_OUTSIDE])
        item_new(l, "(blank) future", NULL, "blank future");
    if (f->lab->pins && f->layout->figure[f->layout->figure[SIDE_SPARSE].on ? SIDE_SPARSE : SIDE_OTHER].fit.mode <= MODE_L)
        item_new(l, "{} pinned", NULL, NULL);
    if (names_cells(f))
        item_new(l, "() named in the text", "() in the text", "() named");
}

/* The words of an item: 0 in full, 1 brief, 2 as few as there are. */
static const char *item_words(const LegendItem *item, int level)
{
    if (level == 2 && item->least)
        return item->least;
    return level > 0 && item->brief ? item->brief : item->words;
}

static int item_columns(const LegendItem *item, int level)
{
    return item->signs + (item->signs > 0) + (int)strlen(item_words(item, level));
}

/* Lines that the legend takes in so many columns. */
static int legend_lines(const Legend *l, int columns, int gap, int level)
{
    int lines = l->items > 0, used = 0;
    for (int k = 0; k < l->items; k++) {
        int wants = item_columns(&l->item[k], level);
        if (wants > columns)
            lines += LEGEND_CUT;
        if (used && used + gap + wants > columns) {
            lines++;
            used = 0;
        }
        used += (used ? gap : 0) + wants;
    }
    return lines;
}

/* A colour as the cells show it (cell_paper). */
static void sign_put(Style style, int32_t sign, Sheet *out)
{
    bool block = sign == ' ' && style.paper != HUE_DEFAULT && !out->ascii;
    if (block)
        style.ink = style.paper;
    sheet_rune(out, style, block ? 0x2588 : sign);
}

static void legend_put(const Legend *l, int gap, int level, int rows, Sheet *out)
{
    sheet_line(out);
    for (int k = 0; k < l->items; k++) {
        const LegendItem *item = &l->item[k];
        bool              first = sheet_x(out) == out->indent;
        if (!first && sheet_room(out) < gap + item_columns(item, level)) {
            if (--rows < 1)
                return;
            sheet_line(out);
        } else if (!first) {
            sheet_to(out, sheet_x(out) + gap);
        }
        for (int s = 0; s < item->signs; s++)
            sign_put(item->style[s], item->sign[s], out);
        if (item->signs)
            sheet_to(out, sheet_x(out) + 1);
        sheet_put(out, style_attr(ATTR_DIM), item_words(item, level));
    }
}

/* From generous to sparing. */
static const struct {
    int gap, level;
} forms[] = {{3, 0}, {2, 0}, {3, 1}, {2, 1}, {2, 2}, {1, 2}};

enum { FORMS = sizeof forms / sizeof *forms };

/* The first form that fits into `rows`; where none does, the last item goes. */
static int form_find(Legend *l, int columns, int rows)
{
    for (; l->items > 1; l->items--)
        for (int k = 0; k < FORMS; k++)
            if (legend_lines(l, columns, forms[k].gap, forms[k].level) <= rows)
                return k;
    return item_columns(&l->item[0], 0) <= columns ? 0 : FORMS - 1;
}

void readout_legend(const Frame *f, const Canvas *canvas, int rows, Sheet *out)
{
    Legend l = {.items = 0};
    if (lab_hides(f->lab, HIDE_LEGEND) || rows < 1)
        return;
    legend_make(f, canvas, &l);
    if (!l.items)
        return;
    int form = form_find(&l, out->columns, rows);
    legend_put(&l, forms[form].gap, forms[form].level, rows, out);
}

int readout_legend_rows(const Frame *f, const Canvas *canvas, int columns)
{
    Legend l = {.items = 0};
    if (lab_hides(f->lab, HIDE_LEGEND))
        return 0;
    legend_make(f, canvas, &l);
    int lines = legend_lines(&l, columns, 2, 0);
    return lines < LEGEND_CUT ? lines : legend_lines(&l, columns, 2, 1);
}
