/* shelf.h - the lessons of a course as Home lists them. */
#ifndef APP_TUTOR_SHELF_H
#define APP_TUTOR_SHELF_H

#include "app/tutor/progress.h"

typedef struct {
    char *file, *id, *title;
    int   minutes, pages, questions;
    int   chapter; /* from the file's number */
    char *error;   /* why it does not load: the whole message; NULL if it does */
} ShelfEntry;

typedef struct {
    ShelfEntry *lesson;
    int         lessons, cap;
} Shelf;

void   shelf_done(Shelf *s);
/* Adds a lesson; strings are copied. error may be NULL. */
Status shelf_add(Shelf *s, const char *file, const char *id, const char *title, int minutes, int pages,
                 int questions, const char *error) MUST_USE;
Status shelf_fail(Shelf *s, int k, const char *error) MUST_USE; /* it turned out not to load */
int    shelf_find(const Shelf *s, const char *id); /* -1 */
const char *shelf_near(const Shelf *s, const char *id); /* the nearest id, or NULL */
const char *shelf_chapter(int chapter); /* "Counting G"; "" if it has no name */

/* Marks of Home: '-' new, '>' started, '+' done, '~' done with skips, '!' does not load. */
typedef struct {
    char mark;
    int  done, skipped, questions; /* questions answered right, skipped, in all */
    int  page;                     /* where it was left, as an id in `at`; "" if new */
    const char *at;
} ShelfMark;
ShelfMark shelf_mark(const Shelf *s, int k, const Progress *progress);

#endif
