/* run.h - all queries of one attention through a kernel: blocks of rows beside blocks of keys. */
#ifndef ENGINE_KERNEL_RUN_H
#define ENGINE_KERNEL_RUN_H

#include "engine/kernel/kernel.h"
#include "engine/pattern.h"

/* in: all up to watcher is set. out (n, e) and lse (n), of the kernel's number, may be
 * NULL. threads: at most so many, from 1 on; what comes out is the same for any number. */
Status kernel_run(const Kernel *kernel, const KernelInput *in, const Pattern *pattern, int threads,
                  void *out, void *lse) MUST_USE;

#endif
