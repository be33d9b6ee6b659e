/* document.c - queries see their own document of a packed text.
 * Source: Raffel et al. 2019, arXiv:1910.10683 (packing); Krell et al. 2021, arXiv:2107.02027.
 * lens: lengths one behind the other; what is left of the text is one last document.
 * Keys of row i, causal:  i - start(document of i) + 1     (n=16, lens=[5,7]: 53 pairs) */
#include "engine/listed.h"
#include "engine/mechanism.h"
#include "engine/progression.h"

#include <stdlib.h>

static const Param param[] = {
    {.name = "lens",
     .kind = PARAM_LIST,
     .min = 0,
     .max = INTEGER_LIMIT,
     .list = LIST_ORDERED,
     .unit = "tokens",
     .help = "lengths of the documents, the rest is one last one"},
};

/* Document d is begin[d] ... begin[d+1]-1. Those without tokens are left out. */
typedef struct {
    int64_t documents;
    int64_t begin[]; /* documents + 1; the last is n */
} Packed;

static Packed *packed_new(const Value *lens, int64_t n)
{
    int64_t room = listed_size(lens) < n ? listed_size(lens) + 1 : n, len, at = 0;
    Packed *packed = malloc(sizeof *packed + ((size_t)room + 1) * sizeof *packed->begin);
    if (!packed) return NULL;
    packed->documents = 0;
    for (Listed walk = listed_begin(lens); at < n && listed_next(&walk, &len); at += len)
        if (len > 0) packed->begin[packed->documents++] = at;
    if (at < n) packed->begin[packed->documents++] = at;
    packed->begin[packed->documents] = n;
    return packed;
}

static Status prepare(Leaf *leaf, Why *why)
{
    leaf->state = packed_new(&leaf->value[0], leaf->n);
    if (leaf->state) return STATUS_OK;
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

static void release(Leaf *leaf)
{
    free(leaf->state);
}

static Run document_of(const Leaf *leaf, int64_t i)
{
    const Packed *packed = leaf->state;
    int64_t       lo = 0, hi = packed->documents;
    while (hi - lo > 1) {
        int64_t middle = (lo + hi) / 2;
        if (packed->begin[middle] <= i)
            lo = middle;
        else
            hi = middle;
    }
    return (Run){packed->begin[lo], packed->begin[lo + 1]};
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    Run run = document_of(leaf, i);
    return runs_append(out, run.lo, run.hi);
}

static int64_t until(const Leaf *leaf, int64_t i)
{
    return document_of(leaf, i).hi;
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    Run run = document_of(leaf, i);
    return range_overlap(run.lo, run.hi, lo, hi);
}

static int64_t total(const Leaf *leaf)
{
    const Packed *packed = leaf->state;
    int64_t       cells = 0;
    for (int64_t d = 0; d < packed->documents; d++) {
        int64_t len = packed->begin[d + 1] - packed->begin[d];
        cells += leaf->background == BACKGROUND_CAUSAL ? range_triangle(len) : len * len;
    }
    return cells;
}

const Mechanism mech_document[] = {
    {.name = "document",
     .sentence = "each query sees its own document; the boundaries are given beside the text",
     .source = {"Krell et al.", "Efficient Sequence Packing without Cross-contamination",
                "arXiv:2107.02027", 2021},
     .param = param,
     .params = 1,
     .class = CLASS_POSITIONAL,
     .shape = "${lens=0:one document;documents of $lens tokens, then the rest}",
     .until = until,
     .prepare = prepare,
     .release = release,
     .row = row,
     .count = count,
     .total = total},
    {.name = NULL},
};
