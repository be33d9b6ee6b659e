#include "app/script/match.h"

#include "app/script/sandbox.h"

#include <ctype.h>
#include <string.h>

enum { CHARGE_AFTER = 512 };

void match_charge(Matcher *m)
{
    sandbox_charge(m->lua, m->steps);
    m->steps = 0;
}

static void step(Matcher *m)
{
    if (++m->steps >= CHARGE_AFTER) match_charge(m);
}

/* ---- one character ----------------------------------------------------------------------- */

static bool in_class(int c, int class)
{
    bool in;
    switch (tolower(class)) {
    case 'a':
        in = isalpha(c);
        break;
    case 'c':
        in = iscntrl(c);
        break;
    case 'd':
        in = isdigit(c);
        break;
    case 'g':
        in = isgraph(c);
        break;
    case 'l':
        in = islower(c);
        break;
    case 'p':
        in = ispunct(c);
        break;
    case 's':
        in = isspace(c);
        break;
    case 'u':
        in = isupper(c);
        break;
    case 'w':
        in = isalnum(c);
        break;
    case 'x':
        in = isxdigit(c);
        break;
    default:
        return class == c;
    }
    return isupper(class) ? !in : in;
}

/* Where the item that begins at p ends, its repetition sign not counted. */
static const char *item_end(const Matcher *m, const char *p)
{
    if (*p == '%') {
        if (p + 1 == m->pattern_end) sandbox_error(m->lua, "a pattern ends with %%");
        return p + 2;
    }
    if (*p != '[') return p + 1;
    p += 1 + (p + 1 < m->pattern_end && p[1] == '^');
    do { /* a ] that stands first is a member */
        if (p >= m->pattern_end) sandbox_error(m->lua, "a [ of a pattern is not closed by ]");
        p += 1 + (*p == '%');
    } while (p >= m->pattern_end || *p != ']');
    return p + 1;
}

/* The set [...] from p to end (its closing bracket). */
static bool in_set(int c, const char *p, const char *end)
{
    bool wanted = true;
    if (*++p == '^') {
        wanted = false;
        p++;
    }
    for (; p < end; p++) {
        if (*p == '%' && p + 1 < end) {
            if (in_class(c, (unsigned char)*++p)) return wanted;
        } else if (p + 2 < end && p[1] == '-') {
            if ((unsigned char)p[0] <= c && c <= (unsigned char)p[2]) return wanted;
            p += 2;
        } else if ((unsigned char)*p == c) {
            return wanted;
        }
    }
    return !wanted;
}

static bool item_takes(Matcher *m, const char *at, const char *p, const char *end)
{
    step(m);
    if (at >= m->text_end) return false;
    int c = (unsigned char)*at;
    if (*p == '.') return true;
    if (*p == '%') return in_class(c, (unsigned char)p[1]);
    if (*p == '[') {
        m->steps += (end - p) / 4;
        return in_set(c, p, end - 1);
    }
    return (unsigned char)*p == c;
}

/* ---- items of more than one character ---------------------------------------------------- */

/* %bxy: from x to the y that closes it. */
static const char *balance(Matcher *m, const char *at, const char *p)
{
    if (p + 3 >= m->pattern_end) sandbox_error(m->lua, "%%b of a pattern needs two characters");
    if (at >= m->text_end || *at != p[2]) return NULL;
    int open = 1;
    for (at++; at < m->text_end; at++) {
        step(m);
        if (*at == p[3]) {
            if (--open == 0) return at + 1;
        } else if (*at == p[2]) {
            open++;
        }
    }
    return NULL;
}

/* %f[set]: between a character outside the set and one inside; the ends of the text count as NUL. */
static bool frontier(Matcher *m, const char *at, const char *set, const char *end)
{
    int before = at == m->text ? 0 : (unsigned char)at[-1];
    int after = at == m->text_end ? 0 : (unsigned char)*at;
    m->steps += end - set;
    return !in_set(before, set, end - 1) && in_set(after, set, end - 1);
}

/* %1: the text of a capture again. */
static const char *again(Matcher *m, const char *at, int digit)
{
    int k = digit - '1';
    if (k < 0 || k >= m->captures || m->capture[k].len == MATCH_OPEN)
        sandbox_error(m->lua, "a pattern names capture %%%d, which is not there", k + 1);
    size_t len = m->capture[k].len < 0 ? 0 : (size_t)m->capture[k].len;
    m->steps += (int64_t)len;
    if ((size_t)(m->text_end - at) < len || memcmp(at, m->capture[k].from, len) != 0) return NULL;
    return at + len;
}

static const char *open_capture(Matcher *m, const char *at, const char *p, ptrdiff_t len)
{
    if (m->captures == MATCH_CAPTURES)
        sandbox_error(m->lua, "a pattern has more than %d captures", MATCH_CAPTURES);
    m->capture[m->captures++] = (Capture){at, len};
    const char *end = match_from(m, at, p);
    if (!end) m->captures--;
    return end;
}

static const char *close_capture(Matcher *m, const char *at, const char *p)
{
    int k = m->captures - 1;
    while (k >= 0 && m->capture[k].len != MATCH_OPEN) k--;
    if (k < 0) sandbox_error(m->lua, "a pattern has a ) too many");
    m->capture[k].len = at - m->capture[k].from;
    const char *end = match_from(m, at, p);
    if (!end) m->capture[k].len = MATCH_OPEN;
    return end;
}

/* As many as there are, then one less until the rest fits. */
static const char *most(Matcher *m, const char *at, const char *p, const char *end)
{
    ptrdiff_t k = 0;
    while (item_takes(m, at + k, p, end)) k++;
    for (; k >= 0; k--) {
        step(m);
        const char *rest = match_from(m, at + k, end + 1);
        if (rest) return rest;
    }
    return NULL;
}

/* As few as will do. */
static const char *fewest(Matcher *m, const char *at, const char *p, const char *end)
{
    for (;; at++) {
        const char *rest = match_from(m, at, end + 1);
        if (rest) return rest;
        if (!item_takes(m, at, p, end)) return NULL;
    }
}

/* ---- the whole pattern ------------------------------------------------------------------- */

/* A plain item with what repeats it. done: the answer is final; else at and p went on. */
static const char *plain_item(Matcher *m, const char **at, const char **p, bool *done)
{
    const char *end = item_end(m, *p);
    char        sign = end < m->pattern_end ? *end : '\0';
    *done = true;
    if (sign == '*') return most(m, *at, *p, end);
    if (sign == '-') return fewest(m, *at, *p, end);
    bool takes = item_takes(m, *at, *p, end);
    if (sign == '+') return takes ? most(m, *at + 1, *p, end) : NULL;
    if (sign == '?') {
        const char *rest = takes ? match_from(m, *at + 1, end + 1) : NULL;
        if (rest) return rest;
        *done = false;
        *p = end + 1;
        return NULL;
    }
    *done = !takes;
    *at += 1;
    *p = end;
    return NULL;
}

/* %b, %f, %1-%9; false: it is none of these. */
static bool escape_item(Matcher *m, const char **at, const char **p)
{
    char kind = *p + 1 < m->pattern_end ? (*p)[1] : '\0';
    if (kind == 'b') {
        *at = balance(m, *at, *p);
        *p += 4;
    } else if (kind == 'f') {
        const char *set = *p + 2;
        if (set >= m->pattern_end || *set != '[')
            sandbox_error(m->lua, "%%f of a pattern needs a [set]");
        const char *end = item_end(m, set);
        if (!frontier(m, *at, set, end)) *at = NULL;
        *p = end;
    } else if (kind >= '0' && kind <= '9') {
        *at = again(m, *at, kind);
        *p += 2;
    } else {
        return false;
    }
    return true;
}

static const char *match_items(Matcher *m, const char *at, const char *p)
{
    while (at && p < m->pattern_end) {
        bool done;
        if (*p == '(') {
            bool place = p + 1 < m->pattern_end && p[1] == ')';
            return open_capture(m, at, p + 1 + place, place ? MATCH_PLACE : MATCH_OPEN);
        }
        if (*p == ')') return close_capture(m, at, p + 1);
        if (*p == '$' && p + 1 == m->pattern_end) return at == m->text_end ? at : NULL;
        if (*p == '%' && escape_item(m, &at, &p)) continue;
        const char *end = plain_item(m, &at, &p, &done);
        if (done) return end;
    }
    return at;
}

const char *match_from(Matcher *m, const char *at, const char *pattern)
{
    step(m);
    if (m->depth >= MATCH_DEPTH)
        sandbox_error(m->lua, "a pattern is too long: more than %d items", MATCH_DEPTH);
    m->depth++;
    const char *end = match_items(m, at, pattern);
    m->depth--;
    return end;
}

/* ---- captures ---------------------------------------------------------------------------- */

void match_push(Matcher *m, int k, const char *from, const char *to)
{
    if (k == 0 && m->captures == 0) {
        lua_pushlstring(m->lua, from, (size_t)(to - from));
        return;
    }
    if (k >= m->captures) sandbox_error(m->lua, "capture %%%d is not in the pattern", k + 1);
    const Capture *c = &m->capture[k];
    if (c->len == MATCH_OPEN) sandbox_error(m->lua, "a ( of a pattern is not closed");
    if (c->len == MATCH_PLACE)
        lua_pushinteger(m->lua, c->from - m->text + 1);
    else
        lua_pushlstring(m->lua, c->from, (size_t)c->len);
}

int match_push_all(Matcher *m, const char *from, const char *to, bool whole)
{
    int count = m->captures == 0 && whole ? 1 : m->captures;
    for (int k = 0; k < count; k++) match_push(m, k, from, to);
    return count;
}
