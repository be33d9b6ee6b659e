/* fixture.h - reads the text files of tests/fixtures. What can't be read ends the program. */
#ifndef TESTS_ENGINE_FIXTURE_H
#define TESTS_ENGINE_FIXTURE_H

#include "engine/pattern.h"

typedef struct {
    char  *text;   /* owned; line ends are NUL */
    char **line;   /* owned */
    int    lines;
} Fixture;

/* name: under tests/fixtures, "map.tsv". */
Fixture fixture_read(const char *name);
void    fixture_done(Fixture *f);
/* The first line behind the section that begins with head, "[Q"; -1 if there is none. */
int     fixture_section(const Fixture *f, const char *head);
/* rows lines of numbers from line on, as many as the first has in cols. The caller frees them. */
double *fixture_numbers(const Fixture *f, int line, int64_t rows, int *cols);
/* "12: 0-1 9-12" into the row's number and its set. */
int64_t fixture_row(const char *line, Runs *out);

/* One line of a map: its columns. Points into the fixture, whose line is cut up. */
typedef struct {
    const char *file, *expression;
    int64_t     n;
    Background  background;
} FixtureCase;
FixtureCase fixture_case(char *line);

#endif
