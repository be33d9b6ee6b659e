#include "app/script/check_inner.h"

#include "app/script/lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void check_say(Check *c, int page, int line, bool remark, const char *todo, const char *format, ...)
{
    Finding f = {.line = line, .remark = remark};
    va_list args;
    if (page >= 0 && c->on_page++ >= CHECK_PER_PAGE) return;
    snprintf(f.file, sizeof f.file, "%s", c->file);
    if (c->lesson)
        snprintf(f.ref, sizeof f.ref, "%s%s%s", c->lesson->id, page < 0 ? "" : "#",
                 page < 0 ? "" : c->lesson->page[page].id);
    if (line == 0 && page >= 0) f.line = c->lesson->page[page].line;
    if (todo) snprintf(f.todo, sizeof f.todo, "%s", todo);
    va_start(args, format);
    vsnprintf(f.what, sizeof f.what, format, args);
    va_end(args);
    c->found(c->context, &f);
}

/* ---- loading ----------------------------------------------------------------------------- */

void check_say_why(Check *c, int page, int variant, const Why *why, Status status)
{
    size_t      len = strlen(c->file);
    const char *what = why->what[0] ? why->what : status_sentence(status);
    int         line = 0;
    char        which[32] = "";
    if (variant > 0) snprintf(which, sizeof which, "variant %d: ", variant);
    if (strncmp(what, c->file, len) == 0 && what[len] == ':') {
        char *end;
        line = (int)strtol(what + len + 1, &end, 10);
        what = *end == ':' ? end + 1 : what + len + 1;
        what += *what == ' ';
    }
    check_say(c, page, line, false, why->todo, "%s%s", which, what);
}

static Status load(Check *c, Lesson **out)
{
    Why    why = {0};
    Status status = script_load(c->opener, c->file, out, &why);
    if (status != STATUS_OK) check_say_why(c, -1, 0, &why, status);
    c->lesson = *out;
    return status;
}

/* ---- answers that were typed ------------------------------------------------------------- */

/* The page whose question varies and whose text holds that line; -1. */
static int dealing_page(const Lesson *lesson, int line)
{
    int page = -1;
    for (int k = 0; k < lesson->pages; k++)
        if (lesson->page[k].line <= line &&
            (page < 0 || lesson->page[k].line >= lesson->page[page].line))
            page = k;
    return page >= 0 && lesson->page[page].deals ? page : -1;
}

/* Passes a set or list of nothing but numbers, standing behind `right =`; false if it is none. */
static bool literal_value(Scan *s)
{
    Token token = lex_next(s);
    bool  numbers = false;
    if (lex_is(token, "at")) {
        if (!lex_is_sign(lex_next(s), '.') || !lex_is(lex_next(s), "set")) return false;
        token = lex_next(s);
        if (lex_is_sign(token, '(')) token = lex_next(s);
    }
    if (token.kind == TOKEN_NUMBER) {
        token = lex_next(s);
        return lex_is_sign(token, ',') || lex_is_sign(token, ';') || lex_is_sign(token, '}');
    }
    if (!lex_is_sign(token, '{')) return false;
    for (int depth = 1; depth > 0;) {
        token = lex_next(s);
        if (token.kind == TOKEN_NUMBER)
            numbers = true;
        else if (lex_is_sign(token, '{'))
            depth++;
        else if (lex_is_sign(token, '}'))
            depth--;
        else if (!lex_is_sign(token, ',') && !lex_is_sign(token, ';'))
            return false;
    }
    return numbers;
}

void check_typed_answers(Check *c, const Text *source)
{
    Scan        s = {text_string(source), text_string(source) + source->len};
    const char *counted = s.at;
    int         line = 1;
    for (Token token; (token = lex_next(&s)).kind != TOKEN_END;) {
        if (!lex_is(token, "right")) continue;
        for (; counted < token.from; counted++) line += *counted == '\n';
        Scan value = s;
        int  page = dealing_page(c->lesson, line);
        if (page < 0 || !lex_is_sign(lex_next(&value), '=') || !literal_value(&value)) continue;
        c->on_page = 0;
        check_say(c, page, line, false, "let the engine say it: right = g:count(i)",
                  "the right answer is typed in, though the question varies");
    }
}

/* ---- all of a lesson --------------------------------------------------------------------- */

static Status read_source(const Check *c, Text *out)
{
    Why why = {0};
    return c->opener->open(c->opener->context, c->file, out, &why);
}

static Status check_all(Check *c, int seeds)
{
    Text   source = {0};
    Status status = read_source(c, &source);
    if (status == STATUS_OK) {
        check_texts(c);
        check_typed_answers(c, &source);
    }
    for (int k = 0; k < c->lesson->pages && status == STATUS_OK && seeds > 0; k++) {
        c->on_page = 0;
        if (c->lesson->page[k].asks) status = check_play(c, k, seeds);
    }
    text_done(&source);
    return status;
}

Status check_lesson(const Opener *opener, const char *file, int seeds, CheckFound *found,
                    void *context)
{
    Check   c = {.opener = opener, .file = file, .found = found, .context = context};
    Lesson *lesson = NULL;
    Status  status = load(&c, &lesson);
    if (status == STATUS_OK) status = check_all(&c, seeds);
    script_free(lesson);
    return status;
}

Status check_lint(const Opener *opener, const char *file, CheckFound *found, void *context)
{
    return check_lesson(opener, file, 0, found, context);
}

/* ---- a course ---------------------------------------------------------------------------- */

static void check_needs(Check *c, Lesson *const *lesson, int files)
{
    for (int n = 0; n < c->lesson->needs; n++) {
        bool there = false;
        for (int k = 0; k < files; k++)
            there = there || (lesson[k] && strcmp(lesson[k]->id, c->lesson->need[n]) == 0);
        if (!there)
            check_say(c, -1, 0, false, NULL, "needs \"%s\", and there is no lesson with that id",
                      c->lesson->need[n]);
    }
}

static void check_id(Check *c, Lesson *const *lesson, int before)
{
    for (int k = 0; k < before; k++)
        if (lesson[k] && strcmp(lesson[k]->id, c->lesson->id) == 0)
            check_say(c, -1, 0, false, "ids of lessons differ", "the id \"%s\" is that of %s too",
                      c->lesson->id, lesson[k]->file);
}

Status check_course(const Opener *opener, const char *const *file, int files, CheckFound *found,
                    void *context)
{
    Lesson **lesson = calloc((size_t)files + 1, sizeof *lesson);
    if (!lesson) return STATUS_MEMORY;
    for (int k = 0; k < files; k++)
        if (script_load(opener, file[k], &lesson[k], NULL) != STATUS_OK) lesson[k] = NULL;
    for (int k = 0; k < files; k++) {
        Check c = {.opener = opener,
                   .file = file[k],
                   .lesson = lesson[k],
                   .found = found,
                   .context = context};
        if (!lesson[k]) continue;
        check_needs(&c, lesson, files);
        check_id(&c, lesson, k);
    }
    for (int k = 0; k < files; k++) script_free(lesson[k]);
    free(lesson);
    return STATUS_OK;
}
