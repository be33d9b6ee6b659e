#include "engine/best.h"

#include <stdbool.h>

static bool before(const Best *best, int a, int b)
{
    double x = best->value[a], y = best->value[b];
    return x > y || (!(x < y) && a < b);
}

/* Lets what stands at `at` sink until nothing below comes before it. */
static void sink(Best *best, int64_t at)
{
    int *heap = best->heap, moving = heap[at];
    for (int64_t below; (below = 2 * at + 1) < best->left; at = below) {
        if (below + 1 < best->left && before(best, heap[below + 1], heap[below])) below++;
        if (!before(best, heap[below], moving)) break;
        heap[at] = heap[below];
    }
    heap[at] = moving;
}

Best best_begin(const double *value, int64_t len, int *heap)
{
    Best best = {value, heap, len};
    for (int64_t j = 0; j < len; j++) heap[j] = (int)j;
    for (int64_t at = len / 2 - 1; at >= 0; at--) sink(&best, at);
    return best;
}

int64_t best_next(Best *best)
{
    if (best->left == 0) return -1;
    int first = best->heap[0];
    best->heap[0] = best->heap[--best->left];
    if (best->left > 0) sink(best, 0);
    return first;
}
