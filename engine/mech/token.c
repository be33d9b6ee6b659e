/* token.c - every key whose token is a given text: "every full stop".
 * It asks no score, and is content all the same: another word there changes the set. */
#include "engine/mechanism.h"
#include "engine/progression.h"

#include <stdlib.h>
#include <string.h>

static const Param param[] = {
    {.name = "is", .kind = PARAM_TEXT, .unit = "", .help = "the token's text, in quotes"},
};

static Status find(const Leaf *leaf, Runs *out)
{
    Status status = STATUS_OK;
    for (int64_t j = 0; !status && j < leaf->n; j++)
        if (strcmp(leaf->content->token[j], leaf->value[0].text) == 0) status = runs_append(out, j, j + 1);
    return status;
}

static Status prepare(Leaf *leaf, Why *why)
{
    if (!leaf->content->token) return why_say(why, STATUS_CONTENT, 0, "token reads tokens");
    Runs  *found = calloc(1, sizeof *found);
    Status status = found ? find(leaf, found) : STATUS_MEMORY;
    leaf->state = found;
    return status ? why_say(why, status, 0, "%s", status_sentence(status)) : STATUS_OK;
}

static void release(Leaf *leaf)
{
    if (leaf->state) runs_done(leaf->state);
    free(leaf->state);
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    (void)i;
    return runs_copy(leaf->state, out);
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    (void)i;
    return runs_count_in(leaf->state, lo, hi);
}

static int64_t total(const Leaf *leaf)
{
    const Runs *found = leaf->state;
    int64_t     n = leaf->n, cells = 0;
    if (leaf->background == BACKGROUND_BIDIRECTIONAL) return n * runs_count(found);
    for (int k = 0; k < found->len; k++) cells += range_triangle(n - found->run[k].lo) - range_triangle(n - found->run[k].hi);
    return cells;
}

const Mechanism mech_token[] = {
    {.name = "token",
     .sentence = "each query sees every key whose token is the given text",
     .param = param, .params = 1, .class = CLASS_CONTENT, .reads = "tokens",
     .shape = "the columns of the token $is",
     .many = true, .prepare = prepare, .release = release, .row = row, .count = count, .total = total},
    {.name = NULL},
};
