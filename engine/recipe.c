#include "engine/mechanism.h"
#include "engine/postfix.h"
#include "engine/value.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- life ---- */

void recipe_done(Recipe *r)
{
    for (int k = 0; k < r->values; k++) value_done(&r->value[k]);
    free(r->value);
    free(r->node);
    *r = (Recipe){0};
}

/* An empty recipe with room for that many nodes and values. */
static Status recipe_room(int nodes, int values, Recipe *out)
{
    *out = (Recipe){.node = calloc((size_t)nodes + 1, sizeof *out->node),
                    .value = calloc((size_t)values + 1, sizeof *out->value)};
    if (out->node && out->value) return STATUS_OK;
    recipe_done(out);
    return STATUS_MEMORY;
}

/* Appends the nodes and values of from; the room is there. */
static Status recipe_append(Recipe *to, const Recipe *from)
{
    int place = to->values;
    for (int k = 0; k < from->values; k++, to->values++)
        if (value_copy(&from->value[k], &to->value[to->values])) return STATUS_MEMORY;
    for (int k = 0; k < from->nodes; k++) {
        RecipeNode node = from->node[k];
        if (node.op == RECIPE_LEAF) node.place += place;
        to->node[to->nodes++] = node;
    }
    return STATUS_OK;
}

Status recipe_copy(const Recipe *from, Recipe *out)
{
    assert(from != out);
    Status status = recipe_room(from->nodes, from->values, out);
    if (!status && (status = recipe_append(out, from)) != STATUS_OK) recipe_done(out);
    return status;
}

Status recipe_leaf(const Mechanism *mechanism, const Value *values, Recipe *out, Why *why)
{
    int    column[MECHANISM_PARAMS] = {0};
    Status status = recipe_room(1, mechanism->params, out);
    if (status) return why_say(why, status, 0, "%s", status_sentence(status));
    for (; !status && out->values < mechanism->params; out->values++)
        status = value_copy(&values[out->values], &out->value[out->values]);
    out->node[out->nodes++] = (RecipeNode){.op = RECIPE_LEAF, .mechanism = mechanism};
    if (status) why_say(why, status, 0, "%s", status_sentence(status));
    else status = values_complete(mechanism, out->value, column, 0, why);
    if (status) recipe_done(out);
    return status;
}

Status recipe_join(RecipeOp op, const Recipe *a, const Recipe *b, Recipe *out, Why *why)
{
    assert(op != RECIPE_LEAF && a->nodes > 0 && b->nodes > 0 && out != a && out != b);
    if (recipe_leaves(a) + recipe_leaves(b) > RECIPE_LEAVES)
        return why_say(why, STATUS_LIMIT, 0, "an expression has at most %d atoms", RECIPE_LEAVES);
    Status status = recipe_room(a->nodes + b->nodes + 1, a->values + b->values, out);
    if (!status) status = recipe_append(out, a);
    if (!status) status = recipe_append(out, b);
    if (status) {
        recipe_done(out);
        return why_say(why, status, 0, "%s", status_sentence(status));
    }
    out->nodes = postfix_apply(out->node, out->nodes, a->nodes, op);
    if (postfix_nesting(out->node, out->nodes - 1) <= RECIPE_NESTING) return STATUS_OK;
    recipe_done(out);
    return why_say(why, STATUS_LIMIT, 0, "brackets stand at most %d deep", RECIPE_NESTING);
}

/* ---- questions ---- */

bool recipe_equal(const Recipe *a, const Recipe *b)
{
    if (a->nodes != b->nodes || a->values != b->values) return false;
    for (int k = 0; k < a->nodes; k++)
        if (a->node[k].op != b->node[k].op || a->node[k].mechanism != b->node[k].mechanism)
            return false;
    for (int k = 0; k < a->values; k++)
        if (!value_equal(&a->value[k], &b->value[k])) return false;
    return true;
}

int recipe_leaves(const Recipe *r)
{
    return (r->nodes + 1) / 2; /* every other node joins two */
}

int recipe_leaf_of(const Recipe *r, int place)
{
    assert(place >= 0 && place < r->values);
    for (int k = 0; k < r->nodes; k++) {
        const RecipeNode *node = &r->node[k];
        if (node->op != RECIPE_LEAF || place < node->place) continue;
        if (place < node->place + node->mechanism->params) return k;
    }
    return -1; /* not reached: every place belongs to a leaf */
}

const Param *recipe_param(const Recipe *r, int place)
{
    const RecipeNode *leaf = &r->node[recipe_leaf_of(r, place)];
    return &leaf->mechanism->param[place - leaf->place];
}

double recipe_number(const Recipe *r, int place)
{
    const Value *value = &r->value[place];
    return value->kind == VALUE_REAL ? value->real : (double)value->lo;
}

/* ---- changes ---- */

static bool leaf_holds(const Mechanism *m, Value *value)
{
    if (m->defaults) m->defaults(value);
    return !m->check || m->check(value, NULL) == STATUS_OK;
}

/* Moves *at towards wanted as far as the leaf holds; it holds at *at. The good values of one
 * parameter are an interval, so halving finds its end. */
static void move_integer(const Mechanism *m, Value *leaf, Value *at, int64_t wanted)
{
    int64_t good = at->lo, bad = wanted;
    at->kind = VALUE_INTEGER;
    at->lo = at->hi = wanted;
    if (leaf_holds(m, leaf)) return;
    while (bad - good > 1 || good - bad > 1) {
        int64_t middle = good + (bad - good) / 2;
        at->lo = at->hi = middle;
        if (leaf_holds(m, leaf)) good = middle;
        else bad = middle;
    }
    at->lo = at->hi = good;
    leaf_holds(m, leaf);
}

static int64_t clamped(double value, int64_t min, int64_t max)
{
    if (value <= (double)min) return min;
    if (value >= (double)max) return max;
    return (int64_t)floor(value + 0.5);
}

/* The next good value in the direction of the move from `from`. */
static int64_t stepped(const Param *param, int64_t from, int64_t wanted)
{
    int64_t beyond = param->step > 1 ? (wanted - param->min) % param->step : 0;
    if (beyond == 0) return wanted;
    bool up = wanted > from && wanted - beyond + param->step <= param->max;
    return wanted - beyond + (up ? param->step : 0);
}

bool recipe_set(Recipe *r, int place, double value)
{
    const RecipeNode *leaf = &r->node[recipe_leaf_of(r, place)];
    const Mechanism  *m = leaf->mechanism;
    const Param      *param = &m->param[place - leaf->place];
    Value            *at = &r->value[place];
    assert(param->kind == PARAM_INTEGER || param->kind == PARAM_REAL);
    if (isnan(value)) return false;
    double before = recipe_number(r, place);
    if (param->kind == PARAM_INTEGER) {
        int64_t wanted = stepped(param, at->lo, clamped(value, param->min, param->max));
        if (wanted == at->lo) return false;
        move_integer(m, &r->value[leaf->place], at, wanted);
    } else {
        at->real = fmin(fmax(value, param->real_min), param->real_max);
        if (!leaf_holds(m, &r->value[leaf->place])) at->real = before;
    }
    double after = recipe_number(r, place);
    return after < before || after > before;
}
