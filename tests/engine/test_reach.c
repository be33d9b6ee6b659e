#include "engine/reach.h"
#include "engine/rng.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t SEED = 61403;

static int64_t hops(const char *expression, int64_t n, Background background, int64_t from,
                    int64_t to)
{
    Pattern *p = picture_bind(expression, n, background, NULL);
    int64_t  found;
    assert_int_equal(reach_hops(p, from, to, &found, NULL, NULL), STATUS_OK);
    pattern_free(p);
    return found;
}

static int64_t reached(const char *expression, int64_t n, Background background, int64_t i,
                       int64_t layers)
{
    Pattern *p = picture_bind(expression, n, background, NULL);
    Runs     set = {0};
    assert_int_equal(reach_back(p, i, layers, &set, NULL), STATUS_OK);
    assert_null(runs_valid(&set));
    int64_t count = runs_count(&set);
    runs_done(&set);
    pattern_free(p);
    return count;
}

/* ---- golden facts ---- */

static const struct {
    const char *expression;
    int64_t     n;
    Background  background;
    int64_t     from, to, hops;
} golden[] = {
    {"window(w=8)", 64, BACKGROUND_CAUSAL, 0, 63, 9},
    {"strided(l=8)", 64, BACKGROUND_CAUSAL, 0, 63, 2},
    {"fixed(l=8, c=1)", 64, BACKGROUND_CAUSAL, 0, 63, 2},
    {"log", 64, BACKGROUND_CAUSAL, 0, 63, 6},
    {"streaming(s=1, w=8)", 64, BACKGROUND_CAUSAL, 0, 63, 1},
    {"streaming(s=1, w=8)", 64, BACKGROUND_CAUSAL, 1, 63, 9},
    {"window(w=8)", 64, BACKGROUND_CAUSAL, 63, 0, REACH_NEVER},
    {"window(w=8)", 64, BACKGROUND_CAUSAL, 9, 9, 0},
    {"block(b=8)", 64, BACKGROUND_CAUSAL, 7, 8, REACH_NEVER},
    {"window(w=4096)", 131072, BACKGROUND_CAUSAL, 91071, 131071, 10},
    {"window(w=4096)", 65536, BACKGROUND_CAUSAL, 1000, 65000, 16},
    {"log", 65536, BACKGROUND_CAUSAL, 1000, 65000, 6}, /* 64 000 has six ones in binary */
    {"window(w=8192)", 65536, BACKGROUND_CAUSAL, 1200, 60000, 8},
    {"streaming(s=4, w=8192)", 65536, BACKGROUND_CAUSAL, 1200, 60000, 8},
    {"fixed(l=128, c=8)", 65536, BACKGROUND_CAUSAL, 1200, 60000, 2},
    {"streaming(s=64, w=4096)", 131072, BACKGROUND_CAUSAL, 64, 131071, 32},
    {"sink(s=12288) | window(w=8192)", 65536, BACKGROUND_CAUSAL, 9000, 65535, 1},
    {"window(w=8192)", 65536, BACKGROUND_CAUSAL, 9000, 65535, 7},
    {"window(w=2048) | columns(period=256, count=16)", 60000, BACKGROUND_CAUSAL, 3000, 59999, 2},
    {"streaming(s=4, w=8192)", 60000, BACKGROUND_CAUSAL, 3000, 59999, 7},
};

static void hops_are_the_golden_ones(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof golden / sizeof *golden; k++) {
        int64_t found = hops(golden[k].expression, golden[k].n, golden[k].background,
                             golden[k].from, golden[k].to);
        if (found != golden[k].hops) fail_msg("%s: %d hops", golden[k].expression, (int)found);
    }
}

static void reach_is_the_golden_one(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        int64_t     n;
        Background  background;
        int64_t     i, layers, tokens;
    } row[] = {
        {"window(w=4)", 64, BACKGROUND_CAUSAL, 63, 4, 13},
        {"window(w=8)", 128, BACKGROUND_CAUSAL, 127, 6, 43},
        {"window(w=4096)", 1 << 20, BACKGROUND_CAUSAL, (1 << 20) - 1, 32, 131041},
        {"window(w=1024)", 131072, BACKGROUND_CAUSAL, 131071, 32, 32737},
        {"log", 120, BACKGROUND_CAUSAL, 119, 6, 120},
        {"log", 120, BACKGROUND_CAUSAL, 119, 5, 116},
        {"block(b=8)", 64, BACKGROUND_CAUSAL, 63, 50, 8},
        /* one leading global token: all in two layers if both sides are seen, next to nothing if
         * not */
        {"longformer(w=3, at=[0])", 120, BACKGROUND_BIDIRECTIONAL, 119, 2, 120},
        {"window(w=4) | global(at=[0])", 120, BACKGROUND_CAUSAL, 119, 2, 8},
        {"window(w=8) | columns(period=8, count=1)", 64, BACKGROUND_CAUSAL, 63, 2, 64},
        {"window(w=4)", 64, BACKGROUND_CAUSAL, 40, 0, 1},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        int64_t found =
            reached(row[k].expression, row[k].n, row[k].background, row[k].i, row[k].layers);
        if (found != row[k].tokens) fail_msg("%s: %d tokens", row[k].expression, (int)found);
    }
}

static void a_witness_is_a_way_of_cells(void **state)
{
    (void)state;
    Pattern *p = picture_bind("fixed(l=128, c=8)", 65536, BACKGROUND_CAUSAL, NULL);
    int64_t  found, *path;
    assert_int_equal(reach_hops(p, 1200, 60000, &found, &path, NULL), STATUS_OK);
    assert_int_equal(found, 2);
    assert_int_equal(path[0], 1200);
    assert_in_range(path[1], 1272, 1279);
    assert_int_equal(path[2], 60000);
    free(path);
    assert_int_equal(reach_hops(p, 60000, 1200, &found, &path, NULL), STATUS_OK);
    assert_null(path);
    pattern_free(p);
}

/* ---- against breadth-first search over single cells ---- */

enum { LARGEST = 20 };

static bool cell[LARGEST][LARGEST];

static void read_cells(const Pattern *p)
{
    for (int64_t i = 0; i < pattern_n(p); i++)
        for (int64_t j = 0; j < pattern_n(p); j++)
            assert_int_equal(pattern_has(p, i, j, &cell[i][j]), STATUS_OK);
}

/* Least layers from every j to i; REACH_NEVER. */
static void search_cells(int64_t n, int64_t i, int64_t *layers)
{
    for (int64_t j = 0; j < n; j++) layers[j] = j == i ? 0 : REACH_NEVER;
    for (int64_t level = 0; level < n; level++)
        for (int64_t q = 0; q < n; q++)
            for (int64_t j = 0; layers[q] == level && j < n; j++)
                if (cell[q][j] && layers[j] == REACH_NEVER) layers[j] = level + 1;
}

static void assert_way(const int64_t *path, int64_t from, int64_t to, int64_t found)
{
    assert_int_equal(path[0], from);
    assert_int_equal(path[found], to);
    for (int64_t k = 0; k < found; k++) assert_true(cell[path[k + 1]][path[k]]);
}

static void assert_as_searched(const char *expression, int64_t n, Background background)
{
    Pattern *p = picture_bind(expression, n, background, NULL);
    int64_t  most = 0, found, *path, layers[LARGEST];
    read_cells(p);
    for (int64_t i = 0; i < n; i++) {
        search_cells(n, i, layers);
        for (int64_t j = 0; j < n; j++) {
            assert_int_equal(reach_hops(p, j, i, &found, &path, NULL), STATUS_OK);
            if (found != layers[j])
                fail_msg("%s, n = %d: %d to %d: %d hops, not %d", expression, (int)n, (int)j,
                         (int)i, (int)found, (int)layers[j]);
            if (found >= 0)
                assert_way(path, j, i, found);
            else
                assert_null(path);
            free(path);
            bool shown = background == BACKGROUND_BIDIRECTIONAL || j <= i;
            if (shown && most >= 0)
                most = layers[j] < 0 ? REACH_NEVER : layers[j] > most ? layers[j] : most;
        }
    }
    assert_int_equal(reach_most(p, &found, NULL), STATUS_OK);
    if (found != most)
        fail_msg("%s, n = %d: at most %d hops, not %d", expression, (int)n, (int)found, (int)most);
    pattern_free(p);
}

static const char *const part[] = {"full",
                                   "past",
                                   "self",
                                   "window(w=3)",
                                   "band(left=1, right=2)",
                                   "dilated(w=3, d=3)",
                                   "stride(s=4)",
                                   "stride(s=5, phase=2)",
                                   "columns(period=4, count=1)",
                                   "block(b=4)",
                                   "block(b=3, back=1)",
                                   "block(b=3, back=-1, ahead=1)",
                                   "sink(s=2)",
                                   "keys(at=[1,5-7])",
                                   "rows(at=[3,9,10])",
                                   "global(at=[4,11])",
                                   "diagonals(at=[1,3,7])",
                                   "log",
                                   "log(base=3, local=2, restart=9)",
                                   "document(lens=[5,0,7])",
                                   "same(ids=[0,1,0,1,2,-1,0,2,1])",
                                   "prefix(p=5)",
                                   "neighborhood(k=5)",
                                   "segment(w=6, r=2, offset=1)",
                                   "random(r=2, seed=7)",
                                   "chosen(b=4, of=[[0],[0,1],[2]])",
                                   "tree(parent=[-1,0,0,1,1,2,3])",
                                   "axial(width=4)",
                                   "swin(width=4, b=2)"};

static void draw_expression(Rng *rng, char *out, size_t size)
{
    int64_t parts = (int64_t)(sizeof part / sizeof *part);
    size_t  len = (size_t)snprintf(out, size, "%s", part[rng_int(rng, 0, parts - 1)]);
    for (int64_t more = rng_int(rng, 0, 3); more > 0; more--)
        len += (size_t)snprintf(out + len, size - len, " %c %s", "||&-"[rng_int(rng, 0, 3)],
                                part[rng_int(rng, 0, parts - 1)]);
}

static void hops_and_witnesses_are_those_of_a_search(void **state)
{
    (void)state;
    Rng  rng = rng_seeded(SEED);
    char expression[400];
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int k = 0; k < 200; k++) {
        draw_expression(&rng, expression, sizeof expression);
        assert_as_searched(expression, rng_int(&rng, 1, LARGEST),
                           k % 2 ? BACKGROUND_CAUSAL : BACKGROUND_BIDIRECTIONAL);
    }
}

/* ---- stacks ---- */

/* least[j]: fewest moves from j to the query through layers k and above. */
static int64_t stack_cells(const Pattern *const *layer, int layers, int64_t n, int64_t from,
                           int64_t to)
{
    int64_t least[LARGEST] = {0}, lower[LARGEST] = {0};
    for (int64_t j = 0; j < n; j++) least[j] = j == to ? 0 : LARGEST;
    for (int k = layers - 1; k >= 0; k--) {
        read_cells(layer[k]);
        for (int64_t j = 0; j < n; j++) {
            lower[j] = least[j];
            for (int64_t q = 0; q < n; q++)
                if (cell[q][j] && least[q] + 1 < lower[j]) lower[j] = least[q] + 1;
        }
        memcpy(least, lower, sizeof least);
    }
    return least[from] < LARGEST ? least[from] : REACH_NEVER;
}

static void hops_through_a_stack_take_each_layer_once(void **state)
{
    (void)state;
    Rng  rng = rng_seeded(SEED + 1);
    char expression[400];
    print_message("seed %llu\n", (unsigned long long)SEED + 1);
    for (int k = 0; k < 150; k++) {
        Pattern       *entry[3];
        const Pattern *layer[9];
        ReachLayers    stack[3];
        int64_t        n = rng_int(&rng, 1, LARGEST), found;
        int            layers = 0, entries = (int)rng_int(&rng, 1, 3);
        for (int e = 0; e < entries; e++) {
            draw_expression(&rng, expression, sizeof expression);
            entry[e] = picture_bind(expression, n,
                                    k % 2 ? BACKGROUND_CAUSAL : BACKGROUND_BIDIRECTIONAL, NULL);
            stack[e] = (ReachLayers){rng_int(&rng, 1, 3), entry[e]};
            for (int64_t of = 0; of < stack[e].layers; of++) layer[layers++] = entry[e];
        }
        int64_t from = rng_int(&rng, 0, n - 1), to = rng_int(&rng, 0, n - 1);
        assert_int_equal(reach_stack_hops(stack, entries, from, to, &found, NULL), STATUS_OK);
        assert_int_equal(found, stack_cells(layer, layers, n, from, to));
        for (int e = 0; e < entries; e++) pattern_free(entry[e]);
    }
}

static void a_million_tokens_are_searched_by_the_rule(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        int64_t     hops; /* of token 4 to the last of 2^20 */
    } row[] = {
        {"window(w=4096) | sink(s=4)", 257}, /* 1 048 571 / 4095, rounded up */
        {"window(w=4)", 349524},
        {"strided(l=1024)", 2},
        {"fixed(l=512, c=32)", 2},
        {"block(b=1024)", REACH_NEVER},
        {"log", 19}, /* ones in the binary digits of 2^20 - 5 */
        {"sink(s=4) | window(w=64) | stride(s=64) | columns(period=512, count=1) | block(b=256) | "
         "keys(at=[9]) | log | self",
         2},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        int64_t found = hops(row[k].expression, 1 << 20, BACKGROUND_CAUSAL, 4, (1 << 20) - 1);
        if (found != row[k].hops) fail_msg("%s: %d hops", row[k].expression, (int)found);
    }
}

static void what_would_take_too_long_is_refused(void **state)
{
    (void)state;
    Pattern *p = picture_bind("streaming(s=1, w=8)", REACH_PAIRS + 1, BACKGROUND_CAUSAL, NULL);
    int64_t  found;
    Why      why = {0};
    assert_int_equal(reach_most(p, &found, &why), STATUS_LIMIT);
    assert_non_null(strstr(why.what, "2049"));
    pattern_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hops_are_the_golden_ones),
        cmocka_unit_test(reach_is_the_golden_one),
        cmocka_unit_test(a_witness_is_a_way_of_cells),
        cmocka_unit_test(hops_and_witnesses_are_those_of_a_search),
        cmocka_unit_test(hops_through_a_stack_take_each_layer_once),
        cmocka_unit_test(a_million_tokens_are_searched_by_the_rule),
        cmocka_unit_test(what_would_take_too_long_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
