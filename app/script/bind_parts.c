/* bind_parts.c - the parts of a lesson as a lesson writes them. A constructor only keeps what it
 * was given, with the line it stands on; what is wrong with it is said, with its path, when the
 * lesson is read as a whole (bind_lesson.c, bind_question.c, bind_figure.c). */
#include "app/script/bindings.h"

#include "app/script/sandbox.h"

#include <lauxlib.h>

#include <math.h>
#include <string.h>

/* Pushes a node that holds the value at an index and the id at another (0: none). */
static int push_node(lua_State *L, NodeKind kind, int held, int id)
{
    ScriptNode *node = value_push(L, SCRIPT_NODE, sizeof *node, 2);
    node->kind = kind;
    sandbox_where(L, node->file, sizeof node->file, &node->line);
    if (held) {
        lua_pushvalue(L, held);
        lua_setiuservalue(L, -2, 1);
    }
    if (id) {
        lua_pushvalue(L, id);
        lua_setiuservalue(L, -2, 2);
    }
    return 1;
}

/* A constructor of one table. */
static int table_node(lua_State *L, NodeKind kind)
{
    if (lua_type(L, 1) != LUA_TTABLE)
        sandbox_error(L, "%s takes a table, not %s", node_word(kind), value_an(L, 1));
    return push_node(L, kind, 1, 0);
}

#define TABLE_NODE(function, kind)                                                                 \
    static int function(lua_State *L)                                                              \
    {                                                                                              \
        return table_node(L, kind);                                                                \
    }

TABLE_NODE(at_lesson, NODE_LESSON)
TABLE_NODE(at_figure, NODE_FIGURE)
TABLE_NODE(at_classify, NODE_CLASSIFY)
TABLE_NODE(at_integer, NODE_INTEGER)
TABLE_NODE(at_number, NODE_NUMBER)
TABLE_NODE(at_indices, NODE_INDICES)
TABLE_NODE(at_choice, NODE_CHOICE)

static void check_id(lua_State *L, NodeKind kind)
{
    if (lua_type(L, 1) != LUA_TSTRING)
        sandbox_error(L, "%s takes its id first, a text; this is %s", node_word(kind),
                      value_an(L, 1));
}

static int at_page(lua_State *L)
{
    check_id(L, NODE_PAGE);
    if (lua_type(L, 2) != LUA_TTABLE)
        sandbox_error(L, "at.page(id, parts): parts is a table, not %s", value_an(L, 2));
    return push_node(L, NODE_PAGE, 2, 1);
}

static int at_ask(lua_State *L)
{
    check_id(L, NODE_ASK);
    if (lua_type(L, 2) != LUA_TFUNCTION && !value_test(L, 2, SCRIPT_NODE))
        sandbox_error(
            L, "at.ask(id, question): a question such as at.integer { ... } or a function, not %s",
            value_an(L, 2));
    return push_node(L, NODE_ASK, 2, 1);
}

static int at_reveal(lua_State *L)
{
    return push_node(L, NODE_REVEAL, 0, 0);
}

static int at_notes(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TSTRING)
        sandbox_error(L, "at.notes takes a text, not %s", value_an(L, 1));
    return push_node(L, NODE_NOTES, 1, 0);
}

/* ---- what moves -------------------------------------------------------------------------- */

static double number_argument(lua_State *L, int index, const char *name)
{
    if (lua_type(L, index) != LUA_TNUMBER || !isfinite(lua_tonumber(L, index)))
        sandbox_error(L, "at.slider: %s must be a number, not %s", name,
                      lua_type(L, index) == LUA_TNUMBER ? lua_tostring(L, index)
                                                        : value_an(L, index));
    return lua_tonumber(L, index);
}

static int at_slider(lua_State *L)
{
    double min = number_argument(L, 1, "the least value"),
           max = number_argument(L, 2, "the largest value");
    double start = number_argument(L, 3, "the start");
    lua_settop(L, 4);
    if (min >= max)
        sandbox_error(L, "at.slider: the least value %g must be below the largest, %g", min, max);
    if (start < min || start > max)
        sandbox_error(L, "at.slider: the start %g lies outside %g to %g", start, min, max);
    if (!lua_isnil(L, 4) && lua_type(L, 4) != LUA_TSTRING)
        sandbox_error(L, "at.slider: the label must be a text, not %s", value_an(L, 4));
    ScriptSlider *slider = value_push(L, SCRIPT_SLIDER, sizeof *slider, 1);
    *slider = (ScriptSlider){min, max, start};
    lua_pushvalue(L, 4);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

static int at_options(lua_State *L)
{
    lua_Integer count = lua_type(L, 1) == LUA_TTABLE ? (lua_Integer)lua_rawlen(L, 1) : 0;
    if (count < 2) sandbox_error(L, "at.options takes a list of at least two { label, value }");
    if (count > 32) sandbox_error(L, "at.options takes at most 32 { label, value }");
    for (lua_Integer k = 1; k <= count; k++) {
        bool pair = lua_rawgeti(L, 1, k) == LUA_TTABLE;
        if (!pair || lua_rawgeti(L, -1, 1) != LUA_TSTRING || lua_rawgeti(L, -2, 2) == LUA_TNIL)
            sandbox_error(L, "at.options: option %d is not { label, value } with a text as label",
                          (int)k);
        lua_pop(L, 3);
    }
    value_push(L, SCRIPT_OPTIONS, 1, 1);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

/* ---- what there is ----------------------------------------------------------------------- */

/* "choice" is the last part of "at.choice". */
static bool named(const char *entry, const char *name)
{
    const char *last = strpbrk(entry, ".:");
    return strcmp(entry, name) == 0 || (last && strcmp(last + 1, name) == 0);
}

static int at_has(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    bool        has = entries_find_mechanism(name);
    for (int k = 0; k < script_entries() && !has; k++) has = named(script_entry(k)->name, name);
    lua_pushboolean(L, has);
    return 1;
}

void parts_open_metatables(lua_State *L)
{
    value_metatable(L, SCRIPT_NODE);
    value_metatable(L, SCRIPT_SLIDER);
    value_metatable(L, SCRIPT_OPTIONS);
    lua_pop(L, 3);
}

/* clang-format off */
static const Binding table[] = {
    {{"at.lesson",
      "{ api =, id =, version =, title =, minutes =, needs =, goals =, nodes =, page, ... }",
      "A lesson: what it is, then its pages and questions in order. A file returns one.",
      "at.lesson { api = 1, id = \"first\", version = \"1.0.0\", title = \"First\", minutes = "
      "2,\n"
      "  at.page(\"look\", { \"A row asks, keys answer.\" }) }"}, at_lesson},
    {{"at.page", "(id, { text or figure or reveal or notes, ... })",
      "A page: Markdown texts, figures (a later one takes the pane), steps, notes for teachers.",
      "at.page(\"look\", { \"## Two parts\", at.reveal(), \"The second.\" })"}, at_page},
    {{"at.ask", "(id, question or function(rng, state))",
      "A question page. A function is called with a fresh rng for each variant and returns the "
      "question.",
      "at.ask(\"count\", function(rng)\n"
      "  local w = rng:int(2, 6)\n"
      "  return at.integer { (\"How many keys has a full window of %d?\"):format(w), right = w "
      "}\n"
      "end)"}, at_ask},
    {{"at.figure",
      "{ n =, recipe = or pattern =, compare =, background =, content =, view =, row =, tools "
      "=, gauges =, hide =, alt = }",
      "A figure: an expression over n tokens, with sliders, tools and read-outs.",
      "at.figure { n = 16, recipe = P.window { w = at.slider(1, 16, 4) }, compare = \"dense\", "
      "row = 12 }"}, at_figure},
    {{"at.reveal", "()",
      "What stands behind it on a page comes at the next step.",
      "at.reveal()"}, at_reveal},
    {{"at.notes", "(text)",
      "Notes for teachers: shown only when they are asked for.",
      "at.notes \"Ask the room first.\""}, at_notes},
    {{"at.classify", "{ prompt, figure =, right =, why =, verdicts =, items = }",
      "Asks for a class: positional, content, hybrid (also dense, none). right is computed: "
      "recipe:class().",
      "at.classify { \"What decides this pattern?\", figure = at.figure { n = 8, recipe = "
      "P.window { w = 3 } },\n"
      "  right = P.window { w = 3 }:class(),\n"
      "  why = { content = \"Deal other words: nothing moves.\", hybrid = \"No part of it "
      "moves.\" } }"}, at_classify},
    {{"at.integer", "{ prompt, right =, wrong = { { value, slip, sentence, keys = }, ... } }",
      "Asks for a whole number, or several (right a list, labels for the boxes). Wrong answers "
      "are computed like the right one, each with its slip and sentence.",
      "at.integer { \"n = 16, w = 4: how many keys in G_12?\", right = P.window { w = 4 "
      "}:at(16):count(12),\n"
      "  wrong = { { 3, \"no-self\", \"You left the own key out.\" } } }"}, at_integer},
    {{"at.number", "{ prompt, right =, tolerance =, unit =, names =, wrong = }",
      "Asks for a real number. tolerance is a number or \"1 %\", the default.",
      "at.number { \"Sum of two weights of .25?\", right = 0.5, tolerance = \"1 %\" }"}, at_number},
    {{"at.indices", "{ prompt, figure =, right =, n =, whole = }",
      "Asks for a set of keys, typed or painted in the figure's row. whole: all or nothing.",
      "at.indices { \"Which keys does query 5 read?\", n = 8, right = P.window { w = 2 "
      "}:at(8):row(5) }"}, at_indices},
    {{"at.choice", "{ prompt, options = { { id, text, feedback, right = true, slip = }, ... } }",
      "Asks for one of up to nine options, each with its feedback; exactly one is right.",
      "at.choice { \"What is a row?\", options = {\n"
      "  { \"query\", \"One query and its keys\", \"So it is.\", right = true },\n"
      "  { \"key\", \"One key and its queries\", \"That is a column.\" } } }"}, at_choice},
    {{"at.slider", "(min, max, start, label)",
      "A number that the learner moves, wherever one stands in an expression, or as n of a "
      "figure. The same slider in two places moves both.",
      "P.window { w = at.slider(1, 16, 4, \"window w\") } --> window(w=4)"}, at_slider},
    {{"at.options", "{ { label, value }, ... }",
      "A choice the learner switches: of expressions, contents or backgrounds.",
      "at.options { { \"band\", P.window { w = 4 } }, { \"comb\", P.stride { s = 4 } } } --> "
      "options"}, at_options},
    {{"at.pattern", "",
      "P: a function for every atom and design of the catalogue; | & - join expressions "
      "(bracket what is mixed with -).",
      "at.pattern.window { w = 4 } | at.pattern.sink { s = 1 } --> window(w=4) | sink(s=1)"}, NULL},
    {{"at.api", "",
      "The number of this interface.",
      "at.api --> 1"}, NULL},
    {{"at.version", "",
      "The version of the program.",
      "#at.version > 0 --> true"}, NULL},
    {{"at.has", "(name)",
      "Whether this version has something: \"choice\", \"window\", \"pattern:kept\".",
      "at.has \"choice\" --> true"}, at_has},
};
/* clang-format on */
BINDINGS(bindings_parts, table);
