/* bind_content.c - what a figure is over (words, toys, scores), and the numbers of one row. */
#include "app/script/bindings.h"

#include "app/script/sandbox.h"
#include "app/tutor/words.h"
#include "engine/score.h"

#include <lauxlib.h>

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TOY_WIDTH = 16, TOY_WIDTH_MAX = 256, ROW_LIMIT = 512, TEXT_LIMIT = 65536 };

/* ---- content ----------------------------------------------------------------------------- */

Status content_problem(const Content *content, int64_t n, Problem *out, Why *why)
{
    char **word = NULL;
    Status status = STATUS_OK;
    switch (content->kind) {
    case CONTENT_NONE:
        break;
    case CONTENT_WORDS:
        status = words_deal(content, 0, n, &word);
        if (status == STATUS_OK)
            status = problem_words((const char *const *)word, n, content->seed, out, why);
        words_free(word, n);
        break;
    case CONTENT_TOY:
        return problem_toy(content->toy, n, content->d, content->seed, out, why);
    case CONTENT_SCORES:
        return problem_scores(content->score, content->scores, out, why);
    }
    return status;
}

int64_t content_tokens(lua_State *L, const Content *content)
{
    char  **word = NULL;
    int64_t n = 0;
    if (content->kind == CONTENT_SCORES) return content->scores;
    if (content->kind != CONTENT_WORDS || content->n > 0 || !content->text) return content->n;
    value_check(L, words_split(content->text, &word, &n), NULL);
    words_free(word, n);
    return n;
}

void content_copy(lua_State *L, const Content *from, Content *to)
{
    sandbox_build(L, (from->text ? strlen(from->text) : 0) +
                         (size_t)from->scores * sizeof *from->score);
    *to = *from;
    to->text = NULL;
    to->score = NULL;
    if (from->text) to->text = value_copy_text(L, from->text);
    if (!from->score) return;
    to->score = malloc((size_t)from->scores * sizeof *to->score);
    if (!to->score) sandbox_raise(L, STATUS_MEMORY, NULL);
    memcpy(to->score, from->score, (size_t)from->scores * sizeof *to->score);
}

static int content_done(lua_State *L)
{
    ScriptContent *c = lua_touserdata(L, 1);
    free(c->content.text);
    free(c->content.score);
    c->content = (Content){0};
    return 0;
}

static ScriptContent *push_content(lua_State *L, ContentKind kind)
{
    ScriptContent *c = value_push(L, SCRIPT_CONTENT, sizeof *c, 0);
    c->content.kind = kind;
    return c;
}

/* Raises if the table at index 1 has a field that is not in the list. */
static void only_fields(lua_State *L, const char *function, const char *const *known)
{
    if (lua_type(L, 1) != LUA_TTABLE)
        sandbox_error(L, "%s takes a table, not %s", function, value_an(L, 1));
    sandbox_sorted_keys(L, 1);
    for (lua_Integer k = 1; lua_rawgeti(L, -1, k) != LUA_TNIL; k++) {
        const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
        int         at = 0;
        while (known[at] && (!name || strcmp(known[at], name) != 0)) at++;
        if (!known[at])
            sandbox_error(L, "%s has no field \"%s\"", function,
                          name ? name : luaL_tolstring(L, -1, NULL));
        lua_pop(L, 1);
    }
    lua_pop(L, 2);
}

static uint64_t seed_field(lua_State *L)
{
    int64_t seed = 0;
    if (lua_getfield(L, 1, "seed") != LUA_TNIL)
        seed = value_integer_argument(L, -1, "seed", 0, INT64_MAX);
    lua_pop(L, 1);
    return (uint64_t)seed;
}

static int64_t integer_field(lua_State *L, const char *name, int64_t start, int64_t min,
                             int64_t max)
{
    if (lua_getfield(L, 1, name) != LUA_TNIL) start = value_integer_argument(L, -1, name, min, max);
    lua_pop(L, 1);
    return start;
}

static int at_words(lua_State *L)
{
    static const char *const known[] = {"text", "seed", "n", NULL};
    only_fields(L, "at.words", known);
    uint64_t       seed = seed_field(L);
    int64_t        n = integer_field(L, "n", 0, 1, PROBLEM_LIMIT);
    ScriptContent *c = push_content(L, CONTENT_WORDS);
    c->content.seed = seed;
    c->content.n = n;
    if (lua_getfield(L, 1, "text") != LUA_TNIL) {
        if (lua_type(L, -1) != LUA_TSTRING)
            sandbox_error(L, "at.words: text must be a text, not %s", value_an(L, -1));
        if (lua_rawlen(L, -1) > TEXT_LIMIT)
            sandbox_error(L, "at.words: the text has more than %d bytes", TEXT_LIMIT);
        c->content.text = value_copy_text(L, lua_tostring(L, -1));
        int64_t tokens = content_tokens(L, &c->content);
        if (tokens < 1 || tokens > PROBLEM_LIMIT)
            sandbox_error(L, "at.words: the text has %lld words; 1 to %d are taken",
                          (long long)tokens, PROBLEM_LIMIT);
    }
    lua_pop(L, 1);
    return 1;
}

static int at_toy(lua_State *L)
{
    static const char *const known[] = {"kind", "seed", "d", NULL};
    Toy                      kind;
    only_fields(L, "at.toy", known);
    lua_getfield(L, 1, "kind");
    const char *word = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    if (!word || !toy_find(word, &kind))
        sandbox_error(L, "at.toy: kind is one of local, needle, clusters, repeats, sink, flat%s%s",
                      word ? "; not " : "", word ? word : "");
    uint64_t       seed = seed_field(L);
    int            d = (int)integer_field(L, "d", TOY_WIDTH, 1, TOY_WIDTH_MAX);
    ScriptContent *c = push_content(L, CONTENT_TOY);
    c->content.toy = kind;
    c->content.seed = seed;
    c->content.d = d;
    return 1;
}

/* ---- lists of numbers -------------------------------------------------------------------- */

/* The numbers of the list at an index; the memory is Lua's and lies on the stack. */
static double *push_numbers(lua_State *L, int index, const char *what, int64_t *n)
{
    index = lua_absindex(L, index);
    if (lua_type(L, index) != LUA_TTABLE)
        sandbox_error(L, "%s must be a list of numbers, not %s", what, value_an(L, index));
    *n = (int64_t)lua_rawlen(L, index);
    if (*n < 1 || *n > ROW_LIMIT)
        sandbox_error(L, "%s has %lld numbers; 1 to %d are taken", what, (long long)*n, ROW_LIMIT);
    double *number = lua_newuserdatauv(L, (size_t)*n * sizeof *number, 0);
    for (int64_t k = 0; k < *n; k++) {
        if (lua_rawgeti(L, index, k + 1) != LUA_TNUMBER)
            sandbox_error(L, "%s: number %lld is %s", what, (long long)k + 1, value_an(L, -1));
        number[k] = lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    return number;
}

static int at_scores(lua_State *L)
{
    int64_t n;
    double *number = push_numbers(L, 1, "at.scores", &n);
    for (int64_t k = 0; k < n; k++)
        if (!isfinite(number[k]))
            sandbox_error(L, "at.scores: number %lld is not finite", (long long)k + 1);
    ScriptContent *c = push_content(L, CONTENT_SCORES);
    c->content.score = malloc((size_t)n * sizeof *number);
    if (!c->content.score) sandbox_raise(L, STATUS_MEMORY, NULL);
    memcpy(c->content.score, number, (size_t)n * sizeof *number);
    c->content.scores = n;
    return 1;
}

/* The set `keep` at an index of n keys, all of them for nil; pushed. */
static const Runs *push_keep(lua_State *L, int index, int64_t n)
{
    index = lua_absindex(L, index);
    ScriptSet *set = value_push_set(L);
    if (lua_isnoneornil(L, index))
        value_check(L, runs_add(&set->runs, 0, n), NULL);
    else
        set_read(L, index, &set->runs);
    if (set->runs.len > 0 && set->runs.run[set->runs.len - 1].hi > n)
        sandbox_error(L, "keep has key %lld; the scores are those of keys 0 to %lld",
                      (long long)set->runs.run[set->runs.len - 1].hi - 1, (long long)n - 1);
    value_filled_set(L, set);
    return &set->runs;
}

/* Pushes the weights of scores over keep with a sink (index, or nil there). */
static double *push_weights(lua_State *L, const double *score, int64_t n, const Runs *keep,
                            int sink)
{
    sink = lua_absindex(L, sink);
    double *weight = lua_newuserdatauv(L, (size_t)n * sizeof *weight, 0);
    double  more = 0;
    for (int64_t k = 0; k < n; k++) weight[k] = 0;
    if (!lua_isnoneornil(L, sink)) {
        if (lua_type(L, sink) != LUA_TNUMBER)
            sandbox_error(L, "the sink is a score: a number, not %s", value_an(L, sink));
        more = lua_tonumber(L, sink);
    }
    sandbox_charge(L, 2 * n);
    score_softmax_exact(score, n, keep, lua_isnoneornil(L, sink) ? NULL : &more, weight);
    return weight;
}

static void push_list(lua_State *L, const double *number, int64_t n)
{
    lua_createtable(L, (int)n, 0);
    for (int64_t k = 0; k < n; k++) {
        lua_pushnumber(L, number[k]);
        lua_rawseti(L, -2, k + 1);
    }
}

static int at_softmax(lua_State *L)
{
    int64_t n;
    lua_settop(L, 3);
    const double *score = push_numbers(L, 1, "at.softmax", &n);
    const Runs   *keep = push_keep(L, 2, n);
    push_list(L, push_weights(L, score, n, keep, 3), n);
    return 1;
}

/* ---- one row of attention ---------------------------------------------------------------- */

/* The values (n, e) of the list at an index: n lists of e numbers, or n numbers (e = 1, flat). */
static float *push_values(lua_State *L, int index, int64_t n, int *e, bool *flat)
{
    index = lua_absindex(L, index);
    if (lua_type(L, index) != LUA_TTABLE || (int64_t)lua_rawlen(L, index) != n)
        sandbox_error(L, "at.attend: v must be a list of %lld values, one a score", (long long)n);
    *flat = lua_rawgeti(L, index, 1) == LUA_TNUMBER;
    *e = *flat ? 1 : lua_type(L, -1) == LUA_TTABLE ? (int)lua_rawlen(L, -1) : 0;
    if (*e < 1 || *e > TOY_WIDTH_MAX)
        sandbox_error(L, "at.attend: a value is a number or a list of 1 to %d numbers",
                      TOY_WIDTH_MAX);
    lua_pop(L, 1);
    float *value = lua_newuserdatauv(L, (size_t)(n * *e) * sizeof *value, 0);
    for (int64_t j = 0; j < n; j++) {
        bool one = lua_rawgeti(L, index, j + 1) == LUA_TNUMBER;
        if (one != *flat ||
            (!one && (lua_type(L, -1) != LUA_TTABLE || (int)lua_rawlen(L, -1) != *e)))
            sandbox_error(L, "at.attend: value %lld differs in its size from the first",
                          (long long)j + 1);
        for (int c = 0; c < *e; c++) {
            if (!one) lua_rawgeti(L, -1, c + 1);
            if (lua_type(L, -1) != LUA_TNUMBER)
                sandbox_error(L, "at.attend: value %lld holds %s", (long long)j + 1,
                              value_an(L, -1));
            value[j * *e + c] = (float)lua_tonumber(L, -1);
            if (!one) lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
    return value;
}

static int at_attend(lua_State *L)
{
    static const char *const known[] = {"scores", "v", "keep", "sink", NULL};
    int64_t                  n;
    int                      e;
    bool                     flat;
    only_fields(L, "at.attend", known);
    lua_settop(L, 1);
    for (int k = 0; known[k]; k++) lua_getfield(L, 1, known[k]); /* indices 2 to 5 */
    const double *score = push_numbers(L, 2, "at.attend: scores", &n);
    const float  *value = push_values(L, 3, n, &e, &flat);
    const Runs   *keep = push_keep(L, 4, n);
    const double *exact = push_weights(L, score, n, keep, 5);
    float *weight = lua_newuserdatauv(L, (size_t)(n + e) * sizeof *weight, 0), *out = weight + n;
    for (int64_t j = 0; j < n; j++) weight[j] = (float)exact[j];
    sandbox_charge(L, n * e);
    score_mix(weight, keep, value, e, out);
    if (flat) return lua_pushnumber(L, (double)out[0]), 1;
    lua_createtable(L, e, 0);
    for (int c = 0; c < e; c++) {
        lua_pushnumber(L, (double)out[c]);
        lua_rawseti(L, -2, c + 1);
    }
    return 1;
}

void content_open_metatables(lua_State *L)
{
    value_metatable(L, SCRIPT_CONTENT);
    lua_pushcfunction(L, content_done);
    lua_setfield(L, -2, "__gc");
    lua_pop(L, 1);
}

/* clang-format off */
static const Binding table[] = {
    {{"at.words", "{ text = or seed =, n = }",
      "Words as content: a text, or n dealt from a seed (n: else the figure's). Each distinct "
      "word has its own vectors.",
      "P.topk { k = 2 }:at { n = 8, content = at.words { seed = 7 } }:count(7) --> 2"}, at_words},
    {{"at.toy", "{ kind =, seed =, d = }",
      "A toy problem as content: local, needle, clusters, repeats, sink or flat.",
      "P.topk { k = 2 }:at { n = 8, content = at.toy { kind = \"local\" } }:count(7) --> 2"}, at_toy},
    {{"at.scores", "{ score, ... }",
      "One row, the last, given by its scaled scores.",
      "P.topk { k = 2 }:at { content = at.scores { 2, 1, 0, -1 } }:row(3) --> 0-1"}, at_scores},
    {{"at.softmax", "(scores, keep, sink)",
      "Weights of scores over the keys of keep (all without it), 0 elsewhere; a sink is one "
      "score more in the denominator.",
      "(\"%.4f\"):format(at.softmax({ 2, 1, 0, -1 }, at.set { 0, 1 })[1]) --> 0.7311"}, at_softmax},
    {{"at.attend", "{ scores =, v =, keep =, sink = }",
      "The output of one row: the values mixed by those weights; a number where the values are "
      "numbers.",
      "at.attend { scores = { 0, 0 }, v = { 1, 3 } } --> 2.0"}, at_attend},
};
/* clang-format on */
BINDINGS(bindings_content, table);
