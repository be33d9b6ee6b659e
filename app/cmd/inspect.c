#include "app/cmd/inspect.h"

#include "app/base/utf8.h"
#include "app/cmd/out.h"
#include "app/store/files.h"

#include <stdarg.h>
#include <string.h>

static void add_path(const Inspect *in, const char *file, Text *out)
{
    size_t len = strlen(in->place);
    text_add(out, in->place);
    if (len && in->place[len - 1] != '/') text_add_char(out, '/');
    text_add(out, file);
}

static void add_json(Inspect *in, const Finding *f)
{
    Text path = {0};
    add_path(in, f->file, &path);
    text_add(&in->out, in->findings + in->remarks > 1 ? ",{\"file\":" : "{\"file\":");
    utf8_json(&in->out, text_string(&path));
    text_format(&in->out, ",\"line\":%d,\"ref\":", f->line);
    utf8_json(&in->out, f->ref);
    text_add(&in->out, ",\"what\":");
    utf8_json(&in->out, f->what);
    text_add(&in->out, ",\"todo\":");
    utf8_json(&in->out, f->todo);
    text_format(&in->out, ",\"remark\":%s}", f->remark ? "true" : "false");
    text_done(&path);
}

/* What a load says begins with the file and line already. */
static const char *without_place(const Finding *f)
{
    size_t len = strlen(f->file);
    if (strncmp(f->what, f->file, len) != 0 || f->what[len] != ':') return f->what;
    const char *what = f->what + len + 1;
    size_t      digits = strspn(what, "0123456789");
    if (digits && what[digits] == ':') what += digits + 1;
    return what + strspn(what, " ");
}

void inspect_found(void *context, const Finding *f)
{
    Inspect *in = context;
    Text     line = {0};
    if (f->remark && in->call->quiet) return;
    if (f->remark)
        in->remarks++;
    else
        in->findings++, in->told++;
    if (in->call->json) {
        add_json(in, f);
        return;
    }
    add_path(in, f->file, &line);
    if (f->line) text_format(&line, ":%d", f->line);
    text_format(&line, ": %s%s%s%s%s%s", f->remark ? "remark: " : "", f->ref, f->ref[0] ? ": " : "",
                without_place(f), f->todo[0] ? ": " : "", f->todo);
    utf8_clean(&in->out, text_string(&line), line.len, false, false);
    text_add_char(&in->out, '\n');
    text_done(&line);
}

void inspect_say(Inspect *in, const char *format, ...)
{
    va_list args;
    if (in->call->json || in->call->quiet) return;
    va_start(args, format);
    text_vformat(&in->out, format, args);
    va_end(args);
}

static int inspect_course(Inspect *in, Course *course, InspectLesson *lesson)
{
    const Opener opener = {course_open, course};
    Status       status = STATUS_OK;
    for (int k = 0; k < course->files && status == STATUS_OK; k++) {
        in->lessons++;
        in->told = 0;
        status = lesson(in, course, course->file[k]);
        if (status == STATUS_LESSON || status == STATUS_BUDGET || status == STATUS_MISSING)
            status = STATUS_OK; /* a finding */
    }
    if (status == STATUS_OK && course->files > 1)
        status = check_course(&opener, (const char *const *)course->file, course->files,
                              inspect_found, in);
    course_done(course);
    const Why nothing = {0};
    return status == STATUS_OK ? EXIT_DONE : cmd_why(in->call, status, &nothing);
}

static int inspect_path(Inspect *in, const char *path, InspectLesson *lesson)
{
    Course course;
    Why    why = {0};
    Text   folder = {0};
    Status status;
    if (path && !folder_is(path)) {
        const char *slash = strrchr(path, '/');
        if (slash) text_add_bytes(&folder, path, (size_t)(slash - path) + 1);
        status = course_single(path, &course, &why);
        if (status == STATUS_OK) status = course_open(&course, course.file[0], &in->out, &why);
        text_clear(&in->out);
    } else {
        text_add(&folder, path ? path : in->call->path ? in->call->path : "");
        status = course_find(path ? path : in->call->path, in->call->program, &course, &why);
    }
    in->place = text_string(&folder);
    int code =
        status == STATUS_OK ? inspect_course(in, &course, lesson) : cmd_why(in->call, status, &why);
    text_done(&folder);
    return code;
}

static int tell(Inspect *in)
{
    if (in->call->json)
        text_add(&in->out, "]\n");
    else
        inspect_say(in, "%d lesson%s, %d finding%s\n", in->lessons, in->lessons == 1 ? "" : "s",
                    in->findings, in->findings == 1 ? "" : "s");
    int status = out_all(&in->out, in->call);
    return status != EXIT_DONE ? status : in->findings ? EXIT_FINDINGS : EXIT_DONE;
}

int inspect_run(const CmdCall *call, InspectLesson *lesson)
{
    Inspect in = {.call = call};
    int     status = EXIT_DONE, paths = call->arguments ? call->arguments : 1;
    Text    all = {0};
    text_add(&all, call->json ? "[" : "");
    for (int k = 0; k < paths && status == EXIT_DONE; k++) {
        status = inspect_path(&in, call->arguments ? call->argument[k] : NULL, lesson);
        text_add_bytes(&all, text_string(&in.out), in.out.len);
        text_clear(&in.out);
    }
    text_done(&in.out);
    in.out = all;
    if (status == EXIT_DONE) return tell(&in);
    text_done(&in.out);
    return status;
}
