#include "app/store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void add_size(Text *out, long long bytes)
{
    static const char *const unit[] = {"bytes", "KiB", "MiB", "GiB"};
    int                      k = 0;
    double                   size = (double)bytes;
    for (; size >= 1024 && k < 3; k++) size /= 1024;
    text_add_real(out, size, 1);
    text_format(out, " %s", unit[k]);
}

static Status too_large(const char *name, long long size, long long limit, Why *why)
{
    Text found = {0}, most = {0};
    add_size(&found, size);
    add_size(&most, limit);
    Status status = why_say(why, STATUS_LIMIT, 0, "%s: %s; at most %s are read", name,
                            text_string(&found), text_string(&most));
    text_done(&found);
    text_done(&most);
    return status;
}

static Status examine(int fd, const char *name, long long limit, Why *why)
{
    struct stat s;
    if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode))
        return why_say(why, STATUS_DAMAGED, 0, "%s: not a regular file", name);
    if (s.st_size > limit) return too_large(name, (long long)s.st_size, limit, why);
    return STATUS_OK;
}

Status file_open(const char *path, const char *name, long long limit, int *fd, Why *why)
{
    *fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (*fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return why_say(why, STATUS_MISSING, 0, "%s: there is no such file", name);
    if (*fd < 0)
        return why_say(why, STATUS_DAMAGED, 0, "%s: can't be read: %s", name, strerror(errno));
    Status status = examine(*fd, name, limit, why);
    if (status != STATUS_OK) {
        close(*fd);
        *fd = -1;
    }
    return status;
}

Status file_take(int fd, const char *name, Text *out, Why *why)
{
    char    bytes[16384];
    ssize_t got;
    while ((got = read(fd, bytes, sizeof bytes)) != 0) {
        if (got > 0)
            text_add_bytes(out, bytes, (size_t)got);
        else if (errno != EINTR)
            break;
    }
    int error = errno;
    close(fd);
    if (got < 0)
        return why_say(why, STATUS_DAMAGED, 0, "%s: can't be read: %s", name, strerror(error));
    if (out->broken) return why_say(why, STATUS_MEMORY, 0, "%s: there is not enough memory", name);
    return STATUS_OK;
}

bool folder_is(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

bool folder_sync(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    /* Some file systems can't sync a folder and say EINVAL: there is nothing more to do then. */
    bool good = fsync(fd) == 0 || errno == EINVAL;
    close(fd);
    return good;
}

static bool make_one(char *path)
{
    if (mkdir(path, 0700) != 0) return errno == EEXIST && folder_is(path);
    char *slash = strrchr(path, '/');
    if (!slash) return folder_sync(".");
    if (slash == path) return folder_sync("/");
    *slash = '\0';
    bool good = folder_sync(path);
    *slash = '/';
    return good;
}

bool folder_make(const char *path)
{
    if (folder_is(path)) return true;
    Text t = {0};
    text_add(&t, path);
    bool good = !t.broken;
    for (size_t k = 1; good && k < t.len; k++) {
        if (t.at[k] != '/') continue;
        t.at[k] = '\0';
        good = make_one(t.at);
        t.at[k] = '/';
    }
    good = good && make_one(t.at);
    int error = errno;
    text_done(&t);
    errno = error;
    return good;
}

static long long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool file_lock(int fd, int wait_ms)
{
    const struct timespec pause = {.tv_nsec = 20 * 1000000L};
    long long             end = now_ms() + wait_ms;
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return false;
        if (now_ms() >= end) return false;
        nanosleep(&pause, NULL);
    }
    return true;
}

bool file_append(int fd, const char *bytes, size_t len, off_t size)
{
    ssize_t put;
    do put = write(fd, bytes, len);
    while (put < 0 && errno == EINTR);
    int error = put < 0 ? errno : ENOSPC;
    if (put == (ssize_t)len) {
        if (fsync(fd) == 0) return true;
        error = errno;
    }
    if (put > 0 && ftruncate(fd, size) != 0) error = errno;
    errno = error;
    return false;
}
