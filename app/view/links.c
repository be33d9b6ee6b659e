#include "app/view/links.h"

#include <stdlib.h>
#include <string.h>

static void link_add(Links *l, SpanKind kind, const char *target, size_t len)
{
    char number[48], *end;
    if (l->links == LINKS || len == 0 || len >= sizeof number)
        return;
    memcpy(number, target, len);
    number[len] = '\0';
    int64_t first = strtoll(number, &end, 10), second = *end == ',' ? strtoll(end + 1, NULL, 10) : -1;
    l->link[l->links].i = kind == SPAN_COLUMN ? -1 : first;
    l->link[l->links++].j = kind == SPAN_COLUMN ? first : second;
}

static void text_links(const Wrapped *w, Links *l)
{
    for (int k = 0; k < w->pieces; k++) {
        const WrapPiece *p = &w->piece[k];
        if (p->kind == SPAN_ROW || p->kind == SPAN_COLUMN || p->kind == SPAN_CELL)
            link_add(l, p->kind, text_string(&w->text) + p->target, p->target_len);
    }
}

void links_make(const Session *s, Prose *prose, int columns, bool ascii, Links *out)
{
    const Player *p = &s->player;
    out->links = 0;
    if (s->screen == SCREEN_HOME || !p->lesson || p->problem[0])
        return;
    if (p->question) {
        text_links(prose_markdown(prose, p->question->prompt, columns, ascii), out);
        return;
    }
    const Page *page = player_at(p);
    for (int k = 0, step = 1; k < page->parts && step <= p->step; k++) {
        step += page->part[k].kind == PART_REVEAL;
        if (page->part[k].kind == PART_PROSE)
            text_links(prose_markdown(prose, page->part[k].text, columns, ascii), out);
    }
}

bool links_row(const Links *l, int64_t i)
{
    for (int k = 0; k < l->links; k++)
        if (l->link[k].i == i && l->link[k].j < 0)
            return true;
    return false;
}

bool links_column(const Links *l, int64_t j)
{
    for (int k = 0; k < l->links; k++)
        if (l->link[k].j == j && l->link[k].i < 0)
            return true;
    return false;
}

bool links_cell(const Links *l, int64_t i, int64_t j)
{
    for (int k = 0; k < l->links; k++)
        if (l->link[k].i == i && l->link[k].j == j)
            return true;
    return false;
}
