/* term_wait.h - what the terminal's file descriptors say: bytes, a size, the end; and the clock. */
#ifndef APP_TERM_TERM_WAIT_H
#define APP_TERM_TERM_WAIT_H

#include "app/term/term_input.h"

#include <stdbool.h>
#include <stdint.h>

int64_t wait_now(void); /* milliseconds of a clock that only goes forward */
/* The window's size; unchanged if the terminal does not know it. */
void wait_window_size(int output, int *columns, int *rows);
/* Waits for bytes, which are fed to in, for a signal, or for so many milliseconds (below 0: for
 * ever). false: the terminal vanished. */
bool wait_input(int input, Input *in, int wait);
int  wait_shorter(int a, int b); /* of two waits, below 0 being for ever */

#endif
