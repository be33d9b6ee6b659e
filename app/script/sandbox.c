#include "app/script/sandbox.h"

#include <lauxlib.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HOOK_PERIOD = 1000,
    STEP_BYTES = 16, /* memory asked for: a step per so many bytes */
    LONG_STRING =
        16384, /* bytes from which on an instruction that goes through one costs more, ... */
    LONG_BLOCK = 1 << 20, /* ... and of any other block that grew: it may be the stack */
    LONG_STEP = 1024      /* then a step per so many bytes of the longest */
};

Sandbox *sandbox_of(lua_State *L)
{
    return *(Sandbox **)lua_getextraspace(L);
}

/* ---- where the lesson is ----------------------------------------------------------------- */

/* The innermost function of the lesson on the stack, C functions passed over. */
static bool lesson_level(lua_State *L, lua_Debug *ar)
{
    for (int level = 0; lua_getstack(L, level, ar); level++) {
        lua_getinfo(L, "Sl", ar);
        if (ar->currentline > 0) return true;
    }
    return false;
}

void sandbox_where(lua_State *L, char *file, size_t size, int *line)
{
    lua_Debug ar;
    file[0] = '\0';
    *line = 0;
    if (!lesson_level(L, &ar)) return;
    snprintf(file, size, "%s", ar.source[0] == '@' ? ar.source + 1 : ar.short_src);
    *line = ar.currentline;
}

/* Notes the place where a limit was hit; while the stack unwinds the place found before stays.
 * Called from the allocator too: asks for no memory. */
static void note_place(Sandbox *s)
{
    lua_Debug ar;
    if (!s->lua || !lesson_level(s->lua, &ar)) return;
    const char *file = ar.source[0] == '@' ? ar.source + 1 : ar.short_src;
    snprintf(s->at, sizeof s->at, "%.120s:%d", file, ar.currentline);
}

/* ---- memory and steps -------------------------------------------------------------------- */

static bool refuses(Sandbox *s, size_t more)
{
    s->steps -= (int64_t)(more / STEP_BYTES);
    s->refused = s->used + s->outside + more > SANDBOX_MEMORY;
    if (!s->refused && s->steps >= 0) return false;
    if (s->steps >= 0)
        s->steps -= (int64_t)(s->used / STEP_BYTES); /* Lua collects, then asks again */
    note_place(s);
    return true;
}

static int64_t steps_an_instruction(const Sandbox *s)
{
    return s->longest < LONG_STRING ? 1 : (int64_t)(s->longest / LONG_STEP);
}

static int hook_period(const Sandbox *s)
{
    int64_t steps = steps_an_instruction(s);
    return steps < HOOK_PERIOD ? (int)(HOOK_PERIOD / steps) : 1;
}

static void on_count(lua_State *L, lua_Debug *ar);

/* There is a longer block: instructions are counted more often. lua_sethook may be called any
 * time. */
static void lengthen(Sandbox *s, size_t longest)
{
    s->longest = longest;
    if (s->lua) lua_sethook(s->lua, on_count, LUA_MASKCOUNT, hook_period(s));
}

/* Lua's allocator. Only growth may be refused; osize is a type where there is no old block. */
static void *allocate(void *context, void *old, size_t osize, size_t nsize)
{
    Sandbox *s = context;
    size_t   had = old ? osize : 0;
    if (nsize == 0) {
        free(old);
        s->used -= had;
        return NULL;
    }
    if (nsize > had && refuses(s, nsize - had)) return NULL;
    void *block = realloc(old, nsize);
    if (!block) return nsize <= had ? old : NULL;
    bool string = !old && osize == LUA_TSTRING;
    if (nsize > s->longest && nsize >= (string ? LONG_STRING : LONG_BLOCK)) lengthen(s, nsize);
    s->used = s->used - had + nsize;
    return block;
}

static void out_of_steps(lua_State *L)
{
    note_place(sandbox_of(L));
    luaL_error(L, "used up its budget");
}

static void on_count(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    Sandbox *s = sandbox_of(L);
    s->steps -= hook_period(s) * steps_an_instruction(s);
    if (s->steps < 0) out_of_steps(L);
}

void sandbox_charge(lua_State *L, int64_t steps)
{
    Sandbox *s = sandbox_of(L);
    s->steps = steps > s->steps ? -1 : s->steps - steps;
    if (s->steps < 0) out_of_steps(L);
}

static void out_of_memory(lua_State *L)
{
    Sandbox *s = sandbox_of(L);
    s->full = true;
    note_place(s);
    luaL_error(L, "used up its memory");
}

void sandbox_reserve(lua_State *L, size_t bytes)
{
    Sandbox *s = sandbox_of(L);
    if (bytes <= SANDBOX_MEMORY && s->used + s->outside + bytes > SANDBOX_MEMORY) {
        sandbox_charge(L, (int64_t)(s->used / STEP_BYTES));
        lua_gc(L, LUA_GCCOLLECT);
    }
    if (bytes > SANDBOX_MEMORY || s->used + s->outside + bytes > SANDBOX_MEMORY) out_of_memory(L);
    s->outside += bytes;
}

void sandbox_build(lua_State *L, size_t bytes)
{
    Sandbox *s = sandbox_of(L);
    if (bytes > SANDBOX_MEMORY || s->built + bytes > SANDBOX_MEMORY) out_of_memory(L);
    s->built += bytes;
    sandbox_charge(L, (int64_t)(bytes / STEP_BYTES));
}

void sandbox_release(lua_State *L, size_t bytes)
{
    sandbox_of(L)->outside -= bytes;
}

void sandbox_collect(Sandbox *s)
{
    lua_gc(s->lua, LUA_GCCOLLECT);
}

/* ---- errors ------------------------------------------------------------------------------ */

void sandbox_error(lua_State *L, const char *format, ...)
{
    char    text[400], file[300];
    int     line;
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    sandbox_where(L, file, sizeof file, &line);
    if (line > 0)
        lua_pushfstring(L, "%s:%d: %s", file, line, text);
    else
        lua_pushstring(L, text);
    lua_error(L);
    abort(); /* lua_error does not return */
}

void sandbox_raise(lua_State *L, Status status, const Why *why)
{
    const char *what = why && why->what[0] ? why->what : status_sentence(status);
    sandbox_error(L, "%s%s%s", what, why && why->todo[0] ? "; " : "", why ? why->todo : "");
}

/* Names out of files: control characters are shown as `?`. */
static void clean(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f) *text = '?';
}

void sandbox_complain(lua_State *L, const char *file, int line, const char *path, const char *todo,
                      const char *what)
{
    Sandbox *s = sandbox_of(L);
    char     place[400] = "";
    if (line > 0)
        snprintf(place, sizeof place, "%s:%d: ", file, line);
    else if (file[0])
        snprintf(place, sizeof place, "%s: ", file);
    why_say(&s->complaint, STATUS_LESSON, 0, "%s%s%s%s", place, path, path[0] ? ": " : "", what);
    if (todo) why_todo(&s->complaint, "%s", todo);
    s->complained = true;
    luaL_error(L, "%s", s->complaint.what);
    abort(); /* luaL_error does not return */
}

/* The handler of sandbox_call: every message gets the place in full. Lua itself shortens the names
 * of files, and gives no place where a lesson calls error with a table or level 0. */
static int on_error(lua_State *L)
{
    lua_Debug   ar;
    const char *text = lua_tostring(L, 1);
    if (!text) text = lua_pushfstring(L, "the error is a %s, not a text", luaL_typename(L, 1));
    if (!lesson_level(L, &ar)) return lua_pushstring(L, text), 1;
    const char *file = ar.source[0] == '@' ? ar.source + 1 : ar.short_src;
    const char *full = lua_pushfstring(L, "%s:", file);
    if (strncmp(text, full, strlen(full)) == 0) return lua_pushstring(L, text), 1;
    const char *brief = lua_pushfstring(L, "%s:", ar.short_src);
    if (strncmp(text, brief, strlen(brief)) == 0)
        return lua_pushfstring(L, "%s%s", full, text + strlen(brief)), 1;
    lua_pushfstring(L, "%s%d: %s", full, ar.currentline, text);
    return 1;
}

static Status say_limit(const Sandbox *s, Why *why)
{
    const char *colon = s->at[0] ? ": " : "";
    if (s->steps >= 0) {
        why_say(why, STATUS_BUDGET, 0, "%s%sused up the %d MiB of memory a lesson has", s->at,
                colon, SANDBOX_MEMORY >> 20);
        why_todo(why, "build smaller tables and texts; tables of a million numbers have no place "
                      "in a lesson");
        return STATUS_BUDGET;
    }
    why_say(why, STATUS_BUDGET, 0, "%s%sused up its budget of %d million steps", s->at, colon,
            (int)(s->budget / 1000000));
    why_todo(why, "is there a loop or a call without an end? let the engine count: "
                  "pattern:count(i), pattern:total()");
    return STATUS_BUDGET;
}

static Status say_failure(Sandbox *s, int code, Why *why)
{
    if (s->steps < 0 || s->full || (s->refused && code == LUA_ERRMEM)) return say_limit(s, why);
    if (code == LUA_ERRMEM)
        return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    if (s->complained) {
        clean(s->complaint.what);
        if (why) *why = s->complaint;
        return STATUS_LESSON;
    }
    /* the handler itself may have failed: then any value lies here */
    const char *text =
        lua_type(s->lua, -1) == LUA_TSTRING ? lua_tostring(s->lua, -1) : "it stopped with an error";
    why_say(why, STATUS_LESSON, 0, "%s", text);
    if (why) clean(why->what);
    return STATUS_LESSON;
}

Status sandbox_call(Sandbox *s, lua_CFunction body, void *argument, int64_t budget, Why *why)
{
    lua_State *L = s->lua;
    s->budget = s->steps = budget;
    s->built = 0;
    s->refused = s->full = s->complained = false;
    s->at[0] = '\0';
    lua_settop(L, 0);
    lua_pushcfunction(L, on_error);
    lua_pushcfunction(L, body);
    lua_pushlightuserdata(L, argument);
    int    code = lua_pcall(L, 1, 0, 1);
    Status status = code == LUA_OK ? STATUS_OK : say_failure(s, code, why);
    lua_settop(L, 0);
    s->steps = INT64_MAX; /* collecting and closing cost nothing */
    return status;
}

/* ---- life -------------------------------------------------------------------------------- */

static int open_all(lua_State *L)
{
    sandbox_open_library(L);
    return 0;
}

Sandbox *sandbox_new(void)
{
    Sandbox *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->steps = INT64_MAX;
    lua_State *L = lua_newstate(allocate, s);
    if (!L) {
        free(s);
        return NULL;
    }
    *(Sandbox **)lua_getextraspace(L) = s;
    s->lua = L;
    if (sandbox_call(s, open_all, NULL, SANDBOX_LOAD, NULL) != STATUS_OK) {
        sandbox_free(s);
        return NULL;
    }
    lua_sethook(L, on_count, LUA_MASKCOUNT, hook_period(s));
    return s;
}

void sandbox_free(Sandbox *s)
{
    if (!s) return;
    lua_close(s->lua);
    free(s);
}

/* A text that begins with a byte order mark or a #! line is a text all the same. */
void sandbox_compile(lua_State *L, const char *source, size_t len, const char *file)
{
    const char *name = lua_pushfstring(L, "@%s", file);
    sandbox_charge(L, (int64_t)len);
    if (len >= 3 && memcmp(source, "\xEF\xBB\xBF", 3) == 0) {
        source += 3;
        len -= 3;
    }
    if (luaL_loadbufferx(L, source, len, name, "t") == LUA_OK) {
        lua_remove(L, -2);
        return;
    }
    /* Lua names the file in short before the line: "short:7: ..."; here it is named in full */
    const char *text = lua_tostring(L, -1);
    const char *line = text ? strstr(text, ":") : NULL;
    while (line && (line[1] < '0' || line[1] > '9')) line = strchr(line + 1, ':');
    if (line)
        lua_pushfstring(L, "%s%s", file, line);
    else
        lua_pushfstring(L, "%s: %s", file, text ? text : "can't be read");
    lua_error(L);
}
