#include "tests/cmd/program.h"

#include "app/base/hash.h"
#include "app/cmd/cmd.h"
#include "tests/store/folder.h"

#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

enum { WORDS = 64 };

const char *program_folder(void)
{
    return folder_path;
}

int program_start(void **state)
{
    (void)state;
    static const char *const unwanted[] = {"ATTEND_COLOR", "ATTEND_CONFIG", "ATTEND_STATE",
                                           "NO_COLOR",     "COLUMNS",       "ACCESSIBLE",
                                           "XDG_DATA_DIRS"};
    for (size_t k = 0; k < sizeof unwanted / sizeof *unwanted; k++) unsetenv(unwanted[k]);
    folder_new();
    setenv("XDG_STATE_HOME", folder_file("state"), 1);
    setenv("XDG_CONFIG_HOME", folder_file("config"), 1);
    setenv("XDG_DATA_HOME", folder_file("data"), 1);
    setenv("ATTEND_PATH", "lessons", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TERM", "dumb", 1);
    return 0;
}

int program_finish(void **state)
{
    (void)state;
    folder_remove(folder_path);
    return 0;
}

/* Cuts the line into words behind the first, in place. */
static int cut(char *line, char **word)
{
    int words = 1;
    for (char *at = line + strspn(line, " "); *at && words < WORDS; at += strspn(at, " ")) {
        char end = *at == '\'' ? *at++ : ' ';
        word[words++] = at;
        at += strcspn(at, end == ' ' ? " " : "'");
        if (*at) *at++ = '\0';
    }
    return words;
}

static void child(const char *line, const int out[2], const int err[2], int in, int into)
{
    static char name[] = "attend", copy[1 << 16];
    char       *word[WORDS + 1] = {name};
    snprintf(copy, sizeof copy, "%s", line);
    int words = cut(copy, word);
    dup2(in, STDIN_FILENO);
    dup2(into >= 0 ? into : out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    close(out[0]);
    close(out[1]);
    close(err[0]);
    close(err[1]);
    close(in);
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    if (!hash_start()) _exit(99);
    exit(cmd_main(words, word));
}

/* Both pipes to their ends, so that neither fills up. */
static void collect(int out, int err, Ran *ran)
{
    struct pollfd from[2] = {{.fd = out, .events = POLLIN}, {.fd = err, .events = POLLIN}};
    char        **to[2] = {&ran->out, &ran->err};
    size_t        len[2] = {0, 0};
    ran->out = calloc(1, 1);
    ran->err = calloc(1, 1);
    for (int open_ends = 2; open_ends > 0;) {
        poll(from, 2, -1);
        for (int k = 0; k < 2; k++) {
            char    bytes[4096];
            ssize_t got = from[k].revents ? read(from[k].fd, bytes, sizeof bytes) : -1;
            if (got > 0) {
                *to[k] = realloc(*to[k], len[k] + (size_t)got + 1);
                memcpy(*to[k] + len[k], bytes, (size_t)got);
                len[k] += (size_t)got;
                (*to[k])[len[k]] = '\0';
            } else if (from[k].revents) {
                close(from[k].fd);
                from[k].fd = -1;
                open_ends--;
            }
        }
    }
}

static Ran run(const char *line, const char *input, int into)
{
    int   out[2], err[2], in = open("/dev/null", O_RDONLY), status;
    Ran   ran = {0};
    FILE *typed = NULL;
    if (input) {
        typed = tmpfile();
        fputs(input, typed);
        fflush(typed);
        rewind(typed);
        close(in);
        in = dup(fileno(typed));
    }
    if (pipe(out) != 0 || pipe(err) != 0) abort();
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) child(line, out, err, in, into);
    close(out[1]);
    close(err[1]);
    close(in);
    collect(out[0], err[0], &ran);
    waitpid(pid, &status, 0);
    ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (typed) fclose(typed);
    return ran;
}

Ran program_run(const char *line, const char *input)
{
    return run(line, input, -1);
}

Ran program_run_into(const char *line, const char *file)
{
    int into = open(file, O_WRONLY);
    Ran ran = run(line, NULL, into);
    close(into);
    return ran;
}

void ran_done(Ran *r)
{
    free(r->out);
    free(r->err);
    *r = (Ran){0};
}
