/* prefix.c - the first p keys for every query, and the keys up to the query.
 * Source: Raffel et al. 2019, arXiv:1910.10683 (prefix language model).
 * Its square shows in the bidirectional background only. Kept pairs there, p <= n:
 * p*p + n(n+1)/2 - p(p+1)/2     (n=16, p=5: 146) */
#include "engine/mechanism.h"
#include "engine/progression.h"

static const Param param[] = {
    {.name = "p", .kind = PARAM_INTEGER, .min = 0, .max = INTEGER_LIMIT, .start = 4, .unit = "keys",
     .help = "first keys that every query sees"},
};

static int64_t end(const Leaf *leaf, int64_t i)
{
    int64_t p = leaf_integer(leaf, 0), seen = p > i + 1 ? p : i + 1;
    return seen < leaf->n ? seen : leaf->n;
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    return runs_append(out, 0, end(leaf, i));
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return range_overlap(0, end(leaf, i), lo, hi);
}

static int64_t total(const Leaf *leaf)
{
    int64_t n = leaf->n, p = leaf_integer(leaf, 0) < n ? leaf_integer(leaf, 0) : n;
    if (leaf->background == BACKGROUND_CAUSAL) return range_triangle(n);
    return p * p + range_triangle(n) - range_triangle(p);
}

const Mechanism mech_prefix[] = {
    {.name = "prefix",
     .sentence = "each query sees the first p keys and every key up to its own",
     .source = {"Raffel et al.", "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
                "arXiv:1910.10683", 2019},
     .param = param, .params = 1, .class = CLASS_POSITIONAL, .parts = "sink(s=$p) | past", .formula = "i+1",
     .silent = "p",
     .shape = "${p=0:;1:the first column and ;the first $p columns and }all keys up to the query",
     .row = row, .count = count, .total = total},
    {.name = NULL},
};
