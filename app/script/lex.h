/* lex.h - the words of a Lua text, comments and the insides of strings passed over as Lua does. For
 * reading what a lesson says in literals without running it. */
#ifndef APP_SCRIPT_LEX_H
#define APP_SCRIPT_LEX_H

#include <stdbool.h>
#include <stddef.h>

typedef enum { TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_STRING, TOKEN_SIGN } TokenKind;

typedef struct {
    TokenKind   kind;
    const char *from;
    size_t      len;
    bool        plain; /* of a string: no escapes; from, len are its inside */
} Token;

typedef struct {
    const char *at, *end;
} Scan;

Token lex_next(Scan *s);
bool  lex_is(Token token, const char *text); /* a name, number or sign of that spelling */
bool  lex_is_sign(Token token, char sign);

#endif
