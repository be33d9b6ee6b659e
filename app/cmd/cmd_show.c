#include "app/cmd/bind.h"
#include "app/cmd/picture.h"

#include <string.h>

static int run(const CmdCall *call);

static const CmdOption option[] = {
    {"--n", "N", "how many tokens", NULL},
    {"--bidirectional", NULL, "queries see keys after them too", NULL},
    {"--row", "I", "one query only", NULL},
    {"--column", "J", "the queries that read key J", NULL},
    {"--as", "FORM", "matrix (default), indices, count, total, density, json",
     "matrix indices count total density json"},
    {"--bare", NULL, "a matrix of # . and blank without axes", NULL},
    {"--text", "S", "words, for patterns that read content", NULL},
};

const Cmd cmd_show = {
    .name = "show",
    .synopsis = "EXPR --n N [--bidirectional] [--row I | --column J] [--as FORM] [--bare] [--text S]",
    .summary = "a pattern as picture, index sets or counts",
    .help = "Which keys does each query see? EXPR is an expression of the pattern language, such as "
            "'window(w=4) | sink(s=2)': attend help expressions. Positions count from 0.\n"
            "\n"
            "matrix is a picture with axes, in blocks past 512 tokens; indices prints one line a query, "
            "i: runs with inclusive ends, i: alone where the set is empty; count prints i: c; total and "
            "density print one number (with --row, that row's count). json is one value with all rows. "
            "Patterns that read content get words by --text; the number of words is then n.",
    .example = "show 'window(w=4) | sink(s=2)' --n 16 --row 12 --as indices",
    .option = option,
    .options = sizeof option / sizeof *option,
    .run = run,
};

typedef struct {
    const CmdCall *call;
    const Bind    *bind;
    int64_t        row, column; /* -1: not asked for */
    Out            out;
    Runs           set;
    Text           line;
} Show;

static Status show_matrix(Show *s)
{
    if (cmd_option(s->call, "--bare")) return picture_bare(s->bind->pattern, s->row, &s->out);
    Status status = picture_draw(s->bind->pattern, s->row, &s->out);
    if (status == STATUS_OK) status = picture_counts(s->bind->pattern, s->row, &s->line);
    text_add_char(&s->line, '\n');
    return status;
}

static void add_indices(Show *s, int64_t at)
{
    text_format(&s->line, "%lld:", (long long)at);
    if (s->set.len) text_add_char(&s->line, ' ');
    bind_runs(&s->set, " ", &s->line);
    text_add_char(&s->line, '\n');
}

static void add_count(Show *s, int64_t at)
{
    text_format(&s->line, "%lld: %lld\n", (long long)at, (long long)runs_count(&s->set));
}

/* A line a query, or the one line of --column. */
static Status show_lines(Show *s, void (*add)(Show *s, int64_t at))
{
    const Pattern *p = s->bind->pattern;
    int64_t        first = s->row < 0 ? 0 : s->row, last = s->row < 0 ? s->bind->n - 1 : s->row;
    Status         status = STATUS_OK;
    if (s->column >= 0) {
        status = pattern_column(p, s->column, &s->set);
        add(s, s->column);
        return status;
    }
    for (int64_t i = first; i <= last; i++) {
        status = pattern_row(p, i, &s->set);
        if (status != STATUS_OK) return status;
        add(s, i);
        if (s->line.len > 32768 && !out_text(&s->out, &s->line)) return STATUS_OK;
    }
    return status;
}

static Status show_indices(Show *s)
{
    return show_lines(s, add_indices);
}

static Status show_count(Show *s)
{
    return show_lines(s, add_count);
}

static Status show_total(Show *s)
{
    int64_t total = 0;
    Status  status;
    if (s->column >= 0) {
        status = pattern_column(s->bind->pattern, s->column, &s->set);
        total = runs_count(&s->set);
    } else if (s->row >= 0) {
        status = pattern_count(s->bind->pattern, s->row, &total);
    } else {
        status = pattern_total(s->bind->pattern, &total);
    }
    text_format(&s->line, "%lld\n", (long long)total);
    return status;
}

static Status show_density(Show *s)
{
    double  density = 0;
    int64_t count = 0;
    Status  status;
    if (s->row >= 0) {
        status = pattern_count(s->bind->pattern, s->row, &count);
        density = (double)count / (double)pattern_allowed_row(s->bind->pattern, s->row);
    } else {
        status = pattern_density(s->bind->pattern, &density);
    }
    text_format(&s->line, "%.6g\n", density);
    return status;
}

static void add_json_head(Show *s, int64_t total, double density)
{
    Text expr = {0};
    bind_recipe(&s->bind->recipe, &expr);
    text_add(&s->line, "{\"attend\":\"figure\",\"v\":1,\"expr\":");
    cmd_json_string(&s->line, text_string(&expr));
    text_format(&s->line, ",\"n\":%lld,\"background\":\"%s\",\"class\":\"%s\",\"total\":%lld,\"density\":",
                (long long)s->bind->n, background_word(pattern_background(s->bind->pattern)),
                class_word(pattern_class(s->bind->pattern)), (long long)total);
    bind_real(density, &s->line);
    text_add(&s->line, ",\"rows\":[");
    text_done(&expr);
}

static void add_json_row(Show *s, int64_t i)
{
    if (s->line.len == 0 || s->line.at[s->line.len - 1] != '[') text_add_char(&s->line, ',');
    text_format(&s->line, "{\"i\":%lld,\"count\":%lld,\"runs\":[", (long long)i, (long long)runs_count(&s->set));
    for (int k = 0; k < s->set.len; k++)
        text_format(&s->line, "%s[%lld,%lld]", k ? "," : "", (long long)s->set.run[k].lo, (long long)s->set.run[k].hi - 1);
    text_add(&s->line, "]}");
}

static Status show_json(Show *s)
{
    int64_t total;
    double  density;
    Status  status = pattern_total(s->bind->pattern, &total);
    if (status == STATUS_OK) status = pattern_density(s->bind->pattern, &density);
    if (status != STATUS_OK) return status;
    add_json_head(s, total, density);
    status = show_lines(s, add_json_row);
    text_add(&s->line, "]}\n");
    return status;
}

static const struct {
    const char *name;
    bool        column; /* --column makes sense */
    Status (*show)(Show *s);
} form[] = {
    {"matrix", false, show_matrix}, {"indices", true, show_indices},  {"count", true, show_count},
    {"total", true, show_total},    {"density", false, show_density}, {"json", false, show_json},
};

/* Too large to be drawn: said before anything is printed. */
static bool drawable(const CmdCall *call, const Bind *b, int64_t row)
{
    bool bare = cmd_option(call, "--bare") != NULL;
    if (row >= 0 ? b->n <= PICTURE_TOKENS : b->n <= (bare ? PICTURE_BARE : PICTURE_TOKENS)) return true;
    cmd_fail(call, "--as matrix%s of %lld tokens: at most %d are drawn; use --as indices", bare ? " --bare" : "",
             (long long)b->n, bare ? PICTURE_BARE : PICTURE_TOKENS);
    return false;
}

static int show(const CmdCall *call, const Bind *b)
{
    Show        s = {.call = call, .bind = b, .row = -1, .column = -1};
    const char *as = cmd_option(call, "--as");
    size_t      k = 0;
    if (!bind_position(call, "--row", b->n, &s.row) || !bind_position(call, "--column", b->n, &s.column)) return EXIT_USAGE;
    if (!as) as = call->json ? "json" : s.column >= 0 ? "indices" : "matrix";
    while (strcmp(form[k].name, as) != 0) k++;
    if (s.row >= 0 && s.column >= 0) {
        cmd_fail(call, "--row and --column exclude each other");
        return EXIT_USAGE;
    }
    if (s.column >= 0 && !form[k].column) {
        cmd_fail(call, "--column goes with --as indices, count or total");
        return EXIT_USAGE;
    }
    if (strcmp(as, "matrix") == 0 && !drawable(call, b, s.row)) return EXIT_USAGE;
    Status    status = form[k].show(&s);
    const Why nothing = {0};
    out_text(&s.out, &s.line);
    runs_done(&s.set);
    text_done(&s.line);
    if (status != STATUS_OK) return cmd_why(call, status, &nothing);
    return out_done(&s.out, call);
}

static int run(const CmdCall *call)
{
    Bind bind;
    if (call->arguments != 1) {
        cmd_fail(call, call->arguments ? "one expression, in quotes: attend show 'window(w=4) | sink(s=2)' --n 16"
                                       : "an expression is missing: attend show 'window(w=4)' --n 16");
        return EXIT_USAGE;
    }
    int status = bind_open(call, call->argument[0], 0, false, &bind);
    if (status == EXIT_DONE) status = show(call, &bind);
    bind_close(&bind);
    return status;
}
