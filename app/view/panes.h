/* panes.h - what each screen writes into its sheets. Nothing here knows where a sheet stands. */
#ifndef APP_VIEW_PANES_H
#define APP_VIEW_PANES_H

#include "app/view/frame.h"
#include "app/view/sheet.h"

/* How much of the figure's words a text pane carries: the first that fits is taken. */
typedef struct {
    int  log;   /* experiments */
    bool strip; /* the text strip */
} Extras;

void text_view(const Frame *f, const Canvas *canvas, Extras extras, Sheet *out); /* page */
void ask_view(const Frame *f, Extras extras, Sheet *out);                        /* question */
void controls_view(const Frame *f, const Canvas *canvas, Sheet *out); /* in turn: sliders, gauges, strip */
void home_view(const Frame *f, const Canvas *canvas, Sheet *out);
/* Help: its lines with a cursor are entries, legend and glossary, in this order. */
void help_view(const Frame *f, Sheet *out);
int  help_lines(const Session *s);

/* Read-outs, strips and legend about the figures of a page, or the panel of one that stands alone. */
void figure_view(const Frame *f, Canvas *canvas, Sheet sheet[3]);
/* From M up: the rows below the figures hold the text strip, which is left in scratch. */
bool figure_strip(const Frame *f, Sheet *scratch);
/* W: the strip over the full width. */
void wide_view(const Frame *f, Canvas *canvas, Sheet *sheet);

#endif
