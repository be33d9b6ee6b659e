/* status.h - what a call that can fail says back, and why.
 *
 * A caller's mistake is an assert. The world's mistake (a text, a file, a size, memory) is a
 * Status, with the detail in a Why: what is wrong, where, and what to do about it. */
#ifndef ENGINE_STATUS_H
#define ENGINE_STATUS_H

#include <stdint.h>

/* name, sentence */
#define STATUS_LIST(X)                                                                            \
    X(OK, "done")                                                                                 \
    X(MEMORY, "there is not enough memory")                                                       \
    X(SYNTAX, "the text can't be read")                                                           \
    X(RANGE, "a value lies outside its bounds")                                                   \
    X(CONTENT, "the pattern reads content and none was given")                                    \
    X(LIMIT, "it is larger than the limit")                                                       \
    X(MISSING, "there is no such thing")                                                          \
    X(LESSON, "a lesson does not load")                                                           \
    X(BUDGET, "a lesson used up its budget")                                                      \
    X(DAMAGED, "a file is damaged or foreign")                                                    \
    X(NEWER, "a file was written by a newer version")                                             \
    X(LOCKED, "a file is locked by another program")                                              \
    X(WRITE, "a file can't be written")

typedef enum {
#define STATUS_ENUM(name, sentence) STATUS_##name,
    STATUS_LIST(STATUS_ENUM)
#undef STATUS_ENUM
} Status;

#define MUST_USE __attribute__((warn_unused_result))

/* The detail of a failure. column counts bytes of a one-line text from 1; 0 where there is none. */
typedef struct {
    int64_t column;
    char what[400]; /* one sentence, no full stop, cut at the end if it must */
    char todo[240]; /* what to do about it; empty where the sentence says it already */
} Why;

const char *status_sentence(Status status);

/* Writes the sentence into *why (unless why is NULL), empties todo, and returns status, so that a
 * failure reads `return why_say(why, STATUS_RANGE, column, "...")`. */
Status why_say(Why *why, Status status, int64_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Adds what to do. */
void why_todo(Why *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
