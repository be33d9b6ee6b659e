/* term_signal.h - signals as flags: the handlers write one byte into a pipe and set a flag, nothing
 * else. What each means is done by whoever takes it, outside of any handler. */
#ifndef APP_TERM_TERM_SIGNAL_H
#define APP_TERM_TERM_SIGNAL_H

#include <stdbool.h>

bool signal_catch(void);   /* INT TERM HUP TSTP CONT WINCH; a HUP or TSTP that was ignored stays so.
                              false if there is no pipe */
void signal_release(void); /* as it was before */
int  signal_pipe(void);    /* readable after a signal */
void signal_drain(void);   /* empties the pipe; flags stay */
bool signal_take(int number); /* whether it came since it was last taken */
void signal_stop(void);       /* stops this process until it is continued */

#endif
