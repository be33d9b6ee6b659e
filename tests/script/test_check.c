/* test_check.c - what lint and test find in a lesson, and that they find nothing in a good one. */
#include "tests/script/shelf.h"

#include "app/script/check.h"

/* What was found, a line each: "line ref: what". */
static void take(void *context, const Finding *f)
{
    text_format(context, "%d %s: %s%s\n", f->line, f->ref, f->remark ? "(remark) " : "", f->what);
}

static char *lesson_with(int minutes, const char *pages)
{
    Text t = {0};
    text_format(&t,
                "local at = require \"attend\"\nlocal P = at.pattern\n"
                "return at.lesson { api = 1, id = \"test\", version = \"1\", title = \"Test\", "
                "minutes = %d,\n%s }\n",
                minutes, pages);
    return text_take(&t);
}

static void expect(const char *pages, int minutes, int seeds, const char *findings)
{
    char     *source = lesson_with(minutes, pages);
    ShelfFile files[] = {{"t.lua", source}, {NULL, NULL}};
    Opener    opener = {shelf_open, files};
    Text      found = {0};
    Status    status = check_lesson(&opener, "t.lua", seeds, take, &found);
    assert_string_equal(text_string(&found), findings);
    assert_int_equal(status, STATUS_OK);
    text_done(&found);
    free(source);
}

static const char good[] =
    "at.page('look', { 'See {row:3} and {cell:3,1}; move with {press:more}.', at.figure { n = 8, "
    "recipe = P.window { w = 2 } } }),\n"
    "at.ask('count', function(rng)\n"
    "  local i, w = rng:int(6, 15), rng:int(2, 5)\n  local g = P.window { w = w }:at(16)\n"
    "  return at.integer { ('How many keys in G_%d?'):format(i), figure = at.figure { pattern = g, "
    "row = i },\n"
    "    right = g:count(i), wrong = { { w - 1, 'no-self', 'The own key is in.' }, { i + 1, "
    "'dense', 'That is the dense row.' } } }\nend),\n"
    "at.ask('share', function(rng)\n"
    "  local k = rng:int(2, 30)\n"
    "  return at.number { ('One of %d?'):format(k), right = 1 / k, wrong = { { 1, 'all', 'That is "
    "all.' } } }\nend),\n"
    "at.ask('keys', function(rng)\n"
    "  local i = rng:int(0, 15)\n"
    "  return at.indices { ('Which keys does %d read?'):format(i), n = 16, right = (P.window { w = "
    "3 } - P.self {}):at(16):row(i) }\nend),\n"
    "at.ask('which', at.classify { 'Which?', items = {\n"
    "  { 'a window', right = 'positional' }, { at.figure { n = 8, recipe = P.topk { k = 1 }, "
    "content = at.words { seed = 1 } }, right = 'content' } },\n"
    "  why = { positional = 'It moved.', content = 'Nothing moved.', hybrid = 'No part stays.' } "
    "}),\n"
    "at.ask('pick', at.choice { 'Which?', options = { { 'a', 'A', 'Yes.', right = true }, { 'b', "
    "'B', 'No.' }, { 'c', 'C', 'No, no.' } } })\n";

static void a_good_lesson_has_no_finding(void **state)
{
    (void)state;
    expect(good, 5, 60, "");
}

static void a_lesson_that_does_not_load_is_a_finding(void **state)
{
    (void)state;
    ShelfFile files[] = {{"t.lua", "local at = require 'attend'\nreturn at.lesson { api = 1 }"},
                         {NULL, NULL}};
    Opener    opener = {shelf_open, files};
    Text      found = {0};
    assert_int_equal(check_lint(&opener, "t.lua", take, &found), STATUS_LESSON);
    assert_string_equal(text_string(&found), "2 : the id is missing: id =\n");
    text_done(&found);
}

static void a_question_that_remembers_is_found(void **state)
{
    (void)state;
    expect("at.page('p', { 'x' }), (function() local n = 0 return at.ask('count', function(rng) n "
           "= n + 1\n"
           "return at.integer { 'How many?', right = n } end) end)()",
           1, 20, "4 test#count: variant 20 is not the same in another state\n");
}

static void a_typed_answer_is_found(void **state)
{
    (void)state;
    expect("at.ask('count', function(rng)\n  local w = rng:int(1, 20)\n"
           "  return at.integer { ('w is %d'):format(w),\n    right = 4 } end),\n"
           "at.ask('keys', function(rng)\n  local w = rng:int(1, 20)\n"
           "  return at.indices { ('w is %d'):format(w), n = 9, right = at.set { { 1, 3 }, 5 } } "
           "end),\n"
           "at.ask('fixed', at.integer { 'How many?', right = 4 })",
           3, 0,
           "7 test#count: the right answer is typed in, though the question varies\n"
           "10 test#keys: the right answer is typed in, though the question varies\n");
}

static void a_question_with_too_few_variants_is_found(void **state)
{
    (void)state;
    expect("at.ask('count', function(rng) local w = rng:int(2, 4) return at.integer { 'w ' .. w, "
           "right = w } end)",
           1, 50, "4 test#count: only 3 different variants in 50\n");
}

static void a_variant_with_a_mistake_is_named(void **state)
{
    (void)state;
    expect("at.ask('count', function(rng) local w = rng:int(1, 6)\n"
           "  return at.integer { 'w ' .. w, right = w, wrong = { { 6, 'six', 'Six.' } } } end)",
           1, 6,
           "5 test#count: variant 2: pages[1].wrong[1]: equals the right answer\n"
           "5 test#count: variant 6: pages[1].wrong[1]: equals the right answer\n");
}

static void a_typed_verdict_against_the_rule_is_found(void **state)
{
    (void)state;
    expect("at.ask('which', at.classify { 'Which?', figure = at.figure { n = 8, recipe = P.topk { "
           "k = 2 }, content = at.words { seed = 1 } },\n"
           "  right = 'positional', why = { content = 'No.', hybrid = 'No.' } })",
           1, 1,
           "4 test#which: variant 1: the verdict is positional, the figure's rule is content\n");
}

static void links_that_light_nothing_up_are_found(void **state)
{
    (void)state;
    expect("at.page('p', { 'See {row:9}, {press:mroe} and {row 3} or {cell:1;2}.', at.figure { n = "
           "8, recipe = P.window { w = 2 } } }),\n"
           "at.page('q', { 'See {column:2}.' })",
           1, 0,
           "4 test#p: a link lights up 9; the figure has 0 to 7\n"
           "4 test#p: {press:mroe}: there is no such action\n"
           "4 test#p: a link is misspelt: {row 3} or {cell:1;2}.\n"
           "4 test#p: a link is misspelt: {cell:1;2}.\n"
           "5 test#q: a link lights up 2, and there is no figure\n");
}

static void a_time_that_does_not_fit_is_found(void **state)
{
    (void)state;
    expect("at.page('p', { 'Three words here.' })", 30, 0,
           "0 test: minutes = 30, but 3 words and 0 questions take about 1\n");
}

static void a_verdict_without_a_sentence_is_found(void **state)
{
    (void)state;
    expect("at.ask('which', at.classify { 'Which?', right = 'content', why = { positional = 'No.' "
           "} })",
           1, 0, "4 test#which: why says nothing of \"hybrid\"\n");
}

static void a_large_figure_with_tools_is_remarked(void **state)
{
    (void)state;
    expect("at.page('p', { 'x', at.figure { n = 24, recipe = P.window { w = 2 }, content = "
           "at.words { seed = 1 }, tools = { 'shuffle' } } })",
           1, 0,
           "4 test#p: (remark) the figure starts at n = 24: above 16 its marks stand in the row "
           "ribbon only\n");
}

static void a_course_has_its_needs_and_ids(void **state)
{
    (void)state;
    const char *a = "local at = require 'attend' return at.lesson { api = 1, id = 'a', version = "
                    "'1', title = 'A', minutes = 1,\n"
                    "needs = { 'b', 'nowhere' }, at.page('p', { 'x' }) }";
    const char *b = "local at = require 'attend' return at.lesson { api = 1, id = 'b', version = "
                    "'1', title = 'B', minutes = 1, at.page('p', { 'x' }) }";
    ShelfFile   files[] = {
          {"1-a.lua", a}, {"2-b.lua", b}, {"3-b.lua", b}, {"4-x.lua", "nonsense"}, {NULL, NULL}};
    const char *names[] = {"1-a.lua", "2-b.lua", "3-b.lua", "4-x.lua"};
    Opener      opener = {shelf_open, files};
    Text        found = {0};
    assert_int_equal(check_course(&opener, names, 4, take, &found), STATUS_OK);
    assert_string_equal(text_string(&found),
                        "0 a: needs \"nowhere\", and there is no lesson with that id\n"
                        "0 b: the id \"b\" is that of 2-b.lua too\n");
    text_done(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_lesson_has_no_finding),
        cmocka_unit_test(a_lesson_that_does_not_load_is_a_finding),
        cmocka_unit_test(a_question_that_remembers_is_found),
        cmocka_unit_test(a_typed_answer_is_found),
        cmocka_unit_test(a_question_with_too_few_variants_is_found),
        cmocka_unit_test(a_variant_with_a_mistake_is_named),
        cmocka_unit_test(a_typed_verdict_against_the_rule_is_found),
        cmocka_unit_test(links_that_light_nothing_up_are_found),
        cmocka_unit_test(a_time_that_does_not_fit_is_found),
        cmocka_unit_test(a_verdict_without_a_sentence_is_found),
        cmocka_unit_test(a_large_figure_with_tools_is_remarked),
        cmocka_unit_test(a_course_has_its_needs_and_ids),
    };
    if (!hash_start()) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
