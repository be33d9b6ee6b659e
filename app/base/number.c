#include "app/base/number.h"

#include "app/base/number_read.h"
#include "app/base/number_show.h"
#include "app/base/ratio.h"
#include "app/base/unit.h"
#include "app/base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPERATORS_MOST = 64,
    DEPTH_MOST = 16,
    TYPED_MOST = 1000,
    SHOWN_FIGURES = 10,
    PLAIN_FIGURES = 15
};

static bool read_sum(NumberReader *r, const char *after, Number *out);
static bool read_signed(NumberReader *r, const char *after, Number *out);

static bool count_operator(NumberReader *r)
{
    r->formula = true;
    if (++r->operators > OPERATORS_MOST)
        return read_say(r, "this has more than %d operators; compute a part of it first",
                        OPERATORS_MOST);
    return true;
}

/* Every step stays a number: no inf, no nan, nothing that vanished to 0. */
static bool check_size(NumberReader *r, const Number *value)
{
    if (isnan(value->value)) return read_say(r, "this has no value among the real numbers");
    if (isinf(value->value)) return read_say(r, "this is larger than any number that is read here");
    if (!value->exact && value->value == 0)
        return read_say(r, "this is smaller than any number that is read here");
    return true;
}

static bool refuse_name(NumberReader *r, const char *word, size_t len)
{
    if (unit_find(word, len))
        return read_refuse(r, "a number should stand before %.*s", (int)len, word);
    if (r->rules->names == 0)
        return read_refuse(r, "there is no letter %.*s in this question", (int)len, word);
    Text known = {0};
    for (int k = 0; k < r->rules->names; k++)
        text_format(&known, "%s%s", k ? ", " : "", r->rules->name[k].name);
    read_refuse(r, "there is no %.*s here; the letters are %s", (int)len, word,
                text_string(&known));
    text_done(&known);
    return false;
}

static bool read_atom_name(NumberReader *r, Number *out)
{
    const char       *word = r->typed + r->at;
    size_t            len = word_length(word);
    const NumberName *name = read_name(r, word, len);
    if (!name) return refuse_name(r, word, len);
    r->at += len;
    r->formula = true;
    r->only_digits = false;
    if (at_superscript(r)) return read_say(r, "write a power with ^, as in 2^2");
    *out = number_real(name->value);
    return check_size(r, out);
}

static bool read_bracket(NumberReader *r, Number *out)
{
    if (++r->depth > DEPTH_MOST) return read_say(r, "brackets stand more than %d deep", DEPTH_MOST);
    r->at++;
    r->formula = true;
    r->only_digits = false;
    if (!read_sum(r, "(", out)) return false;
    skip_blanks(r);
    if (r->typed[r->at] != ')')
        return read_refuse(r, r->typed[r->at] ? "a sign or ) should follow"
                                              : "a ) is missing at the end");
    r->at++;
    r->depth--;
    if (at_superscript(r)) return read_say(r, "write a power with ^, as in 2^2");
    return true;
}

/* after: what stands before the atom, "" at the start. */
static bool read_atom(NumberReader *r, const char *after, Number *out)
{
    skip_blanks(r);
    const char *s = r->typed + r->at;
    char        point = r->rules->comma ? ',' : '.';
    if (is_figure(*s) || (*s == point && is_figure(s[1])))
        return read_digits(r, out) && check_size(r, out);
    if (word_length(s) > 0) return read_atom_name(r, out);
    if (*s == '(') return read_bracket(r, out);
    if (*s == '{' || *s == '[') return read_say(r, "this asks for one number, not for a set");
    if (at_superscript(r)) return read_say(r, "write a power with ^, as in 2^2");
    if (*after) return read_refuse(r, "a number should follow %s", after);
    return *s ? read_refuse(r, "it should begin with a number") : read_say(r, "type a number");
}

static bool read_power(NumberReader *r, const char *after, Number *out)
{
    if (!read_atom(r, after, out)) return false;
    skip_blanks(r);
    const char *s = r->typed + r->at;
    bool        stars = s[0] == '*' && s[1] == '*';
    if (*s != '^' && !stars) return true;
    Number exponent;
    r->at += stars ? 2 : 1;
    if (!count_operator(r) || !read_signed(r, stars ? "**" : "^", &exponent)) return false;
    if (ratio_zero(out) && exponent.value < 0) return read_say(r, "this divides by zero");
    *out = ratio_power(out, &exponent);
    return check_size(r, out);
}

static bool read_signed(NumberReader *r, const char *after, Number *out)
{
    skip_blanks(r);
    char sign = r->typed[r->at];
    if (sign != '+' && sign != '-') return read_power(r, after, out);
    bool plain = r->at == 0; /* a sign in front of one number makes no formula */
    bool formula = r->formula;
    r->at++;
    if (!count_operator(r)) return false;
    r->formula = formula || !plain;
    if (!read_power(r, sign == '+' ? "+" : "-", out)) return false;
    if (sign == '-') *out = ratio_negate(out);
    return true;
}

/* The sign of a product there, its length in *len: * x-sign x / or the division sign. */
static char product_sign(const NumberReader *r, size_t *len)
{
    const char *s = r->typed + r->at;
    *len = 1;
    if (*s == '*' || *s == '/') return *s;
    if (at_times_letter(r)) return '*';
    *len = 2;
    if (strncmp(s, "\xc3\x97", 2) == 0) return '*';
    return strncmp(s, "\xc3\xb7", 2) == 0 ? '/' : '\0';
}

static bool read_product(NumberReader *r, const char *after, Number *out)
{
    if (!read_signed(r, after, out)) return false;
    for (;;) {
        size_t len;
        Number right;
        skip_blanks(r);
        char sign = product_sign(r, &len);
        if (!sign) return true;
        r->at += len;
        r->only_digits = false;
        if (!count_operator(r) || !read_signed(r, sign == '*' ? "*" : "/", &right)) return false;
        if (sign == '/' && ratio_zero(&right)) return read_say(r, "this divides by zero");
        *out = sign == '*' ? ratio_multiply(out, &right) : ratio_divide(out, &right);
        if (!check_size(r, out)) return false;
    }
}

/* Sums may vanish in doubles too: 10^20 - 10^20 is 0, and no step too small. */
static bool check_sum(NumberReader *r, const Number *value)
{
    return value->value == 0 || check_size(r, value);
}

static bool read_sum(NumberReader *r, const char *after, Number *out)
{
    if (!read_product(r, after, out)) return false;
    for (;;) {
        skip_blanks(r);
        char sign = r->typed[r->at];
        if (sign != '+' && sign != '-') return true;
        Number right;
        r->at++;
        if (!count_operator(r) || !read_product(r, sign == '+' ? "+" : "-", &right)) return false;
        if (sign == '-') right = ratio_negate(&right);
        *out = ratio_add(out, &right);
        if (!check_sum(r, out)) return false;
    }
}

static bool refuse_unit(NumberReader *r, const char *word, size_t len)
{
    const char *asked = r->rules->unit;
    const Unit *near = unit_near(word, len);
    if (!asked)
        return read_refuse(r, "a plain number is asked for, without \"%.*s\"", (int)len, word);
    if (near && !unit_find(word, len))
        return read_refuse(r, "there is no unit %.*s; did you mean %s?", (int)len, word,
                           near->name);
    return read_refuse(r, "this asks for a number in %s, not in \"%.*s\"", asked, (int)len, word);
}

static bool convert(NumberReader *r, const char *word, size_t len, Number *out)
{
    const char *asked = r->rules->unit;
    if (asked && strlen(asked) == len && memcmp(asked, word, len) == 0) return true;
    const Unit *from = unit_find(word, len), *to = asked ? unit_find(asked, strlen(asked)) : NULL;
    if (!from || !to || from->kind != to->kind) return refuse_unit(r, word, len);
    Number here = ratio_make(from->top, from->bottom), there = ratio_make(to->top, to->bottom);
    Number factor = ratio_divide(&here, &there);
    *out = ratio_multiply(out, &factor);
    r->formula = true;
    return true;
}

static bool read_unit(NumberReader *r, Number *out)
{
    skip_blanks(r);
    const char *word = r->typed + r->at;
    size_t      len = letters_length(word);
    if (len == 0) return true;
    r->at += len;
    r->only_digits = false;
    if (read_name(r, word, word_length(word)))
        return read_refuse(r, "write * between a number and %.*s", (int)word_length(word), word);
    return convert(r, word, len, out);
}

static bool read_end(NumberReader *r)
{
    skip_blanks(r);
    const char *s = r->typed + r->at;
    if (!*s) return true;
    if (*s == ')') return read_refuse(r, "a ( is missing before )");
    if (*s == '(') return read_refuse(r, "write * before (");
    if (is_figure(*s)) return read_refuse(r, "two numbers stand side by side");
    if (at_superscript(r)) return read_say(r, "write a power with ^, as in 2^2");
    if (strchr(",;:{}[]~", *s)) return read_say(r, "this asks for one number");
    return read_refuse(r, "a sign such as + - * / should follow the number");
}

/* 9-12 and nothing else: a range of keys, not the difference -3. */
static bool bare_range(const NumberReader *r)
{
    return r->operators == 1 && r->only_digits && r->digits == 2 && strchr(r->typed, '-') &&
           number_compare(&r->digit[0], &r->digit[1]) < 0;
}

static bool check_whole(NumberReader *r, const Number *value)
{
    if (bare_range(r)) return read_refuse(r, "this asks for one number");
    if (value->exact && value->bottom == 1) return true;
    if (fabs(value->value) >= 9223372036854775807.0)
        return read_say(
            r, "this is beyond 9,223,372,036,854,775,807, the largest whole number that is read");
    Text shown = {0};
    number_show(value, r->rules->comma, SHOWN_FIGURES, &shown);
    if (value->exact || value->value != floor(value->value))
        read_say(r, "%s is not a whole number", text_string(&shown));
    else
        read_say(r, "a step of this is too large to be exact; compute a part of it first");
    text_done(&shown);
    return false;
}

/* The formula as typed, in ASCII: its signs and blanks as the house writes them. */
static void add_formula(Text *out, const char *typed)
{
    size_t len = strlen(typed);
    for (size_t at = 0; at < len;) {
        int32_t rune;
        size_t  blank = blank_length(typed + at), step = utf8_rune(typed + at, len - at, &rune);
        if (blank)
            text_add_char(out, ' ');
        else if (rune == 0xd7 || rune == 0xf7)
            text_add_char(out, rune == 0xd7 ? '*' : '/');
        else
            utf8_clean(out, typed + at, step, false, true);
        at += step;
    }
}

static void add_echo(const NumberReader *r, const Number *value, Text *echo)
{
    number_show(value, r->rules->comma, r->formula ? SHOWN_FIGURES : PLAIN_FIGURES, echo);
    if (r->rules->unit) text_format(echo, " %s", r->rules->unit);
    if (!r->formula) return;
    text_add(echo, "   (");
    add_formula(echo, r->typed);
    text_add_char(echo, ')');
}

/* Cuts the blanks at both ends off. */
static const char *trimmed(Text *typed)
{
    const char *start = text_string(typed), *end = start;
    while (blank_length(start) > 0) start += blank_length(start);
    for (const char *s = start; *s; s++) {
        if (blank_length(s) > 0)
            s += blank_length(s) - 1;
        else
            end = s + 1;
    }
    if (end > start) text_cut(typed, (size_t)(end - text_string(typed)));
    return start;
}

bool number_parse(const char *typed, const NumberRules *rules, Number *out, Text *echo, Text *why)
{
    Text folded = {0};
    utf8_fold_typed(&folded, typed, strlen(typed));
    NumberReader r = {.rules = rules, .typed = trimmed(&folded), .why = why, .only_digits = true};
    Number       value = number_whole(0);
    bool         read = !folded.broken || read_say(&r, "there is no memory left");
    if (read && folded.len > TYPED_MOST)
        read = read_say(&r, "a number has at most 1,000 characters");
    read = read && read_sum(&r, "", &value) && read_unit(&r, &value) && read_end(&r) &&
           check_sum(&r, &value) && (!rules->whole || check_whole(&r, &value));
    if (read) {
        *out = value;
        add_echo(&r, &value, echo);
    }
    text_done(&folded);
    return read;
}
