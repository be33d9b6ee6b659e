/* tokens.h - the words of --text, --text-file or --tokens. */
#ifndef APP_CMD_TOKENS_H
#define APP_CMD_TOKENS_H

#include "app/cmd/cmd.h"

#include <stdint.h>

/* The option that gives words, "--text"; NULL if none is there. */
const char *tokens_option(const CmdCall *call);
/* Its words, owned by the caller (words_free). Limits: 16 MiB, 2^20 tokens, a token 1 KiB. The exit
 * status, after a message unless it is 0. */
int tokens_find(const CmdCall *call, char ***word, int64_t *n);

#endif
