/* Any bytes as an expression: what is read prints to a text that reads back as the same value, and
 * its rows are sets inside the background. Built with -fsanitize=fuzzer. */
#include "engine/pattern.h"

#include <stdlib.h>
#include <string.h>

enum { N = 17 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds) abort();
}

static void check_spelling(const Recipe *recipe)
{
    size_t len = recipe_print(recipe, NULL, 0);
    char  *text = malloc(len + 1), *again = malloc(len + 1);
    Recipe back;
    require(text && again);
    require(recipe_print(recipe, text, len + 1) == len);
    require(recipe_parse(text, len, &back, NULL) == STATUS_OK);
    require(recipe_equal(recipe, &back));
    require(recipe_print(&back, again, len + 1) == len && strcmp(text, again) == 0);
    recipe_done(&back);
    free(text);
    free(again);
}

static void check_rows(const Pattern *p)
{
    Runs    row = {0};
    int64_t total = 0, counted, count;
    for (int64_t i = 0; i < N; i++) {
        require(pattern_row(p, i, &row) == STATUS_OK);
        require(runs_valid(&row) == NULL);
        require(row.len == 0 || row.run[row.len - 1].hi <= pattern_allowed_row(p, i));
        require(pattern_count(p, i, &count) == STATUS_OK && count == runs_count(&row));
        total += count;
    }
    require(pattern_total(p, &counted) == STATUS_OK && counted == total);
    runs_done(&row);
}

static void check_words(const Pattern *p)
{
    char text[64];
    pattern_describe(p, text, sizeof text);
    recipe_class_why(pattern_recipe(p), text, sizeof text);
    recipe_formula(pattern_recipe(p), text, sizeof text);
    pattern_class(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const words[N] = {"a", "b", ".", "a", "c", "a", ".", "b", "the",
                                         "a", "b", "c", "d", "e", ".", "x", "a"};
    Recipe  recipe;
    Problem problem;
    Why     why;
    if (recipe_parse((const char *)data, size, &recipe, &why)) {
        require(why.column >= 0 && why.column <= (int64_t)size + 1 && why.what[0] != '\0');
        return 0;
    }
    check_spelling(&recipe);
    require(problem_words(words, N, 1, &problem, NULL) == STATUS_OK);
    for (int b = 0; b < 2; b++) {
        Pattern *p;
        require(pattern_new(&recipe, N, (Background)b, &problem, &p, NULL) == STATUS_OK);
        check_rows(p);
        check_words(p);
        pattern_free(p);
    }
    problem_done(&problem);
    recipe_done(&recipe);
    return 0;
}
