/* utf8.h - text as people see it: runes, columns, clusters, and what must never reach a terminal.
 *
 * Columns are those of libc's wcwidth, as ncurses counts them; clusters are grapheme clusters
 * (utf8proc), one step of a cursor. */
#ifndef APP_BASE_UTF8_H
#define APP_BASE_UTF8_H

#include "app/base/text.h"

#include <stdint.h>

/* The first rune of len bytes (len > 0): its length in bytes; a byte that is not UTF-8 gives
 * length 1 and *rune = -1. */
size_t utf8_rune(const char *s, size_t len, int32_t *rune);
size_t utf8_put(int32_t rune, char out[4]); /* bytes written */

int    utf8_rune_columns(int32_t rune); /* 0, 1 or 2; 1 for what wcwidth does not know */
int    utf8_columns(const char *s, size_t len);
size_t utf8_cluster(const char *s, size_t len); /* bytes of the first grapheme cluster */
/* Bytes of the longest start of s, in whole clusters, that fits into `columns`. */
size_t utf8_fit(const char *s, size_t len, int columns);
bool   utf8_valid(const char *s, size_t len);

/* Adds s to out so that a terminal is safe from it: C0 and DEL as pictures (ASCII: ^[ forms), C1,
 * bidi and invisible controls as <U+202E>, bytes that are not UTF-8 as \xNN; U+200D inside an emoji
 * is kept. LF and tab pass if layout is true. ascii: runes past 126 become their nearest ASCII
 * spelling ("-", "<=", "->"), or <U+XXXX> where there is none. */
void utf8_clean(Text *out, const char *s, size_t len, bool layout, bool ascii);

/* Full-width forms become their ASCII twins, U+2212 and the en dash "-", the middle dot "*", the
 * empty set "{}", no-break and thin blanks stay: what people type, before it is parsed. */
void utf8_fold_typed(Text *out, const char *s, size_t len);

/* Adds string as JSON with its quotes: `"` `\\` and control characters escaped, nothing else; a byte
 * that is not UTF-8 becomes U+FFFD. */
void utf8_json(Text *out, const char *string);

#endif
