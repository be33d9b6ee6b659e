/* talk.h - what the files of the line-based front end share: a conversation, what is said in it, and
 * where it stands. Nobody else includes it. */
#ifndef APP_PLAIN_TALK_H
#define APP_PLAIN_TALK_H

#include "app/plain/dialogue.h"
#include "app/plain/tell.h"

/* Where the learner stands: when it changes, the new place is told. */
typedef struct {
    Screen screen;
    int    open, page, variant, step, item;
} Place;

typedef struct {
    Dialogue *d;
    Session  *s;
    Text      out;  /* what is being said */
    Text      line; /* what was typed */
    Wrapped   room, lines;
    Place     told;
    bool      over;
} Talk;

void talk_put(Talk *t, const char *text, size_t len); /* as it is */
void talk_say(Talk *t);          /* what was gathered in out, line by line, wrapped */
void talk_say_as_is(Talk *t);    /* the same for lines that must stay as they are: a text matrix */
void talk_said(Talk *t, const char *sentence);
void talk_say_status(Talk *t);   /* the session's news, if there are any */
TellWidth talk_width(Talk *t);

Place talk_place(const Session *s);
void  talk_tell_place(Talk *t, int from); /* the page, from a reveal step on */
void  talk_tell_news(Talk *t);            /* what is new since the last place told */
/* One action on the session, what it wants fulfilled, what is new told. */
void talk_act(Talk *t, Action a);
void talk_act_kind(Talk *t, ActionKind kind);

/* Answers (dialogue.c) and commands (commands.c). */
void talk_submit(Talk *t);
bool talk_command(Talk *t, const char *line); /* false: the line is no command */
void talk_enter(Talk *t); /* the empty line: the obvious thing */

#endif
