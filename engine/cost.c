#include "engine/cost.h"
#include "engine/cache.h"
#include "engine/size.h"

#include <assert.h>
#include <string.h>

/* Of 2^31-1 tokens all pairs are 2^62: wide heads would pass the largest integer; it stays. */
int64_t cost_multiply_adds(int64_t total, int d, int e)
{
    assert(total >= 0 && d >= 0 && e >= 0);
    int64_t each = (int64_t)d + e;
    return each > 0 && total > INT64_MAX / each ? INT64_MAX : total * each;
}

double cost_cache_bytes(int64_t keys, int d, int e, double bytes_a_number)
{
    return (double)keys * ((double)d + (double)e) * bytes_a_number;
}

/* ---- a layer ---- */

static Status positional(const Recipe *recipe, int64_t n, CostLayer *out, Why *why)
{
    Pattern *p;
    int64_t  total;
    Status   status = pattern_new(recipe, n, BACKGROUND_CAUSAL, NULL, &p, why);
    if (status) return status;
    status = pattern_count(p, n - 1, &out->read);
    if (!status) status = pattern_total(p, &total);
    if (!status) out->total = (double)total;
    if (status) why_say(why, status, 0, "%s", status_sentence(status));
    pattern_free(p);
    return status ? status : cache_resident_of(recipe, n, BACKGROUND_CAUSAL, &out->resident, why);
}

/* The most keys that a cache holds for one atom, the new one counted. */
static Status leaf_resident(const Recipe *flat, const RecipeNode *node, int64_t n, int64_t *out,
                            Why *why)
{
    const Mechanism *m = node->mechanism;
    SizeMaker       *maker;
    Recipe           leaf;
    Size             size;
    *out = n;
    if (m->class != CLASS_POSITIONAL && !m->policy) return STATUS_OK;
    Status status = recipe_leaf(m, flat->value + node->place, &leaf, why);
    if (!status && !m->policy) status = cache_resident_of(&leaf, n, BACKGROUND_CAUSAL, out, why);
    if (!status && m->policy) {
        status = size_new(&leaf, n, &maker, why);
        for (int64_t i = *out = 0; !status && i < n; i++) {
            status = size_of(maker, i, &size);
            if (size.keys > *out) *out = size.keys;
        }
        size_free(maker);
    }
    recipe_done(&leaf);
    return status;
}

/* Of a union both, less the new key that is counted twice; of an intersection the smaller one. */
static int64_t joined_resident(RecipeOp op, int64_t a, int64_t b, int64_t n)
{
    if (op == RECIPE_UNION) return a + b - 1 < n ? a + b - 1 : n;
    return op == RECIPE_INTERSECT && b < a ? b : a;
}

static Status content_resident(const Recipe *flat, int64_t n, int64_t *out, Why *why)
{
    int64_t operand[256]; /* as many as an expression has leaves */
    int     operands = 0;
    Status  status = STATUS_OK;
    for (int k = 0; !status && k < flat->nodes; k++) {
        if (flat->node[k].op == RECIPE_LEAF) {
            status = leaf_resident(flat, &flat->node[k], n, &operand[operands++], why);
            continue;
        }
        operands--;
        operand[operands - 1] =
            joined_resident(flat->node[k].op, operand[operands - 1], operand[operands], n);
    }
    *out = operand[0];
    return status;
}

/* Blocks whose bounds are read. */
static int64_t bounds_of(const Recipe *flat, int64_t n)
{
    int64_t blocks = 0;
    for (int k = 0; k < flat->nodes; k++) {
        const Mechanism *m = flat->node[k].op == RECIPE_LEAF ? flat->node[k].mechanism : NULL;
        for (int v = 0; m && v < m->params; v++) {
            const Value *value = &flat->value[flat->node[k].place + v];
            bool         bounds = strcmp(m->name, "block_topk") == 0 && value->kind == VALUE_WORD &&
                          strcmp(value->text, "bounds") == 0;
            int64_t b = flat->value[flat->node[k].place].lo; /* b comes first */
            if (bounds) blocks += (n + b - 1) / b;
        }
    }
    return blocks;
}

static Status sizes(const Recipe *recipe, int64_t n, CostLayer *out, Why *why)
{
    SizeMaker *maker;
    Size       size = {0};
    Status     status = size_new(recipe, n, &maker, why);
    for (int64_t i = 0; !status && i < n; i++) {
        status = size_of(maker, i, &size);
        out->total += (double)size.keys;
        out->at_most = out->at_most || !size.exact;
    }
    out->read = size.keys;
    size_free(maker);
    return status;
}

Status cost_layer(const Recipe *recipe, int64_t n, CostLayer *out, Why *why)
{
    Recipe flat;
    *out = (CostLayer){0};
    if (recipe_class(recipe) == CLASS_POSITIONAL) return positional(recipe, n, out, why);
    out->chooses = true;
    Status status = recipe_expand(recipe, &flat, why);
    if (status) return status;
    status = sizes(recipe, n, out, why);
    if (!status) status = content_resident(&flat, n, &out->resident, why);
    out->blocks = bounds_of(&flat, n);
    recipe_done(&flat);
    return status;
}

/* ---- a stack ---- */

static double bytes_a_token(const Preset *model, double bytes)
{
    return (model->kv_heads ? 2.0 * model->kv_heads : 1.0) * model->width * bytes;
}

CostBill cost_stack(const Stack *stack, const CostLayer *layer, const Preset *model,
                    const CostTerms *terms)
{
    CostBill bill = {0};
    double   token = bytes_a_token(model, terms->bytes);
    for (int r = 0; r < stack->runs; r++) {
        const CostLayer *of = &layer[stack->run[r].recipe];
        double           layers = stack->run[r].layers;
        bill.kv_bytes += layers * token * (double)of->resident;
        bill.read_bytes += layers * token * ((double)of->read + (double)of->blocks);
        if (of->chooses) bill.read_bytes += layers * model->choosing * (double)terms->context;
        bill.flops += layers * 4 * model->heads * model->width * of->total;
        bill.at_most = bill.at_most || of->at_most;
    }
    if (!model->kv_heads) bill.flops = COST_UNKNOWN; /* the table has no width of its heads */
    double bytes = terms->weights + (double)terms->batch * bill.read_bytes;
    bill.step_seconds =
        terms->weights > 0 ? bytes / (terms->bandwidth * terms->efficiency) : COST_UNKNOWN;
    return bill;
}

double cost_crossover(const Preset *model)
{
    return model->parameters / ((double)model->layers * model->heads * model->width);
}
