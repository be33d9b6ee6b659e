#include "engine/attention.h"
#include "engine/kernel/run.h"

#include <math.h>

static Status run(size_t real, const AttentionShape *shape, KernelInput in, const Pattern *pattern,
                  void *out, void *lse)
{
    in.n = shape->n;
    in.d = shape->d;
    in.e = shape->e;
    in.watch = shape->watch;
    in.watcher = shape->watcher;
    in.scale = fabs(shape->scale) > 0 ? shape->scale
               : shape->d > 0         ? 1 / sqrt((double)shape->d)
                                      : 1;
    return kernel_run(kernel_find(real, 0), &in, pattern, shape->threads, out, lse);
}

Status attention_blocks(const AttentionShape *shape, const float *q, const float *k, const float *v,
                        const Pattern *pattern, float *out, float *lse)
{
    return run(sizeof(float), shape, (KernelInput){.q = q, .k = k, .v = v}, pattern, out, lse);
}

Status attention_blocks_double(const AttentionShape *shape, const double *q, const double *k,
                               const double *v, const Pattern *pattern, double *out, double *lse)
{
    return run(sizeof(double), shape, (KernelInput){.q = q, .k = k, .v = v}, pattern, out, lse);
}
