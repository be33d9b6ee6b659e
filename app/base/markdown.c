#include "app/base/markdown.h"

#include "app/base/latex.h"
#include "app/base/utf8.h"

#include <limits.h>
#include <md4c.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 32 };

typedef struct {
    int  next; /* number of the next item; 0: bullets */
    bool open; /* its item has no text yet */
} List;

typedef struct {
    Markdown *out;
    Block    *block; /* being filled; NULL between blocks */
    Text      text;  /* of the span being filled */
    unsigned  style;
    int       strong, emphasis; /* how many are open */
    char     *link;
    int       links;
    List      list[DEPTH_MOST];
    int       depth;
    bool      heading_row;
    int       row;
    bool      broken; /* memory ran out */
} Builder;

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
static void end_span(Builder *b)
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

static Block *start_block(Builder *b, BlockKind kind)
{
    void *array = b->out->block;
    end_span(b);
    b->block = NULL;
    if (!grow(b, &array, b->out->blocks, sizeof *b->out->block)) return NULL;
    b->out->block = array;
    b->block = &b->out->block[b->out->blocks++];
    *b->block = (Block){.kind = kind};
    return b->block;
}

static void end_block(Builder *b)
{
    end_span(b);
    b->block = NULL;
}

/* The innermost list that is kept track of; NULL outside lists. */
static List *inner_list(Builder *b)
{
    int depth = b->depth < DEPTH_MOST ? b->depth : DEPTH_MOST;
    return depth > 0 ? &b->list[depth - 1] : NULL;
}

/* A paragraph: the first of an item fills the item's own block, a later one continues it. */
static void start_paragraph(Builder *b)
{
    List *list = inner_list(b);
    if (list && list->open && b->block) {
        list->open = false;
        return;
    }
    Block *block = start_block(b, BLOCK_PARAGRAPH);
    if (block && list) {
        block->more = true;
        block->level = b->depth;
    }
}

static void start_list(Builder *b, int first)
{
    end_block(b);
    if (b->depth < DEPTH_MOST) b->list[b->depth] = (List){.next = first};
    b->depth++;
}

static void start_item(Builder *b)
{
    List  *list = inner_list(b);
    Block *block = start_block(b, BLOCK_ITEM);
    if (!block || !list) return;
    block->level = b->depth;
    block->number = list->next;
    list->open = true;
    if (list->next > 0) list->next++;
}

static void start_row(Builder *b)
{
    Block *block = start_block(b, BLOCK_TABLE_ROW);
    if (block) block->number = b->heading_row ? 0 : ++b->row;
}

static void start_cell(Builder *b)
{
    if (!b->block) return;
    end_span(b);
    void *array = b->block->cell;
    if (!grow(b, &array, b->block->cells, sizeof *b->block->cell)) return;
    b->block->cell = array;
    b->block->cell[b->block->cells++] = b->block->spans;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    Builder *b = user;
    switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_HTML:
        break;
    case MD_BLOCK_UL:
        start_list(b, 0);
        break;
    case MD_BLOCK_OL: {
        unsigned first = ((MD_BLOCK_OL_DETAIL *)detail)->start;
        start_list(b, first > 0 && first < 1000000 ? (int)first : 1);
        break;
    }
    case MD_BLOCK_LI:
        start_item(b);
        break;
    case MD_BLOCK_HR:
        start_block(b, BLOCK_RULE);
        break;
    case MD_BLOCK_H: {
        Block *block = start_block(b, BLOCK_HEADING);
        if (block) block->level = (int)((MD_BLOCK_H_DETAIL *)detail)->level;
        break;
    }
    case MD_BLOCK_CODE:
        if (start_block(b, BLOCK_CODE)) b->block->level = b->depth;
        b->style |= SPAN_CODE;
        break;
    case MD_BLOCK_P:
        start_paragraph(b);
        break;
    case MD_BLOCK_TABLE:
        b->row = 0;
        break;
    case MD_BLOCK_THEAD:
        b->heading_row = true;
        break;
    case MD_BLOCK_TBODY:
        b->heading_row = false;
        break;
    case MD_BLOCK_TR:
        start_row(b);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        start_cell(b);
        break;
    }
    return b->broken;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    Builder *b = user;
    (void)detail;
    switch (type) {
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        end_block(b);
        b->depth--;
        break;
    case MD_BLOCK_CODE:
        while (b->text.len > 0 && b->text.at[b->text.len - 1] == '\n')
            text_cut(&b->text, b->text.len - 1);
        end_block(b);
        b->style &= ~(unsigned)SPAN_CODE;
        break;
    case MD_BLOCK_LI:
    case MD_BLOCK_HR:
    case MD_BLOCK_H:
    case MD_BLOCK_P:
    case MD_BLOCK_TR:
        end_block(b);
        break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_HTML:
    case MD_BLOCK_TABLE:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        end_span(b);
        break;
    }
    return b->broken;
}

static void set_style(Builder *b, unsigned bit, bool on)
{
    end_span(b);
    b->style = on ? b->style | bit : b->style & ~bit;
}

/* Where a link leads, if it is one that may be followed: http or https. */
static void start_link(Builder *b, const MD_ATTRIBUTE *target)
{
    end_span(b);
    if (b->links++ > 0) return;
    bool web = (target->size > 7 && strncmp(target->text, "http://", 7) == 0) ||
               (target->size > 8 && strncmp(target->text, "https://", 8) == 0);
    if (!web) return;
    Text link = {0};
    utf8_clean(&link, target->text, target->size, false, false);
    b->link = text_take(&link);
    b->broken = b->broken || !b->link;
    set_style(b, SPAN_LINK, true);
}

static void end_link(Builder *b)
{
    end_span(b);
    if (--b->links > 0) return;
    set_style(b, SPAN_LINK, false);
    free(b->link);
    b->link = NULL;
}

/* Ends a formula: what was collected is LaTeX. */
static void end_math(Builder *b)
{
    Text math = {0};
    latex_text(&math, text_string(&b->text), b->text.len);
    text_clear(&b->text);
    text_add(&b->text, text_string(&math));
    b->broken = b->broken || math.broken;
    text_done(&math);
    set_style(b, SPAN_MATH, false);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
    Builder *b = user;
    switch (type) {
    case MD_SPAN_EM:
        set_style(b, SPAN_EMPHASIS, ++b->emphasis > 0);
        break;
    case MD_SPAN_STRONG:
        set_style(b, SPAN_BOLD, ++b->strong > 0);
        break;
    case MD_SPAN_A:
        start_link(b, &((MD_SPAN_A_DETAIL *)detail)->href);
        break;
    case MD_SPAN_CODE:
        set_style(b, SPAN_CODE, true);
        break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
        set_style(b, SPAN_MATH, true);
        break;
    case MD_SPAN_IMG:
    case MD_SPAN_DEL:
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U:
        break; /* their text alone */
    }
    return b->broken;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
    Builder *b = user;
    (void)detail;
    switch (type) {
    case MD_SPAN_EM:
        set_style(b, SPAN_EMPHASIS, --b->emphasis > 0);
        break;
    case MD_SPAN_STRONG:
        set_style(b, SPAN_BOLD, --b->strong > 0);
        break;
    case MD_SPAN_A:
        end_link(b);
        break;
    case MD_SPAN_CODE:
        set_style(b, SPAN_CODE, false);
        break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
        end_math(b);
        break;
    case MD_SPAN_IMG:
    case MD_SPAN_DEL:
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U:
        break;
    }
    return b->broken;
}

static void add_entity(Text *out, const char *s, size_t len)
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

static void add_break(Builder *b)
{
    end_span(b);
    if (b->block) add_span(b, SPAN_BREAK, 0, "", 0);
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE size, void *user)
{
    Builder *b = user;
    if (!b->block) start_paragraph(b);
    switch (type) {
    case MD_TEXT_NULLCHAR:
        text_add_rune(&b->text, 0xfffd);
        break;
    case MD_TEXT_BR:
        add_break(b);
        break;
    case MD_TEXT_SOFTBR:
        text_add_char(&b->text, ' ');
        break;
    case MD_TEXT_ENTITY:
        add_entity(&b->text, s, size);
        break;
    case MD_TEXT_NORMAL:
    case MD_TEXT_CODE:
    case MD_TEXT_HTML:
    case MD_TEXT_LATEXMATH:
        text_add_bytes(&b->text, s, size);
        break;
    }
    return b->broken;
}

bool markdown_read(const char *source, size_t len, Markdown *out)
{
    MD_PARSER parser = {
        /* Text in a lesson may be indented with its table: only fences make code. */
        .flags =
            MD_FLAG_TABLES | MD_FLAG_LATEXMATHSPANS | MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = add_text,
    };
    *out = (Markdown){0};
    if (len > UINT_MAX) return false;
    Builder b = {.out = out};
    int     status = md_parse(source, (MD_SIZE)len, &parser, &b);
    bool    read = status == 0 && !b.broken && !b.text.broken;
    text_done(&b.text);
    free(b.link);
    if (!read) markdown_done(out);
    return read;
}

static void block_done(Block *block)
{
    for (int k = 0; k < block->spans; k++) {
        free(block->span[k].text);
        free(block->span[k].link);
    }
    free(block->span);
    free(block->cell);
}

void markdown_done(Markdown *m)
{
    for (int k = 0; k < m->blocks; k++) block_done(&m->block[k]);
    free(m->block);
    *m = (Markdown){0};
}
