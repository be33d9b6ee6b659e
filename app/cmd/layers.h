/* layers.h - a pattern whose row is what reaches the query through several layers. */
#ifndef APP_CMD_LAYERS_H
#define APP_CMD_LAYERS_H

#include "app/cmd/bind.h"

enum {
    LAYERS_TOKENS = 2048,
    LAYERS_TOKENS_OF_A_ROW = 1 << 20
}; /* most tokens of all rows, of one */

/* Puts it in the place of b->pattern; the expression stays. row: only that one is needed, -1: all. */
Status layers_bind(Bind *b, int64_t layers, int64_t row, Why *why) MUST_USE;

#endif
