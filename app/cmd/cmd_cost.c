#include "app/cmd/bind.h"
#include "app/base/utf8.h"
#include "app/cmd/out.h"
#include "app/cmd/sure.h"

#include "engine/cache.h"
#include "engine/cost.h"
#include "engine/reach.h"
#include "engine/scan.h"

#include <stdlib.h>
#include <string.h>

static int run(const CmdCall *call);

static const CmdOption option[] = {
    {"--model", "PRESET", "whose shape; list prints all", NULL},
    {"--context", "N", "tokens of the text", NULL},
    {"--batch", "B", "texts at once (1)", NULL},
    {"--bytes", "X", "bytes of a number of keys and values (2)", NULL},
    {"--kv-heads", "N", "key-value heads, instead of the model's", NULL},
    {"--bandwidth", "X", "memory bandwidth in TB/s (3.35)", NULL},
    {"--efficiency", "X", "share of it that is reached (1)", NULL},
    {"--path", "J:I", "how many layers carry token J to position I", NULL},
};

const Cmd cmd_cost = {
    .name = "cost",
    .synopsis =
        "[STACK] --model PRESET --context N [--batch B] [--bytes X] [--kv-heads N] [--bandwidth X] "
        "[--efficiency X] [--path J:I]",
    .summary = "what a model's layers keep, read and take",
    .help = "STACK says what each layer reads, the lowest first: '24x window(w=4096), 8x full', or "
            "a unit that is "
            "repeated and cut off, '(5x window(w=1024), 1x full) to 34'. An expression alone "
            "stands for every layer; "
            "without a STACK the model's own is taken.\n"
            "\n"
            "Printed beside the same model with every layer dense: bytes of keys and values that "
            "are kept and that "
            "one decode step reads, for one text; floating-point operations of attention for the "
            "whole text; the "
            "time of a decode step, if it is bound by memory: (weights + B times read) / "
            "(bandwidth times "
            "efficiency), weights at 2 bytes. GiB is 2^30 bytes, TB 10^12. What is kept is asked "
            "of a text that "
            "goes on. Where content decides how many keys a row has, the most is taken, and it "
            "says so.\n"
            "\n"
            "--path counts the layers that carry a token's content, each used once at most; of a "
            "layer that "
            "reads content only the guaranteed part counts.",
    .example = "cost '24x window(w=4096), 8x full' --model llama-3.1-8b --context 131072",
    .option = option,
    .options = sizeof option / sizeof *option,
    .run = run,
};

static const double GIB = 1073741824.0;

typedef struct {
    const char *text; /* of the stack */
    Preset      model;
    CostTerms   terms;
    Stack       stack, dense;
    CostLayer  *layer; /* one an expression */
    CostLayer   full;
    CostBill    bill, dense_bill;
    int64_t     from, to, hops; /* from -1: not asked for */
} Cost;

/* ---- what was asked ---- */

static int list_presets(const CmdCall *call)
{
    Text          out = {0};
    const Preset *p;
    text_format(&out, call->json ? "[" : "%-16s %6s %6s %8s %6s  %s\n", "preset", "layers", "heads",
                "KV heads", "width", "stack");
    for (int k = 0; (p = preset_at(k)); k++) {
        if (call->json) {
            text_format(&out,
                        "%s{\"id\":\"%s\",\"name\":\"%s\",\"layers\":%d,\"heads\":%d,\"kv_heads\":%"
                        "d,\"width\":%d,\"stack\":",
                        k ? "," : "", p->id, p->name, p->layers, p->heads, p->kv_heads, p->width);
            utf8_json(&out, p->stack);
            text_add_char(&out, '}');
            continue;
        }
        text_format(&out, "%-16s %6d %6d ", p->id, p->layers, p->heads);
        text_format(&out, p->kv_heads ? "%8d" : "  latent", p->kv_heads);
        text_format(&out, " %6d  %s\n", p->width, p->stack);
    }
    if (call->json) text_add(&out, "]\n");
    return out_all(&out, call);
}

/* A positive number of an option, at most `most`. */
static bool read_real(const CmdCall *call, const char *name, double most, double *out)
{
    const char *given = cmd_option(call, name);
    if (!given) return true;
    Scan  scan = {given, strlen(given), 0, NULL};
    Value value;
    bool  read = scan_number_begins(&scan) && scan_number(&scan, false, &value) == STATUS_OK &&
                scan.at == scan.len;
    *out = !read ? 0 : value.kind == VALUE_REAL ? value.real : (double)value.lo;
    if (*out > 0 && *out <= most) return true;
    cmd_fail(call, "%s %s: a number above 0 and at most %g should stand here", name, given, most);
    return false;
}

static bool find_model(const CmdCall *call, Preset *out)
{
    const char *id = cmd_option(call, "--model");
    if (!id) {
        cmd_fail(call, "which model? --model is missing; --model list prints all");
        return false;
    }
    const Preset *found = preset_find(id);
    const char   *near = found ? NULL : preset_near(id);
    if (found)
        *out = *found;
    else if (near)
        cmd_fail(call, "--model %s: there is no such preset; did you mean %s?", id, near);
    else
        cmd_fail(call, "--model %s: there is no such preset; --model list prints all", id);
    return found != NULL;
}

static bool share_heads(const CmdCall *call, Preset *model)
{
    long long heads = model->kv_heads;
    if (!cmd_option(call, "--kv-heads")) return true;
    if (!model->kv_heads) {
        cmd_fail(call, "--kv-heads: %s keeps one latent vector for all heads", model->id);
        return false;
    }
    if (!cmd_number(call, "--kv-heads", 1, model->heads, &heads)) return false;
    if (model->heads % heads != 0) {
        cmd_fail(call, "--kv-heads %lld: %d heads can't be shared out evenly over %lld", heads,
                 model->heads, heads);
        return false;
    }
    model->kv_heads = (int)heads;
    return true;
}

static bool read_terms(const CmdCall *call, Cost *c)
{
    long long context = 0, batch = 1;
    double    bytes = 2, bandwidth = 3.35, efficiency = 1;
    if (!find_model(call, &c->model) || !share_heads(call, &c->model)) return false;
    if (!cmd_number(call, "--context", 1, CACHE_TOKENS / 2, &context) ||
        !cmd_number(call, "--batch", 1, 1000000, &batch))
        return false;
    if (!context) {
        cmd_fail(call, "how many tokens? --context is missing");
        return false;
    }
    if (!read_real(call, "--bytes", 16, &bytes) ||
        !read_real(call, "--bandwidth", 1e6, &bandwidth) ||
        !read_real(call, "--efficiency", 1, &efficiency) ||
        !bind_pair(call, "--path", context, &c->from, &c->to))
        return false;
    c->terms =
        (CostTerms){context, batch, bytes, 2 * c->model.parameters, bandwidth * 1e12, efficiency};
    return true;
}

/* ---- computing ---- */

static int read_stacks(const CmdCall *call, Cost *c)
{
    Why why = {0};
    c->text = call->arguments ? call->argument[0] : c->model.stack;
    Status status = stack_parse(c->text, strlen(c->text), &c->stack, &why);
    if (status == STATUS_OK) status = stack_fit(&c->stack, c->model.layers, &why);
    if (status == STATUS_OK) status = stack_parse("full", 4, &c->dense, &why);
    if (status == STATUS_OK) status = stack_fit(&c->dense, c->model.layers, &why);
    return status == STATUS_OK ? EXIT_DONE : bind_wrong(call, "stack", c->text, status, &why);
}

static Status find_costs(Cost *c, Why *why)
{
    Preset dense = c->model;
    dense.choosing = 0; /* nothing is chosen */
    c->layer = calloc((size_t)c->stack.recipes, sizeof *c->layer);
    if (!c->layer) return STATUS_MEMORY;
    Status status = cost_layer(&c->dense.recipe[0], c->terms.context, &c->full, why);
    for (int k = 0; status == STATUS_OK && k < c->stack.recipes; k++)
        status = cost_layer(&c->stack.recipe[k], c->terms.context, &c->layer[k], why);
    if (status != STATUS_OK) return status;
    c->bill = cost_stack(&c->stack, c->layer, &c->model, &c->terms);
    c->dense_bill = cost_stack(&c->dense, &c->full, &dense, &c->terms);
    return STATUS_OK;
}

/* The part of an expression that no content takes away, bound; perhaps nothing. */
static Status bind_sure(const Recipe *recipe, int64_t n, Pattern **out, Why *why)
{
    static const char nothing[] = "keys(at=[])";
    Recipe            sure = {0};
    bool              any = false;
    Status            status = sure_part(recipe, &any, &sure);
    if (status == STATUS_OK && !any) status = recipe_parse(nothing, sizeof nothing - 1, &sure, why);
    if (status == STATUS_OK) status = pattern_new(&sure, n, BACKGROUND_CAUSAL, NULL, out, why);
    recipe_done(&sure);
    return status;
}

static Status find_hops(Cost *c, Why *why)
{
    Pattern    **pattern = calloc((size_t)c->stack.recipes, sizeof(Pattern *));
    ReachLayers *layers = calloc((size_t)c->stack.runs, sizeof *layers);
    Status       status = pattern && layers ? STATUS_OK : STATUS_MEMORY;
    for (int k = 0; status == STATUS_OK && k < c->stack.recipes; k++)
        status = bind_sure(&c->stack.recipe[k], c->terms.context, &pattern[k], why);
    for (int r = 0; status == STATUS_OK && r < c->stack.runs; r++)
        layers[r] = (ReachLayers){c->stack.run[r].layers, pattern[c->stack.run[r].recipe]};
    if (status == STATUS_OK)
        status = reach_stack_hops(layers, c->stack.runs, c->from, c->to, &c->hops, why);
    for (int k = 0; pattern && k < c->stack.recipes; k++) pattern_free(pattern[k]);
    free(pattern);
    free(layers);
    return status;
}

/* ---- telling ---- */

static void add_stack(const Stack *s, Text *out)
{
    size_t len = stack_print(s, NULL, 0);
    char  *text = malloc(len + 1);
    if (text) {
        stack_print(s, text, len + 1);
        text_add(out, text);
    }
    out->broken = out->broken || !text;
    free(text);
}

static void add_layers(const Cost *c, Text *out)
{
    text_format(out, "%8s  %14s  %14s  %s\n", "layers", "keys kept", "keys read", "each");
    for (int k = 0; k < c->stack.recipes; k++) {
        Text kept = {0}, read = {0};
        text_add_count(&kept, c->layer[k].resident);
        text_add_count(&read, c->layer[k].read);
        text_format(out, "%8d  %14s  %14s  ", stack_count(&c->stack, k), text_string(&kept),
                    text_string(&read));
        bind_recipe(&c->stack.recipe[k], out);
        text_add(out, c->layer[k].at_most ? "   (reads at most)\n" : "\n");
        text_done(&kept);
        text_done(&read);
    }
}

/* A line of the bill: in its unit, the stack beside all dense, and their share. */
static void add_line(const char *what, double value, double dense, double unit, const char *name,
                     Text *out)
{
    if (value < 0) {
        text_format(out, "%-22s %16s %16s\n", what, "-", "-");
        return;
    }
    const double both[] = {value / unit, dense / unit};
    text_format(out, "%-22s", what);
    for (int k = 0; k < 2; k++) {
        Text figure = {0};
        text_add_real(&figure, both[k], both[k] < 10 ? 3 : both[k] < 100 ? 2 : 1);
        text_format(&figure, " %s", name);
        text_format(out, " %16s", text_string(&figure));
        text_done(&figure);
    }
    text_format(out, " %7.1f %%\n", 100 * value / dense);
}

static void add_hops(const Cost *c, Text *out)
{
    text_format(out, "hops from %lld to %lld: ", (long long)c->from, (long long)c->to);
    if (c->hops == REACH_NEVER)
        text_add(out, "never, through these layers\n");
    else
        text_format(out, "%lld\n", (long long)c->hops);
}

static int tell(const CmdCall *call, const Cost *c)
{
    Text     out = {0};
    double   batch = (double)c->terms.batch;
    CostBill bill = c->bill, dense = c->dense_bill;
    text_format(&out, "%s, ", c->model.name);
    add_stack(&c->stack, &out);
    text_add(&out, "\n");
    text_add_count(&out, c->terms.context);
    text_format(&out, " tokens, %lld at once, %g bytes a number, ", (long long)c->terms.batch,
                c->terms.bytes);
    if (c->model.kv_heads)
        text_format(&out, "%d of %d heads keep %d numbers for each of K and V\n\n",
                    c->model.kv_heads, c->model.heads, c->model.width);
    else
        text_format(&out, "a latent vector of %d numbers for all heads\n\n", c->model.width);
    add_layers(c, &out);
    text_format(&out, "\n%-22s %16s %16s\n", "", "this stack", "all dense");
    add_line("kept for one text", bill.kv_bytes, dense.kv_bytes, GIB, "GiB", &out);
    if (batch > 1)
        add_line("kept for all", batch * bill.kv_bytes, batch * dense.kv_bytes, GIB, "GiB", &out);
    add_line("read in a step", bill.read_bytes, dense.read_bytes, GIB, "GiB", &out);
    add_line("attention, all tokens", bill.flops, dense.flops, 1e12, "TFLOP", &out);
    add_line("time of a step", bill.step_seconds, dense.step_seconds, 1e-3, "ms", &out);
    if (bill.at_most)
        text_add(
            &out,
            "content decides how many keys a row has: read, operations and time are the most\n");
    if (bill.step_seconds < 0)
        text_add(&out, "a mixture of experts reads a part of its weights: no time is computed\n");
    if (bill.flops < 0) text_add(&out, "operations on a latent vector are not computed\n");
    if (c->model.context > 0 && c->terms.context > c->model.context)
        text_format(&out, "%s was made for texts of %lld tokens\n", c->model.name,
                    (long long)c->model.context);
    if (c->from >= 0) add_hops(c, &out);
    return out_all(&out, call);
}

static void add_figures(const CostBill *bill, Text *out)
{
    text_format(out, "\"kv_bytes\":%.0f,\"read_bytes\":%.0f,\"flops\":", bill->kv_bytes,
                bill->read_bytes);
    if (bill->flops < 0)
        text_add(out, "null");
    else
        text_format(out, "%.0f", bill->flops);
    text_add(out, ",\"step_ms\":");
    if (bill->step_seconds < 0)
        text_add(out, "null");
    else
        bind_real(bill->step_seconds * 1e3, out);
}

static void add_json_layers(const Cost *c, Text *out)
{
    text_add(out, ",\"layers\":[");
    for (int k = 0; k < c->stack.recipes; k++) {
        Text expr = {0};
        bind_recipe(&c->stack.recipe[k], &expr);
        text_format(out, "%s{\"count\":%d,\"expr\":", k ? "," : "", stack_count(&c->stack, k));
        utf8_json(out, text_string(&expr));
        text_format(out, ",\"resident\":%lld,\"read\":%lld%s}", (long long)c->layer[k].resident,
                    (long long)c->layer[k].read, c->layer[k].at_most ? ",\"at_most\":true" : "");
        text_done(&expr);
    }
    text_add(out, "],\"dense\":{");
    add_figures(&c->dense_bill, out);
    text_add_char(out, '}');
}

static int tell_json(const CmdCall *call, const Cost *c)
{
    Text out = {0}, stack = {0};
    add_stack(&c->stack, &stack);
    text_format(&out, "{\"attend\":\"cost\",\"v\":1,\"model\":\"%s\",\"stack\":", c->model.id);
    utf8_json(&out, text_string(&stack));
    text_format(&out, ",\"context\":%lld,\"batch\":%lld,\"bytes\":", (long long)c->terms.context,
                (long long)c->terms.batch);
    bind_real(c->terms.bytes, &out);
    text_add_char(&out, ',');
    add_figures(&c->bill, &out);
    add_json_layers(c, &out);
    if (c->from >= 0 && c->hops == REACH_NEVER)
        text_add(&out, ",\"hops\":null");
    else if (c->from >= 0)
        text_format(&out, ",\"hops\":%lld", (long long)c->hops);
    text_add(&out, "}\n");
    text_done(&stack);
    return out_all(&out, call);
}

static void cost_done(Cost *c)
{
    stack_done(&c->stack);
    stack_done(&c->dense);
    free(c->layer);
}

static int run(const CmdCall *call)
{
    Cost        c = {.from = -1};
    const char *model = cmd_option(call, "--model");
    if (model && strcmp(model, "list") == 0) return list_presets(call);
    if (call->arguments > 1) {
        cmd_fail(call, "one stack, in quotes: attend cost '24x window(w=4096), 8x full' --model "
                       "llama-3.1-8b --context 131072");
        return EXIT_USAGE;
    }
    if (!read_terms(call, &c)) return EXIT_USAGE;
    Why    why = {0};
    int    code = read_stacks(call, &c);
    Status status = code == EXIT_DONE ? find_costs(&c, &why) : STATUS_OK;
    if (code == EXIT_DONE && status == STATUS_OK && c.from >= 0) status = find_hops(&c, &why);
    if (status != STATUS_OK) code = cmd_why(call, status, &why);
    if (code == EXIT_DONE) code = call->json ? tell_json(call, &c) : tell(call, &c);
    cost_done(&c);
    return code;
}
