/* bind_recipe.c - expressions: P.window { w = 4 } | P.sink { s = 2 }, one function for every entry
 * of the catalogue, and sliders that stand where a number would. */
#include "app/script/bindings.h"

#include "app/script/sandbox.h"
#include "engine/catalogue.h"

#include <lauxlib.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_DEPTH = 8, LIST_ITEMS = 16384 };

/* ---- engine values from Lua -------------------------------------------------------------- */

static void read_list(lua_State *L, int index, const char *name, int depth, Value *out);

static Value *grow_items(lua_State *L, Value *list, int items)
{
    sandbox_reserve(L, (size_t)items *
                           sizeof *list->item); /* a look only: the recipe counts for itself */
    sandbox_release(L, (size_t)items * sizeof *list->item);
    list->item = calloc((size_t)items + 1, sizeof *list->item);
    if (!list->item) sandbox_raise(L, STATUS_MEMORY, NULL);
    list->items = items;
    return list->item;
}

static void integer_value(Value *out, int64_t lo, int64_t hi)
{
    out->kind = VALUE_INTEGER;
    out->lo = lo;
    out->hi = hi;
}

/* An item of a list: a number, a pair { first, last } as a range, or (nested) a list. */
static void read_item(lua_State *L, int index, const char *name, int depth, Value *out)
{
    int64_t lo;
    if (value_integer(L, index, &lo))
        integer_value(out, lo, lo);
    else if (lua_type(L, index) == LUA_TTABLE || value_test(L, index, SCRIPT_SET))
        read_list(L, index, name, depth + 1, out);
    else
        sandbox_error(L, "the list %s has %s in it", name, value_an(L, index));
}

static void read_set(lua_State *L, const Runs *set, Value *out)
{
    Value *item = grow_items(L, out, set->len);
    for (int k = 0; k < set->len; k++) integer_value(&item[k], set->run[k].lo, set->run[k].hi - 1);
}

static void read_list(lua_State *L, int index, const char *name, int depth, Value *out)
{
    const ScriptSet *set = value_test(L, index, SCRIPT_SET);
    out->kind = VALUE_LIST;
    if (set) {
        read_set(L, &set->runs, out);
        return;
    }
    if (lua_type(L, index) != LUA_TTABLE)
        sandbox_error(L, "%s must be a list or a set, not %s", name, value_an(L, index));
    if (depth > LIST_DEPTH)
        sandbox_error(L, "the lists of %s lie more than %d deep", name, LIST_DEPTH);
    index = lua_absindex(L, index);
    if (lua_rawlen(L, index) > LIST_ITEMS)
        sandbox_error(L, "the list %s has more than %d items", name, LIST_ITEMS);
    int items = (int)lua_rawlen(L, index);
    luaL_checkstack(L, 4, "lists");
    sandbox_charge(L, items);
    Value *item = grow_items(L, out, items);
    for (int k = 0; k < items; k++) {
        lua_rawgeti(L, index, k + 1);
        read_item(L, -1, name, depth, &item[k]);
        lua_pop(L, 1);
    }
}

/* In a list of numbers a pair { first, last } is a range; only lists of lists keep pairs as lists. */
static void pairs_to_ranges(lua_State *L, const char *name, Value *list)
{
    for (int k = 0; k < list->items; k++) {
        Value *item = &list->item[k];
        if (item->kind != VALUE_LIST) continue;
        if (item->items != 2 || item->item[0].kind != VALUE_INTEGER ||
            item->item[1].kind != VALUE_INTEGER)
            sandbox_error(L, "%s: a range in a list is { first, last }", name);
        int64_t lo = item->item[0].lo, hi = item->item[1].lo;
        if (lo > hi)
            sandbox_error(L, "%s: the range { %lld, %lld } goes backwards", name, (long long)lo,
                          (long long)hi);
        value_done(item);
        *item = (Value){0};
        integer_value(item, lo, hi);
    }
}

static void read_text(lua_State *L, const Param *param, ValueKind kind, Value *out)
{
    if (lua_type(L, -1) != LUA_TSTRING)
        sandbox_error(L, "%s must be a text, not %s", param->name, value_an(L, -1));
    if (strlen(lua_tostring(L, -1)) != lua_rawlen(L, -1))
        sandbox_error(L, "%s holds a NUL byte", param->name);
    out->kind = kind;
    out->text = value_copy_text(L, lua_tostring(L, -1));
}

/* A number at a parameter of whole numbers or of reals. */
static void number_value(lua_State *L, const Param *param, double number, Value *out)
{
    if (param->kind == PARAM_REAL) {
        out->kind = VALUE_REAL;
        out->real = number;
        return;
    }
    if (floor(number) != number || fabs(number) > 9e15)
        sandbox_error(L, "%s is %g; it must be a whole number", param->name, number);
    integer_value(out, (int64_t)number, (int64_t)number);
}

/* The value on top of the stack for a parameter. */
static void read_value(lua_State *L, const Param *param, Value *out)
{
    switch (param->kind) {
    case PARAM_INTEGER:
    case PARAM_REAL:
        if (lua_type(L, -1) != LUA_TNUMBER)
            sandbox_error(L, "%s must be a number or a slider, not %s", param->name,
                          value_an(L, -1));
        number_value(L, param, lua_tonumber(L, -1), out);
        break;
    case PARAM_WORD:
        read_text(L, param, VALUE_WORD, out);
        break;
    case PARAM_TEXT:
        read_text(L, param, VALUE_TEXT, out);
        break;
    case PARAM_LIST:
        read_list(L, -1, param->name, 0, out);
        if (param->list != LIST_NESTED) pairs_to_ranges(L, param->name, out);
        break;
    }
}

static int values_done(lua_State *L)
{
    ScriptValues *v = lua_touserdata(L, 1);
    for (int k = 0; k < v->values; k++) value_done(&v->value[k]);
    free(v->value);
    *v = (ScriptValues){0};
    return 0;
}

static ScriptValues *push_values(lua_State *L, int values)
{
    ScriptValues *v = value_push(L, SCRIPT_VALUES, sizeof *v, 0);
    v->value = calloc((size_t)values + 1, sizeof *v->value);
    if (!v->value) sandbox_raise(L, STATUS_MEMORY, NULL);
    v->values = values;
    return v;
}

/* ---- one leaf ---------------------------------------------------------------------------- */

static ScriptRecipe *push_recipe(lua_State *L)
{
    return value_push(L, SCRIPT_RECIPE, sizeof(ScriptRecipe), 1);
}

/* Counts what a recipe is going to hold, before it does. */
static void reserve_recipe(lua_State *L, ScriptRecipe *r, size_t bytes)
{
    sandbox_charge(L, 4 + (int64_t)(bytes / sizeof(Value)));
    sandbox_reserve(L, bytes);
    r->reserved += bytes;
}

/* Gives a recipe room for marks and a list of sliders (user value 1). */
static void make_marks(lua_State *L, ScriptRecipe *r, int index, int marks)
{
    index = lua_absindex(L, index);
    r->mark = calloc((size_t)marks, sizeof *r->mark);
    if (!r->mark) sandbox_raise(L, STATUS_MEMORY, NULL);
    lua_createtable(L, marks, 0);
    lua_setiuservalue(L, index, 1);
}

/* Adds the slider on top of the stack at a place of the recipe at that index; pops it. */
static void add_mark(lua_State *L, ScriptRecipe *r, int index, int place)
{
    index = lua_absindex(L, index);
    lua_getiuservalue(L, index, 1);
    lua_insert(L, -2);
    lua_rawseti(L, -2, r->marks + 1);
    lua_pop(L, 1);
    r->mark[r->marks] = (Mark){place, r->marks + 1};
    r->marks++;
}

static void check_names(lua_State *L, const Mechanism *m)
{
    if (lua_isnil(L, 1)) return;
    if (lua_type(L, 1) != LUA_TTABLE)
        sandbox_error(L, "P.%s takes its parameters in a table, not %s", m->name, value_an(L, 1));
    sandbox_sorted_keys(L, 1);
    for (lua_Integer k = 1; lua_rawgeti(L, -1, k) != LUA_TNIL; k++, lua_pop(L, 1)) {
        if (lua_type(L, -1) != LUA_TSTRING)
            sandbox_error(L, "P.%s: parameters have names%s%s%s", m->name, m->params ? ": { " : "",
                          m->params ? m->param[0].name : "", m->params ? " = ... }" : "");
        const char *name = lua_tostring(L, -1);
        int         p = 0;
        while (p < m->params && strcmp(m->param[p].name, name) != 0) p++;
        if (p < m->params) continue;
        const char *near = catalogue_near_param(m, name, strlen(name));
        sandbox_error(L, "%s has no parameter \"%s\"%s%s%s", m->name, name,
                      near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
    lua_pop(L, 2);
}

/* A leaf must be right at both ends of its sliders too. */
static void check_end(lua_State *L, const Mechanism *m, ScriptValues *v, int p, double end)
{
    Why   why = {0};
    Value was = v->value[p];
    if (m->param[p].kind != PARAM_INTEGER && m->param[p].kind != PARAM_REAL)
        sandbox_error(L, "%s of %s is no number: a slider can't move it", m->param[p].name,
                      m->name);
    number_value(L, &m->param[p], end, &v->value[p]);
    ScriptRecipe *probe = push_recipe(L);
    Status        status = recipe_leaf(m, v->value, &probe->recipe, &why);
    if (status != STATUS_OK)
        sandbox_error(L, "the slider at %s reaches %g: %s", m->param[p].name, end, why.what);
    v->value[p] = was;
    lua_pop(L, 1);
}

static int call_leaf(lua_State *L)
{
    const Mechanism *m = lua_touserdata(L, lua_upvalueindex(1));
    Why              why = {0};
    lua_settop(L, 1);
    check_names(L, m);
    ScriptValues *v = push_values(L, m->params); /* index 2 */
    ScriptRecipe *r = push_recipe(L);            /* index 3 */
    make_marks(L, r, 3, m->params + 1);
    for (int p = 0; p < m->params && !lua_isnil(L, 1); p++) {
        lua_getfield(L, 1, m->param[p].name);
        const ScriptSlider *slider = value_test(L, -1, SCRIPT_SLIDER);
        if (slider) {
            number_value(L, &m->param[p], slider->start, &v->value[p]);
            add_mark(L, r, 3, p);
            continue;
        }
        if (!lua_isnil(L, -1)) read_value(L, &m->param[p], &v->value[p]);
        lua_pop(L, 1);
    }
    reserve_recipe(L, r, 2 * value_recipe_bytes(&(Recipe){.value = v->value, .values = v->values}));
    Status status = recipe_leaf(m, v->value, &r->recipe, &why);
    value_check(L, status, &why);
    lua_getiuservalue(L, 3, 1);
    for (int k = 0; k < r->marks; k++) {
        lua_rawgeti(L, 4, r->mark[k].slider);
        const ScriptSlider *slider = value_test(L, -1, SCRIPT_SLIDER);
        check_end(L, m, v, r->mark[k].place, slider->min);
        check_end(L, m, v, r->mark[k].place, slider->max);
        lua_pop(L, 1);
        r->mark[k].place += r->recipe.node[0].place;
    }
    lua_pushvalue(L, 3);
    return 1;
}

void recipe_push_catalogue(lua_State *L)
{
    lua_createtable(L, 0, catalogue_count() + 1);
    for (int k = 0; k < catalogue_count(); k++) {
        const Mechanism *m = catalogue_at(k);
        lua_pushlightuserdata(L, (void *)m);
        lua_pushcclosure(L, call_leaf, 1);
        lua_setfield(L, -2, m->name);
    }
}

static int parse_call(lua_State *L)
{
    size_t      len;
    Why         why = {0};
    const char *text = luaL_checklstring(L, 1, &len);
    sandbox_charge(L, 16 * (int64_t)len);
    ScriptRecipe *r = push_recipe(L);
    reserve_recipe(L, r, len * sizeof(Value) / 2); /* an item of a list has two letters at least */
    Status status = recipe_parse(text, len, &r->recipe, &why);
    if (status != STATUS_OK)
        sandbox_error(L, "the expression \"%.60s\", column %lld: %s", text, (long long)why.column,
                      why.what);
    return 1;
}

/* ---- joining ----------------------------------------------------------------------------- */

static const ScriptRecipe *operand(lua_State *L, int index, const char *sign)
{
    const ScriptRecipe *r = value_test(L, index, SCRIPT_RECIPE);
    if (!r)
        sandbox_error(L, "%s joins two expressions; on its %s stands %s", sign,
                      index == 1 ? "left" : "right", value_an(L, index));
    return r;
}

/* Adds the marks of the recipe at `from`, its places moved by `behind`, to that at index 3. */
static void join_marks(lua_State *L, ScriptRecipe *out, int from, int behind)
{
    const ScriptRecipe *r = lua_touserdata(L, from);
    for (int k = 0; k < r->marks; k++) {
        lua_getiuservalue(L, from, 1);
        lua_rawgeti(L, -1, r->mark[k].slider);
        lua_remove(L, -2);
        add_mark(L, out, 3, r->mark[k].place + behind);
    }
}

static int join(lua_State *L, RecipeOp op, const char *sign)
{
    Why why = {0};
    lua_settop(L, 2);
    const ScriptRecipe *a = operand(L, 1, sign), *b = operand(L, 2, sign);
    ScriptRecipe       *out = push_recipe(L);
    reserve_recipe(L, out, value_recipe_bytes(&a->recipe) + value_recipe_bytes(&b->recipe));
    make_marks(L, out, 3, a->marks + b->marks + 1);
    value_check(L, recipe_join(op, &a->recipe, &b->recipe, &out->recipe, &why), &why);
    join_marks(L, out, 1, 0);
    join_marks(L, out, 2, a->recipe.values);
    return 1;
}

static int join_union(lua_State *L)
{
    return join(L, RECIPE_UNION, "|");
}

static int join_intersect(lua_State *L)
{
    return join(L, RECIPE_INTERSECT, "&");
}

static int join_minus(lua_State *L)
{
    return join(L, RECIPE_MINUS, "-");
}

static int recipe_equal_call(lua_State *L)
{
    const ScriptRecipe *a = value_test(L, 1, SCRIPT_RECIPE), *b = value_test(L, 2, SCRIPT_RECIPE);
    lua_pushboolean(L, a && b && recipe_equal(&a->recipe, &b->recipe));
    return 1;
}

static int recipe_done_call(lua_State *L)
{
    ScriptRecipe *r = lua_touserdata(L, 1);
    recipe_done(&r->recipe);
    free(r->mark);
    sandbox_release(L, r->reserved);
    *r = (ScriptRecipe){0};
    return 0;
}

void recipe_open_metatables(lua_State *L)
{
    static const SandboxFunction meta[] = {{"__bor", join_union},
                                           {"__band", join_intersect},
                                           {"__sub", join_minus},
                                           {"__eq", recipe_equal_call},
                                           {"__gc", recipe_done_call}};
    value_metatable(L, SCRIPT_RECIPE);
    sandbox_set(L, -1, meta, (int)(sizeof meta / sizeof meta[0]));
    value_metatable(L, SCRIPT_VALUES);
    lua_pushcfunction(L, values_done);
    lua_setfield(L, -2, "__gc");
    lua_pop(L, 2);
    bound_open_metatables(L);
}

/* ---- methods ----------------------------------------------------------------------------- */

static int recipe_class_call(lua_State *L)
{
    const ScriptRecipe *r = value_self(L, SCRIPT_RECIPE);
    lua_pushstring(L, class_word(recipe_class(&r->recipe)));
    return 1;
}

static int recipe_text(lua_State *L, size_t (*print)(const Recipe *, char *, size_t))
{
    const ScriptRecipe *r = value_self(L, SCRIPT_RECIPE);
    size_t              len = print(&r->recipe, NULL, 0);
    char               *text = lua_newuserdatauv(L, len + 1, 0);
    print(&r->recipe, text, len + 1);
    lua_pushlstring(L, text, len);
    return 1;
}

static int recipe_describe_call(lua_State *L)
{
    return recipe_text(L, recipe_describe);
}

static int recipe_formula_call(lua_State *L)
{
    return recipe_text(L, recipe_formula);
}

/* clang-format off */
static const Binding table[] = {
    {{"P.parse", "(text)",
      "The expression that a text is, in the pattern language.",
      "P.parse \"window(w=4) | sink(s=1)\" --> window(w=4) | sink(s=1)"}, parse_call},
    {{"recipe:at", "(n or { n =, background =, content = })",
      "The expression bound to n tokens; a slider stands at its start. background: \"causal\" "
      "(the default) or \"bidirectional\".",
      "P.window { w = 4 }:at(16):count(2) --> 3"}, bound_make},
    {{"recipe:class", "()",
      "positional, content or hybrid, computed from the atoms.",
      "(P.window { w = 2 } | P.topk { k = 2 }):class() --> hybrid"}, recipe_class_call},
    {{"recipe:describe", "()",
      "The picture in words.",
      "#P.window { w = 4 }:describe() > 0 --> true"}, recipe_describe_call},
    {{"recipe:formula", "()",
      "The closed form of |G_i| in a causal row, empty where there is none.",
      "P.window { w = 4 }:formula() --> min(4, i+1)"}, recipe_formula_call},
};
/* clang-format on */
BINDINGS(bindings_recipe, table);
