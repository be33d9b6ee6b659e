/* random.c - key blocks that are drawn once for each query block from a seed, never from content.
 * Source: Zaheer et al. 2020, arXiv:2007.14062.
 * Drawn from the blocks that the background shows to the query block (causal: up to its own); all
 * if there are fewer. from=far leaves out what BigBird holds anyway: the query's block, both beside
 * it, the first and the last block; in the causal background the later ones too.
 * The draw (rng-1): generator of the seed xor a mix of the block's number, then r distinct of m by
 * Floyd's method, so that a row needs no other row. Blocks of a row, b=1, causal:  min(r, i+1) */
#include "engine/mechanism.h"
#include "engine/progression.h"
#include "engine/rng.h"

#include <string.h>

static const Param param[] = {
    {.name = "r",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "blocks",
     .help = "key blocks for each query block"},
    {.name = "seed",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 1,
     .unit = "",
     .help = "another number, another draw"},
    {.name = "b",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 1,
     .unit = "positions",
     .help = "positions of a block"},
    {.name = "from",
     .kind = PARAM_WORD,
     .optional = true,
     .words = "all far",
     .unit = "",
     .help = "all blocks, or those that are neither near nor first or last"},
};

/* before blocks from first on, then behind blocks from second on. */
typedef struct {
    int64_t first, before, second, behind;
} Candidates;

static int64_t natural(int64_t x)
{
    return x > 0 ? x : 0;
}

static Candidates candidates(const Leaf *leaf, int64_t block)
{
    int64_t blocks = (leaf->n - 1) / leaf_integer(leaf, 2) + 1;
    bool    causal = leaf->background == BACKGROUND_CAUSAL;
    if (strcmp(leaf->value[3].text, "all") == 0)
        return (Candidates){0, causal ? block + 1 : blocks, 0, 0};
    return (Candidates){1, natural(block - 2), block + 2, causal ? 0 : natural(blocks - 3 - block)};
}

static Rng block_rng(const Leaf *leaf, int64_t block)
{
    return rng_seeded((uint64_t)leaf_integer(leaf, 1) ^
                      (uint64_t)(block + 1) * UINT64_C(0xd1342543de82ef95));
}

/* r distinct numbers below m, each set of them equally likely (Bentley & Floyd 1987). */
static Status draw(Rng *rng, int64_t r, int64_t m, Runs *out)
{
    Status status = STATUS_OK;
    if (r >= m) return runs_append(out, 0, m);
    for (int64_t last = m - r; !status && last < m; last++) {
        int64_t x = rng_int(rng, 0, last);
        if (runs_has(out, x)) x = last;
        status = runs_add(out, x, x + 1);
    }
    return status;
}

static int64_t block_begin(const Leaf *leaf, int64_t block)
{
    int64_t begin = block * leaf_integer(leaf, 2);
    return begin < leaf->n ? begin : leaf->n;
}

/* Candidate numbers lo .. hi-1, all before or all behind, as positions. */
static Status append_blocks(const Leaf *leaf, int64_t lo, int64_t hi, int64_t shift, Runs *out)
{
    if (lo >= hi) return STATUS_OK;
    return runs_append(out, block_begin(leaf, lo + shift), block_begin(leaf, hi + shift));
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    int64_t    block = i / leaf_integer(leaf, 2);
    Candidates c = candidates(leaf, block);
    Rng        rng = block_rng(leaf, block);
    Runs       drawn = {0};
    Status     status = draw(&rng, leaf_integer(leaf, 0), c.before + c.behind, &drawn);
    for (int k = 0; !status && k < drawn.len; k++) {
        Run run = drawn.run[k];
        status = append_blocks(leaf, run.lo, run.hi < c.before ? run.hi : c.before, c.first, out);
        if (run.lo < c.before) run.lo = c.before;
        if (!status) status = append_blocks(leaf, run.lo, run.hi, c.second - c.before, out);
    }
    runs_done(&drawn);
    return status;
}

static int64_t until(const Leaf *leaf, int64_t i)
{
    return block_begin(leaf, i / leaf_integer(leaf, 2) + 1);
}

const Mechanism mech_random[] = {
    {.name = "random",
     .sentence = "each block of queries sees r blocks of keys, drawn once from the seed",
     .source = {"Zaheer et al.", "Big Bird: Transformers for Longer Sequences", "arXiv:2007.14062",
                2020},
     .param = param,
     .params = 4,
     .class = CLASS_POSITIONAL,
     .formula = "min(r, i+1)",
     .silent = "seed",
     .shape =
         "${r=1:a random ${b=1:key;block of $b};$r random ${b=1:keys;blocks of $b}}"
         "${from=all:; away from the diagonal and the ends}${b=1: for each query; for each block}",
     .until = until,
     .row = row},
    {.name = NULL},
};
