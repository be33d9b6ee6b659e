/* The engine against what other projects' code computed: tests/fixtures/README.md. */
#include "engine/attention.h"
#include "tests/engine/fixture.h"
#include "tests/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_row(const Pattern *p, const char *file, const char *line)
{
    Runs    expected = {0}, row = {0};
    int64_t i = fixture_row(line, &expected);
    assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
    if (!runs_equal(&row, &expected)) {
        char text[500];
        runs_print(&row, " ", text, sizeof text);
        fail_msg("%s: expected %s, have %s", file, line, text);
    }
    runs_done(&expected), runs_done(&row);
}

static int first_row(const Fixture *f)
{
    int line = 0;
    while (f->line[line][0] == '#') line++;
    return line;
}

static void every_mask_of_the_map_comes_out_row_by_row(void **state)
{
    (void)state;
    Fixture map = fixture_read("map.tsv");
    for (int k = 1; k < map.lines; k++) {
        FixtureCase c = fixture_case(map.line[k]);
        Fixture     mask = fixture_read(c.file);
        Pattern    *p = picture_bind(c.expression, c.n, c.background, NULL);
        int         line = first_row(&mask);
        assert_int_equal(mask.lines - line, c.n);
        for (; line < mask.lines; line++) assert_row(p, c.file, mask.line[line]);
        pattern_free(p);
        fixture_done(&mask);
    }
    assert_int_equal(map.lines - 1, 113);
    fixture_done(&map);
}

/* ---- rules with chance: what holds for every seed ---- */

static int64_t number_behind(const char *line, const char *word)
{
    const char *at = strstr(line, word);
    assert_non_null(at);
    return strtoll(at + strlen(word), NULL, 10);
}

/* "forced=0-1 5 allowed=0-7": the runs behind the word; "-" is the empty set. */
static void runs_behind(const char *line, const char *word, Runs *out)
{
    char        text[600] = "0:";
    const char *at = strstr(line, word);
    assert_non_null(at);
    at += strlen(word);
    const char *end = strstr(at, " allowed=");
    size_t      len = end ? (size_t)(end - at) : strlen(at);
    assert_true(len < sizeof text - 3);
    if (len == 1 && *at == '-') len = 0;
    memcpy(text + 2, at, len);
    text[2 + len] = '\0';
    fixture_row(text, out);
}

/* check: "allowed", "count", "mostX", with commas between them. */
static void check_draw(const Pattern *p, const char *expression, const char *line,
                       const char *check)
{
    Runs    forced = {0}, allowed = {0}, row = {0}, rest = {0};
    int64_t i = strtoll(line, NULL, 10);
    runs_behind(line, "forced=", &forced);
    runs_behind(line, "allowed=", &allowed);
    assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
    int64_t count = runs_count(&row);
    assert_int_equal(runs_minus(&forced, &row, &rest), STATUS_OK);
    if (rest.len > 0) fail_msg("%s: a forced key is missing: %s", expression, line);
    assert_int_equal(runs_minus(&row, &allowed, &rest), STATUS_OK);
    if (strstr(check, "allowed") && rest.len > 0)
        fail_msg("%s: a key that no draw has: %s", expression, line);
    if (strstr(check, "count") &&
        (count < number_behind(line, "min=") || count > number_behind(line, "max=")))
        fail_msg("%s: %d keys: %s", expression, (int)count, line);
    if (strstr(check, "most") && count > runs_count(&forced) + number_behind(check, "most"))
        fail_msg("%s: %d keys: %s", expression, (int)count, line);
    runs_done(&forced), runs_done(&allowed), runs_done(&row), runs_done(&rest);
}

static void every_draw_holds_what_all_draws_of_the_reference_hold(void **state)
{
    (void)state;
    Fixture map = fixture_read("inv_map.tsv");
    assert_int_equal(map.lines - 1, 2);
    for (int k = 1; k < map.lines; k++) {
        char       *check = strrchr(map.line[k], '\t') + 1;
        FixtureCase c = fixture_case(map.line[k]);
        Fixture     draws = fixture_read(c.file);
        const char *at = strstr(c.expression, "SEED");
        assert_non_null(at);
        assert_int_equal(draws.lines - first_row(&draws), c.n);
        for (int seed = 0; seed < 200; seed++) {
            char expression[300];
            snprintf(expression, sizeof expression, "%.*s%d%s", (int)(at - c.expression),
                     c.expression, seed, at + 4);
            Pattern *p = picture_bind(expression, c.n, c.background, NULL);
            for (int line = first_row(&draws); line < draws.lines; line++)
                check_draw(p, expression, draws.line[line], check);
            pattern_free(p);
        }
        fixture_done(&draws);
    }
    fixture_done(&map);
}

static float *as_float(const double *from, int64_t count)
{
    float *to = calloc((size_t)count, sizeof *to);
    for (int64_t k = 0; k < count; k++) to[k] = (float)from[k];
    return to;
}

static float *floats(const Fixture *f, const char *head, int64_t rows, int *cols)
{
    double *exact = fixture_numbers(f, fixture_section(f, head), rows, cols);
    float  *out = as_float(exact, rows * *cols);
    free(exact);
    return out;
}

static Problem problem_of(const Fixture *f, int64_t n, bool values)
{
    int    d, e = 0;
    float *q = floats(f, "[Q", n, &d), *k = floats(f, "[K", n, &d),
          *v = values ? floats(f, "[V", n, &e) : NULL;
    Problem problem;
    assert_int_equal(problem_matrices(q, k, v, n, d, e, 0, &problem, NULL), STATUS_OK);
    free(q), free(k), free(v);
    return problem;
}

static double largest_value(const Problem *problem, const Runs *g)
{
    double most = 0;
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++)
            for (int c = 0; c < problem->e; c++)
                most = fmax(most, fabs((double)problem->v[j * problem->e + c]));
    return most;
}

static void check_attention(const FixtureCase *c, const Fixture *f)
{
    Problem  problem = problem_of(f, c->n, true);
    Pattern *p = picture_bind(c->expression, c->n, c->background, NULL);
    int      e = 0, one = 0;
    double  *expected = fixture_numbers(f, fixture_section(f, "[OUT"), c->n, &e);
    double  *lse = fixture_numbers(f, fixture_section(f, "[LSE"), c->n, &one);
    float   *weight = calloc((size_t)c->n, sizeof *weight), *out = calloc((size_t)e, sizeof *out),
          sum;
    Runs g = {0};
    for (int64_t i = 0; i < c->n; i++) {
        assert_row(p, c->file, f->line[fixture_section(f, "[mask]") + i]);
        assert_int_equal(attention_row(&problem, p, i, &g, weight, out, &sum), STATUS_OK);
        double tolerance = 2e-6 * largest_value(&problem, &g);
        for (int t = 0; t < e; t++) {
            double difference = fabs((double)out[t] - expected[i * e + t]);
            if (!(difference <= tolerance))
                fail_msg("%s: row %d: off by %g, allowed %g", c->file, (int)i, difference,
                         tolerance);
        }
        assert_true(fabs((double)sum - lse[i]) <= 1e-6 * fmax(1, fabs(lse[i])));
    }
    free(weight), free(out), free(expected), free(lse);
    runs_done(&g);
    pattern_free(p);
    problem_done(&problem);
}

static void outputs_agree_with_the_float64_reference(void **state)
{
    (void)state;
    Fixture map = fixture_read("attention_map.tsv");
    assert_int_equal(map.lines - 1, 6);
    for (int k = 1; k < map.lines; k++) {
        FixtureCase c = fixture_case(map.line[k]);
        Fixture     f = fixture_read(c.file);
        check_attention(&c, &f);
        fixture_done(&f);
    }
    fixture_done(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mask_of_the_map_comes_out_row_by_row),
        cmocka_unit_test(every_draw_holds_what_all_draws_of_the_reference_hold),
        cmocka_unit_test(outputs_agree_with_the_float64_reference),
    };
    return cmocka_run_group_tests_name("fixtures", tests, NULL, NULL);
}
