#include "engine/neighbors.h"

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

Run neighbors_of(Neighbors rule, int64_t p, int64_t L)
{
    int64_t first = p / rule.stride * rule.stride;
    if (rule.causal) {
        int64_t last = least(first + rule.stride - 1, L - 1);
        return (Run){most(last - rule.k + 1, 0), p + 1};
    }
    int64_t k = least(rule.k, L), middle = least(first + rule.stride / 2, L - 1);
    int64_t lo = least(most(middle - k / 2, 0), L - k);
    return (Run){lo, lo + k};
}
