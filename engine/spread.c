#include "engine/spread.h"

Status spread_new(const Pattern *p, Part part, Spread *out, Why *why)
{
    *out = (Spread){0};
    Status status = operands_new(p, part, &out->operands, why);
    if (!status && (status = bits_new(p->n, &out->moved)) != STATUS_OK)
        why_say(why, status, 0, "%s", status_sentence(status));
    if (status) spread_done(out);
    return status;
}

void spread_done(Spread *s)
{
    operands_done(&s->operands);
    bits_done(&s->moved);
    runs_done(&s->row);
}

/* ---- by distance ---- */

/* Runs of one length at equal distances: first + k * step + x, k < count, x < length. */
typedef struct {
    int64_t first, length, step, count;
} Series;

/* The series that begins with run k; its runs. */
static int series_at(const Runs *set, int k, Series *out)
{
    Run first = set->run[k];
    int more = 1;
    *out = (Series){first.lo, first.hi - first.lo, 1, 1};
    if (k + 1 == set->len) return 1;
    out->step = set->run[k + 1].lo - first.lo;
    for (; k + more < set->len; more++) {
        Run run = set->run[k + more];
        if (run.hi - run.lo != out->length || run.lo != first.lo + more * out->step) break;
    }
    out->count = more;
    return more;
}

/* b becomes the union of its moves by 0, by, ..., (count-1) * by: each smear doubles how many. */
static void smear(Bits *b, int64_t by, int64_t count)
{
    for (int64_t have = 1, more; have < count; have += more) {
        more = have < count - have ? have : count - have;
        bits_smear(b, by * more);
    }
}

/* sign: -1 for keys before their queries, 1 for those after. */
static void spread_distances(Spread *s, const Runs *set, int64_t sign, const Bits *from, Bits *out)
{
    Series series;
    for (int k = 0; k < set->len; k += (int)series.count) {
        series_at(set, k, &series);
        bits_copy(from, &s->moved);
        bits_move(&s->moved, sign * series.first);
        smear(&s->moved, sign, series.length);
        smear(&s->moved, sign * series.step, series.count);
        bits_join(&s->moved, out);
    }
}

/* ---- by key, and row by row ---- */

static void spread_keys(const Spread *s, const Runs *keys, const Bits *from, Bits *out)
{
    const Pattern *p = s->operands.p;
    int64_t        last = bits_last(from, p->n);
    int64_t        end = last < 0 ? 0 : pattern_allowed_row(p, last);
    for (int k = 0; k < keys->len && keys->run[k].lo < end; k++)
        bits_add(out, keys->run[k].lo, keys->run[k].hi < end ? keys->run[k].hi : end);
}

/* Wide rows often lie inside one another: what was marked as one run just now is not marked again. */
static Status spread_rows(Spread *s, const Operand *operand, const Bits *from, Bits *out)
{
    Run    marked = {0, 0};
    Status status = STATUS_OK;
    for (int64_t i = bits_next(from, 0), until; !status && i < from->n;
         i = bits_next(from, until)) {
        until = operand_until(&s->operands, operand, i);
        status = operand_row(&s->operands, operand, bits_last(from, until), &s->row);
        for (int k = 0; !status && k < s->row.len; k++) {
            Run run = s->row.run[k];
            if (run.lo >= marked.lo && run.lo <= marked.hi) run.lo = marked.hi;
            if (run.hi <= run.lo) continue;
            bits_add(out, run.lo, run.hi);
            if (run.lo == marked.hi)
                marked.hi = run.hi;
            else if (run.hi - run.lo > marked.hi - marked.lo)
                marked = run;
        }
    }
    return status;
}

Status spread(Spread *s, const Bits *from, Bits *out)
{
    Status status = STATUS_OK;
    for (int k = 0; !status && k < s->operands.operands; k++) {
        const Operand *operand = &s->operands.operand[k];
        switch (operand->kind) {
        case OPERAND_DISTANCE:
            spread_distances(s, &operand->set, -1, from, out);
            spread_distances(s, &operand->ahead, 1, from, out);
            break;
        case OPERAND_KEY:
            spread_keys(s, &operand->set, from, out);
            break;
        case OPERAND_ROW:
            status = spread_rows(s, operand, from, out);
            break;
        }
    }
    return status;
}
