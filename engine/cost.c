#include "engine/cost.h"

#include <assert.h>

/* Of 2^31-1 tokens all pairs are 2^62: wide heads would pass the largest integer; it stays. */
int64_t cost_multiply_adds(int64_t total, int d, int e)
{
    assert(total >= 0 && d >= 0 && e >= 0);
    int64_t each = (int64_t)d + e;
    return each > 0 && total > INT64_MAX / each ? INT64_MAX : total * each;
}

double cost_cache_bytes(int64_t keys, int d, int e, double bytes_a_number)
{
    return (double)keys * ((double)d + (double)e) * bytes_a_number;
}
