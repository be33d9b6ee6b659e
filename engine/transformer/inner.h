/* inner.h - what a Transformer is made of; for transformer.c and reading.c only. */
#ifndef ENGINE_TRANSFORMER_INNER_H
#define ENGINE_TRANSFORMER_INNER_H

#include "engine/transformer/arithmetic.h"
#include "engine/transformer/transformer.h"

/* Packed, of the arithmetic's number. */
typedef struct {
    void *q, *k, *v, *o, *gate, *up, *down;
} PackedLayer;

struct Transformer {
    ModelWeights      weights; /* for the norms and the embedding */
    const Arithmetic *arithmetic;
    PackedLayer      *layer; /* (layers) */
    void             *out;
};

#endif
