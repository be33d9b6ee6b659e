#include "engine/transformer/reading.h"
#include "engine/transformer/inner.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 48 }; /* rows whose scores are made together: a row sees few keys past its own */

struct Reading {
    const Transformer *t;
    const Arithmetic  *a;
    ModelShape         shape;
    int                d, kv; /* width of a head; of all key heads */
    int64_t            n, length;
    Recipe            *rule;    /* (layers); without nodes: full */
    Pattern          **pattern; /* (layers), of positional rules */
    double            *kept;    /* (layers, heads, n) */
    unsigned char     *byte;    /* (n) */
    /* Of the arithmetic's number, parts of room: */
    void *room;
    void *q, *k, *v;     /* (layers, n, width), (layers, n, kv) twice */
    void *weights;       /* (layers, heads, n, n) */
    void *logits;        /* (n, tokens) */
    void *cosine, *sine; /* (n, d/2) */
    void *x, *h, *mixed; /* (n, width): of the bytes being fed */
    void *gate, *up;     /* (n, inner) */
    void *keys;          /* of one key head, packed */
    void *score;         /* (BLOCK, n) */
};

/* ---- life ---- */

static int layers_heads(const ModelShape *s)
{
    return s->layers * s->heads;
}

/* Lays the arrays out behind one another from base on; returns the bytes of all. With base NULL it
 * only counts. */
static int64_t lay_out(Reading *r, char *base)
{
    const ModelShape *s = &r->shape;
    int64_t           n = r->n, layers = s->layers, at = 0;
    const struct {
        void  **array;
        int64_t count;
    } part[] = {
        {&r->q, layers * n * s->width}, {&r->k, layers * n * r->kv},
        {&r->v, layers * n * r->kv},    {&r->logits, n * s->tokens},
        {&r->cosine, n * (r->d / 2)},   {&r->sine, n * (r->d / 2)},
        {&r->x, n * s->width},          {&r->h, n * s->width},
        {&r->mixed, n * s->width},      {&r->gate, n * s->inner},
        {&r->up, n * s->inner},         {&r->keys, r->a->packed(n, r->d)},
        {&r->score, BLOCK * n},         {&r->weights, (int64_t)layers_heads(s) * n * n},
    };
    for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
        if (base) *part[k].array = base + at;
        at += part[k].count * (int64_t)r->a->real;
    }
    return at;
}

static Status small_enough(const Reading *r, int64_t bytes, Why *why)
{
    const int64_t most = INT64_C(4) << 30;
    if (r->n > PROBLEM_LIMIT)
        return why_say(why, STATUS_LIMIT, 0, "%lld tokens; at most %d are read at once",
                       (long long)r->n, PROBLEM_LIMIT);
    if (bytes > most)
        return why_say(
            why, STATUS_LIMIT, 0,
            "the weights of %d heads over %lld tokens would take %.1f GiB; at most 4 are used",
            layers_heads(&r->shape), (long long)r->n, (double)bytes / 1073741824.0);
    return STATUS_OK;
}

static Status find_room(Reading *r, Why *why)
{
    const ModelShape *s = &r->shape;
    int64_t           bytes = lay_out(r, NULL);
    Status            status = small_enough(r, bytes, why);
    if (status) return status;
    r->room = calloc((size_t)bytes, 1);
    r->kept = calloc((size_t)(layers_heads(s) * r->n), sizeof *r->kept);
    r->byte = calloc((size_t)r->n, 1);
    r->rule = calloc((size_t)s->layers, sizeof *r->rule);
    r->pattern = calloc((size_t)s->layers, sizeof(Pattern *));
    if (!r->room || !r->kept || !r->byte || !r->rule || !r->pattern)
        return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    lay_out(r, r->room);
    r->a->angles(r->n, r->d, s->theta, r->cosine, r->sine);
    return STATUS_OK;
}

static Status bind_rule(Reading *r, int layer, const Recipe *rule, Why *why)
{
    Status status = recipe_copy(rule, &r->rule[layer]);
    if (status) return why_say(why, status, 0, "%s", status_sentence(status));
    if (recipe_class(rule) != CLASS_POSITIONAL) return STATUS_OK;
    return pattern_new(rule, r->n, BACKGROUND_CAUSAL, NULL, &r->pattern[layer], why);
}

Status reading_new(const Transformer *t, int64_t n, const Recipe *const *rule, Reading **out,
                   Why *why)
{
    const ModelShape *s = transformer_shape(t);
    Reading          *r = calloc(1, sizeof *r);
    assert(n >= 1 && n <= s->context);
    *out = NULL;
    if (!r) return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    *r = (Reading){.t = t,
                   .a = t->arithmetic,
                   .shape = *s,
                   .d = model_head_width(s),
                   .kv = model_kv_width(s),
                   .n = n};
    Status status = find_room(r, why);
    for (int l = 0; rule && !status && l < s->layers; l++)
        if (rule[l]) status = bind_rule(r, l, rule[l], why);
    if (status)
        reading_free(r);
    else
        *out = r;
    return status;
}

void reading_free(Reading *r)
{
    if (!r) return;
    for (int l = 0; r->rule && r->pattern && l < r->shape.layers; l++) {
        recipe_done(&r->rule[l]);
        pattern_free(r->pattern[l]);
    }
    free(r->pattern);
    free(r->rule);
    free(r->byte);
    free(r->kept);
    free(r->room);
    free(r);
}

/* ---- where things stand ---- */

static void *at(const Reading *r, void *array, int64_t number)
{
    return (char *)array + number * (int64_t)r->a->real;
}

/* Key head of a query head. */
static int key_head(const Reading *r, int head)
{
    return head / (r->shape.heads / r->shape.kv_heads);
}

static void *query_at(const Reading *r, int layer, int head, int64_t i)
{
    return at(r, r->q, (layer * r->n + i) * r->shape.width + head * r->d);
}

static void *key_at(const Reading *r, void *k_or_v, int layer, int head, int64_t i)
{
    return at(r, k_or_v, (layer * r->n + i) * r->kv + key_head(r, head) * r->d);
}

static void *weights_at(const Reading *r, int layer, int head, int64_t i)
{
    return at(r, r->weights, (((int64_t)layer * r->shape.heads + head) * r->n + i) * r->n);
}

static double *kept_at(const Reading *r, int layer, int head, int64_t i)
{
    return r->kept + ((int64_t)layer * r->shape.heads + head) * r->n + i;
}

/* ---- attention ---- */

/* One head of one layer, and its rule: NULL is full. */
typedef struct {
    int            layer, head;
    const Pattern *pattern;
} Head;

static Status attend_row(Reading *r, const Head *h, int64_t i, const void *score, Runs *g,
                         int64_t first)
{
    Run    every = {0, i + 1};
    Runs   full = {&every, 1, 1};
    Status status = h->pattern ? pattern_row(h->pattern, i, g) : STATUS_OK;
    if (status) return status;
    const Runs *set = h->pattern ? g : &full;
    void       *weight = weights_at(r, h->layer, h->head, i);
    *kept_at(r, h->layer, h->head, i) = r->a->softmax(score, 1 / sqrt(r->d), i + 1, set, weight);
    r->a->mix(weight, set, key_at(r, r->v, h->layer, h->head, 0), r->kv, r->d,
              at(r, r->mixed, (i - first) * r->shape.width + h->head * r->d));
    return STATUS_OK;
}

/* Rows from first on, whose keys are packed. */
static Status attend_head(Reading *r, const Head *h, int64_t first, int64_t count)
{
    Runs   g = {0};
    Status status = STATUS_OK;
    for (int64_t from = first, end; !status && from < first + count; from = end) {
        end = from + BLOCK < first + count ? from + BLOCK : first + count;
        r->a->multiply(query_at(r, h->layer, h->head, from), r->shape.width, end - from, r->keys,
                       end, r->d, r->score, r->n);
        for (int64_t i = from; !status && i < end; i++)
            status = attend_row(r, h, i, at(r, r->score, (i - from) * r->n), &g, first);
    }
    runs_done(&g);
    return status;
}

/* A rule that reads content is bound to this head as it stands, then used. */
static Status attend_content(Reading *r, Head *h, int64_t first, int64_t count, Why *why)
{
    Problem  problem = {0};
    Pattern *pattern = NULL;
    Status   status = reading_problem(r, h->layer, h->head, &problem, why);
    if (!status)
        status = pattern_new(&r->rule[h->layer], first + count, BACKGROUND_CAUSAL, &problem,
                             &pattern, why);
    h->pattern = pattern;
    if (!status) {
        status = attend_head(r, h, first, count);
        if (status) why_say(why, status, 0, "%s", status_sentence(status));
    }
    pattern_free(pattern);
    problem_done(&problem);
    return status;
}

static Status attend_heads(Reading *r, int layer, int64_t first, int64_t count, Why *why)
{
    Status status = STATUS_OK;
    for (int head = 0, packed = -1; !status && head < r->shape.heads; head++) {
        Head h = {layer, head, r->pattern[layer]};
        if (key_head(r, head) != packed)
            r->a->pack_rows(key_at(r, r->k, layer, head, 0), r->kv, first + count, r->d, r->keys);
        packed = key_head(r, head);
        if (r->rule[layer].nodes && !h.pattern)
            status = attend_content(r, &h, first, count, why);
        else if ((status = attend_head(r, &h, first, count)) != STATUS_OK)
            why_say(why, status, 0, "%s", status_sentence(status));
    }
    return status;
}

/* ---- layers ---- */

static void rotate_heads(Reading *r, void *row, int heads, int64_t i)
{
    const void *cosine = at(r, r->cosine, i * (r->d / 2)), *sine = at(r, r->sine, i * (r->d / 2));
    for (int head = 0; head < heads; head++)
        r->a->rotate(at(r, row, head * r->d), r->d, cosine, sine);
}

static void project(Reading *r, int layer, int64_t first, int64_t count)
{
    const PackedLayer *w = &r->t->layer[layer];
    int                width = r->shape.width;
    void              *q = query_at(r, layer, 0, first), *k = key_at(r, r->k, layer, 0, first);
    r->a->norm(r->x, count, width, r->t->weights.layer[layer].attention_norm, r->shape.eps, r->h);
    r->a->multiply(r->h, width, count, w->q, width, width, q, width);
    r->a->multiply(r->h, width, count, w->k, r->kv, width, k, r->kv);
    r->a->multiply(r->h, width, count, w->v, r->kv, width, key_at(r, r->v, layer, 0, first), r->kv);
    for (int64_t i = 0; i < count; i++) {
        rotate_heads(r, at(r, q, i * width), r->shape.heads, first + i);
        rotate_heads(r, at(r, k, i * r->kv), r->shape.kv_heads, first + i);
    }
}

/* What attention found goes back into x, then the layer's other half. */
static void finish(Reading *r, int layer, int64_t count)
{
    const PackedLayer *w = &r->t->layer[layer];
    int                width = r->shape.width, inner = r->shape.inner;
    r->a->multiply(r->mixed, width, count, w->o, width, width, r->h, width);
    r->a->add(r->h, count * width, r->x);
    r->a->norm(r->x, count, width, r->t->weights.layer[layer].mlp_norm, r->shape.eps, r->h);
    r->a->multiply(r->h, width, count, w->gate, inner, width, r->gate, inner);
    r->a->multiply(r->h, width, count, w->up, inner, width, r->up, inner);
    r->a->gate(r->up, count * inner, r->gate);
    r->a->multiply(r->gate, inner, count, w->down, width, inner, r->h, width);
    r->a->add(r->h, count * width, r->x);
}

Status reading_feed(Reading *r, const unsigned char *bytes, int64_t count, Why *why)
{
    int64_t first = r->length;
    int     width = r->shape.width;
    Status  status = STATUS_OK;
    assert(count >= 1 && first + count <= r->n);
    memcpy(r->byte + first, bytes, (size_t)count);
    r->length += count;
    for (int64_t i = 0; i < count; i++)
        r->a->widen(r->t->weights.embed + (int64_t)bytes[i] * width, width, at(r, r->x, i * width));
    for (int layer = 0; layer < r->shape.layers && !status; layer++) {
        project(r, layer, first, count);
        status = attend_heads(r, layer, first, count, why);
        finish(r, layer, count);
    }
    r->a->norm(r->x, count, width, r->t->weights.norm, r->shape.eps, r->h);
    r->a->multiply(r->h, width, count, r->t->out, r->shape.tokens, width,
                   at(r, r->logits, first * r->shape.tokens), r->shape.tokens);
    return status;
}

/* ---- what was read ---- */

int64_t reading_length(const Reading *r)
{
    return r->length;
}

const unsigned char *reading_bytes(const Reading *r)
{
    return r->byte;
}

void reading_logits(const Reading *r, int64_t i, double *out)
{
    assert(i >= 0 && i < r->length);
    r->a->read(at(r, r->logits, i * r->shape.tokens), r->shape.tokens, out);
}

void reading_query(const Reading *r, int layer, int head, int64_t i, double *out)
{
    r->a->read(query_at(r, layer, head, i), r->d, out);
}

void reading_key(const Reading *r, int layer, int head, int64_t i, double *out)
{
    r->a->read(key_at(r, r->k, layer, head, i), r->d, out);
}

void reading_value(const Reading *r, int layer, int head, int64_t i, double *out)
{
    r->a->read(key_at(r, r->v, layer, head, i), r->d, out);
}

enum { WIDTH = 1024 }; /* of a head, at most */

void reading_scores(const Reading *r, int layer, int head, int64_t i, double *out)
{
    double q[WIDTH], k[WIDTH];
    assert(r->d <= WIDTH);
    reading_query(r, layer, head, i, q);
    for (int64_t j = 0; j <= i; j++) {
        double sum = 0;
        reading_key(r, layer, head, j, k);
        for (int c = 0; c < r->d; c++) sum += q[c] * k[c];
        out[j] = sum / sqrt(r->d);
    }
}

void reading_weights(const Reading *r, int layer, int head, int64_t i, double *out)
{
    assert(i >= 0 && i < r->length);
    r->a->read(weights_at(r, layer, head, i), i + 1, out);
}

double reading_kept(const Reading *r, int layer, int head, int64_t i)
{
    return *kept_at(r, layer, head, i);
}

/* ---- a head as a problem ---- */

static void copy_rows(const Reading *r, void (*row)(const Reading *, int, int, int64_t, double *),
                      int layer, int head, float *out)
{
    double x[WIDTH];
    for (int64_t i = 0; i < r->length; i++) {
        row(r, layer, head, i, x);
        for (int c = 0; c < r->d; c++) out[i * r->d + c] = (float)x[c];
    }
}

static Status name_tokens(const Reading *r, Problem *p)
{
    p->token = calloc((size_t)p->n, sizeof *p->token);
    for (int64_t i = 0; p->token && i < p->n; i++) {
        if (!(p->token[i] = calloc(2, 1))) return STATUS_MEMORY;
        p->token[i][0] = (char)r->byte[i];
    }
    return p->token ? STATUS_OK : STATUS_MEMORY;
}

Status reading_problem(const Reading *r, int layer, int head, Problem *out, Why *why)
{
    size_t size = (size_t)(r->length * r->d);
    float *q = malloc(3 * size * sizeof *q), *k = q + size, *v = k + size;
    *out = (Problem){0};
    if (!q) return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    copy_rows(r, reading_query, layer, head, q);
    copy_rows(r, reading_key, layer, head, k);
    copy_rows(r, reading_value, layer, head, v);
    Status status = problem_matrices(q, k, v, r->length, r->d, r->d, 0, out, why);
    free(q);
    if (!status && name_tokens(r, out)) {
        problem_done(out);
        status = why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    }
    return status;
}

/* ---- bytes ---- */

enum { TOKENS = 256 };

double reading_bits(const Reading *r, int64_t i)
{
    double logit[TOKENS], most = -INFINITY, sum = 0;
    assert(r->shape.tokens == TOKENS && i + 1 < r->length);
    reading_logits(r, i, logit);
    for (int c = 0; c < TOKENS; c++) most = logit[c] > most ? logit[c] : most;
    for (int c = 0; c < TOKENS; c++) sum += exp(logit[c] - most);
    return (log(sum) + most - logit[r->byte[i + 1]]) / log(2);
}

unsigned char reading_next(const Reading *r, int64_t i)
{
    double logit[TOKENS];
    int    best = 0;
    assert(r->shape.tokens == TOKENS);
    reading_logits(r, i, logit);
    for (int c = 1; c < TOKENS; c++)
        if (logit[c] > logit[best]) best = c;
    return (unsigned char)best;
}
