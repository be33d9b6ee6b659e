/* inspect.h - what lint and test share: the lessons they are given, and how findings are told. */
#ifndef APP_CMD_INSPECT_H
#define APP_CMD_INSPECT_H

#include "app/cmd/cmd.h"
#include "app/script/check.h"
#include "app/store/course.h"

typedef struct {
    const CmdCall *call;
    Text           out;
    const char    *place; /* of the course at hand, as it was given; "" where none was */
    int            lessons, findings, remarks, told; /* told: of the lesson at hand */
} Inspect;

/* One lesson of a course. */
typedef Status InspectLesson(Inspect *in, Course *course, const char *file);

/* Calls `lesson` for every lesson of the paths given (files, folders; without any: the course that is
 * found), then looks at each folder as a whole, and prints what was found. The exit status. */
int inspect_run(const CmdCall *call, InspectLesson *lesson);

CheckFound inspect_found; /* context is an Inspect */
/* A line of text that is no finding, not with --json and --quiet. */
void inspect_say(Inspect *in, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
