/* number.h - numbers as people type them.
 *
 *   number  := sum [unit]                      sum    := product { ("+"|"-") product }
 *   product := signed { ("*"|"x-sign"|"/") signed }   signed := ["+"|"-"] power
 *   power   := atom [ "^" signed ]             atom   := digits | name | "(" sum ")"
 *   digits  := (grouped [ "." [figures] ] | "." figures) [ ("e"|"E") ["+"|"-"] figures ] [ scale ]
 *   grouped := figures | 1-3 figures { sep 3 figures }
 *   sep     := one of , _ ' and the blanks, the same throughout
 *   scale   := k M G T | Ki Mi Gi Ti | %
 *
 * Fractions stay exact as long as numerator and denominator fit into 63 bits. */
#ifndef APP_BASE_NUMBER_H
#define APP_BASE_NUMBER_H

#include "app/base/text.h"

#include <stdint.h>

typedef struct {
    bool    exact;       /* top / bottom is the value */
    int64_t top, bottom; /* bottom > 0, lowest terms */
    double  value;
} Number;

typedef struct {
    const char *name;
    double      value;
} NumberName;

typedef struct {
    bool        whole;      /* asks for one whole number: a bare 9-12 is a range, 32.5 is refused */
    bool        comma;      /* 1,5 is 1.5 and . groups */
    const char *unit;       /* the question's; NULL: none */
    const NumberName *name; /* letters that may be typed */
    int               names;
} NumberRules;

/* Without a unit the question's is meant. B KB MB GB TB KiB MiB GiB TiB, s ms us, FLOP ... PFLOP
 * convert within their kind; 61 % is 61 where the unit is %, else 0.61.
 * typed is raw: utf8_fold_typed is applied here. echo gets what was read, "2,080" or, of a formula,
 * "2,080   (64*65/2)", with the question's unit: "16 GiB   (16384 MiB)". Numbers that are not whole
 * show at most 15 figures, those of formulas 10.
 * false: it can't be read, and why gets one sentence that says what was expected. */
bool number_parse(const char *typed, const NumberRules *rules, Number *out, Text *echo, Text *why);
Number number_whole(int64_t value);
Number number_real(double value);
/* -1, 0, 1; exact where both are. */
int number_compare(const Number *a, const Number *b);

#endif
