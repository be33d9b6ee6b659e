#include "app/cmd/tokens.h"

#include "app/cmd/matrices.h"
#include "app/store/files.h"
#include "app/tutor/words.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 16 << 20, TOKENS = 1 << 20, TOKEN = 1024 };

static const char *const option[] = {"--text", "--text-file", "--tokens"};
enum { OPTIONS = sizeof option / sizeof *option };

const char *tokens_option(const CmdCall *call)
{
    for (int k = 0; k < OPTIONS; k++)
        if (cmd_option(call, option[k])) return option[k];
    return NULL;
}

/* One token a line. Whatever comes back, the caller frees what is in *word. */
static Status take_lines(const Text *text, const char *label, char ***word, int64_t *n, Why *why)
{
    const char *at = text_string(text), *end = at + text->len;
    int64_t     lines = 0;
    if (text->len >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) at += 3;
    for (const char *c = at; c < end; c++) lines += *c == '\n';
    if (end > at && end[-1] != '\n') lines++;
    if (lines > TOKENS) return why_say(why, STATUS_LIMIT, 0, "%.120s: %lld tokens; at most %d are read", label, (long long)lines, TOKENS);
    *word = calloc((size_t)lines + 1, sizeof **word);
    for (int64_t k = 0; *word && k < lines; k++) {
        const char *close = memchr(at, '\n', (size_t)(end - at));
        size_t      len = (size_t)((close ? close : end) - at), kept = len;
        if (kept && at[kept - 1] == '\r') kept--;
        if (kept > TOKEN)
            return why_say(why, STATUS_LIMIT, 0, "%.120s:%lld: a token of %zu bytes; at most %d are read", label, (long long)k + 1, kept, TOKEN);
        if (memchr(at, '\0', kept)) return why_say(why, STATUS_DAMAGED, 0, "%.120s:%lld: there is a NUL in it; not a text", label, (long long)k + 1);
        char *token = malloc(kept + 1);
        if (!token) return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
        memcpy(token, at, kept);
        token[kept] = '\0';
        (*word)[(*n)++] = token;
        at += len + 1;
    }
    return *word ? STATUS_OK : why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

static Status check_words(char *const *word, int64_t n, const char *label, Why *why)
{
    if (n > TOKENS) return why_say(why, STATUS_LIMIT, 0, "%.120s: %lld tokens; at most %d are read", label, (long long)n, TOKENS);
    for (int64_t k = 0; k < n; k++)
        if (strlen(word[k]) > TOKEN)
            return why_say(why, STATUS_LIMIT, 0, "%.120s: token %lld has %zu bytes; at most %d are read", label, (long long)k, strlen(word[k]), TOKEN);
    return STATUS_OK;
}

static Status take_file(const char *path, bool lines, char ***word, int64_t *n, Why *why)
{
    int    fd;
    Text   text = {0};
    Status status = file_open(path, path, FILE_LIMIT, &fd, why);
    if (!status) status = file_take(fd, path, &text, why);
    if (!status && lines) status = take_lines(&text, path, word, n, why);
    if (!status && !lines && text.len && memchr(text.at, '\0', text.len))
        status = why_say(why, STATUS_DAMAGED, 0, "%.120s: there is a NUL in it; not a text", path);
    if (!status && !lines) status = words_split(text_string(&text), word, n);
    if (!status && !lines) status = check_words(*word, *n, path, why);
    text_done(&text);
    return status;
}

int tokens_find(const CmdCall *call, char ***word, int64_t *n)
{
    const char *name = tokens_option(call), *value = name ? cmd_option(call, name) : NULL;
    Why         why = {0};
    Status      status = STATUS_OK;
    *word = NULL;
    *n = 0;
    if (!name) return EXIT_DONE;
    for (int k = 0; k < OPTIONS; k++) {
        if (strcmp(option[k], name) == 0 || !cmd_option(call, option[k])) continue;
        cmd_fail(call, "%s and %s exclude each other", name, option[k]);
        return EXIT_USAGE;
    }
    if (strcmp(name, "--text") == 0) status = words_split(value, word, n);
    else status = take_file(value, strcmp(name, "--tokens") == 0, word, n, &why);
    if (!status && *n) return EXIT_DONE;
    words_free(*word, *n);
    *word = NULL;
    *n = 0;
    if (status) return input_why(call, status, &why);
    cmd_fail(call, "%s: there is no word in it", name);
    return strcmp(name, "--text") == 0 ? EXIT_USAGE : EXIT_INPUT;
}
