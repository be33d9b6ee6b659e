/* weights.h - a trained model of the Llama architecture as it is handed in: sizes and weights.
 *
 *   token -> embed -> [ norm, attention, + | norm, gate and up, down, + ] x layers -> norm -> out
 *
 * Matrices are (out, in), row-major float32, as files have them. All is borrowed. */
#ifndef ENGINE_TRANSFORMER_WEIGHTS_H
#define ENGINE_TRANSFORMER_WEIGHTS_H

/* width is a multiple of heads, heads of kv_heads; a head's width is even. */
typedef struct {
    int    layers, width;
    int    heads, kv_heads; /* query head h reads key/value head h / (heads / kv_heads) */
    int    inner;           /* width between up and down */
    int    tokens;          /* 256: the bytes */
    int    context;         /* most tokens of a text */
    double theta, eps;      /* base of the rotary angles; what RMSNorm adds under its root */
} ModelShape;

typedef struct {
    const float *attention_norm;   /* (width) */
    const float *q, *k, *v, *o;    /* (width, width), two of (kv width, width), (width, width) */
    const float *mlp_norm;         /* (width) */
    const float *gate, *up, *down; /* two of (inner, width), (width, inner) */
} ModelLayer;

typedef struct {
    ModelShape        shape;
    const float      *embed; /* (tokens, width) */
    const float      *norm;  /* (width) */
    const float      *out;   /* (tokens, width); embed again where they are tied */
    const ModelLayer *layer; /* (layers) */
} ModelWeights;

static inline int model_head_width(const ModelShape *s)
{
    return s->width / s->heads;
}

static inline int model_kv_width(const ModelShape *s)
{
    return s->kv_heads * model_head_width(s);
}

#endif
