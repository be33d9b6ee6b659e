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
    bool           ignore_hup, as_job;
} Pty;

/* What the child's environment has besides: "NAME=value", or "NAME" to take it away; NULL ends. */
typedef const char *const PtyEnv[];

void pty_folder(bool there); /* makes the folder that holds all state, removes it */

/* Runs ATTEND_PROGRAM (build/attend) with those words, its state in a new folder. */
void  pty_start(Pty *p, int columns, int rows, const char *line, PtyEnv env);
void  pty_start_again(Pty *p, int columns, int rows, const char *line,
                      PtyEnv env); /* with the state of the last */
char *pty_record(void); /* its progress file, the caller frees it; NULL if there is none */
void  pty_start_deaf(Pty *p, int columns, int rows, const char *line,
                     PtyEnv env); /* SIGHUP ignored */
/* As the job of a shell that lets it go on a second after it stopped. */
void pty_start_job(Pty *p, int columns, int rows, const char *line, PtyEnv env);
void pty_type(Pty *p, const char *keys);
void pty_type_bytes(Pty *p, const char *bytes, size_t len); /* reads meanwhile: never stuck */
void pty_read(Pty *p, int quiet_ms);                        /* until nothing came for so long */
bool pty_sees(Pty *p, const char *text); /* waits until a row holds the text; at most 20 s */
bool pty_lost(Pty *p, const char *text); /* waits until none does */
void pty_resize(Pty *p, int columns, int rows);
/* Waits for the end: the exit status, 1000 + n after signal n, -1 if it goes on for 20 s (it is then
 * killed). */
int  pty_end(Pty *p);
bool pty_restored(const Pty *p); /* alternate screen, cursor, paste, mouse, termios as they were */
void pty_done(Pty *p);

#endif
