#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/store/npy.h"
#include "tests/cmd/program.h"

#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The cases of tests/fixtures/reports: public reports about other programs, and what is right. */

static const char fixtures[] = "tests/fixtures/reports";
enum { COLUMNS = 5, LINE = 1 << 14 };

typedef struct {
    const char *id, *input, *check, *expected;
} Case;

static const char *place_of(char mark)
{
    return mark == '@' ? fixtures : mark == '%' ? program_folder() : NULL;
}

/* @/x and %/x become paths. */
static void add_paths(const char *text, char *out)
{
    for (; *text; text++) {
        const char *place = text[1] == '/' ? place_of(*text) : NULL;
        if (place) out += sprintf(out, "%s", place);
        else *out++ = *text;
    }
    *out = '\0';
}

/* The k-th piece between " / "; false behind the last. */
static bool piece(const char *text, int k, char *out)
{
    for (; k > 0 && text; k--) {
        text = strstr(text, " / ");
        if (text) text += 3;
    }
    if (!text) return false;
    const char *end = strstr(text, " / ");
    size_t      len = end ? (size_t)(end - text) : strlen(text);
    memcpy(out, text, len);
    out[len] = '\0';
    return true;
}

static bool has_line(const char *out, const char *line)
{
    size_t len = strlen(line);
    for (const char *at = out; at && *at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
        if (strncmp(at, line, len) == 0 && (at[len] == '\n' || at[len] == '\0')) return true;
    return false;
}

static bool pieces_are_lines(const char *out, const char *expected)
{
    char line[LINE];
    for (int k = 0; piece(expected, k, line); k++)
        if (!has_line(out, line)) return false;
    return true;
}

static bool lines_are(const char *out, const char *expected)
{
    int lines = 0, pieces = 0;
    char line[LINE];
    for (const char *c = out; *c; c++) lines += *c == '\n';
    while (piece(expected, pieces, line)) pieces++;
    return lines == pieces && pieces_are_lines(out, expected);
}

static bool number_is(const char *out, const char *expected)
{
    char  *end;
    double apart = fabs(strtod(out, &end) - strtod(expected, NULL));
    return end != out && strcmp(end, "\n") == 0 && apart <= (strchr(expected, '.') ? 6e-7 : 0);
}

static bool class_is(const char *out, const char *expected)
{
    char key[80];
    snprintf(key, sizeof key, "\"class\":\"%s\"", expected);
    return strstr(out, key) != NULL;
}

/* "127: 374-500" */
static bool live_is(const char *out, const char *expected)
{
    char key[120];
    long count, lo, hi;
    if (sscanf(expected, "%ld: %ld-%ld", &count, &lo, &hi) != 3) return false;
    snprintf(key, sizeof key, "\"count\":%ld,\"runs\":[[%ld,%ld]]", count, lo, hi);
    const char *live = strstr(out, "\"live\":");
    return live && strstr(live, key);
}

/* ---- arrays ---- */

static double *read_array(const char *path, int64_t *count, bool *wide)
{
    Npy     npy;
    Why     why = {0};
    double *number = NULL;
    if (npy_open(path, path, &npy, &why)) return NULL;
    number = malloc((size_t)npy.head.numbers * sizeof *number + 1);
    assert_int_equal(npy_doubles(&npy, number, &why), STATUS_OK);
    *count = npy.head.numbers;
    *wide = npy.head.wide;
    npy_close(&npy);
    return number;
}

/* "[[0,0],[-inf,1]]" in the order of its numbers. */
static double *read_list(const char *text, int64_t *count)
{
    double *number = malloc((strlen(text) + 1) * sizeof *number);
    *count = 0;
    while (*(text += strspn(text, "[], "))) {
        char *end;
        number[(*count)++] = strtod(text, &end);
        if (end == text) break;
        text = end;
    }
    return number;
}

static bool near(double got, double want, double limit)
{
    return isfinite(want) ? fabs(got - want) <= limit : got <= want && got >= want;
}

static bool array_is(const char *path, const char *value)
{
    int64_t count = 0, wanted = 0;
    bool    wide, same;
    double  most = 1, *got = read_array(path, &count, &wide), *want;
    want = value[0] == '[' ? read_list(value, &wanted) : read_array(value, &wanted, &wide);
    same = got && want && count == wanted;
    for (int64_t k = 0; same && k < wanted; k++)
        if (isfinite(want[k])) most = fmax(most, fabs(want[k]));
    for (int64_t k = 0; same && k < wanted; k++) same = near(got[k], want[k], 2e-6 * most);
    free(got);
    free(want);
    return same;
}

static bool type_is(const char *path, const char *type)
{
    int64_t count;
    bool    wide = false;
    double *number = read_array(path, &count, &wide);
    free(number);
    return number && wide == (strcmp(type, "<f8") == 0);
}

static bool arrays_are(const char *out, const char *expected)
{
    char words[LINE], path[LINE];
    (void)out;
    add_paths(expected, words);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
        char *value = strchr(word, '=');
        *value++ = '\0';
        snprintf(path, sizeof path, "%s/%s", program_folder(), strcmp(word, "lse") == 0 ? "l.npy" : "o.npy");
        if (strcmp(word, "dtype") == 0 ? !type_is(path, value) : !array_is(path, value)) return false;
    }
    return true;
}

/* ---- running ---- */

static const struct {
    const char *name;
    bool (*holds)(const char *out, const char *expected);
} check[] = {{"lines", lines_are}, {"rows", pieces_are_lines}, {"has", pieces_are_lines}, {"number", number_is},
             {"class", class_is},  {"live", live_is},          {"npy", arrays_are}};

static bool refused(const Ran *r, const char *status, const char *pattern)
{
    regex_t regex;
    bool    listed = false;
    for (const char *at = status; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL) listed = listed || atoi(at) == r->status;
    if (!listed || r->out[0] || !r->err[0]) return false;
    if (regcomp(&regex, pattern, REG_EXTENDED | REG_ICASE | REG_NOSUB) != 0) return false;
    bool matches = !pattern[0] || regexec(&regex, r->err, 0, NULL, 0) == 0;
    regfree(&regex);
    return matches;
}

static bool judged(const Case *c, const Ran *r)
{
    const char *status = strstr(c->check, "exit ");
    if (status && (status == c->check || r->status)) return refused(r, status + 5, status == c->check ? c->expected : "");
    for (size_t k = 0; r->status == 0 && k < sizeof check / sizeof *check; k++)
        if (strncmp(c->check, check[k].name, strlen(check[k].name)) == 0) return check[k].holds(r->out, c->expected);
    return false;
}

static void forget(const char *name)
{
    char path[LINE];
    snprintf(path, sizeof path, "%s/%s", program_folder(), name);
    remove(path);
}

static bool run_case(const Case *c)
{
    char line[LINE];
    add_paths(c->input, line);
    forget("o.npy");
    forget("l.npy");
    Ran  r = program_run(line, NULL);
    bool good = judged(c, &r);
    if (!good) print_message("%s: attend %s\nstatus %d\n%s%s\nexpected %s: %s\n", c->id, line, r.status, r.out, r.err, c->check, c->expected);
    ran_done(&r);
    return good;
}

/* One line of a table, cut up at its tabs. */
static Case case_of(char *line)
{
    char *column[COLUMNS] = {line};
    for (int k = 1; k < COLUMNS; k++) {
        column[k] = strchr(column[k - 1], '\t');
        assert_non_null(column[k]);
        *column[k]++ = '\0';
    }
    return (Case){column[0], column[1], column[2], column[3]};
}

/* The whole table is read first: a program that ends moves the place in files that are open. */
static void run_table(const char *name)
{
    static char table[1 << 16];
    char        path[LINE];
    int         run = 0, wrong = 0;
    snprintf(path, sizeof path, "%s/%s", fixtures, name);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    size_t len = fread(table, 1, sizeof table - 1, f);
    fclose(f);
    table[len] = '\0';
    for (char *line = strchr(table, '\n') + 1, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        const Case c = case_of(line);
        wrong += !run_case(&c);
        run++;
    }
    assert_true(run > 10);
    assert_int_equal(wrong, 0);
}

static void reported_masks_windows_and_caches_are_right_here(void **state)
{
    (void)state;
    run_table("A.tsv");
}

static void reported_array_files_are_read_or_refused_with_the_remedy(void **state)
{
    (void)state;
    run_table("D.tsv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reported_masks_windows_and_caches_are_right_here),
        cmocka_unit_test(reported_array_files_are_read_or_refused_with_the_remedy),
    };
    return cmocka_run_group_tests_name("reports", tests, program_start, program_finish);
}
