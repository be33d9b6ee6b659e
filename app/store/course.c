#include "app/store/course.h"

#include "app/base/ids.h"
#include "app/store/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_LIMIT = 1024, NUMBER_DIGITS = 6 };

/* A lesson's file is NN-id.lua; its number, or -1. */
static long lesson_number(const char *name)
{
    char   id[65];
    size_t digits = strspn(name, "0123456789"), len = strlen(name);
    if (digits < 1 || digits > NUMBER_DIGITS || name[digits] != '-' || len < digits + 6) return -1;
    size_t id_len = len - digits - 1 - 4;
    if (id_len > 64 || strcmp(name + len - 4, ".lua") != 0) return -1;
    snprintf(id, sizeof id, "%.*s", (int)id_len, name + digits + 1);
    return id_valid(id) ? strtol(name, NULL, 10) : -1;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int by_number(const void *a, const void *b)
{
    const char *x = *(char *const *)a, *y = *(char *const *)b;
    long        m = lesson_number(base_name(x)), n = lesson_number(base_name(y));
    return m != n ? (m < n ? -1 : 1) : strcmp(x, y);
}

static Status add_file(Course *c, const char *prefix, const char *name, Why *why)
{
    if (c->files == COURSE_LESSONS)
        return why_say(why, STATUS_LESSON, 0, "%s: more than %d lessons", c->root, COURSE_LESSONS);
    Text path = {0};
    text_format(&path, "%s%s", prefix, name);
    char **grown = realloc(c->file, sizeof *grown * (size_t)(c->files + 1));
    if (grown) c->file = grown;
    char *kept = text_take(&path);
    if (!grown || !kept) {
        free(kept);
        return why_say(why, STATUS_MEMORY, 0, "there is not enough memory");
    }
    c->file[c->files++] = kept;
    return STATUS_OK;
}

/* Lists the lessons of one folder; prefix leads there from the root. */
static Status list(Course *c, const char *prefix, Why *why)
{
    Text folder = {0};
    text_format(&folder, "%s/%s", c->root, prefix);
    DIR *d = opendir(text_string(&folder));
    text_done(&folder);
    if (!d) return STATUS_OK;
    Status         status = STATUS_OK;
    struct dirent *e;
    while (status == STATUS_OK && (e = readdir(d)) != NULL)
        if (lesson_number(e->d_name) >= 0) status = add_file(c, prefix, e->d_name, why);
    closedir(d);
    if (c->files) qsort(c->file, (size_t)c->files, sizeof *c->file, by_number);
    return status;
}

/* A course stands at path if files come out. STATUS_MISSING otherwise. */
static Status course_at(const char *path, Course *out, Why *why)
{
    *out = (Course){.root = realpath(path, NULL)};
    if (!out->root || !folder_is(out->root)) {
        course_done(out);
        return STATUS_MISSING;
    }
    Status status = list(out, "", why);
    if (status == STATUS_OK && out->files == 0) status = list(out, "lessons/", why);
    if (status == STATUS_OK && out->files == 0) status = STATUS_MISSING;
    if (status != STATUS_OK) course_done(out);
    return status;
}

/* The first course, by name, among the folders of `path`. */
static Status course_inside(const char *path, Course *out, Why *why)
{
    struct dirent **entry = NULL;
    Status          status = STATUS_MISSING;
    int             entries = scandir(path, &entry, NULL, alphasort);
    for (int k = 0; k < entries; k++) {
        Text folder = {0};
        text_format(&folder, "%s/%s", path, entry[k]->d_name);
        if (status == STATUS_MISSING && entry[k]->d_name[0] != '.')
            status = course_at(text_string(&folder), out, why);
        text_done(&folder);
        free(entry[k]);
    }
    free(entry);
    return status;
}

static Status in_data_home(Course *out, Why *why)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    Text        path = {0};
    if (data && *data == '/')
        text_format(&path, "%s/attend/courses", data);
    else if (home && *home == '/')
        text_format(&path, "%s/.local/share/attend/courses", home);
    Status status = STATUS_MISSING;
    if (path.len) status = course_at(text_string(&path), out, why);
    if (path.len && status == STATUS_MISSING) status = course_inside(text_string(&path), out, why);
    text_done(&path);
    return status;
}

static Status in_data_dirs(Course *out, Why *why)
{
    const char *dirs = getenv("XDG_DATA_DIRS");
    Status      status = STATUS_MISSING;
    while (dirs && *dirs && status == STATUS_MISSING) {
        size_t len = strcspn(dirs, ":");
        Text   path = {0};
        text_add_bytes(&path, dirs, len);
        text_add(&path, "/attend");
        if (*dirs == '/') status = course_at(text_string(&path), out, why);
        text_done(&path);
        dirs += len + (dirs[len] == ':');
    }
    return status;
}

static Status beside_program(const char *program, Course *out, Why *why)
{
    static const char *const place[] = {"../share/attend", "../lessons"};
    Status                   status = STATUS_MISSING;
    const char              *slash = program ? strrchr(program, '/') : NULL;
    if (!slash) return status;
    for (size_t k = 0; k < sizeof place / sizeof *place && status == STATUS_MISSING; k++) {
        Text path = {0};
        text_add_bytes(&path, program, (size_t)(slash - program) + 1);
        text_add(&path, place[k]);
        status = course_at(text_string(&path), out, why);
        text_done(&path);
    }
    return status;
}

/* A place that was named must hold a course. */
static Status named(const char *path, const char *who, Course *out, Why *why)
{
    Status status = course_at(path, out, why);
    if (status != STATUS_MISSING) return status;
    why_say(why, STATUS_LESSON, 0, "%s: no lessons there", path);
    why_todo(why,
             "%s names a folder with files like 23-dense-vs-sparse.lua, or with a folder lessons "
             "of them",
             who);
    return STATUS_LESSON;
}

Status course_find(const char *path, const char *program, Course *out, Why *why)
{
    const char *env = getenv("ATTEND_PATH");
    if (path) return named(path, "--path", out, why);
    if (env && *env) return named(env, "ATTEND_PATH", out, why);
    Status status = in_data_home(out, why);
    if (status == STATUS_MISSING) status = in_data_dirs(out, why);
    if (status == STATUS_MISSING) status = beside_program(program, out, why);
    if (status != STATUS_MISSING) return status;
    why_say(why, STATUS_LESSON, 0, "no lessons found");
    why_todo(why, "say where they are: --path DIR, or ATTEND_PATH");
    return STATUS_LESSON;
}

Status course_single(const char *file, Course *out, Why *why)
{
    *out = (Course){0};
    Text        folder = {0};
    const char *name = base_name(file);
    text_add_bytes(&folder, file, (size_t)(name - file));
    text_add(&folder, ".");
    out->root = realpath(text_string(&folder), NULL);
    text_done(&folder);
    if (!out->root) return why_say(why, STATUS_LESSON, 0, "%s: %s", file, strerror(errno));
    Status status = add_file(out, "", name, why);
    if (status != STATUS_OK) course_done(out);
    return status;
}

void course_done(Course *c)
{
    for (int k = 0; k < c->files; k++) free(c->file[k]);
    free(c->file);
    free(c->root);
    *c = (Course){0};
}

/* Reading */

static bool climbs(const char *path)
{
    for (const char *part = path; part; part = strchr(part, '/'), part += part != NULL)
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0')) return true;
    return false;
}

static bool inside(const char *root, const char *real)
{
    size_t len = strlen(root);
    return strncmp(real, root, len) == 0 && (real[len] == '/' || strcmp(root, "/") == 0);
}

/* Where the file really is; NULL and why if it is not in the course. The caller frees it. */
static char *resolve(const Course *c, const char *path, Status *status, Why *why)
{
    if (path[0] == '/' || climbs(path) || strlen(path) > PATH_LIMIT) {
        *status = why_say(why, STATUS_LESSON, 0, "%.200s: not a path inside the course", path);
        return NULL;
    }
    Text joined = {0};
    text_format(&joined, "%s/%s", c->root, path);
    char *real = realpath(text_string(&joined), NULL);
    int   error = errno;
    text_done(&joined);
    if (real && inside(c->root, real)) return real;
    if (real)
        *status = why_say(why, STATUS_LESSON, 0, "%s: leads out of the course", path);
    else if (error == ENOENT)
        *status = why_say(why, STATUS_MISSING, 0, "%s: there is no such file", path);
    else
        *status = why_say(why, STATUS_LESSON, 0, "%s: %s", path, strerror(error));
    free(real);
    return NULL;
}

Status course_open(void *course, const char *path, Text *out, Why *why)
{
    Status status = STATUS_OK;
    char  *real = resolve(course, path, &status, why);
    if (!real) return status;
    size_t len = strlen(path);
    bool   source = len > 4 && strcmp(path + len - 4, ".lua") == 0;
    int    fd;
    status = file_open(real, path, source ? COURSE_SOURCE : COURSE_SIDE_FILE, &fd, why);
    free(real);
    if (status == STATUS_OK) status = file_take(fd, path, out, why);
    return status == STATUS_LIMIT || status == STATUS_DAMAGED ? STATUS_LESSON : status;
}
