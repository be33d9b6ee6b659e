#include "app/view/layout.h"

enum {
    TEXT_MOST = 72,      /* columns of text at which lines are still easy to read */
    LIST_MOST = 76,
    FIGURE_LEAST = 38,   /* L at n = 16, and its read-outs */
    PANEL_LEAST = 30,
    TEXT_LEAST = 34,     /* class M: with its margins */
    TEXT_WIDE = 60,      /* class W: with its margins */
    STRIP_ROWS = 11,
    WORD_LABEL = 9,      /* a blank and eight columns of a word */
    RIBBON_MOST = 3,     /* lines; the rest of the row is reached by the cursor */
    READOUT_ROWS = 3,    /* two read-outs and a legend */
    DEGREE_ROWS = 2,     /* view column: how many read each key */
    MARGIN = 12          /* view difference on the Figure screen: two numbers and a blank at both sides */
};

LayoutClass layout_class(int columns, int rows)
{
    static const struct {
        int         columns, rows;
        LayoutClass class;
    } from[] = {{200, 50, CLASS_W}, {110, 30, CLASS_M}, {80, 24, CLASS_S}, {60, 16, CLASS_N}, {40, 12, CLASS_XS}};
    for (unsigned k = 0; k < sizeof from / sizeof *from; k++)
        if (columns >= from[k].columns && rows >= from[k].rows)
            return from[k].class;
    return CLASS_NONE;
}

static int64_t parts(int64_t n, int64_t k)
{
    return (n + k - 1) / k;
}

/* The least power of two k with which n tokens fit as k x k a half block, or k x 2k a glyph. */
static CellFit blocks_fit(int64_t n, int columns, int rows, bool halves)
{
    int     label = n > 9999 ? 7 : 6;
    int64_t wide = columns - label > 0 ? columns - label : 1;
    int64_t high = rows > 0 ? 2 * (int64_t)rows : 2; /* entries of k queries */
    int64_t k = 1;
    while (parts(n, k) > wide || parts(n, k) > high)
        k *= 2;
    return (CellFit){halves ? MODE_P : MODE_GLYPHS, halves ? k : 2 * k, k, label};
}

CellFit layout_cells(int64_t n, int columns, int rows, bool halves, bool tall)
{
    if (5 + 4 * n <= columns && 2 * n <= rows)
        return (CellFit){MODE_X, 1, 1, 5};
    if (6 + 2 * n <= columns && (n <= rows || tall))
        return (CellFit){MODE_L, 1, 1, 6};
    return blocks_fit(n, columns, rows, halves);
}

/* Columns that the cells of a fit take, without label. */
static int cells_columns(CellFit fit, int64_t n)
{
    static const int width[] = {4, 2, 1, 1};
    return (int)parts(n, fit.k_columns) * width[fit.mode];
}

static int cells_rows(CellFit fit, int64_t n, int most)
{
    int64_t entries = parts(n, fit.k_rows);
    int64_t rows = fit.mode == MODE_X ? 2 * entries : fit.mode == MODE_P ? (entries + 1) / 2 : entries;
    return rows < most ? (int)rows : most > 0 ? most : 0;
}

/* The ribbon stands where marks have no cell of their own: the figure has tools, or its question
 * marks keys. */
static bool wants_ribbon(const Session *s, const Lab *lab)
{
    const Question *q = s->player.question;
    if (lab->figure->tools || lab->painting)
        return true;
    if (!q || s->screen != SCREEN_ASK)
        return false;
    for (int k = 0; k < q->wrongs; k++)
        if (q->wrong[k].has_keys)
            return true;
    return q->kind == QUESTION_INDICES;
}

/* At most RIBBON_MOST lines, and no more than a third of the rows that cells could have. */
static void ribbon_size(int64_t n, int columns, int rows, FigurePlan *f)
{
    int     most = rows / 6 < 1 ? 1 : rows / 6 < RIBBON_MOST ? rows / 6 : RIBBON_MOST;
    int keys = (columns - f->fit.label) / 16 * 16;
    if (keys < 16)
        keys = 8;
    int64_t lines = parts(n, keys);
    f->ribbon_keys = keys;
    f->ribbon_lines = lines < most ? (int)lines : most;
}

/* Rows between the axis and the cells. */
static int degree_rows(const Lab *lab)
{
    return lab->view == VIEW_COLUMN ? DEGREE_ROWS : 0;
}

/* Mode and ribbon of one matrix in `columns` x `rows`, of which `other` rows are no cells. The
 * ribbon takes rows away, which may make the blocks larger but never smaller. */
static void figure_fit(const Session *s, const Lab *lab, int columns, int rows, int other, bool halves,
                       bool tall, FigurePlan *f)
{
    other += degree_rows(lab);
    f->ribbon_lines = 0;
    f->fit = layout_cells(lab->n, columns, rows - other, halves, tall);
    if (f->fit.mode < MODE_P || !wants_ribbon(s, lab))
        return;
    ribbon_size(lab->n, columns, rows - other, f);
    f->fit = layout_cells(lab->n, columns, rows - other - 2 * f->ribbon_lines, halves, tall);
}

/* First entry shown, so that the cursor stays in view: as near to the middle as the ends allow. */
static int64_t pan(int64_t cursor, int64_t shown, int64_t all)
{
    int64_t first = cursor - shown / 2;
    if (first > all - shown)
        first = all - shown;
    return first > 0 ? first : 0;
}

static void figure_spec(const Lab *lab, FigurePlan *f)
{
    int64_t rows = parts(lab->n, f->fit.k_rows), columns = parts(lab->n, f->fit.k_columns);
    int64_t most = f->cells.h;
    if (f->fit.mode == MODE_X)
        most = f->cells.h / 2;
    if (f->fit.mode == MODE_P)
        most = 2 * (int64_t)f->cells.h;
    int64_t shown = rows < most ? rows : most;
    int64_t first = pan(lab->row / f->fit.k_rows, shown, rows);
    f->spec = (GridSpec){first * f->fit.k_rows, 0, (int)shown, (int)columns, f->fit.k_rows, f->fit.k_columns};
}

/* View coverage: a list in place of the matrix, a line a key. */
static bool lists(const Lab *lab)
{
    return lab->view == VIEW_COVERAGE && lab->dense;
}

static void list_place(const Lab *lab, FigurePlan *f, Rect pane, int other, bool head)
{
    int64_t keys = lab->background == BACKGROUND_CAUSAL ? lab->row + 1 : lab->n;
    int     y = pane.y, most = pane.h - other - head;
    *f = (FigurePlan){.on = true, .fit = {MODE_L, 1, 1, 6}, .spec = {0, 0, 0, 0, 1, 1}, .pane = pane,
                      .heading = head ? y++ : -1, .ribbon = -1};
    f->axis = y++;
    f->cells = rect_make(pane.x, y, pane.w, most < 0 ? 0 : keys < most ? (int)keys : most);
}

/* One matrix into its pane: rows from the top, the heading where there is a row for it. */
static void figure_place(const Lab *lab, FigurePlan *f, Rect pane, int other, bool must_head, bool may_head,
                         bool airy)
{
    other += degree_rows(lab);
    if (lists(lab)) {
        list_place(lab, f, pane, other, must_head || may_head);
        return;
    }
    int rows = cells_rows(f->fit, lab->n, pane.h - other - 2 * f->ribbon_lines);
    int free = pane.h - other - rows - 2 * f->ribbon_lines;
    int y = pane.y;
    f->on = true;
    f->pane = pane;
    f->heading = -1;
    if (airy && free >= 3) {
        y++;
        free--;
    }
    if (must_head || (may_head && free >= 2))
        f->heading = y++;
    f->axis = y++;
    y += degree_rows(lab);
    int used = f->fit.label + cells_columns(f->fit, lab->n);
    bool words = lab_has_words(lab) && !lab_hides(lab, HIDE_WORDS) && f->fit.mode <= MODE_L;
    f->words = words && pane.w >= used + WORD_LABEL ? WORD_LABEL : 0;
    f->cells = rect_make(pane.x + f->fit.label + f->words, y, used - f->fit.label, rows);
    f->ribbon = f->ribbon_lines ? y + rows : -1;
    figure_spec(lab, f);
}

static int below_of(const FigurePlan *f)
{
    return f->cells.y + f->cells.h + 2 * f->ribbon_lines;
}

/* One or two matrices into `area`. */
static void figures_place(const Session *s, const Lab *lab, Layout *l, Rect area, int other, bool halves)
{
    bool two = l->shown == SIDES;
    int  column = two ? (area.w - 1) / 2 : area.w;
    l->figures = area;
    for (int k = 0; k < l->shown; k++) {
        Side        side = two ? (k ? SIDE_SPARSE : SIDE_OTHER) : l->single;
        FigurePlan *f = &l->figure[side];
        Rect        pane = rect_make(area.x + k * (column + 1), area.y, k ? area.w - column - 1 : column, area.h);
        figure_fit(s, lab, column, area.h, other, halves, l->in_turn, f);
        bool may_head = !two && !l->panel.w && l->class >= CLASS_S;
        figure_place(lab, f, pane, other, two, may_head, l->class >= CLASS_M && !l->alone);
        l->below = below_of(f);
    }
}

/* The width one matrix wants when it may have `most`: its cells, the words of its rows if they
 * still fit, and never less than its read-outs need. */
static int figure_wants(const Session *s, const Lab *lab, int most, int rows, int other, bool halves)
{
    FigurePlan f = {0};
    figure_fit(s, lab, most, rows, other, halves, false, &f);
    int wants = f.fit.label + cells_columns(f.fit, lab->n);
    bool words = lab_has_words(lab) && !lab_hides(lab, HIDE_WORDS) && f.fit.mode <= MODE_L;
    if (words && wants + WORD_LABEL <= most)
        wants += WORD_LABEL;
    if (wants < FIGURE_LEAST)
        wants = FIGURE_LEAST;
    return wants < most ? wants : most;
}

static void bar_at(Layout *l, int x, int rows)
{
    l->bar[l->bars++] = x;
    l->bar_rows = rows;
}

static void text_pane(Layout *l, int pane_columns, int rows)
{
    int air = l->class >= CLASS_M;
    l->text = rect_make(1, l->body.y + air, pane_columns - 2, rows - air);
}

static void place_small(const Session *s, const Lab *lab, Layout *l, int columns, bool halves)
{
    int text = columns - FIGURE_LEAST - 4;
    if (text > TEXT_MOST)
        text = TEXT_MOST;
    text_pane(l, text + 2, l->body.h);
    bar_at(l, text + 2, l->body.h);
    l->shown = 1;
    figures_place(s, lab, l, rect_make(text + 3, l->body.y, columns - text - 4, l->body.h), 1 + READOUT_ROWS,
                  halves);
}

static void place_medium(const Session *s, const Lab *lab, Layout *l, int columns, bool halves)
{
    bool two = l->shown == SIDES;
    int  other = 1 + READOUT_ROWS + two;
    int  all = columns - TEXT_LEAST - 1;
    int  most = two ? (all - 1) / 2 : all;
    int  wants = figure_wants(s, lab, most, l->body.h, other, halves);
    int  figures = two ? 2 * wants + 1 : wants;
    int  pane = columns - 1 - figures;
    if (pane > TEXT_MOST + 2)
        pane = TEXT_MOST + 2;
    text_pane(l, pane, l->body.h);
    bar_at(l, pane, l->body.h);
    figures_place(s, lab, l, rect_make(pane + 1, l->body.y, columns - pane - 1, l->body.h), other, halves);
}

static void place_wide(const Session *s, const Lab *lab, Layout *l, int columns, bool halves)
{
    int  rows = l->body.h - STRIP_ROWS - 1;
    bool two = l->shown == SIDES;
    text_pane(l, TEXT_WIDE, rows);
    bar_at(l, TEXT_WIDE, rows);
    Rect area = rect_make(TEXT_WIDE + 1, l->body.y, columns - TEXT_WIDE - 1, rows);
    figures_place(s, lab, l, area, 1 + READOUT_ROWS + two, halves);
    l->strip_rule = l->body.y + rows;
    l->strip = rect_make(1, l->strip_rule + 1, columns - 2, STRIP_ROWS);
}

/* One pane at a time, that of the focus. A page begins with its text: the session moves a focus that
 * nobody chose there as soon as it is told that panes come in turn. */
static void place_in_turn(const Session *s, const Lab *lab, Layout *l, int columns, bool halves)
{
    bool figure = s->focus == FOCUS_SPARSE || s->focus == FOCUS_OTHER;
    if (!figure || (s->screen == SCREEN_PAGE && !s->focus_chosen)) {
        l->control_pane = s->focus == FOCUS_CONTROLS;
        int text = columns - 2 < TEXT_MOST ? columns - 2 : TEXT_MOST;
        l->text = rect_make(1, l->body.y, text, l->body.h);
        return;
    }
    l->shown = 1;
    figures_place(s, lab, l, l->body, 1 + READOUT_ROWS, halves);
}

/* The Figure layer: one matrix with its panel, or two side by side; below them the sliders. */
static void place_alone(const Session *s, const Lab *lab, Layout *l, int columns, bool halves)
{
    if (l->in_turn || l->shown == SIDES || lists(lab)) {
        figures_place(s, lab, l, l->body, 1 + READOUT_ROWS + (l->shown == SIDES), halves);
        return;
    }
    Rect area = l->body;
    int  margin = lab_loses(lab, l->single) ? MARGIN : 0;
    area.w = columns - PANEL_LEAST - margin;
    l->panel = rect_make(area.w, area.y, PANEL_LEAST, area.h);
    figures_place(s, lab, l, area, 1, halves);
    FigurePlan *f = &l->figure[l->single];
    f->margin = margin && f->fit.mode <= MODE_L;
    if (f->margin)
        area.w += margin;
    int         end = f->cells.x + f->cells.w + (f->margin ? margin : 0), gap = area.w - end < 3 ? area.w - end : 3;
    l->panel = rect_make(end + gap, area.y, columns - end - gap - 1, area.h);
    f->pane.w = l->panel.x - f->pane.x;
}

static void frame(const Session *s, int columns, int rows, Layout *l)
{
    l->title = rect_make(0, 0, columns, 1);
    l->hints = rect_make(0, rows - 1, columns, 1);
    l->rule_top = l->rule_low = l->strip_rule = -1;
    l->alone = s->layer == LAYER_FIGURE && session_lab(s);
    if (l->alone) {
        l->body = rect_make(0, 1, columns, rows - 3);
        l->controls = rect_make(1, rows - 2, columns - 2, 1);
    } else if (l->class == CLASS_XS) {
        l->body = rect_make(0, 1, columns, rows - 2);
    } else {
        l->rule_top = 1;
        l->rule_low = rows - 2;
        l->body = rect_make(0, 2, columns, rows - 4);
    }
}

/* Home, help, and pages without a figure: text alone. */
static void place_text(const Session *s, Layout *l, int columns)
{
    bool list = s->layer == LAYER_HELP || s->screen == SCREEN_HOME;
    int  text = columns - 2;
    int  air = l->class >= CLASS_S && s->screen == SCREEN_HOME && s->layer == LAYER_NONE;
    int  most = list ? LIST_MOST : TEXT_MOST;
    if (text > most)
        text = most;
    if (!list && l->class >= CLASS_M)
        air = 1;
    l->text = rect_make(1, l->body.y + air, text, l->body.h - air);
}

void layout_make(const Session *s, int columns, int rows, bool halves, Layout *l)
{
    *l = (Layout){.class = layout_class(columns, rows), .rule_top = -1, .rule_low = -1, .strip_rule = -1};
    if (l->class == CLASS_NONE)
        return;
    frame(s, columns, rows, l);
    const Lab *lab = session_lab(s);
    if (!lab || s->layer == LAYER_HELP || s->screen == SCREEN_HOME) {
        place_text(s, l, columns);
        return;
    }
    bool compare = lab->figure->compare != COMPARE_NONE;
    l->in_turn = l->class <= CLASS_N;
    l->single = s->focus == FOCUS_OTHER && compare ? SIDE_OTHER : SIDE_SPARSE;
    l->shown = compare && !l->in_turn ? SIDES : 1;
    if (l->alone && (lab_loses(lab, l->single) || lists(lab))) /* one matrix with its margin, one list */
        l->shown = 1;
    if (l->alone)
        place_alone(s, lab, l, columns, halves);
    else if (l->in_turn) {
        l->shown = 0;
        place_in_turn(s, lab, l, columns, halves);
    } else if (l->class == CLASS_S)
        place_small(s, lab, l, columns, halves);
    else if (l->class == CLASS_M)
        place_medium(s, lab, l, columns, halves);
    else
        place_wide(s, lab, l, columns, halves);
}
