#include "app/cmd/bind.h"
#include "app/base/utf8.h"
#include "app/cmd/keep.h"
#include "app/cmd/picture.h"
#include "app/cmd/sure.h"

#include "engine/catalogue.h"

#include <stdlib.h>
#include <string.h>

static int run(const CmdCall *call);

static const CmdOption option[] = {
    {"--n", "N", "how many tokens (16)", NULL},
    {"--bidirectional", NULL, "queries see keys after them too", NULL},
    {"--row", "I", "the query that is worked out", NULL},
    {"--step", "T", "the step after which the cache is shown (the row's)", NULL},
    {"--path", "J:I", "how key J gets to query I, layer by layer", NULL},
    {"--layers", "L", "what reaches the row in so many layers", NULL},
    {"--text", "S", "words, for patterns that read content", NULL},
};

const Cmd cmd_explain = {
    .name = "explain",
    .synopsis = "[NAME | EXPR [--n N] [--row I] [--step T] [--path J:I] [--layers L]]",
    .summary = "what a pattern is: class, closed form, source, picture",
    .help = "NAME is an atom or a named design of the pattern language, EXPR an expression of "
            "them. Printed are "
            "the canonical spelling, the shape in words, the class and what decides it, what a "
            "design stands "
            "for, the closed form of |G_i| with one row worked out, what a cache must hold after a "
            "step (so that "
            "the text can go on to twice its length), whether it can hold just what is read, "
            "through how many "
            "layers a key gets to a query, the source, and a small picture. Without an argument "
            "all names are "
            "listed.\n"
            "\n"
            "Content patterns are shown over words that are dealt, or over those of --text.",
    .example = "explain 'window(w=4) | sink(s=2)' --n 16 --row 12",
    .option = option,
    .options = sizeof option / sizeof *option,
    .run = run,
};

enum { TOKENS = 16, LABEL = 12, TEXT_ROOM = 2000 };

static int list_names(const CmdCall *call)
{
    Text out = {0};
    text_add(&out, call->json ? "[" : "");
    for (int k = 0; k < catalogue_count(); k++) {
        const Mechanism *m = catalogue_at(k);
        if (!call->json) {
            text_format(&out, "%-12s %s\n", m->name, m->sentence);
            continue;
        }
        text_format(&out, "%s{\"name\":\"%s\",\"kind\":\"%s\",\"sentence\":", k ? "," : "", m->name,
                    m->expansion ? "design" : "atom");
        utf8_json(&out, m->sentence);
        text_add_char(&out, '}');
    }
    text_add(&out, call->json ? "]\n" : "");
    return out_all(&out, call);
}

/* A name alone: its parameters, and the recipe with each at its first value. */

static void add_bounds(const Param *p, Text *out)
{
    switch (p->kind) {
    case PARAM_INTEGER:
        text_format(out, "at least %lld", (long long)p->min);
        if (p->max < INTEGER_LIMIT) text_format(out, ", at most %lld", (long long)p->max);
        break;
    case PARAM_REAL:
        text_format(out, "%g to %g", p->real_min, p->real_max);
        break;
    case PARAM_WORD:
        text_format(out, "one of %s", p->words);
        break;
    case PARAM_TEXT:
        text_add(out, "a text in quotes");
        break;
    case PARAM_LIST:
        text_add(out, "a list, such as [0,4-6]");
        break;
    }
    bool told = p->start < INTEGER_LIMIT; /* else its help says what holds */
    if (p->optional && p->kind == PARAM_INTEGER && told)
        text_format(out, "; %lld if left out", (long long)p->start);
    if (p->optional && p->kind == PARAM_REAL) text_format(out, "; %g if left out", p->real_start);
    if (p->optional && (p->kind == PARAM_LIST || p->kind == PARAM_TEXT))
        text_add(out, "; may be left out");
}

static void add_parameters(const Mechanism *m, Text *out)
{
    text_format(out, "%s: %s\n", m->name, m->sentence);
    for (int k = 0; k < m->params; k++) {
        text_format(out, "  %-*s %s: ", LABEL - 3, m->param[k].name, m->param[k].help);
        add_bounds(&m->param[k], out);
        text_add_char(out, '\n');
    }
    text_add_char(out, '\n');
}

/* item and word are the caller's rooms for what a list and a text point to. */
static void first_value(const Param *p, Value *item, char *word, Value *out)
{
    int64_t at = p->start > p->min ? p->start : 0;
    *item = (Value){.kind = VALUE_INTEGER, .lo = at, .hi = at};
    *out = (Value){.kind = VALUE_DEFAULT};
    if (p->optional) return;
    switch (p->kind) {
    case PARAM_INTEGER:
        *out = (Value){.kind = VALUE_INTEGER, .lo = p->start, .hi = p->start};
        break;
    case PARAM_REAL:
        *out = (Value){.kind = VALUE_REAL, .real = p->real_start};
        break;
    case PARAM_WORD:
        break;
    case PARAM_TEXT:
        *out = (Value){.kind = VALUE_TEXT, .text = word};
        break;
    case PARAM_LIST:
        *out = (Value){.kind = VALUE_LIST, .item = item, .items = 1};
        break;
    }
}

/* The mechanism with first values, spelled as an expression. */
static Status example_of(const Mechanism *m, const char *token, Text *out, Why *why)
{
    Value  value[MECHANISM_PARAMS], item[MECHANISM_PARAMS];
    Recipe recipe = {0};
    char   word[64] = {0};
    strncpy(word, token, sizeof word - 1);
    for (int k = 0; k < m->params; k++) first_value(&m->param[k], &item[k], word, &value[k]);
    Status status = recipe_leaf(m, value, &recipe, why);
    if (status == STATUS_OK) bind_recipe(&recipe, out);
    recipe_done(&recipe);
    return status;
}

/* What is known of a bound pattern. */

static void add_label(const char *label, Text *out)
{
    text_format(out, "%-*s", LABEL, label);
}

static const Mechanism *single(const Recipe *r)
{
    return r->nodes == 1 ? r->node[0].mechanism : NULL;
}

static void add_source(const Mechanism *m, Text *out)
{
    if (!m->source.title || !m->source.title[0]) return;
    text_format(out, "%s %d: %s", m->source.authors, m->source.year, m->source.title);
    if (m->source.id && m->source.id[0]) text_format(out, ", %s", m->source.id);
}

/* Each source once, in the order of the expression. */
static void add_sources(const Recipe *r, Text *out)
{
    const char *label = "source";
    for (int k = 0; k < r->nodes; k++) {
        Text source = {0};
        if (r->node[k].op == RECIPE_LEAF) add_source(r->node[k].mechanism, &source);
        if (source.len && !strstr(text_string(out), text_string(&source))) {
            add_label(label, out);
            text_format(out, "%s\n", text_string(&source));
            label = "";
        }
        text_done(&source);
    }
}

static Status add_expansion(const Recipe *r, const char *label, Text *out)
{
    Recipe flat = {0};
    Status status = recipe_expand(r, &flat, NULL);
    if (status == STATUS_OK && !recipe_equal(r, &flat)) {
        add_label(label, out);
        bind_recipe(&flat, out);
        text_add_char(out, '\n');
    }
    recipe_done(&flat);
    return status;
}

static Status add_sure(const Recipe *r, Text *out)
{
    Recipe sure;
    bool   any;
    Status status = sure_part(r, &any, &sure);
    if (status == STATUS_OK && any && recipe_class(r) == CLASS_HYBRID) {
        add_label("guaranteed", out);
        bind_recipe(&sure, out);
        text_add_char(out, '\n');
    }
    recipe_done(&sure);
    return status;
}

static void add_class(const Bind *b, Text *out)
{
    char why[TEXT_ROOM];
    Class class = pattern_class(b->pattern);
    add_label("class", out);
    text_format(out, "%s: %s\n", class_word(class), class_sentence(class));
    if (recipe_class_why(&b->recipe, why, sizeof why) == 0) return;
    add_label("because", out);
    text_format(out, "%s\n", why);
}

static Status add_row(const Bind *b, int64_t row, Text *out)
{
    Runs   g = {0};
    char   formula[TEXT_ROOM], label[32] = "row ";
    Text   number = {0};
    Status status = pattern_row(b->pattern, row, &g);
    bool   causal = pattern_background(b->pattern) == BACKGROUND_CAUSAL;
    if (causal && recipe_formula(&b->recipe, formula, sizeof formula) > 0) {
        add_label("|G_i|", out);
        text_format(out, "%s, for i = %lld: %lld\n", formula, (long long)row,
                    (long long)runs_count(&g));
    }
    text_format(&number, "%lld", (long long)row);
    strncat(label, text_string(&number), sizeof label - strlen(label) - 1);
    add_label(label, out);
    bind_runs(&g, " ", out);
    text_add(out, g.len ? ": " : "no key: ");
    text_add_count(out, runs_count(&g));
    text_add(out, " of ");
    text_add_count(out, pattern_allowed_row(b->pattern, row));
    text_add(out, " keys\n");
    runs_done(&g);
    text_done(&number);
    return status;
}

static Status explain_text(const Bind *b, int64_t row, const Keep *keep, Text *out)
{
    char shape[TEXT_ROOM];
    bind_recipe(&b->recipe, out);
    pattern_describe(b->pattern, shape, sizeof shape);
    text_format(out, "\n%s\n\n", shape);
    Status status = add_expansion(&b->recipe, "stands for", out);
    add_class(b, out);
    if (status == STATUS_OK) status = add_sure(&b->recipe, out);
    if (status == STATUS_OK) status = add_row(b, row, out);
    if (status == STATUS_OK) status = keep_text(keep, b->pattern, row, LABEL, out);
    text_format(out, "n = %-*lld", LABEL - 4, (long long)b->n);
    if (status == STATUS_OK) status = picture_counts(b->pattern, -1, out);
    text_format(out, ", %s\n", background_word(pattern_background(b->pattern)));
    add_sources(&b->recipe, out);
    text_add_char(out, '\n');
    return status;
}

/* JSON, keys in the order of the format's table. */

static void add_json_text(const char *key, const Text *value, Text *out)
{
    text_format(out, ",\"%s\":", key);
    if (value->len)
        utf8_json(out, text_string(value));
    else
        text_add(out, "null");
}

static Status add_json_names(const Bind *b, Text *out)
{
    Text   expr = {0}, name = {0}, flat_text = {0}, sure_text = {0}, class = {0}, decides = {0};
    Recipe flat = {0}, sure = {0};
    bool   any = false;
    char   why[TEXT_ROOM];
    bind_recipe(&b->recipe, &expr);
    if (single(&b->recipe)) text_add(&name, single(&b->recipe)->name);
    Status status = recipe_expand(&b->recipe, &flat, NULL);
    if (status == STATUS_OK) bind_recipe(&flat, &flat_text);
    if (status == STATUS_OK) status = sure_part(&b->recipe, &any, &sure);
    if (status == STATUS_OK && any) bind_recipe(&sure, &sure_text);
    text_add(&class, class_word(pattern_class(b->pattern)));
    if (recipe_class_why(&b->recipe, why, sizeof why) > 0) text_add(&decides, why);
    const struct {
        const char *key;
        Text       *value;
    } part[] = {{"expr", &expr},
                {"name", &name},
                {"expansion", &flat_text},
                {"class", &class},
                {"guaranteed", &sure_text},
                {"decides", &decides}};
    for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
        add_json_text(part[k].key, part[k].value, out);
        text_done(part[k].value);
    }
    recipe_done(&flat);
    recipe_done(&sure);
    return status;
}

static Status add_json_numbers(const Bind *b, int64_t row, Text *out)
{
    Runs    g = {0};
    int64_t total = 0;
    double  density = 0;
    Status  status = pattern_row(b->pattern, row, &g);
    if (status == STATUS_OK) status = pattern_total(b->pattern, &total);
    if (status == STATUS_OK) status = pattern_density(b->pattern, &density);
    text_format(out, ",\"n\":%lld,\"row\":{\"i\":%lld,\"count\":%lld,\"runs\":", (long long)b->n,
                (long long)row, (long long)runs_count(&g));
    bind_json_runs(&g, out);
    text_format(out, "},\"total\":%lld,\"density\":", (long long)total);
    bind_real(density, out);
    runs_done(&g);
    return status;
}

static void add_json_source(const Mechanism *m, Text *out)
{
    text_add(out, ",\"source\":");
    if (!m || !m->source.title || !m->source.title[0]) {
        text_add(out, "null");
        return;
    }
    text_add(out, "{\"authors\":");
    utf8_json(out, m->source.authors);
    text_format(out, ",\"year\":%d,\"title\":", m->source.year);
    utf8_json(out, m->source.title);
    text_add(out, ",\"id\":");
    utf8_json(out, m->source.id ? m->source.id : "");
    text_add_char(out, '}');
}

static Status explain_json(const Bind *b, int64_t row, const Keep *keep, Text *out)
{
    Text   closed = {0};
    char   formula[TEXT_ROOM];
    bool   causal = pattern_background(b->pattern) == BACKGROUND_CAUSAL;
    Status status;
    text_add(out, "{\"attend\":\"explain\",\"v\":1");
    status = add_json_names(b, out);
    if (status == STATUS_OK) status = add_json_numbers(b, row, out);
    if (causal && recipe_formula(&b->recipe, formula, sizeof formula) > 0)
        text_add(&closed, formula);
    add_json_text("closed_form", &closed, out);
    text_done(&closed);
    keep_json(keep, out);
    add_json_source(single(&b->recipe), out);
    text_add(out, "}\n");
    return status;
}

static int show(const CmdCall *call, const Bind *b, int64_t row, const Keep *keep, Text *out)
{
    Out       to = {0};
    const Why nothing = {0};
    Status status = call->json ? explain_json(b, row, keep, out) : explain_text(b, row, keep, out);
    bool   drawn = !call->json && b->n <= PICTURE_TOKENS;
    if (status == STATUS_OK && out_text(&to, out) && drawn)
        status = picture_draw(b->pattern, -1, &to);
    return status == STATUS_OK ? out_done(&to, call) : cmd_why(call, status, &nothing);
}

static int explain(const CmdCall *call, const Bind *b, Text *out)
{
    int64_t   row;
    Keep      keep = {0};
    long long layers = 0;
    if (!bind_position(call, "--row", b->n, &row) ||
        !bind_position(call, "--step", b->n, &keep.step))
        return EXIT_USAGE;
    if (!bind_pair(call, "--path", b->n, &keep.from, &keep.to)) return EXIT_USAGE;
    if (!cmd_number(call, "--layers", 1, 1000000, &layers)) return EXIT_USAGE;
    keep.layers = layers;
    if (row < 0) row = 3 * b->n / 4 < b->n ? 3 * b->n / 4 : b->n - 1;
    if (keep.step < 0) keep.step = row;
    const Why nothing = {0};
    Status    status = keep_find(b->pattern, &keep);
    int       code =
        status == STATUS_OK ? show(call, b, row, &keep, out) : cmd_why(call, status, &nothing);
    keep_done(&keep);
    return code;
}

static int run(const CmdCall *call)
{
    if (call->arguments == 0) return list_names(call);
    if (call->arguments > 1) {
        cmd_fail(call,
                 "one name or expression, in quotes: attend explain 'window(w=4) | sink(s=2)'");
        return EXIT_USAGE;
    }
    const char      *asked = call->argument[0];
    const Mechanism *m = catalogue_find(asked, strlen(asked));
    Text             expr = {0}, out = {0};
    Why              why = {0};
    Status           status = STATUS_OK;
    if (m)
        status = example_of(m, "the", &expr, &why);
    else
        text_add(&expr, asked);
    if (m && !call->json) add_parameters(m, &out);
    Bind bind = {0};
    int  code = status == STATUS_OK ? bind_open(call, text_string(&expr), TOKENS, true, &bind)
                                    : cmd_why(call, status, &why);
    if (code == EXIT_DONE) code = explain(call, &bind, &out);
    bind_close(&bind);
    text_done(&expr);
    text_done(&out);
    return code;
}
