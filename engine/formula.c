/* formula.c - the closed form of a row's size, with the numbers put in. */
#include "engine/catalogue.h"
#include "engine/pattern.h"
#include "engine/value.h"

#include <stdlib.h>
#include <string.h>

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static size_t word_length(const char *at)
{
    size_t len = 0;
    while (letter(at[len])) len++;
    return len;
}

static int find_param(const Mechanism *m, const char *word, size_t len)
{
    for (int k = 0; k < m->params; k++)
        if (strncmp(m->param[k].name, word, len) == 0 && m->param[k].name[len] == '\0') return k;
    return -1;
}

static int param_here(const Mechanism *m, const char *at, size_t *len)
{
    *len = word_length(at);
    return *len > 0 ? find_param(m, at, *len) : -1;
}

static void mark_named(const Mechanism *m, const char *text, bool *named)
{
    for (const char *at = text; at && *at;) {
        size_t len;
        int    k = param_here(m, at, &len);
        if (k >= 0) named[k] = true;
        at += len > 0 ? len : 1;
    }
}

/* The formula speaks of every parameter that is not at its default, and no number is negative. */
static bool holds(const Mechanism *m, const Value *value, const char *formula)
{
    bool named[MECHANISM_PARAMS] = {false};
    if (!formula) return false;
    mark_named(m, formula, named);
    mark_named(m, m->silent, named);
    for (int k = 0; k < m->params; k++) {
        if (value[k].lo < 0) return false;
        if (!named[k] && !value_at_default(m, value, k)) return false;
    }
    return true;
}

/* Whether a sum or product can begin here: nothing binds what follows from the left. */
static bool free_before(const char *formula, const char *at)
{
    return at == formula || at[-1] == ' ' || at[-1] == '(';
}

/* The parameter at `at` as a number: 2+4 and 2-1 are added up, and 1 times something is that. Returns what
 * follows. */
static const char *put_number(const Mechanism *m, const Value *value, const char *formula,
                              const char *at, Writer *w)
{
    size_t  len, next_len;
    int     k = param_here(m, at, &len), next = -1;
    int64_t number = value[k].lo;
    bool    alone = free_before(formula, at);
    at += len;
    if (alone && *at == '*' && number == 1) return at + 1;
    if (alone && *at == '+') next = param_here(m, at + 1, &next_len);
    if (next >= 0) {
        number += value[next].lo;
        at += 1 + next_len;
    }
    if (alone && (*at == '+' || *at == '-') && at[1] >= '0' && at[1] <= '9') {
        char   *end;
        int64_t more = strtoll(at + 1, &end, 10);
        number += *at == '+' ? more : -more;
        at = end;
    }
    writer_integer(w, number);
    return at;
}

static void put_in(const Mechanism *m, const Value *value, const char *formula, Writer *w)
{
    for (const char *at = formula; *at;) {
        size_t len;
        if (param_here(m, at, &len) >= 0) {
            at = put_number(m, value, formula, at, w);
            continue;
        }
        writer_bytes(w, at, len > 0 ? len : 1);
        at += len > 0 ? len : 1;
    }
}

static void write_formula(const Mechanism *m, const Value *value, Writer *w)
{
    if (holds(m, value, m->formula)) put_in(m, value, m->formula, w);
    else if (holds(m, value, m->formula_general)) put_in(m, value, m->formula_general, w);
}

/* ---- a union of two atoms that is a named design ---- */

static bool is_expansion(const Recipe *r, const Mechanism *design, const Value *value)
{
    Recipe named = {0}, flat = {0}, left = {0}, right = {0}, swapped = {0};
    bool   equal = false;
    if (recipe_leaf(design, value, &named, NULL) == STATUS_OK &&
        recipe_expand(&named, &flat, NULL) == STATUS_OK) {
        equal = recipe_equal(&flat, r);
        const RecipeNode *node = flat.node;
        if (!equal && flat.nodes == 3 && node[2].op == RECIPE_UNION &&
            recipe_leaf(node[0].mechanism, flat.value + node[0].place, &left, NULL) == STATUS_OK &&
            recipe_leaf(node[1].mechanism, flat.value + node[1].place, &right, NULL) == STATUS_OK &&
            recipe_join(RECIPE_UNION, &right, &left, &swapped, NULL) == STATUS_OK)
            equal = recipe_equal(&swapped, r);
    }
    recipe_done(&named);
    recipe_done(&flat);
    recipe_done(&left);
    recipe_done(&right);
    recipe_done(&swapped);
    return equal;
}

/* Tries the numbers of the expression as the design's parameters, which are two at most. */
static bool named_by(const Recipe *r, const Mechanism *design, Value value[static 2])
{
    if (design->params > 2 || !design->formula) return false;
    for (int a = 0; a < r->values; a++) {
        for (int b = 0; b < r->values; b++) {
            value[0] = (Value){.kind = VALUE_INTEGER, .lo = r->value[a].lo, .hi = r->value[a].lo};
            value[1] = (Value){.kind = VALUE_INTEGER, .lo = r->value[b].lo, .hi = r->value[b].lo};
            if (is_expansion(r, design, value)) return true;
            if (design->params == 1) break;
        }
    }
    return false;
}

static void write_as_design(const Recipe *r, Writer *w)
{
    Value value[2];
    for (int k = 0; k < catalogue_count(); k++) {
        const Mechanism *m = catalogue_at(k);
        if (!m->expansion || !named_by(r, m, value)) continue;
        write_formula(m, value, w);
        return;
    }
}

size_t recipe_formula(const Recipe *recipe, char *out, size_t size)
{
    Writer w = {out, size, 0};
    if (recipe->nodes == 1) write_formula(recipe->node[0].mechanism, recipe->value, &w);
    else if (recipe->nodes == 3 && recipe->node[2].op == RECIPE_UNION) write_as_design(recipe, &w);
    return writer_end(&w);
}
