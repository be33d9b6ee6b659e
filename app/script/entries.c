/* entries.c - all bindings in one order, and the module that `require "attend"` gives. */
#include "app/script/bindings.h"

#include "app/script/sandbox.h"
#include "engine/catalogue.h"

#include <lauxlib.h>

#include <string.h>

#ifndef ATTEND_VERSION
#define ATTEND_VERSION "0"
#endif

enum { API = 1 };

static const Bindings *const groups[] = {&bindings_parts, &bindings_recipe,  &bindings_bound,
                                         &bindings_set,   &bindings_content, &bindings_chance};
enum { GROUPS = sizeof groups / sizeof groups[0] };

/* What a later version has: said plainly instead of "a nil value". */
static const char *const later[] = {
    "at.design", "at.quiz",      "at.multi",       "at.order",     "at.match",
    "at.goal",   "at.matrices",  "at.model",       "at.cost",      "at.bytes",
    "P.rule",    "pattern:live", "pattern:nested", "pattern:hops", "pattern:reach"};

/* ---- the list ---------------------------------------------------------------------------- */

int script_entries(void)
{
    int count = 0;
    for (int g = 0; g < GROUPS; g++) count += groups[g]->count;
    return count;
}

static const Binding *binding_at(int k)
{
    int g = 0;
    while (k >= groups[g]->count) k -= groups[g++]->count;
    return &groups[g]->binding[k];
}

const ScriptEntry *script_entry(int k)
{
    return &binding_at(k)->entry;
}

bool entries_find_mechanism(const char *name)
{
    if (strncmp(name, "P.", 2) == 0) name += 2;
    return catalogue_find(name, strlen(name)) != NULL;
}

/* ---- the module -------------------------------------------------------------------------- */

/* The part of a name behind its dot or colon, where the name begins with the owner. */
static const char *member_of(const char *name, const char *owner)
{
    size_t len = strlen(owner);
    return strncmp(name, owner, len) == 0 && (name[len] == '.' || name[len] == ':') ? name + len + 1
                                                                                    : NULL;
}

/* upvalue: the name */
static int not_yet(lua_State *L)
{
    sandbox_error(L, "this version has no %s yet", lua_tostring(L, lua_upvalueindex(1)));
}

/* Puts all functions of an owner ("at", "P", "set") into the table on top of the stack. */
static void fill(lua_State *L, const char *owner)
{
    for (int k = 0; k < script_entries(); k++) {
        const Binding *b = binding_at(k);
        const char    *member = member_of(b->entry.name, owner);
        if (!member || !b->call) continue;
        lua_pushcfunction(L, b->call);
        lua_setfield(L, -2, member);
    }
    for (size_t k = 0; k < sizeof later / sizeof later[0]; k++) {
        const char *member = member_of(later[k], owner);
        if (!member) continue;
        lua_pushstring(L, later[k]);
        lua_pushcclosure(L, not_yet, 1);
        lua_setfield(L, -2, member);
    }
}

/* Every kind answers to the methods that are named after it. */
static void open_methods(lua_State *L)
{
    for (int kind = 0; kind < SCRIPT_KINDS; kind++) {
        value_metatable(L, (ScriptKind)kind);
        lua_newtable(L);
        fill(L, script_kind_word((ScriptKind)kind));
        lua_setfield(L, -2, "__index");
        lua_pop(L, 1);
    }
}

void value_open(lua_State *L)
{
    set_open_metatables(L);
    recipe_open_metatables(L);
    content_open_metatables(L);
    parts_open_metatables(L);
    open_methods(L);
    lua_newtable(L);
    fill(L, "at");
    recipe_push_catalogue(L);
    fill(L, "P");
    lua_setfield(L, -2, "pattern");
    lua_pushinteger(L, API);
    lua_setfield(L, -2, "api");
    lua_pushstring(L, ATTEND_VERSION);
    lua_setfield(L, -2, "version");
}
