/* self.c - the query's own key.
 * Kept pairs for n queries: n. */
#include "engine/mechanism.h"
#include "engine/progression.h"

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    (void)leaf;
    return runs_append(out, i, i + 1);
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    (void)leaf;
    return range_overlap(i, i + 1, lo, hi);
}

static int64_t total(const Leaf *leaf)
{
    return leaf->n;
}

const Mechanism mech_self[] = {
    {.name = "self",
     .sentence = "each query sees its own key alone",
     .class = CLASS_POSITIONAL, .axis = AXIS_DISTANCE, .formula = "1", .shape = "the diagonal",
     .row = row, .count = count, .total = total},
    {.name = NULL},
};
