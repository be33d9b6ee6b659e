#include "app/base/wrap.h"

#include "app/base/utf8.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *less_key(const char *action, const void *context)
{
    (void)context;
    return strcmp(action, "less") == 0 ? "," : NULL;
}

/* The lines as text, after checking what is always true of them. */
static char *lines_of(const Wrapped *w, int columns)
{
    Text out = {0};
    int  next = 0;
    assert_false(w->broken);
    for (int k = 0; k < w->lines; k++) {
        const WrapLine *line = &w->line[k];
        int             used = 0;
        assert_int_equal(line->piece, next);
        for (int p = line->piece; p < line->piece + line->pieces; p++) {
            const WrapPiece *piece = &w->piece[p];
            const char      *s = text_string(&w->text) + piece->from;
            assert_int_equal(piece->columns, utf8_columns(s, piece->len));
            text_add_bytes(&out, s, piece->len);
            used += piece->columns;
        }
        assert_in_range(used, 0, columns);
        next += line->pieces;
        text_add_char(&out, '\n');
    }
    return text_take(&out);
}

static char *wrapped(const char *source, int columns, bool ascii)
{
    Markdown m;
    Wrapped  w = {0};
    assert_true(markdown_read(source, strlen(source), &m));
    wrap_markdown(&w, &m, columns, ascii, less_key, NULL);
    char *lines = lines_of(&w, columns);
    wrap_done(&w);
    markdown_done(&m);
    return lines;
}

static void assert_lines(const char *source, int columns, bool ascii, const char *expected)
{
    char *lines = wrapped(source, columns, ascii);
    assert_string_equal(lines, expected);
    free(lines);
}

static void lines_break_at_word_ends(void **state)
{
    (void)state;
    assert_lines("In a dense causal row, query i scores every key.", 20, false,
                 "In a dense causal\nrow, query i scores\nevery key.\n");
    assert_lines("exact fit here", 14, false, "exact fit here\n");
    assert_lines("a   b", 14, false, "a b\n");
    assert_lines("a\\\nb", 14, false, "a\nb\n");
}

static void a_word_of_two_styles_stays_together(void **state)
{
    (void)state;
    assert_lines("move **width**, now", 12, false, "move width,\nnow\n");
    assert_lines("move **width**, now", 10, false, "move\nwidth, now\n");
}

static void a_word_longer_than_a_line_is_cut_between_clusters(void **state)
{
    (void)state;
    assert_lines("see abcdefghij k", 6, false, "see\nabcdef\nghij k\n");
    assert_lines("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 5, false,
                 "\xe6\x97\xa5\xe6\x9c\xac\n\xe8\xaa\x9e\n");
    assert_lines("aaae\xcc\x81"
                 "b",
                 4, false, "aaae\xcc\x81\nb\n");
}

static void blocks_are_an_empty_line_apart(void **state)
{
    (void)state;
    assert_lines("# Title\n\ntext\n\nmore", 20, false, "Title\n\ntext\n\nmore\n");
    assert_lines("text\n\n- a\n- b", 20, true, "text\n\n- a\n- b\n");
}

static void items_hang_from_their_mark(void **state)
{
    (void)state;
    assert_lines("- one two three\n  - four five\n\n    six", 10, true,
                 "- one two\n  three\n  - four\n    five\n\n    six\n");
    assert_lines("9. one two\n10. three four", 9, true, "9. one\n   two\n10. three\n    four\n");
    assert_lines("- a", 10, false, "\xe2\x80\xa2 a\n");
}

static void references_are_told_in_words(void **state)
{
    (void)state;
    assert_lines("{press:less} {press:more} {row:12} {column:3} {cell:12,9}", 60, false,
                 ", (no key) row 12 column 3 cell (12,9)\n");
}

static void a_reference_knows_where_its_numbers_stand(void **state)
{
    Markdown m;
    Wrapped  w = {0};
    (void)state;
    assert_true(markdown_read("see {cell:12,9}.", 16, &m));
    wrap_markdown(&w, &m, 40, false, NULL, NULL);
    int found = 0;
    for (int k = 0; k < w.pieces; k++) {
        if (w.piece[k].kind != SPAN_CELL) continue;
        found++;
        assert_int_equal(w.piece[k].target_len, 4);
        assert_memory_equal(text_string(&w.text) + w.piece[k].target, "12,9", 4);
    }
    assert_int_equal(found, 1);
    wrap_done(&w);
    markdown_done(&m);
}

static void headings_are_bold_and_marked(void **state)
{
    Markdown m;
    Wrapped  w = {0};
    (void)state;
    assert_true(markdown_read("# A title\n\ntext", 15, &m));
    wrap_markdown(&w, &m, 40, false, NULL, NULL);
    assert_true(w.line[0].heading);
    assert_false(w.line[2].heading);
    assert_int_equal(w.piece[0].style, SPAN_BOLD);
    wrap_done(&w);
    markdown_done(&m);
}

static void code_keeps_its_blanks(void **state)
{
    (void)state;
    assert_lines("```\na  b\n\tc\nlong line\n```", 9, false, "  a  b\n      c\n  long li\n  ne\n");
}

static void a_table_that_fits_stands_in_columns(void **state)
{
    (void)state;
    assert_lines("| name | keys |\n|---|---|\n| window | 4 |\n| \xe6\x97\xa5 | 16 |", 30, true,
                 "name      keys\n--------------\nwindow    4\n<U+65E5>  16\n");
    assert_lines("| name | keys |\n|---|---|\n| a window | of 4 |", 11, true,
                 "name; keys\na window;\n  of 4\n");
}

static void plain_text_breaks_at_its_line_ends(void **state)
{
    Wrapped w = {0};
    (void)state;
    wrap_plain(&w, "one two three\n\nfour *five*", 8, false);
    char *lines = lines_of(&w, 8);
    assert_string_equal(lines, "one two\nthree\n\nfour\n*five*\n");
    free(lines);
    wrap_done(&w);
}

static void text_is_clean_for_a_terminal(void **state)
{
    (void)state;
    assert_lines("a\033[2Jb", 20, false, "a\xe2\x90\x9b[2Jb\n");
    assert_lines("a\033[2Jb \xe2\x89\xa4", 20, true, "a^[[2Jb <=\n");
}

/* The narrowest lines still hold marks, wide runes and clusters wider than they are. */
static void narrow_lines_are_never_too_wide(void **state)
{
    static const char source[] =
        "999. a \xe6\x97\xa5\xe6\x9c\xac\n     - \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xa7 b\n"
        "       - c\n\n         ```\n         d\xe6\x97\xa5 e\n         ```\n\n"
        "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7\n\n---\n\n"
        "| \xe6\x97\xa5 | b |\n|---|---|\n| c | \xe6\x97\xa5 |\n";
    (void)state;
    for (int columns = 4; columns < 20; columns++) {
        free(wrapped(source, columns, false)); /* which looks at every line */
        free(wrapped(source, columns, true));
    }
}

/* Property: no line is too wide, and no word is lost or changes places. */
static void every_word_stays_in_its_order(void **state)
{
    static const char *const words[] = {"a",
                                        "of",
                                        "**keys**",
                                        "`window`",
                                        "{row:12}",
                                        "\xe6\x97\xa5\xe6\x9c\xac",
                                        "attention",
                                        "e\xcc\x81t\xc3\xa9",
                                        "*so*,",
                                        "$\\alpha_i$",
                                        "incomprehensibilities"};
    unsigned                 seed = 20260108;
    (void)state;
    print_message("seed %u\n", seed);
    srand(seed);
    for (int round = 0; round < 500; round++) {
        Text source = {0};
        for (int k = 0; k < 30; k++)
            text_format(&source, "%s ", words[rand() % (int)(sizeof words / sizeof *words)]);
        int   columns = 4 + rand() % 60;
        char *narrow = wrapped(text_string(&source), columns, false),
             *wide = wrapped(text_string(&source), 2000, false);
        char *a = narrow, *b = wide;
        for (;;) { /* the same but for blanks and line ends */
            while (*a == ' ' || *a == '\n') a++;
            while (*b == ' ' || *b == '\n') b++;
            assert_int_equal(*a, *b);
            if (!*a) break;
            a++;
            b++;
        }
        free(narrow);
        free(wide);
        text_done(&source);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_at_word_ends),
        cmocka_unit_test(a_word_of_two_styles_stays_together),
        cmocka_unit_test(a_word_longer_than_a_line_is_cut_between_clusters),
        cmocka_unit_test(blocks_are_an_empty_line_apart),
        cmocka_unit_test(items_hang_from_their_mark),
        cmocka_unit_test(references_are_told_in_words),
        cmocka_unit_test(a_reference_knows_where_its_numbers_stand),
        cmocka_unit_test(headings_are_bold_and_marked),
        cmocka_unit_test(code_keeps_its_blanks),
        cmocka_unit_test(a_table_that_fits_stands_in_columns),
        cmocka_unit_test(plain_text_breaks_at_its_line_ends),
        cmocka_unit_test(text_is_clean_for_a_terminal),
        cmocka_unit_test(narrow_lines_are_never_too_wide),
        cmocka_unit_test(every_word_stays_in_its_order),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
