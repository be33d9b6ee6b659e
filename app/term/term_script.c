#include "app/term/term.h"

#include "app/canvas/blit_plain.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    Term       term; /* first: a Term * is a Script * */
    int        columns, rows;
    TermScript script;
    int        next; /* event */
    char     **frame;
    int        frames, frame_cap;
    Canvas     last; /* cells of the last canvas shown */
    bool       shown;
} Script;

static Script *script_of(Term *t)
{
    return (Script *)t;
}

static void script_size(const Term *t, int *columns, int *rows)
{
    const Script *s = (const Script *)t;
    *columns = s->columns;
    *rows = s->rows;
}

static void keep_cells(Script *s, const Canvas *canvas)
{
    s->shown = canvas_size(&s->last, canvas->columns, canvas->rows);
    if (!s->shown) return;
    Cell *cell = s->last.cell;
    memcpy(cell, canvas->cell, (size_t)canvas->columns * (size_t)canvas->rows * sizeof *cell);
    s->last = *canvas;
    s->last.cell = cell;
}

static void script_show(Term *t, const Canvas *canvas, Theme theme)
{
    Script *s = script_of(t);
    Text    text = {0};
    (void)theme;
    keep_cells(s, canvas);
    if (s->frames == s->frame_cap) {
        int    cap = s->frame_cap ? s->frame_cap * 2 : 64;
        char **frame = realloc(s->frame, (size_t)cap * sizeof *frame);
        if (!frame) return;
        s->frame = frame;
        s->frame_cap = cap;
    }
    blit_plain(canvas, &text);
    char *frame = text_take(&text);
    if (frame) s->frame[s->frames++] = frame;
}

static void script_event(Term *t, int wait_ms, Event *out)
{
    Script *s = script_of(t);
    (void)wait_ms;
    *out = (Event){.kind = EVENT_END};
    if (s->next >= s->script.events) return;
    *out = s->script.event[s->next++];
    if (out->kind == EVENT_RESIZE) {
        s->columns = out->columns;
        s->rows = out->rows;
    }
}

static void script_redraw(Term *t)
{
    (void)t; /* every show is whole anyway */
}

static void script_paste(Term *t, bool on)
{
    (void)t;
    (void)on;
}

static void script_suspend(Term *t)
{
    (void)t;
}

static void script_close(Term *t)
{
    Script *s = script_of(t);
    for (int k = 0; k < s->frames; k++) free(s->frame[k]);
    free(s->frame);
    canvas_done(&s->last);
    free(s);
}

Term *term_script(int columns, int rows, Depth depth, bool ascii, TermScript script)
{
    Script *s = malloc(sizeof *s);
    if (!s) return NULL;
    *s = (Script){
        .term = {.size = script_size,
                 .show = script_show,
                 .event = script_event,
                 .redraw = script_redraw,
                 .paste = script_paste,
                 .suspend = script_suspend,
                 .close = script_close,
                 .depth = depth,
                 .ascii = ascii},
        .columns = columns,
        .rows = rows,
        .script = script,
    };
    return &s->term;
}

int term_script_frames(const Term *t)
{
    return ((const Script *)t)->frames;
}

const char *term_script_frame(const Term *t, int k)
{
    const Script *s = (const Script *)t;
    assert(k >= 0 && k < s->frames);
    return s->frame[k];
}

const Canvas *term_script_canvas(const Term *t)
{
    const Script *s = (const Script *)t;
    return s->shown ? &s->last : NULL;
}
