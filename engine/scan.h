/* scan.h - names, numbers and quoted text out of an expression; errors know the column. */
#ifndef ENGINE_SCAN_H
#define ENGINE_SCAN_H

#include "engine/recipe.h"

typedef struct {
    const char *text;
    size_t      len, at; /* at: bytes read so far */
    Why        *why;
} Scan;

/* The next byte after blanks, which are passed over; NUL at the end (and for a NUL byte). */
char scan_peek(Scan *s);
/* Passes over the byte c if it comes next. */
bool scan_take(Scan *s, char c);
int  scan_column(const Scan *s); /* from 1 */
/* What comes next, for a message: "x" in quotes, a whole UTF-8 character, or `the end`. */
const char *scan_shown(const Scan *s, char out[static 24]);

bool scan_name_begins(char c);
/* The name that begins here; its bytes stay in the text. */
size_t scan_name(Scan *s, const char **name);
bool   scan_number_begins(const Scan *s);
/* VALUE_INTEGER or VALUE_REAL. whole: a fraction or an exponent is not looked for. */
Status scan_number(Scan *s, bool whole, Value *out) MUST_USE;
/* Quoted text; the opening quote comes next. */
Status scan_quoted(Scan *s, Value *out) MUST_USE;

#endif
