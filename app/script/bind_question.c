/* bind_question.c - the table of a question as a Question: what all kinds share, then each kind's
 * own (bind_numbers.c, bind_picks.c). */
#include "app/script/bind_question.h"

#include "app/base/ids.h"
#include "app/script/sandbox.h"
#include "app/tutor/lesson.h"

#include <lauxlib.h>

#include <string.h>

enum { POINTS_MAX = 1000, HINTS_MAX = 16, AGAIN_MAX = 32 };

/* ---- points and tries -------------------------------------------------------------------- */

static void read_prices(QuestionReader *qr)
{
    Question *q = qr->q;
    q->tries = reader_length(qr->r, lua_gettop(qr->lua), QUESTION_TRIES, "tries");
    if (q->tries == 0)
        reader_fail_at(qr->r, "tries", "tries = { 3, 2, 1 }", "the list of prices is empty");
    for (int k = 0; k < q->tries; k++) {
        int64_t price;
        lua_rawgeti(qr->lua, -1, k + 1);
        if (!value_integer(qr->lua, -1, &price) || price < 0 || price > POINTS_MAX)
            reader_fail_at(qr->r, "tries", "tries = { 3, 2, 1 }",
                           "prices are whole numbers from 0 to %d", POINTS_MAX);
        if (k > 0 && price > q->price[k - 1])
            reader_fail_at(qr->r, "tries", NULL, "a later try can't give more points");
        q->price[k] = (int)price;
        lua_pop(qr->lua, 1);
    }
    q->points = q->price[0];
}

static void read_points(QuestionReader *qr)
{
    Question *q = qr->q;
    int       kind = reader_get(qr->r, qr->table, "tries");
    int64_t   points = reader_integer(qr->r, qr->table, "points", -1, 0, POINTS_MAX);
    q->predict = reader_flag(qr->r, qr->table, "predict");
    q->points = points < 0 ? 1 : (int)points;
    q->price[0] = q->points;
    if (kind == LUA_TTABLE) {
        if (points >= 0) reader_fail_at(qr->r, "points", NULL, "give points or tries, not both");
        read_prices(qr);
    } else if (kind != LUA_TNIL) {
        reader_fail_at(qr->r, "tries", "tries = { 3, 2, 1 }",
                       "this must be a list of prices, not %s", value_an(qr->lua, -1));
    }
    lua_pop(qr->lua, 1);
    if (q->predict) q->points = q->price[0] = 0;
}

/* ---- hints, where to read again, tools --------------------------------------------------- */

static void read_hint(QuestionReader *qr, Hint *hint)
{
    if (lua_type(qr->lua, -1) == LUA_TTABLE) {
        lua_rawgeti(qr->lua, -1, 1);
        hint->text = reader_take_text(qr->r, "a hint");
        if (reader_get(qr->r, lua_gettop(qr->lua), "cost") != LUA_TNIL) {
            hint->cost = lua_tonumber(qr->lua, -1);
            if (lua_type(qr->lua, -1) != LUA_TNUMBER ||
                !(hint->cost >= 0 && hint->cost <= POINTS_MAX))
                reader_fail(qr->r, "{ \"text\", cost = 0.5 }",
                            "the cost of a hint is a number from 0 to %d", POINTS_MAX);
        }
        lua_pop(qr->lua, 1);
        return;
    }
    lua_pushvalue(qr->lua, -1);
    hint->text = reader_take_text(qr->r, "a hint");
}

static void read_hints(QuestionReader *qr)
{
    if (!question_list(qr, "hints")) return;
    int count = reader_length(qr->r, lua_gettop(qr->lua), HINTS_MAX, "hints");
    qr->q->hint = reader_room(qr->r, count, sizeof *qr->q->hint);
    for (int k = 1; k <= count; k++) {
        Place place = reader_into_index(qr->r, "hints", k);
        lua_rawgeti(qr->lua, -1, k);
        if (lua_toboolean(qr->lua, -1)) read_hint(qr, &qr->q->hint[qr->q->hints++]);
        lua_pop(qr->lua, 1);
        reader_back(qr->r, place);
    }
    lua_pop(qr->lua, 1);
}

static void read_again_row(QuestionReader *qr, const char *slip)
{
    ReadAgain *again = &qr->q->again[qr->q->agains++];
    again->slip = value_copy_text(qr->lua, slip);
    lua_pushvalue(qr->lua, -1);
    again->page = reader_take_text(qr->r, "a page");
    if (!id_valid(slip))
        reader_fail(qr->r, "ids have a-z, 0-9 and -", "\"%.60s\" is no slip id", slip);
    if (qr->lesson && lesson_find(qr->lesson, again->page) < 0)
        reader_fail(qr->r, NULL, "there is no page \"%.60s\" in this lesson", again->page);
}

static void read_again(QuestionReader *qr)
{
    if (!question_list(qr, "read_again")) return;
    int table = lua_gettop(qr->lua);
    sandbox_sorted_keys(qr->lua, table);
    int count = (int)lua_rawlen(qr->lua, -1);
    if (count > AGAIN_MAX)
        reader_fail_at(qr->r, "read_again", NULL, "at most %d slips are taken", AGAIN_MAX);
    qr->q->again = reader_room(qr->r, count, sizeof *qr->q->again);
    for (int k = 1; k <= count; k++) {
        Place place = reader_into(qr->r, "read_again");
        if (lua_rawgeti(qr->lua, -1, k) != LUA_TSTRING)
            reader_fail(qr->r, "read_again = { [\"slip-id\"] = \"page-id\" }", "slips are texts");
        const char *slip = lua_tostring(qr->lua, -1);
        lua_getfield(qr->lua, table, slip);
        read_again_row(qr, slip);
        lua_pop(qr->lua, 2);
        reader_back(qr->r, place);
    }
    lua_pop(qr->lua, 2);
}

static void read_require(QuestionReader *qr)
{
    if (!question_list(qr, "require")) return;
    int count = (int)lua_rawlen(qr->lua, -1);
    for (int k = 1; k <= count; k++) {
        unsigned    bit = 0;
        Place       place = reader_into_index(qr->r, "require", k);
        const char *word =
            lua_rawgeti(qr->lua, -1, k) == LUA_TSTRING ? lua_tostring(qr->lua, -1) : NULL;
        if (!word || !tool_find(word, &bit))
            reader_fail(qr->r, NULL, "this must be a tool: shuffle or longer");
        qr->q->require |= bit;
        lua_pop(qr->lua, 1);
        reader_back(qr->r, place);
    }
    lua_pop(qr->lua, 1);
}

/* What is required must be offered by every figure of the question. */
static void check_require(QuestionReader *qr)
{
    const Question *q = qr->q;
    int             figures = q->items > 1 ? q->items : 1;
    if (q->require == 0) return;
    for (int k = 0; k < figures; k++) {
        const Figure *f = question_figure(q, k);
        if (!f || (q->require & ~f->tools))
            reader_fail_at(qr->r, "require", "tools = { \"shuffle\" } in at.figure",
                           f ? "the figure does not offer that tool"
                             : "there is no figure with that tool");
    }
}

/* ---- all kinds --------------------------------------------------------------------------- */

static const char *const common_fields[] = {"figure",  "points",  "tries",      "right",   "hints",
                                            "explain", "require", "read_again", "predict", "tags"};
enum { COMMON_FIELDS = sizeof common_fields / sizeof common_fields[0], FIELDS_MAX = 24 };

static const struct KindReader {
    NodeKind     node;
    QuestionKind kind;
    const char  *own[6]; /* fields that only this kind has */
    void (*read)(QuestionReader *qr);
} kinds[] = {
    {NODE_CLASSIFY, QUESTION_CLASSIFY, {"why", "verdicts", "items"}, read_classify},
    {NODE_INTEGER, QUESTION_INTEGER, {"wrong", "unit", "names", "labels"}, read_numbers},
    {NODE_NUMBER, QUESTION_NUMBER, {"wrong", "unit", "names", "tolerance", "labels"}, read_numbers},
    {NODE_INDICES, QUESTION_INDICES, {"whole", "n"}, read_indices},
    {NODE_CHOICE, QUESTION_CHOICE, {"options"}, read_choice},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static const struct KindReader *kind_of(NodeKind node)
{
    for (int k = 0; k < KINDS; k++)
        if (kinds[k].node == node) return &kinds[k];
    return NULL;
}

static void check_fields(QuestionReader *qr, const struct KindReader *kind)
{
    const char *known[FIELDS_MAX] = {0};
    int         count = 0;
    for (int k = 0; k < COMMON_FIELDS; k++) known[count++] = common_fields[k];
    for (int k = 0; k < 6 && kind->own[k]; k++) known[count++] = kind->own[k];
    reader_check_fields(qr->r, qr->table, known, NULL, 1);
}

bool question_list(QuestionReader *qr, const char *field)
{
    int kind = reader_get(qr->r, qr->table, field);
    if (kind == LUA_TTABLE) return true;
    if (kind != LUA_TNIL)
        reader_fail_at(qr->r, field, NULL, "this must be a list, not %s", value_an(qr->lua, -1));
    lua_pop(qr->lua, 1);
    return false;
}

static void read_common(QuestionReader *qr)
{
    lua_rawgeti(qr->lua, qr->table, 1);
    if (lua_isnil(qr->lua, -1))
        reader_fail(qr->r, "the prompt is the first value of the table", "a prompt is missing");
    qr->q->prompt = reader_take_text(qr->r, "the prompt");
    if (reader_get(qr->r, qr->table, "figure") != LUA_TNIL) {
        Place place = reader_into(qr->r, "figure");
        bind_figure(qr->r, lua_gettop(qr->lua), &qr->q->figure);
        reader_back(qr->r, place);
    }
    lua_pop(qr->lua, 1);
    read_points(qr);
    qr->q->explain = reader_text(qr->r, qr->table, "explain", NULL);
    read_hints(qr);
    read_again(qr);
    read_require(qr);
}

void bind_question(Reader *r, int index, const struct Lesson *lesson, uint64_t order_seed,
                   Question **out)
{
    index = lua_absindex(r->lua, index);
    const ScriptNode        *node = value_test(r->lua, index, SCRIPT_NODE);
    const struct KindReader *kind = node ? kind_of(node->kind) : NULL;
    if (!kind)
        reader_fail(r, "return at.integer { ... } or another question from the function",
                    "this is %s, not a question", value_an(r->lua, index));
    Place place = {strlen(r->path), r->file, r->line};
    reader_at_node(r, node);
    lua_getiuservalue(r->lua, index, 1);
    *out = reader_room(r, 1, sizeof **out);
    QuestionReader qr = {r, r->lua, *out, lua_gettop(r->lua), lesson, order_seed};
    (*out)->kind = kind->kind;
    (*out)->boxes = 1;
    check_fields(&qr, kind);
    read_common(&qr);
    kind->read(&qr);
    check_require(&qr);
    lua_settop(r->lua, qr.table - 1);
    reader_back(r, place);
}
