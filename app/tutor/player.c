#include "app/tutor/player.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void player_done(Player *p)
{
    for (int k = 0; k < p->labs; k++) lab_done(&p->lab[k]);
    free(p->lab);
    question_free(p->question);
    answer_done(&p->answer);
    verdict_done(&p->verdict);
    text_done(&p->echo);
    text_done(&p->unread);
    text_done(&p->working);
    *p = (Player){.comma = p->comma};
}

/* ---- questions --------------------------------------------------------------------------- */

const Page *player_at(const Player *p)
{
    return &p->lesson->page[p->page];
}

Lab *player_lab(const Player *p)
{
    return p->shown < 0 || p->shown >= p->labs ? NULL : &p->lab[p->shown];
}

bool player_typed(const Player *p)
{
    return p->question && p->answer.boxes > 0;
}

int player_tries_left(const Player *p)
{
    return p->question->tries == 0 ? -1 : p->question->tries - p->tries;
}

unsigned player_missing(const Player *p)
{
    unsigned missing = 0;
    for (int k = 0; k < p->labs; k++) missing |= p->question->require & ~p->lab[k].used;
    return missing;
}

/* Points of a submit after so many tries, for full credit. Hints are free outside graded quizzes. */
static double player_price(const Player *p, int tries)
{
    const Question *q = p->question;
    if (q->predict) return 0;
    if (q->tries == 0) return q->points;
    return tries < q->tries ? q->price[tries] : 0;
}

double player_next_points(const Player *p)
{
    return player_price(p, p->tries);
}

int player_figure_at(const Page *page, int step)
{
    int figure = -1, figures = 0;
    for (int k = 0, reached = 1; k < page->parts && reached <= step; k++) {
        reached += page->part[k].kind == PART_REVEAL;
        if (page->part[k].kind == PART_FIGURE && reached <= step) figure = figures++;
    }
    return figure;
}

/* ---- opening ----------------------------------------------------------------------------- */

static Status player_open_labs(Player *p, const Figure **figure, int figures, Why *why)
{
    p->lab = calloc((size_t)(figures > 0 ? figures : 1), sizeof *p->lab);
    if (!p->lab) return STATUS_MEMORY;
    for (int k = 0; k < figures; k++) {
        Status status = lab_open(&p->lab[k], figure[k], why);
        if (status != STATUS_OK) return status;
        p->labs++;
    }
    return STATUS_OK;
}

/* Slider values, row and the rest, as the record has them. What does not fit any more is left out. */
static void player_restore(Player *p, const PageRecord *r)
{
    Lab *lab = player_lab(p);
    Why  why;
    if (!r || !lab) return;
    for (int k = 0; k < r->states; k++)
        if (lab_restore(lab, r->state[k].name, r->state[k].value, &why) != STATUS_OK) return;
}

Status player_page(Player *p, const Lesson *lesson, int page, const PageRecord *record, Why *why)
{
    const Page   *at = &lesson->page[page];
    const Figure *figure[LESSON_PARTS];
    int           figures = 0;
    player_done(p);
    p->lesson = lesson;
    p->page = page;
    for (int k = 0; k < at->parts; k++)
        if (at->part[k].kind == PART_FIGURE) figure[figures++] = at->part[k].figure;
    p->step = record && record->seen && record->step > 0 ? record->step : 1;
    if (p->step > lesson_steps(at)) p->step = lesson_steps(at);
    p->shown = player_figure_at(at, p->step);
    Status status = player_open_labs(p, figure, figures, why);
    if (status == STATUS_OK) player_restore(p, record);
    return status;
}

static int option_find(const Question *q, const char *id)
{
    for (int k = 0; k < q->options; k++)
        if (strcmp(q->option[k].id, id) == 0) return k;
    return -1;
}

static void player_restore_answer(Player *p, const PageRecord *r)
{
    for (int k = 0; k < r->answers && !r->picks && k < p->answer.boxes; k++) field_set(&p->answer.box[k], r->answer[k]);
    for (int k = 0; k < r->answers && r->picks && k < p->answer.picks; k++)
        p->answer.pick[k] = option_find(p->question, r->answer[k]);
}

/* Where the variant stood: the last submit is graded again, which gives its verdict and marks. */
static Status player_restore_ask(Player *p, const PageRecord *r, Why *why)
{
    if (!r || r->variant != p->variant) return STATUS_OK;
    p->hints = r->hints < p->question->hints ? r->hints : p->question->hints;
    player_restore_answer(p, r);
    p->points = r->variant_points;
    if (r->tries > 0 && !r->draft) {
        p->tries = r->tries - 1;
        (void)player_submit(p, why);
    }
    p->tries = r->tries;
    p->stale = r->tries > 0 && !r->draft;
    player_read(p);
    return STATUS_OK;
}

static void player_first_option(Player *p)
{
    int pick = p->answer.picks > 0 ? p->answer.pick[p->item] : -1;
    p->option = 0;
    for (int k = 0; k < p->question->options; k++)
        if (p->question->order[k] == pick) p->option = k;
}

Status player_ask(Player *p, const Lesson *lesson, int page, Question *question, int variant,
                  const PageRecord *record, Why *why)
{
    const Figure *figure[QUESTION_ITEMS + 1];
    int           figures = 0;
    player_done(p);
    p->lesson = lesson;
    p->page = page;
    p->step = 1;
    p->question = question;
    p->variant = variant;
    answer_start(&p->answer, question);
    for (int k = 0; k < question->items; k++)
        if (question->item[k].figure) figure[figures++] = question->item[k].figure;
    if (figures == 0 && question->figure) figure[figures++] = question->figure;
    p->shown = figures > 0 ? 0 : -1;
    Status status = player_open_labs(p, figure, figures, why);
    if (status != STATUS_OK) return status;
    for (int k = 0; k < p->labs; k++) p->lab[k].painting = question->kind == QUESTION_INDICES;
    player_restore(p, record);
    status = player_restore_ask(p, record, why);
    player_first_option(p);
    return status;
}

/* ---- answering --------------------------------------------------------------------------- */

void player_read(Player *p)
{
    Reading reading = {0};
    Why     why;
    text_clear(&p->unread);
    text_clear(&p->echo);
    if (!p->question || answer_empty(&p->answer, p->question)) return;
    if (answer_read(&p->answer, p->question, p->comma, &reading, &p->echo, &why) != STATUS_OK) text_clear(&p->echo);
    Lab *lab = player_lab(p);
    if (lab && lab->painting && p->question->kind == QUESTION_INDICES && runs_copy(&reading.set, &lab->paint) != STATUS_OK)
        runs_clear(&lab->paint);
    reading_done(&reading);
}

static int64_t lab_question_row(const Lab *lab)
{
    return lab->figure->row < 0 ? lab->n - 1 : lab->figure->row;
}

/* The question is over: the figure shows what it hid, the working is said. */
static void player_close(Player *p, AskState state)
{
    p->state = state;
    for (int k = 0; k < p->labs; k++) p->lab[k].shown = ~0u;
    if (state != ASK_CLOSED) return;
    grade_working(p->question, player_lab(p), &p->working);
    if (p->answer.boxes > 0 && !p->verdict.slip[0]) text_clear(&p->verdict.sentence); /* a nudge to go on */
}

static void player_after_grade(Player *p, Lab *lab)
{
    double points = player_price(p, p->tries) * p->verdict.credit;
    p->tries++;
    if (points > p->points) p->points = points;
    text_clear(&p->working);
    bool last = p->question->tries > 0 && p->tries >= p->question->tries;
    if (p->verdict.right) player_close(p, ASK_RIGHT);
    else if (last || p->question->predict) player_close(p, ASK_CLOSED);
    else p->state = ASK_NOTYET;
    p->stale = true;
    /* while tries are left the missed keys of a set are the answer: only the surplus is shown */
    bool missed = p->question->kind != QUESTION_INDICES || p->state == ASK_CLOSED;
    if (lab) lab_mark(lab, -1, NULL, NULL);
    if (lab && p->verdict.marks)
        lab_mark(lab, lab_question_row(lab), missed ? &p->verdict.missed : NULL, &p->verdict.surplus);
}

bool player_submit(Player *p, Why *why)
{
    Reading reading = {0};
    text_clear(&p->unread);
    Status status = answer_read(&p->answer, p->question, p->comma, &reading, &p->echo, why);
    Lab   *lab = player_lab(p);
    if (status == STATUS_OK && lab && p->answer.boxes > 0) lab_go(lab, lab_question_row(lab), lab->key);
    if (status == STATUS_OK) status = grade(p->question, &p->answer, &reading, lab, &p->verdict);
    reading_done(&reading);
    if (status != STATUS_OK) {
        text_clear(&p->echo);
        text_add(&p->unread, status == STATUS_MEMORY ? status_sentence(status) : why->what);
        return false;
    }
    if (p->verdict.item < p->answer.picks && !p->verdict.right && p->answer.picks > 1) {
        p->item = p->verdict.item;
        if (p->labs > p->item) p->shown = p->item;
        player_first_option(p);
    }
    player_after_grade(p, lab);
    return true;
}
