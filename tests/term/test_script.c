#include "app/term/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void events_come_in_order_and_then_the_end(void **state)
{
    static const Event events[] = {{.kind = EVENT_KEY, .key = 'q'},
                                   {.kind = EVENT_PASTE, .text = "0-1", .len = 3}};
    Event              e;
    (void)state;
    Term *t = term_script(80, 24, DEPTH_256, false, (TermScript){events, 2});
    t->event(t, -1, &e);
    assert_int_equal(e.key, 'q');
    t->event(t, 0, &e);
    assert_int_equal(e.kind, EVENT_PASTE);
    for (int k = 0; k < 3; k++) {
        t->event(t, -1, &e);
        assert_int_equal(e.kind, EVENT_END);
    }
    assert_int_equal(t->depth, DEPTH_256);
    t->close(t);
}

static void a_resize_changes_the_size(void **state)
{
    static const Event events[] = {{.kind = EVENT_RESIZE, .columns = 40, .rows = 12}};
    Event              e;
    int                columns, rows;
    (void)state;
    Term *t = term_script(80, 24, DEPTH_NONE, true, (TermScript){events, 1});
    t->size(t, &columns, &rows);
    assert_true(columns == 80 && rows == 24);
    t->event(t, -1, &e);
    t->size(t, &columns, &rows);
    assert_true(columns == 40 && rows == 12);
    t->close(t);
}

static void every_frame_shown_is_kept(void **state)
{
    Canvas c = {0};
    (void)state;
    Term *t = term_script(10, 2, DEPTH_8, false, (TermScript){0});
    assert_null(term_script_canvas(t));
    for (int k = 0; k < 200; k++) {
        canvas_size(&c, 10, 2);
        canvas_format(&c, 0, 1, style_plain(), "frame %d", k);
        canvas_cursor(&c, 3, 1);
        t->show(t, &c, THEME_DARK);
    }
    assert_int_equal(term_script_frames(t), 200);
    assert_string_equal(term_script_frame(t, 0), "\nframe 0\n");
    assert_string_equal(term_script_frame(t, 199), "\nframe 199\n");
    canvas_clear(&c);
    const Canvas *last = term_script_canvas(t);
    assert_int_equal(canvas_cell(last, 0, 1)->rune, 'f');
    assert_int_equal(last->cursor_x, 3);
    canvas_done(&c);
    t->close(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_come_in_order_and_then_the_end),
        cmocka_unit_test(a_resize_changes_the_size),
        cmocka_unit_test(every_frame_shown_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
