/* words.h - the words a figure is dealt, and how a text is cut into tokens.
 *
 * The word at place t of deal k is a pure function of (content, k, t): the same figure deals the same
 * words on every run, and a longer text begins with the shorter one. Deal 0 of a given text is that
 * text; every other deal keeps the lengths of its words. */
#ifndef APP_TUTOR_WORDS_H
#define APP_TUTOR_WORDS_H

#include "app/tutor/figure.h"

/* Tokens of a text: split at blanks, punctuation at a word's end by itself. *out gets `*n` strings,
 * owned by the caller (words_free). */
Status words_split(const char *text, char ***out, int64_t *n) MUST_USE;

/* The n words of a deal. */
Status words_deal(const Content *content, uint64_t deal, int64_t n, char ***out) MUST_USE;

void words_free(char **word, int64_t n);

#endif
