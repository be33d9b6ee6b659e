#include "app/store/config.h"

#include "app/base/utf8.h"
#include "app/store/files.h"

#include "engine/near.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 256 * 1024, LINE_LIMIT = 4096, NOWHERE = -1 };

/* Every name of the format; values: those it may have, NULL for any. place: in Config, NOWHERE for
 * one that nothing reads yet: it is known, and says nothing. */
static const struct {
    const char *name, *values;
    int         place;
} known[] = {
    {"color", "auto never 8 16 256 direct", offsetof(Config, color)},
    {"theme", "auto dark light grey-dark grey-light", offsetof(Config, theme)},
    {"glyphs", "auto ascii", offsetof(Config, glyphs)},
    {"decimal", "point comma", offsetof(Config, decimal)},
    {"plain", "auto always", offsetof(Config, plain)},
    {"width", NULL, offsetof(Config, width)},
    {"escape_ms", NULL, offsetof(Config, escape_ms)},
    {"cursor", "visible hidden", NOWHERE},
    {"mouse", "off on", NOWHERE},
    {"animation", "on off", NOWHERE},
    {"keys", NULL, NOWHERE},
    {"lang", NULL, NOWHERE},
    {"aspect", NULL, NOWHERE},
    {"name", NULL, NOWHERE},
    {"sure", "off on", NOWHERE},
    {"streaks", "off on", NOWHERE},
    {"cast_version", "2 3", NOWHERE},
};
enum { KNOWN = sizeof known / sizeof *known, VALUE = 16 };

typedef struct {
    const char *file;
    int         line;
    Config     *config;
    int         set_at[KNOWN]; /* line of a name, 0: not yet */
    Text       *warnings;
} Reader;

static const char *known_name(int k, const void *context)
{
    (void)context;
    return k < KNOWN ? known[k].name : NULL;
}

static void warn(Reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void warn(Reader *r, const char *format, ...)
{
    Text    text = {0};
    va_list args;
    va_start(args, format);
    text_vformat(&text, format, args);
    va_end(args);
    text_format(r->warnings, "%s:%d: ", r->file, r->line);
    utf8_clean(r->warnings, text_string(&text), text.len, false, false);
    text_add_char(r->warnings, '\n');
    text_done(&text);
}

static bool offered(const char *values, const char *value)
{
    size_t len = strlen(value);
    for (const char *at = values; at && *at; at += strspn(at, " ")) {
        size_t word = strcspn(at, " ");
        if (word == len && memcmp(at, value, len) == 0) return true;
        at += word;
    }
    return values == NULL;
}

static void set(Reader *r, const char *name, const char *value)
{
    int k = 0;
    while (k < KNOWN && strcmp(known[k].name, name) != 0) k++;
    if (k == KNOWN) {
        const char *near = near_name(name, strlen(name), known_name, NULL);
        warn(r, "no setting \"%.60s\"%s%s%s", name, near ? "; did you mean \"" : "",
             near ? near : "", near ? "\"?" : "");
        return;
    }
    if (!offered(known[k].values, value)) {
        warn(r, "%s = %.60s: it is one of: %s", name, value, known[k].values);
        return;
    }
    if (r->set_at[k]) warn(r, "%s stands in line %d already; this one holds", name, r->set_at[k]);
    r->set_at[k] = r->line;
    if (known[k].place != NOWHERE) snprintf((char *)r->config + known[k].place, VALUE, "%s", value);
}

/* The value without its quotes, or up to a comment; false if it is badly quoted. In place. */
static bool unquote(char *value)
{
    if (value[0] != '"') {
        char *comment = value;
        while ((comment = strchr(comment, '#')) != NULL && comment > value && comment[-1] != ' ' &&
               comment[-1] != '\t')
            comment++;
        if (comment) *comment = '\0';
        size_t len = strlen(value);
        while (len > 0 && strchr(" \t", value[len - 1])) len--;
        value[len] = '\0';
        return true;
    }
    char *to = value, *from = value + 1;
    for (; *from && *from != '"'; from++) {
        if (*from == '\\' && (from[1] == '"' || from[1] == '\\')) from++;
        *to++ = *from;
    }
    if (*from != '"') return false;
    from += 1 + strspn(from + 1, " \t");
    *to = '\0';
    return *from == '\0' || *from == '#';
}

static void read_line(Reader *r, char *line)
{
    line += strspn(line, " \t");
    if (*line == '\0' || *line == '#') return;
    char  *equals = strchr(line, '=');
    size_t len = strcspn(line, " \t=");
    if (!equals || line + len + strspn(line + len, " \t") != equals) {
        warn(r, "a line is: name = value");
        return;
    }
    char *value = equals + 1 + strspn(equals + 1, " \t");
    line[len] = '\0';
    if (unquote(value))
        set(r, line, value);
    else
        warn(r, "a closing \" is missing");
}

static void read_lines(Reader *r, Text *text)
{
    char *at = text->at, *end = text->at + text->len;
    while (at < end) {
        char  *stop = memchr(at, '\n', (size_t)(end - at));
        size_t len = (size_t)((stop ? stop : end) - at);
        r->line++;
        at[len] = '\0'; /* the LF, or the NUL behind the text */
        if (len > 0 && at[len - 1] == '\r') at[len - 1] = '\0';
        if (len > LINE_LIMIT)
            warn(r, "longer than %d bytes", LINE_LIMIT);
        else
            read_line(r, at);
        at += len + 1;
    }
}

static void find(const char *path, Text *out)
{
    const char *env = getenv("ATTEND_CONFIG"), *xdg = getenv("XDG_CONFIG_HOME"),
               *home = getenv("HOME");
    if (path)
        text_add(out, path);
    else if (env && *env)
        text_add(out, env);
    else if (xdg && *xdg == '/')
        text_format(out, "%s/attend/config", xdg);
    else if (home && *home)
        text_format(out, "%s/.config/attend/config", home);
}

Status config_read(const char *path, Config *out, Text *warnings, Why *why)
{
    *out = (Config){0};
    Text   file = {0}, text = {0};
    int    fd = -1;
    Status status = STATUS_MISSING;
    find(path, &file);
    if (file.len) status = file_open(text_string(&file), text_string(&file), FILE_LIMIT, &fd, why);
    if (status == STATUS_OK) status = file_take(fd, text_string(&file), &text, why);
    if (status == STATUS_MISSING && !path) status = STATUS_OK;
    if (status == STATUS_MISSING || status == STATUS_LIMIT) status = STATUS_DAMAGED;
    if (status == STATUS_OK && text.len) {
        Reader r = {.file = text_string(&file), .config = out, .warnings = warnings};
        if (text.len >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0) memset(text.at, ' ', 3);
        read_lines(&r, &text);
    }
    text_done(&file);
    text_done(&text);
    return status;
}
