/* test_head.c - the head of a lesson from its text: sure where it is literal, unsure where it is not. */
#include "tests/script/shelf.h"

static LessonHead head_of(const char *source)
{
    LessonHead head;
    Why        why;
    assert_int_equal(script_head(source, strlen(source), "t.lua", &head, &why), STATUS_OK);
    return head;
}

static void a_literal_head_is_sure(void **state)
{
    (void)state;
    LessonHead h = head_of("-- at.lesson { id = \"no\" }\n"
                           "local at = require \"attend\" --[==[ at.lesson { ]] ]==]\n"
                           "local function f() local t = { id = 'inner' } return t end\n"
                           "return at.lesson {\n"
                           "  api = 1, id = \"sliding-window\", version = '1.0.0', title = [[A "
                           "window, that slides]],\n"
                           "  minutes = 12, needs = { \"a\", \"b\" }, nodes = { [1] = 'x' },\n"
                           "  at.page(\"look\", { [[ text, with } and at.page( in it ]], at.figure "
                           "{ n = 16, id = 'x' } }),\n"
                           "  at.ask(\"which\", function(rng)\n"
                           "    if rng:int(1, 2) == 1 then return at.choice {} end\n"
                           "    for k = 1, 2 do while true do break end end\n"
                           "    repeat local x = 1 until true\n"
                           "    return at.classify { title = 'inner', minutes = 99, }\n"
                           "  end),\n"
                           "  at.ask('count', at.integer { '?', right = 1 });\n"
                           "}\n");
    assert_true(h.sure);
    assert_string_equal(h.id, "sliding-window");
    assert_string_equal(h.title, "A window, that slides");
    assert_int_equal(h.minutes, 12);
    assert_int_equal(h.pages, 3);
    assert_int_equal(h.questions, 2);
}

static void fields_may_stand_behind_the_pages(void **state)
{
    (void)state;
    LessonHead h =
        head_of("return at.lesson({ at.page('p', {}), minutes = 3, title = 'T', id = 'x' })");
    assert_true(h.sure);
    assert_int_equal(h.pages, 1);
    assert_string_equal(h.id, "x");
}

static void what_is_not_literal_is_not_sure(void **state)
{
    (void)state;
    const char *unsure[] = {
        "return at.lesson { id = 'x', title = 'a' .. 'b', minutes = 3, at.page('p', {}) }",
        "return at.lesson { id = name, title = 'T', minutes = 3, at.page('p', {}) }",
        "return at.lesson { id = 'x', title = 'T', minutes = 3 * 4, at.page('p', {}) }",
        "return at.lesson { id = 'x', title = 'a\\'b', minutes = 3, at.page('p', {}) }",
        "return at.lesson { id = 'x', title = 'T', minutes = 3, first_page }",
        "return at.lesson { id = 'x', title = 'T', minutes = 3, table.unpack(pages) }",
        "return at.lesson { id = 'x', title = 'T', minutes = 3, function() return at.page() end }",
        "return at.lesson { id = 'x', title = 'T', at.page('p', {}) }",
        "return at.lesson { id = 'x', title = 'T', minutes = 3 }",
        "return make { id = 'x' }",
        "return at.lesson",
        "",
        "return at.lesson { id = 'x', title = [==[ no end",
        "return at.lesson { id = \"no end",
        "return at.lesson { id = 'x', title = 'T', minutes = 3, at.page('p', { [",
    };
    for (size_t k = 0; k < sizeof unsure / sizeof unsure[0]; k++)
        if (head_of(unsure[k]).sure) fail_msg("%s is taken as sure", unsure[k]);
}

static void every_beginning_of_a_text_is_read_without_harm(void **state)
{
    (void)state;
    static const char text[] = "--[[x]] return at.lesson { id = \"a\\\"b\", title = [=[t]=], "
                               "minutes = 1, at.page('p', {}) }";
    for (size_t len = 0; len < sizeof text; len++) {
        LessonHead head;
        char      *copy = malloc(len + 1); /* so that a sanitizer sees a step too far */
        memcpy(copy, text, len);
        assert_int_equal(script_head(copy, len, "t.lua", &head, NULL), STATUS_OK);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_literal_head_is_sure),
        cmocka_unit_test(fields_may_stand_behind_the_pages),
        cmocka_unit_test(what_is_not_literal_is_not_sure),
        cmocka_unit_test(every_beginning_of_a_text_is_read_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
