/* vertical_slash.c - the best columns and the best diagonals, as the last queries show them.
 * Source: Jiang et al. 2024, MInference, arXiv:2407.02490.
 * In the causal rows of the last queries a column counts the sum of its weights, and an offset o
 * the sum of the weights at (i, i-o). The first `keep` columns and the offsets 0 ... keep-1 are
 * always among the v and s. One choice serves all rows, the early ones too; in the bidirectional
 * background columns reach past the query, diagonals never do. */
#include "engine/content.h"
#include "engine/mechanism.h"

#include <math.h>
#include <stdlib.h>

static const Param param[] = {
    {.name = "v",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "keys",
     .help = "columns, the best by weight"},
    {.name = "s",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "keys",
     .help = "diagonals, the best by weight"},
    {.name = "last",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 64,
     .unit = "queries",
     .help = "last queries, whose rows decide"},
    {.name = "keep",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 0,
     .unit = "keys",
     .help = "first columns and diagonals that are among them for sure"},
};

static Status check(const Value *value, Why *why)
{
    if (value[3].lo <= value[0].lo && value[3].lo <= value[1].lo) return STATUS_OK;
    return why_say(why, STATUS_RANGE, 4, "vertical_slash needs keep of at most v and of at most s");
}

typedef struct {
    Runs column, offset;
} Chosen;

/* Columns into sum[0], offsets into sum[1]. */
static void estimate(const Leaf *leaf, ContentRoom *room)
{
    int64_t last = leaf_integer(leaf, 2), keep = leaf_integer(leaf, 3);
    for (int64_t i = leaf->n > last ? leaf->n - last : 0; i < leaf->n; i++) {
        double sum = content_row(leaf->content, i, i + 1, room->score, room->weight);
        for (int64_t j = 0; sum > 0 && j <= i; j++) {
            room->sum[0][j] += room->weight[j] / sum;
            room->sum[1][i - j] += room->weight[j] / sum;
        }
    }
    for (int64_t j = 0; j < keep && j < leaf->n; j++) room->sum[0][j] = room->sum[1][j] = INFINITY;
}

static Status choose(const Leaf *leaf, Chosen *chosen)
{
    ContentRoom room;
    Status      status = content_room(leaf->n, &room);
    if (status) return status;
    estimate(leaf, &room);
    status = content_best(room.sum[0], leaf->n, leaf_integer(leaf, 0), &room, &chosen->column);
    if (!status)
        status = content_best(room.sum[1], leaf->n, leaf_integer(leaf, 1), &room, &chosen->offset);
    content_room_done(&room);
    return status;
}

static Status prepare(Leaf *leaf, Why *why)
{
    Chosen *chosen = calloc(1, sizeof *chosen);
    Status  status = chosen ? choose(leaf, chosen) : STATUS_MEMORY;
    leaf->state = chosen;
    return status ? why_say(why, status, 0, "%s", status_sentence(status)) : STATUS_OK;
}

static void release(Leaf *leaf)
{
    Chosen *chosen = leaf->state;
    if (!chosen) return;
    runs_done(&chosen->column);
    runs_done(&chosen->offset);
    free(chosen);
}

/* Offsets lo .. hi-1 are the keys i-hi+1 .. i-lo: the largest offsets come first. */
static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    const Chosen *chosen = leaf->state;
    Runs          slash = {0};
    Status        status = STATUS_OK;
    for (int k = chosen->offset.len - 1; !status && k >= 0; k--) {
        Run run = chosen->offset.run[k];
        if (run.lo <= i)
            status = runs_append(&slash, run.hi <= i ? i - run.hi + 1 : 0, i - run.lo + 1);
    }
    if (!status) status = runs_union(&chosen->column, &slash, out);
    runs_done(&slash);
    return status;
}

static void sure(const Value *value, Writer *w)
{
    if (value[3].lo == 0) return;
    writer_text(w, "sink(s=");
    writer_integer(w, value[3].lo);
    writer_text(w, ") | window(w=");
    writer_integer(w, value[3].lo);
    writer_text(w, ")");
}

const Mechanism mech_vertical_slash[] = {
    {.name = "vertical_slash",
     .sentence =
         "each query sees the v columns and s diagonals that the last queries give most weight",
     .source = {"Jiang et al.",
                "MInference 1.0: Accelerating Pre-filling for Long-Context LLMs via Dynamic Sparse "
                "Attention",
                "arXiv:2407.02490", 2024},
     .param = param,
     .params = 4,
     .class = CLASS_CONTENT,
     .reads = "scores",
     .shape =
         "the ${v=1:best column;$v best columns} and the ${s=1:best diagonal;$s best diagonals}",
     .sure = sure,
     .check = check,
     .prepare = prepare,
     .release = release,
     .row = row},
    {.name = NULL},
};
