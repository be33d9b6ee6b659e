/* grade.h - a verdict on a reading: right, a named slip, a nudge, or the rule of the row.
 *
 * Order: the right answer; the first wrong row that equals the reading; a general nudge (off by one,
 * the total instead of one row, the count of a neighbouring row, another quantity of the figure);
 * else the rule. Nothing here shows the right answer while tries are left. */
#ifndef APP_TUTOR_GRADE_H
#define APP_TUTOR_GRADE_H

#include "app/base/text.h"
#include "app/tutor/answer.h"
#include "app/tutor/lab.h"

typedef struct {
    bool   right;
    double credit;      /* 0 .. 1; 1 when right */
    bool   partly;      /* a computed share: 5 of 6 keys, 1 surplus */
    char   slip[65];    /* "" if none */
    Text   sentence;    /* why it is right, or what went wrong */
    Runs   missed, surplus; /* keys to mark in the row, may be empty */
    bool   marks;
    int    item;        /* classify with several items: the first that is not right, else 0 */
    bool   item_right[QUESTION_ITEMS];
} Verdict; /* {0}; verdict_done frees it */

void   verdict_done(Verdict *v);
/* lab: the question's figure, NULL without one; the neighbours of a count come from it. answer: the
 * picks; reading: numbers and sets. */
Status grade(const Question *q, const Answer *answer, const Reading *reading, const Lab *lab, Verdict *out) MUST_USE;

/* The right answer with its working, for after the last try: the lesson's `explain`, or made from
 * the rule: "G_12 = {0-1, 9-12}. 2 + 4 = 6 of 13 keys, 7 skipped." Adds to out. */
void grade_working(const Question *q, const Lab *lab, Text *out);
/* "5 of 6 keys, 1 surplus". Adds to out. */
void grade_share(const Question *q, const Reading *reading, Text *out);

#endif
