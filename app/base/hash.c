#include "app/base/hash.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

_Static_assert(HASH_BYTES == crypto_hash_sha256_BYTES, "a Hash is one SHA-256");

bool hash_start(void)
{
    return sodium_init() >= 0;
}

Hash hash_sha256(const void *bytes, size_t len)
{
    Hash h;
    crypto_hash_sha256(h.byte, bytes, len);
    return h;
}

Hash hash_hmac(const uint8_t *key, size_t key_len, const void *bytes, size_t len)
{
    Hash                         h;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, key_len);
    crypto_auth_hmacsha256_update(&state, bytes, len);
    crypto_auth_hmacsha256_final(&state, h.byte);
    return h;
}

void hash_hex(Hash h, char out[HASH_HEX])
{
    sodium_bin2hex(out, HASH_HEX, h.byte, HASH_BYTES);
}

void hash_random(void *bytes, size_t len)
{
    randombytes_buf(bytes, len);
}

static uint64_t little_endian(const uint8_t *byte)
{
    uint64_t word = 0;
    for (int k = 7; k >= 0; k--) word = word << 8 | byte[k];
    return word;
}

static void sha_text(crypto_hash_sha256_state *state, const char *text, size_t len)
{
    crypto_hash_sha256_update(state, (const unsigned char *)text, len);
}

Hash hash_study_root(const char *lesson)
{
    static const char        label[] = "attend study 1"; /* its NUL separates, as the format says */
    Hash                     h;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    sha_text(&state, label, sizeof label);
    sha_text(&state, lesson, strlen(lesson));
    crypto_hash_sha256_final(&state, h.byte);
    return h;
}

static void mac_text(crypto_auth_hmacsha256_state *state, const char *text, size_t len)
{
    crypto_auth_hmacsha256_update(state, (const unsigned char *)text, len);
}

uint64_t hash_variant_seed(Hash root, const char *lesson, const char *question, int variant,
                           bool options)
{
    static const char            order[] = "\0options";
    char                         decimal[16];
    Hash                         h;
    crypto_auth_hmacsha256_state state;
    snprintf(decimal, sizeof decimal, "%d", variant);
    crypto_auth_hmacsha256_init(&state, root.byte, HASH_BYTES);
    mac_text(&state, lesson, strlen(lesson) + 1); /* with the NUL that separates */
    mac_text(&state, question, strlen(question) + 1);
    mac_text(&state, decimal, strlen(decimal));
    if (options) mac_text(&state, order, sizeof order - 1);
    crypto_auth_hmacsha256_final(&state, h.byte);
    return little_endian(h.byte);
}

uint64_t hash_split(uint64_t seed, const char *name, size_t len)
{
    uint8_t                  word[8];
    Hash                     h;
    crypto_hash_sha256_state state;
    for (int k = 0; k < 8; k++) word[k] = (uint8_t)(seed >> (8 * k));
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, word, sizeof word);
    sha_text(&state, name, len);
    crypto_hash_sha256_final(&state, h.byte);
    return little_endian(h.byte);
}
