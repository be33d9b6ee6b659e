#include "app/script/reader.h"

#include "app/script/sandbox.h"
#include "engine/near.h"

#include <lauxlib.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- where one is ------------------------------------------------------------------------ */

static Place here(const Reader *r)
{
    return (Place){strlen(r->path), r->file, r->line};
}

static void go_into(Reader *r, const char *field, int k)
{
    size_t      len = strlen(r->path);
    const char *dot = len > 0 && field ? "." : "";
    if (k == 0)
        snprintf(r->path + len, sizeof r->path - len, "%s%s", dot, field);
    else
        snprintf(r->path + len, sizeof r->path - len, "%s%s[%d]", dot, field ? field : "", k);
}

Place reader_into(Reader *r, const char *field)
{
    Place place = here(r);
    go_into(r, field, 0);
    return place;
}

Place reader_into_index(Reader *r, const char *field, int k)
{
    Place place = here(r);
    go_into(r, field, k);
    return place;
}

void reader_back(Reader *r, Place place)
{
    r->path[place.len] = '\0';
    r->file = place.file;
    r->line = place.line;
}

void reader_at_node(Reader *r, const ScriptNode *node)
{
    if (node->line == 0) return;
    r->file = node->file;
    r->line = node->line;
}

/* ---- complaints -------------------------------------------------------------------------- */

static _Noreturn void complain(Reader *r, const char *todo, const char *format, va_list args)
{
    char what[400];
    vsnprintf(what, sizeof what, format, args);
    sandbox_complain(r->lua, r->file, r->line, r->path, todo, what);
}

void reader_fail(Reader *r, const char *todo, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    complain(r, todo, format, args);
}

void reader_fail_at(Reader *r, const char *field, const char *todo, const char *format, ...)
{
    va_list args;
    reader_into(r, field);
    va_start(args, format);
    complain(r, todo, format, args);
}

/* ---- fields ------------------------------------------------------------------------------ */

static const char *next_name(int k, const void *names)
{
    return ((const char *const *)names)[k];
}

const char *reader_near(const char *const *names, const char *typed)
{
    return near_name(typed, strlen(typed), next_name, names);
}

static bool listed_in(const char *const *names, const char *name)
{
    for (; names && *names; names++)
        if (strcmp(*names, name) == 0) return true;
    return false;
}

static void check_key(Reader *r, const char *const *known, const char *const *later, int listed)
{
    int64_t place;
    if (value_integer(r->lua, -1, &place) && place >= 1) {
        if (listed >= 0 && place > listed)
            reader_fail(r, NULL, "value %lld of the list has no meaning here", (long long)place);
        return;
    }
    const char *name = lua_type(r->lua, -1) == LUA_TSTRING ? lua_tostring(r->lua, -1) : NULL;
    if (!name) reader_fail(r, NULL, "%s as a key has no meaning here", value_an(r->lua, -1));
    if (listed_in(known, name)) return;
    if (listed_in(later, name))
        reader_fail(r, NULL, "this version has no field \"%.60s\" yet", name);
    const char *near = reader_near(known, name);
    if (near) reader_fail(r, NULL, "there is no field \"%.60s\"; did you mean \"%s\"?", name, near);
    reader_fail(r, NULL, "there is no field \"%.60s\"", name);
}

void reader_check_fields(Reader *r, int table, const char *const *known, const char *const *later,
                         int listed)
{
    sandbox_sorted_keys(r->lua, table);
    for (lua_Integer k = 1; lua_rawgeti(r->lua, -1, k) != LUA_TNIL; k++) {
        check_key(r, known, later, listed);
        lua_pop(r->lua, 1);
    }
    lua_pop(r->lua, 2);
}

int reader_get(Reader *r, int table, const char *field)
{
    luaL_checkstack(r->lua, 8, "reading a lesson");
    lua_pushstring(r->lua, field);
    return lua_rawget(r->lua, table < 0 ? table - 1 : table);
}

static const char *text_at_top(Reader *r, const char *what)
{
    if (lua_type(r->lua, -1) != LUA_TSTRING)
        reader_fail(r, NULL, "%s must be a text, not %s", what, value_an(r->lua, -1));
    const char *text = lua_tostring(r->lua, -1);
    if (strlen(text) != lua_rawlen(r->lua, -1)) reader_fail(r, NULL, "%s holds a NUL byte", what);
    return text;
}

char *reader_take_text(Reader *r, const char *what)
{
    const char *text = text_at_top(r, what);
    sandbox_build(r->lua, lua_rawlen(r->lua, -1));
    char *copy = value_copy_text(r->lua, text);
    lua_pop(r->lua, 1);
    return copy;
}

char *reader_text(Reader *r, int table, const char *field, const char *missing)
{
    if (reader_get(r, table, field) == LUA_TNIL) {
        if (missing) reader_fail(r, NULL, "%s", missing);
        lua_pop(r->lua, 1);
        return NULL;
    }
    Place place = reader_into(r, field);
    char *copy = reader_take_text(r, "this");
    reader_back(r, place);
    return copy;
}

int64_t reader_integer(Reader *r, int table, const char *field, int64_t start, int64_t min,
                       int64_t max)
{
    int64_t value = start;
    if (reader_get(r, table, field) != LUA_TNIL) {
        if (!value_integer(r->lua, -1, &value))
            reader_fail_at(r, field, NULL, "this must be a whole number, not %s",
                           lua_type(r->lua, -1) == LUA_TNUMBER ? lua_tostring(r->lua, -1)
                                                               : value_an(r->lua, -1));
        if (value < min || value > max)
            reader_fail_at(r, field, NULL, "%lld lies outside %lld to %lld", (long long)value,
                           (long long)min, (long long)max);
    }
    lua_pop(r->lua, 1);
    return value;
}

bool reader_flag(Reader *r, int table, const char *field)
{
    int kind = reader_get(r, table, field);
    if (kind != LUA_TNIL && kind != LUA_TBOOLEAN)
        reader_fail_at(r, field, NULL, "this is true or false, not %s", value_an(r->lua, -1));
    bool set = lua_toboolean(r->lua, -1);
    lua_pop(r->lua, 1);
    return set;
}

void *reader_room(Reader *r, int64_t count, size_t size)
{
    sandbox_build(r->lua, (size_t)(count + 1) * size);
    void *room = calloc((size_t)count + 1, size);
    if (!room) sandbox_raise(r->lua, STATUS_MEMORY, NULL);
    return room;
}

int reader_length(Reader *r, int table, int most, const char *what)
{
    int64_t longest = 0, key;
    table = lua_absindex(r->lua, table);
    sandbox_charge(r->lua, (int64_t)lua_rawlen(r->lua, table));
    for (lua_pushnil(r->lua); lua_next(r->lua, table); lua_pop(r->lua, 1))
        if (value_integer(r->lua, -2, &key) && key > longest) longest = key;
    if (longest > most)
        reader_fail(r, NULL, "there are %lld %s; at most %d are taken", (long long)longest, what,
                    most);
    return (int)longest;
}
