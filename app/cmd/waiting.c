#include "app/cmd/waiting.h"

#include "app/store/output.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { COLUMNS = 79 };
static const double patience = 1, pause_between = 0.2; /* seconds */

static volatile sig_atomic_t line_stands;

static void wipe(void)
{
    static const char blank[] = "\r                                                                               \r";
    ssize_t           put = write(STDERR_FILENO, blank, sizeof blank - 1);
    (void)put;
    line_stands = 0;
}

/* Only calls that a signal handler may make. */
static void ended(int signal_number)
{
    if (line_stands) wipe();
    output_forget();
    _exit(128 + signal_number);
}

static void catch(int signal_number)
{
    struct sigaction old, new = {.sa_handler = ended};
    sigemptyset(&new.sa_mask);
    if (sigaction(signal_number, NULL, &old) == 0 && old.sa_handler == SIG_DFL) sigaction(signal_number, &new, NULL);
}

void waiting_catch(void)
{
    catch(SIGINT);
    catch(SIGTERM);
    catch(SIGHUP);
}

double waiting_clock(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

Waiting waiting_begin(const CmdCall *call, const char *what, const char *unit, int64_t all, bool beside)
{
    waiting_catch();
    double now = waiting_clock();
    bool   mute = call->quiet || !isatty(STDERR_FILENO) || (beside && isatty(STDOUT_FILENO));
    return (Waiting){.call = call, .what = what, .unit = unit, .all = all, .start = now, .told = now, .mute = mute};
}

static void add_time(double seconds, Text *out)
{
    long long s = (long long)(seconds + 0.5);
    if (s >= 3600) text_format(out, "%lld h %lld min", s / 3600, s / 60 % 60);
    else if (s >= 60) text_format(out, "%lld min %lld s", s / 60, s % 60);
    else text_format(out, "%lld s", s);
}

static void tell(Waiting *w, double now)
{
    Text   line = {0};
    double rate = (double)w->done / (now - w->start);
    text_format(&line, "attend %s: %s%s", w->call->cmd->name, w->what, w->what[0] ? "  " : "");
    text_add_count(&line, w->done);
    text_add(&line, " of ");
    text_add_count(&line, w->all);
    text_format(&line, " %s (%d %%)", w->unit, (int)(100 * (double)w->done / (double)w->all));
    if (rate > 0) {
        text_add(&line, "  ");
        text_add_count(&line, (long long)(rate + 0.5));
        text_format(&line, " %s a second, ", w->unit);
        add_time((double)(w->all - w->done) / rate, &line);
        text_add(&line, " left");
    }
    if (line.len > COLUMNS) text_cut(&line, COLUMNS);
    if (line_stands) wipe();
    line_stands = 1;
    fputs(text_string(&line), stderr);
    fflush(stderr);
    text_done(&line);
    w->shown = true;
    w->told = now;
}

void waiting_add(void *waiting, int64_t done)
{
    Waiting *w = waiting;
    w->done += done;
    if (w->mute) return;
    double now = waiting_clock();
    if (now - w->start >= patience && now - w->told >= pause_between) tell(w, now);
}

void waiting_end(Waiting *w)
{
    if (w->shown && line_stands) wipe();
    w->shown = false;
}
