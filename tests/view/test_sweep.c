/* test_sweep.c - scenes at random sizes: nothing leaves its pane, axes tell the truth, the hardware
 * cursor is on the screen. The seed is printed by each failure. */
#include "app/view/layout.h"
#include "app/view/matrix.h"
#include "tests/view/scene.h"

#include <locale.h>

enum { ROUNDS = 2000 };

static uint64_t next_random(uint64_t *state) /* xorshift64 */
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static int between(uint64_t *state, int least, int most)
{
    return least + (int)(next_random(state) % (uint64_t)(most - least + 1));
}

typedef struct {
    World       w;
    ScreenView *view;
    Canvas      canvas;
    const char *scene;
    uint64_t    seed;
} Stage;

static void blame(const Stage *s, const char *what)
{
    Text t = {0};
    blit_plain(&s->canvas, &t);
    fail_msg("%s: scene %s, %dx%d, seed %llu\n%s", what, s->scene, s->canvas.columns, s->canvas.rows,
             (unsigned long long)s->seed, text_string(&t));
}

static void check(const Stage *s, bool holds, const char *what)
{
    if (!holds)
        blame(s, what);
}

static bool apart(Rect a, Rect b)
{
    Rect both = rect_meet(a, b);
    return both.w == 0 || both.h == 0;
}

static void panes_lie_apart_and_inside(const Stage *s, const Layout *l)
{
    Rect all = canvas_rect(&s->canvas);
    Rect pane[] = {l->title, l->hints, l->text, l->panel, l->strip, l->controls, l->figure[0].pane, l->figure[1].pane};
    int  panes = (int)(sizeof pane / sizeof *pane);
    for (int a = 0; a < panes; a++) {
        if (pane[a].w)
            check(s, rect_inside(pane[a], all), "a pane outside the screen");
        for (int b = a + 1; b < panes; b++)
            if (pane[a].w && pane[b].w)
                check(s, apart(pane[a], pane[b]), "two panes overlap");
    }
}

static void cells_lie_in_their_pane(const Stage *s, const Layout *l, const Lab *lab, int side)
{
    static const int wide[] = {4, 2, 1, 1};
    const FigurePlan *f = &l->figure[side];
    if (!f->on)
        return;
    check(s, rect_inside(f->cells, f->pane), "cells outside their pane");
    check(s, f->spec.columns * wide[f->fit.mode] <= f->cells.w, "more columns than the cells have");
    check(s, l->below <= f->pane.y + f->pane.h, "no rows below the matrix");
    check(s, f->cells.h > 0, "no cells at all");
    if (lab->view == VIEW_COVERAGE)
        return; /* a list: no key and no row has a place of its own */
    check(s, f->spec.rows > 0, "no rows at all");
    check(s, l->panel.w == 0 || apart(l->panel, f->cells), "the panel covers cells");
    check(s, lab->row >= f->spec.i0 && lab->row < f->spec.i0 + f->spec.rows * f->spec.k_rows, "the cursor's row is not in view");
    check(s, lab->key >= f->spec.j0 && lab->key < f->spec.j0 + f->spec.columns * f->spec.k_columns, "the cursor's key is not in view");
}

static const Cell *cell_of(const Stage *s, int x, int y)
{
    return canvas_cell(&s->canvas, x, y);
}

/* Every number on the axis stands over the first sign of its key, whole. */
static void axis_tells_the_truth(const Stage *s, const Layout *l, const Lab *lab, int side)
{
    static const int wide[] = {4, 2, 1, 1};
    const FigurePlan *f = &l->figure[side];
    if (!f->on || lab->view == VIEW_COVERAGE)
        return;
    for (int x = f->cells.x; x < f->pane.x + f->pane.w; x++) {
        int64_t value = 0;
        int     from = x, digits = 0;
        while (x < f->pane.x + f->pane.w && cell_of(s, x, f->axis)->rune >= '0' && cell_of(s, x, f->axis)->rune <= '9') {
            value = value * 10 + cell_of(s, x++, f->axis)->rune - '0';
            digits++;
        }
        if (!digits)
            continue;
        if (cell_of(s, x < f->pane.x + f->pane.w ? x : x - 1, f->axis)->rune == 'K')
            value *= 1024;
        bool truth = from == f->cells.x + (int)((value - f->spec.j0) / f->fit.k_columns) * wide[f->fit.mode];
        bool moved = value == lab->key && x == f->pane.x + f->pane.w; /* pushed in at the right edge */
        check(s, truth || moved, "a number of the axis is cut or wrong");
    }
}

static void bars_and_rules_are_whole(const Stage *s, const Layout *l)
{
    int32_t bar = canvas_glyph(&s->canvas, GLYPH_BAR), rule = canvas_glyph(&s->canvas, GLYPH_RULE);
    for (int k = 0; k < l->bars; k++)
        for (int y = 0; y < l->bar_rows; y++)
            check(s, cell_of(s, l->bar[k], l->body.y + y)->rune == bar, "something stands on a bar");
    for (int x = 0; x < s->canvas.columns; x++) {
        if (l->rule_top >= 0)
            check(s, cell_of(s, x, l->rule_top)->rune == rule, "something stands on the upper rule");
        if (l->strip_rule >= 0)
            check(s, cell_of(s, x, l->strip_rule)->rune == rule, "something stands on the strip's rule");
    }
}

static void cursor_is_on_the_focus(const Stage *s, const Layout *l)
{
    int x = s->canvas.cursor_x, y = s->canvas.cursor_y;
    check(s, rect_has(canvas_rect(&s->canvas), x, y), "no hardware cursor");
    Focus focus = s->w.s.focus;
    if (s->w.s.layer == LAYER_HELP || s->w.s.screen == SCREEN_HOME) {
        check(s, rect_has(l->text, x, y), "the cursor is not in the list");
        return;
    }
    if (focus == FOCUS_SPARSE && l->figure[SIDE_SPARSE].on)
        check(s, rect_has(l->figure[SIDE_SPARSE].cells, x, y), "the cursor is not in the matrix");
    if (focus == FOCUS_OTHER && l->figure[SIDE_OTHER].on)
        check(s, rect_has(l->figure[SIDE_OTHER].cells, x, y), "the cursor is not in the other matrix");
    if (focus == FOCUS_FIELD || focus == FOCUS_OPTIONS || focus == FOCUS_TEXT)
        check(s, rect_has(l->text, x, y), "the cursor is not in the text pane");
}

static void frame_holds(Stage *s)
{
    Layout l;
    scene_draw(&s->w, s->view, &s->canvas);
    bool halves = style_has_ramp(s->canvas.depth) && !s->canvas.ascii;
    layout_make(&s->w.s, s->canvas.columns, s->canvas.rows, halves, &l);
    if (l.class == CLASS_NONE)
        return;
    panes_lie_apart_and_inside(s, &l);
    bars_and_rules_are_whole(s, &l);
    cursor_is_on_the_focus(s, &l);
    for (int side = 0; side < SIDES; side++) {
        cells_lie_in_their_pane(s, &l, session_lab(&s->w.s), side);
        axis_tells_the_truth(s, &l, session_lab(&s->w.s), side);
    }
}

static void stage_open(Stage *s, uint64_t *state)
{
    static const Depth depth[] = {DEPTH_NONE, DEPTH_8, DEPTH_16, DEPTH_256};
    const Scene *scene = &scenes[between(state, 0, SCENES - 1)];
    *s = (Stage){.view = screen_new(), .scene = scene->name, .seed = *state};
    s->canvas.ascii = between(state, 0, 1);
    s->canvas.depth = depth[between(state, 0, 3)];
    assert_true(canvas_size(&s->canvas, between(state, 40, 230), between(state, 12, 70)));
    scene_open(&s->w, s->view, &s->canvas, scene);
}

static void stage_close(Stage *s)
{
    scene_close(&s->w);
    screen_free(s->view);
    canvas_done(&s->canvas);
}

/* Each scene is opened at one size and then seen at others, as a window that is dragged. */
static void nothing_leaves_its_pane_at_any_size(void **state)
{
    uint64_t random = 20260112;
    (void)state;
    for (int round = 0; round < ROUNDS / 8; round++) {
        Stage s;
        stage_open(&s, &random);
        for (int size = 0; size < 8; size++) {
            int small = between(&random, 0, 9) == 0;
            assert_true(canvas_size(&s.canvas, between(&random, small ? 1 : 40, small ? 60 : 230),
                                    between(&random, small ? 1 : 12, small ? 14 : 70)));
            s.seed = random;
            frame_holds(&s);
        }
        stage_close(&s);
    }
}

/* Random keys over a lesson: whatever a learner does, the frame holds. */
static void nothing_leaves_its_pane_after_any_keys(void **state)
{
    static const Key keys[] = {' ', ' ', KEY_ENTER_, KEY_TAB_, KEY_TAB_, KEY_UP_, KEY_DOWN_, KEY_LEFT_, KEY_RIGHT_,
                               KEY_LEFT_, KEY_RIGHT_, 's', ']', '[', '.', ',', '>', '<', 'f', '?', 'z', 'h', 'v', '1',
                               '2', '7', '6', '=', 'k', KEY_ESC_, KEY_HOME_, KEY_END_, KEY_PAGE_UP_, KEY_BACKSPACE_};
    uint64_t random = 77;
    (void)state;
    for (int round = 0; round < 40; round++) {
        Stage s;
        stage_open(&s, &random);
        for (int k = 0; k < 60; k++) {
            s.seed = random;
            frame_holds(&s);
            scene_key(&s.w, keys[between(&random, 0, (int)(sizeof keys / sizeof *keys) - 1)]);
        }
        stage_close(&s);
    }
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_leaves_its_pane_at_any_size),
        cmocka_unit_test(nothing_leaves_its_pane_after_any_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
