/* problem_parts.h - how a problem is begun and finished; for problem.c and toy.c only. */
#ifndef ENGINE_PROBLEM_PARTS_H
#define ENGINE_PROBLEM_PARTS_H

#include "engine/problem.h"

/* A problem whose q, k (n, d), v (n, e) and scores (n, n) are zero. */
Status problem_start(int64_t n, int d, int e, Problem *out, Why *why) MUST_USE;
/* Fills the scores; a problem that can't be scored is done. */
Status problem_score(Problem *p, Why *why) MUST_USE;

#endif
