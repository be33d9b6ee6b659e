#include "app/base/ids.h"

#include <string.h>

enum { ID_LONGEST = 64 };

bool id_valid(const char *id)
{
    size_t len = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return len >= 1 && len <= ID_LONGEST && id[len] == '\0';
}

bool id_split(const char *ref, char lesson[65], char page[65])
{
    size_t      left = strcspn(ref, "#");
    const char *rest = ref[left] == '#' ? ref + left + 1 : ref + left;
    size_t      right = strlen(rest);
    if (left == 0 || left > ID_LONGEST || right > ID_LONGEST) return false;
    memcpy(lesson, ref, left);
    lesson[left] = '\0';
    memcpy(page, rest, right + 1);
    return true;
}
