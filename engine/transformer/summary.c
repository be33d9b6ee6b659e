#include "engine/transformer/summary.h"

#include "engine/best.h"

#include <stdlib.h>
#include <string.h>

static const char *const template[SUMMARY_TEMPLATES] = {
    "self",        "diagonals(at=[1])", "window(w=2)",       "window(w=4)",
    "window(w=8)", "window(w=16)",      "window(w=32)",      "sink(s=1)",
    "sink(s=4)",   "token(is=\" \")",   "same_token - self", "full",
};

const char *summary_template(int k)
{
    return k < SUMMARY_TEMPLATES ? template[k] : NULL;
}

Status templates_bind(const Reading *r, Templates *out, Why *why)
{
    *out = (Templates){0};
    Status status = reading_problem(r, 0, 0, &out->bytes, why);
    for (int k = 0; !status && k < SUMMARY_TEMPLATES; k++) {
        Recipe recipe = {0};
        status = recipe_parse(template[k], strlen(template[k]), &recipe, why);
        if (!status)
            status = pattern_new(&recipe, reading_length(r), BACKGROUND_CAUSAL, &out->bytes,
                                 &out->pattern[k], why);
        recipe_done(&recipe);
    }
    if (status) templates_done(out);
    return status;
}

void templates_done(Templates *t)
{
    for (int k = 0; k < SUMMARY_TEMPLATES; k++) pattern_free(t->pattern[k]);
    problem_done(&t->bytes);
    *t = (Templates){0};
}

static double weight_in(const double *weight, const Runs *g)
{
    double sum = 0;
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++) sum += weight[j];
    return sum;
}

static double overlap(const double *weight, const Runs *g)
{
    int64_t count = runs_count(g);
    double  sum = 0, spread = count ? 1 / (double)count : 0;
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++)
            sum += weight[j] < spread ? weight[j] : spread;
    return sum;
}

static int64_t keys_for(double share, const double *weight, int64_t len, int *heap)
{
    Best    best = best_begin(weight, len, heap);
    int64_t keys = 0;
    for (double sum = 0; sum < share && keys < len; keys++) sum += weight[best_next(&best)];
    return keys;
}

static Status add_row(const double *weight, int64_t i, const Templates *t, const Pattern *pattern,
                      Runs *g, Summary *s)
{
    int64_t near = i + 1 < SUMMARY_NEAR ? 0 : i + 1 - SUMMARY_NEAR;
    s->rows++;
    s->first += weight[0];
    for (int64_t j = near; j <= i; j++) s->near += weight[j];
    for (int k = 0; k < SUMMARY_TEMPLATES; k++) {
        Status status = pattern_row(t->pattern[k], i, g);
        if (status) return status;
        s->overlap[k] += overlap(weight, g);
    }
    Status status = pattern ? pattern_row(pattern, i, g) : STATUS_OK;
    if (!status) s->kept += pattern ? weight_in(weight, g) : 1;
    return status;
}

Status summary_add(const Reading *r, int layer, int head, const Templates *t,
                   const Pattern *pattern, Summary *out)
{
    int64_t n = reading_length(r);
    double *weight = malloc((size_t)n * sizeof *weight);
    int    *heap = malloc((size_t)n * sizeof *heap);
    Runs    g = {0};
    Status  status = weight && heap ? STATUS_OK : STATUS_MEMORY;
    for (int64_t i = n > SUMMARY_FROM ? SUMMARY_FROM : 0; !status && i < n; i++) {
        reading_weights(r, layer, head, i, weight);
        status = add_row(weight, i, t, pattern, &g, out);
        out->keys += (double)keys_for(0.9, weight, i + 1, heap);
    }
    runs_done(&g);
    free(weight);
    free(heap);
    return status;
}

int summary_nearest(const Summary *s)
{
    int best = 0;
    for (int k = 1; k < SUMMARY_TEMPLATES; k++)
        if (s->overlap[k] > s->overlap[best]) best = k;
    return best;
}
