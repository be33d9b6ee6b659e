/* spread.h - what a set of queries reads in one layer. */
#ifndef ENGINE_SPREAD_H
#define ENGINE_SPREAD_H

#include "engine/bits.h"
#include "engine/operand.h"

/* Rooms for sets in between. */
typedef struct {
    Operands operands;
    Bits     moved;
    Runs     row;
} Spread;

Status spread_new(const Pattern *p, Part part, Spread *out, Why *why) MUST_USE;
void   spread_done(Spread *s);
/* Joins to `out` the keys that the queries of `from` read. */
Status spread(Spread *s, const Bits *from, Bits *out) MUST_USE;

#endif
