/* head.c - the head of a lesson from its source text, without running it: the literal fields of the
 * table behind `at.lesson`, and its pages counted. Comments, strings and nested brackets are passed
 * over as Lua reads them. What is not literal makes the answer unsure, never wrong. */
#include "app/script/script.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef enum { TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_STRING, TOKEN_SIGN } TokenKind;

typedef struct {
    TokenKind   kind;
    const char *from;
    size_t      len;
    bool        plain; /* of a string: no escapes; from, len are its inside */
} Token;

typedef struct {
    const char *at, *end;
    bool        closed; /* the bracket of the table was met */
} Scan;

static bool is_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* How long a long bracket [[ or [==[ that begins at s is; 0: it is none. */
static size_t long_bracket(const char *s, const char *end)
{
    const char *p = s + 1;
    if (s >= end || *s != '[') return 0;
    while (p < end && *p == '=') p++;
    return p < end && *p == '[' ? (size_t)(p + 1 - s) : 0;
}

/* The token of a long bracket of that opening length. */
static Token take_long(Scan *s, size_t open)
{
    Token token = {TOKEN_STRING, s->at + open, 0, true};
    for (const char *p = token.from; p + open <= s->end; p++) {
        if (*p != ']') continue;
        size_t k = 1;
        while (k + 1 < open && p[k] == '=') k++;
        if (k + 1 != open || p[k] != ']') continue;
        token.len = (size_t)(p - token.from);
        s->at = p + open;
        return token;
    }
    s->at = s->end;
    return (Token){.kind = TOKEN_END};
}

static Token take_quoted(Scan *s)
{
    char        quote = *s->at++;
    Token       token = {TOKEN_STRING, s->at, 0, true};
    for (; s->at < s->end && *s->at != quote && *s->at != '\n'; s->at++)
        if (*s->at == '\\') {
            token.plain = false;
            s->at++;
        }
    if (s->at > s->end) s->at = s->end;
    token.len = (size_t)(s->at - token.from);
    if (s->at < s->end) s->at++;
    return token;
}

static void pass_comment(Scan *s)
{
    s->at += 2;
    size_t open = long_bracket(s->at, s->end);
    if (open) {
        take_long(s, open);
        return;
    }
    const char *line = memchr(s->at, '\n', (size_t)(s->end - s->at));
    s->at = line ? line : s->end;
}

static Token take_run(Scan *s, TokenKind kind)
{
    const char *from = s->at;
    while (s->at < s->end && (is_name(*s->at) || (kind == TOKEN_NUMBER && *s->at == '.'))) s->at++;
    return (Token){kind, from, (size_t)(s->at - from), true};
}

static Token next_token(Scan *s)
{
    while (s->at < s->end) {
        char   c = *s->at;
        size_t open;
        if (isspace((unsigned char)c)) s->at++;
        else if (c == '-' && s->at + 1 < s->end && s->at[1] == '-') pass_comment(s);
        else if (c == '"' || c == '\'') return take_quoted(s);
        else if ((open = long_bracket(s->at, s->end)) > 0) return take_long(s, open);
        else if (isdigit((unsigned char)c)) return take_run(s, TOKEN_NUMBER);
        else if (is_name(c)) return take_run(s, TOKEN_NAME);
        else return (Token){TOKEN_SIGN, s->at++, 1, true};
    }
    return (Token){.kind = TOKEN_END};
}

static bool is(Token token, const char *text)
{
    return token.kind != TOKEN_STRING && token.len == strlen(text) && memcmp(token.from, text, token.len) == 0;
}

/* Goes behind `.lesson {`; false if the text has none. */
static bool find_table(Scan *s)
{
    Token before = {0}, token = next_token(s);
    for (; token.kind != TOKEN_END; before = token, token = next_token(s)) {
        if (!is(token, "lesson") || !is(before, ".")) continue;
        token = next_token(s);
        if (is(token, "(")) token = next_token(s);
        if (is(token, "{")) return true;
    }
    return false;
}

/* Passes over the rest of a value up to the comma or bracket that ends it; false at the end of the
 * table. whole: nothing but the value itself stood there. */
static bool pass_value(Scan *s, bool *whole)
{
    *whole = true;
    for (int depth = 0;;) {
        Token token = next_token(s);
        if (token.kind == TOKEN_END) return false;
        if (depth == 0 && (is(token, ",") || is(token, ";"))) return true;
        if (is(token, "{") || is(token, "(") || is(token, "[")) depth++;
        if (is(token, "function") || is(token, "if") || is(token, "do")) depth++;
        if (is(token, "}") || is(token, ")") || is(token, "]") || is(token, "end")) depth--;
        if (depth < 0) {
            s->closed = true;
            return false;
        }
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
static bool read_field(Scan *s, Token name, LessonHead *out, unsigned *has)
{
    bool  whole, literal = false;
    Scan  before = *s;
    Token value = next_token(s);
    unsigned bit = is(name, "id") ? HAS_ID : is(name, "title") ? HAS_TITLE : is(name, "minutes") ? HAS_MINUTES : 0;
    if (bit == 0) {
        *s = before;
        return pass_value(s, &whole);
    }
    if (bit == HAS_ID) literal = copy_text(value, out->id, sizeof out->id);
    else if (bit == HAS_TITLE) literal = copy_text(value, out->title, sizeof out->title);
    else literal = copy_number(value, &out->minutes);
    if (value.kind == TOKEN_SIGN) *s = before;
    bool more = pass_value(s, &whole);
    if (literal && whole) *has |= bit;
    return more;
}

/* A value without a name, standing behind its first token: at.page or at.ask, else we can't tell. */
static bool read_listed(Scan *s, Token first, LessonHead *out, bool *sure)
{
    bool  whole;
    Scan  before = *s;
    Token dot = next_token(s), what = next_token(s);
    bool  known = first.kind == TOKEN_NAME && is(dot, ".") && (is(what, "page") || is(what, "ask"));
    if (!known) *sure = false;
    out->pages++;
    out->questions += known && is(what, "ask");
    *s = before;
    if (first.kind == TOKEN_SIGN || is(first, "function") || is(first, "if") || is(first, "do")) s->at = first.from;
    return pass_value(s, &whole);
}

Status script_head(const char *source, size_t len, const char *file, LessonHead *out, Why *why)
{
    (void)file;
    (void)why;
    Scan     s = {source, source + len, false};
    unsigned has = 0;
    bool     more = true, sure = true;
    *out = (LessonHead){0};
    if (!find_table(&s)) return STATUS_OK;
    while (more) {
        Token first = next_token(&s);
        if (first.kind == TOKEN_END || is(first, "}")) {
            s.closed = first.kind != TOKEN_END;
            break;
        }
        Scan  behind = s;
        Token second = next_token(&s);
        if (first.kind == TOKEN_NAME && is(second, "=")) {
            Scan third = s;
            if (!is(next_token(&third), "=")) {
                more = read_field(&s, first, out, &has);
                continue;
            }
        }
        s = behind;
        more = read_listed(&s, first, out, &sure);
    }
    out->sure = sure && s.closed && has == HAS_ALL && out->pages > 0;
    return STATUS_OK;
}
