#include "tests/engine/atom.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- writing expressions ---- */

static void add(Case *c, const char *format, ...)
{
    size_t  len = strlen(c->text);
    va_list list;
    va_start(list, format);
    vsnprintf(c->text + len, sizeof c->text - len, format, list);
    va_end(list);
}

static void begin(Case *c, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(c->text, sizeof c->text, format, list);
    va_end(list);
}

static void add_list(Case *c)
{
    for (int k = 0; k < c->items; k++) add(c, "%s%lld", k > 0 ? "," : "", (long long)c->list[k]);
    add(c, "])");
}

static void add_option(Case *c, Rng *rng, const char *name, int64_t *value, int64_t by_default,
                       int64_t least, int64_t most)
{
    *value = rng_int(rng, 0, 1) ? rng_int(rng, least, most) : by_default;
    if (*value != by_default || rng_int(rng, 0, 1)) add(c, ", %s=%lld", name, (long long)*value);
}

/* ---- diagonals, log ---- */

static void draw_diagonals(Case *c, Rng *rng)
{
    begin(c, "diagonals(at=[");
    c->items = (int)rng_int(rng, 0, 5);
    for (int k = 0; k < c->items; k++) c->list[k] = rng_int(rng, -c->n - 2, c->n + 2);
    add_list(c);
}

static bool diagonals_holds(const Case *c, int64_t i, int64_t j)
{
    for (int k = 0; k < c->items; k++)
        if (j == i - c->list[k]) return true;
    return false;
}

static void draw_log(Case *c, Rng *rng)
{
    bool restart = rng_int(rng, 0, 1);
    c->p[0] = rng_int(rng, 2, 4);
    c->p[1] = rng_int(rng, 1, rng_int(rng, 0, 3) ? 4 : 30);
    c->p[2] = restart ? rng_int(rng, 1, 12) : 1000;
    begin(c, "log(base=%lld, local=%lld", (long long)c->p[0], (long long)c->p[1]);
    if (restart) add(c, ", restart=%lld", (long long)c->p[2]);
    add(c, ")");
}

static bool log_holds(const Case *c, int64_t i, int64_t j)
{
    for (int64_t from = i; from >= 0; from -= c->p[2]) {
        for (int64_t o = 0; o < c->p[1] && o <= c->p[2]; o++)
            if (j == from - o) return true;
        for (int64_t power = 1; c->p[1] - 1 + power <= c->p[2]; power *= c->p[0])
            if (j == from - (c->p[1] - 1 + power)) return true;
    }
    return false;
}

/* ---- document, same, tree ---- */

static void draw_document(Case *c, Rng *rng)
{
    begin(c, "document(lens=[");
    c->items = (int)rng_int(rng, 0, 8);
    for (int k = 0; k < c->items; k++) c->list[k] = rng_int(rng, 0, 3) ? rng_int(rng, 0, 9) : k;
    add_list(c);
}

static int document_at(const Case *c, int64_t i)
{
    int64_t end = 0;
    for (int k = 0; k < c->items; k++) {
        end += c->list[k];
        if (i < end) return k;
    }
    return c->items;
}

static bool document_holds(const Case *c, int64_t i, int64_t j)
{
    return document_at(c, i) == document_at(c, j);
}

static void draw_same(Case *c, Rng *rng)
{
    begin(c, "same(ids=[");
    c->items = (int)rng_int(rng, 0, ATOM_LARGEST + 3);
    int64_t most = rng_int(rng, 0, 1) ? 2 : 40;
    for (int k = 0; k < c->items; k++) c->list[k] = rng_int(rng, -2, most);
    add_list(c);
}

static bool same_holds(const Case *c, int64_t i, int64_t j)
{
    return i < c->items && j < c->items && c->list[i] >= 0 && c->list[i] == c->list[j];
}

/* Parents that come before, or in every third tree perhaps after, without a circle: the order in
 * which positions may be parents is shuffled. */
static void draw_tree(Case *c, Rng *rng)
{
    int64_t rank[ATOM_LARGEST + 4];
    begin(c, "tree(parent=[");
    c->items = (int)rng_int(rng, 0, ATOM_LARGEST + 3);
    for (int k = 0; k < c->items; k++) rank[k] = k;
    for (int k = rng_int(rng, 0, 2) ? 0 : c->items - 1; k > 0; k--) {
        int64_t other = rng_int(rng, 0, k), kept = rank[k];
        rank[k] = rank[other];
        rank[other] = kept;
    }
    for (int k = 0; k < c->items; k++) {
        int64_t parent = rng_int(rng, -1, c->items + 2);
        bool    listed = parent >= 0 && parent < c->items;
        c->list[k] = listed && rank[parent] >= rank[k] ? -1 : parent;
    }
    add_list(c);
}

static bool tree_holds(const Case *c, int64_t i, int64_t j)
{
    for (int64_t at = i; at >= 0 && at < c->n; at = at < c->items ? c->list[at] : -1)
        if (at == j) return true;
    return false;
}

/* ---- neighborhood ---- */

static void draw_neighborhood(Case *c, Rng *rng)
{
    c->p[0] = rng_int(rng, 1, rng_int(rng, 0, 4) ? 9 : 40);
    begin(c, "neighborhood(k=%lld", (long long)c->p[0]);
    add_option(c, rng, "stride", &c->p[1], 1, 1, 7);
    add_option(c, rng, "dilation", &c->p[2], 1, 1, 5);
    add(c, ")");
}

/* The exact rule of one axis; places are numbered along it. */
static bool axis_holds(int64_t k, int64_t stride, bool causal, int64_t length, int64_t p,
                       int64_t key)
{
    int64_t group = p / stride * stride;
    if (causal) {
        int64_t last = group + stride - 1 < length - 1 ? group + stride - 1 : length - 1;
        return key <= last && key > last - k && key <= p;
    }
    if (length < k) return true;
    int64_t m = group + stride / 2 < length - 1 ? group + stride / 2 : length - 1;
    int64_t first = m - k / 2 > 0 ? m - k / 2 : 0;
    if (first > length - k) first = length - k;
    return key >= first && key < first + k;
}

static bool neighborhood_holds(const Case *c, int64_t i, int64_t j)
{
    int64_t dilation = c->p[2], length = 0;
    if (i % dilation != j % dilation) return false;
    for (int64_t at = i % dilation; at < c->n; at += dilation) length++;
    return axis_holds(c->p[0], c->p[1], c->causal, length, i / dilation, j / dilation);
}

/* ---- segment, chosen ---- */

static void draw_segment(Case *c, Rng *rng)
{
    c->p[0] = rng_int(rng, 1, rng_int(rng, 0, 4) ? 12 : 40);
    c->p[1] = rng_int(rng, 1, 6);
    begin(c, "segment(w=%lld, r=%lld", (long long)c->p[0], (long long)c->p[1]);
    add_option(c, rng, "offset", &c->p[2], 0, 0, c->p[1] - 1);
    add(c, ")");
}

static bool segment_holds(const Case *c, int64_t i, int64_t j)
{
    int64_t w = c->p[0], r = c->p[1];
    return i / w == j / w && (i % w) % r == c->p[2] && (j % w) % r == c->p[2];
}

/* Lists for some query blocks, with blocks from the end, doubles, and blocks that are not there. */
static void draw_chosen(Case *c, Rng *rng)
{
    c->p[0] = rng_int(rng, 1, 8);
    int64_t blocks = (c->n + c->p[0] - 1) / c->p[0], lists = rng_int(rng, 0, blocks + 1);
    memset(c->block, 0, sizeof c->block);
    begin(c, "chosen(b=%lld, of=[", (long long)c->p[0]);
    for (int64_t q = 0; q < lists; q++) {
        add(c, "%s[", q > 0 ? "," : "");
        int64_t items = rng_int(rng, 0, 3);
        for (int64_t k = 0; k < items; k++) {
            int64_t block = rng_int(rng, -blocks - 1, blocks + 1),
                    from_start = block < 0 ? block + blocks : block;
            add(c, "%s%lld", k > 0 ? "," : "", (long long)block);
            if (q < blocks && from_start >= 0 && from_start < blocks)
                c->block[q][from_start] = true;
        }
        add(c, "]");
    }
    add(c, "])");
}

static bool chosen_holds(const Case *c, int64_t i, int64_t j)
{
    return c->block[i / c->p[0]][j / c->p[0]];
}

/* ---- rasters ---- */

static void draw_box(Case *c, Rng *rng, const char *name, const char *x, const char *y,
                     int64_t least)
{
    c->p[0] = rng_int(rng, 1, rng_int(rng, 0, 4) ? 7 : 40);
    c->p[1] = rng_int(rng, least, 6);
    c->p[2] = rng_int(rng, least, 6);
    begin(c, "%s(width=%lld, %s=%lld, %s=%lld)", name, (long long)c->p[0], x, (long long)c->p[1], y,
          (long long)c->p[2]);
}

static void draw_grid(Case *c, Rng *rng)
{
    draw_box(c, rng, "grid", "rx", "ry", 0);
}

static bool within(int64_t a, int64_t b, int64_t apart)
{
    return a - b <= apart && b - a <= apart;
}

static bool grid_holds(const Case *c, int64_t i, int64_t j)
{
    int64_t width = c->p[0];
    return within(i % width, j % width, c->p[1]) && within(i / width, j / width, c->p[2]);
}

static void draw_grid_neighborhood(Case *c, Rng *rng)
{
    draw_box(c, rng, "grid_neighborhood", "kx", "ky", 1);
}

static bool grid_neighborhood_holds(const Case *c, int64_t i, int64_t j)
{
    int64_t width = c->p[0], height = (c->n + width - 1) / width;
    return axis_holds(c->p[1], 1, c->causal, width, i % width, j % width) &&
           axis_holds(c->p[2], 1, c->causal, height, i / width, j / width);
}

static void draw_swin(Case *c, Rng *rng)
{
    c->p[0] = rng_int(rng, 1, rng_int(rng, 0, 4) ? 9 : 40);
    c->p[1] = rng_int(rng, 1, 5);
    begin(c, "swin(width=%lld, b=%lld", (long long)c->p[0], (long long)c->p[1]);
    add_option(c, rng, "shift", &c->p[2], 0, 0, 9);
    add(c, ")");
}

static bool swin_holds(const Case *c, int64_t i, int64_t j)
{
    int64_t width = c->p[0], b = c->p[1], shift = c->p[2];
    bool    same_x = (i % width + shift) / b == (j % width + shift) / b;
    return same_x && (i / width + shift) / b == (j / width + shift) / b;
}

const Atom atom_structured[] = {
    {"chosen", draw_chosen, chosen_holds},
    {"diagonals", draw_diagonals, diagonals_holds},
    {"document", draw_document, document_holds},
    {"grid", draw_grid, grid_holds},
    {"grid_neighborhood", draw_grid_neighborhood, grid_neighborhood_holds},
    {"log", draw_log, log_holds},
    {"neighborhood", draw_neighborhood, neighborhood_holds},
    {"same", draw_same, same_holds},
    {"segment", draw_segment, segment_holds},
    {"swin", draw_swin, swin_holds},
    {"tree", draw_tree, tree_holds},
    {NULL, NULL, NULL},
};
