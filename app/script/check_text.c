/* check_text.c - the texts of a lesson against its figures and its time. */
#include "app/script/check_inner.h"

#include "app/base/markdown.h"
#include "app/tutor/action.h"
#include "app/tutor/lab.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_A_MINUTE = 180, SECONDS_A_QUESTION = 60, OFF_BY = 2, MARKS_LIMIT = 16 };

/* ---- how long it takes ------------------------------------------------------------------- */

static int words_of(const char *text)
{
    int words = 0;
    while (text && *text) {
        text += strspn(text, " \t\n");
        words += *text != '\0';
        text += strcspn(text, " \t\n");
    }
    return words;
}

static int words_of_question(const Question *q)
{
    int words = words_of(q->prompt);
    for (int k = 0; k < q->options && q->kind == QUESTION_CHOICE; k++)
        words += words_of(q->option[k].text);
    for (int k = 0; k < q->items; k++) words += words_of(q->item[k].text);
    return words;
}

static int words_of_page(const Page *page)
{
    int words = 0;
    for (int k = 0; k < page->parts; k++)
        if (page->part[k].kind == PART_PROSE) words += words_of(page->part[k].text);
    return words;
}

static void check_time(Check *c, int words)
{
    int seconds = words * 60 / WORDS_A_MINUTE + lesson_questions(c->lesson) * SECONDS_A_QUESTION;
    int minutes = seconds < 60 ? 1 : (seconds + 59) / 60;
    if (minutes <= c->lesson->minutes * OFF_BY && minutes * OFF_BY >= c->lesson->minutes) return;
    check_say(c, -1, 0, false, NULL, "minutes = %d, but %d words and %d questions take about %d",
              c->lesson->minutes, words, lesson_questions(c->lesson), minutes);
}

/* ---- links ------------------------------------------------------------------------------- */

static int64_t most_tokens(const Figure *f)
{
    return f->n_slider >= 0 ? (int64_t)f->slider[f->n_slider].max : f->n;
}

/* Whether "12" or "12,9" are places of the figure. */
static bool lights_up(const Figure *f, const char *places)
{
    char *end;
    long  first = strtol(places, &end, 10), second = 0;
    if (end == places || first < 0 || first >= most_tokens(f)) return false;
    if (*end == ',') {
        const char *from = end + 1;
        second = strtol(from, &end, 10);
        if (end == from) return false;
    }
    return *end == '\0' && second >= 0 && second < most_tokens(f);
}

/* Links that the text has as letters, because they can't be read as links. */
static void check_misspelt(Check *c, int page, const char *text)
{
    static const char *const links[] = {"{press", "{row", "{column", "{cell"};
    for (size_t k = 0; k < sizeof links / sizeof links[0]; k++) {
        const char *at = strstr(text, links[k]);
        if (at)
            check_say(c, page, 0, false, "{row:12}, {column:3}, {cell:12,9}, {press:more}",
                      "a link is misspelt: %.40s", at);
    }
}

static void check_span(Check *c, int page, const Span *span, const Figure *figure)
{
    ActionKind action;
    switch (span->kind) {
    case SPAN_PRESS:
        if (!action_find(span->text, &action))
            check_say(c, page, 0, false, NULL, "{press:%s}: there is no such action", span->text);
        break;
    case SPAN_ROW:
    case SPAN_COLUMN:
    case SPAN_CELL:
        if (!figure)
            check_say(c, page, 0, false, NULL, "a link lights up %s, and there is no figure",
                      span->text);
        else if (!lights_up(figure, span->text))
            check_say(c, page, 0, false, NULL, "a link lights up %s; the figure has 0 to %lld",
                      span->text, (long long)most_tokens(figure) - 1);
        break;
    case SPAN_TEXT:
        check_misspelt(c, page, span->text);
        break;
    case SPAN_BREAK:
        break;
    }
}

static void check_links(Check *c, int page, const char *text, const Figure *figure)
{
    Markdown m;
    if (!text || !markdown_read(text, strlen(text), &m)) return;
    for (int b = 0; b < m.blocks; b++)
        for (int s = 0; s < m.block[b].spans; s++) check_span(c, page, &m.block[b].span[s], figure);
    markdown_done(&m);
}

/* ---- figures ----------------------------------------------------------------------------- */

static void check_opens(Check *c, int page, const Figure *f)
{
    Lab   *lab = calloc(1, sizeof *lab);
    Why    why = {0};
    Status status = lab ? lab_open(lab, f, &why) : STATUS_MEMORY;
    if (status != STATUS_OK)
        check_say(c, page, 0, false, why.todo, "a figure does not open: %s",
                  why.what[0] ? why.what : status_sentence(status));
    if (lab && status == STATUS_OK) lab_done(lab);
    free(lab);
}

/* Marks stand in the matrix up to n = 16 on every screen, beyond in the row ribbon. */
static void check_size(Check *c, int page, const Figure *f, bool marks)
{
    if (f->n > MARKS_LIMIT && (f->tools != 0 || marks))
        check_say(c, page, 0, true, NULL,
                  "the figure starts at n = %lld: above %d its marks stand in the row ribbon only",
                  (long long)f->n, MARKS_LIMIT);
}

static void check_figure(Check *c, int page, const Figure *f, bool marks)
{
    if (!f) return;
    check_opens(c, page, f);
    check_size(c, page, f, marks);
}

/* ---- pages and questions ----------------------------------------------------------------- */

/* The figure on the screen beside a part: the last one before it, or the first that follows. */
static const Figure *figure_beside(const Page *page, int part)
{
    for (int k = part; k >= 0; k--)
        if (page->part[k].figure) return page->part[k].figure;
    for (int k = part; k < page->parts; k++)
        if (page->part[k].figure) return page->part[k].figure;
    return NULL;
}

static void check_page(Check *c, int k)
{
    const Page *page = &c->lesson->page[k];
    for (int p = 0; p < page->parts; p++) {
        check_figure(c, k, page->part[p].figure, false);
        if (page->part[p].kind == PART_PROSE)
            check_links(c, k, page->part[p].text, figure_beside(page, p));
    }
}

static bool marks_keys(const Question *q)
{
    bool marks = q->kind == QUESTION_INDICES;
    for (int k = 0; k < q->wrongs; k++) marks = marks || q->wrong[k].has_keys;
    return marks;
}

/* Every verdict that can be picked wrongly has its sentence. */
static void check_verdicts(Check *c, int page, const Question *q)
{
    for (int k = 0; k < q->options && q->kind == QUESTION_CLASSIFY; k++) {
        bool wrong = false;
        for (int item = 0; item < q->items; item++) wrong = wrong || q->item[item].right != k;
        if (wrong && !q->option[k].feedback)
            check_say(c, page, 0, false, "why = { verdict = sentence or { slip, sentence } }",
                      "why says nothing of \"%s\"", q->option[k].id);
    }
}

static void check_question(Check *c, int page, const Question *q)
{
    const Figure *f = question_figure(q, 0);
    check_links(c, page, q->prompt, f);
    check_links(c, page, q->explain, f);
    for (int k = 0; k < q->hints; k++) check_links(c, page, q->hint[k].text, f);
    for (int k = 0; k < q->items || k == 0; k++)
        check_figure(c, page, question_figure(q, k), marks_keys(q));
    check_verdicts(c, page, q);
}

void check_texts(Check *c)
{
    int words = 0;
    for (int k = 0; k < c->lesson->pages; k++) {
        const Page *page = &c->lesson->page[k];
        Question   *q = NULL;
        Status      status;
        Why         why = {0};
        c->on_page = 0;
        words += words_of_page(page);
        if (!page->asks) {
            check_page(c, k);
        } else if ((status = script_deal(c->lesson, k, 1, &q, &why)) != STATUS_OK) {
            check_say_why(c, k, 1, &why, status);
        } else {
            words += words_of_question(q);
            check_question(c, k, q);
        }
        question_free(q);
    }
    check_time(c, words);
}
