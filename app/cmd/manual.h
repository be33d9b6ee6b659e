/* manual.h - help, manual page and lists, all made from the verbs' own entries. */
#ifndef APP_CMD_MANUAL_H
#define APP_CMD_MANUAL_H

#include "app/cmd/cmd.h"

void manual_overview(Text *out);             /* attend --help */
void manual_verb(const Cmd *cmd, Text *out); /* attend VERB --help */
void manual_page(Text *out);                 /* the manual page, in troff */

/* Adds running text in lines of at most `width` columns, each after `indent` blanks; empty lines
 * part paragraphs. A line that begins with a blank stays as it is. */
void manual_wrap(const char *text, int indent, int width, Text *out);

#endif
