#include "tests/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_up(const char *expression, const Why *why)
{
    fprintf(stderr, "%s: column %lld: %s\n", expression, (long long)why->column, why->what);
    exit(1);
}

Recipe picture_recipe(const char *expression)
{
    Recipe recipe;
    Why    why;
    if (recipe_parse(expression, strlen(expression), &recipe, &why)) give_up(expression, &why);
    return recipe;
}

Pattern *picture_bind(const char *expression, int64_t n, Background background,
                      const Problem *content)
{
    Recipe   recipe = picture_recipe(expression);
    Pattern *p;
    Why      why;
    if (pattern_new(&recipe, n, background, content, &p, &why)) give_up(expression, &why);
    recipe_done(&recipe);
    return p;
}

char *picture_of(const Pattern *p)
{
    int64_t n = pattern_n(p);
    char   *text = malloc((size_t)(n * (n + 1)) + 1), *at = text;
    Runs    row = {0};
    if (!text) abort();
    for (int64_t i = 0; i < n; i++) {
        int64_t allowed = pattern_allowed_row(p, i);
        if (pattern_row(p, i, &row)) abort();
        for (int64_t j = 0; j < allowed; j++) *at++ = runs_has(&row, j) ? '#' : '.';
        *at++ = '\n';
    }
    *at = '\0';
    runs_done(&row);
    return text;
}

void picture_runs(const char *line, Runs *out)
{
    for (int64_t j = 0; line[j] && line[j] != '\n'; j++)
        if (line[j] == '#' && runs_append(out, j, j + 1)) abort();
}
