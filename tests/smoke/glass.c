#include "tests/smoke/glass.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { NUMBERS = 16 };

static void blank(Glass *g, int y, int from, int to)
{
    for (int x = from; x < to; x++) g->rune[y][x] = ' ';
}

void glass_start(Glass *g, int columns, int rows)
{
    memset(g, 0, sizeof *g);
    for (int y = 0; y < GLASS_ROWS; y++) blank(g, y, 0, GLASS_COLUMNS);
    glass_resize(g, columns, rows);
}

void glass_resize(Glass *g, int columns, int rows)
{
    g->columns = columns < GLASS_COLUMNS ? columns : GLASS_COLUMNS;
    g->rows = rows < GLASS_ROWS ? rows : GLASS_ROWS;
    g->top = 0;
    g->bottom = g->rows - 1;
    if (g->x >= g->columns) g->x = g->columns - 1;
    if (g->y >= g->rows) g->y = g->rows - 1;
    g->wrap = false;
}

static void move_rows(Glass *g, int top, int bottom, int by)
{
    for (int k = 0; k < abs(by); k++) {
        if (by > 0)
            memmove(g->rune[top], g->rune[top + 1], (size_t)(bottom - top) * sizeof g->rune[0]);
        else
            memmove(g->rune[top + 1], g->rune[top], (size_t)(bottom - top) * sizeof g->rune[0]);
        blank(g, by > 0 ? bottom : top, 0, GLASS_COLUMNS);
    }
}

static void down(Glass *g)
{
    if (g->y == g->bottom)
        move_rows(g, g->top, g->bottom, 1);
    else if (g->y < g->rows - 1)
        g->y++;
}

static void up(Glass *g)
{
    if (g->y == g->top)
        move_rows(g, g->top, g->bottom, -1);
    else if (g->y > 0)
        g->y--;
}

static void put(Glass *g, int32_t rune)
{
    int width = wcwidth((wchar_t)rune);
    if (width <= 0) return; /* marks change no column */
    if (g->wrap || g->x + width > g->columns) {
        g->x = 0;
        down(g);
        g->wrap = false;
    }
    g->rune[g->y][g->x] = rune;
    if (width == 2 && g->x + 1 < GLASS_COLUMNS) g->rune[g->y][g->x + 1] = 0;
    g->x += width;
    g->last = rune;
    if (g->x >= g->columns) {
        g->x = g->columns - 1;
        g->wrap = true;
    }
}

static void place(Glass *g, int y, int x)
{
    g->y = y < 0 ? 0 : y >= g->rows ? g->rows - 1 : y;
    g->x = x < 0 ? 0 : x >= g->columns ? g->columns - 1 : x;
    g->wrap = false;
}

static void unknown(Glass *g, const char *sequence, size_t len)
{
    g->unknown++;
    snprintf(g->last_unknown, sizeof g->last_unknown, "%.*s", (int)len - 1, sequence + 1);
}

static void set_style(Glass *g, const int *number, int numbers)
{
    for (int k = 0; k < numbers || k == 0; k++) {
        int n = k < numbers ? number[k] : 0;
        if (n == 1) g->bold = true;
        if (n == 7) g->reverse = true;
        if ((n >= 30 && n <= 49) || (n >= 90 && n <= 107)) g->colour = true;
        if (n == 38 || n == 48) return; /* the numbers of a colour follow */
    }
}

static void set_mode(Glass *g, int n, bool on)
{
    if (n == 1049 || n == 1047 || n == 47) {
        g->alternate = on;
        if (on)
            for (int y = 0; y < GLASS_ROWS; y++) blank(g, y, 0, GLASS_COLUMNS);
    }
    if (n == 25) g->hidden = !on;
    if (n == 2004) g->paste = on;
    if (n == 1000 || n == 1002 || n == 1003 || n == 1006) g->mouse = on;
}

static void erase_screen(Glass *g, int how)
{
    if (how == 0) blank(g, g->y, g->x, GLASS_COLUMNS);
    if (how == 1) blank(g, g->y, 0, g->x + 1);
    for (int y = how == 0 ? g->y + 1 : 0; y < (how == 1 ? g->y : GLASS_ROWS); y++)
        blank(g, y, 0, GLASS_COLUMNS);
}

static void shift_right(Glass *g, int by)
{
    int32_t *row = g->rune[g->y];
    for (int x = g->columns - 1; x >= g->x + by; x--) row[x] = row[x - by];
    blank(g, g->y, g->x, g->x + by < g->columns ? g->x + by : g->columns);
}

static void shift_left(Glass *g, int by)
{
    int32_t *row = g->rune[g->y];
    for (int x = g->x; x < g->columns; x++) row[x] = x + by < g->columns ? row[x + by] : ' ';
}

static bool move_cursor(Glass *g, char final, int a, int b)
{
    int n = a ? a : 1;
    switch (final) {
    case 'A':
        place(g, g->y - n, g->x);
        return true;
    case 'B':
        place(g, g->y + n, g->x);
        return true;
    case 'C':
        place(g, g->y, g->x + n);
        return true;
    case 'D':
        place(g, g->y, g->x - n);
        return true;
    case 'G':
        place(g, g->y, n - 1);
        return true;
    case 'd':
        place(g, n - 1, g->x);
        return true;
    case 'H':
    case 'f':
        place(g, n - 1, (b ? b : 1) - 1);
        return true;
    case 'r':
        g->top = n - 1;
        g->bottom = (b ? b : g->rows) - 1;
        place(g, 0, 0);
        return true;
    default:
        return false;
    }
}

static bool change_cells(Glass *g, char final, int a)
{
    int n = a ? a : 1;
    switch (final) {
    case 'J':
        erase_screen(g, a);
        return true;
    case 'K':
        blank(g, g->y, a == 0 ? g->x : 0, a == 1 ? g->x + 1 : GLASS_COLUMNS);
        return true;
    case 'X':
        blank(g, g->y, g->x, g->x + n < g->columns ? g->x + n : g->columns);
        return true;
    case '@':
        shift_right(g, n);
        return true;
    case 'P':
        shift_left(g, n);
        return true;
    case 'L':
        move_rows(g, g->y, g->bottom, -n);
        return true;
    case 'M':
        move_rows(g, g->y, g->bottom, n);
        return true;
    case 'S':
        move_rows(g, g->top, g->bottom, n);
        return true;
    case 'T':
        move_rows(g, g->top, g->bottom, -n);
        return true;
    case 'b':
        for (int k = 0; k < n; k++) put(g, g->last);
        return true;
    default:
        return false;
    }
}

/* ESC [ ... final */
static void control(Glass *g, const char *s, size_t len)
{
    int number[NUMBERS] = {0}, numbers = 0;
    bool private = s[2] == '?';
    char final = s[len - 1];
    for (size_t k = private ? 3 : 2; k < len - 1 && numbers < NUMBERS; k++) {
        if (s[k] >= '0' && s[k] <= '9') number[numbers] = number[numbers] * 10 + s[k] - '0';
        if (s[k] == ';' || k + 1 == len - 1) numbers++;
    }
    if (final == 'm')
        set_style(g, number, numbers);
    else if (private && (final == 'h' || final == 'l'))
        for (int k = 0; k < numbers; k++) set_mode(g, number[k], final == 'h');
    else if (final == 'h' || final == 'l' || final == 'p' || final == 't' || final == 'u' ||
             final == 'n')
        return;
    else if (!move_cursor(g, final, number[0], number[1]) && !change_cells(g, final, number[0]))
        unknown(g, s, len);
}

/* The length of the sequence that begins with ESC, 0 if more bytes must come. */
static size_t sequence(const char *s, size_t len)
{
    if (len < 2) return 0;
    if (s[1] == '[') {
        for (size_t k = 2; k < len; k++)
            if (s[k] >= '@' && s[k] <= '~') return k + 1;
        return 0;
    }
    if (s[1] == ']') {
        for (size_t k = 2; k < len; k++)
            if (s[k] == '\a' || (s[k] == '\\' && s[k - 1] == '\x1b')) return k + 1;
        return 0;
    }
    if (strchr("()*+#%", s[1])) return len < 3 ? 0 : 3;
    return 2;
}

static void escape(Glass *g, const char *s, size_t len)
{
    if (s[1] == '[')
        control(g, s, len);
    else if (s[1] == 'M')
        up(g);
    else if (s[1] == '7')
        g->kept_x = g->x, g->kept_y = g->y;
    else if (s[1] == '8')
        place(g, g->kept_y, g->kept_x);
    else if (!strchr("=>()]#c", s[1]))
        unknown(g, s, len);
}

static size_t rune_length(unsigned char c)
{
    return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static void put_bytes(Glass *g, const char *s, size_t len)
{
    static const unsigned char mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    int32_t                    rune = (unsigned char)s[0] & mask[len];
    for (size_t k = 1; k < len; k++) rune = rune << 6 | ((unsigned char)s[k] & 0x3f);
    switch (rune) {
    case '\r':
        place(g, g->y, 0);
        break;
    case '\n':
        g->wrap = false;
        down(g);
        break;
    case '\b':
        place(g, g->y, g->x - 1);
        break;
    case '\t':
        place(g, g->y, (g->x / 8 + 1) * 8);
        break;
    case '\a':
    case 0xe:
    case 0xf:
    case 0:
        break;
    default:
        put(g, rune);
    }
}

void glass_feed(Glass *g, const char *bytes, size_t len)
{
    for (size_t k = 0; k < len; k++) {
        if (g->held_len == sizeof g->held) g->held_len = 0; /* nothing is that long */
        g->held[g->held_len++] = bytes[k];
        size_t need = g->held[0] == '\x1b' ? sequence(g->held, g->held_len)
                                           : rune_length((unsigned char)g->held[0]);
        if (need == 0 || need > g->held_len) continue;
        if (g->held[0] == '\x1b')
            escape(g, g->held, need);
        else
            put_bytes(g, g->held, need);
        g->held_len = 0;
    }
}

static char *put_utf8(char *at, int32_t rune)
{
    if (rune < 0x80)
        *at++ = (char)rune;
    else if (rune < 0x800)
        *at++ = (char)(0xc0 | rune >> 6);
    else if (rune < 0x10000)
        *at++ = (char)(0xe0 | rune >> 12);
    else
        *at++ = (char)(0xf0 | rune >> 18);
    if (rune >= 0x10000) *at++ = (char)(0x80 | (rune >> 12 & 0x3f));
    if (rune >= 0x800) *at++ = (char)(0x80 | (rune >> 6 & 0x3f));
    if (rune >= 0x80) *at++ = (char)(0x80 | (rune & 0x3f));
    return at;
}

const char *glass_row(const Glass *g, int y)
{
    static char text[GLASS_COLUMNS * 4 + 1];
    char       *at = text;
    for (int x = 0; x < g->columns; x++)
        if (g->rune[y][x]) at = put_utf8(at, g->rune[y][x]);
    while (at > text && at[-1] == ' ') at--;
    *at = '\0';
    return text;
}

bool glass_has(const Glass *g, const char *text)
{
    for (int y = 0; y < g->rows; y++)
        if (strstr(glass_row(g, y), text)) return true;
    return false;
}
