/* pty.h - the real program under a pseudo-terminal. */
#ifndef TESTS_SMOKE_PTY_H
#define TESTS_SMOKE_PTY_H

#include "tests/smoke/glass.h"

#include <sys/types.h>
#include <termios.h>

typedef struct {
    pid_t          pid;
    int            master, slave; /* slave is kept open, so that modes can be read when it ended */
    struct termios before;
    Glass          glass;
    char          *raw; /* all that was written */
    size_t         raw_len;
    bool           ignore_hup;
} Pty;

/* What the child's environment has besides: "NAME=value", or "NAME" to take it away; NULL ends. */
typedef const char *const PtyEnv[];

/* Runs ATTEND_PROGRAM (build/attend) with those words, state in a folder of its own. */
void pty_start(Pty *p, int columns, int rows, const char *line, PtyEnv env);
void pty_start_deaf(Pty *p, int columns, int rows, const char *line, PtyEnv env); /* SIGHUP ignored */
void pty_type(Pty *p, const char *keys);
void pty_type_bytes(Pty *p, const char *bytes, size_t len); /* reads meanwhile: never stuck */
void pty_read(Pty *p, int quiet_ms);         /* until nothing came for so long */
bool pty_sees(Pty *p, const char *text);     /* waits until a row holds the text; at most 20 s */
bool pty_lost(Pty *p, const char *text);     /* waits until none does */
void pty_resize(Pty *p, int columns, int rows);
/* Waits for the end: the exit status, 1000 + n after signal n, -1 if it goes on for 20 s (it is then
 * killed). */
int  pty_end(Pty *p);
bool pty_restored(const Pty *p); /* alternate screen, cursor, paste, mouse, termios as they were */
void pty_done(Pty *p);

#endif
