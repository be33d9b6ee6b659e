/* What people really type into number and set questions, each case typed into plain mode.
 *
 * tests/fixtures/typed.tsv: id, typed (\uXXXX is that character), question, needs, expected, why.
 * Expected: "= V" is right at once; "refuse" is not read and costs nothing; "V or refuse" either;
 * "not V" is read, but is not V. */
#include "app/plain/dialogue.h"
#include "app/base/utf8.h"
#include "tests/tutor/build.h"

#include <stdio.h>

typedef struct {
    char *id, *typed, *question, *needs, *expected;
} Row;

typedef struct {
    Session   s;
    Lesson   *lesson;
    Question *question;
    Text      typed, heard;
    size_t    at;
} Room;

static bool room_read(void *context, Text *line)
{
    Room       *r = context;
    const char *from = text_string(&r->typed) + r->at;
    size_t      len = strcspn(from, "\n");
    if (*from == '\0') return false;
    text_clear(line);
    text_add_bytes(line, from, len);
    r->at += len + 1;
    return true;
}

static void room_write(void *context, const char *text, size_t len)
{
    text_add_bytes(&((Room *)context)->heard, text, len);
}

static void room_serve(void *context)
{
    Room *r = context;
    session_saved(&r->s);
    RequestKind kind = r->s.request.kind;
    if (kind != REQUEST_OPEN && kind != REQUEST_DEAL) return;
    (void)session_wants(&r->s);
    if (kind == REQUEST_OPEN) {
        session_lesson(&r->s, r->lesson);
        room_serve(r);
        return;
    }
    session_question(&r->s, r->question);
    r->question = NULL;
}

static void unescape(const char *typed, Text *out)
{
    for (; *typed; typed++) {
        unsigned rune;
        if (sscanf(typed, "\\u%4x", &rune) == 1) {
            text_add_rune(out, (int)rune);
            typed += 5;
        } else text_add_char(out, *typed);
    }
}

/* The value a right answer has: the expected one, or one that was not typed. */
static const char *right_value(const Row *row)
{
    static char value[80];
    const char *e = row->expected;
    if (strcmp(e, "refuse") == 0) return strcmp(row->question, "indices") == 0 ? "5" : "777";
    if (strncmp(e, "= ", 2) == 0) e += 2;
    if (strncmp(e, "not ", 4) == 0) e += 4;
    snprintf(value, sizeof value, "%s", e);
    char *either = strstr(value, " or refuse");
    if (either) *either = '\0';
    return value;
}

static Question *ask(const Row *row)
{
    bool      set = strcmp(row->question, "indices") == 0;
    Question *q = build_question(set ? QUESTION_INDICES : strcmp(row->question, "integer") == 0 ? QUESTION_INTEGER : QUESTION_NUMBER,
                                 "Type the answer.", set ? build_figure("window(w=4) | sink(s=2)", 16, NULL) : NULL);
    build_tries(q, 3, 2, 1);
    q->set_n = 16;
    if (set && answer_read_set(right_value(row), 16, &q->set, NULL, NULL) != STATUS_OK) fail_msg("%s", row->id);
    if (set) return q;
    q->right = calloc(1, sizeof *q->right);
    double value = strtod(right_value(row), NULL);
    q->right[0] = value == (double)(int64_t)value ? number_whole((int64_t)value) : number_real(value);
    q->tolerance = 0.01;
    q->relative = true;
    if (strncmp(row->needs, "unit=", 5) == 0) q->unit = text_copy(row->needs + 5);
    return q;
}

/* What the program says when the case is typed, the right answer after it. */
static Text play(const Row *row)
{
    Room r = {.question = ask(row)};
    Page page = build_ask("typed", NULL);
    r.lesson = build_lesson("typed", "Typed", 1, &page);
    if (shelf_add(&r.s.shelf, "10-typed.lua", "typed", "Typed", 5, 1, 1, NULL) != STATUS_OK) fail();
    session_start(&r.s);
    session_apply(&r.s, (Action){.kind = ACTION_OPEN, .number = 0, .other = 0});
    room_serve(&r);
    unescape(strcmp(row->typed, "(empty)") == 0 ? "" : row->typed, &r.typed);
    text_add(&r.typed, "\n\n");
    if (strncmp(row->expected, "= ", 2) != 0 && strncmp(row->expected, "not ", 4) != 0)
        text_format(&r.typed, "%s\n\n", right_value(row));
    text_add(&r.typed, "quit\n");
    Dialogue d = {&r.s, room_read, room_write, room_serve, &r, 72, false};
    dialogue_run(&d);
    Lesson *lesson = r.lesson;
    session_done(&r.s);
    build_free(lesson);
    question_free(r.question);
    text_done(&r.typed);
    return r.heard;
}

static void check(const Row *row)
{
    Text        heard = play(row);
    const char *said = text_string(&heard);
    bool        right = strstr(said, "Right, on try 1") != NULL;
    bool        lost = strstr(said, "Not yet") != NULL;
    bool        wanted = strncmp(row->expected, "not ", 4) == 0 ? lost && !right : right && !lost;
    if (!wanted) fail_msg("%s: \"%s\" should be \"%s\":\n%s", row->id, row->typed, row->expected, said);
    text_done(&heard);
}

static bool next_row(FILE *file, char *line, int size, Row *row)
{
    char **cell[] = {&row->id, &row->typed, &row->question, &row->needs, &row->expected};
    if (!fgets(line, size, file)) return false;
    for (size_t k = 0; k < 5; k++) {
        *cell[k] = line;
        line += strcspn(line, "\t\n");
        if (*line) *line++ = '\0';
    }
    return true;
}

static void every_typed_answer_is_read_as_it_was_meant_or_costs_nothing(void **state)
{
    (void)state;
    FILE *file = fopen("tests/fixtures/typed.tsv", "r");
    char  line[2000];
    Row   row;
    int   cases = 0;
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file)); /* the heading */
    for (; next_row(file, line, sizeof line, &row); cases++)
        if (row.id[0]) check(&row);
    fclose(file);
    assert_true(cases > 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_typed_answer_is_read_as_it_was_meant_or_costs_nothing)};
    return cmocka_run_group_tests_name("plain/typed", tests, NULL, NULL);
}
