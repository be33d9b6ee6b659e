#include "engine/range.h"

int64_t range_triangle(int64_t n)
{
    return n % 2 == 0 ? n / 2 * (n + 1) : (n + 1) / 2 * n;
}

int64_t range_residue(int64_t a, int64_t m)
{
    int64_t r = a % m;
    return r < 0 ? r + m : r;
}

int64_t range_overlap(int64_t a, int64_t b, int64_t lo, int64_t hi)
{
    if (lo > a) a = lo;
    if (hi < b) b = hi;
    return a < b ? b - a : 0;
}
