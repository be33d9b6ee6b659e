/* What follows from a record of entries. */
#include "app/tutor/progress.h"
#include "app/tutor/shelf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static void take(Progress *p, Entry e)
{
    if (!e.page) e.page = "";
    assert_int_equal(progress_take(p, &e), STATUS_OK);
}

static Entry submit(const char *page, int variant, int tries, bool right, double points)
{
    return (Entry){.kind = ENTRY_SUBMIT, .lesson = "windows", .page = page, .variant = variant, .tries = tries,
                   .right = right, .points = points, .max = 3, .slip = right ? "" : "fencepost",
                   .answer = {right ? "6" : "7"}, .answers = 1};
}

static void tries_and_the_last_answer_belong_to_one_variant(void **state)
{
    (void)state;
    Progress p = {0};
    take(&p, (Entry){.kind = ENTRY_PLACE, .lesson = "windows", .page = "count", .variant = 1, .state = {{"w", 6}}, .states = 1});
    take(&p, submit("count", 1, 1, false, 0));
    const PageRecord *r = progress_page(&p, "windows", "count");
    assert_int_equal(r->states, 1);
    assert_int_equal(r->tries, 1);
    assert_string_equal(r->slip, "fencepost");
    assert_string_equal(r->answer[0], "7");
    take(&p, (Entry){.kind = ENTRY_VARIANT, .lesson = "windows", .page = "count", .variant = 2});
    assert_int_equal(r->tries, 0);
    assert_int_equal(r->answers, 0);
    assert_int_equal(r->states, 0); /* the new variant's figure begins anew */
    assert_true(r->ever_tried && !r->ever_right);
    progress_done(&p);
}

static void the_best_points_of_all_variants_stay(void **state)
{
    (void)state;
    Progress p = {0};
    take(&p, submit("count", 1, 2, true, 2));
    take(&p, submit("count", 2, 3, true, 1));
    const PageRecord *r = progress_page(&p, "windows", "count");
    assert_true(r->points == 2);
    assert_true(r->variant_points == 1);
    progress_done(&p);
}

static void the_last_place_wins(void **state)
{
    (void)state;
    Progress p = {0};
    take(&p, (Entry){.kind = ENTRY_PLACE, .lesson = "windows", .page = "look", .step = 2});
    take(&p, (Entry){.kind = ENTRY_PLACE, .lesson = "sinks", .page = "more", .step = 1});
    assert_string_equal(p.lesson, "sinks");
    assert_string_equal(progress_lesson(&p, "windows")->at, "look");
    assert_int_equal(progress_page(&p, "windows", "look")->step, 2);
    progress_done(&p);
}

static void a_reset_of_one_page_leaves_all_other_marks(void **state)
{
    (void)state;
    Progress p = {0};
    take(&p, submit("count", 1, 1, true, 3));
    take(&p, submit("total", 1, 1, true, 3));
    take(&p, (Entry){.kind = ENTRY_PLACE, .lesson = "windows", .page = "total"});
    take(&p, (Entry){.kind = ENTRY_RESET, .lesson = "windows", .page = "count"});
    assert_null(progress_page(&p, "windows", "count"));
    assert_true(progress_page(&p, "windows", "total")->ever_right);
    assert_string_equal(p.lesson, "windows");
    progress_done(&p);
}

static void a_reset_of_everything_leaves_nothing(void **state)
{
    (void)state;
    Progress p = {0};
    take(&p, submit("count", 1, 1, true, 3));
    take(&p, (Entry){.kind = ENTRY_PLACE, .lesson = "windows", .page = "total"});
    take(&p, (Entry){.kind = ENTRY_DONE, .lesson = "windows", .page = ""});
    take(&p, (Entry){.kind = ENTRY_RESET, .lesson = "*", .page = ""});
    assert_int_equal(p.pages, 0);
    assert_string_equal(p.lesson, "");
    assert_false(progress_lesson(&p, "windows")->done);
    progress_done(&p);
}

static void home_marks_follow_from_the_record(void **state)
{
    (void)state;
    Progress p = {0};
    Shelf    s = {0};
    assert_int_equal(shelf_add(&s, "30-windows.lua", "windows", "The last w", 12, 5, 2, NULL), STATUS_OK);
    assert_int_equal(shelf_add(&s, "99-broken.lua", "broken", "broken", 0, 0, 0, "broken.lua:3: x"), STATUS_OK);
    assert_int_equal(shelf_mark(&s, 0, &p).mark, '-');
    assert_int_equal(shelf_mark(&s, 1, &p).mark, '!');
    take(&p, (Entry){.kind = ENTRY_PLACE, .lesson = "windows", .page = "look"});
    assert_int_equal(shelf_mark(&s, 0, &p).mark, '>');
    take(&p, submit("count", 1, 1, true, 3));
    take(&p, (Entry){.kind = ENTRY_SKIP, .lesson = "windows", .page = "total"});
    take(&p, (Entry){.kind = ENTRY_DONE, .lesson = "windows", .page = ""});
    assert_int_equal(shelf_mark(&s, 0, &p).mark, '~');
    assert_int_equal(shelf_mark(&s, 0, &p).done, 1);
    take(&p, submit("total", 1, 1, true, 3));
    assert_int_equal(shelf_mark(&s, 0, &p).mark, '+');
    assert_string_equal(shelf_chapter(s.lesson[0].chapter), "Counting G");
    assert_string_equal(shelf_near(&s, "windws"), "windows");
    shelf_done(&s);
    progress_done(&p);
}

static void entry_words_round_trip(void **state)
{
    (void)state;
    for (int k = ENTRY_PLACE; k <= ENTRY_PREF; k++) {
        EntryKind kind;
        assert_true(entry_find(entry_word((EntryKind)k), &kind));
        assert_int_equal(kind, k);
    }
    EntryKind kind;
    assert_false(entry_find("poll-of-tomorrow", &kind));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tries_and_the_last_answer_belong_to_one_variant),
        cmocka_unit_test(the_best_points_of_all_variants_stay),
        cmocka_unit_test(the_last_place_wins),
        cmocka_unit_test(a_reset_of_one_page_leaves_all_other_marks),
        cmocka_unit_test(a_reset_of_everything_leaves_nothing),
        cmocka_unit_test(home_marks_follow_from_the_record),
        cmocka_unit_test(entry_words_round_trip),
    };
    return cmocka_run_group_tests_name("tutor/progress", tests, NULL, NULL);
}
