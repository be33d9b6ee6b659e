#include "app/base/wrap.h"

#include "app/base/utf8.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_LEAST = 4, TABLE_CELLS = 16, TABLE_GAP = 2, DEPTH_MOST = 8 };

typedef struct {
    Wrapped    *out;
    int         columns, indent; /* of the lines to come */
    int         used;            /* columns of the current line */
    int         last_run;        /* the run its last piece came from, -1: none */
    bool        ascii, heading;
    WrapKey     key;
    const void *context;
} Setter;

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
static void add_blanks(Setter *s, int columns)
{
    if (columns <= 0) return;
    Wrapped  *w = s->out;
    WrapPiece piece = {.from = w->text.len, .len = (size_t)columns, .columns = columns};
    text_format(&w->text, "%*s", columns, "");
    add_piece(w, piece);
    s->used += columns;
    s->last_run = -1;
}

static void start_line(Setter *s, int indent)
{
    Wrapped *w = s->out;
    void    *array = w->line;
    if (!grow(w, &array, &w->line_cap, w->lines, sizeof *w->line)) return;
    w->line = array;
    w->line[w->lines++] = (WrapLine){.piece = w->pieces, .heading = s->heading};
    s->used = 0;
    s->last_run = -1;
    add_blanks(s, indent);
}

/* Adds bytes of a run to the current line; what continues its last piece is part of it. */
static void add_fragment(Setter *s, int run, size_t from, size_t len)
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

static void add_run(Setter *s, SpanKind kind, unsigned style, size_t from)
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

static void add_text_run(Setter *s, unsigned style, const char *text, size_t len)
{
    size_t from = s->out->text.len;
    utf8_clean(&s->out->text, text, len, false, s->ascii);
    add_run(s, SPAN_TEXT, style, from);
}

/* "row 12": the words, and where in them the numbers stand. */
static void add_reference_run(Setter *s, const Span *span, const char *before, const char *after)
{
    Wrapped *w = s->out;
    size_t   from = w->text.len, target = from + strlen(before), len = strlen(span->text);
    text_format(&w->text, "%s%s%s", before, span->text, after);
    add_run(s, span->kind, span->style, from);
    if (w->broken || w->text.broken) return;
    w->run[w->runs - 1].target = target;
    w->run[w->runs - 1].target_len = len;
}

static void add_press_run(Setter *s, const Span *span)
{
    size_t      from = s->out->text.len;
    const char *key = s->key ? s->key(span->text, s->context) : NULL;
    text_add(&s->out->text, key ? key : "(no key)");
    add_run(s, SPAN_PRESS, span->style, from);
}

static void add_span_run(Setter *s, const Span *span, unsigned more_style)
{
    unsigned style = span->style | more_style;
    switch (span->kind) {
    case SPAN_TEXT:
        add_text_run(s, style, span->text, strlen(span->text));
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
        add_run(s, SPAN_BREAK, 0, s->out->text.len);
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

static void place_part(Setter *s, Place p, size_t len, bool cut)
{
    const Wrapped *w = s->out;
    size_t         from = w->run[p.run].from + p.offset;
    while (cut && len > 0) { /* a word longer than a line: as much as fits, and so on */
        size_t fits = utf8_fit(text_string(&w->text) + from, len, s->columns - s->used);
        if (fits == 0 && s->used > s->indent) {
            start_line(s, s->indent);
            if (w->broken) return;
            continue;
        }
        if (fits == 0) fits = utf8_cluster(text_string(&w->text) + from, len);
        add_fragment(s, p.run, from, fits);
        from += fits;
        len -= fits;
    }
    if (len > 0) add_fragment(s, p.run, from, len);
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
static void set_runs(Setter *s)
{
    const Wrapped *w = s->out;
    bool           empty = true, blank = false;
    Place          p = settle(w, (Place){0, 0}), gap = p;
    while (!at_end(w, p) && !w->broken && !w->text.broken) {
        if (w->run[p.run].kind == SPAN_BREAK) {
            start_line(s, s->indent);
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
            start_line(s, s->indent);
            empty = true;
        }
        if (!empty && blank) add_fragment(s, gap.run, w->run[gap.run].from + gap.offset, 1);
        place_word(s, p, end, columns > s->columns - s->used);
        empty = blank = false;
        p = settle(w, end);
    }
}

static void make_runs(Setter *s, const Block *block, int first, int past, unsigned style)
{
    s->out->runs = 0;
    for (int k = first; k < past; k++) add_span_run(s, &block->span[k], style);
}

static void set_paragraph(Setter *s, const Block *block, int indent)
{
    s->indent = indent;
    make_runs(s, block, 0, block->spans, 0);
    start_line(s, indent);
    set_runs(s);
}

static void set_heading(Setter *s, const Block *block)
{
    s->heading = true;
    s->indent = 0;
    make_runs(s, block, 0, block->spans, SPAN_BOLD);
    start_line(s, 0);
    set_runs(s);
    s->heading = false;
}

/* Text that is no span: a bullet, a number, a rule. */
static void add_own(Setter *s, const char *text)
{
    size_t len = strlen(text);
    s->out->runs = 0;
    add_text_run(s, 0, text, len);
    if (s->out->runs == 1 && !s->out->text.broken)
        add_fragment(s, 0, s->out->run[0].from, s->out->run[0].len);
    s->last_run = -1;
}

/* Returns the indent of what continues the item. */
static int set_item(Setter *s, const Block *block, int outer)
{
    Text mark = {0};
    if (block->number > 0)
        text_format(&mark, "%d. ", block->number);
    else
        text_add(&mark, s->ascii ? "- " : "\xe2\x80\xa2 ");
    start_line(s, outer);
    add_own(s, text_string(&mark));
    text_done(&mark);
    s->indent = s->used;
    make_runs(s, block, 0, block->spans, 0);
    set_runs(s);
    return s->indent;
}

/* One line of a code block, cut where the columns end. */
static void set_code_line(Setter *s, const char *line, size_t len)
{
    Wrapped *w = s->out;
    w->runs = 0;
    size_t from = w->text.len;
    for (size_t k = 0, part; k < len; k += part + 1) { /* a tab is four blanks */
        const char *tab = memchr(line + k, '\t', len - k);
        part = tab ? (size_t)(tab - (line + k)) : len - k;
        utf8_clean(&w->text, line + k, part, false, s->ascii);
        if (tab) text_add(&w->text, "    ");
    }
    add_run(s, SPAN_TEXT, SPAN_CODE, from);
    start_line(s, s->indent);
    if (w->runs == 1 && !w->broken && !w->text.broken)
        place_part(s, (Place){0, 0}, w->run[0].len, true);
}

static void set_code(Setter *s, const Block *block, int indent)
{
    const char *text = block->spans > 0 ? block->span[0].text : "";
    s->indent = indent + 2 < s->columns ? indent + 2 : 0;
    for (;;) {
        size_t len = strcspn(text, "\n");
        set_code_line(s, text, len);
        if (!text[len]) return;
        text += len + 1;
    }
}

static void set_rule(Setter *s, int columns)
{
    Text rule = {0};
    for (int k = 0; k < columns; k++) text_add(&rule, s->ascii ? "-" : "\xe2\x94\x80");
    start_line(s, 0);
    add_own(s, text_string(&rule));
    text_done(&rule);
}

static void cell_spans(const Block *row, int cell, int *first, int *past)
{
    *first = row->cell[cell];
    *past = cell + 1 < row->cells ? row->cell[cell + 1] : row->spans;
}

/* Columns of one cell; leaves nothing behind. */
static int measure_cell(Setter *s, const Block *row, int cell)
{
    int    first, past, columns = 0;
    size_t before = s->out->text.len;
    cell_spans(row, cell, &first, &past);
    make_runs(s, row, first, past, 0);
    for (int k = 0; k < s->out->runs; k++) columns += s->out->run[k].columns;
    text_cut(&s->out->text, before);
    return columns;
}

/* The width of each column of a table; false if it does not fit side by side. */
static bool measure_table(Setter *s, const Block *row, int rows, int width[TABLE_CELLS], int *total)
{
    memset(width, 0, TABLE_CELLS * sizeof *width);
    *total = 0;
    for (int k = 0; k < rows; k++) {
        if (row[k].cells > TABLE_CELLS) return false;
        for (int cell = 0; cell < row[k].cells; cell++) {
            int columns = measure_cell(s, &row[k], cell);
            width[cell] = columns > width[cell] ? columns : width[cell];
        }
    }
    for (int cell = 0; cell < TABLE_CELLS; cell++)
        *total += width[cell] + (cell > 0 && width[cell] > 0 ? TABLE_GAP : 0);
    return *total <= s->columns;
}

static void set_row(Setter *s, const Block *row, const int width[TABLE_CELLS])
{
    int edge = 0;
    s->indent = 0;
    start_line(s, 0);
    for (int cell = 0; cell < row->cells; cell++) {
        int first, past;
        add_blanks(s, edge - s->used);
        cell_spans(row, cell, &first, &past);
        make_runs(s, row, first, past, row->number == 0 ? SPAN_BOLD : 0);
        set_runs(s);
        s->last_run = -1;
        edge += width[cell] + (width[cell] > 0 ? TABLE_GAP : 0);
    }
}

static void set_row_as_text(Setter *s, const Block *row)
{
    unsigned style = row->number == 0 ? SPAN_BOLD : 0;
    s->out->runs = 0;
    for (int cell = 0; cell < row->cells; cell++) {
        int first, past;
        if (cell > 0) add_text_run(s, style, "; ", 2);
        cell_spans(row, cell, &first, &past);
        for (int k = first; k < past; k++) add_span_run(s, &row->span[k], style);
    }
    s->indent = 2;
    start_line(s, 0);
    set_runs(s);
}

static void set_table(Setter *s, const Block *row, int rows)
{
    int  width[TABLE_CELLS], total;
    bool fits = measure_table(s, row, rows, width, &total);
    for (int k = 0; k < rows; k++) {
        if (!fits) {
            set_row_as_text(s, &row[k]);
            continue;
        }
        set_row(s, &row[k], width);
        if (row[k].number == 0) set_rule(s, total);
    }
}

static void wrap_clear(Wrapped *w)
{
    w->lines = w->pieces = w->runs = 0;
    w->broken = false;
    text_clear(&w->text);
}

static int indent_of(const int hang[DEPTH_MOST + 1], int level, int columns)
{
    int indent = hang[level < 0 ? 0 : level > DEPTH_MOST ? DEPTH_MOST : level];
    return indent > columns / 2 ? columns / 2 : indent; /* deep lists keep room for their words */
}

static int table_rows(const Markdown *m, int first)
{
    int past = first + 1;
    while (past < m->blocks && m->block[past].kind == BLOCK_TABLE_ROW && m->block[past].number > 0)
        past++;
    return past - first;
}

void wrap_markdown(Wrapped *out, const Markdown *m, int columns, bool ascii, WrapKey key,
                   const void *context)
{
    int    hang[DEPTH_MOST + 1] = {0}; /* indent of what stands in an item, by depth */
    Setter s = {.out = out,
                .columns = columns < COLUMNS_LEAST ? COLUMNS_LEAST : columns,
                .ascii = ascii,
                .key = key,
                .context = context};
    wrap_clear(out);
    for (int k = 0; k < m->blocks && !out->broken; k++) {
        const Block *block = &m->block[k];
        bool         item = block->kind == BLOCK_ITEM;
        if (k > 0 && !(item && m->block[k - 1].kind == BLOCK_ITEM)) start_line(&s, 0);
        switch (block->kind) {
        case BLOCK_PARAGRAPH:
            set_paragraph(&s, block, indent_of(hang, block->level, s.columns));
            break;
        case BLOCK_HEADING:
            set_heading(&s, block);
            break;
        case BLOCK_ITEM: {
            int inner = set_item(&s, block, indent_of(hang, block->level - 1, s.columns));
            hang[block->level > DEPTH_MOST ? DEPTH_MOST : block->level] = inner;
            break;
        }
        case BLOCK_CODE:
            set_code(&s, block, indent_of(hang, block->level, s.columns));
            break;
        case BLOCK_TABLE_ROW: {
            int rows = table_rows(m, k);
            set_table(&s, block, rows);
            k += rows - 1;
            break;
        }
        case BLOCK_RULE:
            set_rule(&s, s.columns);
            break;
        }
    }
    out->broken = out->broken || out->text.broken;
}

void wrap_plain(Wrapped *out, const char *text, int columns, bool ascii)
{
    Setter s = {
        .out = out, .columns = columns < COLUMNS_LEAST ? COLUMNS_LEAST : columns, .ascii = ascii};
    wrap_clear(out);
    while (*text && !out->broken) {
        size_t len = strcspn(text, "\n");
        out->runs = 0;
        add_text_run(&s, 0, text, len);
        start_line(&s, 0);
        set_runs(&s);
        text += text[len] ? len + 1 : len;
    }
    out->broken = out->broken || out->text.broken;
}

void wrap_done(Wrapped *w)
{
    free(w->line);
    free(w->piece);
    free(w->run);
    text_done(&w->text);
    *w = (Wrapped){0};
}
