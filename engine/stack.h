/* stack.h - the patterns of a model's layers, the lowest first.
 *
 *      stack   := layers { "," layers }
 *      layers  := [ count "x" ] expr | "(" stack ")" "to" count
 *
 *      24x window(w=4096), 8x full                    32 layers
 *      (5x window(w=1024), 1x full) to 34             the unit again and again, cut off at layer 34
 *      window(w=4096)                                 alone: every layer of whatever model
 *
 * An expression without a count is one layer, but alone it stands for every layer.
 * Equal expressions are held once. The caller owns a Stack; stack_done frees it. */
#ifndef ENGINE_STACK_H
#define ENGINE_STACK_H

#include "engine/recipe.h"

enum { STACK_LAYERS = 1024, STACK_NESTING = 64 };

/* As it was written, item after item; those of a unit stand behind it. */
typedef struct {
    bool unit;
    int layers; /* of an expression, 0: alone without a count; of a unit: up to how many */
    int items;  /* of a unit: items that are inside it, those of inner units too */
    int recipe; /* of an expression: its number */
} StackItem;

/* Layers of one expression that follow one another. */
typedef struct {
    int recipe, layers;
} StackRun;

typedef struct {
    Recipe    *recipe; /* different ones, in the order in which they are first used */
    int        recipes;
    StackItem *item;
    int        items;
    StackRun  *run; /* all layers, the lowest first */
    int        runs;
    int        layers; /* 0: one expression for every layer of a model */
} Stack;

Status stack_parse(const char *text, size_t len, Stack *out, Why *why) MUST_USE;
void   stack_done(Stack *s);
/* The canonical spelling, as snprintf; parsing it gives the same stack. */
size_t stack_print(const Stack *s, char *out, size_t size);

/* Gives a stack of every layer that many; another number than the stack has is STATUS_RANGE. */
Status stack_fit(Stack *s, int layers, Why *why) MUST_USE;
/* Layers that have expression k. */
int stack_count(const Stack *s, int k);

#endif
