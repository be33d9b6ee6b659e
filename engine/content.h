/* content.h - what content atoms ask of a problem: a row's weights, vectors, frozen structure. */
#ifndef ENGINE_CONTENT_H
#define ENGINE_CONTENT_H

#include "engine/mechanism.h"

/* Room for one row at a time and for what is added up over rows: arrays of n, 0 at first. */
typedef struct {
    double *score, *weight, *sum[2];
    int    *heap;
    bool   *mark;
} ContentRoom;

/* Numbers of a structure (rotations, centroids) that may be given or drawn. */
enum { CONTENT_STRUCTURE_LIMIT = 1 << 20 };
/* Pairs of positions that a binding may look at: some ten seconds. */
#define CONTENT_PAIRS_LIMIT (INT64_C(1) << 34)

/* A score as it is ranked: what is no number comes last. */
double content_ranked(double score);
/* Row i of the scores, keys 0 .. len-1, ranked, into score (len), and exp(score - largest) into
 * weight (len); divided by the sum that is returned they are the dense weights. Infinite scores
 * share all the weight. 0 if no score lies above minus infinity: then no key has any. */
double content_row(const Problem *p, int64_t i, int64_t len, double *score, double *weight);
/* The same for scores (len) that are there already. */
double content_weigh(const double *score, int64_t len, double *weight);

Status content_room(int64_t n, ContentRoom *out) MUST_USE; /* done also if it fails */
void   content_room_done(ContentRoom *room);
/* The `most` best of value (len) as a set, all if there are fewer; heap and mark are used up. */
Status content_best(const double *value, int64_t len, int64_t most, ContentRoom *room,
                    Runs *out) MUST_USE;

/* STATUS_CONTENT where only scores were given, no vectors. */
Status content_vectors(const Leaf *leaf, Why *why) MUST_USE;

/* STATUS_LIMIT where so many pairs would be looked at, before the first one is. */
Status content_pairs(const Leaf *leaf, int64_t pairs, Why *why) MUST_USE;

/* Frozen structure of that shape, row-major, into *out, which the caller frees: what was given with
 * the problem, whose shape must be this one, or what the seed draws.
 * Drawn: number by number from rng-1 of the seed, each the sum of twelve real() less 6: mean 0,
 * variance 1, nearly normal, so that no direction is favoured; and the same on every machine.
 * what: "rotations". STATUS_LIMIT past CONTENT_STRUCTURE_LIMIT. */
Status content_structure(const Leaf *leaf, const char *what, int64_t seed, const int64_t *shape,
                         int rank, double **out, Why *why) MUST_USE;

#endif
