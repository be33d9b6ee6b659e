/* lab_text.c - what a lab says of itself in short texts: gauges, sets, experiments. */
#include "app/base/text.h"
#include "app/tutor/lab.h"
#include "engine/attention.h"
#include "engine/compare.h"
#include "engine/score.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

size_t lab_expression(const Lab *lab, Side side, char *out, size_t size)
{
    if (side == SIDE_OTHER && lab->figure->compare == COMPARE_DENSE)
        return (size_t)snprintf(out, size, "dense");
    return recipe_print(&lab->recipe[side], out, size);
}

size_t lab_set_text(const Lab *lab, Side side, char *out, size_t size)
{
    if (side == SIDE_SPARSE && lab_hides_row(lab, lab->row))
        return (size_t)snprintf(out, size, "G_%lld = ?", (long long)lab->row);
    int    head = snprintf(out, size, "G_%lld = {", (long long)lab->row);
    size_t len = (size_t)head;
    len += runs_print(&lab->set[side], ", ", len < size ? out + len : NULL, len < size ? size - len : 0);
    if (len + 1 < size) memcpy(out + len, "}", 2);
    return len + 1;
}

enum { GAUGE_CHANNELS = 256 }; /* widest output whose error is shown */

/* ---- gauges ------------------------------------------------------------------------------ */

static void gauge_count(const Lab *lab, Text *t)
{
    if (lab_hides(lab, HIDE_COUNTS) || lab_hides_row(lab, lab->row)) {
        text_add(t, "hidden");
        return;
    }
    text_add_count(t, runs_count(&lab->set[SIDE_SPARSE]));
    text_add(t, " of ");
    text_add_count(t, pattern_allowed_row(lab->pattern[SIDE_SPARSE], lab->row));
    text_add(t, " keys");
}

static void gauge_total(const Lab *lab, Text *t)
{
    text_add_count(t, lab->total[SIDE_SPARSE]);
    text_add(t, " of ");
    text_add_count(t, lab->allowed);
    text_add(t, " cells");
}

static void gauge_density(const Lab *lab, Text *t)
{
    text_add_real(t, (double)lab->total[SIDE_SPARSE] / (double)lab->allowed, 3);
}

static void gauge_max_row(const Lab *lab, Text *t)
{
    text_add_count(t, lab->max_row);
    text_add(t, " keys");
}

static void gauge_readers(const Lab *lab, Text *t)
{
    text_add_count(t, lab->readers);
    text_add(t, lab->readers == 1 ? " query" : " queries");
}

static void gauge_kept(const Lab *lab, Text *t)
{
    text_add_real(t, lab_kept(lab, lab->row), 3);
}

/* Dense weights of the row against those of the set, both mixed over the same values. */
static void gauge_error(const Lab *lab, Text *t)
{
    const Problem *p = &lab->problem;
    Run            run = {0, pattern_allowed_row(lab->pattern[SIDE_SPARSE], lab->row)};
    Runs           all = {&run, 1, 1};
    float          sparse[GAUGE_CHANNELS], dense[GAUGE_CHANNELS];
    if (!p->v || p->e > GAUGE_CHANNELS) return;
    score_mix(lab->row_weight[SIDE_SPARSE], &lab->set[SIDE_SPARSE], p->v, p->e, sparse);
    score_mix(lab->dense + lab->row * lab->n, &all, p->v, p->e, dense);
    text_add_real(t, compare_error(sparse, dense, p->e).relative, 3);
}

static void gauge_class(const Lab *lab, Text *t)
{
    text_add(t, lab_hides(lab, HIDE_RULE) ? "hidden" : class_word(pattern_class(lab->pattern[SIDE_SPARSE])));
}

enum { NEEDS_NOTHING, NEEDS_CONTENT };

static const struct {
    void (*add)(const Lab *lab, Text *t);
    int  needs;
    bool counts; /* hidden with the counts */
} gauge_rows[] = {
    [GAUGE_COUNT] = {gauge_count, NEEDS_NOTHING, false}, /* says "hidden" itself */
    [GAUGE_TOTAL] = {gauge_total, NEEDS_NOTHING, true},
    [GAUGE_DENSITY] = {gauge_density, NEEDS_NOTHING, true},
    [GAUGE_MAX_ROW] = {gauge_max_row, NEEDS_NOTHING, true},
    [GAUGE_READERS] = {gauge_readers, NEEDS_NOTHING, true},
    [GAUGE_KEPT] = {gauge_kept, NEEDS_CONTENT, false},
    [GAUGE_ERROR] = {gauge_error, NEEDS_CONTENT, false},
    [GAUGE_CLASS] = {gauge_class, NEEDS_NOTHING, false},
};

size_t lab_gauge(const Lab *lab, Gauge gauge, char *out, size_t size)
{
    Text t = text_over(out, size);
    if (gauge_rows[gauge].needs == NEEDS_CONTENT && !lab->dense) text_add(&t, "needs words");
    else if (gauge_rows[gauge].counts && lab_hides(lab, HIDE_COUNTS)) text_add(&t, "hidden");
    else gauge_rows[gauge].add(lab, &t);
    return t.len;
}

/* ---- experiments ------------------------------------------------------------------------- */

size_t lab_experiment_text(const Lab *lab, const Experiment *e, char *out, size_t size)
{
    const char *what = lab_has_words(lab) ? "all words dealt anew" : "the content dealt anew";
    char        longer[64];
    if (e->tool == TOOL_LONGER) {
        snprintf(longer, sizeof longer, "text %s to %lld tokens", e->arg > 0 ? "lengthened" : "shortened",
                 (long long)e->n);
        what = longer;
    }
    return (size_t)snprintf(out, size, "%s: G changed in %lld of %lld cells", what, (long long)e->changed,
                            (long long)e->cells);
}
