/* tell.h - pages, questions and verdicts of a session in sentences, for the line-based front end.
 * All add whole lines to out, not wrapped; texts of lessons are set at the given width. */
#ifndef APP_PLAIN_TELL_H
#define APP_PLAIN_TELL_H

#include "app/base/wrap.h"
#include "app/tutor/session.h"

typedef struct {
    int      columns;
    bool     ascii;
    Wrapped *room; /* lent, for setting text */
} TellWidth;

void tell_home(const Session *s, Text *out);
/* A page from the step after `from` up to the one reached (from 0: with its heading). */
void tell_page(const Session *s, int from, TellWidth width, Text *out);
void tell_ask(const Session *s, TellWidth width, Text *out);
void tell_item(const Session *s, Text *out);      /* the item on the screen, its figure, the options */
void tell_verdict(const Session *s, Text *out);   /* of the last submit, with the sentence and the working */
void tell_hint(const Session *s, TellWidth width, int k, Text *out);
void tell_contents(const Session *s, Text *out);  /* pages of the open lesson */
const char *tell_press(const char *action, const void *context); /* the command for an action (WrapKey) */

#endif
