/* test_entries.c - every function that lessons see has an example, and every example does what it says. */
#include "tests/script/shelf.h"

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* A whole lesson that consists of the example, or has it where it belongs. */
static char *whole_lesson(const ScriptEntry *e)
{
    const char *head = "local at = require \"attend\"\nlocal P = at.pattern\nreturn ";
    const char *open =
        "at.lesson { api = 1, id = \"x\", version = \"1\", title = \"X\", minutes = 1, ";
    Text t = {0};
    text_add(&t, head);
    if (begins(e->example, "at.lesson"))
        text_add(&t, e->example);
    else if (begins(e->example, "at.page") || begins(e->example, "at.ask"))
        text_format(&t, "%s%s }", open, e->example);
    else
        text_format(&t, "%sat.page(\"p\", { %s }) }", open, e->example);
    return text_take(&t);
}

static void try_lesson(const ScriptEntry *e)
{
    char     *source = whole_lesson(e);
    ShelfFile files[] = {{"t.lua", source}, {NULL, NULL}};
    Lesson   *lesson;
    Question *q;
    Why       why;
    if (shelf_load(files, &lesson, &why) != STATUS_OK) fail_msg("%s: %s", e->name, why.what);
    for (int k = 0; k < lesson->pages; k++) {
        if (!lesson->page[k].asks) continue;
        if (script_deal(lesson, k, 1, &q, &why) != STATUS_OK) fail_msg("%s: %s", e->name, why.what);
        question_free(q);
    }
    script_free(lesson);
    free(source);
}

static void try_question(const ScriptEntry *e)
{
    Text      body = {0};
    Question *q;
    Why       why;
    text_format(&body, "return %s", e->example);
    if (shelf_deal(text_string(&body), 7, &q, &why) != STATUS_OK)
        fail_msg("%s: %s", e->name, why.what);
    question_free(q);
    text_done(&body);
}

/* "expression --> text": the expression as a text is that text. */
static void try_value(const ScriptEntry *e)
{
    Text        t = {0};
    const char *arrow = strstr(e->example, " --> ");
    if (!arrow) fail_msg("the example of %s does not say what it gives", e->name);
    text_format(&t, "local got = tostring(%.*s)\nassert(got == %s%s%s, got)",
                (int)(arrow - e->example), e->example, "[==[", arrow + 5, "]==]");
    char *message = shelf_run(text_string(&t));
    if (message[0]) fail_msg("%s: %s", e->name, message);
    free(message);
    text_done(&t);
}

static bool listed(const char *const *names, const char *name)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0) return true;
    return false;
}

static void every_example_does_what_it_says(void **state)
{
    static const char *const parts[] = {"at.lesson", "at.page",  "at.ask", "at.figure",
                                        "at.reveal", "at.notes", NULL};
    static const char *const questions[] = {"at.classify", "at.integer", "at.number",
                                            "at.indices",  "at.choice",  NULL};
    (void)state;
    assert_true(script_entries() > 40);
    for (int k = 0; k < script_entries(); k++) {
        const ScriptEntry *e = script_entry(k);
        assert_true(e->sentence[0] && e->example[0]);
        if (listed(parts, e->name))
            try_lesson(e);
        else if (listed(questions, e->name))
            try_question(e);
        else
            try_value(e);
    }
}

static void names_differ(void **state)
{
    (void)state;
    for (int k = 0; k < script_entries(); k++)
        for (int other = 0; other < k; other++)
            assert_string_not_equal(script_entry(k)->name, script_entry(other)->name);
}

static void what_a_later_version_has_is_said_plainly(void **state)
{
    (void)state;
    FAILS("at.design('x', {})", "t.lua:5: this version has no at.design yet");
    FAILS("at.multi { 'x' }", "t.lua:5: this version has no at.multi yet");
    FAILS("P.rule {}", "t.lua:5: this version has no P.rule yet");
    FAILS("local g = P.full {}:at(8):hops(0, 7)", "t.lua:5: this version has no pattern:hops yet");
    RUNS("assert(at.has 'choice' and at.has 'at.choice' and at.has 'window' and at.has 'count')\n"
         "assert(not at.has 'design' and not at.has 'hops' and not at.has 'nonsense')");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_does_what_it_says),
        cmocka_unit_test(names_differ),
        cmocka_unit_test(what_a_later_version_has_is_said_plainly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
