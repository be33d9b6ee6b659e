/* session_inner.h - what the files of the session share: nobody else includes it. */
#ifndef APP_TUTOR_SESSION_INNER_H
#define APP_TUTOR_SESSION_INNER_H

#include "app/tutor/session.h"

/* Entries: made, folded and put into the outbox. */
Entry session_entry(const Session *s, EntryKind kind); /* of the open page */
void  session_emit(Session *s, Entry e);
const char *session_hold(Session *s, const char *string); /* a copy that lives until session_saved */

void session_go(Session *s, int page);  /* to a page of the open lesson */
void session_go_on(Session *s);         /* to the next page, or the end of the lesson */
void session_on_page(Session *s, Action a); /* an action of a page or a question */
void session_default_focus(Session *s);

/* Actions of an Ask; false: not one of them here. */
bool session_ask(Session *s, Action a);
/* The painted row has changed: the field says the same. */
void session_painted(Session *s);

/* Focus and figure. */
bool session_has_focus(const Session *s, Focus f); /* there is such a thing here */
bool session_in_figure(const Session *s);
void session_pane(Session *s, int by);
void session_scroll(Session *s, int by);
void session_arrows(Session *s, ActionKind kind);
bool session_figure(Session *s, Action a); /* false: not an action of a figure */
/* Before a change: what it is going to be taken back to (session_undo.c). */
void session_remember_slider(Session *s, int slider, double was);
void session_remember_box(Session *s);  /* the box that has the cursor */
void session_remember_pick(Session *s); /* the item on the screen */
void session_forget_drafts(Session *s);
void session_undo(Session *s, bool again);
void session_item(Session *s, int item); /* a question with several: that one on the screen */
void session_step(int *at, int by, int count); /* at += by, inside 0 .. count-1 */

#endif
