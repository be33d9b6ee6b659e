/* cost.h - the bills of one head: work and memory. */
#ifndef ENGINE_COST_H
#define ENGINE_COST_H

#include <stdint.h>

/* Multiply-adds of scores (d each) and mix (e each) over `total` scored cells. */
int64_t cost_multiply_adds(int64_t total, int d, int e);
/* Bytes of keys and values for `keys` positions: keys * (d + e) * bytes_a_number, of one head. */
double cost_cache_bytes(int64_t keys, int d, int e, double bytes_a_number);

#endif
