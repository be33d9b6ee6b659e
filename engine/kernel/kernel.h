/* kernel.h - one group of queries against one block of keys: scores, softmax and mix in registers.
 *
 *                 keys of a block, in panels
 *               |----|----|----|----|----|
 *     a group   |####|####|####|#   |    |      full panels take no mask,
 *     of rows   |####|####|####|##  |    |      border panels a bit for each pair,
 *               |####|####|####|### |    |      empty ones are never looked at
 *
 * The same text (kernel.inc) is compiled for float and double, for each kind of vector registers;
 * which one runs is asked of the processor. Arrays of void are of the kernel's own number, float or
 * double. A group holds for each of its rows a base (near its largest score), the sum of its weights
 * and the weighted sum of the values, all of the keys seen so far; when a score passes the base by
 * much, both sums are scaled down and the base moves up. So no memory grows with n*n. */
#ifndef ENGINE_KERNEL_KERNEL_H
#define ENGINE_KERNEL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    KERNEL_BLOCK = 384, /* keys of a block: with their values they stay in the second-level cache */
    KERNEL_ROWS = 12,   /* rows of a group at most */
    KERNEL_PANELS = KERNEL_BLOCK / 4, /* panels of a block at most */
    KERNEL_ALIGN = 64,                /* bytes */
};

/* What one attention reads. */
typedef struct {
    int64_t     n;
    int         d, e;
    double      scale;
    const void *q, *k, *v; /* (n, d), (n, d), (n, e), row-major, the caller's */
    /* Told of rows that are done, by one thread at a time; NULL: nobody asks. */
    void (*watch)(void *watcher, int64_t rows);
    void *watcher;
    /* Room that pack fills, in the order in which it is read: panel p of the keys stands at p modulo
     * slots. Behind key n-1 stand zeros. */
    int64_t slots;
    void   *keys;    /* (slots, d, panel) */
    void   *norms;   /* (slots * panel): the length of each key, 0 where it is not finite */
    bool   *strange; /* (slots): not all values there are finite; 0 times them is not 0 */
    void   *values;  /* (slots * panel, e in whole panels); not used where e is whole panels */
} KernelInput;

/* The pairs of one group in one block. Only the panels with a pair are listed. */
typedef struct {
    int      live;                 /* panels with a pair */
    int      panel[KERNEL_PANELS]; /* their numbers in the block, ascending */
    bool     full[KERNEL_PANELS];  /* of each of them: every row has every key */
    uint32_t bits[KERNEL_ROWS]
                 [KERNEL_PANELS]; /* of each of them, where not full: bit t is key t of it */
} KernelPairs;

typedef struct Kernel {
    const char *name;  /* "avx2" */
    int         rows;  /* of a group */
    int         panel; /* keys of a panel, a multiple of 4, at most 32 */
    size_t      real;  /* bytes of a number */
    /* Bytes of a group, and of the room that one thread needs beside its groups. */
    size_t (*group_bytes)(int d, int e);
    size_t (*room_bytes)(void);
    void (*pack)(const KernelInput *in, int64_t panel);
    /* An empty group: the queries from i on, as many as there are. wide: scores in the next wider
     * number, for rows whose scores are too large to be held in this one. */
    void (*start)(const KernelInput *in, int64_t i, bool wide, void *group);
    /* The pairs of a block that begins at panel `at`. */
    void (*add)(const KernelInput *in, int64_t at, const KernelPairs *pairs, void *group,
                void *room);
    /* Row r of the group into out (e) and lse (1), each may be NULL. False, and nothing is written,
     * where a group that was not wide found scores that it can't hold well enough. */
    bool (*finish)(const KernelInput *in, const void *group, int r, void *out, void *lse);
    /* 2^x for count numbers (a multiple of panel) at aligned x: for tests. */
    void (*power)(const void *x, int64_t count, void *out);
} Kernel;

/* The k-th kernel for numbers of so many bytes that this processor can run, the best first; NULL behind
 * the last one. */
const Kernel *kernel_find(size_t real, int k);

#endif
