#include "app/cmd/bind.h"
#include "app/cmd/heads.h"
#include "app/cmd/out.h"
#include "app/store/mask.h"

#include "engine/catalogue.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int run(const CmdCall *call);

static const CmdOption option[] = {
    {"--mask", "FILE", "keys of each query, instead of an expression", NULL},
    {"--q", "FILE", "queries, .npy (n,d) or (heads,n,d)", NULL},
    {"--k", "FILE", "keys, as the queries", NULL},
    {"--v", "FILE", "values, .npy (n,e) or (heads,n,e)", NULL},
    {"--given", "FILE", "structure that a seed would draw, .npy", NULL},
    {"--bidirectional", NULL, "queries see keys after them too", NULL},
    {"--head", "H", "one head of files with heads, or all", NULL},
    {"--scale", "X", "of the scores, instead of 1/sqrt(d)", NULL},
    {"--out", "FILE", "writes the outputs, .npy", NULL},
    {"--weights", "FILE", "writes the weights, .npy (n,n)", NULL},
    {"--lse", "FILE", "writes the log-sum-exps, .npy (n)", NULL},
    {"--no-dense", NULL, "no comparison with dense attention", NULL},
};

const Cmd cmd_run = {
    .name = "run",
    .synopsis = "EXPR | --mask FILE  --q FILE --k FILE [--v FILE] [--head H|all] [--out FILE] ...",
    .summary = "attention over matrices of yours, beside dense attention",
    .help = "Runs attention over .npy files under a pattern and prints what it keeps of dense attention: kept mass "
            "(the dense weight inside the pattern: mean and least), the error of the outputs (largest difference of a "
            "number, and relative L2 of all), multiply-adds, bytes of keys and values read, a key and a value for "
            "each pair, and the time. --no-dense leaves the comparison out.\n"
            "\n"
            "Files hold float32 or float64, in C order. With heads in front, query head h of H reads the KV head "
            "floor(h * g / H) of g. A mask has a line for each query, `i: runs`, as attend show --as indices "
            "prints it. A query without keys has output 0 and log-sum-exp -inf. Rows with a result that is not "
            "finite are left out of means and extremes, and named.",
    .example = "run 'window(w=2)' --q tests/fixtures/reports/D00_q.npy --k tests/fixtures/reports/D00_k.npy --v tests/fixtures/reports/D00_v.npy",
    .option = option,
    .options = sizeof option / sizeof *option,
    .run = run,
};

enum { LABEL = 15 };

/* ---- options ---- */

static int read_head(const CmdCall *call, Heads *h)
{
    const char *given = cmd_option(call, "--head"), *q = cmd_option(call, "--q");
    long long   at = 0;
    h->first = 0;
    h->end = 1;
    if (!h->m.stacked) {
        if (!given) return EXIT_DONE;
        cmd_fail(call, "--head: %s has no heads in front; leave --head out", q);
        return EXIT_USAGE;
    }
    if (!given) {
        cmd_fail(call, "%s has %d heads: --head 0 to %d, or --head all", q, h->m.heads, h->m.heads - 1);
        return EXIT_USAGE;
    }
    h->all = strcmp(given, "all") == 0;
    h->end = h->m.heads;
    if (h->all) return EXIT_DONE;
    if (!cmd_number(call, "--head", 0, h->m.heads - 1, &at)) return EXIT_USAGE;
    h->first = (int)at;
    h->end = h->first + 1;
    return EXIT_DONE;
}

static int read_scale(const CmdCall *call, Heads *h)
{
    const char *given = cmd_option(call, "--scale");
    char       *end = NULL;
    if (!given) return EXIT_DONE;
    h->scale = strtod(given, &end);
    if (end != given && !*end && isfinite(h->scale) && fabs(h->scale) > 0) return EXIT_DONE;
    cmd_fail(call, "--scale %s: a number other than 0 should stand here, such as 0.125", given);
    return EXIT_USAGE;
}

/* chosen(b=1, of=...): for each query the list of its keys. */
static Status recipe_of_mask(const Mask *mask, Recipe *out, Why *why)
{
    Value *row = calloc((size_t)mask->n, sizeof *row);
    Value  value[2] = {{.kind = VALUE_INTEGER, .lo = 1, .hi = 1}, {.kind = VALUE_LIST, .item = row, .items = (int)mask->n}};
    Status status = row ? STATUS_OK : STATUS_MEMORY;
    for (int64_t i = 0; i < mask->n && !status; i++) {
        const Runs *g = &mask->row[i];
        row[i] = (Value){.kind = VALUE_LIST, .item = calloc((size_t)g->len + 1, sizeof *row), .items = g->len};
        if (!row[i].item) status = STATUS_MEMORY;
        for (int k = 0; k < g->len && !status; k++)
            row[i].item[k] = (Value){.kind = VALUE_INTEGER, .lo = g->run[k].lo, .hi = g->run[k].hi - 1};
    }
    if (!status) status = recipe_leaf(catalogue_find("chosen", 6), value, out, why);
    else why_say(why, status, 0, "%s", status_sentence(status));
    for (int64_t i = 0; row && i < mask->n; i++) free(row[i].item);
    free(row);
    return status;
}

static int read_mask(const CmdCall *call, const char *path, Heads *h)
{
    enum { COPIES = 4 }; /* of a recipe, until it is bound */
    Mask    mask;
    Why     why = {0};
    int64_t runs = 0;
    Status  status = mask_read(path, path, h->background == BACKGROUND_BIDIRECTIONAL, &mask, &why);
    if (status) return input_why(call, status, &why);
    if (mask.n != h->m.n) {
        cmd_fail(call, "%s has %lld rows, %s has %lld: a mask has a row for each token", path, (long long)mask.n,
                 cmd_option(call, "--q"), (long long)h->m.n);
        mask_done(&mask);
        return EXIT_INPUT;
    }
    for (int64_t i = 0; i < mask.n; i++) runs += mask.row[i].len + 1;
    bool fits = memory_fits(call, runs * COPIES * (int64_t)sizeof(Value), path);
    if (fits) status = recipe_of_mask(&mask, &h->recipe, &why);
    mask_done(&mask);
    return !fits ? EXIT_USAGE : status ? cmd_why(call, status, &why) : EXIT_DONE;
}

static int read_pattern(const CmdCall *call, Heads *h)
{
    const char *mask = cmd_option(call, "--mask");
    if (mask && call->arguments) {
        cmd_fail(call, "an expression and --mask exclude each other");
        return EXIT_USAGE;
    }
    if (mask) return read_mask(call, mask, h);
    int status = bind_parse(call, call->argument[0], &h->recipe);
    if (!status) h->content = recipe_class(&h->recipe) != CLASS_POSITIONAL;
    return status;
}

static int check_room(const CmdCall *call, const Heads *h)
{
    int64_t allowed, n = h->m.n, heads = h->end - h->first, size = h->m.wide ? 8 : 4;
    if (!memory_allowed(call, &allowed) || !memory_fits(call, heads_bytes(h), "attention over these files")) return EXIT_USAGE;
    if (!h->path[WRITES_WEIGHTS] || n <= allowed / size / heads / n) return EXIT_DONE;
    cmd_fail(call, "--weights of %lld tokens: %.0f GiB; more than --memory allows", (long long)n,
             (double)n * (double)n * (double)(heads * size) / 0x1p30);
    return EXIT_USAGE;
}

static int open_files(const CmdCall *call, Heads *h)
{
    static const char *const name[WRITES] = {"--out", "--weights", "--lse"};
    for (int k = 0; k < WRITES; k++) {
        Why why = {0};
        h->path[k] = cmd_option(call, name[k]);
        for (int other = 0; h->path[k] && other < k; other++) {
            if (!h->path[other] || strcmp(h->path[other], h->path[k]) != 0) continue;
            cmd_fail(call, "%s and %s name the same file", name[other], name[k]);
            return EXIT_USAGE;
        }
        if (k == WRITES_OUT && h->path[k] && h->m.e == 0) {
            cmd_fail(call, "--out: outputs are mixed of values; give --v");
            return EXIT_USAGE;
        }
        if (!h->path[k]) continue;
        Status status = output_open(h->path[k], cmd_option(call, "--replace") != NULL, &h->file[k], &why);
        if (status) return cmd_why(call, status, &why);
    }
    return EXIT_DONE;
}

static void write_heads(Heads *h)
{
    for (int k = 0; k < WRITES; k++) {
        Text    bytes = {0};
        int64_t shape[3];
        if (!h->path[k]) continue;
        npy_add_head(shape, heads_shape(h, k, shape), h->m.wide, &bytes);
        output_text(&h->file[k], &bytes);
        text_done(&bytes);
    }
}

static int keep_files(const CmdCall *call, Heads *h)
{
    for (int k = 0; k < WRITES; k++) {
        Why    why = {0};
        Status status = h->path[k] ? output_keep(&h->file[k], &why) : STATUS_OK;
        if (status) return cmd_why(call, status, &why);
    }
    return EXIT_DONE;
}

/* ---- what is told ---- */

static double macs(const Heads *h, double pairs)
{
    return pairs * (double)(h->m.d + h->m.e);
}

static double dense_pairs(const Heads *h)
{
    return (double)pattern_allowed(h->m.n, h->background) * (double)(h->end - h->first);
}

static void add_label(const char *label, Text *out)
{
    text_format(out, "%-*s", LABEL, label);
}

static void add_place(const Heads *h, Place at, Text *out)
{
    text_add(out, " (");
    if (h->all) text_format(out, "head %d, ", at.head);
    text_format(out, "query %lld)", (long long)at.query);
}

static void add_head_line(const Heads *h, Text *out)
{
    text_format(out, "n %lld, d %d, ", (long long)h->m.n, h->m.d);
    if (h->all) text_format(out, "%d head%s, ", h->m.heads, h->m.heads == 1 ? "" : "s");
    else if (h->m.stacked) text_format(out, "head %d of %d, ", h->first, h->m.heads);
    text_format(out, "%s, scale %.6g, %s\n", background_word(h->background), heads_scale(h), h->m.wide ? "float64" : "float32");
}

static void add_compared(const Heads *h, Text *out)
{
    const Compared *c = &h->compared;
    if (c->rows == 0) {
        add_label("kept mass", out);
        text_add(out, "unknown: no row is finite\n");
        return;
    }
    add_label("kept mass", out);
    text_format(out, "mean %.4f   least %.4f", compared_mean(c), c->least);
    add_place(h, c->least_at, out);
    text_add_char(out, '\n');
    if (h->m.e == 0) return;
    add_label("error", out);
    text_format(out, "largest %.4g", c->largest);
    add_place(h, c->largest_at, out);
    text_format(out, "   relative L2 %.4g\n", compared_relative(c));
}

static void add_left_out(const Heads *h, Text *out)
{
    const Runs *left = &h->compared.left_out;
    if (left->len == 0) return;
    add_label("left out", out);
    text_add(out, runs_count(left) == 1 ? "query " : "queries ");
    bind_runs(left, " ", out);
    text_add(out, ": not finite, sparse or dense\n");
}

static void add_bills(const Heads *h, Text *out)
{
    double dense = dense_pairs(h);
    add_label("multiply-adds", out);
    text_add_count(out, (long long)macs(h, (double)h->pairs));
    text_add(out, " of ");
    text_add_count(out, (long long)macs(h, dense));
    text_format(out, " dense (%.3g %%)\n", 100 * (double)h->pairs / dense);
    add_label("bytes read", out);
    text_add_count(out, (long long)macs(h, (double)h->pairs) * (h->m.wide ? 8 : 4));
    text_add(out, " of keys and values\n");
    add_label("time", out);
    text_format(out, "%.3g s\n", h->seconds);
}

static void add_text(const Heads *h, Text *out)
{
    add_head_line(h, out);
    if (h->dense) {
        add_compared(h, out);
        add_left_out(h, out);
    }
    add_bills(h, out);
    for (int k = 0; k < WRITES; k++) {
        int64_t shape[3];
        if (!h->path[k]) continue;
        add_label("wrote", out);
        text_format(out, "%s ", h->path[k]);
        npy_add_shape(shape, heads_shape(h, k, shape), out);
        text_add_char(out, '\n');
    }
}

static void add_json(const Heads *h, Text *out)
{
    const Compared *c = &h->compared;
    text_format(out, "{\"attend\":\"run\",\"v\":1,\"n\":%lld,\"d\":%d,\"heads\":%d,\"background\":\"%s\",\"scale\":", (long long)h->m.n,
                h->m.d, h->end - h->first, background_word(h->background));
    bind_real(heads_scale(h), out);
    text_format(out, ",\"type\":\"%s\",\"kept\":", h->m.wide ? "float64" : "float32");
    bool compared = h->dense && c->rows > 0;
    if (compared) {
        text_add(out, "{\"mean\":");
        bind_real(compared_mean(c), out);
        text_add(out, ",\"least\":");
        bind_real(c->least, out);
        text_format(out, ",\"query\":%lld}", (long long)c->least_at.query);
    }
    text_add(out, compared ? ",\"error\":" : "null,\"error\":");
    if (compared && h->m.e) {
        text_add(out, "{\"largest\":");
        bind_real(c->largest, out);
        text_format(out, ",\"query\":%lld,\"relative\":", (long long)c->largest_at.query);
        bind_real(compared_relative(c), out);
        text_add_char(out, '}');
    }
    text_format(out, "%s,\"macs\":{\"sparse\":%.0f,\"dense\":%.0f},\"bytes_read\":%.0f,\"left_out\":[", compared && h->m.e ? "" : "null",
                macs(h, (double)h->pairs), macs(h, dense_pairs(h)), macs(h, (double)h->pairs) * (h->m.wide ? 8 : 4));
    for (int r = 0; r < c->left_out.len; r++)
        for (int64_t i = c->left_out.run[r].lo; i < c->left_out.run[r].hi; i++)
            text_format(out, "%s%lld", r || i > c->left_out.run[r].lo ? "," : "", (long long)i);
    text_add(out, "]}\n");
}

/* ---- the verb ---- */

static int prepare(const CmdCall *call, Heads *h)
{
    int status = matrices_open(call, &h->m);
    if (!status && h->m.n == 0) {
        cmd_fail(call, "queries and keys are missing: --q q.npy --k k.npy");
        return EXIT_USAGE;
    }
    if (!status) status = read_head(call, h);
    if (!status) status = read_scale(call, h);
    if (!status) status = read_pattern(call, h);
    if (!status) status = open_files(call, h);
    if (!status) status = check_room(call, h);
    return status ? status : matrices_read(call, &h->m);
}

static void heads_close(Heads *h)
{
    for (int k = 0; k < WRITES; k++) output_done(&h->file[k]);
    matrices_close(&h->m);
    recipe_done(&h->recipe);
    compared_done(&h->compared);
}

static int run(const CmdCall *call)
{
    if (call->arguments > 1 || (!call->arguments && !cmd_option(call, "--mask"))) {
        cmd_fail(call, call->arguments ? "one expression, in quotes: attend run 'window(w=64) | sink(s=4)' --q q.npy --k k.npy"
                                       : "an expression, or --mask FILE, is missing");
        return EXIT_USAGE;
    }
    Heads h = {.call = call, .dense = !cmd_option(call, "--no-dense"),
               .background = cmd_option(call, "--bidirectional") ? BACKGROUND_BIDIRECTIONAL : BACKGROUND_CAUSAL};
    for (int k = 0; k < WRITES; k++) h.file[k].fd = -1;
    waiting_catch();
    int status = prepare(call, &h);
    if (!status) write_heads(&h);
    if (!status) status = heads_run(&h);
    if (!status) status = keep_files(call, &h);
    Text out = {0};
    if (!status && call->json) add_json(&h, &out);
    if (!status && !call->json) add_text(&h, &out);
    heads_close(&h);
    if (status) {
        text_done(&out);
        return status;
    }
    return out_all(&out, call);
}
