/* term_input.h - bytes from a keyboard become events: runes, named keys, pastes.
 *
 *   1b 5b 41 -> up      1b (then 25 ms of silence) -> Esc      1b 5b 32 30 30 7e ... -> a paste
 *
 * An unknown escape sequence is swallowed whole. A [ or O soon after a lone Esc is the tail of a
 * sequence that a slow line tore: it is dropped with what belongs to it. No clock in here: the
 * caller says what time it is, in milliseconds. */
#ifndef APP_TERM_TERM_INPUT_H
#define APP_TERM_TERM_INPUT_H

#include "app/term/term.h"

#include <stdint.h>

enum { INPUT_ROOM = 4096, INPUT_PASTE = 64 * 1024, INPUT_SEQUENCES = 32, INPUT_CAPABILITIES = 23 };

typedef struct {
    const char *bytes; /* begins with Esc (or is a name, see below); borrowed */
    Key         key;
} InputSequence;

typedef struct {
    char          byte[INPUT_ROOM];
    size_t        len;    /* bytes not yet read */
    int64_t       fed;    /* when the last of them came */
    int64_t       escape; /* when a lone Esc came, below 0: not lately */
    int           escape_ms;
    char          swallow; /* inside a sequence that is dropped: [ or O; else NUL */
    bool          pasting;
    char         *paste; /* owned, INPUT_PASTE bytes; NULL: pastes are dropped */
    size_t        paste_len;
    InputSequence own[INPUT_SEQUENCES]; /* this terminal's, looked at before the common ones */
    int           owns;
} Input;

/* Names of terminfo under which a description may have sequences of its own. */
extern const InputSequence input_capability[INPUT_CAPABILITIES];

bool   input_start(Input *in, int escape_ms); /* false if memory runs out */
void   input_done(Input *in);
void   input_own(Input *in, const char *bytes, Key key); /* a terminal's own sequence; borrowed */
size_t input_room(const Input *in);
void   input_feed(Input *in, const char *bytes, size_t len, int64_t now); /* len <= room */
/* The next event; false if it takes more bytes, or more time. */
bool input_next(Input *in, int64_t now, Event *out);
/* Milliseconds until silence alone makes an event of what is there; -1 if nothing waits. */
int input_wait(const Input *in, int64_t now);

#endif
