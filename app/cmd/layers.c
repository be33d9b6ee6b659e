#include "app/cmd/layers.h"

#include "engine/parse.h"
#include "engine/reach.h"

/* A list of rows, each a list of keys. */
static Status write_rows(const Bind *b, int64_t layers, int64_t row, Text *out, Why *why)
{
    Runs   set = {0};
    Status status = STATUS_OK;
    text_add(out, "chosen(b=1, of=[");
    for (int64_t i = 0; status == STATUS_OK && i <= (row < 0 ? b->n - 1 : row); i++) {
        runs_clear(&set);
        if (row < 0 || i == row) status = reach_back(b->pattern, i, layers, &set, why);
        text_add(out, i ? ",[" : "[");
        bind_runs(&set, ",", out);
        text_add_char(out, ']');
    }
    text_add(out, "])");
    runs_done(&set);
    return out->broken && status == STATUS_OK ? STATUS_MEMORY : status;
}

Status layers_bind(Bind *b, int64_t layers, int64_t row, Why *why)
{
    Text     text = {0};
    Recipe   recipe = {0};
    Pattern *pattern = NULL;
    int64_t  most = row < 0 ? LAYERS_TOKENS : LAYERS_TOKENS_OF_A_ROW;
    if (b->n > most)
        return why_say(why, STATUS_LIMIT, 0, "--layers of %lld tokens: at most %lld%s",
                       (long long)b->n, (long long)most,
                       row < 0 ? "; use --row, or explain --path" : "");
    Status status = write_rows(b, layers, row, &text, why);
    if (status == STATUS_OK) status = parse_expression(text_string(&text), text.len, &recipe, why);
    if (status == STATUS_OK)
        status = pattern_new(&recipe, b->n, pattern_background(b->pattern), NULL, &pattern, why);
    if (status == STATUS_OK) {
        pattern_free(b->pattern);
        b->pattern = pattern;
    }
    recipe_done(&recipe);
    text_done(&text);
    return status;
}
