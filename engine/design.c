#include "engine/design.h"

#define COUNT(list) (int)(sizeof(list) / sizeof *(list))

static const Param strided_param[] = {
    {.name = "l", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 8, .unit = "keys",
     .help = "keys of the window, and the stride"},
};

static const Param fixed_param[] = {
    {.name = "l", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 8, .unit = "keys",
     .help = "keys of a block"},
    {.name = "c", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 1, .unit = "keys",
     .help = "last columns of each block that later queries read"},
};

static const Param streaming_param[] = {
    {.name = "s", .kind = PARAM_INTEGER, .min = 0, .max = INTEGER_LIMIT, .start = 2, .unit = "keys",
     .help = "first keys, kept for ever"},
    {.name = "w", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 4, .unit = "keys",
     .help = "most recent keys, own key counted"},
};

static const Param longformer_param[] = {
    {.name = "w", .kind = PARAM_INTEGER, .min = 0, .max = INTEGER_LIMIT, .start = 2, .unit = "keys",
     .help = "keys on each side, own key extra"},
    {.name = "at", .kind = PARAM_LIST, .min = -INTEGER_LIMIT, .max = INTEGER_LIMIT, .list = LIST_SET,
     .unit = "positions", .help = "tokens that see all and are seen by all"},
};

static Status fixed_check(const Value *value, Why *why)
{
    if (value[1].lo <= value[0].lo) return STATUS_OK;
    return why_say(why, STATUS_RANGE, 2, "fixed needs c of at most l");
}

const Mechanism design_list[] = {
    {.name = "fixed",
     .sentence = "each query sees its own block so far, and the last c keys of every earlier block",
     .source = {"Child et al.", "Generating Long Sequences with Sparse Transformers", "arXiv:1904.10509", 2019},
     .param = fixed_param, .params = COUNT(fixed_param), .class = CLASS_POSITIONAL,
     .formula = "(i mod l) + 1 + c*floor(i/l)",
     .shape = "blocks of $l along the diagonal plus the last ${c=1:column;$c columns} of each",
     .expansion = "block(b=$l) | columns(period=$l, count=$c)", .check = fixed_check},
    {.name = "longformer",
     .sentence = "each query sees w keys on each side; a few tokens see all and are seen by all",
     .source = {"Beltagy et al.", "Longformer: The Long-Document Transformer", "arXiv:2004.05150", 2020},
     .param = longformer_param, .params = COUNT(longformer_param), .class = CLASS_POSITIONAL,
     .shape = "band from $w left to $w right of the diagonal${at=0:; plus ${at=1:row and column;rows and columns} $at}",
     .expansion = "band(left=$w, right=$w) | global(at=$at)"},
    {.name = "streaming",
     .sentence = "each query sees the first s keys and its w most recent ones",
     .source = {"Xiao et al.", "Efficient Streaming Language Models with Attention Sinks", "arXiv:2309.17453", 2023},
     .param = streaming_param, .params = COUNT(streaming_param), .class = CLASS_POSITIONAL,
     .formula = "min(i+1, s+w)",
     .shape = "${s=0:;${s=1:the first column;the first $s columns} plus }band of width $w",
     .expansion = "sink(s=$s) | window(w=$w)"},
    {.name = "strided",
     .sentence = "each query sees its l most recent keys and every key at a distance divisible by l",
     .source = {"Child et al.", "Generating Long Sequences with Sparse Transformers", "arXiv:1904.10509", 2019},
     .param = strided_param, .params = COUNT(strided_param), .class = CLASS_POSITIONAL,
     .formula = "min(l, i+1) + floor(i/l)",
     .shape = "band of width $l plus diagonals $l apart",
     .expansion = "window(w=$l) | stride(s=$l)"},
    {.name = NULL},
};
