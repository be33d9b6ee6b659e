/* lab_probe.c - experiments on a lab: other words, another length, what moved; and its records. */
#include "app/tutor/lab.h"
#include "app/tutor/lab_inner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- probes ------------------------------------------------------------------------------ */

enum { PROBE_LIMIT = 65536 }; /* tokens of a text whose rows are kept */

/* Keeps the rows as they are now, to be compared with those after a probe. */
static Status lab_keep_rows(Lab *lab)
{
    lab_forget_before(lab);
    lab->row_before = calloc((size_t)lab->n, sizeof *lab->row_before);
    if (!lab->row_before) return STATUS_MEMORY;
    lab->n_before = lab->n;
    for (int64_t i = 0; i < lab->n; i++) {
        Status status = pattern_row(lab->pattern[SIDE_SPARSE], i, &lab->row_before[i]);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* Cells of G that differ from the kept rows, among those that both texts have. */
static Status lab_count_changed(Lab *lab, int64_t *changed, int64_t *cells)
{
    int64_t n = lab->n < lab->n_before ? lab->n : lab->n_before;
    *changed = 0;
    *cells = pattern_allowed(n, lab->background);
    for (int64_t i = 0; i < n; i++) {
        Status status = pattern_row(lab->pattern[SIDE_SPARSE], i, &lab->work);
        if (status == STATUS_OK) status = runs_intersect(&lab->work, &lab->row_before[i], &lab->work2);
        if (status != STATUS_OK) return status;
        *changed += runs_count_in(&lab->work, 0, n) + runs_count_in(&lab->row_before[i], 0, n) -
                    2 * runs_count_in(&lab->work2, 0, n);
    }
    return STATUS_OK;
}

/* A probe: n and deal change, all is bound anew, what moved is counted and logged. */
static Status lab_probe(Lab *lab, Experiment e, uint64_t deal, Why *why)
{
    int64_t  n_was = lab->n;
    uint64_t deal_was = lab->deal;
    Status   status = lab_keep_rows(lab);
    if (status != STATUS_OK) return status;
    lab->n = e.n;
    lab->deal = deal;
    lab_mark(lab, -1, NULL, NULL);
    status = lab_rebind(lab, why);
    if (status == STATUS_OK) status = lab_count_changed(lab, &e.changed, &e.cells);
    if (status != STATUS_OK) {
        lab->n = n_was;
        lab->deal = deal_was;
        lab_forget_before(lab);
        return lab_rebind(lab, NULL) == STATUS_OK ? status : STATUS_MEMORY;
    }
    lab->used |= e.tool;
    lab->log[lab->experiments++ % LAB_LOG] = e;
    lab_go(lab, lab->row, lab->key);
    return STATUS_OK;
}

Status lab_shuffle(Lab *lab, Why *why)
{
    return lab_probe(lab, (Experiment){.tool = TOOL_SHUFFLE, .n = lab->n}, lab->deal + 1, why);
}

Status lab_lengthen(Lab *lab, int direction, Why *why)
{
    const Content *c = lab_content(lab);
    if (c && c->kind == CONTENT_SCORES)
        return why_say(why, STATUS_LIMIT, 0, "this figure shows one row of given scores; its length is fixed");
    /* a quarter of the shorter text, either way: longer and shorter undo each other */
    int64_t step = direction > 0 ? lab->n / 4 : lab->n / 5;
    int64_t n = lab->n + direction * (step > 0 ? step : 1);
    int64_t most = lab->problem.n > 0 ? PROBLEM_LIMIT : PROBE_LIMIT;
    if (n < 2) return why_say(why, STATUS_LIMIT, 0, "the text is as short as it can be");
    if (n > most) return why_say(why, STATUS_LIMIT, 0, "%lld tokens are the most this figure takes", (long long)most);
    Experiment e = {.tool = TOOL_LONGER, .arg = direction, .n = n};
    return lab_probe(lab, e, lab->deal, why);
}

/* ---- records ----------------------------------------------------------------------------- */

void lab_state(const Lab *lab, void (*take)(void *context, const char *name, double value), void *context)
{
    for (int k = 0; k < lab->figure->sliders; k++) take(context, lab->figure->slider[k].name, lab->value[k]);
    if (lab->figure->tools & TOOL_LONGER) take(context, "tokens", (double)lab->n);
    if (lab->figure->tools & TOOL_SHUFFLE) take(context, "deal", (double)lab->deal);
    take(context, "view", (double)(view_number(lab->view) - 1));
    take(context, "row", (double)lab->row);
    take(context, "key", (double)lab->key);
}

/* Puts n or deal back as a record has it. */
static Status lab_restore_text(Lab *lab, int64_t n, uint64_t deal, Why *why)
{
    int64_t  n_was = lab->n;
    uint64_t deal_was = lab->deal;
    int64_t  most = lab_content(lab) ? PROBLEM_LIMIT : LAB_LIMIT;
    if (n < 1 || n > most || (n == n_was && deal == deal_was)) return STATUS_OK;
    lab->n = n;
    lab->deal = deal;
    if (deal > 0) lab->used |= TOOL_SHUFFLE;
    Status status = lab_rebind(lab, why);
    if (status == STATUS_OK) return STATUS_OK;
    lab->n = n_was;
    lab->deal = deal_was;
    return lab_rebind(lab, NULL) == STATUS_OK ? status : STATUS_MEMORY;
}

Status lab_restore(Lab *lab, const char *name, double value, Why *why)
{
    bool changed;
    if (!isfinite(value) || fabs(value) > 1e15) return STATUS_OK;
    for (int k = 0; k < lab->figure->sliders; k++)
        if (strcmp(lab->figure->slider[k].name, name) == 0) return lab_slide(lab, k, value, &changed, why);
    bool longer = (lab->figure->tools & TOOL_LONGER) != 0, shuffles = (lab->figure->tools & TOOL_SHUFFLE) != 0;
    if (strcmp(name, "tokens") == 0 && longer) return lab_restore_text(lab, (int64_t)value, lab->deal, why);
    if (strcmp(name, "deal") == 0 && shuffles && value >= 0) return lab_restore_text(lab, lab->n, (uint64_t)value, why);
    View view;
    if (strcmp(name, "view") == 0 && view_numbered((long long)value + 1, &view)) lab->view = view;
    if (strcmp(name, "row") == 0) lab_go(lab, (int64_t)value, lab->key);
    if (strcmp(name, "key") == 0) lab_go(lab, lab->row, (int64_t)value);
    return STATUS_OK;
}
