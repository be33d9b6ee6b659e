/* number_read.h - the letters of a typed number: blanks, figures, words, and one refusal.
 *
 *   NumberReader r over "1,048 + n"   read_digits -> 1048, skip_blanks, read_word -> "n"
 *
 * The first refusal counts; after it every function returns false. The reader borrows what it
 * holds. */
#ifndef APP_BASE_NUMBER_READ_H
#define APP_BASE_NUMBER_READ_H

#include "app/base/number.h"

#include <stddef.h>

typedef struct {
    const NumberRules *rules;
    const char        *typed; /* folded, closed by NUL */
    size_t             at;
    Text              *why;
    bool               refused;
    bool               formula; /* more was typed than figures, point and groups */
    int                operators, depth;
    int                digits; /* how many figures-atoms, and the first two of them */
    Number             digit[2];
    bool               only_digits; /* no name, bracket, scale or exponent anywhere */
} NumberReader;

/* `can't read "12-": DETAIL`; returns false. */
bool read_refuse(NumberReader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A sentence of its own; returns false. */
bool   read_say(NumberReader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
size_t blank_length(const char *s); /* bytes of the blank there, 0 if there is none */
bool   is_figure(char c);
void   skip_blanks(NumberReader *r);
size_t letters_length(const char *s); /* bytes of the word of letters (and micro signs) there */
size_t word_length(const char *s);    /* the same with figures and _ behind the first letter */
const NumberName *read_name(const NumberReader *r, const char *word, size_t len); /* NULL: none */
bool              at_times_letter(const NumberReader *r); /* the x of 1.2x10^4 */
bool              at_superscript(const NumberReader *r);
/* digits of the grammar, with its scale. */
bool read_digits(NumberReader *r, Number *out);

#endif
