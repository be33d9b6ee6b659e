/* term_rescue.h - how the terminal was found, and the bytes that bring it back.
 *
 * All is made beforehand, so that term_curses_rescue may run in a signal handler: it only writes,
 * and sets modes. */
#ifndef APP_TERM_TERM_RESCUE_H
#define APP_TERM_TERM_RESCUE_H

#include <stdbool.h>

void rescue_start(int input, int output); /* remembers the modes as they are now */
void rescue_add(const char *capability);  /* to be written; its padding $<5> is left out */
void rescue_arm(void);
void rescue_disarm(void);   /* the terminal is being put back in the ordinary way: modes are set */
void rescue_paste(bool on); /* tells the terminal to bracket pastes, and remembers that it does */

#endif
