/* head.c - the head of a lesson from its source text, without running it: the literal fields of the
 * table behind `at.lesson`, and its pages counted. Comments, strings and nested brackets are passed
 * over as Lua reads them. What is not literal makes the answer unsure, never wrong. */
#include "app/script/lex.h"
#include "app/script/script.h"

#include <stdlib.h>
#include <string.h>

/* Goes behind `.lesson {`; false if the text has none. */
static bool find_table(Scan *s)
{
    Token before = {0}, token = lex_next(s);
    for (; token.kind != TOKEN_END; before = token, token = lex_next(s)) {
        if (!lex_is(token, "lesson") || !lex_is(before, ".")) continue;
        token = lex_next(s);
        if (lex_is(token, "(")) token = lex_next(s);
        if (lex_is(token, "{")) return true;
    }
    return false;
}

/* How many brackets and blocks a token opens: 1, 0, or -1 where it closes one. */
static int opens(Token token)
{
    if (token.kind == TOKEN_SIGN) {
        if (*token.from == '{' || *token.from == '(' || *token.from == '[') return 1;
        return *token.from == '}' || *token.from == ')' || *token.from == ']' ? -1 : 0;
    }
    if (token.kind != TOKEN_NAME || token.len > 8) return 0;
    switch (*token.from) {
    case 'f':
        return lex_is(token, "function");
    case 'i':
        return lex_is(token, "if");
    case 'd':
        return lex_is(token, "do");
    case 'e':
        return -lex_is(token, "end");
    default:
        return 0;
    }
}

/* What stands behind a value: another one, the end of the table, or the end of the text. */
typedef enum { BEHIND_MORE, BEHIND_END, BEHIND_NOTHING } Behind;

/* Passes over the rest of a value with the comma or bracket that ends it. whole: nothing but the
 * value itself stood there. */
static Behind pass_value(Scan *s, bool *whole)
{
    *whole = true;
    for (int depth = 0;;) {
        Token token = lex_next(s);
        if (token.kind == TOKEN_END) return BEHIND_NOTHING;
        if (depth == 0 && (lex_is_sign(token, ',') || lex_is_sign(token, ';'))) return BEHIND_MORE;
        depth += opens(token);
        if (depth < 0) return BEHIND_END;
        *whole = false;
    }
}

static bool copy_text(Token token, char *out, size_t size)
{
    if (token.kind != TOKEN_STRING || !token.plain || token.len >= size) return false;
    memcpy(out, token.from, token.len);
    out[token.len] = '\0';
    return token.len > 0;
}

static bool copy_number(Token token, int *out)
{
    char digits[8];
    if (token.kind != TOKEN_NUMBER || token.len >= sizeof digits) return false;
    memcpy(digits, token.from, token.len);
    digits[token.len] = '\0';
    *out = (int)strtol(digits, NULL, 10);
    return strspn(digits, "0123456789") == token.len;
}

enum { HAS_ID = 1, HAS_TITLE = 2, HAS_MINUTES = 4, HAS_ALL = 7 };

/* A field `name = value`, standing behind its `=`. */
static Behind read_field(Scan *s, Token name, LessonHead *out, unsigned *has)
{
    bool     whole, literal = false;
    Scan     before = *s;
    Token    value = lex_next(s);
    unsigned bit = lex_is(name, "id")        ? HAS_ID
                   : lex_is(name, "title")   ? HAS_TITLE
                   : lex_is(name, "minutes") ? HAS_MINUTES
                                             : 0;
    if (bit == 0) {
        *s = before;
        return pass_value(s, &whole);
    }
    if (bit == HAS_ID)
        literal = copy_text(value, out->id, sizeof out->id);
    else if (bit == HAS_TITLE)
        literal = copy_text(value, out->title, sizeof out->title);
    else
        literal = copy_number(value, &out->minutes);
    if (value.kind == TOKEN_SIGN) *s = before;
    Behind behind = pass_value(s, &whole);
    if (literal && whole) *has |= bit;
    return behind;
}

/* A value without a name, standing behind its first token: at.page or at.ask, else we can't tell. */
static Behind read_listed(Scan *s, Token first, LessonHead *out, bool *sure)
{
    bool  whole;
    Scan  before = *s;
    Token dot = lex_next(s), what = lex_next(s);
    bool  known = first.kind == TOKEN_NAME && lex_is(dot, ".") &&
                 (lex_is(what, "page") || lex_is(what, "ask"));
    if (!known) *sure = false;
    out->pages++;
    out->questions += known && lex_is(what, "ask");
    *s = before;
    if (first.kind == TOKEN_SIGN || lex_is(first, "function") || lex_is(first, "if") ||
        lex_is(first, "do"))
        s->at = first.from;
    return pass_value(s, &whole);
}

Status script_head(const char *source, size_t len, const char *file, LessonHead *out, Why *why)
{
    (void)file;
    (void)why;
    Scan     s = {source, source + len};
    unsigned has = 0;
    bool     sure = true;
    Behind   behind = BEHIND_MORE;
    *out = (LessonHead){0};
    if (!find_table(&s)) return STATUS_OK;
    while (behind == BEHIND_MORE) {
        Token first = lex_next(&s);
        Scan  before = s;
        Token second = lex_next(&s);
        bool  named =
            first.kind == TOKEN_NAME && lex_is_sign(second, '=') && (s.at >= s.end || *s.at != '=');
        if (!named) s = before;
        if (first.kind == TOKEN_END)
            behind = BEHIND_NOTHING;
        else if (lex_is_sign(first, '}'))
            behind = BEHIND_END;
        else
            behind = named ? read_field(&s, first, out, &has) : read_listed(&s, first, out, &sure);
    }
    out->sure = sure && behind == BEHIND_END && has == HAS_ALL && out->pages > 0;
    return STATUS_OK;
}
