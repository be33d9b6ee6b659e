#include "app/view/keymap_rows.h"
#include "tests/view/scene.h"

#include <locale.h>

typedef struct {
    World       w;
    ScreenView *view;
    Canvas      canvas;
} Stage;

static void stage_open(Stage *s, const char *name)
{
    s->canvas = (Canvas){.ascii = true};
    s->view = screen_new();
    assert_true(canvas_size(&s->canvas, 80, 24));
    for (int k = 0; k < SCENES; k++)
        if (strcmp(scenes[k].name, name) == 0)
            scene_open(&s->w, s->view, &s->canvas, &scenes[k]);
    scene_fit(&s->w, s->view, &s->canvas);
}

static void stage_close(Stage *s)
{
    scene_close(&s->w);
    screen_free(s->view);
    canvas_done(&s->canvas);
}

static ActionKind kind_of(const Stage *s, Key key)
{
    return keymap_action(&s->w.s, key).kind;
}

static void no_key_has_two_actions_in_one_context(void **state)
{
    (void)state;
    const char *fault = keymap_valid();
    if (fault)
        fail_msg("%s", fault);
}

static void every_key_is_shown_by_the_name_that_keys_have(void **state)
{
    Text manual = {0};
    (void)state;
    keymap_manual(&manual);
    for (int k = 0; k < keymap_rows(); k++) {
        const KeyRow *row = keymap_row(k);
        const char   *name = action_name(row->action);
        if (!name || row->end)
            continue;
        assert_non_null(keymap_press(name, NULL));
        Text shown = {0};
        key_show(row->key[0], &shown);
        if (!strstr(text_string(&manual), text_string(&shown)))
            fail_msg("%s is not in the manual", text_string(&shown));
        text_done(&shown);
    }
    text_done(&manual);
    assert_string_equal(keymap_press("less", NULL), ",");
    assert_string_equal(keymap_press("shuffle", NULL), "s");
    assert_string_equal(keymap_press("longer", NULL), "]");
    assert_string_equal(keymap_press("hint", NULL), "h");
    assert_string_equal(keymap_press("next", NULL), "Space");
    assert_null(keymap_press("sandbox", NULL));
}

static void letters_are_text_while_a_field_has_the_focus(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "ask");
    assert_int_equal(kind_of(&s, 'h'), ACTION_TYPE);
    assert_int_equal(kind_of(&s, '?'), ACTION_TYPE);
    assert_int_equal(kind_of(&s, ' '), ACTION_TYPE);
    assert_int_equal(kind_of(&s, KEY_BACKSPACE_), ACTION_ERASE);
    assert_int_equal(kind_of(&s, KEY_DELETE_), ACTION_DELETE);
    assert_int_equal(kind_of(&s, KEY_ENTER_), ACTION_SUBMIT);
    assert_int_equal(kind_of(&s, KEY_ESC_), ACTION_LEAVE);
    scene_key(&s.w, KEY_ESC_);
    assert_int_equal(kind_of(&s, 'h'), ACTION_HINT);
    assert_int_equal(kind_of(&s, '?'), ACTION_HELP);
    stage_close(&s);
}

static void digits_typed_in_the_figure_of_a_question_go_to_its_field(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "ask-figure");
    Action a = keymap_action(&s.w.s, '6');
    assert_int_equal(a.kind, ACTION_TYPE);
    assert_int_equal(a.number, '6');
    scene_key(&s.w, '6');
    assert_int_equal(s.w.s.focus, FOCUS_FIELD);
    stage_close(&s);
}

static void digits_choose_options_and_on_a_page_views(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "choice");
    Action a = keymap_action(&s.w.s, '2');
    assert_int_equal(a.kind, ACTION_CHOOSE);
    assert_int_equal(a.number, 2);
    stage_close(&s);
    stage_open(&s, "page");
    a = keymap_action(&s.w.s, '1');
    assert_int_equal(a.kind, ACTION_VIEW);
    assert_int_equal(a.number, 1);
    assert_int_equal(keymap_action(&s.w.s, '8').number, 8);
    assert_int_equal(kind_of(&s, '7'), ACTION_NONE);
    assert_int_equal(kind_of(&s, '9'), ACTION_NONE);
    stage_close(&s);
}

static void q_ends_the_program_on_home_alone(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "home");
    assert_int_equal(kind_of(&s, 'q'), ACTION_QUIT);
    assert_int_equal(kind_of(&s, KEY_ESC_), ACTION_NONE);
    stage_close(&s);
    stage_open(&s, "page");
    assert_int_equal(kind_of(&s, 'q'), ACTION_CLOSE);
    stage_close(&s);
    stage_open(&s, "figure");
    assert_int_equal(kind_of(&s, 'q'), ACTION_CLOSE);
    stage_close(&s);
}

static void enter_in_help_does_what_the_entry_says(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "help-page");
    int entries = keymap_entries(&s.w.s);
    assert_true(entries > 8);
    for (int k = 0; k < entries; k++) {
        KeymapEntry e;
        assert_true(keymap_entry(&s.w.s, k, &e));
        assert_true(e.keys[0] && e.help && e.help[0]);
        s.w.s.help = k;
        assert_int_equal(kind_of(&s, KEY_ENTER_), e.action);
    }
    KeymapEntry beyond;
    assert_false(keymap_entry(&s.w.s, entries, &beyond));
    s.w.s.help = entries + 1; /* a sign or a word: nothing to do */
    assert_int_equal(kind_of(&s, KEY_ENTER_), ACTION_NONE);
    stage_close(&s);
}

static void hints_tell_only_what_works_and_fit(void **state)
{
    (void)state;
    for (int k = 0; k < SCENES; k++)
        for (int columns = 10; columns < 200; columns += 31) {
            Stage s;
            Text  line = {0};
            stage_open(&s, scenes[k].name);
            keymap_hints(&s.w.s, columns, true, &line);
            assert_true(line.len <= (size_t)columns);
            assert_true(columns < 40 || line.len > 0);
            text_done(&line);
            stage_close(&s);
        }
}

static void what_a_question_requires_comes_first(void **state)
{
    Stage s;
    Text  line = {0};
    (void)state;
    stage_open(&s, "probe");
    keymap_hints(&s.w.s, 80, true, &line);
    assert_int_equal(strncmp(text_string(&line), "s shuffle  ", 11), 0);
    scene_key(&s.w, 's');
    keymap_hints(&s.w.s, 80, true, &line);
    assert_int_equal(strncmp(text_string(&line), "Enter ", 6), 0);
    text_done(&line);
    stage_close(&s);
}

static void nothing_is_done_on_a_screen_too_small_to_see_it(void **state)
{
    Stage s;
    (void)state;
    stage_open(&s, "page");
    int scroll = s.w.s.scroll = 3;
    assert_true(canvas_size(&s.canvas, 33, 9));
    scene_fit(&s.w, s.view, &s.canvas);
    assert_int_equal(kind_of(&s, ' '), ACTION_NONE);
    assert_int_equal(kind_of(&s, '.'), ACTION_NONE);
    assert_int_equal(kind_of(&s, 'q'), ACTION_QUIT);
    assert_int_equal(s.w.s.scroll, scroll);
    assert_true(canvas_size(&s.canvas, 80, 24));
    scene_fit(&s.w, s.view, &s.canvas);
    assert_int_equal(kind_of(&s, ' '), ACTION_NEXT);
    stage_close(&s);
}

static void the_manual_has_every_action_that_a_key_has(void **state)
{
    Text manual = {0};
    (void)state;
    keymap_manual(&manual);
    for (int k = 0; k < keymap_rows(); k++) {
        char        cell[40];
        const char *name = action_name(keymap_row(k)->action);
        if (!name)
            continue;
        snprintf(cell, sizeof cell, "\t%s\t", name);
        if (!strstr(text_string(&manual), cell))
            fail_msg("%s is missing", name);
    }
    text_done(&manual);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_key_has_two_actions_in_one_context),
        cmocka_unit_test(every_key_is_shown_by_the_name_that_keys_have),
        cmocka_unit_test(letters_are_text_while_a_field_has_the_focus),
        cmocka_unit_test(digits_typed_in_the_figure_of_a_question_go_to_its_field),
        cmocka_unit_test(digits_choose_options_and_on_a_page_views),
        cmocka_unit_test(q_ends_the_program_on_home_alone),
        cmocka_unit_test(enter_in_help_does_what_the_entry_says),
        cmocka_unit_test(hints_tell_only_what_works_and_fit),
        cmocka_unit_test(what_a_question_requires_comes_first),
        cmocka_unit_test(nothing_is_done_on_a_screen_too_small_to_see_it),
        cmocka_unit_test(the_manual_has_every_action_that_a_key_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
