/* bind_picks.c - choice and classify: options with their feedback, items with their verdicts. */
#include "app/script/bind_question.h"

#include "app/base/ids.h"
#include "app/script/sandbox.h"
#include "engine/rng.h"

#include <lauxlib.h>

#include <string.h>

static const char option_shape[] =
    "every option is { \"id\", \"text\", \"feedback\" }, the right one with right = true";

/* ---- choice ------------------------------------------------------------------------------ */

static char *option_text(QuestionReader *qr, int k, const char *what, const char *missing)
{
    if (lua_rawgeti(qr->lua, -1, k) == LUA_TNIL) reader_fail(qr->r, option_shape, "%s", missing);
    return reader_take_text(qr->r, what);
}

static void read_option(QuestionReader *qr, Option *o)
{
    static const char *const known[] = {"right", "slip", NULL};
    if (lua_type(qr->lua, -1) != LUA_TTABLE)
        reader_fail(qr->r, option_shape, "this is %s", value_an(qr->lua, -1));
    reader_check_fields(qr->r, lua_gettop(qr->lua), known, NULL, 3);
    o->id = option_text(qr, 1, "the id", "an id is missing");
    o->text = option_text(qr, 2, "the text", "a text is missing");
    o->feedback = option_text(qr, 3, "the feedback", "feedback is missing");
    o->right = reader_flag(qr->r, lua_gettop(qr->lua), "right");
    o->slip = reader_text(qr->r, lua_gettop(qr->lua), "slip", NULL);
    if (!id_valid(o->id))
        reader_fail(qr->r, "ids have a-z, 0-9 and -", "\"%.60s\" is no id", o->id);
    if (o->slip && !id_valid(o->slip))
        reader_fail(qr->r, "ids have a-z, 0-9 and -", "\"%.60s\" is no slip id", o->slip);
}

static void check_options(QuestionReader *qr)
{
    const Question *q = qr->q;
    int             right = 0;
    for (int k = 0; k < q->options; k++) {
        right += q->option[k].right;
        for (int before = 0; before < k; before++) {
            bool id = strcmp(q->option[before].id, q->option[k].id) == 0;
            bool text = strcmp(q->option[before].text, q->option[k].text) == 0;
            if (!id && !text) continue;
            reader_into_index(qr->r, "options", k + 1);
            reader_fail(qr->r, NULL, "has the same %s as options[%d]", id ? "id" : "text",
                        before + 1);
        }
    }
    if (q->options < 2)
        reader_fail_at(qr->r, "options", NULL, "a choice needs at least two options");
    if (right != 1)
        reader_fail_at(qr->r, "options", "right = true in one of them",
                       right == 0 ? "no option is right" : "%d options are right; a choice has one",
                       right);
}

/* Places on the screen: shuffled as rng-1 shuffles a list. */
static void shuffle_order(Question *q, uint64_t seed)
{
    Rng rng = rng_seeded(seed);
    for (int k = 0; k < q->options; k++) q->order[k] = k;
    for (int k = q->options; k >= 2; k--) {
        int other = (int)rng_int(&rng, 1, k), was = q->order[k - 1];
        q->order[k - 1] = q->order[other - 1];
        q->order[other - 1] = was;
    }
}

void read_choice(QuestionReader *qr)
{
    Question *q = qr->q;
    if (reader_get(qr->r, qr->table, "right") != LUA_TNIL)
        reader_fail_at(qr->r, "right", option_shape, "a choice marks its right option");
    lua_pop(qr->lua, 1);
    if (!question_list(qr, "options")) reader_fail(qr->r, option_shape, "the options are missing");
    int count = reader_length(qr->r, lua_gettop(qr->lua), QUESTION_OPTIONS, "options");
    q->option = reader_room(qr->r, count, sizeof *q->option);
    for (int k = 1; k <= count; k++) {
        Place place = reader_into_index(qr->r, "options", k);
        lua_rawgeti(qr->lua, -1, k);
        if (lua_toboolean(qr->lua, -1)) read_option(qr, &q->option[q->options++]);
        lua_pop(qr->lua, 1);
        reader_back(qr->r, place);
    }
    lua_pop(qr->lua, 1);
    check_options(qr);
    shuffle_order(q, qr->order_seed);
}

/* ---- verdicts of classify ---------------------------------------------------------------- */

static const struct {
    const char *id, *text;
} verdicts[] = {
    {"positional", "positional: where a key stands"},
    {"content", "content: what the words are"},
    {"hybrid", "hybrid: a part each"},
    {"dense", "dense: every key"},
    {"none", "none: there is no set"},
};
enum { VERDICTS = sizeof verdicts / sizeof verdicts[0], VERDICTS_USUAL = 3 };

static int find_verdict(const char *word)
{
    for (int k = 0; k < VERDICTS; k++)
        if (strcmp(verdicts[k].id, word) == 0) return k;
    return -1;
}

static int find_option(const Question *q, const char *id)
{
    for (int k = 0; k < q->options; k++)
        if (strcmp(q->option[k].id, id) == 0) return k;
    return -1;
}

static void add_verdict(QuestionReader *qr, int verdict)
{
    Option *o = &qr->q->option[qr->q->options];
    qr->q->order[qr->q->options] = qr->q->options;
    qr->q->options++;
    o->id = value_copy_text(qr->lua, verdicts[verdict].id);
    o->text = value_copy_text(qr->lua, verdicts[verdict].text);
}

static void read_verdicts(QuestionReader *qr)
{
    qr->q->option = reader_room(qr->r, VERDICTS, sizeof *qr->q->option);
    if (!question_list(qr, "verdicts")) {
        for (int k = 0; k < VERDICTS_USUAL; k++) add_verdict(qr, k);
        return;
    }
    int count = reader_length(qr->r, lua_gettop(qr->lua), VERDICTS, "verdicts");
    if (count < 2) reader_fail_at(qr->r, "verdicts", NULL, "at least two verdicts are needed");
    for (int k = 1; k <= count; k++) {
        Place       place = reader_into_index(qr->r, "verdicts", k);
        const char *word =
            lua_rawgeti(qr->lua, -1, k) == LUA_TSTRING ? lua_tostring(qr->lua, -1) : "";
        int verdict = find_verdict(word);
        if (verdict < 0)
            reader_fail(qr->r, NULL, "verdicts are positional, content, hybrid, dense, none");
        if (find_option(qr->q, word) >= 0) reader_fail(qr->r, NULL, "%s stands twice", word);
        add_verdict(qr, verdict);
        lua_pop(qr->lua, 1);
        reader_back(qr->r, place);
    }
    lua_pop(qr->lua, 1);
}

/* why.verdict on top of the stack: a sentence or { slip, sentence }. */
static void read_why_of(QuestionReader *qr, Option *o)
{
    if (lua_type(qr->lua, -1) == LUA_TTABLE) {
        if (lua_rawgeti(qr->lua, -1, 1) == LUA_TNIL)
            reader_fail(qr->r, "{ \"slip-id\", \"sentence\" }", "a slip id is missing");
        o->slip = reader_take_text(qr->r, "the slip");
        if (!id_valid(o->slip))
            reader_fail(qr->r, "ids have a-z, 0-9 and -", "\"%.60s\" is no slip id", o->slip);
        if (lua_rawgeti(qr->lua, -1, 2) == LUA_TNIL)
            reader_fail(qr->r, "{ \"slip-id\", \"sentence\" }", "a sentence is missing");
        o->feedback = reader_take_text(qr->r, "the sentence");
        return;
    }
    lua_pushvalue(qr->lua, -1);
    o->feedback = reader_take_text(qr->r, "the sentence");
}

/* Each key of why must be one of the verdicts. */
static void read_why(QuestionReader *qr)
{
    const char *known[VERDICTS + 1] = {0};
    if (!question_list(qr, "why")) return;
    int table = lua_gettop(qr->lua);
    for (int k = 0; k < qr->q->options; k++) known[k] = qr->q->option[k].id;
    Place place = reader_into(qr->r, "why");
    reader_check_fields(qr->r, table, known, NULL, 0);
    for (int k = 0; k < qr->q->options; k++) {
        Place inner = reader_into(qr->r, known[k]);
        if (reader_get(qr->r, table, known[k]) != LUA_TNIL) read_why_of(qr, &qr->q->option[k]);
        lua_pop(qr->lua, 1);
        reader_back(qr->r, inner);
    }
    reader_back(qr->r, place);
    lua_pop(qr->lua, 1);
}

/* ---- items of classify ------------------------------------------------------------------- */

/* right of the table at an index: a verdict; without hybrid among them hybrid counts as content. */
static int read_verdict(QuestionReader *qr, int table)
{
    int kind = reader_get(qr->r, table, "right");
    if (kind == LUA_TNIL)
        reader_fail(qr->r, "right = recipe:class()", "the right verdict is missing: right =");
    const char *word = kind == LUA_TSTRING ? lua_tostring(qr->lua, -1) : NULL;
    if (!word)
        reader_fail_at(qr->r, "right", "right = recipe:class()", "this must be a verdict, not %s",
                       value_an(qr->lua, -1));
    int option = find_option(qr->q, word);
    if (option < 0 && strcmp(word, "hybrid") == 0) option = find_option(qr->q, "content");
    if (option < 0) reader_fail_at(qr->r, "right", NULL, "\"%.60s\" is none of the verdicts", word);
    lua_pop(qr->lua, 1);
    return option;
}

static void read_item(QuestionReader *qr, Item *item)
{
    static const char *const known[] = {"right", NULL};
    if (lua_type(qr->lua, -1) != LUA_TTABLE)
        reader_fail(qr->r, "an item is { text or at.figure, right = }", "this is %s",
                    value_an(qr->lua, -1));
    int table = lua_gettop(qr->lua);
    reader_check_fields(qr->r, table, known, NULL, 2);
    for (int k = 1; k <= 2; k++) {
        int kind = lua_rawgeti(qr->lua, table, k);
        if (kind == LUA_TSTRING && !item->text)
            item->text = reader_take_text(qr->r, "the text");
        else if (kind == LUA_TUSERDATA && !item->figure)
            bind_figure(qr->r, -1, &item->figure);
        else if (kind != LUA_TNIL)
            reader_fail(qr->r, NULL, "an item has one text and one figure at most");
        lua_settop(qr->lua, table);
    }
    if (!item->text && !item->figure) reader_fail(qr->r, NULL, "an item needs a text or a figure");
    item->right = read_verdict(qr, table);
}

static void read_items(QuestionReader *qr)
{
    Question *q = qr->q;
    int       count = reader_length(qr->r, lua_gettop(qr->lua), QUESTION_ITEMS, "items");
    q->item = reader_room(qr->r, count, sizeof *q->item);
    for (int k = 1; k <= count; k++) {
        Place place = reader_into_index(qr->r, "items", k);
        lua_rawgeti(qr->lua, -1, k);
        if (lua_toboolean(qr->lua, -1)) read_item(qr, &q->item[q->items++]);
        lua_pop(qr->lua, 1);
        reader_back(qr->r, place);
    }
    if (q->items == 0) reader_fail_at(qr->r, "items", NULL, "there is no item");
    lua_pop(qr->lua, 1);
}

void read_classify(QuestionReader *qr)
{
    Question *q = qr->q;
    read_verdicts(qr);
    read_why(qr);
    if (question_list(qr, "items")) {
        read_items(qr);
        return;
    }
    q->item = reader_room(qr->r, 1, sizeof *q->item);
    q->items = 1;
    q->item[0].right = read_verdict(qr, qr->table);
}
