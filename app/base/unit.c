#include "app/base/unit.h"

#include <ctype.h>
#include <string.h>

static const Unit units[] = {
    {"B", UNIT_BYTES, 1, 1},
    {"KB", UNIT_BYTES, 1000, 1},
    {"kB", UNIT_BYTES, 1000, 1},
    {"MB", UNIT_BYTES, 1000000, 1},
    {"GB", UNIT_BYTES, 1000000000, 1},
    {"TB", UNIT_BYTES, 1000000000000, 1},
    {"KiB", UNIT_BYTES, INT64_C(1) << 10, 1},
    {"MiB", UNIT_BYTES, INT64_C(1) << 20, 1},
    {"GiB", UNIT_BYTES, INT64_C(1) << 30, 1},
    {"TiB", UNIT_BYTES, INT64_C(1) << 40, 1},
    {"s", UNIT_TIME, 1, 1},
    {"ms", UNIT_TIME, 1, 1000},
    {"us", UNIT_TIME, 1, 1000000},
    {"\xc2\xb5s", UNIT_TIME, 1, 1000000}, /* the micro sign of keyboards */
    {"\xce\xbcs", UNIT_TIME, 1, 1000000}, /* the Greek letter */
    {"FLOP", UNIT_OPERATIONS, 1, 1},
    {"MFLOP", UNIT_OPERATIONS, 1000000, 1},
    {"GFLOP", UNIT_OPERATIONS, 1000000000, 1},
    {"TFLOP", UNIT_OPERATIONS, 1000000000000, 1},
    {"PFLOP", UNIT_OPERATIONS, 1000000000000000, 1},
};

enum { UNITS = sizeof units / sizeof *units };

const Unit *unit_find(const char *name, size_t len)
{
    for (size_t k = 0; k < UNITS; k++) {
        if (strlen(units[k].name) == len && memcmp(units[k].name, name, len) == 0) return &units[k];
    }
    return NULL;
}

static bool same_letters(const char *a, const char *b, size_t len)
{
    for (size_t k = 0; k < len; k++) {
        if (tolower((unsigned char)a[k]) != tolower((unsigned char)b[k])) return false;
    }
    return true;
}

const Unit *unit_near(const char *name, size_t len)
{
    for (size_t k = 0; k < UNITS; k++) {
        if (strlen(units[k].name) == len && same_letters(units[k].name, name, len))
            return &units[k];
    }
    return NULL;
}
