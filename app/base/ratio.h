/* ratio.h - arithmetic on Numbers: fractions while numerator and denominator fit into 63 bits,
 * doubles beyond. What can't be said (inf, nan) shows in the value; nothing here refuses. */
#ifndef APP_BASE_RATIO_H
#define APP_BASE_RATIO_H

#include "app/base/number.h"

#include <stddef.h>

Number ratio_make(int64_t top, int64_t bottom); /* bottom is not 0 */
/* figures (ASCII, at least one) times 10^exponent. */
Number ratio_decimal(const char *figures, size_t len, int64_t exponent);
bool   ratio_zero(const Number *a);
Number ratio_add(const Number *a, const Number *b);
Number ratio_negate(const Number *a);
Number ratio_multiply(const Number *a, const Number *b);
Number ratio_divide(const Number *a, const Number *b); /* b is not 0 */
Number ratio_power(const Number *a, const Number *b);  /* not 0 to a power below 0 */

#endif
