#include "engine/catalogue.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *expression;
    Background  background;
    const char *words; /* n = 16 */
} described[] = {
    {"window(w=4) | sink(s=2)", BACKGROUND_CAUSAL,
     "band of width 4 plus the first 2 columns; rows grow until query 5, then stay at 6 keys"},
    {"streaming(s=1, w=3)", BACKGROUND_CAUSAL,
     "the first column plus band of width 3; rows grow until query 3, then stay at 4 keys"},
    {"streaming(s=0, w=3)", BACKGROUND_CAUSAL,
     "band of width 3; rows grow until query 2, then stay at 3 keys"},
    {"full", BACKGROUND_CAUSAL, "all keys; rows grow from 1 to 16 keys"},
    {"full", BACKGROUND_BIDIRECTIONAL, "all keys; every row holds 16 keys"},
    {"self", BACKGROUND_CAUSAL, "the diagonal; every row holds 1 key"},
    {"window(w=1)", BACKGROUND_CAUSAL, "the diagonal; every row holds 1 key"},
    {"sink(s=0)", BACKGROUND_CAUSAL, "no column; no row holds a key"},
    {"band(left=2, right=2)", BACKGROUND_BIDIRECTIONAL,
     "band from 2 left to 2 right of the diagonal; rows grow until query 2, hold 5 keys, and "
     "shrink from query 14"},
    {"block(b=5)", BACKGROUND_BIDIRECTIONAL,
     "blocks of 5 along the diagonal; rows hold 5 keys, and shrink from query 15"},
    {"block(b=4, back=1)", BACKGROUND_CAUSAL,
     "blocks of 4 along the diagonal with the one before; rows vary between 1 and 8 keys"},
    {"block(b=4, back=2, ahead=1)", BACKGROUND_BIDIRECTIONAL,
     "blocks of 4 along the diagonal with the 2 before and the one after; rows grow until query 8, "
     "hold 16 keys, and "
     "shrink from query 12"},
    {"dilated(w=4, d=3)", BACKGROUND_CAUSAL,
     "4 diagonals, 3 apart; rows grow until query 9, then stay at 4 keys"},
    {"strided(l=4)", BACKGROUND_CAUSAL,
     "band of width 4 plus diagonals 4 apart; rows grow until query 12, then stay at 7 keys"},
    {"fixed(l=4, c=1)", BACKGROUND_CAUSAL,
     "blocks of 4 along the diagonal plus the last column of each; rows vary between 1 and 7 keys"},
    {"columns(period=4, count=2, from=1)", BACKGROUND_BIDIRECTIONAL,
     "2 columns of every 4, from place 1 on; every row holds 8 keys"},
    {"keys(at=[1,2,3,7])", BACKGROUND_BIDIRECTIONAL, "columns 1-3, 7; every row holds 4 keys"},
    {"keys(at=[-2--1,3])", BACKGROUND_BIDIRECTIONAL,
     "columns 3, -2 to -1 (from the end); every row holds 3 keys"},
    {"log(base=3, local=2, restart=20)", BACKGROUND_CAUSAL,
     "band of width 2 and diagonals at powers of 3 behind it, begun anew every 20; rows grow until query 10, then stay "
     "at 5 keys"},
    {"document(lens=[3,5])", BACKGROUND_CAUSAL,
     "documents of 3, 5 tokens, then the rest; rows vary between 1 and 8 keys"},
    {"neighborhood(k=5)", BACKGROUND_BIDIRECTIONAL, "windows of 5 keys that stay inside; every row holds 5 keys"},
    {"neighborhood(k=5, stride=2, dilation=3)", BACKGROUND_CAUSAL,
     "windows of 5 keys 3 apart, shared by 2 queries, that stay inside; rows grow until query 13, then stay at 5 keys"},
    {"segment(w=8, r=2, offset=1)", BACKGROUND_CAUSAL,
     "segments of 8 along the diagonal, one row and column of every 2, from place 1 on; rows vary between 0 and 4 keys"},
    {"random(r=2, seed=1)", BACKGROUND_CAUSAL, "2 random keys for each query; rows grow until query 1, then stay at 2 keys"},
    {"diagonals(at=[0-3,8,-2])", BACKGROUND_CAUSAL,
     "the diagonals at distances [-2,0-3,8]; rows grow until query 8, then stay at 5 keys"},
    {"grid(width=4, rx=1, ry=2)", BACKGROUND_BIDIRECTIONAL,
     "boxes of 1 column and 2 rows to each side in a raster 4 wide; rows vary between 6 and 12 keys"},
    {"global(at=[0,-1], b=4)", BACKGROUND_CAUSAL,
     "rows and columns 0, -1 (from the end) in blocks of 4; rows grow from 1 to 16 keys"},
    {"chosen(b=4, of=[[0],[1,-1]])", BACKGROUND_CAUSAL, "listed blocks of 4; rows vary between 0 and 4 keys"},
    {"bigbird(b=4, r=1, seed=1)", BACKGROUND_BIDIRECTIONAL,
     "blocks of 4 along the diagonal with one to each side, rows and columns of the first and the last block, and 1 "
     "random block for each; every row holds 16 keys"},
    {"longnet(w=[4,8], r=[1,2])", BACKGROUND_CAUSAL,
     "segments of 4, 8 along the diagonal, thinned out by 1-2; rows vary between 1 and 5 keys"},
    {"keys(at=[-1])", BACKGROUND_CAUSAL, "column -1 (from the end); rows grow from 0 to 1 key"},
    {"global(at=[0])", BACKGROUND_BIDIRECTIONAL,
     "row and column 0; rows hold 16 keys, and shrink from query 1"},
    {"window(w=5) - self", BACKGROUND_CAUSAL,
     "band of width 5 without the diagonal; rows grow until query 4, then stay at 4 keys"},
    {"window(w=8) & stride(s=3)", BACKGROUND_CAUSAL,
     "band of width 8 within diagonals 3 apart; rows grow until query 6, then stay at 3 keys"},
    {"(window(w=2) | sink(s=1)) & past", BACKGROUND_CAUSAL,
     "(band of width 2 plus the first column) within all keys up to the query; rows grow until "
     "query 2, then stay at 3 keys"},
    {"full - (self | sink(s=1))", BACKGROUND_CAUSAL,
     "all keys without (the diagonal plus the first column); rows grow from 0 to 14 keys"},
};

static void pictures_are_told_from_the_rule(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof described / sizeof *described; k++) {
        Pattern *p = picture_bind(described[k].expression, 16, described[k].background, NULL);
        char     text[300], shape[300];
        assert_int_equal(pattern_describe(p, text, sizeof text), strlen(described[k].words));
        assert_string_equal(text, described[k].words);
        recipe_describe(pattern_recipe(p), shape, sizeof shape);
        assert_int_equal(strlen(shape), strchr(described[k].words, ';') - described[k].words);
        assert_memory_equal(shape, text, strlen(shape));
        pattern_free(p);
    }
}

static void one_token_has_one_row(void **state)
{
    (void)state;
    Pattern *p = picture_bind("window(w=4)", 1, BACKGROUND_CAUSAL, NULL);
    char     text[100];
    pattern_describe(p, text, sizeof text);
    assert_string_equal(text, "band of width 4; its one row holds 1 key");
    pattern_free(p);
}

static void a_long_text_is_told_by_its_formula(void **state)
{
    (void)state;
    Pattern *window = picture_bind("window(w=4)", 1000000, BACKGROUND_CAUSAL, NULL);
    Pattern *both = picture_bind("window(w=4)", 1000000, BACKGROUND_BIDIRECTIONAL, NULL);
    Pattern *none = picture_bind("window(w=4) - self", 1000000, BACKGROUND_CAUSAL, NULL);
    char     text[100];
    pattern_describe(window, text, sizeof text);
    assert_string_equal(text, "band of width 4; row i holds min(4, i+1) keys");
    pattern_describe(both, text, sizeof text);
    assert_string_equal(text, "band of width 4");
    pattern_describe(none, text, sizeof text);
    assert_string_equal(text, "band of width 4 without the diagonal");
    pattern_free(window), pattern_free(both), pattern_free(none);
}

static void a_short_buffer_cuts_and_the_length_is_told(void **state)
{
    (void)state;
    Pattern *p = picture_bind("window(w=4)", 16, BACKGROUND_CAUSAL, NULL);
    char     text[10];
    size_t   len = pattern_describe(p, NULL, 0);
    assert_int_equal(pattern_describe(p, text, sizeof text), len);
    assert_string_equal(text, "band of w");
    pattern_free(p);
}

/* ---- closed forms ---- */

static const struct {
    const char *expression, *formula;
} form[] = {
    {"full", "i+1"},
    {"window(w=4)", "min(4, i+1)"},
    {"self", "1"},
    {"band(left=3)", "min(3, i) + 1"},
    {"band(left=3, right=2)", "min(3, i) + 1"},
    {"band(left=3, step=2)", "min(3, floor(i/2)) + 1"},
    {"dilated(w=4, d=3)", "min(4, floor(i/3) + 1)"},
    {"stride(s=4)", "floor(i/4) + 1"},
    {"stride(s=4, phase=1)", "floor((i-1+4)/4)"},
    {"columns(period=4, count=1)", "floor(i/4) + min(1, max(0, (i mod 4) - 3 + 1))"},
    {"block(b=4)", "(i mod 4) + 1"},
    {"block(b=4, ahead=3)", "(i mod 4) + 1"},
    {"block(b=4, back=1)", "(i mod 4) + 1 + 4*min(1, floor(i/4))"},
    {"block(b=4, back=-1)", ""},
    {"sink(s=2)", "min(2, i+1)"},
    {"prefix(p=5)", "i+1"},
    {"axial(width=4)", "(i mod 4) + floor(i/4) + 1"},
    {"topk(k=3)", "min(3, i+1)"},
    {"topk(k=3, ties=all)", ""},
    {"keys(at=[0])", ""},
    {"streaming(s=2, w=4)", "min(i+1, 6)"},
    {"strided(l=4)", "min(4, i+1) + floor(i/4)"},
    {"fixed(l=4, c=1)", "(i mod 4) + 1 + floor(i/4)"},
    {"fixed(l=8, c=2)", "(i mod 8) + 1 + 2*floor(i/8)"},
    {"longformer(w=2, at=[0])", ""},
    /* a union that is a named design has the design's form */
    {"sink(s=2) | window(w=4)", "min(i+1, 6)"},
    {"window(w=4) | sink(s=2)", "min(i+1, 6)"},
    {"stride(s=4) | window(w=4)", "min(4, i+1) + floor(i/4)"},
    {"stride(s=4) | window(w=3)", ""},
    {"block(b=4) | columns(period=4, count=1)", "(i mod 4) + 1 + floor(i/4)"},
    {"block(b=4) | columns(period=4, count=1, from=0)", ""},
    {"window(w=4) - self", ""},
};

static void closed_forms_have_their_numbers_put_in(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof form / sizeof *form; k++) {
        Recipe r = picture_recipe(form[k].expression);
        char   text[100];
        recipe_formula(&r, text, sizeof text);
        assert_string_equal(text, form[k].formula);
        recipe_done(&r);
    }
}

/* ---- and say the truth: a small reader of formulas ---- */

typedef struct {
    const char *at;
    int64_t     i;
} Reader;

static int64_t read_sum(Reader *r);

static void pass_over(Reader *r, const char *what)
{
    size_t len = strlen(what);
    assert_memory_equal(r->at, what, len);
    r->at += len;
}

static int64_t read_atom(Reader *r)
{
    if (strncmp(r->at, "min(", 4) == 0 || strncmp(r->at, "max(", 4) == 0) {
        bool least = r->at[1] == 'i';
        r->at += 4;
        int64_t a = read_sum(r);
        pass_over(r, ", ");
        int64_t b = read_sum(r);
        pass_over(r, ")");
        return (a < b) == least ? a : b;
    }
    if (strncmp(r->at, "floor", 5) == 0) r->at += 5;
    if (*r->at == '(') {
        r->at++;
        int64_t inside = read_sum(r);
        pass_over(r, ")");
        return inside;
    }
    if (*r->at == 'i') return r->at++, r->i;
    char   *end;
    int64_t number = strtoll(r->at, &end, 10);
    assert_true(end > r->at);
    r->at = end;
    return number;
}

static int64_t read_product(Reader *r)
{
    int64_t x = read_atom(r);
    for (;;) {
        if (*r->at == '*') r->at++, x *= read_atom(r);
        else if (*r->at == '/') r->at++, x /= read_atom(r);
        else if (strncmp(r->at, " mod ", 5) == 0) r->at += 5, x %= read_atom(r);
        else return x;
    }
}

static int64_t read_sum(Reader *r)
{
    int64_t x = read_product(r);
    for (;;) {
        if (strncmp(r->at, " + ", 3) == 0) r->at += 3, x += read_product(r);
        else if (strncmp(r->at, " - ", 3) == 0) r->at += 3, x -= read_product(r);
        else if (*r->at == '+') r->at++, x += read_product(r);
        else if (*r->at == '-') r->at++, x -= read_product(r);
        else return x;
    }
}

static void closed_forms_equal_counting(void **state)
{
    (void)state;
    Problem problem;
    assert_int_equal(problem_toy(TOY_CLUSTERS, 40, 8, 3, &problem, NULL), STATUS_OK);
    for (size_t k = 0; k < sizeof form / sizeof *form; k++) {
        if (!form[k].formula[0]) continue;
        Pattern *p = picture_bind(form[k].expression, 40, BACKGROUND_CAUSAL, &problem);
        for (int64_t i = 0; i < 40; i++) {
            Reader  reader = {form[k].formula, i};
            int64_t count, said = read_sum(&reader);
            assert_int_equal(*reader.at, '\0');
            assert_int_equal(pattern_count(p, i, &count), STATUS_OK);
            if (count != said)
                fail_msg("%s: row %d: %s", form[k].expression, (int)i, form[k].formula);
        }
        pattern_free(p);
    }
    problem_done(&problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_are_told_from_the_rule),
        cmocka_unit_test(one_token_has_one_row),
        cmocka_unit_test(a_long_text_is_told_by_its_formula),
        cmocka_unit_test(a_short_buffer_cuts_and_the_length_is_told),
        cmocka_unit_test(closed_forms_have_their_numbers_put_in),
        cmocka_unit_test(closed_forms_equal_counting),
    };
    return cmocka_run_group_tests_name("describe", tests, NULL, NULL);
}
