/* script.h - lessons written in Lua: reading their heads, loading them, dealing their questions.
 *
 * Lua runs in a sandbox (sandbox.h) with a budget, when a lesson is loaded and when a variant is
 * dealt, never at frame time. Nothing here opens a file: texts come from the opener. An error is a
 * Status and a Why of the form `lessons/32-x.lua:41: pages[3].wrong[2]: a sentence is missing`. */
#ifndef APP_SCRIPT_SCRIPT_H
#define APP_SCRIPT_SCRIPT_H

#include "app/base/text.h"
#include "app/tutor/lesson.h"

/* Fills out with the text of a file of the course; path is relative to its root, '/' between. */
typedef struct {
    Status (*open)(void *context, const char *path, Text *out, Why *why);
    void *context;
} Opener;

/* The head of a lesson as its list shows it, read from the source text without running it, where it
 * is written in literals. */
typedef struct {
    char id[65];
    char title[200];
    int  minutes;
    int  pages, questions;
    bool sure; /* false: the text did not say; only a load can */
} LessonHead;
Status script_head(const char *source, size_t len, const char *file, LessonHead *out,
                   Why *why) MUST_USE;

/* Loads and checks a lesson; file as for the opener. script_free frees it with all it owns. */
Status script_load(const Opener *opener, const char *file, Lesson **out, Why *why) MUST_USE;
void   script_free(Lesson *lesson);

/* Deals the question of a page. variant counts from 1; the seed is the lesson's own for self-study
 * (hash.h). The question is the caller's. A question that does not vary is dealt like any other. */
Status script_deal(const Lesson *lesson, int page, int variant, Question **out, Why *why) MUST_USE;
/* The same from any seed, for tests of many variants. order_seed: for the order of options. */
Status script_deal_seed(const Lesson *lesson, int page, uint64_t seed, uint64_t order_seed,
                        Question **out, Why *why) MUST_USE;

/* The interface that lessons see, for the manual and editors: name, arguments, sentence, example. */
typedef struct {
    const char *name, *arguments, *sentence, *example;
} ScriptEntry;
int                script_entries(void);
const ScriptEntry *script_entry(int k);
/* Made from that table and the catalogue: lessons/meta/attend.d.lua for editors, and the globals
 * that luacheck must know, as lessons/meta/luacheckrc. Each adds to out; false if memory ran out. */
bool script_meta(Text *out);
bool script_luacheck(Text *out);

#endif
