/* fuzz_lesson.c - any bytes as a lesson: its head is read, it is loaded, its questions dealt, all freed.
 * Bytes that do not begin as a lesson are also tried as the body of one, so that the readers of figures
 * and questions are reached soon. */
#include "app/base/hash.h"
#include "app/script/script.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *bytes;
    size_t      len;
    bool        body; /* put between the head and the end of a lesson */
} Bytes;

static const char head[] =
    "local at = require \"attend\" local P = at.pattern return at.lesson { api = 1, id = \"x\", "
    "version = \"1\", title = \"X\", minutes = 1, ";

static Status open_bytes(void *context, const char *path, Text *out, Why *why)
{
    const Bytes *s = context;
    if (strcmp(path, "x.lua") != 0)
        return why_say(why, STATUS_MISSING, 0, "%s: there is no such file", path);
    if (s->body) text_add(out, head);
    text_add_bytes(out, s->bytes, s->len);
    if (s->body) text_add(out, " }");
    return STATUS_OK;
}

static void play(Bytes *source)
{
    Opener  opener = {open_bytes, source};
    Lesson *lesson = NULL;
    Why     why;
    if (script_load(&opener, "x.lua", &lesson, &why) != STATUS_OK) return;
    for (int k = 0; k < lesson->pages; k++)
        for (int variant = 1; variant <= 2 && lesson->page[k].asks; variant++) {
            Question *q = NULL;
            if (script_deal(lesson, k, variant, &q, &why) == STATUS_OK) question_free(q);
        }
    script_free(lesson);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    LessonHead found;
    Bytes      source = {(const char *)data, size, false};
    hash_start();
    if (script_head(source.bytes, source.len, "x.lua", &found, NULL) != STATUS_OK) abort();
    play(&source);
    source.body = true;
    play(&source);
    return 0;
}
