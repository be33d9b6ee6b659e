/* course.h - the folder of lessons: where it is, what is in it, reading its files.
 *
 * First found: --path, ATTEND_PATH, $XDG_DATA_HOME/attend/courses/, XDG_DATA_DIRS, ../share/attend or
 * ../lessons from the program. Links that lead out of the course are refused; only regular files are
 * read. */
#ifndef APP_STORE_COURSE_H
#define APP_STORE_COURSE_H

#include "app/base/text.h"

#include "engine/status.h"

enum { COURSE_LESSONS = 1000, COURSE_SOURCE = 256 * 1024, COURSE_SIDE_FILE = 1024 * 1024 };

typedef struct {
    char  *root; /* folder that holds NN-id.lua files, or that holds a folder `lessons` with them */
    char **file; /* NN-id.lua, in the order of their numbers; paths from the root */
    int    files;
} Course; /* root is absolute, without links */

/* path: --path, or NULL to look in the places above; program: argv[0]'s real path. */
Status course_find(const char *path, const char *program, Course *out, Why *why) MUST_USE;
/* A course of one lesson, whatever its name: for lint and test of a file. */
Status course_single(const char *file, Course *out, Why *why) MUST_USE;
void   course_done(Course *c);
/* Reads a file of the course; context is a Course. Fits Opener (script.h). */
Status course_open(void *course, const char *path, Text *out, Why *why) MUST_USE;

#endif
