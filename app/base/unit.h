/* unit.h - the units that answers may carry, each a multiple of its kind's base. */
#ifndef APP_BASE_UNIT_H
#define APP_BASE_UNIT_H

#include "app/base/number.h"

#include <stddef.h>

typedef enum { UNIT_BYTES, UNIT_TIME, UNIT_OPERATIONS } UnitKind;

typedef struct {
    const char *name;
    UnitKind    kind;
    int64_t     top, bottom; /* of the base unit: 1 ms is 1/1000 s */
} Unit;

const Unit *unit_find(const char *name, size_t len); /* NULL if there is none of that spelling */
/* The unit that differs from the name in case only; NULL if there is none. */
const Unit *unit_near(const char *name, size_t len);

#endif
