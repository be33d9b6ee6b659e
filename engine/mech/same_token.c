/* same_token.c - keys with the query's token.
 * It hashes the words themselves: content, where `same` by given numbers is not. */
#include "engine/mechanism.h"

#include <stdlib.h>
#include <string.h>

/* Positions of one token stand together in order, ascending. */
typedef struct {
    int *order;       /* (n) */
    int *first, *end; /* (n) by position: where its token's positions begin and end in order */
} Groups;

typedef struct {
    const char *token;
    int         at;
} Placed;

static int by_token(const void *a, const void *b)
{
    const Placed *x = a, *y = b;
    int           order = strcmp(x->token, y->token);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

static void group(const Leaf *leaf, Placed *placed, Groups *g)
{
    int n = (int)leaf->n;
    for (int i = 0; i < n; i++) placed[i] = (Placed){leaf->content->token[i], i};
    qsort(placed, (size_t)n, sizeof *placed, by_token);
    for (int first = 0, end; first < n; first = end) {
        for (end = first; end < n && strcmp(placed[end].token, placed[first].token) == 0; end++)
            g->order[end] = placed[end].at;
        for (int k = first; k < end; k++)
            g->first[placed[k].at] = first, g->end[placed[k].at] = end;
    }
}

static Status prepare(Leaf *leaf, Why *why)
{
    size_t n = (size_t)leaf->n;
    if (!leaf->content->token) return why_say(why, STATUS_CONTENT, 0, "same_token reads tokens");
    Groups *g = calloc(1, sizeof *g);
    Placed *placed = calloc(n, sizeof *placed);
    leaf->state = g;
    if (g)
        *g = (Groups){calloc(n, sizeof *g->order), calloc(n, sizeof *g->first),
                      calloc(n, sizeof *g->end)};
    bool ready = placed && g && g->order && g->first && g->end;
    if (ready) group(leaf, placed, g);
    free(placed);
    return ready ? STATUS_OK : why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

static void release(Leaf *leaf)
{
    Groups *g = leaf->state;
    if (!g) return;
    free(g->order);
    free(g->first);
    free(g->end);
    free(g);
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    const Groups *g = leaf->state;
    Status        status = STATUS_OK;
    for (int k = g->first[i]; !status && k < g->end[i]; k++)
        status = runs_append(out, g->order[k], g->order[k] + 1);
    return status;
}

/* Positions of i's token below x. */
static int64_t below(const Groups *g, int64_t i, int64_t x)
{
    int lo = g->first[i], hi = g->end[i];
    while (lo < hi) {
        int middle = lo + (hi - lo) / 2;
        if (g->order[middle] < x)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo - g->first[i];
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return below(leaf->state, i, hi) - below(leaf->state, i, lo);
}

const Mechanism mech_same_token[] = {
    {.name = "same_token",
     .sentence = "each query sees every key whose token is its own",
     .class = CLASS_CONTENT,
     .reads = "tokens",
     .shape = "cells where query and key are the same token",
     .many = true,
     .prepare = prepare,
     .release = release,
     .row = row,
     .count = count},
    {.name = NULL},
};
