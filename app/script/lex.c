#include "app/script/lex.h"

#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
    return is_letter(c) || is_digit(c);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
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
    char  quote = *s->at++;
    Token token = {TOKEN_STRING, s->at, 0, true};
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

Token lex_next(Scan *s)
{
    while (s->at < s->end) {
        char   c = *s->at;
        size_t open;
        if (is_blank(c))
            s->at++;
        else if (c == '-' && s->at + 1 < s->end && s->at[1] == '-')
            pass_comment(s);
        else if (c == '"' || c == '\'')
            return take_quoted(s);
        else if ((open = long_bracket(s->at, s->end)) > 0)
            return take_long(s, open);
        else if (is_digit(c))
            return take_run(s, TOKEN_NUMBER);
        else if (is_name(c))
            return take_run(s, TOKEN_NAME);
        else
            return (Token){TOKEN_SIGN, s->at++, 1, true};
    }
    return (Token){.kind = TOKEN_END};
}

bool lex_is(Token token, const char *text)
{
    return token.kind != TOKEN_STRING && token.len == strlen(text) &&
           memcmp(token.from, text, token.len) == 0;
}

bool lex_is_sign(Token token, char sign)
{
    return token.kind == TOKEN_SIGN && *token.from == sign;
}
