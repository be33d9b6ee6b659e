/* sandbox.h - a Lua state that a lesson can't get out of, and that always comes back.
 *
 *      budget  50 million steps to load, 10 million to deal      memory  64 MiB, engine values too
 *
 * A step is an instruction of Lua's machine. Library functions cost steps in proportion to their
 * work: memory that is asked for costs a step per 16 bytes, and whatever takes long without asking
 * for memory (patterns, moves, sorts, the engine) says its price with sandbox_charge. One
 * instruction can compare two strings or copy a whole stack, so all of them cost more once there is
 * a very long one. There is no pcall in a lesson, so a limit that was hit can be neither caught nor
 *
 * Every entry into Lua goes through sandbox_call. Functions here that take a lua_State raise Lua
 * errors and may be called only below sandbox_call. */
#ifndef APP_SCRIPT_SANDBOX_H
#define APP_SCRIPT_SANDBOX_H

#include "app/script/script.h"

#include <lua.h>

enum {
    SANDBOX_MEMORY = 64 * 1024 * 1024,
    SANDBOX_LOAD = 50 * 1000 * 1000,
    SANDBOX_DEAL = 10 * 1000 * 1000,
    SANDBOX_SOURCE = 256 * 1024,     /* bytes of a lesson */
    SANDBOX_SIDE_FILE = 1024 * 1024, /* bytes of a file that it requires */
};

typedef struct Sandbox {
    lua_State    *lua;
    size_t        used;    /* bytes that Lua holds */
    size_t        outside; /* bytes that engine values hold which Lua values own */
    size_t        built;   /* bytes of the lesson or question that this call makes */
    size_t        longest; /* bytes of the longest string, or other very large block, so far */
    int64_t       steps;   /* left; below 0 the budget is used up */
    int64_t       budget;  /* what it was */
    bool          refused; /* Lua's last wish for memory went past the limit */
    bool          full;    /* sandbox_reserve went past the limit */
    char          at[140]; /* "lessons/32-x.lua:41" where a limit was hit, or "" */
    bool          complained;
    Why           complaint;    /* of the binder: whole sentences with place and path */
    const Opener *opener;       /* for require; NULL but while a lesson is loaded */
    char          folder[1024]; /* of the lesson, with its slash; "" in the root */
} Sandbox;

/* life: NULL if there is no memory */
Sandbox *sandbox_new(void);
void     sandbox_free(Sandbox *s); /* NULL is fine */
Sandbox *sandbox_of(lua_State *L);

/* Runs body(L), with argument as the light userdata at index 1, under a budget. A failure is
 * STATUS_LESSON, STATUS_BUDGET or STATUS_MEMORY with "file:line: what" in why. */
Status sandbox_call(Sandbox *s, lua_CFunction body, void *argument, int64_t budget,
                    Why *why) MUST_USE;

/* Pushes the function that a text is; file names it in messages. Text chunks only. */
void sandbox_compile(lua_State *L, const char *source, size_t len, const char *file);

void sandbox_charge(lua_State *L, int64_t steps); /* raises when the budget is used up */
void sandbox_reserve(lua_State *L,
                     size_t     bytes); /* for a value outside Lua; raises past the limit */
void sandbox_release(lua_State *L, size_t bytes);
/* Counts bytes of what this call makes for others to keep; raises past the limit. */
void sandbox_build(lua_State *L, size_t bytes);
/* Runs the collector as far as it goes: values outside are heavier than Lua knows. */
void sandbox_collect(Sandbox *s);

/* Raises "file:line: text" with the line of the lesson that called. */
_Noreturn void sandbox_error(lua_State *L, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Raises a failure of the engine the same way. */
_Noreturn void sandbox_raise(lua_State *L, Status status, const Why *why);
/* Raises "file:line: path: what"; todo may be NULL. */
_Noreturn void sandbox_complain(lua_State *L, const char *file, int line, const char *path,
                                const char *todo, const char *what);
/* The line of the lesson that is running now: its file (or "") and number. */
void sandbox_where(lua_State *L, char *file, size_t size, int *line);

/* What a lesson may use of Lua (sandbox_library.c): exactly the globals of the manual. */
void sandbox_open_library(lua_State *L);
/* string.find, match, gmatch, gsub, format, rep in place of Lua's (sandbox_string.c). */
void sandbox_open_string(lua_State *L, int table);
/* table.* that charge for what they move, and a stable sort (sandbox_table.c). */
void sandbox_open_table(lua_State *L, int table);
/* Sets fields name = function of the table at that index. */
typedef struct {
    const char   *name;
    lua_CFunction call;
} SandboxFunction;
void sandbox_set(lua_State *L, int table, const SandboxFunction *functions, int count);
/* Pushes a list of the keys of a table in their order: numbers, strings by bytes, false, true. */
void sandbox_sorted_keys(lua_State *L, int table);

#endif
