#include "engine/transformer/transformer.h"
#include "engine/transformer/inner.h"

#include <assert.h>
#include <stdlib.h>

static void *packed(const Transformer *t, const float *w, int out, int in)
{
    void *to = malloc((size_t)t->arithmetic->packed(out, in) * t->arithmetic->real);
    if (to) t->arithmetic->pack(w, out, in, to);
    return to;
}

static bool pack_layer(const Transformer *t, const ModelLayer *from, PackedLayer *to)
{
    const ModelShape *s = &t->weights.shape;
    int               width = s->width, kv = model_kv_width(s);
    *to = (PackedLayer){
        .q = packed(t, from->q, width, width),
        .k = packed(t, from->k, kv, width),
        .v = packed(t, from->v, kv, width),
        .o = packed(t, from->o, width, width),
        .gate = packed(t, from->gate, s->inner, width),
        .up = packed(t, from->up, s->inner, width),
        .down = packed(t, from->down, width, s->inner),
    };
    return to->q && to->k && to->v && to->o && to->gate && to->up && to->down;
}

static bool pack_all(Transformer *t)
{
    const ModelShape *s = &t->weights.shape;
    t->out = packed(t, t->weights.out, s->tokens, s->width);
    t->layer = calloc((size_t)s->layers, sizeof *t->layer);
    if (!t->out || !t->layer) return false;
    for (int l = 0; l < s->layers; l++)
        if (!pack_layer(t, &t->weights.layer[l], &t->layer[l])) return false;
    return true;
}

Status transformer_new(const ModelWeights *weights, NumberKind kind, int rank, Transformer **out,
                       Why *why)
{
    const ModelShape *s = &weights->shape;
    assert(s->width % s->heads == 0 && s->heads % s->kv_heads == 0 && model_head_width(s) % 2 == 0);
    const Arithmetic *arithmetic =
        arithmetic_find(kind == NUMBER_FLOAT ? sizeof(float) : sizeof(double), rank);
    *out = NULL;
    if (!arithmetic) return why_say(why, STATUS_MISSING, 0, "no arithmetic %d", rank);
    Transformer *t = calloc(1, sizeof *t);
    if (t) *t = (Transformer){.weights = *weights, .arithmetic = arithmetic};
    if (t && pack_all(t)) {
        *out = t;
        return STATUS_OK;
    }
    transformer_free(t);
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

static void free_layer(PackedLayer *l)
{
    void *all[] = {l->q, l->k, l->v, l->o, l->gate, l->up, l->down};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) free(all[k]);
}

void transformer_free(Transformer *t)
{
    if (!t) return;
    for (int l = 0; t->layer && l < t->weights.shape.layers; l++) free_layer(&t->layer[l]);
    free(t->layer);
    free(t->out);
    free(t);
}

const ModelShape *transformer_shape(const Transformer *t)
{
    return &t->weights.shape;
}
