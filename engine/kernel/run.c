#include "engine/kernel/run.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_ROWS = 96,  /* rows that share a block of keys */
    RING_KEYS = 4096, /* packed keys that a thread holds where few are wanted at once */
};

/* Where rows that lie together want few keys, each thread packs what it meets into a ring of its own;
 * otherwise all keys are packed once, for all. */
typedef struct {
    const Kernel  *kernel;
    KernelInput    in;
    bool           ring;
    const Pattern *pattern;
    char          *out, *lse;
    Status         status; /* the first failure of any thread */
} Work;

/* What one thread needs for its rows. */
typedef struct {
    Runs        row[BLOCK_ROWS];
    int         next[BLOCK_ROWS];  /* the first run of each row that is not used up */
    bool        unfit[BLOCK_ROWS]; /* rows to be done again, wide */
    int64_t     first;             /* row 0 */
    int         rows;              /* that exist */
    char       *groups, *room;
    KernelPairs pairs;
    KernelInput in; /* with a ring of its own, or the shared one */
    int64_t
        *held; /* (slots) the panel in each slot of the ring, -1: none; NULL where it is shared */
} Desk;

/* ---- memory ---- */

static void *numbers(size_t count, size_t size)
{
    if (count > SIZE_MAX / 2 / size) return NULL;
    return aligned_alloc(KERNEL_ALIGN, (count * size / KERNEL_ALIGN + 1) * KERNEL_ALIGN);
}

static int64_t panels_of(const Kernel *kernel, int64_t count)
{
    return (count + kernel->panel - 1) / kernel->panel;
}

static void packed_done(KernelInput *in)
{
    free(in->keys);
    free(in->values);
    free(in->norms);
    free(in->strange);
}

static bool packed_new(const Kernel *kernel, int64_t slots, KernelInput *in)
{
    size_t places = (size_t)(slots * kernel->panel),
           width = (size_t)(panels_of(kernel, in->e) * kernel->panel);
    in->slots = slots;
    in->keys = numbers(places, (size_t)in->d * kernel->real + 1);
    in->values = numbers(places, in->e % kernel->panel ? width * kernel->real : 1);
    in->norms = numbers(places, kernel->real);
    in->strange = numbers(places, sizeof *in->strange);
    return in->keys && in->values && in->norms && in->strange;
}

static void desk_free(Desk *desk)
{
    if (!desk) return;
    for (int r = 0; r < BLOCK_ROWS; r++) runs_done(&desk->row[r]);
    if (desk->held) packed_done(&desk->in);
    free(desk->held);
    free(desk->groups);
    free(desk->room);
    free(desk);
}

static bool ring_new(const Work *w, Desk *desk)
{
    int64_t slots = RING_KEYS / w->kernel->panel;
    desk->held = calloc((size_t)slots, sizeof *desk->held);
    for (int64_t s = 0; desk->held && s < slots; s++) desk->held[s] = -1;
    return desk->held && packed_new(w->kernel, slots, &desk->in);
}

static Desk *desk_new(const Work *w)
{
    Desk *desk = calloc(1, sizeof *desk);
    if (!desk) return NULL;
    size_t groups = (size_t)(BLOCK_ROWS / w->kernel->rows);
    desk->in = w->in;
    desk->groups = numbers(groups, w->kernel->group_bytes(w->in.d, w->in.e));
    desk->room = numbers(1, w->kernel->room_bytes());
    if (desk->groups && desk->room && (!w->ring || ring_new(w, desk))) return desk;
    desk_free(desk);
    return NULL;
}

/* ---- pairs of a group in a block ---- */

/* Keys [lo, hi), counted from the block's first, into the bits of each panel. */
static void set_bits(int panel, int lo, int hi, uint32_t *bits)
{
    uint32_t all = panel == 32 ? UINT32_MAX : (UINT32_C(1) << panel) - 1;
    for (int p = lo / panel; p * panel < hi; p++) {
        int      begin = lo - p * panel, end = hi - p * panel;
        uint32_t part = end < panel ? (UINT32_C(1) << end) - 1 : all;
        bits[p] |= begin > 0 ? part & (all << begin) : part;
    }
}

static void row_bits(const Runs *row, int next, int64_t lo, int64_t hi, int panel, uint32_t *bits)
{
    for (int k = next; k < row->len && row->run[k].lo < hi; k++) {
        int64_t begin = row->run[k].lo > lo ? row->run[k].lo : lo,
                end = row->run[k].hi < hi ? row->run[k].hi : hi;
        set_bits(panel, (int)(begin - lo), (int)(end - lo), bits);
    }
}

/* Whether each of the rows has all keys [lo, hi). */
static bool all_there(const Desk *desk, int row, int rows, int64_t lo, int64_t hi)
{
    for (int r = row; r < row + rows; r++) {
        const Runs *g = &desk->row[r];
        if (desk->next[r] >= g->len || g->run[desk->next[r]].lo > lo ||
            g->run[desk->next[r]].hi < hi)
            return false;
    }
    return true;
}

static void list_all(KernelPairs *pairs, int panels)
{
    pairs->live = panels;
    for (int p = 0; p < panels; p++) {
        pairs->panel[p] = p;
        pairs->full[p] = true;
    }
}

/* Moves the panels with a pair to the front. Rows that don't exist do not keep one from being full. */
static void list_live(KernelPairs *pairs, int panels, int panel, int rows)
{
    uint32_t all = panel == 32 ? UINT32_MAX : (UINT32_C(1) << panel) - 1;
    pairs->live = 0;
    for (int p = 0; p < panels; p++) {
        uint32_t any = 0, every = all;
        for (int r = 0; r < rows; r++) {
            any |= pairs->bits[r][p];
            every &= pairs->bits[r][p];
        }
        if (!any) continue;
        int s = pairs->live++;
        pairs->panel[s] = p;
        pairs->full[s] = every == all;
        for (int r = 0; r < rows && s < p; r++) pairs->bits[r][s] = pairs->bits[r][p];
    }
}

static void find_pairs(const Kernel *kernel, Desk *desk, int row, int64_t lo, int64_t hi)
{
    int rows = desk->rows - row < kernel->rows ? desk->rows - row : kernel->rows;
    int panels = (int)panels_of(kernel, hi - lo);
    if ((hi - lo) % kernel->panel == 0 && all_there(desk, row, rows, lo, hi)) {
        list_all(&desk->pairs, panels);
        return;
    }
    for (int r = 0; r < kernel->rows; r++)
        memset(desk->pairs.bits[r], 0, (size_t)panels * sizeof(uint32_t));
    for (int r = 0; r < rows; r++)
        row_bits(&desk->row[row + r], desk->next[row + r], lo, hi, kernel->panel,
                 desk->pairs.bits[r]);
    list_live(&desk->pairs, panels, kernel->panel, rows);
}

/* ---- rows ---- */

/* The first key at or behind lo that one of the rows has; n if there is none. Runs that end before are
 * passed over. */
static int64_t next_key(Desk *desk, int row, int end, int64_t lo, int64_t n)
{
    int64_t least = n;
    for (int r = row; r < end; r++) {
        const Runs *g = &desk->row[r];
        int        *k = &desk->next[r];
        while (*k < g->len && g->run[*k].hi <= lo) ++*k;
        if (*k == g->len) continue;
        int64_t key = g->run[*k].lo > lo ? g->run[*k].lo : lo;
        least = key < least ? key : least;
    }
    return least;
}

/* Packs what the listed pairs read and the ring doesn't hold. */
static void pack_pairs(const Kernel *kernel, Desk *desk, int64_t at)
{
    for (int s = 0; s < desk->pairs.live; s++) {
        int64_t panel = at + desk->pairs.panel[s], *held = &desk->held[panel % desk->in.slots];
        if (*held == panel) continue;
        kernel->pack(&desk->in, panel);
        *held = panel;
    }
}

/* Groups of the rows [row, end) over all their keys; row is the first of a group. */
static void add_keys(const Work *w, Desk *desk, int row, int end, bool wide)
{
    const Kernel *kernel = w->kernel;
    size_t        size = kernel->group_bytes(w->in.d, w->in.e);
    int64_t       n = w->in.n;
    for (int r = row; r < end; r++) desk->next[r] = 0;
    for (int r = row; r < end; r += kernel->rows)
        kernel->start(&desk->in, desk->first + r, wide,
                      desk->groups + size * (size_t)(r / kernel->rows));
    for (int64_t key = next_key(desk, row, end, 0, n), hi; key < n;
         key = next_key(desk, row, end, hi, n)) {
        int64_t at = key / kernel->panel, lo = at * kernel->panel;
        hi = lo + KERNEL_BLOCK < n ? lo + KERNEL_BLOCK : n;
        for (int r = row; r < end; r += kernel->rows) {
            find_pairs(kernel, desk, r, lo, hi);
            if (desk->held) pack_pairs(kernel, desk, at);
            if (desk->pairs.live > 0)
                kernel->add(&desk->in, at, &desk->pairs,
                            desk->groups + size * (size_t)(r / kernel->rows), desk->room);
        }
    }
}

static bool finish_row(const Work *w, const Desk *desk, int r)
{
    const Kernel *kernel = w->kernel;
    size_t        size = kernel->group_bytes(w->in.d, w->in.e), i = (size_t)(desk->first + r);
    return kernel->finish(&desk->in, desk->groups + size * (size_t)(r / kernel->rows),
                          r % kernel->rows,
                          w->out ? w->out + i * (size_t)w->in.e * kernel->real : NULL,
                          w->lse ? w->lse + i * kernel->real : NULL);
}

/* The rows of a group that did not fit are done again with wide scores; the others are done. */
static void finish_group(const Work *w, Desk *desk, int row)
{
    int  end = row + w->kernel->rows < desk->rows ? row + w->kernel->rows : desk->rows;
    bool again = false;
    for (int r = row; r < end; r++) {
        desk->unfit[r] = !finish_row(w, desk, r);
        again |= desk->unfit[r];
    }
    if (!again) return;
    add_keys(w, desk, row, end, true);
    for (int r = row; r < end; r++)
        if (desk->unfit[r]) (void)finish_row(w, desk, r);
}

/* A Pattern serves one thread at a time. False where there is nothing to do any more. */
static bool take_rows(Work *w, Desk *desk, int64_t first)
{
    bool go_on = false;
#ifdef _OPENMP
#pragma omp critical(attention_rows)
#endif
    {
        if (!desk) w->status = STATUS_MEMORY;
        if (!w->status) {
            desk->first = first;
            desk->rows = (int)(w->in.n - first < BLOCK_ROWS ? w->in.n - first : BLOCK_ROWS);
            for (int r = 0; !w->status && r < desk->rows; r++)
                w->status = pattern_row(w->pattern, first + r, &desk->row[r]);
            go_on = !w->status;
        }
    }
    return go_on;
}

static void do_rows(Work *w, Desk *desk, int64_t first)
{
    if (!take_rows(w, desk, first)) return;
    add_keys(w, desk, 0, desk->rows, false);
    for (int r = 0; r < desk->rows; r += w->kernel->rows) finish_group(w, desk, r);
    if (!w->in.watch) return;
#ifdef _OPENMP
#pragma omp critical(attention_watch)
#endif
    w->in.watch(w->in.watcher, desk->rows);
}

/* Whether the rows from `first` on want at most so many panels of keys. */
static bool wants_few(Work *w, Desk *desk, int64_t first, int64_t most)
{
    if (!take_rows(w, desk, first)) return false;
    memset(desk->next, 0, sizeof desk->next);
    int64_t panels = 0, n = w->in.n;
    for (int64_t key = 0; panels <= most; panels++) {
        key = next_key(desk, 0, desk->rows, key, n);
        if (key >= n) break;
        key = (key / w->kernel->panel + 1) * w->kernel->panel;
    }
    return panels <= most;
}

/* Asks the last rows and those in the middle. What is found changes the time only. */
static void choose_packing(Work *w)
{
    int64_t most = RING_KEYS / w->kernel->panel / 2, n = w->in.n;
    Desk   *desk = desk_new(w);
    w->ring = n > 2 * RING_KEYS && wants_few(w, desk, n - BLOCK_ROWS, most) &&
              wants_few(w, desk, n / 2, most);
    desk_free(desk);
    if (!w->ring && !packed_new(w->kernel, panels_of(w->kernel, n), &w->in))
        w->status = STATUS_MEMORY;
}

/* From the last rows on: in the causal background they have the most keys, and the short ones fill
 * the end of the time evenly. */
static void do_all(Work *w, int threads)
{
    int64_t panels = w->ring ? 0 : w->in.slots, blocks = (w->in.n + BLOCK_ROWS - 1) / BLOCK_ROWS;
    (void)threads;
#ifdef _OPENMP
#pragma omp parallel num_threads(threads) if (threads > 1)
#endif
    {
        Desk *desk = desk_new(w);
#ifdef _OPENMP
#pragma omp for schedule(static)
#endif
        for (int64_t p = 0; p < panels; p++) w->kernel->pack(&w->in, p);
#ifdef _OPENMP
#pragma omp for schedule(dynamic)
#endif
        for (int64_t b = 0; b < blocks; b++) do_rows(w, desk, (blocks - 1 - b) * BLOCK_ROWS);
        desk_free(desk);
    }
}

Status kernel_run(const Kernel *kernel, const KernelInput *in, const Pattern *pattern, int threads,
                  void *out, void *lse)
{
    assert(in->n == pattern_n(pattern) && threads >= 1);
    Work w = {.kernel = kernel, .in = *in, .pattern = pattern, .out = out, .lse = lse};
    choose_packing(&w);
    if (!w.status) do_all(&w, threads);
    packed_done(&w.in);
    return w.status;
}
