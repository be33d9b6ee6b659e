#include "engine/kernel/kernel.h"

extern const Kernel kernel_float_portable, kernel_double_portable;
#ifdef __x86_64__
extern const Kernel kernel_float_avx2, kernel_float_avx512, kernel_double_avx2,
    kernel_double_avx512;
#endif

enum { KINDS = 3 };

/* The best first; NULL where this processor can't run one. */
static void list_kernels(bool is_double, const Kernel *list[KINDS])
{
    int k = 0;
#ifdef __x86_64__
    __builtin_cpu_init();
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
    if (avx512) list[k++] = is_double ? &kernel_double_avx512 : &kernel_float_avx512;
    if (avx2) list[k++] = is_double ? &kernel_double_avx2 : &kernel_float_avx2;
#endif
    list[k++] = is_double ? &kernel_double_portable : &kernel_float_portable;
    while (k < KINDS) list[k++] = NULL;
}

const Kernel *kernel_find(size_t real, int k)
{
    const Kernel *list[KINDS];
    list_kernels(real == sizeof(double), list);
    return k < KINDS ? list[k] : NULL;
}
