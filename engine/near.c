#include "engine/near.h"

#include <stdbool.h>
#include <string.h>

enum { LONGEST = 64 }; /* longer names are nobody's typing mistake */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool same(char a, char b)
{
    if (a >= 'A' && a <= 'Z') a = (char)(a - 'A' + 'a');
    if (b >= 'A' && b <= 'Z') b = (char)(b - 'A' + 'a');
    return a == b;
}

static bool same_beginning(const char *a, const char *b, size_t len)
{
    for (size_t k = 0; k < len; k++)
        if (!same(a[k], b[k])) return false;
    return true;
}

/* Edit distance with adjacent swaps (optimal string alignment); both at most LONGEST long.
 * The three rows are those of a[0..r-2], a[0..r-1], a[0..r) against every beginning of b. */
static size_t distance(const char *a, size_t alen, const char *b, size_t blen)
{
    size_t row[3][LONGEST + 1];
    for (size_t c = 0; c <= blen; c++) row[0][c] = c;
    for (size_t r = 1; r <= alen; r++) {
        size_t *now = row[r % 3], *last = row[(r + 2) % 3], *before = row[(r + 1) % 3];
        now[0] = r;
        for (size_t c = 1; c <= blen; c++) {
            size_t change = last[c - 1] + !same(a[r - 1], b[c - 1]);
            now[c] = least(change, least(last[c], now[c - 1]) + 1);
            bool swapped = r > 1 && c > 1 && same(a[r - 1], b[c - 2]) && same(a[r - 2], b[c - 1]);
            if (swapped) now[c] = least(now[c], before[c - 2] + 1);
        }
    }
    return row[alen % 3][blen];
}

static bool close_enough(const char *typed, size_t len, const char *name, size_t name_len, size_t d)
{
    size_t longer = len > name_len ? len : name_len;
    size_t limit = longer / 3 > 1 ? longer / 3 : 1;
    if (d <= limit && d < longer) return true;
    if (len >= 2 && len < name_len) return same_beginning(typed, name, len);
    return name_len > 0 && name_len < len && same_beginning(typed, name, name_len);
}

const char *near_name(const char *typed, size_t len,
                      const char *(*next)(int k, const void *context), const void *context)
{
    if (len == 0 || len > LONGEST) return NULL;
    const char *best = NULL, *name;
    size_t      best_distance = 0;
    for (int k = 0; (name = next(k, context)) != NULL; k++) {
        size_t name_len = strlen(name);
        if (name_len > LONGEST) continue;
        size_t d = distance(typed, len, name, name_len);
        if (!close_enough(typed, len, name, name_len, d)) continue;
        if (best && d >= best_distance) continue;
        best = name;
        best_distance = d;
    }
    return best;
}
