#include "app/base/ratio.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

__extension__ typedef __int128 Wide; /* holds the sum of two products of 63-bit numbers */

static const double exact_limit =
    9007199254740992.0; /* 2^53: doubles below it hold every integer */

static Number inexact(double value)
{
    return (Number){.exact = false, .top = 0, .bottom = 1, .value = value};
}

static Wide wide_gcd(Wide a, Wide b)
{
    while (b != 0) {
        Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* top / bottom in lowest terms, as a double if that does not fit; bottom is not 0. */
static Number reduce(Wide top, Wide bottom)
{
    if (bottom < 0) {
        top = -top;
        bottom = -bottom;
    }
    Wide common = wide_gcd(top, bottom);
    top /= common;
    bottom /= common;
    double value = (double)((long double)top / (long double)bottom);
    if (top > INT64_MAX || top < -INT64_MAX || bottom > INT64_MAX) return inexact(value);
    return (Number){.exact = true, .top = (int64_t)top, .bottom = (int64_t)bottom, .value = value};
}

Number ratio_make(int64_t top, int64_t bottom)
{
    assert(bottom != 0);
    return reduce(top, bottom);
}

Number number_whole(int64_t value)
{
    return reduce(value, 1);
}

Number number_real(double value)
{
    if (value == floor(value) && fabs(value) < exact_limit) return number_whole((int64_t)value);
    return inexact(value);
}

/* 10^power for 0 <= power <= 18 */
static int64_t power_of_ten(int64_t power)
{
    int64_t ten = 1;
    while (power-- > 0) ten *= 10;
    return ten;
}

/* figures times 10^exponent as the nearest double. No point is written: strtod's depends on the
 * locale. */
static double nearest(const char *figures, size_t len, int64_t exponent)
{
    char   text[64];
    size_t kept = len < 40 ? len : 40; /* more figures than decide the nearest double */
    snprintf(text, sizeof text, "%.*se%lld", (int)kept, figures,
             (long long)(exponent + (int64_t)(len - kept)));
    return strtod(text, NULL);
}

Number ratio_decimal(const char *figures, size_t len, int64_t exponent)
{
    while (len > 1 && figures[0] == '0') {
        figures++;
        len--;
    }
    while (len > 1 && figures[len - 1] == '0') {
        len--;
        exponent++;
    }
    if (len == 1 && figures[0] == '0') return number_whole(0);
    if (len > 19 || exponent > 18 || exponent < -18)
        return inexact(nearest(figures, len, exponent));
    Wide value = 0;
    for (size_t k = 0; k < len; k++) value = value * 10 + (figures[k] - '0');
    Wide   ten = power_of_ten(exponent < 0 ? -exponent : exponent);
    Number read = exponent < 0 ? reduce(value, ten) : reduce(value * ten, 1);
    return read.exact ? read : inexact(nearest(figures, len, exponent));
}

bool ratio_zero(const Number *a)
{
    return a->exact ? a->top == 0 : a->value == 0;
}

Number ratio_add(const Number *a, const Number *b)
{
    if (!a->exact || !b->exact) return inexact(a->value + b->value);
    return reduce((Wide)a->top * b->bottom + (Wide)b->top * a->bottom, (Wide)a->bottom * b->bottom);
}

Number ratio_negate(const Number *a)
{
    Number negative = *a;
    negative.top = -a->top;
    negative.value = a->exact && a->top == 0 ? 0 : -a->value;
    return negative;
}

static bool exact_zero(const Number *a)
{
    return a->exact && a->top == 0;
}

Number ratio_multiply(const Number *a, const Number *b)
{
    if (exact_zero(a) || exact_zero(b)) return number_whole(0);
    if (!a->exact || !b->exact) return inexact(a->value * b->value);
    return reduce((Wide)a->top * b->top, (Wide)a->bottom * b->bottom);
}

Number ratio_divide(const Number *a, const Number *b)
{
    assert(!ratio_zero(b));
    if (exact_zero(a)) return number_whole(0);
    if (!a->exact || !b->exact) return inexact(a->value / b->value);
    return reduce((Wide)a->top * b->bottom, (Wide)a->bottom * b->top);
}

/* base to a whole power, exact if every step is; power >= 0. */
static Number power_whole(Number base, int64_t power)
{
    double rough = pow(base.value, (double)power);
    Number result = number_whole(1);
    while (power > 0) {
        if (power & 1) result = ratio_multiply(&result, &base);
        power >>= 1;
        if (power > 0) base = ratio_multiply(&base, &base);
        if (!result.exact || !base.exact) return inexact(rough);
    }
    return result;
}

Number ratio_power(const Number *a, const Number *b)
{
    if (!a->exact || !b->exact || b->bottom != 1) return inexact(pow(a->value, b->value));
    if (b->top >= 0) return power_whole(*a, b->top);
    Number one = number_whole(1), inverse = ratio_divide(&one, a);
    return power_whole(inverse, -b->top);
}

int number_compare(const Number *a, const Number *b)
{
    if (!a->exact || !b->exact) return (a->value > b->value) - (a->value < b->value);
    Wide left = (Wide)a->top * b->bottom, right = (Wide)b->top * a->bottom;
    return (left > right) - (left < right);
}
