#include "tests/engine/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_up(const char *what)
{
    fprintf(stderr, "tests/fixtures: %s\n", what);
    exit(1);
}

static char *read_all(const char *name)
{
    char  path[300];
    FILE *file;
    snprintf(path, sizeof path, "tests/fixtures/%s", name);
    if (!(file = fopen(path, "rb"))) give_up(path);
    fseek(file, 0, SEEK_END);
    long  size = ftell(file);
    char *text = calloc((size_t)size + 1, 1);
    rewind(file);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size) give_up(path);
    fclose(file);
    return text;
}

Fixture fixture_read(const char *name)
{
    Fixture f = {.text = read_all(name)};
    int     room = 1;
    for (const char *at = f.text; *at; at++) room += *at == '\n';
    f.line = calloc((size_t)room, sizeof *f.line);
    if (!f.line) give_up(name);
    for (char *at = f.text; *at;) {
        f.line[f.lines++] = at;
        at += strcspn(at, "\n");
        if (*at) *at++ = '\0';
    }
    return f;
}

void fixture_done(Fixture *f)
{
    free(f->line);
    free(f->text);
}

int fixture_section(const Fixture *f, const char *head)
{
    for (int k = 0; k < f->lines; k++)
        if (strncmp(f->line[k], head, strlen(head)) == 0) return k + 1;
    return -1;
}

double *fixture_numbers(const Fixture *f, int line, int64_t rows, int *cols)
{
    double *out = NULL;
    *cols = 1;
    if (line < 0 || line + rows > f->lines) give_up("a section of numbers is missing");
    for (const char *at = f->line[line]; *at; at++) *cols += *at == ' ';
    out = calloc((size_t)(rows * *cols), sizeof *out);
    if (!out) give_up("no memory");
    for (int64_t r = 0; r < rows; r++) {
        char *at = f->line[line + r];
        for (int c = 0; c < *cols; c++) out[r * *cols + c] = strtod(at, &at);
    }
    return out;
}

int64_t fixture_row(const char *line, Runs *out)
{
    char   *at;
    int64_t row = strtoll(line, &at, 10);
    if (*at++ != ':') give_up(line);
    runs_clear(out);
    while (*at) {
        int64_t lo = strtoll(at, &at, 10), hi = lo;
        if (*at == '-') hi = strtoll(at + 1, &at, 10);
        if (*at && *at != ' ') give_up(line);
        if (runs_append(out, lo, hi + 1)) give_up(line);
    }
    return row;
}

FixtureCase fixture_case(char *line)
{
    char *column[4] = {line};
    for (int k = 1; k < 4; k++) {
        column[k] = column[k - 1] + strcspn(column[k - 1], "\t");
        if (!*column[k]) give_up(line);
        *column[k]++ = '\0';
    }
    column[3][strcspn(column[3], "\t")] = '\0';
    return (FixtureCase){.file = column[0],
                         .n = strtoll(column[1], NULL, 10),
                         .expression = column[3],
                         .background = strcmp(column[2], "causal") ? BACKGROUND_BIDIRECTIONAL
                                                                   : BACKGROUND_CAUSAL};
}
