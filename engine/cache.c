#include "engine/cache.h"
#include "engine/operand.h"

#include <assert.h>
#include <stdlib.h>

static Status out_of_memory(Why *why)
{
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

/* ---- the last reader of each key ----
 * early: only queries before the key count; else all of them. */

static void raise_to(int32_t *last, int64_t key, int64_t query)
{
    if (query > last[key]) last[key] = (int32_t)query;
}

/* The query of the largest distance below the end of the text: `left` is how far that is. The
 * distances only grow less as the key comes nearer, so that each run is passed once. */
static void last_by_distance(const Runs *back, int64_t n, int32_t *last)
{
    int k = back->len - 1;
    for (int64_t j = 0; j < n; j++) {
        int64_t left = n - 1 - j;
        while (k >= 0 && back->run[k].lo > left) k--;
        if (k < 0) return;
        raise_to(last, j, j + (back->run[k].hi - 1 < left ? back->run[k].hi - 1 : left));
    }
}

/* The nearest query before the key. */
static void last_ahead(const Runs *ahead, int64_t n, int32_t *last)
{
    if (ahead->len == 0) return;
    for (int64_t j = ahead->run[0].lo; j < n; j++) raise_to(last, j, j - ahead->run[0].lo);
}

static void last_by_key(const Operand *operand, int64_t n, bool early, int32_t *last)
{
    for (int k = 0; k < operand->set.len; k++)
        for (int64_t j = operand->set.run[k].lo; j < operand->set.run[k].hi; j++)
            raise_to(last, j, early ? j - 1 : n - 1);
}

/* The first key from `at` on that has no reader yet: next[k] leads there, step by step. */
static int64_t open_from(int32_t *next, int64_t at)
{
    int64_t end = at;
    while (next[end] != end) end = next[end];
    while (next[at] != end) {
        int64_t step = next[at];
        next[at] = (int32_t)end;
        at = step;
    }
    return end;
}

static void read_row(const Runs *row, int64_t from, int64_t i, int32_t *next, int32_t *last)
{
    for (int k = 0; k < row->len; k++) {
        int64_t lo = row->run[k].lo > from ? row->run[k].lo : from;
        if (lo >= row->run[k].hi) continue;
        for (int64_t j = open_from(next, lo); j < row->run[k].hi; j = open_from(next, j)) {
            raise_to(last, j, i);
            next[j] = (int32_t)(j + 1);
        }
    }
}

/* Last row first: a key that has a reader needs no earlier one. */
static Status last_by_rows(const Operands *o, const Operand *operand, bool early, int32_t *last)
{
    int64_t  n = o->p->n;
    Runs     row = {0};
    int32_t *next = malloc(((size_t)n + 1) * sizeof *next);
    Status   status = next ? STATUS_OK : STATUS_MEMORY;
    for (int64_t j = 0; !status && j <= n; j++) next[j] = (int32_t)j;
    for (int64_t i = n - 1; !status && i >= 0; i--) {
        status = operand_row(o, operand, i, &row);
        if (!status) read_row(&row, early ? i + 1 : 0, i, next, last);
    }
    free(next);
    runs_done(&row);
    return status;
}

static Status last_of_operand(const Operands *o, const Operand *operand, bool early, int32_t *last)
{
    switch (operand->kind) {
    case OPERAND_DISTANCE:
        if (early)
            last_ahead(&operand->ahead, o->p->n, last);
        else
            last_by_distance(&operand->set, o->p->n, last),
                last_ahead(&operand->ahead, o->p->n, last);
        return STATUS_OK;
    case OPERAND_KEY:
        last_by_key(operand, o->p->n, early, last);
        return STATUS_OK;
    case OPERAND_ROW:
        return last_by_rows(o, operand, early, last);
    }
    return STATUS_OK;
}

static Status last_readers(const Pattern *p, Part part, bool early, int32_t **out, Why *why)
{
    Operands o;
    *out = NULL;
    if (p->n > CACHE_TOKENS)
        return why_say(
            why, STATUS_LIMIT, 0,
            "what a cache holds is found for at most %d tokens: of %lld it would take %.1f GiB",
            CACHE_TOKENS, (long long)p->n, (double)p->n * 8 / 1073741824);
    Status status = operands_new(p, part, &o, why);
    if (status) return status;
    int32_t *last = malloc((size_t)p->n * sizeof *last);
    if (!last) status = STATUS_MEMORY;
    for (int64_t j = 0; !status && j < p->n; j++) last[j] = -1;
    for (int k = 0; !status && k < o.operands; k++)
        status = last_of_operand(&o, &o.operand[k], early, last);
    operands_done(&o);
    if (!status)
        *out = last;
    else
        free(last), out_of_memory(why);
    return status;
}

/* ---- what a cache holds ---- */

Status cache_new(const Pattern *p, Cache *out, Why *why)
{
    *out = (Cache){.pattern = p};
    return last_readers(p, PART_WANTED, false, &out->last, why);
}

void cache_done(Cache *c)
{
    free(c->last);
    *c = (Cache){0};
}

Status cache_live(const Cache *c, int64_t t, Runs *out)
{
    Status status = STATUS_OK;
    assert(t >= 0 && t < c->pattern->n);
    runs_clear(out);
    for (int64_t j = 0; !status && j <= t; j++)
        if (c->last[j] > t) status = runs_append(out, j, j + 1);
    return status;
}

int64_t cache_live_count(const Cache *c, int64_t t)
{
    int64_t count = 0;
    for (int64_t j = 0; j <= t; j++) count += c->last[j] > t;
    return count;
}

/* Key j is live from step j to the step before its last reader. */
Status cache_resident(const Cache *c, int64_t tokens, int64_t *out)
{
    int32_t *leaves =
        calloc((size_t)tokens + 1, sizeof *leaves); /* keys that are live no more from a step on */
    if (!leaves) return STATUS_MEMORY;
    int64_t live = 0; /* after the step before */
    *out = 1;
    for (int64_t t = 0; t < tokens; t++) {
        if (live + 1 > *out) *out = live + 1;
        int64_t last = c->last[t];
        if (last > t) live++, leaves[last < tokens ? last : tokens]++;
        live -= leaves[t];
    }
    free(leaves);
    return STATUS_OK;
}

/* ---- nested ----
 * It holds where the queries that read key j are those from j to the last one, or none (of the
 * queries before the key, likewise, those from 0 on): then their number is told by the last of
 * them. */

static Status add_expected(const Pattern *p, bool early, int64_t *cells, Why *why)
{
    int32_t *last;
    Status   status = last_readers(p, PART_SET, early, &last, why);
    for (int64_t j = 0; !status && j < p->n; j++) {
        int64_t from = early ? 0 : j;
        if (last[j] >= from) *cells += last[j] - from + 1;
    }
    free(last);
    return status;
}

Status cache_nested(const Pattern *p, bool *nested, Why *why)
{
    int64_t total, cells = 0;
    *nested = false;
    Status status = add_expected(p, false, &cells, why);
    if (!status && p->background == BACKGROUND_BIDIRECTIONAL)
        status = add_expected(p, true, &cells, why);
    if (status) return status;
    status = pattern_total(p, &total);
    *nested = total == cells;
    return status;
}

Status cache_resident_of(const Recipe *recipe, int64_t tokens, Background background, int64_t *out,
                         Why *why)
{
    Pattern *p = NULL;
    Cache    c = {0};
    if (tokens > CACHE_TOKENS / 2)
        return why_say(why, STATUS_LIMIT, 0, "what a cache holds is found for at most %d tokens",
                       CACHE_TOKENS / 2);
    Status status = pattern_new(recipe, 2 * tokens, background, NULL, &p, why);
    if (!status) status = cache_new(p, &c, why);
    if (!status && (status = cache_resident(&c, tokens, out)) != STATUS_OK) out_of_memory(why);
    cache_done(&c);
    pattern_free(p);
    return status;
}
