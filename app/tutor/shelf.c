#include "app/tutor/shelf.h"

#include "app/base/text.h"
#include "engine/near.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Names of the chapters, by the first figure of a lesson's file. */
static const char *const chapters[] = {"Ground",        "Why sparse", "The assumption", "Counting G", "Who decides G?",
                                       "Global tokens", "Memory",     "Choosing",       "Case studies"};

const char *shelf_chapter(int chapter)
{
    return chapter >= 0 && chapter < (int)(sizeof chapters / sizeof chapters[0]) ? chapters[chapter] : "";
}

void shelf_done(Shelf *s)
{
    for (int k = 0; k < s->lessons; k++) {
        free(s->lesson[k].file);
        free(s->lesson[k].id);
        free(s->lesson[k].title);
        free(s->lesson[k].error);
    }
    free(s->lesson);
    *s = (Shelf){0};
}

static int shelf_chapter_of(const char *file)
{
    const char *name = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
    return isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]) ? name[0] - '0' : -1;
}

Status shelf_add(Shelf *s, const char *file, const char *id, const char *title, int minutes, int pages,
                 int questions, const char *error)
{
    if (s->lessons == s->cap) {
        int         cap = s->cap ? s->cap * 2 : 16;
        ShelfEntry *more = realloc(s->lesson, (size_t)cap * sizeof *more);
        if (!more) return STATUS_MEMORY;
        s->lesson = more;
        s->cap = cap;
    }
    ShelfEntry *e = &s->lesson[s->lessons++];
    *e = (ShelfEntry){.file = text_copy(file), .id = text_copy(id), .title = text_copy(title),
                      .minutes = minutes, .pages = pages, .questions = questions,
                      .chapter = shelf_chapter_of(file), .error = text_copy(error)};
    return e->file && e->id && e->title && (!error || e->error) ? STATUS_OK : STATUS_MEMORY;
}

Status shelf_fail(Shelf *s, int k, const char *error)
{
    char *copy = text_copy(error);
    if (!copy) return STATUS_MEMORY;
    free(s->lesson[k].error);
    s->lesson[k].error = copy;
    return STATUS_OK;
}

int shelf_find(const Shelf *s, const char *id)
{
    for (int k = 0; k < s->lessons; k++)
        if (strcmp(s->lesson[k].id, id) == 0) return k;
    return -1;
}

static const char *shelf_id(int k, const void *context)
{
    const Shelf *s = context;
    return k < s->lessons ? s->lesson[k].id : NULL;
}

const char *shelf_near(const Shelf *s, const char *id)
{
    return near_name(id, strlen(id), shelf_id, s);
}

static void mark_count(const Progress *progress, const char *lesson, ShelfMark *m)
{
    for (int k = 0; k < progress->pages; k++) {
        const PageRecord *r = &progress->page[k];
        if (strcmp(r->lesson, lesson) != 0) continue;
        m->done += r->ever_right;
        m->skipped += r->skipped && !r->ever_right;
    }
}

ShelfMark shelf_mark(const Shelf *s, int k, const Progress *progress)
{
    const ShelfEntry *e = &s->lesson[k];
    ShelfMark         m = {.mark = '-', .questions = e->questions, .at = ""};
    if (e->error) {
        m.mark = '!';
        return m;
    }
    const struct LessonRecord *book = progress_lesson(progress, e->id);
    mark_count(progress, e->id, &m);
    if (book) m.at = book->at;
    if (book && book->done) m.mark = m.skipped > 0 ? '~' : '+';
    else if (m.at[0] || m.done > 0) m.mark = '>';
    return m;
}
