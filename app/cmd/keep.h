/* keep.h - what explain says of a pattern over time and over layers: what a cache must hold, and
 * how far the content of a token gets. What would take too long is left out, and said why. */
#ifndef APP_CMD_KEEP_H
#define APP_CMD_KEEP_H

#include "app/base/text.h"

#include "engine/pattern.h"

typedef struct {
    /* asked for */
    int64_t step;     /* the cache after this step */
    int64_t from, to; /* hops of this pair; -1: the most over all pairs */
    int64_t layers;   /* what reaches the row in so many; 0: not asked for */
    /* found */
    Runs     live;
    bool     nested, never; /* never: some pair, or this one, is never joined */
    int64_t  hops;
    int64_t *path;                        /* hops + 1 positions; NULL without a pair or a way */
    Why      no_live, no_nested, no_hops; /* why it was left out; no text: it was found */
} Keep;

/* Fills in what is found. A positional pattern's cache is asked of a text that goes on to twice the
 * length after the step. */
Status keep_find(const Pattern *p, Keep *keep) MUST_USE;
void   keep_done(Keep *keep);

/* Lines that begin with a label of that width. */
Status keep_text(const Keep *keep, const Pattern *p, int64_t row, int label, Text *out) MUST_USE;
/* ,"nested":...,"live":...,"hops":...,"path":... */
void keep_json(const Keep *keep, Text *out);

#endif
