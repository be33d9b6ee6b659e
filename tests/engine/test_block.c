/* Blocks of a picture, counted from the rule, against cells that are looked at one by one. */
#include "tests/engine/atom.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t SEED = 8117;
enum { ROUNDS = 4000, BLOCKS_MOST = 60, EXPRESSION = 9 * ATOM_TEXT };

static const char *const simple[] = {
    "full",
    "past",
    "self",
    "window(w=3)",
    "window(w=11)",
    "band(left=2, right=3)",
    "band(left=3, right=1, step=4)",
    "dilated(w=3, d=5)",
    "stride(s=4)",
    "stride(s=7, phase=2)",
    "columns(period=5, count=2)",
    "columns(period=3, count=1, from=0)",
    "block(b=4)",
    "block(b=3, back=1, ahead=1)",
    "block(b=5, back=-1, ahead=2)",
    "sink(s=3)",
    "sink(s=0)",
    "keys(at=[0,5-7,-1])",
    "keys(at=[1,-1], b=4)",
    "rows(at=[2,9-12,-2])",
    "rows(at=[0,-1], b=3)",
    "global(at=[4,-1])",
    "global(at=[0,-1], b=4)",
    "prefix(p=6)",
    "axial(width=5)",
    "random(r=2, seed=3)",
    "random(r=1, seed=5, b=3)",
    "random(r=2, seed=1, b=2, from=far)",
    "bigbird(b=3, r=1, seed=2)",
    "longnet(w=[4,8,16], r=[1,2,4])",
    "longformer(w=2, at=[3])",
    "fixed(l=6, c=2)",
    "strided(l=5)",
};
enum { SIMPLE = sizeof simple / sizeof *simple };

static int structured_atoms(void)
{
    int count = 0;
    while (atom_structured[count].name) count++;
    return count;
}

static void write_leaf(char *out, size_t size, int64_t n, Rng *rng)
{
    if (rng_int(rng, 0, 2)) {
        snprintf(out, size, "%s", simple[rng_int(rng, 0, SIMPLE - 1)]);
        return;
    }
    Case c = {.n = n};
    atom_structured[rng_int(rng, 0, structured_atoms() - 1)].draw(&c, rng);
    snprintf(out, size, "%s", c.text);
}

static void append(char *out, size_t size, const char *text)
{
    size_t len = strlen(out), more = strlen(text);
    assert_true(len + more < size);
    memcpy(out + len, text, more + 1);
}

static void write_bracketed(char *out, size_t size, const char *text)
{
    append(out, size, "(");
    append(out, size, text);
    append(out, size, ")");
}

/* Up to eight leaves, bracketed from the left or from the right. */
static void write_expression(char *out, size_t size, int64_t n, Rng *rng)
{
    static const char *const sign[] = {" | ", " | ", " & ", " - "};
    char                     before[EXPRESSION], leaf[ATOM_TEXT];
    write_leaf(out, size, n, rng);
    for (int64_t more = rng_int(rng, 0, rng_int(rng, 0, 3) ? 3 : 7); more > 0; more--) {
        bool left = rng_int(rng, 0, 1);
        memcpy(before, out, strlen(out) + 1);
        write_leaf(leaf, sizeof leaf, n, rng);
        out[0] = '\0';
        write_bracketed(out, size, left ? before : leaf);
        append(out, size, sign[rng_int(rng, 0, 3)]);
        write_bracketed(out, size, left ? leaf : before);
    }
}

static int64_t cells_of(const Pattern *p, int64_t i, int64_t i_end, int64_t j, int64_t j_end)
{
    int64_t cells = 0, n = pattern_n(p);
    for (; i < i_end && i < n; i++) {
        for (int64_t key = j; key < j_end && key < n; key++) {
            bool has;
            assert_int_equal(pattern_has(p, i, key, &has), STATUS_OK);
            cells += has;
        }
    }
    return cells;
}

static void check_blocks(const Pattern *p, const char *text, BlockGrid g)
{
    int64_t counts[BLOCKS_MOST];
    assert_true(g.rows * g.columns <= BLOCKS_MOST);
    memset(counts, 0xff, sizeof counts);
    assert_int_equal(pattern_block_counts(p, g, counts), STATUS_OK);
    for (int r = 0; r < g.rows; r++) {
        for (int c = 0; c < g.columns; c++) {
            int64_t i = g.i0 + r * g.k_rows, j = g.j0 + c * g.k_columns;
            int64_t cells = cells_of(p, i, i + g.k_rows, j, j + g.k_columns);
            if (counts[r * g.columns + c] != cells)
                fail_msg("%s, n=%d, %s: %dx%d cells at (%d, %d): %d, not %d", text,
                         (int)pattern_n(p), background_word(pattern_background(p)), (int)g.k_rows,
                         (int)g.k_columns, (int)i, (int)j, (int)counts[r * g.columns + c],
                         (int)cells);
        }
    }
}

static void blocks_hold_the_cells_that_are_in_them(void **state)
{
    (void)state;
    Rng rng = rng_seeded(SEED);
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (int round = 0; round < ROUNDS; round++) {
        char       text[EXPRESSION];
        int64_t    n = rng_int(&rng, 1, ATOM_LARGEST), total;
        Background background = (Background)rng_int(&rng, 0, 1);
        write_expression(text, sizeof text, n, &rng);
        Pattern  *p = picture_bind(text, n, background, NULL);
        BlockGrid g = {.i0 = rng_int(&rng, 0, 1) * rng_int(&rng, 0, n),
                       .j0 = rng_int(&rng, 0, 1) * rng_int(&rng, 0, n),
                       .k_rows = rng_int(&rng, 1, 9),
                       .k_columns = rng_int(&rng, 1, 9),
                       .rows = (int)rng_int(&rng, 0, 6),
                       .columns = (int)rng_int(&rng, 0, 10)};
        check_blocks(p, text, g);
        assert_int_equal(pattern_total(p, &total), STATUS_OK);
        if (total != cells_of(p, 0, n, 0, n))
            fail_msg("%s, n=%d: the total is %d", text, (int)n, (int)total);
        pattern_free(p);
    }
}

/* Past 16 leaves that ask for more than a distance rows are walked instead. */
static void many_leaves_are_counted_too(void **state)
{
    (void)state;
    char text[2000] = "self";
    for (int k = 0; k < 20; k++) {
        size_t len = strlen(text);
        snprintf(text + len, sizeof text - len, " | keys(at=[%d]) & rows(at=[%d])", 29 - k, k + 3);
    }
    Pattern *p = picture_bind(text, 30, BACKGROUND_BIDIRECTIONAL, NULL);
    check_blocks(p, text, (BlockGrid){.k_rows = 7, .k_columns = 5, .rows = 5, .columns = 6});
    pattern_free(p);
}

static void blocks_of_a_long_text_add_up_to_its_total(void **state)
{
    (void)state;
    static const char *const text[] = {
        "window(w=256) | sink(s=4) | stride(s=64)",
        "fixed(l=64, c=1)",
        "block(b=64) | columns(period=64, count=3) - sink(s=9)",
        "bigbird(b=512, r=3, seed=1)",
        "axial(width=1024)",
        "log | document(lens=[100000,7,300000])",
        "log(base=2, local=4, restart=1000) | global(at=[0,70000])",
        "longnet(w=[64,256,4096], r=[1,4,64])",
    };
    enum { N = 1 << 20, ROWS = 31, COLUMNS = 57 };
    int64_t *counts = calloc(ROWS * COLUMNS, sizeof *counts);
    assert_non_null(counts);
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
        for (int b = 0; b < 2; b++) {
            Pattern  *p = picture_bind(text[k], N, (Background)b, NULL);
            BlockGrid g = {.k_rows = N / ROWS + 1,
                           .k_columns = N / COLUMNS + 1,
                           .rows = ROWS,
                           .columns = COLUMNS};
            int64_t   sum = 0, total;
            assert_int_equal(pattern_block_counts(p, g, counts), STATUS_OK);
            for (int c = 0; c < ROWS * COLUMNS; c++) sum += counts[c];
            assert_int_equal(pattern_total(p, &total), STATUS_OK);
            assert_int_equal(sum, total);
            pattern_free(p);
        }
    }
    free(counts);
}

/* strided(l) has l(l+1)/2 + (n-l)l keys in its window, and query i reads floor(i/l) keys outside it,
 * for the distance l*floor(i/l) is at least l: the sum of floor(i/l) over i < n. */
static void totals_of_long_texts_are_their_closed_forms(void **state)
{
    (void)state;
    const int64_t n = 1 << 20, l = 64, m = n / l;
    Pattern      *p = picture_bind("window(w=64) | stride(s=64)", n, BACKGROUND_CAUSAL, NULL);
    int64_t       total;
    assert_int_equal(pattern_total(p, &total), STATUS_OK);
    assert_int_equal(total, n * l - l * (l - 1) / 2 + l * (m * (m - 1) / 2));
    pattern_free(p);
    p = picture_bind("sink(s=4) | window(w=256)", 2147483647, BACKGROUND_CAUSAL, NULL);
    assert_int_equal(pattern_total(p, &total), STATUS_OK);
    assert_int_equal(total, INT64_C(2147483647) * 260 - 260 * 259 / 2);
    pattern_free(p);
    p = picture_bind("full - self", 2147483647, BACKGROUND_BIDIRECTIONAL, NULL);
    assert_int_equal(pattern_total(p, &total), STATUS_OK);
    assert_int_equal(total, INT64_C(2147483647) * INT64_C(2147483646));
    pattern_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_hold_the_cells_that_are_in_them),
        cmocka_unit_test(many_leaves_are_counted_too),
        cmocka_unit_test(blocks_of_a_long_text_add_up_to_its_total),
        cmocka_unit_test(totals_of_long_texts_are_their_closed_forms),
    };
    return cmocka_run_group_tests_name("blocks", tests, NULL, NULL);
}
