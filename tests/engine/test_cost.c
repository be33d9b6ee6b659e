#include "engine/cost.h"
#include "engine/reach.h"
#include "engine/size.h"
#include "tests/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const double GIB = 1073741824.0, MIB = 1048576.0;

/* A figure as a table prints it: what is computed rounds to it. */
static void assert_figure(const char *what, double value, const char *printed)
{
    const char *point = strchr(printed, '.');
    double      unit = point ? pow(10, -(double)strlen(point + 1)) : 1;
    if (fabs(value - strtod(printed, NULL)) > unit * 0.5000001)
        fail_msg("%s: %.9g, not %s", what, value, printed);
}

static CostBill bill_of(const Preset *model, const char *text, int64_t context, int64_t batch,
                        double bytes, double weights, double bandwidth, double efficiency)
{
    Stack           stack;
    CostLayer       layer[8];
    const CostTerms terms = {context, batch, bytes, weights, bandwidth, efficiency};
    assert_int_equal(
        stack_parse(text ? text : model->stack, strlen(text ? text : model->stack), &stack, NULL),
        STATUS_OK);
    assert_int_equal(stack_fit(&stack, model->layers, NULL), STATUS_OK);
    for (int k = 0; k < stack.recipes; k++)
        assert_int_equal(cost_layer(&stack.recipe[k], context, &layer[k], NULL), STATUS_OK);
    CostBill bill = cost_stack(&stack, layer, model, &terms);
    stack_done(&stack);
    return bill;
}

static CostBill plain(const Preset *model, const char *stack, int64_t context)
{
    return bill_of(model, stack, context, 1, 2, 0, 1, 1);
}

static Preset shape(int layers, int heads, int kv_heads, int width)
{
    return (Preset){.id = "shape",
                    .layers = layers,
                    .heads = heads,
                    .kv_heads = kv_heads,
                    .width = width,
                    .stack = "full"};
}

/* ---- the table of presets ---- */

static const struct {
    const char *id, *token_kib, *at_4k, *at_32k, *at_128k;
} table[] = {
    {"gpt-2-small", "36", ".141", "1.13", "4.5"},
    {"llama-2-7b", "512", "2", "16", "64"},
    {"llama-2-13b", "800", "3.125", "25", "100"},
    {"llama-2-70b", "320", "1.25", "10", "40"},
    {"llama-3-70b", "320", "1.25", "10", "40"},
    {"llama-3.1-70b", "320", "1.25", "10", "40"},
    {"qwen2.5-72b", "320", "1.25", "10", "40"},
    {"llama-3-8b", "128", ".5", "4", "16"},
    {"llama-3.1-8b", "128", ".5", "4", "16"},
    {"llama-3.1-405b", "504", "1.97", "15.75", "63"},
    {"llama-3.2-1b", "32", ".125", "1", "4"},
    {"llama-3.2-3b", "112", ".438", "3.5", "14"},
    {"mistral-7b", "128", ".5", ".5", ".5"},
    {"gemma-2-2b", "104", ".406", "1.83", "6.70"},
    {"gemma-2-9b", "336", "1.31", "5.91", "21.7"},
    {"gemma-2-27b", "368", "1.44", "6.47", "23.7"},
    {"gemma-3-1b", "26", ".026", ".136", ".511"},
    {"gemma-3-4b", "136", ".191", ".738", "2.61"},
    {"gemma-3-12b", "384", ".563", "2.31", "8.31"},
    {"gemma-3-27b", "496", ".719", "2.91", "10.4"},
    {"qwen2.5-7b", "56", ".219", "1.75", "7"},
    {"phi-3-mini-4k", "384", ".75", NULL, NULL},
    {"gpt-oss-20b", "48", ".097", ".753", "3.00"},
    {"gpt-oss-120b", "72", ".145", "1.13", "4.50"},
    {"deepseek-v3.2", "68.6", ".268", "2.14", "8.58"},
};

static void presets_keep_what_the_table_says(void **state)
{
    (void)state;
    static const int64_t at[] = {4096, 32768, 131072};
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
        const Preset *p = preset_find(table[k].id);
        assert_non_null(p);
        assert_figure(p->id, plain(p, "full", 1).kv_bytes / 1024, table[k].token_kib);
        const char *printed[] = {table[k].at_4k, table[k].at_32k, table[k].at_128k};
        for (int c = 0; c < 3; c++)
            if (printed[c]) assert_figure(p->id, plain(p, NULL, at[c]).kv_bytes / GIB, printed[c]);
    }
    int presets = 0;
    while (preset_at(presets)) presets++;
    assert_int_equal(presets, (int)(sizeof table / sizeof *table));
}

static void shares_of_the_dense_cache_are_the_stated_ones(void **state)
{
    (void)state;
    static const struct {
        const char *id, *share;
    } row[] = {{"gemma-3-4b", ".154"},
               {"gemma-3-12b", ".173"},
               {"gemma-2-9b", ".516"},
               {"gpt-oss-20b", ".5005"}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        const Preset *p = preset_find(row[k].id);
        assert_figure(row[k].id,
                      plain(p, NULL, 131072).kv_bytes / plain(p, "full", 131072).kv_bytes,
                      row[k].share);
    }
}

/* ---- the checked figures ---- */

static void llama_3_8b_is_as_checked(void **state)
{
    (void)state;
    const Preset *p = preset_find("llama-3-8b");
    assert_figure("crossover", cost_crossover(p), "61264");
    assert_figure("flops at 32 768", plain(p, NULL, 32768).flops / 1e12, "281.5");
    assert_figure("flops at 131 072", plain(p, NULL, 131072).flops / 1e12, "4503.6");
    assert_figure("share of the rest",
                  100 * plain(p, NULL, 32768).flops / (2 * p->parameters * 32768), "53");
    assert_figure("share of the rest",
                  100 * plain(p, NULL, 131072).flops / (2 * p->parameters * 131072), "214");
    CostBill bill = bill_of(p, NULL, 131072, 1, 2, 2 * p->parameters, 3.35e12, 1);
    assert_figure("kv", bill.kv_bytes / 1e9, "17.18");
    assert_figure("step", bill.step_seconds * 1e3, "9.9");
    assert_figure("kv share", 100 * bill.read_bytes / (bill.read_bytes + 2 * p->parameters), "52");
}

static void mistral_7b_is_as_checked(void **state)
{
    (void)state;
    const Preset *p = preset_find("mistral-7b");
    assert_figure("32 768", plain(p, NULL, 32768).flops / 1e12, "66.0");
    assert_figure("131 072", plain(p, NULL, 131072).flops / 1e12, "277.1");
    assert_figure("the window as a mask only", plain(p, "full", 32768).kv_bytes / MIB, "4096");
    assert_figure("the window as a ring", plain(p, NULL, 131072).kv_bytes / MIB, "512");
}

static void choosing_is_read_too(void **state)
{
    (void)state;
    const Preset *p = preset_find("deepseek-v3.2");
    CostBill      bill = plain(p, NULL, 131072);
    assert_true(bill.read_bytes == 61 * (576 * 2.0 * 2048 + 132.0 * 131072));
    assert_figure("indexer keys a token", 61 * p->choosing / 1024, "7.9");
    assert_true(bill.flops == COST_UNKNOWN && bill.step_seconds == COST_UNKNOWN);
    Preset quest = shape(1, 1, 1, 64); /* bounds: two vectors a page */
    assert_true(plain(&quest, "quest(p=16, k=4)", 1024).read_bytes == 2 * 64 * 2.0 * (64 + 64));
    assert_true(plain(&quest, "moba(b=16, k=4)", 1024).read_bytes == 2 * 64 * 2.0 * 64);
}

/* ---- one table for all designs: 7B shape, 8 KV heads, 65 536 tokens ---- */

static void designs_compare_as_in_the_course(void **state)
{
    (void)state;
    static const struct {
        const char *stack, *kept, *read, *tflop;
    } row[] = {
        {"full", "8.000", "8.000", "1125.9"},
        {"window(w=4096)", ".500", ".500", "136.3"},
        {"8x full, 24x window(w=4096)", "2.375", "2.375", "383.7"},
        {"streaming(s=4, w=4092)", ".500", ".500", "136.3"},
        {"strided(l=256)", "8.000", ".062", "13.2"},
        {"fixed(l=256, c=16)", ".529", ".529", "74.5"},
        {"log", "8.000", ".002", ".5"},
        {"topk(k=2048)", "8.000", ".250", "69.3"},
    };
    Preset p = shape(32, 32, 8, 128);
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        CostBill bill = plain(&p, row[k].stack, 65536);
        assert_figure(row[k].stack, bill.kv_bytes / GIB, row[k].kept);
        assert_figure(row[k].stack, bill.read_bytes / GIB, row[k].read);
        assert_figure(row[k].stack, bill.flops / 1e12, row[k].tflop);
        assert_false(bill.at_most);
    }
}

/* ---- case studies ---- */

static const struct {
    const char *stack;
    int         layers, heads, kv_heads;
    int64_t     context, batch;
    double      bytes, weights_gb, bandwidth, efficiency;
    const char *kept_gib, *step_ms, *tflop; /* NULL: not stated */
} study[] = {
    {"20x full, 60x window(w=4096)", 80, 64, 8, 131072, 16, 2, 141.1, 26.8e12, .6, "10.94", "20.5",
     NULL},
    {"full", 80, 64, 8, 131072, 16, 2, 141.1, 26.8e12, .6, "40", "51.5", NULL},
    {"full", 80, 64, 8, 131072, 16, 1, 141.1, 26.8e12, .6, "20", "30.1", NULL},
    {"window(w=4096)", 80, 64, 8, 131072, 16, 2, 141.1, 26.8e12, .6, NULL, "10.1", NULL},
    {"8x full, 24x window(w=4096)", 32, 32, 4, 65536, 4, 2, 13.48, .864e12, 1, "1.19", "21.5",
     NULL},
    {"8x full, 24x window(w=4096)", 32, 32, 8, 65536, 4, 2, 13.48, .864e12, 1, "2.38", "27.4",
     NULL},
    {"full", 32, 32, 8, 65536, 4, 2, 13.48, .864e12, 1, "8", "55.4", NULL},
    {"full", 32, 32, 4, 65536, 4, 2, 13.48, .864e12, 1, "4", "35.5", NULL},
    {"window(w=4096)", 32, 32, 8, 65536, 4, 2, 13.48, .864e12, 1, ".5", "18.1", NULL},
    {"full", 32, 32, 1, 65536, 4, 2, 13.48, .864e12, 1, "1", "20.6", NULL},
    {"window(w=8192)", 40, 40, 40, 65536, 1, 2, 0, 1, 1, "6.25", NULL, NULL},
    {"4x full, 36x window(w=4096)", 40, 40, 8, 65536, 1, 2, 0, 1, 1, "1.56", NULL, "368"},
    {"fixed(l=128, c=8)", 40, 40, 8, 65536, 1, 2, 0, 1, 1, ".64", NULL, "113"},
    {"full", 40, 40, 1, 65536, 1, 2, 0, 1, 1, "1.25", NULL, "1759"},
    {"streaming(s=4, w=8192)", 40, 40, 8, 65536, 1, 2, 0, 1, 1, "1.25", NULL, "413"},
    {"20x full, 60x window(w=4096)", 80, 64, 8, 200000, 1, 2, 0, 1, 1, "16.20", NULL, NULL},
    {"full", 80, 64, 4, 200000, 1, 1, 0, 1, 1, "15.26", NULL, NULL},
    {"streaming(s=4, w=32768)", 80, 64, 8, 200000, 1, 2, 0, 1, 1, "10.0", NULL, NULL},
    {"topk(k=2048)", 80, 64, 8, 200000, 1, 2, 0, 1, 1, "61.0", NULL, NULL},
    {"full", 80, 64, 1, 200000, 1, 2, 0, 1, 1, "7.63", NULL, NULL},
    {"fixed(l=512, c=32)", 32, 32, 8, 131072, 1, 2, 0, 1, 1, "1.06", NULL, NULL},
    {"8x full, 24x window(w=4096)", 32, 32, 8, 131072, 1, 2, 0, 1, 1, "4.38", NULL, NULL},
    {"streaming(s=64, w=4096)", 32, 32, 8, 131072, 1, 2, 0, 1, 1, ".51", NULL, NULL},
    {"topk(k=2048)", 32, 32, 8, 131072, 1, 2, 0, 1, 1, "16", NULL, NULL},
    {"sink(s=12288) | window(w=8192)", 32, 32, 8, 65536, 1, 2, 0, 1, 1, "2.50", NULL, NULL},
    {"topk(k=4096)", 32, 32, 8, 65536, 1, 2, 0, 1, 1, "8", NULL, NULL},
    {"window(w=2048) | columns(period=256, count=16)", 28, 24, 4, 60000, 1, 1, 1.8, .06e12, 1,
     ".151", "32.7", "78"},
    {"4x full, 24x window(w=2048)", 28, 24, 4, 60000, 1, 1, 1.8, .06e12, 1, ".276", "34.9", "124"},
    {"full", 28, 24, 1, 60000, 1, 1, 1.8, .06e12, 1, ".401", "37.2", "619"},
    {"streaming(s=4, w=8192)", 28, 24, 4, 60000, 1, 1, 1.8, .06e12, 1, ".219", NULL, NULL},
    {"window(w=2048) | columns(period=256, count=16)", 28, 24, 8, 60000, 1, 2, 1.8, .06e12, 1,
     ".605", NULL, NULL},
    {"8x full, 24x window(w=4096)", 32, 32, 8, 8192, 64, 2, 13.48, 2.039e12, 1, ".625", "27.7",
     NULL},
    {"full", 32, 32, 4, 8192, 64, 2, 13.48, 2.039e12, 1, ".5", "23.5", NULL},
    {"full", 32, 32, 8, 8192, 64, 2, 13.48, 2.039e12, 1, "1", "40.3", NULL},
    {"topk(k=2048)", 32, 32, 8, 8192, 64, 2, 13.48, 2.039e12, 1, "1", "15.0", NULL},
    {"window(w=4096)", 32, 32, 8, 8192, 64, 2, 13.48, 2.039e12, 1, ".5", "23.5", NULL},
    {"full", 32, 32, 1, 8192, 64, 2, 13.48, 2.039e12, 1, ".125", "10.8", NULL},
    {"full", 32, 32, 32, 8192, 64, 2, 13.48, 2.039e12, 1, "4", "141", NULL},
};

static void case_studies_add_up(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof study / sizeof *study; k++) {
        Preset   p = shape(study[k].layers, study[k].heads, study[k].kv_heads, 128);
        CostBill bill =
            bill_of(&p, study[k].stack, study[k].context, study[k].batch, study[k].bytes,
                    study[k].weights_gb * 1e9, study[k].bandwidth, study[k].efficiency);
        if (study[k].kept_gib)
            assert_figure(study[k].stack, bill.kv_bytes / GIB, study[k].kept_gib);
        if (study[k].step_ms)
            assert_figure(study[k].stack, bill.step_seconds * 1e3, study[k].step_ms);
        if (study[k].tflop) assert_figure(study[k].stack, bill.flops / 1e12, study[k].tflop);
    }
}

static void a_chat_has_a_bound(void **state)
{
    (void)state;
    const Preset *p = preset_find("llama-2-7b");
    assert_figure("sinks and window", plain(p, "streaming(s=4, w=2000)", 20000).kv_bytes / MIB,
                  "1002");
    assert_figure("at most", plain(p, "streaming(s=4, w=2044)", 20000).kv_bytes / MIB, "1024");
    assert_figure("dense", plain(p, "full", 2049).kv_bytes / MIB, "1024.5");
}

static void reads_are_told_apart_from_what_is_kept(void **state)
{
    (void)state;
    Preset p = shape(80, 64, 8, 128);
    assert_figure("top-2048 reads", plain(&p, "topk(k=2048)", 200000).read_bytes / GIB, ".63");
    Preset seven = shape(32, 32, 8, 128);
    assert_figure("top-4096 reads", plain(&seven, "topk(k=4096)", 65536).read_bytes / GIB, ".5");
    Preset gemma = *preset_find("gemma-3-4b");
    assert_true(plain(&gemma, NULL, 10000).read_bytes == 79696 * 2 * 4 * 256 * 2.0);
    assert_figure("of dense",
                  100 * plain(&gemma, NULL, 10000).read_bytes /
                      plain(&gemma, "full", 10000).read_bytes,
                  "23.4");
}

static void hops_over_a_mixed_stack_are_one_where_a_layer_is_dense(void **state)
{
    (void)state;
    int64_t n = 65536, hops;
    Recipe  dense = picture_recipe("full"), window = picture_recipe("window(w=4096)"),
           best = picture_recipe("moba(b=64, k=3)");
    Pattern    *full, *band;
    ReachLayers stack[2];
    assert_int_equal(pattern_new(&dense, n, BACKGROUND_CAUSAL, NULL, &full, NULL), STATUS_OK);
    assert_int_equal(pattern_new(&window, n, BACKGROUND_CAUSAL, NULL, &band, NULL), STATUS_OK);
    stack[0] = (ReachLayers){24, band}, stack[1] = (ReachLayers){8, full};
    assert_int_equal(reach_stack_hops(stack, 2, 1000, 65000, &hops, NULL), STATUS_OK);
    assert_int_equal(hops, 1);
    stack[0].layers = 32;
    assert_int_equal(reach_stack_hops(stack, 1, 1000, 65000, &hops, NULL), STATUS_OK);
    assert_int_equal(hops, 16);
    stack[0].layers = 15;
    assert_int_equal(reach_stack_hops(stack, 1, 1000, 65000, &hops, NULL), STATUS_OK);
    assert_int_equal(hops, REACH_NEVER);
    pattern_free(full), pattern_free(band);
    recipe_done(&dense), recipe_done(&window), recipe_done(&best);
}

/* ---- sizes without content ---- */

static Size size_at(const char *expression, int64_t i)
{
    Recipe     r = picture_recipe(expression);
    SizeMaker *m;
    Size       size;
    assert_int_equal(size_new(&r, i + 1, &m, NULL), STATUS_OK);
    assert_int_equal(size_of(m, i, &size), STATUS_OK);
    size_free(m);
    recipe_done(&r);
    return size;
}

static void sizes_need_no_content(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        int64_t     i, keys;
        bool        exact;
    } row[] = {
        {"topk(k=64)", 10, 11, true},
        {"topk(k=64)", 100, 64, true},
        {"moba(b=8, k=3)", 5, 6, true},
        {"moba(b=8, k=3)", 12, 13, true},
        {"moba(b=8, k=3)", 20, 21, true},
        {"moba(b=8, k=3)", 50, 19, true},
        {"tova(k=64)", 500, 65, true},
        {"h2o(h=4, r=4)", 500, 9, true},
        {"snapkv(w=32, c=320, prompt=1000)", 1009, 330, true},
        {"snapkv(w=32, c=2048, prompt=10000)", 10499, 2548, true},
        {"topp(p=.9)", 99, 100, false},
        {"nsa(b=64, k=16, w=512)", 65535, 1536, false},
        {"topk(k=4) | full", 99, 100, true},
        {"topk(k=4) & window(w=2)", 99, 2, false},
        {"topk(k=4) & keys(at=[])", 99, 0, true},
        {"window(w=5) - topk(k=4)", 99, 5, false},
        {"window(w=5)", 99, 5, true},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        Size size = size_at(row[k].expression, row[k].i);
        if (size.keys != row[k].keys || size.exact != row[k].exact)
            fail_msg("%s, row %d: %d%s", row[k].expression, (int)row[k].i, (int)size.keys,
                     size.exact ? "" : " at most");
    }
}

static void a_formula_that_is_none_is_refused(void **state)
{
    (void)state;
    int64_t value;
    assert_true(formula_value("min(4, i+1) + floor(i/3)*2 - [i >= 7]", 9, &value));
    assert_int_equal(value, 4 + 6 - 1);
    static const char *const wrong[] = {"",   "i +", "min(i)",  "j",       "i/0",
                                        "(i", "i)",  "i mod 0", "[i > 3]", "9999999999999"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++)
        assert_false(formula_value(wrong[k], 3, &value));
}

static void caches_of_policies_are_bounded_and_of_choices_not(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        int64_t     resident;
    } row[] = {{"topk(k=4)", 1000},
               {"tova(k=64)", 65},
               {"heavy(h=30, r=70)", 101},
               {"topk(k=4) & window(w=9)", 9},
               {"topk(k=4) | window(w=9)", 1000},
               {"tova(k=64) | sink(s=4)", 69},
               {"window(w=9) - topk(k=2)", 9}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        Recipe    r = picture_recipe(row[k].expression);
        CostLayer layer;
        assert_int_equal(cost_layer(&r, 1000, &layer, NULL), STATUS_OK);
        if (layer.resident != row[k].resident)
            fail_msg("%s: %d", row[k].expression, (int)layer.resident);
        assert_true(layer.chooses);
        recipe_done(&r);
    }
}

static void multiply_adds_and_bytes_of_one_head(void **state)
{
    (void)state;
    assert_int_equal(cost_multiply_adds(81, 16, 8), 81 * 24);
    assert_true(cost_multiply_adds(INT64_MAX / 2, 64, 64) == INT64_MAX);
    assert_true(cost_cache_bytes(1000, 64, 64, 2) == 256000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(presets_keep_what_the_table_says),
        cmocka_unit_test(shares_of_the_dense_cache_are_the_stated_ones),
        cmocka_unit_test(llama_3_8b_is_as_checked),
        cmocka_unit_test(mistral_7b_is_as_checked),
        cmocka_unit_test(choosing_is_read_too),
        cmocka_unit_test(designs_compare_as_in_the_course),
        cmocka_unit_test(case_studies_add_up),
        cmocka_unit_test(a_chat_has_a_bound),
        cmocka_unit_test(reads_are_told_apart_from_what_is_kept),
        cmocka_unit_test(hops_over_a_mixed_stack_are_one_where_a_layer_is_dense),
        cmocka_unit_test(sizes_need_no_content),
        cmocka_unit_test(a_formula_that_is_none_is_refused),
        cmocka_unit_test(caches_of_policies_are_bounded_and_of_choices_not),
        cmocka_unit_test(multiply_adds_and_bytes_of_one_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
