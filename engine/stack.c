#include "engine/stack.h"
#include "engine/parse.h"
#include "engine/postfix.h"
#include "engine/writer.h"

#include <stdlib.h>
#include <string.h>

static Status out_of_memory(Why *why)
{
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

/* ---- items ---- */

static Status add_item(Stack *s, StackItem item)
{
    StackItem *grown = realloc(s->item, ((size_t)s->items + 1) * sizeof *grown);
    if (!grown) return STATUS_MEMORY;
    s->item = grown;
    s->item[s->items++] = item;
    return STATUS_OK;
}

/* Takes the recipe over. */
static Status add_recipe(Stack *s, Recipe *recipe, int *number)
{
    for (*number = 0; *number < s->recipes; ++*number) {
        if (!recipe_equal(&s->recipe[*number], recipe)) continue;
        recipe_done(recipe);
        return STATUS_OK;
    }
    Recipe *grown = realloc(s->recipe, ((size_t)s->recipes + 1) * sizeof *grown);
    if (!grown) {
        recipe_done(recipe);
        return STATUS_MEMORY;
    }
    s->recipe = grown;
    s->recipe[s->recipes++] = *recipe;
    return STATUS_OK;
}

/* ---- the text ---- */

static bool digit_next(Scan *s)
{
    char c = scan_peek(s);
    return c >= '0' && c <= '9';
}

static Status parse_count(Scan *s, int *count)
{
    Value value;
    scan_peek(s);
    int    column = scan_column(s);
    Status status = scan_number(s, true, &value);
    if (status) return status;
    if (value.lo < 1)
        return why_say(s->why, STATUS_RANGE, column, "a number of layers is at least 1");
    if (value.lo > STACK_LAYERS)
        return why_say(s->why, STATUS_LIMIT, column, "a stack has at most %d layers", STACK_LAYERS);
    *count = (int)value.lo;
    return STATUS_OK;
}

/* Behind the bracket that opens here stands `to`: a unit, not an expression in brackets. */
static bool unit_begins(const Scan *s)
{
    Scan ahead = *s;
    int  depth = 0;
    bool quoted = false;
    for (; ahead.at < ahead.len; ahead.at++) {
        char c = ahead.text[ahead.at];
        if (quoted && c == '\\')
            ahead.at++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == '(')
            depth++;
        else if (!quoted && c == ')' && --depth == 0)
            break;
    }
    if (ahead.at >= ahead.len) return false;
    ahead.at++;
    const char *name;
    return scan_name_begins(scan_peek(&ahead)) && scan_name(&ahead, &name) == 2 &&
           memcmp(name, "to", 2) == 0;
}

static Status parse_items(Scan *s, Stack *out, int depth);

static Status parse_unit(Scan *s, Stack *out, int depth)
{
    int         at = out->items, column = scan_column(s), layers;
    char        shown[24];
    const char *name;
    if (depth == STACK_NESTING)
        return why_say(s->why, STATUS_LIMIT, column, "units stand at most %d deep", STACK_NESTING);
    s->at++;
    if (add_item(out, (StackItem){.unit = true})) return out_of_memory(s->why);
    Status status = parse_items(s, out, depth + 1);
    if (status) return status;
    if (!scan_take(s, ')'))
        return why_say(s->why, STATUS_SYNTAX, scan_column(s),
                       "\",\" or \")\" should stand here, not %s", scan_shown(s, shown));
    scan_peek(s);
    scan_name(s, &name); /* to */
    if (!digit_next(s))
        return why_say(s->why, STATUS_SYNTAX, scan_column(s),
                       "a number of layers should follow \"to\"");
    status = parse_count(s, &layers);
    if (status) return status;
    out->item[at].layers = layers;
    out->item[at].items = out->items - at - 1;
    return STATUS_OK;
}

static Status parse_layers(Scan *s, Stack *out, int depth)
{
    StackItem item = {0};
    Recipe    recipe;
    if (scan_peek(s) == '(' && unit_begins(s)) return parse_unit(s, out, depth);
    if (digit_next(s)) {
        Status status = parse_count(s, &item.layers);
        if (status) return status;
        if (!scan_take(s, 'x'))
            return why_say(s->why, STATUS_SYNTAX, scan_column(s),
                           "\"x\" and an expression should follow the number of layers");
    }
    Status status = parse_next(s, &recipe);
    if (status) return status;
    if (add_recipe(out, &recipe, &item.recipe) || add_item(out, item)) return out_of_memory(s->why);
    return STATUS_OK;
}

static Status parse_items(Scan *s, Stack *out, int depth)
{
    Status status;
    do status = parse_layers(s, out, depth);
    while (!status && scan_take(s, ','));
    return status;
}

/* ---- layer by layer ---- */

static Status add_run(Stack *s, int recipe, int layers)
{
    if (s->layers + layers > STACK_LAYERS) return STATUS_LIMIT;
    s->layers += layers;
    if (s->runs > 0 && s->run[s->runs - 1].recipe == recipe) {
        s->run[s->runs - 1].layers += layers;
        return STATUS_OK;
    }
    StackRun *grown = realloc(s->run, ((size_t)s->runs + 1) * sizeof *grown);
    if (!grown) return STATUS_MEMORY;
    s->run = grown;
    s->run[s->runs++] = (StackRun){recipe, layers};
    return STATUS_OK;
}

/* Adds what the items from `at` to `end` say until the stack has `most` layers. */
static Status unroll(Stack *s, int at, int end, int most)
{
    Status status = STATUS_OK;
    while (!status && at < end && s->layers < most) {
        const StackItem *item = &s->item[at];
        int              left = most - s->layers;
        if (!item->unit) {
            int layers = item->layers ? item->layers : 1;
            status = add_run(s, item->recipe, layers < left ? layers : left);
            at++;
            continue;
        }
        int until = s->layers + (item->layers < left ? item->layers : left);
        while (!status && s->layers < until)
            status = unroll(s, at + 1, at + 1 + item->items, until);
        at += 1 + item->items;
    }
    return status;
}

static Status unroll_all(Stack *s, Why *why)
{
    if (s->items == 1 && !s->item[0].unit && s->item[0].layers == 0) return STATUS_OK;
    for (int k = 0; k < s->items; k++)
        if (!s->item[k].unit && s->item[k].layers == 0) s->item[k].layers = 1;
    Status status = unroll(s, 0, s->items, STACK_LAYERS + 1);
    if (status == STATUS_LIMIT)
        return why_say(why, status, 0, "a stack has at most %d layers", STACK_LAYERS);
    return status ? out_of_memory(why) : STATUS_OK;
}

Status stack_parse(const char *text, size_t len, Stack *out, Why *why)
{
    Scan s = {text, len, 0, why};
    char shown[24];
    *out = (Stack){0};
    if (len > RECIPE_TEXT)
        return why_say(why, STATUS_LIMIT, RECIPE_TEXT + 1,
                       "the stack has %zu bytes; at most %d are read", len, RECIPE_TEXT);
    Status status = parse_items(&s, out, 0);
    scan_peek(&s);
    if (!status && s.at < len)
        status = why_say(why, STATUS_SYNTAX, scan_column(&s),
                         "\",\" or an operator should stand here, not %s", scan_shown(&s, shown));
    if (!status) status = unroll_all(out, why);
    if (status) stack_done(out);
    return status;
}

void stack_done(Stack *s)
{
    for (int k = 0; k < s->recipes; k++) recipe_done(&s->recipe[k]);
    free(s->recipe);
    free(s->item);
    free(s->run);
    *s = (Stack){0};
}

/* ---- questions ---- */

static void print_recipe(const Recipe *r, Writer *w)
{
    size_t room = w->len < w->size ? w->size - w->len : 0;
    w->len += recipe_print(r, room ? w->out + w->len : NULL, room);
}

static void print_items(const Stack *s, int at, int end, Writer *w)
{
    for (bool first = true; at < end; first = false) {
        const StackItem *item = &s->item[at];
        if (!first) writer_text(w, ", ");
        if (item->unit) {
            writer_text(w, "(");
            print_items(s, at + 1, at + 1 + item->items, w);
            writer_text(w, ") to ");
            writer_integer(w, item->layers);
        } else if (item->layers > 0) {
            writer_integer(w, item->layers);
            writer_text(w, "x ");
        }
        if (!item->unit) print_recipe(&s->recipe[item->recipe], w);
        at += 1 + item->items;
    }
}

size_t stack_print(const Stack *s, char *out, size_t size)
{
    Writer w = {out, size, 0};
    print_items(s, 0, s->items, &w);
    return writer_end(&w);
}

Status stack_fit(Stack *s, int layers, Why *why)
{
    if (s->layers == layers) return STATUS_OK;
    if (s->layers > 0)
        return why_say(why, STATUS_RANGE, 0, "the stack has %d layers, the model %d", s->layers,
                       layers);
    if (layers > STACK_LAYERS)
        return why_say(why, STATUS_LIMIT, 0, "a stack has at most %d layers", STACK_LAYERS);
    return add_run(s, 0, layers) ? out_of_memory(why) : STATUS_OK;
}

int stack_count(const Stack *s, int k)
{
    int layers = 0;
    for (int r = 0; r < s->runs; r++)
        if (s->run[r].recipe == k) layers += s->run[r].layers;
    return layers;
}
