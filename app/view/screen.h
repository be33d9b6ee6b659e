/* screen.h - a session as a picture: layout for a size, then cells on a canvas.
 *
 *      screen_fit      where everything stands at this size; what the figures need (Measure)
 *      session_measure the session fills its grids for that
 *      screen_draw     from a const Session, onto the canvas
 *
 * A Screen owns the wrapped texts and keeps its memory from frame to frame. */
#ifndef APP_VIEW_SCREEN_H
#define APP_VIEW_SCREEN_H

#include "app/canvas/canvas.h"
#include "app/tutor/session.h"

typedef struct ScreenView ScreenView;

ScreenView *screen_new(void); /* NULL if memory runs out */
void        screen_free(ScreenView *v);
void        screen_fit(ScreenView *v, const Session *s, const Canvas *canvas, Measure *out);
void        screen_draw(ScreenView *v, const Session *s, Canvas *canvas);

#endif
