#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/cmd/program.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GATE "'The code of the gate is 6194. It was cold. The code of the gate is '"

static void assert_prints(const char *line, const char *expected)
{
    Ran r = program_run(line, NULL);
    if (r.status) print_message("attend %s\n%s", line, r.err);
    assert_int_equal(r.status, 0);
    assert_string_equal(r.out, expected);
    assert_string_equal(r.err, "");
    ran_done(&r);
}

static void assert_says(const char *line, int status, const char *piece)
{
    Ran         r = program_run(line, NULL);
    const char *where = status ? r.err : r.out;
    if (r.status != status || !strstr(where, piece))
        print_message("attend %s\n  status %d\n%.300s\n%.300s\n", line, r.status, r.out, r.err);
    assert_int_equal(r.status, status);
    assert_non_null(strstr(where, piece));
    if (status) assert_string_equal(r.out, "");
    ran_done(&r);
}

static json_t *json_run(const char *line)
{
    Ran r = program_run(line, NULL);
    assert_int_equal(r.status, 0);
    json_t *value = json_loads(r.out, 0, NULL);
    if (!value) print_message("attend %s\n%.300s\n", line, r.out);
    assert_non_null(value);
    ran_done(&r);
    return value;
}

static double number(const json_t *object, const char *name)
{
    return json_number_value(json_object_get(object, name));
}

/* The held-out windows of a kind, one behind the other, as a file. */
static const char *held_out(const char *kind)
{
    static char path[4200];
    json_t     *all = json_load_file("lessons/model/heldout.json", JSON_ALLOW_NUL, NULL), *window;
    size_t      k;
    snprintf(path, sizeof path, "%s/held.txt", program_folder());
    FILE *f = fopen(path, "wb");
    assert_non_null(all);
    assert_non_null(f);
    json_array_foreach(json_object_get(all, kind), k, window) fputs(json_string_value(window), f);
    fclose(f);
    json_decref(all);
    return path;
}

static void a_fact_is_recalled_dense_and_lost_under_a_window(void **state)
{
    (void)state;
    assert_prints("model complete --text " GATE " --bytes 6 --pattern window(w=16)",
                  "text    The code of the gate is 6194. It was cold. The code of the gate is \n"
                  "dense   6194. \n"
                  "sparse  offfff\n");
    assert_prints("model complete --text " GATE " --bytes 4",
                  "text    The code of the gate is 6194. It was cold. The code of the gate is \n"
                  "dense   6194\n");
    assert_says("model complete --text " GATE " --bytes 4 --pattern topk(k=16)", 0,
                "sparse  6194\n");
    assert_says("model complete --text " GATE " --bytes 4 --pattern window(w=64)", 0,
                "sparse  6194\n");
    assert_says("model complete --text " GATE " --bytes 4 --pattern window(w=16) --layers 0", 0,
                "sparse  ");
}

static void the_continuation_as_json_is_two_strings(void **state)
{
    (void)state;
    json_t *v = json_run("model complete --text " GATE " --bytes 4 --pattern topk(k=16) --json");
    assert_string_equal(json_string_value(json_object_get(v, "dense")), "6194");
    assert_string_equal(json_string_value(json_object_get(v, "sparse")), "6194");
    json_decref(v);
}

static void eval_gives_the_bits_that_the_model_came_with(void **state)
{
    (void)state;
    char line[4400];
    snprintf(line, sizeof line, "model eval --text-file %s --pattern window(w=16) --json",
             held_out("english_windows"));
    json_t *v = json_run(line), *bits = json_object_get(v, "bits_per_byte");
    assert_int_equal(json_integer_value(json_object_get(v, "bytes")), 60 * 255);
    assert_true(fabs(number(bits, "dense") - 0.517) < 0.0006); /* lessons/model/README.md */
    assert_true(fabs(number(bits, "sparse") - 1.326) < 0.0006);
    assert_int_equal(json_array_size(json_object_get(v, "kept")), 4);
    for (size_t l = 0; l < 4; l++) {
        double kept = json_number_value(json_array_get(json_object_get(v, "kept"), l));
        assert_true(kept > 0 && kept < 1);
    }
    json_decref(v);
}

static void eval_says_which_layers_are_dense_and_in_how_many_windows(void **state)
{
    (void)state;
    char line[4400];
    assert_prints("model eval --text " GATE " --pattern 'full' --layers 1,3",
                  "layer   kept mass\n"
                  "    0   (dense)\n"
                  "    1   1.000\n"
                  "    2   (dense)\n"
                  "    3   1.000\n"
                  "bits per byte   dense 1.068   sparse 1.068   +0.000\n");
    assert_prints("model eval --text " GATE, "bits per byte   dense 1.068\n");
    snprintf(line, sizeof line, "model eval --text-file %s", held_out("public_windows"));
    assert_says(line, 0, "60 windows of at most 255 bytes\n");
}

static void every_head_has_a_line_with_what_it_looks_at(void **state)
{
    (void)state;
    json_t *v = json_run("model heads --text " GATE " --pattern window(w=8) --json");
    assert_int_equal(json_array_size(v), 16);
    for (size_t k = 0; k < 16; k++) {
        json_t *head = json_array_get(v, k);
        assert_int_equal(json_integer_value(json_object_get(head, "layer")), k / 4);
        assert_int_equal(json_integer_value(json_object_get(head, "head")), k % 4);
        assert_true(number(head, "score") > 0 && number(head, "score") <= 1);
        assert_true(fabs(number(head, "kept") - number(head, "last_8")) < 1e-6); /* the same keys */
        assert_true(number(head, "keys_90") >= 1);
    }
    const char *looks[] = {[11] = "diagonals(at=[1])", [14] = "sink(s=1)"};
    for (size_t k = 11; k < 15; k += 3)
        assert_string_equal(json_string_value(json_object_get(json_array_get(v, k), "template")),
                            looks[k]);
    json_decref(v);
    assert_says("model heads --text " GATE, 0,
                "layer  head   nearest template   score   last 8   key 0    90 %\n");
}

/* Every row: dense sums to 1, sparse is dense on the set by what it keeps. */
static void a_head_shows_its_weights_dense_and_sparse(void **state)
{
    (void)state;
    json_t *v = json_run("model show --text " GATE
                         " --layer 3 --head 2 --pattern 'topk(k=4) | self' --json"),
           *row;
    size_t i;
    assert_string_equal(json_string_value(json_object_get(v, "expr")), "topk(k=4) | self");
    assert_int_equal(json_integer_value(json_object_get(v, "n")), 68);
    json_array_foreach(json_object_get(v, "rows"), i, row)
    {
        json_t *dense = json_object_get(row, "dense"), *sparse = json_object_get(row, "sparse");
        double  all = 0, in = 0, off = 0, kept = number(row, "kept");
        int     keys = 0;
        assert_int_equal(json_array_size(dense), i + 1);
        for (size_t j = 0; j <= i; j++) {
            double a = json_number_value(json_array_get(dense, j)),
                   s = json_number_value(json_array_get(sparse, j));
            all += a;
            if (s > 0) in += a, keys++, off = fmax(off, fabs(s - a / kept));
        }
        assert_true(fabs(all - 1) < 1e-6);
        assert_true(fabs(in - kept) < 1e-5);
        assert_true(off < 1e-4);
        assert_true(keys <= json_integer_value(json_object_get(row, "count")));
    }
    assert_int_equal(i, 68);
    json_decref(v);
}

static void a_head_is_drawn_with_its_bytes(void **state)
{
    (void)state;
    assert_prints("model show --text 'ab' --layer 2 --head 3 --pattern self --layers 2",
                  "  key   $ab\n"
                  "    0 $ @\n"
                  "    1 a  @\n"
                  "    2 b   @\n"
                  "weights of layer 2, head 3: @ from 1/2, % 1/4, # 1/8, * 1/16, + 1/32, = 1/64, - "
                  "1/128, : 1/256, . less; blank: skipped\n");
    assert_says("model show --text 'ab' --layer 2 --head 3 --as csv", 0,
                "query,key,scored,score,dense,sparse\n0,0,1,");
}

static void what_can_not_be_is_said_with_the_remedy(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        int         status;
        const char *piece;
    } row[] = {
        {"model", 2, "one of eval, heads, show and complete"},
        {"model foo --text a", 2, "one of eval, heads, show and complete"},
        {"model eval", 2, "--text S or --text-file F is missing"},
        {"model eval --text ''", 2, "there is no byte in it"},
        {"model eval --text a --text-file b", 2, "exclude each other"},
        {"model eval --text-file /nowhere/x", 4, "there is no such file"},
        {"model eval --text a --pattern windw(w=2)", 2, "did you mean \"window\"?"},
        {"model eval --text a --pattern self --layers 4", 2, "layers from 0 to 3"},
        {"model eval --text a --pattern self --layers 2-1", 2, "layers from 0 to 3"},
        {"model eval --text a --pattern self --layers 1,", 2, "layers from 0 to 3"},
        {"model eval --text a --layers 1", 2, "--pattern is missing"},
        {"model eval --text a --head 1", 2, "--head does not go with model eval"},
        {"model heads --text a --bytes 1", 2, "--bytes does not go with model heads"},
        {"model show --text a --layer 1", 2, "--head is missing: 0 to 3"},
        {"model show --text a --head 1", 2, "--layer is missing: 0 to 3"},
        {"model show --text a --layer 4 --head 1", 2, "4 is not in 0 to 3"},
        {"model complete --text a --bytes 256", 2, "256 is not in 1 to 255"},
        {"model eval --text a --path tests", 3, "no lessons there"},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++)
        assert_says(row[k].line, row[k].status, row[k].piece);
}

static void a_longer_text_is_shown_in_windows_and_not_completed(void **state)
{
    (void)state;
    char line[4400], complete[4500];
    snprintf(line, sizeof line, "model show --text-file %s --layer 0 --head 0",
             held_out("public_windows"));
    assert_says(line, 0, "bytes 255-509 of 15300, window 2 of 60\n");
    snprintf(complete, sizeof complete, "%s --as csv", line);
    assert_says(complete, 2, "--as csv shows one window");
    snprintf(complete, sizeof complete, "model complete --text-file %s",
             held_out("public_windows"));
    assert_says(complete, 2, "more than the model's context, 256");
}

static void a_course_without_a_model_says_so(void **state)
{
    (void)state;
    char line[600], file[600];
    snprintf(file, sizeof file, "%s/1-x.lua", program_folder());
    FILE *f = fopen(file, "w");
    assert_non_null(f);
    fclose(f);
    snprintf(line, sizeof line, "model eval --text a --path %s", program_folder());
    assert_says(line, 4, "model/config.json: there is no such file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fact_is_recalled_dense_and_lost_under_a_window),
        cmocka_unit_test(the_continuation_as_json_is_two_strings),
        cmocka_unit_test(eval_gives_the_bits_that_the_model_came_with),
        cmocka_unit_test(eval_says_which_layers_are_dense_and_in_how_many_windows),
        cmocka_unit_test(every_head_has_a_line_with_what_it_looks_at),
        cmocka_unit_test(a_head_shows_its_weights_dense_and_sparse),
        cmocka_unit_test(a_head_is_drawn_with_its_bytes),
        cmocka_unit_test(what_can_not_be_is_said_with_the_remedy),
        cmocka_unit_test(a_longer_text_is_shown_in_windows_and_not_completed),
        cmocka_unit_test(a_course_without_a_model_says_so),
    };
    return cmocka_run_group_tests(tests, program_start, program_finish);
}
