/* number_show.h - numbers as the house writes them, in either decimal notation. */
#ifndef APP_BASE_NUMBER_SHOW_H
#define APP_BASE_NUMBER_SHOW_H

#include "app/base/number.h"

/* 2,080 or 0.138 or 6.306e-7; comma: 2.080 and 0,138. At most `figures` significant ones where the
 * value is no whole number. */
void number_show(const Number *number, bool comma, int figures, Text *out);

#endif
