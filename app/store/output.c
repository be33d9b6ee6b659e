#include "app/store/output.h"

#include "app/store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Paths of files begun and not kept: what a signal handler may read. */
enum { OPEN = 8 };
static char *volatile begun[OPEN];

static void note(char *from, char *to)
{
    for (int k = 0; k < OPEN; k++) {
        if (begun[k] != from) continue;
        begun[k] = to;
        return;
    }
}

void output_forget(void)
{
    for (int k = 0; k < OPEN; k++) {
        char *path = begun[k];
        if (path) unlink(path);
    }
}

static Status failed(const Output *o, int error, Why *why)
{
    return why_say(why, STATUS_WRITE, 0, "%.120s: %s", o->path, strerror(error));
}

static Status in_the_way(const Output *o, Why *why)
{
    why_say(why, STATUS_WRITE, 0, "%.120s: there is another file of that name; it stays as it is",
            o->path);
    why_todo(why, "--replace puts the new one in its place");
    return STATUS_WRITE;
}

/* A number of its own for each file of this process. */
static char *path_beside(const char *path)
{
    static int number;
    Text       name = {0};
    text_format(&name, "%s.%ld-%d.new", path, (long)getpid(), number++);
    return text_take(&name);
}

Status output_open(const char *path, bool replace, Output *out, Why *why)
{
    struct stat s;
    *out = (Output){
        .path = text_copy(path), .beside = path_beside(path), .fd = -1, .replace = replace};
    if (!out->path || !out->beside) {
        output_done(out);
        return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    }
    Status status = STATUS_OK;
    if (stat(path, &s) == 0 && !S_ISREG(s.st_mode))
        status = why_say(why, STATUS_WRITE, 0, "%.120s: not a regular file", path);
    if (!status) out->fd = open(out->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (!status && out->fd < 0) status = failed(out, errno, why);
    if (!status) {
        note(NULL, out->beside);
        return STATUS_OK;
    }
    free(out->beside); /* nothing of ours stands there */
    out->beside = NULL;
    output_done(out);
    return status;
}

void output_text(Output *o, Text *text)
{
    if (text->broken && !o->error) o->error = ENOMEM;
    for (size_t done = 0; !o->error && done < text->len;) {
        ssize_t put = write(o->fd, text->at + done, text->len - done);
        if (put > 0)
            done += (size_t)put;
        else if (put == 0 || errno != EINTR)
            o->error = put == 0 ? ENOSPC : errno;
    }
    text_clear(text);
}

static bool same_bytes(FILE *a, FILE *b)
{
    char   x[8192], y[8192];
    size_t len;
    do {
        len = fread(x, 1, sizeof x, a);
        if (fread(y, 1, sizeof y, b) != len || memcmp(x, y, len) != 0) return false;
    } while (len == sizeof x);
    return !ferror(a) && !ferror(b);
}

static bool same_content(const char *path, const char *other)
{
    FILE *a = fopen(path, "rb"), *b = fopen(other, "rb");
    bool  same = a && b && same_bytes(a, b);
    if (a) fclose(a);
    if (b) fclose(b);
    return same;
}

static void sync_folder(const char *path)
{
    Text        folder = {0};
    const char *slash = strrchr(path, '/');
    if (slash) text_add_bytes(&folder, path, slash == path ? 1 : (size_t)(slash - path));
    folder_sync(slash ? text_string(&folder) : ".");
    text_done(&folder);
}

Status output_keep(Output *o, Why *why)
{
    if (!o->error && fsync(o->fd) != 0 && errno != EINVAL) o->error = errno;
    if (close(o->fd) != 0 && !o->error) o->error = errno;
    o->fd = -1;
    if (o->error) return failed(o, o->error, why);
    struct stat s;
    if (!o->replace && lstat(o->path, &s) == 0 && !same_content(o->path, o->beside))
        return in_the_way(o, why);
    if (rename(o->beside, o->path) != 0) return failed(o, errno, why);
    note(o->beside, NULL);
    free(o->beside);
    o->beside = NULL;
    sync_folder(o->path);
    return STATUS_OK;
}

void output_done(Output *o)
{
    if (o->fd >= 0) close(o->fd);
    if (o->beside) {
        unlink(o->beside);
        note(o->beside, NULL);
    }
    free(o->beside);
    free(o->path);
    *o = (Output){.fd = -1};
}
