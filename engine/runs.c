#include "engine/runs.h"
#include "engine/writer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A set of more runs would take over 256 MiB; asking for it is refused as memory is. */
enum { RUNS_LIMIT = 1 << 24 };

static Status reserve(Runs *s, int len)
{
    if (len <= s->cap) return STATUS_OK;
    if (len > RUNS_LIMIT) return STATUS_MEMORY;
    int cap = s->cap < 4 ? 4 : s->cap * 2;
    if (cap < len) cap = len;
    Run *run = realloc(s->run, (size_t)cap * sizeof *run);
    if (!run) return STATUS_MEMORY;
    s->run = run;
    s->cap = cap;
    return STATUS_OK;
}

void runs_done(Runs *s)
{
    free(s->run);
    *s = (Runs){0};
}

void runs_clear(Runs *s)
{
    s->len = 0;
}

Status runs_append(Runs *s, int64_t lo, int64_t hi)
{
    if (lo >= hi) return STATUS_OK;
    if (s->len > 0) {
        Run *last = &s->run[s->len - 1];
        assert(lo >= last->lo);
        if (lo <= last->hi) {
            if (hi > last->hi) last->hi = hi;
            return STATUS_OK;
        }
    }
    if (s->len == s->cap) {
        Status status = reserve(s, s->len + 1);
        if (status) return status;
    }
    s->run[s->len++] = (Run){lo, hi};
    return STATUS_OK;
}

/* The first run that ends at key or behind it: s->len if none. */
static int first_ending_from(const Runs *s, int64_t key)
{
    int low = 0, high = s->len;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (s->run[middle].hi < key) low = middle + 1;
        else high = middle;
    }
    return low;
}

Status runs_add(Runs *s, int64_t lo, int64_t hi)
{
    if (lo >= hi) return STATUS_OK;
    int first = first_ending_from(s, lo), after = first;
    while (after < s->len && s->run[after].lo <= hi) after++;
    if (first == after) {
        Status status = reserve(s, s->len + 1);
        if (status) return status;
        memmove(s->run + first + 1, s->run + first, (size_t)(s->len - first) * sizeof *s->run);
        s->run[first] = (Run){lo, hi};
        s->len++;
        return STATUS_OK;
    }
    Run *joined = &s->run[first];
    int64_t end = s->run[after - 1].hi;
    if (lo < joined->lo) joined->lo = lo;
    joined->hi = hi > end ? hi : end;
    memmove(joined + 1, s->run + after, (size_t)(s->len - after) * sizeof *s->run);
    s->len -= after - first - 1;
    return STATUS_OK;
}

Status runs_copy(const Runs *a, Runs *out)
{
    assert(a != out);
    Status status = reserve(out, a->len);
    if (status) return status;
    if (a->len > 0) memcpy(out->run, a->run, (size_t)a->len * sizeof *a->run);
    out->len = a->len;
    return STATUS_OK;
}

bool runs_has(const Runs *s, int64_t key)
{
    int at = first_ending_from(s, key + 1);
    return at < s->len && s->run[at].lo <= key;
}

int64_t runs_count(const Runs *s)
{
    int64_t count = 0;
    for (int k = 0; k < s->len; k++) count += s->run[k].hi - s->run[k].lo;
    return count;
}

int64_t runs_count_in(const Runs *s, int64_t lo, int64_t hi)
{
    int64_t count = 0;
    for (int k = first_ending_from(s, lo + 1); k < s->len && s->run[k].lo < hi; k++) {
        int64_t from = s->run[k].lo > lo ? s->run[k].lo : lo;
        int64_t to = s->run[k].hi < hi ? s->run[k].hi : hi;
        if (from < to) count += to - from;
    }
    return count;
}

bool runs_equal(const Runs *a, const Runs *b)
{
    if (a->len != b->len) return false;
    for (int k = 0; k < a->len; k++)
        if (a->run[k].lo != b->run[k].lo || a->run[k].hi != b->run[k].hi) return false;
    return true;
}

const char *runs_valid(const Runs *s)
{
    if (s->len < 0 || s->len > s->cap) return "there are more runs than room";
    for (int k = 0; k < s->len; k++) {
        if (s->run[k].lo < 0) return "a run begins before position 0";
        if (s->run[k].lo >= s->run[k].hi) return "a run is empty or goes backwards";
        if (k > 0 && s->run[k].lo < s->run[k - 1].hi) return "runs overlap or do not ascend";
        if (k > 0 && s->run[k].lo == s->run[k - 1].hi) return "two runs touch";
    }
    return NULL;
}

Status runs_union(const Runs *a, const Runs *b, Runs *out)
{
    assert(out != a && out != b);
    Status status = reserve(out, a->len > b->len ? a->len : b->len);
    out->len = 0;
    for (int x = 0, y = 0; !status && (x < a->len || y < b->len);) {
        bool from_a = y == b->len || (x < a->len && a->run[x].lo <= b->run[y].lo);
        Run  next = from_a ? a->run[x++] : b->run[y++];
        status = runs_append(out, next.lo, next.hi);
    }
    return status;
}

Status runs_intersect(const Runs *a, const Runs *b, Runs *out)
{
    assert(out != a && out != b);
    Status status = STATUS_OK;
    out->len = 0;
    for (int x = 0, y = 0; !status && x < a->len && y < b->len;) {
        int64_t lo = a->run[x].lo > b->run[y].lo ? a->run[x].lo : b->run[y].lo;
        int64_t hi = a->run[x].hi < b->run[y].hi ? a->run[x].hi : b->run[y].hi;
        status = runs_append(out, lo, hi);
        if (a->run[x].hi < b->run[y].hi) x++;
        else y++;
    }
    return status;
}

Status runs_minus(const Runs *a, const Runs *b, Runs *out)
{
    assert(out != a && out != b);
    Status status = STATUS_OK;
    int    y = 0;
    out->len = 0;
    for (int x = 0; !status && x < a->len; x++) {
        int64_t lo = a->run[x].lo, hi = a->run[x].hi;
        while (y < b->len && b->run[y].hi <= lo) y++;
        for (int k = y; !status && k < b->len && b->run[k].lo < hi; k++) {
            status = runs_append(out, lo, b->run[k].lo);
            lo = b->run[k].hi;
            y = k;
        }
        if (!status) status = runs_append(out, lo, hi);
    }
    return status;
}

void runs_clip(Runs *s, int64_t lo, int64_t hi)
{
    if (lo < 0) lo = 0;
    if (lo >= hi) {
        s->len = 0;
        return;
    }
    while (s->len > 0 && s->run[s->len - 1].lo >= hi) s->len--;
    if (s->len > 0 && s->run[s->len - 1].hi > hi) s->run[s->len - 1].hi = hi;
    if (lo == 0 || s->len == 0) return;
    int first = first_ending_from(s, lo + 1);
    memmove(s->run, s->run + first, (size_t)(s->len - first) * sizeof *s->run);
    s->len -= first;
    if (s->len > 0 && s->run[0].lo < lo) s->run[0].lo = lo;
}

size_t runs_print(const Runs *s, const char *between, char *out, size_t size)
{
    Writer w = {out, size, 0};
    for (int k = 0; k < s->len; k++) {
        if (k > 0) writer_text(&w, between);
        writer_integer(&w, s->run[k].lo);
        if (s->run[k].hi - s->run[k].lo == 1) continue;
        writer_text(&w, "-");
        writer_integer(&w, s->run[k].hi - 1);
    }
    return writer_end(&w);
}
