#include "engine/bits.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WORD = 64 };

static int64_t words_of(int64_t n)
{
    return (n + WORD - 1) / WORD;
}

Status bits_new(int64_t n, Bits *out)
{
    *out = (Bits){.word = calloc((size_t)words_of(n) + 1, sizeof(uint64_t)), .n = n};
    return out->word ? STATUS_OK : STATUS_MEMORY;
}

void bits_done(Bits *b)
{
    free(b->word);
    *b = (Bits){0};
}

void bits_clear(Bits *b)
{
    if (b->hi > b->lo) memset(b->word + b->lo, 0, (size_t)(b->hi - b->lo) * sizeof *b->word);
    b->lo = b->hi = 0;
}

/* ---- questions ---- */

bool bits_has(const Bits *b, int64_t at)
{
    return b->word[at / WORD] >> (at % WORD) & 1;
}

bool bits_empty(const Bits *b)
{
    return bits_next(b, 0) == b->n;
}

bool bits_equal(const Bits *a, const Bits *b)
{
    return memcmp(a->word, b->word, (size_t)words_of(a->n) * sizeof *a->word) == 0;
}

int64_t bits_count(const Bits *b)
{
    int64_t count = 0;
    for (int64_t k = b->lo; k < b->hi; k++)
        for (uint64_t rest = b->word[k]; rest; rest &= rest - 1) count++;
    return count;
}

static int lowest(uint64_t word)
{
    int at = 0;
    for (int half = WORD / 2; half > 0; half /= 2) {
        if (word << (WORD - half) != 0) continue;
        word >>= half;
        at += half;
    }
    return at;
}

int64_t bits_last(const Bits *b, int64_t before)
{
    int64_t k = (before - 1) / WORD;
    if (before <= b->lo * WORD) return -1;
    if (k >= b->hi) k = b->hi - 1, before = b->hi * WORD;
    for (uint64_t mask = ~UINT64_C(0) >> (WORD - 1 - (before - 1) % WORD); k >= b->lo;
         k--, mask = ~UINT64_C(0)) {
        uint64_t word = b->word[k] & mask;
        int      at = WORD - 1;
        if (!word) continue;
        while (!(word >> at & 1)) at--;
        return k * WORD + at;
    }
    return -1;
}

int64_t bits_next(const Bits *b, int64_t at)
{
    int64_t k = at / WORD;
    if (k < b->lo) k = b->lo, at = k * WORD;
    if (k >= b->hi) return b->n;
    uint64_t word = b->word[k] >> (at % WORD) << (at % WORD);
    while (!word && ++k < b->hi) word = b->word[k];
    return word ? k * WORD + lowest(word) : b->n;
}

/* The first position from at on that is no member. */
static int64_t next_missing(const Bits *b, int64_t at)
{
    int64_t k = at / WORD;
    if (k >= b->hi) return at;
    uint64_t word = ~b->word[k] >> (at % WORD) << (at % WORD);
    while (!word && ++k < b->hi) word = ~b->word[k];
    int64_t found = k < b->hi ? k * WORD + lowest(word) : k * WORD;
    return found < b->n ? found : b->n;
}

Status bits_runs(const Bits *b, Runs *out)
{
    Status status = STATUS_OK;
    runs_clear(out);
    for (int64_t lo = bits_next(b, 0), hi; !status && lo < b->n; lo = bits_next(b, hi)) {
        hi = next_missing(b, lo);
        status = runs_append(out, lo, hi);
    }
    return status;
}

/* ---- changes ---- */

static void reach_words(Bits *b, int64_t lo, int64_t hi)
{
    bool none = b->lo == b->hi;
    if (none || lo < b->lo) b->lo = lo;
    if (none || hi > b->hi) b->hi = hi;
}

void bits_add(Bits *b, int64_t lo, int64_t hi)
{
    assert(lo >= 0 && hi <= b->n);
    if (lo >= hi) return;
    int64_t  first = lo / WORD, last = (hi - 1) / WORD;
    uint64_t from = ~UINT64_C(0) << (lo % WORD), to = ~UINT64_C(0) >> (WORD - 1 - (hi - 1) % WORD);
    reach_words(b, first, last + 1);
    if (first == last) {
        b->word[first] |= from & to;
        return;
    }
    b->word[first] |= from;
    if (last > first + 1)
        memset(b->word + first + 1, 0xff, (size_t)(last - first - 1) * sizeof *b->word);
    b->word[last] |= to;
}

void bits_copy(const Bits *from, Bits *to)
{
    assert(from->n == to->n);
    bits_clear(to);
    bits_join(from, to);
}

void bits_join(const Bits *from, Bits *to)
{
    assert(from->n == to->n);
    if (from->lo == from->hi) return;
    for (int64_t k = from->lo; k < from->hi; k++) to->word[k] |= from->word[k];
    reach_words(to, from->lo, from->hi);
}

void bits_remove(const Bits *from, Bits *to)
{
    int64_t lo = from->lo > to->lo ? from->lo : to->lo, hi = from->hi < to->hi ? from->hi : to->hi;
    for (int64_t k = lo; k < hi; k++) to->word[k] &= ~from->word[k];
    while (to->hi > to->lo && !to->word[to->hi - 1]) to->hi--;
    while (to->hi > to->lo && !to->word[to->lo]) to->lo++;
}

/* The word at k of b moved by that many words and bits to lower or higher positions. */
static uint64_t from_above(const Bits *b, int64_t k, int64_t words, int bits)
{
    uint64_t word = k + words < b->hi ? b->word[k + words] >> bits : 0;
    if (bits > 0 && k + words + 1 < b->hi) word |= b->word[k + words + 1] << (WORD - bits);
    return word;
}

static uint64_t from_below(const Bits *b, int64_t k, int64_t words, int bits)
{
    uint64_t word = k - words >= b->lo && k - words < b->hi ? b->word[k - words] << bits : 0;
    if (bits > 0 && k - words - 1 >= b->lo) word |= b->word[k - words - 1] >> (WORD - bits);
    return word;
}

/* keep: all bits for a join with what was there, 0 to take its place. Words are written in the
 * order in which none is read any more. */
static void shift_down(Bits *b, int64_t by, uint64_t keep)
{
    int64_t words = by / WORD, lo = b->lo - words - 1 > 0 ? b->lo - words - 1 : 0;
    for (int64_t k = lo; k < b->hi; k++)
        b->word[k] = (b->word[k] & keep) | from_above(b, k, words, (int)(by % WORD));
    b->lo = lo;
}

static void shift_up(Bits *b, int64_t by, uint64_t keep)
{
    int64_t words = by / WORD, all = words_of(b->n),
            hi = b->hi + words + 1 < all ? b->hi + words + 1 : all;
    for (int64_t k = hi - 1; k >= b->lo; k--)
        b->word[k] =
            (k < b->hi ? b->word[k] & keep : 0) | from_below(b, k, words, (int)(by % WORD));
    b->hi = hi;
    if (b->n % WORD > 0 && hi == all) b->word[all - 1] &= ~UINT64_C(0) >> (WORD - b->n % WORD);
}

static void shift(Bits *b, int64_t by, uint64_t keep)
{
    if (b->lo == b->hi) return;
    if (by <= -b->n || by >= b->n) {
        if (!keep) bits_clear(b);
    } else if (by < 0) {
        shift_down(b, -by, keep);
    } else if (by > 0) {
        shift_up(b, by, keep);
    }
}

void bits_smear(Bits *b, int64_t by)
{
    shift(b, by, ~UINT64_C(0));
}

void bits_move(Bits *b, int64_t by)
{
    shift(b, by, 0);
}
