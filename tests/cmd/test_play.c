/* The lessons that ship, played from start to end with the keys of the curses front end and with the
 * lines of plain mode: every page, every question answered right, the lesson marked as done. */
#include "app/loop.h"
#include "app/plain/dialogue.h"
#include "app/view/screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { LONG_ENOUGH = 2000 }; /* steps no lesson needs */

static void open_course(Loop *l)
{
    LoopOptions options = {.path = "lessons", .program = "build/attend"};
    Why         why = {0};
    if (loop_open(l, &options, &why) != STATUS_OK) fail_msg("%s", why.what);
}

/* ---- the right answer, as it is typed ----------------------------------------------------- */

static void add_number(const Number *n, Text *out)
{
    if (n->exact && n->bottom == 1) text_format(out, "%lld", (long long)n->top);
    else if (n->exact) text_format(out, "%lld/%lld", (long long)n->top, (long long)n->bottom);
    else text_format(out, "%.12g", n->value);
}

static void add_box(const Question *q, int box, Text *out)
{
    char line[4000];
    if (q->kind != QUESTION_INDICES) {
        add_number(&q->right[box], out);
        return;
    }
    assert_true(runs_print(&q->set, ", ", line, sizeof line) < sizeof line);
    text_add(out, line[0] ? line : "{}");
}

/* The number on the screen of the right option of an item. */
static int right_place(const Question *q, int item)
{
    for (int k = 0; k < q->options; k++)
        if (q->order[k] == question_right_option(q, item)) return k + 1;
    fail_msg("no right option");
    return 0;
}

/* ---- curses ------------------------------------------------------------------------------ */

typedef struct {
    Loop        loop;
    Term       *term;
    Canvas      canvas;
    ScreenView *view;
} Room;

static void frame(Room *r)
{
    assert_int_equal(loop_frame(&r->loop, r->view, &r->canvas, r->term), STATUS_OK);
}

static void press(Room *r, Key key)
{
    int   status;
    Event event = {.kind = EVENT_KEY, .key = key};
    assert_true(loop_event(&r->loop, r->term, &event, &status));
    frame(r);
}

static void type(Room *r, const char *text)
{
    for (; *text; text++) press(r, (Key)*text);
}

static void answer_boxes(Room *r, const Player *p)
{
    for (int box = 0; box < p->answer.boxes; box++) {
        Text t = {0};
        add_box(p->question, box, &t);
        if (box > 0) press(r, KEY_DOWN_);
        type(r, text_string(&t));
        text_done(&t);
    }
    press(r, KEY_ENTER_);
}

static void answer_picks(Room *r, const Player *p)
{
    bool shuffles = (p->question->require & TOOL_SHUFFLE) != 0, longer = (p->question->require & TOOL_LONGER) != 0;
    int  picks = p->answer.picks;
    for (int k = 0; k < picks; k++) {
        assert_int_equal(p->item, k);
        if (shuffles) press(r, 's');
        if (longer) press(r, ']');
        press(r, (Key)('0' + right_place(p->question, k)));
        press(r, KEY_ENTER_);
    }
}

static void answer_right(Room *r)
{
    const Player *p = &r->loop.session.player;
    char          page[65];
    snprintf(page, sizeof page, "%s", player_at(p)->id);
    if (p->answer.boxes > 0) answer_boxes(r, p);
    else answer_picks(r, p);
    if (p->state != ASK_RIGHT)
        fail_msg("%s: the right answer was not taken: %s%s", page, text_string(&p->unread), text_string(&p->verdict.sentence));
}

static void play_lesson(Room *r, int lesson, int columns, int rows)
{
    Session *s = &r->loop.session;
    session_apply(s, (Action){.kind = ACTION_OPEN, .number = lesson, .other = 0});
    loop_serve(&r->loop);
    frame(r);
    for (int k = 0; s->screen != SCREEN_HOME; k++) {
        if (k > LONG_ENOUGH) fail_msg("%s has no end at %d x %d", s->shelf.lesson[lesson].id, columns, rows);
        if (s->player.problem[0]) fail_msg("%s", s->player.problem);
        if (s->screen == SCREEN_ASK && s->player.state == ASK_OPEN) answer_right(r);
        press(r, s->screen == SCREEN_ASK ? KEY_ENTER_ : ' ');
    }
    assert_int_equal(shelf_mark(&s->shelf, lesson, &s->progress).mark, '+');
}

static void play_all(int columns, int rows, Depth depth, bool ascii)
{
    Room r = {0};
    open_course(&r.loop);
    r.term = term_script(columns, rows, depth, ascii, (TermScript){0});
    r.view = screen_new();
    r.canvas.depth = depth;
    r.canvas.ascii = ascii;
    assert_true(canvas_size(&r.canvas, columns, rows));
    assert_true(r.loop.session.shelf.lessons >= 3);
    for (int k = 0; k < r.loop.session.shelf.lessons; k++) play_lesson(&r, k, columns, rows);
    screen_free(r.view);
    canvas_done(&r.canvas);
    r.term->close(r.term);
    loop_close(&r.loop);
}

static void every_lesson_is_played_to_its_end_at_80x24_in_colour(void **state)
{
    (void)state;
    play_all(80, 24, DEPTH_256, false);
}

static void every_lesson_is_played_to_its_end_at_120x40_without_colour(void **state)
{
    (void)state;
    play_all(120, 40, DEPTH_NONE, false);
}

static void every_lesson_is_played_to_its_end_at_40x12_in_ascii(void **state)
{
    (void)state;
    play_all(40, 12, DEPTH_8, true);
}

/* ---- plain ------------------------------------------------------------------------------- */

typedef struct {
    Loop loop;
    Text next;  /* lines to be typed, one after the other */
    size_t at;
    Text heard;
    int  lines;
} Talk;

static void talk_answer(Talk *t, const Player *p)
{
    const Question *q = p->question;
    for (int k = 0; k < p->answer.picks; k++) {
        if (q->require & TOOL_SHUFFLE) text_add(&t->next, "shuffle\n");
        if (q->require & TOOL_LONGER) text_add(&t->next, "longer\n");
        text_format(&t->next, "%d\n\n", right_place(q, k));
    }
    for (int box = 0; box < p->answer.boxes; box++) {
        text_add(&t->next, box == 0 ? "= " : "; ");
        add_box(q, box, &t->next);
    }
    if (p->answer.boxes > 0) text_add(&t->next, "\n\n");
}

static bool talk_read(void *context, Text *line)
{
    Talk          *t = context;
    const Session *s = &t->loop.session;
    if (t->lines++ > LONG_ENOUGH) fail_msg("%s has no end in plain mode", player_at(&s->player)->id);
    if (text_string(&t->next)[t->at] == '\0') {
        text_clear(&t->next);
        t->at = 0;
        if (s->screen == SCREEN_HOME && t->lines > 1) return false;
        if (session_answers(s)) talk_answer(t, &s->player);
        else text_add(&t->next, "\n");
    }
    size_t len = strcspn(t->next.at + t->at, "\n");
    text_clear(line);
    text_add_bytes(line, t->next.at + t->at, len);
    t->at += len + 1;
    return true;
}

static void talk_write(void *context, const char *text, size_t len)
{
    text_add_bytes(&((Talk *)context)->heard, text, len);
}

static void talk_serve(void *context)
{
    loop_serve(&((Talk *)context)->loop);
}

static void every_lesson_is_played_to_its_end_in_plain_mode(void **state)
{
    (void)state;
    Talk t = {0};
    open_course(&t.loop);
    for (int k = 0; k < t.loop.session.shelf.lessons; k++) {
        Dialogue d = {&t.loop.session, talk_read, talk_write, talk_serve, &t, 72, false};
        session_apply(&t.loop.session, (Action){.kind = ACTION_OPEN, .number = k, .other = 0});
        loop_serve(&t.loop);
        t.lines = 0;
        dialogue_run(&d);
        if (shelf_mark(&t.loop.session.shelf, k, &t.loop.session.progress).mark != '+')
            fail_msg("%s is not done:\n%s", t.loop.session.shelf.lesson[k].id, text_string(&t.heard) + (t.heard.len > 3000 ? t.heard.len - 3000 : 0));
        assert_null(strstr(text_string(&t.heard), "Not yet"));
    }
    for (size_t k = 0; k < t.heard.len; k++) assert_true((unsigned char)t.heard.at[k] >= 32 || t.heard.at[k] == '\n');
    text_done(&t.heard);
    text_done(&t.next);
    loop_close(&t.loop);
}

int main(void)
{
    if (!hash_start()) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_lesson_is_played_to_its_end_at_80x24_in_colour),
        cmocka_unit_test(every_lesson_is_played_to_its_end_at_120x40_without_colour),
        cmocka_unit_test(every_lesson_is_played_to_its_end_at_40x12_in_ascii),
        cmocka_unit_test(every_lesson_is_played_to_its_end_in_plain_mode),
    };
    return cmocka_run_group_tests_name("cmd/play", tests, NULL, NULL);
}
