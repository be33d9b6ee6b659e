/* listed.h - the positions that a list of the language names.
 *
 * A negative item counts from the end (-1 is the last), what lies outside is ignored. With b > 1
 * an item is a block of b positions, and -1 is the last block, which may be short. */
#ifndef ENGINE_LISTED_H
#define ENGINE_LISTED_H

#include "engine/recipe.h"
#include "engine/runs.h"

/* list: its items are ranges in ascending order. Adds what is below n to out, empty at first. */
Status listed_positions(const Value *list, int64_t n, int64_t b, Runs *out) MUST_USE;

/* The whole numbers of a list in their order, the ranges in it written out. */
typedef struct {
    const Value *list;
    int          item; /* of the list */
    int64_t      at;   /* members of that item read so far */
} Listed;

Listed listed_begin(const Value *list);
bool   listed_next(Listed *walk, int64_t *out); /* false at the end */
/* How many there are; the most that an int64_t holds if there are more. */
int64_t listed_size(const Value *list);

#endif
