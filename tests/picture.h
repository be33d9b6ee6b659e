/* picture.h - patterns as text, for tests: a row has '#' where the key is in the set, '.' where it
 * is not, and ends where the background does.
 *
 *      #        window(w=2), n = 4, causal
 *      ##
 *      .##
 *      ..##
 */
#ifndef TESTS_PICTURE_H
#define TESTS_PICTURE_H

#include "engine/pattern.h"

/* Parses and binds; a test that can't is over: the reason is printed and the program ends. */
Pattern *picture_bind(const char *expression, int64_t n, Background background,
                      const Problem *content);
Recipe   picture_recipe(const char *expression);

/* n lines, each closed by a line feed. The caller frees the text. */
char *picture_of(const Pattern *p);

/* The set that one line draws: "#..##" is {0, 3, 4}. Added to out, which is empty at first. */
void picture_runs(const char *line, Runs *out);

#endif
