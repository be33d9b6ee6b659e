#include "app/tutor/undo.h"

#include <stdlib.h>
#include <string.h>

static void stack_clear(UndoStack *s)
{
    while (s->steps > 0) free(s->step[--s->steps].text);
}

void undo_done(Undo *u)
{
    stack_clear(&u->back);
    stack_clear(&u->forth);
}

static void stack_forget(UndoStack *s, UndoKind kind)
{
    int kept = 0;
    for (int k = 0; k < s->steps; k++) {
        if (s->step[k].kind == kind) free(s->step[k].text);
        else s->step[kept++] = s->step[k];
    }
    s->steps = kept;
}

void undo_forget(Undo *u, UndoKind kind)
{
    stack_forget(&u->back, kind);
    stack_forget(&u->forth, kind);
}

void undo_push(UndoStack *s, UndoStep step)
{
    if (s->steps == UNDO_STEPS) {
        free(s->step[0].text);
        memmove(s->step, s->step + 1, (UNDO_STEPS - 1) * sizeof *s->step);
        s->steps--;
    }
    s->step[s->steps++] = step;
}

bool undo_pop(UndoStack *s, UndoStep *out)
{
    if (s->steps == 0) return false;
    *out = s->step[--s->steps];
    return true;
}

void undo_remember(Undo *u, UndoStep step)
{
    stack_clear(&u->forth);
    undo_push(&u->back, step);
}
