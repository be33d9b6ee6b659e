/* heads.h - attention of `attend run`, head after head: outputs into files, and the comparison with
 * dense attention. */
#ifndef APP_CMD_HEADS_H
#define APP_CMD_HEADS_H

#include "app/cmd/compared.h"
#include "app/cmd/matrices.h"
#include "app/cmd/waiting.h"
#include "app/store/output.h"

#include "engine/pattern.h"

enum { WRITES_OUT, WRITES_WEIGHTS, WRITES_LSE, WRITES };

typedef struct {
    const CmdCall *call;
    Matrices       m;
    Recipe         recipe;  /* the expression, or the mask as one */
    bool           content; /* it reads scores, so it is bound for each head */
    Background     background;
    double         scale;         /* 0: 1/sqrt(d) */
    int            first, end;    /* heads that are run */
    bool           all;           /* heads stand in front of what is written */
    bool           dense;         /* compared with dense attention */
    Output         file[WRITES];  /* fd -1: not asked for */
    const char    *path[WRITES];  /* as given; NULL: not asked for */
    /* found */
    int64_t        pairs; /* kept, of all heads that are run */
    Compared       compared;
    double         seconds; /* of attention itself */
    Waiting        waiting;
} Heads;

double  heads_scale(const Heads *h);
int64_t heads_bytes(const Heads *h); /* memory that it takes, the matrices counted */
/* Shape of what is written; its rank. */
int heads_shape(const Heads *h, int which, int64_t shape[3]);
int heads_run(Heads *h); /* the exit status, after a message unless it is 0 */

#endif
