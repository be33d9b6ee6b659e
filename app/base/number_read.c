#include "app/base/number_read.h"

#include "app/base/ratio.h"
#include "app/base/unit.h"
#include "app/base/utf8.h"

#include <string.h>

enum { QUOTED = 40, FIGURES = 1024 };

bool read_say(NumberReader *r, const char *format, ...)
{
    if (r->refused) return false;
    r->refused = true;
    va_list args;
    va_start(args, format);
    text_vformat(r->why, format, args);
    va_end(args);
    return false;
}

bool read_refuse(NumberReader *r, const char *format, ...)
{
    if (r->refused) return false;
    r->refused = true;
    size_t len = strlen(r->typed), shown = utf8_fit(r->typed, len, QUOTED);
    text_add(r->why, "can't read \"");
    utf8_clean(r->why, r->typed, shown, false, false);
    text_add(r->why, shown < len ? "...\": " : "\": ");
    va_list args;
    va_start(args, format);
    text_vformat(r->why, format, args);
    va_end(args);
    return false;
}

/* The blanks that separate and group, the ASCII one first. */
static const char *const blanks[] = {" ", "\t", "\xc2\xa0", "\xe2\x80\x89", "\xe2\x80\xaf"};

size_t blank_length(const char *s)
{
    for (size_t k = 0; k < sizeof blanks / sizeof *blanks; k++) {
        size_t len = strlen(blanks[k]);
        if (strncmp(s, blanks[k], len) == 0) return len;
    }
    return 0;
}

bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void skip_blanks(NumberReader *r)
{
    size_t len;
    while ((len = blank_length(r->typed + r->at)) > 0) r->at += len;
}

size_t letters_length(const char *s)
{
    size_t len = 0;
    for (;;) {
        if (is_letter(s[len]))
            len++;
        else if (strncmp(s + len, "\xc2\xb5", 2) == 0 || strncmp(s + len, "\xce\xbc", 2) == 0)
            len += 2;
        else
            return len;
    }
}

size_t word_length(const char *s)
{
    if (!is_letter(s[0]) && s[0] != '_') return 0;
    size_t len = 1;
    while (is_letter(s[len]) || is_figure(s[len]) || s[len] == '_') len++;
    return len;
}

const NumberName *read_name(const NumberReader *r, const char *word, size_t len)
{
    for (int k = 0; k < r->rules->names; k++) {
        const NumberName *name = &r->rules->name[k];
        if (strlen(name->name) == len && memcmp(name->name, word, len) == 0) return name;
    }
    return NULL;
}

bool at_times_letter(const NumberReader *r)
{
    const char *s = r->typed + r->at;
    if ((s[0] != 'x' && s[0] != 'X') || read_name(r, s, 1)) return false;
    return is_figure(s[1]) || s[1] == '.' || s[1] == '(' || blank_length(s + 1) > 0;
}

bool at_superscript(const NumberReader *r)
{
    int32_t     rune;
    const char *s = r->typed + r->at;
    if (!*s) return false;
    utf8_rune(s, strlen(s), &rune);
    return rune == 0xb2 || rune == 0xb3 || rune == 0xb9 || (rune >= 0x2070 && rune <= 0x207f);
}

static size_t figures_length(const char *s)
{
    return strspn(s, "0123456789");
}

/* The separator of groups there, 0 bytes if there is none. */
static size_t separator_length(const char *s, bool comma)
{
    if (*s == '_' || *s == '\'' || *s == (comma ? '.' : ',')) return 1;
    return *s == '\t' ? 0 : blank_length(s);
}

/* A separator and exactly three figures. */
static bool group_follows(const char *s, size_t separator)
{
    return separator > 0 && figures_length(s + separator) == 3;
}

typedef struct {
    char    figure[FIGURES]; /* those before the point, then those behind it */
    size_t  figures, fraction;
    int     groups;    /* separators between groups */
    char    separator; /* first byte of it */
    bool    point;
    int64_t exponent;
} Digits;

static bool take_figures(NumberReader *r, Digits *d)
{
    size_t len = figures_length(r->typed + r->at);
    if (d->figures + len > FIGURES) return read_say(r, "more figures than a number can have here");
    memcpy(d->figure + d->figures, r->typed + r->at, len);
    d->figures += len;
    r->at += len;
    return true;
}

/* figures, or groups of three behind the first one to three. */
static bool take_grouped(NumberReader *r, Digits *d)
{
    if (!take_figures(r, d)) return false;
    const char *s = r->typed + r->at;
    size_t      separator = separator_length(s, r->rules->comma);
    if (d->figures < 1 || d->figures > 3 || !group_follows(s, separator)) return true;
    d->separator = *s;
    for (const char *sign = s; strncmp(s, sign, separator) == 0 && group_follows(s, separator);
         s = r->typed + r->at) {
        r->at += separator;
        if (!take_figures(r, d)) return false;
        d->groups++;
    }
    return true;
}

static bool take_fraction(NumberReader *r, Digits *d)
{
    if (r->typed[r->at] != (r->rules->comma ? ',' : '.')) return true;
    size_t before = d->figures;
    if (!before && !is_figure(r->typed[r->at + 1])) return true;
    d->point = true;
    r->at++;
    bool taken = take_figures(r, d);
    d->fraction = d->figures - before;
    return taken;
}

static void take_exponent(NumberReader *r, Digits *d)
{
    const char *s = r->typed + r->at;
    if (*s != 'e' && *s != 'E') return;
    size_t sign = s[1] == '+' || s[1] == '-' ? 1 : 0;
    size_t len = figures_length(s + 1 + sign);
    if (len == 0) return;
    for (size_t k = 0; k < len; k++) {
        if (d->exponent < 100000) /* far beyond any double, far below overflow */
            d->exponent = d->exponent * 10 + (s[1 + sign + k] - '0');
    }
    if (s[1] == '-') d->exponent = -d->exponent;
    r->at += 1 + sign + len;
    r->formula = true;
    r->only_digits = false;
}

/* What stands right behind the figures and makes them something else than one number. */
static bool check_behind(NumberReader *r, const Digits *d)
{
    const char *s = r->typed + r->at;
    size_t      blank = blank_length(s);
    char        group = r->rules->comma ? '.' : ',';
    if (at_superscript(r)) return read_say(r, "write a power with ^, as in 2^2");
    if (*s == '.' && (s[1] == '.' || d->point)) return read_say(r, "this asks for one number");
    if (*s == group && (is_figure(s[1]) || s[1] == group))
        return read_refuse(r, "between two %c stand three figures%s", group,
                           d->point || d->groups ? ""
                           : r->rules->comma     ? "; a fraction begins with ,"
                                                 : "; a fraction begins with .");
    if (*s == ',' || *s == ';' || *s == '.')
        return read_say(r, "this asks for one number, and there is a \"%c\" behind the first", *s);
    if ((*s == '_' || *s == '\'') && is_figure(s[1]))
        return read_refuse(r, "between two %c stand three figures", *s);
    while (blank_length(s) > 0) s += blank_length(s);
    if (blank && is_figure(*s)) return read_refuse(r, "two numbers stand side by side");
    return true;
}

/* A group sign that could as well begin a fraction. */
static bool check_ambiguous(NumberReader *r, const Digits *d)
{
    char group = r->rules->comma ? '.' : ',', point = r->rules->comma ? ',' : '.';
    if (d->groups > 0 && d->figure[0] == '0')
        return read_refuse(r, "groups do not begin with 0; a fraction begins with %c", point);
    if (r->rules->whole || d->groups != 1 || d->point || d->separator != group) return true;
    int len = (int)(d->figures - 3);
    return read_say(r, "%.*s%c%.3s could be read in two ways; write %.*s%.3s or %.*s%c%.3s", len,
                    d->figure, group, d->figure + len, len, d->figure, d->figure + len, len,
                    d->figure, point, d->figure + len);
}

static const struct {
    const char *name;
    int64_t     factor;
} scales[] = {
    {"k", 1000},
    {"M", 1000000},
    {"G", 1000000000},
    {"T", 1000000000000},
    {"Ki", INT64_C(1) << 10},
    {"Mi", INT64_C(1) << 20},
    {"Gi", INT64_C(1) << 30},
    {"Ti", INT64_C(1) << 40},
};

/* 61 % is 0.61, or 61 where the question's unit is percent. */
static void take_percent(NumberReader *r, Number *value)
{
    const char *s = r->typed + r->at;
    while (blank_length(s) > 0) s += blank_length(s);
    if (*s != '%') return;
    r->at = (size_t)(s - r->typed) + 1;
    r->formula = true;
    r->only_digits = false;
    if (r->rules->unit && strcmp(r->rules->unit, "%") == 0) return;
    Number hundred = number_whole(100);
    *value = ratio_divide(value, &hundred);
}

static bool take_scale(NumberReader *r, Number *value)
{
    const char *s = r->typed + r->at;
    size_t      letters = letters_length(s), word = word_length(s);
    if (letters == 0) {
        take_percent(r, value);
        return true;
    }
    if (unit_find(s, letters) || at_times_letter(r))
        return true; /* for those who read units and products */
    if (read_name(r, s, word))
        return read_refuse(r, "write * between a number and %.*s", (int)word, s);
    for (size_t k = 0; k < sizeof scales / sizeof *scales; k++) {
        if (word != letters || strlen(scales[k].name) != letters ||
            strncmp(s, scales[k].name, letters) != 0)
            continue;
        Number factor = number_whole(scales[k].factor);
        *value = ratio_multiply(value, &factor);
        r->at += letters;
        r->formula = true;
        r->only_digits = false;
        return true;
    }
    return true;
}

bool read_digits(NumberReader *r, Number *out)
{
    Digits d = {.figures = 0};
    if (!take_grouped(r, &d) || !take_fraction(r, &d)) return false;
    take_exponent(r, &d);
    if (!check_behind(r, &d) || !check_ambiguous(r, &d)) return false;
    *out = ratio_decimal(d.figure, d.figures, d.exponent - (int64_t)d.fraction);
    if (!take_scale(r, out)) return false;
    if (r->digits < 2) r->digit[r->digits] = *out;
    r->digits++;
    return true;
}
