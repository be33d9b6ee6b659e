/* key.h - a key of the keyboard, as a value and by name.
 *
 * A key is one rune or one of the named keys. Names as in key files: <Space> <Enter> <Esc> <Tab>
 * <S-Tab> <Backspace> <Del> <Up> ... <F1>-<F12> <C-x>, <Lt> for "<", <Hash> for "#"; shown names
 * are the short words of the hint line: Space, Enter, Esc, up, PgDn, Ctrl-L. */
#ifndef APP_BASE_KEY_H
#define APP_BASE_KEY_H

#include "app/base/text.h"

#include <stdint.h>

/* enum, name in key files, name on screens */
#define KEY_LIST(X)                                                                                \
    X(ENTER, "Enter", "Enter")                                                                     \
    X(ESC, "Esc", "Esc")                                                                           \
    X(TAB, "Tab", "Tab")                                                                           \
    X(BACKTAB, "S-Tab", "S-Tab")                                                                   \
    X(BACKSPACE, "Backspace", "Backspace")                                                         \
    X(DELETE, "Del", "Del")                                                                        \
    X(UP, "Up", "up")                                                                              \
    X(DOWN, "Down", "down")                                                                        \
    X(LEFT, "Left", "left")                                                                        \
    X(RIGHT, "Right", "right")                                                                     \
    X(PAGE_UP, "PgUp", "PgUp")                                                                     \
    X(PAGE_DOWN, "PgDn", "PgDn")                                                                   \
    X(HOME, "Home", "Home")                                                                        \
    X(END, "End", "End")                                                                           \
    X(F1, "F1", "F1")                                                                              \
    X(F2, "F2", "F2")                                                                              \
    X(F3, "F3", "F3")                                                                              \
    X(F4, "F4", "F4")                                                                              \
    X(F5, "F5", "F5")                                                                              \
    X(F6, "F6", "F6")                                                                              \
    X(F7, "F7", "F7")                                                                              \
    X(F8, "F8", "F8")                                                                              \
    X(F9, "F9", "F9")                                                                              \
    X(F10, "F10", "F10")                                                                           \
    X(F11, "F11", "F11")                                                                           \
    X(F12, "F12", "F12")

typedef int32_t Key; /* a rune (Ctrl-A is 1 ... Ctrl-Z 26), or one of those below */

enum {
    KEY_NAMED = 0x200000, /* past every rune */
#define KEY_ENUM(name, file, screen) KEY_##name##_,
    KEY_LIST(KEY_ENUM)
#undef KEY_ENUM
};
/* The enum constants end in _ because curses owns the plain names. */

bool key_parse(const char *name, size_t len, Key *out); /* one rune or <Name>; false if unknown */
/* The name on screens: "Space", "Enter", ",", "Ctrl-L". Adds to out. */
void key_show(Key key, Text *out);
bool key_is_text(Key key); /* a rune that a text field takes */

#endif
