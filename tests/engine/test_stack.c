#include "engine/stack.h"
#include "engine/preset.h"
#include "engine/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t SEED = 3301;

static Stack parse(const char *text)
{
    Stack s;
    Why   why = {0};
    if (stack_parse(text, strlen(text), &s, &why) != STATUS_OK) fail_msg("%s: %s", text, why.what);
    return s;
}

/* Layer by layer, a letter for each expression. */
static void assert_layers(const char *text, const char *layers)
{
    Stack s = parse(text);
    int   at = 0;
    for (int r = 0; r < s.runs; r++)
        for (int k = 0; k < s.run[r].layers; k++)
            assert_int_equal(layers[at++], 'a' + s.run[r].recipe);
    assert_int_equal(at, (int)strlen(layers));
    assert_int_equal(s.layers, at);
    stack_done(&s);
}

static void layers_follow_one_another(void **state)
{
    (void)state;
    assert_layers("3x window(w=4), 2x full", "aaabb");
    assert_layers("full, window(w=4), full", "aba");
    assert_layers("1x self", "a");
    assert_layers("2xself,3 x full", "aabbb");
    assert_layers("2x (self | sink(s=1)) & window(w=2), (full)", "aab");
}

static void a_unit_is_repeated_and_cut_off(void **state)
{
    (void)state;
    assert_layers("(2x window(w=4), 1x full) to 8", "aabaabaa");
    assert_layers("(2x window(w=4), 1x full) to 2", "aa");
    assert_layers("(self, full) to 5, sink(s=1)", "ababac");
    assert_layers("((self, full) to 3, sink(s=1)) to 6", "abacab");
}

static void an_expression_alone_stands_for_every_layer(void **state)
{
    (void)state;
    Stack s = parse("window(w=4) | sink(s=2)");
    assert_int_equal(s.layers, 0);
    assert_int_equal(stack_fit(&s, 34, NULL), STATUS_OK);
    assert_int_equal(s.layers, 34);
    assert_int_equal(stack_count(&s, 0), 34);
    stack_done(&s);
    s = parse("1x full");
    Why why;
    assert_int_equal(stack_fit(&s, 34, &why), STATUS_RANGE);
    assert_string_equal(why.what, "the stack has 1 layers, the model 34");
    stack_done(&s);
}

static void counts_of_interleaved_models_are_the_published_ones(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        int         windows, full;
    } row[] = {{"gemma-3-1b", 22, 4},   {"gemma-3-4b", 29, 5},  {"gemma-3-12b", 40, 8},
               {"gemma-3-27b", 52, 10}, {"gemma-2-2b", 13, 13}, {"gpt-oss-20b", 12, 12},
               {"gpt-oss-120b", 18, 18}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        const Preset *p = preset_find(row[k].id);
        Stack         s = parse(p->stack);
        assert_int_equal(s.layers, p->layers);
        assert_int_equal(stack_count(&s, 0), row[k].windows);
        assert_int_equal(stack_count(&s, 1), row[k].full);
        stack_done(&s);
    }
}

static void assert_printed(const char *text, const char *expected)
{
    Stack s = parse(text);
    char  out[400];
    assert_int_equal(stack_print(&s, out, sizeof out), strlen(expected));
    assert_string_equal(out, expected);
    Stack again = parse(out);
    char  second[400];
    stack_print(&again, second, sizeof second);
    assert_string_equal(second, expected);
    char little[6];
    assert_int_equal(stack_print(&s, little, sizeof little), strlen(expected));
    assert_memory_equal(little, expected, strlen(expected) < 5 ? strlen(expected) + 1 : 5);
    stack_done(&s);
    stack_done(&again);
}

static void spelling_is_canonical(void **state)
{
    (void)state;
    assert_printed("24xwindow( w=4096 ),8 x full", "24x window(w=4096), 8x full");
    assert_printed("(5x window(w=1024),full)to 34", "(5x window(w=1024), 1x full) to 34");
    assert_printed("full", "full");
    assert_printed("(full)", "full");
    assert_printed("full, self|sink(s=1)", "1x full, 1x self | sink(s=1)");
    assert_printed("((self, full) to 3, 2x past) to 9, 1x self",
                   "((1x self, 1x full) to 3, 2x past) to 9, 1x self");
}

static void errors_know_their_column(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int         column;
        const char *what;
    } row[] = {
        {"", 1, "an expression is missing"},
        {"3x", 3, "an expression is missing"},
        {"3 window(w=4)", 3, "\"x\" and an expression should follow the number of layers"},
        {"0x full", 1, "a number of layers is at least 1"},
        {"5000x full", 1, "a stack has at most 1024 layers"},
        {"2x full,", 9, "an expression is missing"},
        {"2x full, 3x windw(w=4)", 13, "there is no pattern \"windw\"; did you mean \"window\"?"},
        {"2x full 3x self", 9, "\",\" or an operator should stand here, not \"3\""},
        {"(self, full) to", 16, "a number of layers should follow \"to\""},
        {"(self, full) to x", 17, "a number of layers should follow \"to\""},
        {"(2x self full) to 3", 10, "\",\" or \")\" should stand here, not \"f\""},
        {"2x full, 3x window(width=4)", 20,
         "window has no parameter \"width\"; did you mean \"w\"?"},
        {"600x full, 600x self", 0, "a stack has at most 1024 layers"},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        Stack s;
        Why   why = {0};
        assert_int_not_equal(stack_parse(row[k].text, strlen(row[k].text), &s, &why), STATUS_OK);
        assert_string_equal(why.what, row[k].what);
        assert_int_equal(why.column, row[k].column);
    }
}

/* Any bytes either fail with a sentence or give a stack that prints and reads back. */
static void any_text_is_read_or_refused(void **state)
{
    (void)state;
    static const char *const piece[] = {"(",
                                        ")",
                                        "to",
                                        " ",
                                        ",",
                                        "2x",
                                        "3",
                                        "full",
                                        "window(w=4)",
                                        "x",
                                        "|",
                                        "\"",
                                        "token(is=\")\")",
                                        "self"};
    Rng                      rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int k = 0; k < 4000; k++) {
        char text[200] = "";
        for (int64_t more = rng_int(&rng, 1, 9); more > 0; more--)
            strcat(text, piece[rng_int(&rng, 0, (int64_t)(sizeof piece / sizeof *piece) - 1)]);
        Stack s, again;
        Why   why = {0};
        if (stack_parse(text, strlen(text), &s, &why) != STATUS_OK) {
            assert_true(why.what[0] != '\0');
            continue;
        }
        char out[600], second[600];
        stack_print(&s, out, sizeof out);
        again = parse(out);
        stack_print(&again, second, sizeof second);
        assert_string_equal(out, second);
        assert_int_equal(again.layers, s.layers);
        stack_done(&s);
        stack_done(&again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layers_follow_one_another),
        cmocka_unit_test(a_unit_is_repeated_and_cut_off),
        cmocka_unit_test(an_expression_alone_stands_for_every_layer),
        cmocka_unit_test(counts_of_interleaved_models_are_the_published_ones),
        cmocka_unit_test(spelling_is_canonical),
        cmocka_unit_test(errors_know_their_column),
        cmocka_unit_test(any_text_is_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
