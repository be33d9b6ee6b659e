/* match.h - Lua's string patterns, matched so that every step is paid for.
 *
 * The language is that of the Lua manual, section 6.4.1: classes, sets, * + - ?, captures, %b, %f,
 * %1. Lua's own matcher can't be stopped, and a pattern as short as ("a-"):rep(20) .. "b" would run
 * for years; this one charges the lesson's budget a step a character it looks at. */
#ifndef APP_SCRIPT_MATCH_H
#define APP_SCRIPT_MATCH_H

#include <lua.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MATCH_CAPTURES = 32, MATCH_DEPTH = 180 };

typedef struct {
    const char *from;
    ptrdiff_t   len; /* MATCH_OPEN: not closed yet; MATCH_PLACE: a position */
} Capture;

enum { MATCH_OPEN = -1, MATCH_PLACE = -2 };

typedef struct {
    lua_State  *lua;
    const char *text, *text_end;
    const char *pattern_end;
    Capture     capture[MATCH_CAPTURES];
    int         captures;
    int         depth;
    int64_t     steps; /* not charged yet */
} Matcher;

/* Matches the pattern from `at` on; where the match ends, NULL if there is none. */
const char *match_from(Matcher *m, const char *at, const char *pattern);
/* Pushes capture k; without captures, k 0 is the whole match from .. to. */
void match_push(Matcher *m, int k, const char *from, const char *to);
/* Pushes all captures (or the whole match if whole and there are none); how many. */
int  match_push_all(Matcher *m, const char *from, const char *to, bool whole);
void match_charge(Matcher *m); /* pays what is open */

#endif
