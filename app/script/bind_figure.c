/* bind_figure.c - the table of at.figure as a Figure, and that it can be bound as it says. */
#include "app/script/bind_figure.h"

#include "app/script/bindings.h"
#include "app/script/sandbox.h"
#include "app/tutor/lab.h"

#include <lauxlib.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHECK_TOKENS = 256 };

static const char *const known_fields[] = {"n",       "recipe", "pattern", "compare", "background",
                                           "content", "view",   "row",     "tools",   "gauges",
                                           "hide",    "alt",    NULL};
static const char *const later_fields[] = {"layers", "stack", "model", "context", "batch",
                                           "bytes",  "n_g",   "bars",  "over",    NULL};
/* for messages: the word that was meant */
static const char *const tool_words[] = {"shuffle", "longer", NULL};
static const char *const hide_words[] = {"rule", "row", "counts", "legend", "words", NULL};
static const char *const gauge_words[] = {
#define GAUGE_WORD(name, word) word,
    GAUGE_LIST(GAUGE_WORD)
#undef GAUGE_WORD
        NULL};
static const char *const later_views[] = {"hops", "cache", "heads", NULL};
static const char *const later_tools[] = {"swap", "edit", "paint", NULL};
static const char *const later_gauges[] = {
    "hops",    "reach",       "live", "nested", "kv_bytes", "read_bytes", "flops",
    "step_ms", "full_layers", "n_g",  "loss",   "recall",   NULL};

/* ---- expressions ------------------------------------------------------------------------- */

/* Takes the expression on top of the stack as alternative k of a side, with its sliders. */
static void take_recipe(FigureReader *fr, Side side, int k)
{
    const ScriptRecipe *r = value_test(fr->lua, -1, SCRIPT_RECIPE);
    Choices            *c = &fr->figure->recipe[side];
    if (!r)
        reader_fail(fr->r,
                    "an expression is P.window { w = 4 } | P.sink { s = 1 }, or at.options of such",
                    "this must be an expression, not %s", value_an(fr->lua, -1));
    sandbox_build(fr->lua, value_recipe_bytes(&r->recipe));
    c->alternatives = k + 1;
    value_check(fr->lua, recipe_copy(&r->recipe, &c->alternative[k]), NULL);
    for (int m = 0; m < r->marks; m++) {
        const Param      *param = recipe_param(&r->recipe, r->mark[m].place);
        const RecipeNode *leaf = &r->recipe.node[recipe_leaf_of(&r->recipe, r->mark[m].place)];
        lua_getiuservalue(fr->lua, -1, 1);
        lua_rawgeti(fr->lua, -1, r->mark[m].slider);
        lua_remove(fr->lua, -2);
        int slider = figure_take_slider(fr, leaf->mechanism, param, param->name,
                                        param->help ? param->help : param->name);
        figure_add_hole(fr, (Hole){side, k, r->mark[m].place, slider});
    }
}

static void take_sparse(FigureReader *fr, int k)
{
    take_recipe(fr, SIDE_SPARSE, k);
}

static void take_other(FigureReader *fr, int k)
{
    take_recipe(fr, SIDE_OTHER, k);
}

static void room_recipes(FigureReader *fr, Side side, int count)
{
    fr->figure->recipe[side].alternative = reader_room(fr->r, count, sizeof(Recipe));
}

static void room_sparse(FigureReader *fr, int count)
{
    room_recipes(fr, SIDE_SPARSE, count);
}

static void room_other(FigureReader *fr, int count)
{
    room_recipes(fr, SIDE_OTHER, count);
}

static void read_recipe(FigureReader *fr)
{
    if (reader_get(fr->r, fr->table, "recipe") == LUA_TNIL)
        reader_fail(fr->r, "recipe = P.window { w = 4 }, or pattern = a bound one",
                    "a recipe is missing");
    fr->figure->recipe[SIDE_SPARSE].slider = figure_each(fr, "recipe", room_sparse, take_sparse);
    lua_pop(fr->lua, 1);
}

static void read_compare(FigureReader *fr)
{
    Figure *f = fr->figure;
    f->recipe[SIDE_OTHER].slider = -1;
    int kind = reader_get(fr->r, fr->table, "compare");
    if (kind == LUA_TNIL) {
        lua_pop(fr->lua, 1);
        return;
    }
    if (kind == LUA_TSTRING && strcmp(lua_tostring(fr->lua, -1), "dense") == 0) {
        f->compare = COMPARE_DENSE;
        room_other(fr, 1);
        f->recipe[SIDE_OTHER].alternatives = 1;
        value_check(fr->lua, recipe_parse("full", 4, &f->recipe[SIDE_OTHER].alternative[0], NULL),
                    NULL);
    } else {
        if (kind == LUA_TSTRING)
            reader_fail_at(fr->r, "compare", NULL, "compare is \"dense\" or an expression");
        f->compare = COMPARE_RECIPE;
        f->recipe[SIDE_OTHER].slider = figure_each(fr, "compare", room_other, take_other);
    }
    lua_pop(fr->lua, 1);
}

/* ---- n, background, content -------------------------------------------------------------- */

static void take_content(FigureReader *fr, int k)
{
    const ScriptContent *c = value_test(fr->lua, -1, SCRIPT_CONTENT);
    if (!c)
        reader_fail(fr->r, NULL, "content is at.words, at.toy or at.scores, not %s",
                    value_an(fr->lua, -1));
    fr->figure->contents = k + 1;
    content_copy(fr->lua, &c->content, &fr->figure->content[k]);
}

static void room_content(FigureReader *fr, int count)
{
    fr->figure->content = reader_room(fr->r, count, sizeof(Content));
}

static void read_content(FigureReader *fr)
{
    fr->figure->content_slider = -1;
    if (reader_get(fr->r, fr->table, "content") != LUA_TNIL)
        fr->figure->content_slider = figure_each(fr, "content", room_content, take_content);
    lua_pop(fr->lua, 1);
}

static void take_background(FigureReader *fr, int k)
{
    const char *word = lua_type(fr->lua, -1) == LUA_TSTRING ? lua_tostring(fr->lua, -1) : "";
    bool        both = strcmp(word, background_word(BACKGROUND_BIDIRECTIONAL)) == 0;
    if (!both && strcmp(word, background_word(BACKGROUND_CAUSAL)) != 0)
        reader_fail(fr->r, NULL, "a background is \"causal\" or \"bidirectional\"");
    fr->figure->background[k] = both ? BACKGROUND_BIDIRECTIONAL : BACKGROUND_CAUSAL;
    fr->figure->backgrounds = k + 1;
}

static void room_background(FigureReader *fr, int count)
{
    if (count > 2) reader_fail(fr->r, NULL, "there are two backgrounds, not %d", count);
}

static void read_background(FigureReader *fr)
{
    Figure *f = fr->figure;
    f->background_slider = -1;
    f->backgrounds = 1;
    if (reader_get(fr->r, fr->table, "background") != LUA_TNIL)
        f->background_slider = figure_each(fr, "background", room_background, take_background);
    lua_pop(fr->lua, 1);
}

/* The most tokens a slider of n may reach. */
static int64_t most_tokens(const FigureReader *fr)
{
    return fr->figure->contents > 0 ? PROBLEM_LIMIT : LAB_LIMIT;
}

static void read_n_slider(FigureReader *fr)
{
    Place place = reader_into(fr->r, "n");
    fr->figure->n_slider = figure_take_slider(fr, NULL, NULL, "n", "tokens n");
    const Slider *s = &fr->figure->slider[fr->figure->n_slider];
    if (s->min != (double)(int64_t)s->min || s->max != (double)(int64_t)s->max ||
        s->start != (double)(int64_t)s->start)
        reader_fail(fr->r, NULL, "a slider of n goes in whole numbers");
    if (s->min < 1 || s->max > (double)most_tokens(fr))
        reader_fail(fr->r, NULL, "the slider reaches %g tokens; 1 to %lld are shown",
                    s->min < 1 ? s->min : s->max, (long long)most_tokens(fr));
    fr->figure->n = (int64_t)s->start;
    reader_back(fr->r, place);
}

static void read_n(FigureReader *fr)
{
    Figure *f = fr->figure;
    f->n_slider = -1;
    int64_t tokens = f->contents > 0 ? content_tokens(fr->lua, &f->content[0]) : 0;
    reader_get(fr->r, fr->table, "n");
    if (value_test(fr->lua, -1, SCRIPT_SLIDER)) {
        read_n_slider(fr);
        return;
    }
    lua_pop(fr->lua, 1);
    f->n = reader_integer(fr->r, fr->table, "n", tokens, 1, most_tokens(fr));
    if (f->n == 0) reader_fail(fr->r, NULL, "n, the number of tokens, is missing");
}

/* A content that brings its own number of tokens must fit the figure's. */
static void check_tokens(FigureReader *fr)
{
    const Figure *f = fr->figure;
    for (int k = 0; k < f->contents; k++) {
        const Content *c = &f->content[k];
        int64_t        tokens = c->kind == CONTENT_SCORES ? c->scores : c->n;
        if (tokens == 0 || (tokens == f->n && f->n_slider < 0)) continue;
        reader_fail_at(fr->r, "content", NULL, "the content has %lld tokens, the figure %s%lld",
                       (long long)tokens, f->n_slider >= 0 ? "a slider that starts at " : "",
                       (long long)f->n);
    }
}

/* pattern = g: the expression, n, background and content that g was bound to. */
static void read_pattern(FigureReader *fr)
{
    static const char *const own[] = {"recipe", "n", "background", "content"};
    Figure                  *f = fr->figure;
    const ScriptBound       *b = value_test(fr->lua, -1, SCRIPT_BOUND);
    if (!b)
        reader_fail_at(fr->r, "pattern",
                       "a bound pattern is recipe:at(n); an expression goes into recipe =",
                       "this must be a bound pattern, not %s", value_an(fr->lua, -1));
    for (int k = 0; k < 4; k++)
        if (reader_get(fr->r, fr->table, own[k]) != LUA_TNIL)
            reader_fail_at(fr->r, own[k], NULL, "the pattern brings its own; leave this out");
        else
            lua_pop(fr->lua, 1);
    if (pattern_n(b->pattern) > LAB_LIMIT)
        reader_fail_at(fr->r, "pattern", NULL, "%lld tokens; a figure shows at most %d",
                       (long long)pattern_n(b->pattern), LAB_LIMIT);
    f->n = pattern_n(b->pattern);
    f->background[0] = pattern_background(b->pattern);
    f->backgrounds = 1;
    f->n_slider = f->background_slider = f->content_slider = f->recipe[SIDE_SPARSE].slider = -1;
    lua_getiuservalue(fr->lua, -1, 1);
    room_sparse(fr, 1);
    take_sparse(fr, 0);
    lua_pop(fr->lua, 1);
    lua_getiuservalue(fr->lua, -1, 2);
    if (!lua_isnil(fr->lua, -1)) {
        room_content(fr, 1);
        take_content(fr, 0);
        if (f->content[0].kind == CONTENT_WORDS) f->content[0].n = 0;
    }
    lua_pop(fr->lua, 1);
}

/* ---- words from lists -------------------------------------------------------------------- */

/* Calls take(f, word) for each word of a list field; false: there is no such word. */
static void each_word(FigureReader *fr, const char *field, const char *const *known,
                      const char *const *later, bool (*take)(Figure *, const char *))
{
    if (reader_get(fr->r, fr->table, field) == LUA_TNIL) {
        lua_pop(fr->lua, 1);
        return;
    }
    if (lua_type(fr->lua, -1) != LUA_TTABLE)
        reader_fail_at(fr->r, field, NULL, "this must be a list of words, not %s",
                       value_an(fr->lua, -1));
    int count = (int)lua_rawlen(fr->lua, -1);
    for (int k = 1; k <= count; k++) {
        Place       place = reader_into_index(fr->r, field, k);
        const char *word =
            lua_rawgeti(fr->lua, -1, k) == LUA_TSTRING ? lua_tostring(fr->lua, -1) : NULL;
        if (!word) reader_fail(fr->r, NULL, "this must be a word, not %s", value_an(fr->lua, -1));
        bool taken = take(fr->figure, word);
        for (int w = 0; !taken && later && later[w]; w++)
            if (strcmp(later[w], word) == 0)
                reader_fail(fr->r, NULL, "this version has no \"%s\" yet", word);
        const char *near = taken ? NULL : reader_near(known, word);
        if (!taken)
            reader_fail(fr->r, NULL, "there is no \"%.60s\"%s%s%s", word,
                        near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
        lua_pop(fr->lua, 1);
        reader_back(fr->r, place);
    }
    lua_pop(fr->lua, 1);
}

static bool take_tool(Figure *f, const char *word)
{
    unsigned bit;
    if (!tool_find(word, &bit)) return false;
    f->tools |= bit;
    return true;
}

static bool take_hide(Figure *f, const char *word)
{
    unsigned bit;
    if (!hide_find(word, &bit)) return false;
    f->hide |= bit;
    return true;
}

static bool take_gauge(Figure *f, const char *word)
{
    Gauge gauge;
    if (!gauge_find(word, &gauge)) return false;
    for (int k = 0; k < f->gauges; k++)
        if (f->gauge[k] == gauge) return true;
    f->gauge[f->gauges++] = gauge;
    return true;
}

static void read_view(FigureReader *fr)
{
    char word[40] = "";
    if (reader_get(fr->r, fr->table, "view") == LUA_TSTRING)
        snprintf(word, sizeof word, "%s", lua_tostring(fr->lua, -1));
    else if (!lua_isnil(fr->lua, -1))
        reader_fail_at(fr->r, "view", NULL, "this must be a word, not %s", value_an(fr->lua, -1));
    lua_pop(fr->lua, 1);
    if (!word[0] || view_find(word, &fr->figure->view)) return;
    for (int k = 0; later_views[k]; k++)
        if (strcmp(later_views[k], word) == 0)
            reader_fail_at(fr->r, "view", NULL, "this version has no view \"%s\" yet", word);
    reader_fail_at(fr->r, "view", NULL, "there is no view \"%s\"; there are %s", word,
                   view_words());
}

/* ---- what can't go together -------------------------------------------------------------- */

static void check_content_wanted(FigureReader *fr)
{
    const Figure *f = fr->figure;
    const char   *todo = "give it content = at.words { seed = 1 }";
    if (f->contents > 0) return;
    if (view_weighs(f->view))
        reader_fail_at(fr->r, "view", todo, "%s need%s content", view_word(f->view),
                       f->view == VIEW_WEIGHTS ? "" : "s");
    if (f->tools & TOOL_SHUFFLE)
        reader_fail_at(fr->r, "tools", todo, "shuffle deals other words: it needs content");
    for (int k = 0; k < f->gauges; k++)
        if (f->gauge[k] == GAUGE_KEPT || f->gauge[k] == GAUGE_ERROR)
            reader_fail_at(fr->r, "gauges", todo, "the gauge \"%s\" needs content",
                           gauge_word(f->gauge[k]));
}

/* Binds one alternative as the figure will, at its start values and no more than CHECK_TOKENS. */
static void check_binding(FigureReader *fr, const char *field, int k, const Recipe *recipe,
                          Background background, const Content *content)
{
    const Figure *f = fr->figure;
    Why           why = {0};
    bool          scores = content && content->kind == CONTENT_SCORES;
    int64_t       n = content && !scores && f->n > CHECK_TOKENS ? CHECK_TOKENS : f->n;
    Bind          bind = {n, background, content};
    Status        status = bound_push(fr->lua, recipe, &bind, &why);
    lua_pop(fr->lua, 1);
    if (status == STATUS_OK) return;
    if (k < 0)
        reader_into(fr->r, field);
    else
        reader_into_index(fr->r, field, k + 1);
    const char *todo =
        status == STATUS_CONTENT ? "give the figure content = at.words { seed = 1 }" : why.todo;
    reader_fail(fr->r, todo[0] ? todo : NULL, "%s",
                why.what[0] ? why.what : status_sentence(status));
}

static void check_side(FigureReader *fr, Side side, const char *field, const Content *content)
{
    const Choices *c = &fr->figure->recipe[side];
    for (int k = 0; k < c->alternatives; k++)
        check_binding(fr, field, c->slider < 0 ? -1 : k, &c->alternative[k],
                      fr->figure->background[0], content);
}

static void check_bindings(FigureReader *fr)
{
    const Figure *f = fr->figure;
    const Recipe *first = &f->recipe[SIDE_SPARSE].alternative[0];
    check_side(fr, SIDE_SPARSE, "recipe", f->contents > 0 ? &f->content[0] : NULL);
    check_side(fr, SIDE_OTHER, "compare", f->contents > 0 ? &f->content[0] : NULL);
    for (int k = 1; k < f->contents; k++)
        check_binding(fr, "content", k, first, f->background[0], &f->content[k]);
}

static void read_row(FigureReader *fr)
{
    fr->figure->row = reader_integer(fr->r, fr->table, "row", -1, 0, fr->figure->n - 1);
}

/* ---- the figure -------------------------------------------------------------------------- */

static void read_what(FigureReader *fr)
{
    if (reader_get(fr->r, fr->table, "pattern") != LUA_TNIL) {
        read_pattern(fr);
        lua_pop(fr->lua, 1);
        return;
    }
    lua_pop(fr->lua, 1);
    read_recipe(fr);
    read_background(fr);
    read_content(fr);
    read_n(fr);
    check_tokens(fr);
}

void bind_figure(Reader *r, int index, Figure **out)
{
    index = lua_absindex(r->lua, index);
    const ScriptNode *node = value_test(r->lua, index, SCRIPT_NODE);
    if (!node || node->kind != NODE_FIGURE)
        reader_fail(r, NULL, "this must be at.figure { ... }, not %s", value_an(r->lua, index));
    Place place = {strlen(r->path), r->file, r->line};
    reader_at_node(r, node);
    lua_getiuservalue(r->lua, index, 1);
    *out = reader_room(r, 1, sizeof **out);
    FigureReader fr = {.r = r, .lua = r->lua, .figure = *out, .table = lua_gettop(r->lua)};
    reader_check_fields(r, fr.table, known_fields, later_fields, 0);
    read_what(&fr);
    read_compare(&fr);
    figure_name_sliders(&fr);
    read_view(&fr);
    read_row(&fr);
    each_word(&fr, "tools", tool_words, later_tools, take_tool);
    each_word(&fr, "gauges", gauge_words, later_gauges, take_gauge);
    each_word(&fr, "hide", hide_words, NULL, take_hide);
    (*out)->alt = reader_text(r, fr.table, "alt", NULL);
    check_content_wanted(&fr);
    check_bindings(&fr);
    lua_settop(r->lua, fr.table - 1);
    reader_back(r, place);
}
