#include "app/plain/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DRAW_LIMIT = 64, TOP_KEYS = 5, COVER_KEYS = 12 };

void describe_runs(const Runs *s, Text *out)
{
    if (s->len == 0) text_add(out, "none");
    for (int k = 0; k < s->len; k++) {
        long long lo = s->run[k].lo, hi = s->run[k].hi - 1;
        text_add(out, k > 0 ? ", " : "");
        if (lo == hi) text_format(out, "%lld", lo);
        else text_format(out, "%lld to %lld", lo, hi);
    }
}

static void add_capital(Text *out, char *sentence)
{
    if (sentence[0] >= 'a' && sentence[0] <= 'z') sentence[0] = (char)(sentence[0] - 'a' + 'A');
    text_add(out, sentence);
}

/* ---- the figure -------------------------------------------------------------------------- */

static void add_shape(const Lab *lab, Text *out)
{
    char shape[600];
    if (lab->figure->alt) text_add(out, lab->figure->alt);
    else if (lab_hides(lab, HIDE_RULE)) text_add(out, "a rule that is the question");
    else {
        recipe_describe(&lab->recipe[SIDE_SPARSE], shape, sizeof shape);
        text_add(out, shape);
    }
}

static void add_other(const Lab *lab, Text *out)
{
    char line[600];
    lab_expression(lab, SIDE_OTHER, line, sizeof line);
    text_format(out, " Beside it stands %s: ", line);
    recipe_describe(&lab->recipe[SIDE_OTHER], line, sizeof line);
    text_format(out, "%s.", line);
}

static void add_hidden(const Lab *lab, Text *out)
{
    if (lab_hides(lab, HIDE_COUNTS)) text_add(out, " Counts are hidden.");
    if (lab_hides(lab, HIDE_ROW)) text_format(out, " Row %lld is the question.", (long long)lab->row);
}

void describe_figure(const Lab *lab, Text *out)
{
    char expression[400];
    text_add(out, "Figure: ");
    add_shape(lab, out);
    text_format(out, ". %lld tokens, %s.", (long long)lab->n, background_word(lab->background));
    if (!lab_hides(lab, HIDE_RULE)) {
        lab_expression(lab, SIDE_SPARSE, expression, sizeof expression);
        text_format(out, " Expression: %s.", expression);
    }
    if (lab->figure->compare == COMPARE_DENSE) text_add(out, " Beside it stands dense attention.");
    if (lab->figure->compare == COMPARE_RECIPE) add_other(lab, out);
    add_hidden(lab, out);
    text_add(out, "\n");
    if (lab_has_words(lab) && !lab_hides(lab, HIDE_WORDS)) text_add(out, "It stands over words; text tells them.\n");
    if (lab->figure->tools) text_add(out, "Probes: shuffle deals other words, longer and shorter change the length.\n");
    if (lab->figure->sliders > 0) describe_sliders(lab, out);
}

void describe_sliders(const Lab *lab, Text *out)
{
    if (lab->figure->sliders == 0) text_add(out, "This figure has no sliders.\n");
    for (int k = 0; k < lab->figure->sliders; k++) {
        const Slider *s = &lab->figure->slider[k];
        text_format(out, "Slider %s, %s: ", s->name, s->label);
        if (s->options > 0) {
            text_add(out, s->option[(int)lab->value[k]]);
            for (int o = 0; o < s->options; o++) text_format(out, "%s%d %s", o ? ", " : " (", o, s->option[o]);
            text_add(out, ").\n");
            continue;
        }
        text_add_real(out, lab->value[k], 3);
        text_add(out, " (");
        text_add_real(out, s->min, 3);
        text_add(out, " to ");
        text_add_real(out, s->max, 3);
        text_format(out, "). slide %s NUMBER moves it.\n", s->name);
    }
}

void describe_summary(const Lab *lab, Text *out)
{
    char shape[700];
    if (lab_hides(lab, HIDE_RULE)) {
        text_add(out, "The rule is the question.\n");
        return;
    }
    pattern_describe(lab->pattern[SIDE_SPARSE], shape, sizeof shape);
    add_capital(out, shape);
    text_add(out, ".\n");
    if (lab_hides(lab, HIDE_COUNTS)) return;
    text_add(out, "Total ");
    text_add_count(out, lab->total[SIDE_SPARSE]);
    text_add(out, " of ");
    text_add_count(out, lab->allowed);
    text_add(out, " cells, density ");
    text_add_real(out, (double)lab->total[SIDE_SPARSE] / (double)lab->allowed, 3);
    text_add(out, ".\n");
}

/* ---- rows, columns, cells ---------------------------------------------------------------- */

static void add_query(const Lab *lab, int64_t i, Text *out)
{
    text_format(out, "Query %lld", (long long)i);
    if (lab_has_words(lab) && !lab_hides(lab, HIDE_WORDS)) text_format(out, " (%s)", lab->token[i]);
}

static void add_row_words(const Lab *lab, const Runs *g, Text *out)
{
    if (!lab_has_words(lab) || lab_hides(lab, HIDE_WORDS) || runs_count(g) == 0 || runs_count(g) > 40) return;
    text_add(out, "In words: ");
    bool first = true;
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++) {
            text_format(out, "%s%s", first ? "" : " ", lab->token[j]);
            first = false;
        }
    text_add(out, "\n");
}

static void add_row_counts(const Lab *lab, int64_t i, int64_t count, Text *out)
{
    if (lab_hides(lab, HIDE_COUNTS)) {
        text_add(out, ". The count is the question.\n");
        return;
    }
    text_format(out, ": %lld of %lld keys.\n", (long long)count,
                (long long)pattern_allowed_row(lab->pattern[SIDE_SPARSE], i));
}

void describe_row(const Lab *lab, int64_t i, Text *out)
{
    Runs g = {0};
    add_query(lab, i, out);
    if (lab_hides_row(lab, i)) text_add(out, ": its row is the question.\n");
    else if (pattern_row(lab->pattern[SIDE_SPARSE], i, &g) != STATUS_OK) text_add(out, " can't be read.\n");
    else if (g.len == 0) text_add(out, " reads no key at all: an empty row, output 0.\n");
    else {
        text_add(out, g.len == 1 && g.run[0].hi - g.run[0].lo == 1 ? " reads key " : " reads keys ");
        describe_runs(&g, out);
        add_row_counts(lab, i, runs_count(&g), out);
        add_row_words(lab, &g, out);
        if (lab->dense) {
            text_add(out, "Kept mass ");
            text_add_real(out, lab_kept(lab, i), 4);
            text_add(out, " of the dense weight.\n");
        }
    }
    if (lab->has_before && i == lab->row && !lab_hides_row(lab, i)) {
        text_add(out, "Before the last probe: ");
        describe_runs(&lab->before, out);
        text_add(out, ".\n");
    }
    runs_done(&g);
}

void describe_column(const Lab *lab, int64_t j, Text *out)
{
    Runs readers = {0};
    if (lab_hides(lab, HIDE_ROW)) {
        text_add(out, "Columns would show the row that is the question.\n");
        return;
    }
    if (pattern_column(lab->pattern[SIDE_SPARSE], j, &readers) != STATUS_OK) return;
    text_format(out, "Key %lld is read by ", (long long)j);
    if (readers.len == 0) text_add(out, "no query");
    else {
        text_add(out, runs_count(&readers) == 1 ? "query " : "queries ");
        describe_runs(&readers, out);
    }
    if (!lab_hides(lab, HIDE_COUNTS)) text_format(out, ": %lld in all", (long long)runs_count(&readers));
    text_add(out, ".\n");
    runs_done(&readers);
}

static void add_weight(const char *what, double weight, Text *out)
{
    if (isnan(weight)) return;
    text_format(out, " %s %.4f.", what, weight);
}

void describe_cell(const Lab *lab, int64_t i, int64_t j, Text *out)
{
    bool allowed = lab->background == BACKGROUND_BIDIRECTIONAL || j <= i, scored = false;
    add_query(lab, i, out);
    text_format(out, ", key %lld: ", (long long)j);
    if (lab_hides_row(lab, i)) text_add(out, "part of the question.");
    else if (!allowed) text_add(out, "future; the causal background does not allow it.");
    else if (pattern_has(lab->pattern[SIDE_SPARSE], i, j, &scored) != STATUS_OK || !scored)
        text_add(out, "skipped; allowed, but never scored.");
    else {
        text_add(out, "scored.");
        add_weight("Weight", lab_weight(lab, SIDE_SPARSE, i, j), out);
    }
    if (allowed && lab->figure->compare == COMPARE_DENSE) add_weight("Dense weight", lab_weight(lab, SIDE_OTHER, i, j), out);
    text_add(out, "\n");
}

void describe_top(const Lab *lab, Text *out)
{
    if (!lab->dense || lab_hides_row(lab, lab->row)) {
        text_add(out, lab->dense ? "The row is the question.\n" : "This figure has positions only, no weights.\n");
        return;
    }
    add_query(lab, lab->row, out);
    text_add(out, ", strongest first:");
    double  last = INFINITY;
    int64_t last_key = -1;
    for (int k = 0; k < TOP_KEYS; k++) { /* the next smaller weight, ties by position */
        int64_t best = -1;
        double  most = -1;
        for (int64_t j = 0; j < lab->n; j++) {
            if (!runs_has(&lab->set[SIDE_SPARSE], j)) continue;
            double w = lab_weight(lab, SIDE_SPARSE, lab->row, j);
            bool   after = w < last || (w == last && j > last_key);
            if (after && w > most) most = w, best = j;
        }
        if (best < 0) break;
        text_format(out, "%s %lld (%.4f)", k ? "," : "", (long long)best, most);
        last = most;
        last_key = best;
    }
    text_add(out, ".\n");
}

/* The lost key with the largest dense weight after (last, last_key); -1: none. */
static int64_t next_lost(const Lab *lab, double last, int64_t last_key)
{
    int64_t best = -1, allowed = pattern_allowed_row(lab->pattern[SIDE_SPARSE], lab->row);
    double  most = -1;
    for (int64_t j = 0; j < allowed; j++) {
        double w = lab_dense(lab, lab->row, j);
        if (runs_has(&lab->set[SIDE_SPARSE], j) || !(w < last || (w == last && j > last_key))) continue;
        if (w > most) most = w, best = j;
    }
    return best;
}

void describe_difference(const Lab *lab, Text *out)
{
    if (!lab->dense || lab_hides_row(lab, lab->row)) {
        text_add(out, lab->dense ? "The row is the question.\n" : "This figure has positions only, no weights.\n");
        return;
    }
    double kept = lab_kept(lab, lab->row);
    add_query(lab, lab->row, out);
    text_format(out, " loses %.4f of its dense weight and keeps %.4f", fmax(0, 1 - kept), kept);
    if (kept > 0) text_format(out, ", so each kept weight is multiplied by %.4g", 1 / kept);
    text_add(out, ".\n");
    int64_t key = next_lost(lab, INFINITY, -1);
    text_add(out, key < 0 ? "No key is lost.\n" : "Lost, largest first:");
    for (int k = 0; k < TOP_KEYS && key >= 0; k++) {
        double w = lab_dense(lab, lab->row, key);
        text_format(out, "%s %lld (%.4f)", k ? "," : "", (long long)key, w);
        key = next_lost(lab, w, key);
        if (key < 0 || k + 1 == TOP_KEYS) text_add(out, ".\n");
    }
}

/* The strongest key of the row after (last, last_key); -1: none. */
static int64_t next_strongest(const Lab *lab, double last, int64_t last_key)
{
    int64_t best = -1;
    double  most = -1;
    for (int r = 0; r < lab->set[SIDE_SPARSE].len; r++)
        for (int64_t j = lab->set[SIDE_SPARSE].run[r].lo; j < lab->set[SIDE_SPARSE].run[r].hi; j++) {
            double w = lab_weight(lab, SIDE_SPARSE, lab->row, j);
            if ((w < last || (w == last && j > last_key)) && w > most) most = w, best = j;
        }
    return best;
}

void describe_coverage(const Lab *lab, Text *out)
{
    if (!lab->dense || lab_hides_row(lab, lab->row)) {
        text_add(out, lab->dense ? "The row is the question.\n" : "This figure has positions only, no weights.\n");
        return;
    }
    int64_t count = runs_count(&lab->set[SIDE_SPARSE]), carriers = 0, key = -1;
    double  sum = 0, last = INFINITY;
    add_query(lab, lab->row, out);
    text_add(out, ", weight and sum so far:");
    while (sum < LAB_TARGET - 1e-6 && (key = next_strongest(lab, last, key)) >= 0) {
        last = lab_weight(lab, SIDE_SPARSE, lab->row, key);
        sum += last;
        if (carriers++ < COVER_KEYS)
            text_format(out, "%s %lld (%.4f, %.4f)", carriers > 1 ? "," : "", (long long)key, last, sum);
    }
    text_format(out, "%s\n", carriers > COVER_KEYS ? " and so on." : ".");
    text_format(out, "%lld of %lld keys carry 90 %% of the row; the other %lld sum to %.4f.\n", (long long)carriers,
                (long long)count, (long long)(count - carriers), fmax(0, 1 - sum));
}

void describe_pins(const Lab *lab, Text *out)
{
    for (int k = 0; k < lab->pins; k++) describe_cell(lab, lab->pin[k].row, lab->pin[k].key, out);
    if (lab->pins < LAB_PINS) {
        text_add(out, "pin another cell to compare the two.\n");
        return;
    }
    const LabPin *a = &lab->pin[0], *b = &lab->pin[1];
    bool          hidden = lab_hides_row(lab, a->row) || lab_hides_row(lab, b->row);
    if (hidden || !(a->weight[SIDE_SPARSE] > 0 && b->weight[SIDE_SPARSE] > 0)) {
        text_add(out, "They have no ratio: both must have a weight.\n");
        return;
    }
    text_format(out, "The first weighs %.4g times the second.\n", a->weight[SIDE_SPARSE] / b->weight[SIDE_SPARSE]);
}

void describe_words(const Lab *lab, Text *out)
{
    if (!lab_has_words(lab) || lab_hides(lab, HIDE_WORDS)) {
        text_add(out, "This figure has no words.\n");
        return;
    }
    for (int64_t t = 0; t < lab->n; t++) text_format(out, "%s%lld %s", t ? ", " : "", (long long)t, lab->token[t]);
    text_add(out, ".\n");
}

void describe_probe(const Lab *lab, Text *out)
{
    char line[200];
    int  size = lab_log_size(lab);
    if (size == 0) return;
    lab_experiment_text(lab, lab_log_at(lab, size - 1), line, sizeof line);
    add_capital(out, line);
    text_add(out, ".\n");
    describe_row(lab, lab->row, out);
}

/* ---- draw -------------------------------------------------------------------------------- */

static char drawn_cell(const Lab *lab, const Runs *g, int64_t i, int64_t j)
{
    if (lab->background == BACKGROUND_CAUSAL && j > i) return ' ';
    if (lab_hides_row(lab, i)) return '?';
    bool loses = lab_loses(lab, SIDE_SPARSE), scored = runs_has(g, j);
    if (loses && scored) return '=';
    if (!loses && !scored) return '.';
    if (lab->view == VIEW_COLUMN) return j == lab->key ? '#' : ':';
    if (!lab_weighs(lab)) return '#';
    int tenth = (int)(10 * (loses ? lab_dense(lab, i, j) : lab_weight(lab, SIDE_SPARSE, i, j)));
    return (char)('0' + (tenth > 9 ? 9 : tenth));
}

static const char *drawn_legend(const Lab *lab)
{
    if (lab_loses(lab, SIDE_SPARSE)) return "0-9 tenths of dense weight 1 lost, = kept, blank future\n";
    if (lab_weighs(lab)) return "0-9 tenths of weight 1, . skipped, blank future\n";
    if (lab->view == VIEW_COLUMN) return "# reads the key, : other scored cells, . skipped, blank future\n";
    return "# scored, . skipped, blank future\n";
}

void describe_matrix(const Lab *lab, Text *out)
{
    Runs g = {0};
    if (lab->n > DRAW_LIMIT) {
        text_format(out, "%lld tokens are too many to draw; row and summary tell them.\n", (long long)lab->n);
        return;
    }
    text_add(out, "  key ");
    for (int64_t j = 0; j < lab->n; j += 4) text_format(out, "%-8lld", (long long)j);
    text_add(out, "\n");
    for (int64_t i = 0; i < lab->n; i++) {
        if (pattern_row(lab->pattern[SIDE_SPARSE], i, &g) != STATUS_OK) break;
        text_format(out, "%c %3lld ", i == lab->row ? '>' : ' ', (long long)i);
        for (int64_t j = 0; j < lab->n; j++) text_format(out, "%c ", drawn_cell(lab, &g, i, j));
        text_add(out, g.len == 0 && !lab_hides_row(lab, i) ? " empty\n" : "\n");
    }
    text_add(out, drawn_legend(lab));
    runs_done(&g);
}
