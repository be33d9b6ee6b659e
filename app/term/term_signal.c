#include "app/term/term_signal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH};
enum { CAUGHT = sizeof caught / sizeof *caught };

static volatile sig_atomic_t came[CAUGHT];
static struct sigaction      before[CAUGHT];
static int                   wake[2] = {-1, -1};

static void note(int number)
{
    int error = errno;
    for (int k = 0; k < CAUGHT; k++) {
        if (caught[k] == number) came[k] = 1;
    }
    ssize_t written = write(wake[1], "", 1); /* full is as good as written: it is readable */
    (void)written;
    errno = error;
}

static bool open_pipe(void)
{
    if (pipe(wake) != 0) return false;
    for (int k = 0; k < 2; k++) {
        fcntl(wake[k], F_SETFL, O_NONBLOCK);
        fcntl(wake[k], F_SETFD, FD_CLOEXEC);
    }
    return true;
}

static void catch_one(int k)
{
    struct sigaction action = {.sa_handler = note};
    sigemptyset(&action.sa_mask);
    bool deaf = before[k].sa_handler == SIG_IGN && (caught[k] == SIGHUP || caught[k] == SIGTSTP);
    if (!deaf) sigaction(caught[k], &action, NULL);
}

bool signal_catch(void)
{
    if (!open_pipe()) return false;
    for (int k = 0; k < CAUGHT; k++) {
        came[k] = 0;
        sigaction(caught[k], NULL, &before[k]);
        catch_one(k);
    }
    return true;
}

void signal_release(void)
{
    for (int k = 0; k < CAUGHT; k++) sigaction(caught[k], &before[k], NULL);
    for (int k = 0; k < 2; k++) {
        close(wake[k]);
        wake[k] = -1;
    }
}

int signal_pipe(void)
{
    return wake[0];
}

void signal_drain(void)
{
    char bytes[64];
    while (read(wake[0], bytes, sizeof bytes) > 0) continue;
}

bool signal_take(int number)
{
    for (int k = 0; k < CAUGHT; k++) {
        if (caught[k] == number && came[k]) {
            came[k] = 0;
            return true;
        }
    }
    return false;
}

void signal_stop(void)
{
    struct sigaction stop = {.sa_handler = SIG_DFL}, kept;
    sigemptyset(&stop.sa_mask);
    sigaction(SIGTSTP, &stop, &kept);
    raise(SIGTSTP); /* returns when somebody continues this process */
    sigaction(SIGTSTP, &kept, NULL);
    signal_take(SIGTSTP);
    signal_take(SIGCONT);
}
