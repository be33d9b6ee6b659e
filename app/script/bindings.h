/* bindings.h - every function that a lesson sees, in tables: name, arguments, sentence, example,
 * and what it calls. The manual, the file for editors and the list of globals are made from them.
 *
 * A name says where it stands: "at.slider" in the module, "recipe:at" among the methods of a kind,
 * "P.parse" in at.pattern. An example is Lua; behind ` --> ` stands what it must give as text. */
#ifndef APP_SCRIPT_BINDINGS_H
#define APP_SCRIPT_BINDINGS_H

#include "app/script/values.h"

typedef struct {
    ScriptEntry   entry;
    lua_CFunction call; /* NULL: a value or a family, put in place by other code */
} Binding;

typedef struct {
    const Binding *binding;
    int            count;
} Bindings;

extern const Bindings bindings_parts;   /* at.lesson, at.page, at.figure, the questions */
extern const Bindings bindings_recipe;  /* P.parse, methods of expressions */
extern const Bindings bindings_bound;   /* methods of bound patterns */
extern const Bindings bindings_set;     /* at.set and its methods */
extern const Bindings bindings_content; /* at.words, at.toy, at.scores, at.softmax, at.attend */
extern const Bindings bindings_chance;  /* rng */

#define BINDINGS(name, table) const Bindings name = {table, (int)(sizeof table / sizeof table[0])}

/* Pushes P: a function for every atom and design of the catalogue, without P.parse. */
void recipe_push_catalogue(lua_State *L);
/* Metamethods that the kinds need besides their methods. */
void recipe_open_metatables(lua_State *L);
void bound_open_metatables(lua_State *L);
typedef struct {
    int64_t        n;
    Background     background;
    const Content *content; /* NULL: none */
} Bind;
/* Pushes a bound pattern, whole only if the status is OK. */
Status bound_push(lua_State *L, const Recipe *recipe, const Bind *bind, Why *why) MUST_USE;
int    bound_make(lua_State *L); /* recipe:at */
void   set_open_metatables(lua_State *L);
void   parts_open_metatables(lua_State *L);
void   content_open_metatables(lua_State *L);
/* Pushes the metatable of a kind, made at first. */
void value_metatable(lua_State *L, ScriptKind kind);

/* Whether an atom or design has that name. */
bool entries_find_mechanism(const char *name);

/* Reads a set from the value at an index: a set, or a list as at.set takes it. */
void set_read(lua_State *L, int index, Runs *out);
/* The problem that a content is for n tokens: what the figure over it shows at first. */
Status content_problem(const Content *content, int64_t n, Problem *out, Why *why) MUST_USE;
/* How many tokens a content brings by itself; 0 if it takes any number. */
int64_t content_tokens(lua_State *L, const Content *content);
void content_copy(lua_State *L, const Content *from, Content *to); /* to must be zeroed and owned */

#endif
