/* show.h - what `attend show` prints, beside its pictures: tables and JSON, with weights where there
 * are scores, and blocks. */
#ifndef APP_CMD_SHOW_H
#define APP_CMD_SHOW_H

#include "app/cmd/bind.h"
#include "app/cmd/out.h"
#include "app/cmd/waiting.h"

typedef struct {
    const CmdCall *call;
    const Bind    *bind;
    int64_t        row, column; /* -1: not asked for */
    int64_t        block;       /* keys, and queries, of a block; 0: not asked for */
    Class          class;
    bool           scored; /* weights are wanted, and bind->problem has scores */
    double        *score, *dense, *sparse; /* (n) of the row at hand, where scored */
    Runs           set, background;        /* of the row at hand */
    Out            out;
    Text           line;
    Waiting        waiting;
} Show;

/* Rows --row, or all: `add` puts one into s->line, its set is s->set. */
Status show_rows(Show *s, Status (*add)(Show *s, int64_t at)) MUST_USE;

Status show_csv(Show *s) MUST_USE;           /* query,first_key,last_key, or with weights, or blocks */
Status show_json(Show *s) MUST_USE;          /* one value */
Status show_block_density(Show *s) MUST_USE; /* a line each row of blocks */

#endif
