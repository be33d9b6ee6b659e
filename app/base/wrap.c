#include "app/base/wrap.h"

#include "app/base/utf8.h"
#include "app/base/wrap_set.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_LEAST = 4, TABLE_CELLS = 16, TABLE_GAP = 2, DEPTH_MOST = 8 };

static void make_runs(Setter *s, const Block *block, int first, int past, unsigned style)
{
    s->out->runs = 0;
    for (int k = first; k < past; k++) set_span_run(s, &block->span[k], style);
}

static void set_paragraph(Setter *s, const Block *block, int indent)
{
    s->indent = indent;
    make_runs(s, block, 0, block->spans, 0);
    set_line(s, indent);
    set_runs(s);
}

static void set_heading(Setter *s, const Block *block)
{
    s->heading = true;
    s->indent = 0;
    make_runs(s, block, 0, block->spans, SPAN_BOLD);
    set_line(s, 0);
    set_runs(s);
    s->heading = false;
}

/* Text that is no span: a bullet, a number, a rule. */
static void add_own(Setter *s, const char *text)
{
    size_t len = strlen(text);
    s->out->runs = 0;
    set_text_run(s, 0, text, len);
    if (s->out->runs == 1 && !s->out->text.broken) set_cut(s);
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
    s->indent = outer;
    set_line(s, outer);
    add_own(s, text_string(&mark));
    text_done(&mark);
    s->indent = s->used > s->columns / 2 ? s->columns / 2 : s->used; /* room for its words */
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
    set_run(s, SPAN_TEXT, SPAN_CODE, from);
    set_line(s, s->indent);
    if (w->runs == 1 && !w->broken && !w->text.broken) set_cut(s);
}

static void set_code(Setter *s, const Block *block, int indent)
{
    const char *text = block->spans > 0 ? block->span[0].text : "";
    s->indent = indent + 4 <= s->columns ? indent + 2 : 0;
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
    s->indent = 0;
    set_line(s, 0);
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
    set_line(s, 0);
    for (int cell = 0; cell < row->cells; cell++) {
        int first, past;
        set_blanks(s, edge - s->used);
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
        if (cell > 0) set_text_run(s, style, "; ", 2);
        cell_spans(row, cell, &first, &past);
        for (int k = first; k < past; k++) set_span_run(s, &row->span[k], style);
    }
    s->indent = 2;
    set_line(s, 0);
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
        if (k > 0 && !(item && m->block[k - 1].kind == BLOCK_ITEM)) set_line(&s, 0);
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
        set_text_run(&s, 0, text, len);
        set_line(&s, 0);
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
