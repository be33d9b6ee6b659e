/* folder.h - a folder of its own for a test, and what is written into it. */
#ifndef TESTS_STORE_FOLDER_H
#define TESTS_STORE_FOLDER_H

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder_path[64];

static inline void folder_new(void)
{
    snprintf(folder_path, sizeof folder_path, "/tmp/attend-test-XXXXXX");
    if (!mkdtemp(folder_path)) abort();
}

/* Removes it with all it holds; links are not followed. */
static inline void folder_remove(const char *path)
{
    DIR           *d = opendir(path);
    struct dirent *e;
    while (d && (e = readdir(d)) != NULL) {
        char        inner[4096];
        struct stat s;
        if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")) continue;
        if (snprintf(inner, sizeof inner, "%s/%s", path, e->d_name) >= (int)sizeof inner) abort();
        if (lstat(inner, &s) == 0 && S_ISDIR(s.st_mode))
            folder_remove(inner);
        else
            unlink(inner);
    }
    if (d) closedir(d);
    rmdir(path);
}

static inline const char *folder_file(const char *name)
{
    static char path[2][4096];
    static int  turn;
    turn = 1 - turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder_path, name);
    return path[turn];
}

static inline void folder_write(const char *name, const void *bytes, size_t len)
{
    FILE *f = fopen(folder_file(name), "wb");
    if (!f || fwrite(bytes, 1, len, f) != len) abort();
    fclose(f);
}

static inline void folder_text(const char *name, const char *text)
{
    folder_write(name, text, strlen(text));
}

static inline void folder_sub(const char *name)
{
    if (mkdir(folder_file(name), 0700) != 0) abort();
}

/* The whole file, closed by NUL; the caller frees it. NULL if there is none. */
static inline char *folder_read(const char *name)
{
    FILE *f = fopen(folder_file(name), "rb");
    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    size_t len = (size_t)ftell(f);
    char  *text = calloc(1, len + 1);
    rewind(f);
    if (!text || fread(text, 1, len, f) != len) abort();
    fclose(f);
    return text;
}

#endif
