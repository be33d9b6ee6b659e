/* marks.h - how far a lesson is, in the words that list and status share. */
#ifndef APP_CMD_MARKS_H
#define APP_CMD_MARKS_H

#include "app/cmd/front.h"

const char *mark_word(char mark); /* new, started, done, skipped, broken */
/* One JSON object of lesson k: id, title, minutes, state, questions, done, skipped, points, page. */
void mark_json(const Session *s, int k, Text *out);
/* Points earned of all that were to be had, over the pages of a lesson that were tried. */
void mark_points(const Progress *p, const char *lesson, double *points, double *max);

#endif
