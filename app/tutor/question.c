#include "app/tutor/question.h"

#include <stdlib.h>

static const char *const question_words[] = {
#define QUESTION_WORD(name, word) word,
    QUESTION_LIST(QUESTION_WORD)
#undef QUESTION_WORD
};

static void wrong_done(Wrong *w)
{
    free(w->value);
    free(w->slip);
    free(w->sentence);
    runs_done(&w->keys);
}

static void option_done(Option *o)
{
    free(o->id);
    free(o->text);
    free(o->feedback);
    free(o->slip);
}

static void question_done_numbers(Question *q)
{
    for (int k = 0; k < q->wrongs; k++) wrong_done(&q->wrong[k]);
    for (int k = 0; q->box_label && k < q->boxes; k++) free(q->box_label[k]);
    for (int k = 0; k < q->names; k++) free((char *)q->name[k].name);
    free(q->wrong);
    free(q->box_label);
    free(q->name);
    free(q->right);
    free(q->unit);
}

static void question_done_choices(Question *q)
{
    for (int k = 0; k < q->options; k++) option_done(&q->option[k]);
    for (int k = 0; k < q->items; k++) {
        free(q->item[k].text);
        figure_free(q->item[k].figure);
    }
    free(q->option);
    free(q->item);
}

void question_free(Question *q)
{
    if (!q) return;
    for (int k = 0; k < q->hints; k++) free(q->hint[k].text);
    for (int k = 0; k < q->agains; k++) {
        free(q->again[k].slip);
        free(q->again[k].page);
    }
    question_done_numbers(q);
    question_done_choices(q);
    runs_done(&q->set);
    figure_free(q->figure);
    free(q->hint);
    free(q->again);
    free(q->explain);
    free(q->prompt);
    free(q);
}

const char *question_word(QuestionKind kind)
{
    return question_words[kind];
}

int question_right_option(const Question *q, int item)
{
    if (q->kind == QUESTION_CLASSIFY) return q->item[item].right;
    for (int k = 0; k < q->options; k++)
        if (q->option[k].right) return k;
    return -1;
}

const Figure *question_figure(const Question *q, int item)
{
    if (item < q->items && q->item[item].figure) return q->item[item].figure;
    return q->figure;
}
