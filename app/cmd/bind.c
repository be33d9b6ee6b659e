#include "app/cmd/bind.h"

#include "app/base/utf8.h"
#include "app/cmd/tokens.h"
#include "app/tutor/words.h"

#include "engine/scan.h"
#include "engine/writer.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 72 }; /* columns of an expression that a message shows */

/* The line of an expression and the caret below column `at` (bytes from 1), cut to SHOWN columns
 * around it. */
static void add_caret(const char *text, int64_t at, Text *out)
{
    size_t len = strlen(text), caret = at > 0 ? (size_t)at - 1 : 0;
    if (caret > len) caret = len;
    size_t from = 0;
    while (utf8_columns(text + from, caret - from) > SHOWN / 2) from += utf8_cluster(text + from, len - from);
    Text line = {0}, before = {0};
    utf8_clean(&before, text + from, caret - from, false, false);
    utf8_clean(&line, text + from, utf8_fit(text + from, len - from, SHOWN), false, false);
    const char *more = from ? "..." : "";
    text_format(out, "\n%s%s\n%*s^", more, text_string(&line),
                (int)strlen(more) + utf8_columns(text_string(&before), before.len), "");
    text_done(&line);
    text_done(&before);
}

int bind_wrong(const CmdCall *call, const char *what, const char *text, Status status, const Why *why)
{
    if (why->column <= 0) return cmd_why(call, status, why);
    Text caret = {0};
    add_caret(text, why->column, &caret);
    cmd_fail(call, "%s, column %lld: %s%s%s%s", what, (long long)why->column, why->what, text_string(&caret),
             why->todo[0] ? "\n" : "", why->todo);
    text_done(&caret);
    return cmd_exit(status);
}

int bind_parse(const CmdCall *call, const char *text, Recipe *out)
{
    Why    why = {0};
    Status status = recipe_parse(text, strlen(text), out, &why);
    return status == STATUS_OK ? EXIT_DONE : bind_wrong(call, "expression", text, status, &why);
}

/* The text, or what is dealt. */
static int find_words(const CmdCall *call, int64_t n, bool dealt, Bind *b)
{
    if (tokens_option(call)) return tokens_find(call, &b->word, &b->words);
    if (!dealt || recipe_class(&b->recipe) == CLASS_POSITIONAL) return EXIT_DONE;
    const Content content = {.kind = CONTENT_WORDS, .seed = 1, .n = n};
    const Why     nothing = {0};
    Status        status = words_deal(&content, 0, n, &b->word);
    b->words = status == STATUS_OK ? n : 0;
    return status == STATUS_OK ? EXIT_DONE : cmd_why(call, status, &nothing);
}

static int find_matrices(const CmdCall *call, Bind *b)
{
    int status = matrices_open(call, &b->m);
    if (status != EXIT_DONE || b->m.n == 0) return status;
    if (tokens_option(call)) {
        cmd_fail(call, "--q and %s exclude each other", tokens_option(call));
        return EXIT_USAGE;
    }
    if (b->m.stacked) {
        cmd_fail(call, "%s has heads in front; save one of them: numpy.save(..., x[0])", cmd_option(call, "--q"));
        return EXIT_INPUT;
    }
    return EXIT_DONE;
}

/* n: as it was asked for, 0 if it was not. */
static int find_tokens(const CmdCall *call, int64_t n, bool dealt, Bind *b)
{
    const char *from = tokens_option(call) ? tokens_option(call) : "--q";
    int         status = find_matrices(call, b);
    if (status == EXIT_DONE) status = find_words(call, n, dealt, b);
    if (status != EXIT_DONE) return status;
    int64_t tokens = b->m.n ? b->m.n : b->words;
    if (n && tokens && n != tokens) {
        cmd_fail(call, "--n is %lld, %s has %lld tokens\nleave --n out", (long long)n, from, (long long)tokens);
        return EXIT_USAGE;
    }
    b->n = tokens ? tokens : n;
    if (b->n) return EXIT_DONE;
    cmd_fail(call, "how many tokens? --n is missing");
    return EXIT_USAGE;
}

int bind_problem(const CmdCall *call, Bind *b)
{
    Why    why = {0};
    Status status = STATUS_OK;
    if (b->problem.n) return EXIT_DONE;
    if (b->m.n) {
        if (!memory_fits(call, matrices_bytes(&b->m) + problem_bytes(b->n, b->m.d), "scores of these tokens")) return EXIT_USAGE;
        int read = matrices_read(call, &b->m);
        return read == EXIT_DONE ? matrices_problem(call, &b->m, 0, 0, &b->problem) : read;
    }
    if (b->word) status = problem_words((const char *const *)b->word, b->words, 0, &b->problem, &why);
    if (status != STATUS_OK) return cmd_why(call, status, &why);
    return b->word ? matrices_give(call, &b->problem) : EXIT_DONE;
}

static int bind_pattern(const CmdCall *call, const char *text, Bind *b)
{
    Why        why = {0};
    Background background = cmd_option(call, "--bidirectional") ? BACKGROUND_BIDIRECTIONAL : BACKGROUND_CAUSAL;
    int        code = recipe_class(&b->recipe) != CLASS_POSITIONAL ? bind_problem(call, b) : EXIT_DONE;
    if (code != EXIT_DONE) return code;
    Status status = pattern_new(&b->recipe, b->n, background, b->problem.n ? &b->problem : NULL, &b->pattern, &why);
    if (status == STATUS_CONTENT && why.todo[0] == '\0') why_todo(&why, "give it words: --text \"the cat saw the dog\"");
    return status == STATUS_OK ? EXIT_DONE : bind_wrong(call, "expression", text, status, &why);
}

int bind_open(const CmdCall *call, const char *text, int64_t n, bool dealt, Bind *out)
{
    *out = (Bind){0};
    long long given = tokens_option(call) || cmd_option(call, "--q") ? 0 : n;
    if (!cmd_number(call, "--n", 1, 2147483647, &given)) return EXIT_USAGE;
    int status = bind_parse(call, text, &out->recipe);
    if (status == EXIT_DONE) status = find_tokens(call, given, dealt, out);
    if (status == EXIT_DONE) status = bind_pattern(call, text, out);
    if (status != EXIT_DONE) bind_close(out);
    return status;
}

void bind_close(Bind *b)
{
    pattern_free(b->pattern);
    problem_done(&b->problem);
    matrices_close(&b->m);
    words_free(b->word, b->words);
    recipe_done(&b->recipe);
    *b = (Bind){0};
}

bool bind_pair(const CmdCall *call, const char *name, int64_t n, int64_t *from, int64_t *to)
{
    const char *given = cmd_option(call, name);
    const char *colon = given ? strchr(given, ':') : NULL;
    Value       value[2];
    *from = *to = -1;
    if (!given) return true;
    for (int k = 0; colon && k < 2; k++) {
        Scan scan = {k ? colon + 1 : given, k ? strlen(colon + 1) : (size_t)(colon - given), 0, NULL};
        bool read = scan_number_begins(&scan) && scan_number(&scan, true, &value[k]) == STATUS_OK && scan.at == scan.len;
        if (!read) colon = NULL;
    }
    if (!colon || value[0].lo < 0 || value[1].lo < 0 || value[0].lo >= n || value[1].lo >= n) {
        cmd_fail(call, "%s %s: two positions from 0 to %lld should stand here, key first, as 0:%lld", name, given,
                 (long long)n - 1, (long long)n - 1);
        return false;
    }
    *from = value[0].lo;
    *to = value[1].lo;
    return true;
}

bool bind_position(const CmdCall *call, const char *name, int64_t n, int64_t *out)
{
    long long value = -1;
    if (!cmd_number(call, name, 0, n - 1, &value)) return false;
    *out = value;
    return true;
}

void bind_runs(const Runs *s, const char *between, Text *out)
{
    char   some[512];
    size_t len = runs_print(s, between, some, sizeof some);
    if (len < sizeof some) {
        text_add_bytes(out, some, len);
        return;
    }
    char *all = malloc(len + 1);
    if (all) runs_print(s, between, all, len + 1);
    if (all) text_add_bytes(out, all, len);
    if (!all) out->broken = true;
    free(all);
}

void bind_json_runs(const Runs *s, Text *out)
{
    text_add_char(out, '[');
    for (int k = 0; k < s->len; k++)
        text_format(out, "%s[%lld,%lld]", k ? "," : "", (long long)s->run[k].lo, (long long)s->run[k].hi - 1);
    text_add_char(out, ']');
}

void bind_recipe(const Recipe *r, Text *out)
{
    char   some[512];
    size_t len = recipe_print(r, some, sizeof some);
    if (len < sizeof some) {
        text_add_bytes(out, some, len);
        return;
    }
    char *all = malloc(len + 1);
    if (all) recipe_print(r, all, len + 1);
    if (all) text_add_bytes(out, all, len);
    if (!all) out->broken = true;
    free(all);
}

void bind_real(double value, Text *out)
{
    char   digits[40];
    Writer w = {digits, sizeof digits, 0};
    writer_real(&w, value);
    writer_end(&w);
    text_add(out, digits);
}
