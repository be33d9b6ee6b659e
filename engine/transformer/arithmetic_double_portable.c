/* arithmetic_double_portable.c - for double, registers of 16 bytes: every 64-bit processor. */
#define REAL       double
#define EXP        exp
#define VECTOR     16
#define ARITHMETIC arithmetic_double_portable
#define NAME       "portable"
#include "engine/transformer/arithmetic.inc"
