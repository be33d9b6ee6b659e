#include "engine/size.h"
#include "engine/pattern.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- closed forms ----
 * sum := product { (+|-) product }   product := atom { (*|/| mod) atom }
 * atom := i | number | [floor] ( sum ) | min( sum , sum ) | max( sum , sum ) | [ sum >= sum ] */

typedef struct {
    const char *at;
    int64_t     i;
    bool        wrong;
} Reader;

static int64_t read_sum(Reader *r);

static bool take(Reader *r, const char *what)
{
    const char *at = r->at + strspn(r->at, " ");
    size_t      len = strlen(what);
    if (strncmp(at, what, len) != 0) return false;
    r->at = at + len;
    return true;
}

static void need(Reader *r, const char *what)
{
    if (!take(r, what)) r->wrong = true;
}

static int64_t read_two(Reader *r, bool least)
{
    int64_t a = read_sum(r);
    need(r, ",");
    int64_t b = read_sum(r);
    need(r, ")");
    return (a < b) == least ? a : b;
}

static int64_t read_condition(Reader *r)
{
    int64_t a = read_sum(r);
    need(r, ">=");
    int64_t b = read_sum(r);
    need(r, "]");
    return a >= b;
}

static int64_t read_number(Reader *r)
{
    int64_t value = 0;
    r->at += strspn(r->at, " ");
    size_t len = strspn(r->at, "0123456789");
    if (len == 0 || len > 12) r->wrong = true;
    for (size_t k = 0; !r->wrong && k < len; k++) value = value * 10 + (r->at[k] - '0');
    r->at += len;
    return value;
}

static int64_t read_atom(Reader *r)
{
    if (r->wrong) return 0;
    if (take(r, "min(")) return read_two(r, true);
    if (take(r, "max(")) return read_two(r, false);
    if (take(r, "[")) return read_condition(r);
    if (take(r, "floor(") || take(r, "(")) {
        int64_t inside = read_sum(r);
        need(r, ")");
        return inside;
    }
    return take(r, "i") ? r->i : read_number(r);
}

static int64_t divided(Reader *r, int64_t a, int64_t b, bool rest)
{
    if (b <= 0 || a < 0) {
        r->wrong = true;
        return 0;
    }
    return rest ? a % b : a / b;
}

static int64_t read_product(Reader *r)
{
    int64_t x = read_atom(r);
    for (;;) {
        if (take(r, "*"))
            x *= read_atom(r);
        else if (take(r, "/"))
            x = divided(r, x, read_atom(r), false);
        else if (take(r, "mod"))
            x = divided(r, x, read_atom(r), true);
        else
            return x;
    }
}

static int64_t read_sum(Reader *r)
{
    int64_t x = read_product(r);
    for (;;) {
        if (take(r, "+"))
            x += read_product(r);
        else if (take(r, "-"))
            x -= read_product(r);
        else
            return x;
    }
}

bool formula_value(const char *formula, int64_t i, int64_t *out)
{
    Reader r = {formula, i, false};
    *out = read_sum(&r);
    return !r.wrong && *r.at == '\0';
}

/* ---- rows ---- */

enum { FORMULA_ROOM = 240 };

/* One operand of the expression, in postfix order: operators have neither. */
typedef struct {
    Pattern *pattern;               /* of what is positional; owned */
    char     formula[FORMULA_ROOM]; /* of an atom that reads content; empty: any number of keys */
} Part;

struct SizeMaker {
    Recipe   flat;
    Pattern *whole;                 /* where no content is read; then there are no parts */
    char     formula[FORMULA_ROOM]; /* of the whole, where there is one */
    Part    *part;                  /* of each node */
};

static Status make_part(const SizeMaker *m, int k, int64_t n, Why *why)
{
    const RecipeNode *node = &m->flat.node[k];
    Recipe            leaf = {0};
    if (node->op != RECIPE_LEAF) return STATUS_OK;
    Status status = recipe_leaf(node->mechanism, m->flat.value + node->place, &leaf, why);
    if (!status && recipe_class(&leaf) == CLASS_POSITIONAL)
        status = pattern_new(&leaf, n, BACKGROUND_CAUSAL, NULL, &m->part[k].pattern, why);
    else if (!status && recipe_formula(&leaf, m->part[k].formula, FORMULA_ROOM) >= FORMULA_ROOM)
        m->part[k].formula[0] = '\0';
    recipe_done(&leaf);
    return status;
}

static Status make(SizeMaker *m, const Recipe *recipe, int64_t n, Why *why)
{
    if (recipe_class(recipe) == CLASS_POSITIONAL)
        return pattern_new(recipe, n, BACKGROUND_CAUSAL, NULL, &m->whole, why);
    if (recipe_formula(recipe, m->formula, FORMULA_ROOM) >= FORMULA_ROOM) m->formula[0] = '\0';
    Status status = recipe_expand(recipe, &m->flat, why);
    if (status) return status;
    m->part = calloc((size_t)m->flat.nodes, sizeof *m->part);
    if (!m->part) return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    for (int k = 0; !status && k < m->flat.nodes; k++) status = make_part(m, k, n, why);
    return status;
}

Status size_new(const Recipe *recipe, int64_t n, SizeMaker **out, Why *why)
{
    SizeMaker *m = *out = calloc(1, sizeof *m);
    if (!m) return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    Status status = make(m, recipe, n, why);
    if (status) size_free(m), *out = NULL;
    return status;
}

void size_free(SizeMaker *m)
{
    if (!m) return;
    for (int k = 0; m->part && k < m->flat.nodes; k++) pattern_free(m->part[k].pattern);
    free(m->part);
    pattern_free(m->whole);
    recipe_done(&m->flat);
    free(m);
}

static Status part_size(const Part *part, int64_t i, Size *out)
{
    *out = (Size){.exact = true};
    if (part->pattern) return pattern_count(part->pattern, i, &out->keys);
    out->exact = part->formula[0] && formula_value(part->formula, i, &out->keys);
    if (!out->exact || out->keys > i + 1) out->keys = i + 1;
    return STATUS_OK;
}

static Size joined(RecipeOp op, Size a, Size b, int64_t most)
{
    Size out = {a.keys, false};
    if (op == RECIPE_UNION) out.keys = a.keys + b.keys < most ? a.keys + b.keys : most;
    if (op == RECIPE_INTERSECT && b.keys < a.keys) out.keys = b.keys;
    /* the whole background joined to anything is the whole; nothing met with anything is nothing */
    if (op == RECIPE_UNION)
        out.exact = (a.exact && a.keys == most) || (b.exact && b.keys == most);
    else
        out.exact = (a.exact && a.keys == 0) || (op == RECIPE_INTERSECT && b.exact && b.keys == 0);
    return out;
}

Status size_of(const SizeMaker *m, int64_t i, Size *out)
{
    Size   operand[256]; /* as many as an expression has leaves */
    int    operands = 0;
    Status status = STATUS_OK;
    *out = (Size){.exact = true};
    if (m->whole) return pattern_count(m->whole, i, &out->keys);
    if (m->formula[0] && formula_value(m->formula, i, &out->keys)) return STATUS_OK;
    for (int k = 0; !status && k < m->flat.nodes; k++) {
        if (m->flat.node[k].op == RECIPE_LEAF) {
            status = part_size(&m->part[k], i, &operand[operands++]);
            continue;
        }
        operands--;
        operand[operands - 1] =
            joined(m->flat.node[k].op, operand[operands - 1], operand[operands], i + 1);
    }
    *out = operand[0];
    return status;
}
