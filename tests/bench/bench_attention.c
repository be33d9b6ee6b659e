/* bench_attention.c - attention by blocks: how fast, and how fast beside OpenBLAS where that is
 * installed (libopenblas.so.0 is looked for at run time; nothing of the product needs it).
 *
 * CPU times on one core, the least of several rounds that take turns; threads by the clock on the
 * wall. The reference is the straightforward way: the whole matrix of scores by sgemm, minus infinity
 * above the diagonal, softmax of each row with expf, the mix by sgemm. Rates count the pairs of the
 * causal half only, 2 * (d + e) operations each. Nothing here passes or fails. */
#include "engine/attention.h"
#include "engine/kernel/kernel.h"
#include "engine/rng.h"
#include "tests/picture.h"

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { D = 64, DENSE = 4096, LONG = 16384, SQUARE = 2048, ROUNDS = 7 };

static double now_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void *room(size_t numbers)
{
    float *x = malloc(numbers * sizeof *x);
    if (!x) {
        fprintf(stderr, "bench_attention: not enough memory\n");
        exit(1);
    }
    memset(x, 0, numbers * sizeof *x);
    return x;
}

/* Numbers of variance 1: scores then lie as those of an untrained model do. */
static float *normal(Rng *rng, size_t numbers)
{
    float *x = room(numbers);
    for (size_t c = 0; c < numbers; c++)
        x[c] = (float)(sqrt(-2 * log(1 - rng_real(rng))) * cos(6.283185307179586 * rng_real(rng)));
    return x;
}

/* ---- OpenBLAS ---- */

enum { ROW_MAJOR = 101, AS_IT_IS = 111, TRANSPOSED = 112 };
typedef void Sgemm(int, int, int, int, int, int, float, const float *, int, const float *, int,
                   float, float *, int);

static Sgemm *sgemm;
static char *(*corename)(void);

/* A function's address as ISO C lets it be read from an object's. */
static void find(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof symbol);
}

static bool blas_found(void)
{
    unsetenv("OPENBLAS_CORETYPE"); /* these would make it slower than it is */
    unsetenv("OPENBLAS_L2_SIZE");
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    void *library = dlopen("libopenblas.so.0", RTLD_NOW);
    if (!library) return false;
    find(library, "cblas_sgemm", &sgemm);
    find(library, "openblas_get_corename", &corename);
    return sgemm && corename;
}

/* ---- what is measured ---- */

typedef struct {
    int64_t  n;
    float   *q, *k, *v, *out, *score; /* score (n, n) for the reference only */
    Pattern *pattern;
    int      threads;
} Case;

static void run_blocks(Case *c)
{
    AttentionShape shape = {.n = c->n, .d = D, .e = D, .threads = c->threads};
    if (attention_blocks(&shape, c->q, c->k, c->v, c->pattern, c->out, NULL)) exit(1);
}

static void softmax(float *score, int64_t n)
{
    float most = -INFINITY, sum = 0;
    for (int64_t j = 0; j < n; j++) most = score[j] > most ? score[j] : most;
    for (int64_t j = 0; j < n; j++) sum += score[j] = expf(score[j] - most);
    for (int64_t j = 0; j < n; j++) score[j] /= sum;
}

static void run_reference(Case *c)
{
    int n = (int)c->n;
    sgemm(ROW_MAJOR, AS_IT_IS, TRANSPOSED, n, n, D, 1 / sqrtf(D), c->q, D, c->k, D, 0, c->score, n);
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = i + 1; j < n; j++) c->score[i * n + j] = -INFINITY;
        softmax(c->score + i * n, n);
    }
    sgemm(ROW_MAJOR, AS_IT_IS, AS_IT_IS, n, D, n, 1, c->score, n, c->v, D, 0, c->out, D);
}

static void run_square(Case *c)
{
    sgemm(ROW_MAJOR, AS_IT_IS, AS_IT_IS, SQUARE, SQUARE, SQUARE, 1, c->q, SQUARE, c->k, SQUARE, 0,
          c->out, SQUARE);
}

typedef struct {
    void (*run)(Case *);
    Case     *given;
    clockid_t clock;
    double    ms; /* the least */
} Entry;

static void measure(Entry *entry, int entries)
{
    for (int r = 0; r < ROUNDS; r++) {
        for (Entry *e = entry; e < entry + entries; e++) {
            double start = now_ms(e->clock);
            e->run(e->given);
            double took = now_ms(e->clock) - start;
            if (r == 0 || took < e->ms) e->ms = took;
        }
    }
}

static Case made(Rng *rng, int64_t n, const char *expression)
{
    size_t numbers = (size_t)n * D;
    return (Case){.n = n,
                  .q = normal(rng, numbers),
                  .k = normal(rng, numbers),
                  .v = normal(rng, numbers),
                  .out = room(numbers),
                  .pattern = picture_bind(expression, n, BACKGROUND_CAUSAL, NULL),
                  .threads = 1};
}

static void done(Case *c)
{
    free(c->q), free(c->k), free(c->v), free(c->out), free(c->score);
    if (c->pattern) pattern_free(c->pattern);
}

static double pairs_of(const Case *c)
{
    int64_t total = 0;
    if (pattern_total(c->pattern, &total)) exit(1);
    return (double)total;
}

static double rate(const Case *c, double ms)
{
    return pairs_of(c) * 4 * D / ms / 1e6;
}

/* ---- the comparisons ---- */

static double largest_difference(const float *a, const float *b, size_t numbers)
{
    double most = 0;
    for (size_t c = 0; c < numbers; c++) most = fmax(most, fabs((double)a[c] - (double)b[c]));
    return most;
}

static void bench_dense(Rng *rng)
{
    Case mine = made(rng, DENSE, "full"),
         square = {.q = normal(rng, SQUARE * SQUARE),
                   .k = normal(rng, SQUARE * SQUARE),
                   .out = room(SQUARE * SQUARE)},
         theirs = mine;
    bool blas = blas_found();
    theirs.out = room((size_t)DENSE * D);
    theirs.score = room((size_t)DENSE * DENSE);
    Entry entry[] = {{run_blocks, &mine, CLOCK_PROCESS_CPUTIME_ID, 0},
                     {run_reference, &theirs, CLOCK_PROCESS_CPUTIME_ID, 0},
                     {run_square, &square, CLOCK_PROCESS_CPUTIME_ID, 0}};
    measure(entry, blas ? 3 : 1);
    double own = rate(&mine, entry[0].ms);
    printf("full, n = %d                 %9.2f ms  %6.1f Gflop/s   kernel %s\n", DENSE, entry[0].ms,
           own, kernel_find(sizeof(float), 0)->name);
    if (blas) {
        double best = 2.0 * SQUARE * SQUARE * SQUARE / entry[2].ms / 1e6;
        printf("  OpenBLAS, straightforward     %9.2f ms  %6.1f times as long        goal 4.5\n",
               entry[1].ms, entry[1].ms / entry[0].ms);
        printf("  OpenBLAS, sgemm 2048^3        %9.2f ms  %6.1f Gflop/s: %3.0f %% of it  goal 60 "
               "%%  kernel %s\n",
               entry[2].ms, best, 100 * own / best, corename());
        printf("  largest difference of an output %.1e\n",
               largest_difference(mine.out, theirs.out, (size_t)DENSE * D));
    } else {
        printf("  OpenBLAS is not installed (libopenblas0): nothing to compare with\n");
    }
    free(theirs.out), free(theirs.score);
    done(&mine), done(&square);
}

static void bench_window(Rng *rng)
{
    Case full = made(rng, LONG, "full"), window = full;
    window.pattern = picture_bind("window(w=256)", LONG, BACKGROUND_CAUSAL, NULL);
    Entry entry[] = {{run_blocks, &full, CLOCK_PROCESS_CPUTIME_ID, 0},
                     {run_blocks, &window, CLOCK_PROCESS_CPUTIME_ID, 0}};
    measure(entry, 2);
    double promised = pairs_of(&full) / pairs_of(&window), had = entry[0].ms / entry[1].ms;
    printf("full, n = %d                %9.2f ms  %6.1f Gflop/s\n", LONG, entry[0].ms,
           rate(&full, entry[0].ms));
    printf("window(w=256)                   %9.2f ms  %6.1f times as fast, %.1f times fewer pairs: "
           "%.0f %%  goal 80 %%\n",
           entry[1].ms, had, promised, 100 * had / promised);
    pattern_free(window.pattern);
    done(&full);
}

static void bench_threads(Rng *rng)
{
    Case one = made(rng, DENSE, "full"), two = one;
    two.threads = 2;
    two.out = room((size_t)DENSE * D);
    Entry entry[] = {{run_blocks, &one, CLOCK_MONOTONIC, 0},
                     {run_blocks, &two, CLOCK_MONOTONIC, 0}};
    measure(entry, 2);
    bool same = memcmp(one.out, two.out, (size_t)DENSE * D * sizeof(float)) == 0;
    printf("two threads                     %9.2f ms  %6.2f times as fast, by the clock   goal 1.8 "
           "  %s bytes\n",
           entry[1].ms, entry[0].ms / entry[1].ms, same ? "the same" : "OTHER");
    free(two.out);
    done(&one);
}

static void bench_topk(Rng *rng)
{
    Case   c = made(rng, DENSE, "full");
    double scores = 0, choice = 0;
    for (int r = 0; r < 3; r++) {
        Problem problem;
        double  start = now_ms(CLOCK_PROCESS_CPUTIME_ID);
        if (problem_matrices(c.q, c.k, c.v, DENSE, D, D, 0, &problem, NULL)) exit(1);
        double made_at = now_ms(CLOCK_PROCESS_CPUTIME_ID);
        pattern_free(picture_bind("topk(k=64)", DENSE, BACKGROUND_CAUSAL, &problem));
        double end = now_ms(CLOCK_PROCESS_CPUTIME_ID);
        if (r == 0 || made_at - start < scores) scores = made_at - start;
        if (r == 0 || end - made_at < choice) choice = end - made_at;
        problem_done(&problem);
    }
    printf("topk(k=64), n = %d           %9.2f ms  %6.2f times its scores (%.2f ms)  goal 1.3\n",
           DENSE, scores + choice, (scores + choice) / scores, scores);
    done(&c);
}

int main(void)
{
    Rng rng = rng_seeded(2048);
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    printf("attention, float, d = %d, causal\n", D);
    bench_dense(&rng);
    bench_window(&rng);
    bench_threads(&rng);
    bench_topk(&rng);
    return 0;
}
