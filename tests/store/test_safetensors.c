#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/base/text.h"
#include "app/store/model.h"
#include "app/store/safetensors.h"
#include "tests/store/folder.h"

#include <math.h>

static int start(void **state)
{
    (void)state;
    folder_new();
    return 0;
}

static int finish(void **state)
{
    (void)state;
    folder_remove(folder_path);
    return 0;
}

/* ---- files ---- */

/* A file of that header, and len bytes of numbers. */
static void write_file(const char *header, const void *numbers, size_t len)
{
    Text   t = {0};
    size_t size = strlen(header);
    for (int k = 0; k < 8; k++) text_add_char(&t, (char)(size >> (8 * k) & 255));
    text_add(&t, header);
    text_add_bytes(&t, numbers, len);
    folder_write("model.safetensors", t.at, t.len);
    text_done(&t);
}

static Status open_file(Safetensors *out, Why *why)
{
    return safetensors_open(folder_file("model.safetensors"), "m.safetensors", out, why);
}

/* Refused with a sentence that holds the piece and names the file. */
static void assert_refused(const char *header, size_t data, const char *piece)
{
    static const char zeros[256];
    Safetensors       s;
    Why               why = {0};
    write_file(header, zeros, data);
    Status status = open_file(&s, &why);
    if (status == STATUS_OK || !strstr(why.what, piece))
        print_message("%s\n  %s\n", header, why.what);
    assert_int_equal(status, STATUS_DAMAGED);
    assert_non_null(strstr(why.what, piece));
    assert_memory_equal(why.what, "m.safetensors: ", 15);
    assert_int_equal(s.fd, -1);
    assert_null(s.tensor);
}

#define ENTRY(type, shape, from, to)                                                               \
    "{\"dtype\":\"" type "\",\"shape\":" shape ",\"data_offsets\":[" #from "," #to "]}"

static void numbers_of_all_three_types_are_read(void **state)
{
    (void)state;
    const unsigned char data[] = {0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00,
                                  0xFF, 0x7B, 0x00, 0x80, 0x00, 0x7C, /* F16 */
                                  0x80, 0x3F, 0x20, 0xC0,             /* BF16 */
                                  0x00, 0x00, 0x80, 0xBE};            /* F32 */
    const float         half[] = {1, -2, 0x1p-24f, 65504, -0.0f, INFINITY};
    float               x[6];
    Safetensors         s;
    Why                 why = {0};
    write_file(
        "{\"__metadata__\":{\"format\":\"pt\"},\"c\":" ENTRY("F32", "[]", 16, 20) ",\"a\":" ENTRY(
            "F16", "[2,3]", 0, 12) ",\"b\":" ENTRY("BF16", "[2]", 12, 16) "}   ",
        data, sizeof data);
    assert_int_equal(open_file(&s, &why), STATUS_OK);
    assert_int_equal(s.tensors, 3);
    assert_string_equal(s.tensor[0].name, "a");
    assert_int_equal(safetensors_read(&s, safetensors_find(&s, "a"), x, &why), STATUS_OK);
    assert_memory_equal(x, half, sizeof half);
    assert_int_equal(safetensors_read(&s, safetensors_find(&s, "b"), x, &why), STATUS_OK);
    assert_true(x[0] >= 1 && x[0] <= 1 && x[1] >= -2.5f && x[1] <= -2.5f);
    assert_int_equal(safetensors_read(&s, safetensors_find(&s, "c"), x, &why), STATUS_OK);
    assert_true(x[0] >= -0.25f && x[0] <= -0.25f);
    assert_null(safetensors_find(&s, "d"));
    safetensors_close(&s);
}

static void every_half_is_what_its_bits_say(void **state)
{
    (void)state;
    static unsigned char data[2 * 65536];
    static float         x[65536];
    Safetensors          s;
    for (int h = 0; h < 65536; h++)
        data[2 * h] = (unsigned char)(h & 255), data[2 * h + 1] = (unsigned char)(h >> 8);
    write_file("{\"a\":" ENTRY("F16", "[65536]", 0, 131072) "}", data, sizeof data);
    assert_int_equal(open_file(&s, NULL), STATUS_OK);
    assert_int_equal(safetensors_read(&s, s.tensor, x, NULL), STATUS_OK);
    for (int h = 0; h < 65536; h++) {
        int    exponent = h >> 10 & 31, fraction = h & 1023;
        double size = exponent == 0 ? ldexp(fraction, -24) : ldexp(1024 + fraction, exponent - 25);
        if (exponent == 31) size = fraction ? NAN : INFINITY;
        double want = h & 0x8000 ? -size : size;
        assert_true(isnan(want) ? isnan(x[h])
                                : memcmp(&x[h], &(float){(float)want}, sizeof(float)) == 0);
    }
    safetensors_close(&s);
}

static void what_is_no_safetensors_file_is_refused_by_name(void **state)
{
    (void)state;
    assert_refused("", 0, "not a JSON object");
    assert_refused("[]", 0, "not a JSON object");
    assert_refused("{\"a\":1}", 0, "\"a\": it has no entry");
    assert_refused("{\"a\":" ENTRY("I64", "[1]", 0, 8) "}", 8,
                   "\"a\": its type is not F32, F16 or BF16");
    assert_refused("{\"a\":" ENTRY("F32", "[1,1,1,1,1]", 0, 4) "}", 4, "at most 4 lengths");
    assert_refused("{\"a\":" ENTRY("F32", "[-1]", 0, 4) "}", 4, "lengths");
    assert_refused("{\"a\":" ENTRY("F32", "[1.5]", 0, 4) "}", 4, "lengths");
    assert_refused("{\"a\":" ENTRY("F32", "[1000000,1000000,1000000,1000000]", 0, 4) "}", 4,
                   "lengths");
    assert_refused("{\"a\":" ENTRY("F32", "[99999999999999999999]", 0, 4) "}", 4,
                   "not a JSON object");
    assert_refused("{\"a\":" ENTRY("F32", "[2]", 0, 8) "}", 4, "not inside the file");
    assert_refused("{\"a\":" ENTRY("F32", "[1]", 4, 0) "}", 4, "not inside the file");
    assert_refused("{\"a\":" ENTRY("F32", "[1]", -4, 0) "}", 4, "not inside the file");
    assert_refused("{\"a\":" ENTRY("F32", "[2]", 0, 4) "}", 4,
                   "not as long as its shape and type say");
    assert_refused("{\"a\":" ENTRY("F32", "[1]", 0, 4) ",\"b\":" ENTRY("F32", "[1]", 8, 12) "}", 12,
                   "\"b\": there is a gap");
    assert_refused("{\"a\":" ENTRY("F32", "[2]", 0, 8) ",\"b\":" ENTRY("F32", "[2]", 4, 12) "}", 12,
                   "\"b\": it overlaps");
    assert_refused("{\"a\":" ENTRY("F32", "[1]", 0, 4) "}", 8, "bytes behind the last tensor");
    assert_refused("{\"a\":" ENTRY("F32", "[1]", 0, 4) ",\"a\":" ENTRY("F32", "[1]", 4, 8) "}", 8,
                   "not a JSON object");
}

static void what_is_too_large_or_not_there_is_said(void **state)
{
    (void)state;
    Safetensors s;
    Why         why = {0};
    Text        many = {0};
    folder_text("model.safetensors", "abc");
    assert_int_equal(open_file(&s, &why), STATUS_DAMAGED);
    assert_non_null(strstr(why.what, "too short"));
    folder_write("model.safetensors", "\377\377\377\377\377\377\377\377{}", 10);
    assert_int_equal(open_file(&s, &why), STATUS_DAMAGED);
    assert_non_null(strstr(why.what, "longer than the file"));
    for (int k = 0; k < 131073; k++) text_add(&many, "        ");
    write_file(text_string(&many), "", 0);
    assert_int_equal(open_file(&s, &why), STATUS_LIMIT);
    assert_non_null(strstr(why.what, "at most 1 MiB"));
    text_clear(&many);
    text_add_char(&many, '{');
    for (int k = 0; k < 5000; k++) text_format(&many, "%s\"%d\":1", k ? "," : "", k);
    text_add_char(&many, '}');
    write_file(text_string(&many), "", 0);
    assert_int_equal(open_file(&s, &why), STATUS_LIMIT);
    assert_non_null(strstr(why.what, "at most 4096"));
    text_done(&many);
    assert_int_equal(safetensors_open(folder_file("nothing"), "nothing", &s, &why), STATUS_MISSING);
    assert_int_equal(safetensors_open(folder_path, "folder", &s, &why), STATUS_DAMAGED);
    assert_non_null(strstr(why.what, "folder: not a regular file"));
}

/* ---- a tiny model ---- */

/* Two layers, width 4, two query heads on one key head, inner 3, tied. */
static const char config[] =
    "{\"model_type\":\"llama\",\"hidden_size\":4,\"num_hidden_layers\":2,\"num_attention_heads\":2,"
    "\"num_key_value_heads\":1,\"intermediate_size\":3,\"vocab_size\":256,\"max_position_"
    "embeddings\":16,"
    "\"rope_theta\":10000.0,\"rms_norm_eps\":1e-5,\"tie_word_embeddings\":true}";

static const struct {
    const char *name;
    int         rows, cols;
} per_layer[] = {
    {"input_layernorm", 4, 0},  {"self_attn.q_proj", 4, 4}, {"self_attn.k_proj", 2, 4},
    {"self_attn.v_proj", 2, 4}, {"self_attn.o_proj", 4, 4}, {"post_attention_layernorm", 4, 0},
    {"mlp.gate_proj", 3, 4},    {"mlp.up_proj", 3, 4},      {"mlp.down_proj", 4, 3}};

static void add_tensor(Text *header, const char *name, int rows, int cols, int *at)
{
    int end = *at + 2 * rows * (cols ? cols : 1);
    text_format(header, "%s\"%s\":{\"dtype\":\"F16\",\"shape\":[%d", header->len > 1 ? "," : "",
                name, rows);
    if (cols) text_format(header, ",%d", cols);
    text_format(header, "],\"data_offsets\":[%d,%d]}", *at, end);
    *at = end;
}

/* The file's header; the bytes of its numbers in *data. skip: a tensor left out; more: put in. */
static void tiny_header(const char *skip, const char *more, Text *header, int *data)
{
    char name[80];
    *data = 0;
    text_clear(header);
    text_add_char(header, '{');
    if (!skip || strcmp(skip, "model.norm.weight") != 0)
        add_tensor(header, "model.norm.weight", 4, 0, data);
    add_tensor(header, "model.embed_tokens.weight", 256, 4, data);
    for (int l = 0; l < 2; l++) {
        for (size_t k = 0; k < sizeof per_layer / sizeof *per_layer; k++) {
            snprintf(name, sizeof name, "model.layers.%d.%s.weight", l, per_layer[k].name);
            if (!skip || strcmp(skip, name) != 0)
                add_tensor(header, name, per_layer[k].rows, per_layer[k].cols, data);
        }
    }
    if (more) add_tensor(header, more, 256, 4, data);
    text_add_char(header, '}');
}

static void write_tiny(const char *skip, const char *more)
{
    static unsigned char numbers[8192];
    Text                 header = {0};
    int                  data;
    for (size_t k = 0; k < sizeof numbers; k += 2)
        numbers[k] = (unsigned char)k, numbers[k + 1] = 0x3C;
    tiny_header(skip, more, &header, &data);
    assert_true(data <= (int)sizeof numbers);
    write_file(text_string(&header), numbers, (size_t)data);
    text_done(&header);
    folder_text("config.json", config);
}

static void assert_model(Status expected, const char *piece)
{
    StoredModel m;
    Why         why = {0};
    Status      status = model_load(folder_path, &m, &why);
    if (status != expected || !strstr(why.what, piece)) print_message("%s\n", why.what);
    assert_int_equal(status, expected);
    assert_non_null(strstr(why.what, piece));
    model_done(&m);
}

static void a_model_is_loaded_with_every_tensor_in_its_place(void **state)
{
    (void)state;
    StoredModel m;
    write_tiny(NULL, NULL);
    assert_int_equal(model_load(folder_path, &m, NULL), STATUS_OK);
    assert_int_equal(m.weights.shape.layers, 2);
    assert_ptr_equal(m.weights.out, m.weights.embed);
    /* Number k of the file is 1 + k/1024 (2k as the low byte of a half): the norm comes first. */
    assert_true(fabsf(m.weights.norm[3] - (1 + 6.0f / 1024)) < 1e-7f);
    assert_true(fabsf(m.weights.embed[0] - (1 + 8.0f / 1024)) < 1e-7f);
    model_done(&m);
}

static void tensors_missing_extra_and_misshapen_are_named_with_the_shape_expected(void **state)
{
    (void)state;
    write_tiny("model.layers.1.mlp.down_proj.weight", NULL);
    assert_model(STATUS_DAMAGED,
                 "\"model.layers.1.mlp.down_proj.weight\" of shape (4, 3) is missing");
    write_tiny("model.norm.weight", NULL);
    assert_model(STATUS_DAMAGED, "\"model.norm.weight\" of shape (4) is missing");
    write_tiny(NULL, "lm_head.weight");
    assert_model(STATUS_DAMAGED, "\"lm_head.weight\" is no part of this model");
    write_tiny("model.layers.0.self_attn.q_proj.weight", "model.layers.0.self_attn.q_proj.weight");
    assert_model(STATUS_DAMAGED, "has the shape (256, 4); expected is (4, 4)");
}

static void embeddings_that_are_not_tied_have_a_head_of_their_own(void **state)
{
    (void)state;
    StoredModel m;
    Text        untied = {0};
    write_tiny(NULL, "lm_head.weight");
    text_add_bytes(&untied, config, strlen(config) - 5);
    text_add(&untied, "false}");
    folder_text("config.json", text_string(&untied));
    assert_int_equal(model_load(folder_path, &m, NULL), STATUS_OK);
    assert_true(m.weights.out != m.weights.embed);
    model_done(&m);
    write_tiny(NULL, NULL);
    folder_text("config.json", text_string(&untied));
    assert_model(STATUS_DAMAGED, "\"lm_head.weight\" of shape (256, 4) is missing");
    text_done(&untied);
}

static void a_config_that_is_damaged_or_foreign_is_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *piece;
    } change[] = {
        {"{", "[", "not a JSON object"},
        {"\"llama\"", "\"gpt2\"", "model_type is not \"llama\""},
        {"\"hidden_size\":4", "\"hidden_size\":5", "no multiple of num_attention_heads"},
        {"\"hidden_size\":4", "\"hidden_size\":4.0", "hidden_size must be a whole number"},
        {"\"hidden_size\":4", "\"hidden_size\":2", "width must be even"},
        {"\"num_hidden_layers\":2", "\"layers\":2", "num_hidden_layers must be"},
        {"\"num_key_value_heads\":1", "\"num_key_value_heads\":0", "num_key_value_heads must be"},
        {"\"num_key_value_heads\":1", "\"num_key_value_heads\":3",
         "no multiple of num_key_value_heads"},
        {"\"vocab_size\":256", "\"vocab_size\":32000",
         "vocab_size must be a whole number from 256 to 256"},
        {"10000.0", "0", "rope_theta must be"},
        {"1e-5", "\"x\"", "rms_norm_eps must be"},
        {"true", "1", "tie_word_embeddings must be true or false"},
        {"{", "{\"rope_scaling\":{},", "rope_scaling"},
        {"{", "{\"hidden_act\":\"gelu\",", "hidden_act"},
        {"{", "{\"head_dim\":8,", "head_dim must be 2"}};
    for (size_t k = 0; k < sizeof change / sizeof *change; k++) {
        Text        text = {0};
        const char *at = strstr(config, change[k].from);
        ModelShape  shape;
        bool        tied;
        Why         why = {0};
        assert_non_null(at);
        text_add_bytes(&text, config, (size_t)(at - config));
        text_add(&text, change[k].to);
        text_add(&text, at + strlen(change[k].from));
        assert_int_equal(model_config(text.at, text.len, "config.json", &shape, &tied, &why),
                         STATUS_DAMAGED);
        if (!strstr(why.what, change[k].piece)) print_message("%s\n", why.what);
        assert_non_null(strstr(why.what, change[k].piece));
        assert_memory_equal(why.what, "config.json: ", 13);
        text_done(&text);
    }
}

static void a_number_that_is_not_finite_is_refused(void **state)
{
    (void)state;
    write_tiny(NULL, NULL);
    FILE *f = fopen(folder_file("model.safetensors"), "r+b");
    assert_non_null(f);
    fseek(f, -1, SEEK_END);
    fputc(0x7C, f);
    fclose(f);
    assert_model(STATUS_DAMAGED,
                 "\"model.layers.1.mlp.down_proj.weight\": number 11 is not finite");
}

/* ---- damage ---- */

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static size_t tiny_size(char **bytes)
{
    struct stat st;
    write_tiny(NULL, NULL);
    assert_int_equal(stat(folder_file("model.safetensors"), &st), 0);
    *bytes = folder_read("model.safetensors");
    return (size_t)st.st_size;
}

static void a_file_cut_off_anywhere_is_refused_with_a_sentence(void **state)
{
    (void)state;
    char  *bytes;
    size_t size = tiny_size(&bytes);
    for (size_t len = 0; len < size; len += len < 64 || len + 64 > size ? 1 : 37) {
        folder_write("model.safetensors", bytes, len);
        assert_model(STATUS_DAMAGED, "model.safetensors: ");
    }
    free(bytes);
}

/* Flipped bits of numbers may stay numbers; what is loaded must be whole, what is not be said. */
static void flipped_bytes_are_refused_with_a_sentence_or_read_as_other_numbers(void **state)
{
    (void)state;
    char  *bytes;
    size_t size = tiny_size(&bytes),
           header =
               size - 2 * (4 + 1024 + 2 * (8 + 32 + 16 + 36)); /* numbers of the tiny model, F16 */
    uint64_t seed = 20240607;
    int      refused = 0;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int round = 0; round < 3000; round++) {
        char   keep[4];
        size_t at[4];
        int    flips = 1 + round % 4;
        for (int k = 0; k < flips; k++) {
            at[k] = next_random(&seed) % (round % 8 ? header : size);
            keep[k] = bytes[at[k]];
            bytes[at[k]] = (char)(bytes[at[k]] ^ (1 << next_random(&seed) % 8));
        }
        folder_write("model.safetensors", bytes, size);
        StoredModel m;
        Why         why = {0};
        Status      status = model_load(folder_path, &m, &why);
        assert_true(status == STATUS_OK || status == STATUS_DAMAGED || status == STATUS_LIMIT);
        if (status) assert_non_null(strstr(why.what, "model.safetensors: "));
        refused += status != STATUS_OK;
        model_done(&m);
        for (int k = flips - 1; k >= 0; k--) bytes[at[k]] = keep[k];
    }
    assert_true(refused > 2000);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_all_three_types_are_read),
        cmocka_unit_test(every_half_is_what_its_bits_say),
        cmocka_unit_test(what_is_no_safetensors_file_is_refused_by_name),
        cmocka_unit_test(what_is_too_large_or_not_there_is_said),
        cmocka_unit_test(a_model_is_loaded_with_every_tensor_in_its_place),
        cmocka_unit_test(tensors_missing_extra_and_misshapen_are_named_with_the_shape_expected),
        cmocka_unit_test(embeddings_that_are_not_tied_have_a_head_of_their_own),
        cmocka_unit_test(a_config_that_is_damaged_or_foreign_is_refused_by_name),
        cmocka_unit_test(a_number_that_is_not_finite_is_refused),
        cmocka_unit_test(a_file_cut_off_anywhere_is_refused_with_a_sentence),
        cmocka_unit_test(flipped_bytes_are_refused_with_a_sentence_or_read_as_other_numbers),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
