/* files.h - folders and files the careful way (POSIX): what the journal is built on. */
#ifndef APP_STORE_FILES_H
#define APP_STORE_FILES_H

#include "app/base/text.h"

#include "engine/status.h"

#include <stdbool.h>
#include <sys/types.h>

/* Opens a regular file for reading, without waiting on what is not one. STATUS_MISSING if there is
 * none, STATUS_DAMAGED if it is not regular or can't be read, STATUS_LIMIT past the limit; name is
 * what messages call it. */
Status file_open(const char *path, const char *name, long long limit, int *fd, Why *why) MUST_USE;
/* Adds the file's bytes to out; closes fd. */
Status file_take(int fd, const char *name, Text *out, Why *why) MUST_USE;

/* Makes a folder and those above it, mode 0700, each new one fsynced into its parent. */
bool folder_make(const char *path);
bool folder_sync(const char *path);
bool folder_is(const char *path);

/* An exclusive flock; waits at most wait_ms. */
bool file_lock(int fd, int wait_ms);
/* All of it by one write and fsync; a short write is cut back to `size` bytes. errno tells. */
bool file_append(int fd, const char *bytes, size_t len, off_t size);

#endif
