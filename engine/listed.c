#include "engine/listed.h"

/* Each item has a sign, or reaches across 0. */
static Status part_by_sign(const Value *list, int64_t n, Runs *from_start, Runs *from_end)
{
    Status status = STATUS_OK;
    for (int k = 0; !status && k < list->items; k++) {
        int64_t lo = list->item[k].lo, hi = list->item[k].hi + 1;
        int64_t end_lo = lo + n < 0 ? 0 : lo + n, end_hi = (hi < 0 ? hi : 0) + n;
        if (lo < 0) status = runs_append(from_end, end_lo, end_hi);
        if (!status && hi > 0) status = runs_append(from_start, lo > 0 ? lo : 0, hi < n ? hi : n);
    }
    return status;
}

static void widen(Runs *s, int64_t n, int64_t b)
{
    for (int k = 0; k < s->len; k++) {
        s->run[k].lo *= b;
        s->run[k].hi = s->run[k].hi * b < n ? s->run[k].hi * b : n;
    }
}

Status listed_positions(const Value *list, int64_t n, int64_t b, Runs *out)
{
    Runs   from_start = {0}, from_end = {0};
    Status status = part_by_sign(list, (n + b - 1) / b, &from_start, &from_end);
    if (!status) status = runs_union(&from_start, &from_end, out);
    if (!status) widen(out, n, b);
    runs_done(&from_start);
    runs_done(&from_end);
    return status;
}

Listed listed_begin(const Value *list)
{
    return (Listed){list, 0, 0};
}

bool listed_next(Listed *walk, int64_t *out)
{
    if (walk->item >= walk->list->items) return false;
    const Value *item = &walk->list->item[walk->item];
    *out = item->lo + walk->at++;
    if (*out < item->hi) return true;
    walk->item++;
    walk->at = 0;
    return true;
}

int64_t listed_size(const Value *list)
{
    int64_t size = 0;
    for (int k = 0; k < list->items; k++) size += list->item[k].hi - list->item[k].lo + 1;
    return size;
}
