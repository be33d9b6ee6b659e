/* neighbors.h - the window of neighbourhood attention on one axis: shifted at the ends, not cut.
 *
 *      L = 10, k = 5    p = 0  #####.....      p = 1  #####.....     p = 5  ...#####..
 *
 * Source: Hassani et al. 2023, arXiv:2204.07143; stride: Hassani et al. 2025, arXiv:2504.16922. */
#ifndef ENGINE_NEIGHBORS_H
#define ENGINE_NEIGHBORS_H

#include "engine/runs.h"

typedef struct {
    int64_t k, stride; /* places of the window; queries that share one */
    bool    causal;    /* the window ends with its query, or its stride's last one */
} Neighbors;

/* The places [lo, hi) that place p of an axis of L places sees, 0 <= p < L. Causal: not past p. */
Run neighbors_of(Neighbors rule, int64_t p, int64_t L);

#endif
