/* test_readme.c - the README's tables of atoms and designs are those that the catalogue makes now.
 * With --write they are made: the lines between the two marks of the README. */
#include "app/base/text.h"
#include "engine/catalogue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char path[] = "README.md";
static const char begin[] = "<!-- catalogue: made by tests/cmd/test_readme.c -->\n", end[] = "<!-- end of catalogue -->\n";

static void add_parameters(const Mechanism *m, Text *out)
{
    for (int k = 0; k < m->params; k++)
        text_format(out, "%s%s%s", k ? ", " : "(", m->param[k].name, m->param[k].optional ? "?" : "");
    if (m->params > 0) text_add(out, ")");
}

/* A cell of a table: a bar in it would end it. */
static void add_cell(const char *words, Text *out)
{
    for (; *words; words++) {
        if (*words == '|') text_add(out, "\\");
        text_add_char(out, *words);
    }
}

static void add_source(const Source *s, Text *out)
{
    if (s->authors && s->authors[0]) text_format(out, "%s %d", s->authors, s->year);
    if (s->id && s->id[0]) text_format(out, ", %s", s->id);
}

static void add_table(bool designs, Text *out)
{
    text_add(out, designs ? "| design | is | each query | source |\n| --- | --- | --- | --- |\n"
                          : "| atom | class | each query | source |\n| --- | --- | --- | --- |\n");
    for (int k = 0; k < catalogue_count(); k++) {
        const Mechanism *m = catalogue_at(k);
        if ((m->expansion != NULL) != designs) continue;
        text_format(out, "| `%s", m->name);
        add_parameters(m, out);
        text_add(out, "` | ");
        if (designs) text_add(out, "`");
        add_cell(designs ? m->expansion : class_word(m->class), out);
        text_add(out, designs ? "` | " : " | ");
        add_cell(strncmp(m->sentence, "each query ", 11) == 0 ? m->sentence + 11 : m->sentence, out);
        text_add(out, " | ");
        add_source(&m->source, out);
        text_add(out, " |\n");
    }
}

static Text readme(void)
{
    Text  text = {0};
    char  piece[4096];
    FILE *file = fopen(path, "rb");
    for (size_t got; file && (got = fread(piece, 1, sizeof piece, file)) > 0;) text_add_bytes(&text, piece, got);
    if (file) fclose(file);
    return text;
}

/* The README with its tables made anew; empty if a mark is missing. */
static Text made(const Text *old)
{
    Text        out = {0};
    const char *from = strstr(text_string(old), begin), *to = strstr(text_string(old), end);
    if (!from || !to || to < from) return out;
    text_add_bytes(&out, text_string(old), (size_t)(from - text_string(old)) + strlen(begin));
    text_add(&out, "\n");
    add_table(false, &out);
    text_add(&out, "\n");
    add_table(true, &out);
    text_add(&out, "\n");
    text_add(&out, to);
    return out;
}

static void the_tables_of_the_readme_are_the_catalogue(void **state)
{
    (void)state;
    Text old = readme(), now = made(&old);
    assert_true(now.len > 0);
    if (strcmp(text_string(&old), text_string(&now)) != 0)
        fail_msg("%s has other tables than the catalogue; test_readme --write makes them anew", path);
    text_done(&old);
    text_done(&now);
}

static int write_readme(void)
{
    Text  old = readme(), now = made(&old);
    FILE *file = now.len > 0 ? fopen(path, "wb") : NULL;
    bool  whole = file && fwrite(text_string(&now), 1, now.len, file) == now.len;
    if (file && fclose(file) != 0) whole = false;
    text_done(&old);
    text_done(&now);
    return whole ? 0 : 1;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_tables_of_the_readme_are_the_catalogue)};
    if (argc > 1 && strcmp(argv[1], "--write") == 0) return write_readme();
    return cmocka_run_group_tests_name("cmd/readme", tests, NULL, NULL);
}
