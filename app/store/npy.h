/* npy.h - NumPy's array files: float32 and float64 in C order, either byte order.
 *
 *    \x93NUMPY | version, 2 bytes | length of the header | {'descr': '<f4', ...} | numbers
 *
 * Read: versions 1.0, 2.0 and 3.0; the three keys descr, fortran_order and shape in any order and
 * spacing, nothing else, and nothing is evaluated; the numbers are exactly as many as the shape says.
 * What is refused is refused by name, with what to save instead. Limits: header 64 KiB, 4 dimensions.
 * Written: version 1.0, little endian.
 * Source: numpy/doc/neps/nep-0001-npy-format. */
#ifndef APP_STORE_NPY_H
#define APP_STORE_NPY_H

#include "app/base/text.h"

#include "engine/status.h"

enum { NPY_RANK = 4 };

/* What the header says. */
typedef struct {
    int     rank;
    int64_t shape[NPY_RANK];
    int64_t numbers; /* product of the shape; times their size it fits 63 bits */
    bool    wide;    /* float64 */
    bool    big;     /* most significant byte first */
    int64_t start;   /* byte of the file where the numbers begin */
} NpyHead;

typedef struct {
    NpyHead head;
    char   *label; /* what messages call the file, owned */
    int     fd;    /* -1: not open */
} Npy;

/* The first len bytes of a file that is `size` bytes long: what npy_open checks. len is size, or enough
 * for the longest header. label is used in messages. */
enum { NPY_HEAD_LIMIT = 65536 + 12 };
Status npy_parse(const char *bytes, size_t len, int64_t size, const char *label, NpyHead *out,
                 Why *why) MUST_USE;

/* STATUS_MISSING if there is no such file, STATUS_LIMIT past a limit, STATUS_DAMAGED for what is no
 * such file. No memory is asked for the numbers. After a failure *out needs no npy_close. */
Status npy_open(const char *path, const char *label, Npy *out, Why *why) MUST_USE;
/* All numbers, rounded or widened where the file holds the other kind. */
Status npy_floats(const Npy *npy, float *out, Why *why) MUST_USE;
Status npy_doubles(const Npy *npy, double *out, Why *why) MUST_USE;
void   npy_close(Npy *npy); /* {.fd = -1} too */

/* "(1024, 64)", as Python spells a shape. */
void npy_add_shape(const int64_t *shape, int rank, Text *out);
/* The bytes before the numbers, and the bytes of numbers, added to out. */
void npy_add_head(const int64_t *shape, int rank, bool wide, Text *out);
void npy_add_floats(const float *number, int64_t count, Text *out);
void npy_add_doubles(const double *number, int64_t count, Text *out);

#endif
