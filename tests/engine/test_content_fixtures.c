/* Rules that read content against what other projects' code chose: tests/fixtures/README.md. */
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

enum { CASES = 16, NAME = 20 };

/* The text behind word= in the column "inputs"; false if the word isn't there. */
static bool input(const char *inputs, const char *word, char name[static NAME])
{
    size_t len = strlen(word);
    for (const char *at = inputs; *at; at += strcspn(at, " "), at += strspn(at, " ")) {
        if (strncmp(at, word, len) != 0 || at[len] != '=') continue;
        snprintf(name, NAME, "%.*s", (int)strcspn(at + len + 1, " "), at + len + 1);
        return true;
    }
    return false;
}

static int section(const Fixture *f, const char *name)
{
    char head[NAME + 2];
    snprintf(head, sizeof head, "[%s", name);
    return fixture_section(f, head);
}

/* Rows and columns as the section's head tells them. */
static void size_of(const char *head, int64_t *rows, int64_t *cols)
{
    *rows = strtoll(strstr(head, "rows=") + 5, NULL, 10);
    *cols = strtoll(strstr(head, "cols=") + 5, NULL, 10);
}

/* Numbers of a section, with `more` rows of zeros behind. */
static float *numbers(const Fixture *f, int line, int64_t more, int64_t *rows, int64_t *cols)
{
    int found;
    size_of(f->line[line - 1], rows, cols);
    double *exact = fixture_numbers(f, line, *rows, &found);
    float  *out = calloc((size_t)((*rows + more) * *cols), sizeof *out);
    assert_int_equal(found, *cols);
    for (int64_t k = 0; k < *rows * *cols; k++) out[k] = (float)exact[k];
    free(exact);
    return out;
}

/* Scaled logits S: with m*m >= n and d = m*m, q = m*S and k rows of the unit matrix. */
static Problem of_logits(const Fixture *f, const char *name, int64_t n)
{
    int64_t m = 1, rows, cols;
    while (m * m < n) m++;
    int64_t d = m * m;
    float  *s = numbers(f, section(f, name), 0, &rows, &cols);
    float  *q = calloc((size_t)(n * d), sizeof *q), *k = calloc((size_t)(n * d), sizeof *k);
    Problem problem;
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) q[i * d + j] = (float)m * s[i * n + j];
        k[i * d + i] = 1;
    }
    assert_int_equal(problem_matrices(q, k, NULL, n, (int)d, 0, 0, &problem, NULL), STATUS_OK);
    for (int64_t c = 0; c < n * n; c++) assert_true(fabsf(problem.score[c] - s[c]) <= 0);
    free(s), free(q), free(k);
    return problem;
}

static Problem of_vectors(const Fixture *f, const char *q_name, const char *k_name, int64_t more)
{
    int64_t rows, d;
    float  *q = numbers(f, section(f, q_name), more, &rows, &d),
          *k = numbers(f, section(f, k_name), more, &rows, &d);
    Problem problem;
    assert_int_equal(problem_matrices(q, k, NULL, rows + more, (int)d, 0, 0, &problem, NULL),
                     STATUS_OK);
    free(q), free(k);
    return problem;
}

/* All sections whose names start so, stacked: k x d, or rounds x d x half where they are rotations. */
static void give(const Fixture *f, const char *name, bool rotations, Problem *problem)
{
    char    head[NAME + 2];
    float  *all = NULL;
    int64_t rows = 0, cols = 0, sections = 0;
    snprintf(head, sizeof head, "[%s ", name);
    for (int line = 0; line < f->lines; line++) {
        if (strncmp(f->line[line], head, strlen(head)) != 0) continue;
        float *one = numbers(f, line + 1, 0, &rows, &cols);
        size_t size = (size_t)(rows * cols);
        all = realloc(all, size * (size_t)(sections + 1) * sizeof *all);
        memcpy(all + size * (size_t)sections++, one, size * sizeof *one);
        free(one);
    }
    int64_t shape[] = {sections, rows, cols};
    assert_true(sections > 0);
    assert_int_equal(
        problem_give(problem, all, rotations ? shape : shape + 1, rotations ? 3 : 2, NULL),
        STATUS_OK);
    free(all);
}

static Problem problem_of(const Fixture *f, int64_t n, const char *inputs)
{
    char    name[NAME], k_name[NAME];
    Problem problem;
    if (input(inputs, "logits", name)) return of_logits(f, name, n);
    int64_t more = input(inputs, "more", name) ? 1 : 0;
    assert_true(input(inputs, "q", name) && input(inputs, "k", k_name));
    problem = of_vectors(f, name, k_name, more);
    assert_int_equal(problem.n, n);
    if (input(inputs, "given", name)) give(f, name, strcmp(name, "ROT") == 0, &problem);
    return problem;
}

static void assert_set(const Pattern *p, int64_t i, const Runs *expected, const char *file)
{
    Runs row = {0};
    char have[500], wanted[500];
    assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
    if (!runs_equal(&row, expected)) {
        runs_print(&row, " ", have, sizeof have);
        runs_print(expected, " ", wanted, sizeof wanted);
        fail_msg("%s: row %d: expected %s, have %s", file, (int)i, wanted, have);
    }
    runs_done(&row);
}

/* "last=KEPT": the last row is that set and its own position. */
static void compare_last(const Pattern *p, const Fixture *f, const char *name, const char *file)
{
    char line[500];
    Runs expected = {0};
    snprintf(line, sizeof line, "0: %s", f->line[section(f, name)]);
    fixture_row(line, &expected);
    assert_int_equal(runs_append(&expected, pattern_n(p) - 1, pattern_n(p)), STATUS_OK);
    assert_set(p, pattern_n(p) - 1, &expected, file);
    runs_done(&expected);
}

static void compare_sets(const Pattern *p, const Fixture *f, const char *file)
{
    int  line = fixture_section(f, "[SETS]");
    Runs expected = {0};
    assert_int_equal(f->lines - line, pattern_n(p));
    for (int64_t i = 0; i < pattern_n(p); i++) {
        assert_int_equal(fixture_row(f->line[line + i], &expected), i);
        assert_set(p, i, &expected, file);
    }
    runs_done(&expected);
}

static void every_choice_of_the_map_comes_out_row_by_row(void **state)
{
    (void)state;
    Fixture map = fixture_read("content_map.tsv");
    assert_int_equal(map.lines - 1, CASES);
    for (int k = 1; k < map.lines; k++) {
        char inputs[100] = "", compare[40] = "", name[NAME];
        assert_int_equal(sscanf(map.line[k],
                                "%*[^\t]\t%*[^\t]\t%*[^\t]\t%*[^\t]\t%99[^\t]\t%39[^\t]", inputs,
                                compare),
                         2);
        FixtureCase c = fixture_case(map.line[k]);
        Fixture     f = fixture_read(c.file);
        Problem     problem = problem_of(&f, c.n, inputs);
        Pattern    *p = picture_bind(c.expression, c.n, c.background, &problem);
        if (input(compare, "last", name))
            compare_last(p, &f, name, c.file);
        else
            compare_sets(p, &f, c.file);
        pattern_free(p);
        problem_done(&problem);
        fixture_done(&f);
    }
    fixture_done(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_choice_of_the_map_comes_out_row_by_row),
    };
    return cmocka_run_group_tests_name("fixtures of content", tests, NULL, NULL);
}
