#include "app/base/wrap_set.h"

#include "app/base/utf8.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static bool grow(Wrapped *w, void **array, int *cap, int count, size_t size)
{
    if (count < *cap) return true;
    int   more = *cap ? *cap * 2 : 16;
    void *at = *cap > INT_MAX / 2 ? NULL : realloc(*array, (size_t)more * size);
    if (!at) {
        w->broken = true;
        return false;
    }
    *array = at;
    *cap = more;
    return true;
}

static WrapPiece *add_piece(Wrapped *w, WrapPiece piece)
{
    void *array = w->piece;
    if (w->lines == 0 || !grow(w, &array, &w->piece_cap, w->pieces, sizeof piece)) return NULL;
    w->piece = array;
    w->line[w->lines - 1].pieces++;
    w->piece[w->pieces] = piece;
    return &w->piece[w->pieces++];
}

/* Blanks that belong to no span. */
void set_blanks(Setter *s, int columns)
{
    if (columns <= 0) return;
    Wrapped  *w = s->out;
    WrapPiece piece = {.from = w->text.len, .len = (size_t)columns, .columns = columns};
    text_format(&w->text, "%*s", columns, "");
    add_piece(w, piece);
    s->used += columns;
    s->last_run = -1;
}

void set_line(Setter *s, int indent)
{
    Wrapped *w = s->out;
    void    *array = w->line;
    if (!grow(w, &array, &w->line_cap, w->lines, sizeof *w->line)) return;
    w->line = array;
    w->line[w->lines++] = (WrapLine){.piece = w->pieces, .heading = s->heading};
    s->used = 0;
    s->last_run = -1;
    set_blanks(s, indent);
}

/* Adds bytes of a run to the current line; what continues its last piece is part of it. */
void set_fragment(Setter *s, int run, size_t from, size_t len)
{
    Wrapped         *w = s->out;
    const WrapPiece *source = &w->run[run];
    int              columns = utf8_columns(text_string(&w->text) + from, len);
    s->used += columns;
    if (s->last_run == run && w->pieces > 0) {
        WrapPiece *last = &w->piece[w->pieces - 1];
        if (last->from + last->len == from) {
            last->len += len;
            last->columns += columns;
            return;
        }
    }
    WrapPiece piece = *source;
    piece.from = from;
    piece.len = len;
    piece.columns = columns;
    add_piece(w, piece);
    s->last_run = run;
}

void set_run(Setter *s, SpanKind kind, unsigned style, size_t from)
{
    Wrapped *w = s->out;
    void    *array = w->run;
    if (!grow(w, &array, &w->run_cap, w->runs, sizeof *w->run)) return;
    w->run = array;
    size_t len = w->text.len - from;
    w->run[w->runs++] = (WrapPiece){
        .kind = kind,
        .style = style,
        .from = from,
        .len = len,
        .columns = utf8_columns(text_string(&w->text) + from, len),
    };
}

void set_text_run(Setter *s, unsigned style, const char *text, size_t len)
{
    size_t from = s->out->text.len;
    utf8_clean(&s->out->text, text, len, false, s->ascii);
    set_run(s, SPAN_TEXT, style, from);
}

/* "row 12": the words, and where in them the numbers stand. */
static void add_reference_run(Setter *s, const Span *span, const char *before, const char *after)
{
    Wrapped *w = s->out;
    size_t   from = w->text.len, target = from + strlen(before), len = strlen(span->text);
    text_format(&w->text, "%s%s%s", before, span->text, after);
    set_run(s, span->kind, span->style, from);
    if (w->broken || w->text.broken) return;
    w->run[w->runs - 1].target = target;
    w->run[w->runs - 1].target_len = len;
}

static void add_press_run(Setter *s, const Span *span)
{
    size_t      from = s->out->text.len;
    const char *key = s->key ? s->key(span->text, s->context) : NULL;
    text_add(&s->out->text, key ? key : "(no key)");
    set_run(s, SPAN_PRESS, span->style, from);
}

void set_span_run(Setter *s, const Span *span, unsigned more_style)
{
    unsigned style = span->style | more_style;
    switch (span->kind) {
    case SPAN_TEXT:
        set_text_run(s, style, span->text, strlen(span->text));
        break;
    case SPAN_PRESS:
        add_press_run(s, span);
        break;
    case SPAN_ROW:
        add_reference_run(s, span, "row ", "");
        break;
    case SPAN_COLUMN:
        add_reference_run(s, span, "column ", "");
        break;
    case SPAN_CELL:
        add_reference_run(s, span, "cell (", ")");
        break;
    case SPAN_BREAK:
        set_run(s, SPAN_BREAK, 0, s->out->text.len);
        break;
    }
}

/* Where the setting stands: a byte of a run. */
typedef struct {
    int    run;
    size_t offset;
} Place;

static const char *text_at(const Wrapped *w, Place p)
{
    return text_string(&w->text) + w->run[p.run].from + p.offset;
}

static bool at_end(const Wrapped *w, Place p)
{
    return p.run >= w->runs;
}

/* Moves on past runs that are used up, but never past a break. */
static Place settle(const Wrapped *w, Place p)
{
    while (!at_end(w, p) && w->run[p.run].kind != SPAN_BREAK && p.offset >= w->run[p.run].len)
        p = (Place){p.run + 1, 0};
    return p;
}

static bool at_blank(const Wrapped *w, Place p)
{
    return *text_at(w, p) == ' ';
}

/* Bytes from p to the next blank or the end of its run. */
static size_t word_part(const Wrapped *w, Place p)
{
    const WrapPiece *run = &w->run[p.run];
    const char      *s = text_at(w, p), *blank = memchr(s, ' ', run->len - p.offset);
    return blank ? (size_t)(blank - s) : run->len - p.offset;
}

/* Columns of the word at p, over as many runs as it has; *end is behind it. */
static int measure_word(const Wrapped *w, Place p, Place *end)
{
    int columns = 0;
    for (p = settle(w, p); !at_end(w, p) && w->run[p.run].kind != SPAN_BREAK && !at_blank(w, p);
         p = settle(w, p)) {
        size_t len = word_part(w, p);
        columns += utf8_columns(text_at(w, p), len);
        p.offset += len;
    }
    *end = p;
    return columns;
}

/* Bytes of a cluster wider than a whole line that fit into columns: as many runes, at least one. */
static size_t part_of_cluster(const char *cluster, size_t len, int columns)
{
    size_t at = 0;
    while (at < len) {
        int32_t rune;
        size_t  step = utf8_rune(cluster + at, len - at, &rune);
        columns -= utf8_columns(cluster + at, step);
        if (columns < 0 && at > 0) break;
        at += step;
    }
    return at;
}

static void place_part(Setter *s, Place p, size_t len, bool cut)
{
    const Wrapped *w = s->out;
    size_t         from = w->run[p.run].from + p.offset;
    while (cut && len > 0) { /* a word longer than a line: as much as fits, and so on */
        size_t fits = utf8_fit(text_string(&w->text) + from, len, s->columns - s->used);
        if (fits == 0 && s->used > s->indent) {
            set_line(s, s->indent);
            if (w->broken) return;
            continue;
        }
        if (fits == 0) {
            const char *text = text_string(&w->text) + from;
            fits = part_of_cluster(text, utf8_cluster(text, len), s->columns - s->used);
        }
        set_fragment(s, p.run, from, fits);
        from += fits;
        len -= fits;
    }
    if (len > 0) set_fragment(s, p.run, from, len);
}

void set_cut(Setter *s)
{
    place_part(s, (Place){0, 0}, s->out->run[0].len, true);
}

static void place_word(Setter *s, Place p, Place end, bool cut)
{
    for (p = settle(s->out, p); p.run < end.run || (p.run == end.run && p.offset < end.offset);
         p = settle(s->out, p)) {
        size_t len = word_part(s->out, p);
        place_part(s, p, len, cut);
        p.offset += len;
    }
}

/* Sets all runs, from the current line on. */
void set_runs(Setter *s)
{
    const Wrapped *w = s->out;
    bool           empty = true, blank = false;
    Place          p = settle(w, (Place){0, 0}), gap = p;
    while (!at_end(w, p) && !w->broken && !w->text.broken) {
        if (w->run[p.run].kind == SPAN_BREAK) {
            set_line(s, s->indent);
            empty = true;
            blank = false;
            p = settle(w, (Place){p.run + 1, 0});
            continue;
        }
        if (at_blank(w, p)) {
            gap = blank ? gap : p;
            blank = true;
            p.offset++;
            p = settle(w, p);
            continue;
        }
        Place end;
        int   columns = measure_word(w, p, &end);
        if (!empty && s->used + blank + columns > s->columns) {
            set_line(s, s->indent);
            empty = true;
        }
        if (!empty && blank) set_fragment(s, gap.run, w->run[gap.run].from + gap.offset, 1);
        place_word(s, p, end, columns > s->columns - s->used);
        empty = blank = false;
        p = settle(w, end);
    }
}
