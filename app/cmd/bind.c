#include "app/cmd/bind.h"

#include "app/base/utf8.h"
#include "app/tutor/words.h"

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

static int wrong_expression(const CmdCall *call, const char *text, Status status, const Why *why)
{
    if (why->column <= 0) return cmd_why(call, status, why);
    Text caret = {0};
    add_caret(text, why->column, &caret);
    cmd_fail(call, "expression, column %lld: %s%s%s%s", (long long)why->column, why->what, text_string(&caret),
             why->todo[0] ? "\n" : "", why->todo);
    text_done(&caret);
    return cmd_exit(status);
}

int bind_parse(const CmdCall *call, const char *text, Recipe *out)
{
    Why    why = {0};
    Status status = recipe_parse(text, strlen(text), out, &why);
    return status == STATUS_OK ? EXIT_DONE : wrong_expression(call, text, status, &why);
}

/* Tokens: those of --text, else n of them; words are dealt where an example wants some. */
static int find_words(const CmdCall *call, int64_t n, bool dealt, Bind *b)
{
    const char *text = cmd_option(call, "--text");
    Status      status = STATUS_OK;
    b->n = n;
    if (text) {
        status = words_split(text, &b->word, &b->words);
        if (status == STATUS_OK && b->words == 0) {
            cmd_fail(call, "--text: there is no word in it");
            return EXIT_USAGE;
        }
        if (status == STATUS_OK && n && n != b->words) {
            cmd_fail(call, "--n is %lld, --text has %lld tokens\nleave --n out", (long long)n, (long long)b->words);
            return EXIT_USAGE;
        }
        b->n = b->words;
    } else if (dealt && recipe_class(&b->recipe) != CLASS_POSITIONAL) {
        const Content content = {.kind = CONTENT_WORDS, .seed = 1, .n = n};
        b->words = n;
        status = words_deal(&content, 0, n, &b->word);
    }
    const Why nothing = {0};
    return status == STATUS_OK ? EXIT_DONE : cmd_why(call, status, &nothing);
}

static int bind_pattern(const CmdCall *call, const char *text, Bind *b)
{
    Why        why = {0};
    Background background = cmd_option(call, "--bidirectional") ? BACKGROUND_BIDIRECTIONAL : BACKGROUND_CAUSAL;
    if (b->word && recipe_class(&b->recipe) != CLASS_POSITIONAL) {
        Status status = problem_words((const char *const *)b->word, b->words, 0, &b->problem, &why);
        if (status != STATUS_OK) return cmd_why(call, status, &why);
    }
    Status status = pattern_new(&b->recipe, b->n, background, b->problem.n ? &b->problem : NULL, &b->pattern, &why);
    if (status == STATUS_CONTENT && why.todo[0] == '\0') why_todo(&why, "give it words: --text \"the cat saw the dog\"");
    return status == STATUS_OK ? EXIT_DONE : wrong_expression(call, text, status, &why);
}

int bind_open(const CmdCall *call, const char *text, int64_t n, bool dealt, Bind *out)
{
    *out = (Bind){0};
    long long given = n;
    if (!cmd_number(call, "--n", 1, 2147483647, &given)) return EXIT_USAGE;
    int status = bind_parse(call, text, &out->recipe);
    if (status == EXIT_DONE && !given && !cmd_option(call, "--text")) {
        cmd_fail(call, "how many tokens? --n is missing");
        status = EXIT_USAGE;
    }
    if (status == EXIT_DONE && cmd_option(call, "--text") && !cmd_option(call, "--n")) given = 0;
    if (status == EXIT_DONE) status = find_words(call, given, dealt, out);
    if (status == EXIT_DONE) status = bind_pattern(call, text, out);
    if (status != EXIT_DONE) bind_close(out);
    return status;
}

void bind_close(Bind *b)
{
    pattern_free(b->pattern);
    problem_done(&b->problem);
    words_free(b->word, b->words);
    recipe_done(&b->recipe);
    *b = (Bind){0};
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
