#include "app/view/prose.h"
#include "app/view/sheet.h"

#include "app/canvas/blit_plain.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static void shown(const Sheet *s, int columns, int rows, int scroll, const char *expected)
{
    Canvas c = {.ascii = true};
    Text   t = {0};
    assert_true(canvas_size(&c, columns, rows));
    sheet_draw(s, &c, rect_make(0, 0, columns, rows), scroll, true);
    blit_plain(&c, &t);
    assert_string_equal(text_string(&t), expected);
    text_done(&t);
    canvas_done(&c);
}

static void what_does_not_fit_into_the_width_is_cut(void **state)
{
    Sheet s = {0};
    (void)state;
    sheet_start(&s, 8, true);
    sheet_put(&s, style_plain(), "count");
    sheet_put(&s, style_plain(), "(12) 6");
    assert_int_equal(sheet_room(&s), 0);
    shown(&s, 12, 1, 0, "count(12\n");
    sheet_done(&s);
}

static void a_cut_text_ends_in_the_sign_for_more(void **state)
{
    Sheet s = {0};
    (void)state;
    sheet_start(&s, 20, true);
    sheet_put_cut(&s, style_plain(), "A window that slides", 10);
    sheet_line(&s);
    sheet_put_cut(&s, style_plain(), "A window", 10);
    shown(&s, 20, 2, 0, "A windo...\nA window\n");
    sheet_done(&s);
}

static void a_gap_is_one_empty_line_and_none_at_the_top(void **state)
{
    Sheet s = {0};
    (void)state;
    sheet_start(&s, 20, true);
    sheet_gap(&s);
    sheet_line(&s);
    sheet_put(&s, style_plain(), "a");
    sheet_gap(&s);
    sheet_gap(&s);
    sheet_line(&s);
    sheet_put(&s, style_plain(), "b");
    shown(&s, 20, 4, 0, "a\n\nb\n\n");
    sheet_done(&s);
}

static void tabs_go_right_and_never_back(void **state)
{
    Sheet s = {0};
    (void)state;
    sheet_start(&s, 20, true);
    sheet_put(&s, style_plain(), "total");
    sheet_to(&s, 8);
    sheet_put(&s, style_plain(), "81");
    sheet_to(&s, 4);
    sheet_put(&s, style_plain(), "!");
    shown(&s, 20, 1, 0, "total   81!\n");
    sheet_done(&s);
}

static void control_characters_never_reach_the_canvas(void **state)
{
    Sheet s = {0};
    (void)state;
    sheet_start(&s, 20, true);
    sheet_put(&s, style_plain(), "a\033[2Jb");
    shown(&s, 20, 1, 0, "a^[[2Jb\n");
    sheet_done(&s);
}

static void scrolling_stays_within_the_sheet_and_follows_the_cursor(void **state)
{
    Sheet s = {0};
    (void)state;
    sheet_start(&s, 20, true);
    for (int k = 0; k < 10; k++) {
        sheet_line(&s);
        sheet_format(&s, style_plain(), "line %d", k);
        if (k == 6)
            sheet_cursor(&s, 2);
    }
    assert_int_equal(sheet_scroll(&s, 0, 4, false), 0);
    assert_int_equal(sheet_scroll(&s, 99, 4, false), 6);
    assert_int_equal(sheet_scroll(&s, 0, 4, true), 3);
    assert_int_equal(sheet_scroll(&s, 99, 2, true), 6);
    assert_int_equal(sheet_scroll(&s, -5, 20, false), 0);
    shown(&s, 20, 2, 6, "line 6\nline 7\n");
    sheet_done(&s);
}

static void a_sheet_made_again_takes_no_more_memory(void **state)
{
    Sheet s = {0};
    int   pieces = 0, lines = 0;
    (void)state;
    for (int round = 0; round < 3; round++) {
        sheet_start(&s, 20, true);
        for (int k = 0; k < 100; k++) {
            sheet_line(&s);
            sheet_put(&s, style_plain(), "words");
        }
        if (round) {
            assert_int_equal(s.piece_cap, pieces);
            assert_int_equal(s.line_cap, lines);
        }
        pieces = s.piece_cap;
        lines = s.line_cap;
    }
    sheet_done(&s);
}

static void a_text_is_wrapped_once_a_width(void **state)
{
    static Prose p;
    (void)state;
    const Wrapped *a = prose_markdown(&p, "Move **w** with {press:less}.", 20, true);
    const Wrapped *b = prose_markdown(&p, "Move **w** with {press:less}.", 20, true);
    assert_ptr_equal(a, b);
    assert_int_equal(p.made, 1);
    prose_markdown(&p, "Move **w** with {press:less}.", 10, true);
    prose_plain(&p, "Move **w** with {press:less}.", 10, true);
    assert_int_equal(p.made, 3);
    for (int k = 0; k < 2 * PROSE_KEPT; k++) {
        char text[32];
        snprintf(text, sizeof text, "text %d", k);
        prose_plain(&p, text, 10, true);
    }
    assert_int_equal(p.made, 3 + 2 * PROSE_KEPT);
    prose_done(&p);
}

static void wrapped_text_shows_the_readers_keys(void **state)
{
    static Prose p;
    Sheet        s = {0};
    (void)state;
    sheet_start(&s, 30, true);
    sheet_wrapped(&s, prose_markdown(&p, "Move **w** with {press:less}.", 30, true), style_plain(), false);
    shown(&s, 30, 1, 0, "Move w with ,.\n");
    sheet_done(&s);
    prose_done(&p);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_fit_into_the_width_is_cut),
        cmocka_unit_test(a_cut_text_ends_in_the_sign_for_more),
        cmocka_unit_test(a_gap_is_one_empty_line_and_none_at_the_top),
        cmocka_unit_test(tabs_go_right_and_never_back),
        cmocka_unit_test(control_characters_never_reach_the_canvas),
        cmocka_unit_test(scrolling_stays_within_the_sheet_and_follows_the_cursor),
        cmocka_unit_test(a_sheet_made_again_takes_no_more_memory),
        cmocka_unit_test(a_text_is_wrapped_once_a_width),
        cmocka_unit_test(wrapped_text_shows_the_readers_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
