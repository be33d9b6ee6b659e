#include "app/tutor/progress.h"

#include "app/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const entry_words[] = {
#define ENTRY_WORD(name, word) word,
    ENTRY_LIST(ENTRY_WORD)
#undef ENTRY_WORD
};

const char *entry_word(EntryKind kind)
{
    return entry_words[kind];
}

bool entry_find(const char *word, EntryKind *out)
{
    for (size_t k = 0; k < sizeof entry_words / sizeof entry_words[0]; k++) {
        if (strcmp(entry_words[k], word) != 0) continue;
        *out = (EntryKind)k;
        return true;
    }
    return false;
}

/* ---- records ----------------------------------------------------------------------------- */

static void record_forget_answer(PageRecord *r)
{
    for (int k = 0; k < r->answers; k++) free(r->answer[k]);
    free(r->answer);
    r->answer = NULL;
    r->answers = 0;
    r->draft = false;
}

void progress_done(Progress *p)
{
    for (int k = 0; k < p->pages; k++) record_forget_answer(&p->page[k]);
    free(p->page);
    free(p->book);
    *p = (Progress){0};
}

const PageRecord *progress_page(const Progress *p, const char *lesson, const char *page)
{
    for (int k = 0; k < p->pages; k++)
        if (strcmp(p->page[k].lesson, lesson) == 0 && strcmp(p->page[k].page, page) == 0) return &p->page[k];
    return NULL;
}

const struct LessonRecord *progress_lesson(const Progress *p, const char *lesson)
{
    for (int k = 0; k < p->books; k++)
        if (strcmp(p->book[k].lesson, lesson) == 0) return &p->book[k];
    return NULL;
}

static PageRecord *progress_page_of(Progress *p, const Entry *e)
{
    const PageRecord *known = progress_page(p, e->lesson, e->page);
    if (known) return &p->page[known - p->page];
    if (p->pages == p->cap) {
        int         cap = p->cap ? p->cap * 2 : 16;
        PageRecord *more = realloc(p->page, (size_t)cap * sizeof *more);
        if (!more) return NULL;
        p->page = more;
        p->cap = cap;
    }
    PageRecord *r = &p->page[p->pages++];
    *r = (PageRecord){.variant = 1};
    snprintf(r->lesson, sizeof r->lesson, "%s", e->lesson);
    snprintf(r->page, sizeof r->page, "%s", e->page);
    return r;
}

static struct LessonRecord *progress_book_of(Progress *p, const char *lesson)
{
    const struct LessonRecord *known = progress_lesson(p, lesson);
    if (known) return &p->book[known - p->book];
    if (p->books == p->book_cap) {
        int                  cap = p->book_cap ? p->book_cap * 2 : 8;
        struct LessonRecord *more = realloc(p->book, (size_t)cap * sizeof *more);
        if (!more) return NULL;
        p->book = more;
        p->book_cap = cap;
    }
    struct LessonRecord *book = &p->book[p->books++];
    *book = (struct LessonRecord){0};
    snprintf(book->lesson, sizeof book->lesson, "%s", lesson);
    return book;
}

/* ---- folding ----------------------------------------------------------------------------- */

/* The record's numbers belong to one variant; another one begins with none. */
static void record_variant(PageRecord *r, int variant)
{
    if (r->variant == variant) return;
    record_forget_answer(r);
    r->states = 0; /* sliders, length and cursor belonged to the other variant's figure */
    r->variant = variant;
    r->tries = r->hints = 0;
    r->right = r->closed = false;
    r->variant_points = 0;
    r->slip[0] = '\0';
}

static Status record_answer(PageRecord *r, const Entry *e)
{
    record_forget_answer(r);
    r->picks = e->picks;
    r->answer = calloc((size_t)(e->answers > 0 ? e->answers : 1), sizeof *r->answer);
    if (!r->answer) return STATUS_MEMORY;
    for (int k = 0; k < e->answers; k++) {
        r->answer[k] = text_copy(e->answer[k]);
        if (!r->answer[k]) return STATUS_MEMORY;
        r->answers++;
    }
    return STATUS_OK;
}

static Status take_place(Progress *p, const Entry *e)
{
    PageRecord          *r = progress_page_of(p, e);
    struct LessonRecord *book = progress_book_of(p, e->lesson);
    if (!r || !book) return STATUS_MEMORY;
    r->seen = true;
    r->step = e->step;
    r->states = e->states;
    memcpy(r->state, e->state, sizeof r->state);
    snprintf(book->at, sizeof book->at, "%s", e->page);
    snprintf(p->lesson, sizeof p->lesson, "%s", e->lesson);
    snprintf(p->at, sizeof p->at, "%s", e->page);
    return STATUS_OK;
}

static Status take_draft(Progress *p, const Entry *e)
{
    PageRecord *r = progress_page_of(p, e);
    if (!r) return STATUS_MEMORY;
    record_variant(r, e->variant);
    Status status = record_answer(r, e);
    r->draft = true;
    return status;
}

static Status take_submit(Progress *p, const Entry *e)
{
    PageRecord *r = progress_page_of(p, e);
    if (!r) return STATUS_MEMORY;
    record_variant(r, e->variant);
    r->tries = e->tries > r->tries ? e->tries : r->tries;
    r->right = r->closed = r->right || e->right;
    r->ever_tried = true;
    r->ever_right = r->ever_right || e->right;
    if (e->points > r->variant_points) r->variant_points = e->points;
    if (e->points > r->points) r->points = e->points;
    r->max = e->max;
    snprintf(r->slip, sizeof r->slip, "%s", e->slip ? e->slip : "");
    return record_answer(r, e);
}

static Status take_count(Progress *p, const Entry *e)
{
    PageRecord *r = progress_page_of(p, e);
    if (!r) return STATUS_MEMORY;
    if (e->kind == ENTRY_VARIANT) record_variant(r, e->variant);
    if (e->kind == ENTRY_HINT && e->variant == r->variant && e->number > r->hints) r->hints = e->number;
    if (e->kind == ENTRY_SKIP) r->skipped = true;
    if (e->kind == ENTRY_UNSKIP) r->skipped = false;
    return STATUS_OK;
}

static Status take_done(Progress *p, const Entry *e)
{
    struct LessonRecord *book = progress_book_of(p, e->lesson);
    if (!book) return STATUS_MEMORY;
    book->done = true;
    snprintf(book->done_sha, sizeof book->done_sha, "%s", e->sha ? e->sha : "");
    return STATUS_OK;
}

static bool in_scope(const Entry *e, const char *lesson, const char *page)
{
    if (strcmp(e->lesson, "*") == 0) return true;
    return strcmp(e->lesson, lesson) == 0 && (e->page[0] == '\0' || strcmp(e->page, page) == 0);
}

/* What lies before a reset no longer counts. */
static Status take_reset(Progress *p, const Entry *e)
{
    int kept = 0;
    for (int k = 0; k < p->pages; k++) {
        if (in_scope(e, p->page[k].lesson, p->page[k].page)) record_forget_answer(&p->page[k]);
        else p->page[kept++] = p->page[k];
    }
    p->pages = kept;
    for (int k = 0; k < p->books; k++) {
        if (!in_scope(e, p->book[k].lesson, e->page)) continue;
        p->book[k].done = false;
        if (e->page[0] == '\0') p->book[k].at[0] = '\0';
    }
    if (p->lesson[0] && in_scope(e, p->lesson, p->at) && e->page[0] == '\0') p->lesson[0] = p->at[0] = '\0';
    return STATUS_OK;
}

static Status take_pref(Progress *p, const Entry *e)
{
    if (strcmp(e->key, "theme") == 0) snprintf(p->theme, sizeof p->theme, "%s", e->value);
    return STATUS_OK;
}

Status progress_take(Progress *p, const Entry *e)
{
    static Status (*const take[])(Progress *p, const Entry *e) = {
        [ENTRY_PLACE] = take_place, [ENTRY_DRAFT] = take_draft,   [ENTRY_SUBMIT] = take_submit,
        [ENTRY_HINT] = take_count,  [ENTRY_VARIANT] = take_count, [ENTRY_SKIP] = take_count,
        [ENTRY_UNSKIP] = take_count, [ENTRY_DONE] = take_done,    [ENTRY_RESET] = take_reset,
        [ENTRY_PREF] = take_pref,
    };
    return take[e->kind](p, e);
}
