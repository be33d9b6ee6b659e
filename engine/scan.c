#include "engine/scan.h"
#include "engine/mechanism.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

bool scan_name_begins(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char byte_at(const Scan *s, size_t at)
{
    return at < s->len ? s->text[at] : '\0';
}

char scan_peek(Scan *s)
{
    while (s->at < s->len && blank(s->text[s->at])) s->at++;
    return byte_at(s, s->at);
}

bool scan_take(Scan *s, char c)
{
    if (scan_peek(s) != c || s->at == s->len) return false;
    s->at++;
    return true;
}

int scan_column(const Scan *s)
{
    return (int)s->at + 1;
}

/* Bytes of the UTF-8 character that begins here; 0 where none does. */
static size_t character_length(const Scan *s)
{
    unsigned char first = (unsigned char)s->text[s->at];
    size_t        len = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || s->len - s->at < len) return 0;
    for (size_t k = 1; k < len; k++)
        if (((unsigned char)s->text[s->at + k] & 0xc0) != 0x80) return 0;
    return len;
}

const char *scan_shown(const Scan *s, char out[static 24])
{
    if (s->at >= s->len) return "the end";
    unsigned char c = (unsigned char)s->text[s->at];
    size_t        len = c < 0x80 ? 1 : character_length(s);
    bool          control = c < 0x20 || c == 0x7f ||
                   (c == 0xc2 && len == 2 && (unsigned char)s->text[s->at + 1] < 0xa0);
    if (control || len == 0) snprintf(out, 24, "byte 0x%02x", c);
    else snprintf(out, 24, "\"%.*s\"", (int)len, s->text + s->at);
    return out;
}

size_t scan_name(Scan *s, const char **name)
{
    size_t begin = s->at;
    while (scan_name_begins(byte_at(s, s->at)) || digit(byte_at(s, s->at)) ||
           byte_at(s, s->at) == '_')
        s->at++;
    *name = s->text + begin;
    return s->at - begin;
}

/* ---- numbers ---- */

bool scan_number_begins(const Scan *s)
{
    char c = byte_at(s, s->at), next = byte_at(s, s->at + 1);
    return digit(c) || ((c == '-' || c == '.') && digit(next)) ||
           (c == '-' && next == '.' && digit(byte_at(s, s->at + 2)));
}

static Status integer_too_large(Scan *s, size_t begin)
{
    return why_say(s->why, STATUS_LIMIT, (int64_t)begin + 1, "whole numbers go to %d",
                   INTEGER_LIMIT);
}

static Status scan_integer(Scan *s, Value *out)
{
    size_t  begin = s->at;
    bool    negative = byte_at(s, s->at) == '-';
    int64_t value = 0;
    for (s->at += negative; digit(byte_at(s, s->at)); s->at++) {
        value = value * 10 + (s->text[s->at] - '0');
        if (value > INTEGER_LIMIT) return integer_too_large(s, begin);
    }
    if (negative) value = -value;
    *out = (Value){.kind = VALUE_INTEGER, .lo = value, .hi = value};
    return STATUS_OK;
}

/* The exponent that begins with e at `at`: 0 bytes if it is none. */
static size_t exponent_length(const Scan *s, size_t at)
{
    size_t k = at;
    if (byte_at(s, k) != 'e' && byte_at(s, k) != 'E') return 0;
    k++;
    if (byte_at(s, k) == '-' || byte_at(s, k) == '+') k++;
    if (!digit(byte_at(s, k))) return 0;
    while (digit(byte_at(s, k))) k++;
    return k - at;
}

/* Its number; far beyond what a double holds it no longer grows. */
static long exponent_value(const Scan *s, size_t at, size_t len)
{
    long value = 0;
    bool negative = s->text[at + 1] == '-';
    for (size_t k = at + 1; k < at + len; k++)
        if (digit(s->text[k]) && value < 100000) value = value * 10 + (s->text[k] - '0');
    return negative ? -value : value;
}

enum { REAL_DIGITS = 800 }; /* more digits can't change the nearest double */

/* strtod takes the point of the locale, so the digits are given to it without a point and the
 * exponent makes up for it: 0.25e3 as 25e1. Zeros in front don't count as digits. */
static Status scan_real(Scan *s, Value *out)
{
    char   plain[REAL_DIGITS + 32] = "0";
    size_t begin = s->at, count = 0;
    long   power = 0;
    bool   fraction = false, negative = byte_at(s, s->at) == '-';
    for (s->at += negative;; s->at++) {
        char c = byte_at(s, s->at);
        if (c == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (!digit(c)) break;
        bool kept = count < REAL_DIGITS && (count > 0 || c != '0');
        if (kept) plain[count++] = c;
        if (fraction && (kept || count == 0)) power--;
        if (!fraction && !kept && count > 0) power++;
    }
    size_t exponent = exponent_length(s, s->at);
    if (exponent > 0) power += exponent_value(s, s->at, exponent);
    s->at += exponent;
    if (count == 0) count = 1;
    snprintf(plain + count, sizeof plain - count, "e%ld", power);
    double value = strtod(plain, NULL);
    *out = (Value){.kind = VALUE_REAL, .real = negative ? -value : value};
    if (isfinite(value)) return STATUS_OK;
    return why_say(s->why, STATUS_RANGE, (int64_t)begin + 1, "the number is too large");
}

Status scan_number(Scan *s, bool whole, Value *out)
{
    size_t at = s->at;
    if (byte_at(s, at) == '-') at++;
    while (digit(byte_at(s, at))) at++;
    bool real = byte_at(s, at) == '.' || exponent_length(s, at) > 0;
    return real && !whole ? scan_real(s, out) : scan_integer(s, out);
}

/* ---- quoted text ---- */

static Status check_quoted_byte(Scan *s)
{
    unsigned char c = (unsigned char)s->text[s->at];
    if (c < 0x20 || c == 0x7f)
        return why_say(s->why, STATUS_SYNTAX, scan_column(s),
                       "a control character can't stand in quoted text");
    if (c != '\\') return STATUS_OK;
    char next = byte_at(s, s->at + 1);
    if (next == '"' || next == '\\') return STATUS_OK;
    return why_say(s->why, STATUS_SYNTAX, scan_column(s),
                   "in quoted text a \\ stands before \" or \\ only");
}

Status scan_quoted(Scan *s, Value *out)
{
    size_t begin = s->at++, len = 0;
    char  *text = malloc(s->len - begin + 1);
    if (!text)
        return why_say(s->why, STATUS_MEMORY, scan_column(s), "%s", status_sentence(STATUS_MEMORY));
    while (s->at < s->len && s->text[s->at] != '"') {
        Status status = check_quoted_byte(s);
        if (status) {
            free(text);
            return status;
        }
        if (s->text[s->at] == '\\') s->at++;
        text[len++] = s->text[s->at++];
    }
    if (s->at == s->len) {
        free(text);
        return why_say(s->why, STATUS_SYNTAX, (int64_t)begin + 1,
                       "the quote that opens here is not closed");
    }
    s->at++;
    text[len] = '\0';
    *out = (Value){.kind = VALUE_TEXT, .text = text};
    return STATUS_OK;
}
