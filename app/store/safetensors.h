/* safetensors.h - a file of named tensors: its header is read and checked, numbers when asked for.
 *
 *    8 bytes N, little endian | N bytes of JSON {"name":{"dtype","shape","data_offsets"}} | numbers
 *
 * Always: the tensors cover the numbers without gap or overlap, each as long as its type and shape
 * say; names differ. Types F32, F16, BF16. At most 1 GiB, header 1 MiB, 4096 tensors, 4 dimensions. */
#ifndef APP_STORE_SAFETENSORS_H
#define APP_STORE_SAFETENSORS_H

#include "engine/status.h"

#include <stdbool.h>
#include <stddef.h>

enum { TENSOR_RANK = 4 };

typedef enum { TENSOR_F32, TENSOR_F16, TENSOR_BF16 } TensorType;

typedef struct {
    char      *name; /* owned */
    TensorType type;
    int        rank;
    int64_t    shape[TENSOR_RANK];
    int64_t    numbers; /* product of the shape */
    int64_t    at, end; /* bytes, from the first number of the file */
} Tensor;

typedef struct {
    char   *label; /* what messages call the file, owned */
    int     fd;
    int64_t start;  /* byte of the file where the numbers begin */
    Tensor *tensor; /* in the order of their numbers */
    int     tensors;
} Safetensors;

/* STATUS_MISSING if there is no such file, STATUS_LIMIT past a limit, STATUS_DAMAGED for what is no
 * such file; why names the file, and the tensor. After a failure *out is {0} but for fd = -1. */
Status safetensors_open(const char *path, const char *label, Safetensors *out, Why *why) MUST_USE;
void   safetensors_close(Safetensors *s);

/* The header alone, len bytes of JSON, over `data` bytes of numbers, as safetensors_open checks it. */
Status safetensors_parse(const char *header, size_t len, int64_t data, Safetensors *out,
                         Why *why) MUST_USE;

const Tensor *safetensors_find(const Safetensors *s, const char *name); /* NULL if there is none */
/* All numbers of a tensor, widened to float. */
Status safetensors_read(const Safetensors *s, const Tensor *t, float *out, Why *why) MUST_USE;

#endif
