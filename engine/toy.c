/* toy.c - small problems whose scores have a known shape. */
#include "engine/problem_parts.h"
#include "engine/rng.h"

#include <math.h>
#include <string.h>

const char *toy_word(Toy kind)
{
    static const char *const word[] = {
#define TOY_WORD(name, word, sentence) [TOY_##name] = word,
        TOY_LIST(TOY_WORD)
#undef TOY_WORD
    };
    return word[kind];
}

bool toy_find(const char *word, Toy *out)
{
    for (int k = 0; k < TOY_COUNT; k++) {
        if (strcmp(toy_word((Toy)k), word) != 0) continue;
        *out = (Toy)k;
        return true;
    }
    return false;
}

/* Fills `len` numbers between -size and size. */
static void noise(Rng *rng, float *out, int64_t len, double size)
{
    for (int64_t c = 0; c < len; c++) out[c] = (float)(size * (2 * rng_real(rng) - 1));
}

/* q . k of channel 0 alone makes a scaled score of `score`: both get the square root. */
static float of_score(const Problem *p, double score)
{
    return (float)sqrt(score / (double)p->scale);
}

/* The triangle wave of period 2n, from +1 at distance 0 to -1 at distance n, is a sum of cosines of
 * its odd multiples m with weights 8/(pi m)^2; every partial sum falls all the way. Equal rotation
 * of a pair of channels of q and k leaves their product alone. */
static void fill_local(Problem *p, Rng *rng)
{
    const double pi = 3.14159265358979323846;
    double size = p->n < 128 ? (double)p->n / 8 : 16; /* a quarter of a score from key to key */
    for (int c = 0; c + 1 < p->d; c += 2) {
        int    m = c + 1;
        double turn = 2 * pi * rng_real(rng),
               height = (double)of_score(p, size * 8 / (pi * pi * m * m));
        for (int64_t i = 0; i < p->n; i++) {
            double angle = turn + pi * m * (double)i / (double)p->n;
            float *q = p->q + i * p->d + c, *k = p->k + i * p->d + c;
            q[0] = k[0] = (float)(height * cos(angle));
            q[1] = k[1] = (float)(height * sin(angle));
        }
    }
}

/* Small scores everywhere; every query has `score` more for keys first ... first+count-1. */
static void fill_marked(Problem *p, Rng *rng, int64_t first, int64_t count, double score)
{
    noise(rng, p->q, p->n * p->d, 1);
    noise(rng, p->k, p->n * p->d, 1);
    for (int64_t i = 0; i < p->n; i++) {
        bool marked = i >= first && i < first + count;
        p->q[i * p->d] = of_score(p, score);
        p->k[i * p->d] = marked ? of_score(p, score) : 0;
    }
}

/* Row i of q and k: the vector of its group, and a little of its own. centre (groups, d). */
static void fill_grouped(Problem *p, Rng *rng, const int *group, const float *centre)
{
    for (int64_t i = 0; i < p->n; i++) {
        const float *c = centre + group[i] * p->d;
        float       *q = p->q + i * p->d, *k = p->k + i * p->d;
        noise(rng, q, p->d, 0.1);
        noise(rng, k, p->d, 0.1);
        for (int t = 0; t < p->d; t++) q[t] += 4 * c[t], k[t] += c[t];
    }
}

enum { GROUPS = 8, WIDEST = 1024 };

static void fill_clusters(Problem *p, Rng *rng)
{
    int   group[PROBLEM_LIMIT];
    float centre[4 * WIDEST];
    noise(rng, centre, 4 * (int64_t)p->d, 1);
    for (int64_t i = 0; i < p->n; i++) group[i] = (int)rng_int(rng, 0, 3);
    fill_grouped(p, rng, group, centre);
}

static void fill_repeats(Problem *p, Rng *rng)
{
    int   group[PROBLEM_LIMIT], period = (int)rng_int(rng, 3, GROUPS);
    float centre[GROUPS * WIDEST];
    noise(rng, centre, period * (int64_t)p->d, 1);
    for (int64_t i = 0; i < p->n; i++) group[i] = (int)(i % period);
    fill_grouped(p, rng, group, centre);
}

static void fill(Toy kind, Problem *p, Rng *rng)
{
    int64_t far = p->n >= 8 ? rng_int(rng, 0, p->n / 4 - 1) : 0;
    switch (kind) {
    case TOY_LOCAL:
        fill_local(p, rng);
        return;
    case TOY_NEEDLE:
        fill_marked(p, rng, far, 1, 8);
        return;
    case TOY_CLUSTERS:
        fill_clusters(p, rng);
        return;
    case TOY_REPEATS:
        fill_repeats(p, rng);
        return;
    case TOY_SINK:
        fill_marked(p, rng, 0, 2, 6);
        return;
    case TOY_FLAT: /* queries of zero score every key the same */
    case TOY_COUNT:
        noise(rng, p->k, p->n * p->d, 1);
        return;
    }
}

Status problem_toy(Toy kind, int64_t n, int d, uint64_t seed, Problem *out, Why *why)
{
    *out = (Problem){0};
    if (d < 2 || d > WIDEST)
        return why_say(why, STATUS_RANGE, 0, "a toy problem needs d from 2 to %d, not %d", WIDEST,
                       d);
    Status status = problem_start(n, d, d, out, why);
    if (status) return status;
    Rng rng = rng_seeded(seed);
    noise(&rng, out->v, n * d, 1);
    fill(kind, out, &rng);
    return problem_score(out, why);
}
