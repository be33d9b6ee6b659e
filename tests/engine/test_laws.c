/* Union, intersection and difference are those of sets, inside the background. */
#include "engine/catalogue.h"
#include "engine/rng.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t SEED = 5077;

/* ---- laws of sets, on random expressions ---- */

static const char *const positional[] = {
    "full",
    "past",
    "self",
    "window(w=3)",
    "band(left=2, right=1)",
    "dilated(w=3, d=2)",
    "stride(s=3)",
    "stride(s=4, phase=1)",
    "columns(period=4, count=2, from=1)",
    "block(b=3, back=1)",
    "sink(s=2)",
    "keys(at=[1,-2])",
    "rows(at=[0,3])",
    "global(at=[2])",
    "prefix(p=3)",
    "axial(width=4)",
    "strided(l=3)",
    "fixed(l=4, c=1)",
    "streaming(s=1, w=2)",
    "longformer(w=1, at=[0])",
};
enum { POSITIONAL = sizeof positional / sizeof *positional, DEEP = 4, MOST = 12 };

/* A random expression as text, and its cells by the definition of the operators. */
typedef struct {
    char text[3000];
    bool in[MOST][MOST];
} Drawn;

static void draw_leaf(Rng *rng, int64_t n, Background background, Drawn *out)
{
    snprintf(out->text, sizeof out->text, "%s", positional[rng_int(rng, 0, POSITIONAL - 1)]);
    Pattern *p = picture_bind(out->text, n, background, NULL);
    Runs     row = {0};
    for (int64_t i = 0; i < n; i++) {
        assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
        for (int64_t j = 0; j < n; j++) out->in[i][j] = runs_has(&row, j);
    }
    runs_done(&row);
    pattern_free(p);
}

static void draw_expression(Rng *rng, int64_t n, Background background, int depth, Drawn *out)
{
    if (depth == 0 || rng_int(rng, 0, 4) == 0) {
        draw_leaf(rng, n, background, out);
        return;
    }
    Drawn *a = malloc(sizeof *a), *b = malloc(sizeof *b);
    draw_expression(rng, n, background, depth - 1, a);
    draw_expression(rng, n, background, depth - 1, b);
    int op = (int)rng_int(rng, 0, 2);
    int len = snprintf(out->text, sizeof out->text, "(%s) %c (%s)", a->text, "|&-"[op], b->text);
    assert_true(len < (int)sizeof out->text);
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            bool x = a->in[i][j], y = b->in[i][j];
            out->in[i][j] = op == 0 ? x || y : op == 1 ? x && y : x && !y;
        }
    }
    free(a), free(b);
}

static void check_drawn(const Drawn *drawn, int64_t n, Background background)
{
    Pattern *p = picture_bind(drawn->text, n, background, NULL);
    Runs     row = {0}, column = {0};
    int64_t  total = 0, found;
    bool     has;
    for (int64_t i = 0; i < n; i++) {
        int64_t size = 0;
        assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
        assert_null(runs_valid(&row));
        assert_int_equal(pattern_column(p, i, &column), STATUS_OK);
        for (int64_t j = 0; j < n; j++) {
            if (runs_has(&row, j) != drawn->in[i][j])
                fail_msg("%s: row %d, key %d", drawn->text, (int)i, (int)j);
            if (runs_has(&column, j) != drawn->in[j][i])
                fail_msg("%s: column %d", drawn->text, (int)i);
            assert_int_equal(pattern_has(p, i, j, &has), STATUS_OK);
            if (has != drawn->in[i][j]) fail_msg("%s: has %d, %d", drawn->text, (int)i, (int)j);
            size += drawn->in[i][j];
        }
        assert_int_equal(pattern_count(p, i, &found), STATUS_OK);
        if (found != size) fail_msg("%s: row %d counts %d", drawn->text, (int)i, (int)found);
        total += size;
    }
    assert_int_equal(pattern_total(p, &found), STATUS_OK);
    assert_int_equal(found, total);
    runs_done(&row), runs_done(&column);
    pattern_free(p);
}

static void random_expressions_are_what_their_operators_say(void **state)
{
    (void)state;
    Rng    rng = rng_seeded(SEED);
    Drawn *drawn = malloc(sizeof *drawn);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < 1500; round++) {
        int64_t    n = rng_int(&rng, 1, MOST);
        Background background = (Background)rng_int(&rng, 0, 1);
        memset(drawn, 0, sizeof *drawn);
        draw_expression(&rng, n, background, (int)rng_int(&rng, 0, DEEP), drawn);
        check_drawn(drawn, n, background);
    }
    free(drawn);
}

static void assert_same_cells(const char *a, const char *b, int64_t n, Background background)
{
    Pattern *p = picture_bind(a, n, background, NULL), *q = picture_bind(b, n, background, NULL);
    char    *x = picture_of(p), *y = picture_of(q);
    if (strcmp(x, y) != 0) fail_msg("%s and %s differ", a, b);
    free(x), free(y);
    pattern_free(p), pattern_free(q);
}

static void the_laws_of_sets_hold_inside_the_background(void **state)
{
    (void)state;
    static const char *const law[][2] = {
        {"%1$s | %2$s", "%2$s | %1$s"},
        {"%1$s & %2$s", "%2$s & %1$s"},
        {"%1$s | %1$s", "%1$s"},
        {"%1$s & %1$s", "%1$s"},
        {"full - (%1$s | %2$s)", "(full - %1$s) & (full - %2$s)"},
        {"full - (%1$s & %2$s)", "(full - %1$s) | (full - %2$s)"},
        {"%1$s - %2$s", "%1$s & (full - %2$s)"},
        {"%1$s & (%2$s | %3$s)", "%1$s & %2$s | %1$s & %3$s"},
        {"(%1$s | %2$s) | %3$s", "%1$s | (%2$s | %3$s)"},
        {"%1$s - %2$s - %3$s", "%1$s - (%2$s | %3$s)"},
    };
    Rng rng = rng_seeded(SEED + 1);
    for (size_t k = 0; k < sizeof law / sizeof *law; k++) {
        for (int round = 0; round < 60; round++) {
            char        left[400], right[400];
            const char *a = positional[rng_int(&rng, 0, POSITIONAL - 1)],
                       *b = positional[rng_int(&rng, 0, POSITIONAL - 1)];
            const char *c = positional[rng_int(&rng, 0, POSITIONAL - 1)];
            snprintf(left, sizeof left, law[k][0], a, b, c);
            snprintf(right, sizeof right, law[k][1], a, b, c);
            assert_same_cells(left, right, rng_int(&rng, 1, 14), (Background)rng_int(&rng, 0, 1));
        }
    }
}

static void designs_are_their_expansions(void **state)
{
    (void)state;
    static const char *const pair[][2] = {
        {"streaming(s=2, w=3)", "sink(s=2) | window(w=3)"},
        {"strided(l=4)", "window(w=4) | stride(s=4)"},
        {"fixed(l=4, c=2)", "block(b=4) | columns(period=4, count=2)"},
        {"longformer(w=2, at=[0,-1])", "band(left=2, right=2) | keys(at=[0,-1]) | rows(at=[0,-1])"},
        {"dilated(w=3, d=4)", "band(left=2, step=4)"},
        {"past", "prefix(p=0)"},
        {"global(at=[3])", "keys(at=[3]) | rows(at=[3])"},
        {"axial(width=5)", "block(b=5) | stride(s=5)"},
    };
    for (size_t k = 0; k < sizeof pair / sizeof *pair; k++)
        for (int b = 0; b < 2; b++) assert_same_cells(pair[k][0], pair[k][1], 17, (Background)b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_expressions_are_what_their_operators_say),
        cmocka_unit_test(the_laws_of_sets_hold_inside_the_background),
        cmocka_unit_test(designs_are_their_expansions),
    };
    return cmocka_run_group_tests_name("laws", tests, NULL, NULL);
}
