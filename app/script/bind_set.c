/* bind_set.c - sets of positions: at.set and its methods. */
#include "app/script/bindings.h"

#include "app/script/sandbox.h"

#include <lauxlib.h>

enum { SET_LAST = 0x7ffffffe }; /* the largest key */

static void add_item(lua_State *L, int item, Runs *out)
{
    int64_t lo, hi;
    if (value_integer(L, item, &lo)) {
        hi = lo;
    } else if (lua_type(L, item) == LUA_TTABLE && lua_rawlen(L, item) == 2) {
        item = lua_absindex(L, item);
        lua_rawgeti(L, item, 1);
        lua_rawgeti(L, item, 2);
        if (!value_integer(L, -2, &lo) || !value_integer(L, -1, &hi))
            sandbox_error(L, "a range of a set is { first, last }, both whole numbers");
        lua_pop(L, 2);
    } else {
        sandbox_error(L, "a set has keys and ranges { first, last }; this is %s",
                      value_an(L, item));
    }
    if (lo > hi)
        sandbox_error(L, "the range { %lld, %lld } of a set goes backwards", (long long)lo,
                      (long long)hi);
    if (lo < 0 || hi > SET_LAST)
        sandbox_error(L, "keys of a set are 0 and more; %lld is not",
                      (long long)(lo < 0 ? lo : hi));
    sandbox_charge(L, 1 + out->len / 4);
    value_check(L, runs_add(out, lo, hi + 1), NULL);
}

void set_read(lua_State *L, int index, Runs *out)
{
    const ScriptSet *set = value_test(L, index, SCRIPT_SET);
    if (set) {
        value_check(L, runs_copy(&set->runs, out), NULL);
        return;
    }
    if (lua_type(L, index) != LUA_TTABLE)
        sandbox_error(L, "this must be a set or a list of keys, not %s", value_an(L, index));
    index = lua_absindex(L, index);
    lua_Integer items = (lua_Integer)lua_rawlen(L, index);
    for (lua_Integer k = 1; k <= items; k++) {
        lua_rawgeti(L, index, k);
        add_item(L, -1, out);
        lua_pop(L, 1);
    }
}

/* The set that is argument 2 of a method; a list is read into a new one. */
static const Runs *other_set(lua_State *L)
{
    const ScriptSet *set = value_test(L, 2, SCRIPT_SET);
    if (set) return &set->runs;
    ScriptSet *made = value_push_set(L);
    set_read(L, 2, &made->runs);
    value_filled_set(L, made);
    return &made->runs;
}

static int at_set(lua_State *L)
{
    ScriptSet *set;
    lua_settop(L, 1);
    set = value_push_set(L);
    if (!lua_isnil(L, 1)) set_read(L, 1, &set->runs);
    value_filled_set(L, set);
    return 1;
}

static int set_add(lua_State *L)
{
    ScriptSet *set = value_self(L, SCRIPT_SET);
    add_item(L, 2, &set->runs);
    value_filled_set(L, set);
    lua_settop(L, 1);
    return 1;
}

static int set_count(lua_State *L)
{
    const ScriptSet *set = value_self(L, SCRIPT_SET);
    lua_pushinteger(L, runs_count(&set->runs));
    return 1;
}

static int set_has(lua_State *L)
{
    const ScriptSet *set = value_self(L, SCRIPT_SET);
    int64_t          key = value_integer_argument(L, 2, "the key", INT64_MIN, INT64_MAX);
    lua_pushboolean(L, runs_has(&set->runs, key));
    return 1;
}

static int set_list(lua_State *L)
{
    const ScriptSet *set = value_self(L, SCRIPT_SET);
    int64_t          count = runs_count(&set->runs), at = 1;
    sandbox_charge(L, count);
    lua_createtable(L, (int)count, 0);
    for (int k = 0; k < set->runs.len; k++)
        for (int64_t key = set->runs.run[k].lo; key < set->runs.run[k].hi; key++) {
            lua_pushinteger(L, key);
            lua_rawseti(L, -2, at++);
        }
    return 1;
}

static int combine(lua_State *L, Status (*how)(const Runs *, const Runs *, Runs *))
{
    const ScriptSet *set = value_self(L, SCRIPT_SET);
    const Runs      *other = other_set(L);
    ScriptSet       *out = value_push_set(L);
    value_check(L, how(&set->runs, other, &out->runs), NULL);
    value_filled_set(L, out);
    return 1;
}

static int set_union(lua_State *L)
{
    return combine(L, runs_union);
}

static int set_intersect(lua_State *L)
{
    return combine(L, runs_intersect);
}

static int set_minus(lua_State *L)
{
    return combine(L, runs_minus);
}

static int set_equal(lua_State *L)
{
    const ScriptSet *a = value_test(L, 1, SCRIPT_SET), *b = value_test(L, 2, SCRIPT_SET);
    lua_pushboolean(L, a && b && runs_equal(&a->runs, &b->runs));
    return 1;
}

static int set_done(lua_State *L)
{
    ScriptSet *set = lua_touserdata(L, 1);
    runs_done(&set->runs);
    sandbox_release(L, set->reserved);
    set->reserved = 0;
    return 0;
}

void set_open_metatables(lua_State *L)
{
    static const SandboxFunction meta[] = {{"__gc", set_done}, {"__eq", set_equal}};
    value_metatable(L, SCRIPT_SET);
    sandbox_set(L, -1, meta, 2);
    lua_pop(L, 1);
}

/* clang-format off */
static const Binding table[] = {
    {{"at.set", "{ key or { first, last }, ... }",
      "A set of positions; ranges with both ends.",
      "at.set { { 0, 3 }, 7, { 9, 12 } } --> 0-3, 7, 9-12"}, at_set},
    {{"set:add", "(key)",
      "Puts a key or a range { first, last } in; gives the set itself.",
      "at.set {}:add(3):add { 5, 6 } --> 3, 5-6"}, set_add},
    {{"set:count", "()",
      "How many keys it has.",
      "at.set { { 0, 3 }, 7 }:count() --> 5"}, set_count},
    {{"set:has", "(key)",
      "Whether a key is in it.",
      "at.set { { 0, 3 } }:has(4) --> false"}, set_has},
    {{"set:list", "()",
      "Its keys as a list, ascending.",
      "#at.set { { 0, 3 }, 7 }:list() --> 5"}, set_list},
    {{"set:union", "(set)",
      "The keys of both.",
      "at.set { 1 }:union(at.set { 2 }) --> 1-2"}, set_union},
    {{"set:intersect", "(set)",
      "The keys that are in both.",
      "at.set { { 0, 4 } }:intersect(at.set { { 3, 9 } }) --> 3-4"}, set_intersect},
    {{"set:minus", "(set)",
      "Its keys without those of the other.",
      "at.set { { 0, 4 } }:minus(at.set { 2 }) --> 0-1, 3-4"}, set_minus},
};
/* clang-format on */
BINDINGS(bindings_set, table);
