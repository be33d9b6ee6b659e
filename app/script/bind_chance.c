/* bind_chance.c - rng, the only source of chance in a lesson: rng-1, seeded with the variant. */
#include "app/base/hash.h"
#include "app/script/bindings.h"
#include "app/script/sandbox.h"

#include <lauxlib.h>

static int rng_int_call(lua_State *L)
{
    ScriptRng *r = value_self(L, SCRIPT_RNG);
    int64_t a = value_integer_argument(L, 2, "the first number of rng:int", INT64_MIN, INT64_MAX);
    int64_t b = value_integer_argument(L, 3, "the last number of rng:int", INT64_MIN, INT64_MAX);
    if (a > b)
        sandbox_error(L, "rng:int(%lld, %lld): the first is larger than the last", (long long)a,
                      (long long)b);
    lua_pushinteger(L, rng_int(&r->rng, a, b));
    return 1;
}

static int rng_real_call(lua_State *L)
{
    ScriptRng *r = value_self(L, SCRIPT_RNG);
    lua_pushnumber(L, rng_real(&r->rng));
    return 1;
}

/* The length of the list that is argument 2. */
static int64_t list_length(lua_State *L, const char *name)
{
    if (lua_type(L, 2) != LUA_TTABLE)
        sandbox_error(L, "%s takes a list, not %s", name, value_an(L, 2));
    return (int64_t)lua_rawlen(L, 2);
}

static int rng_pick_call(lua_State *L)
{
    ScriptRng *r = value_self(L, SCRIPT_RNG);
    int64_t    n = list_length(L, "rng:pick");
    if (n == 0) sandbox_error(L, "rng:pick: the list is empty");
    lua_rawgeti(L, 2, rng_int(&r->rng, 1, n));
    return 1;
}

static void push_shuffled(lua_State *L, ScriptRng *r, int64_t n)
{
    sandbox_charge(L, 4 * n);
    lua_createtable(L, (int)n, 0);
    for (int64_t k = 1; k <= n; k++) {
        lua_rawgeti(L, 2, k);
        lua_rawseti(L, -2, k);
    }
    for (int64_t k = n; k >= 2; k--) {
        int64_t other = rng_int(&r->rng, 1, k);
        lua_rawgeti(L, -1, k);
        lua_rawgeti(L, -2, other);
        lua_rawseti(L, -3, k);
        lua_rawseti(L, -2, other);
    }
}

static int rng_shuffle_call(lua_State *L)
{
    ScriptRng *r = value_self(L, SCRIPT_RNG);
    push_shuffled(L, r, list_length(L, "rng:shuffle"));
    return 1;
}

static int rng_sample_call(lua_State *L)
{
    ScriptRng *r = value_self(L, SCRIPT_RNG);
    int64_t    n = list_length(L, "rng:sample");
    int64_t    k = value_integer_argument(L, 3, "how many rng:sample takes", 0, n);
    push_shuffled(L, r, n);
    for (int64_t out = n; out > k; out--) {
        lua_pushnil(L);
        lua_rawseti(L, -2, out);
    }
    return 1;
}

static int rng_split_call(lua_State *L)
{
    size_t           len;
    const ScriptRng *r = value_self(L, SCRIPT_RNG);
    const char      *name = luaL_checklstring(L, 2, &len);
    sandbox_charge(L, (int64_t)len / 8);
    value_push_rng(L, hash_split(r->seed, name, len));
    return 1;
}

/* clang-format off */
static const Binding table[] = {
    {{"rng:int", "(a, b)",
      "A whole number from a to b, both included.",
      "rng:int(3, 3) --> 3"}, rng_int_call},
    {{"rng:real", "()",
      "A number from 0 up to, but not including, 1.",
      "rng:real() < 1 --> true"}, rng_real_call},
    {{"rng:pick", "(list)",
      "One value of a list.",
      "rng:pick { \"a\", \"a\" } --> a"}, rng_pick_call},
    {{"rng:sample", "(list, k)",
      "k values of a list, each place at most once.",
      "#rng:sample({ 1, 2, 3, 4 }, 2) --> 2"}, rng_sample_call},
    {{"rng:shuffle", "(list)",
      "A shuffled copy of a list; the list itself stays as it is.",
      "#rng:shuffle { 1, 2, 3 } --> 3"}, rng_shuffle_call},
    {{"rng:split", "(name)",
      "Another rng, made of this one's seed and a name: what is drawn from one doesn't move "
      "the other.",
      "rng:split(\"words\"):int(5, 5) --> 5"}, rng_split_call},
};
/* clang-format on */
BINDINGS(bindings_chance, table);
