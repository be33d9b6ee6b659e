/* double_avx512.c - the kernel for double, registers of 64 bytes, 32 of them. */
#ifdef __x86_64__
#include <stdint.h>

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx2,fma"))),                 \
                             apply_to = function)
#else
#pragma GCC target("avx512f,avx512dq,avx2,fma")
#endif

#define REAL    double
#define WIDE    long double
#define INTEGER int64_t
#define VECTOR  64
#define ROWS    12
#define KERNEL  kernel_double_avx512
#define NAME    "avx512"
#include "engine/kernel/kernel.inc"

#ifdef __clang__
#pragma clang attribute pop
#endif
#else
typedef int unused; /* a file of C may not be empty */
#endif
