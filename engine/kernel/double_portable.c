/* double_portable.c - the kernel for double, registers of 16 bytes, which every 64-bit processor has. */
#include <stdint.h>

#define REAL    double
#define WIDE    long double
#define INTEGER int64_t
#define VECTOR  16
#define ROWS    6
#define KERNEL  kernel_double_portable
#define NAME    "portable"
#include "engine/kernel/kernel.inc"
