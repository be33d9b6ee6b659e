/* mechanism.h - what an atom of the pattern language is, and what a named design is.
 *
 * An atom is one file in mech/: name, parameters with their bounds, class, rule, source. A file
 * x.c ends in `const Mechanism mech_x[]`, one entry an atom (a family holds several), closed by an
 * entry without a name. A named design is one row in design.c: its rule is another expression. */
#ifndef ENGINE_MECHANISM_H
#define ENGINE_MECHANISM_H

#include "engine/problem.h"
#include "engine/recipe.h"
#include "engine/runs.h"
#include "engine/writer.h"

/* name, word, sentence */
#define CLASS_LIST(X)                                                                             \
    X(POSITIONAL, "positional", "no change of content can change any G_i")                        \
    X(CONTENT, "content", "a change of content can change some G_i")                              \
    X(HYBRID, "hybrid", "a part of G_i is guaranteed whatever the content, a part is chosen by it")

typedef enum {
#define CLASS_ENUM(name, word, sentence) CLASS_##name,
    CLASS_LIST(CLASS_ENUM)
#undef CLASS_ENUM
} Class;

typedef enum { BACKGROUND_CAUSAL, BACKGROUND_BIDIRECTIONAL } Background;

const char *class_word(Class c);
const char *class_sentence(Class c);
const char *background_word(Background b);

enum { MECHANISM_PARAMS = 8, INTEGER_LIMIT = 2147483647 }; /* most parameters; largest integer */

typedef enum { PARAM_INTEGER, PARAM_REAL, PARAM_WORD, PARAM_TEXT, PARAM_LIST } ParamKind;
typedef enum { LIST_SET, LIST_ORDERED, LIST_NESTED } ListKind; /* set: order and doubles say nothing */

typedef struct Param {
    const char *name;
    ParamKind   kind;
    int64_t     min, max;     /* of an integer, or of each item of a list */
    int64_t     step;         /* of an integer: only min, min + step, ... are good; 0: all are */
    double      real_min, real_max;
    bool        optional;     /* has a default */
    int64_t     start;        /* the default of an integer; a slider's first value elsewhere */
    double      real_start;
    const char *words;        /* of a word: those offered, blank between; the first is the default */
    ListKind    list;
    bool        signed_items; /* of a list: below 0 is a number, not a position from the end */
    const char *unit;         /* "keys", "tokens", "blocks", "" */
    const char *help;         /* a few words: "keys of the window, own key counted" */
} Param;

typedef struct {
    const char *authors, *title, *id; /* id as arXiv:2004.05150, "" if there is none */
    int         year;
} Source;

/* One leaf of an expression, bound to n, a background and maybe content. */
typedef struct {
    const struct Mechanism *mechanism;
    const Value            *value; /* one a parameter */
    int64_t                 n;
    Background              background;
    const Problem          *content; /* NULL if none was given */
    void                   *state;   /* what prepare made: chosen rows of a content atom, sorted lists */
} Leaf;

/* What alone decides whether a cell (i, j) belongs to an atom, before the background clips it. */
typedef enum {
    AXIS_BOTH,     /* i and j in some other way */
    AXIS_DISTANCE, /* i - j */
    AXIS_KEY,      /* j */
} Axis;

typedef struct Mechanism {
    const char  *name;
    const char  *sentence; /* one line: "each query sees its w most recent keys, its own included" */
    Source       source;
    const Param *param;
    int          params;
    Class        class;   /* of an atom at its first values; a design's follows from its expansion */
    const char  *reads;   /* of content atoms and designs: "scores", "keys", "tokens"; else NULL */
    /* |G_i| of the causal background: "min(w, i+1)"; NULL if there is none. It holds where the
     * parameters that it doesn't name are at their defaults; formula_general holds elsewhere. */
    const char *formula, *formula_general;
    const char *silent; /* parameters that change nothing in it unless they are negative, blank between */
    /* Words for a picture: "band of width $w", "${s=0:no column;1:the first column;the first $s
     * columns}" (describe.c says how it is read). */
    const char  *shape;
    const char  *expansion; /* of a design: an expression with $name for a parameter; NULL: an atom */
    /* Of a design whose parameters are lists: its expansion holds for one place of them, the design
     * is the union over all places. check refuses lists of different lengths. */
    bool         zipped;
    /* Of a content atom that is run token by token: row i is what it held after step i-1, and i. Its
     * live set is what it holds; of any other content atom every key may be wanted. */
    bool         policy;
    bool         many;      /* a row can hold many runs though it has a closed count */
    Axis         axis;
    /* Of an atom that is a compound of simpler ones: an expression with $name that gives the same
     * sets by atoms of one axis, or that have until, so that blocks can be counted; else NULL. */
    const char  *parts;
    /* Of a content atom whose rule puts in a part without asking the content: that part as an
     * expression of positional atoms, "block(b=4)"; nothing where these values guarantee none. With
     * such a part the atom is hybrid, without it content. NULL: never. */
    void (*sure)(const Value *value, Writer *w);
    /* Defaults that follow other parameters: lo and hi of values whose kind is VALUE_DEFAULT. */
    void (*defaults)(Value *value);
    /* Bounds that several parameters share: phase < s. STATUS_RANGE and a sentence if not, with the
     * number of the parameter, from 1, in why->column. For one value, the others fixed, the good
     * ones are an interval. */
    Status (*check)(const Value *value, Why *why);
    Status (*prepare)(Leaf *leaf, Why *why); /* may fill leaf->state; NULL if nothing is to do */
    void (*release)(Leaf *leaf);
    /* The keys of query i by the rule alone. The caller clips to the background, so a rule may
     * write keys that the background forbids, but none outside 0 .. n-1. out is empty at first. */
    Status (*row)(const Leaf *leaf, int64_t i, Runs *out);
    /* row() writes the same keys for queries i .. until-1; NULL: perhaps for none but i. It may pass n. */
    int64_t (*until)(const Leaf *leaf, int64_t i);
    /* Closed forms inside the background, where there is one; NULL else. count: keys of row i in
     * [lo, hi), where [lo, hi) lies inside the background of row i. */
    int64_t (*count)(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi);
    int64_t (*total)(const Leaf *leaf);
} Mechanism;

/* The integer that stands at parameter k. */
static inline int64_t leaf_integer(const Leaf *leaf, int k)
{
    return leaf->value[k].lo;
}

/* One more than the last key that the background shows to query i. */
static inline int64_t leaf_end(const Leaf *leaf, int64_t i)
{
    return leaf->background == BACKGROUND_CAUSAL ? i + 1 : leaf->n;
}

#endif
