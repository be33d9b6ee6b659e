/* bench_pattern.c - what counting costs at large n: totals, blocks of a picture, rows.
 *
 * CPU times on one core, medians of several rounds, each with its goal where there is one. Memory is
 * the most that the process had held by then. Nothing here passes or fails. */
#include "tests/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { N = 1 << 20, ROWS = 80, COLUMNS = 120, ROUNDS = 9 };

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void give_up(void)
{
    fprintf(stderr, "bench_pattern: a pattern can't be counted\n");
    exit(1);
}

static int64_t count_total(const Pattern *p)
{
    int64_t total;
    if (pattern_total(p, &total)) give_up();
    return total;
}

static int64_t count_blocks(const Pattern *p)
{
    static int64_t counts[ROWS * COLUMNS];
    int64_t        n = pattern_n(p), sum = 0;
    BlockGrid      g = {.k_rows = (n - 1) / ROWS + 1,
                        .k_columns = (n - 1) / COLUMNS + 1,
                        .rows = ROWS,
                        .columns = COLUMNS};
    if (pattern_block_counts(p, g, counts)) give_up();
    for (int k = 0; k < ROWS * COLUMNS; k++) sum += counts[k];
    return sum;
}

static int64_t count_last_row(const Pattern *p)
{
    int64_t count;
    if (pattern_count(p, pattern_n(p) - 1, &count)) give_up();
    return count;
}

static double median_ms(const Pattern *p, int64_t (*count)(const Pattern *p), int64_t *cells)
{
    double took[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
        double start = cpu_ms();
        *cells = count(p);
        took[r] = cpu_ms() - start;
    }
    qsort(took, ROUNDS, sizeof *took, by_value);
    return took[ROUNDS / 2];
}

static void bench(const char *what, int64_t (*count)(const Pattern *p), const char *text, int64_t n,
                  const char *goal)
{
    Pattern      *p = picture_bind(text, n, BACKGROUND_CAUSAL, NULL);
    int64_t       cells;
    double        ms = median_ms(p, count, &cells);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("%-22s %-46s %11.4f ms %6s  %4ld MiB  %lld\n", what, text, ms, goal,
           used.ru_maxrss / 1024, (long long)cells);
    pattern_free(p);
}

int main(void)
{
    static const char        three[] = "window(w=256) | sink(s=4) | stride(s=64)";
    static const char *const more[] = {
        "strided(l=1024)",
        "fixed(l=64, c=1)",
        "axial(width=1024)",
        "log | sink(s=4)",
        "bigbird(b=64, r=3, seed=1)",
        "columns(period=2, count=1) | window(w=9)",
        "window(w=256) | stride(s=64) - keys(at=[0-9,1000]) & document(lens=[5000,90000])",
        "neighborhood(k=33, stride=4) | stride(s=64)",
    };
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    printf("%-22s %-46s %14s %6s %9s  cells\n", "n = 2^20, causal", "", "", "goal", "held");
    bench("total", count_total, three, N, "20");
    bench("120 x 80 blocks", count_blocks, three, N, "15");
    bench("row 2^31-2, its count", count_last_row, three, INTEGER_LIMIT, "");
    bench("row 2^31-2, its count", count_last_row, "sink(s=4) | window(w=256)", INTEGER_LIMIT, "");
    for (size_t k = 0; k < sizeof more / sizeof *more; k++) {
        bench("total", count_total, more[k], N, "");
        bench("120 x 80 blocks", count_blocks, more[k], N, "");
    }
    return 0;
}
