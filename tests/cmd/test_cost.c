#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/cmd/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_has(const char *line, const char *piece)
{
    Ran r = program_run(line, NULL);
    if (r.status || !strstr(r.out, piece)) fail_msg("attend %s\n%s%s", line, r.out, r.err);
    ran_done(&r);
}

static void assert_refused(const char *line, const char *piece)
{
    Ran r = program_run(line, NULL);
    if (!strstr(r.err, piece)) print_message("attend %s\n%s", line, r.err);
    assert_int_equal(r.status, 2);
    assert_string_equal(r.out, "");
    assert_non_null(strstr(r.err, piece));
    ran_done(&r);
}

/* ---- cost ---- */

static void a_stack_stands_beside_the_dense_one(void **state)
{
    (void)state;
    Ran r = program_run("cost '24x window(w=4096),8x full' --model llama-3.1-8b --context 131072 "
                        "--path 0:131071",
                        NULL);
    assert_int_equal(r.status, 0);
    static const char *const piece[] = {
        "Llama-3.1-8B, 24x window(w=4096), 8x full\n",
        "      24           4,096           4,096  window(w=4096)\n",
        "       8         131,072         131,072  full\n",
        "kept for one text             4.375 GiB           16 GiB    27.3 %\n",
        "attention, all tokens      1333.7 TFLOP     4503.6 TFLOP    29.6 %\n",
        "time of a step                 6.196 ms         9.922 ms    62.4 %\n",
        "hops from 0 to 131071: 1\n",
    };
    for (size_t k = 0; k < sizeof piece / sizeof *piece; k++)
        if (!strstr(r.out, piece[k])) fail_msg("%s is not in\n%s", piece[k], r.out);
    ran_done(&r);
}

static void json_has_the_keys_of_the_format(void **state)
{
    (void)state;
    Ran r = program_run("cost --model gemma-3-4b --context 10000 --batch 2 --json", NULL);
    assert_int_equal(r.status, 0);
    assert_string_equal(
        r.out,
        "{\"attend\":\"cost\",\"v\":1,\"model\":\"gemma-3-4b\","
        "\"stack\":\"(5x window(w=1024), 1x full) to 34\",\"context\":10000,\"batch\":2,"
        "\"bytes\":2,\"kv_bytes\":326434816,\"read_bytes\":326434816,\"flops\":4356468703232,"
        "\"step_ms\":2.511304367761194,\"layers\":[{\"count\":29,\"expr\":\"window(w=1024)\","
        "\"resident\":1024,\"read\":1024},{\"count\":5,\"expr\":\"full\",\"resident\":10000,"
        "\"read\":10000}],\"dense\":{\"kv_bytes\":1392640000,\"read_bytes\":1392640000,"
        "\"flops\":13927792640000,\"step_ms\":3.147844776119403}}\n");
    ran_done(&r);
}

static void options_change_the_bill(void **state)
{
    (void)state;
    const char *const full = "cost full --model llama-2-7b --context 131072 --json ";
    static const struct {
        const char *options, *piece;
    } row[] = {
        {"", "\"kv_bytes\":68719476736,"},
        {"--kv-heads 8", "\"kv_bytes\":17179869184,"},
        {"--kv-heads 1 --bytes 1", "\"kv_bytes\":1073741824,"},
        {"--bytes .5", "\"kv_bytes\":17179869184,"},
        {"--kv-heads 1 --bandwidth .864 --efficiency 0.5 --batch 4",
         "\"step_ms\":51.087"}, /* (13.48 GB + 4 * 2 GiB) / 432 GB/s */
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        char line[300];
        snprintf(line, sizeof line, "%s%s", full, row[k].options);
        assert_has(line, row[k].piece);
    }
}

static void what_is_not_known_is_null_and_said(void **state)
{
    (void)state;
    assert_has("cost --model deepseek-v3.2 --context 4096 --json",
               "\"flops\":null,\"step_ms\":null");
    assert_has("cost --model deepseek-v3.2 --context 4096", "no time is computed");
    assert_has("cost --model gpt-oss-20b --context 4096 --json", "\"step_ms\":null");
    assert_has("cost 'nsa(b=64, k=16, w=512)' --model gpt-2-small --context 4096", "at most");
    assert_has("cost 'nsa(b=64, k=16, w=512)' --model gpt-2-small --context 4096 --json",
               "\"read\":1536,\"at_most\":true");
    assert_has("cost --model phi-3-mini-4k --context 8192", "was made for texts of 4096 tokens");
}

static void hops_count_guaranteed_parts_only(void **state)
{
    (void)state;
    assert_has("cost 'topk(k=64)' --model gpt-2-small --context 1024 --path 5:1000", "never");
    assert_has("cost 'moba(b=64, k=4)' --model gpt-2-small --context 1024 --path 1000:1010 --json",
               "\"hops\":1}");
    assert_has("cost 'window(w=8)' --model gpt-2-small --context 1024 --path 0:84 --json",
               "\"hops\":12}");
    assert_has("cost 'window(w=8)' --model gpt-2-small --context 1024 --path 0:85 --json",
               "\"hops\":null}");
}

static void presets_are_listed(void **state)
{
    (void)state;
    assert_has("cost --model list", "gemma-3-12b          48     16        8    256  "
                                    "(5x window(w=1024), 1x full) to 48\n");
    assert_has("cost --model list",
               "deepseek-v3.2        61    128   latent    576  topk(k=2048)\n");
    assert_has("cost --model list --json", "{\"id\":\"gpt-2-small\",\"name\":\"GPT-2 small\",");
}

static void what_can_not_be_billed_is_refused(void **state)
{
    (void)state;
    assert_refused("cost full --context 10", "--model is missing; --model list prints all");
    assert_refused("cost full --model lama-3.1-8b --context 10", "did you mean llama-3.1-8b?");
    assert_refused("cost full --model qqqqqqqq --context 10", "--model list prints all");
    assert_refused("cost full --model llama-3.1-8b", "--context is missing");
    assert_refused("cost full full --model llama-3.1-8b --context 10", "one stack, in quotes");
    assert_refused("cost '31x full' --model llama-3.1-8b --context 10",
                   "the stack has 31 layers, the model 32");
    assert_refused("cost '31x full, windw' --model llama-3.1-8b --context 10",
                   "stack, column 11: there is no pattern \"windw\"; did you mean \"window\"?\n"
                   "    31x full, windw\n"
                   "              ^\n");
    assert_refused("cost full --model llama-3.1-8b --context 10 --kv-heads 5", "32 heads");
    assert_refused("cost --model deepseek-v3.2 --context 10 --kv-heads 8", "one latent vector");
    assert_refused("cost full --model llama-3.1-8b --context 10 --bytes 0", "above 0");
    assert_refused("cost full --model llama-3.1-8b --context 10 --efficiency 1.5", "at most 1");
    assert_refused("cost full --model llama-3.1-8b --context 10 --bandwidth 3,35",
                   "--bandwidth 3,35");
    assert_refused("cost full --model llama-3.1-8b --context 10 --path 3", "two positions");
    assert_refused("cost full --model llama-3.1-8b --context 10 --path 3:10", "from 0 to 9");
    assert_refused("cost full --model llama-3.1-8b --context 999999999", "--context");
}

/* ---- explain ---- */

static void explain_tells_what_a_cache_holds(void **state)
{
    (void)state;
    assert_has("explain 'window(w=128)' --n 1000 --step 500",
               "cache       after step 500: 374-500: 127 of 501 keys\n"
               "nested      yes: a cache can hold just what the next row reads\n");
    assert_has("explain 'stride(s=4)' --step 9",
               "cache       after step 9: 0-9: 10 of 10 keys\n"
               "nested      no: a row reads a key that the row before did not\n");
    assert_has("explain 'block(b=4)' --step 7", "cache       after step 7: nothing: 0 of 8 keys\n");
    assert_has("explain 'window(w=128)' --n 1000 --step 500 --json",
               "\"nested\":true,\"live\":{\"step\":500,\"count\":127,\"runs\":[[374,500]]},"
               "\"hops\":8,\"path\":null");
    /* the text goes on: the last step still keeps what the next one would read */
    assert_has("explain 'window(w=4)' --n 16 --step 15 --json",
               "\"live\":{\"step\":15,\"count\":3,\"runs\":[[13,15]]}");
}

static void explain_tells_hops_and_a_witness(void **state)
{
    (void)state;
    assert_has("explain 'window(w=4) | sink(s=2)' --path 2:15",
               "hops        2 to 15: 5, by 2 -> 3 -> 6 -> 9 -> 12 -> 15\n");
    assert_has("explain 'fixed(l=8, c=1)' --n 64 --path 0:63 --json",
               "\"hops\":2,\"path\":[0,7,63]");
    assert_has("explain 'block(b=4)' --path 0:15", "hops        0 to 15: never");
    assert_has("explain 'block(b=4)' --path 0:15 --json", "\"hops\":null,\"path\":null");
    assert_has("explain 'window(w=4)' --n 64", "hops        at most 21 from any key");
    assert_has("explain 'topk(k=4)'", "over these words");
    assert_has("explain 'streaming(s=1, w=4)' --n 4096", "ask for one: --path J:I");
    assert_has("explain 'window(w=4)' --row 12 --layers 3",
               "reach       row 12 in 3 layers: 3-12: 10 tokens\n");
    assert_refused("explain 'window(w=4)' --path 3-4", "two positions from 0 to 15");
    assert_refused("explain 'window(w=4)' --step 16", "--step");
}

static void content_may_want_every_key_and_policies_what_they_hold(void **state)
{
    (void)state;
    assert_has("explain 'topk(k=2)' --step 9", "cache       after step 9: 0-9: 10 of 10 keys\n");
    assert_has("explain 'tova(k=4)' --step 9", ": 4 of 10 keys\n");
    assert_has("explain 'heavy(h=2, r=3)' --step 9", ": 5 of 10 keys\n");
}

static void large_texts_are_explained_from_the_rule(void **state)
{
    (void)state;
    assert_has("explain 'window(w=4096) | sink(s=4) | stride(s=64)' --n 1048576 --step 99 "
               "--path 4:1048575 --json",
               "\"hops\":2,\"path\":[4,");
}

/* ---- show --layers ---- */

static void rows_through_layers_are_what_reaches_the_query(void **state)
{
    (void)state;
    assert_has("show 'window(w=4)' --n 64 --row 40 --layers 4 --as indices", "40: 28-40\n");
    assert_has("show 'window(w=4)' --n 64 --row 40 --layers 4 --as count", "40: 13\n");
    assert_has("show 'window(w=4096)' --n 1000000 --row 999999 --layers 32 --as count",
               "999999: 131041\n");
    assert_has("show 'window(w=2)' --n 4 --layers 2 --bare", "#   \n##  \n### \n.###\n");
    assert_has("show 'window(w=2)' --n 4 --layers 2 --column 0 --as indices", "0: 0-2\n");
    assert_refused("show self --n 5000 --layers 2 --as total", "at most 2048");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stack_stands_beside_the_dense_one),
        cmocka_unit_test(json_has_the_keys_of_the_format),
        cmocka_unit_test(options_change_the_bill),
        cmocka_unit_test(what_is_not_known_is_null_and_said),
        cmocka_unit_test(hops_count_guaranteed_parts_only),
        cmocka_unit_test(presets_are_listed),
        cmocka_unit_test(what_can_not_be_billed_is_refused),
        cmocka_unit_test(explain_tells_what_a_cache_holds),
        cmocka_unit_test(explain_tells_hops_and_a_witness),
        cmocka_unit_test(content_may_want_every_key_and_policies_what_they_hold),
        cmocka_unit_test(large_texts_are_explained_from_the_rule),
        cmocka_unit_test(rows_through_layers_are_what_reaches_the_query),
    };
    return cmocka_run_group_tests(tests, program_start, program_finish);
}
