/* shelf.h - lessons whose files are texts in the test: an opener over a list of them. */
#ifndef TESTS_SCRIPT_SHELF_H
#define TESTS_SCRIPT_SHELF_H

#include "app/base/hash.h"
#include "app/script/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    const char *path, *text; /* the list ends with path NULL */
} ShelfFile;

static inline Status shelf_open(void *context, const char *path, Text *out, Why *why)
{
    for (const ShelfFile *f = context; f->path; f++) {
        if (strcmp(f->path, path) != 0) continue;
        text_add(out, f->text);
        return STATUS_OK;
    }
    return why_say(why, STATUS_MISSING, 0, "%s: there is no such file", path);
}

/* Loads the first file of the list. */
static inline Status shelf_load(ShelfFile *files, Lesson **out, Why *why)
{
    Opener opener = {shelf_open, files};
    return script_load(&opener, files[0].path, out, why);
}

/* A lesson whose only question comes from a function with that body; the caller frees the text. */
static inline char *shelf_lesson(const char *body)
{
    Text t = {0};
    text_format(&t,
                "local at = require \"attend\"\nlocal P = at.pattern\n"
                "return at.lesson { api = 1, id = \"test\", version = \"1\", title = \"Test\", "
                "minutes = 1,\n"
                "at.ask(\"q\", function(rng)\n%s\nend) }\n",
                body);
    return text_take(&t);
}

/* Loads such a lesson and deals its question with a seed; why.what is "" if all went well. */
static inline Status shelf_deal(const char *body, uint64_t seed, Question **out, Why *why)
{
    char     *source = shelf_lesson(body);
    ShelfFile files[] = {{"t.lua", source}, {NULL, NULL}};
    Lesson   *lesson = NULL;
    *out = NULL;
    *why = (Why){0};
    Status status = shelf_load(files, &lesson, why);
    if (status == STATUS_OK) status = script_deal_seed(lesson, 0, seed, seed + 1, out, why);
    script_free(lesson);
    free(source);
    return status;
}

/* Runs statements in a deal; the message, "" if they ran. The caller frees it. */
static inline char *shelf_run(const char *statements)
{
    Text      body = {0};
    Question *q;
    Why       why;
    text_format(&body, "%s\nreturn at.integer { \"?\", right = 1 }", statements);
    shelf_deal(text_string(&body), 1, &q, &why) == STATUS_OK ? (void)0 : (void)0;
    question_free(q);
    text_done(&body);
    return text_copy(why.what);
}

/* Statements that must run; they check with assert. */
#define RUNS(statements)                                                                           \
    do {                                                                                           \
        char *message_ = shelf_run(statements);                                                    \
        assert_string_equal(message_, "");                                                         \
        free(message_);                                                                            \
    } while (0)

/* Statements that must fail with that in their message. */
#define FAILS(statements, part)                                                                    \
    do {                                                                                           \
        char *message_ = shelf_run(statements);                                                    \
        if (!strstr(message_, part)) fail_msg("\"%s\" is not in \"%s\"", part, message_);          \
        free(message_);                                                                            \
    } while (0)

#endif
