/* out.h - standard output of a verb: results stream through it, and a reader that closed its end is
 * no error. */
#ifndef APP_CMD_OUT_H
#define APP_CMD_OUT_H

#include "app/cmd/cmd.h"

typedef struct {
    int error; /* errno of the write that failed; 0: all is well */
} Out;         /* {0} */

/* Writes and empties the text. false: nobody reads on, or it can't be written; stop. */
bool out_text(Out *out, Text *text);
/* At the end: the exit status, after a message if the output could not be written. */
int out_done(Out *out, const CmdCall *call);
/* Writes the text, frees it, out_done. */
int out_all(Text *text, const CmdCall *call);

#endif
