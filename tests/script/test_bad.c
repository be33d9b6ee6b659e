/* test_bad.c - each file of tests/script/bad is a lesson with one mistake; its first line, behind `-- `,
 * is the message that must come of it. */
#include "tests/script/shelf.h"

#include <dirent.h>

static const char folder[] = "tests/script/bad";

static char *read_whole(const char *name)
{
    Text path = {0}, text = {0};
    char piece[4096];
    text_format(&path, "%s/%s", folder, name);
    FILE *file = fopen(text_string(&path), "rb");
    if (!file) fail_msg("%s does not open", text_string(&path));
    for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
        text_add_bytes(&text, piece, got);
    fclose(file);
    text_done(&path);
    return text_take(&text);
}

/* The message of loading it, or of dealing its questions. */
static void find_mistake(const char *name, char *source, Why *why)
{
    ShelfFile files[] = {{name, source}, {NULL, NULL}};
    Lesson   *lesson;
    Status    status = shelf_load(files, &lesson, why);
    for (int k = 0; status == STATUS_OK && k < lesson->pages; k++) {
        Question *q;
        if (!lesson->page[k].asks) continue;
        status = script_deal(lesson, k, 1, &q, why);
        question_free(q);
    }
    if (status == STATUS_OK) fail_msg("%s has no mistake", name);
    script_free(lesson);
}

static int lua_file(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".lua") == 0;
}

static void each_mistake_has_its_message(void **state)
{
    (void)state;
    struct dirent **entry;
    int             count = scandir(folder, &entry, lua_file, alphasort);
    assert_true(count > 50);
    for (int k = 0; k < count; k++) {
        Why    why;
        char  *source = read_whole(entry[k]->d_name);
        size_t line = strcspn(source, "\n");
        find_mistake(entry[k]->d_name, source, &why);
        if (strlen(why.what) + 3 != line || strncmp(source + 3, why.what, line - 3) != 0)
            fail_msg("%s\n  says    %s\n  wanted  %.*s", entry[k]->d_name, why.what, (int)line,
                     source);
        free(source);
        free(entry[k]);
    }
    free(entry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_mistake_has_its_message)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
