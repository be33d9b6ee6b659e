/* rng.h - the house's only source of chance: xoshiro256**, by value, named rng-1 in records.
 *
 * Source: Blackman & Vigna, "Scrambled linear pseudorandom number generators", 2021; the four
 * words are filled by splitmix64 of the seed. Two Rng with the same seed give the same numbers on
 * every machine, for ever: attempts and lessons depend on it. */
#ifndef ENGINE_RNG_H
#define ENGINE_RNG_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t word[4];
} Rng;

Rng      rng_seeded(uint64_t seed);
uint64_t rng_next(Rng *rng);
int64_t  rng_int(Rng *rng, int64_t a, int64_t b); /* a .. b inclusive, a <= b, without bias */
double   rng_real(Rng *rng);                      /* [0, 1), 53 bits */

/* FNV-1a, 64 bits, of len bytes (Fowler, Noll, Vo): the seed of a word's vectors. */
uint64_t rng_fnv1a(const void *bytes, size_t len);

#endif
