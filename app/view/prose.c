#include "app/view/prose.h"

#include "app/view/keymap.h"

#include <string.h>

void prose_done(Prose *p)
{
    for (int k = 0; k < PROSE_KEPT; k++) {
        text_done(&p->entry[k].source);
        wrap_done(&p->entry[k].wrapped);
    }
    *p = (Prose){0};
}

static bool same(const ProseEntry *e, const char *text, size_t len, bool markdown, int columns, bool ascii)
{
    return e->used && e->markdown == markdown && e->columns == columns && e->ascii == ascii &&
           e->source.len == len && memcmp(text_string(&e->source), text, len) == 0;
}

static void set(ProseEntry *e, const char *text, size_t len)
{
    text_clear(&e->source);
    text_add_bytes(&e->source, text, len);
    Markdown m = {0};
    if (e->markdown && markdown_read(text, len, &m))
        wrap_markdown(&e->wrapped, &m, e->columns, e->ascii, keymap_press, NULL);
    else
        wrap_plain(&e->wrapped, text, e->columns, e->ascii);
    markdown_done(&m);
}

static const Wrapped *find(Prose *p, const char *text, bool markdown, int columns, bool ascii)
{
    size_t      len = strlen(text);
    ProseEntry *oldest = &p->entry[0];
    p->clock++;
    for (int k = 0; k < PROSE_KEPT; k++) {
        ProseEntry *e = &p->entry[k];
        if (same(e, text, len, markdown, columns, ascii)) {
            e->used = p->clock;
            return &e->wrapped;
        }
        if (e->used < oldest->used)
            oldest = e;
    }
    oldest->markdown = markdown;
    oldest->columns = columns;
    oldest->ascii = ascii;
    oldest->used = p->clock;
    set(oldest, text, len);
    p->made++;
    return &oldest->wrapped;
}

const Wrapped *prose_markdown(Prose *p, const char *text, int columns, bool ascii)
{
    return find(p, text, true, columns, ascii);
}

const Wrapped *prose_plain(Prose *p, const char *text, int columns, bool ascii)
{
    return find(p, text, false, columns, ascii);
}
