#include "app/base/text.h"

#include "app/base/utf8.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for `more` bytes and the NUL; false, and broken, if memory runs out. */
static bool text_reserve(Text *t, size_t more)
{
    if (t->broken) return false;
    if (more < t->cap - t->len) /* cap is 0 or above len */
        return true;
    if (t->lent) {
        t->broken = true;
        return false;
    }
    size_t cap = t->cap ? t->cap : 32;
    while (cap - t->len <= more) {
        if (cap > SIZE_MAX / 2) {
            t->broken = true;
            return false;
        }
        cap *= 2;
    }
    char *at = realloc(t->at, cap);
    if (!at) {
        t->broken = true;
        return false;
    }
    t->at = at;
    t->cap = cap;
    return true;
}

Text text_over(char *buffer, size_t size)
{
    buffer[0] = '\0';
    return (Text){.at = buffer, .cap = size, .lent = true};
}

void text_done(Text *t)
{
    if (!t->lent) free(t->at);
    *t = (Text){0};
}

void text_clear(Text *t)
{
    t->broken = false;
    text_cut(t, 0);
}

void text_add(Text *t, const char *string)
{
    text_add_bytes(t, string, strlen(string));
}

void text_add_bytes(Text *t, const char *bytes, size_t len)
{
    if (len == 0 || !text_reserve(t, len)) return;
    memcpy(t->at + t->len, bytes, len);
    t->len += len;
    t->at[t->len] = '\0';
}

void text_add_char(Text *t, char c)
{
    text_add_bytes(t, &c, 1);
}

void text_add_rune(Text *t, int rune)
{
    char bytes[4];
    text_add_bytes(t, bytes, utf8_put(rune, bytes));
}

void text_format(Text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_vformat(t, format, args);
    va_end(args);
}

void text_vformat(Text *t, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len > 0 && text_reserve(t, (size_t)len)) {
        vsnprintf(t->at + t->len, (size_t)len + 1, format, again);
        t->len += (size_t)len;
    }
    va_end(again);
}

void text_cut(Text *t, size_t len)
{
    if (len > t->len || !t->at) return;
    t->len = len;
    t->at[len] = '\0';
}

const char *text_string(const Text *t)
{
    return t->at ? t->at : "";
}

char *text_take(Text *t)
{
    char *string = NULL;
    if (!t->broken) string = t->at && !t->lent ? t->at : text_copy(text_string(t));
    if (t->broken && !t->lent) free(t->at);
    *t = (Text){0};
    return string;
}

char *text_copy(const char *string)
{
    if (!string) return NULL;
    size_t size = strlen(string) + 1;
    char  *copy = malloc(size);
    return copy ? memcpy(copy, string, size) : NULL;
}

void text_add_count(Text *t, long long number)
{
    char figures[32];
    int  len = snprintf(figures, sizeof figures, "%lld", number);
    for (int k = 0; k < len; k++) {
        text_add_char(t, figures[k]);
        if ((len - 1 - k) % 3 == 0 && k < len - 1 && figures[k] != '-') text_add_char(t, ',');
    }
}

void text_add_real(Text *t, double value, int digits)
{
    if (isnan(value)) {
        text_add(t, "nan");
        return;
    }
    if (isinf(value)) {
        text_add(t, value < 0 ? "-inf" : "inf");
        return;
    }
    size_t start = t->len;
    text_format(t, "%.*f", digits, value);
    if (t->broken) return;
    size_t end = t->len;
    if (memchr(t->at + start, '.', end - start)) {
        while (t->at[end - 1] == '0') end--;
        if (t->at[end - 1] == '.') end--;
    }
    text_cut(t, end);
    if (end == start + 2 && t->at[start] == '-' && t->at[start + 1] == '0') {
        text_cut(t, start);
        text_add_char(t, '0');
    }
}
