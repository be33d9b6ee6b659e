#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/store/npy.h"
#include "tests/cmd/program.h"

#include "engine/rng.h"

#include <dirent.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The oracle is the definition, in double over a matrix of bool. */

enum { N = 40, D = 5, E = 3, H = 4, G = 2, LINE = 4000 };

static float q[H * N * D], k[G * N * D], v[G * N * E];

static const char *file(const char *name)
{
    static char path[4][200];
    static int  turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", program_folder(), name);
    return path[turn];
}

static void save(const char *name, const int64_t *shape, int rank, const float *number, bool wide)
{
    Text    bytes = {0};
    int64_t count = 1;
    for (int s = 0; s < rank; s++) count *= shape[s];
    npy_add_head(shape, rank, wide, &bytes);
    for (int64_t t = 0; t < count; t++) {
        const double real = (double)number[t];
        if (wide) npy_add_doubles(&real, 1, &bytes);
        else npy_add_floats(&number[t], 1, &bytes);
    }
    FILE *f = fopen(file(name), "wb");
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, f), bytes.len);
    fclose(f);
    text_done(&bytes);
}

static int start(void **state)
{
    Rng rng = rng_seeded(20);
    program_start(state);
    for (int t = 0; t < H * N * D; t++) q[t] = (float)(4 * rng_real(&rng) - 2);
    for (int t = 0; t < G * N * D; t++) k[t] = (float)(4 * rng_real(&rng) - 2);
    for (int t = 0; t < G * N * E; t++) v[t] = (float)(4 * rng_real(&rng) - 2);
    save("q.npy", (int64_t[]){N, D}, 2, q, false);
    save("k.npy", (int64_t[]){N, D}, 2, k, false);
    save("v.npy", (int64_t[]){N, E}, 2, v, false);
    save("wide.npy", (int64_t[]){N, D}, 2, q, true);
    save("heads-q.npy", (int64_t[]){H, N, D}, 3, q, false);
    save("heads-k.npy", (int64_t[]){G, N, D}, 3, k, false);
    save("heads-v.npy", (int64_t[]){G, N, E}, 3, v, false);
    return 0;
}

/* Row i of head h over the keys where it has is true. */
static void oracle(int h, int i, const bool *has, double weight[N], double out[E], double *lse)
{
    const float *keys = k + h * G / H * N * D, *values = v + h * G / H * N * E, *query = q + (h * N + i) * D;
    double       sum = 0;
    memset(out, 0, E * sizeof *out);
    for (int j = 0; j < N; j++) {
        double score = 0;
        for (int c = 0; c < D; c++) score += (double)query[c] * (double)keys[j * D + c];
        sum += weight[j] = has[j] ? exp(score / sqrt(D)) : 0;
    }
    for (int j = 0; j < N && sum > 0; j++) {
        weight[j] /= sum;
        for (int c = 0; c < E; c++) out[c] += weight[j] * (double)values[j * E + c];
    }
    *lse = log(sum);
}

/* window(w=4) | sink(s=2), causal */
static void windowed(int i, bool has[N])
{
    for (int j = 0; j < N; j++) has[j] = j <= i && (j > i - 4 || j < 2);
}

static double *read_back(const char *name, int rank, int64_t count)
{
    Npy npy;
    Why why = {0};
    if (npy_open(file(name), name, &npy, &why)) fail_msg("%s", why.what);
    assert_int_equal(npy.head.rank, rank);
    assert_int_equal(npy.head.numbers, count);
    double *number = malloc((size_t)count * sizeof *number);
    assert_int_equal(npy_doubles(&npy, number, &why), STATUS_OK);
    npy_close(&npy);
    return number;
}

static void assert_head(int h, const double *out, const double *weights, const double *lse, double limit)
{
    for (int i = 0; i < N; i++) {
        bool   has[N];
        double weight[N], row[E], total;
        windowed(i, has);
        oracle(h, i, has, weight, row, &total);
        for (int c = 0; c < E; c++) assert_true(fabs(out[i * E + c] - row[c]) <= limit);
        for (int j = 0; weights && j < N; j++) assert_true(fabs(weights[i * N + j] - weight[j]) <= limit);
        assert_true(fabs(lse[i] - total) <= 4 * limit);
    }
}

static void check_files(const char *query, double limit)
{
    char line[LINE], folder[200];
    snprintf(folder, sizeof folder, "%s", program_folder());
    snprintf(line, sizeof line,
             "run 'window(w=4) | sink(s=2)' --q %s/%s --k %s/k.npy --v %s/v.npy --out %s/o.npy --weights %s/w.npy --lse %s/l.npy --replace", folder,
             query, folder, folder, folder, folder, folder);
    Ran r = program_run(line, NULL);
    if (r.status) fail_msg("%s", r.err);
    double *out = read_back("o.npy", 2, N * E), *weights = read_back("w.npy", 2, N * N), *lse = read_back("l.npy", 1, N);
    assert_head(0, out, weights, lse, limit);
    free(out);
    free(weights);
    free(lse);
    ran_done(&r);
}

static void float32_files_are_within_2e_6(void **state)
{
    (void)state;
    check_files("q.npy", 4e-6);
}

static void one_float64_file_makes_all_float64(void **state)
{
    (void)state;
    check_files("wide.npy", 2e-13);
}

static void heads_share_the_keys_of_their_neighbours(void **state)
{
    (void)state;
    char line[LINE];
    const char *f = program_folder();
    snprintf(line, sizeof line, "run 'window(w=4) | sink(s=2)' --head all --q %s/heads-q.npy --k %s/heads-k.npy --v %s/heads-v.npy --out %s/o.npy --lse %s/l.npy --replace", f, f, f, f, f);
    Ran r = program_run(line, NULL);
    assert_int_equal(r.status, 0);
    double *out = read_back("o.npy", 3, H * N * E), *lse = read_back("l.npy", 2, H * N);
    for (int h = 0; h < H; h++) assert_head(h, out + h * N * E, NULL, lse + h * N, 4e-6);
    free(out);
    free(lse);
    ran_done(&r);
    snprintf(line, sizeof line, "run 'window(w=4) | sink(s=2)' --head 3 --q %s/heads-q.npy --k %s/heads-k.npy --v %s/heads-v.npy --out %s/o.npy --lse %s/l.npy --replace", f, f, f, f, f);
    r = program_run(line, NULL);
    assert_int_equal(r.status, 0);
    out = read_back("o.npy", 2, N * E);
    lse = read_back("l.npy", 1, N);
    assert_head(3, out, NULL, lse, 4e-6);
    free(out);
    free(lse);
    ran_done(&r);
}

static double value_of(const char *json, const char *key)
{
    const char *at = strstr(json, key);
    assert_non_null(at);
    return strtod(at + strlen(key), NULL);
}

static void kept_mass_and_error_are_those_of_the_definition(void **state)
{
    (void)state;
    double kept = 0, least = 2, largest = -1, difference = 0, length = 0;
    int    least_at = 0, pairs = 0;
    for (int i = 0; i < N; i++) {
        bool   has[N], all[N];
        double weight[N], dense[N], row[E], whole[E], lse, mass = 0;
        windowed(i, has);
        for (int j = 0; j < N; j++) all[j] = j <= i;
        oracle(0, i, has, weight, row, &lse);
        oracle(0, i, all, dense, whole, &lse);
        for (int j = 0; j < N; j++) {
            mass += has[j] ? dense[j] : 0;
            pairs += has[j];
        }
        kept += mass / N;
        if (mass < least) {
            least = mass;
            least_at = i;
        }
        for (int c = 0; c < E; c++) {
            largest = fmax(largest, fabs(row[c] - whole[c]));
            difference += (row[c] - whole[c]) * (row[c] - whole[c]);
            length += whole[c] * whole[c];
        }
    }
    char line[LINE];
    const char *f = program_folder();
    snprintf(line, sizeof line, "run 'window(w=4) | sink(s=2)' --q %s/q.npy --k %s/k.npy --v %s/v.npy --json", f, f, f);
    Ran r = program_run(line, NULL);
    assert_int_equal(r.status, 0);
    assert_true(fabs(value_of(r.out, "\"mean\":") - kept) < 1e-12);
    assert_true(fabs(value_of(r.out, "\"least\":") - least) < 1e-12);
    assert_true(fabs(value_of(r.out, "\"largest\":") - largest) < 1e-12);
    assert_true(fabs(value_of(r.out, "\"relative\":") - sqrt(difference / length)) < 1e-12);
    assert_int_equal((int)value_of(r.out, "\"query\":"), least_at);
    assert_int_equal((int)value_of(r.out, "\"sparse\":"), pairs * (D + E));
    assert_int_equal((int)value_of(r.out, "\"dense\":"), N * (N + 1) / 2 * (D + E));
    assert_int_equal((int)value_of(r.out, "\"bytes_read\":"), pairs * (D + E) * 4);
    assert_non_null(strstr(r.out, "\"left_out\":[]}"));
    ran_done(&r);
}

static void a_mask_of_indices_gives_what_its_expression_gives(void **state)
{
    (void)state;
    char line[LINE];
    const char *f = program_folder();
    Ran mask = program_run("show 'window(w=4) | sink(s=2)' --n 40 --as indices", NULL);
    FILE *m = fopen(file("m.txt"), "w");
    fputs(mask.out, m);
    fclose(m);
    ran_done(&mask);
    snprintf(line, sizeof line, "run --mask %s/m.txt --q %s/q.npy --k %s/k.npy --v %s/v.npy --json", f, f, f, f);
    Ran by_mask = program_run(line, NULL);
    snprintf(line, sizeof line, "run 'window(w=4) | sink(s=2)' --q %s/q.npy --k %s/k.npy --v %s/v.npy --json", f, f, f);
    Ran by_rule = program_run(line, NULL);
    assert_int_equal(by_mask.status, 0);
    assert_string_equal(by_mask.out, by_rule.out);
    ran_done(&by_mask);
    ran_done(&by_rule);
}

static void rows_that_are_not_finite_are_left_out_and_named(void **state)
{
    (void)state;
    Ran r = program_run("run 'sink(s=1)' --q tests/fixtures/reports/A07_q.npy --k tests/fixtures/reports/A07_k_nan.npy --v tests/fixtures/reports/A07_v_nan.npy --json", NULL);
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(r.out, "\"kept\":{\"mean\":1"));
    assert_non_null(strstr(r.out, "\"left_out\":[1]}"));
    ran_done(&r);
    r = program_run("run 'sink(s=1)' --q tests/fixtures/reports/A07_q.npy --k tests/fixtures/reports/A07_k_nan.npy --no-dense --json", NULL);
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(r.out, "\"kept\":null,\"error\":null"));
    ran_done(&r);
}

static void what_can_not_be_done_is_said_with_the_remedy(void **state)
{
    (void)state;
    static const struct {
        const char *line; /* % is the folder */
        int         status;
        const char *piece;
    } row[] = {
        {"run --q %/q.npy --k %/k.npy", 2, "an expression, or --mask FILE, is missing"},
        {"run self", 2, "--q q.npy --k k.npy"},
        {"run self --q %/q.npy", 2, "--k is missing"},
        {"run self --mask %/m.txt --q %/q.npy --k %/k.npy", 2, "exclude each other"},
        {"run self --q %/q.npy --k %/k.npy --out %/x.npy", 2, "give --v"},
        {"run self --q %/q.npy --k %/k.npy --head 0", 2, "leave --head out"},
        {"run self --q %/heads-q.npy --k %/heads-k.npy", 2, "--head 0 to 3, or --head all"},
        {"run self --q %/heads-q.npy --k %/heads-k.npy --head 4", 2, "not in 0 to 3"},
        {"run self --q %/heads-q.npy --k %/k.npy --head 0", 4, "all have heads in front, or none"},
        {"run self --q %/q.npy --k %/k.npy --scale 0", 2, "a number other than 0"},
        {"run self --q %/q.npy --k %/k.npy --memory 1KiB", 2, "--memory SIZE allows more"},
        {"run self --q %/q.npy --k %/k.npy --lse %/q.npy", 5, "--replace"},
        {"run self --q %/q.npy --k %/k.npy --lse %/a --weights %/a", 2, "name the same file"},
        {"run self --q %/q.npy --k %/nothing.npy", 2, "no such file"},
        {"run self --q %/q.npy --k /dev/null", 4, "not a regular file"},
        {"run 'window(w=0)' --q %/q.npy --k %/k.npy", 2, "column 10"},
        {"run --mask tests/fixtures/reports/A07_mask.txt --q %/q.npy --k %/k.npy", 4, "has 2 rows"},
        {"show self --q %/q.npy --k %/k.npy --n 3", 2, "leave --n out"},
        {"show self --q %/q.npy --k %/k.npy --text 'a b'", 2, "exclude each other"},
        {"show self --q %/heads-q.npy --k %/heads-k.npy", 4, "heads in front"},
        {"show self --n 4 --block 2 --as count", 2, "--block goes with"},
        {"show self --n 4000 --block 2", 2, "use --block"},
    };
    for (size_t r = 0; r < sizeof row / sizeof *row; r++) {
        char line[LINE], *to = line;
        for (const char *c = row[r].line; *c; c++) to += *c == '%' ? sprintf(to, "%s", program_folder()) : sprintf(to, "%c", *c);
        Ran ran = program_run(line, NULL);
        if (ran.status != row[r].status || !strstr(ran.err, row[r].piece)) print_message("attend %s\n%d %s", line, ran.status, ran.err);
        assert_int_equal(ran.status, row[r].status);
        assert_string_equal(ran.out, "");
        assert_non_null(strstr(ran.err, row[r].piece));
        ran_done(&ran);
    }
}

/* Whether a file that begins with the name stands in the folder. */
static bool stands(const char *name)
{
    bool           found = false;
    DIR           *d = opendir(program_folder());
    struct dirent *e;
    while ((e = readdir(d)) != NULL) found = found || strncmp(e->d_name, name, strlen(name)) == 0;
    closedir(d);
    return found;
}

/* Once its output is begun, the interrupt key: exit 130, and nothing is left. */
static void an_interrupt_leaves_nothing_behind(void **state)
{
    (void)state;
    enum { LONG = 20000, WIDE = 64 };
    float *many = calloc(LONG * WIDE, sizeof *many);
    save("long.npy", (int64_t[]){LONG, WIDE}, 2, many, false);
    free(many);
    const char *program = getenv("ATTEND_PROGRAM"), *f = file("long.npy"), *out = file("never.npy");
    int         status = 0;
    pid_t       pid = fork();
    if (pid == 0) {
        signal(SIGINT, SIG_DFL);
        execl(program ? program : "build/attend", "attend", "run", "full", "--q", f, "--k", f, "--v", f, "--out", out, (char *)NULL);
        _exit(99);
    }
    const struct timespec moment = {.tv_nsec = 20000000};
    while (!stands("never.npy.") && waitpid(pid, &status, WNOHANG) == 0) nanosleep(&moment, NULL);
    for (int t = 0; t < 10; t++) nanosleep(&moment, NULL); /* it is past reading its files then */
    kill(pid, SIGINT);
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 130);
    assert_false(stands("never.npy"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(float32_files_are_within_2e_6),
        cmocka_unit_test(one_float64_file_makes_all_float64),
        cmocka_unit_test(heads_share_the_keys_of_their_neighbours),
        cmocka_unit_test(kept_mass_and_error_are_those_of_the_definition),
        cmocka_unit_test(a_mask_of_indices_gives_what_its_expression_gives),
        cmocka_unit_test(rows_that_are_not_finite_are_left_out_and_named),
        cmocka_unit_test(what_can_not_be_done_is_said_with_the_remedy),
        cmocka_unit_test(an_interrupt_leaves_nothing_behind),
    };
    return cmocka_run_group_tests_name("run", tests, start, program_finish);
}
