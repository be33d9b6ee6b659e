/* talk.c - saying things line by line, and telling a place when it is new. */
#include "app/plain/talk.h"

#include "app/base/utf8.h"

#include <string.h>

/* ---- saying ------------------------------------------------------------------------------ */

void talk_put(Talk *t, const char *text, size_t len)
{
    t->d->write(t->d->context, text, len);
}

/* Writes out what was gathered, line by line, wrapped. */
void talk_say(Talk *t)
{
    const char *s = text_string(&t->out);
    while (*s) {
        size_t len = strcspn(s, "\n");
        Text   line = {0};
        text_add_bytes(&line, s, len);
        wrap_plain(&t->lines, text_string(&line), t->d->columns, t->d->ascii);
        for (int k = 0; k < t->lines.lines; k++) {
            for (int p = 0; p < t->lines.line[k].pieces; p++) {
                const WrapPiece *piece = &t->lines.piece[t->lines.line[k].piece + p];
                talk_put(t, text_string(&t->lines.text) + piece->from, piece->len);
            }
            talk_put(t, "\n", 1);
        }
        if (t->lines.lines == 0) talk_put(t, "\n", 1);
        text_done(&line);
        s += len + (s[len] == '\n');
    }
    text_clear(&t->out);
}

/* The same for lines that must stay as they are: a text matrix. */
void talk_say_as_is(Talk *t)
{
    Text clean = {0};
    utf8_clean(&clean, text_string(&t->out), t->out.len, true, t->d->ascii);
    talk_put(t, text_string(&clean), clean.len);
    text_done(&clean);
    text_clear(&t->out);
}

void talk_said(Talk *t, const char *sentence)
{
    text_add(&t->out, sentence);
    text_add(&t->out, "\n");
    talk_say(t);
}

void talk_say_status(Talk *t)
{
    if (t->s->status[0] == '\0') return;
    text_format(&t->out, "%s\n", t->s->status);
    t->s->status[0] = '\0';
    talk_say(t);
}

TellWidth talk_width(Talk *t)
{
    return (TellWidth){t->d->columns, t->d->ascii, &t->room};
}

/* ---- places ------------------------------------------------------------------------------ */

Place talk_place(const Session *s)
{
    return (Place){s->screen, s->open, s->player.page, s->player.variant, s->player.step, s->player.item};
}

static bool same_page(const Place *a, const Place *b)
{
    return a->screen == b->screen && a->open == b->open && a->page == b->page && a->variant == b->variant;
}

void talk_tell_place(Talk *t, int from)
{
    switch (t->s->screen) {
    case SCREEN_HOME:
        tell_home(t->s, &t->out);
        break;
    case SCREEN_PAGE:
        tell_page(t->s, from, talk_width(t), &t->out);
        break;
    case SCREEN_ASK:
        tell_ask(t->s, talk_width(t), &t->out);
        break;
    }
    t->told = talk_place(t->s);
    talk_say(t);
}

/* Tells what is new since the last place told. */
void talk_tell_news(Talk *t)
{
    Place now = talk_place(t->s);
    talk_say_status(t);
    if (!same_page(&now, &t->told)) talk_tell_place(t, 0);
    else if (now.step > t->told.step) talk_tell_place(t, t->told.step);
    else if (now.item != t->told.item) {
        tell_item(t->s, &t->out);
        talk_say(t);
    }
    t->told = now;
}

/* One action on the session, what it wants fulfilled, what is new told. */
void talk_act(Talk *t, Action a)
{
    session_apply(t->s, a);
    if (t->s->request.kind == REQUEST_QUIT) t->over = true;
    t->d->serve(t->d->context);
    talk_tell_news(t);
}

void talk_act_kind(Talk *t, ActionKind kind)
{
    talk_act(t, action_make(kind));
}
