#include "app/store/mask.h"

#include "app/store/files.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 1 << 20, RUNS = 1 << 26, LINE = 1 << 24, CHUNK = 65536, SHOWN = 40 };

MaskReader mask_begin(const char *label, bool future)
{
    return (MaskReader){.label = label, .future = future, .said = -1, .last = -1};
}

static Status wrong(const MaskReader *r, Why *why, Status status, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
static Status wrong(const MaskReader *r, Why *why, Status status, const char *format, ...)
{
    Text    what = {0};
    va_list args;
    va_start(args, format);
    text_vformat(&what, format, args);
    va_end(args);
    status = why_say(why, status, 0, "%.120s:%lld: %s", r->label, (long long)r->line,
                     text_string(&what));
    text_done(&what);
    return status;
}

static Status no_memory(Why *why)
{
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

/* A whole number below 2^31; false if none begins here. */
static bool take_number(const char **at, const char *end, int64_t *out)
{
    const char *from = *at;
    for (*out = 0; *at < end && **at >= '0' && **at <= '9'; ++*at) {
        *out = 10 * *out + (**at - '0');
        if (*out > INT_MAX) return false;
    }
    return *at > from;
}

static void skip_blanks(const char **at, const char *end)
{
    while (*at < end && (**at == ' ' || **at == '\t')) ++*at;
}

/* "# n: 64" */
static Status read_comment(MaskReader *r, const char *at, const char *end, Why *why)
{
    int64_t n;
    at++;
    skip_blanks(&at, end);
    if (at == end || *at != 'n') return STATUS_OK;
    at++;
    skip_blanks(&at, end);
    if (at == end || *at != ':') return STATUS_OK;
    at++;
    skip_blanks(&at, end);
    if (!take_number(&at, end, &n) || at != end) return STATUS_OK;
    if (r->said >= 0 && r->said != n)
        return wrong(r, why, STATUS_DAMAGED, "n is %lld here and %lld above", (long long)n,
                     (long long)r->said);
    r->said = n;
    return STATUS_OK;
}

static Status no_run(const MaskReader *r, Why *why, const char *at, const char *end)
{
    int len = (int)(end - at < SHOWN ? end - at : SHOWN);
    return wrong(r, why, STATUS_DAMAGED, "\"%.*s\" is not a run; runs are 3 or 5-9", len, at);
}

/* One run [lo, hi] of row i, put behind those it has. */
static Status add_run(MaskReader *r, int64_t i, int64_t lo, int64_t hi, Why *why)
{
    Runs *row = &r->row[i];
    if (hi < lo)
        return wrong(r, why, STATUS_DAMAGED, "run %lld-%lld goes backwards", (long long)lo,
                     (long long)hi);
    if (row->len && lo < row->run[row->len - 1].hi)
        return wrong(r, why, STATUS_DAMAGED,
                     "run %lld does not lie behind the one before, which ends at %lld",
                     (long long)lo, (long long)row->run[row->len - 1].hi - 1);
    if (!r->future && hi > i) {
        wrong(r, why, STATUS_DAMAGED, "query %lld reads key %lld, which comes after it",
              (long long)i, (long long)hi);
        why_todo(why, "--bidirectional allows that");
        return STATUS_DAMAGED;
    }
    if (++r->runs > RUNS)
        return wrong(r, why, STATUS_LIMIT, "more than %d runs; at most so many are read", RUNS);
    if (hi > r->last) {
        r->last = hi;
        r->last_line = r->line;
    }
    return runs_append(row, lo, hi + 1) ? no_memory(why) : STATUS_OK;
}

static Status read_runs(MaskReader *r, int64_t i, const char *at, const char *end, Why *why)
{
    Status status = STATUS_OK;
    for (skip_blanks(&at, end); at < end && !status; skip_blanks(&at, end)) {
        const char *from = at;
        int64_t     lo, hi;
        if (!take_number(&at, end, &lo)) return no_run(r, why, from, end);
        hi = lo;
        if (at < end && *at == '-') {
            at++;
            if (!take_number(&at, end, &hi)) return no_run(r, why, from, end);
        }
        if (at < end && *at != ' ' && *at != '\t') return no_run(r, why, from, end);
        status = add_run(r, i, lo, hi, why);
    }
    return status;
}

static Status new_row(MaskReader *r, Why *why)
{
    if (r->rows == ROWS)
        return wrong(r, why, STATUS_LIMIT, "more than %d rows; at most so many are read", ROWS);
    if (r->rows == r->room) {
        int64_t room = r->room ? 2 * r->room : 64;
        Runs   *row = realloc(r->row, (size_t)room * sizeof *row);
        if (!row) return no_memory(why);
        r->row = row;
        r->room = room;
    }
    r->row[r->rows++] = (Runs){0};
    return STATUS_OK;
}

Status mask_line(MaskReader *r, const char *line, size_t len, Why *why)
{
    const char *at = line, *end = line + len;
    int64_t     i;
    r->line++;
    if (len > LINE)
        return wrong(r, why, STATUS_LIMIT,
                     "a line of more than 16 MiB; at most so long ones are read");
    if (end > at && end[-1] == '\r') end--;
    if (r->line == 1 && end - at >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) at += 3;
    if (at < end && *at == '#') return read_comment(r, at, end, why);
    if (!take_number(&at, end, &i) || at == end || *at != ':')
        return wrong(r, why, STATUS_DAMAGED, "a row begins with its query and a colon: \"%lld:\"",
                     (long long)r->rows);
    if (i != r->rows)
        return wrong(r, why, STATUS_DAMAGED, "row %lld stands where row %lld is due", (long long)i,
                     (long long)r->rows);
    Status status = new_row(r, why);
    return status ? status : read_runs(r, i, at + 1, end, why);
}

static void reader_done(MaskReader *r)
{
    for (int64_t i = 0; i < r->rows; i++) runs_done(&r->row[i]);
    free(r->row);
    r->row = NULL;
    r->rows = 0;
}

Status mask_end(MaskReader *r, Mask *out, Why *why)
{
    Status status = STATUS_OK;
    *out = (Mask){0};
    if (r->rows == 0) {
        status =
            why_say(why, STATUS_DAMAGED, 0, "%.120s: no row in it; a row is \"0: 0-3\"", r->label);
    } else if (r->said >= 0 && r->said != r->rows) {
        status = why_say(why, STATUS_DAMAGED, 0, "%.120s: n is %lld, but there are %lld rows",
                         r->label, (long long)r->said, (long long)r->rows);
    } else if (r->last >= r->rows) {
        r->line = r->last_line;
        status = wrong(r, why, STATUS_DAMAGED, "key %lld; there are %lld rows, so keys 0 to %lld",
                       (long long)r->last, (long long)r->rows, (long long)r->rows - 1);
    }
    if (status) {
        reader_done(r);
        return status;
    }
    *out = (Mask){r->rows, r->row};
    return STATUS_OK;
}

Status mask_parse(const char *text, size_t len, const char *label, bool future, Mask *out, Why *why)
{
    MaskReader r = mask_begin(label, future);
    Status     status = STATUS_OK;
    for (size_t at = 0; at < len && !status;) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t      length = end ? (size_t)(end - text) - at : len - at;
        status = mask_line(&r, text + at, length, why);
        at += length + 1;
    }
    if (!status) return mask_end(&r, out, why);
    reader_done(&r);
    *out = (Mask){0};
    return status;
}

/* Whole lines of what was read; the rest of the last one moves to the front. */
static Status take_lines(MaskReader *r, Text *held, Why *why)
{
    size_t at = 0;
    Status status = held->broken ? no_memory(why) : STATUS_OK;
    while (!status && at < held->len) {
        const char *end = memchr(held->at + at, '\n', held->len - at);
        if (!end) break;
        status = mask_line(r, held->at + at, (size_t)(end - held->at) - at, why);
        at = (size_t)(end - held->at) + 1;
    }
    if (at) memmove(held->at, held->at + at, held->len - at);
    text_cut(held, held->len - at);
    if (!status && held->len > LINE) status = mask_line(r, held->at, held->len, why);
    return status;
}

static Status read_all(int fd, MaskReader *r, Why *why)
{
    char    bytes[CHUNK];
    Text    held = {0};
    Status  status = STATUS_OK;
    ssize_t got = 0;
    while (!status && ((got = read(fd, bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR))) {
        if (got < 0) continue;
        text_add_bytes(&held, bytes, (size_t)got);
        status = take_lines(r, &held, why);
    }
    if (!status && got < 0)
        status =
            why_say(why, STATUS_DAMAGED, 0, "%.120s: can't be read: %s", r->label, strerror(errno));
    if (!status && held.len) status = mask_line(r, held.at, held.len, why);
    text_done(&held);
    return status;
}

Status mask_read(const char *path, const char *label, bool future, Mask *out, Why *why)
{
    int fd;
    *out = (Mask){0};
    Status status = file_open(path, label, LLONG_MAX, &fd, why);
    if (status) return status;
    MaskReader r = mask_begin(label, future);
    status = read_all(fd, &r, why);
    close(fd);
    if (!status) return mask_end(&r, out, why);
    reader_done(&r);
    return status;
}

void mask_done(Mask *m)
{
    for (int64_t i = 0; i < m->n; i++) runs_done(&m->row[i]);
    free(m->row);
    *m = (Mask){0};
}
