#include "app/cmd/trained.h"

#include "app/cmd/bind.h"
#include "app/store/course.h"
#include "app/store/files.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_LIMIT = 16 << 20, NEWLINE = '\n' };

/* ---- opening ---- */

/* Beside the lessons of the course. */
static int find_folder(const CmdCall *call, Text *out)
{
    static const char lessons[] = "lessons/";
    Course            course = {0};
    Why               why = {0};
    Status            status = course_find(call->path, call->program, &course, &why);
    if (status) return cmd_why(call, status, &why);
    bool below = course.files && strncmp(course.file[0], lessons, sizeof lessons - 1) == 0;
    text_format(out, "%s/%smodel", course.root, below ? lessons : "");
    course_done(&course);
    return EXIT_DONE;
}

static int load(Trained *m)
{
    Text folder = {0};
    Why  why = {0};
    int  code = find_folder(m->call, &folder);
    if (code == EXIT_DONE) {
        Status status = model_load(text_string(&folder), &m->stored, &why);
        m->shape = m->stored.weights.shape;
        if (!status)
            status = transformer_new(&m->stored.weights, NUMBER_FLOAT, 0, &m->transformer, &why);
        if (status) code = cmd_why(m->call, status, &why);
        if (status == STATUS_MISSING || status == STATUS_LIMIT) code = EXIT_INPUT;
    }
    text_done(&folder);
    return code;
}

static int read_file(Trained *m, const char *path)
{
    Why    why = {0};
    int    fd;
    Status status = file_open(path, path, TEXT_LIMIT, &fd, &why);
    if (!status) status = file_take(fd, path, &m->text, &why);
    if (!status) return EXIT_DONE;
    int code = cmd_why(m->call, status, &why);
    return status == STATUS_MEMORY ? code : EXIT_INPUT;
}

static int find_text(Trained *m)
{
    const char *text = cmd_option(m->call, "--text"), *file = cmd_option(m->call, "--text-file");
    if (!text == !file) {
        cmd_fail(m->call, text ? "--text and --text-file exclude each other"
                               : "which text? --text S or --text-file F is missing");
        return EXIT_USAGE;
    }
    if (text) text_add(&m->text, text);
    int code = file ? read_file(m, file) : EXIT_DONE;
    if (code == EXIT_DONE && m->text.len == 0) {
        cmd_fail(m->call, "%s: there is no byte in it", file ? file : "--text");
        code = file ? EXIT_INPUT : EXIT_USAGE;
    }
    return code;
}

/* ---- layers ---- */

/* A whole number of at most 4 digits at *at, which moves behind it; -1 if there is none. */
static int take_number(const char **at)
{
    int    value = 0;
    size_t digits = strspn(*at, "0123456789");
    if (digits == 0 || digits > 4) return -1;
    for (; digits; digits--) value = 10 * value + (*(*at)++ - '0');
    return value;
}

/* "0,2-3". */
static bool mark_layers(const char *list, int layers, bool *on)
{
    for (const char *at = list;; at++) {
        int first = take_number(&at), last = first;
        if (first >= 0 && *at == '-') {
            at++;
            last = take_number(&at);
        }
        if (first < 0 || last < first || last >= layers) return false;
        for (int l = first; l <= last; l++) on[l] = true;
        if (*at == '\0') return true;
        if (*at != ',') return false;
    }
}

static int find_layers(Trained *m)
{
    const char *list = cmd_option(m->call, "--layers");
    bool        given = m->recipe.nodes > 0;
    if (list && !given) {
        cmd_fail(m->call, "--layers says where a pattern holds; --pattern is missing");
        return EXIT_USAGE;
    }
    if (list && !mark_layers(list, m->shape.layers, m->patterned)) {
        cmd_fail(m->call, "--layers %s: layers from 0 to %d should stand here, as 0,2-3", list,
                 m->shape.layers - 1);
        return EXIT_USAGE;
    }
    for (int l = 0; l < m->shape.layers; l++) {
        if (!list) m->patterned[l] = given;
        m->rule[l] = m->patterned[l] ? &m->recipe : NULL;
    }
    return EXIT_DONE;
}

int trained_open(const CmdCall *call, Trained *out)
{
    const char *pattern = cmd_option(call, "--pattern");
    *out = (Trained){.call = call};
    int code = find_text(out);
    if (code == EXIT_DONE && pattern) code = bind_parse(call, pattern, &out->recipe);
    if (code == EXIT_DONE) code = load(out);
    return code == EXIT_DONE ? find_layers(out) : code;
}

void trained_close(Trained *m)
{
    transformer_free(m->transformer);
    model_done(&m->stored);
    recipe_done(&m->recipe);
    text_done(&m->text);
    *m = (Trained){0};
}

/* ---- windows ---- */

int64_t trained_window(const Trained *m)
{
    return (m->shape.context < PROBLEM_LIMIT ? m->shape.context : PROBLEM_LIMIT) - 1;
}

int64_t trained_windows(const Trained *m)
{
    return ((int64_t)m->text.len + trained_window(m) - 1) / trained_window(m);
}

static int64_t window_length(const Trained *m, int64_t k)
{
    int64_t left = (int64_t)m->text.len - k * trained_window(m);
    return left < trained_window(m) ? left : trained_window(m);
}

void trained_place(const Trained *m, int64_t k, Text *out)
{
    int64_t from = k * trained_window(m);
    text_format(out, "bytes %lld-%lld of %zu, window %lld of %lld", (long long)from,
                (long long)(from + window_length(m, k) - 1), m->text.len, (long long)k + 1,
                (long long)trained_windows(m));
}

int trained_read(const Trained *m, int64_t k, const Recipe *const *rule, Reading **out)
{
    const unsigned char newline = NEWLINE,
                        *bytes = (const unsigned char *)m->text.at + k * trained_window(m);
    int64_t len = window_length(m, k);
    Why     why = {0};
    Status  status = reading_new(m->transformer, 1 + len, rule, out, &why);
    if (!status) status = reading_feed(*out, &newline, 1, &why);
    if (!status) status = reading_feed(*out, bytes, len, &why);
    if (!status) return EXIT_DONE;
    reading_free(*out);
    *out = NULL;
    return bind_wrong(m->call, "expression", cmd_option(m->call, "--pattern"), status, &why);
}

int trained_bind(const Trained *m, const Reading *r, int layer, int head, Problem *problem,
                 Pattern **out)
{
    Why why = {0};
    *problem = (Problem){0};
    *out = NULL;
    if (!m->recipe.nodes) return EXIT_DONE;
    bool   content = recipe_class(&m->recipe) != CLASS_POSITIONAL;
    Status status = content ? reading_problem(r, layer, head, problem, &why) : STATUS_OK;
    if (!status)
        status = pattern_new(&m->recipe, reading_length(r), BACKGROUND_CAUSAL,
                             content ? problem : NULL, out, &why);
    if (!status) return EXIT_DONE;
    problem_done(problem);
    return bind_wrong(m->call, "expression", cmd_option(m->call, "--pattern"), status, &why);
}
