/* Verdicts: the right answer, named slips, nudges, shares. */
#include "tests/tutor/build.h"
#include "app/tutor/grade.h"

#include <stdio.h>

typedef struct {
    Question *q;
    Lab       lab;
    Verdict   v;
} Case;

static Case open_case(Question *q)
{
    Case c = {.q = q};
    if (q->figure && lab_open(&c.lab, q->figure, NULL) != STATUS_OK) fail();
    return c;
}

static void close_case(Case *c)
{
    verdict_done(&c->v);
    if (c->q->figure) lab_done(&c->lab);
    question_free(c->q);
}

static const char *judge(Case *c, const char *typed)
{
    Answer  a = {0};
    Reading r = {0};
    Text    echo = {0};
    Why     why = {0};
    answer_start(&a, c->q);
    for (int k = 0; k < a.boxes; k++) {
        size_t len = strcspn(typed, "|");
        char   one[80];
        snprintf(one, sizeof one, "%.*s", (int)len, typed);
        field_set(&a.box[k], one);
        typed += len + (typed[len] == '|');
    }
    if (answer_read(&a, c->q, false, &r, &echo, &why) != STATUS_OK) fail_msg("%s", why.what);
    assert_int_equal(grade(c->q, &a, &r, c->q->figure ? &c->lab : NULL, &c->v), STATUS_OK);
    answer_done(&a);
    reading_done(&r);
    text_done(&echo);
    return text_string(&c->v.sentence);
}

static void a_wrong_row_wins_over_every_nudge(void **state)
{
    (void)state;
    Figure *f = build_figure("window(w=4)", 16, NULL);
    f->row = 10;
    Question *q = build_integer("?", f, 4);
    build_wrong(q, 5, "extra-self", "You added the own key on top.");
    Case c = open_case(q);
    assert_string_equal(judge(&c, "5"), "You added the own key on top.");
    assert_string_equal(c.v.slip, "extra-self");
    assert_non_null(strstr(judge(&c, "3"), "Off by one"));
    assert_string_equal(c.v.slip, "");
    judge(&c, "4");
    assert_true(c.v.right);
    close_case(&c);
}

static void a_number_is_right_within_its_tolerance(void **state)
{
    (void)state;
    Question *q = build_question(QUESTION_NUMBER, "density?", NULL);
    q->right = calloc(1, sizeof *q->right);
    q->right[0] = number_real(0.4167);
    q->tolerance = 0.01;
    q->relative = true;
    Case c = open_case(q);
    judge(&c, "0.42");
    assert_true(c.v.right);
    judge(&c, "41.7 %");
    assert_true(c.v.right);
    judge(&c, "15/36");
    assert_true(c.v.right);
    judge(&c, "0.43");
    assert_false(c.v.right);
    close_case(&c);
}

static void several_numbers_must_all_fit(void **state)
{
    (void)state;
    Question *q = build_question(QUESTION_NUMBER, "weights?", NULL);
    q->boxes = 2;
    q->right = calloc(2, sizeof *q->right);
    q->right[0] = number_real(0.625);
    q->right[1] = number_real(0.375);
    q->tolerance = 0.005;
    Case c = open_case(q);
    judge(&c, "0.625|3/8");
    assert_true(c.v.right);
    judge(&c, "0.625|0.3");
    assert_false(c.v.right);
    close_case(&c);
}

static void a_set_earns_its_share(void **state)
{
    (void)state;
    Question *q = build_question(QUESTION_INDICES, "which?", build_figure("window(w=4) | sink(s=2)", 16, NULL));
    q->set_n = 16;
    if (runs_add(&q->set, 0, 2) != STATUS_OK || runs_add(&q->set, 9, 13) != STATUS_OK) fail();
    Case c = open_case(q);
    judge(&c, "0-1, 9-11");
    assert_true(c.v.partly);
    assert_true(c.v.credit > 0.909 && c.v.credit < 0.910); /* 2*5 / (5+6) */
    assert_int_equal(runs_count(&c.v.missed), 1);
    judge(&c, "5");
    assert_false(c.v.partly);
    assert_true(c.v.credit == 0);
    q->whole = true;
    judge(&c, "0-1, 9-11");
    assert_true(c.v.credit == 0);
    close_case(&c);
}

static void the_empty_answer_to_an_empty_row_is_right(void **state)
{
    (void)state;
    Question *q = build_question(QUESTION_INDICES, "which?", NULL);
    q->set_n = 16;
    Case c = open_case(q);
    judge(&c, "{}");
    assert_true(c.v.right);
    assert_true(c.v.credit == 1);
    close_case(&c);
}

static void a_row_that_was_not_asked_for_is_no_nudge(void **state)
{
    (void)state;
    Case c = open_case(build_integer("the total?", build_figure("window(w=7)", 12, NULL), 63));
    assert_null(strstr(judge(&c, "49"), "By the rule"));
    close_case(&c);
}

static void the_working_gives_the_row_when_its_size_was_asked(void **state)
{
    (void)state;
    Figure *f = build_figure("sink(s=4) | window(w=8)", 64, NULL);
    f->row = 9;
    Case c = open_case(build_integer("?", f, 10));
    Text t = {0};
    grade_working(c.q, &c.lab, &t);
    assert_string_equal(text_string(&t), "The answer is 10. G_9 = {0-9}: sink(s=4) gives keys 0-3, window(w=8) gives keys 2-9. "
                                         "10 of 10 keys, 0 skipped.");
    text_done(&t);
    close_case(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_row_wins_over_every_nudge),
        cmocka_unit_test(a_number_is_right_within_its_tolerance),
        cmocka_unit_test(several_numbers_must_all_fit),
        cmocka_unit_test(a_set_earns_its_share),
        cmocka_unit_test(the_empty_answer_to_an_empty_row_is_right),
        cmocka_unit_test(a_row_that_was_not_asked_for_is_no_nudge),
        cmocka_unit_test(the_working_gives_the_row_when_its_size_was_asked),
    };
    return cmocka_run_group_tests_name("tutor/grade", tests, NULL, NULL);
}
