#include "app/script/bindings.h"

#include "app/script/sandbox.h"

#include <lauxlib.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_words[] = {
#define KIND_WORD(name, word) word,
    VALUE_LIST_OF_KINDS(KIND_WORD)
#undef KIND_WORD
};

static const char *const kind_keys[] = {
#define KIND_KEY(name, word) "attend." word,
    VALUE_LIST_OF_KINDS(KIND_KEY)
#undef KIND_KEY
};

static const char *const node_words[] = {
#define NODE_WORD(name, word) word,
    NODE_LIST(NODE_WORD)
#undef NODE_WORD
};

const char *node_word(NodeKind kind)
{
    return node_words[kind];
}

const char *script_kind_word(ScriptKind kind)
{
    return kind_words[kind];
}

void value_metatable(lua_State *L, ScriptKind kind)
{
    luaL_newmetatable(L, kind_keys[kind]);
}

void *value_test(lua_State *L, int index, ScriptKind kind)
{
    return luaL_testudata(L, index, kind_keys[kind]);
}

void *value_self(lua_State *L, ScriptKind kind)
{
    void *self = value_test(L, 1, kind);
    if (!self)
        sandbox_error(L, "this is a method: call it as %s:name(...), with a colon",
                      kind_words[kind]);
    return self;
}

void *value_push(lua_State *L, ScriptKind kind, size_t size, int user_values)
{
    void *value = lua_newuserdatauv(L, size, user_values);
    memset(value, 0, size);
    luaL_setmetatable(L, kind_keys[kind]);
    return value;
}

static int kind_at(lua_State *L, int index)
{
    for (int k = 0; k < SCRIPT_KINDS; k++)
        if (value_test(L, index, (ScriptKind)k)) return k;
    return -1;
}

const char *value_name(lua_State *L, int index)
{
    int kind = lua_type(L, index) == LUA_TUSERDATA ? kind_at(L, index) : -1;
    if (kind == SCRIPT_NODE) return node_word(((const ScriptNode *)lua_touserdata(L, index))->kind);
    if (kind >= 0) return kind_words[kind];
    return lua_type(L, index) == LUA_TSTRING ? "text" : luaL_typename(L, index);
}

const char *value_an(lua_State *L, int index)
{
    const char *name = value_name(L, index);
    if (lua_type(L, index) == LUA_TNIL || lua_type(L, index) == LUA_TNONE) return "nothing";
    return lua_pushfstring(L, "%s %s", strchr("aeiou", name[0]) ? "an" : "a", name);
}

/* A function (out, size) -> length, as snprintf, pushed as a text. */
#define PUSH_PRINTED(L, call_with_out_and_size)                                                    \
    do {                                                                                           \
        char   small_[512], *out = small_;                                                         \
        size_t size = sizeof small_;                                                               \
        size_t length_ = (call_with_out_and_size);                                                 \
        if (length_ >= size) {                                                                     \
            size = length_ + 1;                                                                    \
            out = lua_newuserdatauv(L, size, 0);                                                   \
            length_ = (call_with_out_and_size);                                                    \
        }                                                                                          \
        lua_pushlstring(L, out, length_);                                                          \
    } while (0)

static void push_userdata_text(lua_State *L, int index)
{
    const void *value = lua_touserdata(L, index);
    switch (kind_at(L, index)) {
    case SCRIPT_RECIPE:
        PUSH_PRINTED(L, recipe_print(&((const ScriptRecipe *)value)->recipe, out, size));
        break;
    case SCRIPT_BOUND:
        PUSH_PRINTED(
            L, recipe_print(pattern_recipe(((const ScriptBound *)value)->pattern), out, size));
        break;
    case SCRIPT_SET:
        PUSH_PRINTED(L, runs_print(&((const ScriptSet *)value)->runs, ", ", out, size));
        break;
    default:
        lua_pushstring(L, value_name(L, index));
    }
}

void value_push_text(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    switch (lua_type(L, index)) {
    case LUA_TTABLE:
    case LUA_TFUNCTION:
        lua_pushstring(L, luaL_typename(L, index));
        break;
    case LUA_TUSERDATA:
        push_userdata_text(L, index);
        break;
    default:
        luaL_tolstring(L, index, NULL);
    }
}

/* ---- sizes ------------------------------------------------------------------------------- */

static size_t value_bytes(const Value *v)
{
    size_t bytes = sizeof *v + (v->text ? strlen(v->text) : 0);
    for (int k = 0; k < v->items; k++) bytes += value_bytes(&v->item[k]);
    return bytes;
}

size_t value_recipe_bytes(const Recipe *r)
{
    size_t bytes = (size_t)r->nodes * sizeof *r->node;
    for (int k = 0; k < r->values; k++) bytes += value_bytes(&r->value[k]);
    return bytes;
}

/* ---- sets and chance --------------------------------------------------------------------- */

ScriptSet *value_push_set(lua_State *L)
{
    return value_push(L, SCRIPT_SET, sizeof(ScriptSet), 0);
}

void value_filled_set(lua_State *L, ScriptSet *s)
{
    size_t bytes = (size_t)s->runs.cap * sizeof(Run);
    sandbox_charge(L, 1 + s->runs.len / 4);
    if (bytes <= s->reserved) return;
    sandbox_reserve(L, bytes - s->reserved);
    s->reserved = bytes;
}

void value_push_rng(lua_State *L, uint64_t seed)
{
    ScriptRng *rng = value_push(L, SCRIPT_RNG, sizeof *rng, 0);
    *rng = (ScriptRng){rng_seeded(seed), seed};
}

/* ---- arguments --------------------------------------------------------------------------- */

void value_check(lua_State *L, Status status, const Why *why)
{
    if (status != STATUS_OK) sandbox_raise(L, status, why);
}

bool value_integer(lua_State *L, int index, int64_t *out)
{
    int         whole = 0;
    lua_Integer value = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &whole) : 0;
    if (whole) *out = value;
    return whole != 0;
}

int64_t value_integer_argument(lua_State *L, int index, const char *name, int64_t min, int64_t max)
{
    int64_t value;
    if (!value_integer(L, index, &value)) {
        if (lua_type(L, index) == LUA_TNUMBER)
            sandbox_error(L, "%s is %g; it must be a whole number", name, lua_tonumber(L, index));
        sandbox_error(L, "%s must be a whole number, not %s", name, value_an(L, index));
    }
    if (value < min || value > max)
        sandbox_error(L, "%s is %lld; it must be from %lld to %lld", name, (long long)value,
                      (long long)min, (long long)max);
    return value;
}

char *value_copy_text(lua_State *L, const char *text)
{
    char *copy = text_copy(text);
    if (!copy) sandbox_raise(L, STATUS_MEMORY, NULL);
    return copy;
}
