#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/store/model.h"

#include "engine/transformer/reading.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The trained model as it ships, against what check.py beside it computes in float64. */

enum { LAYERS = 4, HEADS = 4, MOST = 512 };

static StoredModel model;

static int load(void **state)
{
    Why why = {0};
    (void)state;
    if (model_load("lessons/model", &model, &why) == STATUS_OK) return 0;
    fprintf(stderr, "%s\n", why.what);
    return 1;
}

static int unload(void **state)
{
    (void)state;
    model_done(&model);
    return 0;
}

static Transformer *transformer(NumberKind kind, int rank)
{
    Transformer *t = NULL;
    Status       status = transformer_new(&model.weights, kind, rank, &t, NULL);
    assert_true(status == STATUS_OK || (status == STATUS_MISSING && rank > 0));
    return t;
}

static Recipe recipe(const char *text)
{
    Recipe r = {0};
    assert_int_equal(recipe_parse(text, strlen(text), &r, NULL), STATUS_OK);
    return r;
}

/* rule: an expression for all layers, NULL for full. */
static Reading *start(const Transformer *t, int64_t n, const char *rule)
{
    const Recipe *all[LAYERS] = {NULL};
    Recipe        r = rule ? recipe(rule) : (Recipe){0};
    Reading      *reading = NULL;
    Why           why = {0};
    for (int l = 0; rule && l < LAYERS; l++) all[l] = &r;
    if (reading_new(t, n, all, &reading, &why) != STATUS_OK) fail_msg("%s", why.what);
    recipe_done(&r);
    return reading;
}

static Reading *read_bytes(const Transformer *t, const unsigned char *bytes, int64_t count,
                           const char *rule)
{
    Reading *r = start(t, count, rule);
    assert_int_equal(reading_feed(r, bytes, count, NULL), STATUS_OK);
    return r;
}

static double bits(const Reading *r)
{
    double sum = 0;
    for (int64_t i = 0; i + 1 < reading_length(r); i++) sum += reading_bits(r, i);
    return sum;
}

/* How check.py's names are said in the language. */
static const struct {
    const char *name, *rule;
} said[] = {{"dense", NULL},
            {"window_16", "window(w=16)"},
            {"sink_1_window_16", "sink(s=1) | window(w=16)"},
            {"window_64", "window(w=64)"},
            {"top_16", "topk(k=16)"}};

static const char *rule_of(const char *name)
{
    size_t k = 0;
    while (k < sizeof said / sizeof *said && strcmp(said[k].name, name) != 0) k++;
    assert_true(k < sizeof said / sizeof *said);
    return said[k].rule;
}

/* ---- reference.txt ---- */

typedef struct {
    double bits, logits, weights; /* largest differences: of bits per byte, else absolute */
} Off;

static int numbers(char *text, double *out)
{
    int count = 0;
    for (char *end; count < MOST; text = end) {
        out[count] = strtod(text, &end);
        if (end == text) break;
        count++;
    }
    return count;
}

static void worst(double *off, const double *a, const double *b, int count)
{
    for (int k = 0; k < count; k++) *off = fmax(*off, isnan(a[k]) ? INFINITY : fabs(a[k] - b[k]));
}

static void compare_line(const Reading *r, char *line, Off *off)
{
    double want[MOST], found[MOST];
    int    layer, head, skipped;
    if (sscanf(line, "weights %d %d%n", &layer, &head, &skipped) == 2) {
        int count = numbers(line + skipped, want);
        assert_int_equal(count, reading_length(r));
        reading_weights(r, layer, head, count - 1, found);
        worst(&off->weights, found, want, count);
    } else if (strncmp(line, "logits", 6) == 0) {
        assert_int_equal(numbers(line + 6, want), 256);
        reading_logits(r, reading_length(r) - 1, found);
        worst(&off->logits, found, want, 256);
    } else {
        assert_memory_equal(line, "bits", 4);
        assert_int_equal(numbers(line + 4, want), 1);
        found[0] = bits(r);
        worst(&off->bits, found, want, 1);
    }
}

static Off compare(const Transformer *t)
{
    FILE         *f = fopen("tests/fixtures/model/reference.txt", "r");
    char         *line = NULL, name[64];
    size_t        room = 0;
    unsigned char bytes[MOST];
    int           count = 0, lines = 0;
    Reading      *r = NULL;
    Off           off = {0};
    assert_non_null(f);
    for (; getline(&line, &room, f) > 0; lines++) {
        if (strncmp(line, "text ", 5) == 0) {
            double byte[MOST];
            count = numbers(strchr(line + 5, ' '), byte);
            for (int k = 0; k < count; k++) bytes[k] = (unsigned char)byte[k];
        } else if (sscanf(line, "rule %63s", name) == 1) {
            reading_free(r);
            r = read_bytes(t, bytes, count, rule_of(name));
        } else {
            compare_line(r, line, &off);
        }
    }
    assert_int_equal(lines, 84);
    reading_free(r);
    free(line);
    fclose(f);
    return off;
}

static void assert_within(NumberKind kind, double most)
{
    for (int rank = 0;; rank++) {
        Transformer *t = transformer(kind, rank);
        if (!t) break;
        Off off = compare(t);
        print_message("%s, arithmetic %d: logits %.2g, weights %.2g, bits %.2g\n",
                      kind == NUMBER_FLOAT ? "float" : "double", rank, off.logits, off.weights,
                      off.bits);
        assert_true(off.logits <= most);
        assert_true(off.weights <= most);
        assert_true(off.bits <= 256 * most);
        transformer_free(t);
    }
}

static void the_double_build_is_within_1e_9_of_the_reference(void **state)
{
    (void)state;
    assert_within(NUMBER_DOUBLE, 1e-9);
}

static void the_float_build_is_within_1e_4_of_the_reference(void **state)
{
    (void)state;
    assert_within(NUMBER_FLOAT, 1e-4);
}

/* ---- golden.json ---- */

static json_t *json_of(const char *path)
{
    json_t *value = json_load_file(path, 0, NULL);
    assert_non_null(value);
    return value;
}

static int json_bytes(const json_t *list, unsigned char *out)
{
    for (size_t k = 0; k < json_array_size(list); k++)
        out[k] = (unsigned char)json_integer_value(json_array_get(list, k));
    return (int)json_array_size(list);
}

/* Nine digits were kept. */
static void assert_near(double found, const json_t *want, double most)
{
    double x = json_number_value(want), kept = 0.5e-8 * pow(10, floor(log10(fabs(x) + 1e-300)));
    assert_true(fabs(found - x) <= most + kept);
}

static void compare_golden(const Transformer *t, const json_t *text, double most)
{
    unsigned char bytes[MOST];
    double        found[MOST];
    const char   *layer;
    json_t       *rows;
    int           count = json_bytes(json_object_get(text, "bytes"), bytes);
    Reading      *r = read_bytes(t, bytes, count, NULL);
    assert_near(bits(r), json_object_get(text, "sum_bits"), 256 * most);
    reading_logits(r, count - 1, found);
    for (size_t k = 0; k < 256; k++)
        assert_near(found[k], json_array_get(json_object_get(text, "logits"), k), most);
    json_object_foreach(json_object_get(text, "attention"), layer, rows)
    {
        for (size_t h = 0; h < json_array_size(rows); h++) {
            reading_weights(r, atoi(layer), (int)h, count - 1, found);
            for (size_t j = 0; j < (size_t)count; j++)
                assert_near(found[j], json_array_get(json_array_get(rows, h), j), most);
        }
    }
    reading_free(r);
}

static void compare_rule(const Transformer *t, const json_t *text, const json_t *rule, double most)
{
    unsigned char bytes[MOST];
    int           count = json_bytes(json_object_get(text, "bytes"), bytes);
    Reading      *r =
        read_bytes(t, bytes, count, rule_of(json_string_value(json_object_get(rule, "pattern"))));
    assert_near(bits(r) / (count - 1), json_object_get(rule, "bits_per_byte"), most);
    assert_int_equal(reading_next(r, count - 1),
                     json_integer_value(json_object_get(rule, "argmax")));
    reading_free(r);
}

static void golden_json_holds_in_both_builds(void **state)
{
    (void)state;
    json_t *golden = json_of("lessons/model/golden.json"),
           *texts = json_object_get(golden, "texts");
    json_t *rules = json_object_get(golden, "patterns");
    assert_int_equal(json_array_size(texts), 4);
    assert_int_equal(json_array_size(rules), 3);
    for (int kind = NUMBER_FLOAT; kind <= NUMBER_DOUBLE; kind++) {
        Transformer *t = transformer((NumberKind)kind, 0);
        double       most = kind == NUMBER_FLOAT ? 1e-4 : 1e-9;
        for (size_t k = 0; k < 4; k++) compare_golden(t, json_array_get(texts, k), most);
        for (size_t k = 0; k < 3; k++)
            compare_rule(t, json_array_get(texts, 2), json_array_get(rules, k), most);
        transformer_free(t);
    }
    json_decref(golden);
}

/* ---- recall ---- */

/* Greedy, byte by byte over what is cached. */
static bool completes(const Transformer *t, const char *text, const char *answer, const char *rule)
{
    int64_t       len = (int64_t)strlen(text), more = (int64_t)strlen(answer);
    unsigned char byte = '\n';
    Reading      *r = start(t, 1 + len + more, rule);
    bool          same = true;
    assert_int_equal(reading_feed(r, &byte, 1, NULL), STATUS_OK);
    assert_int_equal(reading_feed(r, (const unsigned char *)text, len, NULL), STATUS_OK);
    for (int64_t k = 0; k < more && same; k++) {
        byte = reading_next(r, len + k);
        same = byte == (unsigned char)answer[k];
        assert_int_equal(reading_feed(r, &byte, 1, NULL), STATUS_OK);
    }
    reading_free(r);
    return same;
}

static void the_recall_texts_are_completed_as_their_file_says_under_every_limit(void **state)
{
    (void)state;
    json_t      *texts = json_of("lessons/model/recall_texts.json"), *entry, *correct;
    Transformer *t = transformer(NUMBER_FLOAT, 0);
    size_t       k;
    const char  *name;
    assert_int_equal(json_array_size(texts), 12);
    json_array_foreach(texts, k, entry)
    {
        const char *text = json_string_value(json_object_get(entry, "text")),
                   *answer = json_string_value(json_object_get(entry, "answer"));
        int limits = 0;
        json_object_foreach(json_object_get(entry, "correct"), name, correct)
        {
            assert_int_equal(completes(t, text, answer, rule_of(name)), json_is_true(correct));
            limits++;
        }
        assert_int_equal(limits, 5);
    }
    transformer_free(t);
    json_decref(texts);
}

/* ---- readings ---- */

static const char sentence[] = "\nAnna lives in Dorsk. The sun was bright. Anna lives in ";
enum { SENTENCE = sizeof sentence - 1 };

static const unsigned char *sentence_bytes(void)
{
    return (const unsigned char *)sentence;
}

static void bytes_fed_in_pieces_give_what_they_give_at_once(void **state)
{
    (void)state;
    static const char *const rule[] = {NULL, "window(w=8) | sink(s=1)", "topk(k=5)",
                                       "heavy(h=4, r=4)", "topp(p=0.9)"};
    Transformer             *t = transformer(NUMBER_DOUBLE, 0);
    for (size_t k = 0; k < sizeof rule / sizeof *rule; k++) {
        Reading *whole = read_bytes(t, sentence_bytes(), SENTENCE, rule[k]),
                *parts = start(t, SENTENCE, rule[k]);
        for (int64_t at = 0, piece = 1; at < SENTENCE; at += piece, piece = piece % 7 + 1) {
            if (piece > SENTENCE - at) piece = SENTENCE - at;
            assert_int_equal(reading_feed(parts, sentence_bytes() + at, piece, NULL), STATUS_OK);
        }
        for (int64_t i = 0; i < SENTENCE; i++) {
            double a[256], b[256], off = 0;
            reading_logits(whole, i, a);
            reading_logits(parts, i, b);
            worst(&off, a, b, 256);
            assert_true(off < 1e-9);
        }
        reading_free(whole);
        reading_free(parts);
    }
    transformer_free(t);
}

static void a_row_sees_no_byte_after_its_own(void **state)
{
    (void)state;
    Transformer  *t = transformer(NUMBER_FLOAT, 0);
    unsigned char other[SENTENCE];
    double        a[256], b[256];
    memcpy(other, sentence, SENTENCE);
    for (int k = 20; k < SENTENCE; k++) other[k] = 'z';
    Reading *r = read_bytes(t, sentence_bytes(), SENTENCE, NULL),
            *s = read_bytes(t, other, SENTENCE, NULL);
    for (int64_t i = 0; i < 20; i++) {
        reading_logits(r, i, a);
        reading_logits(s, i, b);
        assert_memory_equal(a, b, sizeof a);
    }
    reading_free(r);
    reading_free(s);
    transformer_free(t);
}

/* Sum of a head's row, how many of its weights are above 0, and the kept mass by the definition. */
static double kept_by_scores(const Reading *r, int layer, int head, int64_t i, const double *weight)
{
    double score[MOST], all = 0, in = 0;
    reading_scores(r, layer, head, i, score);
    for (int64_t j = 0; j <= i; j++) all += exp(score[j]);
    for (int64_t j = 0; j <= i; j++) in += weight[j] > 0 ? exp(score[j]) : 0;
    return in / all;
}

static void weights_are_the_softmax_over_the_set_and_kept_is_its_share(void **state)
{
    (void)state;
    Transformer *t = transformer(NUMBER_DOUBLE, 0);
    Reading     *r = read_bytes(t, sentence_bytes(), SENTENCE, "topk(k=6)");
    double       weight[MOST], score[MOST];
    for (int layer = 0; layer < LAYERS; layer++)
        for (int head = 0; head < HEADS; head++)
            for (int64_t i = 0; i < SENTENCE; i++) {
                int    keys = 0;
                double sum = 0, over = 0;
                reading_weights(r, layer, head, i, weight);
                reading_scores(r, layer, head, i, score);
                for (int64_t j = 0; j <= i; j++)
                    keys += weight[j] > 0, over += weight[j] > 0 ? exp(score[j]) : 0;
                for (int64_t j = 0; j <= i; j++)
                    sum += fabs(weight[j] - (weight[j] > 0 ? exp(score[j]) / over : 0));
                assert_int_equal(keys, i < 6 ? i + 1 : 6);
                assert_true(sum < 1e-12);
                assert_true(fabs(kept_by_scores(r, layer, head, i, weight) -
                                 reading_kept(r, layer, head, i)) < 1e-12);
            }
    reading_free(r);
    transformer_free(t);
}

static void each_layer_has_a_rule_of_its_own(void **state)
{
    (void)state;
    Transformer  *t = transformer(NUMBER_FLOAT, 0);
    Recipe        self = recipe("self"), nothing = recipe("self - self");
    const Recipe *rule[LAYERS] = {NULL, &self, &nothing, NULL};
    Reading      *r = NULL;
    double        weight[MOST];
    assert_int_equal(reading_new(t, SENTENCE, rule, &r, NULL), STATUS_OK);
    assert_int_equal(reading_feed(r, sentence_bytes(), SENTENCE, NULL), STATUS_OK);
    for (int layer = 0; layer < LAYERS; layer++) {
        int keys = 0;
        reading_weights(r, layer, 2, 30, weight);
        for (int j = 0; j <= 30; j++) keys += weight[j] > 0;
        assert_int_equal(keys, layer == 1 ? 1 : layer == 2 ? 0 : 31);
        assert_true((fabs(reading_kept(r, layer, 2, 30) - 1) < 1e-12) ==
                    (layer == 0 || layer == 3));
    }
    reading_free(r);
    recipe_done(&self);
    recipe_done(&nothing);
    transformer_free(t);
}

static void rules_that_read_tokens_read_the_bytes(void **state)
{
    (void)state;
    Transformer *t = transformer(NUMBER_FLOAT, 0);
    Reading     *r = read_bytes(t, sentence_bytes(), SENTENCE, "token(is=\" \") | self");
    double       weight[MOST];
    reading_weights(r, 1, 0, SENTENCE - 2, weight);
    for (int j = 0; j < SENTENCE - 1; j++)
        if (weight[j] > 0) assert_true(sentence[j] == ' ' || j == SENTENCE - 2);
    reading_free(r);
    transformer_free(t);
}

static void a_head_can_be_had_as_a_problem(void **state)
{
    (void)state;
    Transformer *t = transformer(NUMBER_FLOAT, 0);
    Reading     *r = read_bytes(t, sentence_bytes(), SENTENCE, NULL);
    Problem      p;
    double       score[MOST];
    assert_int_equal(reading_problem(r, 3, 2, &p, NULL), STATUS_OK);
    assert_int_equal(p.n, SENTENCE);
    assert_int_equal(p.d, 32);
    assert_string_equal(p.token[1], "A");
    reading_scores(r, 3, 2, 40, score);
    for (int j = 0; j <= 40; j++)
        assert_true(fabs(score[j] - (double)p.score[40 * p.n + j]) < 1e-5);
    problem_done(&p);
    reading_free(r);
    transformer_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_double_build_is_within_1e_9_of_the_reference),
        cmocka_unit_test(the_float_build_is_within_1e_4_of_the_reference),
        cmocka_unit_test(golden_json_holds_in_both_builds),
        cmocka_unit_test(the_recall_texts_are_completed_as_their_file_says_under_every_limit),
        cmocka_unit_test(bytes_fed_in_pieces_give_what_they_give_at_once),
        cmocka_unit_test(a_row_sees_no_byte_after_its_own),
        cmocka_unit_test(weights_are_the_softmax_over_the_set_and_kept_is_its_share),
        cmocka_unit_test(each_layer_has_a_rule_of_its_own),
        cmocka_unit_test(rules_that_read_tokens_read_the_bytes),
        cmocka_unit_test(a_head_can_be_had_as_a_problem),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
