#include "app/cmd/layers.h"
#include "app/cmd/picture.h"
#include "app/cmd/show.h"

#include <stdlib.h>
#include <string.h>

static int run(const CmdCall *call);

static const CmdOption option[] = {
    {"--n", "N", "how many tokens", NULL},
    {"--bidirectional", NULL, "queries see keys after them too", NULL},
    {"--row", "I", "one query only", NULL},
    {"--column", "J", "the queries that read key J", NULL},
    {"--as", "FORM", "matrix (default), indices, count, total, density, csv, json",
     "matrix indices count total density csv json"},
    {"--block", "K", "cells counted in blocks: matrix, density or csv", NULL},
    {"--bare", NULL, "a matrix of # . and blank without axes", NULL},
    {"--q", "FILE", "queries for patterns that read content, .npy (n,d)", NULL},
    {"--k", "FILE", "their keys, .npy (n,d)", NULL},
    {"--given", "FILE", "structure that a seed would draw, .npy", NULL},
    {"--text", "S", "words, for patterns that read content", NULL},
    {"--text-file", "FILE", "the words of a file", NULL},
    {"--tokens", "FILE", "tokens of a file, one a line", NULL},
    {"--layers", "L", "a row is what reaches the query in so many layers", NULL},
};

const Cmd cmd_show = {
    .name = "show",
    .synopsis = "EXPR --n N | --q FILE --k FILE | --text S  [--bidirectional] [--row I | --column J] [--as FORM] ...",
    .summary = "a pattern as picture, index sets or counts",
    .help = "Which keys does each query see? EXPR is an expression of the pattern language, such as "
            "'window(w=4) | sink(s=2)': attend help expressions. Positions count from 0.\n"
            "\n"
            "matrix is a picture with axes, in blocks past 512 tokens; indices prints one line a query, "
            "i: runs with inclusive ends, i: alone where the set is empty; count prints i: c; total and "
            "density print one number (with --row, that row's count). csv has a line for each run, json is one "
            "value with all rows; where scores are given they hold weights too. With --block K cells are counted "
            "in blocks of K queries and K keys.\n"
            "\n"
            "Patterns that read content get queries and keys of .npy files, or words; n is then their number and "
            "--n may be left out. With --layers a row "
            "is what reaches the query through so many layers of the pattern.",
    .example = "show 'window(w=4) | sink(s=2)' --n 16 --row 12 --as indices",
    .option = option,
    .options = sizeof option / sizeof *option,
    .run = run,
};

static Status show_matrix(Show *s)
{
    if (s->block) return picture_blocks(s->bind->pattern, s->block, &s->out);
    if (cmd_option(s->call, "--bare")) return picture_bare(s->bind->pattern, s->row, &s->out);
    Status status = picture_draw(s->bind->pattern, s->row, &s->out);
    if (status == STATUS_OK) status = picture_counts(s->bind->pattern, s->row, &s->line);
    text_add_char(&s->line, '\n');
    return status;
}

static Status add_indices(Show *s, int64_t at)
{
    text_format(&s->line, "%lld:", (long long)at);
    if (s->set.len) text_add_char(&s->line, ' ');
    bind_runs(&s->set, " ", &s->line);
    text_add_char(&s->line, '\n');
    return STATUS_OK;
}

static Status add_count(Show *s, int64_t at)
{
    text_format(&s->line, "%lld: %lld\n", (long long)at, (long long)runs_count(&s->set));
    return STATUS_OK;
}

/* A line a query, or the one line of --column. */
static Status show_lines(Show *s, Status (*add)(Show *s, int64_t at))
{
    if (s->column < 0) return show_rows(s, add);
    Status status = pattern_column(s->bind->pattern, s->column, &s->set);
    return status == STATUS_OK ? add(s, s->column) : status;
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
    if (s->block) return show_block_density(s);
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

static const struct {
    const char *name;
    bool        column, block; /* --column, --block make sense */
    bool        weights;       /* it tells them, where there are some */
    Status (*show)(Show *s);
} form[] = {
    {"matrix", false, true, false, show_matrix},   {"indices", true, false, false, show_indices},
    {"count", true, false, false, show_count},     {"total", true, false, false, show_total},
    {"density", false, true, false, show_density}, {"csv", false, true, true, show_csv},
    {"json", false, false, true, show_json},
};

/* Too large to be drawn: said before anything is printed. */
static bool drawable(const CmdCall *call, const Bind *b, int64_t row)
{
    bool bare = cmd_option(call, "--bare") != NULL;
    if (row >= 0 ? b->n <= PICTURE_TOKENS : b->n <= (bare ? PICTURE_BARE : PICTURE_TOKENS)) return true;
    cmd_fail(call, "--as matrix%s of %lld tokens: at most %d are drawn; use --block %lld, or --as indices", bare ? " --bare" : "",
             (long long)b->n, bare ? PICTURE_BARE : PICTURE_TOKENS, (long long)(b->n - 1) / PICTURE_COLUMNS + 1);
    return false;
}

/* Blocks of a form that has them, and not more than it can hold. */
static bool good_blocks(const Show *s, const char *as, bool can)
{
    enum { ROW = 1 << 24 }; /* blocks side by side that are counted */
    bool    drawn = strcmp(as, "matrix") == 0;
    int64_t most = drawn ? PICTURE_COLUMNS : ROW, blocks = s->block ? (s->bind->n - 1) / s->block + 1 : 0;
    if (!s->block) return true;
    if (!can || s->row >= 0 || cmd_option(s->call, "--bare"))
        cmd_fail(s->call, "--block goes with --as matrix, density or csv of all rows");
    else if (blocks > most)
        cmd_fail(s->call, "--block %lld makes %lld blocks side by side; at most %lld are %s\nuse --block %lld", (long long)s->block,
                 (long long)blocks, (long long)most, drawn ? "drawn" : "counted", (long long)((s->bind->n - 1) / most + 1));
    else
        return true;
    return false;
}

/* Room for a row of weights, where there are scores: content patterns have some, others where
 * matrices are given. */
static int find_scores(Show *s, Bind *b)
{
    int status = b->m.n ? bind_problem(s->call, b) : EXIT_DONE;
    if (status != EXIT_DONE || !b->problem.n) return status;
    size_t size = (size_t)b->n * sizeof *s->score;
    s->scored = true;
    s->score = malloc(size);
    s->dense = malloc(size);
    s->sparse = malloc(size);
    const Why nothing = {0};
    return s->score && s->dense && s->sparse ? EXIT_DONE : cmd_why(s->call, STATUS_MEMORY, &nothing);
}

/* --layers: each row becomes what reaches its query through them. */
static int through_layers(const CmdCall *call, Bind *b, int64_t row)
{
    long long layers = 0;
    Why       why = {0};
    if (!cmd_number(call, "--layers", 1, 1000000, &layers)) return EXIT_USAGE;
    if (!layers) return EXIT_DONE;
    Status status = layers_bind(b, layers, b->n > LAYERS_TOKENS ? row : -1, &why);
    return status == STATUS_OK ? EXIT_DONE : cmd_why(call, status, &why);
}

/* What was asked for, checked; *k: the form. */
static int read_options(Show *s, int *k)
{
    const CmdCall *call = s->call;
    const char    *as = cmd_option(call, "--as");
    long long      block = 0;
    int64_t        n = s->bind->n;
    if (!bind_position(call, "--row", n, &s->row) || !bind_position(call, "--column", n, &s->column)) return EXIT_USAGE;
    if (!cmd_number(call, "--block", 1, 2147483647, &block)) return EXIT_USAGE;
    s->block = block;
    if (!as) as = call->json ? "json" : s->column >= 0 ? "indices" : "matrix";
    for (*k = 0; strcmp(form[*k].name, as) != 0;) ++*k;
    if (s->row >= 0 && s->column >= 0) {
        cmd_fail(call, "--row and --column exclude each other");
        return EXIT_USAGE;
    }
    if (s->column >= 0 && !form[*k].column) {
        cmd_fail(call, "--column goes with --as indices, count or total");
        return EXIT_USAGE;
    }
    if (!good_blocks(s, as, form[*k].block)) return EXIT_USAGE;
    bool drawn = strcmp(as, "matrix") == 0 && !s->block;
    return !drawn || drawable(call, s->bind, s->row) ? EXIT_DONE : EXIT_USAGE;
}

static void show_done(Show *s)
{
    runs_done(&s->set);
    runs_done(&s->background);
    text_done(&s->line);
    free(s->score);
    free(s->dense);
    free(s->sparse);
}

static int show(const CmdCall *call, Bind *b)
{
    Show s = {.call = call, .bind = b, .row = -1, .column = -1, .class = pattern_class(b->pattern)};
    int  k, code = read_options(&s, &k);
    if (code == EXIT_DONE) code = through_layers(call, b, s.row);
    if (code == EXIT_DONE && form[k].weights && !s.block) code = find_scores(&s, b);
    Status status = code == EXIT_DONE ? form[k].show(&s) : STATUS_OK;
    if (code == EXIT_DONE) out_text(&s.out, &s.line);
    const Why nothing = {0};
    show_done(&s);
    if (code != EXIT_DONE) return code;
    return status == STATUS_OK ? out_done(&s.out, call) : cmd_why(call, status, &nothing);
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
