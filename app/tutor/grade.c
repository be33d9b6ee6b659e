#include "app/tutor/grade.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void verdict_done(Verdict *v)
{
    text_done(&v->sentence);
    runs_done(&v->missed);
    runs_done(&v->surplus);
    *v = (Verdict){0};
}

static void verdict_slip(Verdict *v, const char *slip)
{
    snprintf(v->slip, sizeof v->slip, "%s", slip ? slip : "");
}

/* ---- numbers ----------------------------------------------------------------------------- */

static bool number_near(const Question *q, const Number *answer, const Number *wanted)
{
    if (q->kind == QUESTION_INTEGER) return number_compare(answer, wanted) == 0;
    double margin = q->relative ? q->tolerance * fabs(wanted->value) : q->tolerance;
    return fabs(answer->value - wanted->value) <= margin * (1 + 1e-12) + 1e-300;
}

static int boxes_near(const Question *q, const Reading *r)
{
    int near = 0;
    for (int k = 0; k < q->boxes; k++) near += number_near(q, &r->number[k], &q->right[k]);
    return near;
}

static bool numbers_near(const Question *q, const Reading *r, const Number *wanted)
{
    for (int k = 0; k < q->boxes; k++)
        if (!number_near(q, &r->number[k], &wanted[k])) return false;
    return true;
}

/* Marks what was counted too many and too few, against the row under question. */
static Status mark_against(const Runs *counted, const Runs *truth, Verdict *v)
{
    Status status = runs_minus(truth, counted, &v->missed);
    if (status == STATUS_OK) status = runs_minus(counted, truth, &v->surplus);
    v->marks = status == STATUS_OK;
    return status;
}

static Status grade_wrong_row(const Wrong *w, const Lab *lab, Verdict *v)
{
    verdict_slip(v, w->slip);
    text_add(&v->sentence, w->sentence);
    if (!w->has_keys || !lab) return STATUS_OK;
    return mark_against(&w->keys, &lab->set[SIDE_SPARSE], v);
}

/* A neighbouring quantity of the figure that equals the answer: what it is. */
static bool nudge_neighbour(const Lab *lab, int64_t value, Text *out)
{
    const Pattern *p = lab->pattern[SIDE_SPARSE];
    int64_t        i = lab->row, count;
    if (value == lab->total[SIDE_SPARSE])
        text_add(out, "That is the total of the whole matrix; read again what is asked.");
    else if (pattern_count(p, i, &count) == STATUS_OK && value == count)
        text_format(out, "That is the size of row %lld; read again what is asked.", (long long)i);
    else if (i > 0 && pattern_count(p, i - 1, &count) == STATUS_OK && value == count)
        text_format(out, "That is the size of row %lld, the row before; check which row is asked.", (long long)i - 1);
    else if (i + 1 < lab->n && pattern_count(p, i + 1, &count) == STATUS_OK && value == count)
        text_format(out, "That is the size of row %lld, the row after; check which row is asked.", (long long)i + 1);
    else if (value == lab->allowed)
        text_add(out, "That is every cell the background allows; the rule keeps fewer.");
    else return false;
    return true;
}

/* The size of the row under the cursor is what was asked. */
static bool asks_row(const Question *q, const Lab *lab)
{
    int64_t count = lab ? runs_count(&lab->set[SIDE_SPARSE]) : -1;
    return q->kind == QUESTION_INTEGER && lab && q->right[0].exact && q->right[0].bottom == 1 &&
           q->right[0].top == count;
}

/* The recipe that is one leaf of another, and the keys it gives the row under the cursor. */
static Status leaf_row(const Lab *lab, const Recipe *recipe, int node, Runs *out, char *name, size_t size)
{
    const RecipeNode *leaf = &recipe->node[node];
    Recipe            alone = {0};
    Pattern          *p = NULL;
    const Problem    *content = lab->problem.n > 0 ? &lab->problem : NULL;
    Status status = recipe_leaf(leaf->mechanism, &recipe->value[leaf->place], &alone, NULL);
    if (status == STATUS_OK) {
        recipe_print(&alone, name, size);
        status = pattern_new(&alone, lab->n, lab->background, content, &p, NULL);
    }
    if (status == STATUS_OK) status = pattern_row(p, lab->row, out);
    pattern_free(p);
    recipe_done(&alone);
    return status;
}

static void rule_part(const Lab *lab, const Recipe *recipe, int leaf, Text *out)
{
    Runs keys = {0};
    char name[120], line[160];
    if (leaf_row(lab, recipe, leaf, &keys, name, sizeof name) == STATUS_OK) {
        size_t len = runs_print(&keys, ", ", line, sizeof line);
        text_format(out, "%s gives %s%s", name, len == 0 ? "nothing here" : "keys ", len == 0 ? "" : line);
        if (len >= sizeof line) text_add(out, "...");
    }
    runs_done(&keys);
}

/* "By the rule, window(w=4) gives keys 9-12; sink(s=2) gives keys 0-1." */
static void nudge_rule(const Lab *lab, Text *out)
{
    const Recipe *r = &lab->recipe[SIDE_SPARSE];
    bool          first = true;
    for (int k = 0; k < r->nodes; k++) {
        if (r->node[k].op != RECIPE_LEAF) continue;
        text_format(out, "%s", first ? "By the rule, " : "; ");
        rule_part(lab, r, k, out);
        first = false;
    }
    text_format(out, ". %s", recipe_leaves(r) > 1 ? "Put the parts together; a key in two parts counts once."
                                                  : "Count the keys of that run.");
}

static void grade_nudge(const Question *q, const Reading *r, const Lab *lab, Text *out)
{
    const Number *given = &r->number[0];
    bool          whole = q->kind == QUESTION_INTEGER && given->exact && given->bottom == 1;
    if (whole && q->right[0].exact &&
        (given->top == q->right[0].top + 1 || given->top == q->right[0].top - 1)) {
        text_add(out, "Off by one. Check both ends: is each of them in or out?");
        return;
    }
    if (whole && lab && nudge_neighbour(lab, given->top, out)) return;
    if (asks_row(q, lab) && !lab_hides(lab, HIDE_RULE | HIDE_ROW)) {
        nudge_rule(lab, out);
        return;
    }
    if (q->boxes > 1) text_format(out, "%d of %d numbers fit. ", boxes_near(q, r), q->boxes);
    text_add(out, "Go back to the rule and work it again, one step at a time.");
}

/* Why a right count is right: the row, or that it equals another quantity of the figure. */
static void grade_numbers_right(const Question *q, const Lab *lab, Text *out)
{
    if (q->explain) text_add(out, q->explain);
    else grade_working(q, lab, out);
}

static Status grade_numbers(const Question *q, const Reading *r, const Lab *lab, Verdict *v)
{
    if (numbers_near(q, r, q->right)) {
        v->right = true;
        v->credit = 1;
        grade_numbers_right(q, lab, &v->sentence);
        return STATUS_OK;
    }
    for (int k = 0; k < q->wrongs; k++)
        if (numbers_near(q, r, q->wrong[k].value)) return grade_wrong_row(&q->wrong[k], lab, v);
    grade_nudge(q, r, lab, &v->sentence);
    return STATUS_OK;
}

/* ---- sets -------------------------------------------------------------------------------- */

static Status grade_set(const Question *q, const Reading *r, const Lab *lab, Verdict *v)
{
    Status status = mark_against(&r->set, &q->set, v);
    if (status != STATUS_OK) return status;
    int64_t given = runs_count(&r->set), truth = runs_count(&q->set), surplus = runs_count(&v->surplus);
    int64_t hits = given - surplus;
    v->right = runs_equal(&r->set, &q->set);
    v->credit = given + truth == 0 ? 1 : 2 * (double)hits / (double)(given + truth);
    v->partly = !v->right && hits > 0 && !q->whole;
    if (q->whole && !v->right) v->credit = 0;
    if (v->right) grade_numbers_right(q, lab, &v->sentence);
    else if (lab && !lab_hides(lab, HIDE_RULE))
        text_add(&v->sentence, surplus > 0 ? "Some keys here don't follow from the rule; take the rule's parts one by one."
                                           : "All of these belong; the rule gives more. Take its parts one by one.");
    else if (lab) text_add(&v->sentence, "Compare with the rows above and below: how does the rule go on?");
    else text_add(&v->sentence, surplus > 0 ? "Some of these keys don't belong." : "All of these belong, but they are not all.");
    return STATUS_OK;
}

void grade_share(const Question *q, const Reading *reading, Text *out)
{
    Runs hits = {0};
    if (runs_intersect(&reading->set, &q->set, &hits) == STATUS_OK) {
        int64_t hit = runs_count(&hits), surplus = runs_count(&reading->set) - hit;
        text_format(out, "%lld of %lld keys", (long long)hit, (long long)runs_count(&q->set));
        if (surplus > 0) text_format(out, ", %lld surplus", (long long)surplus);
    }
    runs_done(&hits);
}

/* ---- picks ------------------------------------------------------------------------------- */

static void grade_pick_sentence(const Question *q, int pick, int item, Verdict *v)
{
    const Option *o = &q->option[pick];
    if (!v->right) verdict_slip(v, o->slip);
    if (q->items > 1 && !v->right) text_format(&v->sentence, "Number %d: ", item + 1);
    if (v->right && q->explain) text_add(&v->sentence, q->explain);
    else if (o->feedback && (!v->right || q->kind == QUESTION_CHOICE)) text_add(&v->sentence, o->feedback);
    else if (!v->right) text_format(&v->sentence, "\"%s\" does not fit.", o->text);
}

static void grade_class_right(const Question *q, const Lab *lab, Text *out)
{
    if (q->explain || !lab) return;
    char why[240];
    recipe_class_why(&lab->recipe[SIDE_SPARSE], why, sizeof why);
    text_format(out, "%s%s.", out->len > 0 ? " " : "", why);
}

static Status grade_picks(const Question *q, const Answer *a, const Lab *lab, Verdict *v)
{
    int right = 0, first = -1;
    for (int k = 0; k < a->picks; k++) {
        v->item_right[k] = a->pick[k] == question_right_option(q, k);
        right += v->item_right[k];
        if (!v->item_right[k] && first < 0) first = k;
    }
    v->right = right == a->picks;
    v->credit = (double)right / (double)a->picks;
    v->partly = !v->right && right > 0;
    v->item = first < 0 ? 0 : first;
    grade_pick_sentence(q, a->pick[v->item], v->item, v);
    if (v->right && q->kind == QUESTION_CLASSIFY && a->picks == 1) grade_class_right(q, lab, &v->sentence);
    if (v->right && v->sentence.len == 0 && a->picks > 1) text_format(&v->sentence, "All %d are right.", a->picks);
    return STATUS_OK;
}

/* ---- the whole --------------------------------------------------------------------------- */

Status grade(const Question *q, const Answer *answer, const Reading *reading, const Lab *lab, Verdict *out)
{
    verdict_done(out);
    switch (q->kind) {
    case QUESTION_INTEGER:
    case QUESTION_NUMBER:
        return grade_numbers(q, reading, lab, out);
    case QUESTION_INDICES:
        return grade_set(q, reading, lab, out);
    case QUESTION_CLASSIFY:
    case QUESTION_CHOICE:
        return grade_picks(q, answer, lab, out);
    }
    return STATUS_OK;
}

/* ---- working ----------------------------------------------------------------------------- */

/* "G_12 = {0-1, 9-12}: window(w=4) gives keys 9-12, sink(s=2) gives keys 0-1. 6 of 13 keys, 7 skipped." */
static void working_row(const Lab *lab, const Runs *set, Text *out)
{
    char   line[300];
    size_t len = runs_print(set, ", ", line, sizeof line);
    text_format(out, "G_%lld = {%s%s}", (long long)lab->row, line, len >= sizeof line ? "..." : "");
    const Recipe *r = &lab->recipe[SIDE_SPARSE];
    bool          first = true;
    for (int k = 0; k < r->nodes && recipe_leaves(r) > 1; k++) {
        if (r->node[k].op != RECIPE_LEAF) continue;
        text_add(out, first ? ": " : ", ");
        rule_part(lab, r, k, out);
        first = false;
    }
    int64_t count = runs_count(set), allowed = pattern_allowed_row(lab->pattern[SIDE_SPARSE], lab->row);
    text_format(out, ". %lld of %lld keys, %lld skipped.", (long long)count, (long long)allowed,
                (long long)(allowed - count));
}

static void working_numbers(const Question *q, Text *out)
{
    text_add(out, q->boxes > 1 ? "The answers are " : "The answer is ");
    for (int k = 0; k < q->boxes; k++) {
        if (k > 0) text_add(out, ", ");
        const Number *n = &q->right[k];
        if (n->exact && n->bottom == 1) text_add_count(out, n->top);
        else text_add_real(out, n->value, 4);
    }
    text_format(out, "%s%s.", q->unit ? " " : "", q->unit ? q->unit : "");
}

/* "The answer: False." with one mark at its end. */
static void working_option(const char *text, Text *out)
{
    size_t len = strlen(text);
    bool   marked = len > 0 && strchr(".!?", text[len - 1]) != NULL;
    text_format(out, "The answer: %s%s", text, marked ? "" : ".");
}

static void working_picks(const Question *q, const Lab *lab, Text *out)
{
    for (int k = 0; k < (q->kind == QUESTION_CLASSIFY ? q->items : 1); k++) {
        const Option *o = &q->option[question_right_option(q, k)];
        if (k > 0) text_add(out, " ");
        if (q->items > 1) text_format(out, "%d: %s.", k + 1, o->id);
        else working_option(o->text, out);
        if (q->kind == QUESTION_CHOICE && o->feedback) text_format(out, " %s", o->feedback);
    }
    if (q->kind == QUESTION_CLASSIFY && q->items == 1) grade_class_right(q, lab, out);
}

void grade_working(const Question *q, const Lab *lab, Text *out)
{
    switch (q->kind) {
    case QUESTION_INTEGER:
    case QUESTION_NUMBER:
        working_numbers(q, out);
        if (!q->explain && asks_row(q, lab)) {
            text_add(out, " ");
            working_row(lab, &lab->set[SIDE_SPARSE], out);
        }
        break;
    case QUESTION_INDICES:
        if (lab) working_row(lab, &q->set, out);
        break;
    case QUESTION_CLASSIFY:
    case QUESTION_CHOICE:
        working_picks(q, lab, out);
        break;
    }
    if (q->explain) text_format(out, "%s%s", out->len > 0 ? " " : "", q->explain);
}
