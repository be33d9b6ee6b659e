/* output.h - a file that a verb makes: written beside its place, then put there whole.
 *
 * Nobody ever sees half of it, and what stands there with other content stays unless it may be
 * replaced. */
#ifndef APP_STORE_OUTPUT_H
#define APP_STORE_OUTPUT_H

#include "app/base/text.h"

#include "engine/status.h"

typedef struct {
    char *path, *beside; /* owned */
    int   fd;            /* -1: none */
    int   error;         /* errno of the first write that failed */
    bool  replace;
} Output; /* {.fd = -1} */

/* STATUS_WRITE if no file can be made there; why names it. */
Status output_open(const char *path, bool replace, Output *out, Why *why) MUST_USE;
/* Writes and empties the text; a failure is kept for output_keep. */
void output_text(Output *o, Text *text);
/* fsync and rename. STATUS_WRITE if it could not be written, or would take the place of a file with
 * other content. */
Status output_keep(Output *o, Why *why) MUST_USE;
/* Takes away what was not kept. */
void output_done(Output *o);
/* Those still open, for a signal handler: unlinks what was begun. */
void output_forget(void);

#endif
