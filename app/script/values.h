/* values.h - the values that lessons hold: expressions, bound patterns, sets, chance, content,
 * sliders, and the parts of a lesson before they are checked.
 *
 * Each is a Lua userdata with a metatable of its own; what it owns outside Lua is counted against
 * the lesson's memory and freed by the collector. Functions here raise Lua errors. */
#ifndef APP_SCRIPT_VALUES_H
#define APP_SCRIPT_VALUES_H

#include "app/script/script.h"
#include "engine/pattern.h"
#include "engine/rng.h"

#include <lua.h>

/* kind, name for people */
#define VALUE_LIST_OF_KINDS(X)                                                                     \
    X(RECIPE, "recipe")                                                                            \
    X(BOUND, "pattern")                                                                            \
    X(SET, "set")                                                                                  \
    X(RNG, "rng")                                                                                  \
    X(CONTENT, "content")                                                                          \
    X(SLIDER, "slider")                                                                            \
    X(OPTIONS, "options")                                                                          \
    X(NODE, "part")                                                                                \
    X(VALUES, "values")

typedef enum {
#define SCRIPT_KIND(name, word) SCRIPT_##name,
    VALUE_LIST_OF_KINDS(SCRIPT_KIND)
#undef SCRIPT_KIND
        SCRIPT_KINDS
} ScriptKind;

/* A place of an expression that a slider moves. */
typedef struct {
    int place,
        slider; /* slider: index into the list of sliders, user value 1 of the recipe, from 1 */
} Mark;

typedef struct {
    Recipe recipe;
    Mark  *mark;
    int    marks;
    size_t reserved;
} ScriptRecipe;

/* User values: 1 the recipe it came from, 2 the content or nil. */
typedef struct {
    Pattern *pattern;
    Pattern *dense;   /* of the same background; NULL without content */
    Problem  problem; /* n 0: no content */
    size_t   reserved;
} ScriptBound;

typedef struct {
    Runs   runs;
    size_t reserved;
} ScriptSet;

typedef struct {
    Rng      rng;
    uint64_t seed;
} ScriptRng;

typedef struct {
    Content content;
} ScriptContent;

/* User value 1: the label or nil. */
typedef struct {
    double min, max, start;
} ScriptSlider;

/* A list of engine values being read, freed by the collector. */
typedef struct {
    Value *value;
    int    values;
} ScriptValues;

/* kind, constructor, what it holds: user value 1 the table or text or function, 2 the id */
#define NODE_LIST(X)                                                                               \
    X(LESSON, "at.lesson")                                                                         \
    X(PAGE, "at.page")                                                                             \
    X(ASK, "at.ask")                                                                               \
    X(FIGURE, "at.figure")                                                                         \
    X(REVEAL, "at.reveal")                                                                         \
    X(NOTES, "at.notes")                                                                           \
    X(CLASSIFY, "at.classify")                                                                     \
    X(INTEGER, "at.integer")                                                                       \
    X(NUMBER, "at.number")                                                                         \
    X(INDICES, "at.indices")                                                                       \
    X(CHOICE, "at.choice")

typedef enum {
#define NODE_KIND(name, word) NODE_##name,
    NODE_LIST(NODE_KIND)
#undef NODE_KIND
} NodeKind;

typedef struct {
    NodeKind kind;
    int      line;
    char     file[256];
} ScriptNode;

const char *node_word(NodeKind kind);
const char *script_kind_word(ScriptKind kind);

/* NULL if the value at the index is of another kind. */
void *value_test(lua_State *L, int index, ScriptKind kind);
/* The method's own value at index 1; raises "call set:add with a colon" otherwise. */
void *value_self(lua_State *L, ScriptKind kind);
/* Pushes a zeroed value of a kind. */
void *value_push(lua_State *L, ScriptKind kind, size_t size, int user_values);
/* Pushes the text of any value, without addresses. */
void value_push_text(lua_State *L, int index);
/* Words for what the value at an index is: "nil", "number", "set". */
const char *value_name(lua_State *L, int index);
/* The same with its article, "nothing" for nil; for errors: the text stays on the stack. */
const char *value_an(lua_State *L, int index);

/* Bytes that a recipe holds. */
size_t value_recipe_bytes(const Recipe *r);

ScriptSet *value_push_set(lua_State *L);                 /* an empty one, to be filled */
void       value_filled_set(lua_State *L, ScriptSet *s); /* after its runs grew: memory and steps */
void       value_push_rng(lua_State *L, uint64_t seed);

/* Raises if status is not OK. */
void value_check(lua_State *L, Status status, const Why *why);
/* The integer that the value at an index is (3.0 too); false if it is none. */
bool value_integer(lua_State *L, int index, int64_t *out);
/* An argument that must be an integer min .. max; name for the message. */
int64_t value_integer_argument(lua_State *L, int index, const char *name, int64_t min, int64_t max);
/* A malloc'd copy of a text; raises if there is no memory or it holds a NUL. */
char *value_copy_text(lua_State *L, const char *text);

/* Pushes the table that `require "attend"` gives (entries.c). */
void value_open(lua_State *L);

#endif
