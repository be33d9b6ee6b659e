#include "app/store/journal.h"

#include "app/base/hash.h"
#include "app/store/files.h"
#include "app/store/record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char      file_name[] = "progress.jsonl";
static const long long file_limit = 1LL << 30;
enum { LOCK_WAIT_MS = 2000, HEAD_BYTES = 4096 };

struct Journal {
    Text   folder, path;
    char   ses[RECORD_SES];
    int    written; /* n of the last entry of this run */
    off_t  read_to; /* end of the last line that was read */
    int    passed_over;
    Status status; /* other than OK: nothing is saved */
    Why    why;
    Text   waiting; /* whole lines not yet in the file */
};

/* The clock as RFC 3339, UTC. */
static void stamp(char out[32])
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    char       *end = NULL;
    time_t      now = fixed && *fixed ? (time_t)strtoll(fixed, &end, 10) : 0;
    if (!end || *end) now = time(NULL);
    struct tm t;
    if (!gmtime_r(&now, &t) || strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &t) == 0)
        snprintf(out, 32, "1970-01-01T00:00:00Z");
}

static void set_folder(Journal *j, const char *given)
{
    const char *state = getenv("ATTEND_STATE"), *xdg = getenv("XDG_STATE_HOME"),
               *home = getenv("HOME");
    if (given && *given)
        text_add(&j->folder, given);
    else if (state && *state)
        text_add(&j->folder, state);
    else if (xdg && *xdg == '/')
        text_format(&j->folder, "%s/attend", xdg);
    else if (home && *home)
        text_format(&j->folder, "%s/.local/state/attend", home);
    if (j->folder.len) text_format(&j->path, "%s/%s", text_string(&j->folder), file_name);
}

/* The file stays as it is and nothing is saved in this run. */
static Status refuse(Journal *j, Status status, const char *what, const char *todo)
{
    j->status = status;
    why_say(&j->why, status, 0, "%s: %s; it is left as it is and this session is not saved",
            file_name, what);
    why_todo(&j->why, "%s", todo);
    return status;
}

static Status refuse_header(Journal *j, HeaderKind kind, long long version)
{
    char text[120];
    if (kind == HEADER_NEWER) {
        snprintf(text, sizeof text, "written by a newer Attend (format %lld)", version);
        return refuse(j, STATUS_NEWER, text, "update Attend, or use --state DIR");
    }
    return refuse(j, STATUS_DAMAGED, "not a progress file of Attend",
                  "move it away, or use --state DIR");
}

/* Judges the first lines: torn starts of a header may stand before the header itself. whole: what
 * was read is the whole file. has_header: it stands there; else the next writer writes it. */
static Status judge_head(Journal *j, const char *head, size_t len, bool *has_header)
{
    *has_header = false;
    for (size_t from = 0; from < len;) {
        const char *end = memchr(head + from, '\n', len - from);
        size_t      line = end ? (size_t)(end - head) - from : len - from;
        long long   version;
        HeaderKind  kind = record_header_kind(head + from, line, &version);
        if (kind == HEADER_NEWER || kind == HEADER_FOREIGN) return refuse_header(j, kind, version);
        *has_header = kind == HEADER_OURS && end;
        if (*has_header) return STATUS_OK;
        from += line + 1;
    }
    return STATUS_OK;
}

static Status check_head(Journal *j, int fd, bool *has_header)
{
    char    head[HEAD_BYTES];
    ssize_t got = pread(fd, head, sizeof head, 0);
    if (got < 0)
        return refuse(j, STATUS_DAMAGED, strerror(errno), "make it readable, or use --state DIR");
    return judge_head(j, head, (size_t)got, has_header);
}

/* Folding */

static Status fold_line(Journal *j, const char *line, size_t len, bool skip_own, Progress *progress)
{
    Record     record;
    Status     status = STATUS_OK;
    long long  version;
    RecordKind kind = record_read(line, len, &record);
    bool       own = skip_own && strcmp(record.ses, j->ses) == 0;
    if (kind == RECORD_BROKEN && record_header_kind(line, len, &version) == HEADER_FOREIGN)
        j->passed_over++;
    if (kind == RECORD_ENTRY && !own) status = progress_take(progress, &record.entry);
    record_done(&record);
    return status;
}

/* Whole lines of a piece that begins at read_to; *used bytes of it were read. */
static Status fold_piece(Journal *j, const char *piece, size_t len, bool *long_line, bool skip_own,
                         Progress *progress, size_t *used)
{
    *used = 0;
    for (;;) {
        const char *from = piece + *used, *end = memchr(from, '\n', len - *used);
        if (!end) return STATUS_OK;
        Status status = STATUS_OK;
        if (!*long_line) status = fold_line(j, from, (size_t)(end - from), skip_own, progress);
        if (status != STATUS_OK) return status;
        *long_line = false;
        *used += (size_t)(end - from) + 1;
        j->read_to += end - from + 1;
    }
}

/* Everything from read_to on; a last line without its LF is not read. */
static Status fold(Journal *j, int fd, bool skip_own, Progress *progress)
{
    enum { ROOM = RECORD_LINE + 1 };
    char *room = malloc(ROOM);
    if (!room) return STATUS_MEMORY;
    Status status = STATUS_OK;
    size_t held = 0, used;
    bool   long_line = false;
    for (off_t at = j->read_to; status == STATUS_OK;) {
        ssize_t got = pread(fd, room + held, ROOM - held, at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        at += got;
        held += (size_t)got;
        status = fold_piece(j, room, held, &long_line, skip_own, progress, &used);
        memmove(room, room + used, held - used);
        held -= used;
        if (held < ROOM) continue;
        if (!long_line) j->passed_over++;
        long_line = true; /* 64 KiB and no end: its bytes are dropped until there is one */
        j->read_to += (off_t)held;
        held = 0;
    }
    free(room);
    return status;
}

static Status read_file(Journal *j, bool skip_own, Progress *progress)
{
    int    fd;
    Why    why = {0};
    bool   has_header;
    Status status = file_open(text_string(&j->path), file_name, file_limit, &fd, &why);
    if (status == STATUS_MISSING) return STATUS_OK;
    if (status != STATUS_OK) {
        j->status = status == STATUS_MEMORY ? status : STATUS_DAMAGED;
        why_say(&j->why, j->status, 0, "%s; this session is not saved", why.what);
        why_todo(&j->why, "move %s away, or use --state DIR", text_string(&j->path));
        return j->status;
    }
    status = check_head(j, fd, &has_header);
    if (status == STATUS_OK) status = fold(j, fd, skip_own, progress);
    close(fd);
    return status;
}

static void note_memory(Journal *j, Why *why)
{
    if (j->status == STATUS_OK)
        why_say(&j->why, STATUS_MEMORY, 0, "%s: there is not enough memory", file_name);
    if (why) *why = j->why;
}

/* Life */

Journal *journal_open(const char *folder, Progress *progress, Why *why)
{
    Journal *j = calloc(1, sizeof *j);
    if (!j) return NULL;
    uint8_t chance[4];
    hash_random(chance, sizeof chance);
    snprintf(j->ses, sizeof j->ses, "%02x%02x%02x%02x", chance[0], chance[1], chance[2], chance[3]);
    set_folder(j, folder);
    if (j->path.len == 0) {
        j->status = STATUS_WRITE;
        why_say(&j->why, STATUS_WRITE, 0, "HOME is not set; this session is not saved");
        why_todo(&j->why, "use --state DIR");
    } else if (read_file(j, false, progress) == STATUS_MEMORY) {
        note_memory(j, NULL);
        j->status = STATUS_MEMORY;
    }
    if (why) *why = j->why;
    return j;
}

bool journal_saves(const Journal *j)
{
    return j->status == STATUS_OK;
}

Status journal_status(const Journal *j)
{
    return j->status;
}

int journal_passed_over(const Journal *j)
{
    return j->passed_over;
}

const char *journal_path(const Journal *j)
{
    return text_string(&j->path);
}

/* Saving */

static Status not_saved(const Journal *j, Why *why)
{
    int error = errno;
    if (error != ENOSPC && error != EDQUOT && error != EFBIG)
        return why_say(why, STATUS_WRITE, 0, "%s: %s", text_string(&j->path), strerror(error));
    why_say(why, STATUS_WRITE, 0, "disk full");
    why_todo(why, "it is tried again with what comes next");
    return STATUS_WRITE;
}

/* The file, opened for appending; a new one and its folder are on disk before this returns. */
static int open_to_append(Journal *j)
{
    const char *path = text_string(&j->path);
    int         mode = O_RDWR | O_APPEND | O_NONBLOCK | O_CLOEXEC;
    int         fd = open(path, mode);
    if (fd >= 0 || errno != ENOENT) return fd;
    if (!folder_make(text_string(&j->folder))) return -1;
    fd = open(path, mode | O_CREAT, 0600);
    if (fd < 0) return -1;
    if (fsync(fd) == 0 && folder_sync(text_string(&j->folder))) return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

/* Ends a torn last line, so that the next one stands by itself. */
static bool end_torn_line(int fd, off_t *size)
{
    char last;
    if (*size == 0 || (pread(fd, &last, 1, *size - 1) == 1 && last == '\n')) return true;
    if (!file_append(fd, "\n", 1, *size)) return false;
    *size += 1;
    return true;
}

/* The first waiting line, with the header before it where the file has none: one write. */
static bool save_line(Journal *j, int fd, bool has_header, off_t *size)
{
    const char *lines = text_string(&j->waiting);
    size_t      len = (size_t)(strchr(lines, '\n') - lines) + 1;
    Text        both = {0};
    if (!has_header) text_format(&both, "%s\n", record_header);
    text_add_bytes(&both, lines, len);
    bool good = !both.broken && file_append(fd, both.at, both.len, *size);
    if (both.broken) errno = ENOMEM;
    if (good) {
        *size += (off_t)both.len;
        memmove(j->waiting.at, j->waiting.at + len, j->waiting.len - len);
        text_cut(&j->waiting, j->waiting.len - len);
    }
    int error = errno;
    text_done(&both);
    errno = error;
    return good;
}

static Status save_locked(Journal *j, int fd, Why *why)
{
    struct stat s;
    bool        has_header;
    if (fstat(fd, &s) != 0) return not_saved(j, why);
    if (!S_ISREG(s.st_mode))
        refuse(j, STATUS_DAMAGED, "not a regular file", "use --state DIR");
    else if (check_head(j, fd, &has_header) == STATUS_OK) {
        if (!end_torn_line(fd, &s.st_size)) return not_saved(j, why);
        while (j->waiting.len > 0) {
            if (!save_line(j, fd, has_header, &s.st_size)) return not_saved(j, why);
            has_header = true;
        }
        return STATUS_OK;
    }
    if (why) *why = j->why;
    return j->status;
}

static Status save_waiting(Journal *j, Why *why)
{
    if (j->waiting.len == 0) return STATUS_OK;
    int fd = open_to_append(j);
    if (fd < 0) return not_saved(j, why);
    Status status;
    if (file_lock(fd, LOCK_WAIT_MS))
        status = save_locked(j, fd, why);
    else
        status = why_say(why, STATUS_LOCKED, 0, "locked by another program");
    close(fd); /* gives the lock back */
    return status;
}

Status journal_append(Journal *j, const Entry *entry, Why *why)
{
    if (j->status != STATUS_OK) {
        if (why) *why = j->why;
        return j->status;
    }
    char   at[32];
    size_t before = j->waiting.len;
    stamp(at);
    record_write(entry, at, j->ses, j->written + 1, &j->waiting);
    if (j->waiting.broken) {
        text_cut(&j->waiting, before);
        j->waiting.broken = false;
        return why_say(why, STATUS_MEMORY, 0, "there is not enough memory");
    }
    j->written++;
    return save_waiting(j, why);
}

Status journal_catch_up(Journal *j, Progress *progress, Why *why)
{
    if (j->status != STATUS_OK) return STATUS_OK;
    Status status = read_file(j, true, progress);
    if (status == STATUS_MEMORY)
        note_memory(j, why);
    else if (status != STATUS_OK && why)
        *why = j->why;
    return status;
}

void journal_close(Journal *j)
{
    if (!j) return;
    Why    why;
    Status last = j->status == STATUS_OK ? save_waiting(j, &why) : STATUS_OK;
    (void)last; /* said when it was tried first */
    text_done(&j->folder);
    text_done(&j->path);
    text_done(&j->waiting);
    free(j);
}
