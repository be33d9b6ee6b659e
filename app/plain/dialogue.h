/* dialogue.h - the line-based front end: the same session, told in sentences, append-only.
 *
 * No cursor motion, no escape sequence, no frame; one fact a line; a prompt ends in ": ". Standard
 * input at its end leaves as `quit` does. */
#ifndef APP_PLAIN_DIALOGUE_H
#define APP_PLAIN_DIALOGUE_H

#include "app/tutor/session.h"

typedef struct {
    Session *session;
    /* Reads one line without its LF; false at the end of the input. */
    bool (*read)(void *context, Text *line);
    /* Writes text; it is whole lines, or a prompt. */
    void (*write)(void *context, const char *text, size_t len);
    /* Fulfils what the session wants (session->request, outbox) until nothing is wanted. */
    void (*serve)(void *context);
    void *context;
    int   columns; /* 72 */
    bool  ascii;
} Dialogue;

/* Talks until quit or the end of input. */
void dialogue_run(Dialogue *d);

#endif
