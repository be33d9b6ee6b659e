#include "engine/design.h"
#include "engine/listed.h"
#include "engine/postfix.h"

#define COUNT(list) (int)(sizeof(list) / sizeof *(list))

static const Param strided_param[] = {
    {.name = "l",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 8,
     .unit = "keys",
     .help = "keys of the window, and the stride"},
};

static const Param fixed_param[] = {
    {.name = "l",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 8,
     .unit = "keys",
     .help = "keys of a block"},
    {.name = "c",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 1,
     .unit = "keys",
     .help = "last columns of each block that later queries read"},
};

static const Param streaming_param[] = {
    {.name = "s",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "keys",
     .help = "first keys, kept for ever"},
    {.name = "w",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "keys",
     .help = "most recent keys, own key counted"},
};

static const Param longformer_param[] = {
    {.name = "w",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "keys",
     .help = "keys on each side, own key extra"},
    {.name = "at",
     .kind = PARAM_LIST,
     .min = -INTEGER_LIMIT,
     .max = INTEGER_LIMIT,
     .list = LIST_SET,
     .unit = "positions",
     .help = "tokens that see all and are seen by all"},
};

static const Param bigbird_param[] = {
    {.name = "b",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "positions",
     .help = "positions of a block"},
    {.name = "r",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 1,
     .unit = "blocks",
     .help = "random blocks for each block of queries"},
    {.name = "seed",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 1,
     .unit = "",
     .help = "another number, another draw"},
};

static const Param longnet_param[] = {
    {.name = "w",
     .kind = PARAM_LIST,
     .min = 1,
     .max = INTEGER_LIMIT,
     .list = LIST_ORDERED,
     .unit = "positions",
     .help = "positions of a segment, one number a branch"},
    {.name = "r",
     .kind = PARAM_LIST,
     .min = 1,
     .max = INTEGER_LIMIT,
     .list = LIST_ORDERED,
     .unit = "positions",
     .help = "distance of the places that take part, one number a branch"},
};

static const Param moba_param[] = {
    {.name = "b",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "keys",
     .help = "keys of a block"},
    {.name = "k",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "blocks",
     .help = "blocks of a row, the query's own counted"},
};

static const Param quest_param[] = {
    {.name = "p",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "keys",
     .help = "keys of a page"},
    {.name = "k",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "pages",
     .help = "pages of a row, the query's own counted"},
};

static const Param minference_param[] = {
    {.name = "v",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "keys",
     .help = "columns, the best by weight"},
    {.name = "s",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "keys",
     .help = "diagonals, the best by weight"},
};

static const Param h2o_param[] = {
    {.name = "h",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "keys",
     .help = "older keys that stay, those with most received weight"},
    {.name = "r",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "keys",
     .help = "newest keys that stay"},
};

static const Param nsa_param[] = {
    {.name = "b",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "keys",
     .help = "keys of a block"},
    {.name = "k",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "blocks",
     .help = "blocks of a row, the query's own counted"},
    {.name = "w",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 4,
     .unit = "keys",
     .help = "keys of the window, own key counted"},
};

static Status longnet_check(const Value *value, Why *why)
{
    int64_t segments = listed_size(&value[0]);
    if (segments > RECIPE_LEAVES)
        return why_say(why, STATUS_RANGE, 1, "longnet needs w of at most %d numbers",
                       RECIPE_LEAVES);
    if (segments == listed_size(&value[1])) return STATUS_OK;
    return why_say(why, STATUS_RANGE, 2, "longnet needs as many numbers in r as in w");
}

static Status fixed_check(const Value *value, Why *why)
{
    if (value[1].lo <= value[0].lo) return STATUS_OK;
    return why_say(why, STATUS_RANGE, 2, "fixed needs c of at most l");
}

const Mechanism design_list[] = {
    {.name = "bigbird",
     .sentence = "each block sees itself, both neighbours, the first and the last block, and r "
                 "random ones; the first "
                 "and the last block see all",
     .source = {"Zaheer et al.", "Big Bird: Transformers for Longer Sequences", "arXiv:2007.14062",
                2020},
     .param = bigbird_param,
     .params = COUNT(bigbird_param),
     .class = CLASS_POSITIONAL,
     .shape = "blocks of $b along the diagonal with one to each side, rows and columns of the "
              "first and the last "
              "block, and $r random ${r=1:block;blocks} for each",
     .expansion = "block(b=$b, back=1, ahead=1) | global(at=[0,-1], b=$b) | random(r=$r, "
                  "seed=$seed, b=$b, from=far)"},
    {.name = "fixed",
     .sentence = "each query sees its own block so far, and the last c keys of every earlier block",
     .source = {"Child et al.", "Generating Long Sequences with Sparse Transformers",
                "arXiv:1904.10509", 2019},
     .param = fixed_param,
     .params = COUNT(fixed_param),
     .class = CLASS_POSITIONAL,
     .formula = "(i mod l) + 1 + c*floor(i/l)",
     .shape = "blocks of $l along the diagonal plus the last ${c=1:column;$c columns} of each",
     .expansion = "block(b=$l) | columns(period=$l, count=$c)",
     .check = fixed_check},
    {.name = "h2o",
     .sentence = "a cache of the r newest keys and of the h heavy hitters among the older ones",
     .source =
         {"Zhang et al.",
          "H2O: Heavy-Hitter Oracle for Efficient Generative Inference of Large Language Models",
          "arXiv:2306.14048", 2023},
     .param = h2o_param,
     .params = COUNT(h2o_param),
     .class = CLASS_HYBRID,
     .reads = "scores",
     .formula = "min(i+1, h+r+1)",
     .shape = "the own key, the ${r=1:one;$r} before${h=0:;1:, and the heaviest older key;, and "
              "the $h heaviest older keys}",
     .expansion = "heavy(h=$h, r=$r)"},
    {.name = "longformer",
     .sentence = "each query sees w keys on each side; a few tokens see all and are seen by all",
     .source = {"Beltagy et al.", "Longformer: The Long-Document Transformer", "arXiv:2004.05150",
                2020},
     .param = longformer_param,
     .params = COUNT(longformer_param),
     .class = CLASS_POSITIONAL,
     .shape = "band from $w left to $w right of the diagonal${at=0:; plus ${at=1:row and "
              "column;rows and columns} $at}",
     .expansion = "band(left=$w, right=$w) | global(at=$at)"},
    {.name = "longnet",
     .sentence =
         "segments of several lengths, the longer ones thinned out: each branch is segment(w, r)",
     .source = {"Ding et al.", "LongNet: Scaling Transformers to 1,000,000,000 Tokens",
                "arXiv:2307.02486", 2023},
     .param = longnet_param,
     .params = COUNT(longnet_param),
     .class = CLASS_POSITIONAL,
     .shape = "segments of $w along the diagonal, thinned out by $r",
     .expansion = "segment(w=$w, r=$r)",
     .zipped = true,
     .check = longnet_check},
    {.name = "minference",
     .sentence =
         "each query sees the v columns and s diagonals that the last 64 queries give most weight",
     .source = {"Jiang et al.",
                "MInference 1.0: Accelerating Pre-filling for Long-Context LLMs via Dynamic Sparse "
                "Attention",
                "arXiv:2407.02490", 2024},
     .param = minference_param,
     .params = COUNT(minference_param),
     .class = CLASS_CONTENT,
     .reads = "scores",
     .shape =
         "the ${v=1:best column;$v best columns} and the ${s=1:best diagonal;$s best diagonals}",
     .expansion = "vertical_slash(v=$v, s=$s, last=64)"},
    {.name = "moba",
     .sentence =
         "each query sees its own block and the k-1 earlier blocks whose mean key suits it best",
     .source = {"Lu et al.", "MoBA: Mixture of Block Attention for Long-Context LLMs",
                "arXiv:2502.13189", 2025},
     .param = moba_param,
     .params = COUNT(moba_param),
     .class = CLASS_HYBRID,
     .reads = "keys",
     .formula = "(i mod b) + 1 + b*min(k-1, floor(i/b))",
     .shape =
         "the own block of $b${k=1:;2: and the best other one; and the best others, $k in all}",
     .expansion = "block_topk(b=$b, k=$k, own=forced, by=mean)"},
    {.name = "nsa",
     .sentence =
         "each query sees its own block, the k-1 earlier blocks that suit it best, and a window",
     .source = {"Yuan et al.",
                "Native Sparse Attention: Hardware-Aligned and Natively Trainable Sparse Attention",
                "arXiv:2502.11089", 2025},
     .param = nsa_param,
     .params = COUNT(nsa_param),
     .class = CLASS_HYBRID,
     .reads = "keys",
     .shape = "the own block of $b${k=1:;2:, the best other one,;, the best others, $k in all,} "
              "plus band of width $w",
     .expansion = "block_topk(b=$b, k=$k, own=forced) | window(w=$w)"},
    {.name = "quest",
     .sentence =
         "each query sees its own page and the k-1 earlier pages with the highest bound on a score",
     .source = {"Tang et al.",
                "Quest: Query-Aware Sparsity for Efficient Long-Context LLM Inference",
                "arXiv:2406.10774", 2024},
     .param = quest_param,
     .params = COUNT(quest_param),
     .class = CLASS_HYBRID,
     .reads = "keys",
     .formula = "(i mod p) + 1 + p*min(k-1, floor(i/p))",
     .shape = "the own page of $p${k=1:;2: and the best other one; and the best others, $k in all}",
     .expansion = "block_topk(b=$p, k=$k, own=forced, by=bounds)"},
    {.name = "streaming",
     .sentence = "each query sees the first s keys and its w most recent ones",
     .source = {"Xiao et al.", "Efficient Streaming Language Models with Attention Sinks",
                "arXiv:2309.17453", 2023},
     .param = streaming_param,
     .params = COUNT(streaming_param),
     .class = CLASS_POSITIONAL,
     .formula = "min(i+1, s+w)",
     .shape = "${s=0:;${s=1:the first column;the first $s columns} plus }band of width $w",
     .expansion = "sink(s=$s) | window(w=$w)"},
    {.name = "strided",
     .sentence =
         "each query sees its l most recent keys and every key at a distance divisible by l",
     .source = {"Child et al.", "Generating Long Sequences with Sparse Transformers",
                "arXiv:1904.10509", 2019},
     .param = strided_param,
     .params = COUNT(strided_param),
     .class = CLASS_POSITIONAL,
     .formula = "min(l, i+1) + floor(i/l)",
     .shape = "band of width $l plus diagonals $l apart",
     .expansion = "window(w=$l) | stride(s=$l)"},
    {.name = NULL},
};
