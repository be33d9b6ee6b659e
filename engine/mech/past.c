/* past.c - the keys up to the query: a causal limit as a pattern of its own.
 * Kept pairs for n queries, in both backgrounds: n(n+1)/2 (n=16: 136). */
#include "engine/mechanism.h"
#include "engine/progression.h"

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    (void)leaf;
    return runs_append(out, 0, i + 1);
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    (void)leaf;
    return range_overlap(0, i + 1, lo, hi);
}

static int64_t total(const Leaf *leaf)
{
    return range_triangle(leaf->n);
}

const Mechanism mech_past[] = {
    {.name = "past",
     .sentence = "each query sees its own key and every earlier one",
     .class = CLASS_POSITIONAL, .axis = AXIS_DISTANCE, .formula = "i+1", .shape = "all keys up to the query",
     .row = row, .count = count, .total = total},
    {.name = NULL},
};
