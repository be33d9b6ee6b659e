#include "app/base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

size_t utf8_rune(const char *s, size_t len, int32_t *rune)
{
    /* of a first byte: the length it announces, its own bits, the least rune of that length */
    static const struct {
        uint8_t mask, lead, bits;
        int32_t least;
    } form[] = {{0x80, 0x00, 0x7f, 0},
                {0xe0, 0xc0, 0x1f, 0x80},
                {0xf0, 0xe0, 0x0f, 0x800},
                {0xf8, 0xf0, 0x07, 0x10000}};
    const uint8_t *byte = (const uint8_t *)s;
    assert(len > 0);
    *rune = -1;
    for (size_t k = 0; k < 4; k++) {
        if ((byte[0] & form[k].mask) != form[k].lead) continue;
        if (k >= len) return 1;
        int32_t value = byte[0] & form[k].bits;
        for (size_t t = 1; t <= k; t++) {
            if ((byte[t] & 0xc0) != 0x80) return 1;
            value = value << 6 | (byte[t] & 0x3f);
        }
        if (value < form[k].least || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
            return 1;
        *rune = value;
        return k + 1;
    }
    return 1;
}

size_t utf8_put(int32_t rune, char out[4])
{
    if (rune < 0x80) {
        out[0] = (char)rune;
        return 1;
    }
    size_t len = rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    for (size_t k = len - 1; k > 0; k--) {
        out[k] = (char)(0x80 | (rune & 0x3f));
        rune >>= 6;
    }
    out[0] = (char)((0xf0 << (4 - len) & 0xff) | rune);
    return len;
}

int utf8_rune_columns(int32_t rune)
{
    if (rune >= ' ' && rune < 0x7f) return 1;
    int columns = wcwidth((wchar_t)rune);
    return columns < 0 ? 1 : columns;
}

int utf8_columns(const char *s, size_t len)
{
    int     columns = 0;
    int32_t rune;
    for (size_t at = 0; at < len;) {
        at += utf8_rune(s + at, len - at, &rune);
        columns += rune < 0 ? 1 : utf8_rune_columns(rune);
    }
    return columns;
}

size_t utf8_cluster(const char *s, size_t len)
{
    int32_t          before, rune;
    utf8proc_int32_t state = 0;
    size_t           at = len ? utf8_rune(s, len, &before) : 0;
    while (at < len && before >= 0) {
        size_t step = utf8_rune(s + at, len - at, &rune);
        if (rune < 0 || utf8proc_grapheme_break_stateful(before, rune, &state)) break;
        at += step;
        before = rune;
    }
    return at;
}

size_t utf8_fit(const char *s, size_t len, int columns)
{
    size_t at = 0;
    while (at < len) {
        size_t step = utf8_cluster(s + at, len - at);
        columns -= utf8_columns(s + at, step);
        if (columns < 0) break;
        at += step;
    }
    return at;
}

bool utf8_valid(const char *s, size_t len)
{
    int32_t rune;
    for (size_t at = 0; at < len;) {
        at += utf8_rune(s + at, len - at, &rune);
        if (rune < 0) return false;
    }
    return true;
}

/* Bidi and invisible controls: they would reorder or hide what a reader sees. */
static bool rune_hides(int32_t rune)
{
    return rune == 0x061c || (rune >= 0x200b && rune <= 0x200f) ||
           (rune >= 0x2028 && rune <= 0x202e) || (rune >= 0x2060 && rune <= 0x2069) ||
           rune == 0xfeff;
}

static bool rune_pictographic(int32_t rune)
{
    return utf8proc_get_property(rune)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

/* A joiner counts as part of an emoji if a pictograph, perhaps with a skin tone or a variation
 * selector, stands before it and another one behind it. */
static bool joins_emoji(int32_t base, const char *behind, size_t len)
{
    int32_t next;
    if (base < 0 || len == 0) return false;
    utf8_rune(behind, len, &next);
    return rune_pictographic(base) && next >= 0 && rune_pictographic(next);
}

static bool emoji_modifier(int32_t rune)
{
    return rune == 0xfe0f || (rune >= 0x1f3fb && rune <= 0x1f3ff);
}

/* Spellings of the runes the house and its lessons use, sorted. */
static const struct {
    int32_t     rune;
    const char *ascii;
} spelling[] = {
    {0xa0, " "},
    {0xab, "<<"},
    {0xac, "not "},
    {0xb0, " deg"},
    {0xb1, "+-"},
    {0xb2, "^2"},
    {0xb3, "^3"},
    {0xb5, "u"},
    {0xb7, "."},
    {0xb9, "^1"},
    {0xbb, ">>"},
    {0xc6, "AE"},
    {0xd7, "x"},
    {0xd8, "O"},
    {0xdf, "ss"},
    {0xe6, "ae"},
    {0xf7, "/"},
    {0xf8, "o"},
    {0x131, "i"},
    {0x141, "L"},
    {0x142, "l"},
    {0x152, "OE"},
    {0x153, "oe"},
    {0x391, "Alpha"},
    {0x392, "Beta"},
    {0x393, "Gamma"},
    {0x394, "Delta"},
    {0x398, "Theta"},
    {0x39b, "Lambda"},
    {0x3a0, "Pi"},
    {0x3a3, "Sigma"},
    {0x3a6, "Phi"},
    {0x3a8, "Psi"},
    {0x3a9, "Omega"},
    {0x3b1, "alpha"},
    {0x3b2, "beta"},
    {0x3b3, "gamma"},
    {0x3b4, "delta"},
    {0x3b5, "epsilon"},
    {0x3b6, "zeta"},
    {0x3b7, "eta"},
    {0x3b8, "theta"},
    {0x3b9, "iota"},
    {0x3ba, "kappa"},
    {0x3bb, "lambda"},
    {0x3bc, "mu"},
    {0x3bd, "nu"},
    {0x3be, "xi"},
    {0x3c0, "pi"},
    {0x3c1, "rho"},
    {0x3c3, "sigma"},
    {0x3c4, "tau"},
    {0x3c6, "phi"},
    {0x3c7, "chi"},
    {0x3c8, "psi"},
    {0x3c9, "omega"},
    {0x2009, " "},
    {0x2010, "-"},
    {0x2011, "-"},
    {0x2012, "-"},
    {0x2013, "-"},
    {0x2014, "-"},
    {0x2018, "'"},
    {0x2019, "'"},
    {0x201c, "\""},
    {0x201d, "\""},
    {0x2022, "-"},
    {0x2026, "..."},
    {0x202f, " "},
    {0x2032, "'"},
    {0x2033, "''"},
    {0x203a, ">"},
    {0x2070, "^0"},
    {0x2074, "^4"},
    {0x2190, "<-"},
    {0x2191, "up"},
    {0x2192, "->"},
    {0x2193, "down"},
    {0x2194, "<->"},
    {0x21d2, "=>"},
    {0x21d4, "<=>"},
    {0x2200, "for all "},
    {0x2203, "there is "},
    {0x2205, "{}"},
    {0x2208, " in "},
    {0x2209, " not in "},
    {0x2211, "sum"},
    {0x2212, "-"},
    {0x2216, "-"},
    {0x221a, "sqrt"},
    {0x221d, " ~ "},
    {0x221e, "inf"},
    {0x2227, " and "},
    {0x2228, " or "},
    {0x2229, "&"},
    {0x222a, "|"},
    {0x2248, "~"},
    {0x2260, "!="},
    {0x2264, "<="},
    {0x2265, ">="},
    {0x2282, " subset of "},
    {0x2286, " subset of "},
    {0x22a4, "T"},
    {0x22c5, "."},
    {0x22ee, ":"},
    {0x22ef, "..."},
    {0x2308, "ceil("},
    {0x2309, ")"},
    {0x230a, "floor("},
    {0x230b, ")"},
    {0x2500, "-"},
    {0x2502, "|"},
    {0x250c, "+"},
    {0x2510, "+"},
    {0x2514, "+"},
    {0x2518, "+"},
    {0x251c, "+"},
    {0x2524, "+"},
    {0x252c, "+"},
    {0x2534, "+"},
    {0x253c, "+"},
    {0x2580, "^"},
    {0x2584, "_"},
    {0x2588, "#"},
    {0x25cb, "o"},
    {0x25cf, "o"},
    {0x3000, " "},
};

static int spelling_order(const void *rune, const void *row)
{
    int32_t a = *(const int32_t *)rune, b = *(const int32_t *)row;
    return (a > b) - (a < b);
}

/* The letter below the accents, if it is one of ASCII; else <U+XXXX>. A mark alone vanishes. */
static void add_stripped(Text *out, int32_t rune)
{
    utf8proc_int32_t part[8];
    int              boundary = 0;
    utf8proc_ssize_t parts = utf8proc_decompose_char(
        rune, part, 8, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &boundary);
    bool ascii = parts >= 0 && parts <= 8;
    for (utf8proc_ssize_t k = 0; ascii && k < parts; k++) ascii = part[k] >= ' ' && part[k] < 0x7f;
    if (!ascii) {
        text_format(out, "<U+%04X>", (unsigned)rune);
        return;
    }
    for (utf8proc_ssize_t k = 0; k < parts; k++) text_add_char(out, (char)part[k]);
}

static void add_ascii(Text *out, int32_t rune)
{
    const void *row = bsearch(&rune, spelling, sizeof spelling / sizeof *spelling, sizeof *spelling,
                              spelling_order);
    if (row)
        text_add(
            out,
            spelling[((const char *)row - (const char *)spelling) / (ptrdiff_t)sizeof *spelling]
                .ascii);
    else
        add_stripped(out, rune);
}

static void add_control(Text *out, int32_t rune, bool ascii)
{
    if (ascii)
        text_format(out, "^%c", rune == 0x7f ? '?' : (char)(rune + '@'));
    else
        text_add_rune(out, rune == 0x7f ? 0x2421 : 0x2400 + rune);
}

static void add_clean(Text *out, int32_t rune, bool ascii)
{
    if (rune < ' ' || rune == 0x7f)
        add_control(out, rune, ascii);
    else if (rune < 0x7f)
        text_add_char(out, (char)rune);
    else if (rune < 0xa0 || rune_hides(rune))
        text_format(out, "<U+%04X>", (unsigned)rune);
    else if (ascii)
        add_ascii(out, rune);
    else
        text_add_rune(out, rune);
}

void utf8_clean(Text *out, const char *s, size_t len, bool layout, bool ascii)
{
    int32_t base = -1; /* the last rune that is no modifier of an emoji */
    for (size_t at = 0; at < len;) {
        int32_t rune;
        size_t  step = utf8_rune(s + at, len - at, &rune);
        if (rune < 0)
            text_format(out, "\\x%02X", (unsigned)(uint8_t)s[at]);
        else if (layout && (rune == '\n' || rune == '\t'))
            text_add_char(out, (char)rune);
        else if (rune == 0x200d && !ascii && joins_emoji(base, s + at + step, len - at - step))
            text_add_rune(out, rune);
        else
            add_clean(out, rune, ascii);
        if (!emoji_modifier(rune)) base = rune;
        at += step;
    }
}

static const char *folded(int32_t rune)
{
    switch (rune) {
    case 0x3000:
        return " "; /* the blank of full-width text */
    case 0x2212:    /* minus sign */
    case 0x2013:
        return "-"; /* en dash */
    case 0xb7:
    case 0x22c5:
        return "*"; /* middle dot, dot operator */
    case 0x2205:
        return "{}"; /* empty set */
    default:
        return NULL;
    }
}

void utf8_fold_typed(Text *out, const char *s, size_t len)
{
    for (size_t at = 0; at < len;) {
        int32_t     rune;
        size_t      step = utf8_rune(s + at, len - at, &rune);
        const char *twin = rune < 0 ? NULL : folded(rune);
        if (twin)
            text_add(out, twin);
        else if (rune >= 0xff01 && rune <= 0xff5e)
            text_add_char(out, (char)(rune - 0xff01 + '!'));
        else
            text_add_bytes(out, s + at, step);
        at += step;
    }
}

void utf8_json(Text *out, const char *string)
{
    size_t len = strlen(string);
    text_add_char(out, '"');
    for (size_t at = 0; at < len;) {
        int32_t rune = 0;
        size_t  step = utf8_rune(string + at, len - at, &rune);
        if (rune < 0)
            text_add(out, "\xEF\xBF\xBD"); /* a byte that is not UTF-8: U+FFFD */
        else if (rune == '"' || rune == '\\')
            text_format(out, "\\%c", (char)rune);
        else if (rune < 0x20)
            text_format(out, "\\u%04x", (unsigned)rune);
        else
            text_add_bytes(out, string + at, step);
        at += step;
    }
    text_add_char(out, '"');
}
