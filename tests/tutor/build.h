/* build.h - figures, questions and lessons made by hand, for tests of the floors above the engine. */
#ifndef TESTS_TUTOR_BUILD_H
#define TESTS_TUTOR_BUILD_H

#include "app/base/text.h"
#include "app/tutor/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static inline Recipe build_recipe(const char *expression)
{
    Recipe r = {0};
    Why    why = {0};
    if (recipe_parse(expression, strlen(expression), &r, &why) != STATUS_OK) fail_msg("%s: %s", expression, why.what);
    return r;
}

static inline Choices build_choices(const char *expression)
{
    Choices c = {calloc(1, sizeof(Recipe)), 1, -1};
    c.alternative[0] = build_recipe(expression);
    return c;
}

/* A figure of one expression over n tokens, causal; words: a text, "" for dealt ones, NULL for none. */
static inline Figure *build_figure(const char *expression, int64_t n, const char *words)
{
    Figure *f = calloc(1, sizeof *f);
    f->n = n;
    f->n_slider = f->background_slider = f->content_slider = -1;
    f->recipe[SIDE_SPARSE] = build_choices(expression);
    f->recipe[SIDE_OTHER].slider = -1;
    f->backgrounds = 1;
    f->row = -1;
    if (!words) return f;
    f->content = calloc(1, sizeof *f->content);
    f->contents = 1;
    f->content[0] = (Content){.kind = CONTENT_WORDS, .text = words[0] ? text_copy(words) : NULL, .seed = 7};
    return f;
}

static inline void build_compare(Figure *f)
{
    f->compare = COMPARE_DENSE;
    f->recipe[SIDE_OTHER] = build_choices("full");
}

/* A slider on the first value of the expression. */
static inline void build_slider(Figure *f, int place, const char *name, double min, double max, double start)
{
    f->slider = realloc(f->slider, (size_t)(f->sliders + 1) * sizeof *f->slider);
    f->hole = realloc(f->hole, (size_t)(f->holes + 1) * sizeof *f->hole);
    f->hole[f->holes++] = (Hole){SIDE_SPARSE, 0, place, f->sliders};
    f->slider[f->sliders++] =
        (Slider){.name = text_copy(name), .label = text_copy(name), .min = min, .max = max, .start = start};
}

static inline Question *build_question(QuestionKind kind, const char *prompt, Figure *figure)
{
    Question *q = calloc(1, sizeof *q);
    q->kind = kind;
    q->prompt = text_copy(prompt);
    q->figure = figure;
    q->points = 1;
    q->boxes = 1;
    for (int k = 0; k < QUESTION_OPTIONS; k++) q->order[k] = k;
    return q;
}

static inline Question *build_integer(const char *prompt, Figure *figure, int64_t right)
{
    Question *q = build_question(QUESTION_INTEGER, prompt, figure);
    q->right = calloc(1, sizeof *q->right);
    q->right[0] = number_whole(right);
    return q;
}

static inline void build_wrong(Question *q, int64_t value, const char *slip, const char *sentence)
{
    q->wrong = realloc(q->wrong, (size_t)(q->wrongs + 1) * sizeof *q->wrong);
    Wrong *w = &q->wrong[q->wrongs++];
    *w = (Wrong){.value = calloc(1, sizeof(Number)), .slip = text_copy(slip), .sentence = text_copy(sentence)};
    w->value[0] = number_whole(value);
}

static inline void build_tries(Question *q, int a, int b, int c)
{
    q->tries = 3;
    q->price[0] = q->points = a;
    q->price[1] = b;
    q->price[2] = c;
}

static inline void build_option(Question *q, const char *id, const char *text, const char *feedback, bool right)
{
    q->option = realloc(q->option, (size_t)(q->options + 1) * sizeof *q->option);
    q->option[q->options++] = (Option){.id = text_copy(id), .text = text_copy(text), .feedback = text_copy(feedback), .right = right};
}

static inline void build_hint(Question *q, const char *text)
{
    q->hint = realloc(q->hint, (size_t)(q->hints + 1) * sizeof *q->hint);
    q->hint[q->hints++] = (Hint){.text = text_copy(text)};
}

static inline Page build_ask(const char *id, Question *q)
{
    return (Page){.id = text_copy(id), .asks = true, .fixed = q, .line = 1};
}

static inline Page build_page(const char *id, const char *prose, Figure *figure, const char *revealed)
{
    Page p = {.id = text_copy(id), .part = calloc(4, sizeof(Part)), .line = 1};
    p.part[p.parts++] = (Part){PART_PROSE, text_copy(prose), NULL};
    if (figure) p.part[p.parts++] = (Part){PART_FIGURE, NULL, figure};
    if (revealed) p.part[p.parts++] = (Part){PART_REVEAL, NULL, NULL};
    if (revealed) p.part[p.parts++] = (Part){PART_PROSE, text_copy(revealed), NULL};
    return p;
}

/* A lesson of these pages, which it takes over. */
static inline Lesson *build_lesson(const char *id, const char *title, int pages, const Page *page)
{
    Lesson *l = calloc(1, sizeof *l);
    l->id = text_copy(id);
    l->title = text_copy(title);
    l->version = text_copy("1.0.0");
    l->file = text_copy("30-test.lua");
    strcpy(l->sha, "0123456789ab");
    l->minutes = 5;
    l->page = calloc((size_t)pages, sizeof *page);
    memcpy(l->page, page, (size_t)pages * sizeof *page);
    l->pages = pages;
    return l;
}

static inline void build_free(Lesson *l)
{
    lesson_done_pages(l);
    free(l);
}

#endif
