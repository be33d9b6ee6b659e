#include "app/tutor/field.h"

#include "app/base/utf8.h"

#include <string.h>

void field_done(Field *f)
{
    text_done(&f->text);
    *f = (Field){0};
}

void field_clear(Field *f)
{
    text_clear(&f->text);
    f->cursor = 0;
    f->full = false;
}

static int field_runes(const Field *f)
{
    int         runes = 0;
    const char *s = text_string(&f->text);
    for (size_t k = 0; k < f->text.len; k++) runes += ((unsigned char)s[k] & 0xC0) != 0x80;
    return runes;
}

static bool field_insert(Field *f, const char *bytes, size_t len)
{
    size_t was = f->text.len;
    text_add_bytes(&f->text, bytes, len);
    if (f->text.len != was + len) return false;
    char *at = f->text.at;
    memmove(at + f->cursor + len, at + f->cursor, was - f->cursor);
    memcpy(at + f->cursor, bytes, len);
    f->cursor += len;
    return true;
}

bool field_rune(Field *f, int32_t rune)
{
    char   bytes[4];
    size_t len = utf8_put(rune, bytes);
    f->full = field_runes(f) >= f->limit || len == 0 || !field_insert(f, bytes, len);
    return !f->full;
}

void field_set(Field *f, const char *text)
{
    field_clear(f);
    field_paste(f, text, strlen(text));
}

/* What a pasted rune becomes in one line of text: a blank for line ends and tabs, -1 for what has no
 * place there. */
static int32_t field_pasted(int32_t rune)
{
    if (rune == '\n' || rune == '\r' || rune == '\t') return ' ';
    return rune < 32 || rune == 127 || (rune >= 0x80 && rune < 0xA0) ? -1 : rune;
}

bool field_paste(Field *f, const char *text, size_t len)
{
    int  room = f->limit - field_runes(f);
    bool blank = false, fits = true;
    for (size_t at = 0; at < len && fits;) {
        int32_t rune;
        at += utf8_rune(text + at, len - at, &rune);
        bool line_end = rune == '\n' || rune == '\r';
        rune = field_pasted(rune);
        if (rune < 0 || (line_end && blank)) continue;
        blank = line_end;
        char   bytes[4];
        size_t put = utf8_put(rune, bytes);
        fits = room-- > 0 && field_insert(f, bytes, put);
    }
    f->full = !fits;
    return fits;
}

/* Start of the cluster that ends at the cursor. */
static size_t field_before(const Field *f)
{
    const char *s = text_string(&f->text);
    size_t      at = 0, start = 0;
    while (at < f->cursor) {
        start = at;
        at += utf8_cluster(s + at, f->text.len - at);
    }
    return start;
}

static size_t field_after(const Field *f)
{
    if (f->cursor >= f->text.len) return f->cursor;
    return f->cursor + utf8_cluster(text_string(&f->text) + f->cursor, f->text.len - f->cursor);
}

static bool field_cut(Field *f, size_t from, size_t to)
{
    if (from == to) return false;
    memmove(f->text.at + from, f->text.at + to, f->text.len - to);
    text_cut(&f->text, f->text.len - (to - from));
    f->cursor = from;
    f->full = false;
    return true;
}

bool field_erase(Field *f)
{
    return f->cursor > 0 && field_cut(f, field_before(f), f->cursor);
}

bool field_delete(Field *f)
{
    return f->cursor < f->text.len && field_cut(f, f->cursor, field_after(f));
}

bool field_left(Field *f)
{
    if (f->cursor == 0) return false;
    f->cursor = field_before(f);
    return true;
}

bool field_right(Field *f)
{
    if (f->cursor >= f->text.len) return false;
    f->cursor = field_after(f);
    return true;
}

void field_home(Field *f)
{
    f->cursor = 0;
}

void field_end(Field *f)
{
    f->cursor = f->text.len;
}
