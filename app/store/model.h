/* model.h - the trained model of a folder: sizes in config.json, weights in model.safetensors.
 *
 * Names and shapes are those of a Llama as Hugging Face stores it. Every tensor that is missing,
 * too many or misshapen is named with the shape expected. A StoredModel owns the weights. */
#ifndef APP_STORE_MODEL_H
#define APP_STORE_MODEL_H

#include "engine/status.h"
#include "engine/transformer/weights.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    MODEL_LAYERS = 256,
    MODEL_WIDTH = 1 << 16,
    MODEL_HEAD_WIDTH = 1024,
    MODEL_CONTEXT = 1 << 20,
    MODEL_TOKENS = 256
};

typedef struct {
    ModelWeights weights; /* points into the two below */
    ModelLayer  *layer;
    float       *number; /* all weights, one tensor behind the other */
} StoredModel;           /* {0} */

/* What stands in the text of a config.json; label is what messages call it. */
Status model_config(const char *text, size_t len, const char *label, ModelShape *out, bool *tied,
                    Why *why) MUST_USE;

/* Reads both files of the folder. */
Status model_load(const char *folder, StoredModel *out, Why *why) MUST_USE;
void   model_done(StoredModel *m);

#endif
