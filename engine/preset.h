/* preset.h - the shapes of published models, text part, as data.
 *
 * Shapes from openai/gpt-2 src/model.py; pytorch/torchtune torchtune/models (Llama, Qwen, Phi);
 * google/gemma_pytorch gemma/config.py; openai/gpt-oss gpt_oss/torch/model.py; Hugging Face's
 * configuration_mistral.py; deepseek-ai/DeepSeek-V3.2-Exp inference/config_671B_v3.2.json. */
#ifndef ENGINE_PRESET_H
#define ENGINE_PRESET_H

#include <stdint.h>

typedef struct {
    const char *id, *name;
    int         layers;
    int         heads, kv_heads; /* kv_heads 0: one latent vector for all heads */
    int         width;      /* numbers of a key, and of a value; of the latent vector all it has */
    const char *stack;      /* what its layers read */
    double      parameters; /* 0: a mixture of experts; step time and crossover are not computed */
    int64_t     context;    /* longest text it was made for, where that is short; else 0 */
    double      choosing;   /* bytes that choosing keys reads, per token and layer that chooses */
} Preset;

const Preset *preset_at(int k);            /* NULL past the last */
const Preset *preset_find(const char *id); /* NULL if there is none */
const char   *preset_near(const char *id); /* the nearest id, or NULL */

#endif
