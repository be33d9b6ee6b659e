#include "app/cmd/play.h"

#include "app/plain/dialogue.h"

#include <string.h>

enum { LINES = 20000, COLUMNS = 72 }; /* lines that no lesson needs */

typedef struct {
    Loop  *loop;
    Text   next; /* lines to be typed */
    size_t at;
    int    lines;
} Play;

static void add_number(const Number *n, Text *out)
{
    if (n->exact && n->bottom == 1)
        text_format(out, "%lld", (long long)n->top);
    else if (n->exact)
        text_format(out, "%lld/%lld", (long long)n->top, (long long)n->bottom);
    else
        text_format(out, "%.15g", n->value);
}

static void add_set(const Runs *s, Text *out)
{
    if (s->len == 0) text_add(out, "{}");
    for (int k = 0; k < s->len; k++)
        text_format(out, "%s%lld-%lld", k ? ", " : "", (long long)s->run[k].lo,
                    (long long)s->run[k].hi - 1);
}

static int right_place(const Question *q, int item)
{
    for (int k = 0; k < q->options; k++)
        if (q->order[k] == question_right_option(q, item)) return k + 1;
    return 1;
}

/* The lines that answer the question on the screen: tools it requires, the answer, an empty line. */
static void answer(const Player *p, Text *out)
{
    const Question *q = p->question;
    for (int k = 0; k < p->answer.picks; k++) {
        if (q->require & TOOL_SHUFFLE) text_add(out, "shuffle\n");
        if (q->require & TOOL_LONGER) text_add(out, "longer\n");
        text_format(out, "%d\n\n", right_place(q, k));
    }
    if (p->answer.boxes > 0 && q->require & TOOL_SHUFFLE) text_add(out, "shuffle\n");
    if (p->answer.boxes > 0 && q->require & TOOL_LONGER) text_add(out, "longer\n");
    for (int box = 0; box < p->answer.boxes; box++) {
        text_add(out, box == 0 ? "= " : "; ");
        if (q->kind == QUESTION_INDICES)
            add_set(&q->set, out);
        else
            add_number(&q->right[box], out);
    }
    if (p->answer.boxes > 0) text_add(out, "\n\n");
}

static bool read_line(void *context, Text *line)
{
    Play          *t = context;
    const Session *s = &t->loop->session;
    if (++t->lines > LINES || (s->screen == SCREEN_HOME && t->lines > 1) || s->player.problem[0])
        return false;
    if (text_string(&t->next)[t->at] == '\0') {
        text_clear(&t->next);
        t->at = 0;
        if (session_answers(s))
            answer(&s->player, &t->next);
        else
            text_add(&t->next, "\n");
    }
    if (t->next.broken) return false;
    size_t len = strcspn(t->next.at + t->at, "\n");
    text_clear(line);
    text_add_bytes(line, t->next.at + t->at, len);
    t->at += len + 1;
    return true;
}

static void write_text(void *context, const char *text, size_t len)
{
    (void)context;
    (void)text;
    (void)len;
}

static void serve(void *context)
{
    loop_serve(((Play *)context)->loop);
}

bool play_plain(Loop *loop, int lesson, Why *why)
{
    Session *s = &loop->session;
    Play     play = {.loop = loop};
    Dialogue d = {.session = s,
                  .read = read_line,
                  .write = write_text,
                  .serve = serve,
                  .context = &play,
                  .columns = COLUMNS};
    session_apply(s, (Action){.kind = ACTION_OPEN, .number = lesson, .other = 0});
    loop_serve(loop);
    if (s->screen != SCREEN_HOME) dialogue_run(&d);
    text_done(&play.next);
    if (s->screen == SCREEN_HOME && shelf_mark(&s->shelf, lesson, &s->progress).mark == '+')
        return true;
    const char *page = s->screen != SCREEN_HOME && s->lesson ? player_at(&s->player)->id : "";
    const char *problem = s->player.problem[0] ? s->player.problem
                          : s->status[0]       ? s->status
                                               : "its end is not reached with right answers";
    why_say(why, STATUS_LESSON, 0, "plain mode: %s%s%s", page, page[0] ? ": " : "", problem);
    return false;
}
