/* keys.c - positions that are listed: as keys for all, as queries that see all, or as both.
 * Source: Beltagy et al. 2020, arXiv:2004.05150 (global attention); keys alone as in DeepSpeed.
 * A negative position counts from the end (-1 is the last); what lies outside is ignored. With
 * b > 1 blocks of b positions are listed, and -1 is the last block, short or not.
 * global, S listed positions, bidirectional:  2n*S - S*S pairs     (n=16, S=1: 31) */
#include "engine/listed.h"
#include "engine/mechanism.h"
#include "engine/progression.h"

#include <stdlib.h>

#define LIST(text)                                                                                \
    {.name = "at", .kind = PARAM_LIST, .min = -INTEGER_LIMIT, .max = INTEGER_LIMIT,               \
     .list = LIST_SET, .unit = "positions", .help = text},                                        \
    {.name = "b", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .optional = true,        \
     .start = 1, .unit = "positions", .help = "width of what is listed: above 1 the list holds blocks"}

static const Param keys_param[] = {LIST("positions that every query sees")};
static const Param rows_param[] = {LIST("queries that see every key")};
static const Param global_param[] = {LIST("positions that see all and are seen by all")};

static Status prepare(Leaf *leaf, Why *why)
{
    Runs  *at = calloc(1, sizeof *at);
    Status status = at ? listed_positions(&leaf->value[0], leaf->n, leaf_integer(leaf, 1), at) : STATUS_MEMORY;
    leaf->state = at;
    return status ? why_say(why, status, 0, "%s", status_sentence(status)) : STATUS_OK;
}

static void release(Leaf *leaf)
{
    if (leaf->state) runs_done(leaf->state);
    free(leaf->state);
}

/* Queries that read a listed key, or cells of listed rows: a causal position p counts n - p readers
 * and p + 1 keys. */
static int64_t readers(const Leaf *leaf)
{
    const Runs *at = leaf->state;
    int64_t     n = leaf->n, cells = 0;
    if (leaf->background == BACKGROUND_BIDIRECTIONAL) return n * runs_count(at);
    for (int k = 0; k < at->len; k++) cells += range_triangle(n - at->run[k].lo) - range_triangle(n - at->run[k].hi);
    return cells;
}

static int64_t row_cells(const Leaf *leaf)
{
    const Runs *at = leaf->state;
    int64_t     cells = 0;
    if (leaf->background == BACKGROUND_BIDIRECTIONAL) return leaf->n * runs_count(at);
    for (int k = 0; k < at->len; k++) cells += range_triangle(at->run[k].hi) - range_triangle(at->run[k].lo);
    return cells;
}

static Status keys_row(const Leaf *leaf, int64_t i, Runs *out)
{
    const Runs *at = leaf->state;
    int64_t     end = leaf_end(leaf, i);
    Status      status = STATUS_OK;
    for (int k = 0; !status && k < at->len && at->run[k].lo < end; k++)
        status = runs_append(out, at->run[k].lo, at->run[k].hi);
    return status;
}

static int64_t keys_count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    (void)i;
    return runs_count_in(leaf->state, lo, hi);
}

static Status rows_row(const Leaf *leaf, int64_t i, Runs *out)
{
    return runs_has(leaf->state, i) ? runs_append(out, 0, leaf->n) : STATUS_OK;
}

/* To the end of the listed stretch, or of the one between two. */
static int64_t rows_until(const Leaf *leaf, int64_t i)
{
    const Runs *at = leaf->state;
    int         k = 0;
    while (k < at->len && at->run[k].hi <= i) k++;
    if (k == at->len) return leaf->n;
    return i < at->run[k].lo ? at->run[k].lo : at->run[k].hi;
}

static int64_t rows_count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return runs_has(leaf->state, i) ? hi - lo : 0;
}

static Status global_row(const Leaf *leaf, int64_t i, Runs *out)
{
    return runs_has(leaf->state, i) ? rows_row(leaf, i, out) : keys_row(leaf, i, out);
}

static int64_t global_count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return runs_has(leaf->state, i) ? hi - lo : keys_count(leaf, i, lo, hi);
}

static int64_t global_total(const Leaf *leaf)
{
    int64_t listed_positions = runs_count(leaf->state);
    bool    causal = leaf->background == BACKGROUND_CAUSAL;
    int64_t both = causal ? range_triangle(listed_positions) : listed_positions * listed_positions;
    return readers(leaf) - both + row_cells(leaf);
}

#define BLOCKS "${b=1:; in blocks of $b}"

const Mechanism mech_keys[] = {
    {.name = "keys",
     .sentence = "each query sees the listed keys",
     .param = keys_param, .params = 2, .class = CLASS_POSITIONAL, .axis = AXIS_KEY,
     .shape = "${at=0:no column;1:column $at;columns $at}" BLOCKS,
     .many = true, .prepare = prepare, .release = release,
     .row = keys_row, .count = keys_count, .total = readers},
    {.name = "rows",
     .sentence = "the listed queries see every key, the others none",
     .param = rows_param, .params = 2, .class = CLASS_POSITIONAL,
     .shape = "${at=0:no row;1:row $at;rows $at}" BLOCKS,
     .until = rows_until, .prepare = prepare, .release = release,
     .row = rows_row, .count = rows_count, .total = row_cells},
    {.name = "global",
     .sentence = "the listed tokens see all and are seen by all",
     .source = {"Beltagy et al.", "Longformer: The Long-Document Transformer", "arXiv:2004.05150", 2020},
     .param = global_param, .params = 2, .class = CLASS_POSITIONAL,
     .parts = "keys(at=$at, b=$b) | rows(at=$at, b=$b)",
     .shape = "${at=0:no row or column;1:row and column $at;rows and columns $at}" BLOCKS,
     .many = true, .prepare = prepare, .release = release,
     .row = global_row, .count = global_count, .total = global_total},
    {.name = NULL},
};
