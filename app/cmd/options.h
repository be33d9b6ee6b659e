/* options.h - reading a command line by the verbs' own tables.
 *
 * Options stand anywhere, in full only, as --x V or --x=V; `--` ends them; `-` is an argument. The
 * common options belong to every verb; a verb's own option of the same name goes before. What is not known is named together with the nearest name. */
#ifndef APP_CMD_OPTIONS_H
#define APP_CMD_OPTIONS_H

#include "app/cmd/cmd.h"

const CmdOption *option_common(int k); /* NULL past the last */

/* The place of the verb in argv, 0 if there is none. */
int options_verb(int argc, char **argv);

typedef enum { ASKED_RUN, ASKED_HELP, ASKED_VERSION, ASKED_WRONG } Asked;

/* Fills call->argument (a part of argv, in order) and the options. verb: place of the verb, 0 if
 * none. Wrong: a message was printed. */
Asked options_read(int argc, char **argv, int verb, CmdCall *call);

#endif
