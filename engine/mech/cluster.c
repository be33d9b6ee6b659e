/* cluster.c - keys that a centroid took together with the query.
 * Source: Roy et al. 2021, arXiv:2003.05997.
 * Each of k centroids takes the w queries and the w keys with the largest x/|x| . centroid, over
 * the whole text, later positions included; a vector of zeros counts 0. A row is the union of the
 * keys of the clusters that took the query: perhaps none, perhaps several.
 *
 * Centroids, k x d, are given with the problem or drawn from the seed by rng-1: see content.h. */
#include "engine/best.h"
#include "engine/content.h"
#include "engine/picked.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Param param[] = {
    {.name = "k",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "clusters",
     .help = "centroids"},
    {.name = "w",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "keys",
     .help = "queries, and keys, that each centroid takes"},
    {.name = "seed",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 0,
     .unit = "",
     .help = "what the centroids are drawn from"},
    {.name = "own",
     .kind = PARAM_WORD,
     .optional = true,
     .words = "free alone",
     .unit = "",
     .help = "the own key: as any other, or only where a cluster offers no other"},
};

typedef struct {
    double *centroid;       /* (k, d) */
    double *value;          /* (n) of one centroid */
    int    *heap;           /* (n) */
    bool   *queries, *keys; /* (n) whom it took */
    bool   *mark;           /* (n, n) */
} Room;

/* Each number is divided by the length first, as the rule is written: of d = 1 all that is left is
 * the sign, so that equal signs are equal. */
static double nearness(const float *x, const double *centroid, int d)
{
    double dot = 0, square = 0;
    for (int c = 0; c < d; c++) square += (double)x[c] * (double)x[c];
    if (square <= 0) return 0;
    double length = sqrt(square);
    for (int c = 0; c < d; c++) dot += (double)x[c] / length * centroid[c];
    return content_ranked(dot);
}

/* x (n, d): the w vectors that the centroid takes. */
static void take(const Leaf *leaf, const float *x, const double *centroid, Room *room, bool *taken)
{
    int     d = leaf->content->d;
    int64_t left = leaf_integer(leaf, 1), at;
    for (int64_t i = 0; i < leaf->n; i++) room->value[i] = nearness(x + i * d, centroid, d);
    memset(taken, 0, (size_t)leaf->n * sizeof *taken);
    Best best = best_begin(room->value, leaf->n, room->heap);
    for (; left > 0 && (at = best_next(&best)) >= 0; left--) taken[at] = true;
}

/* What a cluster offers to query i, which it took. */
static void mark_row(const Leaf *leaf, const Room *room, bool own_alone, int64_t i)
{
    bool *row = room->mark + i * leaf->n, others = false, had = row[i];
    for (int64_t j = 0; j < leaf_end(leaf, i); j++) {
        if (!room->keys[j]) continue;
        row[j] = true;
        others = others || j != i;
    }
    if (own_alone && others) row[i] = had;
}

static Status choose(const Leaf *leaf, Room *room, Picked *picked)
{
    const Problem *p = leaf->content;
    bool           own_alone = strcmp(leaf->value[3].text, "alone") == 0;
    for (int64_t k = 0; k < leaf_integer(leaf, 0); k++) {
        take(leaf, p->q, room->centroid + k * p->d, room, room->queries);
        take(leaf, p->k, room->centroid + k * p->d, room, room->keys);
        for (int64_t i = 0; i < leaf->n; i++)
            if (room->queries[i]) mark_row(leaf, room, own_alone, i);
    }
    return picked_matrix(leaf, room->mark, picked);
}

/* Pairs of a query and a key of its cluster; the limit of numbers holds, so it fits. */
static int64_t pairs(const Leaf *leaf)
{
    int64_t members = leaf_integer(leaf, 1) < leaf->n ? leaf_integer(leaf, 1) : leaf->n;
    return leaf_integer(leaf, 0) * members * members;
}

static Status prepare(Leaf *leaf, Why *why)
{
    int64_t shape[] = {leaf_integer(leaf, 0), leaf->content->d};
    Room    room = {0};
    size_t  n = (size_t)leaf->n;
    Status  status = content_vectors(leaf, why);
    if (!status)
        status = content_structure(leaf, "centroids", leaf_integer(leaf, 2), shape, 2,
                                   &room.centroid, why);
    if (!status) status = content_pairs(leaf, pairs(leaf), why);
    if (status) {
        free(room.centroid);
        return status;
    }
    room.value = calloc(n, sizeof *room.value);
    room.heap = calloc(n, sizeof *room.heap);
    room.queries = calloc(n, sizeof *room.queries);
    room.keys = calloc(n, sizeof *room.keys);
    room.mark = calloc(n * n, sizeof *room.mark);
    Picked *picked = picked_new(leaf->n);
    bool    ready = room.value && room.heap && room.queries && room.keys && room.mark && picked;
    status = ready ? choose(leaf, &room, picked) : STATUS_MEMORY;
    free(room.centroid);
    free(room.value);
    free(room.heap);
    free(room.queries);
    free(room.keys);
    free(room.mark);
    return picked_ready(leaf, picked, status, why);
}

const Mechanism mech_cluster[] = {
    {.name = "cluster",
     .sentence = "each query sees the keys of the clusters that took it; each of k centroids takes "
                 "its w best",
     .source = {"Roy et al.", "Efficient Content-Based Sparse Attention with Routing Transformers",
                "arXiv:2003.05997", 2021},
     .param = param,
     .params = 4,
     .class = CLASS_CONTENT,
     .reads = "keys",
     .shape = "${k=1:one cluster;$k clusters} of the $w queries and $w keys nearest to each",
     .prepare = prepare,
     PICKED_ROWS},
    {.name = NULL},
};
