#include "app/cmd/matrices.h"

#include "app/base/number.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char *const option[MATRICES] = {"--q", "--k", "--v"};

int input_why(const CmdCall *call, Status status, const Why *why)
{
    int code = cmd_why(call, status, why);
    return status == STATUS_LIMIT ? EXIT_INPUT : code;
}

/* ---- memory ---- */

static void add_size(double bytes, Text *out)
{
    static const char *const unit[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
    int                      k = 0;
    for (; bytes >= 1024 && k < 5; k++) bytes /= 1024;
    text_add_real(out, bytes, 1);
    text_format(out, " %s", unit[k]);
}

bool memory_allowed(const CmdCall *call, int64_t *out)
{
    const char       *typed = cmd_option(call, "--memory");
    const NumberRules rules = {.unit = "B"};
    Number            number;
    Text              why = {0}, echo = {0};
    *out = (int64_t)4 << 30;
    if (!typed) return true;
    bool good = number_parse(typed, &rules, &number, &echo, &why);
    bool large = good && number.value >= 1 && number.value < 0x1p62;
    if (large) *out = (int64_t)number.value;
    else if (good) cmd_fail(call, "--memory: at least 1 byte");
    else cmd_fail(call, "--memory: %s\nsizes are written 512MiB or 4GiB", text_string(&why));
    text_done(&why);
    text_done(&echo);
    return large;
}

bool memory_fits(const CmdCall *call, int64_t bytes, const char *what)
{
    int64_t allowed;
    Text    wanted = {0}, most = {0};
    if (!memory_allowed(call, &allowed)) return false;
    bool fits = bytes <= allowed;
    add_size((double)bytes, &wanted);
    add_size((double)allowed, &most);
    if (!fits)
        cmd_fail(call, "%s would take %s; %s are allowed\n--memory SIZE allows more", what, text_string(&wanted),
                 text_string(&most));
    text_done(&wanted);
    text_done(&most);
    return fits;
}

/* ---- shapes ---- */

/* The place of a file's last dimension but one. */
static const int64_t *side(const Npy *npy)
{
    return npy->head.shape + npy->head.rank - 2;
}

static int wrong_rank(const CmdCall *call, const Npy *npy)
{
    Text shape = {0};
    npy_add_shape(npy->head.shape, npy->head.rank, &shape);
    cmd_fail(call, "%s has the shape %s; it must be (tokens, width), or (heads, tokens, width)%s", npy->label,
             text_string(&shape), npy->head.rank == 4 ? "\nsave one text of it: numpy.save(..., x[0])" : "");
    text_done(&shape);
    return EXIT_INPUT;
}

static int check_sides(const CmdCall *call, const Npy *npy)
{
    for (int k = 0; k < npy->head.rank; k++) {
        if (npy->head.shape[k] >= 1 && npy->head.shape[k] <= INT_MAX) continue;
        Text shape = {0};
        npy_add_shape(npy->head.shape, npy->head.rank, &shape);
        cmd_fail(call, "%s has the shape %s: at least one token, one head and one number a token are needed", npy->label,
                 text_string(&shape));
        text_done(&shape);
        return EXIT_INPUT;
    }
    return EXIT_DONE;
}

/* Files that hold heads, or all files one head. */
static int check_ranks(const CmdCall *call, Matrices *m)
{
    const Npy *q = &m->file[MATRIX_Q];
    m->stacked = q->head.rank == 3;
    for (int k = 0; k < MATRICES; k++) {
        const Npy *npy = &m->file[k];
        if (npy->fd < 0) continue;
        if (npy->head.rank != 2 && npy->head.rank != 3) return wrong_rank(call, npy);
        int status = check_sides(call, npy);
        if (status) return status;
        if ((npy->head.rank == 3) == m->stacked) continue;
        cmd_fail(call, "%s has %d dimensions, %s has %d: all have heads in front, or none", q->label, q->head.rank, npy->label,
                 npy->head.rank);
        return EXIT_INPUT;
    }
    return EXIT_DONE;
}

static int check_tokens(const CmdCall *call, const Matrices *m)
{
    const Npy *q = &m->file[MATRIX_Q];
    for (int k = MATRIX_K; k < MATRICES; k++) {
        const Npy *npy = &m->file[k];
        if (npy->fd < 0 || side(npy)[0] == side(q)[0]) continue;
        cmd_fail(call, "%s has %lld rows, %s has %lld: queries and keys must be the same tokens", npy->label,
                 (long long)side(npy)[0], q->label, (long long)side(q)[0]);
        return EXIT_INPUT;
    }
    const Npy *keys = &m->file[MATRIX_K];
    if (side(keys)[1] == side(q)[1]) return EXIT_DONE;
    cmd_fail(call, "%s is %lld wide, %s %lld: queries and keys must have the same width", keys->label, (long long)side(keys)[1],
             q->label, (long long)side(q)[1]);
    return EXIT_INPUT;
}

static int check_heads(const CmdCall *call, const Matrices *m)
{
    const Npy *q = &m->file[MATRIX_Q], *keys = &m->file[MATRIX_K], *v = &m->file[MATRIX_V];
    if (!m->stacked) return EXIT_DONE;
    int64_t heads = q->head.shape[0], groups = keys->head.shape[0];
    if (heads % groups) {
        cmd_fail(call, "%s has %lld heads, %s has %lld: the first must be a multiple of the second", q->label, (long long)heads,
                 keys->label, (long long)groups);
        return EXIT_INPUT;
    }
    if (v->fd < 0 || v->head.shape[0] == groups) return EXIT_DONE;
    cmd_fail(call, "%s has %lld heads, %s has %lld: each key has one value", v->label, (long long)v->head.shape[0], keys->label,
             (long long)groups);
    return EXIT_INPUT;
}

static void note_shapes(Matrices *m)
{
    const Npy *q = &m->file[MATRIX_Q], *v = &m->file[MATRIX_V];
    m->n = side(q)[0];
    m->d = (int)side(q)[1];
    m->e = v->fd >= 0 ? (int)side(v)[1] : 0;
    m->heads = m->stacked ? (int)q->head.shape[0] : 1;
    m->groups = m->stacked ? (int)m->file[MATRIX_K].head.shape[0] : 1;
    for (int k = 0; k < MATRICES; k++) m->wide = m->wide || m->file[k].head.wide;
}

/* ---- life ---- */

int matrices_open(const CmdCall *call, Matrices *out)
{
    *out = (Matrices){0};
    for (int k = 0; k < MATRICES; k++) out->file[k].fd = -1;
    const char *q = cmd_option(call, "--q"), *k = cmd_option(call, "--k");
    if (!q && !k && !cmd_option(call, "--v")) return EXIT_DONE;
    if (!q || !k) {
        cmd_fail(call, "%s is missing: queries and keys go together, --q q.npy --k k.npy", q ? "--k" : "--q");
        return EXIT_USAGE;
    }
    for (int f = 0; f < MATRICES; f++) {
        Why         why = {0};
        const char *path = cmd_option(call, option[f]);
        Status      status = path ? npy_open(path, path, &out->file[f], &why) : STATUS_OK;
        if (status) return input_why(call, status, &why);
    }
    int status = check_ranks(call, out);
    if (!status) status = check_tokens(call, out);
    if (!status) status = check_heads(call, out);
    if (!status) note_shapes(out);
    return status;
}

static size_t real_size(const Matrices *m)
{
    return m->wide ? sizeof(double) : sizeof(float);
}

int64_t matrices_bytes(const Matrices *m)
{
    int64_t bytes = 0;
    for (int k = 0; k < MATRICES; k++)
        if (m->file[k].fd >= 0) bytes += m->file[k].head.numbers * (int64_t)real_size(m);
    return bytes;
}

int matrices_read(const CmdCall *call, Matrices *m)
{
    for (int k = 0; k < MATRICES; k++) {
        const Npy *npy = &m->file[k];
        Why        why = {0};
        if (npy->fd < 0) continue;
        m->number[k] = malloc((size_t)npy->head.numbers * real_size(m));
        Status status = !m->number[k] ? STATUS_MEMORY
                        : m->wide     ? npy_doubles(npy, m->number[k], &why)
                                      : npy_floats(npy, m->number[k], &why);
        if (status) return input_why(call, status, &why);
    }
    return EXIT_DONE;
}

void matrices_close(Matrices *m)
{
    for (int k = 0; k < MATRICES; k++) {
        if (m->file[k].label) npy_close(&m->file[k]);
        free(m->number[k]);
    }
    *m = (Matrices){0};
}

/* ---- one head ---- */

const void *matrices_of(const Matrices *m, int which, int head)
{
    if (!m->number[which]) return NULL;
    int    at = which == MATRIX_Q ? head : (int)((int64_t)head * m->groups / m->heads);
    size_t width = (size_t)(which == MATRIX_V ? m->e : m->d);
    return (const char *)m->number[which] + (size_t)at * (size_t)m->n * width * real_size(m);
}

/* That matrix in float32; *room owns what had to be made. false: no memory. */
static bool single(const Matrices *m, int which, int head, const float **out, float **room)
{
    const void *number = matrices_of(m, which, head);
    size_t      count = (size_t)m->n * (size_t)(which == MATRIX_V ? m->e : m->d);
    *out = number;
    *room = NULL;
    if (!number || !m->wide) return true;
    *out = *room = malloc(count * sizeof **room);
    for (size_t k = 0; *room && k < count; k++) (*room)[k] = (float)((const double *)number)[k];
    return *room != NULL;
}

int matrices_give(const CmdCall *call, Problem *p)
{
    const char *path = cmd_option(call, "--given");
    Npy         npy;
    Why         why = {0};
    if (!path) return EXIT_DONE;
    Status status = npy_open(path, path, &npy, &why);
    if (status) return input_why(call, status, &why);
    if (npy.head.rank < 1 || npy.head.rank > GIVEN_RANK || npy.head.numbers < 1) {
        Text shape = {0};
        npy_add_shape(npy.head.shape, npy.head.rank, &shape);
        cmd_fail(call, "%s has the shape %s; given structure is (rounds, d, buckets/2) for lsh, (k, d) for cluster", npy.label,
                 text_string(&shape));
        text_done(&shape);
        npy_close(&npy);
        return EXIT_INPUT;
    }
    float *number = NULL;
    bool   fits = memory_fits(call, 2 * npy.head.numbers * (int64_t)sizeof *number, path);
    if (fits) number = malloc((size_t)npy.head.numbers * sizeof *number);
    if (fits) status = number ? npy_floats(&npy, number, &why) : STATUS_MEMORY;
    if (fits && !status) status = problem_give(p, number, npy.head.shape, npy.head.rank, &why);
    free(number);
    npy_close(&npy);
    return !fits ? EXIT_USAGE : status ? input_why(call, status, &why) : EXIT_DONE;
}

int matrices_problem(const CmdCall *call, const Matrices *m, int head, double scale, Problem *out)
{
    const float *q, *k;
    float       *room_q, *room_k;
    Why          why = {0};
    bool         fits = single(m, MATRIX_Q, head, &q, &room_q);
    fits = single(m, MATRIX_K, head, &k, &room_k) && fits;
    Status status = fits ? problem_matrices(q, k, NULL, m->n, m->d, 0, (float)scale, out, &why) : STATUS_MEMORY;
    free(room_q);
    free(room_k);
    return status ? cmd_why(call, status, &why) : matrices_give(call, out);
}
