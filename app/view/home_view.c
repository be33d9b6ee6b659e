/* home_view.c - the continue line, then the lessons by chapter with their marks. */
#include "app/view/panes.h"

#include <stdio.h>
#include <string.h>

enum { TITLE_AT = 5 };

/* Where the columns of the list stand; 0: left out. */
typedef struct {
    int minutes, done;
} Columns;

static Columns columns_of(int width)
{
    if (width >= 70)
        return (Columns){43, 53};
    if (width >= 56)
        return (Columns){34, 43};
    return (Columns){0, width - 8};
}

/* Begins a line of the list; the one under the cursor is in reverse and has the hardware cursor. */
static int line_begin(const Session *s, int number, Sheet *out)
{
    bool under = s->home == number;
    sheet_line(out);
    if (under)
        sheet_cursor(out, 0);
    sheet_put(out, style_plain(), under ? "> " : "  ");
    return out->lines - 1;
}

static void line_end(const Session *s, int number, int line, Sheet *out)
{
    if (s->home == number)
        sheet_fill_line(out, line, style_attr(ATTR_REVERSE | ATTR_BOLD));
}

static void continue_put(const Frame *f, const Canvas *canvas, Sheet *out)
{
    const Session *s = f->session;
    int            k = shelf_find(&s->shelf, s->progress.lesson);
    int            line = line_begin(s, 0, out);
    sheet_put(out, style_attr(ATTR_BOLD), "Continue: ");
    sheet_put_cut(out, style_attr(ATTR_BOLD), s->shelf.lesson[k].title, sheet_room(out) - 12);
    if (s->progress.at[0]) {
        sheet_put(out, style_plain(), " ");
        sheet_rune(out, style_plain(), canvas_glyph(canvas, GLYPH_CRUMB));
        sheet_put(out, style_plain(), " ");
        sheet_put_cut(out, style_plain(), s->progress.at, sheet_room(out));
    }
    line_end(s, 0, line, out);
}

static void chapter_put(int chapter, Sheet *out)
{
    sheet_gap(out);
    sheet_line(out);
    sheet_to(out, 2);
    if (chapter < 0)
        sheet_put(out, style_attr(ATTR_BOLD), "Lessons");
    else
        sheet_format(out, style_attr(ATTR_BOLD), "Chapter %d  %s", chapter, shelf_chapter(chapter));
}

static void done_put(const ShelfMark *m, Sheet *out)
{
    if (m->mark == '-' || !m->questions)
        return;
    sheet_format(out, style_plain(), "%d of %d", m->done, m->questions);
    if (m->skipped && sheet_room(out) >= 12)
        sheet_format(out, style_plain(), ", %d skipped", m->skipped);
}

/* Why a lesson does not load: the whole message under the cursor, else its first line. */
static void error_put(const Frame *f, const char *error, bool whole, Sheet *out)
{
    out->indent = TITLE_AT;
    if (whole) {
        sheet_wrapped(out, prose_plain(f->prose, error, out->columns - TITLE_AT, f->ascii), style_attr(ATTR_DIM), false);
    } else {
        char line[240];
        snprintf(line, sizeof line, "%.*s", (int)strcspn(error, "\n"), error);
        sheet_line(out);
        sheet_put_cut(out, style_attr(ATTR_DIM), line, sheet_room(out));
    }
    out->indent = 0;
    if (whole)
        sheet_want(out);
}

static void lesson_put(const Frame *f, int k, int number, Sheet *out)
{
    const Session    *s = f->session;
    const ShelfEntry *e = &s->shelf.lesson[k];
    ShelfMark         m = shelf_mark(&s->shelf, k, &s->progress);
    Columns           at = columns_of(out->columns);
    int               line = line_begin(s, number, out);
    Style             title = style_attr(m.mark == '>' ? ATTR_BOLD : 0);
    sheet_format(out, title, "%c", m.mark);
    sheet_to(out, TITLE_AT);
    sheet_put_cut(out, title, e->title, (at.minutes ? at.minutes : at.done) - TITLE_AT - 1);
    if (at.minutes && e->minutes) {
        sheet_to(out, at.minutes);
        sheet_format(out, style_attr(ATTR_DIM), "%d min", e->minutes);
    }
    sheet_to(out, at.done);
    done_put(&m, out);
    line_end(s, number, line, out);
    if (e->error)
        error_put(f, e->error, s->home == number, out);
}

/* The marks that stand in the list, in words. */
static void marks_put(const Session *s, Sheet *out)
{
    static const struct {
        char        mark;
        const char *words;
    } marks[] = {{'-', "- new"}, {'>', "> started"}, {'+', "+ done"}, {'~', "~ done with skips"}, {'!', "! does not load"}};
    sheet_gap(out);
    sheet_line(out);
    for (unsigned m = 0; m < sizeof marks / sizeof *marks; m++) {
        bool seen = false;
        for (int k = 0; k < s->shelf.lessons; k++)
            seen |= shelf_mark(&s->shelf, k, &s->progress).mark == marks[m].mark;
        if (!seen)
            continue;
        if (sheet_room(out) < (int)strlen(marks[m].words) + 3)
            sheet_line(out);
        sheet_to(out, sheet_x(out) < 2 ? 2 : sheet_x(out) + 3);
        sheet_put(out, style_attr(ATTR_DIM), marks[m].words);
    }
}

void home_view(const Frame *f, const Canvas *canvas, Sheet *out)
{
    const Session *s = f->session;
    int            first = session_has_continue(s), chapter = -2;
    if (first)
        continue_put(f, canvas, out);
    for (int k = 0; k < s->shelf.lessons; k++) {
        if (s->shelf.lesson[k].chapter != chapter)
            chapter_put(s->shelf.lesson[k].chapter, out);
        chapter = s->shelf.lesson[k].chapter;
        lesson_put(f, k, first + k, out);
    }
    if (!s->shelf.lessons) {
        sheet_line(out);
        sheet_put(out, style_plain(), "There are no lessons here.");
        return;
    }
    marks_put(s, out);
}
