/* describe.c - a pattern in words, made from its rule.
 *
 * A shape is a text with marks. $name is the value of a parameter. ${name=1:one;2:two;other $name}
 * takes the first text whose guard fits: a number (of a list: how many positions it has), * (the
 * default), a word; a text without guard fits always. Texts hold marks themselves. */
#include "engine/bound.h"
#include "engine/postfix.h"
#include "engine/value.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const Mechanism *m;
    const Value     *value;
    Writer          *w;
} Words;

static int find_param(const Mechanism *m, const char *name, size_t len)
{
    for (int k = 0; k < m->params; k++)
        if (strncmp(m->param[k].name, name, len) == 0 && m->param[k].name[len] == '\0') return k;
    return -1;
}

static size_t name_length(const char *at)
{
    return strspn(at, "abcdefghijklmnopqrstuvwxyz_");
}

/* ---- values ---- */

static int64_t positions(const Value *list)
{
    int64_t count = 0;
    for (int k = 0; k < list->items; k++) count += list->item[k].hi - list->item[k].lo + 1;
    return count;
}

enum { LIST_SHOWN = 6 }; /* a list in running text is cut after so many items */

/* The part of an item below 0, or that from 0 on; empty if its ends are the wrong way round. */
static Run half(const Value *item, bool negative)
{
    int64_t lo = negative || item->lo > 0 ? item->lo : 0,
            hi = negative && item->hi >= 0 ? -1 : item->hi;
    return (Run){lo, hi};
}

static int write_half(const Value *list, bool negative, Writer *w)
{
    int shown = 0;
    for (int k = 0; k < list->items && shown < LIST_SHOWN; k++) {
        Run run = half(&list->item[k], negative);
        if (run.lo > run.hi || (run.lo < 0) != negative) continue;
        if (shown++ > 0) writer_text(w, ", ");
        writer_integer(w, run.lo);
        if (run.hi == run.lo) continue;
        writer_text(w, negative ? " to " : "-");
        writer_integer(w, run.hi);
    }
    return shown;
}

/* Positions from the start, then those from the end. */
static void write_list(const Value *list, Writer *w)
{
    int from_start = write_half(list, false, w), from_end = 0;
    if (list->items > 0 && list->item[0].lo < 0) {
        if (from_start > 0) writer_text(w, ", ");
        from_end = write_half(list, true, w);
        writer_text(w, " (from the end)");
    }
    if (from_start + from_end < list->items) writer_text(w, " and others");
}

static void write_value(const Words *words, int k)
{
    const Value *value = &words->value[k];
    if (value->kind == VALUE_LIST && !words->m->param[k].signed_items) write_list(value, words->w);
    else value_print(value, words->w);
}

/* ---- choices ---- */

static bool fits(const Words *words, int k, const char *guard, size_t len)
{
    const Value *value = &words->value[k];
    if (len == 1 && *guard == '*') return value_at_default(words->m, words->value, k);
    if (value->kind == VALUE_WORD)
        return strlen(value->text) == len && memcmp(value->text, guard, len) == 0;
    return strtol(guard, NULL, 10) == (value->kind == VALUE_LIST ? positions(value) : value->lo);
}

/* The end of a choice's text: the ; or } that belongs to it. */
static const char *text_end(const char *at)
{
    for (int open = 0; *at; at++) {
        if (*at == '{') open++;
        else if (*at == '}' && open-- == 0) return at;
        else if (*at == ';' && open == 0) return at;
    }
    return at;
}

static void write_shape(const Words *words, const char *at, const char *end);

/* at: behind "${". Returns what follows the closing brace. */
static const char *write_choice(const Words *words, const char *at)
{
    size_t len = name_length(at);
    int    k = find_param(words->m, at, len);
    bool   written = false;
    assert(k >= 0 && at[len] == '=');
    for (at += len + 1;; at++) {
        const char *end = text_end(at);
        size_t      guard = strcspn(at, ":${;}");
        bool        guarded = at[guard] == ':';
        if (!written && (!guarded || fits(words, k, at, guard))) {
            write_shape(words, guarded ? at + guard + 1 : at, end);
            written = true;
        }
        at = end;
        if (*at != ';') return *at ? at + 1 : at;
    }
}

static void write_shape(const Words *words, const char *at, const char *end)
{
    while (at < end) {
        const char *mark = memchr(at, '$', (size_t)(end - at));
        writer_bytes(words->w, at, (size_t)((mark ? mark : end) - at));
        if (!mark) return;
        if (mark[1] == '{') {
            at = write_choice(words, mark + 2);
            continue;
        }
        size_t len = name_length(mark + 1);
        write_value(words, find_param(words->m, mark + 1, len));
        at = mark + 1 + len;
    }
}

/* ---- expressions ---- */

static void describe_node(const Recipe *r, int end, Writer *w);

static void describe_operand(const Recipe *r, int end, bool brackets, Writer *w)
{
    if (brackets) writer_text(w, "(");
    describe_node(r, end, w);
    if (brackets) writer_text(w, ")");
}

static void describe_node(const Recipe *r, int end, Writer *w)
{
    static const char *const word[] = {[RECIPE_LEAF] = "",
                                       [RECIPE_UNION] = " plus ",
                                       [RECIPE_INTERSECT] = " within ",
                                       [RECIPE_MINUS] = " without "};
    const RecipeNode *node = &r->node[end];
    if (node->op == RECIPE_LEAF) {
        Words words = {node->mechanism, r->value + node->place, w};
        write_shape(&words, node->mechanism->shape,
                    node->mechanism->shape + strlen(node->mechanism->shape));
        return;
    }
    int      left = postfix_begin(r->node, end - 1) - 1, right = end - 1;
    RecipeOp left_op = r->node[left].op, right_op = r->node[right].op;
    bool     chain = node->op == left_op;
    describe_operand(r, left, left_op != RECIPE_LEAF && !chain, w);
    writer_text(w, word[node->op]);
    describe_operand(r, right, right_op != RECIPE_LEAF, w);
}

size_t recipe_describe(const Recipe *recipe, char *out, size_t size)
{
    Writer w = {out, size, 0};
    if (recipe->nodes > 0) describe_node(recipe, recipe->nodes - 1, &w);
    return writer_end(&w);
}
