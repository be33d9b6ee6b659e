#include "app/base/key.h"

#include "app/base/utf8.h"

#include <string.h>

typedef struct {
    Key         key;
    const char *file;   /* between < and > in key files */
    const char *screen; /* in the hint line */
} KeyName;

static const KeyName names[] = {
#define KEY_ROW(name, file, screen) {KEY_##name##_, file, screen},
    KEY_LIST(KEY_ROW)
#undef KEY_ROW
        {' ', "Space", "Space"},
    {'<', "Lt", "<"},
    {'#', "Hash", "#"},
};

enum { NAMES = sizeof names / sizeof *names };

static bool same(const char *a, size_t len, const char *b)
{
    return strlen(b) == len && memcmp(a, b, len) == 0;
}

/* C-a ... C-z */
static bool key_control(const char *name, size_t len, Key *out)
{
    if (len != 3 || name[0] != 'C' || name[1] != '-' || name[2] < 'a' || name[2] > 'z')
        return false;
    *out = name[2] - 'a' + 1;
    return true;
}

static bool key_named(const char *name, size_t len, Key *out)
{
    for (size_t k = 0; k < NAMES; k++) {
        if (same(name, len, names[k].file)) {
            *out = names[k].key;
            return true;
        }
    }
    return key_control(name, len, out);
}

bool key_parse(const char *name, size_t len, Key *out)
{
    if (len == 0) return false;
    if (len > 2 && name[0] == '<' && name[len - 1] == '>') return key_named(name + 1, len - 2, out);
    int32_t rune;
    if (utf8_rune(name, len, &rune) != len || !key_is_text(rune)) return false;
    *out = rune;
    return true;
}

void key_show(Key key, Text *out)
{
    for (size_t k = 0; k < NAMES; k++) {
        if (names[k].key == key) {
            text_add(out, names[k].screen);
            return;
        }
    }
    if (key >= 1 && key <= 26)
        text_format(out, "Ctrl-%c", (char)('A' + key - 1));
    else
        text_add_rune(out, key);
}

bool key_is_text(Key key)
{
    return key >= ' ' && key < KEY_NAMED && key != 0x7f && !(key >= 0x80 && key < 0xa0);
}
