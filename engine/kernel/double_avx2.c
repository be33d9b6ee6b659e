/* double_avx2.c - the kernel for double, registers of 32 bytes, with fused multiply-add. */
#ifdef __x86_64__
#include <stdint.h>

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx2,fma")
#endif

#define REAL         double
#define WIDE         long double
#define INTEGER      int64_t
#define VECTOR       32
#define ROWS         6
#define KERNEL       kernel_double_avx2
#define NAME         "avx2"
#define LARGER(a, b) __builtin_ia32_maxpd256(a, b)
#include "engine/kernel/kernel.inc"

#ifdef __clang__
#pragma clang attribute pop
#endif
#else
typedef int unused; /* a file of C may not be empty */
#endif
