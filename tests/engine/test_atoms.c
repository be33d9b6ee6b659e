/* Every positional atom against its definition, read off the table of the language. */
#include "engine/catalogue.h"
#include "tests/engine/atom.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LARGEST = ATOM_LARGEST, ROUNDS = 600 };
static const uint64_t SEED = 7001;

/* ---- definitions ---- */

static int64_t floor_mod(int64_t a, int64_t m)
{
    while (a < 0) a += m;
    while (a >= m) a -= m;
    return a;
}

static bool full_holds(const Case *c, int64_t i, int64_t j)
{
    (void)c, (void)i, (void)j;
    return true;
}

static bool past_holds(const Case *c, int64_t i, int64_t j)
{
    (void)c;
    return j <= i;
}

static bool self_holds(const Case *c, int64_t i, int64_t j)
{
    (void)c;
    return j == i;
}

static bool window_holds(const Case *c, int64_t i, int64_t j)
{
    return i - c->p[0] < j && j <= i;
}

static bool band_holds(const Case *c, int64_t i, int64_t j)
{
    for (int64_t k = -c->p[0]; k <= c->p[1]; k++)
        if (j == i + k * c->p[2]) return true;
    return false;
}

static bool dilated_holds(const Case *c, int64_t i, int64_t j)
{
    for (int64_t k = 0; k < c->p[0]; k++)
        if (j == i - k * c->p[1]) return true;
    return false;
}

static bool stride_holds(const Case *c, int64_t i, int64_t j)
{
    return floor_mod(i - j, c->p[0]) == c->p[1];
}

static bool columns_holds(const Case *c, int64_t i, int64_t j)
{
    (void)i;
    int64_t place = floor_mod(j, c->p[0]);
    return place >= c->p[2] && place <= c->p[2] + c->p[1] - 1;
}

static int64_t block_of(const Case *c, int64_t i)
{
    int64_t block = 0;
    while ((block + 1) * c->p[0] <= i) block++;
    return block;
}

static bool block_holds(const Case *c, int64_t i, int64_t j)
{
    int64_t apart = block_of(c, j) - block_of(c, i);
    return -c->p[1] <= apart && apart <= c->p[2];
}

static bool sink_holds(const Case *c, int64_t i, int64_t j)
{
    (void)i;
    return j < c->p[0];
}

static bool keys_holds(const Case *c, int64_t i, int64_t j)
{
    (void)i;
    return c->listed[j];
}

static bool rows_holds(const Case *c, int64_t i, int64_t j)
{
    (void)j;
    return c->listed[i];
}

static bool global_holds(const Case *c, int64_t i, int64_t j)
{
    return c->listed[i] || c->listed[j];
}

static bool prefix_holds(const Case *c, int64_t i, int64_t j)
{
    return j < c->p[0] || j <= i;
}

static bool axial_holds(const Case *c, int64_t i, int64_t j)
{
    bool same_row = block_of(c, i) == block_of(c, j);
    return same_row || floor_mod(i, c->p[0]) == floor_mod(j, c->p[0]);
}

/* ---- draws: small and large numbers, with and without the optional ones ---- */

static int64_t number(Rng *rng, int64_t least, int64_t n)
{
    int64_t kind = rng_int(rng, 0, 9);
    if (kind == 0) return 2147483647;
    if (kind == 1) return n;
    return rng_int(rng, least, kind < 7 ? 6 : n + 3);
}

static void draw_nothing(Case *c, Rng *rng)
{
    (void)c, (void)rng;
}

static void one(Case *c, const char *atom, const char *name)
{
    snprintf(c->text, sizeof c->text, "%s(%s=%lld)", atom, name, (long long)c->p[0]);
}

static void draw_window(Case *c, Rng *rng)
{
    c->p[0] = number(rng, 1, c->n);
    one(c, "window", "w");
}

static void draw_band(Case *c, Rng *rng)
{
    c->p[0] = rng_int(rng, 0, 9);
    c->p[1] = rng_int(rng, 0, 1) * rng_int(rng, 0, 9);
    c->p[2] = rng_int(rng, 0, 1) ? 1 : rng_int(rng, 1, 7);
    snprintf(c->text, sizeof c->text, "band(step=%lld, right=%lld, left=%lld)", (long long)c->p[2],
             (long long)c->p[1], (long long)c->p[0]);
}

static void draw_dilated(Case *c, Rng *rng)
{
    c->p[0] = rng_int(rng, 1, 12);
    c->p[1] = number(rng, 1, c->n);
    snprintf(c->text, sizeof c->text, "dilated(w=%lld, d=%lld)", (long long)c->p[0],
             (long long)c->p[1]);
}

static void draw_stride(Case *c, Rng *rng)
{
    c->p[0] = rng_int(rng, 1, c->n + 4);
    c->p[1] = rng_int(rng, 0, 1) ? 0 : rng_int(rng, 0, c->p[0] - 1);
    if (c->p[1] > 0)
        snprintf(c->text, sizeof c->text, "stride(s=%lld, phase=%lld)", (long long)c->p[0],
                 (long long)c->p[1]);
    else one(c, "stride", "s");
}

static void draw_columns(Case *c, Rng *rng)
{
    c->p[0] = rng_int(rng, 1, c->n + 4);
    c->p[1] = rng_int(rng, 1, c->p[0]);
    c->p[2] = c->p[0] - c->p[1];
    bool given = rng_int(rng, 0, 1);
    if (given) c->p[2] = rng_int(rng, 0, c->p[2]);
    int len = snprintf(c->text, sizeof c->text, "columns(period=%lld, count=%lld",
                       (long long)c->p[0], (long long)c->p[1]);
    if (given)
        snprintf(c->text + len, sizeof c->text - (size_t)len, ", from=%lld)", (long long)c->p[2]);
    else snprintf(c->text + len, sizeof c->text - (size_t)len, ")");
}

static void draw_block(Case *c, Rng *rng)
{
    c->p[0] = number(rng, 1, c->n);
    c->p[1] = rng_int(rng, 0, 2) ? rng_int(rng, -3, 4) : 0;
    c->p[2] = rng_int(rng, 0, 2) ? rng_int(rng, -3, 4) : 0;
    snprintf(c->text, sizeof c->text, "block(b=%lld, back=%lld, ahead=%lld)", (long long)c->p[0],
             (long long)c->p[1], (long long)c->p[2]);
}

static void draw_sink(Case *c, Rng *rng)
{
    c->p[0] = number(rng, 0, c->n);
    one(c, "sink", "s");
}

static void draw_prefix(Case *c, Rng *rng)
{
    c->p[0] = number(rng, 0, c->n);
    one(c, "prefix", "p");
}

static void draw_axial(Case *c, Rng *rng)
{
    c->p[0] = number(rng, 1, c->n);
    one(c, "axial", "width");
}

/* Positions from the start and from the end, ranges, doubles, and some that lie outside. */
static void draw_list(Case *c, Rng *rng, const char *atom)
{
    int64_t items = rng_int(rng, 0, 5);
    int     len = snprintf(c->text, sizeof c->text, "%s(at=[", atom);
    memset(c->listed, 0, sizeof c->listed);
    for (int64_t k = 0; k < items; k++) {
        int64_t lo = rng_int(rng, -c->n - 3, c->n + 3),
                hi = lo + rng_int(rng, 0, 1) * rng_int(rng, 0, 9);
        len += snprintf(c->text + len, sizeof c->text - (size_t)len, "%s%lld", k > 0 ? "," : "",
                        (long long)lo);
        if (hi > lo)
            len += snprintf(c->text + len, sizeof c->text - (size_t)len, "-%lld", (long long)hi);
        for (int64_t at = lo; at <= hi; at++) {
            int64_t position = at < 0 ? at + c->n : at;
            if (position >= 0 && position < c->n) c->listed[position] = true;
        }
    }
    snprintf(c->text + len, sizeof c->text - (size_t)len, "])");
}

static void draw_keys(Case *c, Rng *rng)
{
    draw_list(c, rng, "keys");
}

static void draw_rows(Case *c, Rng *rng)
{
    draw_list(c, rng, "rows");
}

static void draw_global(Case *c, Rng *rng)
{
    draw_list(c, rng, "global");
}

static const Atom atoms[] = {
    {"axial", draw_axial, axial_holds},       {"band", draw_band, band_holds},
    {"block", draw_block, block_holds},       {"columns", draw_columns, columns_holds},
    {"dilated", draw_dilated, dilated_holds}, {"full", draw_nothing, full_holds},
    {"global", draw_global, global_holds},    {"keys", draw_keys, keys_holds},
    {"past", draw_nothing, past_holds},       {"prefix", draw_prefix, prefix_holds},
    {"rows", draw_rows, rows_holds},          {"self", draw_nothing, self_holds},
    {"sink", draw_sink, sink_holds},          {"stride", draw_stride, stride_holds},
    {"window", draw_window, window_holds},
};
enum { ATOMS = sizeof atoms / sizeof *atoms };

/* ---- the same questions for all ---- */

static bool allowed(const Case *c, Background background, int64_t i, int64_t j)
{
    return j < c->n && (background == BACKGROUND_BIDIRECTIONAL || j <= i);
}

static void fail_at(const Case *c, Background background, int64_t i, int64_t j, const char *what)
{
    fail_msg("%s, n=%lld, %s: row %lld, key %lld: %s", c->text, (long long)c->n,
             background_word(background), (long long)i, (long long)j, what);
}

static void check_row(const Atom *atom, const Case *c, const Pattern *p, int64_t i, int64_t *total)
{
    Background background = pattern_background(p);
    Runs       row = {0};
    int64_t    size = 0, count;
    bool       has;
    assert_int_equal(pattern_row(p, i, &row), STATUS_OK);
    if (runs_valid(&row)) fail_at(c, background, i, -1, runs_valid(&row));
    for (int64_t j = 0; j < c->n; j++) {
        bool expected = allowed(c, background, i, j) && atom->holds(c, i, j);
        assert_int_equal(pattern_has(p, i, j, &has), STATUS_OK);
        if (runs_has(&row, j) != expected) fail_at(c, background, i, j, "the row is wrong");
        if (has != expected) fail_at(c, background, i, j, "has is wrong");
        size += expected;
    }
    if (row.len > 0 && row.run[row.len - 1].hi > c->n)
        fail_at(c, background, i, c->n, "the row goes past n");
    assert_int_equal(pattern_count(p, i, &count), STATUS_OK);
    if (count != size) fail_at(c, background, i, -1, "the count is wrong");
    *total += size;
    runs_done(&row);
}

static void check_column(const Atom *atom, const Case *c, const Pattern *p, int64_t j)
{
    Runs column = {0};
    assert_int_equal(pattern_column(p, j, &column), STATUS_OK);
    if (runs_valid(&column)) fail_at(c, pattern_background(p), -1, j, runs_valid(&column));
    for (int64_t i = 0; i < c->n; i++) {
        bool expected = allowed(c, pattern_background(p), i, j) && atom->holds(c, i, j);
        if (runs_has(&column, i) != expected)
            fail_at(c, pattern_background(p), i, j, "the column is wrong");
    }
    runs_done(&column);
}

static void check_case(const Atom *atom, const Case *c, Background background)
{
    Pattern *p = picture_bind(c->text, c->n, background, NULL);
    int64_t  total = 0, counted, largest, most = 0, count;
    double   density;
    for (int64_t i = 0; i < c->n; i++) check_row(atom, c, p, i, &total);
    for (int64_t j = 0; j < c->n; j++) check_column(atom, c, p, j);
    for (int64_t i = 0; i < c->n; i++) {
        assert_int_equal(pattern_count(p, i, &count), STATUS_OK);
        if (count > most) most = count;
    }
    assert_int_equal(pattern_total(p, &counted), STATUS_OK);
    if (counted != total) fail_at(c, background, -1, -1, "the total is wrong");
    assert_int_equal(pattern_max_row(p, &largest), STATUS_OK);
    if (largest != most) fail_at(c, background, -1, -1, "the largest row is wrong");
    assert_int_equal(pattern_density(p, &density), STATUS_OK);
    double cells =
        background == BACKGROUND_CAUSAL ? (double)(c->n * (c->n + 1) / 2) : (double)(c->n * c->n);
    assert_true(density > (double)total / cells - 1e-12 && density < (double)total / cells + 1e-12);
    assert_int_equal(pattern_class(p), CLASS_POSITIONAL);
    pattern_free(p);
}

static void check_spelling(const Case *c)
{
    char   text[ATOM_TEXT], again[ATOM_TEXT];
    Recipe recipe = picture_recipe(c->text);
    assert_true(recipe_print(&recipe, text, sizeof text) < sizeof text);
    Recipe back = picture_recipe(text);
    assert_true(recipe_equal(&recipe, &back));
    recipe_print(&back, again, sizeof again);
    assert_string_equal(text, again);
    recipe_done(&recipe), recipe_done(&back);
}

static void check_atom(const Atom *atom, Rng *rng)
{
    for (int round = 0; round < ROUNDS; round++) {
        Case c = {.n = rng_int(rng, 1, round % 4 == 0 ? LARGEST : 14)};
        snprintf(c.text, sizeof c.text, "%s", atom->name);
        atom->draw(&c, rng);
        c.causal = true;
        check_case(atom, &c, BACKGROUND_CAUSAL);
        c.causal = false;
        check_case(atom, &c, BACKGROUND_BIDIRECTIONAL);
        check_spelling(&c);
    }
}

static void every_positional_atom_is_its_definition(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int a = 0; a < ATOMS; a++) check_atom(&atoms[a], &rng);
    for (const Atom *atom = atom_structured; atom->name; atom++) check_atom(atom, &rng);
}

/* ---- closed totals where counting all cells would take too long ---- */

static void closed_totals_equal_the_sum_of_closed_counts(void **state)
{
    (void)state;
    static const char *const text[] = {
        "full",
        "past",
        "self",
        "window(w=700)",
        "window(w=5000)",
        "band(left=70, right=31, step=9)",
        "band(left=3000)",
        "dilated(w=900, d=7)",
        "stride(s=77, phase=5)",
        "stride(s=1)",
        "columns(period=77, count=9)",
        "columns(period=100, count=20, from=50)",
        "columns(period=5000, count=2400, from=10)",
        "block(b=64, back=3, ahead=2)",
        "block(b=77, back=-2, ahead=5)",
        "block(b=1, back=1)",
        "block(b=9, back=4, ahead=-2)",
        "sink(s=12)",
        "sink(s=5000)",
        "keys(at=[5-90,200,-3--1])",
        "rows(at=[0,7-300,-1])",
        "global(at=[0-9,500,-20--10])",
        "prefix(p=333)",
        "axial(width=45)",
        "axial(width=3000)", "diagonals(at=[-40--20,0-9,700,3000])", "log", "log(base=3, local=9, restart=50)",
        "document(lens=[5,0,700,31])", "same(ids=[0-900,0-700,5,5,5,-9--1])", "segment(w=300, r=7, offset=3)",
        "segment(w=64, r=1)", "segment(w=3000, r=2)", "neighborhood(k=9, stride=4, dilation=3)",
        "chosen(b=100, of=[[0],[1,-1],[-2],[0-9]])", "grid(width=45, rx=3, ry=2)",
        "grid_neighborhood(width=50, kx=7, ky=4)", "swin(width=44, b=8, shift=3)",
    };
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
        for (int b = 0; b < 2; b++) {
            Pattern *p = picture_bind(text[k], 2003, (Background)b, NULL);
            int64_t  total, sum = 0, count;
            for (int64_t i = 0; i < 2003; i++) {
                assert_int_equal(pattern_count(p, i, &count), STATUS_OK);
                sum += count;
            }
            assert_int_equal(pattern_total(p, &total), STATUS_OK);
            if (total != sum)
                fail_msg("%s: %lld, not %lld", text[k], (long long)total, (long long)sum);
            pattern_free(p);
        }
    }
}

static void the_largest_text_is_counted_at_once(void **state)
{
    (void)state;
    const int64_t n = 2147483647;
    static const struct {
        const char *text;
        int64_t     i, count;
        const char *row;
    } row[] = {
        {"window(w=4)", 2147483646, 4, "2147483643-2147483646"},
        {"sink(s=2) | window(w=4)", 2147483646, 6, "0-1 2147483643-2147483646"},
        {"block(b=1000000, back=1)", 2147483646, 1483647, "2146000000-2147483646"},
        {"band(left=3, step=1000000000)", 2147483646, 3, "147483646 1147483646 2147483646"},
        {"full - window(w=2147483647)", 5, 0, ""},
        {"keys(at=[-2147483647,-1,2147483647])", 2147483646, 2, "0 2147483646"},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        Pattern *p = picture_bind(row[k].text, n, BACKGROUND_CAUSAL, NULL);
        Runs     runs = {0};
        char     text[100];
        int64_t  count;
        assert_int_equal(pattern_row(p, row[k].i, &runs), STATUS_OK);
        runs_print(&runs, " ", text, sizeof text);
        assert_string_equal(text, row[k].row);
        assert_int_equal(pattern_count(p, row[k].i, &count), STATUS_OK);
        assert_int_equal(count, row[k].count);
        runs_done(&runs);
        pattern_free(p);
    }
}

static void totals_of_the_largest_text_do_not_overflow(void **state)
{
    (void)state;
    const int64_t n = 2147483647;
    static const struct {
        const char *text;
        Background  background;
        int64_t     total;
    } sum[] = {
        {"full", BACKGROUND_CAUSAL, INT64_C(2305843008139952128)},
        {"full", BACKGROUND_BIDIRECTIONAL, INT64_C(4611686014132420609)},
        {"band(left=2147483647, right=2147483647)", BACKGROUND_BIDIRECTIONAL,
         INT64_C(4611686014132420609)},
        {"stride(s=1)", BACKGROUND_BIDIRECTIONAL, INT64_C(4611686014132420609)},
        {"columns(period=1, count=1)", BACKGROUND_CAUSAL, INT64_C(2305843008139952128)},
        {"columns(period=2147483647, count=2147483647)", BACKGROUND_CAUSAL,
         INT64_C(2305843008139952128)},
        {"block(b=1, back=2147483647, ahead=2147483647)", BACKGROUND_BIDIRECTIONAL,
         INT64_C(4611686014132420609)},
        {"block(b=2147483647, back=2147483647, ahead=2147483647)", BACKGROUND_BIDIRECTIONAL,
         INT64_C(4611686014132420609)},
        {"axial(width=1)", BACKGROUND_BIDIRECTIONAL, INT64_C(4611686014132420609)},
        {"global(at=[0-2147483647])", BACKGROUND_BIDIRECTIONAL, INT64_C(4611686014132420609)},
        {"prefix(p=2147483647)", BACKGROUND_BIDIRECTIONAL, INT64_C(4611686014132420609)},
        {"window(w=2147483647)", BACKGROUND_CAUSAL, INT64_C(2305843008139952128)},
        {"dilated(w=2147483647, d=2147483647)", BACKGROUND_CAUSAL, INT64_C(2147483647)},
    };
    for (size_t k = 0; k < sizeof sum / sizeof *sum; k++) {
        Pattern *p = picture_bind(sum[k].text, n, sum[k].background, NULL);
        int64_t  total;
        assert_int_equal(pattern_total(p, &total), STATUS_OK);
        if (total != sum[k].total) fail_msg("%s: %lld", sum[k].text, (long long)total);
        pattern_free(p);
    }
}

static void a_row_of_too_many_runs_is_refused_not_attempted(void **state)
{
    (void)state;
    Pattern *p = picture_bind("stride(s=2)", 2147483647, BACKGROUND_CAUSAL, NULL);
    Runs     runs = {0};
    int64_t  count;
    assert_int_equal(pattern_count(p, 2147483646, &count), STATUS_OK);
    assert_int_equal(count, 1073741824);
    assert_int_equal(pattern_row(p, 2147483646, &runs), STATUS_MEMORY);
    runs_done(&runs);
    pattern_free(p);
}

/* ---- the catalogue ---- */

static void every_atom_of_the_catalogue_is_tested_here_or_reads_content(void **state)
{
    (void)state;
    for (int k = 0; k < catalogue_count(); k++) {
        const Mechanism *m = catalogue_at(k);
        bool             tested = m->expansion || m->class != CLASS_POSITIONAL;
        for (int a = 0; a < ATOMS; a++) tested = tested || strcmp(atoms[a].name, m->name) == 0;
        for (const Atom *atom = atom_structured; atom->name; atom++) tested = tested || strcmp(atom->name, m->name) == 0;
        tested = tested || strcmp("random", m->name) == 0; /* test_random.c */
        if (!tested) fail_msg("%s has no definition in this test", m->name);
    }
}

static void the_catalogue_is_sorted_found_and_complete(void **state)
{
    (void)state;
    int designs = 0;
    for (int k = 0; k < catalogue_count(); k++) {
        const Mechanism *m = catalogue_at(k);
        assert_ptr_equal(catalogue_find(m->name, strlen(m->name)), m);
        assert_non_null(m->sentence);
        assert_non_null(m->shape);
        assert_true(m->params <= MECHANISM_PARAMS);
        assert_true(m->expansion != NULL || m->row != NULL);
        if (k > 0 && (m->expansion != NULL) == (catalogue_at(k - 1)->expansion != NULL))
            assert_true(strcmp(catalogue_at(k - 1)->name, m->name) < 0);
        if (k > 0) assert_false(catalogue_at(k - 1)->expansion && !m->expansion);
        designs += m->expansion != NULL;
        for (int a = 0; a < m->params; a++) {
            assert_non_null(m->param[a].help);
            assert_non_null(m->param[a].unit);
            assert_true(m->param[a].kind != PARAM_INTEGER || m->param[a].min <= m->param[a].start);
            assert_true(m->param[a].kind != PARAM_INTEGER || m->param[a].start <= m->param[a].max);
        }
    }
    assert_true(designs >= 6);
    assert_null(catalogue_find("window2", 7));
    assert_null(catalogue_find("win", 3));
    assert_null(catalogue_find("window\0", 7));
    assert_ptr_equal(catalogue_find("windows", 6), catalogue_find("window", 6));
}

static void a_mistyped_name_leads_to_the_nearest_one(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *meant;
    } name[] = {{"windw", "window"},         {"wnidow", "window"},  {"colums", "columns"},
                {"sinks", "sink"},           {"dilate", "dilated"}, {"strides", "stride"},
                {"blok", "block"},           {"selv", "self"},      {"top_k", "topk"},
                {"Window", "window"},        {"FULL", "full"},      {"stream", "streaming"},
                {"axialattention", "axial"}, {"ful", "full"}};
    for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
        const char *found = catalogue_near(name[k].typed, strlen(name[k].typed));
        assert_non_null(found);
        assert_string_equal(found, name[k].meant);
    }
    assert_null(catalogue_near("transformer", 11));
    assert_null(catalogue_near("", 0));
    assert_null(catalogue_near("x", 1));
    const Mechanism *window = catalogue_find("window", 6);
    assert_string_equal(catalogue_near_param(window, "width", 5), "w");
    assert_string_equal(catalogue_near_param(window, "W", 1), "w");
    assert_null(catalogue_near_param(window, "size", 4));
    assert_string_equal(catalogue_near_param(catalogue_find("columns", 7), "perod", 5), "period");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_positional_atom_is_its_definition),
        cmocka_unit_test(closed_totals_equal_the_sum_of_closed_counts),
        cmocka_unit_test(the_largest_text_is_counted_at_once),
        cmocka_unit_test(totals_of_the_largest_text_do_not_overflow),
        cmocka_unit_test(a_row_of_too_many_runs_is_refused_not_attempted),
        cmocka_unit_test(every_atom_of_the_catalogue_is_tested_here_or_reads_content),
        cmocka_unit_test(the_catalogue_is_sorted_found_and_complete),
        cmocka_unit_test(a_mistyped_name_leads_to_the_nearest_one),
    };
    return cmocka_run_group_tests_name("atoms", tests, NULL, NULL);
}
