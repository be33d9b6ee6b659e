/* latex.h - simple formulas of LaTeX as one line of Unicode text: \le becomes the sign, \frac{a}{b}
 * a/b, ^2 and _i stay. What is not known keeps its name without the backslash. */
#ifndef APP_BASE_LATEX_H
#define APP_BASE_LATEX_H

#include "app/base/text.h"

void latex_text(Text *out, const char *formula, size_t len);

#endif
