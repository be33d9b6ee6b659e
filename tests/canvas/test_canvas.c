#include "app/canvas/canvas.h"

#include "app/canvas/blit_plain.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DAY  "\xe6\x97\xa5"
#define BOOK "\xe6\x9c\xac"

static Canvas canvas_of(int columns, int rows)
{
    Canvas c = {0};
    assert_true(canvas_size(&c, columns, rows));
    return c;
}

/* Compares with a picture and frees the canvas. */
static void assert_picture(Canvas *c, const char *picture)
{
    Text out = {0};
    blit_plain(c, &out);
    assert_string_equal(text_string(&out), picture);
    text_done(&out);
    canvas_done(c);
}

static void text_stands_where_it_was_put(void **state)
{
    (void)state;
    Canvas c = canvas_of(8, 3);
    assert_int_equal(canvas_text(&c, 2, 1, style_plain(), "key 0"), 5);
    assert_int_equal(canvas_format(&c, 0, 2, style_plain(), "%d of %d", 6, 13), 7);
    assert_picture(&c, "\n  key 0\n6 of 13\n");
}

static void nothing_is_drawn_outside_the_clip(void **state)
{
    (void)state;
    Canvas c = canvas_of(8, 3);
    canvas_clip(&c, rect_make(2, 1, 4, 1));
    for (int y = -1; y < 5; y++)
        assert_int_equal(canvas_text(&c, -1, y, style_plain(), "0123456789"), 10);
    assert_picture(&c, "\n  3456\n\n");
}

static void a_clip_never_reaches_past_the_canvas(void **state)
{
    (void)state;
    Canvas c = canvas_of(4, 2);
    canvas_clip(&c, rect_make(-5, -5, 100, 100));
    canvas_fill(&c, rect_make(-9, -9, 99, 99), style_plain(), '#');
    assert_picture(&c, "####\n####\n");
}

static void a_wide_rune_takes_two_cells(void **state)
{
    (void)state;
    Canvas c = canvas_of(8, 1);
    assert_int_equal(canvas_text(&c, 1, 0, style_plain(), DAY BOOK "x"), 5);
    assert_int_equal(canvas_cell(&c, 1, 0)->width, 2);
    assert_int_equal(canvas_cell(&c, 2, 0)->width, 0);
    assert_int_equal(canvas_cell(&c, 5, 0)->rune, 'x');
    assert_picture(&c, " " DAY BOOK "x\n");
}

static void a_wide_rune_is_never_cut_in_half(void **state)
{
    (void)state;
    Canvas right = canvas_of(4, 1);
    assert_int_equal(canvas_text(&right, 1, 0, style_plain(), DAY BOOK), 4);
    assert_int_equal(canvas_cell(&right, 3, 0)->rune, ' ');
    assert_int_equal(canvas_cell(&right, 3, 0)->width, 1);
    assert_picture(&right, " " DAY "\n");
    Canvas left = canvas_of(4, 1);
    canvas_text(&left, -1, 0, style_plain(), DAY "x");
    assert_picture(&left, " x\n");
}

static void what_lost_a_half_becomes_a_blank(void **state)
{
    (void)state;
    Canvas c = canvas_of(4, 2);
    canvas_text(&c, 0, 0, style_plain(), DAY BOOK);
    canvas_text(&c, 1, 0, style_plain(), "ab");
    canvas_text(&c, 0, 1, style_plain(), "abcd");
    canvas_text(&c, 1, 1, style_plain(), DAY);
    for (int x = 0; x < 4; x++) assert_int_equal(canvas_cell(&c, x, 0)->width, 1);
    assert_picture(&c, " ab\na" DAY "d\n");
}

static void marks_join_the_rune_before_them(void **state)
{
    (void)state;
    Canvas c = canvas_of(6, 1);
    assert_int_equal(canvas_text(&c, 0, 0, style_plain(), "e\xcc\x81x" DAY "\xcc\x81"), 4);
    assert_int_equal(canvas_cell(&c, 0, 0)->mark[0], 0x301);
    assert_int_equal(canvas_cell(&c, 2, 0)->mark[0], 0x301);
    assert_picture(&c, "e\xcc\x81x" DAY "\xcc\x81\n");
}

static void marks_past_the_fourth_and_marks_alone_are_lost(void **state)
{
    (void)state;
    Canvas c = canvas_of(4, 2);
    assert_int_equal(
        canvas_text(&c, 0, 0, style_plain(), "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85"), 1);
    canvas_text(&c, 0, 1, style_plain(),
                "\xcc\x81"
                "a");
    assert_picture(&c, "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\na\n");
}

static void a_mark_of_a_cut_rune_joins_nobody(void **state)
{
    (void)state;
    Canvas c = canvas_of(3, 1);
    canvas_clip(&c, rect_make(0, 0, 2, 1));
    canvas_text(&c, 1, 0, style_plain(), DAY "\xcc\x81");
    assert_int_equal(canvas_cell(&c, 1, 0)->mark[0], 0);
    assert_picture(&c, "\n");
}

static void a_new_rune_takes_the_marks_away(void **state)
{
    (void)state;
    Canvas c = canvas_of(3, 1);
    canvas_text(&c, 0, 0, style_plain(), "e\xcc\x81");
    canvas_text(&c, 0, 0, style_plain(), "a");
    assert_picture(&c, "a\n");
}

static void control_characters_never_get_into_a_cell(void **state)
{
    (void)state;
    Canvas c = canvas_of(5, 1);
    assert_int_equal(canvas_text(&c, 0, 0, style_plain(), "a\033\nb"), 4);
    assert_picture(&c, "a??b\n");
}

static void a_formatted_line_that_is_cut_ends_with_a_whole_rune(void **state)
{
    char text[1500];
    (void)state;
    for (size_t k = 0; k < sizeof text - 3; k += 3) memcpy(text + k, DAY, 4);
    Canvas c = canvas_of(1030, 1);
    int    columns = canvas_format(&c, 0, 0, style_plain(), "%s%s", "ab", text);
    assert_int_equal(columns, 2 + 2 * 340); /* 1023 bytes are ab, 340 runes and a torn one */
    for (int x = 0; x < columns; x++) assert_int_not_equal(canvas_cell(&c, x, 0)->rune, '?');
    canvas_done(&c);
}

static void restyling_keeps_the_runes(void **state)
{
    (void)state;
    Canvas c = canvas_of(6, 1);
    canvas_text(&c, 0, 0, style_plain(), "a" DAY "b");
    canvas_restyle(&c, rect_make(0, 0, 2, 1), style_attr(ATTR_REVERSE));
    assert_int_equal(canvas_cell(&c, 0, 0)->style.attr, ATTR_REVERSE);
    assert_int_equal(canvas_cell(&c, 1, 0)->style.attr, ATTR_REVERSE);
    assert_int_equal(canvas_cell(&c, 2, 0)->style.attr,
                     ATTR_REVERSE); /* the wide one's other half */
    assert_int_equal(canvas_cell(&c, 3, 0)->style.attr, 0);
    assert_picture(&c, "a" DAY "b\n");
}

static void filling_with_a_wide_rune_leaves_no_half(void **state)
{
    (void)state;
    Canvas c = canvas_of(5, 1);
    canvas_fill(&c, canvas_rect(&c), style_plain(), 0x65e5);
    assert_picture(&c, DAY DAY "\n");
}

static void clearing_forgets_cells_cursor_and_clip(void **state)
{
    (void)state;
    Canvas c = canvas_of(4, 1);
    canvas_text(&c, 0, 0, style_mark(), "abcd");
    canvas_clip(&c, rect_make(0, 0, 1, 1));
    canvas_cursor(&c, 2, 0);
    canvas_clear(&c);
    assert_int_equal(c.cursor_x, -1);
    assert_int_equal(c.clip.w, 4);
    assert_true(style_equal(canvas_cell(&c, 0, 0)->style, style_plain()));
    assert_picture(&c, "\n");
}

static void the_size_keeps_the_cells_while_it_stays(void **state)
{
    (void)state;
    Canvas c = canvas_of(4, 4);
    Cell  *cell = c.cell;
    assert_true(canvas_size(&c, 4, 4));
    assert_ptr_equal(c.cell, cell);
    assert_true(canvas_size(&c, 9, 1));
    assert_picture(&c, "\n");
}

static void every_glyph_has_a_twin_in_ascii(void **state)
{
    (void)state;
    Canvas c = canvas_of(1, 1);
    for (int g = 0; g < GLYPH_COUNT; g++) {
        c.ascii = false;
        assert_true(canvas_glyph(&c, (Glyph)g) > ' ');
        c.ascii = true;
        assert_in_range(canvas_glyph(&c, (Glyph)g), '!', '~');
    }
    canvas_done(&c);
}

static void clusters_of_disputed_width_are_known(void **state)
{
    static const struct {
        const char *text;
        const char *disputed; /* x where it is, a column each */
    } rows[] = {{"a\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xa7z", ".xxxx."}, /* joined */
                {"\xe2\x9d\xa4\xef\xb8\x8fz", "x."},                          /* as emoji */
                {"z\xf0\x9f\x87\xaf\xf0\x9f\x87\xb5z", ".xx."},               /* a flag */
                {"\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbdz", "xxxx."},               /* a skin tone */
                {"\xe0\xb8\x81\xe0\xb8\xb3z", "xx."},
                {DAY "e\xcc\x81z", "...."}};
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        Canvas c = canvas_of(8, 1);
        assert_int_equal(canvas_text(&c, 0, 0, style_plain(), rows[k].text),
                         strlen(rows[k].disputed));
        for (int x = 0; rows[k].disputed[x]; x++)
            assert_int_equal(canvas_disputed(&c, x, 0), rows[k].disputed[x] == 'x');
        canvas_done(&c);
    }
}

static void styles_are_letters_below_the_text(void **state)
{
    (void)state;
    Canvas c = canvas_of(8, 1);
    canvas_text(&c, 0, 0, style_step(0), "a");
    canvas_text(&c, 1, 0, style_step(1), "b");
    canvas_text(&c, 2, 0, style_mark(), "c");
    canvas_text(&c, 3, 0, style_ink(HUE_RIGHT, 0), "d");
    canvas_text(&c, 4, 0, style_attr(ATTR_REVERSE | ATTR_BOLD), "e");
    canvas_text(&c, 5, 0, style_plain(), "f");
    canvas_text(&c, 6, 0, style_attr(ATTR_DIM), "g");
    Text out = {0};
    blit_styles(&c, &out);
    assert_string_equal(text_string(&out), "abcdefg\n17Mgr d\n");
    text_done(&out);
    canvas_done(&c);
}

/* Property: whatever is drawn wherever, every wide rune has its right half, every right half its
 * rune, and nothing stands outside the clip. */
static void halves_are_always_whole(void **state)
{
    static const char *const words[] = {
        DAY,         "a",
        "e\xcc\x81", (DAY BOOK "x"),
        ("xy" DAY),  "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xa7"};
    unsigned seed = 20260109;
    (void)state;
    print_message("seed %u\n", seed);
    srand(seed);
    Canvas c = canvas_of(12, 4);
    for (int round = 0; round < 20000; round++) {
        Rect clip = rect_make(rand() % 12, rand() % 4, rand() % 12, rand() % 4);
        canvas_clip(&c, clip);
        if (rand() % 5)
            canvas_text(&c, rand() % 16 - 3, rand() % 6 - 1, style_plain(), words[rand() % 6]);
        else
            canvas_fill(&c, rect_make(rand() % 12, rand() % 4, rand() % 5, rand() % 3),
                        style_plain(), rand() % 2 ? 0x65e5 : '.');
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 12; x++) {
                const Cell *cell = canvas_cell(&c, x, y);
                if (cell->width == 2) assert_true(x < 11 && canvas_cell(&c, x + 1, y)->width == 0);
                if (cell->width == 0) assert_true(x > 0 && canvas_cell(&c, x - 1, y)->width == 2);
            }
        }
    }
    canvas_done(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stands_where_it_was_put),
        cmocka_unit_test(nothing_is_drawn_outside_the_clip),
        cmocka_unit_test(a_clip_never_reaches_past_the_canvas),
        cmocka_unit_test(a_wide_rune_takes_two_cells),
        cmocka_unit_test(a_wide_rune_is_never_cut_in_half),
        cmocka_unit_test(what_lost_a_half_becomes_a_blank),
        cmocka_unit_test(marks_join_the_rune_before_them),
        cmocka_unit_test(marks_past_the_fourth_and_marks_alone_are_lost),
        cmocka_unit_test(a_mark_of_a_cut_rune_joins_nobody),
        cmocka_unit_test(a_new_rune_takes_the_marks_away),
        cmocka_unit_test(control_characters_never_get_into_a_cell),
        cmocka_unit_test(a_formatted_line_that_is_cut_ends_with_a_whole_rune),
        cmocka_unit_test(restyling_keeps_the_runes),
        cmocka_unit_test(filling_with_a_wide_rune_leaves_no_half),
        cmocka_unit_test(clearing_forgets_cells_cursor_and_clip),
        cmocka_unit_test(the_size_keeps_the_cells_while_it_stays),
        cmocka_unit_test(every_glyph_has_a_twin_in_ascii),
        cmocka_unit_test(clusters_of_disputed_width_are_known),
        cmocka_unit_test(styles_are_letters_below_the_text),
        cmocka_unit_test(halves_are_always_whole),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
