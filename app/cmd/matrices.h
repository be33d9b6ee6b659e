/* matrices.h - queries, keys and values out of .npy files: --q, --k, --v and --given.
 *
 *      q (n, d)       k (n, d)       v (n, e)
 *      q (H, n, d)    k (g, n, d)    v (g, n, e)      query head h reads KV head floor(h g / H)
 *
 * All numbers are held in one kind: float64 if one of the files is float64, else float32. */
#ifndef APP_CMD_MATRICES_H
#define APP_CMD_MATRICES_H

#include "app/cmd/cmd.h"
#include "app/store/npy.h"

#include "engine/problem.h"

enum { MATRIX_Q, MATRIX_K, MATRIX_V, MATRICES };

typedef struct {
    int64_t n;
    int     d, e;          /* e is 0 where there are no values */
    int     heads, groups; /* query heads and KV heads */
    bool    stacked;       /* heads stand in front */
    bool    wide;          /* double instead of float */
    Npy     file[MATRICES];
    void   *number[MATRICES]; /* owned */
} Matrices;

/* Opens and checks the files that the options name; reads no number. Without --q nothing is opened and
 * n is 0. The exit status, after a message unless it is 0. Whatever comes back: matrices_close. */
int     matrices_open(const CmdCall *call, Matrices *out);
int64_t matrices_bytes(const Matrices *m); /* that their numbers will take */
int     matrices_read(const CmdCall *call, Matrices *m);
void    matrices_close(Matrices *m);

/* The first number that query head h reads of a matrix; float or double. */
const void *matrices_of(const Matrices *m, int which, int head);
/* What content atoms read: that head in float32, with the structure of --given. scale 0: 1/sqrt(d). */
int matrices_problem(const CmdCall *call, const Matrices *m, int head, double scale, Problem *out);
/* Structure of --given, if that option is there. */
int matrices_give(const CmdCall *call, Problem *p);

/* A file that can't be used: as cmd_why, but what is too large is an input's fault. */
int input_why(const CmdCall *call, Status status, const Why *why);
/* Bytes that --memory allows. false after a message. */
bool memory_allowed(const CmdCall *call, int64_t *out);
/* Whether so many bytes are allowed; false after a message that says what would take them. */
bool memory_fits(const CmdCall *call, int64_t bytes, const char *what);

#endif
