#include "app/plain/dialogue.h"

#include "app/plain/talk.h"

#include <stdlib.h>
#include <string.h>

/* ---- answers ----------------------------------------------------------------------------- */

static void say_read(Talk *t)
{
    text_format(&t->out, "Read as %s. Empty line submits.\n", text_string(&t->s->player.echo));
    talk_say(t);
}

static void say_unread(Talk *t, const char *why)
{
    size_t len = strlen(why);
    text_format(&t->out, "%s%s No try was used.\n", why, len > 0 && why[len - 1] == '.' ? "" : ".");
    talk_say(t);
}

/* Checks a draft without submitting it. */
static void check_draft(Talk *t)
{
    Player *p = &t->s->player;
    Reading reading = {0};
    Text    echo = {0};
    Why     why = {0};
    if (answer_read(&p->answer, p->question, p->comma, &reading, &echo, &why) == STATUS_OK) say_read(t);
    else say_unread(t, why.what);
    reading_done(&reading);
    text_done(&echo);
}

/* Several numbers stand in one line, blanks or commas with a blank between them. */
static void type_boxes(Talk *t, const char *typed)
{
    const Player *p = &t->s->player;
    for (int box = 0; box < p->answer.boxes; box++) {
        typed += strspn(typed, " \t;");
        size_t len = box + 1 == p->answer.boxes ? strlen(typed) : strcspn(typed, " \t;");
        Text   one = {0};
        text_add_bytes(&one, typed, len > 0 && typed[len - 1] == ',' ? len - 1 : len);
        session_apply(t->s, (Action){.kind = ACTION_ANSWER, .text = text_string(&one), .other = box});
        text_done(&one);
        typed += len;
    }
}

static int option_typed(const Question *q, const char *typed)
{
    char *end;
    long  number = strtol(typed, &end, 10);
    if (*end == '\0' && number >= 1 && number <= q->options) return (int)number;
    for (int k = 0; k < q->options; k++)
        if (strcmp(q->option[q->order[k]].id, typed) == 0) return k + 1;
    return 0;
}

static void type_option(Talk *t, const char *typed)
{
    Player *p = &t->s->player;
    int     place = option_typed(p->question, typed);
    if (place == 0) {
        text_format(&t->out, "can't read \"%s\": type the number of an option, 1 to %d", typed, p->question->options);
        Text why = t->out;
        t->out = (Text){0};
        say_unread(t, text_string(&why));
        text_done(&why);
        return;
    }
    session_apply(t->s, (Action){.kind = ACTION_CHOOSE, .number = place});
    t->d->serve(t->d->context);
    text_format(&t->out, "Read as %d, %s. Empty line %s.\n", place, p->question->option[p->answer.pick[p->item]].id,
                p->answer.picks > 1 ? "goes on" : "submits");
    talk_say(t);
}

static void type_answer(Talk *t, const char *typed)
{
    Player *p = &t->s->player;
    if (p->answer.boxes == 0) {
        type_option(t, typed);
        return;
    }
    if (p->answer.boxes > 1) type_boxes(t, typed);
    else session_apply(t->s, (Action){.kind = ACTION_ANSWER, .text = typed});
    t->d->serve(t->d->context);
    talk_say_status(t);
    check_draft(t);
}

void talk_submit(Talk *t)
{
    Player *p = &t->s->player;
    int     tries = p->tries, page = p->page;
    if (session_answers(t->s) && answer_empty(&p->answer, p->question)) {
        talk_said(t, "Type an answer first, or next to go on without one.");
        return;
    }
    if (session_answers(t->s) && p->stale) {
        talk_said(t, "That answer was graded already; type another one, or next to go on.");
        return;
    }
    session_apply(t->s, action_make(ACTION_SUBMIT));
    t->d->serve(t->d->context);
    if (p->page == page && p->tries > tries) {
        tell_verdict(t->s, &t->out);
        talk_say(t);
        t->told = talk_place(t->s);
    } else if (p->unread.len > 0) say_unread(t, text_string(&p->unread));
    talk_tell_news(t);
}

/* ---- lines ------------------------------------------------------------------------------- */

static void not_a_command(Talk *t, const char *line)
{
    char *end;
    long  number = strtol(line, &end, 10);
    if (t->s->screen == SCREEN_HOME && *end == '\0' && number >= 1 && number <= t->s->shelf.lessons) {
        talk_act(t, (Action){.kind = ACTION_OPEN, .number = number - 1, .other = -1});
        return;
    }
    text_format(&t->out, "No command \"%s\" here; help lists those that work.\n", line);
    talk_say(t);
}

static void take_line(Talk *t, char *line)
{
    line += strspn(line, " \t");
    size_t len = strlen(line);
    while (len > 0 && (line[len - 1] == ' ' || line[len - 1] == '\t')) line[--len] = '\0';
    if (len == 0) talk_enter(t);
    else if (line[0] == '=' && session_answers(t->s)) type_answer(t, line + 1 + strspn(line + 1, " \t"));
    else if (talk_command(t, line)) return;
    else if (session_answers(t->s)) type_answer(t, line);
    else not_a_command(t, line);
}

static const char *prompt_of(const Session *s)
{
    if (s->screen == SCREEN_HOME) return "Lesson, or help: ";
    return session_answers(s) ? "Answer, or help: " : "Next, or help: ";
}

void dialogue_run(Dialogue *d)
{
    Talk t = {.d = d, .s = d->session};
    t.told.open = -2;
    talk_say_status(&t);
    talk_tell_place(&t, 0);
    while (!t.over) {
        const char *prompt = prompt_of(t.s);
        talk_put(&t, prompt, strlen(prompt));
        if (!d->read(d->context, &t.line)) {
            talk_put(&t, "\n", 1);
            break;
        }
        Text line = {0};
        text_add(&line, text_string(&t.line)); /* up to a NUL that was typed */
        char *own = text_take(&line);
        if (own) take_line(&t, own);
        free(own);
    }
    session_save_place(t.s);
    d->serve(d->context);
    bool saved = !t.s->status_stays; /* what stays is that nothing can be saved */
    talk_say_status(&t);
    talk_said(&t, saved ? "Saved. Continue with: attend" : "Nothing more was saved.");
    text_done(&t.out);
    text_done(&t.line);
    wrap_done(&t.room);
    wrap_done(&t.lines);
}
