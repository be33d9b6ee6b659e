/* test_parts.c - what single parts of a frame say: cells, marks, sliders, strip, read-outs. Expected
 * values come from the lab and the engine, never from the view. */
#include "app/view/layout.h"
#include "tests/view/scene.h"

#include <locale.h>

typedef struct {
    World       w;
    ScreenView *view;
    Canvas      canvas;
    Layout      layout;
    Text        text; /* the frame as lines */
} Stage;

static void stage_draw(Stage *s)
{
    scene_draw(&s->w, s->view, &s->canvas);
    layout_make(&s->w.s, s->canvas.columns, s->canvas.rows, style_has_ramp(s->canvas.depth) && !s->canvas.ascii, &s->layout);
    text_clear(&s->text);
    blit_plain(&s->canvas, &s->text);
}

static void stage_open(Stage *s, const char *scene, int columns, int rows, Depth depth, bool ascii)
{
    *s = (Stage){.view = screen_new(), .canvas = {.ascii = ascii, .depth = depth}};
    assert_true(canvas_size(&s->canvas, columns, rows));
    for (int k = 0; k < SCENES; k++)
        if (strcmp(scenes[k].name, scene) == 0)
            scene_open(&s->w, s->view, &s->canvas, &scenes[k]);
    stage_draw(s);
}

static void stage_close(Stage *s)
{
    scene_close(&s->w);
    screen_free(s->view);
    canvas_done(&s->canvas);
    text_done(&s->text);
}

static void says(const Stage *s, const char *what)
{
    if (!strstr(text_string(&s->text), what))
        fail_msg("\"%s\" is not on the screen:\n%s", what, text_string(&s->text));
}

static bool cell_alike(const Stage *s, int xa, int ya, int xb, int yb)
{
    const Cell *a = canvas_cell(&s->canvas, xa, ya), *b = canvas_cell(&s->canvas, xb, yb);
    Paint       pa = style_paint(a->style, THEME_DARK, s->canvas.depth), pb = style_paint(b->style, THEME_DARK, s->canvas.depth);
    return a->rune == b->rune && pa.paper == pb.paper;
}

/* Row 12 of window(w=4) | sink(s=2) by weights: 12,14 future; 12,5 skipped; 12,9 small; 12,12 large. */
static void the_kinds_of_nothing_and_the_small_never_look_alike(void **state)
{
    static const struct {
        Depth depth;
        bool  ascii;
    } screens[] = {{DEPTH_256, false}, {DEPTH_256, true}, {DEPTH_16, false}, {DEPTH_8, false}, {DEPTH_NONE, false}, {DEPTH_NONE, true}};
    (void)state;
    for (unsigned k = 0; k < sizeof screens / sizeof *screens; k++) {
        Stage s;
        stage_open(&s, "page", 80, 24, screens[k].depth, screens[k].ascii);
        Rect cells = s.layout.figure[SIDE_SPARSE].cells;
        int  at[] = {14, 5, 9, 12}, y = cells.y + 12;
        for (int a = 0; a < 4; a++)
            for (int b = a + 1; b < 4; b++)
                if (cell_alike(&s, cells.x + 2 * at[a], y, cells.x + 2 * at[b], y))
                    fail_msg("keys %d and %d look alike at depth %d:\n%s", at[a], at[b], (int)screens[k].depth, text_string(&s.text));
        stage_close(&s);
    }
}

static void a_hidden_row_shows_question_marks_up_to_its_own_key(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "members", 80, 24, DEPTH_NONE, true);
    says(&s, "|>  12 ? ? ? ? ? ? ? ? ? ? ? ? ?\n");
    stage_close(&s);
}

static void every_changed_cell_carries_its_mark(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "probe-shuffled", 80, 24, DEPTH_NONE, true);
    const Lab *lab = session_lab(&s.w.s);
    Rect       cells = s.layout.figure[SIDE_SPARSE].cells;
    int64_t    marks = 0;
    for (int y = cells.y; y < cells.y + cells.h; y++)
        for (int x = cells.x; x < cells.x + cells.w; x++)
            marks += canvas_cell(&s.canvas, x, y)->rune == '!';
    assert_true(lab_log_size(lab) == 1 && lab_log_at(lab, 0)->changed > 0);
    assert_int_equal(marks, lab_log_at(lab, 0)->changed);
    stage_close(&s);
}

static void the_row_of_the_matrix_is_the_row_of_the_engine(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "bidirectional", 80, 24, DEPTH_NONE, true);
    const Lab *lab = session_lab(&s.w.s);
    Rect       cells = s.layout.figure[SIDE_SPARSE].cells;
    for (int64_t i = 0; i < lab->n; i++) {
        Runs row = {0};
        assert_int_equal(pattern_row(lab->pattern[SIDE_SPARSE], i, &row), STATUS_OK);
        for (int64_t j = 0; j < lab->n; j++) {
            int32_t sign = canvas_cell(&s.canvas, cells.x + 2 * (int)j, cells.y + (int)i)->rune;
            assert_int_equal(sign, runs_has(&row, j) ? '#' : '.');
        }
        runs_done(&row);
    }
    stage_close(&s);
}

static void read_outs_are_the_numbers_of_the_engine(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "page", 120, 40, DEPTH_NONE, true);
    for (int up = 0; up < 12; up++) {
        const Lab *lab = session_lab(&s.w.s);
        char       line[128];
        int64_t    count, total;
        assert_int_equal(pattern_count(lab->pattern[SIDE_SPARSE], lab->row, &count), STATUS_OK);
        assert_int_equal(pattern_total(lab->pattern[SIDE_SPARSE], &total), STATUS_OK);
        snprintf(line, sizeof line, "%lld of %lld keys", (long long)count, (long long)lab->row + 1);
        says(&s, line);
        snprintf(line, sizeof line, "%lld of 136 cells", (long long)total);
        says(&s, line);
        snprintf(line, sizeof line, "%.4f", lab_weight(lab, SIDE_SPARSE, lab->row, lab->key));
        says(&s, line);
        scene_key(&s.w, KEY_UP_);
        stage_draw(&s);
    }
    stage_close(&s);
}

static void both_matrices_have_the_cursor_at_one_cell(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "page", 120, 40, DEPTH_NONE, true);
    const Lab *lab = session_lab(&s.w.s);
    for (int side = 0; side < SIDES; side++) {
        Rect cells = s.layout.figure[side].cells;
        assert_int_equal(canvas_cell(&s.canvas, cells.x + 2 * (int)lab->key + 1, cells.y + (int)lab->row)->rune, '<');
    }
    stage_close(&s);
}

/* The knob of w in 1 .. 16 moves one place a value. */
static void a_slider_has_a_place_for_each_value(void **state)
{
    static const char *const track[] = {"[o---------------] 1\n", "[===o------------] 4 ", "[===============o] 16"};
    static const double      value[] = {1, 4, 16};
    (void)state;
    for (int k = 0; k < 3; k++) {
        Stage s;
        stage_open(&s, "page", 60, 16, DEPTH_NONE, true);
        session_apply(&s.w.s, (Action){.kind = ACTION_SLIDE, .number = 0, .value = value[k]});
        s.w.s.focus = FOCUS_CONTROLS;
        s.w.s.focus_chosen = true;
        stage_draw(&s);
        char line[40];
        snprintf(line, sizeof line, "%.*s", (int)strlen(track[k]) - 1, track[k]);
        says(&s, line);
        assert_int_equal(canvas_cell(&s.canvas, s.canvas.cursor_x, s.canvas.cursor_y)->rune, 'o');
        stage_close(&s);
    }
}

/* Without colour a word of G has a sign behind it; all others have none. */
/* A lesson that gives a slider no label gets the parameter's help, which may be longer than the pane. */
static void a_long_label_gives_way_to_the_bar_and_the_value(void **state)
{
    (void)state;
    Stage s;
    stage_open(&s, "page", 80, 24, DEPTH_NONE, true);
    Slider *slider = &((Figure *)session_lab(&s.w.s)->figure)->slider[0];
    free(slider->label);
    slider->label = text_copy("keys of the window, own key counted");
    stage_draw(&s);
    says(&s, "w  [===o");
    says(&s, "] 4");
    if (strstr(text_string(&s.text), "keys of the window"))
        fail_msg("the label stands in the way:\n%s", text_string(&s.text));
    stage_close(&s);
}

static void the_strip_marks_the_words_of_the_row_and_no_others(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "probe", 80, 24, DEPTH_NONE, true);
    const Lab *lab = session_lab(&s.w.s);
    Rect       text = s.layout.text;
    int        marked = 0;
    for (int y = text.y; y < text.y + text.h; y++)
        for (int x = text.x; x < text.x + text.w; x++)
            marked += canvas_cell(&s.canvas, x, y)->rune == '#';
    assert_int_equal(marked, runs_count(&lab->set[SIDE_SPARSE]));
    for (int64_t j = 0; j < lab->n; j++)
        if (runs_has(&lab->set[SIDE_SPARSE], j)) {
            char word[64];
            snprintf(word, sizeof word, "%s#", lab->token[j]);
            says(&s, word);
        }
    stage_close(&s);
}

static void an_empty_row_says_so(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "empty-rows", 80, 24, DEPTH_NONE, true);
    says(&s, "    2 . . .  empty\n");
    says(&s, "    3 # . . .\n");
    stage_close(&s);
}

static void what_the_text_names_lights_up_in_the_figure(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "named", 80, 24, DEPTH_NONE, true);
    Rect cells = s.layout.figure[SIDE_SPARSE].cells;
    assert_int_equal(canvas_cell(&s.canvas, cells.x + 2 * 3 + 1, cells.y + 8)->rune, ')');
    assert_int_equal(canvas_cell(&s.canvas, cells.x + 2 * 12, cells.y + 8)->rune, '(');
    assert_true(canvas_cell(&s.canvas, cells.x - 2, cells.y + 9)->style.attr & ATTR_UNDERLINE);
    assert_false(canvas_cell(&s.canvas, cells.x - 2, cells.y + 10)->style.attr & ATTR_UNDERLINE);
    stage_close(&s);
    stage_open(&s, "named", 120, 40, DEPTH_NONE, true);
    says(&s, "() in the text");
    stage_close(&s);
}

static void colour_is_never_blank_in_what_is_copied(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "ask", 80, 24, DEPTH_256, false);
    says(&s, "  2 ██████\n");
    says(&s, "  6 ████· ████████\n");
    stage_close(&s);
}

static void an_answered_question_shows_what_it_hid(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "ask-right", 80, 24, DEPTH_NONE, true);
    says(&s, "6 of 13 keys");
    says(&s, "Right.");
    stage_close(&s);
}

static void a_long_answer_is_shown_about_its_cursor(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "members", 80, 24, DEPTH_NONE, true);
    for (int k = 0; k < 100; k++)
        scene_key(&s.w, '0' + k % 10);
    stage_draw(&s);
    Rect text = s.layout.text;
    assert_true(rect_has(text, s.canvas.cursor_x, s.canvas.cursor_y));
    assert_int_equal(canvas_cell(&s.canvas, s.canvas.cursor_x - 1, s.canvas.cursor_y)->rune, '9');
    scene_key(&s.w, KEY_HOME_);
    stage_draw(&s);
    assert_int_equal(canvas_cell(&s.canvas, s.canvas.cursor_x, s.canvas.cursor_y)->rune, '0');
    assert_int_equal(canvas_cell(&s.canvas, s.canvas.cursor_x + 1, s.canvas.cursor_y)->rune, '1');
    stage_close(&s);
}

static void help_scrolls_with_its_cursor_to_the_last_word(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "help-page", 40, 12, DEPTH_NONE, true);
    for (int k = 0; k < s.w.s.measure.help_lines + 5; k++) {
        scene_key(&s.w, KEY_DOWN_);
        stage_draw(&s);
        assert_true(rect_has(s.layout.text, s.canvas.cursor_x, s.canvas.cursor_y));
        assert_int_equal(canvas_cell(&s.canvas, s.canvas.cursor_x, s.canvas.cursor_y)->rune, '>');
    }
    says(&s, "hybrid");
    stage_close(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_kinds_of_nothing_and_the_small_never_look_alike),
        cmocka_unit_test(a_hidden_row_shows_question_marks_up_to_its_own_key),
        cmocka_unit_test(every_changed_cell_carries_its_mark),
        cmocka_unit_test(the_row_of_the_matrix_is_the_row_of_the_engine),
        cmocka_unit_test(read_outs_are_the_numbers_of_the_engine),
        cmocka_unit_test(both_matrices_have_the_cursor_at_one_cell),
        cmocka_unit_test(a_slider_has_a_place_for_each_value),
        cmocka_unit_test(a_long_label_gives_way_to_the_bar_and_the_value),
        cmocka_unit_test(the_strip_marks_the_words_of_the_row_and_no_others),
        cmocka_unit_test(an_empty_row_says_so),
        cmocka_unit_test(what_the_text_names_lights_up_in_the_figure),
        cmocka_unit_test(colour_is_never_blank_in_what_is_copied),
        cmocka_unit_test(an_answered_question_shows_what_it_hid),
        cmocka_unit_test(a_long_answer_is_shown_about_its_cursor),
        cmocka_unit_test(help_scrolls_with_its_cursor_to_the_last_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
