/* bind_numbers.c - integer, number and indices: right answers, wrong rows, and that no two of them
 * are one and the same. */
#include "app/script/bind_question.h"

#include "app/base/ids.h"
#include "app/script/bindings.h"
#include "app/script/sandbox.h"

#include <lauxlib.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 16 };

static const char wrong_shape[] = "every wrong row is { value, \"slip-id\", \"sentence\" }";

/* ---- one number -------------------------------------------------------------------------- */

/* The number on top of the stack, popped. */
static Number take_number(QuestionReader *qr)
{
    lua_State *L = qr->lua;
    int64_t    whole;
    if (lua_type(L, -1) != LUA_TNUMBER)
        reader_fail(qr->r, NULL, "this must be a number, not %s", value_an(L, -1));
    double value = lua_tonumber(L, -1);
    bool   is_whole = value_integer(L, -1, &whole);
    if (!isfinite(value)) reader_fail(qr->r, NULL, "%g is no answer that can be typed", value);
    if (qr->q->kind == QUESTION_INTEGER && !is_whole)
        reader_fail(qr->r, "at.number asks for reals; // divides whole numbers",
                    "%g is not a whole number", value);
    lua_pop(L, 1);
    return is_whole ? number_whole(whole) : number_real(value);
}

/* The boxes of the value on top of the stack (a number, or a list of as many), popped. */
static void take_boxes(QuestionReader *qr, int boxes, Number *out)
{
    lua_State *L = qr->lua;
    if (lua_type(L, -1) != LUA_TTABLE) {
        if (boxes != 1)
            reader_fail(qr->r, NULL, "the right answer has %d numbers; this has one", boxes);
        out[0] = take_number(qr);
        return;
    }
    if ((int)lua_rawlen(L, -1) != boxes)
        reader_fail(qr->r, NULL, "the right answer has %d numbers; this has %d", boxes,
                    (int)lua_rawlen(L, -1));
    for (int k = 0; k < boxes; k++) {
        Place place = reader_into_index(qr->r, NULL, k + 1);
        lua_rawgeti(L, -1, k + 1);
        out[k] = take_number(qr);
        reader_back(qr->r, place);
    }
    lua_pop(L, 1);
}

static void read_right(QuestionReader *qr)
{
    Question *q = qr->q;
    int       kind = reader_get(qr->r, qr->table, "right");
    if (kind == LUA_TNIL) reader_fail(qr->r, NULL, "the right answer is missing: right =");
    Place place = reader_into(qr->r, "right");
    int   boxes = kind == LUA_TTABLE ? (int)lua_rawlen(qr->lua, -1) : 1;
    if (boxes < 1 || boxes > QUESTION_BOXES)
        reader_fail(qr->r, NULL, "1 to %d numbers may be asked for, not %d", QUESTION_BOXES, boxes);
    q->boxes = boxes;
    q->right = reader_room(qr->r, boxes, sizeof *q->right);
    take_boxes(qr, boxes, q->right);
    reader_back(qr->r, place);
}

/* ---- unit, tolerance, names, labels ------------------------------------------------------ */

/* "1 %" or "0.5%" as a share. */
static bool parse_percent(const char *text, double *share)
{
    char  *end;
    double value = strtod(text, &end);
    while (*end == ' ') end++;
    *share = value / 100;
    return end != text && strcmp(end, "%") == 0;
}

static void read_tolerance(QuestionReader *qr)
{
    Question *q = qr->q;
    q->tolerance = q->kind == QUESTION_NUMBER ? 0.01 : 0;
    q->relative = q->kind == QUESTION_NUMBER;
    int  kind = reader_get(qr->r, qr->table, "tolerance");
    bool right = kind == LUA_TNIL;
    if (kind == LUA_TSTRING) right = parse_percent(lua_tostring(qr->lua, -1), &q->tolerance);
    if (kind == LUA_TNUMBER) {
        q->tolerance = lua_tonumber(qr->lua, -1);
        q->relative = false;
        right = true;
    }
    if (!right || !(q->tolerance >= 0) || !isfinite(q->tolerance))
        reader_fail_at(qr->r, "tolerance", NULL,
                       "a tolerance is a number, or a share such as \"1 %%\"");
    lua_pop(qr->lua, 1);
}

static void read_names(QuestionReader *qr)
{
    Question *q = qr->q;
    if (!question_list(qr, "names")) return;
    int table = lua_gettop(qr->lua);
    sandbox_sorted_keys(qr->lua, table);
    int count = (int)lua_rawlen(qr->lua, -1);
    if (count > NAMES_MAX)
        reader_fail_at(qr->r, "names", NULL, "at most %d names are taken", NAMES_MAX);
    q->name = reader_room(qr->r, count, sizeof *q->name);
    for (int k = 1; k <= count; k++) {
        if (lua_rawgeti(qr->lua, -1, k) != LUA_TSTRING)
            reader_fail_at(qr->r, "names", NULL, "names is a table such as { n = 16, w = 4 }");
        const char *name = lua_tostring(qr->lua, -1);
        lua_getfield(qr->lua, table, name);
        if (lua_type(qr->lua, -1) != LUA_TNUMBER)
            reader_fail_at(qr->r, "names", NULL, "%s is %s, not a number", name,
                           value_an(qr->lua, -1));
        q->name[q->names].value = lua_tonumber(qr->lua, -1);
        q->name[q->names].name = value_copy_text(qr->lua, name);
        q->names++;
        lua_pop(qr->lua, 2);
    }
    lua_pop(qr->lua, 2);
}

static void read_labels(QuestionReader *qr)
{
    Question *q = qr->q;
    if (!question_list(qr, "labels")) return;
    if ((int)lua_rawlen(qr->lua, -1) != q->boxes)
        reader_fail_at(qr->r, "labels", NULL, "there are %d boxes and %d labels", q->boxes,
                       (int)lua_rawlen(qr->lua, -1));
    q->box_label = reader_room(qr->r, q->boxes, sizeof *q->box_label);
    for (int k = 0; k < q->boxes; k++) {
        Place place = reader_into_index(qr->r, "labels", k + 1);
        lua_rawgeti(qr->lua, -1, k + 1);
        q->box_label[k] = reader_take_text(qr->r, "a label");
        reader_back(qr->r, place);
    }
    lua_pop(qr->lua, 1);
}

/* ---- wrong rows -------------------------------------------------------------------------- */

/* The k-th value of the row on top of the stack as a text. */
static char *row_text(QuestionReader *qr, int k, const char *what, const char *missing)
{
    if (lua_rawgeti(qr->lua, -1, k) == LUA_TNIL) reader_fail(qr->r, wrong_shape, "%s", missing);
    return reader_take_text(qr->r, what);
}

static void read_keys(QuestionReader *qr, Wrong *w)
{
    if (reader_get(qr->r, lua_gettop(qr->lua), "keys") != LUA_TNIL) {
        if (!value_test(qr->lua, -1, SCRIPT_SET))
            reader_fail_at(qr->r, "keys", NULL, "this must be a set, not %s",
                           value_an(qr->lua, -1));
        w->has_keys = true;
        set_read(qr->lua, -1, &w->keys);
    }
    lua_pop(qr->lua, 1);
}

static void read_wrong_row(QuestionReader *qr, Wrong *w)
{
    static const char *const known[] = {"keys", NULL};
    if (lua_type(qr->lua, -1) != LUA_TTABLE)
        reader_fail(qr->r, wrong_shape, "this is %s", value_an(qr->lua, -1));
    reader_check_fields(qr->r, lua_gettop(qr->lua), known, NULL, 3);
    if (lua_rawgeti(qr->lua, -1, 1) == LUA_TNIL)
        reader_fail(qr->r, wrong_shape, "a value is missing");
    w->value = reader_room(qr->r, qr->q->boxes, sizeof *w->value);
    take_boxes(qr, qr->q->boxes, w->value);
    w->slip = row_text(qr, 2, "the slip", "a slip id is missing");
    w->sentence = row_text(qr, 3, "the sentence", "a sentence is missing");
    if (!id_valid(w->slip))
        reader_fail(qr->r, "ids have a-z, 0-9 and -", "\"%.60s\" is no slip id", w->slip);
    read_keys(qr, w);
}

/* Whether who answers `given` would be taken to have answered `wanted`. */
static bool answers(const Question *q, const Number *given, const Number *wanted)
{
    for (int k = 0; k < q->boxes; k++) {
        double margin = q->relative ? q->tolerance * fabs(wanted[k].value) : q->tolerance;
        bool   near = fabs(given[k].value - wanted[k].value) <= margin;
        if (q->kind == QUESTION_INTEGER ? number_compare(&given[k], &wanted[k]) != 0 : !near)
            return false;
    }
    return true;
}

static bool same_answer(const Question *q, const Number *a, const Number *b)
{
    return answers(q, a, b) || answers(q, b, a);
}

/* row: where each wrong row stands in the lesson's list. */
static void check_wrong(QuestionReader *qr, const int *row)
{
    const Question *q = qr->q;
    const char     *todo = "leave the row out of this variant: a row may be nil";
    const char     *how = q->kind == QUESTION_NUMBER ? " within the tolerance" : "";
    for (int k = 0; k < q->wrongs; k++) {
        Place place = reader_into_index(qr->r, "wrong", row[k]);
        if (same_answer(q, q->wrong[k].value, q->right))
            reader_fail(qr->r, todo, "equals the right answer%s", how);
        for (int before = 0; before < k; before++)
            if (same_answer(q, q->wrong[k].value, q->wrong[before].value))
                reader_fail(qr->r, todo, "equals wrong[%d]%s", row[before], how);
        reader_back(qr->r, place);
    }
}

static void read_wrong(QuestionReader *qr)
{
    int row[QUESTION_WRONG];
    if (!question_list(qr, "wrong")) return;
    int count = reader_length(qr->r, lua_gettop(qr->lua), QUESTION_WRONG, "wrong rows");
    qr->q->wrong = reader_room(qr->r, count, sizeof *qr->q->wrong);
    for (int k = 1; k <= count; k++) {
        Place place = reader_into_index(qr->r, "wrong", k);
        lua_rawgeti(qr->lua, -1, k);
        if (lua_toboolean(qr->lua, -1)) {
            row[qr->q->wrongs] = k;
            read_wrong_row(qr, &qr->q->wrong[qr->q->wrongs++]);
        }
        lua_pop(qr->lua, 1);
        reader_back(qr->r, place);
    }
    lua_pop(qr->lua, 1);
    check_wrong(qr, row);
}

void read_numbers(QuestionReader *qr)
{
    read_right(qr);
    read_tolerance(qr);
    qr->q->unit = reader_text(qr->r, qr->table, "unit", NULL);
    read_names(qr);
    read_labels(qr);
    read_wrong(qr);
}

/* ---- indices ----------------------------------------------------------------------------- */

void read_indices(QuestionReader *qr)
{
    Question *q = qr->q;
    if (reader_get(qr->r, qr->table, "right") == LUA_TNIL)
        reader_fail(qr->r, NULL, "the right answer is missing: right =");
    if (!value_test(qr->lua, -1, SCRIPT_SET))
        reader_fail_at(qr->r, "right", "right = g:row(i), or at.set { ... }",
                       "this must be a set, not %s", value_an(qr->lua, -1));
    set_read(qr->lua, -1, &q->set);
    lua_pop(qr->lua, 1);
    q->whole = reader_flag(qr->r, qr->table, "whole");
    q->set_n = reader_integer(qr->r, qr->table, "n", q->figure ? q->figure->n : 0, 1, INT32_MAX);
    if (q->set_n == 0) reader_fail(qr->r, NULL, "give a figure or n, the number of keys there are");
    if (q->set.len > 0 && q->set.run[q->set.len - 1].hi > q->set_n)
        reader_fail_at(qr->r, "right", NULL, "key %lld is in it; there are keys 0 to %lld",
                       (long long)q->set.run[q->set.len - 1].hi - 1, (long long)q->set_n - 1);
}
