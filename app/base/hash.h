/* hash.h - SHA-256, HMAC and the seeds made of them (libsodium). Source of the seed rules: the
 * format notes in README.md, "Seeds". */
#ifndef APP_BASE_HASH_H
#define APP_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HASH_BYTES = 32, HASH_HEX = 65 };

typedef struct {
    uint8_t byte[HASH_BYTES];
} Hash;

bool hash_start(void); /* once, before anything else here; false if the library refuses */
Hash hash_sha256(const void *bytes, size_t len);
Hash hash_hmac(const uint8_t *key, size_t key_len, const void *bytes, size_t len);
void hash_hex(Hash h, char out[HASH_HEX]);
void hash_random(void *bytes, size_t len); /* the system's, for session ids only */

/* Self-study root of a lesson: SHA-256("attend study 1" NUL lesson id). */
Hash hash_study_root(const char *lesson);
/* Variant seed: first 8 bytes, little endian, of HMAC(root, lesson NUL question NUL variant in
 * decimal); with options true the message ends in NUL "options": the order of options. */
uint64_t hash_variant_seed(Hash root, const char *lesson, const char *question, int variant,
                           bool options);
/* rng:split(name): first 8 bytes of SHA-256(seed as 8 bytes little endian, name). */
uint64_t hash_split(uint64_t seed, const char *name, size_t len);

#endif
