/* sandbox_library.c - what a lesson may use of Lua: exactly the globals below, with `pairs` and
 * `next` in a fixed order, texts of values without addresses, and `require` of the lesson's own
 * files. */
#include "app/script/sandbox.h"

#include "app/script/values.h"

#include <lauxlib.h>
#include <lualib.h>

#include <stdlib.h>
#include <string.h>

void sandbox_set(lua_State *L, int table, const SandboxFunction *functions, int count)
{
    table = lua_absindex(L, table);
    for (int k = 0; k < count; k++) {
        lua_pushcfunction(L, functions[k].call);
        lua_setfield(L, table, functions[k].name);
    }
}

/* ---- keys in order ----------------------------------------------------------------------- */

typedef struct {
    int         rank; /* 0 number, 1 string, 2 false, 3 true */
    lua_Number  number;
    const char *text;
    size_t      len;
} Key;

/* The key at an index as it is sorted; other kinds have no order that is the same on every run. */
static Key key_at(lua_State *L, int index)
{
    Key key = {0};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        key.number = lua_tonumber(L, index);
        return key;
    case LUA_TSTRING:
        key.rank = 1;
        key.text = lua_tolstring(L, index, &key.len);
        return key;
    case LUA_TBOOLEAN:
        key.rank = 2 + lua_toboolean(L, index);
        return key;
    default:
        sandbox_error(L, "a table with a %s as a key has no order; use numbers or texts as keys",
                      luaL_typename(L, index));
    }
}

static int key_compare(const Key *a, const Key *b)
{
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    if (a->rank == 0) return (a->number > b->number) - (a->number < b->number);
    if (a->rank > 1) return 0;
    int order = memcmp(a->text, b->text, a->len < b->len ? a->len : b->len);
    return order ? order : (a->len > b->len) - (a->len < b->len);
}

static int by_key(const void *a, const void *b)
{
    return key_compare(a, b);
}

static lua_Integer table_size(lua_State *L, int table)
{
    lua_Integer size = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) size++;
    sandbox_charge(L, size);
    return size;
}

static void push_key(lua_State *L, const Key *key)
{
    if (key->rank == 1)
        lua_pushlstring(L, key->text, key->len);
    else if (key->rank > 1)
        lua_pushboolean(L, key->rank == 3);
    else if ((lua_Number)(lua_Integer)key->number == key->number)
        lua_pushinteger(L, (lua_Integer)key->number);
    else
        lua_pushnumber(L, key->number);
}

/* Integers too large for a double would be mixed up; they are no keys of a lesson. */
static void check_number_key(lua_State *L, const Key *key)
{
    if (key->rank == 0 && (key->number >= 9e15 || key->number <= -9e15))
        sandbox_error(L, "a table's key is larger than 9e15");
}

void sandbox_sorted_keys(lua_State *L, int table)
{
    table = lua_absindex(L, table);
    lua_Integer size = table_size(L, table), count = 0;
    Key        *key = lua_newuserdatauv(L, (size_t)(size ? size : 1) * sizeof *key, 0);
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        key[count] = key_at(L, -2);
        check_number_key(L, &key[count++]);
    }
    for (lua_Integer k = size; k > 1; k /= 2) sandbox_charge(L, size);
    qsort(key, (size_t)count, sizeof *key, by_key);
    lua_createtable(L, (int)count, 0);
    for (lua_Integer k = 0; k < count; k++) {
        push_key(L, &key[k]);
        lua_rawseti(L, -2, k + 1);
    }
    lua_remove(L, -2);
}

/* upvalues: the table, its keys in order, how many were visited */
static int pairs_step(lua_State *L)
{
    lua_Integer k = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        lua_pushinteger(L, ++k);
        lua_replace(L, lua_upvalueindex(3));
        if (lua_rawgeti(L, lua_upvalueindex(2), k) == LUA_TNIL) return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            return 2; /* taken out meanwhile: passed over */
        lua_pop(L, 2);
    }
}

static int safe_pairs(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TTABLE)
        sandbox_error(L, "pairs goes through tables; this is a %s (of a set, take set:list())",
                      luaL_typename(L, 1));
    lua_pushvalue(L, 1);
    sandbox_sorted_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_step, 3);
    return 1;
}

/* The least key behind the given one; goes through the whole table. */
static int safe_next(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    Key from = {.rank = -1}, best = {.rank = 4};
    if (!lua_isnil(L, 2)) from = key_at(L, 2);
    table_size(L, 1);
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        Key key = key_at(L, -2);
        if (key_compare(&key, &from) > 0 && key_compare(&key, &best) < 0) best = key;
    }
    if (best.rank == 4) return lua_pushnil(L), 1;
    push_key(L, &best);
    lua_pushvalue(L, -1);
    lua_rawget(L, 1);
    return 2;
}

/* ---- values as text ---------------------------------------------------------------------- */

static int safe_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    value_push_text(L, 1);
    return 1;
}

/* ---- require ----------------------------------------------------------------------------- */

/* "lib.slips" -> "lib/slips.lua"; false if it is no name of letters, digits, _ and -. */
static bool module_path(const char *name, char *out, size_t size)
{
    size_t len = strlen(name);
    if (len == 0 || len + 5 > size) return false;
    for (size_t k = 0; k < len; k++) {
        char c = name[k];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-';
        bool dot = c == '.' && k > 0 && k + 1 < len && name[k - 1] != '.';
        if (!letter && !dot) return false;
        out[k] = dot ? '/' : c;
    }
    memcpy(out + len, ".lua", 5);
    return true;
}

static int text_done_gc(lua_State *L)
{
    text_done(lua_touserdata(L, 1));
    return 0;
}

/* A Text that the collector frees. */
static Text *push_text_buffer(lua_State *L)
{
    Text *text = lua_newuserdatauv(L, sizeof *text, 0);
    *text = (Text){0};
    if (luaL_newmetatable(L, "attend.text")) {
        lua_pushcfunction(L, text_done_gc);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    return text;
}

/* Pushes what the file at that path of the course returns. */
static void run_file(lua_State *L, const char *name, const char *path)
{
    const Opener *opener = sandbox_of(L)->opener;
    Why           why = {0};
    if (!opener)
        sandbox_error(L, "require \"%s\": files are read while a lesson loads; require at its top",
                      name);
    Text  *text = push_text_buffer(L);
    Status status = opener->open(opener->context, path, text, &why);
    if (status != STATUS_OK)
        sandbox_error(L, "require \"%s\": %s", name,
                      why.what[0] ? why.what : status_sentence(status));
    if (text->broken) sandbox_error(L, "require \"%s\": %s", name, status_sentence(STATUS_MEMORY));
    if (text->len > SANDBOX_SIDE_FILE)
        sandbox_error(L, "require \"%s\": %zu KiB; at most %d KiB are read", name, text->len >> 10,
                      SANDBOX_SIDE_FILE >> 10);
    sandbox_compile(L, text_string(text), text->len, path);
    lua_remove(L, -2);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1)) sandbox_error(L, "require \"%s\": the file returns nothing", name);
}

/* upvalue: what was required so far, by name; `true` while its file runs */
static int safe_require(lua_State *L)
{
    char        local[256], path[1300];
    const char *name = luaL_checkstring(L, 1);
    if (lua_getfield(L, lua_upvalueindex(1), name) == LUA_TBOOLEAN)
        sandbox_error(L, "require \"%s\": this file requires itself, perhaps through others", name);
    if (!lua_isnil(L, -1)) return 1;
    if (!module_path(name, local, sizeof local))
        sandbox_error(L,
                      "require \"%.60s\": a name has letters, digits, _ and - with dots between, "
                      "as in \"lib.slips\"",
                      name);
    strcpy(path, sandbox_of(L)->folder);
    strcat(path, local);
    lua_pushboolean(L, true);
    lua_setfield(L, lua_upvalueindex(1), name);
    run_file(L, name, path);
    lua_pushvalue(L, -1);
    lua_setfield(L, lua_upvalueindex(1), name);
    return 1;
}

/* ---- the globals ------------------------------------------------------------------------- */

static const char *const kept_globals[] = {"assert", "error",    "ipairs",   "next",   "pairs",
                                           "select", "tonumber", "tostring", "string", "table",
                                           "math",   "utf8",     "require"};

/* Chance; and functions of older Luas that only some builds of 5.4 have. */
static const char *const absent_math[] = {"random", "randomseed", "cosh",  "sinh",  "tanh",
                                          "pow",    "frexp",      "ldexp", "log10", "atan2"};

static const SandboxFunction globals[] = {
    {"pairs", safe_pairs}, {"next", safe_next}, {"tostring", safe_tostring}};

static void open_module(lua_State *L, const char *name, lua_CFunction open)
{
    lua_pushcfunction(L, open);
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
    lua_setglobal(L, name);
}

static void take_out(lua_State *L, const char *module, const char *name)
{
    lua_getglobal(L, module);
    lua_pushnil(L);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

/* A new table of globals with the names of the list only. */
static void keep_globals(lua_State *L)
{
    lua_newtable(L);
    for (size_t k = 0; k < sizeof kept_globals / sizeof kept_globals[0]; k++) {
        lua_getglobal(L, kept_globals[k]);
        lua_setfield(L, -2, kept_globals[k]);
    }
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

static void open_require(lua_State *L)
{
    lua_newtable(L);
    value_open(L);
    lua_setfield(L, -2, "attend");
    lua_pushcclosure(L, safe_require, 1);
    lua_setglobal(L, "require");
}

void sandbox_open_library(lua_State *L)
{
    lua_pushcfunction(L, luaopen_base);
    lua_call(L, 0, 0);
    open_module(L, "string", luaopen_string);
    open_module(L, "table", luaopen_table);
    open_module(L, "math", luaopen_math);
    open_module(L, "utf8", luaopen_utf8);
    take_out(L, "string", "dump");
    for (size_t k = 0; k < sizeof absent_math / sizeof absent_math[0]; k++)
        take_out(L, "math", absent_math[k]);
    lua_pushglobaltable(L);
    sandbox_set(L, -1, globals, (int)(sizeof globals / sizeof globals[0]));
    lua_getglobal(L, "string");
    sandbox_open_string(L, -1);
    lua_getglobal(L, "table");
    sandbox_open_table(L, -1);
    lua_settop(L, 0);
    open_require(L);
    keep_globals(L);
    lua_settop(L, 0);
}
