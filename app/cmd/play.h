/* play.h - a lesson played in plain mode by somebody who knows every answer: does it have an end? */
#ifndef APP_CMD_PLAY_H
#define APP_CMD_PLAY_H

#include "app/loop.h"

/* Plays lesson k of the shelf from its first page. true: the end was reached and every question taken
 * as right; else why gets a sentence. The loop must keep no journal. */
bool play_plain(Loop *loop, int lesson, Why *why);

#endif
