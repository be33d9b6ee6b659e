/* pattern.h - an expression bound to n tokens, a background and content: the sets G_i.
 *
 * The one value that counts, pictures, costs and questions ask. A row is computed, not stored: it
 * costs runs, not keys, and a positional pattern needs no memory that grows with n. Content atoms
 * keep what they chose when the pattern was made.
 *
 * A Pattern holds rooms for the sets in between, so one Pattern serves one thread at a time.
 * The recipe is copied; the problem is borrowed until pattern_free. */
#ifndef ENGINE_PATTERN_H
#define ENGINE_PATTERN_H

#include "engine/mechanism.h"

typedef struct Pattern Pattern;

/* n from 1 to 2^31-1; content is NULL for positional patterns (STATUS_CONTENT otherwise, naming the
 * atom, its column and what it reads), else its n is this n. */
Status pattern_new(const Recipe *recipe, int64_t n, Background background, const Problem *content,
                   Pattern **out, Why *why) MUST_USE;
void   pattern_free(Pattern *p);

int64_t       pattern_n(const Pattern *p);
Background    pattern_background(const Pattern *p);
const Recipe *pattern_recipe(const Pattern *p); /* borrowed */

Status  pattern_row(const Pattern *p, int64_t i, Runs *out) MUST_USE; /* G_i, 0 <= i < n */
Status  pattern_count(const Pattern *p, int64_t i, int64_t *out) MUST_USE; /* |G_i| */
Status  pattern_has(const Pattern *p, int64_t i, int64_t j, bool *out) MUST_USE;
Status  pattern_total(const Pattern *p, int64_t *out) MUST_USE; /* sum of |G_i| */
Status  pattern_max_row(const Pattern *p, int64_t *out) MUST_USE; /* largest |G_i| */
/* The queries that read key j. */
Status  pattern_column(const Pattern *p, int64_t j, Runs *out) MUST_USE;
int64_t pattern_allowed(int64_t n, Background background); /* cells: n(n+1)/2 or n*n */
int64_t pattern_allowed_row(const Pattern *p, int64_t i);  /* i+1 or n */
/* total / allowed; in the causal background of n(n+1)/2 cells. */
Status pattern_density(const Pattern *p, double *out) MUST_USE;

/* Blocks of k_rows queries and k_columns keys each, row by row from query i0 and key j0 on. What lies
 * past n is empty. */
typedef struct {
    int64_t i0, k_rows, j0, k_columns;
    int     rows, columns;
} BlockGrid;

/* How many cells of the pattern each block holds: counts[row * columns + column], exact. From the
 * rule: never n*n, and for most expressions far less than n (pattern_block.c says what it costs). */
Status pattern_block_counts(const Pattern *p, BlockGrid grid, int64_t *counts) MUST_USE;

/* The class, computed from the atoms: recipe_class of the expression alone; pattern_class of the
 * bound one, where a hybrid whose guaranteed part is empty in every row is content. */
Class recipe_class(const Recipe *recipe);
Class pattern_class(const Pattern *p);
/* What decides the class: "topk reads scores", "window uses positions only". As snprintf. */
size_t recipe_class_why(const Recipe *recipe, char *out, size_t size);

/* The picture in words, from the rule: "band of width 4 plus the first 2 columns; rows grow until
 * query 5, then stay at 6 keys". recipe_describe is the part before the semicolon. As snprintf. */
size_t recipe_describe(const Recipe *recipe, char *out, size_t size);
size_t pattern_describe(const Pattern *p, char *out, size_t size);
/* The closed form of |G_i| in the causal background, with the numbers put in: "min(4, i+1)"; empty
 * where there is none. As snprintf. */
size_t recipe_formula(const Recipe *recipe, char *out, size_t size);

#endif
