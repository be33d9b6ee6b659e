/* lesson.h - a lesson as it was read from its file: pages in order, each a run of parts or a
 * question. A Lesson owns its pages; the Lua state behind questions that are dealt belongs to
 * whoever loaded it (script.h). */
#ifndef APP_TUTOR_LESSON_H
#define APP_TUTOR_LESSON_H

#include "app/tutor/question.h"

enum { LESSON_PAGES = 200, LESSON_PARTS = 64 };

typedef enum { PART_PROSE, PART_FIGURE, PART_REVEAL, PART_NOTES } PartKind;

typedef struct {
    PartKind kind;
    char    *text;   /* prose and notes: Markdown */
    Figure  *figure;
} Part;

typedef struct {
    char     *id;
    bool      asks;     /* a question; else a page of parts */
    bool      deals;    /* its question comes from a function: variants differ */
    Question *fixed;    /* a question that does not vary; owned; NULL if it deals */
    Part     *part;
    int       parts;
    int       line;     /* in the lesson's file */
} Page;

typedef struct Lesson {
    char  *id, *version, *title;
    char  *file;  /* path from the course's root */
    char   sha[13]; /* first 12 hex digits of its hash */
    int    minutes;
    char **need, **goal, **node;
    int    needs, goals, nodes;
    Page  *page;
    int    pages;
    void  *script; /* what deals its questions: script.h's own */
} Lesson;

void lesson_done_pages(Lesson *l); /* frees what the lesson owns, not `script` and not l itself */
int  lesson_find(const Lesson *l, const char *page); /* index, -1 */
int  lesson_steps(const Page *p);  /* reveal steps of a page: 1 + its reveals */
int  lesson_questions(const Lesson *l);

#endif
