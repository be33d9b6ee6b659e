#include "app/cmd/show.h"

#include "app/base/utf8.h"

#include "app/cmd/picture.h"

#include "engine/score.h"

#include <math.h>
#include <stdlib.h>

enum { BUFFER = 32768, CELLS = 1 << 16 }; /* bytes kept before they are written, blocks counted at once */

Status show_rows(Show *s, Status (*add)(Show *s, int64_t at))
{
    const Pattern *p = s->bind->pattern;
    int64_t        first = s->row < 0 ? 0 : s->row, last = s->row < 0 ? s->bind->n - 1 : s->row;
    Status         status = STATUS_OK;
    s->waiting = waiting_begin(s->call, "", "rows", last - first + 1, true);
    for (int64_t i = first; i <= last && !status; i++) {
        status = pattern_row(p, i, &s->set);
        if (!status) status = add(s, i);
        if (!status && s->line.len > BUFFER && !out_text(&s->out, &s->line)) break;
        waiting_add(&s->waiting, 1);
    }
    waiting_end(&s->waiting);
    return status;
}

/* ---- weights of a row ---- */

static Status weigh(Show *s, int64_t i)
{
    const Problem *p = &s->bind->problem;
    int64_t        allowed = pattern_allowed_row(s->bind->pattern, i);
    runs_clear(&s->background);
    Status status = runs_append(&s->background, 0, allowed);
    for (int64_t j = 0; j < p->n; j++) s->score[j] = (double)p->score[i * p->n + j];
    score_softmax_exact(s->score, p->n, &s->background, NULL, s->dense);
    score_softmax_exact(s->score, p->n, &s->set, NULL, s->sparse);
    return status;
}

/* Nine digits; JSON has no word for what is no number. */
static void add_nine(double x, bool json, Text *out)
{
    if (json && !isfinite(x)) text_add(out, "null");
    else text_format(out, "%.9g", x);
}

/* ---- CSV ---- */

static Status add_csv_runs(Show *s, int64_t i)
{
    for (int k = 0; k < s->set.len; k++)
        text_format(&s->line, "%lld,%lld,%lld\n", (long long)i, (long long)s->set.run[k].lo, (long long)s->set.run[k].hi - 1);
    if (s->set.len == 0) text_format(&s->line, "%lld,,\n", (long long)i);
    return STATUS_OK;
}

static Status add_csv_weights(Show *s, int64_t i)
{
    Status status = weigh(s, i);
    for (int64_t j = 0; j < pattern_allowed_row(s->bind->pattern, i); j++) {
        text_format(&s->line, "%lld,%lld,%d,", (long long)i, (long long)j, runs_has(&s->set, j));
        add_nine(s->score[j], false, &s->line);
        text_add_char(&s->line, ',');
        add_nine(s->dense[j], false, &s->line);
        text_add_char(&s->line, ',');
        add_nine(s->sparse[j], false, &s->line);
        text_add_char(&s->line, '\n');
    }
    return status;
}

/* ---- JSON ---- */

static void add_json_head(Show *s, int64_t total, double density)
{
    Text expr = {0};
    bind_recipe(&s->bind->recipe, &expr);
    text_add(&s->line, "{\"attend\":\"figure\",\"v\":1,\"expr\":");
    utf8_json(&s->line, text_string(&expr));
    text_format(&s->line, ",\"n\":%lld,\"background\":\"%s\",\"class\":\"%s\",\"total\":%lld,\"density\":", (long long)s->bind->n,
                background_word(pattern_background(s->bind->pattern)), class_word(s->class), (long long)total);
    bind_real(density, &s->line);
    text_add(&s->line, ",\"rows\":[");
    text_done(&expr);
}

static void add_json_list(const Show *s, const char *key, const double *weight, Text *out)
{
    text_format(out, ",\"%s\":[", key);
    for (int k = 0; k < s->set.len; k++) {
        for (int64_t j = s->set.run[k].lo; j < s->set.run[k].hi; j++) {
            if (k > 0 || j > s->set.run[0].lo) text_add_char(out, ',');
            add_nine(weight[j], true, out);
        }
    }
    text_add_char(out, ']');
}

static Status add_json_weights(Show *s, int64_t i)
{
    double kept = 0;
    Status status = weigh(s, i);
    for (int k = 0; k < s->set.len; k++)
        for (int64_t j = s->set.run[k].lo; j < s->set.run[k].hi; j++) kept += s->dense[j];
    add_json_list(s, "dense", s->dense, &s->line);
    add_json_list(s, "sparse", s->sparse, &s->line);
    text_add(&s->line, ",\"kept\":");
    add_nine(kept, true, &s->line);
    return status;
}

static Status add_json_row(Show *s, int64_t i)
{
    if (i > (s->row < 0 ? 0 : s->row)) text_add_char(&s->line, ',');
    text_format(&s->line, "{\"i\":%lld,\"count\":%lld,\"runs\":", (long long)i, (long long)runs_count(&s->set));
    bind_json_runs(&s->set, &s->line);
    Status status = s->scored ? add_json_weights(s, i) : STATUS_OK;
    text_add_char(&s->line, '}');
    return status;
}

Status show_json(Show *s)
{
    int64_t total;
    double  density;
    Status  status = pattern_total(s->bind->pattern, &total);
    if (status == STATUS_OK) status = pattern_density(s->bind->pattern, &density);
    if (status != STATUS_OK) return status;
    add_json_head(s, total, density);
    status = show_rows(s, add_json_row);
    text_add(&s->line, "]}\n");
    return status;
}

/* ---- blocks ---- */

/* Cells of one block: queries from i, keys from j; those that the background shows, and those of the
 * pattern. */
typedef void AddBlock(Show *s, int64_t i, int64_t j, int64_t allowed, int64_t scored, Text *out);

static int64_t blocks_of(const Show *s)
{
    return (s->bind->n - 1) / s->block + 1;
}

/* Several rows of blocks counted at once, then told one by one. */
static Status add_strip(Show *s, int64_t first, int rows, int64_t *counts, AddBlock *add)
{
    const Pattern  *p = s->bind->pattern;
    int64_t         columns = blocks_of(s), b = s->block;
    const BlockGrid grid = {first * b, b, 0, b, rows, (int)columns};
    Status          status = pattern_block_counts(p, grid, counts);
    for (int r = 0; r < rows && !status; r++) {
        for (int64_t c = 0; c < columns; c++) {
            int64_t i = (first + r) * b, allowed = picture_allowed(p, i, b, c * b, b);
            add(s, i, c * b, allowed, counts[r * columns + c], &s->line);
        }
        if (s->line.len > BUFFER && !out_text(&s->out, &s->line)) break;
    }
    return status;
}

static Status each_block(Show *s, AddBlock *add)
{
    int64_t  blocks = blocks_of(s), most = CELLS / blocks > 0 ? CELLS / blocks : 1;
    int64_t *counts = malloc((size_t)(most * blocks) * sizeof *counts);
    Status   status = counts ? STATUS_OK : STATUS_MEMORY;
    s->waiting = waiting_begin(s->call, "", "rows of blocks", blocks, true);
    for (int64_t first = 0; first < blocks && !status && !s->out.error; first += most) {
        int64_t rows = blocks - first < most ? blocks - first : most;
        status = add_strip(s, first, (int)rows, counts, add);
        waiting_add(&s->waiting, rows);
    }
    waiting_end(&s->waiting);
    free(counts);
    return status;
}

static void add_block_csv(Show *s, int64_t i, int64_t j, int64_t allowed, int64_t scored, Text *out)
{
    if (allowed == 0) return;
    text_format(out, "%lld,%lld,%lld,%lld,%lld\n", (long long)i, (long long)j, (long long)s->block, (long long)allowed,
                (long long)scored);
}

/* A block without allowed cells has density 0, so that all lines are of one length. */
static void add_block_density(Show *s, int64_t i, int64_t j, int64_t allowed, int64_t scored, Text *out)
{
    (void)i;
    text_format(out, "%s%.6g", j ? " " : "", allowed ? (double)scored / (double)allowed : 0.0);
    if (j + s->block >= s->bind->n) text_add_char(out, '\n');
}

Status show_csv(Show *s)
{
    if (s->block) {
        text_add(&s->line, "query_from,key_from,block,allowed,scored\n");
        return each_block(s, add_block_csv);
    }
    text_add(&s->line, s->scored ? "query,key,scored,score,dense,sparse\n" : "query,first_key,last_key\n");
    return show_rows(s, s->scored ? add_csv_weights : add_csv_runs);
}

Status show_block_density(Show *s)
{
    return each_block(s, add_block_density);
}
