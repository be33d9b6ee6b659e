#include "app/tutor/lesson.h"

#include <stdlib.h>
#include <string.h>

static void page_done(Page *p)
{
    for (int k = 0; k < p->parts; k++) {
        free(p->part[k].text);
        figure_free(p->part[k].figure);
    }
    free(p->part);
    free(p->id);
    question_free(p->fixed);
}

static void words_done(char **word, int words)
{
    for (int k = 0; k < words; k++) free(word[k]);
    free(word);
}

void lesson_done_pages(Lesson *l)
{
    for (int k = 0; k < l->pages; k++) page_done(&l->page[k]);
    free(l->page);
    words_done(l->need, l->needs);
    words_done(l->goal, l->goals);
    words_done(l->node, l->nodes);
    free(l->id);
    free(l->version);
    free(l->title);
    free(l->file);
    void *script = l->script;
    *l = (Lesson){.script = script};
}

int lesson_find(const Lesson *l, const char *page)
{
    for (int k = 0; k < l->pages; k++)
        if (strcmp(l->page[k].id, page) == 0) return k;
    return -1;
}

int lesson_steps(const Page *p)
{
    int steps = 1;
    for (int k = 0; k < p->parts; k++) steps += p->part[k].kind == PART_REVEAL;
    return steps;
}

int lesson_questions(const Lesson *l)
{
    int questions = 0;
    for (int k = 0; k < l->pages; k++) questions += l->page[k].asks;
    return questions;
}
