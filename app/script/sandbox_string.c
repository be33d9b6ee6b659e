/* sandbox_string.c - the functions of `string` whose work is not in proportion to the memory they
 * ask for: searching with our own matcher, and rep and format with a price. */
#include "app/script/match.h"
#include "app/script/sandbox.h"
#include "app/script/values.h"

#include <lauxlib.h>

#include <string.h>

enum { SEARCH_BYTES = 8 }; /* plain search: a step per so many bytes, and per byte of the needle */

/* A position as Lua counts it, from 1, negative from the end; clipped to 1 .. len+2, where len+2 is
 * behind any match. */
static size_t start_of(lua_Integer place, size_t len)
{
    if (place > 0) return (size_t)place > len ? len + 1 + ((size_t)place > len + 1) : (size_t)place;
    if (place == 0 || place < -(lua_Integer)len) return 1;
    return len - (size_t)-place + 1;
}

static Matcher matcher(lua_State *L, const char *text, size_t len, const char *pattern,
                       size_t pattern_len)
{
    return (Matcher){
        .lua = L, .text = text, .text_end = text + len, .pattern_end = pattern + pattern_len};
}

/* ---- find, match ------------------------------------------------------------------------- */

static bool is_plain(const char *pattern, size_t len)
{
    for (size_t k = 0; k < len; k++)
        if (strchr("^$*+?.([%-", pattern[k]) && pattern[k] != '\0') return false;
    return true;
}

/* Where needle stands in the text, NULL if nowhere. */
static const char *search(lua_State *L, const char *text, size_t len, const char *needle,
                          size_t needle_len)
{
    int64_t steps = 0;
    for (const char *at = text; needle_len <= len; at++) {
        size_t left = len - (size_t)(at - text);
        if (left < needle_len) break;
        const char *first = needle_len == 0 ? at : memchr(at, needle[0], left - needle_len + 1);
        steps += first ? (first - at) / SEARCH_BYTES + 1 : (int64_t)(left / SEARCH_BYTES);
        if (!first) break;
        steps += (int64_t)(needle_len / SEARCH_BYTES);
        if (steps > 4096) {
            sandbox_charge(L, steps);
            steps = 0;
        }
        if (memcmp(first, needle, needle_len) == 0) return first;
        at = first;
    }
    sandbox_charge(L, steps);
    return NULL;
}

/* The first match from `at` on; sets *to. */
static const char *first_match(Matcher *m, const char *at, const char *pattern, const char **to)
{
    bool anchor = pattern < m->pattern_end && *pattern == '^';
    do {
        m->captures = 0;
        *to = match_from(m, at, pattern + anchor);
        if (*to) break;
    } while (!anchor && at++ < m->text_end);
    match_charge(m);
    return *to ? at : NULL;
}

static int find_or_match(lua_State *L, bool find)
{
    size_t      len, pattern_len;
    const char *text = luaL_checklstring(L, 1, &len);
    const char *pattern = luaL_checklstring(L, 2, &pattern_len);
    size_t      start = start_of(luaL_optinteger(L, 3, 1), len);
    if (start > len + 1) return lua_pushnil(L), 1;
    const char *from = text + start - 1, *to;
    if (find && (lua_toboolean(L, 4) || is_plain(pattern, pattern_len))) {
        from = search(L, from, len - start + 1, pattern, pattern_len);
        to = from ? from + pattern_len : NULL;
        if (!from) return lua_pushnil(L), 1;
        lua_pushinteger(L, from - text + 1);
        lua_pushinteger(L, to - text);
        return 2;
    }
    Matcher m = matcher(L, text, len, pattern, pattern_len);
    from = first_match(&m, from, pattern, &to);
    if (!from) return lua_pushnil(L), 1;
    if (!find) return match_push_all(&m, from, to, true);
    lua_pushinteger(L, from - text + 1);
    lua_pushinteger(L, to - text);
    return 2 + match_push_all(&m, from, to, false);
}

static int safe_find(lua_State *L)
{
    return find_or_match(L, true);
}

static int safe_match(lua_State *L)
{
    return find_or_match(L, false);
}

/* ---- gmatch ------------------------------------------------------------------------------ */

/* upvalues: text, pattern, where to look next (from 1), where the last match ended (0: none) */
static int gmatch_step(lua_State *L)
{
    size_t      len, pattern_len;
    const char *text = lua_tolstring(L, lua_upvalueindex(1), &len);
    const char *pattern = lua_tolstring(L, lua_upvalueindex(2), &pattern_len);
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    Matcher     m = matcher(L, text, len, pattern, pattern_len);
    for (const char *at = text + lua_tointeger(L, lua_upvalueindex(3)) - 1; at <= m.text_end;
         at++) {
        m.captures = 0;
        const char *to = match_from(&m, at, pattern);
        if (!to || to - text + 1 == last) continue; /* nothing empty right behind the last one */
        match_charge(&m);
        lua_pushinteger(L, to - text + 1);
        lua_pushvalue(L, -1);
        lua_replace(L, lua_upvalueindex(3));
        lua_replace(L, lua_upvalueindex(4));
        return match_push_all(&m, at, to, true);
    }
    match_charge(&m);
    return 0;
}

static int safe_gmatch(lua_State *L)
{
    size_t len;
    luaL_checklstring(L, 1, &len);
    luaL_checkstring(L, 2);
    size_t start = start_of(luaL_optinteger(L, 3, 1), len);
    lua_settop(L, 2);
    lua_pushinteger(L, (lua_Integer)start);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, gmatch_step, 4);
    return 1;
}

/* ---- gsub -------------------------------------------------------------------------------- */

/* Adds a replacement text with its %0 to %9. */
static void add_template(luaL_Buffer *b, Matcher *m, const char *from, const char *to)
{
    size_t      len;
    const char *text = lua_tolstring(m->lua, 3, &len);
    for (const char *end = text + len; text < end; text++) {
        m->steps++;
        if (*text != '%') {
            luaL_addchar(b, *text);
            continue;
        }
        text++;
        if (text < end && *text == '%')
            luaL_addchar(b, '%');
        else if (text < end && *text == '0')
            luaL_addlstring(b, from, (size_t)(to - from));
        else if (text < end && *text >= '1' && *text <= '9') {
            match_push(m, *text - '1', from, to);
            luaL_addvalue(b);
        } else
            sandbox_error(m->lua, "a replacement has a %% that is not %%0 to %%9 or %%%%");
    }
}

/* Adds what the replacement makes of a match: a text, the value of a table, or of a function. */
static void add_replacement(luaL_Buffer *b, Matcher *m, const char *from, const char *to)
{
    lua_State *L = m->lua;
    int        kind = lua_type(L, 3);
    if (kind == LUA_TSTRING || kind == LUA_TNUMBER) {
        add_template(b, m, from, to);
        return;
    }
    if (kind == LUA_TTABLE) {
        match_push(m, 0, from, to);
        lua_gettable(L, 3);
    } else {
        lua_pushvalue(L, 3);
        lua_call(L, match_push_all(m, from, to, true), 1);
    }
    if (!lua_toboolean(L, -1)) { /* nil and false keep the text */
        lua_pop(L, 1);
        luaL_addlstring(b, from, (size_t)(to - from));
    } else if (lua_isstring(L, -1)) {
        luaL_addvalue(b);
    } else {
        sandbox_error(L, "gsub can't put a %s into a text", luaL_typename(L, -1));
    }
}

static int safe_gsub(lua_State *L)
{
    size_t      len, pattern_len;
    const char *text = luaL_checklstring(L, 1, &len);
    const char *pattern = luaL_checklstring(L, 2, &pattern_len);
    int         kind = lua_type(L, 3);
    if (kind != LUA_TSTRING && kind != LUA_TNUMBER && kind != LUA_TTABLE && kind != LUA_TFUNCTION)
        sandbox_error(L, "gsub replaces by a text, a table or a function, not by a %s",
                      luaL_typename(L, 3));
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)len + 1), done = 0;
    lua_settop(L, 3);
    bool        anchor = pattern_len > 0 && *pattern == '^';
    Matcher     m = matcher(L, text, len, pattern, pattern_len);
    const char *at = text, *last = NULL;
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    while (done < most) {
        m.captures = 0;
        const char *to = match_from(&m, at, pattern + anchor);
        if (to && to != last) {
            done++;
            add_replacement(&b, &m, at, to);
            at = last = to;
        } else if (at < m.text_end) {
            luaL_addchar(&b, *at++);
        } else {
            break;
        }
        if (anchor) break;
    }
    match_charge(&m);
    luaL_addlstring(&b, at, (size_t)(m.text_end - at));
    luaL_pushresult(&b);
    lua_pushinteger(L, done);
    return 2;
}

/* ---- rep, format ------------------------------------------------------------------------- */

/* upvalue: Lua's own */
static int safe_rep(lua_State *L)
{
    lua_Integer times = luaL_checkinteger(L, 2);
    sandbox_charge(L, times > 0 ? times : 0);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* upvalue: Lua's own. Values that Lua would print with their address become words before. */
static int safe_format(lua_State *L)
{
    size_t      len;
    const char *format = luaL_checklstring(L, 1, &len);
    for (const char *p = format; (p = strchr(p, '%')) != NULL; p++) {
        p += 1 + strspn(p + 1, "-+ #0123456789.");
        if (*p == 'p') sandbox_error(L, "format has no %%p: an address differs from run to run");
        if (*p == '\0') break;
    }
    sandbox_charge(L, (int64_t)(len / SEARCH_BYTES));
    for (int k = 2; k <= lua_gettop(L); k++) {
        int kind = lua_type(L, k);
        if (kind != LUA_TTABLE && kind != LUA_TFUNCTION && kind != LUA_TUSERDATA) continue;
        value_push_text(L, k);
        lua_replace(L, k);
    }
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static void wrap(lua_State *L, int table, const char *name, lua_CFunction call)
{
    lua_getfield(L, table, name);
    lua_pushcclosure(L, call, 1);
    lua_setfield(L, table, name);
}

void sandbox_open_string(lua_State *L, int table)
{
    static const SandboxFunction own[] = {
        {"find", safe_find}, {"match", safe_match}, {"gmatch", safe_gmatch}, {"gsub", safe_gsub}};
    table = lua_absindex(L, table);
    sandbox_set(L, table, own, (int)(sizeof own / sizeof own[0]));
    wrap(L, table, "rep", safe_rep);
    wrap(L, table, "format", safe_format);
}
