/* Figures that live: sliders, cursor, probes, grids. */
#include "tests/tutor/build.h"

#include <math.h>
#include <stdio.h>

static Lab open_lab(Figure *f)
{
    Lab lab;
    Why why = {0};
    if (lab_open(&lab, f, &why) != STATUS_OK) fail_msg("%s", why.what);
    return lab;
}

static void close_lab(Lab *lab, Figure *f)
{
    lab_done(lab);
    figure_free(f);
}

static void a_slider_moves_the_set_and_the_counts_at_once(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=4) | sink(s=2)", 16, NULL);
    build_slider(f, 0, "w", 1, 16, 4);
    f->row = 12;
    Lab  lab = open_lab(f);
    char line[80];
    bool changed;
    lab_set_text(&lab, SIDE_SPARSE, line, sizeof line);
    assert_string_equal(line, "G_12 = {0-1, 9-12}");
    assert_int_equal(lab.total[SIDE_SPARSE], 81);
    assert_int_equal(lab_slide(&lab, 0, 5, &changed, NULL), STATUS_OK);
    assert_true(changed);
    lab_set_text(&lab, SIDE_SPARSE, line, sizeof line);
    assert_string_equal(line, "G_12 = {0-1, 8-12}");
    lab_expression(&lab, SIDE_SPARSE, line, sizeof line);
    assert_string_equal(line, "window(w=5) | sink(s=2)");
    close_lab(&lab, f);
}

static void a_slider_stops_at_its_bounds(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=4)", 16, NULL);
    build_slider(f, 0, "w", 1, 6, 4);
    Lab  lab = open_lab(f);
    bool changed;
    assert_int_equal(lab_slide(&lab, 0, 99, &changed, NULL), STATUS_OK);
    assert_true(lab.value[0] == 6);
    assert_int_equal(lab_slide(&lab, 0, 6, &changed, NULL), STATUS_OK);
    assert_false(changed);
    close_lab(&lab, f);
}

static void kept_weights_grow_by_one_common_factor(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=4)", 16, "");
    build_compare(f);
    f->row = 12;
    Lab    lab = open_lab(f);
    double kept = lab_kept(&lab, 12);
    assert_true(kept > 0 && kept < 1);
    for (int64_t j = 9; j <= 12; j++) {
        double dense = lab_weight(&lab, SIDE_OTHER, 12, j),
               sparse = lab_weight(&lab, SIDE_SPARSE, 12, j);
        assert_true(fabs(sparse * kept - dense) < 1e-6);
    }
    assert_true(lab_weight(&lab, SIDE_SPARSE, 12, 8) == 0);
    close_lab(&lab, f);
}

static void a_shuffle_moves_a_content_pattern_and_no_positional_one(void **state)
{
    (void)state;
    Figure *window = build_figure("window(w=4)", 16, ""), *topk = build_figure("topk(k=2)", 16, "");
    Lab     a = open_lab(window), b = open_lab(topk);
    assert_int_equal(lab_shuffle(&a, NULL), STATUS_OK);
    assert_int_equal(lab_shuffle(&b, NULL), STATUS_OK);
    assert_int_equal(lab_log_at(&a, 0)->changed, 0);
    assert_int_equal(lab_log_at(&a, 0)->cells, 136);
    assert_true(lab_log_at(&b, 0)->changed > 0);
    close_lab(&a, window);
    close_lab(&b, topk);
}

/* Cells that the log says changed are exactly those the grid marks. */
static void the_marks_after_a_probe_are_the_count_of_the_log(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=2) | topk(k=2)", 16, "");
    Lab     lab = open_lab(f);
    assert_int_equal(lab_shuffle(&lab, NULL), STATUS_OK);
    assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 16, 16, 1, 1}), STATUS_OK);
    int64_t marks = 0;
    for (int k = 0; k < 256; k++)
        marks += (lab.grid[0].cell[k].flags & (GRID_NEW | GRID_GONE)) != 0;
    assert_int_equal(marks, lab_log_at(&lab, 0)->changed);
    close_lab(&lab, f);
}

static void longer_and_shorter_undo_each_other(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=4)", 16, "");
    Lab     lab = open_lab(f);
    char   *first = text_copy(lab.token[3]);
    assert_int_equal(lab_lengthen(&lab, 1, NULL), STATUS_OK);
    assert_int_equal(lab.n, 20);
    assert_string_equal(lab.token[3], first);
    assert_int_equal(lab_lengthen(&lab, -1, NULL), STATUS_OK);
    assert_int_equal(lab.n, 16);
    assert_int_equal(lab_log_at(&lab, 1)->changed, 0);
    free(first);
    close_lab(&lab, f);
}

static void a_text_keeps_its_words_and_their_lengths_when_dealt_anew(void **state)
{
    (void)state;
    Figure *f = build_figure("full", 6, "the old boat drifted down .");
    Lab     lab = open_lab(f);
    assert_string_equal(lab.token[2], "boat");
    assert_string_equal(lab.token[5], ".");
    assert_int_equal(lab_shuffle(&lab, NULL), STATUS_OK);
    assert_int_equal(strlen(lab.token[0]), 3);
    assert_int_equal(strlen(lab.token[3]), 7);
    close_lab(&lab, f);
}

static void the_cursor_stays_inside_the_background(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=4)", 16, NULL);
    Lab     lab = open_lab(f);
    lab_go(&lab, 3, 15);
    assert_int_equal(lab.key, 3);
    lab_move(&lab, -10, 0);
    assert_int_equal(lab.row, 0);
    assert_int_equal(lab.key, 0);
    lab_go(&lab, 99, 99);
    assert_int_equal(lab.row, 15);
    close_lab(&lab, f);
}

/* n = 256 in blocks of 16 keys x 32 queries: the density of every block, counted one by one. */
static void block_densities_are_exact(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=64) | sink(s=4) | stride(s=32)", 256, NULL);
    Lab     lab = open_lab(f);
    assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 8, 16, 32, 16}), STATUS_OK);
    for (int r = 0; r < 8; r++)
        for (int c = 0; c < 16; c++) {
            int scored = 0, allowed = 0;
            for (int i = r * 32; i < r * 32 + 32; i++)
                for (int j = c * 16; j < c * 16 + 16 && j <= i; j++) {
                    allowed++;
                    scored += i - j < 64 || j < 4 || (i - j) % 32 == 0;
                }
            const GridCell *cell = grid_cell(&lab.grid[0], r, c);
            if (allowed == 0)
                assert_int_equal(cell->kind, GRID_OUTSIDE);
            else if (scored == 0)
                assert_int_equal(cell->kind, GRID_SKIPPED);
            else
                assert_true(fabs((double)cell->raw - (double)scored / allowed) < 1e-6);
        }
    close_lab(&lab, f);
}

/* A million tokens in 20 x 30 blocks; the entries are of one width, so that their densities add up to
 * the total; and a slider makes the picture anew. */
static void a_million_tokens_are_a_picture_at_once(void **state)
{
    (void)state;
    const int64_t n = 1 << 20, k_rows = n / 20 + 1, k_columns = n / 30 + 1;
    bool          changed;
    Figure       *f = build_figure("window(w=256) | sink(s=4) | stride(s=64)", n, NULL);
    build_slider(f, 0, "w", 1, 512, 256);
    Lab lab = open_lab(f);
    for (int round = 0; round < 2; round++) {
        double sum = 0;
        assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 20, 30, k_rows, k_columns}),
                         STATUS_OK);
        for (int r = 0; r < 20; r++)
            for (int c = 0; c < 30; c++) {
                const GridCell *cell = grid_cell(&lab.grid[0], r, c);
                int64_t         cells = 0;
                for (int64_t i = r * k_rows; i < (r + 1) * k_rows && i < n; i++) {
                    int64_t end = i + 1 < (c + 1) * k_columns ? i + 1 : (c + 1) * k_columns;
                    cells += end > c * k_columns ? end - c * k_columns : 0;
                }
                if (cell->kind == GRID_SCORED) sum += (double)cell->raw * (double)cells;
            }
        assert_true(fabs(sum / (double)lab.total[0] - 1) < 1e-6);
        assert_int_equal(lab_slide(&lab, 0, 300, &changed, NULL), STATUS_OK);
    }
    close_lab(&lab, f);
}

static void a_needle_does_not_vanish_in_a_block(void **state)
{
    (void)state;
    Figure *f = build_figure("full", 256, "");
    f->view = VIEW_WEIGHTS;
    Lab lab = open_lab(f);
    assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 8, 8, 32, 32}), STATUS_OK);
    float most = 0;
    for (int k = 0; k < 64; k++) most = fmaxf(most, lab.grid[0].cell[k].value);
    assert_true(most == 1);
    close_lab(&lab, f);
}

static void in_blocks_a_hidden_row_takes_no_part(void **state)
{
    (void)state;
    Figure *f = build_figure("rows(at=[9])", 16, NULL);
    f->row = 9;
    f->hide = HIDE_ROW;
    Lab lab = open_lab(f);
    assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 8, 8, 2, 2}), STATUS_OK);
    for (int k = 0; k < 64; k++) assert_int_not_equal(lab.grid[0].cell[k].kind, GRID_SCORED);
    lab.shown = ~0u;
    assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 8, 8, 2, 2}), STATUS_OK);
    assert_int_equal(grid_cell(&lab.grid[0], 4, 1)->kind, GRID_SCORED);
    close_lab(&lab, f);
}

/* Every entry of a grid in blocks holds the largest weight of its cells, as scaled for single cells. */
static void weights_in_blocks_are_the_largest_of_the_single_ones(void **state)
{
    (void)state;
    static const char *const rules[] = {"window(w=9) | sink(s=2)", "stride(s=5)", "topk(k=3)",
                                        "window(w=5) - self", "full"};
    for (size_t e = 0; e < 5; e++) {
        Figure *f = build_figure(rules[e], 60, "");
        build_compare(f);
        f->view = VIEW_WEIGHTS;
        Lab   lab = open_lab(f);
        float largest[15][15] = {{0}};
        assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 60, 60, 1, 1}), STATUS_OK);
        for (int i = 0; i < 60; i++)
            for (int j = 0; j < 60; j++)
                largest[i / 4][j / 4] =
                    fmaxf(largest[i / 4][j / 4], grid_cell(&lab.grid[0], i, j)->value);
        assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 15, 15, 4, 4}), STATUS_OK);
        for (int i = 0; i < 15; i++)
            for (int j = 0; j < 15; j++)
                assert_true(fabsf(grid_cell(&lab.grid[0], i, j)->value - largest[i][j]) < 1e-5f);
        close_lab(&lab, f);
    }
}

/* Each scale of the single cells, from its definition. */
static float scaled(const Lab *lab, int i, int j)
{
    const Grid *g = &lab->grid[0];
    float       raw = grid_cell(g, i, j)->raw;
    int         shown = 0, below = 0;
    if (lab->scale == SCALE_RAW) return raw;
    if (lab->scale == SCALE_LOG) return raw > 1e-4f ? 1 + log10f(raw) / 4 : 0;
    for (int k = 0; k <= i; k++) {
        if (grid_cell(g, i, k)->kind != GRID_SCORED) continue;
        shown++;
        below += grid_cell(g, i, k)->raw <= raw;
    }
    return (float)below / (float)shown;
}

static void weights_stand_on_the_ramp_as_the_scale_says(void **state)
{
    (void)state;
    static const Scale scales[] = {SCALE_RAW, SCALE_ROW_RANK, SCALE_LOG};
    static const View  views[] = {VIEW_WEIGHTS, VIEW_DIFFERENCE};
    Figure *f = build_figure("window(w=9) | sink(s=2)", 40, "");
    for (int v = 0; v < 2; v++)
        for (int k = 0; k < 3; k++) {
            f->view = views[v];
            Lab lab = open_lab(f);
            lab.scale = scales[k];
            assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 40, 40, 1, 1}), STATUS_OK);
            for (int i = 0; i < 40; i++)
                for (int j = 0; j <= i; j++)
                    if (grid_cell(&lab.grid[0], i, j)->kind == GRID_SCORED)
                        assert_true(fabsf(grid_cell(&lab.grid[0], i, j)->value - scaled(&lab, i, j)) < 1e-5f);
            lab_done(&lab);
        }
    figure_free(f);
}

static void blocks_hold_the_largest_of_their_cells_in_every_scale(void **state)
{
    (void)state;
    static const View views[] = {VIEW_WEIGHTS, VIEW_DIFFERENCE};
    Figure *f = build_figure("stride(s=5) | window(w=3)", 60, "");
    build_compare(f);
    for (int v = 0; v < 2; v++)
        for (int scale = 0; scale < SCALES; scale++) {
            float largest[15][15] = {{0}};
            f->view = views[v];
            Lab lab = open_lab(f);
            lab.scale = (Scale)scale;
            assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 60, 60, 1, 1}), STATUS_OK);
            for (int i = 0; i < 60; i++)
                for (int j = 0; j < 60; j++)
                    largest[i / 4][j / 4] = fmaxf(largest[i / 4][j / 4], grid_cell(&lab.grid[0], i, j)->value);
            assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 15, 15, 4, 4}), STATUS_OK);
            for (int i = 0; i < 15; i++)
                for (int j = 0; j < 15; j++)
                    assert_true(fabsf(grid_cell(&lab.grid[0], i, j)->value - largest[i][j]) < 1e-4f);
            lab_done(&lab);
        }
    figure_free(f);
}

static void the_losses_of_a_row_sum_to_what_is_not_kept(void **state)
{
    (void)state;
    static const char *const rules[] = {"window(w=4) | sink(s=2)", "topk(k=3)", "window(w=5) - self", "full"};
    for (int e = 0; e < 4; e++) {
        Figure *f = build_figure(rules[e], 24, "");
        f->view = VIEW_DIFFERENCE;
        Lab lab = open_lab(f);
        assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 24, 24, 1, 1}), STATUS_OK);
        for (int i = 0; i < 24; i++) {
            Runs   g = {0};
            double lost = 0;
            assert_int_equal(pattern_row(lab.pattern[0], i, &g), STATUS_OK);
            for (int j = 0; j <= i; j++) {
                const GridCell *c = grid_cell(&lab.grid[0], i, j);
                assert_int_equal(c->kind, runs_has(&g, j) ? GRID_KEPT : GRID_SCORED);
                if (c->kind == GRID_SCORED) lost += (double)c->raw;
            }
            assert_true(fabs(lost - (1 - lab_kept(&lab, i))) < 1e-5);
            assert_int_equal(lab.grid[0].empty[i], g.len == 0);
            runs_done(&g);
        }
        close_lab(&lab, f);
    }
}

static void view_column_tells_who_reads_each_key(void **state)
{
    (void)state;
    static const char *const rules[] = {"window(w=4) | sink(s=2)", "topk(k=3)", "stride(s=5)"};
    for (int e = 0; e < 3; e++) {
        Figure *f = build_figure(rules[e], 24, "");
        f->view = VIEW_COLUMN;
        Lab lab = open_lab(f);
        lab_go(&lab, 20, 3);
        assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 24, 24, 1, 1}), STATUS_OK);
        for (int j = 0; j < 24; j++) {
            int readers = 0;
            for (int i = 0; i < 24; i++) {
                const GridCell *c = grid_cell(&lab.grid[0], i, j);
                readers += c->kind == GRID_SCORED;
                if (c->kind == GRID_SCORED) assert_true(c->value == (j == 3 ? 1.0f : 0.0f));
                if (j == 3) assert_int_equal(runs_has(&lab.column[0], i), c->kind == GRID_SCORED);
            }
            assert_int_equal(lab.degrees[0].cells[j], readers);
        }
        assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 6, 6, 4, 4}), STATUS_OK);
        for (int r = 0; r < 6; r++)
            for (int c = 0; c < 6; c++)
                assert_true((grid_cell(&lab.grid[0], r, c)->value > 0) ==
                            (c == 0 && runs_count_in(&lab.column[0], 4 * r, 4 * r + 4) > 0));
        close_lab(&lab, f);
    }
}

static void the_order_of_a_row_falls_and_its_carriers_reach_the_target(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=12) | sink(s=3)", 40, "");
    f->view = VIEW_COVERAGE;
    Lab lab = open_lab(f);
    for (int64_t i = 0; i < 40; i++) {
        double sum = 0, before = 0;
        lab_go(&lab, i, 0);
        lab_order(&lab, SIDE_SPARSE);
        int64_t carriers = lab_carriers(&lab, SIDE_SPARSE);
        assert_int_equal(lab.ordered[0], runs_count(&lab.set[0]));
        for (int64_t k = 0; k < lab.ordered[0]; k++) {
            float w = lab.row_weight[0][lab.order[0][k]];
            assert_true(k == 0 || w <= lab.row_weight[0][lab.order[0][k - 1]]);
            assert_true(runs_has(&lab.set[0], lab.order[0][k]));
            if (k + 1 < carriers) before += (double)w;
            if (k < carriers) sum += (double)w;
        }
        assert_true(sum >= 0.9 - 1e-5 && before < 0.9);
    }
    lab_move_place(&lab, SIDE_SPARSE, -40);
    assert_int_equal(lab_place(&lab, SIDE_SPARSE), 0);
    lab_move_place(&lab, SIDE_SPARSE, 2);
    assert_int_equal(lab.key, lab.order[0][2]);
    close_lab(&lab, f);
}

static void two_cells_stay_pinned_and_follow_the_pattern(void **state)
{
    (void)state;
    bool    changed;
    Figure *f = build_figure("window(w=4)", 16, "");
    build_slider(f, 0, "w", 1, 16, 4);
    Lab lab = open_lab(f);
    for (int j = 9; j < 12; j++) {
        lab_go(&lab, 12, j);
        lab_pin(&lab);
    }
    assert_int_equal(lab.pins, 2);
    assert_int_equal(lab.pin[0].key, 10);
    assert_int_equal(lab.pin[1].key, 11);
    lab_go(&lab, 5, 5);
    assert_int_equal(lab_slide(&lab, 0, 2, &changed, NULL), STATUS_OK);
    assert_false(lab.pin[0].scored);
    assert_true(lab.pin[0].weight[0] == 0);
    assert_true(lab.pin[1].weight[0] == lab_weight(&lab, SIDE_SPARSE, 12, 11));
    lab_go(&lab, 12, 10);
    lab_pin(&lab); /* once more: no longer */
    assert_int_equal(lab.pins, 1);
    assert_int_equal(lab.pin[0].key, 11);
    assert_int_equal(lab_lengthen(&lab, -1, NULL), STATUS_OK);
    assert_int_equal(lab_lengthen(&lab, -1, NULL), STATUS_OK);
    assert_int_equal(lab.pins, lab.n > 12);
    close_lab(&lab, f);
}

static void a_hidden_row_shows_nothing_until_it_is_released(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=4)", 16, NULL);
    f->row = 12;
    f->hide = HIDE_ROW | HIDE_COUNTS;
    Lab  lab = open_lab(f);
    char line[80];
    lab_set_text(&lab, SIDE_SPARSE, line, sizeof line);
    assert_string_equal(line, "G_12 = ?");
    lab_gauge(&lab, GAUGE_COUNT, line, sizeof line);
    assert_string_equal(line, "hidden");
    assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 16, 16, 1, 1}), STATUS_OK);
    assert_int_equal(grid_cell(&lab.grid[0], 12, 10)->kind, GRID_HIDDEN);
    assert_int_equal(grid_cell(&lab.grid[0], 11, 10)->kind, GRID_SCORED);
    lab.shown = ~0u;
    assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 16, 16, 1, 1}), STATUS_OK);
    assert_int_equal(grid_cell(&lab.grid[0], 12, 10)->kind, GRID_SCORED);
    close_lab(&lab, f);
}

static void an_empty_row_is_marked(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=5) - self", 8, NULL);
    Lab     lab = open_lab(f);
    assert_int_equal(lab_fill(&lab, SIDE_SPARSE, (GridSpec){0, 0, 8, 8, 1, 1}), STATUS_OK);
    assert_int_equal(lab.grid[0].empty[0], 1);
    assert_int_equal(lab.grid[0].empty[1], 0);
    close_lab(&lab, f);
}

static void gather(void *context, const char *name, double value)
{
    Entry *e = context;
    snprintf(e->state[e->states].name, sizeof e->state[0].name, "%s", name);
    e->state[e->states++].value = value;
}

static void a_lab_comes_back_as_it_was_left(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=4) | topk(k=2)", 16, "");
    f->tools = TOOL_SHUFFLE | TOOL_LONGER;
    build_slider(f, 0, "w", 1, 16, 4);
    Lab   a = open_lab(f), b = open_lab(f);
    bool  changed;
    Entry e = {0};
    char  one[200], two[200];
    assert_int_equal(lab_slide(&a, 0, 3, &changed, NULL), STATUS_OK);
    assert_int_equal(lab_shuffle(&a, NULL), STATUS_OK);
    assert_int_equal(lab_lengthen(&a, 1, NULL), STATUS_OK);
    lab_go(&a, 18, 5);
    lab_state(&a, gather, &e);
    for (int k = 0; k < e.states; k++)
        assert_int_equal(lab_restore(&b, e.state[k].name, e.state[k].value, NULL), STATUS_OK);
    lab_set_text(&a, SIDE_SPARSE, one, sizeof one);
    lab_set_text(&b, SIDE_SPARSE, two, sizeof two);
    assert_string_equal(one, two);
    assert_string_equal(a.token[17], b.token[17]);
    assert_int_equal(b.row, 18);
    assert_int_equal(b.key, 5);
    lab_done(&a);
    close_lab(&b, f);
}

static void a_length_that_no_tool_could_make_is_not_restored(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=4)", 16, "");
    Lab     lab = open_lab(f);
    assert_int_equal(lab_restore(&lab, "tokens", 11, NULL), STATUS_OK);
    assert_int_equal(lab_restore(&lab, "deal", 3, NULL), STATUS_OK);
    assert_int_equal(lab.n, 16);
    assert_int_equal(lab.deal, 0);
    close_lab(&lab, f);
}

static void a_record_of_nonsense_changes_nothing(void **state)
{
    (void)state;
    Figure     *f = build_figure("window(w=4)", 16, "");
    Lab         lab = open_lab(f);
    const char *names[] = {"tokens", "deal", "view", "row", "key", "unheard-of"};
    double      values[] = {-5, 1e300, 1e12, NAN, INFINITY, -1e9, 1e12};
    for (size_t k = 0; k < 6; k++)
        for (size_t v = 0; v < 7; v++)
            assert_int_equal(lab_restore(&lab, names[k], values[v], NULL), STATUS_OK);
    assert_int_equal(lab.n, 16);
    assert_in_range(lab.row, 0, 15);
    close_lab(&lab, f);
}

static void too_many_tokens_with_scores_are_refused_with_the_memory_they_need(void **state)
{
    (void)state;
    Figure *f = build_figure("topk(k=2)", 5000, "");
    Lab     lab;
    Why     why = {0};
    assert_int_equal(lab_open(&lab, f, &why), STATUS_LIMIT);
    assert_non_null(strstr(why.what, "MiB"));
    figure_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slider_moves_the_set_and_the_counts_at_once),
        cmocka_unit_test(a_slider_stops_at_its_bounds),
        cmocka_unit_test(kept_weights_grow_by_one_common_factor),
        cmocka_unit_test(a_shuffle_moves_a_content_pattern_and_no_positional_one),
        cmocka_unit_test(the_marks_after_a_probe_are_the_count_of_the_log),
        cmocka_unit_test(longer_and_shorter_undo_each_other),
        cmocka_unit_test(a_text_keeps_its_words_and_their_lengths_when_dealt_anew),
        cmocka_unit_test(the_cursor_stays_inside_the_background),
        cmocka_unit_test(block_densities_are_exact),
        cmocka_unit_test(a_million_tokens_are_a_picture_at_once),
        cmocka_unit_test(a_needle_does_not_vanish_in_a_block),
        cmocka_unit_test(in_blocks_a_hidden_row_takes_no_part),
        cmocka_unit_test(weights_in_blocks_are_the_largest_of_the_single_ones),
        cmocka_unit_test(weights_stand_on_the_ramp_as_the_scale_says),
        cmocka_unit_test(blocks_hold_the_largest_of_their_cells_in_every_scale),
        cmocka_unit_test(the_losses_of_a_row_sum_to_what_is_not_kept),
        cmocka_unit_test(view_column_tells_who_reads_each_key),
        cmocka_unit_test(the_order_of_a_row_falls_and_its_carriers_reach_the_target),
        cmocka_unit_test(two_cells_stay_pinned_and_follow_the_pattern),
        cmocka_unit_test(a_hidden_row_shows_nothing_until_it_is_released),
        cmocka_unit_test(an_empty_row_is_marked),
        cmocka_unit_test(a_lab_comes_back_as_it_was_left),
        cmocka_unit_test(a_length_that_no_tool_could_make_is_not_restored),
        cmocka_unit_test(a_record_of_nonsense_changes_nothing),
        cmocka_unit_test(too_many_tokens_with_scores_are_refused_with_the_memory_they_need),
    };
    return cmocka_run_group_tests_name("tutor/lab", tests, NULL, NULL);
}
