/* problem.h - queries, keys and values of one head over n tokens, and where they come from.
 *
 *      q (n, d)   k (n, d)   v (n, e)      row-major float32      score_ij = scale * q_i . k_j
 *
 * Words: each distinct word has a query, a key and a value vector of d = 16 numbers 2*real() - 1
 * from rng-1 seeded with the word's bytes (FNV-1a) xor the problem's seed; queries times 6. Equal
 * words look alike, and the own key is not favoured.
 * Toys: seeded, of a named kind. Scores: one row, the last, given as scaled scores.
 *
 * Given: structure that stands in for what a content atom's seed would draw.
 *
 * A Problem owns its arrays; problem_done frees them. n is at most PROBLEM_LIMIT: the scaled scores
 * of all pairs are kept, n*n float32, made once. */
#ifndef ENGINE_PROBLEM_H
#define ENGINE_PROBLEM_H

#include "engine/status.h"

#include <stdbool.h>

enum { PROBLEM_LIMIT = 4096, PROBLEM_WORD_WIDTH = 16 };

/* Rotations of lsh, rounds x d x buckets/2, or centroids of cluster, k x d: row-major. */
enum { GIVEN_RANK = 3 };
typedef struct {
    float  *number; /* owned; NULL where nothing was given */
    int64_t shape[GIVEN_RANK];
    int     rank;
} Given;

typedef struct Problem {
    int64_t n;
    int     d, e;
    float   scale;
    float  *q, *k, *v;
    float  *score; /* (n, n), scaled, of every pair whatever the background */
    char  **token; /* n words, NULL where there are none */
    Given   given;
} Problem;

/* name, word, sentence */
#define TOY_LIST(X)                                                                               \
    X(LOCAL, "local", "scores fall with distance")                                                \
    X(NEEDLE, "needle", "one far key stands out")                                                 \
    X(CLUSTERS, "clusters", "groups of like vectors")                                             \
    X(REPEATS, "repeats", "a text of repeated pieces")                                            \
    X(SINK, "sink", "the first keys take most")                                                   \
    X(FLAT, "flat", "all scores are equal")

typedef enum {
#define TOY_ENUM(name, word, sentence) TOY_##name,
    TOY_LIST(TOY_ENUM)
#undef TOY_ENUM
    TOY_COUNT
} Toy;

const char *toy_word(Toy kind);
/* The kind of that word; false if there is none. */
bool toy_find(const char *word, Toy *out);

/* Bytes that a problem of n tokens takes, for messages before it is made. */
int64_t problem_bytes(int64_t n, int d);

/* out must be {0} or done. STATUS_LIMIT past PROBLEM_LIMIT, with the memory it would take. */
Status problem_words(const char *const *token, int64_t n, uint64_t seed, Problem *out,
                     Why *why) MUST_USE;
Status problem_toy(Toy kind, int64_t n, int d, uint64_t seed, Problem *out, Why *why) MUST_USE;
Status problem_scores(const double *score, int64_t n, Problem *out, Why *why) MUST_USE;
/* Matrices of the caller's, copied; v may be NULL (e is then 0). scale 0 means 1/sqrt(d). */
Status problem_matrices(const float *q, const float *k, const float *v, int64_t n, int d, int e,
                        float scale, Problem *out, Why *why) MUST_USE;
/* Numbers of the caller's, copied, in place of what a seed would draw; the last ones hold. rank
 * from 1 to GIVEN_RANK. Which shape is wanted is the atom's to say, when a pattern is bound. */
Status problem_give(Problem *p, const float *number, const int64_t *shape, int rank,
                    Why *why) MUST_USE;
/* The scale in double: 1/sqrt(d) where scale is that number rounded. */
double problem_scale(const Problem *p);
void   problem_done(Problem *p);

#endif
