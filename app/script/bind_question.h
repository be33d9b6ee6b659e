/* bind_question.h - between bind_question.c and the readers of the single kinds. */
#ifndef APP_SCRIPT_BIND_QUESTION_H
#define APP_SCRIPT_BIND_QUESTION_H

#include "app/script/reader.h"
#include "app/tutor/question.h"

typedef struct {
    Reader              *r;
    lua_State           *lua;
    Question            *q;
    int                  table;  /* of the question, on the stack */
    const struct Lesson *lesson; /* its ids are known; may be NULL */
    uint64_t             order_seed;
} QuestionReader;

/* Pushes a field that is a list; false if it is not there. */
bool question_list(QuestionReader *qr, const char *field);

void read_numbers(QuestionReader *qr); /* integer, number: bind_numbers.c */
void read_indices(QuestionReader *qr);
void read_classify(QuestionReader *qr); /* bind_picks.c */
void read_choice(QuestionReader *qr);

#endif
