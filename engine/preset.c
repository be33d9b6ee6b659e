#include "engine/preset.h"
#include "engine/near.h"

#include <stddef.h>
#include <string.h>

#define GEMMA2 "(1x window(w=4096), 1x full) to "
#define OSS    "(1x window(w=128), 1x full) to "

static const Preset preset[] = {
    {"gpt-2-small", "GPT-2 small", 12, 12, 12, 64, "full", .124e9, 1024, 0},
    {"llama-2-7b", "Llama-2-7B", 32, 32, 32, 128, "full", 6.74e9, 0, 0},
    {"llama-2-13b", "Llama-2-13B", 40, 40, 40, 128, "full", 13.02e9, 0, 0},
    {"llama-2-70b", "Llama-2-70B", 80, 64, 8, 128, "full", 68.98e9, 0, 0},
    {"llama-3-70b", "Llama-3-70B", 80, 64, 8, 128, "full", 70.55e9, 0, 0},
    {"llama-3.1-70b", "Llama-3.1-70B", 80, 64, 8, 128, "full", 70.55e9, 0, 0},
    {"qwen2.5-72b", "Qwen2.5-72B", 80, 64, 8, 128, "full", 72.71e9, 0, 0},
    {"llama-3-8b", "Llama-3-8B", 32, 32, 8, 128, "full", 8.03e9, 0, 0},
    {"llama-3.1-8b", "Llama-3.1-8B", 32, 32, 8, 128, "full", 8.03e9, 0, 0},
    {"llama-3.1-405b", "Llama-3.1-405B", 126, 128, 8, 128, "full", 405.9e9, 0, 0},
    {"llama-3.2-1b", "Llama-3.2-1B", 16, 32, 8, 64, "full", 1.24e9, 0, 0},
    {"llama-3.2-3b", "Llama-3.2-3B", 28, 24, 8, 128, "full", 3.21e9, 0, 0},
    {"mistral-7b", "Mistral-7B v0.1", 32, 32, 8, 128, "window(w=4096)", 7.24e9, 0, 0},
    {"gemma-2-2b", "Gemma-2 2B", 26, 8, 4, 256, GEMMA2 "26", 2.61e9, 0, 0},
    {"gemma-2-9b", "Gemma-2 9B", 42, 16, 8, 256, GEMMA2 "42", 9.24e9, 0, 0},
    {"gemma-2-27b", "Gemma-2 27B", 46, 32, 16, 128, GEMMA2 "46", 27.2e9, 0, 0},
    {"gemma-3-1b", "Gemma-3 1B", 26, 4, 1, 256, "(5x window(w=512), 1x full) to 26", 1.00e9, 0, 0},
    {"gemma-3-4b", "Gemma-3 4B", 34, 8, 4, 256, "(5x window(w=1024), 1x full) to 34", 3.88e9, 0, 0},
    {"gemma-3-12b", "Gemma-3 12B", 48, 16, 8, 256, "(5x window(w=1024), 1x full) to 48", 11.8e9, 0,
     0},
    {"gemma-3-27b", "Gemma-3 27B", 62, 32, 16, 128, "(5x window(w=1024), 1x full) to 62", 27.0e9, 0,
     0},
    {"qwen2.5-7b", "Qwen2.5-7B", 28, 28, 4, 128, "full", 7.62e9, 0, 0},
    {"phi-3-mini-4k", "Phi-3-mini-4k", 32, 32, 32, 96, "window(w=2048)", 3.82e9, 4096, 0},
    {"gpt-oss-20b", "gpt-oss-20b", 24, 64, 8, 64, OSS "24", 0, 0, 0},
    {"gpt-oss-120b", "gpt-oss-120b", 36, 64, 8, 64, OSS "36", 0, 0, 0},
    {"deepseek-v3.2", "DeepSeek-V3.2", 61, 128, 0, 512 + 64, "topk(k=2048)", 0, 0, 132},
};

enum { PRESETS = sizeof preset / sizeof *preset };

const Preset *preset_at(int k)
{
    return k >= 0 && k < PRESETS ? &preset[k] : NULL;
}

const Preset *preset_find(const char *id)
{
    for (int k = 0; k < PRESETS; k++)
        if (strcmp(preset[k].id, id) == 0) return &preset[k];
    return NULL;
}

static const char *id_at(int k, const void *context)
{
    (void)context;
    return k < PRESETS ? preset[k].id : NULL;
}

const char *preset_near(const char *id)
{
    return near_name(id, strlen(id), id_at, NULL);
}
