#include "app/cmd/bind.h"
#include "app/cmd/model_show.h"
#include "app/cmd/out.h"
#include "app/cmd/trained.h"
#include "app/cmd/waiting.h"

#include "app/base/utf8.h"

#include "engine/transformer/summary.h"

#include <stdlib.h>
#include <string.h>

static int run(const CmdCall *call);

static const CmdOption option[] = {
    {"--text", "S", "the text, as bytes", NULL},
    {"--text-file", "F", "the bytes of a file", NULL},
    {"--pattern", "EXPR", "what the layers may attend to", NULL},
    {"--layers", "L", "the layers that the pattern holds in, as 0,2-3 (default: all)", NULL},
    {"--layer", "L", "show: the layer", NULL},
    {"--head", "H", "show: the query head", NULL},
    {"--as", "FORM", "show: matrix (default), csv, json", "matrix csv json"},
    {"--bytes", "N", "complete: how many bytes (default 40)", NULL},
};

const Cmd cmd_model = {
    .name = "model",
    .synopsis = "eval | heads | show | complete  --text S | --text-file F [--pattern EXPR] "
                "[--layers L] [--layer L --head H --as FORM] [--bytes N]",
    .summary = "the small trained model, dense and under a pattern",
    .help = "A byte-level language model ships with the lessons. It reads a text as its bytes with "
            "one newline in "
            "front, key 0, up to its context; a longer text is read in windows, each with its own "
            "newline. Any "
            "pattern can stand in any layer; rules that read content are bound for each head to "
            "its own queries and "
            "keys.\n"
            "\n"
            "eval: bits per byte, dense and with the pattern, and for each layer with the pattern "
            "the kept mass: "
            "the share of the dense weights of its own queries and keys that lies in the sets, "
            "mean over heads and "
            "queries.\n"
            "\n"
            "heads: a line for each layer and head with dense attention, means over the queries "
            "from 16 on (all of "
            "a shorter text): the nearest template, which is the expression whose even spread "
            "overlaps most with "
            "the weights, and that overlap; the weight of the last 8 keys, of key 0; the fewest "
            "keys that hold "
            "90 %; with --pattern, the mass it would keep.\n"
            "\n"
            "show: one head's weights, as a picture, csv or json. complete: the bytes that the "
            "model goes on with, "
            "the likeliest each time, dense and under the pattern.",
    .example = "model complete --text 'The code of the gate is 6194. It was cold. The code of the "
               "gate is ' --bytes 4 --pattern 'window(w=16)'",
    .option = option,
    .options = sizeof option / sizeof *option,
    .run = run,
};

/* Windows are said where there are several. */
static void add_windows(const Trained *m, Text *out)
{
    if (trained_windows(m) > 1)
        text_format(out, "%lld windows of at most %lld bytes\n", (long long)trained_windows(m),
                    (long long)trained_window(m));
}

/* ---- eval ---- */

typedef struct {
    double  dense, sparse; /* bits of all bytes */
    double  kept[MODEL_LAYERS];
    int64_t rows; /* queries of all windows and heads */
} Eval;

static double all_bits(const Reading *r)
{
    double sum = 0;
    for (int64_t i = 0; i + 1 < reading_length(r); i++) sum += reading_bits(r, i);
    return sum;
}

static int eval_window(const Trained *m, int64_t k, Eval *e)
{
    Reading *r = NULL;
    int      code = trained_read(m, k, NULL, &r);
    if (code != EXIT_DONE) return code;
    e->dense += all_bits(r);
    reading_free(r);
    if (!m->recipe.nodes) return EXIT_DONE;
    code = trained_read(m, k, m->rule, &r);
    if (code != EXIT_DONE) return code;
    e->sparse += all_bits(r);
    for (int l = 0; l < m->shape.layers; l++)
        for (int h = 0; h < m->shape.heads; h++)
            for (int64_t i = 0; i < reading_length(r); i++) e->kept[l] += reading_kept(r, l, h, i);
    e->rows += reading_length(r) * m->shape.heads;
    reading_free(r);
    return EXIT_DONE;
}

static void eval_text(const Trained *m, const Eval *e, Text *out)
{
    double bytes = (double)m->text.len, dense = e->dense / bytes, sparse = e->sparse / bytes;
    add_windows(m, out);
    if (!m->recipe.nodes) {
        text_format(out, "bits per byte   dense %.3f\n", dense);
        return;
    }
    text_add(out, "layer   kept mass\n");
    for (int l = 0; l < m->shape.layers; l++) {
        if (m->patterned[l])
            text_format(out, "%5d   %.3f\n", l, e->kept[l] / (double)e->rows);
        else
            text_format(out, "%5d   (dense)\n", l);
    }
    text_format(out, "bits per byte   dense %.3f   sparse %.3f   %+.3f\n", dense, sparse,
                sparse - dense);
}

static void eval_json(const Trained *m, const Eval *e, Text *out)
{
    double bytes = (double)m->text.len;
    text_format(out,
                "{\"attend\":\"model "
                "eval\",\"v\":1,\"bytes\":%zu,\"windows\":%lld,\"bits_per_byte\":{\"dense\":%.9g,"
                "\"sparse\":",
                m->text.len, (long long)trained_windows(m), e->dense / bytes);
    if (m->recipe.nodes)
        text_format(out, "%.9g},\"kept\":[", e->sparse / bytes);
    else
        text_add(out, "null},\"kept\":[");
    for (int l = 0; l < m->shape.layers; l++) {
        if (m->patterned[l])
            text_format(out, "%s%.9g", l ? "," : "", e->kept[l] / (double)e->rows);
        else
            text_format(out, "%snull", l ? "," : "");
    }
    text_add(out, "]}\n");
}

static int eval(const Trained *m)
{
    Eval    e = {0};
    Text    out = {0};
    int     code = EXIT_DONE;
    Waiting wait = waiting_begin(m->call, "", "windows", trained_windows(m), false);
    for (int64_t k = 0; k < trained_windows(m) && code == EXIT_DONE; k++) {
        code = eval_window(m, k, &e);
        waiting_add(&wait, 1);
    }
    waiting_end(&wait);
    if (code != EXIT_DONE) return code;
    if (m->call->json)
        eval_json(m, &e, &out);
    else
        eval_text(m, &e, &out);
    return out_all(&out, m->call);
}

/* ---- heads ---- */

static int head_window(const Trained *m, const Reading *r, const Templates *t, int layer, int head,
                       Summary *s)
{
    Problem  problem;
    Pattern *pattern;
    int      code = trained_bind(m, r, layer, head, &problem, &pattern);
    if (code != EXIT_DONE) return code;
    const Why nothing = {0};
    Status    status = summary_add(r, layer, head, t, pattern, s);
    pattern_free(pattern);
    problem_done(&problem);
    return status ? cmd_why(m->call, status, &nothing) : EXIT_DONE;
}

/* all (layers, heads). */
static int heads_window(const Trained *m, int64_t k, Summary *all)
{
    Reading  *r = NULL;
    Templates t = {0};
    Why       why = {0};
    int       code = trained_read(m, k, NULL, &r);
    Status    status = code == EXIT_DONE ? templates_bind(r, &t, &why) : STATUS_OK;
    if (status) code = cmd_why(m->call, status, &why);
    for (int h = 0; h < m->shape.layers * m->shape.heads && code == EXIT_DONE; h++)
        code = head_window(m, r, &t, h / m->shape.heads, h % m->shape.heads, &all[h]);
    templates_done(&t);
    reading_free(r);
    return code;
}

static void head_text(const Trained *m, int h, const Summary *s, Text *out)
{
    int    best = summary_nearest(s);
    double rows = (double)s->rows;
    text_format(out, "%5d %5d   %-18s %5.3f   %6.3f   %5.3f   %5.1f", h / m->shape.heads,
                h % m->shape.heads, summary_template(best), s->overlap[best] / rows, s->near / rows,
                s->first / rows, s->keys / rows);
    if (m->recipe.nodes) text_format(out, "   %.3f", s->kept / rows);
    text_add_char(out, '\n');
}

static void head_json(const Trained *m, int h, const Summary *s, Text *out)
{
    int    best = summary_nearest(s);
    double rows = (double)s->rows;
    text_format(out, "%s{\"layer\":%d,\"head\":%d,\"template\":", h ? "," : "[", h / m->shape.heads,
                h % m->shape.heads);
    utf8_json(out, summary_template(best));
    text_format(out, ",\"score\":%.9g,\"last_8\":%.9g,\"key_0\":%.9g,\"keys_90\":%.9g,\"kept\":",
                s->overlap[best] / rows, s->near / rows, s->first / rows, s->keys / rows);
    if (m->recipe.nodes)
        text_format(out, "%.9g}", s->kept / rows);
    else
        text_add(out, "null}");
}

static int heads(const Trained *m)
{
    int      count = m->shape.layers * m->shape.heads, code = EXIT_DONE;
    Summary *all = calloc((size_t)count, sizeof *all);
    Text     out = {0};
    if (!all) code = EXIT_INTERNAL;
    Waiting wait = waiting_begin(m->call, "", "windows", trained_windows(m), false);
    for (int64_t k = 0; k < trained_windows(m) && code == EXIT_DONE; k++) {
        code = heads_window(m, k, all);
        waiting_add(&wait, 1);
    }
    waiting_end(&wait);
    if (!m->call->json) {
        add_windows(m, &out);
        text_format(&out, "layer  head   %-18s score   last 8   key 0    90 %%%s\n",
                    "nearest template", m->recipe.nodes ? "    kept" : "");
    }
    for (int h = 0; h < count && code == EXIT_DONE; h++) {
        if (m->call->json)
            head_json(m, h, &all[h], &out);
        else
            head_text(m, h, &all[h], &out);
    }
    if (m->call->json) text_add(&out, "]\n");
    free(all);
    if (code == EXIT_DONE) return out_all(&out, m->call);
    text_done(&out);
    return code;
}

/* ---- complete ---- */

enum { BYTES = 40 };

static Status grow(const CmdCall *call, Reading *r, int64_t bytes, Text *out, Why *why)
{
    Status  status = STATUS_OK;
    Waiting wait = waiting_begin(call, "", "bytes", bytes, false);
    for (int64_t k = 0; k < bytes && !status; k++) {
        unsigned char next = reading_next(r, reading_length(r) - 1);
        text_add_char(out, (char)next);
        if (k + 1 < bytes) status = reading_feed(r, &next, 1, why);
        waiting_add(&wait, 1);
    }
    waiting_end(&wait);
    return status;
}

/* The last byte is never read: 1 + len + bytes - 1 positions. */
static int go_on(const Trained *m, int64_t bytes, const Recipe *const *rule, Text *out)
{
    const unsigned char newline = '\n';
    Reading            *r = NULL;
    Why                 why = {0};
    int64_t             len = (int64_t)m->text.len;
    Status              status = reading_new(m->transformer, len + bytes, rule, &r, &why);
    if (!status) status = reading_feed(r, &newline, 1, &why);
    if (!status) status = reading_feed(r, (const unsigned char *)m->text.at, len, &why);
    if (!status) status = grow(m->call, r, bytes, out, &why);
    reading_free(r);
    return status
               ? bind_wrong(m->call, "expression", cmd_option(m->call, "--pattern"), status, &why)
               : EXIT_DONE;
}

static void add_line(const Trained *m, const char *name, const Text *bytes, Text *out)
{
    text_format(out, "%-8s", name);
    utf8_clean(out, text_string(bytes), bytes->len, false, m->call->ascii);
    text_add_char(out, '\n');
}

static void complete_json(const Trained *m, const Text *dense, const Text *sparse, Text *out)
{
    text_add(out, "{\"attend\":\"model complete\",\"v\":1,\"text\":");
    utf8_json(out, text_string(&m->text));
    text_add(out, ",\"dense\":");
    utf8_json(out, text_string(dense));
    text_add(out, ",\"sparse\":");
    if (m->recipe.nodes)
        utf8_json(out, text_string(sparse));
    else
        text_add(out, "null");
    text_add(out, "}\n");
}

static int complete(const Trained *m)
{
    long long most = trained_window(m) + 1 - (long long)m->text.len,
              bytes = most < BYTES ? most : BYTES;
    Text dense = {0}, sparse = {0}, out = {0};
    if (most < 1) {
        cmd_fail(
            m->call,
            "the text has %zu bytes: more than the model's context, %lld with the newline in front",
            m->text.len, (long long)trained_window(m) + 1);
        return EXIT_USAGE;
    }
    if (!cmd_number(m->call, "--bytes", 1, most, &bytes)) return EXIT_USAGE;
    int code = go_on(m, bytes, NULL, &dense);
    if (code == EXIT_DONE && m->recipe.nodes) code = go_on(m, bytes, m->rule, &sparse);
    if (code == EXIT_DONE && m->call->json) {
        complete_json(m, &dense, &sparse, &out);
    } else if (code == EXIT_DONE) {
        add_line(m, "text", &m->text, &out);
        add_line(m, "dense", &dense, &out);
        if (m->recipe.nodes) add_line(m, "sparse", &sparse, &out);
    }
    text_done(&dense);
    text_done(&sparse);
    if (code == EXIT_DONE) return out_all(&out, m->call);
    text_done(&out);
    return code;
}

/* ---- which of them ---- */

static const struct {
    const char *name;
    const char *options; /* besides --text and --text-file, blank around each */
    int (*run)(const Trained *m);
} part[] = {
    {"eval", " --pattern --layers ", eval},
    {"heads", " --pattern ", heads},
    {"show", " --pattern --layers --layer --head --as ", model_show},
    {"complete", " --pattern --layers --bytes ", complete},
};
enum { PARTS = sizeof part / sizeof *part };

static bool options_fit(const CmdCall *call, size_t k)
{
    for (size_t o = 2; o < sizeof option / sizeof *option; o++) {
        char name[32];
        Text text = text_over(name, sizeof name);
        text_format(&text, " %s ", option[o].name);
        if (!cmd_option(call, option[o].name) || strstr(part[k].options, name)) continue;
        cmd_fail(call, "%s does not go with model %s", option[o].name, part[k].name);
        return false;
    }
    return true;
}

static int run(const CmdCall *call)
{
    size_t k = 0;
    while (call->arguments == 1 && k < PARTS && strcmp(part[k].name, call->argument[0]) != 0) k++;
    if (call->arguments != 1 || k == PARTS) {
        cmd_fail(call, "one of eval, heads, show and complete should stand here: attend model eval "
                       "--text S --pattern EXPR");
        return EXIT_USAGE;
    }
    if (!options_fit(call, k)) return EXIT_USAGE;
    Trained *m = calloc(1, sizeof *m);
    int      code = m ? trained_open(call, m) : EXIT_INTERNAL;
    if (code == EXIT_DONE) code = part[k].run(m);
    if (m) trained_close(m);
    free(m);
    return code;
}
