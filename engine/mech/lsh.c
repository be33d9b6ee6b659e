/* lsh.c - keys whose shared vectors fall into the same bucket of a random rotation.
 * Source: Kitaev et al. 2020, arXiv:2001.04451.
 * Queries and keys share the vectors q. The bucket of x is the place of the first largest number of
 * [xR; -xR], R of d x buckets/2 numbers. A round sorts the positions by (bucket, position) and cuts
 * chunks; a chunk sees itself and the one before, chunk 0 the last. Rounds are joined.
 *
 * Rotations, rounds x d x buckets/2, are given with the problem or drawn from the seed by rng-1:
 * content.h says how. At most 2*chunk keys a round. */
#include "engine/content.h"
#include "engine/picked.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Param param[] = {
    {.name = "buckets",
     .kind = PARAM_INTEGER,
     .min = 2,
     .step = 2,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "buckets",
     .help = "buckets of a round, an even number"},
    {.name = "rounds",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 1,
     .unit = "rounds",
     .help = "rotations, whose sets are joined"},
    {.name = "chunk",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "keys",
     .help = "keys of a chunk in sorted order"},
    {.name = "seed",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 0,
     .unit = "",
     .help = "what the rotations are drawn from"},
    {.name = "across",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = 1,
     .optional = true,
     .start = 0,
     .unit = "",
     .help = "1: all keys of both chunks, 0: those of the query's bucket"},
    {.name = "own",
     .kind = PARAM_WORD,
     .optional = true,
     .words = "alone free",
     .unit = "",
     .help = "the own key: only in a row that holds no other, or as any other"},
};

typedef struct {
    double  *rotation; /* (rounds, d, half) */
    double  *turned;   /* (half) xR of one vector */
    int64_t *bucket;   /* (n) */
    int64_t *order;    /* (n) positions by (bucket, position), as bucket*n + position */
    bool    *mark;     /* (n, n) */
} Room;

/* ---- one round ---- */

static int64_t hash(const float *x, int d, const double *rotation, int64_t half, double *turned)
{
    int64_t found = 0;
    double  most = -INFINITY;
    for (int64_t t = 0; t < half; t++) turned[t] = 0;
    for (int c = 0; c < d; c++)
        for (int64_t t = 0; t < half; t++) turned[t] += (double)x[c] * rotation[c * half + t];
    for (int64_t t = 0; t < 2 * half; t++) {
        double value = t < half ? turned[t] : -turned[t - half];
        if (value > most) most = value, found = t;
    }
    return found;
}

static int ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Marks for query i what the sorted places lo .. hi-1 offer. */
static void mark_chunk(const Leaf *leaf, const Room *room, int64_t i, int64_t lo, int64_t hi)
{
    bool across = leaf_integer(leaf, 4) == 1;
    for (int64_t place = lo; place < hi; place++) {
        int64_t j = room->order[place] % leaf->n;
        if (j < leaf_end(leaf, i) && (across || room->bucket[j] == room->bucket[i]))
            room->mark[i * leaf->n + j] = true;
    }
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void mark_round(const Leaf *leaf, const double *rotation, int64_t half, Room *room)
{
    const Problem *p = leaf->content;
    int64_t        n = leaf->n, chunk = leaf_integer(leaf, 2), chunks = (n - 1) / chunk + 1;
    for (int64_t i = 0; i < n; i++) {
        room->bucket[i] = hash(p->q + i * p->d, p->d, rotation, half, room->turned);
        room->order[i] = room->bucket[i] * n + i;
    }
    qsort(room->order, (size_t)n, sizeof *room->order, ascending);
    for (int64_t place = 0; place < n; place++) {
        int64_t i = room->order[place] % n, at = place / chunk,
                before = at > 0 ? at - 1 : chunks - 1;
        mark_chunk(leaf, room, i, at * chunk, least(at * chunk + chunk, n));
        mark_chunk(leaf, room, i, before * chunk, least(before * chunk + chunk, n));
    }
}

/* ---- all rounds ---- */

/* The own key goes where the row holds another. */
static void leave_own(const Leaf *leaf, bool *row, int64_t i)
{
    for (int64_t j = 0; j < leaf->n; j++)
        if (row[j] && j != i) row[i] = false;
}

static Status choose(const Leaf *leaf, Room *room, Picked *picked)
{
    int64_t n = leaf->n, half = leaf_integer(leaf, 0) / 2, d = leaf->content->d;
    for (int64_t round = 0; round < leaf_integer(leaf, 1); round++)
        mark_round(leaf, room->rotation + round * d * half, half, room);
    if (strcmp(leaf->value[5].text, "alone") == 0)
        for (int64_t i = 0; i < n; i++) leave_own(leaf, room->mark + i * n, i);
    return picked_matrix(leaf, room->mark, picked);
}

/* Pairs of a query and a key of its two chunks; the limit of numbers holds, so it fits. */
static int64_t pairs(const Leaf *leaf)
{
    return leaf_integer(leaf, 1) * leaf->n * 2 * least(leaf_integer(leaf, 2), leaf->n);
}

static Status prepare(Leaf *leaf, Why *why)
{
    int64_t shape[] = {leaf_integer(leaf, 1), leaf->content->d, leaf_integer(leaf, 0) / 2};
    Room    room = {0};
    size_t  n = (size_t)leaf->n;
    Status  status = content_vectors(leaf, why);
    if (!status)
        status = content_structure(leaf, "rotations", leaf_integer(leaf, 3), shape, 3,
                                   &room.rotation, why);
    if (!status) status = content_pairs(leaf, pairs(leaf), why);
    if (status) {
        free(room.rotation);
        return status;
    }
    room.turned = calloc((size_t)shape[2], sizeof *room.turned);
    room.bucket = calloc(n, sizeof *room.bucket);
    room.order = calloc(n, sizeof *room.order);
    room.mark = calloc(n * n, sizeof *room.mark);
    Picked *picked = picked_new(leaf->n);
    bool    ready = room.turned && room.bucket && room.order && room.mark && picked;
    status = ready ? choose(leaf, &room, picked) : STATUS_MEMORY;
    free(room.rotation);
    free(room.turned);
    free(room.bucket);
    free(room.order);
    free(room.mark);
    return picked_ready(leaf, picked, status, why);
}

const Mechanism mech_lsh[] = {
    {.name = "lsh",
     .sentence =
         "each query sees keys whose vectors fall into its bucket, in its chunk and the one before",
     .source = {"Kitaev et al.", "Reformer: The Efficient Transformer", "arXiv:2001.04451", 2020},
     .param = param,
     .params = 6,
     .class = CLASS_CONTENT,
     .reads = "keys",
     .shape = "keys of the same hash of $buckets${rounds=1:;, in $rounds rounds}, from chunks of "
              "$chunk and the ones before",
     .prepare = prepare,
     PICKED_ROWS},
    {.name = NULL},
};
