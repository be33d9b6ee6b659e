#include "engine/transformer/arithmetic.h"

extern const Arithmetic arithmetic_float_portable, arithmetic_double_portable;
#ifdef __x86_64__
extern const Arithmetic arithmetic_float_avx2, arithmetic_double_avx2;
#endif

enum { KINDS = 2 };

const Arithmetic *arithmetic_find(size_t real, int k)
{
    const Arithmetic *list[KINDS] = {NULL};
    bool              is_double = real == sizeof(double);
    int               last = 0;
#ifdef __x86_64__
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        list[last++] = is_double ? &arithmetic_double_avx2 : &arithmetic_float_avx2;
#endif
    list[last] = is_double ? &arithmetic_double_portable : &arithmetic_float_portable;
    return k < KINDS ? list[k] : NULL;
}
