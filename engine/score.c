#include "engine/score.h"

#include <math.h>
#include <string.h>

float score_largest(const float *score, const Runs *g)
{
    float most = -INFINITY;
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++)
            most = score[j] > most ? score[j] : most;
    return most;
}

static void scale_weights(const Runs *g, double factor, float *weight)
{
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++)
            weight[j] = (float)((double)weight[j] * factor);
}

/* Where every score is minus infinity the row has no weight, as an empty one has none. */
float score_softmax(const float *score, const Runs *g, float *weight)
{
    float  most = score_largest(score, g);
    float  base = isinf(most) && most < 0 ? 0 : most;
    double sum = 0;
    for (int r = 0; r < g->len; r++) {
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++) {
            weight[j] = expf(score[j] - base);
            sum += (double)weight[j];
        }
    }
    if (sum <= 0) return -INFINITY;
    scale_weights(g, 1 / sum, weight);
    return (float)((double)base + log(sum));
}

static double dot(const float *a, const float *b, int d)
{
    double sum = 0;
    for (int c = 0; c < d; c++) sum += (double)a[c] * (double)b[c];
    return sum;
}

float score_softmax_wide(const float *q, const float *k, int d, double scale, const Runs *g,
                         float near, float *weight)
{
    double sum = 0;
    for (int r = 0; r < g->len; r++) {
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++) {
            double e = exp(scale * dot(q, k + j * d, d) - (double)near);
            weight[j] = (float)e;
            sum += e;
        }
    }
    scale_weights(g, 1 / sum, weight);
    return (float)((double)near + log(sum));
}

enum { TILE = 16 }; /* channels summed together */

static void mix_tile(const float *weight, const Runs *g, const float *v, int64_t e, int width,
                     float *out)
{
    double sum[TILE] = {0};
    for (int r = 0; r < g->len; r++) {
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++) {
            const float *row = v + j * e;
            double       w = (double)weight[j];
            for (int c = 0; c < width; c++) sum[c] += w * (double)row[c];
        }
    }
    for (int c = 0; c < width; c++) out[c] = (float)sum[c];
}

void score_mix(const float *weight, const Runs *g, const float *v, int e, float *out)
{
    for (int c = 0; c < e; c += TILE) {
        int width = e - c < TILE ? e - c : TILE;
        if (width == TILE) mix_tile(weight, g, v + c, e, TILE, out + c);
        else mix_tile(weight, g, v + c, e, width, out + c);
    }
}

double score_softmax_exact(const double *score, int64_t n, const Runs *g, const double *sink,
                           double *weight)
{
    double most = sink ? *sink : -INFINITY, sum = 0;
    memset(weight, 0, (size_t)n * sizeof *weight);
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++)
            most = score[j] > most ? score[j] : most;
    if (isinf(most) && most < 0) return -INFINITY;
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++)
            sum += weight[j] = exp(score[j] - most);
    double all = sum + (sink ? exp(*sink - most) : 0);
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++) weight[j] /= all;
    return most + log(sum);
}
