#include "engine/content.h"
#include "engine/best.h"
#include "engine/rng.h"
#include "engine/writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- weights ---- */

double content_ranked(double score)
{
    return score >= -INFINITY ? score : -INFINITY;
}

/* exp(score - most); infinity less infinity would be no number. */
static double raised(double score, double most)
{
    if (isinf(most)) return score >= most && most > 0 ? 1 : 0;
    return exp(score - most);
}

double content_weigh(const double *score, int64_t len, double *weight)
{
    double most = -INFINITY, sum = 0;
    for (int64_t j = 0; j < len; j++) most = score[j] > most ? score[j] : most;
    for (int64_t j = 0; j < len; j++) sum += weight[j] = raised(score[j], most);
    return sum;
}

double content_row(const Problem *p, int64_t i, int64_t len, double *score, double *weight)
{
    const float *row = p->score + i * p->n;
    for (int64_t j = 0; j < len; j++) score[j] = content_ranked((double)row[j]);
    return content_weigh(score, len, weight);
}

/* ---- room ---- */

Status content_room(int64_t n, ContentRoom *out)
{
    size_t size = (size_t)n;
    *out = (ContentRoom){.score = calloc(size, sizeof *out->score),
                         .weight = calloc(size, sizeof *out->weight),
                         .sum = {calloc(size, sizeof(double)), calloc(size, sizeof(double))},
                         .heap = calloc(size, sizeof *out->heap),
                         .mark = calloc(size, sizeof *out->mark)};
    if (out->score && out->weight && out->sum[0] && out->sum[1] && out->heap && out->mark)
        return STATUS_OK;
    content_room_done(out);
    return STATUS_MEMORY;
}

void content_room_done(ContentRoom *room)
{
    free(room->score);
    free(room->weight);
    free(room->sum[0]);
    free(room->sum[1]);
    free(room->heap);
    free(room->mark);
    *room = (ContentRoom){0};
}

Status content_best(const double *value, int64_t len, int64_t most, ContentRoom *room, Runs *out)
{
    Best    best = best_begin(value, len, room->heap);
    Status  status = STATUS_OK;
    int64_t at;
    memset(room->mark, 0, (size_t)len * sizeof *room->mark);
    for (; most > 0 && (at = best_next(&best)) >= 0; most--) room->mark[at] = true;
    for (int64_t j = 0; !status && j < len; j++)
        if (room->mark[j]) status = runs_append(out, j, j + 1);
    return status;
}

/* ---- vectors ---- */

Status content_vectors(const Leaf *leaf, Why *why)
{
    if (leaf->content->d > 0) return STATUS_OK;
    return why_say(why, STATUS_CONTENT, 0, "%s reads %s, and only scores were given",
                   leaf->mechanism->name, leaf->mechanism->reads);
}

/* ---- limits ---- */

Status content_pairs(const Leaf *leaf, int64_t pairs, Why *why)
{
    if (pairs <= CONTENT_PAIRS_LIMIT) return STATUS_OK;
    return why_say(why, STATUS_LIMIT, 0, "%s would look at %lld pairs of tokens; at most %lld",
                   leaf->mechanism->name, (long long)pairs, (long long)CONTENT_PAIRS_LIMIT);
}

/* ---- structure ---- */

static void write_shape(const int64_t *shape, int rank, char *out, size_t size)
{
    Writer w = {out, size, 0};
    for (int k = 0; k < rank; k++) {
        if (k > 0) writer_text(&w, " x ");
        writer_integer(&w, shape[k]);
    }
    writer_end(&w);
}

/* The product; one more than the limit if it is larger. */
static int64_t size_of(const int64_t *shape, int rank)
{
    int64_t size = 1;
    for (int k = 0; k < rank; k++) {
        if (shape[k] > CONTENT_STRUCTURE_LIMIT / size) return CONTENT_STRUCTURE_LIMIT + 1;
        size *= shape[k];
    }
    return size;
}

static bool same_shape(const Given *given, const int64_t *shape, int rank)
{
    bool same = given->rank == rank;
    for (int k = 0; same && k < rank; k++) same = given->shape[k] == shape[k];
    return same;
}

static double near_normal(Rng *rng)
{
    double sum = -6;
    for (int k = 0; k < 12; k++) sum += rng_real(rng);
    return sum;
}

Status content_structure(const Leaf *leaf, const char *what, int64_t seed, const int64_t *shape,
                         int rank, double **out, Why *why)
{
    const Given *given = &leaf->content->given;
    const char  *name = leaf->mechanism->name;
    char         wanted[80], have[80];
    int64_t      size = size_of(shape, rank);
    *out = NULL;
    write_shape(shape, rank, wanted, sizeof wanted);
    if (size > CONTENT_STRUCTURE_LIMIT)
        return why_say(why, STATUS_LIMIT, 0,
                       "%s would take %s numbers for its %s; at most %d are held", name, wanted,
                       what, CONTENT_STRUCTURE_LIMIT);
    if (given->number && !same_shape(given, shape, rank)) {
        write_shape(given->shape, given->rank, have, sizeof have);
        return why_say(why, STATUS_RANGE, 0, "%s needs %s of %s numbers, those given are %s", name,
                       what, wanted, have);
    }
    double *number = malloc((size_t)size * sizeof *number);
    Rng     rng = rng_seeded((uint64_t)seed);
    if (!number) return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    for (int64_t k = 0; k < size; k++)
        number[k] = given->number ? (double)given->number[k] : near_normal(&rng);
    *out = number;
    return STATUS_OK;
}
