/* reader.h - reading a lesson's tables, with the path to where one is: "pages[3].wrong[2]".
 *
 * The reader knows the innermost part (its file and line) and the path; every complaint begins with
 * both. What is read goes at once into the struct that will own it, so that a complaint, which is a
 * Lua error, leaves nothing behind that nobody frees. */
#ifndef APP_SCRIPT_READER_H
#define APP_SCRIPT_READER_H

#include "app/script/values.h"

typedef struct {
    lua_State  *lua;
    const char *file; /* of the innermost part */
    int         line;
    char        path[200];
} Reader;

/* Where a reader was, to come back to. */
typedef struct {
    size_t      len;
    const char *file;
    int         line;
} Place;

/* To path.field, or to path.field[k] (field NULL: path[k]). */
Place reader_into(Reader *r, const char *field);
Place reader_into_index(Reader *r, const char *field, int k);
void  reader_back(Reader *r, Place place);
/* Goes on in the file and line of a part. */
void reader_at_node(Reader *r, const ScriptNode *node);

_Noreturn void reader_fail(Reader *r, const char *todo, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same, said of a field of where the reader is. */
_Noreturn void reader_fail_at(Reader *r, const char *field, const char *todo, const char *format,
                              ...) __attribute__((format(printf, 4, 5)));

/* Complains of any field that is not known (with the nearest one that is), of those that only later
 * versions have, and of list values past the first `listed` (-1: any number). */
void reader_check_fields(Reader *r, int table, const char *const *known, const char *const *later,
                         int listed);

/* Pushes a field and returns its Lua type. */
int reader_get(Reader *r, int table, const char *field);
/* A malloc'd text; NULL if the field is not there. missing: what to say then, NULL if it may lack. */
char *reader_text(Reader *r, int table, const char *field, const char *missing);
/* The value on top of the stack as a malloc'd text, popped. */
char   *reader_take_text(Reader *r, const char *what);
int64_t reader_integer(Reader *r, int table, const char *field, int64_t start, int64_t min,
                       int64_t max);
bool    reader_flag(Reader *r, int table, const char *field); /* true only if it is true */
/* Zeroed memory for count things (one at least); raises if there is none. */
void *reader_room(Reader *r, int64_t count, size_t size);
/* Length of the list at an index by its largest whole key, so that nil rows are passed over. */
int reader_length(Reader *r, int table, int most, const char *what);
/* The name of a list nearest to one that was mistyped; NULL if none is near. */
const char *reader_near(const char *const *names, const char *typed);

struct Lesson;
/* Each reads the part at a stack index into *out, which belongs to the caller at once, whole or
 * not. */
void bind_figure(Reader *r, int index, Figure **out);
void bind_question(Reader *r, int index, const struct Lesson *lesson, uint64_t order_seed,
                   Question **out);
/* Reads the lesson at a stack index into out (zeroed, the caller's). Pushes the list of its pages'
 * parts, page by page. */
void bind_lesson(Reader *r, int index, struct Lesson *out);

#endif
