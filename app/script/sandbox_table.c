/* sandbox_table.c - the functions of `table` that move many values at once, with a price, and a
 * sort that gives the same order on every run. */
#include "app/script/sandbox.h"

#include <lauxlib.h>

/* upvalue of each: Lua's own function */
static int go_on(lua_State *L)
{
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int64_t span(lua_Integer from, lua_Integer to)
{
    if (from > to) return 0;
    uint64_t count = (uint64_t)to - (uint64_t)from;
    return count > INT64_MAX / 2 ? INT64_MAX / 2 : (int64_t)count + 1;
}

/* insert(t, place, value) and remove(t, place) shift what stands behind. */
static int safe_shift(lua_State *L, int arguments)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (lua_gettop(L) >= arguments)
        sandbox_charge(L, span(luaL_checkinteger(L, 2), (lua_Integer)lua_rawlen(L, 1)));
    return go_on(L);
}

static int safe_insert(lua_State *L)
{
    return safe_shift(L, 3);
}

static int safe_remove(lua_State *L)
{
    return safe_shift(L, 2);
}

/* move(a, from, to, ...) */
static int safe_move(lua_State *L)
{
    sandbox_charge(L, span(luaL_checkinteger(L, 2), luaL_checkinteger(L, 3)));
    return go_on(L);
}

/* unpack(t, from, to) and concat(t, between, from, to): what = the place of `from` */
static int safe_range(lua_State *L, int what)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer from = luaL_optinteger(L, what, 1);
    lua_Integer to = luaL_optinteger(L, what + 1, (lua_Integer)lua_rawlen(L, 1));
    sandbox_charge(L, span(from, to));
    return go_on(L);
}

static int safe_unpack(lua_State *L)
{
    return safe_range(L, 2);
}

static int safe_concat(lua_State *L)
{
    return safe_range(L, 3);
}

/* ---- sort -------------------------------------------------------------------------------- */

/* Whether the value at index b must stand before that at a: only then does a merge take b first, so
 * that equal values keep their order. */
static bool goes_before(lua_State *L, int b, int a)
{
    b = lua_absindex(L, b);
    a = lua_absindex(L, a);
    if (lua_isnil(L, 2)) return lua_compare(L, b, a, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, b);
    lua_pushvalue(L, a);
    lua_call(L, 2, 1);
    bool before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

/* Merges the sorted stretches [lo, mid) and [mid, hi) of the table at index 1 by the one at index
 * 3. */
static void merge(lua_State *L, lua_Integer lo, lua_Integer mid, lua_Integer hi)
{
    lua_Integer a = lo, b = mid;
    for (lua_Integer k = lo; k < hi; k++) {
        bool second = a == mid;
        if (a < mid && b < hi) {
            lua_rawgeti(L, 1, a);
            lua_rawgeti(L, 1, b);
            second = goes_before(L, -1, -2);
            lua_pop(L, 2);
        }
        lua_rawgeti(L, 1, second ? b++ : a++);
        lua_rawseti(L, 3, k);
    }
    for (lua_Integer k = lo; k < hi; k++) {
        lua_rawgeti(L, 3, k);
        lua_rawseti(L, 1, k);
    }
    sandbox_charge(L, 4 * (hi - lo));
}

static int safe_sort(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_newtable(L);
    lua_Integer size = (lua_Integer)lua_rawlen(L, 1);
    for (lua_Integer width = 1; width < size; width *= 2)
        for (lua_Integer lo = 1; lo + width <= size; lo += 2 * width) {
            lua_Integer hi = lo + 2 * width;
            merge(L, lo, lo + width, hi > size + 1 ? size + 1 : hi);
        }
    return 0;
}

void sandbox_open_table(lua_State *L, int table)
{
    static const SandboxFunction charged[] = {{"insert", safe_insert},
                                              {"remove", safe_remove},
                                              {"move", safe_move},
                                              {"unpack", safe_unpack},
                                              {"concat", safe_concat}};
    table = lua_absindex(L, table);
    for (size_t k = 0; k < sizeof charged / sizeof charged[0]; k++) {
        lua_getfield(L, table, charged[k].name);
        lua_pushcclosure(L, charged[k].call, 1);
        lua_setfield(L, table, charged[k].name);
    }
    lua_pushcfunction(L, safe_sort);
    lua_setfield(L, table, "sort");
}
