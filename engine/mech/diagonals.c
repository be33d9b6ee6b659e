/* diagonals.c - keys at listed distances before the query.
 * Source: Jiang et al. 2024, arXiv:2407.02490 (the slashes of vertical-slash heads).
 * A negative offset is a key after the query. Offset o holds n - |o| pairs
 *     (n=16, at=[0-3,8]: 66 pairs, causal) */
#include "engine/mechanism.h"
#include "engine/progression.h"

static const Param param[] = {
    {.name = "at",
     .kind = PARAM_LIST,
     .min = -INTEGER_LIMIT,
     .max = INTEGER_LIMIT,
     .list = LIST_SET,
     .signed_items = true,
     .unit = "positions",
     .help = "distances back from the query; negative ones look ahead"},
};

/* The keys of one item: offsets lo .. hi, so keys i-hi .. i-lo. */
static Run keys(const Value *item, int64_t i)
{
    return (Run){i - item->hi, i - item->lo + 1};
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    const Value *at = &leaf->value[0];
    Status       status = STATUS_OK;
    for (int k = at->items - 1; !status && k >= 0; k--) {
        Run run = keys(&at->item[k], i);
        status = runs_append(out, run.lo > 0 ? run.lo : 0, run.hi < leaf->n ? run.hi : leaf->n);
    }
    return status;
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    const Value *at = &leaf->value[0];
    int64_t      found = 0;
    for (int k = 0; k < at->items; k++) {
        Run run = keys(&at->item[k], i);
        found += range_overlap(run.lo, run.hi, lo, hi);
    }
    return found;
}

static int64_t total(const Leaf *leaf)
{
    const Value *at = &leaf->value[0];
    int64_t      pairs = 0;
    for (int k = 0; k < at->items; k++) {
        int64_t lo = at->item[k].lo, hi = at->item[k].hi;
        pairs += progression_pairs((Progression){lo > 0 ? lo : 0, hi, 1}, leaf->n);
        if (leaf->background == BACKGROUND_CAUSAL || lo >= 0) continue;
        pairs += progression_pairs((Progression){hi < 0 ? -hi : 1, -lo, 1}, leaf->n);
    }
    return pairs;
}

const Mechanism mech_diagonals[] = {
    {.name = "diagonals",
     .sentence = "each query sees the keys at the listed distances before it",
     .source = {"Jiang et al.",
                "MInference 1.0: Accelerating Pre-filling for Long-Context LLMs via Dynamic Sparse "
                "Attention",
                "arXiv:2407.02490", 2024},
     .param = param,
     .params = 1,
     .class = CLASS_POSITIONAL,
     .axis = AXIS_DISTANCE,
     .shape = "${at=0:no diagonal;1:the diagonal at distance $at;the diagonals at distances $at}",
     .many = true,
     .row = row,
     .count = count,
     .total = total},
    {.name = NULL},
};
