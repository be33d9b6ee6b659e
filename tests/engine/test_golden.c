/* Facts that the course tells: sizes of rows, totals, sets, and the counts that are mistaken for them.
 * A wrong count stands here with the expression that gives it, so that a slip has a cause. */
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *expression;
    Background  background;
    int         row[16];      /* n = 16 */
    int         total, at_64; /* n = 16, n = 64 */
} golden[] = {
    {"log", BACKGROUND_CAUSAL, {1, 2, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5}, 65, 385},
    {"document(lens=[5,7])",
     BACKGROUND_CAUSAL,
     {1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4},
     53,
     1421},
    {"neighborhood(k=5)",
     BACKGROUND_BIDIRECTIONAL,
     {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5},
     80,
     320},
    {"neighborhood(k=4)",
     BACKGROUND_BIDIRECTIONAL,
     {4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4},
     64,
     256},
    {"longnet(w=[4,8,16], r=[1,2,4])",
     BACKGROUND_CAUSAL,
     {1, 2, 3, 4, 3, 2, 5, 4, 3, 2, 3, 4, 5, 2, 5, 4},
     52,
     208},
    /* worked out by hand: the squares of three rows and three columns, cut off at the edges */
    {"grid(width=4, rx=1, ry=1)",
     BACKGROUND_BIDIRECTIONAL,
     {4, 6, 6, 4, 6, 9, 9, 6, 6, 9, 9, 6, 4, 6, 6, 4},
     100,
     460},
    {"grid_neighborhood(width=4, kx=3, ky=3)",
     BACKGROUND_BIDIRECTIONAL,
     {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9},
     144,
     576},
    {"swin(width=4, b=2)",
     BACKGROUND_BIDIRECTIONAL,
     {4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4},
     64,
     256},
    {"swin(width=4, b=2, shift=1)",
     BACKGROUND_BIDIRECTIONAL,
     {1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1},
     36,
     180},
};

static int64_t count_at(const char *expression, int64_t n, Background background, int64_t i)
{
    Pattern *p = picture_bind(expression, n, background, NULL);
    int64_t  count;
    assert_int_equal(pattern_count(p, i, &count), STATUS_OK);
    pattern_free(p);
    return count;
}

static int64_t total_of(const char *expression, int64_t n, Background background)
{
    Pattern *p = picture_bind(expression, n, background, NULL);
    int64_t  total;
    assert_int_equal(pattern_total(p, &total), STATUS_OK);
    pattern_free(p);
    return total;
}

static void rows_and_totals_are_the_golden_ones(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof golden / sizeof *golden; k++) {
        for (int i = 0; i < 16; i++) {
            int64_t count = count_at(golden[k].expression, 16, golden[k].background, i);
            if (count != golden[k].row[i])
                fail_msg("%s: row %d: %d keys", golden[k].expression, i, (int)count);
        }
        if (total_of(golden[k].expression, 16, golden[k].background) != golden[k].total)
            fail_msg("%s: the total of 16", golden[k].expression);
        int64_t total = total_of(golden[k].expression, 64, golden[k].background);
        if (total != golden[k].at_64)
            fail_msg("%s: the total of 64: %d", golden[k].expression, (int)total);
    }
}

static void rows_are_the_golden_sets(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        int64_t     n;
        Background  background;
        int64_t     i;
        const char *row;
    } fact[] = {
        {"log", 16, BACKGROUND_CAUSAL, 8, "0 4 6-8"},
        {"window(w=4) & document(lens=[3,5,4])", 12, BACKGROUND_CAUSAL, 9, "8-9"},
        {"neighborhood(k=4)", 16, BACKGROUND_BIDIRECTIONAL, 0, "0-3"},
        {"neighborhood(k=4)", 16, BACKGROUND_BIDIRECTIONAL, 5, "3-6"},
        {"neighborhood(k=4)", 16, BACKGROUND_BIDIRECTIONAL, 15, "12-15"},
        {"keys(at=[0-2,7,20]) | diagonals(at=[0-3,8])", 32, BACKGROUND_CAUSAL, 10, "0-2 7-10"},
        {"longnet(w=[4,8,16], r=[1,2,4])", 16, BACKGROUND_CAUSAL, 12, "0 4 8 10 12"},
        {"document(lens=[3,0,2])", 9, BACKGROUND_CAUSAL, 4, "3-4"},
        {"document(lens=[3,0,2])", 9, BACKGROUND_BIDIRECTIONAL, 7, "5-8"},
        {"tree(parent=[-1,0,0,1,1])", 6, BACKGROUND_CAUSAL, 4, "0-1 4"},
        {"tree(parent=[-1,0,0,1,1])", 6, BACKGROUND_CAUSAL, 5, "5"},
        {"chosen(b=2, of=[[0],[0,1],[],[-1]])", 8, BACKGROUND_CAUSAL, 7, "6-7"},
        {"keys(at=[0,-1], b=4)", 10, BACKGROUND_CAUSAL, 9, "0-3 8-9"},
        {"same(ids=[0,1,0,-1,1,0])", 6, BACKGROUND_CAUSAL, 5, "0 2 5"},
        {"diagonals(at=[-2,0])", 6, BACKGROUND_BIDIRECTIONAL, 3, "3 5"},
    };
    for (size_t k = 0; k < sizeof fact / sizeof *fact; k++) {
        Pattern *p = picture_bind(fact[k].expression, fact[k].n, fact[k].background, NULL);
        Runs     row = {0};
        char     text[100];
        assert_int_equal(pattern_row(p, fact[k].i, &row), STATUS_OK);
        runs_print(&row, " ", text, sizeof text);
        assert_string_equal(text, fact[k].row);
        runs_done(&row);
        pattern_free(p);
    }
}

/* ---- the closing examples in the atoms' files ---- */

static void the_totals_that_the_rules_tell_are_right(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        int64_t     n, total;
    } fact[] = {
        {"diagonals(at=[0-3,8])", 16, 66},
        {"log", 16, 65},
        {"document(lens=[5,7])", 16, 53},
        {"same(ids=[0,1,0,-1,1,0])", 6, 9},
        {"segment(w=8, r=2)", 16, 20},
        {"tree(parent=[-1,0,0,1,1])", 5, 11},
        {"chosen(b=2, of=[[0],[0,1],[],[-1]])", 8, 13},
    };
    for (size_t k = 0; k < sizeof fact / sizeof *fact; k++) {
        int64_t total = total_of(fact[k].expression, fact[k].n, BACKGROUND_CAUSAL);
        if (total != fact[k].total) fail_msg("%s: %d", fact[k].expression, (int)total);
    }
}

/* ---- right counts and wrong ones ---- */

/* wrong: expressions whose counts are added, "; " between. */
typedef struct {
    const char *expression;
    int64_t     n, i;
    Background  background;
    int64_t     right;
    struct {
        const char *slip;
        int64_t     value;
        const char *from;
    } wrong[4];
} Mistake;

#define C  BACKGROUND_CAUSAL
#define BI BACKGROUND_BIDIRECTIONAL

static const Mistake mistakes[] = {
    {"window(w=4)",
     16,
     10,
     C,
     4,
     {{"extra-self", 5, "window(w=5)"},
      {"no-self", 3, "window(w=4) - self"},
      {"dense", 11, "full"}}},
    {"window(w=5) - self", 16, 10, C, 4, {{"extra-self", 5, "window(w=5)"}}},
    {"window(w=5) - self", 16, 0, C, 0, {{"self-kept", 1, "window(w=5)"}}},
    {"band(left=4096)", 16384, 9999, C, 4097, {{"left-is-w", 4096, "window(w=4096)"}}},
    {"streaming(s=1, w=3)",
     500,
     499,
     C,
     4,
     {{"no-self", 3, "sink(s=1) | window(w=3) - self"},
      {"no-sinks", 3, "window(w=3)"},
      {"fencepost", 5, "streaming(s=1, w=4)"},
      {"dense", 500, "full"}}},
    {"streaming(s=4, w=8)", 16, 9, C, 10, {{"sum-not-union", 12, "sink(s=4); window(w=8)"}}},
    {"streaming(s=4, w=8)", 16, 5, C, 6, {{"sum-not-union", 10, "sink(s=4); window(w=8)"}}},
    {"window(w=8)", 16, 5, C, 6, {{"base-shift", 5, "window(w=8) - self"}}},
    {"band(left=2, right=2)", 10, 5, BI, 5, {{"one-sided", 3, "window(w=3)"}}},
    {"band(left=2, right=2)", 10, 5, C, 3, {{"no-self", 2, "band(left=2) - self"}}},
    {"dilated(w=4, d=3)",
     32,
     20,
     C,
     4,
     {{"span-for-count", 10, "window(w=10)"}, {"times-d", 12, "window(w=12)"}}},
    {"dilated(w=4, d=3)", 32, 5, C, 2, {{"dense", 6, "full"}}},
    {"stride(s=16)", 200, 199, C, 13, {{"reads-for-stores", 200, "full"}}},
    {"dilated(w=16, d=4)", 200, 199, C, 16, {{"no-self", 15, "dilated(w=16, d=4) - self"}}},
    {"fixed(l=16, c=2)", 200, 199, C, 32, {{"keeps-all", 200, "full"}}},
    {"block(b=4, back=1)", 16, 9, C, 6, {{"no-back", 2, "block(b=4)"}}},
    {"block(b=4, back=1)", 16, 8, C, 5, {{"no-back", 1, "block(b=4)"}}},
    {"block(b=4, back=1)", 16, 11, C, 8, {{"no-back", 4, "block(b=4)"}}},
    {"window(w=4) & document(lens=[3,5,4])", 12, 9, C, 2, {{"no-document", 4, "window(w=4)"}}},
    {"prefix(p=6)", 16, 2, BI, 6, {{"clip-causal", 3, "prefix(p=6) & past"}}},
    {"prefix(p=6)", 16, 8, BI, 9, {{"sum-not-union", 15, "sink(s=6); past"}}},
    {"log", 16, 8, C, 5, {{"no-self", 4, "log - self"}}},
    {"log", 1024, 1000, C, 11, {{"no-self", 10, "log - self"}}},
    {"neighborhood(k=5)", 10, 0, BI, 5, {{"cut-not-shifted", 3, "band(left=2, right=2)"}}},
    {"keys(at=[0-2,7,20]) | diagonals(at=[0-3,8])",
     32,
     10,
     C,
     7,
     {{"sum-clipped", 9, "keys(at=[0-2,7,20]); diagonals(at=[0-3,8])"}}},
    {"longnet(w=[4,8,16], r=[1,2,4])",
     16,
     12,
     C,
     5,
     {{"multiset", 8, "segment(w=4, r=1); segment(w=8, r=2); segment(w=16, r=4)"}}},
    {"bigbird(b=64, r=3, seed=1)",
     4096,
     64,
     BI,
     448,
     {{"interior-everywhere", 512, "block(b=64, back=1, ahead=6)"}}},
};

static int64_t sum_of_counts(const Mistake *m, const char *from)
{
    int64_t sum = 0;
    char    one[100];
    while (*from) {
        size_t len = strcspn(from, ";");
        assert_true(len < sizeof one);
        memcpy(one, from, len);
        one[len] = '\0';
        sum += count_at(one, m->n, m->background, m->i);
        from += len + strspn(from + len, "; ");
    }
    return sum;
}

static void right_counts_and_the_wrong_ones_beside_them(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof mistakes / sizeof *mistakes; k++) {
        const Mistake *m = &mistakes[k];
        int64_t        count = count_at(m->expression, m->n, m->background, m->i);
        if (count != m->right)
            fail_msg("%s, row %d: %d keys", m->expression, (int)m->i, (int)count);
        for (int w = 0; w < 4 && m->wrong[w].slip; w++) {
            int64_t sum = sum_of_counts(m, m->wrong[w].from);
            if (sum != m->wrong[w].value)
                fail_msg("%s, row %d, %s: %d", m->expression, (int)m->i, m->wrong[w].slip,
                         (int)sum);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_totals_are_the_golden_ones),
        cmocka_unit_test(rows_are_the_golden_sets),
        cmocka_unit_test(the_totals_that_the_rules_tell_are_right),
        cmocka_unit_test(right_counts_and_the_wrong_ones_beside_them),
    };
    return cmocka_run_group_tests_name("golden", tests, NULL, NULL);
}
