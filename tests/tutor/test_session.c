/* The session: what a key does, what is recorded, what comes back. */
#include "tests/tutor/world.h"

#include <stdio.h>

static int enter(void **state)
{
    World *w = malloc(sizeof *w);
    world_open(w);
    *state = w;
    return 0;
}

static int leave(void **state)
{
    world_close(*state);
    free(*state);
    return 0;
}

static void a_lesson_opens_at_its_first_page(void **state)
{
    World *w = *state;
    world_kinds(w, ACTION_SUBMIT);
    assert_int_equal(w->s.screen, SCREEN_PAGE);
    assert_int_equal(w->s.player.page, 0);
    assert_int_equal(w->s.focus, FOCUS_SPARSE);
}

static void space_reveals_then_turns_the_page(void **state)
{
    World *w = *state;
    world_go(w, -1);
    assert_int_equal(w->s.player.step, 1);
    world_kinds(w, ACTION_NEXT);
    assert_int_equal(w->s.player.step, 2);
    assert_int_equal(w->s.player.page, 0);
    world_kinds(w, ACTION_NEXT);
    assert_int_equal(w->s.player.page, 1);
    assert_int_equal(w->s.screen, SCREEN_ASK);
    assert_int_equal(w->s.focus, FOCUS_FIELD);
}

static void the_wrong_turn_is_named_and_costs_a_try(void **state)
{
    World *w = *state;
    world_go(w, 1);
    world_type(w, "7");
    assert_string_equal(text_string(&w->s.player.echo), "7");
    world_kinds(w, ACTION_SUBMIT);
    assert_int_equal(w->s.player.state, ASK_NOTYET);
    assert_string_equal(w->s.player.verdict.slip, "fencepost");
    assert_int_equal(player_tries_left(&w->s.player), 2);
    const Lab *lab = session_lab(&w->s);
    assert_int_equal(lab->mark_row, 12);
    assert_true(runs_has(&lab->surplus, 8));
    assert_int_equal(runs_count(&lab->surplus), 1);
}

static void the_next_key_after_a_verdict_begins_a_new_answer(void **state)
{
    World *w = *state;
    world_go(w, 1);
    world_type(w, "7");
    world_kinds(w, ACTION_SUBMIT);
    world_type(w, "6");
    assert_string_equal(text_string(&w->s.player.answer.box[0].text), "6");
    world_kinds(w, ACTION_SUBMIT);
    assert_int_equal(w->s.player.state, ASK_RIGHT);
    assert_true(w->s.player.points == 2);
    assert_non_null(strstr(text_string(&w->s.player.verdict.sentence), "6 of 13 keys, 7 skipped"));
}

static void the_same_answer_again_costs_no_try(void **state)
{
    World *w = *state;
    world_go(w, 1);
    world_type(w, "7");
    world_kinds(w, ACTION_SUBMIT);
    world_kinds(w, ACTION_SUBMIT);
    assert_int_equal(w->s.player.tries, 1);
}

static void what_cannot_be_read_costs_no_try(void **state)
{
    World *w = *state;
    world_go(w, 1);
    world_type(w, "9-12");
    world_kinds(w, ACTION_SUBMIT);
    assert_int_equal(w->s.player.tries, 0);
    assert_int_equal(w->s.player.state, ASK_OPEN);
    assert_non_null(strstr(text_string(&w->s.player.unread), "one number"));
}

static void after_the_last_try_the_working_is_shown(void **state)
{
    World *w = *state;
    world_go(w, 1);
    for (int k = 0; k < 3; k++) {
        world_type(w, k == 0 ? "7" : k == 1 ? "5" : "9");
        world_kinds(w, ACTION_SUBMIT);
    }
    assert_int_equal(w->s.player.state, ASK_CLOSED);
    assert_non_null(strstr(text_string(&w->s.player.working), "The answer is 6. G_12 = {0-1, 9-12}"));
    assert_int_equal(w->s.player.verdict.sentence.len, 0); /* no nudge to go on beside the answer */
    world_kinds(w, ACTION_SUBMIT);
    assert_int_equal(w->s.player.page, 2);
}

static void nothing_moves_on_by_itself(void **state)
{
    World *w = *state;
    world_go(w, 1);
    world_type(w, "6");
    world_kinds(w, ACTION_SUBMIT);
    assert_int_equal(w->s.player.page, 1);
    session_tick(&w->s);
    world_serve(w);
    assert_int_equal(w->s.player.page, 1);
}

static void general_nudges_name_the_neighbour(void **state)
{
    World *w = *state;
    static const struct {
        const char *typed, *said;
    } nudges[] = {{"81", "total of the whole matrix"}, {"136", "every cell"}, {"40", "By the rule, window(w=4) gives keys 9-12; sink(s=2) gives keys 0-1"}};
    for (int k = 0; k < 3; k++) {
        world_go(w, 1);
        world_kinds(w, ACTION_VARIANT);
        world_type(w, nudges[k].typed);
        world_kinds(w, ACTION_SUBMIT);
        if (!strstr(text_string(&w->s.player.verdict.sentence), nudges[k].said))
            fail_msg("%s: %s", nudges[k].typed, text_string(&w->s.player.verdict.sentence));
    }
}

static void a_choice_is_the_option_under_the_cursor(void **state)
{
    World *w = *state;
    world_go(w, 2);
    assert_int_equal(w->s.focus, FOCUS_OPTIONS);
    world_kinds(w, ACTION_SUBMIT);
    assert_int_equal(w->s.player.state, ASK_NOTYET);
    assert_string_equal(w->s.player.verdict.slip, "content-by-look");
    world_kinds(w, ACTION_DOWN);
    world_kinds(w, ACTION_SUBMIT);
    assert_int_equal(w->s.player.state, ASK_RIGHT);
    assert_string_equal(text_string(&w->s.player.verdict.sentence), "A window never looks at content.");
}

static void choosing_by_number_never_submits(void **state)
{
    World *w = *state;
    world_go(w, 2);
    world_do(w, (Action){.kind = ACTION_CHOOSE, .number = 2});
    assert_int_equal(w->s.player.tries, 0);
    assert_int_equal(w->s.player.answer.pick[0], 1);
}

static void a_painted_row_and_the_field_stay_in_step(void **state)
{
    World *w = *state;
    world_go(w, 3);
    world_kinds(w, ACTION_PANE);
    assert_int_equal(w->s.focus, FOCUS_SPARSE);
    world_do(w, (Action){.kind = ACTION_KEY, .number = 3});
    world_kinds(w, ACTION_SUBMIT);
    world_do(w, (Action){.kind = ACTION_KEY, .number = 11});
    world_kinds(w, ACTION_PAINT);
    world_do(w, (Action){.kind = ACTION_KEY, .number = 12});
    world_kinds(w, ACTION_PAINT);
    assert_string_equal(text_string(&w->s.player.answer.box[0].text), "3, 11-12");
    world_kinds(w, ACTION_PANE_BACK);
    assert_int_equal(w->s.focus, FOCUS_FIELD);
    world_kinds(w, ACTION_LAST);
    world_type(w, ", 7");
    assert_true(runs_has(&session_lab(&w->s)->paint, 7));
    world_kinds(w, ACTION_SUBMIT);
    assert_int_equal(w->s.player.state, ASK_RIGHT);
}

static void while_tries_are_left_missed_keys_of_a_set_stay_hidden(void **state)
{
    World *w = *state;
    world_go(w, 3);
    world_type(w, "3, 5");
    world_kinds(w, ACTION_SUBMIT);
    const Lab *lab = session_lab(&w->s);
    assert_true(w->s.player.verdict.partly);
    assert_int_equal(lab->missed.len, 0);
    assert_true(runs_has(&lab->surplus, 5));
}

static void submit_wakes_up_when_the_required_probe_was_made(void **state)
{
    World *w = *state;
    world_go(w, 4);
    for (int k = 0; k < 3; k++) {
        world_do(w, (Action){.kind = ACTION_CHOOSE, .number = k + 1});
        world_kinds(w, ACTION_SUBMIT);
    }
    assert_int_equal(w->s.player.tries, 0);
    assert_true(w->s.player.unread.len > 0);
    for (int k = 0; k < 3; k++) {
        world_kinds(w, ACTION_SHUFFLE);
        world_kinds(w, k < 2 ? ACTION_LEFT : ACTION_SUBMIT);
    }
    assert_int_equal(w->s.player.state, ASK_RIGHT);
}

static void feedback_on_several_items_starts_at_the_first_that_is_not_right(void **state)
{
    World *w = *state;
    static const int picks[] = {1, 1, 3};
    world_go(w, 4);
    for (int k = 0; k < 3; k++) {
        world_kinds(w, ACTION_SHUFFLE);
        world_do(w, (Action){.kind = ACTION_CHOOSE, .number = picks[k]});
        world_kinds(w, ACTION_SUBMIT);
    }
    assert_int_equal(w->s.player.state, ASK_NOTYET);
    assert_int_equal(w->s.player.item, 1);
    assert_true(w->s.player.verdict.item_right[0] && !w->s.player.verdict.item_right[1]);
    assert_true(w->s.player.verdict.credit > 0.66 && w->s.player.verdict.credit < 0.67);
}

static void an_answered_question_shows_what_was_answered(void **state)
{
    World *w = *state;
    world_go(w, 1);
    world_type(w, "7");
    world_kinds(w, ACTION_SUBMIT);
    world_kinds(w, ACTION_BACK);
    assert_int_equal(w->s.player.page, 0);
    world_do(w, (Action){.kind = ACTION_GOTO, .number = 1});
    assert_string_equal(text_string(&w->s.player.answer.box[0].text), "7");
    assert_int_equal(w->s.player.state, ASK_NOTYET);
    assert_string_equal(w->s.player.verdict.slip, "fencepost");
    assert_int_equal(w->s.player.tries, 1);
}

static void a_draft_survives_leaving(void **state)
{
    World *w = *state;
    world_go(w, 1);
    world_type(w, "12");
    world_kinds(w, ACTION_LEAVE);
    world_kinds(w, ACTION_CLOSE);
    assert_int_equal(w->s.screen, SCREEN_HOME);
    world_kinds(w, ACTION_SUBMIT);
    assert_int_equal(w->s.player.page, 1);
    assert_string_equal(text_string(&w->s.player.answer.box[0].text), "12");
    assert_int_equal(w->s.player.state, ASK_OPEN);
}

static void sliders_and_cursor_come_back_with_the_page(void **state)
{
    World *w = *state;
    world_go(w, 0);
    world_kinds(w, ACTION_MORE);
    world_kinds(w, ACTION_UP);
    world_kinds(w, ACTION_NEXT);
    world_kinds(w, ACTION_CLOSE);
    world_kinds(w, ACTION_SUBMIT);
    const Lab *lab = session_lab(&w->s);
    assert_true(lab->value[0] == 5);
    assert_int_equal(lab->row, 11);
    assert_int_equal(w->s.player.step, 2);
}

static void only_v_changes_the_variant(void **state)
{
    World *w = *state;
    world_go(w, 1);
    world_type(w, "7");
    world_kinds(w, ACTION_SUBMIT);
    world_kinds(w, ACTION_VARIANT);
    assert_int_equal(w->s.player.variant, 2);
    assert_int_equal(w->s.player.tries, 0);
    assert_true(answer_empty(&w->s.player.answer, w->s.player.question));
    world_kinds(w, ACTION_BACK);
    world_kinds(w, ACTION_NEXT);
    world_kinds(w, ACTION_NEXT);
    assert_int_equal(w->s.player.variant, 2);
}

static void a_skip_is_booked_and_can_be_taken_back(void **state)
{
    World *w = *state;
    world_go(w, 1);
    world_kinds(w, ACTION_LEAVE);
    world_kinds(w, ACTION_SKIP);
    assert_int_equal(w->s.player.page, 2);
    assert_int_equal(shelf_mark(&w->s.shelf, 0, &w->s.progress).skipped, 1);
    world_do(w, (Action){.kind = ACTION_GOTO, .number = 1});
    world_kinds(w, ACTION_UNSKIP);
    assert_int_equal(shelf_mark(&w->s.shelf, 0, &w->s.progress).skipped, 0);
}

static void hints_open_one_by_one(void **state)
{
    World *w = *state;
    world_go(w, 1);
    world_kinds(w, ACTION_HINT);
    world_kinds(w, ACTION_HINT);
    assert_false(session_can(&w->s, ACTION_HINT));
    world_kinds(w, ACTION_HINT);
    assert_int_equal(w->s.player.hints, 2);
}

static void a_paste_outside_a_field_is_no_command(void **state)
{
    World *w = *state;
    world_do(w, (Action){.kind = ACTION_PASTE, .text = "q\nq\n!\n"});
    assert_false(w->quit);
    world_go(w, 0);
    world_do(w, (Action){.kind = ACTION_PASTE, .text = "q\nq\n"});
    assert_int_equal(w->s.screen, SCREEN_PAGE);
    world_go(w, 1);
    world_do(w, (Action){.kind = ACTION_PASTE, .text = "6\n"});
    assert_int_equal(w->s.player.tries, 0);
    assert_string_equal(text_string(&w->s.player.answer.box[0].text), "6 ");
}

static void help_lies_on_top_and_an_action_runs_below_it(void **state)
{
    World *w = *state;
    world_go(w, 0);
    world_kinds(w, ACTION_HELP);
    assert_int_equal(w->s.layer, LAYER_HELP);
    world_kinds(w, ACTION_MORE);
    assert_int_equal(w->s.layer, LAYER_NONE);
    assert_true(session_lab(&w->s)->value[0] == 5);
}

static void close_on_home_quits_and_everything_is_saved(void **state)
{
    World *w = *state;
    world_go(w, 0);
    world_kinds(w, ACTION_MORE);
    world_kinds(w, ACTION_CLOSE);
    assert_int_equal(w->last.kind, ENTRY_PLACE);
    assert_false(w->quit);
    world_kinds(w, ACTION_CLOSE);
    assert_true(w->quit);
}

static void a_lesson_with_every_question_answered_is_done(void **state)
{
    World *w = *state;
    world_go(w, 1);
    world_type(w, "6");
    world_kinds(w, ACTION_SUBMIT);
    world_kinds(w, ACTION_SUBMIT);
    world_do(w, (Action){.kind = ACTION_CHOOSE, .number = 2});
    world_kinds(w, ACTION_SUBMIT);
    world_kinds(w, ACTION_SUBMIT);
    world_type(w, "3 7 11-12");
    world_kinds(w, ACTION_SUBMIT);
    world_kinds(w, ACTION_SUBMIT);
    world_kinds(w, ACTION_SKIP);
    assert_int_equal(w->s.screen, SCREEN_HOME);
    assert_int_equal(shelf_mark(&w->s.shelf, 0, &w->s.progress).mark, '~');
    assert_int_equal(shelf_mark(&w->s.shelf, 0, &w->s.progress).done, 3);
}

/* 20,000 random actions: the session stays whole, and nothing is asked of it that fails. */
static void a_views_letter_goes_there_and_back(void **state)
{
    World w;
    (void)state;
    world_open(&w);
    world_go(&w, 0);
    const Lab *lab = session_lab(&w.s);
    world_kinds(&w, ACTION_DIFFERENCE);
    assert_int_equal(lab->view, VIEW_DIFFERENCE);
    world_kinds(&w, ACTION_COLUMN);
    assert_int_equal(lab->view, VIEW_COLUMN);
    world_kinds(&w, ACTION_COLUMN);
    assert_int_equal(lab->view, VIEW_WEIGHTS); /* the lesson's own */
    world_kinds(&w, ACTION_DIFFERENCE);
    world_do(&w, (Action){.kind = ACTION_VIEW, .number = 1});
    assert_int_equal(lab->view, VIEW_SETS);
    world_do(&w, (Action){.kind = ACTION_VIEW, .number = 7});
    assert_int_equal(lab->view, VIEW_SETS); /* no such view */
    world_go(&w, 1);
    world_kinds(&w, ACTION_LEAVE);
    world_kinds(&w, ACTION_DIFFERENCE);
    assert_int_equal(session_lab(&w.s)->view, VIEW_SETS);
    assert_non_null(strstr(w.s.status, "positions only"));
    world_close(&w);
}

static void undo_brings_back_sliders_and_drafts_and_redo_does_them_again(void **state)
{
    World w;
    (void)state;
    world_open(&w);
    world_go(&w, 0);
    const Lab *lab = session_lab(&w.s);
    assert_false(session_can(&w.s, ACTION_UNDO));
    world_kinds(&w, ACTION_MORE);
    world_kinds(&w, ACTION_MORE);
    world_kinds(&w, ACTION_UNDO);
    assert_true(lab->value[0] == 5);
    assert_int_equal(recipe_equal(&lab->recipe[0], pattern_recipe(lab->pattern[0])), 1);
    world_kinds(&w, ACTION_UNDO);
    assert_true(lab->value[0] == 4);
    assert_false(session_can(&w.s, ACTION_UNDO));
    world_kinds(&w, ACTION_UNDO);
    world_kinds(&w, ACTION_REDO);
    assert_true(lab->value[0] == 5);
    world_kinds(&w, ACTION_LESS); /* a new change: nothing to do again */
    assert_false(session_can(&w.s, ACTION_REDO));
    world_go(&w, 1);
    assert_false(session_can(&w.s, ACTION_UNDO)); /* another page */
    world_type(&w, "12");
    world_kinds(&w, ACTION_UNDO);
    assert_string_equal(text_string(&w.s.player.answer.box[0].text), "1");
    world_kinds(&w, ACTION_REDO);
    assert_string_equal(text_string(&w.s.player.answer.box[0].text), "12");
    world_close(&w);
}

static void undo_brings_back_no_submitted_answer(void **state)
{
    World w;
    (void)state;
    world_open(&w);
    world_go(&w, 1);
    world_type(&w, "7");
    world_kinds(&w, ACTION_SUBMIT);
    assert_false(session_can(&w.s, ACTION_UNDO));
    world_type(&w, "6");
    world_kinds(&w, ACTION_UNDO);
    assert_string_equal(text_string(&w.s.player.answer.box[0].text), "");
    world_kinds(&w, ACTION_UNDO);
    assert_string_equal(text_string(&w.s.player.answer.box[0].text), "");
    world_close(&w);
}

static void undo_takes_painted_keys_and_picks_back(void **state)
{
    World w;
    (void)state;
    world_open(&w);
    world_go(&w, 3);
    w.s.focus = FOCUS_SPARSE;
    Lab *lab = session_lab(&w.s);
    world_kinds(&w, ACTION_SUBMIT);
    world_kinds(&w, ACTION_LEFT);
    world_kinds(&w, ACTION_SUBMIT);
    assert_int_equal(runs_count(&lab->paint), 2);
    world_kinds(&w, ACTION_UNDO);
    assert_int_equal(runs_count(&lab->paint), 1);
    world_kinds(&w, ACTION_UNDO);
    assert_int_equal(runs_count(&lab->paint), 0);
    world_go(&w, 2);
    world_do(&w, (Action){.kind = ACTION_CHOOSE, .number = 2});
    world_do(&w, (Action){.kind = ACTION_CHOOSE, .number = 1});
    int first = w.s.player.question->order[1];
    world_kinds(&w, ACTION_UNDO);
    assert_int_equal(w.s.player.answer.pick[0], first);
    world_kinds(&w, ACTION_UNDO);
    assert_int_equal(w.s.player.answer.pick[0], -1);
    world_close(&w);
}

static void enter_in_a_figure_pins_and_turns_no_page(void **state)
{
    World w;
    (void)state;
    world_open(&w);
    world_go(&w, 0);
    assert_int_equal(w.s.focus, FOCUS_SPARSE);
    world_kinds(&w, ACTION_SUBMIT);
    assert_int_equal(w.s.player.step, 1);
    assert_int_equal(session_lab(&w.s)->pins, 1);
    assert_string_equal(session_word(&w.s, ACTION_SUBMIT), "unpin");
    world_kinds(&w, ACTION_PANE_BACK);
    world_kinds(&w, ACTION_SUBMIT);
    assert_int_equal(w.s.player.step, 2);
    world_close(&w);
}

static void random_actions_never_break_a_session(void **state)
{
    World   *w = *state;
    unsigned seed = 20260105;
    print_message("seed %u\n", seed);
    for (int k = 0; k < 20000; k++) {
        seed = seed * 1103515245 + 12345;
        ActionKind kind = (ActionKind)((seed >> 16) % ACTION_COUNT);
        if (kind == ACTION_ANSWER || kind == ACTION_PASTE) continue;
        seed = seed * 1103515245 + 12345;
        Action a = {.kind = kind, .number = (long long)(seed >> 16) % 12 - 1, .other = (long long)(seed >> 20) % 5 - 1, .value = (seed >> 16) % 20};
        if (kind == ACTION_TYPE) a.number = "0123456789-, {}q"[(seed >> 16) % 16];
        if (kind == ACTION_OPEN) a.number = 0;
        world_do(w, a);
        assert_in_range(w->s.screen, SCREEN_HOME, SCREEN_ASK);
        assert_int_equal(w->s.outgoing, 0);
        if (w->s.screen == SCREEN_ASK && w->s.player.question->tries) assert_in_range(player_tries_left(&w->s.player), 0, 3);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_lesson_opens_at_its_first_page),
        TEST(space_reveals_then_turns_the_page),
        TEST(the_wrong_turn_is_named_and_costs_a_try),
        TEST(the_next_key_after_a_verdict_begins_a_new_answer),
        TEST(the_same_answer_again_costs_no_try),
        TEST(what_cannot_be_read_costs_no_try),
        TEST(after_the_last_try_the_working_is_shown),
        TEST(nothing_moves_on_by_itself),
        TEST(general_nudges_name_the_neighbour),
        TEST(a_choice_is_the_option_under_the_cursor),
        TEST(choosing_by_number_never_submits),
        TEST(a_painted_row_and_the_field_stay_in_step),
        TEST(while_tries_are_left_missed_keys_of_a_set_stay_hidden),
        TEST(submit_wakes_up_when_the_required_probe_was_made),
        TEST(feedback_on_several_items_starts_at_the_first_that_is_not_right),
        TEST(an_answered_question_shows_what_was_answered),
        TEST(a_draft_survives_leaving),
        TEST(sliders_and_cursor_come_back_with_the_page),
        TEST(only_v_changes_the_variant),
        TEST(a_skip_is_booked_and_can_be_taken_back),
        TEST(hints_open_one_by_one),
        TEST(a_paste_outside_a_field_is_no_command),
        TEST(help_lies_on_top_and_an_action_runs_below_it),
        TEST(close_on_home_quits_and_everything_is_saved),
        TEST(a_lesson_with_every_question_answered_is_done),
        TEST(a_views_letter_goes_there_and_back),
        TEST(undo_brings_back_sliders_and_drafts_and_redo_does_them_again),
        TEST(undo_brings_back_no_submitted_answer),
        TEST(undo_takes_painted_keys_and_picks_back),
        TEST(enter_in_a_figure_pins_and_turns_no_page),
        TEST(random_actions_never_break_a_session),
    };
    return cmocka_run_group_tests_name("tutor/session", tests, NULL, NULL);
}
