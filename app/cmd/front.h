/* front.h - how the program shows itself: what options, environment and config say, in this order. */
#ifndef APP_CMD_FRONT_H
#define APP_CMD_FRONT_H

#include "app/cmd/cmd.h"
#include "app/loop.h"

typedef struct {
    bool  plain; /* asked for, or no terminal to draw on */
    bool  ascii;
    int   color; /* a Depth; -1: the terminal's own */
    Theme theme;
    bool  theme_given;
    bool  comma;   /* decimals with a comma */
    int   columns; /* of plain mode */
    int   escape_ms;
} Front;

/* Remarks on the config go to standard error. The exit status; 0 is fine. */
int front_read(const CmdCall *call, Front *out);
/* Opens the course and, if keep, the record. The exit status, after a message unless it is 0. */
int front_loop(const CmdCall *call, const Front *front, bool keep, Loop *out);

#endif
