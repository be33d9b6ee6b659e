/* bench_model.c - the trained model: how long its files take, a text of 256 bytes with the weights
 * of all heads kept, and a byte more of it. CPU times on one core, the least of several rounds. */
#include "app/store/model.h"

#include "engine/transformer/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 9, BYTES = 256 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void expect(Status status, const Why *why)
{
    if (!status) return;
    fprintf(stderr, "bench: %s\n", why->what);
    exit(1);
}

static double least(double a, double b)
{
    return a > 0 && a < b ? a : b;
}

static Reading *begin(const Transformer *t, const Recipe *rule)
{
    const Recipe *all[MODEL_LAYERS];
    Reading      *r;
    Why           why;
    for (int l = 0; l < MODEL_LAYERS; l++) all[l] = rule;
    expect(reading_new(t, BYTES, all, &r, &why), &why);
    return r;
}

static void bench_text(const Transformer *t, const char *name, const Recipe *rule)
{
    unsigned char bytes[BYTES];
    double        whole = 0, last = 0;
    Why           why;
    for (int k = 0; k < BYTES; k++)
        bytes[k] = k ? (unsigned char)("the cat sat by the old door. "[k % 29]) : '\n';
    for (int round = 0; round < ROUNDS; round++) {
        double   start = now_ms();
        Reading *r = begin(t, rule);
        expect(reading_feed(r, bytes, BYTES, &why), &why);
        whole = least(whole, now_ms() - start);
        reading_free(r);
        r = begin(t, rule);
        expect(reading_feed(r, bytes, BYTES - 1, &why), &why);
        start = now_ms();
        expect(reading_feed(r, bytes + BYTES - 1, 1, &why), &why);
        last = least(last, now_ms() - start);
        reading_free(r);
    }
    printf("model, %-14s %8.2f ms for 256 bytes (goal 40)  %6.3f ms for the last one alone\n", name,
           whole, last);
}

int main(void)
{
    static const char *const text[] = {"window(w=16)", "topk(k=16)"};
    StoredModel              model;
    Transformer             *t;
    Why                      why;
    double                   start = now_ms();
    expect(model_load("lessons/model", &model, &why), &why);
    double loaded = now_ms();
    expect(transformer_new(&model.weights, NUMBER_FLOAT, 0, &t, &why), &why);
    printf("model, read and checked %6.2f ms, made ready %6.2f ms\n", loaded - start,
           now_ms() - loaded);
    bench_text(t, "full", NULL);
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
        Recipe rule = {0};
        size_t len = 0;
        while (text[k][len]) len++;
        expect(recipe_parse(text[k], len, &rule, &why), &why);
        bench_text(t, text[k], &rule);
        recipe_done(&rule);
    }
    transformer_free(t);
    model_done(&model);
    return 0;
}
