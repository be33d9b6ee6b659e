/* bind.h - an expression of the command line, bound to tokens, background, words or matrices. */
#ifndef APP_CMD_BIND_H
#define APP_CMD_BIND_H

#include "app/cmd/matrices.h"

#include "engine/pattern.h"

/* Owns all of it; bind_close frees it. */
typedef struct {
    Recipe   recipe;
    char   **word; /* of a text, or those dealt for an example; words of them */
    int64_t  words;
    Matrices m; /* of --q and --k; n is 0 without */
    Problem  problem;
    Pattern *pattern;
    int64_t  n;
} Bind; /* {0} */

/* Parses the expression; a message shows it with a caret below the place. The exit status. */
int bind_parse(const CmdCall *call, const char *text, Recipe *out);
/* Says what is wrong with a text, with the text and a caret below the column; what: "expression". */
int bind_wrong(const CmdCall *call, const char *what, const char *text, Status status, const Why *why);
/* Binds out->recipe by --n, --bidirectional, and what gives tokens: a text, or --q and --k. n: without
 * any of them, 0: one must be there. dealt: content atoms without tokens read words that are dealt. The
 * exit status, after a message unless it is 0. */
int  bind_open(const CmdCall *call, const char *text, int64_t n, bool dealt, Bind *out);
void bind_close(Bind *b);
/* Makes the problem of what was given, whatever the pattern reads; without tokens there is none. */
int  bind_problem(const CmdCall *call, Bind *b);
/* --row or --column: -1 if not given; must lie in 0 .. n-1. */
bool bind_position(const CmdCall *call, const char *name, int64_t n, int64_t *out);
/* J:I, two positions in 0 .. n-1; -1 both if not given. */
bool bind_pair(const CmdCall *call, const char *name, int64_t n, int64_t *from, int64_t *to);

/* Grows to hold a string of the engine's snprintf-like makers. */
void bind_runs(const Runs *s, const char *between, Text *out);
void bind_json_runs(const Runs *s, Text *out); /* [[0,1],[9,12]], inclusive */
void bind_recipe(const Recipe *r, Text *out);
void bind_real(double value, Text *out); /* the fewest digits that read back */

#endif
