#include "app/cmd/marks.h"

#include "app/base/utf8.h"

#include <string.h>

const char *mark_word(char mark)
{
    switch (mark) {
    case '>':
        return "started";
    case '+':
        return "done";
    case '~':
        return "skipped";
    case '!':
        return "broken";
    default:
        return "new";
    }
}

void mark_points(const Progress *p, const char *lesson, double *points, double *max)
{
    *points = *max = 0;
    for (int k = 0; k < p->pages; k++) {
        if (strcmp(p->page[k].lesson, lesson) != 0) continue;
        *points += p->page[k].points;
        *max += p->page[k].max;
    }
}

void mark_json(const Session *s, int k, Text *out)
{
    const ShelfEntry *e = &s->shelf.lesson[k];
    ShelfMark         mark = shelf_mark(&s->shelf, k, &s->progress);
    double            points, max;
    mark_points(&s->progress, e->id, &points, &max);
    text_add(out, "{\"id\":");
    utf8_json(out, e->id);
    text_add(out, ",\"title\":");
    utf8_json(out, e->title);
    text_format(
        out,
        ",\"minutes\":%d,\"state\":\"%s\",\"questions\":%d,\"done\":%d,\"skipped\":%d,\"points\":",
        e->minutes, mark_word(mark.mark), mark.questions, mark.done, mark.skipped);
    text_add_real(out, points, 3);
    text_add(out, ",\"max\":");
    text_add_real(out, max, 3);
    text_add(out, ",\"page\":");
    utf8_json(out, mark.at);
    if (e->error) {
        text_add(out, ",\"error\":");
        utf8_json(out, e->error);
    }
    text_add_char(out, '}');
}
