/* session_undo.c - taking back sliders and drafts, and doing them again. */
#include "app/tutor/session_inner.h"

#include <stdlib.h>

void session_remember_slider(Session *s, int slider, double was)
{
    undo_remember(&s->undo, (UndoStep){.kind = UNDO_SLIDER, .of = session_lab(s), .index = slider, .value = was});
}

void session_remember_box(Session *s)
{
    int   box = s->player.box;
    char *text = text_copy(text_string(&s->player.answer.box[box].text));
    if (text) undo_remember(&s->undo, (UndoStep){.kind = UNDO_TEXT, .index = box, .text = text});
}

void session_remember_pick(Session *s)
{
    int item = s->player.item;
    undo_remember(&s->undo, (UndoStep){.kind = UNDO_PICK, .index = item, .value = s->player.answer.pick[item]});
}

/* The draft is an answer now: it stays. */
void session_forget_drafts(Session *s)
{
    undo_forget(&s->undo, UNDO_TEXT);
    undo_forget(&s->undo, UNDO_PICK);
}

/* Each puts back what a step holds and leaves in it what stood there. false: it can't. */

static bool swap_slider(Session *s, UndoStep *step)
{
    Lab *lab = session_lab(s);
    bool changed = false;
    Why  why = {0};
    if (!lab || lab != step->of) return false;
    double was = lab->value[step->index];
    if (lab_slide(lab, step->index, step->value, &changed, &why) != STATUS_OK) return false;
    step->value = was;
    lab->slider = step->index;
    return changed;
}

static bool swap_text(Session *s, UndoStep *step)
{
    Player *p = &s->player;
    if (!session_answers(s) || step->index >= p->answer.boxes) return false;
    Field *field = &p->answer.box[step->index];
    char  *was = text_copy(text_string(&field->text));
    if (!was) return false;
    field_set(field, step->text);
    free(step->text);
    step->text = was;
    p->box = step->index;
    p->stale = false;
    Lab *lab = session_lab(s);
    if (lab && lab->painting && field->text.len == 0) runs_clear(&lab->paint);
    player_read(p);
    return true;
}

static bool swap_pick(Session *s, UndoStep *step)
{
    Player *p = &s->player;
    if (!session_answers(s) || step->index >= p->answer.picks) return false;
    int was = p->answer.pick[step->index];
    p->answer.pick[step->index] = (int)step->value;
    step->value = was;
    session_item(s, step->index);
    p->stale = false;
    player_read(p);
    return true;
}

static bool swap_step(Session *s, UndoStep *step)
{
    switch (step->kind) {
    case UNDO_SLIDER:
        return swap_slider(s, step);
    case UNDO_TEXT:
        return swap_text(s, step);
    case UNDO_PICK:
        return swap_pick(s, step);
    }
    return false;
}

void session_undo(Session *s, bool again)
{
    UndoStack *from = again ? &s->undo.forth : &s->undo.back, *to = again ? &s->undo.back : &s->undo.forth;
    UndoStep   step;
    while (undo_pop(from, &step)) {
        if (!swap_step(s, &step)) {
            free(step.text);
            continue;
        }
        undo_push(to, step);
        s->dirty = true;
        return;
    }
}
