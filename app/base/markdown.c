#include "app/base/markdown.h"

#include "app/base/latex.h"
#include "app/base/markdown_build.h"
#include "app/base/utf8.h"

#include <md4c.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_MOST = 16 * 1024 * 1024 }; /* far above any lesson */

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    Builder *b = user;
    switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_HTML:
        break;
    case MD_BLOCK_UL:
        build_list(b, 0);
        break;
    case MD_BLOCK_OL: {
        unsigned first = ((MD_BLOCK_OL_DETAIL *)detail)->start;
        build_list(b, first > 0 && first < 1000000 ? (int)first : 1);
        break;
    }
    case MD_BLOCK_LI:
        build_item(b);
        break;
    case MD_BLOCK_HR:
        build_block(b, BLOCK_RULE);
        break;
    case MD_BLOCK_H: {
        Block *block = build_block(b, BLOCK_HEADING);
        if (block) block->level = (int)((MD_BLOCK_H_DETAIL *)detail)->level;
        break;
    }
    case MD_BLOCK_CODE:
        if (build_block(b, BLOCK_CODE)) b->block->level = b->depth;
        b->style |= SPAN_CODE;
        break;
    case MD_BLOCK_P:
        build_paragraph(b);
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
        build_row(b);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        build_cell(b);
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
        build_end_block(b);
        b->depth--;
        break;
    case MD_BLOCK_CODE:
        while (b->text.len > 0 && b->text.at[b->text.len - 1] == '\n')
            text_cut(&b->text, b->text.len - 1);
        build_end_block(b);
        b->style &= ~(unsigned)SPAN_CODE;
        break;
    case MD_BLOCK_LI:
    case MD_BLOCK_HR:
    case MD_BLOCK_H:
    case MD_BLOCK_P:
    case MD_BLOCK_TR:
        build_end_block(b);
        break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_HTML:
    case MD_BLOCK_TABLE:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        build_end_span(b);
        break;
    }
    return b->broken;
}

/* Where a link leads, if it is one that may be followed: http or https. */
static void start_link(Builder *b, const MD_ATTRIBUTE *target)
{
    build_end_span(b);
    if (b->links++ > 0) return;
    bool web = (target->size > 7 && strncmp(target->text, "http://", 7) == 0) ||
               (target->size > 8 && strncmp(target->text, "https://", 8) == 0);
    if (!web) return;
    Text link = {0};
    utf8_clean(&link, target->text, target->size, false, false);
    b->link = text_take(&link);
    b->broken = b->broken || !b->link;
    build_style(b, SPAN_LINK, true);
}

static void end_link(Builder *b)
{
    build_end_span(b);
    if (--b->links > 0) return;
    build_style(b, SPAN_LINK, false);
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
    build_style(b, SPAN_MATH, false);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
    Builder *b = user;
    switch (type) {
    case MD_SPAN_EM:
        build_style(b, SPAN_EMPHASIS, ++b->emphasis > 0);
        break;
    case MD_SPAN_STRONG:
        build_style(b, SPAN_BOLD, ++b->strong > 0);
        break;
    case MD_SPAN_A:
        start_link(b, &((MD_SPAN_A_DETAIL *)detail)->href);
        break;
    case MD_SPAN_CODE:
        build_style(b, SPAN_CODE, true);
        break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
        build_style(b, SPAN_MATH, true);
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
        build_style(b, SPAN_EMPHASIS, --b->emphasis > 0);
        break;
    case MD_SPAN_STRONG:
        build_style(b, SPAN_BOLD, --b->strong > 0);
        break;
    case MD_SPAN_A:
        end_link(b);
        break;
    case MD_SPAN_CODE:
        build_style(b, SPAN_CODE, false);
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

static int add_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE size, void *user)
{
    Builder *b = user;
    if (size > b->longest) return 1; /* no text of this source: md4c miscounted */
    if (!b->block) build_paragraph(b);
    switch (type) {
    case MD_TEXT_NULLCHAR:
        text_add_rune(&b->text, 0xfffd);
        break;
    case MD_TEXT_BR:
        build_break(b);
        break;
    case MD_TEXT_SOFTBR:
        text_add_char(&b->text, ' ');
        break;
    case MD_TEXT_ENTITY:
        build_entity(&b->text, s, size);
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

/* md4c 0.4.8 looks at bytes behind the source: here a line end and a NUL that are known. */
static Text closed_copy(const char *source, size_t len)
{
    Text copy = {0};
    text_add_bytes(&copy, source, len);
    text_add_bytes(&copy, "\n\0", 3);
    return copy;
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
    if (len > SOURCE_MOST) return false;
    Text    copy = closed_copy(source, len);
    Builder b = {.out = out, .longest = copy.len, .broken = copy.broken};
    int     status = b.broken ? -1 : md_parse(copy.at, (MD_SIZE)(len + 1), &parser, &b);
    bool    read = status == 0 && !b.broken && !b.text.broken;
    text_done(&copy);
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
