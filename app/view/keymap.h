/* keymap.h - one table (context, key) -> action. It makes the bindings, the hint line, the help
 * screen and {press:...} of lessons; a context is a screen or layer and what has the focus. */
#ifndef APP_VIEW_KEYMAP_H
#define APP_VIEW_KEYMAP_H

#include "app/base/key.h"
#include "app/tutor/session.h"

/* The action of a key where the session stands; ACTION_NONE if it has none. In help, Enter gives the
 * action of the entry under the cursor. */
Action keymap_action(const Session *s, Key key);
/* The reader's own key for an action, by its name on screens; NULL if it has none. context is not
 * used (fits WrapKey). */
const char *keymap_press(const char *action, const void *context);

/* The hint line: keys that do something now, most useful first, those that fit into columns. */
void keymap_hints(const Session *s, int columns, bool ascii, Text *out);

/* The help list for what lies below the help layer: one entry an action that works there. */
typedef struct {
    ActionKind action;
    char       keys[40]; /* "Space PgDn n" */
    const char *help;
} KeymapEntry;
int  keymap_entries(const Session *s);
bool keymap_entry(const Session *s, int k, KeymapEntry *out);

/* The whole table for the manual: "context<TAB>keys<TAB>action<TAB>help" lines. */
void keymap_manual(Text *out);
/* NULL, or a sentence that names a (context, key) with two actions. */
const char *keymap_valid(void);

#endif
