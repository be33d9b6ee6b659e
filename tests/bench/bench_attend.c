/* bench_attend.c - what `make bench` prints: start, key to frame, rows a second, allocations, memory.
 *
 * Times are CPU times, medians of many rounds, and stand beside a reference that was measured in the
 * same run, so that numbers of different machines can be compared. Nothing here passes or fails. */
#include "app/base/hash.h"
#include "app/loop.h"
#include "app/view/screen.h"
#include "tests/smoke/pty.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 41, STEPS = 201, REFERENCE_BYTES = 1 << 20 };

/* Allocations of the house's own code are counted: the linker puts these in between. */
void       *__real_malloc(size_t size);
void       *__real_calloc(size_t count, size_t size);
void       *__real_realloc(void *p, size_t size);
void       *__wrap_malloc(size_t size);
void       *__wrap_calloc(size_t count, size_t size);
void       *__wrap_realloc(void *p, size_t size);
static long allocations;

void *__wrap_malloc(size_t size)
{
    allocations++;
    return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    allocations++;
    return __real_calloc(count, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    allocations++;
    return __real_realloc(p, size);
}

/* Time */

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

static double median(double *value, int count)
{
    qsort(value, (size_t)count, sizeof *value, by_value);
    return value[count / 2];
}

static double reference; /* ms to copy one MiB and add up its bytes, one by one */

static void measure_reference(void)
{
    unsigned char    *from = malloc(REFERENCE_BYTES), *to = malloc(REFERENCE_BYTES);
    double            took[ROUNDS];
    volatile unsigned sum = 0;
    for (int k = 0; k < REFERENCE_BYTES; k++) from[k] = (unsigned char)(k * 7);
    for (int r = 0; r < ROUNDS; r++) {
        double   start = cpu_ms();
        unsigned add = 0;
        memcpy(to, from, REFERENCE_BYTES);
        for (int k = 0; k < REFERENCE_BYTES; k++) add = add * 31 + to[k];
        sum = add;
        took[r] = cpu_ms() - start;
    }
    (void)sum;
    reference = median(took, ROUNDS);
    free(from);
    free(to);
    printf("reference: 1 MiB copied and hashed byte by byte  %8.3f ms\n\n", reference);
}

static void report(const char *what, double ms)
{
    printf("%-49s %8.3f ms   %6.2f x reference\n", what, ms, ms / reference);
}

/* A terminal nobody looks at: frames end in it. */

static void blind_size(const Term *t, int *columns, int *rows)
{
    (void)t;
    *columns = 120;
    *rows = 40;
}

static void blind_show(Term *t, const Canvas *canvas, Theme theme)
{
    (void)t;
    (void)canvas;
    (void)theme;
}

static void blind_event(Term *t, int wait_ms, Event *out)
{
    (void)t;
    (void)wait_ms;
    *out = (Event){.kind = EVENT_END};
}

static void blind(Term *t)
{
    (void)t;
}

static void blind_paste(Term *t, bool on)
{
    (void)t;
    (void)on;
}

static Term blind_term(void)
{
    return (Term){.size = blind_size,
                  .show = blind_show,
                  .event = blind_event,
                  .redraw = blind,
                  .paste = blind_paste,
                  .suspend = blind,
                  .close = blind,
                  .depth = DEPTH_256};
}

/* A session with all that makes frames of it. */

typedef struct {
    Loop        loop;
    Term        term;
    ScreenView *view;
    Canvas      canvas;
} Stage;

static void stage_open(Stage *s, const char *path, const char *place)
{
    Why               why = {0};
    const LoopOptions options = {.path = path, .program = "build/attend"};
    *s = (Stage){.term = blind_term()};
    if (loop_open(&s->loop, &options, &why) != STATUS_OK ||
        loop_start(&s->loop, place, &why) != STATUS_OK) {
        fprintf(stderr, "bench: %s\n", why.what);
        exit(1);
    }
    s->view = screen_new();
    s->canvas.depth = DEPTH_256;
    if (!s->view || !canvas_size(&s->canvas, 120, 40)) exit(1);
}

static void stage_frame(Stage *s)
{
    if (loop_frame(&s->loop, s->view, &s->canvas, &s->term) != STATUS_OK) exit(1);
}

static void stage_key(Stage *s, Key key)
{
    int         status;
    const Event event = {.kind = EVENT_KEY, .key = key};
    loop_event(&s->loop, &s->term, &event, &status);
}

static void stage_close(Stage *s)
{
    screen_free(s->view);
    canvas_done(&s->canvas);
    loop_close(&s->loop);
}

/* A course with large figures */

static char course[64];

static void write_course(void)
{
    char path[128];
    snprintf(course, sizeof course, "/tmp/attend-bench-XXXXXX");
    if (!mkdtemp(course)) exit(1);
    snprintf(path, sizeof path, "%s/1-bench.lua", course);
    FILE *f = fopen(path, "w");
    if (!f) exit(1);
    fputs("local at = require \"attend\"\nlocal P = at.pattern\n"
          "local function figure(n, content)\n"
          "  return at.figure { n = n, compare = \"dense\", content = content, view = content and "
          "\"weights\" or \"sets\", gauges = { \"count\", \"density\" },\n"
          "    recipe = P.window { w = at.slider(1, 64, 16) } | P.sink { s = 2 } | P.stride { s = "
          "32 } }\n"
          "end\n"
          "return at.lesson { api = 1, id = \"bench\", version = \"1.0.0\", title = \"Bench\", "
          "minutes = 1, goals = { \"time\" },\n",
          f);
    for (int n = 64; n <= 1024; n *= 16) {
        fprintf(f, "  at.page(\"sets-%d\", { \"Text.\", figure(%d) }),\n", n, n);
        fprintf(f,
                "  at.page(\"weights-%d\", { \"Text.\", figure(%d, at.toy { kind = \"local\", seed "
                "= 1, d = 16 }) }),\n",
                n, n);
    }
    fputs("}\n", f);
    fclose(f);
}

static void remove_course(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/1-bench.lua", course);
    unlink(path);
    rmdir(course);
}

/* Start */

static void bench_start(void)
{
    static const struct {
        const char *what, *place;
    } row[] = {{"start to first frame, Home", NULL},
               {"start to first frame, a page", "dense-vs-sparse"}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        double took[ROUNDS];
        for (int r = 0; r < ROUNDS; r++) {
            Stage  s;
            double start = cpu_ms();
            stage_open(&s, "lessons", row[k].place);
            stage_frame(&s);
            took[r] = cpu_ms() - start;
            stage_close(&s);
        }
        report(row[k].what, median(took, ROUNDS));
    }
}

static long memory_kib(pid_t pid)
{
    char path[64], line[200];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "VmHWM: %ld", &kib) == 1) break;
    if (f) fclose(f);
    return kib;
}

static double process_cpu_ms(pid_t pid)
{
    clockid_t       clock;
    struct timespec t = {0};
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0) return 0;
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The program itself, from exec on: dynamic linking, curses, lessons, frame. */
static void bench_program(void)
{
    double took[ROUNDS];
    long   home = 0, page = 0, large = 0;
    char   line[120];
    Pty    big;
    snprintf(line, sizeof line, "learn bench#weights-1024 --path %s", course);
    pty_start(&big, 120, 40, line, NULL);
    if (!pty_sees(&big, "? help")) exit(1);
    pty_read(&big, 300);
    large = memory_kib(big.pid);
    pty_done(&big);
    for (int r = 0; r < ROUNDS; r++) {
        Pty p;
        pty_start(&p, 120, 40, "", NULL);
        if (!pty_sees(&p, "? help")) exit(1);
        took[r] = process_cpu_ms(p.pid);
        if (r == 0) {
            pty_read(&p, 300);
            home = memory_kib(p.pid);
            pty_type(&p, "\r");
            pty_read(&p, 300);
            page = memory_kib(p.pid);
        }
        pty_type(&p, "\x03");
        pty_end(&p);
        pty_done(&p);
    }
    report("exec to first frame, the program under a pty", median(took, ROUNDS));
    printf("resident memory at most (VmHWM)                   %8.1f MiB on Home, %.1f MiB on a "
           "page, %.1f MiB with weights at n = 1024\n",
           (double)home / 1024, (double)page / 1024, (double)large / 1024);
}

/* Key to frame */

static void bench_page(const char *page)
{
    Stage  s;
    char   place[80], what[80];
    double took[STEPS], drawn[STEPS];
    snprintf(place, sizeof place, "bench#%s", page);
    stage_open(&s, course, place);
    for (int k = 0; k < 8; k++) { /* what grows has grown */
        stage_key(&s, k % 2 ? ',' : '.');
        stage_frame(&s);
    }
    for (int k = 0; k < STEPS; k++) {
        double start = cpu_ms();
        stage_key(&s, k % 2 ? ',' : '.');
        stage_frame(&s);
        took[k] = cpu_ms() - start;
    }
    long before = allocations;
    for (int k = 0; k < STEPS; k++) {
        double start = cpu_ms();
        stage_frame(&s);
        drawn[k] = cpu_ms() - start;
    }
    long frames = allocations - before;
    before = allocations;
    for (int k = 0; k < STEPS - 1; k++) {
        stage_key(&s, k % 2 ? ',' : '.');
        stage_frame(&s);
    }
    long steps = allocations - before;
    snprintf(what, sizeof what, "slider step to frame, %s", page);
    report(what, median(took, STEPS));
    snprintf(what, sizeof what, "frame alone, %s", page);
    report(what, median(drawn, STEPS));
    printf("  allocations                                     %8.2f a frame, %.2f a slider step\n",
           (double)frames / STEPS, (double)steps / (STEPS - 1));
    stage_close(&s);
}

/* Rows */

static void bench_rows(const char *text, int64_t n)
{
    Recipe   recipe = {0};
    Pattern *p = NULL;
    Runs     g = {0};
    int64_t  keys = 0;
    char     what[80];
    if (recipe_parse(text, strlen(text), &recipe, NULL) != STATUS_OK) exit(1);
    if (pattern_new(&recipe, n, BACKGROUND_CAUSAL, NULL, &p, NULL) != STATUS_OK) exit(1);
    double start = cpu_ms();
    for (int64_t i = 0; i < n; i++) {
        if (pattern_row(p, i, &g) != STATUS_OK) exit(1);
        keys += runs_count(&g);
    }
    double took = cpu_ms() - start;
    snprintf(what, sizeof what, "rows of %s", text);
    printf("%-49s %8.2f million rows a second, n = %lld, %lld keys\n", what, (double)n / took / 1e3,
           (long long)n, (long long)keys);
    runs_done(&g);
    pattern_free(p);
    recipe_done(&recipe);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    if (!hash_start()) return 1;
    pty_folder(true);
    setenv("XDG_DATA_HOME", "/nonexistent", 1);
    write_course();
    measure_reference();
    bench_start();
    bench_program();
    putchar('\n');
    bench_page("sets-64");
    bench_page("sets-1024");
    bench_page("weights-64");
    bench_page("weights-1024");
    putchar('\n');
    bench_rows("window(w=64)", 1 << 20);
    bench_rows("window(w=64) | sink(s=4)", 1 << 20);
    bench_rows("window(w=64) | sink(s=4) | block(b=64)", 1 << 20);
    bench_rows("stride(s=4096) | window(w=16)", 1 << 20);
    remove_course();
    pty_folder(false);
    return 0;
}
