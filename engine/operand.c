#include "engine/operand.h"

#include <stdlib.h>

/* ---- what decides ---- */

typedef enum { BY_ANYTHING, BY_DISTANCE, BY_KEY, BY_ROW } By; /* anything: it holds everywhere */

static By leaf_by(const Pattern *p, int node, Part part)
{
    const Mechanism *m = p->leaf[node].mechanism;
    if (m->class != CLASS_POSITIONAL) {
        bool open = part == PART_POSSIBLE || (part == PART_WANTED && !m->policy);
        return open ? BY_ANYTHING : BY_ROW;
    }
    switch (m->axis) {
    case AXIS_DISTANCE:
        break;
    case AXIS_KEY:
        return BY_KEY;
    case AXIS_BOTH:
        return BY_ROW;
    }
    int64_t first = 0, last = 0, end = leaf_end(&p->leaf[node], 0);
    if (!m->count) return BY_DISTANCE;
    first = m->count(&p->leaf[node], 0, 0, end);
    last = m->count(&p->leaf[node], p->n - 1, 0, p->n);
    return first == end && last == p->n ? BY_ANYTHING : BY_DISTANCE;
}

static By node_by(const Pattern *p, int node, Part part)
{
    RecipeOp op = p->flat.node[node].op;
    if (op == RECIPE_LEAF) return leaf_by(p, node, part);
    By left = node_by(p, p->left[node], part);
    By right = node_by(p, node - 1, op == RECIPE_MINUS ? bound_opposite(part) : part);
    if (left == BY_ANYTHING) return right;
    return right == BY_ANYTHING || left == right ? left : BY_ROW;
}

/* ---- the sets ---- */

/* Distances of the keys of one row, from `skip` on. */
static Status distances(const Operands *o, int node, int64_t i, bool back, Runs *out)
{
    Runs   row = {0};
    Status status = bound_row(o->p, node, i, o->part, 0, &row);
    for (int k = row.len - 1; !status && back && k >= 0; k--)
        status = runs_append(out, i - row.run[k].hi + 1, i - row.run[k].lo + 1);
    for (int k = 0; !status && !back && k < row.len; k++)
        status = runs_append(out, row.run[k].lo - i, row.run[k].hi - i);
    runs_done(&row);
    return status;
}

static Status fill(const Operands *o, Operand *operand)
{
    int64_t n = o->p->n;
    if (operand->kind == OPERAND_ROW) return STATUS_OK;
    if (operand->kind == OPERAND_KEY)
        return bound_row(o->p, operand->node, n - 1, o->part, 0, &operand->set);
    Status status = distances(o, operand->node, n - 1, true, &operand->set);
    if (status || o->p->background == BACKGROUND_CAUSAL) return status;
    status = distances(o, operand->node, 0, false, &operand->ahead);
    runs_clip(&operand->ahead, 1, n);
    return status;
}

/* ---- rows one by one ---- */

static int64_t leaf_runs(const Operands *o, int node, int64_t i)
{
    Runs    row = {0};
    int64_t runs = INT64_MAX / 4096;
    if (bound_row(o->p, node, i, o->part, 0, &row) == STATUS_OK) runs = row.len + 1;
    runs_done(&row);
    return runs;
}

/* Runs of the leaves of an operand in row i. */
static int64_t row_runs(const Operands *o, int node, int64_t i)
{
    if (o->p->flat.node[node].op == RECIPE_LEAF) return leaf_runs(o, node, i);
    return row_runs(o, o->p->left[node], i) + row_runs(o, node - 1, i);
}

enum { SAMPLES = 16 };

static Status affordable(const Operands *o, const Operand *operand, Why *why)
{
    int64_t n = o->p->n, runs = 0;
    if (operand->kind != OPERAND_ROW || n <= SAMPLES) return STATUS_OK;
    for (int64_t k = 0; k < SAMPLES; k++)
        runs += row_runs(o, operand->node, n - 1 - k * n / SAMPLES);
    double steps = (double)runs / SAMPLES * (double)n;
    if (steps <= (double)OPERAND_STEPS) return STATUS_OK;
    why_say(
        why, STATUS_LIMIT, 0,
        "rows of about %.1e runs in all would have to be written for n = %lld; at most %.1e are",
        steps, (long long)n, (double)OPERAND_STEPS);
    why_todo(why, "ask for fewer tokens");
    return STATUS_LIMIT;
}

Status operand_row(const Operands *o, const Operand *operand, int64_t i, Runs *out)
{
    return bound_row(o->p, operand->node, i, o->part, 0, out);
}

static int64_t leaf_until(const Operands *o, int node, int64_t i)
{
    const Leaf      *leaf = &o->p->leaf[node];
    const Mechanism *m = leaf->mechanism;
    int64_t          n = o->p->n, until = i + 1;
    bool open = m->class != CLASS_POSITIONAL && leaf_by(o->p, node, o->part) == BY_ANYTHING;
    if (open || m->axis == AXIS_KEY) return n;
    if (m->class == CLASS_POSITIONAL && m->until) until = m->until(leaf, i);
    return until < n ? until : n;
}

static int64_t node_until(const Operands *o, int node, int64_t i)
{
    if (o->p->flat.node[node].op == RECIPE_LEAF) return leaf_until(o, node, i);
    int64_t left = node_until(o, o->p->left[node], i);
    if (left == i + 1) return left;
    int64_t right = node_until(o, node - 1, i);
    return left < right ? left : right;
}

int64_t operand_until(const Operands *o, const Operand *operand, int64_t i)
{
    return node_until(o, operand->node, i);
}

/* ---- life ---- */

static Status add_operands(Operands *o, int node, Why *why)
{
    if (o->p->flat.node[node].op == RECIPE_UNION) {
        Status status = add_operands(o, o->p->left[node], why);
        return status ? status : add_operands(o, node - 1, why);
    }
    static const OperandKind kind[] = {[BY_ANYTHING] = OPERAND_DISTANCE,
                                       [BY_DISTANCE] = OPERAND_DISTANCE,
                                       [BY_KEY] = OPERAND_KEY,
                                       [BY_ROW] = OPERAND_ROW};
    Operand                 *operand = &o->operand[o->operands++];
    *operand = (Operand){.kind = kind[node_by(o->p, node, o->part)], .node = node};
    Status status = fill(o, operand);
    if (status) return why_say(why, status, 0, "%s", status_sentence(status));
    return affordable(o, operand, why);
}

Status operands_new(const Pattern *p, Part part, Operands *out, Why *why)
{
    *out = (Operands){
        .p = p, .part = part, .operand = calloc((size_t)p->flat.nodes, sizeof *out->operand)};
    if (!out->operand) return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    Status status = add_operands(out, p->flat.nodes - 1, why);
    if (status) operands_done(out);
    return status;
}

void operands_done(Operands *o)
{
    for (int k = 0; k < o->operands; k++) {
        runs_done(&o->operand[k].set);
        runs_done(&o->operand[k].ahead);
    }
    free(o->operand);
    *o = (Operands){0};
}
