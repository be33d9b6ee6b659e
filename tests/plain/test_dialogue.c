/* Plain mode: what is typed, and what is said back. */
#include "app/plain/dialogue.h"
#include "tests/tutor/world.h"

#include <stdio.h>

typedef struct {
    World       w;
    const char *typed; /* lines */
    bool        echo;  /* typed lines are put in after the prompts, as a terminal does */
    Text        heard; /* all that was written */
} Talker;

static bool talker_read(void *context, Text *line)
{
    Talker *t = context;
    size_t  len = strcspn(t->typed, "\n");
    text_clear(line);
    if (*t->typed == '\0') return false;
    text_add_bytes(line, t->typed, len);
    if (t->echo) text_add_bytes(&t->heard, t->typed, len);
    if (t->echo) text_add(&t->heard, "\n");
    t->typed += len + 1;
    return true;
}

static void talker_write(void *context, const char *text, size_t len)
{
    text_add_bytes(&((Talker *)context)->heard, text, len);
}

static void talker_serve(void *context)
{
    world_serve(&((Talker *)context)->w);
}

/* The transcript of these lines, from a page on (-1: from Home). */
static Text talk(int page, const char *typed, bool echo)
{
    Talker t = {.typed = typed, .echo = echo};
    world_open(&t.w);
    if (page >= 0) world_go(&t.w, page);
    Dialogue d = {&t.w.s, talker_read, talker_write, talker_serve, &t, 72, false};
    dialogue_run(&d);
    world_close(&t.w);
    return t.heard;
}

static Text talk_from(int page, const char *typed)
{
    return talk(page, typed, true);
}

static void says(Text heard, const char *wanted)
{
    if (!strstr(text_string(&heard), wanted)) fail_msg("not said: %s\n%s", wanted, text_string(&heard));
}

static void says_not(Text heard, const char *unwanted)
{
    if (strstr(text_string(&heard), unwanted)) fail_msg("said: %s\n%s", unwanted, text_string(&heard));
}

static void a_question_is_answered_as_the_manual_shows(void **state)
{
    (void)state;
    Text heard = talk_from(1, "row 12\n7\n\n6\n\nsummary\nquit\n");
    assert_string_equal(text_string(&heard),
        "A window that slides, page 2 of 5: count. 3 points, 3 tries. Variant 1.\n"
        "n = 16, causal, window w = 4, 2 sinks. How many keys are in G_i for i =\n"
        "12?\n"
        "Figure: band of width 4 plus the first 2 columns. 16 tokens, causal.\n"
        "Expression: window(w=4) | sink(s=2). Counts are hidden.\n"
        "Answer, or help: row 12\n"
        "Query 12 reads keys 0 to 1, 9 to 12. The count is the question.\n"
        "Answer, or help: 7\n"
        "Read as 7. Empty line submits.\n"
        "Answer, or help: \n"
        "Not yet. 2 of 3 tries left. (fencepost)\n"
        "Keys 8 to 12 are 5 keys; the window keeps the last 4.\n"
        "Too many: 8.\n"
        "Answer, or help: 6\n"
        "Read as 6. Empty line submits.\n"
        "Answer, or help: \n"
        "Right, on try 2: 2 of 3 points.\n"
        "The answer is 6. G_12 = {0-1, 9-12}: window(w=4) gives keys 9-12,\n"
        "sink(s=2) gives keys 0-1. 6 of 13 keys, 7 skipped.\n"
        "Empty line goes on. row, draw and summary work. variant deals another\n"
        "one.\n"
        "Next, or help: summary\n"
        "Band of width 4 plus the first 2 columns; rows grow until query 5, then\n"
        "stay at 6 keys.\n"
        "Total 81 of 136 cells, density 0.596.\n"
        "Next, or help: quit\n"
        "Saved. Continue with: attend\n");
    text_done(&heard);
}

static void the_whole_lesson_can_be_played_to_its_end(void **state)
{
    (void)state;
    Text heard = talk_from(-1, "1\nslide w 6\n\n\n6\n\n\n2\n\n\n3 7 11-12\n\n\n"
                               "shuffle\n1\n\nshuffle\n2\n\nshuffle\n3\n\n\nquit\n");
    says(heard, "w is now 6.");
    says(heard, "Nothing outside the band was ever scored.");
    says(heard, "Right, on try 1: 3 of 3 points.");
    says(heard, "A window never looks at content.");
    says(heard, "G changed in 0 of 136 cells");
    says(heard, "All 3 are right.");
    says(heard, "\"A window that slides\" is done.");
    text_done(&heard);
}

static void the_end_of_the_input_leaves_with_everything_saved(void **state)
{
    (void)state;
    Text heard = talk_from(1, "7\n");
    says(heard, "Saved. Continue with: attend");
    text_done(&heard);
}

static void a_line_that_is_no_command_is_an_answer_and_equals_makes_it_one(void **state)
{
    (void)state;
    Text heard = talk_from(1, "= n\nnonsense\nquit\n");
    says(heard, "No try was used.");
    says_not(heard, "Not yet");
    text_done(&heard);
}

static void what_is_hidden_on_screens_is_hidden_here(void **state)
{
    (void)state;
    Text heard = talk_from(3, "row 12\nset 12\ncol 3\ncell 12 3\ndraw\nquit\n");
    says(heard, "Query 12: its row is the question.");
    says(heard, "Columns would show the row that is the question.");
    says(heard, "part of the question");
    says(heard, ">  12 ? ? ?");
    text_done(&heard);
    heard = talk_from(4, "summary\nrow 12\nquit\n");
    says(heard, "a rule that is the question");
    says_not(heard, "window(w=4)");
    text_done(&heard);
}

static void a_position_outside_is_named_with_the_bounds(void **state)
{
    (void)state;
    Text heard = talk_from(1, "row 16\ncell 3 99\nquit\n");
    says(heard, "16: this figure has positions 0 to 15.");
    says(heard, "99: this figure has positions 0 to 15.");
    text_done(&heard);
}

static void an_option_is_picked_by_number_or_by_its_word(void **state)
{
    (void)state;
    Text heard = talk_from(2, "7\nfalse\n\nquit\n");
    says(heard, "type the number of an option, 1 to 2");
    says(heard, "Read as 2, false. Empty line submits.");
    says(heard, "Right, on try 1");
    text_done(&heard);
}

static void hints_skips_and_contents_are_told(void **state)
{
    (void)state;
    Text heard = talk_from(1, "hint\nhint\nhint\nskip\ncontents\nquit\n");
    says(heard, "Hint 1 of 2.");
    says(heard, "Hint 2 of 2.");
    says(heard, "There is no further hint here.");
    says(heard, "2. count, question, skipped.");
    says(heard, "3. kind, question, here.");
    text_done(&heard);
}

static void views_and_pins_have_words(void **state)
{
    (void)state;
    Text heard = talk_from(0, "row 12\ndiff\ncover\nview difference\ndraw\nview column\npin 12 12\npin 12 11\npin 3 9\ndraw\nview hops\nquit\n");
    says(heard, "Query 12 (in) loses 0.5462 of its dense weight and keeps 0.4538, so each");
    says(heard, "Lost, largest first: 6 (0.1920)");
    says(heard, "weight and sum so far: 12 (0.6692, 0.6692), 1 (0.1668");
    says(heard, "3 of 6 keys carry 90 % of the row; the other 3 sum to 0.0292.");
    says(heard, "0-9 tenths of dense weight 1 lost, = kept, blank future");
    says(heard, ">  12 = = 1 0 0 0 1 1 0 = = = =");
    says(heard, "pin another cell to compare the two.");
    says(heard, "The first weighs 61.");
    says(heard, "That cell lies in the future");
    says(heard, "# reads the key, : other scored cells");
    says(heard, "There are the views sets, weights, difference, column");
    text_done(&heard);
}

static void a_slider_is_taken_back_and_done_again(void **state)
{
    (void)state;
    Text heard = talk_from(0, "undo\nslide w 6\nundo\nredo\nquit\n");
    says(heard, "There is nothing to take back");
    says(heard, "Next, or help: undo\nSlider w, w: 4 (1 to 16).");
    says(heard, "Next, or help: redo\nSlider w, w: 6 (1 to 16).");
    text_done(&heard);
}

static void a_hidden_row_is_lost_and_compared_nowhere(void **state)
{
    (void)state;
    Text heard = talk_from(3, "diff\ncover\npin 12 3\nview column\ndraw\nquit\n");
    says_not(heard, "loses");
    says_not(heard, "skipped; allowed");
    says(heard, "part of the question");
    says(heard, "12 ? ? ? ? ? ? ? ? ? ? ? ? ?");
    text_done(&heard);
}

static void an_unknown_command_points_to_help(void **state)
{
    (void)state;
    Text heard = talk_from(0, "dance\nhelp\nquit\n");
    says(heard, "No command \"dance\" here; help lists those that work.");
    says(heard, "slide w 6: move a slider");
    text_done(&heard);
}

static void no_byte_below_32_but_the_line_end_is_said(void **state)
{
    (void)state;
    Text heard = talk(1, "\x1b[31m7\n\x07\n\xff\xfe\nrow\x1b 3\n\x9b\ngo \x1b[2J\nquit\n", false);
    for (size_t k = 0; k < heard.len; k++) {
        unsigned char c = (unsigned char)text_string(&heard)[k];
        if (c < 32 && c != '\n') fail_msg("byte %d at %zu: %s", c, k, text_string(&heard));
    }
    says(heard, "No try was used.");
    text_done(&heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_is_answered_as_the_manual_shows),
        cmocka_unit_test(the_whole_lesson_can_be_played_to_its_end),
        cmocka_unit_test(the_end_of_the_input_leaves_with_everything_saved),
        cmocka_unit_test(a_line_that_is_no_command_is_an_answer_and_equals_makes_it_one),
        cmocka_unit_test(what_is_hidden_on_screens_is_hidden_here),
        cmocka_unit_test(a_position_outside_is_named_with_the_bounds),
        cmocka_unit_test(an_option_is_picked_by_number_or_by_its_word),
        cmocka_unit_test(hints_skips_and_contents_are_told),
        cmocka_unit_test(views_and_pins_have_words),
        cmocka_unit_test(a_slider_is_taken_back_and_done_again),
        cmocka_unit_test(a_hidden_row_is_lost_and_compared_nowhere),
        cmocka_unit_test(an_unknown_command_points_to_help),
        cmocka_unit_test(no_byte_below_32_but_the_line_end_is_said),
    };
    return cmocka_run_group_tests_name("plain/dialogue", tests, NULL, NULL);
}
