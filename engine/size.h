/* size.h - how many keys a row has, by the closed form alone: content need not be there. */
#ifndef ENGINE_SIZE_H
#define ENGINE_SIZE_H

#include "engine/recipe.h"

/* The value of a closed form as recipe_formula writes it ("min(4, i+1)") for query i; false where
 * it can't be read: it is no closed form. Whole numbers, floor of every quotient. */
bool formula_value(const char *formula, int64_t i, int64_t *out);

/* Of one row. */
typedef struct {
    int64_t keys;
    bool    exact; /* else the most there can be: content decides how many */
} Size;

/* |G_i| of the causal background of any expression; of a text of n tokens, i < n. Where content
 * decides it, the most: of a union the sum of both sides, of an intersection the smaller one, of a
 * difference the left one, never more than i+1. The maker holds what is needed for many rows. */
typedef struct SizeMaker SizeMaker;
Status size_new(const Recipe *recipe, int64_t n, SizeMaker **out, Why *why) MUST_USE;
void   size_free(SizeMaker *m);
Status size_of(const SizeMaker *m, int64_t i, Size *out) MUST_USE;

#endif
