#include "app/store/safetensors.h"

#include "app/base/text.h"
#include "app/store/files.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LENGTH = 8,
    HEADER_LIMIT = 1 << 20,
    FILE_LIMIT = 1 << 30,
    TENSOR_LIMIT = 4096,
    CHUNK = 8192
};

static const struct {
    const char *name;
    int         bytes;
} type[] = {[TENSOR_F32] = {"F32", 4}, [TENSOR_F16] = {"F16", 2}, [TENSOR_BF16] = {"BF16", 2}};
enum { TYPES = sizeof type / sizeof *type };

static Status damaged(const Safetensors *s, Why *why, const char *what)
{
    return why_say(why, STATUS_DAMAGED, 0, "%s: %s", s->label ? s->label : "safetensors", what);
}

static Status damaged_tensor(const Safetensors *s, const char *name, Why *why, const char *what)
{
    return why_say(why, STATUS_DAMAGED, 0, "%s: tensor \"%.100s\": %s",
                   s->label ? s->label : "safetensors", name, what);
}

/* ---- one entry of the header ---- */

static bool read_type(const json_t *entry, TensorType *out)
{
    const char *name = json_string_value(json_object_get(entry, "dtype"));
    for (int k = 0; name && k < TYPES; k++) {
        if (strcmp(type[k].name, name) != 0) continue;
        *out = (TensorType)k;
        return true;
    }
    return false;
}

/* The product of the shape stays below the limit of a file, so that it can't overflow. */
static bool read_shape(const json_t *entry, Tensor *t)
{
    const json_t *shape = json_object_get(entry, "shape");
    if (!json_is_array(shape) || json_array_size(shape) > TENSOR_RANK) return false;
    t->rank = (int)json_array_size(shape);
    t->numbers = 1;
    for (int k = 0; k < t->rank; k++) {
        const json_t *side = json_array_get(shape, (size_t)k);
        json_int_t    length = json_integer_value(side);
        if (!json_is_integer(side) || length < 0 || length > FILE_LIMIT) return false;
        t->shape[k] = length;
        if (length && t->numbers > FILE_LIMIT / length) return false;
        t->numbers *= length;
    }
    return true;
}

static bool read_offsets(const json_t *entry, int64_t data, Tensor *t)
{
    const json_t *pair = json_object_get(entry, "data_offsets"), *at = json_array_get(pair, 0),
                 *end = json_array_get(pair, 1);
    if (json_array_size(pair) != 2 || !json_is_integer(at) || !json_is_integer(end)) return false;
    t->at = json_integer_value(at);
    t->end = json_integer_value(end);
    return t->at >= 0 && t->at <= t->end && t->end <= data;
}

static Status read_entry(const Safetensors *s, const char *name, const json_t *entry, int64_t data,
                         Tensor *t, Why *why)
{
    if (!json_is_object(entry)) return damaged_tensor(s, name, why, "it has no entry");
    if (!read_type(entry, &t->type))
        return damaged_tensor(s, name, why, "its type is not F32, F16 or BF16");
    if (!read_shape(entry, t))
        return damaged_tensor(s, name, why, "its shape is not a list of at most 4 lengths");
    if (!read_offsets(entry, data, t))
        return damaged_tensor(s, name, why, "its place is not inside the file");
    if (t->end - t->at != t->numbers * type[t->type].bytes)
        return damaged_tensor(s, name, why, "its place is not as long as its shape and type say");
    t->name = text_copy(name);
    return t->name ? STATUS_OK
                   : why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

/* ---- the header ---- */

static int by_place(const void *a, const void *b)
{
    const Tensor *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static Status covered(const Safetensors *s, int64_t data, Why *why)
{
    int64_t at = 0;
    for (int k = 0; k < s->tensors; at = s->tensor[k++].end) {
        if (s->tensor[k].at < at)
            return damaged_tensor(s, s->tensor[k].name, why, "it overlaps another one");
        if (s->tensor[k].at > at)
            return damaged_tensor(s, s->tensor[k].name, why, "there is a gap before it");
    }
    return at == data ? STATUS_OK : damaged(s, why, "there are bytes behind the last tensor");
}

static Status read_entries(json_t *header, int64_t data, Safetensors *s, Why *why)
{
    const char *name;
    json_t     *entry;
    Status      status = STATUS_OK;
    size_t      size = json_object_size(header);
    if (size > TENSOR_LIMIT + 1)
        return why_say(why, STATUS_LIMIT, 0, "%s: %zu tensors; at most %d are read",
                       s->label ? s->label : "safetensors", size, TENSOR_LIMIT);
    s->tensor = calloc(size + 1, sizeof *s->tensor);
    if (!s->tensor) return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    json_object_foreach(header, name, entry)
    {
        if (strcmp(name, "__metadata__") == 0) continue;
        status = read_entry(s, name, entry, data, &s->tensor[s->tensors], why);
        if (status) return status;
        s->tensors++;
    }
    qsort(s->tensor, (size_t)s->tensors, sizeof *s->tensor, by_place);
    return covered(s, data, why);
}

Status safetensors_parse(const char *header, size_t len, int64_t data, Safetensors *out, Why *why)
{
    json_error_t error;
    json_t      *value = json_loadb(header, len, JSON_REJECT_DUPLICATES, &error);
    Status       status = json_is_object(value)
                              ? read_entries(value, data, out, why)
                              : damaged(out, why, "its header is not a JSON object: no safetensors file");
    json_decref(value);
    return status;
}

/* ---- the file ---- */

/* pread until all is there. */
static bool read_all(int fd, void *to, size_t len, int64_t at)
{
    for (size_t got = 0; got < len;) {
        ssize_t more = pread(fd, (char *)to + got, len - got, (off_t)(at + (int64_t)got));
        if (more > 0)
            got += (size_t)more;
        else if (more == 0 || errno != EINTR)
            return false;
    }
    return true;
}

static Status read_header(Safetensors *s, int64_t size, Why *why)
{
    unsigned char length[LENGTH];
    uint64_t      len = 0;
    if (size < LENGTH || !read_all(s->fd, length, LENGTH, 0))
        return damaged(s, why, "it is too short for a safetensors file");
    for (int k = LENGTH - 1; k >= 0; k--) len = len << 8 | length[k];
    if (len > (uint64_t)(size - LENGTH))
        return damaged(s, why,
                       "its header would be longer than the file: cut off, or no safetensors file");
    if (len > HEADER_LIMIT)
        return why_say(why, STATUS_LIMIT, 0, "%s: a header of %.1f MiB; at most 1 MiB is read",
                       s->label, (double)len / 1048576.0);
    char *header = malloc(len + 1);
    if (!header) return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    s->start = LENGTH + (int64_t)len;
    Status status = read_all(s->fd, header, len, LENGTH)
                        ? safetensors_parse(header, len, size - s->start, s, why)
                        : damaged(s, why, "its header can't be read");
    free(header);
    return status;
}

Status safetensors_open(const char *path, const char *label, Safetensors *out, Why *why)
{
    struct stat st;
    *out = (Safetensors){.fd = -1};
    Status status = file_open(path, label, FILE_LIMIT, &out->fd, why);
    if (status) return status;
    out->label = text_copy(label);
    if (!out->label)
        status = why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    else if (fstat(out->fd, &st) != 0)
        status = damaged(out, why, strerror(errno));
    else
        status = read_header(out, (int64_t)st.st_size, why);
    if (status) safetensors_close(out);
    return status;
}

void safetensors_close(Safetensors *s)
{
    for (int k = 0; k < s->tensors; k++) free(s->tensor[k].name);
    free(s->tensor);
    free(s->label);
    if (s->fd >= 0) close(s->fd);
    *s = (Safetensors){.fd = -1};
}

const Tensor *safetensors_find(const Safetensors *s, const char *name)
{
    for (int k = 0; k < s->tensors; k++)
        if (strcmp(s->tensor[k].name, name) == 0) return &s->tensor[k];
    return NULL;
}

/* ---- numbers ---- */

static float from_bits(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction. */
static float from_half(uint32_t h)
{
    uint32_t sign = (h & 0x8000u) << 16, exponent = h >> 10 & 31, fraction = h & 1023;
    if (exponent == 31) return from_bits(sign | 0x7F800000u | fraction << 13);
    if (exponent) return from_bits(sign | (exponent + 112) << 23 | fraction << 13);
    float small = (float)fraction * 0x1p-24f; /* subnormal, exact */
    return sign ? -small : small;
}

static float number(TensorType t, const unsigned char *b)
{
    switch (t) {
    case TENSOR_F32:
        return from_bits((uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
                         (uint32_t)b[3] << 24);
    case TENSOR_F16:
        return from_half((uint32_t)b[0] | (uint32_t)b[1] << 8);
    case TENSOR_BF16:
        return from_bits((uint32_t)b[0] << 16 | (uint32_t)b[1] << 24);
    }
    return 0;
}

Status safetensors_read(const Safetensors *s, const Tensor *t, float *out, Why *why)
{
    unsigned char bytes[CHUNK];
    int           size = type[t->type].bytes;
    for (int64_t done = 0; done < t->numbers;) {
        int64_t count = t->numbers - done < CHUNK / size ? t->numbers - done : CHUNK / size;
        if (!read_all(s->fd, bytes, (size_t)(count * size), s->start + t->at + done * size))
            return damaged_tensor(s, t->name, why,
                                  "it can't be read: the file is shorter than it was");
        for (int64_t k = 0; k < count; k++) out[done + k] = number(t->type, bytes + k * size);
        done += count;
    }
    return STATUS_OK;
}
