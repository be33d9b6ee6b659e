#include "app/store/model.h"

#include "app/base/text.h"
#include "app/store/files.h"
#include "app/store/safetensors.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CONFIG_LIMIT = 256 * 1024 };

static Status no_memory(Why *why)
{
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

/* ---- config.json ---- */

static const struct {
    const char *name;
    size_t      place;
    int         min, max;
} whole[] = {
    {"hidden_size", offsetof(ModelShape, width), 2, MODEL_WIDTH},
    {"num_hidden_layers", offsetof(ModelShape, layers), 1, MODEL_LAYERS},
    {"num_attention_heads", offsetof(ModelShape, heads), 1, MODEL_WIDTH},
    {"num_key_value_heads", offsetof(ModelShape, kv_heads), 1, MODEL_WIDTH},
    {"intermediate_size", offsetof(ModelShape, inner), 1, MODEL_WIDTH},
    {"vocab_size", offsetof(ModelShape, tokens), MODEL_TOKENS, MODEL_TOKENS},
    {"max_position_embeddings", offsetof(ModelShape, context), 2, MODEL_CONTEXT},
};

static const struct {
    const char *name;
    size_t      place;
    double      max;
} real[] = {
    {"rope_theta", offsetof(ModelShape, theta), 1e12},
    {"rms_norm_eps", offsetof(ModelShape, eps), 1},
};

/* What would make it another model; a name that is missing says nothing. */
static const struct {
    const char *name, *word;
} fixed[] = {{"model_type", "llama"}, {"hidden_act", "silu"}};

static Status read_whole(const json_t *config, const char *label, ModelShape *out, Why *why)
{
    for (size_t k = 0; k < sizeof whole / sizeof *whole; k++) {
        const json_t *value = json_object_get(config, whole[k].name);
        json_int_t    found = json_integer_value(value);
        if (!json_is_integer(value) || found < whole[k].min || found > whole[k].max)
            return why_say(why, STATUS_DAMAGED, 0, "%s: %s must be a whole number from %d to %d",
                           label, whole[k].name, whole[k].min, whole[k].max);
        *(int *)(void *)((char *)out + whole[k].place) = (int)found;
    }
    return STATUS_OK;
}

static Status read_real(const json_t *config, const char *label, ModelShape *out, Why *why)
{
    for (size_t k = 0; k < sizeof real / sizeof *real; k++) {
        double found = json_number_value(json_object_get(config, real[k].name));
        if (!(found > 0) || found > real[k].max)
            return why_say(why, STATUS_DAMAGED, 0, "%s: %s must be a number above 0 and at most %g",
                           label, real[k].name, real[k].max);
        *(double *)(void *)((char *)out + real[k].place) = found;
    }
    return STATUS_OK;
}

static Status read_fixed(const json_t *config, const char *label, Why *why)
{
    for (size_t k = 0; k < sizeof fixed / sizeof *fixed; k++) {
        const json_t *value = json_object_get(config, fixed[k].name);
        const char   *found = json_string_value(value);
        if (value && (!found || strcmp(found, fixed[k].word) != 0))
            return why_say(why, STATUS_DAMAGED, 0, "%s: %s is not \"%s\": another kind of model",
                           label, fixed[k].name, fixed[k].word);
    }
    const json_t *scaling = json_object_get(config, "rope_scaling");
    if (scaling && !json_is_null(scaling))
        return why_say(why, STATUS_DAMAGED, 0,
                       "%s: rope_scaling: rotary positions are read unscaled only", label);
    return STATUS_OK;
}

static Status check_heads(const json_t *config, const char *label, const ModelShape *s, Why *why)
{
    if (s->width % s->heads != 0)
        return why_say(why, STATUS_DAMAGED, 0,
                       "%s: hidden_size %d is no multiple of num_attention_heads %d", label,
                       s->width, s->heads);
    if (s->heads % s->kv_heads != 0)
        return why_say(why, STATUS_DAMAGED, 0,
                       "%s: num_attention_heads %d is no multiple of num_key_value_heads %d", label,
                       s->heads, s->kv_heads);
    int d = model_head_width(s);
    if (d % 2 != 0 || d > MODEL_HEAD_WIDTH)
        return why_say(why, STATUS_DAMAGED, 0,
                       "%s: heads %d wide; their width must be even and at most %d", label, d,
                       MODEL_HEAD_WIDTH);
    const json_t *given = json_object_get(config, "head_dim");
    if (given && !json_is_null(given) && json_integer_value(given) != d)
        return why_say(why, STATUS_DAMAGED, 0,
                       "%s: head_dim must be %d, hidden_size by num_attention_heads", label, d);
    return STATUS_OK;
}

static Status read_tied(const json_t *config, const char *label, bool *tied, Why *why)
{
    const json_t *value = json_object_get(config, "tie_word_embeddings");
    *tied = json_is_true(value);
    if (!value || json_is_boolean(value)) return STATUS_OK;
    return why_say(why, STATUS_DAMAGED, 0, "%s: tie_word_embeddings must be true or false", label);
}

Status model_config(const char *text, size_t len, const char *label, ModelShape *out, bool *tied,
                    Why *why)
{
    json_error_t error;
    json_t      *config = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
    Status       status = STATUS_OK;
    *out = (ModelShape){0};
    if (!json_is_object(config))
        status = why_say(why, STATUS_DAMAGED, 0, "%s: not a JSON object", label);
    if (!status) status = read_fixed(config, label, why);
    if (!status) status = read_whole(config, label, out, why);
    if (!status) status = read_real(config, label, out, why);
    if (!status) status = check_heads(config, label, out, why);
    if (!status) status = read_tied(config, label, tied, why);
    json_decref(config);
    return status;
}

/* ---- weights ---- */

/* A tensor that must be there, and where the model points to it. cols 0: one dimension. */
typedef struct {
    char          name[80];
    int           rows, cols;
    const float **place;
} Wanted;

typedef struct {
    Wanted *tensor;
    int     tensors;
} Plan;

enum { PER_LAYER = 9, OUTSIDE = 3 };

static void want(Plan *p, int layer, const char *name, int rows, int cols, const float **place)
{
    Wanted *w = &p->tensor[p->tensors++];
    Text    text = text_over(w->name, sizeof w->name);
    *w = (Wanted){.rows = rows, .cols = cols, .place = place};
    text_add(&text, "model.");
    if (layer >= 0) text_format(&text, "layers.%d.", layer);
    text_format(&text, "%s.weight", name);
}

static void want_layer(Plan *p, const ModelShape *s, int l, ModelLayer *to)
{
    int width = s->width, kv = model_kv_width(s);
    want(p, l, "input_layernorm", width, 0, &to->attention_norm);
    want(p, l, "self_attn.q_proj", width, width, &to->q);
    want(p, l, "self_attn.k_proj", kv, width, &to->k);
    want(p, l, "self_attn.v_proj", kv, width, &to->v);
    want(p, l, "self_attn.o_proj", width, width, &to->o);
    want(p, l, "post_attention_layernorm", width, 0, &to->mlp_norm);
    want(p, l, "mlp.gate_proj", s->inner, width, &to->gate);
    want(p, l, "mlp.up_proj", s->inner, width, &to->up);
    want(p, l, "mlp.down_proj", width, s->inner, &to->down);
}

static Status make_plan(StoredModel *m, bool tied, Plan *p, Why *why)
{
    ModelWeights *w = &m->weights;
    p->tensor = calloc((size_t)(w->shape.layers * PER_LAYER + OUTSIDE), sizeof *p->tensor);
    m->layer = calloc((size_t)w->shape.layers, sizeof *m->layer);
    if (!p->tensor || !m->layer) return no_memory(why);
    w->layer = m->layer;
    want(p, -1, "embed_tokens", w->shape.tokens, w->shape.width, &w->embed);
    want(p, -1, "norm", w->shape.width, 0, &w->norm);
    for (int l = 0; l < w->shape.layers; l++) want_layer(p, &w->shape, l, &m->layer[l]);
    if (tied) return STATUS_OK;
    want(p, -1, "", w->shape.tokens, w->shape.width, &w->out);
    Text head = text_over(p->tensor[p->tensors - 1].name, sizeof p->tensor->name);
    text_add(&head, "lm_head.weight");
    return STATUS_OK;
}

static void add_shape(const int64_t *side, int rank, Text *out)
{
    text_add_char(out, '(');
    for (int k = 0; k < rank; k++) text_format(out, "%s%lld", k ? ", " : "", (long long)side[k]);
    text_add_char(out, ')');
}

/* t: NULL if it is missing. */
static Status check_shape(const char *label, const Wanted *w, const Tensor *t, Why *why)
{
    const int64_t side[2] = {w->rows, w->cols};
    int           rank = w->cols ? 2 : 1;
    bool          same = t && t->rank == rank;
    for (int k = 0; same && k < rank; k++) same = t->shape[k] == side[k];
    if (same) return STATUS_OK;
    Text expected = {0}, found = {0};
    add_shape(side, rank, &expected);
    if (t) add_shape(t->shape, t->rank, &found);
    Status status =
        t ? why_say(why, STATUS_DAMAGED, 0, "%s: tensor \"%s\" has the shape %s; expected is %s",
                    label, w->name, text_string(&found), text_string(&expected))
          : why_say(why, STATUS_DAMAGED, 0, "%s: tensor \"%s\" of shape %s is missing", label,
                    w->name, text_string(&expected));
    text_done(&expected);
    text_done(&found);
    return status;
}

static Status check_all(const Plan *p, const Safetensors *s, Why *why)
{
    for (int k = 0; k < p->tensors; k++) {
        Status status =
            check_shape(s->label, &p->tensor[k], safetensors_find(s, p->tensor[k].name), why);
        if (status) return status;
    }
    for (int k = 0; k < s->tensors; k++) {
        bool known = false;
        for (int t = 0; t < p->tensors && !known; t++)
            known = strcmp(p->tensor[t].name, s->tensor[k].name) == 0;
        if (!known)
            return why_say(why, STATUS_DAMAGED, 0,
                           "%s: tensor \"%.100s\" is no part of this model: no tensor of that name "
                           "is expected",
                           s->label, s->tensor[k].name);
    }
    return STATUS_OK;
}

static Status read_numbers(const Safetensors *s, const Wanted *w, float *to, Why *why)
{
    const Tensor *t = safetensors_find(s, w->name);
    Status        status = safetensors_read(s, t, to, why);
    for (int64_t k = 0; !status && k < t->numbers; k++)
        if (!isfinite(to[k]))
            status = why_say(why, STATUS_DAMAGED, 0, "%s: tensor \"%s\": number %lld is not finite",
                             s->label, w->name, (long long)k);
    *w->place = to;
    return status;
}

static Status read_all(const Plan *p, const Safetensors *s, StoredModel *m, Why *why)
{
    int64_t all = 0;
    Status  status = check_all(p, s, why);
    if (status) return status;
    for (int k = 0; k < s->tensors; k++) all += s->tensor[k].numbers;
    m->number = malloc((size_t)all * sizeof *m->number);
    if (!m->number) return no_memory(why);
    float *to = m->number;
    for (int k = 0; k < p->tensors && !status; k++) {
        status = read_numbers(s, &p->tensor[k], to, why);
        to += (int64_t)p->tensor[k].rows * (p->tensor[k].cols ? p->tensor[k].cols : 1);
    }
    if (!m->weights.out) m->weights.out = m->weights.embed;
    return status;
}

/* ---- the folder ---- */

static void join(const char *folder, const char *name, Text *out)
{
    text_clear(out);
    text_format(out, "%s/%s", folder, name);
}

static Status load_config(const char *path, StoredModel *m, bool *tied, Why *why)
{
    Text   text = {0};
    int    fd;
    Status status = file_open(path, path, CONFIG_LIMIT, &fd, why);
    if (!status) status = file_take(fd, path, &text, why);
    if (!status)
        status = model_config(text_string(&text), text.len, path, &m->weights.shape, tied, why);
    text_done(&text);
    return status;
}

static Status load_weights(const char *path, bool tied, StoredModel *m, Why *why)
{
    Safetensors s;
    Plan        plan = {0};
    Status      status = safetensors_open(path, path, &s, why);
    if (!status) status = make_plan(m, tied, &plan, why);
    if (!status) status = read_all(&plan, &s, m, why);
    safetensors_close(&s);
    free(plan.tensor);
    return status;
}

Status model_load(const char *folder, StoredModel *out, Why *why)
{
    Text path = {0};
    bool tied = false;
    *out = (StoredModel){0};
    join(folder, "config.json", &path);
    Status status = load_config(text_string(&path), out, &tied, why);
    join(folder, "model.safetensors", &path);
    if (!status) status = load_weights(text_string(&path), tied, out, why);
    text_done(&path);
    if (status) model_done(out);
    return status;
}

void model_done(StoredModel *m)
{
    free(m->layer);
    free(m->number);
    *m = (StoredModel){0};
}
