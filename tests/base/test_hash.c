#include "app/base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The vectors of the format notes: key bytes 00 ... 1f, quiz warm-up, student s123. */
static const char quiz_sha256[] =
    "6f3b9232e3e9f29340d579ae1dde638c0a9372890081efb186f949d1bd4fc3ff";
static const char ticket_seed[] =
    "43db589ee34597f29d7007c5ce128cfe18c3ecf9c67e05fdb15a7cfa6967118e";
static const char ticket_mac[] = "5d8282f92deb44bbe365c3cc06f8f39b2561c740e56b82662a9371367b5ae751";

static void course_key(uint8_t key[32])
{
    for (int k = 0; k < 32; k++) key[k] = (uint8_t)k;
}

static Hash from_hex(const char *hex)
{
    Hash h;
    for (int k = 0; k < HASH_BYTES; k++) {
        unsigned byte;
        sscanf(hex + 2 * k, "%2x", &byte);
        h.byte[k] = (uint8_t)byte;
    }
    return h;
}

static void assert_hex(Hash h, const char *expected)
{
    char hex[HASH_HEX];
    hash_hex(h, hex);
    assert_string_equal(hex, expected);
}

static void sha256_and_hmac_agree_with_their_standards(void **state)
{
    (void)state; /* FIPS 180-2 "abc"; RFC 4231 test 2 */
    assert_hex(hash_sha256("abc", 3),
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_hex(hash_hmac((const uint8_t *)"Jefe", 4, "what do ya want for nothing?", 28),
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void the_key_id_is_that_of_the_notes(void **state)
{
    static const char label[] = "attend key 1\n";
    uint8_t           message[sizeof label - 1 + 32];
    char              hex[HASH_HEX];
    (void)state;
    memcpy(message, label, sizeof label - 1);
    course_key(message + sizeof label - 1);
    hash_hex(hash_sha256(message, sizeof message), hex);
    hex[16] = '\0';
    assert_string_equal(hex, "d5285247e6fffff9");
}

static void the_quiz_hash_is_that_of_the_notes(void **state)
{
    char text[400], windows[HASH_HEX], quiz[HASH_HEX];
    (void)state;
    hash_hex(hash_sha256("-- windows\n", 11), windows);
    hash_hex(hash_sha256("-- quiz\n", 8), quiz);
    int len =
        snprintf(text, sizeof text, "%s  30-windows.lua\n%s  quizzes/warm-up.lua\n", windows, quiz);
    assert_hex(hash_sha256(text, (size_t)len), quiz_sha256);
}

static void the_ticket_seed_is_that_of_the_notes(void **state)
{
    uint8_t key[32];
    (void)state;
    course_key(key);
    Hash sub = hash_hmac(key, sizeof key, "attend seed 1", 13);
    assert_hex(hash_hmac(sub.byte, HASH_BYTES, "warm-up\0s123", 12), ticket_seed);
}

static void the_ticket_mac_is_that_of_the_notes(void **state)
{
    uint8_t key[32];
    char    text[1024];
    (void)state;
    course_key(key);
    int len = snprintf(
        text, sizeof text,
        "attend ticket 1\ncourse=sparse-2026\nkey=d5285247e6fffff9\nstudent=s123\nquiz=warm-up\n"
        "quiz_sha256=%s\nopens=2026-01-05T09:00:00Z\ndue=2026-01-12T22:00:00Z\n"
        "closes=2026-01-14T22:00:00Z\ntime_factor=1.5\ntries_bonus=0\nissued=2026-01-04T16:30:00Z\n"
        "seed=%s\n",
        quiz_sha256, ticket_seed);
    Hash sub = hash_hmac(key, sizeof key, "attend ticket 1", 15);
    assert_hex(hash_hmac(sub.byte, HASH_BYTES, text, (size_t)len), ticket_mac);
}

static void the_variant_seed_is_that_of_the_notes(void **state)
{
    (void)state;
    assert_true(hash_variant_seed(from_hex(ticket_seed), "windows", "count", 1, false) ==
                UINT64_C(0x97ad4e20df44474c));
}

static void variants_and_the_order_of_options_have_seeds_of_their_own(void **state)
{
    Hash root = hash_study_root("windows");
    (void)state;
    uint64_t first = hash_variant_seed(root, "windows", "count", 1, false);
    assert_true(first == hash_variant_seed(root, "windows", "count", 1, false));
    assert_true(first != hash_variant_seed(root, "windows", "count", 2, false));
    assert_true(first != hash_variant_seed(root, "windows", "count", 1, true));
    assert_true(first != hash_variant_seed(root, "window", "scount", 1, false));
    uint64_t word = 0;
    Hash     options = hash_hmac(root.byte, HASH_BYTES,
                                 "windows\0count\0"
                                     "1\0options",
                                 23);
    for (int k = 7; k >= 0; k--) word = word << 8 | options.byte[k];
    assert_true(word == hash_variant_seed(root, "windows", "count", 1, true));
}

static void the_study_root_hashes_its_label_and_the_lesson(void **state)
{
    char hex[HASH_HEX];
    (void)state;
    hash_hex(hash_sha256("attend study 1\0windows", 22), hex);
    assert_hex(hash_study_root("windows"), hex);
}

static void a_split_hashes_the_seed_and_the_name(void **state)
{
    static const uint8_t message[] = {8, 7, 6, 5, 4, 3, 2, 1, 'w', 'o', 'r', 'd', 's'};
    Hash                 h = hash_sha256(message, sizeof message);
    uint64_t             word = 0;
    (void)state;
    for (int k = 7; k >= 0; k--) word = word << 8 | h.byte[k];
    assert_true(hash_split(UINT64_C(0x0102030405060708), "words", 5) == word);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_and_hmac_agree_with_their_standards),
        cmocka_unit_test(the_key_id_is_that_of_the_notes),
        cmocka_unit_test(the_quiz_hash_is_that_of_the_notes),
        cmocka_unit_test(the_ticket_seed_is_that_of_the_notes),
        cmocka_unit_test(the_ticket_mac_is_that_of_the_notes),
        cmocka_unit_test(the_variant_seed_is_that_of_the_notes),
        cmocka_unit_test(variants_and_the_order_of_options_have_seeds_of_their_own),
        cmocka_unit_test(the_study_root_hashes_its_label_and_the_lesson),
        cmocka_unit_test(a_split_hashes_the_seed_and_the_name),
    };
    if (!hash_start()) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
