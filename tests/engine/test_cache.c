#include "engine/cache.h"
#include "engine/rng.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t SEED = 90211;

/* ---- the definitions ---- */

static bool reads(const Pattern *p, int64_t i, int64_t j)
{
    bool has;
    assert_int_equal(pattern_has(p, i, j, &has), STATUS_OK);
    return has;
}

static bool is_live(const Pattern *p, int64_t t, int64_t j)
{
    for (int64_t i = t + 1; i < pattern_n(p); i++)
        if (reads(p, i, j)) return true;
    return false;
}

static bool is_nested(const Pattern *p)
{
    for (int64_t i = 0; i + 1 < pattern_n(p); i++)
        for (int64_t j = 0; j < pattern_n(p); j++)
            if (j != i + 1 && reads(p, i + 1, j) && !reads(p, i, j)) return false;
    return true;
}

static int64_t live_count(const char *expression, int64_t n, int64_t t)
{
    Pattern *p = picture_bind(expression, n, BACKGROUND_CAUSAL, NULL);
    Cache    c;
    assert_int_equal(cache_new(p, &c, NULL), STATUS_OK);
    int64_t count = cache_live_count(&c, t);
    cache_done(&c);
    pattern_free(p);
    return count;
}

static int64_t resident(const char *expression, int64_t tokens)
{
    Recipe  r = picture_recipe(expression);
    int64_t out;
    assert_int_equal(cache_resident_of(&r, tokens, BACKGROUND_CAUSAL, &out, NULL), STATUS_OK);
    recipe_done(&r);
    return out;
}

/* ---- golden facts ---- */

static const struct {
    const char *expression;
    int64_t     n, t, live;
} golden[] = {
    {"window(w=4)", 64, 31, 3},
    {"streaming(s=2, w=4)", 64, 31, 5},
    {"block(b=4)", 64, 31, 0},
    {"block(b=4, back=1)", 64, 31, 4},
    {"fixed(l=4, c=1)", 64, 31, 8},
    {"dilated(w=4, d=3)", 64, 31, 9},
    {"stride(s=4)", 64, 31, 32},
    {"log", 64, 31, 32},
    {"axial(width=4)", 64, 31, 32},
    {"stride(s=16)", 400, 199, 200},
    {"dilated(w=16, d=4)", 400, 199, 60},
    {"fixed(l=16, c=2)", 400, 199, 32},
    {"stride(s=8)", 400, 99, 100},
    {"fixed(l=8, c=1)", 400, 99, 16},
    {"dilated(w=8, d=4)", 400, 99, 28},
    {"streaming(s=4, w=12)", 400, 99, 15},
    {"log", 400, 99, 100},
    {"fixed(l=8, c=1)", 400, 103, 13},
    {"dilated(w=256, d=4)", 4096, 2000, 1020},
    {"longnet(w=[4,8,16], r=[1,2,4])", 64, 12, 3},
};

static void live_counts_are_the_golden_ones(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof golden / sizeof *golden; k++) {
        int64_t live = live_count(golden[k].expression, golden[k].n, golden[k].t);
        if (live != golden[k].live) fail_msg("%s: %d live", golden[k].expression, (int)live);
    }
}

static void a_cache_is_the_keys_that_are_asked_for_again(void **state)
{
    (void)state;
    Pattern *p = picture_bind("window(w=128)", 1000, BACKGROUND_CAUSAL, NULL);
    Cache    c;
    Runs     live = {0};
    char     text[60];
    assert_int_equal(cache_new(p, &c, NULL), STATUS_OK);
    assert_int_equal(cache_live(&c, 500, &live), STATUS_OK);
    runs_print(&live, " ", text, sizeof text);
    assert_string_equal(text, "374-500");
    assert_int_equal(cache_live(&c, 999, &live), STATUS_OK);
    assert_int_equal(live.len, 0);
    runs_done(&live);
    cache_done(&c);
    pattern_free(p);
}

static const struct {
    const char *expression;
    Background  background;
    bool        nested;
} nested[] = {
    {"full", BACKGROUND_CAUSAL, true},
    {"window(w=4)", BACKGROUND_CAUSAL, true},
    {"streaming(s=2, w=4)", BACKGROUND_CAUSAL, true},
    {"block(b=4)", BACKGROUND_CAUSAL, true},
    {"block(b=4, back=1)", BACKGROUND_CAUSAL, true},
    {"fixed(l=4, c=1)", BACKGROUND_CAUSAL, true},
    {"columns(period=4, count=1)", BACKGROUND_CAUSAL, true},
    {"document(lens=[5,7])", BACKGROUND_CAUSAL, true},
    {"window(w=4) | columns(period=4, count=1)", BACKGROUND_CAUSAL, true},
    {"neighborhood(k=5)", BACKGROUND_CAUSAL, true},
    {"prefix(p=5)", BACKGROUND_BIDIRECTIONAL, true},
    {"dilated(w=4, d=3)", BACKGROUND_CAUSAL, false},
    {"stride(s=4)", BACKGROUND_CAUSAL, false},
    {"strided(l=4)", BACKGROUND_CAUSAL, false},
    {"log", BACKGROUND_CAUSAL, false},
    {"axial(width=4)", BACKGROUND_CAUSAL, false},
    {"longnet(w=[4,8], r=[1,2])", BACKGROUND_CAUSAL, false},
    {"window(w=4) | global(at=[7])", BACKGROUND_CAUSAL, false},
};

static void nested_patterns_are_the_golden_ones(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof nested / sizeof *nested; k++) {
        Pattern *p = picture_bind(nested[k].expression, 40, nested[k].background, NULL);
        bool     is;
        assert_int_equal(cache_nested(p, &is, NULL), STATUS_OK);
        if (is != nested[k].nested) fail_msg("%s: nested %d", nested[k].expression, is);
        pattern_free(p);
    }
}

static void residents_follow_their_closed_forms(void **state)
{
    (void)state;
    assert_int_equal(resident("full", 100), 100);
    assert_int_equal(resident("window(w=8)", 100), 8);
    assert_int_equal(resident("window(w=8)", 5), 5);
    assert_int_equal(resident("streaming(s=4, w=8)", 100), 12);
    assert_int_equal(resident("dilated(w=4, d=3)", 100), 10);
    assert_int_equal(resident("block(b=8)", 100), 8);
    assert_int_equal(resident("block(b=8, back=1)", 100), 16);
    assert_int_equal(resident("strided(l=4)", 100), 100);
    assert_int_equal(resident("log", 100), 100);
    assert_int_equal(resident("keys(at=[])", 100), 1);
}

/* ---- against the definition ---- */

static const char *const part[] = {"full",
                                   "past",
                                   "self",
                                   "window(w=3)",
                                   "band(left=4)",
                                   "band(left=1, right=2)",
                                   "dilated(w=3, d=3)",
                                   "stride(s=4)",
                                   "stride(s=5, phase=2)",
                                   "columns(period=4, count=1)",
                                   "columns(period=5, count=2, from=1)",
                                   "block(b=4)",
                                   "block(b=3, back=1)",
                                   "block(b=3, back=-1, ahead=1)",
                                   "sink(s=2)",
                                   "keys(at=[1,5-7])",
                                   "rows(at=[3,9,10])",
                                   "global(at=[4,11])",
                                   "diagonals(at=[0,3,7])",
                                   "log",
                                   "log(base=3, local=2, restart=9)",
                                   "document(lens=[5,0,7])",
                                   "same(ids=[0,1,0,1,2,-1,0,2,1])",
                                   "prefix(p=5)",
                                   "neighborhood(k=5)",
                                   "neighborhood(k=4, stride=2)",
                                   "neighborhood(k=3, dilation=2)",
                                   "segment(w=6, r=2, offset=1)",
                                   "random(r=2, seed=7)",
                                   "chosen(b=4, of=[[0],[0,1],[2]])",
                                   "tree(parent=[-1,0,0,1,1,2,3])",
                                   "axial(width=4)",
                                   "grid(width=4, rx=1, ry=1)",
                                   "swin(width=4, b=2)"};

static int64_t draw(Rng *rng, int64_t below)
{
    return (int64_t)(rng_next(rng) % (uint64_t)below);
}

/* One to four parts, joined by any operators. */
static void draw_expression(Rng *rng, char *out, size_t size)
{
    size_t parts = sizeof part / sizeof *part;
    size_t len = (size_t)snprintf(out, size, "%s", part[draw(rng, (int64_t)parts)]);
    for (int64_t more = draw(rng, 4); more > 0; more--)
        len += (size_t)snprintf(out + len, size - len, " %c %s", "||&-"[draw(rng, 4)],
                                part[draw(rng, (int64_t)parts)]);
}

static void assert_as_defined(const char *expression, int64_t n, Background background)
{
    Pattern *p = picture_bind(expression, n, background, NULL);
    Cache    c;
    Runs     live = {0};
    bool     is;
    int64_t  most = 1, resident_all;
    assert_int_equal(cache_new(p, &c, NULL), STATUS_OK);
    for (int64_t t = 0; t < n; t++) {
        int64_t count = 0;
        assert_int_equal(cache_live(&c, t, &live), STATUS_OK);
        assert_null(runs_valid(&live));
        for (int64_t j = 0; j <= t; j++) {
            bool expected = is_live(p, t, j);
            count += expected;
            if (runs_has(&live, j) != expected)
                fail_msg("%s, n = %d: key %d after step %d", expression, (int)n, (int)j, (int)t);
        }
        assert_int_equal(runs_count(&live), count);
        assert_int_equal(cache_live_count(&c, t), count);
        if (t + 1 < n && count + 1 > most) most = count + 1;
    }
    assert_int_equal(cache_resident(&c, n, &resident_all), STATUS_OK);
    if (resident_all != most)
        fail_msg("%s, n = %d: %d resident, not %d", expression, (int)n, (int)resident_all,
                 (int)most);
    assert_int_equal(cache_nested(p, &is, NULL), STATUS_OK);
    if (is != is_nested(p))
        fail_msg("%s, n = %d, %s: nested %d", expression, (int)n, background_word(background), is);
    runs_done(&live);
    cache_done(&c);
    pattern_free(p);
}

static void live_resident_and_nested_are_as_defined(void **state)
{
    (void)state;
    Rng  rng = rng_seeded(SEED);
    char expression[400];
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int k = 0; k < 300; k++) {
        draw_expression(&rng, expression, sizeof expression);
        assert_as_defined(expression, 1 + draw(&rng, 20),
                          k % 2 ? BACKGROUND_CAUSAL : BACKGROUND_BIDIRECTIONAL);
    }
}

static void every_part_alone_is_as_defined(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
        assert_as_defined(part[k], 17, BACKGROUND_CAUSAL);
        assert_as_defined(part[k], 17, BACKGROUND_BIDIRECTIONAL);
    }
}

/* ---- large texts ---- */

static void a_million_tokens_need_no_matrix(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        int64_t     live; /* after step 2^19 - 1 of 2^20 tokens */
    } row[] = {
        {"window(w=4096) | sink(s=4)", 4099},
        {"strided(l=1024)", 524288},
        {"fixed(l=512, c=32)", 32768},
        {"log", 524288},
        {"sink(s=4) | window(w=64) | stride(s=64) | columns(period=512, count=1) | block(b=256) | "
         "keys(at=[9]) | log | self",
         524288},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++)
        assert_int_equal(live_count(row[k].expression, 1048576, 524287), row[k].live);
}

static void what_would_take_too_long_is_refused_with_its_size(void **state)
{
    (void)state;
    Pattern *p = picture_bind("same(ids=[0]) | window(w=3) & tree(parent=[]) - stride(s=2)",
                              4194304, BACKGROUND_CAUSAL, NULL);
    Cache    c;
    Why      why = {0};
    assert_int_equal(cache_new(p, &c, &why), STATUS_LIMIT);
    assert_non_null(strstr(why.what, "n = 4194304"));
    pattern_free(p);
    p = picture_bind("window(w=3)", 2147483647, BACKGROUND_CAUSAL, NULL);
    assert_int_equal(cache_new(p, &c, &why), STATUS_LIMIT);
    assert_non_null(strstr(why.what, "16.0 GiB"));
    pattern_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(live_counts_are_the_golden_ones),
        cmocka_unit_test(a_cache_is_the_keys_that_are_asked_for_again),
        cmocka_unit_test(nested_patterns_are_the_golden_ones),
        cmocka_unit_test(residents_follow_their_closed_forms),
        cmocka_unit_test(every_part_alone_is_as_defined),
        cmocka_unit_test(live_resident_and_nested_are_as_defined),
        cmocka_unit_test(a_million_tokens_need_no_matrix),
        cmocka_unit_test(what_would_take_too_long_is_refused_with_its_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
