#include "app/store/npy.h"

#include "app/store/files.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAGIC = 6, CHUNK = 16384 };
static const char magic[] = "\x93NUMPY";

static Status damaged(const char *label, Why *why, const char *what)
{
    return why_say(why, STATUS_DAMAGED, 0, "%.120s: %s", label, what);
}

/* ---- the dictionary of the header ---- */

typedef struct {
    const char *at, *end, *label;
    Why        *why;
} Reader;

static void skip(Reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

static bool take(Reader *r, char c)
{
    skip(r);
    if (r->at == r->end || *r->at != c) return false;
    r->at++;
    return true;
}

/* A string in either quotes, without escapes; what stands between them. */
static bool take_string(Reader *r, const char **string, size_t *len)
{
    skip(r);
    if (r->at == r->end || (*r->at != '\'' && *r->at != '"')) return false;
    const char *close = memchr(r->at + 1, *r->at, (size_t)(r->end - r->at) - 1);
    if (!close || memchr(r->at, '\\', (size_t)(close - r->at))) return false;
    *string = r->at + 1;
    *len = (size_t)(close - *string);
    r->at = close + 1;
    return true;
}

static bool is(const char *string, size_t len, const char *word)
{
    return len == strlen(word) && memcmp(string, word, len) == 0;
}

static Status no_header(const Reader *r)
{
    return damaged(r->label, r->why,
                   "its header is not {'descr': ..., 'fortran_order': ..., 'shape': ...}");
}

/* "f2" is float16. */
static void add_type(const char *descr, size_t len, Text *out)
{
    static const struct {
        char        kind;
        const char *name;
    } kind[] = {{'f', "float"}, {'i', "int"}, {'u', "uint"}, {'c', "complex"}};
    static const struct {
        char        kind;
        const char *name;
    } other[] = {{'b', "bool"},
                 {'?', "bool"},
                 {'S', "bytes"},
                 {'a', "bytes"},
                 {'U', "text"},
                 {'V', "raw bytes"},
                 {'O', "Python objects, which only a pickle can hold"},
                 {'M', "dates"},
                 {'m', "times"}};
    const char first = len > 1 ? descr[1] : '\0';
    int        bytes = len == 3 && descr[2] >= '1' && descr[2] <= '9' ? descr[2] - '0' : 0;
    if (len == 4 && descr[2] == '1' && descr[3] == '6') bytes = 16;
    for (size_t k = 0; k < sizeof kind / sizeof *kind; k++)
        if (kind[k].kind == first && bytes) text_format(out, "%s%d", kind[k].name, 8 * bytes);
    for (size_t k = 0; k < sizeof other / sizeof *other; k++)
        if (other[k].kind == first) text_add(out, other[k].name);
    if (out->len == 0) text_format(out, "type \"%.*s\"", (int)(len < 20 ? len : 20), descr);
}

static Status wrong_type(const Reader *r, const char *descr, size_t len)
{
    Text name = {0};
    if (is(descr, len, "=f4") || is(descr, len, "=f8"))
        return damaged(r->label, r->why,
                       "its byte order is \"=\", this machine's, whichever that was; save it again "
                       "by numpy.save");
    add_type(descr, len, &name);
    Status status = why_say(
        r->why, STATUS_DAMAGED, 0,
        "%.120s: %s; save it as float32 or float64: numpy.save(\"%.60s\", x.astype(\"f4\"))",
        r->label, text_string(&name), r->label);
    text_done(&name);
    return status;
}

static Status read_type(Reader *r, NpyHead *h)
{
    const char *descr;
    size_t      len;
    skip(r);
    if (r->at < r->end && *r->at == '[')
        return damaged(
            r->label, r->why,
            "an array of records; save one field: numpy.save(..., x[\"name\"].astype(\"f4\"))");
    if (!take_string(r, &descr, &len)) return no_header(r);
    h->wide = len == 3 && descr[2] == '8';
    h->big = len == 3 && descr[0] == '>';
    bool float_type = is(descr, len, "<f4") || is(descr, len, "<f8") || is(descr, len, ">f4") ||
                      is(descr, len, ">f8");
    return float_type ? STATUS_OK : wrong_type(r, descr, len);
}

static Status read_order(Reader *r)
{
    skip(r);
    size_t left = (size_t)(r->end - r->at);
    if (left >= 4 && memcmp(r->at, "True", 4) == 0)
        return why_say(
            r->why, STATUS_DAMAGED, 0,
            "%.120s: its numbers stand column by column (Fortran order); save them row by row: "
            "numpy.save(\"%.60s\", numpy.ascontiguousarray(x))",
            r->label, r->label);
    if (left < 5 || memcmp(r->at, "False", 5) != 0) return no_header(r);
    r->at += 5;
    return STATUS_OK;
}

/* A whole number without sign; past 2^63 it is refused. */
static bool take_length(Reader *r, int64_t *out)
{
    skip(r);
    const char *from = r->at;
    for (*out = 0; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++) {
        int digit = *r->at - '0';
        if (*out > (INT64_MAX - digit) / 10) return false;
        *out = 10 * *out + digit;
    }
    return r->at > from;
}

static Status wrong_shape(const Reader *r)
{
    return damaged(r->label, r->why,
                   "its shape is not a tuple of whole numbers, such as (1024, 64)");
}

static Status read_shape(Reader *r, NpyHead *h)
{
    bool comma = true;
    if (!take(r, '(')) return wrong_shape(r);
    while (!take(r, ')')) {
        if (!comma) return wrong_shape(r);
        if (h->rank == NPY_RANK)
            return why_say(r->why, STATUS_LIMIT, 0,
                           "%.120s: more than %d dimensions; at most %d are read", r->label,
                           NPY_RANK, NPY_RANK);
        if (!take_length(r, &h->shape[h->rank])) return wrong_shape(r);
        h->rank++;
        comma = take(r, ',');
    }
    return h->rank == 1 && !comma ? wrong_shape(r) : STATUS_OK; /* (5) is a number, (5,) a tuple */
}

/* The product, with room for their bytes. */
static Status count_numbers(const Reader *r, NpyHead *h)
{
    h->numbers = 1;
    for (int k = 0; k < h->rank; k++)
        if (h->shape[k] == 0) h->numbers = 0;
    for (int k = 0; k < h->rank && h->numbers; k++) {
        if (h->numbers > INT64_MAX / 8 / h->shape[k])
            return damaged(r->label, r->why, "its shape is larger than any file");
        h->numbers *= h->shape[k];
    }
    return STATUS_OK;
}

static Status read_dictionary(Reader *r, NpyHead *h)
{
    static const char *const key[] = {"descr", "fortran_order", "shape"};
    bool                     seen[3] = {false, false, false}, comma = true;
    if (!take(r, '{')) return no_header(r);
    while (!take(r, '}')) {
        const char *name;
        size_t      len;
        int         k = 0;
        if (!comma || !take_string(r, &name, &len) || !take(r, ':')) return no_header(r);
        while (k < 3 && !is(name, len, key[k])) k++;
        if (k == 3 || seen[k])
            return why_say(r->why, STATUS_DAMAGED, 0, "%.120s: its header has %s \"%.*s\"",
                           r->label, k == 3 ? "an unknown key" : "twice the key",
                           (int)(len < 40 ? len : 40), name);
        seen[k] = true;
        Status status = k == 0 ? read_type(r, h) : k == 1 ? read_order(r) : read_shape(r, h);
        if (status) return status;
        comma = take(r, ',');
    }
    skip(r);
    if (r->at != r->end || !seen[0] || !seen[1] || !seen[2]) return no_header(r);
    return count_numbers(r, h);
}

/* ---- the file ---- */

static Status check_length(const char *label, const NpyHead *h, int64_t size, Why *why)
{
    int64_t wanted = h->numbers * (h->wide ? 8 : 4), found = size - h->start;
    if (wanted == found) return STATUS_OK;
    Text shape = {0};
    npy_add_shape(h->shape, h->rank, &shape);
    Status status = why_say(
        why, STATUS_DAMAGED, 0, "%.120s: shape %s of %s takes %lld bytes, the file has %lld%s",
        label, text_string(&shape), h->wide ? "float64" : "float32", (long long)wanted,
        (long long)found,
        found < wanted ? ": it is cut off" : ": there is something behind the array");
    text_done(&shape);
    return status;
}

static Status no_npy(const char *bytes, size_t len, const char *label, Why *why)
{
    if (len >= 2 && memcmp(bytes, "PK", 2) == 0)
        return damaged(label, why,
                       "an .npz archive; save one array of it: numpy.save(\"q.npy\", z[\"q\"])");
    if (len >= 2 && bytes[0] == '\x80' && bytes[1] <= 5)
        return damaged(label, why, "a pickle; save the array itself: numpy.save(\"q.npy\", x)");
    bool cut = memcmp(bytes, magic, len < MAGIC ? len : MAGIC) == 0;
    return damaged(label, why,
                   len == 0 ? "an empty file"
                   : cut    ? "it is cut off inside its first bytes"
                            : "not a .npy file");
}

Status npy_parse(const char *bytes, size_t len, int64_t size, const char *label, NpyHead *out,
                 Why *why)
{
    const unsigned char *byte = (const unsigned char *)bytes;
    *out = (NpyHead){0};
    if (len < MAGIC + 2 || memcmp(bytes, magic, MAGIC) != 0) return no_npy(bytes, len, label, why);
    int major = byte[MAGIC], minor = byte[MAGIC + 1], width = major == 1 ? 2 : 4;
    if (major < 1 || major > 3 || minor != 0)
        return why_say(why, STATUS_DAMAGED, 0,
                       "%.120s: version %d.%d of the format; 1.0, 2.0 and 3.0 are read", label,
                       major, minor);
    size_t start = MAGIC + 2 + (size_t)width;
    if (len < start) return no_npy(bytes, MAGIC + 1, label, why);
    uint32_t head = 0;
    for (int k = width - 1; k >= 0; k--) head = head << 8 | byte[MAGIC + 2 + k];
    if (head > NPY_HEAD_LIMIT - 12)
        return why_say(why, STATUS_LIMIT, 0,
                       "%.120s: a header of %.1f KiB; at most 64 KiB are read", label,
                       (double)head / 1024);
    if (head > len - start) return damaged(label, why, "it is cut off inside its header");
    out->start = (int64_t)(start + head);
    Reader r = {bytes + start, bytes + start + head, label, why};
    Status status = read_dictionary(&r, out);
    return status ? status : check_length(label, out, size, why);
}

/* pread until all is there; the bytes that came. */
static size_t read_some(int fd, void *to, size_t len, int64_t at)
{
    size_t got = 0;
    while (got < len) {
        ssize_t more = pread(fd, (char *)to + got, len - got, (off_t)(at + (int64_t)got));
        if (more > 0)
            got += (size_t)more;
        else if (more == 0 || errno != EINTR)
            break;
    }
    return got;
}

static Status examine(Npy *npy, Why *why)
{
    struct stat s;
    char       *head = malloc(NPY_HEAD_LIMIT);
    Status      status = STATUS_MEMORY;
    if (head && npy->label && fstat(npy->fd, &s) == 0) {
        int64_t size = (int64_t)s.st_size;
        size_t  len = size < NPY_HEAD_LIMIT ? (size_t)size : NPY_HEAD_LIMIT;
        status = read_some(npy->fd, head, len, 0) == len
                     ? npy_parse(head, len, size, npy->label, &npy->head, why)
                     : damaged(npy->label, why, "it can't be read");
    } else {
        why_say(why, status, 0, "%s", status_sentence(status));
    }
    free(head);
    return status;
}

Status npy_open(const char *path, const char *label, Npy *out, Why *why)
{
    *out = (Npy){.fd = -1};
    Status status = file_open(path, label, LLONG_MAX, &out->fd, why);
    if (status) return status;
    out->label = text_copy(label);
    status = examine(out, why);
    if (status) npy_close(out);
    return status;
}

void npy_close(Npy *npy)
{
    if (npy->fd >= 0) close(npy->fd);
    free(npy->label);
    *npy = (Npy){.fd = -1};
}

/* ---- numbers ---- */

static double number_at(const unsigned char *byte, bool wide, bool big)
{
    int      size = wide ? 8 : 4;
    uint64_t bits = 0;
    for (int k = 0; k < size; k++) bits = bits << 8 | byte[big ? k : size - 1 - k];
    if (!wide) {
        uint32_t half = (uint32_t)bits;
        float    x;
        memcpy(&x, &half, sizeof x);
        return (double)x;
    }
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* One of the two is NULL. */
static Status read_numbers(const Npy *npy, float *single, double *real, Why *why)
{
    unsigned char  bytes[CHUNK];
    const NpyHead *h = &npy->head;
    int64_t        size = h->wide ? 8 : 4;
    for (int64_t done = 0; done < h->numbers;) {
        int64_t count = h->numbers - done < CHUNK / size ? h->numbers - done : CHUNK / size;
        size_t  len = (size_t)(count * size);
        if (read_some(npy->fd, bytes, len, h->start + done * size) != len)
            return damaged(npy->label, why, "it can't be read: the file is shorter than it was");
        for (int64_t k = 0; k < count; k++) {
            double x = number_at(bytes + k * size, h->wide, h->big);
            if (single)
                single[done + k] = (float)x;
            else
                real[done + k] = x;
        }
        done += count;
    }
    return STATUS_OK;
}

Status npy_floats(const Npy *npy, float *out, Why *why)
{
    return read_numbers(npy, out, NULL, why);
}

Status npy_doubles(const Npy *npy, double *out, Why *why)
{
    return read_numbers(npy, NULL, out, why);
}

/* ---- writing ---- */

void npy_add_shape(const int64_t *shape, int rank, Text *out)
{
    text_add_char(out, '(');
    for (int k = 0; k < rank; k++) text_format(out, "%s%lld", k ? ", " : "", (long long)shape[k]);
    text_add(out, rank == 1 ? ",)" : ")");
}

void npy_add_head(const int64_t *shape, int rank, bool wide, Text *out)
{
    enum { ALIGN = 64, BEFORE = MAGIC + 2 + 2 };
    Text words = {0};
    text_format(&words, "{'descr': '<f%d', 'fortran_order': False, 'shape': ", wide ? 8 : 4);
    npy_add_shape(shape, rank, &words);
    text_add(&words, ", }");
    while ((BEFORE + words.len + 1) % ALIGN) text_add_char(&words, ' ');
    text_add_char(&words, '\n');
    const char length[4] = {1, 0, (char)(words.len & 255), (char)(words.len >> 8)};
    text_add_bytes(out, magic, MAGIC);
    text_add_bytes(out, length, sizeof length);
    text_add_bytes(out, text_string(&words), words.len);
    text_done(&words);
}

static void add_bits(uint64_t bits, int size, Text *out)
{
    char byte[8];
    for (int k = 0; k < size; k++) byte[k] = (char)(bits >> 8 * k & 255);
    text_add_bytes(out, byte, (size_t)size);
}

void npy_add_floats(const float *number, int64_t count, Text *out)
{
    for (int64_t k = 0; k < count; k++) {
        uint32_t bits;
        memcpy(&bits, &number[k], sizeof bits);
        add_bits(bits, 4, out);
    }
}

void npy_add_doubles(const double *number, int64_t count, Text *out)
{
    for (int64_t k = 0; k < count; k++) {
        uint64_t bits;
        memcpy(&bits, &number[k], sizeof bits);
        add_bits(bits, 8, out);
    }
}
