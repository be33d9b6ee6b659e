/* field.h - a line of text being typed: bytes, a cursor between clusters, a limit. */
#ifndef APP_TUTOR_FIELD_H
#define APP_TUTOR_FIELD_H

#include "app/base/text.h"

#include <stdint.h>

enum { FIELD_LIMIT = 1000, FIELD_SET_LIMIT = 10000 }; /* runes */

typedef struct {
    Text   text;
    size_t cursor; /* byte offset, at the start of a cluster */
    int    limit;  /* runes it takes */
    bool   full;   /* something did not fit since the last change */
} Field;

void field_done(Field *f);
void field_clear(Field *f);
void field_set(Field *f, const char *text); /* cursor at the end, cut at the limit */
bool field_rune(Field *f, int32_t rune);    /* false if it did not fit */
/* Pasted text: line ends and tabs become one blank, other control characters are left out. */
bool field_paste(Field *f, const char *text, size_t len);
bool field_erase(Field *f);  /* the cluster before the cursor */
bool field_delete(Field *f); /* the cluster under the cursor */
bool field_left(Field *f);
bool field_right(Field *f);
void field_home(Field *f);
void field_end(Field *f);

#endif
