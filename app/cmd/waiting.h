/* waiting.h - what takes longer than a second says how far it is, on standard error, where that is a
 * terminal; and the interrupt key ends it cleanly, with 128 + the signal's number.
 *
 *    attend run: dense  12,288 of 65,536 rows (19 %)  3,100 rows a second, 17 s left */
#ifndef APP_CMD_WAITING_H
#define APP_CMD_WAITING_H

#include "app/cmd/cmd.h"

#include <stdint.h>

typedef struct {
    const CmdCall *call;
    const char    *what; /* "dense", or "" */
    const char    *unit; /* "rows" */
    int64_t        all, done;
    double         start, told; /* seconds of a clock; told: of the last line */
    bool           mute, shown;
} Waiting;

/* beside: results go to standard output meanwhile; the line is kept away from them where both are
 * terminals. */
Waiting waiting_begin(const CmdCall *call, const char *what, const char *unit, int64_t all, bool beside);
void    waiting_add(void *waiting, int64_t done); /* so many more are done; cheap */
void    waiting_end(Waiting *w);                  /* takes the line away */

/* From here on a signal takes away what output was begun; waiting_begin does it too. */
void waiting_catch(void);

double waiting_clock(void); /* seconds, from some start */

#endif
