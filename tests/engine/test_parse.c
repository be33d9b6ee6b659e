/* The language: spelling, mistakes, limits. */
#include "engine/rng.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t SEED = 40961;

/* ---- one spelling ---- */

static const struct {
    const char *text, *canonical;
} spelling[] = {
    {"window(w=4)", "window(w=4)"},
    {"  window ( w = 4 )  ", "window(w=4)"},
    {"window(w=4)|sink(s=2)", "window(w=4) | sink(s=2)"},
    {"full", "full"},
    {"full()", "full"},
    {"(full)", "full"},
    {"((full))|(past)", "full | past"},
    {"band(step=2,right=3,left=1)", "band(left=1, right=3, step=2)"},
    {"band(left=2, right=0, step=1)", "band(left=2)"},
    {"stride(s=4, phase=0)", "stride(s=4)"},
    {"stride(s=4, phase=3)", "stride(s=4, phase=3)"},
    {"block(b=4, back=-1, ahead=1)", "block(b=4, back=-1, ahead=1)"},
    {"columns(period=8, count=2, from=6)", "columns(period=8, count=2)"},
    {"columns(period=8, count=2, from=0)", "columns(period=8, count=2, from=0)"},
    {"columns(count=2, period=8)", "columns(period=8, count=2)"},
    {"topk(k=4, ties=first)", "topk(k=4)"},
    {"topk(ties=all, k=4)", "topk(k=4, ties=all)"},
    {"token(is=\"a \\\"b\\\\\")", "token(is=\"a \\\"b\\\\\")"},
    {"token(is=\"\xc3\xa4, (\")", "token(is=\"\xc3\xa4, (\")"},
    /* lists */
    {"keys(at=[])", "keys(at=[])"},
    {"keys(at=[ 3 , 1 , 2 ])", "keys(at=[1-3])"},
    {"keys(at=[0,1])", "keys(at=[0,1])"},
    {"keys(at=[0-1])", "keys(at=[0,1])"},
    {"keys(at=[0-2])", "keys(at=[0-2])"},
    {"keys(at=[5,5,5])", "keys(at=[5])"},
    {"keys(at=[1-5,3-9,20])", "keys(at=[1-9,20])"},
    {"keys(at=[-3--1])", "keys(at=[-3--1])"},
    {"keys(at=[-1,-2])", "keys(at=[-2,-1])"},
    {"keys(at=[7,-1,0])", "keys(at=[-1,0,7])"},
    {"keys(at=[-1-1])", "keys(at=[-1-1])"},
    {"keys(at=[0 - 3])", "keys(at=[0-3])"},
    {"keys(at=[007])", "keys(at=[7])"},
    /* operators: & binds tighter, | and - go from left to right */
    {"full|past&self", "full | past & self"},
    {"full|(past&self)", "full | past & self"},
    {"(full|past)&self", "(full | past) & self"},
    {"full-past-self", "full - past - self"},
    {"(full-past)-self", "full - past - self"},
    {"full-(past-self)", "full - (past - self)"},
    {"full-(past|self)", "full - (past | self)"},
    {"full-past|self", "full - past | self"},
    {"full|past-self", "full | past - self"},
    {"full|(past-self)", "full | (past - self)"},
    {"full-past&self", "full - past & self"},
    {"(full-past)&self", "(full - past) & self"},
    {"full&(past-self)", "full & (past - self)"},
    /* brackets that change nothing go */
    {"full|(past|self)", "full | past | self"},
    {"full|(past|(self|sink(s=1)))", "full | past | self | sink(s=1)"},
    {"(full|past)|(self|sink(s=1))", "full | past | self | sink(s=1)"},
    {"full&(past&(self&sink(s=1)))", "full & past & self & sink(s=1)"},
    {"full|((past-self)|sink(s=1))", "full | (past - self) | sink(s=1)"},
    {"full|((past-self)|(sink(s=1)|full))", "full | (past - self) | sink(s=1) | full"},
    {"full-(past|(self|full))", "full - (past | self | full)"},
    /* designs stay designs */
    {"streaming(w=4, s=2)", "streaming(s=2, w=4)"},
    {"fixed(l=8,c=2)|strided(l=3)", "fixed(l=8, c=2) | strided(l=3)"},
    {"longformer(w=0, at=[4,2,3])", "longformer(w=0, at=[2-4])"},
};

static void every_expression_has_one_spelling_that_reads_back(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof spelling / sizeof *spelling; k++) {
        char   text[300], again[300];
        Recipe recipe = picture_recipe(spelling[k].text);
        recipe_print(&recipe, text, sizeof text);
        assert_string_equal(text, spelling[k].canonical);
        Recipe back = picture_recipe(text);
        assert_true(recipe_equal(&recipe, &back));
        recipe_print(&back, again, sizeof again);
        assert_string_equal(again, text);
        recipe_done(&recipe), recipe_done(&back);
    }
}

static void different_expressions_are_not_equal(void **state)
{
    (void)state;
    static const char *const pair[][2] = {
        {"window(w=4)", "window(w=5)"},       {"full", "past"},
        {"full | past", "full & past"},       {"full | past", "past | full"},
        {"topk(k=2)", "topk(k=2, ties=all)"}, {"keys(at=[1])", "keys(at=[1,2])"},
        {"keys(at=[1,2])", "rows(at=[1,2])"}, {"token(is=\"a\")", "token(is=\"b\")"},
        {"full - (past - self)", "full - past - self"},
    };
    for (size_t k = 0; k < sizeof pair / sizeof *pair; k++) {
        Recipe a = picture_recipe(pair[k][0]), b = picture_recipe(pair[k][1]);
        assert_false(recipe_equal(&a, &b));
        recipe_done(&a), recipe_done(&b);
    }
}

/* ---- what can't be read ---- */

static const struct {
    const char *text;
    int         column;
    const char *what;
    Status      status;
} wrong[] = {
    {"", 1, "an expression is missing", STATUS_SYNTAX},
    {"   ", 4, "an expression is missing", STATUS_SYNTAX},
    {"window(width=4)", 8, "window has no parameter \"width\"; did you mean \"w\"?", STATUS_SYNTAX},
    {"window(W=4)", 8, "window has no parameter \"W\"; did you mean \"w\"?", STATUS_SYNTAX},
    {"window(size=4)", 8, "window has no parameter \"size\"", STATUS_SYNTAX},
    {"full(w=4)", 6, "full has no parameter \"w\"", STATUS_SYNTAX},
    {"window(w=4) |", 14, "an operand is missing after \"|\"", STATUS_SYNTAX},
    {"window(w=4) | & full", 15, "an operand is missing after \"|\"", STATUS_SYNTAX},
    {"full -", 7, "an operand is missing after \"-\"", STATUS_SYNTAX},
    {"full & ", 8, "an operand is missing after \"&\"", STATUS_SYNTAX},
    {"()", 2, "an operand is missing after \"(\"", STATUS_SYNTAX},
    {"(", 2, "an operand is missing after \"(\"", STATUS_SYNTAX},
    {"| full", 1, "an operand is missing before \"|\"", STATUS_SYNTAX},
    {"window(w=0)", 10, "window needs w of at least 1", STATUS_RANGE},
    {"window(w=-4)", 10, "window needs w of at least 1", STATUS_RANGE},
    {"sink(s=-1)", 8, "sink needs s of at least 0", STATUS_RANGE},
    {"window(w=2147483648)", 10, "whole numbers go to 2147483647", STATUS_LIMIT},
    {"window(w=99999999999999999999)", 10, "whole numbers go to 2147483647", STATUS_LIMIT},
    {"keys(at=[-2147483648])", 10, "whole numbers go to 2147483647", STATUS_LIMIT},
    {"stride(s=3, phase=3)", 19, "stride needs phase smaller than s", STATUS_RANGE},
    {"columns(period=4, count=5)", 25, "columns needs count of at most period", STATUS_RANGE},
    {"columns(period=4, count=2, from=3)", 33, "columns needs from + count of at most period",
     STATUS_RANGE},
    {"fixed(l=4, c=5)", 14, "fixed needs c of at most l", STATUS_RANGE},
    {"window", 1, "window needs w: keys of the window, own key counted", STATUS_SYNTAX},
    {"full | window()", 8, "window needs w: keys of the window, own key counted", STATUS_SYNTAX},
    {"window(w=4, w=5)", 13, "w is given twice", STATUS_SYNTAX},
    {"window(w=4,)", 12, "a parameter is missing after \",\"", STATUS_SYNTAX},
    {"window(,w=4)", 8, "a parameter's name should stand here, not \",\"", STATUS_SYNTAX},
    {"window(4)", 8, "a parameter's name should stand here, not \"4\"", STATUS_SYNTAX},
    {"window(w 4)", 10, "\"=\" and a value should follow w", STATUS_SYNTAX},
    {"window(w=)", 10, "a value should follow \"=\", not \")\"", STATUS_SYNTAX},
    {"window(w=", 10, "a value should follow \"=\", not the end", STATUS_SYNTAX},
    {"window(w=4", 11, "\")\" is missing after the parameters of window", STATUS_SYNTAX},
    {"window(", 8, "\")\" is missing after \"window(\"", STATUS_SYNTAX},
    {"window(w=4 5)", 12, "\",\" or \")\" should stand here, not \"5\"", STATUS_SYNTAX},
    {"window(w=4.5)", 10, "window needs a whole number for w", STATUS_SYNTAX},
    {"window(w=4.0)", 10, "window needs a whole number for w", STATUS_SYNTAX},
    {"window(w=1e3)", 10, "window needs a whole number for w", STATUS_SYNTAX},
    {"window(w=[4])", 10, "window needs a whole number for w", STATUS_SYNTAX},
    {"window(w=four)", 10, "window needs a whole number for w", STATUS_SYNTAX},
    {"keys(at=3)", 9, "keys needs a list for at", STATUS_SYNTAX},
    {"keys(at=[1,[2]])", 9, "keys needs whole numbers in the list at", STATUS_SYNTAX},
    {"keys(at=[1,])", 12, "a whole number should stand in the list, not \"]\"", STATUS_SYNTAX},
    {"keys(at=[a])", 10, "a whole number should stand in the list, not \"a\"", STATUS_SYNTAX},
    {"keys(at=[1 2])", 12, "\",\" or \"]\" should stand here, not \"2\"", STATUS_SYNTAX},
    {"keys(at=[1.5])", 11, "\",\" or \"]\" should stand here, not \".\"", STATUS_SYNTAX},
    {"keys(at=[1,2", 13, "\"]\" is missing; the list opens at column 9", STATUS_SYNTAX},
    {"keys(at=[3-1])", 10, "range 3-1 goes backwards", STATUS_SYNTAX},
    {"keys(at=[-1--3])", 10, "range -1--3 goes backwards", STATUS_SYNTAX},
    {"keys(at=[3-])", 12, "a number should follow \"-\"", STATUS_SYNTAX},
    {"topk(k=2, ties=some)", 16, "topk has no ties \"some\"", STATUS_SYNTAX},
    {"topk(k=2, ties=2)", 16, "topk needs a word for ties", STATUS_SYNTAX},
    {"topk(k=2, ties=\"all\")", 16, "topk needs a word for ties", STATUS_SYNTAX},
    {"token(is=the)", 10, "token needs quoted text for is", STATUS_SYNTAX},
    {"token(is=\"the)", 10, "the quote that opens here is not closed", STATUS_SYNTAX},
    {"token(is=\"a\\n\")", 12, "in quoted text a \\ stands before \" or \\ only", STATUS_SYNTAX},
    {"token(is=\"a\tb\")", 12, "a control character can't stand in quoted text", STATUS_SYNTAX},
    {"windw(w=4)", 1, "there is no pattern \"windw\"; did you mean \"window\"?", STATUS_SYNTAX},
    {"full | transformer", 8, "there is no pattern \"transformer\"", STATUS_SYNTAX},
    {"fourier(base=2)", 1, "there is no pattern \"fourier\"", STATUS_SYNTAX},
    {"full past", 6, "an operator should stand here, not \"p\"", STATUS_SYNTAX},
    {"full + past", 6, "an operator should stand here, not \"+\"", STATUS_SYNTAX},
    {"full)", 5, "\")\" closes nothing", STATUS_SYNTAX},
    {"(full", 6, "\")\" is missing; the bracket opens at column 1", STATUS_SYNTAX},
    {"(full past)", 7, "an operator or \")\" should stand here, not \"p\"", STATUS_SYNTAX},
    {"4", 1, "a pattern's name should stand here, not \"4\"", STATUS_SYNTAX},
    {"full | 4", 8, "a pattern's name should stand here, not \"4\"", STATUS_SYNTAX},
    {"\xe2\x88\xaa", 1, "a pattern's name should stand here, not \"\xe2\x88\xaa\"", STATUS_SYNTAX},
    {"full \xff", 6, "an operator should stand here, not byte 0xff", STATUS_SYNTAX},
    {"full \x1b[0m", 6, "an operator should stand here, not byte 0x1b", STATUS_SYNTAX},
    {"full \xc2\x9b", 6, "an operator should stand here, not byte 0xc2", STATUS_SYNTAX},
};

static void each_mistake_is_told_with_its_column(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        Recipe recipe;
        Why    why;
        Status status = recipe_parse(wrong[k].text, strlen(wrong[k].text), &recipe, &why);
        if (status == STATUS_OK) fail_msg("%s was read", wrong[k].text);
        if (strcmp(why.what, wrong[k].what) != 0 || why.column != wrong[k].column)
            fail_msg("%s: column %d: %s", wrong[k].text, (int)why.column, why.what);
        assert_int_equal(status, wrong[k].status);
        assert_null(recipe.node);
        assert_null(recipe.value);
        assert_int_equal(recipe_parse(wrong[k].text, strlen(wrong[k].text), &recipe, NULL), status);
    }
}

static void a_nul_byte_is_no_end_of_the_text(void **state)
{
    (void)state;
    Recipe recipe;
    Why    why;
    assert_int_equal(recipe_parse("full\0past", 9, &recipe, &why), STATUS_SYNTAX);
    assert_string_equal(why.what, "an operator should stand here, not byte 0x00");
    assert_int_equal(why.column, 5);
    assert_int_equal(recipe_parse("\0", 1, &recipe, &why), STATUS_SYNTAX);
    assert_string_equal(why.what, "a pattern's name should stand here, not byte 0x00");
    assert_int_equal(recipe_parse("token(is=\"\0\")", 13, &recipe, &why), STATUS_SYNTAX);
}

static void remedies_are_offered_where_there_is_one(void **state)
{
    (void)state;
    static const struct {
        const char *text, *todo;
    } offered[] = {{"window(4)", "write w="},
                   {"keys(at=3)", "write at=[0,3] or at=[0-3]"},
                   {"topk(k=2, ties=some)", "it takes: first all"},
                   {"band(size=2)", "it has left, right, step"},
                   {"window", "write w=4"}};
    for (size_t k = 0; k < sizeof offered / sizeof *offered; k++) {
        Recipe recipe;
        Why    why;
        assert_int_not_equal(recipe_parse(offered[k].text, strlen(offered[k].text), &recipe, &why),
                             STATUS_OK);
        assert_string_equal(why.todo, offered[k].todo);
    }
}

/* ---- limits ---- */

static char *repeated(const char *head, const char *piece, int times, const char *tail)
{
    char *text = malloc(strlen(head) + strlen(piece) * (size_t)times + strlen(tail) + 1),
         *at = text;
    at += sprintf(at, "%s", head);
    for (int k = 0; k < times; k++) at += sprintf(at, "%s", piece);
    sprintf(at, "%s", tail);
    return text;
}

static Status parse_and_free(char *text, Why *why)
{
    Recipe recipe;
    Status status = recipe_parse(text, strlen(text), &recipe, why);
    recipe_done(&recipe);
    free(text);
    return status;
}

static void there_are_256_atoms_and_no_more(void **state)
{
    (void)state;
    Why why;
    assert_int_equal(parse_and_free(repeated("full", "|full", 255, ""), &why), STATUS_OK);
    assert_int_equal(parse_and_free(repeated("full", "|full", 256, ""), &why), STATUS_LIMIT);
    assert_string_equal(why.what, "an expression has at most 256 atoms");
    assert_int_equal(why.column, 256 * 5 + 1);
}

static char *nested(int depth)
{
    char *open = repeated("", "(", depth, "full"), *text = repeated(open, ")", depth, "");
    free(open);
    return text;
}

static void brackets_stand_64_deep_and_no_more(void **state)
{
    (void)state;
    Why why;
    assert_int_equal(parse_and_free(nested(64), &why), STATUS_OK);
    assert_int_equal(parse_and_free(nested(65), &why), STATUS_LIMIT);
    assert_string_equal(why.what, "brackets stand at most 64 deep");
    assert_int_equal(why.column, 65);
    assert_int_equal(parse_and_free(repeated("keys(at=", "[", 70, ""), &why), STATUS_LIMIT);
    assert_string_equal(why.what, "lists stand at most 64 deep");
    assert_int_equal(parse_and_free(repeated("", "(", 100000, ""), &why), STATUS_LIMIT);
}

static void a_mebibyte_of_text_is_read_and_no_more(void **state)
{
    (void)state;
    Why why;
    int items = (1 << 20) / 2 - 8;
    assert_int_equal(parse_and_free(repeated("keys(at=[1", ",1", items, "])"), &why), STATUS_OK);
    assert_int_equal(parse_and_free(repeated("full", " ", (1 << 20) - 4, ""), &why), STATUS_OK);
    assert_int_equal(parse_and_free(repeated("full", " ", (1 << 20) - 3, ""), &why), STATUS_LIMIT);
    assert_string_equal(why.what, "the expression has 1048577 bytes; at most 1048576 are read");
}

/* Half of the positions count from the end, in no order: binding must not move a list about. */
static void a_list_of_a_hundred_thousand_positions_is_bound_right(void **state)
{
    (void)state;
    enum { ITEMS = 100000, N = 600001 };
    char   *text = malloc(ITEMS * 9 + 20), *at = text + sprintf(text, "keys(at=[");
    bool   *listed = calloc(N, sizeof *listed);
    int64_t expected = 0, count;
    for (int k = ITEMS - 1; k >= 0; k--) {
        int position = k % 2 ? -3 * k : 3 * k;
        at += sprintf(at, "%d%s", position, k > 0 ? "," : "])");
        bool *here = &listed[position < 0 ? N + position : position];
        expected += !*here;
        *here = true;
    }
    Pattern *p = picture_bind(text, N, BACKGROUND_CAUSAL, NULL);
    assert_int_equal(pattern_count(p, N - 1, &count), STATUS_OK);
    assert_int_equal(count, expected);
    pattern_free(p);
    free(listed), free(text);
}

/* ---- random trees ---- */

static Recipe random_recipe(Rng *rng, int depth)
{
    static const char *const leaf[] = {"full",
                                       "past",
                                       "self",
                                       "window(w=3)",
                                       "sink(s=1)",
                                       "stride(s=3, phase=1)",
                                       "keys(at=[2,-1])",
                                       "strided(l=4)",
                                       "topk(k=2)"};
    if (depth == 0 || rng_int(rng, 0, 3) == 0) return picture_recipe(leaf[rng_int(rng, 0, 8)]);
    Recipe a = random_recipe(rng, depth - 1), b = random_recipe(rng, depth - 1), out;
    assert_int_equal(
        recipe_join((RecipeOp)rng_int(rng, RECIPE_UNION, RECIPE_MINUS), &a, &b, &out, NULL),
        STATUS_OK);
    recipe_done(&a), recipe_done(&b);
    return out;
}

static char *closing(char *open)
{
    int depth = 0;
    for (char *at = open;; at++) {
        depth += (*at == '(') - (*at == ')');
        if (depth == 0) return at;
    }
}

/* Without any one pair of brackets the text means something else. */
static void assert_no_bracket_is_idle(char *text, const Recipe *r)
{
    for (char *at = strchr(text, '('); at; at = strchr(at + 1, '(')) {
        if (at > text && at[-1] != ' ' && at[-1] != '(') continue;
        char *end = closing(at);
        *at = *end = ' ';
        Recipe other = picture_recipe(text);
        if (recipe_equal(&other, r)) fail_msg("idle brackets at %d: %s", (int)(at - text), text);
        recipe_done(&other);
        *at = '(', *end = ')';
    }
}

static void random_trees_print_and_read_back(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < 2000; round++) {
        static char text[20000];
        Recipe      r = random_recipe(&rng, (int)rng_int(&rng, 0, 6)), copy;
        assert_true(recipe_print(&r, text, sizeof text) < sizeof text);
        Recipe back = picture_recipe(text);
        assert_true(recipe_equal(&r, &back));
        assert_int_equal(recipe_copy(&r, &copy), STATUS_OK);
        assert_true(recipe_equal(&r, &copy));
        assert_no_bracket_is_idle(text, &r);
        recipe_done(&r), recipe_done(&back), recipe_done(&copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_expression_has_one_spelling_that_reads_back),
        cmocka_unit_test(different_expressions_are_not_equal),
        cmocka_unit_test(each_mistake_is_told_with_its_column),
        cmocka_unit_test(a_nul_byte_is_no_end_of_the_text),
        cmocka_unit_test(remedies_are_offered_where_there_is_one),
        cmocka_unit_test(there_are_256_atoms_and_no_more),
        cmocka_unit_test(brackets_stand_64_deep_and_no_more),
        cmocka_unit_test(a_mebibyte_of_text_is_read_and_no_more),
        cmocka_unit_test(a_list_of_a_hundred_thousand_positions_is_bound_right),
        cmocka_unit_test(random_trees_print_and_read_back),
    };
    return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
