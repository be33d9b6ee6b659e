#include "engine/progression.h"

Progression progression_clip(Progression p, int64_t lo, int64_t hi)
{
    if (p.first < lo) p.first += (lo - p.first + p.step - 1) / p.step * p.step;
    if (p.last >= hi) p.last = hi - 1;
    return p;
}

int64_t progression_count(Progression p)
{
    return p.last < p.first ? 0 : (p.last - p.first) / p.step + 1;
}

Status progression_append(Progression p, Runs *out)
{
    if (p.step == 1) return runs_append(out, p.first, p.last + 1);
    Status status = STATUS_OK;
    for (int64_t j = p.first; !status && j <= p.last; j += p.step)
        status = runs_append(out, j, j + 1);
    return status;
}

/* Distance o holds n - o pairs: m of them from n - first down in steps. */
int64_t progression_pairs(Progression p, int64_t n)
{
    p = progression_clip(p, 0, n);
    int64_t m = progression_count(p);
    if (m == 0) return 0;
    return m * (n - p.first) - range_triangle(m - 1) * p.step;
}
