#include "engine/rng.h"

#include <assert.h>

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t rotate_left(uint64_t x, int by)
{
    return (x << by) | (x >> (64 - by));
}

Rng rng_seeded(uint64_t seed)
{
    Rng rng;
    for (int k = 0; k < 4; k++) rng.word[k] = splitmix(&seed);
    return rng;
}

uint64_t rng_next(Rng *rng)
{
    uint64_t *s = rng->word;
    uint64_t  result = rotate_left(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

/* Numbers in the last, incomplete copy of 0 .. r-1 below 2^64 are thrown away, so that each
 * remainder is equally likely. */
int64_t rng_int(Rng *rng, int64_t a, int64_t b)
{
    assert(a <= b);
    uint64_t r = (uint64_t)b - (uint64_t)a + 1;
    if (r == 0) return (int64_t)rng_next(rng);
    uint64_t incomplete = (0 - r) % r; /* 2^64 mod r */
    uint64_t x;
    do x = rng_next(rng);
    while (x > UINT64_MAX - incomplete);
    return (int64_t)((uint64_t)a + x % r);
}

double rng_real(Rng *rng)
{
    return (double)(rng_next(rng) >> 11) * 0x1p-53;
}

uint64_t rng_fnv1a(const void *bytes, size_t len)
{
    const unsigned char *byte = bytes;
    uint64_t             hash = UINT64_C(0xcbf29ce484222325);
    for (size_t k = 0; k < len; k++) hash = (hash ^ byte[k]) * UINT64_C(0x100000001b3);
    return hash;
}
