#include "tests/smoke/pty.h"

#include "tests/store/folder.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <utmp.h>

enum { PATIENCE_MS = 20000, WORDS = 32 };
extern char **environ;

static long long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static char state_name[32]; /* folder of the program that was started last */

static void set_environment(PtyEnv env)
{
    static const char *const gone[] = {
        "NO_COLOR", "ATTEND_COLOR", "ATTEND_CONFIG", "ATTEND_STATE", "ACCESSIBLE",
        "COLUMNS",  "LINES",        "TERMINFO",      "LC_CTYPE",     "LANG"};
    for (size_t k = 0; k < sizeof gone / sizeof *gone; k++) unsetenv(gone[k]);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("ATTEND_PATH", "lessons", 1);
    setenv("XDG_STATE_HOME", folder_file(state_name), 1);
    setenv("XDG_CONFIG_HOME", folder_file("config"), 1);
    for (size_t k = 0; env && env[k]; k++) {
        const char *equals = strchr(env[k], '=');
        char        name[64];
        snprintf(name, sizeof name, "%.*s", (int)(equals ? equals - env[k] : (long)strlen(env[k])),
                 env[k]);
        if (equals)
            setenv(name, equals + 1, 1);
        else
            unsetenv(name);
    }
}

/* What a shell does: the program is a job of its own in front; a second after it stopped it goes on.
 * Ends as the program ended. */
static void be_shell(void)
{
    int   status;
    pid_t job = fork();
    if (job == 0) {
        setpgid(0, 0);
        signal(SIGTTOU, SIG_IGN);
        tcsetpgrp(STDIN_FILENO, getpid());
        signal(SIGTTOU, SIG_DFL);
        return;
    }
    signal(SIGTTOU, SIG_IGN);
    while (waitpid(job, &status, WUNTRACED) == job && WIFSTOPPED(status)) {
        tcsetpgrp(STDIN_FILENO, getpid());
        sleep(1);
        tcsetpgrp(STDIN_FILENO, job);
        kill(-job, SIGCONT);
    }
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static void child(Pty *p, const char *line, PtyEnv env)
{
    static char copy[4096];
    char       *word[WORDS + 1] = {NULL};
    const char *program = getenv("ATTEND_PROGRAM");
    int         words = 0;
    snprintf(copy, sizeof copy, "%s", program ? program : "build/attend");
    word[words++] = copy;
    char *rest = copy + strlen(copy) + 1;
    snprintf(rest, sizeof copy - (size_t)(rest - copy), "%s", line);
    for (char *at = strtok(rest, " "); at && words < WORDS; at = strtok(NULL, " "))
        word[words++] = at;
    close(p->master);
    login_tty(p->slave);
    set_environment(env);
    if (p->ignore_hup) signal(SIGHUP, SIG_IGN);
    if (p->as_job) be_shell();
    execv(word[0], word);
    _exit(127);
}

static void start(Pty *p, int columns, int rows, const char *line, PtyEnv env)
{
    struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
    if (openpty(&p->master, &p->slave, NULL, NULL, &size) != 0) abort();
    fcntl(p->master, F_SETFD, FD_CLOEXEC);
    fcntl(p->master, F_SETFL, O_NONBLOCK);
    tcgetattr(p->slave, &p->before);
    glass_start(&p->glass, columns, rows);
    fflush(NULL);
    p->pid = fork();
    if (p->pid == 0) child(p, line, env);
}

void pty_folder(bool there)
{
    if (there)
        folder_new();
    else
        folder_remove(folder_path);
}

static void new_state(void)
{
    static int number;
    snprintf(state_name, sizeof state_name, "state-%d", ++number);
}

void pty_start(Pty *p, int columns, int rows, const char *line, PtyEnv env)
{
    *p = (Pty){0};
    new_state();
    start(p, columns, rows, line, env);
}

void pty_start_again(Pty *p, int columns, int rows, const char *line, PtyEnv env)
{
    *p = (Pty){0};
    start(p, columns, rows, line, env);
}

void pty_start_job(Pty *p, int columns, int rows, const char *line, PtyEnv env)
{
    *p = (Pty){.as_job = true};
    new_state();
    start(p, columns, rows, line, env);
}

char *pty_record(void)
{
    char name[80];
    snprintf(name, sizeof name, "%s/attend/progress.jsonl", state_name);
    return folder_read(name);
}

void pty_start_deaf(Pty *p, int columns, int rows, const char *line, PtyEnv env)
{
    *p = (Pty){.ignore_hup = true};
    new_state();
    start(p, columns, rows, line, env);
}

/* Takes what is there; false if nothing is. */
static bool take(Pty *p)
{
    char    bytes[8192];
    ssize_t got = read(p->master, bytes, sizeof bytes);
    if (got <= 0) return false;
    glass_feed(&p->glass, bytes, (size_t)got);
    p->raw = realloc(p->raw, p->raw_len + (size_t)got + 1);
    memcpy(p->raw + p->raw_len, bytes, (size_t)got);
    p->raw_len += (size_t)got;
    p->raw[p->raw_len] = '\0';
    return true;
}

static bool wait_bytes(Pty *p, int ms)
{
    struct pollfd on = {.fd = p->master, .events = POLLIN};
    return poll(&on, 1, ms) > 0 && (on.revents & POLLIN) && take(p);
}

void pty_read(Pty *p, int quiet_ms)
{
    while (wait_bytes(p, quiet_ms)) continue;
}

void pty_type_bytes(Pty *p, const char *bytes, size_t len)
{
    for (long long end = now_ms() + PATIENCE_MS; len > 0 && now_ms() < end;) {
        ssize_t put = write(p->master, bytes, len < 512 ? len : 512);
        if (put > 0) {
            bytes += put;
            len -= (size_t)put;
            end = now_ms() + PATIENCE_MS;
        }
        if (!wait_bytes(p, put > 0 ? 0 : 5) && put <= 0 && errno != EAGAIN) return;
    }
}

void pty_type(Pty *p, const char *keys)
{
    pty_type_bytes(p, keys, strlen(keys));
}

static bool wait_text(Pty *p, const char *text, bool there)
{
    siginfo_t ended = {0};
    for (long long end = now_ms() + PATIENCE_MS; now_ms() < end && ended.si_pid == 0;) {
        if (glass_has(&p->glass, text) == there) return true;
        if (!wait_bytes(p, 50)) waitid(P_PID, (id_t)p->pid, &ended, WEXITED | WNOHANG | WNOWAIT);
    }
    for (int y = 0; y < p->glass.rows; y++) printf("# |%s\n", glass_row(&p->glass, y));
    printf("# %s: %s\n", there ? "not seen" : "still there", text);
    return false;
}

bool pty_sees(Pty *p, const char *text)
{
    return wait_text(p, text, true);
}

bool pty_lost(Pty *p, const char *text)
{
    return wait_text(p, text, false);
}

void pty_resize(Pty *p, int columns, int rows)
{
    const struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
    take(p);
    glass_resize(&p->glass, columns, rows);
    ioctl(p->master, TIOCSWINSZ, &size);
}

int pty_end(Pty *p)
{
    int status;
    for (long long end = now_ms() + PATIENCE_MS; now_ms() < end;) {
        if (p->master >= 0)
            wait_bytes(p, 10);
        else
            usleep(10000);
        if (waitpid(p->pid, &status, WNOHANG) != p->pid) continue;
        p->pid = 0;
        if (p->master >= 0) pty_read(p, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
    }
    return -1;
}

bool pty_restored(const Pty *p)
{
    struct termios now;
    const Glass   *g = &p->glass;
    if (tcgetattr(p->slave, &now) != 0) return false;
    bool modes = now.c_iflag == p->before.c_iflag && now.c_oflag == p->before.c_oflag &&
                 now.c_lflag == p->before.c_lflag &&
                 memcmp(now.c_cc, p->before.c_cc, sizeof now.c_cc) == 0;
    if (!modes || g->alternate || g->hidden || g->paste || g->mouse)
        printf("# termios %s, alternate %d, hidden %d, paste %d, mouse %d\n",
               modes ? "as before" : "changed", g->alternate, g->hidden, g->paste, g->mouse);
    return modes && !g->alternate && !g->hidden && !g->paste && !g->mouse;
}

void pty_done(Pty *p)
{
    if (p->pid > 0) {
        kill(p->pid, SIGKILL);
        waitpid(p->pid, NULL, 0);
    }
    if (p->master >= 0) close(p->master);
    if (p->slave >= 0) close(p->slave);
    free(p->raw);
}
