/* operand.h - an expression cut at its unions into operands that can be asked as a whole.
 *
 *      sink(s=1) | window(w=4) | block(b=8) & stride(s=2)
 *      by key      by distance   row by row
 *
 * Whether (i, j) belongs to an operand is decided by the distance i - j alone, by the key j alone,
 * or in some other way. The first two are held as one set each; only the third is asked row by
 * row. The background full (and past, where it is causal) fits to either side. What holds of a
 * union holds of the union of its operands, so long as it is a question of "some query reads it".
 *
 * The Operands borrow the pattern; operands_done frees the rest. */
#ifndef ENGINE_OPERAND_H
#define ENGINE_OPERAND_H

#include "engine/bound.h"

typedef enum { OPERAND_DISTANCE, OPERAND_KEY, OPERAND_ROW } OperandKind;

typedef struct {
    OperandKind kind;
    int         node; /* where the operand ends in the expression */
    /* By distance: i - j from 0 on, and j - i from 1 on (bidirectional only). By key: the keys. */
    Runs set, ahead;
} Operand;

typedef struct {
    const Pattern *p;
    Part           part;
    Operand       *operand;
    int            operands;
} Operands;

/* Longest computation that is begun: runs of rows written, each some nanoseconds. */
#define OPERAND_STEPS INT64_C(4294967296)

/* part: which part of each row (bound.h). STATUS_LIMIT where rows would have to be written one by
 * one and hold more than OPERAND_STEPS runs in all, estimated from a sample; the sentence says how
 * many. */
Status operands_new(const Pattern *p, Part part, Operands *out, Why *why) MUST_USE;
void   operands_done(Operands *o);

/* Row i of an operand of the third kind. */
Status operand_row(const Operands *o, const Operand *operand, int64_t i, Runs *out) MUST_USE;
/* Queries i .. until-1 have the same row but for what the background cuts off: in the causal one
 * each holds the rows before it. At most n. */
int64_t operand_until(const Operands *o, const Operand *operand, int64_t i);

#endif
