#include "app/cmd/front.h"

#include "app/store/config.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PLAIN_COLUMNS = 72, LEAST_COLUMNS = 20, MOST_COLUMNS = 1000, ESCAPE_MS = 25 };

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static bool color_word(const char *word, int *out)
{
    static const struct {
        const char *word;
        int         depth;
    } known[] = {{"auto", -1},     {"never", DEPTH_NONE}, {"8", DEPTH_8},
                 {"16", DEPTH_16}, {"256", DEPTH_256},    {"direct", DEPTH_DIRECT}};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        if (strcmp(known[k].word, word) != 0) continue;
        *out = known[k].depth;
        return true;
    }
    return false;
}

static int choose_color(const CmdCall *call, const Config *config)
{
    int         color = -1;
    const char *env = environment("ATTEND_COLOR");
    if (call->color && color_word(call->color, &color)) return color;
    if (env && color_word(env, &color)) return color;
    if (env) fprintf(stderr, "attend: ATTEND_COLOR is one of: auto never 8 16 256 direct\n");
    if (config->color[0] && strcmp(config->color, "auto") != 0 && color_word(config->color, &color))
        return color;
    return environment("NO_COLOR") ? (int)DEPTH_NONE : -1;
}

static bool wants_plain(const CmdCall *call, const Config *config)
{
    const char *accessible = environment("ACCESSIBLE");
    if (accessible && strcmp(accessible, "0") != 0 && strcmp(accessible, "false") != 0) return true;
    return call->plain || strcmp(config->plain, "always") == 0 || !isatty(STDIN_FILENO) ||
           !isatty(STDOUT_FILENO);
}

/* A number of a config or the environment; otherwise if it is none or out of bounds. */
static int number_or(const char *text, int least, int most, int otherwise)
{
    char *end = NULL;
    long  value = text && *text ? strtol(text, &end, 10) : 0;
    return end && *end == '\0' && value >= least && value <= most ? (int)value : otherwise;
}

static bool read_size(const CmdCall *call, int *columns)
{
    int  columns_given, rows;
    char more;
    if (!call->size) return true;
    if (sscanf(call->size, "%4dx%4d%c", &columns_given, &rows, &more) != 2 ||
        columns_given < LEAST_COLUMNS || columns_given > MOST_COLUMNS || rows < 1) {
        cmd_fail(call, "--size: \"%.40s\" is no size; write COLSxROWS, such as 80x24", call->size);
        return false;
    }
    *columns = columns_given;
    return true;
}

int front_read(const CmdCall *call, Front *out)
{
    Config config;
    Text   warnings = {0};
    Why    why = {0};
    Status status = config_read(call->config, &config, &warnings, &why);
    if (status != STATUS_OK) return cmd_why(call, status, &why);
    if (!call->quiet) fputs(text_string(&warnings), stderr);
    text_done(&warnings);
    int width = number_or(config.width, LEAST_COLUMNS, MOST_COLUMNS, PLAIN_COLUMNS);
    *out = (Front){
        .plain = wants_plain(call, &config),
        .ascii = call->ascii || strcmp(config.glyphs, "ascii") == 0 ||
                 strcmp(nl_langinfo(CODESET), "UTF-8") != 0,
        .color = choose_color(call, &config),
        .comma = strcmp(config.decimal, "comma") == 0,
        .columns = number_or(environment("COLUMNS"), LEAST_COLUMNS, MOST_COLUMNS, width),
        .escape_ms = number_or(config.escape_ms, 0, 1000, ESCAPE_MS),
    };
    out->theme_given = theme_find(call->theme ? call->theme : config.theme, &out->theme);
    if (!out->theme_given) out->theme = THEME_DARK;
    return read_size(call, &out->columns) ? EXIT_DONE : EXIT_USAGE;
}

int front_loop(const CmdCall *call, const Front *front, bool keep, Loop *out)
{
    Why               why = {0};
    const LoopOptions options = {.path = call->path,
                                 .program = call->program,
                                 .state = call->state,
                                 .seed = call->seed,
                                 .theme = front->theme,
                                 .theme_given = front->theme_given,
                                 .comma = front->comma,
                                 .keep = keep};
    Status            status = loop_open(out, &options, &why);
    if (status == STATUS_OK) return EXIT_DONE;
    loop_close(out);
    return cmd_why(call, status, &why);
}
