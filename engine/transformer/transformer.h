/* transformer.h - a model's weights made ready for reading texts, in float or double.
 *
 * A Transformer is changed by nobody: any number of readings use it. transformer_free ends it. The
 * weights handed in are borrowed until then. */
#ifndef ENGINE_TRANSFORMER_TRANSFORMER_H
#define ENGINE_TRANSFORMER_TRANSFORMER_H

#include "engine/transformer/weights.h"

#include "engine/status.h"

/* Tests ask the double build of the same code for what rounding did to the float one. */
typedef enum { NUMBER_FLOAT, NUMBER_DOUBLE } NumberKind;

typedef struct Transformer Transformer;

/* rank: 0 for the best vector registers that there are, 1, 2, ... for the next ones; STATUS_MISSING
 * behind the last. */
Status transformer_new(const ModelWeights *weights, NumberKind kind, int rank, Transformer **out,
                       Why *why) MUST_USE;
void   transformer_free(Transformer *t);

const ModelShape *transformer_shape(const Transformer *t);

#endif
