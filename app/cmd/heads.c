#include "app/cmd/heads.h"

#include "app/cmd/bind.h"

#include "engine/attention.h"
#include "engine/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 64, PIECE = 4096 };

/* Results of one head, in the numbers of the files. */
typedef struct {
    Problem  problem; /* of content atoms; {0} elsewhere */
    Pattern *pattern, *full;
    void    *out, *lse; /* (n, e), (n) */
    double  *real[MATRICES]; /* float32 files widened; NULL where they are wide */
    double  *sparse, *dense, *lse_sparse, *lse_dense; /* of the comparison */
} Head;

double heads_scale(const Heads *h)
{
    return fabs(h->scale) > 0 ? h->scale : 1 / sqrt((double)h->m.d);
}

static int64_t real_size(const Heads *h)
{
    return h->m.wide ? (int64_t)sizeof(double) : (int64_t)sizeof(float);
}

int64_t heads_bytes(const Heads *h)
{
    int64_t n = h->m.n, width = h->m.d + h->m.e, each = real_size(h) * (width + h->m.e + 1);
    if (h->dense) each += 8 * (width + 2 * h->m.e + 2) + (h->m.wide ? 0 : 8 * (width + h->m.d));
    if (h->content) each += 4 * (3 * (int64_t)h->m.d + n);
    return matrices_bytes(&h->m) + n * each;
}

int heads_shape(const Heads *h, int which, int64_t shape[3])
{
    int rank = 0;
    if (h->all) shape[rank++] = h->end - h->first;
    shape[rank++] = h->m.n;
    if (which == WRITES_OUT) shape[rank++] = h->m.e;
    if (which == WRITES_WEIGHTS) shape[rank++] = h->m.n;
    return rank;
}

/* As many as OMP_NUM_THREADS says, else one a processor; results do not depend on it. */
static int threads(void)
{
    const char *given = getenv("OMP_NUM_THREADS");
    long        count = given && *given ? strtol(given, NULL, 10) : sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > THREADS ? THREADS : (int)count;
}

static int no_memory(const Heads *h)
{
    const Why nothing = {0};
    return cmd_why(h->call, STATUS_MEMORY, &nothing);
}

/* ---- attention of one head ---- */

static AttentionShape shape_of(Heads *h)
{
    return (AttentionShape){.n = h->m.n, .d = h->m.d, .e = h->m.e, .scale = h->scale, .threads = threads(),
                            .watch = waiting_add, .watcher = &h->waiting};
}

static Status attend(Heads *h, int k, Head *head)
{
    const AttentionShape shape = shape_of(h);
    const void *q = matrices_of(&h->m, MATRIX_Q, k), *keys = matrices_of(&h->m, MATRIX_K, k), *v = matrices_of(&h->m, MATRIX_V, k);
    double      start = waiting_clock();
    Status      status = h->m.wide ? attention_blocks_double(&shape, q, keys, v, head->pattern, head->out, head->lse)
                                   : attention_blocks(&shape, q, keys, v, head->pattern, head->out, head->lse);
    h->seconds += waiting_clock() - start;
    return status;
}

/* ---- comparison ---- */

static const double *widened(const Heads *h, int which, int k, Head *head)
{
    const void *number = matrices_of(&h->m, which, k);
    if (h->m.wide || !number) return number;
    int64_t count = h->m.n * (which == MATRIX_V ? h->m.e : h->m.d);
    for (int64_t t = 0; t < count; t++) head->real[which][t] = (double)((const float *)number)[t];
    return head->real[which];
}

static Status compare_rows(Heads *h, int k, const Head *head)
{
    Status status = STATUS_OK;
    for (int64_t i = 0; i < h->m.n && !status; i++) {
        int64_t count = 0, at = i * h->m.e;
        status = pattern_count(head->pattern, i, &count);
        const ComparedRow row = {head->sparse + at, head->dense + at, h->m.e, head->lse_sparse[i], head->lse_dense[i], count == 0};
        if (!status) status = compared_row(&h->compared, (Place){i, k}, &row);
    }
    return status;
}

/* In double, whatever the files hold: differences are those of the patterns, not of rounding. */
static Status compare(Heads *h, int k, Head *head)
{
    const AttentionShape shape = shape_of(h);
    const double *q = widened(h, MATRIX_Q, k, head), *keys = widened(h, MATRIX_K, k, head), *v = widened(h, MATRIX_V, k, head);
    Status status = attention_blocks_double(&shape, q, keys, v, head->pattern, head->sparse, head->lse_sparse);
    if (!status) status = attention_blocks_double(&shape, q, keys, v, head->full, head->dense, head->lse_dense);
    return status ? status : compare_rows(h, k, head);
}

/* ---- what is written ---- */

static void write_numbers(const Heads *h, int which, const void *number, int64_t count)
{
    Output *file = (Output *)&h->file[which];
    Text    bytes = {0};
    for (int64_t at = 0; at < count; at += PIECE) {
        int64_t some = count - at < PIECE ? count - at : PIECE;
        if (h->m.wide) npy_add_doubles((const double *)number + at, some, &bytes);
        else npy_add_floats((const float *)number + at, some, &bytes);
        output_text(file, &bytes);
    }
    text_done(&bytes);
}

static double number_of(const Heads *h, const void *number, int64_t at)
{
    return h->m.wide ? ((const double *)number)[at] : (double)((const float *)number)[at];
}

static void score_row(const Heads *h, int k, int64_t i, const Runs *g, double *score)
{
    const void *q = matrices_of(&h->m, MATRIX_Q, k), *keys = matrices_of(&h->m, MATRIX_K, k);
    int64_t     d = h->m.d;
    double      scale = heads_scale(h);
    for (int r = 0; r < g->len; r++) {
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++) {
            double sum = 0;
            for (int64_t c = 0; c < d; c++) sum += number_of(h, q, i * d + c) * number_of(h, keys, j * d + c);
            score[j] = scale * sum;
        }
    }
}

/* Scores that are all minus infinity, or no numbers, have no weights; an empty row has none. */
static void weigh_row(const Heads *h, const Runs *g, const double *score, double *weight)
{
    double lse = score_softmax_exact(score, h->m.n, g, NULL, weight);
    if (lse > -INFINITY || isnan(lse)) return;
    for (int r = 0; r < g->len; r++)
        for (int64_t j = g->run[r].lo; j < g->run[r].hi; j++) weight[j] = NAN;
}

static Status write_weights(Heads *h, int k, const Head *head)
{
    size_t  n = (size_t)h->m.n;
    double *score = malloc(n * sizeof *score), *weight = malloc(n * sizeof *weight);
    float  *narrow = malloc(n * sizeof *narrow);
    Runs    g = {0};
    Status  status = score && weight && narrow ? STATUS_OK : STATUS_MEMORY;
    for (int64_t i = 0; !status && i < h->m.n; i++) {
        status = pattern_row(head->pattern, i, &g);
        if (status) break;
        score_row(h, k, i, &g, score);
        weigh_row(h, &g, score, weight);
        for (size_t j = 0; j < n; j++) narrow[j] = (float)weight[j];
        write_numbers(h, WRITES_WEIGHTS, h->m.wide ? (const void *)weight : narrow, h->m.n);
        if (h->file[WRITES_WEIGHTS].error) break; /* told when the file is to be kept */
        waiting_add(&h->waiting, 1);
    }
    runs_done(&g);
    free(score);
    free(weight);
    free(narrow);
    return status;
}

/* ---- heads ---- */

static bool head_room(const Heads *h, Head *head)
{
    size_t n = (size_t)h->m.n, e = (size_t)h->m.e, size = (size_t)real_size(h);
    head->out = malloc(n * e * size + 1);
    head->lse = malloc(n * size);
    if (!head->out || !head->lse) return false;
    if (!h->dense) return true;
    bool whole = true;
    for (int k = 0; k < MATRICES && !h->m.wide; k++) {
        head->real[k] = malloc(n * (size_t)(k == MATRIX_V ? h->m.e : h->m.d) * sizeof(double) + 1);
        whole = whole && head->real[k];
    }
    head->sparse = malloc(n * e * sizeof(double) + 1);
    head->dense = malloc(n * e * sizeof(double) + 1);
    head->lse_sparse = malloc(n * sizeof(double));
    head->lse_dense = malloc(n * sizeof(double));
    return whole && head->sparse && head->dense && head->lse_sparse && head->lse_dense;
}

static void head_done(Head *head)
{
    pattern_free(head->pattern);
    pattern_free(head->full);
    problem_done(&head->problem);
    for (int k = 0; k < MATRICES; k++) free(head->real[k]);
    free(head->out);
    free(head->lse);
    free(head->sparse);
    free(head->dense);
    free(head->lse_sparse);
    free(head->lse_dense);
}

/* The pattern of head k: of the first one, or one that reads its scores. */
static int bind_head(Heads *h, int k, Head *head)
{
    Why why = {0};
    if (head->pattern && !h->content) return EXIT_DONE;
    pattern_free(head->pattern);
    head->pattern = NULL;
    problem_done(&head->problem);
    int status = h->content ? matrices_problem(h->call, &h->m, k, h->scale, &head->problem) : EXIT_DONE;
    if (status) return status;
    Status bound = pattern_new(&h->recipe, h->m.n, h->background, h->content ? &head->problem : NULL, &head->pattern, &why);
    if (!bound) return EXIT_DONE;
    return h->call->arguments ? bind_wrong(h->call, "expression", h->call->argument[0], bound, &why) : cmd_why(h->call, bound, &why);
}

static Status bind_full(Heads *h, Head *head)
{
    Recipe recipe;
    Status status = recipe_parse("full", 4, &recipe, NULL);
    if (!status) status = pattern_new(&recipe, h->m.n, h->background, NULL, &head->full, NULL);
    recipe_done(&recipe);
    return status;
}

static int run_head(Heads *h, int k, Head *head)
{
    int64_t total = 0;
    int     bound = bind_head(h, k, head);
    if (bound) return bound;
    Status status = pattern_total(head->pattern, &total);
    h->pairs += total;
    if (!status) status = attend(h, k, head);
    if (!status && h->path[WRITES_OUT]) write_numbers(h, WRITES_OUT, head->out, h->m.n * h->m.e);
    if (!status && h->path[WRITES_LSE]) write_numbers(h, WRITES_LSE, head->lse, h->m.n);
    if (!status && h->path[WRITES_WEIGHTS]) status = write_weights(h, k, head);
    if (!status && h->dense) status = compare(h, k, head);
    const Why nothing = {0};
    return status ? cmd_why(h->call, status, &nothing) : EXIT_DONE;
}

int heads_run(Heads *h)
{
    Head    head = {0};
    int64_t passes = 1 + (h->dense ? 2 : 0) + (h->path[WRITES_WEIGHTS] ? 1 : 0);
    h->compared = compared_begin();
    h->waiting = waiting_begin(h->call, "", "rows", passes * h->m.n * (h->end - h->first), false);
    int status = head_room(h, &head) && (!h->dense || bind_full(h, &head) == STATUS_OK) ? EXIT_DONE : no_memory(h);
    for (int k = h->first; k < h->end && !status; k++) status = run_head(h, k, &head);
    waiting_end(&h->waiting);
    head_done(&head);
    return status;
}
