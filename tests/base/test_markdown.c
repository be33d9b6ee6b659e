#include "app/base/markdown.h"

#include "app/base/latex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A picture of the blocks, one a line: kind, level, number, then the spans with their styles as
 * letters (b bold, e emphasis, c code, m math, l link). */
static void add_span(Text *out, const Span *span)
{
    static const char *const kind[] = {"", "press:", "row:", "column:", "cell:", "break"};
    static const char        letter[] = "becml";
    text_add_char(out, ' ');
    for (int k = 0; k < 5; k++) {
        if (span->style & 1u << k) text_add_char(out, letter[k]);
    }
    text_format(out, "[%s%s]", kind[span->kind], span->text);
    if (span->link) text_format(out, "(%s)", span->link);
}

static void add_block(Text *out, const Block *block)
{
    static const char *const kind[] = {"p", "h", "item", "code", "row", "rule"};
    text_add(out, kind[block->kind]);
    if (block->level) text_format(out, "%d", block->level);
    if (block->number) text_format(out, " %d.", block->number);
    if (block->more) text_add(out, " more");
    int cell = 0;
    for (int k = 0; k < block->spans; k++) {
        for (; cell < block->cells && block->cell[cell] == k; cell++) text_add(out, " |");
        add_span(out, &block->span[k]);
    }
    for (; cell < block->cells; cell++) text_add(out, " |");
    text_add_char(out, '\n');
}

static void assert_picture(const char *source, const char *picture)
{
    Markdown m;
    Text     out = {0};
    assert_true(markdown_read(source, strlen(source), &m));
    for (int k = 0; k < m.blocks; k++) add_block(&out, &m.block[k]);
    assert_string_equal(text_string(&out), picture);
    text_done(&out);
    markdown_done(&m);
}

static void paragraphs_and_headings_are_blocks(void **state)
{
    (void)state;
    assert_picture("", "");
    assert_picture("one\ntwo\n\nthree", "p [one two]\np [three]\n");
    assert_picture("# Title\ntext\n### Third", "h1 [Title]\np [text]\nh3 [Third]\n");
    assert_picture("a\n\n---\n\nb", "p [a]\nrule\np [b]\n");
}

static void emphasis_nests(void **state)
{
    (void)state;
    assert_picture("a **b *c* d** *e* `f`", "p [a ] b[b ] be[c] b[ d] [ ] e[e] [ ] c[f]\n");
    assert_picture("**a **b** c**", "p b[a ] b[b] b[ c]\n");
}

static void a_hard_break_is_a_span(void **state)
{
    (void)state;
    assert_picture("a\\\nb", "p [a] [break] [b]\n");
    assert_picture("a  \nb", "p [a] [break] [b]\n");
}

static void lists_know_depth_and_number(void **state)
{
    (void)state;
    assert_picture("- a\n- b\n  - c\n- d", "item1 [a]\nitem1 [b]\nitem2 [c]\nitem1 [d]\n");
    assert_picture("3. a\n4. b", "item1 3. [a]\nitem1 4. [b]\n");
    assert_picture("1. a\n\n   more\n\n2. b", "item1 1. [a]\np1 more [more]\nitem1 2. [b]\n");
    assert_picture("- a\n\ntext", "item1 [a]\np [text]\n");
}

static void references_into_the_program_are_spans(void **state)
{
    (void)state;
    assert_picture("Move w with {press:less-far}; watch {row:12}, {column:3} and {cell:12,9}.",
                   "p [Move w with ] [press:less-far] [; watch ] [row:12] [, ] [column:3] [ and ] "
                   "[cell:12,9] [.]\n");
    assert_picture("**{press:hint}**", "p b[press:hint]\n");
}

static void what_is_no_reference_stays_as_written(void **state)
{
    (void)state;
    assert_picture("{word:a} {row:x} {cell:1} {row:} {press:A} {row:1",
                   "p [{word:a} {row:x} {cell:1} {row:} {press:A} {row:1]\n");
    assert_picture("`{row:1}`", "p c[{row:1}]\n");
}

static void html_does_not_pass(void **state)
{
    (void)state;
    assert_picture("a <b>c</b> <script>", "p [a <b>c</b> <script>]\n");
    assert_picture("<div>\nx\n</div>", "p [<div> x </div>]\n");
    assert_picture("&lt; &amp; &#955; &nope;", "p [< & \xce\xbb &nope;]\n");
}

static void only_links_to_the_web_are_links(void **state)
{
    (void)state;
    assert_picture("[a](https://x.org)", "p l[a](https://x.org)\n");
    assert_picture("[a](javascript:x) [b](file:///etc) [c](ref.html)", "p [a] [ ] [b] [ ] [c]\n");
    assert_picture("![alt](https://x.org/i.png)", "p [alt]\n");
}

static void code_keeps_its_lines(void **state)
{
    (void)state;
    assert_picture("```\na {row:1}\n  *b*\n```", "code c[a {row:1}\n  *b*]\n");
    assert_picture("    indented like a lesson", "p [indented like a lesson]\n");
}

static void tables_are_rows_of_cells(void **state)
{
    (void)state;
    assert_picture("| a | b |\n|---|---|\n| 1 | *2* |\n| | x {row:3} |",
                   "row | [a] | [b]\nrow 1. | [1] | e[2]\nrow 2. | | [x ] [row:3]\n");
}

static void formulas_are_unicode_text(void **state)
{
    static const struct {
        const char *latex, *text;
    } rows[] = {
        {"i \\le j", "i ≤ j"},
        {"a\\ge b", "a ≥ b"},
        {"\\frac{a}{b}", "a/b"},
        {"\\frac{n+1}{2}", "(n+1)/2"},
        {"\\frac{n(n+1)}{2}", "n(n+1)/2"},
        {"\\frac{1}{2n*3}", "1/(2n*3)"},
        {"x^2", "x^2"},
        {"x^{n+1}", "x^(n+1)"},
        {"G_i", "G_i"},
        {"s_{ij}", "s_ij"},
        {"a_{i-1}", "a_(i-1)"},
        {"\\alpha \\beta", "α β"},
        {"n \\times d", "n × d"},
        {"n\\cdot w", "n·w"},
        {"A \\cup B \\cap C", "A ∪ B ∩ C"},
        {"A\\setminus\\{0\\}", "A ∖ {0}"},
        {"\\infty", "∞"},
        {"\\lfloor x/2 \\rfloor", "⌊x/2 ⌋"},
        {"\\sum_{j \\in G_i} \\alpha_j", "∑_(j ∈ G_i) α_j"},
        {"\\sqrt{d}", "√d"},
        {"\\sqrt{d+1}", "√(d+1)"},
        {"\\log n", "log n"},
        {"\\text{kept}(i)", "kept(i)"},
        {"\\unknown{x}", "unknownx"},
        {"\\frac12", "1/2"},
        {"\\frac", "/"},
        {"{{{", ""},
        {"\\", ""},
        {"a \\, b", "a b"},
        {"q_i \\cdot k_j", "q_i · k_j"},
        {"j \\notin G", "j ∉ G"},
    };
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        Text out = {0};
        latex_text(&out, rows[k].latex, strlen(rows[k].latex));
        assert_string_equal(text_string(&out), rows[k].text);
        text_done(&out);
    }
    assert_picture("is $i \\le j$ so", "p [is ] m[i ≤ j] [ so]\n");
    assert_picture("5 \\$ and 6 \\$ more", "p [5 $ and 6 $ more]\n");
}

static void deep_nesting_is_no_danger(void **state)
{
    char source[4000] = "";
    (void)state;
    for (int k = 0; k < 100; k++) strcat(source, "- ");
    strcat(source, "end");
    Markdown m;
    assert_true(markdown_read(source, strlen(source), &m));
    assert_string_equal(m.block[m.blocks - 1].span[0].text, "end");
    markdown_done(&m);
    source[0] = '\0';
    for (int k = 0; k < 300; k++) strcat(source, "\\frac{");
    Text out = {0};
    latex_text(&out, source, strlen(source));
    text_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_and_headings_are_blocks),
        cmocka_unit_test(emphasis_nests),
        cmocka_unit_test(a_hard_break_is_a_span),
        cmocka_unit_test(lists_know_depth_and_number),
        cmocka_unit_test(references_into_the_program_are_spans),
        cmocka_unit_test(what_is_no_reference_stays_as_written),
        cmocka_unit_test(html_does_not_pass),
        cmocka_unit_test(only_links_to_the_web_are_links),
        cmocka_unit_test(code_keeps_its_lines),
        cmocka_unit_test(tables_are_rows_of_cells),
        cmocka_unit_test(formulas_are_unicode_text),
        cmocka_unit_test(deep_nesting_is_no_danger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
