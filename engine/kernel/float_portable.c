/* float_portable.c - the kernel for float, registers of 16 bytes, which every 64-bit processor has. */
#include <stdint.h>

#define REAL    float
#define WIDE    double
#define INTEGER int32_t
#define VECTOR  16
#define ROWS    6
#define KERNEL  kernel_float_portable
#define NAME    "portable"
#include "engine/kernel/kernel.inc"
