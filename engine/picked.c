#include "engine/picked.h"

#include <assert.h>
#include <stdlib.h>

Picked *picked_new(int64_t n)
{
    Picked *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    p->begin = calloc((size_t)n + 1, sizeof *p->begin);
    p->all.cap = (int)n * 2;
    p->all.run = malloc((size_t)n * 2 * sizeof *p->all.run);
    if (p->begin && p->all.run) return p;
    picked_free(p);
    return NULL;
}

void picked_free(Picked *p)
{
    if (!p) return;
    free(p->begin);
    runs_done(&p->all);
    free(p);
}

/* ---- rows in ---- */

static Status grow(Runs *all)
{
    int  cap = all->cap <= INT32_MAX / 2 ? all->cap * 2 : 0;
    Run *run = cap > 0 ? realloc(all->run, (size_t)cap * sizeof *run) : NULL;
    if (!run) return STATUS_MEMORY;
    all->run = run;
    all->cap = cap;
    return STATUS_OK;
}

static Status add_run(Runs *all, int64_t lo, int64_t hi)
{
    if (all->len == all->cap && grow(all)) return STATUS_MEMORY;
    all->run[all->len++] = (Run){lo, hi};
    return STATUS_OK;
}

/* The row behind it begins a run of its own, even where it would touch the last one. */
static Status end_row(Picked *p)
{
    p->begin[++p->rows] = p->all.len;
    return STATUS_OK;
}

Status picked_keys(const int *key, int64_t keys, Picked *p)
{
    for (int64_t k = 0; k < keys; k++) {
        if (k > 0 && key[k] == key[k - 1] + 1)
            p->all.run[p->all.len - 1].hi++;
        else if (add_run(&p->all, key[k], key[k] + 1))
            return STATUS_MEMORY;
    }
    return end_row(p);
}

Status picked_marks(const bool *mark, int64_t len, Picked *p)
{
    for (int64_t j = 0; j < len; j++) {
        if (!mark[j]) continue;
        if (j > 0 && mark[j - 1])
            p->all.run[p->all.len - 1].hi++;
        else if (add_run(&p->all, j, j + 1))
            return STATUS_MEMORY;
    }
    return end_row(p);
}

Status picked_runs(const Runs *row, Picked *p)
{
    for (int k = 0; k < row->len; k++)
        if (add_run(&p->all, row->run[k].lo, row->run[k].hi)) return STATUS_MEMORY;
    return end_row(p);
}

Status picked_matrix(const Leaf *leaf, const bool *mark, Picked *p)
{
    Status status = STATUS_OK;
    for (int64_t i = 0; !status && i < leaf->n; i++)
        status = picked_marks(mark + i * leaf->n, leaf_end(leaf, i), p);
    return status;
}

/* ---- rows out ---- */

Status picked_ready(Leaf *leaf, Picked *p, Status status, Why *why)
{
    leaf->state = p;
    if (!p) status = STATUS_MEMORY;
    assert(status || p->rows == leaf->n);
    return status == STATUS_MEMORY ? why_say(why, status, 0, "%s", status_sentence(status))
                                   : status;
}

void picked_release(Leaf *leaf)
{
    picked_free(leaf->state);
}

Status picked_row(const Leaf *leaf, int64_t i, Runs *out)
{
    const Picked *p = leaf->state;
    Status        status = STATUS_OK;
    for (int k = p->begin[i]; !status && k < p->begin[i + 1]; k++)
        status = runs_append(out, p->all.run[k].lo, p->all.run[k].hi);
    return status;
}

int64_t picked_count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    const Picked *p = leaf->state;
    int           begin = p->begin[i], len = p->begin[i + 1] - begin;
    Runs          borrowed = {p->all.run + begin, len, len};
    return runs_count_in(&borrowed, lo, hi);
}

int64_t picked_total(const Leaf *leaf)
{
    const Picked *p = leaf->state;
    return runs_count(&p->all);
}
