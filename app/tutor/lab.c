#include "app/tutor/lab.h"

#include "app/tutor/lab_inner.h"

#include "app/tutor/words.h"
#include "engine/attention.h"
#include "engine/compare.h"
#include "engine/rng.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what the sliders say ---------------------------------------------------------------- */

static double lab_value(const Lab *lab, int slider, double fixed)
{
    return slider < 0 ? fixed : lab->value[slider];
}

static int lab_choice(const Lab *lab, int slider)
{
    return (int)lab_value(lab, slider, 0);
}

const Content *lab_content(const Lab *lab)
{
    const Figure *f = lab->figure;
    return f->contents == 0 ? NULL : &f->content[lab_choice(lab, f->content_slider)];
}

static Background lab_background(const Lab *lab)
{
    const Figure *f = lab->figure;
    return f->background[f->backgrounds > 1 ? lab_choice(lab, f->background_slider) : 0];
}

/* The expression of a side with the slider values put in. */
static Status lab_recipe(const Lab *lab, Side side, Recipe *out)
{
    const Choices *c = &lab->figure->recipe[side];
    int            k = lab_choice(lab, c->slider);
    Status         status = recipe_copy(&c->alternative[k], out);
    if (status != STATUS_OK) return status;
    for (int h = 0; h < lab->figure->holes; h++) {
        const Hole *hole = &lab->figure->hole[h];
        if (hole->side == side && hole->alternative == k) recipe_set(out, hole->place, lab->value[hole->slider]);
    }
    return STATUS_OK;
}

/* ---- binding ----------------------------------------------------------------------------- */

static bool lab_compares(const Lab *lab)
{
    return lab->figure->compare != COMPARE_NONE;
}

static bool lab_shows(const Lab *lab, Gauge gauge)
{
    for (int k = 0; k < lab->figure->gauges; k++)
        if (lab->figure->gauge[k] == gauge) return true;
    return false;
}

/* Everything that follows from the cursor. */
static Status lab_bind_row(Lab *lab)
{
    for (int side = 0; side < SIDES; side++) {
        if (!lab->pattern[side]) continue;
        Status status = lab->problem.n == 0
                            ? pattern_row(lab->pattern[side], lab->row, &lab->set[side])
                            : attention_row(&lab->problem, lab->pattern[side], lab->row, &lab->set[side],
                                            lab->row_weight[side], NULL, NULL);
        if (status != STATUS_OK) return status;
    }
    if (!lab_shows(lab, GAUGE_READERS)) return STATUS_OK;
    Status status = pattern_column(lab->pattern[SIDE_SPARSE], lab->key, &lab->work);
    lab->readers = runs_count(&lab->work);
    return status;
}

/* The patterns of this moment, in place of those of the last. */
static Status lab_bind(Lab *lab, Why *why)
{
    const Problem *content = lab->problem.n > 0 ? &lab->problem : NULL;
    for (int side = 0; side < SIDES; side++) {
        if (side == SIDE_OTHER && !lab_compares(lab)) continue;
        Recipe   recipe = {0};
        Pattern *pattern = NULL;
        Status   status = lab_recipe(lab, (Side)side, &recipe);
        if (status == STATUS_OK) status = pattern_new(&recipe, lab->n, lab->background, content, &pattern, why);
        if (status == STATUS_OK) status = pattern_total(pattern, &lab->total[side]);
        if (status != STATUS_OK) {
            pattern_free(pattern);
            recipe_done(&recipe);
            return status;
        }
        bool same = lab->pattern[side] && recipe_equal(&recipe, &lab->recipe[side]);
        lab->measured[side] = lab->measured[side] && same;
        lab->blocks[side].counted = lab->degrees[side].counted = false;
        lab->column_key[side] = -1;
        pattern_free(lab->pattern[side]);
        recipe_done(&lab->recipe[side]);
        lab->pattern[side] = pattern;
        lab->recipe[side] = recipe;
    }
    lab->allowed = pattern_allowed(lab->n, lab->background);
    if (lab_shows(lab, GAUGE_MAX_ROW) && pattern_max_row(lab->pattern[SIDE_SPARSE], &lab->max_row) != STATUS_OK)
        return STATUS_MEMORY;
    Status status = lab_bind_row(lab);
    if (status == STATUS_OK) lab_bind_pins(lab);
    return status;
}

/* (n, n) dense weights: attention under the pattern `full`. */
static Status lab_bind_dense(Lab *lab, Why *why)
{
    Recipe   full = {0};
    Pattern *pattern = NULL;
    Status   status = recipe_parse("full", 4, &full, why);
    if (status == STATUS_OK) status = pattern_new(&full, lab->n, lab->background, NULL, &pattern, why);
    if (status == STATUS_OK) status = attention_run(&lab->problem, pattern, lab->dense, NULL, NULL);
    pattern_free(pattern);
    recipe_done(&full);
    return status;
}

static void lab_drop_content(Lab *lab)
{
    for (int side = 0; side < SIDES; side++) {
        free(lab->row_weight[side]);
        free(lab->kept[side]);
        free(lab->most[side]);
        free(lab->order[side]);
        lab->order[side] = NULL;
        lab->ordered[side] = 0;
        lab->row_weight[side] = lab->kept[side] = lab->most[side] = NULL;
        lab->measured[side] = false;
    }
    words_free(lab->token, lab->tokens);
    problem_done(&lab->problem);
    free(lab->dense);
    free(lab->work_weight);
    free(lab->work_rank);
    lab->problem = (Problem){0};
    lab->token = NULL;
    lab->tokens = 0;
    lab->dense = NULL;
    lab->work_weight = lab->work_rank = NULL;
}

static Status lab_problem(Lab *lab, const Content *c, Why *why)
{
    switch (c->kind) {
    case CONTENT_NONE:
        break;
    case CONTENT_WORDS: {
        Status status = words_deal(c, lab->deal, lab->n, &lab->token);
        if (status != STATUS_OK) return status;
        lab->tokens = lab->n;
        return problem_words((const char *const *)lab->token, lab->n, c->seed, &lab->problem, why);
    }
    case CONTENT_TOY: {
        uint64_t key[2] = {c->seed, lab->deal};
        uint64_t seed = lab->deal == 0 ? c->seed : rng_fnv1a(key, sizeof key);
        return problem_toy(c->toy, lab->n, c->d, seed, &lab->problem, why);
    }
    case CONTENT_SCORES:
        return problem_scores(c->score, c->scores, &lab->problem, why);
    }
    return STATUS_OK;
}

/* The content of this moment; the patterns that borrowed the last one are gone before. */
static Status lab_bind_content(Lab *lab, Why *why)
{
    const Content *c = lab_content(lab);
    for (int side = 0; side < SIDES; side++) {
        pattern_free(lab->pattern[side]);
        lab->pattern[side] = NULL;
    }
    lab_drop_content(lab);
    if (!c || c->kind == CONTENT_NONE) return STATUS_OK;
    if (lab->n > PROBLEM_LIMIT)
        return why_say(why, STATUS_LIMIT, 0, "%lld tokens with scores need %lld MiB; at most %d are held",
                       (long long)lab->n, (long long)(problem_bytes(lab->n, PROBLEM_WORD_WIDTH) >> 20),
                       PROBLEM_LIMIT);
    Status status = lab_problem(lab, c, why);
    if (status != STATUS_OK) return status;
    size_t row = (size_t)lab->n * sizeof(float);
    lab->dense = malloc(row * (size_t)lab->n);
    lab->work_weight = malloc(row);
    lab->work_rank = malloc(row);
    bool whole = lab->dense && lab->work_weight && lab->work_rank;
    for (int side = 0; side < SIDES; side++) {
        lab->row_weight[side] = malloc(row);
        lab->kept[side] = malloc(row);
        lab->most[side] = malloc(row);
        lab->order[side] = malloc((size_t)lab->n * sizeof(int64_t));
        whole = whole && lab->row_weight[side] && lab->kept[side] && lab->most[side] && lab->order[side];
    }
    if (!whole) return STATUS_MEMORY;
    return lab_bind_dense(lab, why);
}

static void lab_clamp(Lab *lab)
{
    if (lab->row >= lab->n) lab->row = lab->n - 1;
    if (lab->row < 0) lab->row = 0;
    int64_t last = lab->background == BACKGROUND_CAUSAL ? lab->row : lab->n - 1;
    if (lab->key > last) lab->key = last;
    if (lab->key < 0) lab->key = 0;
}

/* Binds all anew: n, background or content changed. */
Status lab_rebind(Lab *lab, Why *why)
{
    lab->background = lab_background(lab);
    Status status = lab_bind_content(lab, why);
    lab_clamp(lab);
    return status == STATUS_OK ? lab_bind(lab, why) : status;
}

/* ---- life -------------------------------------------------------------------------------- */

Status lab_open(Lab *out, const Figure *figure, Why *why)
{
    *out = (Lab){.figure = figure, .slider = figure->sliders > 0 ? 0 : -1, .view = figure->view,
                 .scale = SCALE_ROW_MAX, .column_key = {-1, -1}, .mark_row = -1, .paint_from = -1};
    out->value = calloc((size_t)figure->sliders + 1, sizeof *out->value);
    if (!out->value) return STATUS_MEMORY;
    for (int k = 0; k < figure->sliders; k++) out->value[k] = figure->slider[k].start;
    out->n = (int64_t)lab_value(out, figure->n_slider, (double)figure->n);
    if (out->n > LAB_LIMIT) {
        Status status = why_say(why, STATUS_LIMIT, 0, "a figure of %lld tokens; at most %d are drawn",
                                (long long)out->n, LAB_LIMIT);
        lab_done(out);
        return status;
    }
    out->row = figure->row < 0 ? out->n - 1 : figure->row;
    out->key = out->row;
    Status status = lab_rebind(out, why);
    if (status != STATUS_OK) lab_done(out);
    return status;
}

void lab_forget_before(Lab *lab)
{
    for (int64_t i = 0; i < lab->n_before; i++) runs_done(&lab->row_before[i]);
    free(lab->row_before);
    lab->row_before = NULL;
    lab->n_before = 0;
    lab->has_before = false;
}

void lab_done(Lab *lab)
{
    lab_forget_before(lab);
    for (int side = 0; side < SIDES; side++) {
        pattern_free(lab->pattern[side]);
        recipe_done(&lab->recipe[side]);
        runs_done(&lab->set[side]);
        grid_done(&lab->grid[side]);
        runs_done(&lab->column[side]);
        free(lab->blocks[side].cells);
        free(lab->degrees[side].cells);
    }
    lab_drop_content(lab);
    Runs *sets[] = {&lab->before, &lab->missed, &lab->surplus, &lab->paint, &lab->work, &lab->work2};
    for (size_t k = 0; k < sizeof sets / sizeof sets[0]; k++) runs_done(sets[k]);
    free(lab->value);
    *lab = (Lab){0};
}

/* ---- questions --------------------------------------------------------------------------- */

bool lab_hides(const Lab *lab, unsigned what)
{
    return (lab->figure->hide & what & ~lab->shown) != 0;
}

bool lab_hides_row(const Lab *lab, int64_t i)
{
    int64_t row = lab->figure->row < 0 ? lab->n - 1 : lab->figure->row;
    return i == row && lab_hides(lab, HIDE_ROW);
}

bool lab_has_words(const Lab *lab)
{
    return lab->token != NULL;
}

double lab_kept(const Lab *lab, int64_t i)
{
    if (!lab->dense) return NAN;
    const float *dense = lab->dense + i * lab->n;
    if (i == lab->row) return compare_kept(dense, &lab->set[SIDE_SPARSE]);
    Runs   g = {0};
    double kept = pattern_row(lab->pattern[SIDE_SPARSE], i, &g) == STATUS_OK ? compare_kept(dense, &g) : NAN;
    runs_done(&g);
    return kept;
}

double lab_weight(const Lab *lab, Side side, int64_t i, int64_t j)
{
    if (!lab->dense || !lab->pattern[side]) return NAN;
    if (i == lab->row) return (double)lab->row_weight[side][j];
    Runs   g = {0};
    float *row = malloc((size_t)lab->n * sizeof *row);
    double weight = NAN;
    if (row && attention_row(&lab->problem, lab->pattern[side], i, &g, row, NULL, NULL) == STATUS_OK)
        weight = (double)row[j];
    free(row);
    runs_done(&g);
    return weight;
}

int lab_log_size(const Lab *lab)
{
    return lab->experiments < LAB_LOG ? lab->experiments : LAB_LOG;
}

const Experiment *lab_log_at(const Lab *lab, int k)
{
    int first = lab->experiments - lab_log_size(lab);
    return &lab->log[(first + k) % LAB_LOG];
}

/* ---- changes ----------------------------------------------------------------------------- */

/* What a slider moves: n, background, content (all is bound anew), or an expression. */
static bool lab_slider_rebinds(const Lab *lab, int slider)
{
    const Figure *f = lab->figure;
    return slider == f->n_slider || (f->backgrounds > 1 && slider == f->background_slider) ||
           (f->contents > 1 && slider == f->content_slider);
}

static Status lab_after_slide(Lab *lab, int slider, Why *why)
{
    if (!lab_slider_rebinds(lab, slider)) return lab_bind(lab, why);
    if (slider == lab->figure->n_slider) lab->n = (int64_t)lab->value[slider];
    lab_forget_before(lab);
    return lab_rebind(lab, why);
}

Status lab_slide(Lab *lab, int slider, double value, bool *changed, Why *why)
{
    const Slider *s = &lab->figure->slider[slider];
    double        was = lab->value[slider];
    int64_t       n_was = lab->n;
    if (!s->real) value = floor(value + 0.5);
    value = fmin(fmax(value, s->min), s->max);
    *changed = value != was;
    if (!*changed) return STATUS_OK;
    lab->value[slider] = value;
    lab_forget_before(lab);
    lab_mark(lab, -1, NULL, NULL);
    Status status = lab_after_slide(lab, slider, why);
    if (status == STATUS_OK) return STATUS_OK;
    lab->value[slider] = was;
    lab->n = n_was;
    *changed = false;
    return lab_rebind(lab, NULL) == STATUS_OK ? status : STATUS_MEMORY;
}

void lab_go(Lab *lab, int64_t i, int64_t j)
{
    lab->row = i;
    lab->key = j;
    lab_clamp(lab);
    if (lab_bind_row(lab) != STATUS_OK) runs_clear(&lab->set[SIDE_SPARSE]);
    if (!lab->row_before || lab->row >= lab->n_before) lab->has_before = false;
    else lab->has_before = runs_copy(&lab->row_before[lab->row], &lab->before) == STATUS_OK;
}

void lab_move(Lab *lab, int64_t di, int64_t dj)
{
    lab_go(lab, lab->row + di, lab->key + dj);
}

void lab_mark(Lab *lab, int64_t row, const Runs *missed, const Runs *surplus)
{
    runs_clear(&lab->missed);
    runs_clear(&lab->surplus);
    lab->mark_row = -1;
    if (missed && runs_copy(missed, &lab->missed) != STATUS_OK) return;
    if (surplus && runs_copy(surplus, &lab->surplus) != STATUS_OK) return;
    lab->mark_row = row;
}
