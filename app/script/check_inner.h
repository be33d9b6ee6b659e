/* check_inner.h - between the files of check: what is being checked, and saying what was found. */
#ifndef APP_SCRIPT_CHECK_INNER_H
#define APP_SCRIPT_CHECK_INNER_H

#include "app/script/check.h"

typedef struct {
    const Opener *opener;
    const char   *file;
    const Lesson *lesson; /* NULL while it is not loaded */
    CheckFound   *found;
    void         *context;
    int on_page; /* findings of the page at hand: beyond CHECK_PER_PAGE no more are said */
} Check;

/* A finding on a page (-1: on the lesson), its line that of the page (or `line`, if not 0). */
void check_say(Check *c, int page, int line, bool remark, const char *todo, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* A failure to load, or to deal a variant (0: none): its message "file:line: what" in its parts. */
void check_say_why(Check *c, int page, int variant, const Why *why, Status status);

void check_texts(Check *c); /* words, links, figures of pages and of first variants: check_text.c */
void check_typed_answers(Check *c, const Text *source); /* literal right = in questions that vary */
/* One question page over its variants: check_play.c */
Status check_play(Check *c, int page, int seeds) MUST_USE;

#endif
