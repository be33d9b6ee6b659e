/* frame.h - what every part of a picture is drawn from: the session, and what the screen can show. */
#ifndef APP_VIEW_FRAME_H
#define APP_VIEW_FRAME_H

#include "app/canvas/canvas.h"
#include "app/tutor/session.h"
#include "app/view/layout.h"
#include "app/view/links.h"
#include "app/view/prose.h"

typedef struct {
    const Session *session;
    const Lab     *lab; /* the figure on the screen; NULL: none */
    const Layout  *layout;
    Prose         *prose;
    Text          *scratch; /* for one label at a time */
    Links          links;
    bool           ramp;  /* 256 colours: values are colours, else digits */
    bool           ascii;
} Frame;

/* Cells have values of their own: weights, or what view column tells apart. */
static inline bool frame_ramp(const Lab *lab)
{
    return lab_weighs(lab) || lab->view == VIEW_COLUMN;
}

#endif
