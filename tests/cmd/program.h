/* program.h - a command line run as the program runs it, in a process of its own. */
#ifndef TESTS_CMD_PROGRAM_H
#define TESTS_CMD_PROGRAM_H

#include <stddef.h>

typedef struct {
    int   status;    /* exit status; 128 + n after signal n */
    char *out, *err; /* all of both streams, closed by NUL */
} Ran;

/* line: what stands after "attend ", words parted by blanks; 'in quotes' is one word. input: standard
 * input, NULL for none. The course is the repository's, the state a folder of the test's own. */
Ran program_run(const char *line, const char *input);
/* The same, with standard output going to that file (as /dev/full). */
Ran  program_run_into(const char *line, const char *file);
void ran_done(Ran *r);

/* A folder for state, made before the first run and removed at the end: set-up and tear-down of a
 * group. Inside it stands the folder `state`. */
int         program_start(void **state);
int         program_finish(void **state);
const char *program_folder(void);

#endif
