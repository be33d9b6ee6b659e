/* undo.h - what a learner changed on the open page, to be taken back and done again: sliders, drafts.
 *
 *      w 4 -> 5 -> 6    back: [w was 4] [w was 5]    undo: w 5    forth: [w was 6]
 *
 * A step holds the value before a change; going back swaps it with the present one. The steps belong
 * to one page and are forgotten with it; of an answer that was submitted none is kept. An Undo owns
 * its texts and keeps the last UNDO_STEPS. */
#ifndef APP_TUTOR_UNDO_H
#define APP_TUTOR_UNDO_H

#include <stdbool.h>

enum { UNDO_STEPS = 100 };

typedef enum { UNDO_SLIDER, UNDO_TEXT, UNDO_PICK } UndoKind;

typedef struct {
    UndoKind    kind;
    const void *of;    /* UNDO_SLIDER: its lab, compared only */
    int         index; /* slider, box, item */
    double      value; /* slider's value; UNDO_PICK: option */
    char       *text;  /* UNDO_TEXT: owned */
} UndoStep;

typedef struct {
    UndoStep step[UNDO_STEPS];
    int      steps;
} UndoStack;

typedef struct {
    UndoStack back, forth;
} Undo; /* {0} is empty */

void undo_done(Undo *u);                 /* forgets all */
void undo_forget(Undo *u, UndoKind kind); /* all steps of a kind */
void undo_push(UndoStack *s, UndoStep step); /* takes the text over; the oldest goes if it is full */
bool undo_pop(UndoStack *s, UndoStep *out);  /* the text is the caller's */
/* A change is about to be made: step holds what was. What could be done again can no longer. */
void undo_remember(Undo *u, UndoStep step);

#endif
