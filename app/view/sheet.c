#include "app/view/sheet.h"

#include "app/base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAP = 32 };

void sheet_done(Sheet *s)
{
    free(s->line);
    free(s->piece);
    text_done(&s->text);
    *s = (Sheet){0};
}

void sheet_start(Sheet *s, int columns, bool ascii)
{
    s->lines = s->pieces = 0;
    text_clear(&s->text);
    s->columns = columns > 0 ? columns : 0;
    s->ascii = ascii;
    s->indent = 0;
    s->cursor_line = s->cursor_x = s->want_line = -1;
    s->broken = false;
}

/* Makes room for one more of `size` bytes; false if memory runs out, *at is then as before. */
static bool grow(void **at, int *cap, int len, size_t size)
{
    if (len < *cap)
        return true;
    int   more = *cap ? *cap * 2 : FIRST_CAP;
    void *bigger = realloc(*at, (size_t)more * size);
    if (!bigger)
        return false;
    *at = bigger;
    *cap = more;
    return true;
}

void sheet_line(Sheet *s)
{
    void *at = s->line;
    if (!grow(&at, &s->line_cap, s->lines, sizeof *s->line)) {
        s->broken = true;
        return;
    }
    s->line = at;
    s->line[s->lines++] = (SheetLine){.piece = s->pieces, .x = s->indent};
}

/* The empty line itself; the text behind it begins a line of its own. */
void sheet_gap(Sheet *s)
{
    if (s->lines && s->line[s->lines - 1].pieces)
        sheet_line(s);
}

static SheetLine *last(Sheet *s)
{
    if (!s->lines)
        sheet_line(s);
    return s->lines ? &s->line[s->lines - 1] : NULL;
}

void sheet_to(Sheet *s, int x)
{
    SheetLine *line = last(s);
    if (line && line->x < x)
        line->x = x;
}

int sheet_x(const Sheet *s)
{
    return s->lines ? s->line[s->lines - 1].x : s->indent;
}

int sheet_room(const Sheet *s)
{
    int room = s->columns - sheet_x(s);
    return room > 0 ? room : 0;
}

void sheet_put_bytes(Sheet *s, Style style, const char *text, size_t len)
{
    SheetLine *line = last(s);
    void      *at = s->piece;
    if (!line || !grow(&at, &s->piece_cap, s->pieces, sizeof *s->piece)) {
        s->broken = true;
        return;
    }
    s->piece = at;
    size_t from = s->text.len;
    utf8_clean(&s->text, text, len, false, s->ascii);
    size_t clean = s->text.len - from;
    size_t fits = clean ? utf8_fit(s->text.at + from, clean, sheet_room(s)) : 0;
    if (!fits)
        return;
    int columns = utf8_columns(s->text.at + from, fits);
    s->piece[s->pieces++] = (SheetPiece){line->x, columns, style, from, fits};
    line->pieces++;
    line->x += columns;
}

void sheet_put(Sheet *s, Style style, const char *text)
{
    sheet_put_bytes(s, style, text, strlen(text));
}

void sheet_put_cut(Sheet *s, Style style, const char *text, int columns)
{
    size_t len = strlen(text);
    if (columns > sheet_room(s))
        columns = sheet_room(s);
    if (utf8_columns(text, len) <= columns) {
        sheet_put(s, style, text);
        return;
    }
    sheet_put_bytes(s, style, text, utf8_fit(text, len, columns - (s->ascii ? 3 : 1)));
    sheet_put(s, style, s->ascii ? "..." : "…");
}

void sheet_format(Sheet *s, Style style, const char *format, ...)
{
    char    line[512];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    sheet_put(s, style, line);
}

void sheet_rune(Sheet *s, Style style, int32_t rune)
{
    char   bytes[4];
    size_t len = utf8_put(rune, bytes);
    sheet_put_bytes(s, style, bytes, len);
}

/* Bold, and underline for links into the figure; a single letter in emphasis is the name of a
 * quantity and needs no line under it. */
static Style piece_style(const WrapPiece *p, Style style)
{
    if (p->style & SPAN_BOLD || p->kind == SPAN_PRESS)
        style.attr |= ATTR_BOLD;
    bool link = p->kind == SPAN_ROW || p->kind == SPAN_COLUMN || p->kind == SPAN_CELL;
    if (link || (p->style & SPAN_EMPHASIS && p->columns > 2))
        style.attr |= ATTR_UNDERLINE;
    return style;
}

void sheet_wrapped(Sheet *s, const Wrapped *w, Style style, bool join)
{
    for (int k = 0; k < w->lines; k++) {
        if (!join || k)
            sheet_line(s);
        for (int p = 0; p < w->line[k].pieces; p++) {
            const WrapPiece *piece = &w->piece[w->line[k].piece + p];
            sheet_put_bytes(s, piece_style(piece, style), w->text.at + piece->from, piece->len);
        }
    }
}

void sheet_cursor(Sheet *s, int x)
{
    last(s);
    s->cursor_line = s->lines - 1;
    s->cursor_x = x;
    sheet_want(s);
}

void sheet_want(Sheet *s)
{
    s->want_line = s->lines - 1;
}

void sheet_fill_line(Sheet *s, int line, Style style)
{
    s->line[line].fill = true;
    s->line[line].paper = style;
}

int sheet_scroll(const Sheet *s, int scroll, int rows, bool follow)
{
    int most = s->lines > rows ? s->lines - rows : 0;
    if (scroll > most)
        scroll = most;
    if (follow && s->cursor_line >= 0) {
        if (s->want_line >= scroll + rows)
            scroll = s->want_line - rows + 1;
        if (s->cursor_line < scroll)
            scroll = s->cursor_line;
    }
    return scroll < 0 ? 0 : scroll > most ? most : scroll;
}

void sheet_draw(const Sheet *s, Canvas *canvas, Rect r, int scroll, bool cursor)
{
    Rect clip = canvas->clip;
    canvas_clip(canvas, r);
    for (int y = 0; y < r.h && scroll + y < s->lines; y++) {
        const SheetLine *line = &s->line[scroll + y];
        if (line->fill)
            canvas_fill(canvas, rect_make(r.x, r.y + y, r.w < s->columns ? r.w : s->columns, 1), line->paper, ' ');
        for (int p = 0; p < line->pieces; p++) {
            const SheetPiece *piece = &s->piece[line->piece + p];
            canvas_text_bytes(canvas, r.x + piece->x, r.y + y, line->fill ? line->paper : piece->style,
                              s->text.at + piece->from, piece->len);
        }
    }
    canvas_clip(canvas, clip);
    int y = s->cursor_line - scroll;
    if (cursor && s->cursor_line >= 0 && rect_has(r, r.x + s->cursor_x, r.y + y))
        canvas_cursor(canvas, r.x + s->cursor_x, r.y + y);
}
