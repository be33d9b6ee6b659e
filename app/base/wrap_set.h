/* wrap_set.h - words set in lines: the lower half of wrap.
 *
 * A run is one span, cleaned. set_runs takes all runs and fills lines with their words, from the
 * current line on. */
#ifndef APP_BASE_WRAP_SET_H
#define APP_BASE_WRAP_SET_H

#include "app/base/wrap.h"

#include <stddef.h>

typedef struct {
    Wrapped    *out;
    int         columns, indent; /* of the lines to come */
    int         used;            /* columns of the current line */
    int         last_run;        /* the run its last piece came from, -1: none */
    bool        ascii, heading;
    WrapKey     key;
    const void *context;
} Setter;

void set_line(Setter *s, int indent); /* begins a line */
void set_blanks(Setter *s, int columns);
void set_run(Setter *s, SpanKind kind, unsigned style,
             size_t from); /* Wrapped.text from there on */
void set_text_run(Setter *s, unsigned style, const char *text, size_t len);
void set_span_run(Setter *s, const Span *span, unsigned more_style);
void set_fragment(Setter *s, int run, size_t from, size_t len); /* as it is, on the current line */
void set_runs(Setter *s);                                       /* all runs, broken at word ends */
void set_cut(Setter *s); /* the first run, blanks and all, broken where a line is full */

#endif
