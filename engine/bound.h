/* bound.h - what a Pattern is made of; for pattern.c, class.c and describe.c only. */
#ifndef ENGINE_BOUND_H
#define ENGINE_BOUND_H

#include "engine/pattern.h"

struct Pattern {
    Recipe         recipe; /* as it was given */
    Recipe         flat;   /* every design written out; the nodes below are those of flat */
    int64_t        n;
    Background     background;
    const Problem *content;
    Leaf          *leaf;  /* of node k, where it is a leaf */
    Pattern      **sure;  /* of node k, where it is a content atom with a guaranteed part: that part */
    int           *left;  /* of node k, where it is an operator: the last node of its left operand;
                             the right one ends at k - 1 */
    int            floors; /* of operators above one another */
    Runs          *room;  /* two for each floor of operators: left and right operand */
    int counted; /* a leaf whose rows may hold many runs and needn't be written to be counted,
                               joined to the rest by | alone, or an operand of the root; -1: none */
    Runs          *whole; /* one, for a row that is counted or looked into */
    int            prepared; /* leaves of the nodes before this one have their state */
};

/* What a node stands for in a row: the set itself, the part of it that no content can take away,
 * all that content could put in, what a cache must be ready for (as POSSIBLE, but of a decode policy
 * what it holds), or the set without the leaf that is counted beside it. */
typedef enum { PART_SET, PART_SURE, PART_POSSIBLE, PART_WANTED, PART_REST } Part;

/* The part of the right operand of a difference that gives this part of the whole: what is taken
 * away for sure is what may be there at most, and the other way round. */
Part bound_opposite(Part part);

Status bound_row(const Pattern *p, int node, int64_t i, Part part, int floor, Runs *out) MUST_USE;

/* pattern_block_counts from the rule alone: STATUS_LIMIT or STATUS_MEMORY where walking rows is
 * better. */
Status bound_blocks(const Pattern *p, BlockGrid grid, int64_t *counts) MUST_USE;

#endif
