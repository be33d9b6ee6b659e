#include "engine/reach.h"
#include "engine/spread.h"

#include <assert.h>
#include <stdlib.h>

static Status out_of_memory(Why *why)
{
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

/* ---- search ---- */

/* What has been reached, and what the last layer added. */
typedef struct {
    Spread spread;
    Bits   reached, front, next;
} Search;

static void search_done(Search *s)
{
    spread_done(&s->spread);
    bits_done(&s->reached);
    bits_done(&s->front);
    bits_done(&s->next);
}

static Status search_new(const Pattern *p, Part part, Search *out, Why *why)
{
    *out = (Search){0};
    Status status = spread_new(p, part, &out->spread, why);
    if (status) return status;
    bool made = !bits_new(p->n, &out->reached) && !bits_new(p->n, &out->front) &&
                !bits_new(p->n, &out->next);
    if (made) return STATUS_OK;
    search_done(out);
    return out_of_memory(why);
}

static void search_begin(Search *s, int64_t i)
{
    bits_clear(&s->reached);
    bits_clear(&s->front);
    bits_add(&s->reached, i, i + 1);
    bits_add(&s->front, i, i + 1);
}

/* One layer back. The front is empty once nothing new is reached. */
static Status search_layer(Search *s)
{
    bits_clear(&s->next);
    Status status = spread(&s->spread, &s->front, &s->next);
    if (status) return status;
    bits_remove(&s->reached, &s->next);
    bits_join(&s->next, &s->reached);
    Bits front = s->front;
    s->front = s->next;
    s->next = front;
    return STATUS_OK;
}

/* ---- a pair ---- */

static void note_level(const Bits *front, int32_t *level, int32_t layers)
{
    for (int64_t at = bits_next(front, 0); level && at < front->n; at = bits_next(front, at + 1))
        level[at] = layers;
}

/* *at: the query nearest to a key, later ones first, that reads it and lies on that level. */
static Status reader_on(const Pattern *p, const int32_t *level, int64_t wanted, int64_t key,
                        int64_t *at)
{
    Status status = STATUS_OK;
    bool   reads = false;
    for (*at = key + 1; *at < p->n; ++*at) {
        if (level[*at] == wanted) status = pattern_has(p, *at, key, &reads);
        if (status || reads) return status;
    }
    for (*at = key - 1; *at > 0; --*at) {
        if (level[*at] == wanted) status = pattern_has(p, *at, key, &reads);
        if (status || reads) return status;
    }
    return status;
}

/* Each time to a query that reads what was reached, and is one layer nearer. */
static Status trace(const Pattern *p, const int32_t *level, int64_t from, int64_t hops,
                    int64_t **path)
{
    Status status = STATUS_OK;
    *path = malloc(((size_t)hops + 1) * sizeof **path);
    if (!*path) return STATUS_MEMORY;
    (*path)[0] = from;
    for (int64_t k = 1; !status && k <= hops; k++)
        status = reader_on(p, level, hops - k + 1, (*path)[k - 1], &(*path)[k]);
    return status;
}

static Status search_pair(Search *s, int64_t from, int64_t to, int32_t *level, int64_t *hops)
{
    Status  status = STATUS_OK;
    int64_t layers = 0;
    search_begin(s, to);
    note_level(&s->front, level, 1);
    while (!status && !bits_has(&s->reached, from)) {
        status = search_layer(s);
        if (bits_empty(&s->front)) break;
        note_level(&s->front, level, (int32_t)++layers + 1);
    }
    *hops = !status && bits_has(&s->reached, from) ? layers : REACH_NEVER;
    return status;
}

Status reach_hops(const Pattern *p, int64_t from, int64_t to, int64_t *hops, int64_t **path,
                  Why *why)
{
    assert(from >= 0 && from < p->n && to >= 0 && to < p->n);
    Search   s;
    int32_t *level = path ? calloc((size_t)p->n, sizeof *level) : NULL;
    if (path) *path = NULL;
    *hops = REACH_NEVER;
    if (path && !level) return out_of_memory(why);
    Status status = search_new(p, PART_SET, &s, why);
    if (!status) {
        status = search_pair(&s, from, to, level, hops);
        if (!status && path && *hops >= 0) status = trace(p, level, from, *hops, path);
        if (status) why_say(why, status, 0, "%s", status_sentence(status));
        search_done(&s);
    }
    free(level);
    return status;
}

/* ---- all pairs, all of a query ---- */

/* Layers until all that the background shows to query i is reached; REACH_NEVER: some never is. */
static Status search_all(Search *s, int64_t i, int64_t *layers)
{
    Status  status = STATUS_OK;
    int64_t shown = pattern_allowed_row(s->spread.operands.p, i);
    *layers = 0;
    search_begin(s, i);
    for (;; ++*layers) {
        status = search_layer(s);
        if (status || bits_empty(&s->front)) break;
    }
    if (bits_count(&s->reached) < shown) *layers = REACH_NEVER;
    return status;
}

static bool by_distance(const Operands *o)
{
    for (int k = 0; k < o->operands; k++)
        if (o->operand[k].kind != OPERAND_DISTANCE) return false;
    return o->p->background == BACKGROUND_CAUSAL;
}

static Status search_pairs(Search *s, int64_t *hops, Why *why)
{
    int64_t n = s->reached.n, layers;
    Status  status = STATUS_OK;
    if (by_distance(&s->spread.operands)) return search_all(s, n - 1, hops);
    if (n > REACH_PAIRS) {
        why_say(why, STATUS_LIMIT, 0,
                "the largest hops over all pairs of %lld tokens takes %lld searches; at most %d "
                "are made",
                (long long)n, (long long)n, REACH_PAIRS);
        why_todo(why, "ask for one pair");
        return STATUS_LIMIT;
    }
    *hops = 0;
    for (int64_t i = n - 1; !status && i >= 0 && *hops >= 0; i--) {
        status = search_all(s, i, &layers);
        if (layers > *hops || layers < 0) *hops = layers;
    }
    return status;
}

Status reach_most(const Pattern *p, int64_t *hops, Why *why)
{
    Search s;
    Status status = search_new(p, PART_SET, &s, why);
    if (status) return status;
    status = search_pairs(&s, hops, why);
    search_done(&s);
    return status;
}

Status reach_back(const Pattern *p, int64_t i, int64_t layers, Runs *out, Why *why)
{
    Search s;
    Status status = search_new(p, PART_SET, &s, why);
    if (status) return status;
    search_begin(&s, i);
    for (int64_t k = 0; !status && k < layers && !bits_empty(&s.front); k++)
        status = search_layer(&s);
    if (!status) status = bits_runs(&s.reached, out);
    if (status) why_say(why, status, 0, "%s", status_sentence(status));
    search_done(&s);
    return status;
}

/* ---- stacks ----
 * before[k] and now[k]: positions whose content gets to the query through layers k, k+1, ... with
 * one move less, and with so many moves. now[k] = now[k+1] and what the queries of before[k+1]
 * read in layer k; layers that stay the same are not asked again. */
typedef struct {
    Spread *spread;       /* one an entry */
    int    *entry;        /* of each layer */
    Bits   *before, *now; /* layers + 1 */
    int     entries, layers;
} Tower;

static void tower_done(Tower *t)
{
    for (int k = 0; t->spread && k < t->entries; k++) spread_done(&t->spread[k]);
    for (int k = 0; t->before && t->now && k <= t->layers; k++) {
        bits_done(&t->before[k]);
        bits_done(&t->now[k]);
    }
    free(t->spread);
    free(t->entry);
    free(t->before);
    free(t->now);
}

static Status tower_rooms(Tower *t, int64_t n)
{
    size_t floors = (size_t)t->layers + 1;
    t->spread = calloc((size_t)t->entries, sizeof *t->spread);
    t->entry = calloc(floors, sizeof *t->entry);
    t->before = calloc(floors, sizeof *t->before);
    t->now = calloc(floors, sizeof *t->now);
    if (!t->spread || !t->entry || !t->before || !t->now) return STATUS_MEMORY;
    for (size_t k = 0; k < floors; k++)
        if (bits_new(n, &t->before[k]) || bits_new(n, &t->now[k])) return STATUS_MEMORY;
    return STATUS_OK;
}

static Status tower_new(const ReachLayers *stack, int entries, Tower *t, Why *why)
{
    assert(entries >= 1);
    *t = (Tower){.entries = entries};
    for (int e = 0; e < entries; e++) t->layers += (int)stack[e].layers;
    Status status = tower_rooms(t, stack[0].pattern->n);
    if (status) out_of_memory(why);
    for (int e = 0, k = 0; !status && e < entries; e++) {
        for (int64_t of = 0; of < stack[e].layers; of++) t->entry[k++] = e;
        status = spread_new(stack[e].pattern, PART_SURE, &t->spread[e], why);
    }
    if (status) tower_done(t);
    return status;
}

/* One move more. */
static Status tower_move(Tower *t)
{
    Status status = STATUS_OK;
    Bits  *moved = t->before;
    t->before = t->now;
    t->now = moved;
    bits_copy(&t->before[t->layers], &t->now[t->layers]);
    for (int k = t->layers - 1; !status && k >= 0; k--) {
        bits_copy(&t->now[k + 1], &t->now[k]);
        bool same = k + 1 < t->layers && t->entry[k] == t->entry[k + 1] &&
                    bits_equal(&t->before[k + 1], &t->before[k + 2]);
        if (!same) status = spread(&t->spread[t->entry[k]], &t->before[k + 1], &t->now[k]);
    }
    return status;
}

Status reach_stack_hops(const ReachLayers *stack, int entries, int64_t from, int64_t to,
                        int64_t *hops, Why *why)
{
    Tower  t;
    Status status = tower_new(stack, entries, &t, why);
    *hops = REACH_NEVER;
    if (status) return status;
    for (int k = 0; k <= t.layers; k++) bits_add(&t.now[k], to, to + 1);
    for (int moves = 0; !status && moves <= t.layers; moves++) {
        if (bits_has(&t.now[0], from)) {
            *hops = moves;
            break;
        }
        status = tower_move(&t);
    }
    if (status) out_of_memory(why);
    tower_done(&t);
    return status;
}
