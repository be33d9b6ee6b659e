/* reach.h - through how many layers the content of a token gets to another.
 *
 * One layer carries what stands at key j to every query that reads j; what stands at a position
 * also stays there (the residual path is free). hops(j -> i) is the least number of layers that
 * carry the content of token j to position i: 0 if j = i, 1 if i reads j, REACH_NEVER if none do.
 * A witness is one such way, j first and i last, each position read by the next. reach(i, L) are
 * the tokens that get to i in L layers; reach(i, 0) = {i}.
 *
 *      window(w=3):   0 <- 2 <- 4      hops(0 -> 4) = 2 by 0, 2, 4;   reach(4, 1) = 2-4
 *
 * Closed forms (causal): over a distance of D, window(w): ceil(D / (w-1)); reach(i, L) holds
 * min(i, L(w-1)) + 1 tokens. log: the number of ones in the binary digits of D.
 *
 * Found by breadth-first search backwards from the query, over sets of positions. Parts of a union
 * that ask for the distance or the key alone are searched by their rule, others row by row.
 * Memory: n/8 bytes for each set; a witness 4n more. */
#ifndef ENGINE_REACH_H
#define ENGINE_REACH_H

#include "engine/pattern.h"

enum { REACH_NEVER = -1 };

/* hops(from -> to). path, if not NULL: the witness, hops + 1 positions, the caller frees it; NULL
 * where there is none. STATUS_LIMIT before it starts where it would take too long (operand.h). */
Status reach_hops(const Pattern *p, int64_t from, int64_t to, int64_t *hops, int64_t **path,
                  Why *why) MUST_USE;
/* The largest hops over all pairs of the background; REACH_NEVER if one pair is never joined. One
 * search where the distance alone decides, in the causal background; n searches else: STATUS_LIMIT
 * past REACH_PAIRS tokens then. */
Status reach_most(const Pattern *p, int64_t *hops, Why *why) MUST_USE;
Status reach_back(const Pattern *p, int64_t i, int64_t layers, Runs *out, Why *why) MUST_USE;

enum { REACH_PAIRS = 2048 };

/* A model's layers, the lowest first, runs of equal ones together. Patterns of one n. */
typedef struct {
    int64_t        layers;
    const Pattern *pattern;
} ReachLayers;

/* The same over a stack: a way may take each layer once, from below upwards. What content decides
 * does not count: of a content pattern only the guaranteed part does. */
Status reach_stack_hops(const ReachLayers *stack, int entries, int64_t from, int64_t to,
                        int64_t *hops, Why *why) MUST_USE;

#endif
