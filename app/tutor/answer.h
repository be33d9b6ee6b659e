/* answer.h - what a learner typed, painted or picked, and what is read from it.
 *
 * An unreadable answer costs no try: answer_read then gives one sentence that says what was
 * expected. Index sets: runs `0-3`, `0..3`, `0 to 3` and single keys, separated by commas, blanks or
 * semicolons, in any order; `{}` is empty; a copied `G_12 = {0-1, 9-12}` and `12: 0-1 9-12` too. */
#ifndef APP_TUTOR_ANSWER_H
#define APP_TUTOR_ANSWER_H

#include "app/tutor/field.h"
#include "app/tutor/question.h"

typedef struct {
    Field box[QUESTION_BOXES]; /* typed kinds */
    int   boxes;
    int   pick[QUESTION_ITEMS]; /* choice, classify: index of the option, -1: none yet */
    int   picks;
} Answer;

typedef struct {
    Number number[QUESTION_BOXES];
    Runs   set;
} Reading; /* {0}; reading_done frees it */

void answer_start(Answer *a, const Question *q); /* empty boxes and picks for that question */
void answer_done(Answer *a);
bool answer_empty(const Answer *a, const Question *q);

/* Reads all boxes or picks. echo: "2,080   (64*65/2)" or "0-1, 9-12"; for picks the option's text.
 * comma: decimals as in 1,5. STATUS_SYNTAX or STATUS_RANGE with the sentence in why. */
Status answer_read(const Answer *a, const Question *q, bool comma, Reading *out, Text *echo, Why *why) MUST_USE;
void   reading_done(Reading *r);

/* An index set as typed; n: keys are 0 .. n-1. double_key: a key stood twice, -1 if none. */
Status answer_read_set(const char *typed, int64_t n, Runs *out, int64_t *double_key, Why *why) MUST_USE;

#endif
