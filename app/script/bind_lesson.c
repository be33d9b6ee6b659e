/* bind_lesson.c - the table of at.lesson as a Lesson: its head, its pages in order, their parts. */
#include "app/script/reader.h"

#include "app/base/ids.h"
#include "app/script/sandbox.h"
#include "app/tutor/lesson.h"

#include <lauxlib.h>

#include <string.h>

enum { API = 1, LIST_MAX = 64, MINUTES_MAX = 600, TITLE_MAX = 190 };

static const char *const known_fields[] = {"api",   "id",    "version", "title", "minutes",
                                           "needs", "goals", "nodes",   NULL};

/* The node on top of the stack, if it is one of that kind. */
static const ScriptNode *node_at_top(Reader *r, NodeKind kind)
{
    const ScriptNode *node = value_test(r->lua, -1, SCRIPT_NODE);
    return node && node->kind == kind ? node : NULL;
}

/* ---- the head ---------------------------------------------------------------------------- */

static void read_texts(Reader *r, int table, const char *field, bool ids, char ***out, int *count)
{
    if (reader_get(r, table, field) == LUA_TNIL) {
        lua_pop(r->lua, 1);
        return;
    }
    if (lua_type(r->lua, -1) != LUA_TTABLE)
        reader_fail_at(r, field, NULL, "this must be a list of texts, not %s",
                       value_an(r->lua, -1));
    Place whole = reader_into(r, field);
    int   texts = reader_length(r, lua_gettop(r->lua), LIST_MAX, "texts");
    reader_back(r, whole);
    *out = reader_room(r, texts, sizeof **out);
    for (int k = 1; k <= texts; k++) {
        Place place = reader_into_index(r, field, k);
        lua_rawgeti(r->lua, -1, k);
        *count = k;
        (*out)[k - 1] = reader_take_text(r, "this");
        if (ids && !id_valid((*out)[k - 1]))
            reader_fail(r, "ids have a-z, 0-9 and -", "\"%.60s\" is no id", (*out)[k - 1]);
        reader_back(r, place);
    }
    lua_pop(r->lua, 1);
}

static void read_head(Reader *r, int table, Lesson *out)
{
    if (reader_get(r, table, "api") == LUA_TNIL)
        reader_fail(r, "api = 1", "the number of the interface is missing");
    lua_pop(r->lua, 1);
    int64_t api = reader_integer(r, table, "api", 0, 1, INT32_MAX);
    if (api != API)
        reader_fail_at(r, "api", "update Attend",
                       "the lesson is written for interface %lld; this version has %d",
                       (long long)api, API);
    out->id = reader_text(r, table, "id", "the id is missing: id =");
    if (!id_valid(out->id))
        reader_fail_at(r, "id", "ids have a-z, 0-9 and -, at most 64", "\"%.60s\" is no id",
                       out->id);
    out->version = reader_text(r, table, "version", "the version is missing: version = \"1.0.0\"");
    out->title = reader_text(r, table, "title", "the title is missing: title =");
    if (!out->title[0] || strlen(out->title) > TITLE_MAX)
        reader_fail_at(r, "title", NULL, "a title has 1 to %d bytes", TITLE_MAX);
    if (reader_get(r, table, "minutes") == LUA_TNIL)
        reader_fail(r, NULL, "the time is missing: minutes =");
    lua_pop(r->lua, 1);
    out->minutes = (int)reader_integer(r, table, "minutes", 0, 1, MINUTES_MAX);
    read_texts(r, table, "needs", true, &out->need, &out->needs);
    read_texts(r, table, "goals", false, &out->goal, &out->goals);
    read_texts(r, table, "nodes", false, &out->node, &out->nodes);
}

/* ---- pages ------------------------------------------------------------------------------- */

/* The part on top of the stack, a text or a node. */
static void read_part(Reader *r, Part *part)
{
    if (lua_type(r->lua, -1) == LUA_TSTRING) {
        lua_pushvalue(r->lua, -1);
        part->kind = PART_PROSE;
        part->text = reader_take_text(r, "the text");
        return;
    }
    const ScriptNode *node = value_test(r->lua, -1, SCRIPT_NODE);
    if (node && node->kind == NODE_FIGURE) {
        part->kind = PART_FIGURE;
        bind_figure(r, -1, &part->figure);
    } else if (node && node->kind == NODE_REVEAL) {
        part->kind = PART_REVEAL;
    } else if (node && node->kind == NODE_NOTES) {
        part->kind = PART_NOTES;
        lua_getiuservalue(r->lua, -1, 1);
        part->text = reader_take_text(r, "the text");
    } else {
        reader_fail(r, NULL, "a page has texts, at.figure, at.reveal and at.notes; this is %s",
                    value_an(r->lua, -1));
    }
}

/* at.page on top of the stack. */
static void read_page(Reader *r, Page *page)
{
    static const char *const known[] = {NULL};
    lua_getiuservalue(r->lua, -1, 1);
    int table = lua_gettop(r->lua);
    reader_check_fields(r, table, known, NULL, -1);
    int parts = reader_length(r, table, LESSON_PARTS, "parts");
    if (parts == 0) reader_fail(r, NULL, "the page is empty");
    page->part = reader_room(r, parts, sizeof *page->part);
    for (int k = 1; k <= parts; k++) {
        Place place = reader_into_index(r, "parts", k);
        lua_rawgeti(r->lua, table, k);
        if (lua_toboolean(r->lua, -1)) read_part(r, &page->part[page->parts++]);
        lua_pop(r->lua, 1);
        reader_back(r, place);
    }
    lua_pop(r->lua, 1);
}

/* The id of the page or question on top of the stack; ids of a lesson differ. */
static void read_page_id(Reader *r, const Lesson *lesson, Page *page)
{
    lua_getiuservalue(r->lua, -1, 2);
    page->id = reader_take_text(r, "the id");
    if (!id_valid(page->id))
        reader_fail(r, "ids have a-z, 0-9 and -, at most 64", "\"%.60s\" is no id", page->id);
    for (const Page *before = lesson->page; before < page; before++)
        if (strcmp(before->id, page->id) == 0)
            reader_fail(r, "ids of pages and questions differ",
                        "the id \"%s\" is that of pages[%d] too", page->id,
                        (int)(before - lesson->page) + 1);
}

static const ScriptNode *page_node(Reader *r)
{
    const ScriptNode *node = node_at_top(r, NODE_PAGE);
    if (!node) node = node_at_top(r, NODE_ASK);
    if (!node)
        reader_fail(r, NULL, "a lesson has at.page and at.ask; this is %s", value_an(r->lua, -1));
    reader_at_node(r, node);
    return node;
}

/* First round: ids and kinds, so that questions can name any page. */
static void read_page_head(Reader *r, Lesson *out)
{
    Page             *page = &out->page[out->pages];
    const ScriptNode *node = page_node(r);
    out->pages++;
    page->asks = node->kind == NODE_ASK;
    page->line = node->line;
    read_page_id(r, out, page);
}

/* Second round: what stands on it. A question from a function waits until it is dealt. */
static void read_page_body(Reader *r, const Lesson *lesson, Page *page)
{
    page_node(r);
    if (!page->asks) {
        read_page(r, page);
        return;
    }
    lua_getiuservalue(r->lua, -1, 1);
    page->deals = lua_isfunction(r->lua, -1);
    if (!page->deals) bind_question(r, -1, lesson, 0, &page->fixed);
    lua_pop(r->lua, 1);
}

/* Pushes the list of the lesson's pages without the rows that are nil or false. */
static int push_pages(Reader *r, int table)
{
    int count = reader_length(r, table, LESSON_PAGES, "pages"), pages = 0;
    lua_createtable(r->lua, count, 0);
    for (int k = 1; k <= count; k++) {
        lua_rawgeti(r->lua, table, k);
        if (lua_toboolean(r->lua, -1))
            lua_rawseti(r->lua, -2, ++pages);
        else
            lua_pop(r->lua, 1);
    }
    return pages;
}

void bind_lesson(Reader *r, int index, Lesson *out)
{
    const ScriptNode *node = value_test(r->lua, index, SCRIPT_NODE);
    if (!node || node->kind != NODE_LESSON)
        reader_fail(r, "its last statement is: return at.lesson { ... }",
                    "the file returns %s, not a lesson", value_an(r->lua, index));
    reader_at_node(r, node);
    lua_getiuservalue(r->lua, index, 1);
    int table = lua_gettop(r->lua);
    reader_check_fields(r, table, known_fields, NULL, -1);
    read_head(r, table, out);
    int pages = push_pages(r, table);
    if (pages == 0) reader_fail(r, NULL, "the lesson has no page");
    out->page = reader_room(r, pages, sizeof *out->page);
    for (int round = 0; round < 2; round++)
        for (int k = 1; k <= pages; k++) {
            Place place = reader_into_index(r, "pages", k);
            lua_rawgeti(r->lua, -1, k);
            if (round == 0)
                read_page_head(r, out);
            else
                read_page_body(r, out, &out->page[k - 1]);
            lua_pop(r->lua, 1);
            reader_back(r, place);
        }
}
