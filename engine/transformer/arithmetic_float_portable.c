/* arithmetic_float_portable.c - for float, registers of 16 bytes: every 64-bit processor. */
#define REAL       float
#define EXP        expf
#define VECTOR     16
#define ARITHMETIC arithmetic_float_portable
#define NAME       "portable"
#include "engine/transformer/arithmetic.inc"
