/* expand.c - named designs written out, and atoms that are compounds of others. */
#include "engine/expand.h"
#include "engine/listed.h"
#include "engine/mechanism.h"
#include "engine/parse.h"
#include "engine/postfix.h"
#include "engine/value.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- one leaf ---- */

static int param_at(const Mechanism *m, const char *name, size_t len)
{
    for (int k = 0; k < m->params; k++)
        if (strncmp(m->param[k].name, name, len) == 0 && m->param[k].name[len] == '\0') return k;
    return -1;
}

/* A text of the mechanism with the values put in for their $names. */
static void write_filled(const Mechanism *m, const char *at, const Value *value, Writer *w)
{
    for (;;) {
        size_t len = strcspn(at, "$");
        writer_bytes(w, at, len);
        at += len;
        if (!*at) return;
        len = strspn(++at, "abcdefghijklmnopqrstuvwxyz_");
        int k = param_at(m, at, len);
        assert(k >= 0);
        value_print(&value[k], w);
        at += len;
    }
}

/* The union over all places of the lists; over none it is the empty set. */
static void write_zipped(const Mechanism *m, const char *text, const Value *value, Writer *w)
{
    Listed walk[MECHANISM_PARAMS];
    int    places = 0;
    for (int k = 0; k < m->params; k++) walk[k] = listed_begin(&value[k]);
    for (;; places++) {
        Value item[MECHANISM_PARAMS] = {{0}};
        for (int k = 0; k < m->params; k++) {
            item[k].kind = VALUE_INTEGER;
            if (!listed_next(&walk[k], &item[k].lo)) {
                if (places == 0) writer_text(w, "keys(at=[])");
                return;
            }
            item[k].hi = item[k].lo;
        }
        if (places > 0) writer_text(w, " | ");
        write_filled(m, text, item, w);
    }
}

static size_t write_leaf(const Mechanism *m, const char *text, const Value *value, char *out,
                         size_t size)
{
    Writer w = {out, size, 0};
    if (m->zipped)
        write_zipped(m, text, value, &w);
    else
        write_filled(m, text, value, &w);
    return writer_end(&w);
}

static Status expand_leaf(const Recipe *r, const RecipeNode *leaf, const char *by, Recipe *out,
                          Why *why)
{
    const Value *value = r->value + leaf->place;
    size_t       len = write_leaf(leaf->mechanism, by, value, NULL, 0);
    char        *text = malloc(len + 1);
    if (!text)
        return why_say(why, STATUS_MEMORY, leaf->column, "%s", status_sentence(STATUS_MEMORY));
    write_leaf(leaf->mechanism, by, value, text, len + 1);
    Status status = parse_expression(text, len, out, why);
    free(text);
    for (int k = 0; k < out->nodes; k++)
        if (out->node[k].op == RECIPE_LEAF) out->node[k].column = leaf->column;
    return status;
}

static Status expand_atom(const Recipe *r, const RecipeNode *leaf, Recipe *out, Why *why)
{
    Status status = recipe_leaf(leaf->mechanism, r->value + leaf->place, out, why);
    if (!status) out->node[0].column = leaf->column;
    return status;
}

/* ---- the whole expression ---- */

static Status reserve(Recipe *out, int nodes, int values)
{
    RecipeNode *node = realloc(out->node, (size_t)(out->nodes + nodes) * sizeof *node);
    if (node) out->node = node;
    Value *value = realloc(out->value, (size_t)(out->values + values + 1) * sizeof *value);
    if (value) out->value = value;
    return node && value ? STATUS_OK : STATUS_MEMORY;
}

/* Appends part behind out, which takes its values over. */
static Status take_over(Recipe *out, Recipe *part)
{
    Status status = reserve(out, part->nodes, part->values);
    if (status) return status;
    for (int k = 0; k < part->nodes; k++) {
        RecipeNode node = part->node[k];
        if (node.op == RECIPE_LEAF) node.place += out->values;
        out->node[out->nodes++] = node;
    }
    for (int k = 0; k < part->values; k++) out->value[out->values++] = part->value[k];
    part->values = 0;
    return STATUS_OK;
}

/* by: what stands for the leaf; NULL: itself. */
static Status append_leaf(const Recipe *r, const RecipeNode *leaf, const char *by, Recipe *out,
                          Why *why)
{
    Recipe part = {0};
    Status status = by ? expand_leaf(r, leaf, by, &part, why) : expand_atom(r, leaf, &part, why);
    if (!status && (status = take_over(out, &part)) != STATUS_OK)
        why_say(why, status, leaf->column, "%s", status_sentence(status));
    recipe_done(&part);
    return status;
}

static Status expand(const Recipe *r, bool parts, Recipe *out, Why *why)
{
    int    begin[RECIPE_LEAVES], operands = 0; /* where the operands that wait begin in out */
    Status status = STATUS_OK;
    *out = (Recipe){0};
    for (int k = 0; !status && k < r->nodes; k++) {
        if (r->node[k].op == RECIPE_LEAF) {
            const Mechanism *m = r->node[k].mechanism;
            begin[operands++] = out->nodes;
            status = append_leaf(r, &r->node[k], parts ? m->parts : m->expansion, out, why);
            continue;
        }
        status = reserve(out, 1, 0);
        if (status)
            why_say(why, status, 0, "%s", status_sentence(status));
        else
            out->nodes = postfix_apply(out->node, out->nodes, begin[--operands], r->node[k].op);
    }
    if (status) recipe_done(out);
    return status;
}

Status recipe_expand(const Recipe *r, Recipe *out, Why *why)
{
    return expand(r, false, out, why);
}

Status recipe_parts(const Recipe *r, Recipe *out, Why *why)
{
    return expand(r, true, out, why);
}
