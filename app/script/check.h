/* check.h - what can be proved of a lesson: what `attend lint` and `attend test` find.
 *
 * lint   it loads; links light something up; the time fits the text; answers are computed, not
 *        typed; verdicts have their sentences; a figure with tools starts where its marks are seen
 * test   all that, and every question over many variants, each dealt in two states: same text, same
 *        answer; the right answer is accepted; every wrong one gets its own sentence; variants
 *        differ
 *
 * What a front end does with a lesson (that plain mode reaches its end, that pages fit a terminal)
 * is proved by those who can see front ends. */
#ifndef APP_SCRIPT_CHECK_H
#define APP_SCRIPT_CHECK_H

#include "app/script/script.h"

enum { CHECK_SEEDS = 500, CHECK_VARIANTS = 5, CHECK_PER_PAGE = 5 };

typedef struct {
    char file[160]; /* from the course's root */
    int  line;      /* 0: of the whole file */
    char ref[140];  /* lesson#page, or the lesson */
    char what[400];
    char todo[240]; /* "" if the sentence says it already */
    bool remark;    /* worth a look; no mistake */
} Finding;

typedef void CheckFound(void *context, const Finding *finding);

/* Loads the lesson and looks at it without dealing more than one variant of each question. A lesson
 * that does not load is a finding, and the status of loading is given back. */
Status check_lint(const Opener *opener, const char *file, CheckFound *found,
                  void *context) MUST_USE;
/* lint, and `seeds` variants of every question. */
Status check_lesson(const Opener *opener, const char *file, int seeds, CheckFound *found,
                    void *context) MUST_USE;
/* The lessons of a course together: ids differ, what is needed is there. Files that don't load are
 * passed over. */
Status check_course(const Opener *opener, const char *const *file, int files, CheckFound *found,
                    void *context) MUST_USE;

#endif
