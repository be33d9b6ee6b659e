/* bits.h - a set of positions as one bit each, for sets that are moved, joined and walked often.
 *
 * A word holds 64 positions. The set remembers between which words it has members, so that a narrow
 * set costs little however large n is. The caller owns a Bits; bits_done frees it. */
#ifndef ENGINE_BITS_H
#define ENGINE_BITS_H

#include "engine/runs.h"

typedef struct {
    uint64_t *word;
    int64_t   n;      /* positions 0 .. n-1 */
    int64_t   lo, hi; /* words before lo and from hi on are 0 */
} Bits;

Status bits_new(int64_t n, Bits *out) MUST_USE;
void   bits_done(Bits *b);
void   bits_clear(Bits *b);

bool    bits_has(const Bits *b, int64_t at);
void    bits_add(Bits *b, int64_t lo, int64_t hi); /* [lo, hi), inside 0 .. n */
bool    bits_empty(const Bits *b);
bool    bits_equal(const Bits *a, const Bits *b);
int64_t bits_count(const Bits *b);
/* The largest member below `before`, -1 if there is none. */
int64_t bits_last(const Bits *b, int64_t before);
int64_t bits_next(const Bits *b, int64_t at); /* the first member from at on, n if there is none */
Status  bits_runs(const Bits *b, Runs *out) MUST_USE;

/* All of one n; to may not be from. */
void bits_copy(const Bits *from, Bits *to);
void bits_join(const Bits *from, Bits *to);   /* to becomes to | from */
void bits_remove(const Bits *from, Bits *to); /* to becomes to - from */
/* Joins to itself, moved by that many places (negative: to lower positions); what leaves 0 .. n-1
 * is dropped. */
void bits_smear(Bits *b, int64_t by);
void bits_move(Bits *b, int64_t by); /* moves it; what leaves 0 .. n-1 is dropped */

#endif
