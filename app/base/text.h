/* text.h - a growing buffer of bytes, always closed by NUL.
 *
 * Memory that runs out makes a Text `broken`: it stays as it was and takes no more, so that a chain
 * of additions needs one check at its end. {0} is empty. The caller owns it; text_done frees it. */
#ifndef APP_BASE_TEXT_H
#define APP_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    char  *at; /* NULL until the first byte: read it with text_string */
    size_t len, cap;
    bool   broken;
    bool   lent; /* the bytes are the caller's: it never grows, what does not fit breaks it */
} Text;

Text text_over(char *buffer, size_t size); /* an empty Text in the caller's memory, size > 0 */
void text_done(Text *t);
void text_clear(Text *t); /* empty, memory kept */
void text_add(Text *t, const char *string);
void text_add_bytes(Text *t, const char *bytes, size_t len);
void text_add_char(Text *t, char c);
void text_add_rune(Text *t, int rune); /* as UTF-8 */
void text_format(Text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vformat(Text *t, const char *format, va_list args);
void text_cut(Text *t, size_t len);     /* keeps the first len bytes */
const char *text_string(const Text *t); /* "" if empty */
char       *text_take(Text *t); /* gives the string away (never NULL unless broken), t is {0} */
char *text_copy(const char *string); /* malloc'd copy; NULL if memory runs out or string is NULL */

/* How the house writes numbers. */
void text_add_count(Text *t, long long number); /* 524,800 */
/* At most `digits` figures after the point, no trailing zeros: 0.596, 1, 512.5; inf, -inf, nan. */
void text_add_real(Text *t, double value, int digits);

#endif
