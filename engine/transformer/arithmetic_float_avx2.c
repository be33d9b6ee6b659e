/* arithmetic_float_avx2.c - for float, registers of 32 bytes, with fused multiply-add. */
#ifdef __x86_64__
#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx2,fma")
#endif

#define REAL       float
#define EXP        expf
#define VECTOR     32
#define ARITHMETIC arithmetic_float_avx2
#define NAME       "avx2"
#include "engine/transformer/arithmetic.inc"

#ifdef __clang__
#pragma clang attribute pop
#endif
#else
typedef int unused; /* a file of C may not be empty */
#endif
