/* world.h - a small course and what stands around a session, for tests: it opens the one lesson and
 * deals its questions.
 *
 *      0 look    text, a figure with a slider, one reveal
 *      1 count   integer: |G_12| of window(w=4) | sink(s=2), tries 3 2 1
 *      2 kind    choice
 *      3 members indices: row 12, hidden
 *      4 masks   classify, three items with figures, shuffle required */
#ifndef TESTS_TUTOR_WORLD_H
#define TESTS_TUTOR_WORLD_H

#include "tests/tutor/build.h"

typedef struct {
    Session s;
    Lesson *lesson;
    Entry   last;   /* the last entry that went out, kinds only */
    int     saved;  /* entries that went out */
    bool    quit;
} World;

static inline Question *world_count(void)
{
    Figure *f = build_figure("window(w=4) | sink(s=2)", 16, NULL);
    f->row = 12;
    f->hide = HIDE_COUNTS;
    Question *q = build_integer("n = 16, causal, window w = 4, 2 sinks. How many keys are in G_i for i = 12?", f, 6);
    build_tries(q, 3, 2, 1);
    build_wrong(q, 5, "no-self", "A window of 4 contains the query's own key; you left it out.");
    build_wrong(q, 7, "fencepost", "Keys 8 to 12 are 5 keys; the window keeps the last 4.");
    q->wrong[1].has_keys = true;
    if (runs_add(&q->wrong[1].keys, 0, 2) != STATUS_OK || runs_add(&q->wrong[1].keys, 8, 13) != STATUS_OK) fail();
    build_hint(q, "Write the window as an interval of keys.");
    build_hint(q, "Now add the keys that are always kept.");
    return q;
}

static inline Question *world_kind(void)
{
    Question *q = build_question(QUESTION_CHOICE, "True or false: all sparse models find G by similar content?", NULL);
    build_option(q, "true", "True", "One counterexample is enough: shuffle the words under a window.", false);
    build_option(q, "false", "False", "A window never looks at content.", true);
    q->option[0].slip = text_copy("content-by-look");
    return q;
}

static inline Question *world_members(void)
{
    Figure *f = build_figure("fixed(l=4, c=1)", 16, NULL);
    f->row = 12;
    f->hide = HIDE_ROW;
    Question *q = build_question(QUESTION_INDICES, "Which keys does query 12 read?", f);
    q->set_n = 16;
    q->points = 3;
    if (runs_add(&q->set, 3, 4) != STATUS_OK || runs_add(&q->set, 7, 8) != STATUS_OK ||
        runs_add(&q->set, 11, 13) != STATUS_OK)
        fail();
    return q;
}

static inline Question *world_masks(void)
{
    static const char *const rules[] = {"window(w=4)", "topk(k=2)", "window(w=2) | topk(k=2)"};
    Question *q = build_question(QUESTION_CLASSIFY, "What decides each pattern?", NULL);
    build_option(q, "positional", "positional: where a key stands", "You dealt other words and some of G moved.", false);
    build_option(q, "content", "content: what the words are", "You dealt other words and G stayed.", false);
    build_option(q, "hybrid", "hybrid: a part each", "Is there a part that stays?", false);
    q->item = calloc(3, sizeof *q->item);
    q->items = 3;
    q->require = TOOL_SHUFFLE;
    for (int k = 0; k < 3; k++) {
        q->item[k].figure = build_figure(rules[k], 16, "");
        q->item[k].figure->tools = TOOL_SHUFFLE | TOOL_LONGER;
        q->item[k].figure->hide = HIDE_RULE;
        q->item[k].right = k;
    }
    return q;
}

static inline Question *world_deal(int page)
{
    Question *(*const deal[])(void) = {NULL, world_count, world_kind, world_members, world_masks};
    return deal[page]();
}

static inline Lesson *world_lesson(void)
{
    Figure *look = build_figure("window(w=4) | sink(s=2)", 16, "");
    build_slider(look, 0, "w", 1, 16, 4);
    build_compare(look);
    look->view = VIEW_WEIGHTS;
    look->row = 12;
    look->gauge[0] = GAUGE_COUNT;
    look->gauge[1] = GAUGE_TOTAL;
    look->gauge[2] = GAUGE_KEPT;
    look->gauges = 3;
    Page pages[] = {build_page("look", "## Who may a query look at?\n\nMove **w** with {press:less} and {press:more}.", look,
                               "Nothing outside the band was ever scored."),
                    build_ask("count", NULL), build_ask("kind", NULL), build_ask("members", NULL), build_ask("masks", NULL)};
    pages[1].deals = true;
    return build_lesson("sliding-window", "A window that slides", 5, pages);
}

static inline void world_serve(void *world)
{
    World *w = world;
    for (;;) {
        if (w->s.outgoing > 0) w->last.kind = w->s.outbox[w->s.outgoing - 1].kind;
        w->saved += w->s.outgoing;
        session_saved(&w->s);
        RequestKind kind = w->s.request.kind;
        if (kind == REQUEST_QUIT) w->quit = true;
        if (kind != REQUEST_OPEN && kind != REQUEST_DEAL) return;
        Request r = session_wants(&w->s);
        if (kind == REQUEST_OPEN) session_lesson(&w->s, w->lesson);
        else session_question(&w->s, world_deal(r.page));
    }
}

static inline void world_open(World *w)
{
    *w = (World){.lesson = world_lesson()};
    if (shelf_add(&w->s.shelf, "30-sliding-window.lua", "sliding-window", "A window that slides", 12, 5, 4, NULL) != STATUS_OK)
        fail();
    session_start(&w->s);
}

static inline void world_close(World *w)
{
    Lesson *lesson = w->lesson;
    session_done(&w->s);
    build_free(lesson);
}

static inline void world_do(World *w, Action a)
{
    session_apply(&w->s, a);
    world_serve(w);
}

static inline void world_kinds(World *w, ActionKind kind)
{
    world_do(w, action_make(kind));
}

static inline void world_type(World *w, const char *text)
{
    for (; *text; text++) world_do(w, (Action){.kind = ACTION_TYPE, .number = *text});
}

/* Opens the lesson at a page. */
static inline void world_go(World *w, int page)
{
    world_do(w, (Action){.kind = ACTION_OPEN, .number = 0, .other = page});
}

#endif
