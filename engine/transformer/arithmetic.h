/* arithmetic.h - the number work of a transformer's layer: all its inner loops.
 *
 * The same text (arithmetic.inc) is compiled for float and double, for each kind of vector
 * registers; which one runs is asked of the processor. Arrays of void are of the arithmetic's own
 * number. Steps are in numbers, from one row to the next. */
#ifndef ENGINE_TRANSFORMER_ARITHMETIC_H
#define ENGINE_TRANSFORMER_ARITHMETIC_H

#include "engine/runs.h"

typedef struct Arithmetic {
    const char *name; /* "avx2" */
    size_t      real; /* bytes of a number */
    /* Numbers that a packed matrix takes: (panels, in, panel), the last one filled with zeros. */
    int64_t (*packed)(int64_t out, int in);
    void (*pack)(const float *w, int64_t out, int in, void *packed);
    /* The same of rows of the own number: keys. */
    void (*pack_rows)(const void *w, int64_t step, int64_t out, int in, void *packed);
    /* y (rows, out) = x (rows, in) times the transpose of the packed (out, in). */
    void (*multiply)(const void *x, int64_t x_step, int64_t rows, const void *packed, int64_t out,
                     int in, void *y, int64_t y_step);
    void (*widen)(const float *x, int64_t count, void *y);
    void (*read)(const void *x, int64_t count, double *y);
    void (*add)(const void *x, int64_t count, void *y); /* y += x */
    /* y = x / sqrt(mean of x^2 + eps) * weight, row by row. */
    void (*norm)(const void *x, int64_t rows, int width, const float *weight, double eps, void *y);
    /* cos and sin, (n, d/2) each, of position * theta^(-2c/d). */
    void (*angles)(int64_t n, int d, double theta, void *cosine, void *sine);
    /* Turns the two halves of a row: c with c + d/2. cosine, sine: (d/2) of its position. */
    void (*rotate)(void *x, int d, const void *cosine, const void *sine);
    void (*gate)(const void *up, int64_t count,
                 void *gate); /* gate = gate / (1 + exp(-gate)) * up */
    /* Softmax of scale * score over g, a part of 0 .. all-1, into weight at keys of g. Returns
     * the kept mass: the weight that the keys of g have in the softmax over all of them. */
    double (*softmax)(const void *score, double scale, int64_t all, const Runs *g, void *weight);
    /* out (e) = sum over g of weight_j * v_j. */
    void (*mix)(const void *weight, const Runs *g, const void *v, int64_t v_step, int e, void *out);
} Arithmetic;

/* The best that this processor can run, or the k-th best; NULL behind the last. */
const Arithmetic *arithmetic_find(size_t real, int k);

#endif
