/* keymap_text.c - the key map in words: hint line, help entries, {press:...}, manual. */
#include "app/view/keymap_rows.h"

#include "app/base/utf8.h"

#include <stdio.h>
#include <string.h>

/* The names on screens of the keys that lessons may name: a view borrows them while it wraps. */
const char *keymap_press(const char *action, const void *context)
{
    static const struct {
        Key         key;
        const char *name;
    } names[] = {
#define KEY_NAME(name, file, screen) {KEY_##name##_, screen},
        KEY_LIST(KEY_NAME)
#undef KEY_NAME
        {' ', "Space"}, {'L' - 'A' + 1, "Ctrl-L"}, {'Z' - 'A' + 1, "Ctrl-Z"}, {'C' - 'A' + 1, "Ctrl-C"},
        {',', ","}, {'.', "."}, {'<', "<"}, {'>', ">"}, {'[', "["}, {']', "]"}, {'=', "="}, {'?', "?"},
        {'1', "1"}, {'c', "c"}, {'d', "d"}, {'f', "f"}, {'h', "h"}, {'k', "k"}, {'K', "K"}, {'q', "q"}, {'s', "s"}, {'t', "t"}, {'u', "u"}, {'R' - 'A' + 1, "Ctrl-R"},
        {'v', "v"}, {'z', "z"}};
    (void)context;
    ActionKind kind;
    if (!action_find(action, &kind))
        return NULL;
    for (int k = 0; k < keymap_rows(); k++)
        if (keymap_row(k)->action == kind)
            for (unsigned n = 0; n < sizeof names / sizeof *names; n++)
                if (names[n].key == keymap_row(k)->key[0])
                    return names[n].name;
    return NULL;
}

/* A key with its hint: "Enter try again". */
typedef struct {
    char   at[64];
    size_t len;
} Shown;

static void hint_add(Shown *h, const char *string)
{
    size_t len = strlen(string);
    if (len > sizeof h->at - 1 - h->len)
        len = sizeof h->at - 1 - h->len;
    memcpy(h->at + h->len, string, len);
    h->len += len;
    h->at[h->len] = '\0';
}

static const char *show_word(const char *show, bool ascii)
{
    static const char *const arrow[][2] = {{"arrows", "↑↓←→"}, {"up/down", "↑↓"}, {"left/right", "←→"}};
    for (unsigned k = 0; k < sizeof arrow / sizeof *arrow; k++)
        if (!ascii && strcmp(show, arrow[k][0]) == 0)
            return arrow[k][1];
    return show;
}

/* How many keys of a range do something: the options of the question, the views. */
static int range_size(const Session *s, const KeyRow *row)
{
    const Question *q = s->player.question;
    int             all = (int)(row->end - row->key[0]) + 1;
    return row->action == ACTION_CHOOSE && q && q->options < all ? q->options : all;
}

static Shown hint_make(const Session *s, const KeyRow *row, bool ascii)
{
    Shown       h = {0};
    const char *word = row->show && row->label ? row->label : session_word(s, row->action);
    const Lab *lab = session_lab(s);
    bool       places = lab && lab->view == VIEW_COVERAGE && (s->focus == FOCUS_SPARSE || s->focus == FOCUS_OTHER);
    if (places && row->action == ACTION_UP)
        word = "rank, query";
    if (row->end) {
        char range[16];
        snprintf(range, sizeof range, "%c-%c", (char)row->key[0], (char)(row->key[0] + range_size(s, row) - 1));
        hint_add(&h, range);
    } else if (row->show) {
        hint_add(&h, show_word(row->show, ascii));
    } else {
        const char *press = keymap_press(action_name(row->action), NULL);
        hint_add(&h, press ? press : "");
    }
    hint_add(&h, " ");
    hint_add(&h, word ? word : row->label);
    return h;
}

static bool text_goes_on(const Session *s)
{
    return s->layer == LAYER_NONE && s->scroll + s->measure.text_rows < s->measure.text_lines;
}

/* What a question still requires of its figure comes first, then text that is not seen yet; nobody
 * skips what is right. */
static int order_of(const Session *s, const KeyRow *row)
{
    const Lab *lab = session_lab(s);
    unsigned   missing = s->screen == SCREEN_ASK && s->player.question && lab
                             ? s->player.question->require & ~lab->used : 0;
    if (s->player.state == ASK_RIGHT && s->player.question && row->action == ACTION_SKIP)
        return 0;
    if (missing & TOOL_SHUFFLE && row->action == ACTION_SHUFFLE)
        return 1;
    if (missing & TOOL_LONGER && row->action == ACTION_LONGER)
        return 2;
    if (row->action == ACTION_NEXT && text_goes_on(s))
        return 11;
    return row->order;
}

/* The next row of the context in order, after `order`; NULL at the end. */
static const KeyRow *hint_next(const Session *s, unsigned in, unsigned on, int *order)
{
    const KeyRow *best = NULL;
    int           least = 0;
    for (int k = 0; k < keymap_rows(); k++) {
        const KeyRow *row = keymap_row(k);
        int           o = row->order ? order_of(s, row) : 0;
        if (o > *order && keymap_holds(row, in, on) && (!best || o < least) && session_can(s, row->action)) {
            best = row;
            least = o;
        }
    }
    *order = least;
    return best;
}

static bool hint_fits(Text *out, const Shown *h, const char *before, int columns)
{
    int used = utf8_columns(text_string(out), out->len) + (int)strlen(before) + utf8_columns(h->at, h->len);
    if (used > columns)
        return false;
    text_add(out, before);
    text_add(out, h->at);
    return true;
}

/* Hints of one context; false once something did not fit. skip: the context whose hints stand there
 * already. */
static bool hints_add(const Session *s, unsigned in, unsigned on, unsigned skip, const char *lead, int columns,
                      bool ascii, Text *out)
{
    int           order = 0;
    const KeyRow *row;
    bool          first = true;
    while ((row = hint_next(s, in, on, &order))) {
        bool again = skip && (row->show || row->action == ACTION_SUBMIT || row->action == ACTION_PANE);
        if (row->action == ACTION_HELP || again)
            continue;
        Shown h = hint_make(s, row, ascii);
        if (!hint_fits(out, &h, first ? lead : "  ", columns))
            return false;
        first = false;
    }
    return true;
}

void keymap_hints(const Session *s, int columns, bool ascii, Text *out)
{
    unsigned in, on;
    keymap_context(s, &in, &on);
    text_clear(out);
    bool room = hints_add(s, in, on, 0, "", columns, ascii, out);
    if (on == ON_FIELD && room)
        hints_add(s, in, ON_TEXT, on, "  Esc, then: ", columns, ascii, out);
}

/* help */

/* The session as it is once help is closed. */
static Session below(const Session *s)
{
    Session without = *s;
    if (s->layer == LAYER_HELP) {
        without.layer = s->layer_below;
        without.focus = s->focus_help;
    }
    return without;
}

/* Is this row the first of its action in the context? */
static bool row_leads(int k, unsigned in, unsigned on)
{
    for (int before = 0; before < k; before++)
        if (keymap_row(before)->action == keymap_row(k)->action && keymap_holds(keymap_row(before), in, on))
            return false;
    return keymap_holds(keymap_row(k), in, on);
}

/* Actions that help tells as one entry, with the keys of all of them. */
static const struct {
    ActionKind  first, last;
    const char *help;
} groups[] = {{ACTION_UP, ACTION_RIGHT, "move the cursor, choose, scroll"}, {ACTION_FIRST, ACTION_LAST, "to the first, to the last"}};

enum { GROUPS = sizeof groups / sizeof *groups };

/* The group that an action belongs to, -1. */
static int group_of(ActionKind action)
{
    for (int g = 0; g < GROUPS; g++)
        if (action >= groups[g].first && action <= groups[g].last)
            return g;
    return -1;
}

static bool entry_holds(const Session *s, int k, unsigned in, unsigned on)
{
    ActionKind action = keymap_row(k)->action;
    int        group = group_of(action);
    if (group >= 0 && action != groups[group].first)
        return false;
    return action_name(action) && action != ACTION_HELP && row_leads(k, in, on) && session_can(s, action);
}

int keymap_entries(const Session *s)
{
    unsigned in, on;
    int      entries = 0;
    Session  b = below(s);
    keymap_context(&b, &in, &on);
    for (int k = 0; k < keymap_rows(); k++)
        entries += entry_holds(&b, k, in, on);
    return entries;
}

/* The name of a key on screens, as key_show has it. */
static void key_name(Key key, char out[16])
{
    static const struct {
        Key         key;
        const char *name;
    } named[] = {{' ', "Space"},
#define KEY_NAME(name, file, screen) {KEY_##name##_, screen},
                 KEY_LIST(KEY_NAME)
#undef KEY_NAME
    };
    for (unsigned k = 0; k < sizeof named / sizeof *named; k++)
        if (named[k].key == key) {
            snprintf(out, 16, "%s", named[k].name);
            return;
        }
    if (key < ' ')
        snprintf(out, 16, "Ctrl-%c", (char)(key + 'A' - 1));
    else
        snprintf(out, 16, "%c", (char)key);
}

/* The keys of a row, blanks between and before what stands there already. */
static void keys_add(const KeyRow *row, char *out, size_t size)
{
    char   name[16];
    size_t len = strlen(out);
    if (row->end > row->key[0]) {
        snprintf(out + len, size - len, "%s%c-%c", len ? " " : "", (char)row->key[0], (char)row->end);
        return;
    }
    for (int k = 0; k < 3 && row->key[k]; k++) {
        key_name(row->key[k], name);
        snprintf(out + len, size - len, "%s%s", len ? " " : "", name);
        len = strlen(out);
    }
}

/* All keys of an action, or of its group, in a context. */
static void entry_keys(ActionKind action, unsigned in, unsigned on, char *out, size_t size)
{
    int group = group_of(action);
    for (int k = 0; k < keymap_rows(); k++) {
        const KeyRow *row = keymap_row(k);
        bool          same = row->action == action || (group >= 0 && group_of(row->action) == group);
        if (same && keymap_holds(row, in, on))
            keys_add(row, out, size);
    }
}

bool keymap_entry(const Session *s, int k, KeymapEntry *out)
{
    unsigned in, on;
    Session  b = below(s);
    keymap_context(&b, &in, &on);
    for (int row = 0; row < keymap_rows(); row++)
        if (entry_holds(&b, row, in, on) && k-- == 0) {
            ActionKind action = keymap_row(row)->action;
            *out = (KeymapEntry){.action = action, .help = action_help(action)};
            if (group_of(action) >= 0)
                out->help = groups[group_of(action)].help;
            entry_keys(action, in, on, out->keys, sizeof out->keys);
            return true;
        }
    return false;
}

/* manual */

void keymap_manual(Text *out)
{
    static const struct {
        unsigned    in, on;
        const char *name;
    } context[] = {{IN_HOME, ON_LIST, "Home"},
                   {IN_PAGE, ON_PANE, "Page"},
                   {IN_ASK, ON_PANE, "Ask"},
                   {IN_ASK, ON_FIELD, "Ask, in a field"},
                   {IN_FIGURES, ON_PANE, "Figure"},
                   {IN_HELP, ON_LIST, "Help"}};
    for (unsigned c = 0; c < sizeof context / sizeof *context; c++)
        for (int k = 0; k < keymap_rows(); k++) {
            const KeyRow *row = keymap_row(k);
            if (!action_name(row->action) || !row_leads(k, context[c].in, context[c].on))
                continue;
            char keys[40] = "";
            keys_add(row, keys, sizeof keys);
            text_format(out, "%s\t%s\t%s\t%s\n", context[c].name, keys, action_name(row->action), action_help(row->action));
        }
}
