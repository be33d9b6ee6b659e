#include "app/base/markdown_build.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Room for one more in an array that doubles at powers of two. */
static bool grow(Builder *b, void **array, int count, size_t size)
{
    if (count > 0 && (count & (count - 1)) != 0) return true;
    if (count > INT_MAX / 2) {
        b->broken = true;
        return false;
    }
    size_t cap = count ? (size_t)count * 2 : 1;
    void  *more = realloc(*array, cap * size);
    if (!more) {
        b->broken = true;
        return false;
    }
    *array = more;
    return true;
}

static Span *add_span(Builder *b, SpanKind kind, unsigned style, const char *text, size_t len)
{
    Block *block = b->block;
    void  *array = block->span;
    if (!grow(b, &array, block->spans, sizeof *block->span)) return NULL;
    block->span = array;
    char *copy = malloc(len + 1);
    if (!copy) {
        b->broken = true;
        return NULL;
    }
    memcpy(copy, text, len);
    copy[len] = '\0';
    Span *span = &block->span[block->spans++];
    *span = (Span){.kind = kind, .style = style, .text = copy};
    if (style & SPAN_LINK) {
        span->link = text_copy(b->link);
        b->broken = b->broken || (b->link && !span->link);
    }
    return span;
}

static const struct {
    const char *name;
    SpanKind    kind;
} references[] = {
    {"press:", SPAN_PRESS},
    {"row:", SPAN_ROW},
    {"column:", SPAN_COLUMN},
    {"cell:", SPAN_CELL},
};

/* Figures, for a cell two numbers and a comma; for a key the name of an action. */
static bool reference_fits(SpanKind kind, const char *text, size_t len)
{
    size_t figures = strspn(text, "0123456789");
    if (kind == SPAN_PRESS)
        return len > 0 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
    if (figures == 0 || figures > 10) return false;
    if (kind != SPAN_CELL) return figures == len;
    size_t more = text[figures] == ',' ? strspn(text + figures + 1, "0123456789") : 0;
    return more > 0 && more <= 10 && figures + 1 + more == len;
}

/* The reference that begins at s, its length in bytes; 0 if there is none. */
static size_t reference(const char *s, SpanKind *kind, const char **text, size_t *len)
{
    const char *close = *s == '{' ? strchr(s, '}') : NULL;
    if (!close) return 0;
    for (size_t k = 0; k < sizeof references / sizeof *references; k++) {
        size_t name = strlen(references[k].name);
        if (strncmp(s + 1, references[k].name, name) != 0) continue;
        *kind = references[k].kind;
        *text = s + 1 + name;
        *len = (size_t)(close - *text);
        return reference_fits(*kind, *text, *len) ? (size_t)(close - s) + 1 : 0;
    }
    return 0;
}

/* Ends the span being filled: its text goes into the block, references into spans of their own. */
void build_end_span(Builder *b)
{
    const char *s = text_string(&b->text), *plain = s;
    if (!b->block || b->text.len == 0) return;
    while (*s && !(b->style & (SPAN_CODE | SPAN_MATH))) {
        SpanKind    kind = SPAN_TEXT;
        const char *text = NULL;
        size_t      len = 0, whole = reference(s, &kind, &text, &len);
        if (whole == 0) {
            s++;
            continue;
        }
        if (s > plain) add_span(b, SPAN_TEXT, b->style, plain, (size_t)(s - plain));
        add_span(b, kind, b->style, text, len);
        plain = s += whole;
    }
    if (*plain) add_span(b, SPAN_TEXT, b->style, plain, strlen(plain));
    text_clear(&b->text);
}

Block *build_block(Builder *b, BlockKind kind)
{
    void *array = b->out->block;
    build_end_span(b);
    b->block = NULL;
    if (!grow(b, &array, b->out->blocks, sizeof *b->out->block)) return NULL;
    b->out->block = array;
    b->block = &b->out->block[b->out->blocks++];
    *b->block = (Block){.kind = kind};
    return b->block;
}

void build_end_block(Builder *b)
{
    build_end_span(b);
    b->block = NULL;
}

/* The innermost list that is kept track of; NULL outside lists. */
static List *inner_list(Builder *b)
{
    int depth = b->depth < LISTS_MOST ? b->depth : LISTS_MOST;
    return depth > 0 ? &b->list[depth - 1] : NULL;
}

/* A paragraph: the first of an item fills the item's own block, a later one continues it. */
void build_paragraph(Builder *b)
{
    List *list = inner_list(b);
    if (list && list->open && b->block) {
        list->open = false;
        return;
    }
    Block *block = build_block(b, BLOCK_PARAGRAPH);
    if (block && list) {
        block->more = true;
        block->level = b->depth;
    }
}

void build_list(Builder *b, int first)
{
    build_end_block(b);
    if (b->depth < LISTS_MOST) b->list[b->depth] = (List){.next = first};
    b->depth++;
}

void build_item(Builder *b)
{
    List  *list = inner_list(b);
    Block *block = build_block(b, BLOCK_ITEM);
    if (!block || !list) return;
    block->level = b->depth;
    block->number = list->next;
    list->open = true;
    if (list->next > 0) list->next++;
}

void build_row(Builder *b)
{
    Block *block = build_block(b, BLOCK_TABLE_ROW);
    if (block) block->number = b->heading_row ? 0 : ++b->row;
}

void build_cell(Builder *b)
{
    if (!b->block) return;
    build_end_span(b);
    void *array = b->block->cell;
    if (!grow(b, &array, b->block->cells, sizeof *b->block->cell)) return;
    b->block->cell = array;
    b->block->cell[b->block->cells++] = b->block->spans;
}

void build_style(Builder *b, unsigned bit, bool on)
{
    build_end_span(b);
    b->style = on ? b->style | bit : b->style & ~bit;
}

void build_break(Builder *b)
{
    build_end_span(b);
    if (b->block) add_span(b, SPAN_BREAK, 0, "", 0);
}

void build_entity(Text *out, const char *s, size_t len)
{
    static const struct {
        const char *name, *text;
    } named[] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", "\xc2\xa0"}};
    for (size_t k = 0; k < sizeof named / sizeof *named; k++) {
        if (strlen(named[k].name) == len && memcmp(named[k].name, s, len) == 0) {
            text_add(out, named[k].text);
            return;
        }
    }
    bool hex = len > 3 && s[1] == '#' && (s[2] == 'x' || s[2] == 'X');
    long rune = len > 3 && s[1] == '#' ? strtol(s + (hex ? 3 : 2), NULL, hex ? 16 : 10) : 0;
    if (rune > 0 && rune <= 0x10ffff && !(rune >= 0xd800 && rune < 0xe000))
        text_add_rune(out, (int)rune);
    else
        text_add_bytes(out, s, len);
}
