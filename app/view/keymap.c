#include "app/view/keymap_rows.h"

#include <stdio.h>
#include <string.h>

#define CTRL(letter) ((letter) - 'A' + 1)

/* Rows of one action stand together; within a context the first key of an action is the one that
 * texts and hints show. */
static const KeyRow ROWS[] = {
    /* lists */
    {IN_HOME, ON_LIST, {KEY_ENTER_}, 0, ACTION_SUBMIT, 10, NULL, "open"},
    {IN_HELP, ON_LIST, {KEY_ENTER_}, 0, ACTION_SUBMIT, 10, NULL, "do it"},
    {IN_HOME | IN_HELP, ON_LIST, {KEY_UP_}, 0, ACTION_UP, 20, "up/down", "choose"},
    {IN_HOME | IN_HELP, ON_LIST, {KEY_DOWN_}, 0, ACTION_DOWN, 0, NULL, NULL},
    {IN_HOME | IN_HELP, ON_LIST, {KEY_HOME_}, 0, ACTION_FIRST, 0, NULL, NULL},
    {IN_HOME | IN_HELP, ON_LIST, {KEY_END_}, 0, ACTION_LAST, 0, NULL, NULL},
    /* pages */
    {IN_PAGE, ON_PANE, {' ', KEY_PAGE_DOWN_, 'n'}, 0, ACTION_NEXT, 10, NULL, "next"},
    {IN_ASK, ON_PANE, {' ', KEY_PAGE_DOWN_, 'n'}, 0, ACTION_NEXT, 60, NULL, "next"},
    {IN_ASK, ON_FIELD, {KEY_PAGE_DOWN_}, 0, ACTION_NEXT, 0, NULL, "next"},
    {IN_LESSON, ON_PANE, {KEY_BACKSPACE_, KEY_PAGE_UP_, 'p'}, 0, ACTION_BACK, 88, NULL, "back"},
    {IN_ASK, ON_FIELD, {KEY_PAGE_UP_}, 0, ACTION_BACK, 0, NULL, "back"},
    /* answers */
    {IN_ASK, ON_OPTIONS | ON_FIELD, {KEY_ENTER_}, 0, ACTION_SUBMIT, 10, NULL, "submit"},
    {IN_ASK, ON_TEXT | ON_CONTROLS, {KEY_ENTER_}, 0, ACTION_SUBMIT, 12, NULL, "submit"},
    {IN_ASK | IN_FIGURE_ASK, ON_MATRIX, {KEY_ENTER_}, 0, ACTION_SUBMIT, 27, NULL, "submit"},
    {IN_PAGE | IN_FIGURE, ON_MATRIX, {KEY_ENTER_}, 0, ACTION_SUBMIT, 58, NULL, "pin"},
    {IN_PAGE, ON_TEXT | ON_CONTROLS, {KEY_ENTER_}, 0, ACTION_SUBMIT, 0, NULL, "next"},
    {IN_PICK, ON_PANE, {'1'}, '9', ACTION_CHOOSE, 15, NULL, "choose"},
    {IN_TYPED, ON_PANE, {'0'}, '9', ACTION_TYPE, 0, NULL, NULL},
    {IN_PAGE | IN_FIGURES, ON_PANE, {'1'}, '4', ACTION_VIEW, 62, NULL, "view"},
    {IN_PAGE | IN_FIGURES, ON_PANE, {'8'}, '8', ACTION_VIEW, 0, NULL, "view"},
    /* the figure's probes come before moving about: they are what a question asks for */
    {IN_LIVE, ON_PANE, {'s'}, 0, ACTION_SHUFFLE, 25, NULL, "shuffle"},
    {IN_LIVE, ON_PANE, {']'}, 0, ACTION_LONGER, 26, NULL, "longer"},
    {IN_LIVE, ON_PANE, {'['}, 0, ACTION_SHORTER, 54, NULL, "shorter"},
    /* moving */
    {IN_LESSON, ON_MATRIX, {KEY_UP_}, 0, ACTION_UP, 24, "arrows", "cell"},
    {IN_FIGURES, ON_MATRIX, {KEY_UP_}, 0, ACTION_UP, 10, "arrows", "cell"},
    {IN_LIVE, ON_MATRIX, {KEY_DOWN_}, 0, ACTION_DOWN, 0, NULL, NULL},
    {IN_LIVE, ON_MATRIX, {KEY_LEFT_}, 0, ACTION_LEFT, 0, NULL, NULL},
    {IN_LIVE, ON_MATRIX, {KEY_RIGHT_}, 0, ACTION_RIGHT, 0, NULL, NULL},
    {IN_LIVE, ON_OPTIONS, {KEY_UP_}, 0, ACTION_UP, 61, "up/down", "choose"},
    {IN_LIVE, ON_OPTIONS, {KEY_DOWN_}, 0, ACTION_DOWN, 0, NULL, NULL},
    {IN_LIVE, ON_OPTIONS, {KEY_LEFT_}, 0, ACTION_LEFT, 30, "left/right", "another item"},
    {IN_LIVE, ON_OPTIONS, {KEY_RIGHT_}, 0, ACTION_RIGHT, 0, NULL, NULL},
    {IN_LIVE, ON_TEXT, {KEY_UP_}, 0, ACTION_UP, 40, "up/down", "scroll"},
    {IN_LIVE, ON_TEXT, {KEY_DOWN_}, 0, ACTION_DOWN, 0, NULL, NULL},
    {IN_LIVE, ON_CONTROLS, {KEY_UP_}, 0, ACTION_UP, 40, "up/down", "slider"},
    {IN_LIVE, ON_CONTROLS, {KEY_DOWN_}, 0, ACTION_DOWN, 0, NULL, NULL},
    {IN_LIVE, ON_PANE, {KEY_HOME_}, 0, ACTION_FIRST, 0, NULL, NULL},
    {IN_LIVE, ON_PANE, {KEY_END_}, 0, ACTION_LAST, 0, NULL, NULL},
    {IN_ASK, ON_FIELD, {KEY_UP_}, 0, ACTION_UP, 30, "up/down", "other box"},
    {IN_ASK, ON_FIELD, {KEY_DOWN_}, 0, ACTION_DOWN, 0, NULL, NULL},
    {IN_ASK, ON_FIELD, {KEY_LEFT_}, 0, ACTION_LEFT, 0, NULL, NULL},
    {IN_ASK, ON_FIELD, {KEY_RIGHT_}, 0, ACTION_RIGHT, 0, NULL, NULL},
    {IN_ASK, ON_FIELD, {KEY_HOME_}, 0, ACTION_FIRST, 0, NULL, NULL},
    {IN_ASK, ON_FIELD, {KEY_END_}, 0, ACTION_LAST, 0, NULL, NULL},
    {IN_ASK, ON_FIELD, {KEY_BACKSPACE_}, 0, ACTION_ERASE, 0, NULL, NULL},
    {IN_ASK, ON_FIELD, {KEY_DELETE_}, 0, ACTION_DELETE, 0, NULL, NULL},
    {IN_ASK | IN_FIGURE_ASK, ON_MATRIX, {'='}, 0, ACTION_PAINT, 28, NULL, "paint a run"},
    /* panes and sliders */
    {IN_PAGE, ON_LESSON, {KEY_TAB_}, 0, ACTION_PANE, 20, NULL, "pane"},
    {IN_ASK, ON_LESSON, {KEY_TAB_}, 0, ACTION_PANE, 35, NULL, "pane"},
    {IN_FIGURES, ON_LESSON, {KEY_TAB_}, 0, ACTION_PANE, 52, NULL, "pane"},
    {IN_LIVE, ON_LESSON, {KEY_BACKTAB_}, 0, ACTION_PANE_BACK, 0, NULL, NULL},
    {IN_LIVE, ON_MATRIX | ON_TEXT | ON_OPTIONS, {','}, 0, ACTION_LESS, 22, NULL, "less"},
    {IN_LIVE, ON_CONTROLS, {',', KEY_LEFT_}, 0, ACTION_LESS, 22, NULL, "less"},
    {IN_LIVE, ON_MATRIX | ON_TEXT | ON_OPTIONS, {'.'}, 0, ACTION_MORE, 23, NULL, "more"},
    {IN_LIVE, ON_CONTROLS, {'.', KEY_RIGHT_}, 0, ACTION_MORE, 23, NULL, "more"},
    {IN_LIVE, ON_PANE, {'<'}, 0, ACTION_LESS_FAR, 0, NULL, NULL},
    {IN_LIVE, ON_PANE, {'>'}, 0, ACTION_MORE_FAR, 0, NULL, NULL},
    /* a question's help */
    {IN_ASK, ON_PANE, {'h'}, 0, ACTION_HINT, 45, NULL, "hint"},
    {IN_ASK, ON_PANE, {'v'}, 0, ACTION_VARIANT, 46, NULL, "new variant"},
    {IN_LESSON, ON_PANE, {'k'}, 0, ACTION_SKIP, 80, NULL, "skip"},
    {IN_LESSON, ON_PANE, {'K'}, 0, ACTION_UNSKIP, 81, NULL, "unskip"},
    /* the figure's looks */
    {IN_LIVE, ON_PANE, {'d'}, 0, ACTION_DIFFERENCE, 55, NULL, "difference"},
    {IN_LIVE, ON_PANE, {'c'}, 0, ACTION_COLUMN, 56, NULL, "column"},
    {IN_LIVE, ON_PANE, {'z'}, 0, ACTION_SCALE, 63, NULL, "scale"},
    {IN_LESSON, ON_PANE, {'f'}, 0, ACTION_FIGURE, 57, NULL, "figure"},
    {IN_FIGURES, ON_PANE, {'f'}, 0, ACTION_FIGURE, 84, NULL, "back"},
    {IN_LIVE, ON_PANE, {'u'}, 0, ACTION_UNDO, 64, NULL, "undo"},
    {IN_LIVE, ON_LESSON, {CTRL('R')}, 0, ACTION_REDO, 65, NULL, "redo"},
    /* everywhere */
    {IN_HOME, ON_LIST, {'t'}, 0, ACTION_THEME, 80, NULL, "theme"},
    {IN_HELP | IN_LIVE, ON_PANE | ON_LIST, {'t'}, 0, ACTION_THEME, 0, NULL, "theme"},
    {IN_HOME | IN_LIVE, ON_PANE | ON_LIST, {'?', KEY_F1_}, 0, ACTION_HELP, 86, NULL, "help"},
    {IN_ASK, ON_FIELD, {KEY_F1_}, 0, ACTION_HELP, 0, NULL, "help"},
    {IN_ASK, ON_FIELD, {KEY_ESC_}, 0, ACTION_LEAVE, 0, NULL, NULL},
    {IN_LESSON, ON_PANE, {'q', KEY_ESC_}, 0, ACTION_CLOSE, 59, NULL, "close"},
    {IN_FIGURES, ON_PANE, {'q', KEY_ESC_}, 0, ACTION_CLOSE, 0, NULL, "back"},
    {IN_HELP, ON_LIST, {'q', KEY_ESC_, '?'}, 0, ACTION_CLOSE, 90, NULL, "close"},
    {IN_HELP, ON_LIST, {KEY_F1_}, 0, ACTION_CLOSE, 0, NULL, "close"},
    {IN_HOME, ON_LIST, {'q', CTRL('C')}, 0, ACTION_QUIT, 90, NULL, "quit"},
    {IN_HELP | IN_LIVE, ON_ALL, {CTRL('C')}, 0, ACTION_QUIT, 0, NULL, "quit"},
    {IN_ALL, ON_ALL, {CTRL('L')}, 0, ACTION_REDRAW, 0, NULL, NULL},
    {IN_ALL, ON_ALL, {CTRL('Z')}, 0, ACTION_SUSPEND, 0, NULL, NULL},
};

int keymap_rows(void)
{
    return (int)(sizeof ROWS / sizeof *ROWS);
}

const KeyRow *keymap_row(int k)
{
    return &ROWS[k];
}

bool keymap_holds(const KeyRow *row, unsigned in, unsigned on)
{
    return row->in & in && row->on & on;
}

static unsigned screen_bit(const Session *s)
{
    switch (s->screen) {
    case SCREEN_HOME:
        return IN_HOME;
    case SCREEN_PAGE:
        return IN_PAGE;
    case SCREEN_ASK:
        return player_typed(&s->player) ? IN_TYPED : IN_PICK;
    }
    return IN_HOME;
}

/* A field that takes no keys at the moment (answered, or left) is text like any other. */
static unsigned focus_bit(const Session *s, Focus focus)
{
    if (focus == FOCUS_FIELD && !session_in_field(s))
        focus = FOCUS_TEXT;
    return 1u << focus;
}

static void context_of(const Session *s, Layer layer, Focus focus, unsigned *in, unsigned *on)
{
    *in = screen_bit(s);
    if (layer == LAYER_HELP)
        *in = IN_HELP;
    if (layer == LAYER_FIGURE)
        *in = s->screen == SCREEN_ASK ? IN_FIGURE_ASK : IN_FIGURE;
    *on = layer == LAYER_HELP ? ON_LIST : focus_bit(s, focus);
}

void keymap_context(const Session *s, unsigned *in, unsigned *on)
{
    context_of(s, s->layer, s->focus, in, on);
}

static bool row_has(const KeyRow *row, Key key)
{
    if (row->end)
        return key >= row->key[0] && key <= row->end;
    return key && (row->key[0] == key || row->key[1] == key || row->key[2] == key);
}

static Action row_action(const KeyRow *row, Key key)
{
    Action a = action_make(row->action);
    if (row->action == ACTION_TYPE)
        a.number = key;
    else if (row->action == ACTION_VIEW)
        a.number = key - '0';
    else if (row->end)
        a.number = key - row->key[0] + 1;
    return a;
}

/* What Enter does in help: the entry under the cursor. */
static Action help_action(const Session *s)
{
    KeymapEntry e;
    if (!keymap_entry(s, s->help, &e))
        return action_make(ACTION_NONE);
    Action a = action_make(e.action);
    a.number = 1;
    return a;
}

/* A screen too small to show anything: q leaves, nothing is done unseen. */
static Action unseen_action(Key key)
{
    if (key == 'q' || key == KEY_ESC_ || key == CTRL('C'))
        return action_make(ACTION_QUIT);
    return action_make(key == CTRL('Z') ? ACTION_SUSPEND : key == CTRL('L') ? ACTION_REDRAW : ACTION_NONE);
}

Action keymap_action(const Session *s, Key key)
{
    unsigned in, on;
    if (s->measure.text_rows < 0)
        return unseen_action(key);
    keymap_context(s, &in, &on);
    if (on == ON_FIELD && key_is_text(key)) {
        Action typed = action_make(ACTION_TYPE);
        typed.number = key;
        return typed;
    }
    for (int k = 0; k < keymap_rows(); k++)
        if (keymap_holds(&ROWS[k], in, on) && row_has(&ROWS[k], key))
            return in == IN_HELP && key == KEY_ENTER_ ? help_action(s) : row_action(&ROWS[k], key);
    return action_make(ACTION_NONE);
}

static bool share_key(const KeyRow *a, const KeyRow *b)
{
    for (int k = 0; k < 3; k++)
        if (a->key[k] && row_has(b, a->key[k]))
            return true;
    return a->end && b->end && a->key[0] <= b->end && b->key[0] <= a->end;
}

static bool takes_text(const KeyRow *row)
{
    for (int k = 0; k < 3; k++)
        if (row->key[k] && key_is_text(row->key[k]))
            return true;
    return false;
}

const char *keymap_valid(void)
{
    for (int a = 0; a < keymap_rows(); a++) {
        if (ROWS[a].on & ON_FIELD && takes_text(&ROWS[a]))
            return "a key that a field takes as text has an action there";
        for (int b = a + 1; b < keymap_rows(); b++)
            if (keymap_holds(&ROWS[a], ROWS[b].in, ROWS[b].on) &&
                (share_key(&ROWS[a], &ROWS[b]) || share_key(&ROWS[b], &ROWS[a])))
                return "a key has two actions in one context";
    }
    return NULL;
}
