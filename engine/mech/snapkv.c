/* snapkv.c - a prompt cut down once: its last keys, and those that its last queries look at.
 * Source: Li et al. 2024, arXiv:2404.14469.
 * Rows of the prompt are whole. Later rows see what was kept of it, and every key since.
 * Keys of row i >= prompt:  min(prompt, c) + i - prompt + 1     (c=320, prompt=1000, i=1009: 330)
 *
 * The last w of the prompt stay. Each other key counts the weight that those w queries give it in
 * their full causal rows; around each a window of `pool` of these counts is summed or searched for
 * the largest, without the last w, as in the source; the c-w best stay. Dividing the sum by pool,
 * which a mean does at the ends too, changes no order and is left out. */
#include "engine/content.h"
#include "engine/mechanism.h"

#include <stdlib.h>
#include <string.h>

static const Param param[] = {
    {.name = "w",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "keys",
     .help = "last keys of the prompt that stay, and whose queries judge the others"},
    {.name = "c",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 6,
     .unit = "keys",
     .help = "keys of the prompt that stay in all"},
    {.name = "pool",
     .kind = PARAM_INTEGER,
     .min = 1,
     .step = 2,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 5,
     .unit = "keys",
     .help = "keys around each whose weights are taken together"},
    {.name = "by",
     .kind = PARAM_WORD,
     .optional = true,
     .words = "mean max",
     .unit = "",
     .help = "how they are taken together"},
    {.name = "prompt",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = INTEGER_LIMIT,
     .unit = "tokens",
     .help = "tokens of the prompt; all of them if left out"},
};

static Status check(const Value *value, Why *why)
{
    if (value[0].lo <= value[1].lo) return STATUS_OK;
    return why_say(why, STATUS_RANGE, 1, "snapkv needs w of at most c");
}

static int64_t prompt_of(const Leaf *leaf)
{
    int64_t prompt = leaf_integer(leaf, 4);
    return prompt < leaf->n ? prompt : leaf->n;
}

/* What the queries from `first` on give to the keys before it, into sum[0]. */
static void sum_columns(const Problem *p, int64_t first, int64_t end, ContentRoom *room)
{
    for (int64_t i = first; i < end; i++) {
        double sum = content_row(p, i, i + 1, room->score, room->weight);
        for (int64_t j = 0; sum > 0 && j < first; j++) room->sum[0][j] += room->weight[j] / sum;
    }
}

/* sum[0] taken together around each key, into sum[1]. */
static void pool_weights(const Leaf *leaf, int64_t keys, ContentRoom *room)
{
    int64_t side = leaf_integer(leaf, 2) / 2;
    bool    largest = strcmp(leaf->value[3].text, "max") == 0;
    for (int64_t j = 0; j < keys; j++) {
        int64_t lo = j > side ? j - side : 0, hi = keys - j > side ? j + side + 1 : keys;
        double  pooled = 0; /* no weight is negative */
        for (int64_t t = lo; t < hi; t++) {
            double x = room->sum[0][t];
            pooled = !largest ? pooled + x : x > pooled ? x : pooled;
        }
        room->sum[1][j] = pooled;
    }
}

static Status choose(const Leaf *leaf, Runs *kept)
{
    int64_t     prompt = prompt_of(leaf), w = leaf_integer(leaf, 0), c = leaf_integer(leaf, 1);
    int64_t     others = prompt - w;
    ContentRoom room;
    if (prompt <= c || prompt == leaf->n) return runs_append(kept, 0, prompt);
    Status status = content_room(leaf->n, &room);
    if (status) return status;
    sum_columns(leaf->content, others, prompt, &room);
    pool_weights(leaf, others, &room);
    status = content_best(room.sum[1], others, c - w, &room, kept);
    content_room_done(&room);
    return status ? status : runs_append(kept, others, prompt);
}

static Status prepare(Leaf *leaf, Why *why)
{
    Runs  *kept = calloc(1, sizeof *kept);
    Status status = kept ? choose(leaf, kept) : STATUS_MEMORY;
    leaf->state = kept;
    return status ? why_say(why, status, 0, "%s", status_sentence(status)) : STATUS_OK;
}

static void release(Leaf *leaf)
{
    if (leaf->state) runs_done(leaf->state);
    free(leaf->state);
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    int64_t prompt = prompt_of(leaf);
    if (i < prompt) return runs_append(out, 0, i + 1);
    Status status = runs_copy(leaf->state, out);
    return status ? status : runs_append(out, prompt, i + 1);
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    int64_t end = hi < i + 1 ? hi : i + 1, prompt = prompt_of(leaf);
    if (end <= lo) return 0;
    if (i < prompt) return end - lo;
    int64_t since = end > prompt ? end - (lo > prompt ? lo : prompt) : 0;
    return since + runs_count_in(leaf->state, lo, end);
}

static void sure(const Value *value, Writer *w)
{
    int64_t last = value[0].lo, prompt = value[4].lo;
    bool    all = prompt == INTEGER_LIMIT;
    if (prompt <= last) {
        writer_text(w, "full");
        return;
    }
    writer_text(w, all ? "keys(at=[-" : "full - sink(s=");
    writer_integer(w, all ? last : prompt - last);
    writer_text(w, all ? "--1])" : ")");
}

const Mechanism mech_snapkv[] = {
    {.name = "snapkv",
     .sentence =
         "after the prompt its last w keys and the best c-w others stay, and every later key",
     .source = {"Li et al.", "SnapKV: LLM Knows What You are Looking for Before Generation",
                "arXiv:2404.14469", 2024},
     .param = param,
     .params = 5,
     .class = CLASS_HYBRID,
     .reads = "scores",
     .formula = "i+1",
     .formula_general = "i + 1 - max(0, prompt - c)*[i >= prompt]",
     .silent = "w c pool by",
     .shape = "${prompt=*:the triangle of the prompt;"
              "the triangle of the first $prompt, then $c of their columns and all later keys}",
     .sure = sure,
     .policy = true,
     .check = check,
     .prepare = prepare,
     .release = release,
     .row = row,
     .count = count},
    {.name = NULL},
};
