/* bind_bound.c - expressions bound to n tokens: what lessons ask for right and wrong answers. */
#include "app/script/bindings.h"

#include "app/script/sandbox.h"
#include "engine/attention.h"
#include "engine/compare.h"

#include <lauxlib.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BOUND_LIMIT = 0x7fffffff, PAIR_STEPS = 4, ROOM_FREE = 65536 };

static int bound_done(lua_State *L)
{
    ScriptBound *b = lua_touserdata(L, 1);
    pattern_free(b->pattern);
    pattern_free(b->dense);
    problem_done(&b->problem);
    sandbox_release(L, b->reserved);
    *b = (ScriptBound){0};
    return 0;
}

void bound_open_metatables(lua_State *L)
{
    value_metatable(L, SCRIPT_BOUND);
    lua_pushcfunction(L, bound_done);
    lua_setfield(L, -2, "__gc");
    lua_pop(L, 1);
}

/* ---- recipe:at --------------------------------------------------------------------------- */

static Background read_background(lua_State *L, int index)
{
    const char *word = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : "";
    if (strcmp(word, background_word(BACKGROUND_CAUSAL)) == 0) return BACKGROUND_CAUSAL;
    if (strcmp(word, background_word(BACKGROUND_BIDIRECTIONAL)) == 0)
        return BACKGROUND_BIDIRECTIONAL;
    sandbox_error(L, "background is \"causal\" or \"bidirectional\"");
}

static void check_fields(lua_State *L)
{
    static const char *const known[] = {"n", "background", "content", NULL};
    sandbox_sorted_keys(L, 2);
    for (lua_Integer k = 1; lua_rawgeti(L, -1, k) != LUA_TNIL; k++) {
        const char *name = luaL_tolstring(L, -1, NULL);
        int         at = 0;
        while (known[at] && strcmp(known[at], name) != 0) at++;
        if (!known[at])
            sandbox_error(L, "recipe:at has no field \"%s\"; it takes n, background, content",
                          name);
        lua_pop(L, 2);
    }
    lua_settop(L, 2);
}

/* Reads n or { n =, background =, content = } at index 2; the content comes to index 3. */
static Bind read_bind(lua_State *L)
{
    Bind bind = {0};
    if (lua_type(L, 2) != LUA_TTABLE) {
        bind.n = value_integer_argument(L, 2, "n", 1, BOUND_LIMIT);
        lua_pushnil(L);
        return bind;
    }
    check_fields(L);
    lua_getfield(L, 2, "content");
    const ScriptContent *content = value_test(L, 3, SCRIPT_CONTENT);
    if (content)
        bind.content = &content->content;
    else if (!lua_isnil(L, 3))
        sandbox_error(L, "content must be at.words, at.toy or at.scores, not %s", value_an(L, 3));
    if (lua_getfield(L, 2, "n") != LUA_TNIL)
        bind.n = value_integer_argument(L, -1, "n", 1, BOUND_LIMIT);
    else if (bind.content)
        bind.n = content_tokens(L, bind.content);
    if (bind.n == 0) sandbox_error(L, "recipe:at needs n, the number of tokens");
    if (lua_getfield(L, 2, "background") != LUA_TNIL) bind.background = read_background(L, -1);
    lua_settop(L, 3);
    return bind;
}

static int content_width(const Content *c)
{
    if (c->kind == CONTENT_TOY) return c->d;
    return c->kind == CONTENT_SCORES ? (int)c->scores : PROBLEM_WORD_WIDTH;
}

/* Makes the problem of a content and the dense pattern over it. */
static Status bind_content(lua_State *L, ScriptBound *b, const Bind *bind, Why *why)
{
    Recipe         full = {0};
    const Content *c = bind->content;
    if (c->kind == CONTENT_SCORES && c->scores != bind->n)
        return why_say(why, STATUS_RANGE, 0, "the content has %lld scores, n is %lld",
                       (long long)c->scores, (long long)bind->n);
    if (bind->n > PROBLEM_LIMIT)
        return why_say(why, STATUS_LIMIT, 0, "%lld tokens with content; at most %d are taken",
                       (long long)bind->n, PROBLEM_LIMIT);
    sandbox_charge(L, PAIR_STEPS * bind->n * bind->n);
    size_t bytes = (size_t)problem_bytes(bind->n, content_width(c));
    sandbox_reserve(L, bytes);
    b->reserved += bytes;
    Status status = content_problem(c, bind->n, &b->problem, why);
    if (status == STATUS_OK) status = recipe_parse("full", 4, &full, why);
    if (status == STATUS_OK)
        status = pattern_new(&full, bind->n, bind->background, NULL, &b->dense, why);
    recipe_done(&full);
    return status;
}

Status bound_push(lua_State *L, const Recipe *recipe, const Bind *bind, Why *why)
{
    ScriptBound *b = value_push(L, SCRIPT_BOUND, sizeof *b, 2);
    size_t bytes = 2 * value_recipe_bytes(recipe); /* the pattern's copy, and its sorted lists */
    sandbox_charge(L, 64 + (int64_t)(bytes / sizeof(Value)));
    sandbox_reserve(L, bytes);
    b->reserved = bytes;
    if (bind->content) {
        Status status = bind_content(L, b, bind, why);
        if (status != STATUS_OK) return status;
    }
    const Problem *content = bind->content ? &b->problem : NULL;
    return pattern_new(recipe, bind->n, bind->background, content, &b->pattern, why);
}

int bound_make(lua_State *L)
{
    Why                 why = {0};
    const ScriptRecipe *r = value_self(L, SCRIPT_RECIPE);
    lua_settop(L, 2);
    Bind   bind = read_bind(L);
    Status status = bound_push(L, &r->recipe, &bind, &why);
    value_check(L, status, &why);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    lua_pushvalue(L, 3);
    lua_setiuservalue(L, -2, 2);
    return 1;
}

/* ---- what an answer costs ---------------------------------------------------------------- */

static const Mechanism *only_leaf(const ScriptBound *b)
{
    const Recipe *r = pattern_recipe(b->pattern);
    return r->nodes == 1 ? r->node[0].mechanism : NULL;
}

/* A row of so many keys may have a run for every second one. */
static void check_room(lua_State *L, int64_t keys)
{
    if (keys < ROOM_FREE) return;
    size_t bytes = (size_t)(keys / 2) * sizeof(Run);
    sandbox_reserve(L, bytes);
    sandbox_release(L, bytes);
}

static void pay_row(lua_State *L, const ScriptBound *b, int64_t i)
{
    int64_t keys = pattern_allowed_row(b->pattern, i);
    check_room(L, keys);
    sandbox_charge(L, 4 + keys / 8);
}

static void pay_all(lua_State *L, const ScriptBound *b)
{
    check_room(L, pattern_n(b->pattern));
    sandbox_charge(L, 4 + pattern_n(b->pattern) / 2);
}

static ScriptBound *self_bound(lua_State *L)
{
    return value_self(L, SCRIPT_BOUND);
}

static int64_t argument_token(lua_State *L, const ScriptBound *b, int index, const char *name)
{
    return value_integer_argument(L, index, name, 0, pattern_n(b->pattern) - 1);
}

/* ---- methods ----------------------------------------------------------------------------- */

static int bound_count(lua_State *L)
{
    const ScriptBound *b = self_bound(L);
    int64_t            i = argument_token(L, b, 2, "query i"), count;
    const Mechanism   *m = only_leaf(b);
    if (!m || !m->count) pay_row(L, b, i);
    value_check(L, pattern_count(b->pattern, i, &count), NULL);
    lua_pushinteger(L, count);
    return 1;
}

static int bound_row(lua_State *L)
{
    const ScriptBound *b = self_bound(L);
    int64_t            i = argument_token(L, b, 2, "query i");
    pay_row(L, b, i);
    ScriptSet *set = value_push_set(L);
    value_check(L, pattern_row(b->pattern, i, &set->runs), NULL);
    value_filled_set(L, set);
    return 1;
}

static ScriptSet *push_column(lua_State *L)
{
    const ScriptBound *b = self_bound(L);
    int64_t            j = argument_token(L, b, 2, "key j");
    pay_all(L, b);
    ScriptSet *set = value_push_set(L);
    value_check(L, pattern_column(b->pattern, j, &set->runs), NULL);
    value_filled_set(L, set);
    return set;
}

static int bound_column(lua_State *L)
{
    push_column(L);
    return 1;
}

static int bound_readers(lua_State *L)
{
    lua_pushinteger(L, runs_count(&push_column(L)->runs));
    return 1;
}

static int bound_has(lua_State *L)
{
    const ScriptBound *b = self_bound(L);
    int64_t            i = argument_token(L, b, 2, "query i");
    int64_t            j = argument_token(L, b, 3, "key j");
    bool               has;
    pay_row(L, b, i);
    value_check(L, pattern_has(b->pattern, i, j, &has), NULL);
    lua_pushboolean(L, has);
    return 1;
}

static int bound_whole(lua_State *L, Status (*ask)(const Pattern *, int64_t *))
{
    const ScriptBound *b = self_bound(L);
    int64_t            number;
    pay_all(L, b);
    value_check(L, ask(b->pattern, &number), NULL);
    lua_pushinteger(L, number);
    return 1;
}

static int bound_total(lua_State *L)
{
    return bound_whole(L, pattern_total);
}

static int bound_max_row(lua_State *L)
{
    return bound_whole(L, pattern_max_row);
}

static int bound_density(lua_State *L)
{
    const ScriptBound *b = self_bound(L);
    double             density;
    pay_all(L, b);
    value_check(L, pattern_density(b->pattern, &density), NULL);
    lua_pushnumber(L, density);
    return 1;
}

/* Pushes weights of row i, dense or of the pattern, as an array of Lua's; g gets the pattern's
 * set. */
static float *push_row_weights(lua_State *L, const ScriptBound *b, bool dense, ScriptSet **g)
{
    int64_t i = argument_token(L, b, 2, "query i"), n = pattern_n(b->pattern);
    if (b->problem.n == 0)
        sandbox_error(
            L, "weights need content: recipe:at { n = %lld, content = at.words { seed = 1 } }",
            (long long)n);
    sandbox_charge(L, 4 * n);
    *g = value_push_set(L);
    float *weight = lua_newuserdatauv(L, (size_t)n * sizeof *weight, 0);
    value_check(L,
                attention_row(&b->problem, dense ? b->dense : b->pattern, i, &(*g)->runs, weight,
                              NULL, NULL),
                NULL);
    if (dense) value_check(L, pattern_row(b->pattern, i, &(*g)->runs), NULL);
    return weight;
}

static int bound_kept(lua_State *L)
{
    ScriptSet   *g;
    const float *dense = push_row_weights(L, self_bound(L), true, &g);
    lua_pushnumber(L, compare_kept(dense, &g->runs));
    return 1;
}

static int bound_weights(lua_State *L)
{
    ScriptSet         *g;
    const ScriptBound *b = self_bound(L);
    const float       *weight = push_row_weights(L, b, false, &g);
    int64_t            n = pattern_n(b->pattern);
    lua_createtable(L, (int)n, 0);
    for (int64_t j = 0; j < n; j++) {
        lua_pushnumber(L, (double)weight[j]);
        lua_rawseti(L, -2, j + 1);
    }
    return 1;
}

static int bound_class(lua_State *L)
{
    const ScriptBound *b = self_bound(L);
    pay_all(L, b);
    lua_pushstring(L, class_word(pattern_class(b->pattern)));
    return 1;
}

static int bound_describe(lua_State *L)
{
    const ScriptBound *b = self_bound(L);
    pay_all(L, b);
    size_t len = pattern_describe(b->pattern, NULL, 0);
    char  *text = lua_newuserdatauv(L, len + 1, 0);
    pattern_describe(b->pattern, text, len + 1);
    lua_pushlstring(L, text, len);
    return 1;
}

static int bound_formula(lua_State *L)
{
    const Recipe *r = pattern_recipe(self_bound(L)->pattern);
    size_t        len = recipe_formula(r, NULL, 0);
    char         *text = lua_newuserdatauv(L, len + 1, 0);
    recipe_formula(r, text, len + 1);
    lua_pushlstring(L, text, len);
    return 1;
}

/* clang-format off */
static const Binding table[] = {
    {{"pattern:count", "(i)",
      "|G_i|, the size of a row.",
      "P.window { w = 4 }:at(16):count(12) --> 4"}, bound_count},
    {{"pattern:row", "(i)",
      "G_i, the keys of query i, as a set.",
      "P.window { w = 4 }:at(16):row(12) --> 9-12"}, bound_row},
    {{"pattern:column", "(j)",
      "The queries that read key j, as a set.",
      "P.window { w = 4 }:at(16):column(3) --> 3-6"}, bound_column},
    {{"pattern:has", "(i, j)",
      "Whether query i reads key j.",
      "P.window { w = 4 }:at(16):has(12, 8) --> false"}, bound_has},
    {{"pattern:readers", "(j)",
      "How many queries read key j.",
      "P.window { w = 4 }:at(16):readers(15) --> 1"}, bound_readers},
    {{"pattern:total", "()",
      "The sum of all |G_i|.",
      "P.window { w = 4 }:at(16):total() --> 58"}, bound_total},
    {{"pattern:density", "()",
      "total over the cells that the background allows.",
      "P.full {}:at(16):density() --> 1.0"}, bound_density},
    {{"pattern:max_row", "()",
      "The largest |G_i|.",
      "P.window { w = 4 }:at(16):max_row() --> 4"}, bound_max_row},
    {{"pattern:kept", "(i)",
      "Kept mass: the dense weight inside G_i. Needs content.",
      "P.full {}:at { n = 8, content = at.words { seed = 1 } }:kept(7) > 0.999 --> true"}, bound_kept},
    {{"pattern:weights", "(i)",
      "The weights of row i as a list: key j at j + 1, 0 outside G_i. Needs content.",
      "P.self {}:at { n = 8, content = at.words { seed = 1 } }:weights(7)[8] --> 1.0"}, bound_weights},
    {{"pattern:class", "()",
      "positional, content or hybrid; a hybrid whose guaranteed part is empty in every row is "
      "content.",
      "P.window { w = 4 }:at(16):class() --> positional"}, bound_class},
    {{"pattern:describe", "()",
      "The picture in words, with how its rows grow.",
      "#P.window { w = 4 }:at(16):describe() > 0 --> true"}, bound_describe},
    {{"pattern:formula", "()",
      "The closed form of |G_i| in a causal row, empty where there is none.",
      "P.window { w = 4 }:at(16):formula() --> min(4, i+1)"}, bound_formula},
};
/* clang-format on */
BINDINGS(bindings_bound, table);
