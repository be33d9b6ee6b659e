/* meta.c - the interface of lessons for editors (Lua annotations) and for luacheck, from the same
 * tables that the functions themselves are registered from. */
#include "app/script/bindings.h"

#include "app/script/sandbox.h"
#include "engine/catalogue.h"

#include <lauxlib.h>

#include <string.h>

static const char made_by[] =
    "-- Made by the program from its own tables; the test test_meta --write makes it anew.\n";

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* A text as comment lines, each behind `---`. */
static void add_comment(Text *out, const char *text)
{
    for (;;) {
        size_t line = strcspn(text, "\n");
        text_format(out, "---%.*s\n", (int)line, text);
        if (!text[line]) return;
        text += line + 1;
    }
}

/* ---- functions --------------------------------------------------------------------------- */

/* Adds the name of an argument: its first word, `fields` for a table. */
static void add_argument(Text *out, const char *from, size_t len)
{
    while (len > 0 && *from == ' ') from++, len--;
    if (len > 0 && *from == '{')
        text_add(out, "fields");
    else
        text_add_bytes(out, from, strcspn(from, " ,)") < len ? strcspn(from, " ,)") : len);
}

/* "(id, { text, ... })" -> "id, fields". */
static void add_arguments(Text *out, const char *arguments)
{
    size_t len = strlen(arguments);
    if (*arguments == '{') {
        text_add(out, "fields");
        return;
    }
    const char *from = arguments + 1, *end = arguments + len - 1;
    for (int depth = 0; from < end;) {
        const char *p = from;
        for (; p < end && (depth > 0 || *p != ','); p++)
            depth += (*p == '{' || *p == '(') - (*p == '}' || *p == ')');
        add_argument(out, from, (size_t)(p - from));
        if (p < end) text_add(out, ", ");
        from = p + 1;
    }
}

static void add_entry(Text *out, const ScriptEntry *e)
{
    text_add_char(out, '\n');
    add_comment(out, e->sentence);
    if (e->arguments[0])
        text_format(out, "---\n---    %s%s%s\n", e->name, *e->arguments == '{' ? " " : "",
                    e->arguments);
    text_add(out, "---\n---```lua\n");
    add_comment(out, e->example);
    text_add(out, "---```\n");
    if (!e->arguments[0]) {
        text_format(out, "%s = nil\n", e->name);
        return;
    }
    text_format(out, "function %s(", e->name);
    add_arguments(out, e->arguments);
    text_add(out, ") end\n");
}

static void add_entries(Text *out, const char *owner)
{
    size_t len = strlen(owner);
    for (int k = 0; k < script_entries(); k++) {
        const ScriptEntry *e = script_entry(k);
        if (begins(e->name, owner) && (e->name[len] == '.' || e->name[len] == ':'))
            add_entry(out, e);
    }
}

static void add_class(Text *out, const char *name, const char *what)
{
    text_format(out, "\n---%s\n---@class attend.%s\n", what, name);
    if (strcmp(name, "recipe") == 0)
        text_add(out, "---@operator bor(attend.recipe): attend.recipe\n---@operator "
                      "band(attend.recipe): attend.recipe\n"
                      "---@operator sub(attend.recipe): attend.recipe\n");
    text_format(out, "local %s = {}\n", name);
    add_entries(out, name);
}

/* ---- the catalogue ----------------------------------------------------------------------- */

static const char *param_type(const Param *p)
{
    switch (p->kind) {
    case PARAM_INTEGER:
        return "integer";
    case PARAM_REAL:
        return "number";
    case PARAM_WORD:
        return "string";
    case PARAM_TEXT:
        return "string";
    case PARAM_LIST:
        return "table";
    }
    return "any";
}

static void add_mechanism(Text *out, const Mechanism *m)
{
    text_add_char(out, '\n');
    add_comment(out, m->sentence);
    for (int k = 0; k < m->params; k++)
        text_format(out, "%s--- %s: %s\n", k == 0 ? "---\n" : "", m->param[k].name,
                    m->param[k].help ? m->param[k].help : "");
    if (m->params > 0) text_add(out, "---@param p { ");
    for (int k = 0; k < m->params; k++)
        text_format(out, "%s%s%s: %s", k ? ", " : "", m->param[k].name,
                    m->param[k].optional ? "?" : "", param_type(&m->param[k]));
    if (m->params > 0) text_add(out, " }\n");
    text_format(out, "---@return attend.recipe\nfunction P.%s(%s) end\n", m->name,
                m->params > 0 ? "p" : "");
}

bool script_meta(Text *out)
{
    text_format(out, "---@meta attend\n%s", made_by);
    add_class(out, "recipe",
              "An expression of the pattern language: P.window { w = 4 } | P.sink { s = 2 }.");
    add_class(out, "pattern", "An expression bound to n tokens, a background and maybe content.");
    add_class(out, "set", "A set of positions.");
    add_class(out, "rng", "The source of chance of a question: what a variant draws from.");
    text_add(out,
             "\n---The atoms and designs of the catalogue.\n---@class attend.P\nlocal P = {}\n");
    add_entries(out, "P");
    for (int k = 0; k < catalogue_count(); k++) add_mechanism(out, catalogue_at(k));
    text_add(out, "\n---What require \"attend\" gives.\n---@class attend\nlocal at = {}\n");
    add_entries(out, "at");
    text_add(out, "at.pattern = P\n\nreturn at\n");
    return !out->broken;
}

/* ---- luacheck ---------------------------------------------------------------------------- */

/* Adds the fields of the table on top of the stack: { "find", "format" }. */
static void add_fields(lua_State *L, Text *out)
{
    sandbox_sorted_keys(L, -1);
    for (lua_Integer k = 1; lua_rawgeti(L, -1, k) == LUA_TSTRING; k++) {
        text_format(out, "%s\"%s\"", k > 1 ? ", " : "", lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    lua_pop(L, 2);
}

/* light userdata Text -> nothing */
static int add_globals(lua_State *L)
{
    Text *out = lua_touserdata(L, 1);
    lua_pushglobaltable(L);
    int globals = lua_gettop(L);
    sandbox_sorted_keys(L, globals);
    for (lua_Integer k = 1; lua_rawgeti(L, globals + 1, k) == LUA_TSTRING; k++) {
        const char *name = lua_tostring(L, -1);
        if (lua_getfield(L, globals, name) != LUA_TTABLE) {
            text_format(out, "  \"%s\",\n", name);
        } else {
            text_format(out, "  %s = { fields = { ", name);
            add_fields(L, out);
            text_add(out, " } },\n");
        }
        lua_settop(L, globals + 1);
    }
    return 0;
}

bool script_luacheck(Text *out)
{
    Sandbox *s = sandbox_new();
    if (!s) return false;
    text_format(out, "%sstds.attend = { read_globals = {\n", made_by);
    Status status = sandbox_call(s, add_globals, out, SANDBOX_LOAD, NULL);
    text_add(out, "} }\nstd = \"attend\"\n");
    sandbox_free(s);
    return status == STATUS_OK && !out->broken;
}
