/* bind.h - an expression of the command line, bound to tokens, background and words. */
#ifndef APP_CMD_BIND_H
#define APP_CMD_BIND_H

#include "app/cmd/cmd.h"

#include "engine/pattern.h"

/* Owns all of it; bind_close frees it. */
typedef struct {
    Recipe   recipe;
    char   **word; /* --text, or those dealt for an example; words of them */
    int64_t  words;
    Problem  problem;
    Pattern *pattern;
    int64_t  n;
} Bind; /* {0} */

/* Parses the expression; a message shows it with a caret below the place. The exit status. */
int bind_parse(const CmdCall *call, const char *text, Recipe *out);
/* Binds out->recipe by --n, --bidirectional, --text. n: without --n and --text, 0: they must be
 * there. dealt: content atoms without --text read words that are dealt. The exit status, after a
 * message unless it is 0. */
int  bind_open(const CmdCall *call, const char *text, int64_t n, bool dealt, Bind *out);
void bind_close(Bind *b);
/* --row or --column: -1 if not given; must lie in 0 .. n-1. */
bool bind_position(const CmdCall *call, const char *name, int64_t n, int64_t *out);

/* Grows to hold a string of the engine's snprintf-like makers. */
void bind_runs(const Runs *s, const char *between, Text *out);
void bind_recipe(const Recipe *r, Text *out);
void bind_real(double value, Text *out); /* the fewest digits that read back */

#endif
