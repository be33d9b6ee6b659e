/* record.h - one entry of the progress file as a line of JSON, and back (jansson).
 *
 *      {"ev":"skip","at":"2026-01-05T18:03:10Z","ses":"9f3c2a11","n":2,"ref":"windows#count"}
 *
 * Keys stand in the order of the format's table, without blanks; reals have the fewest digits that
 * read back: the same values give the same bytes. */
#ifndef APP_STORE_RECORD_H
#define APP_STORE_RECORD_H

#include "app/base/text.h"
#include "app/tutor/progress.h"

#include <stddef.h>

enum { RECORD_LINE = 64 * 1024, RECORD_SES = 9, RECORD_VERSION = 1 };

extern const char record_header[]; /* the first line of a file, without its LF */

/* What the start of a file is. A torn header is a true start of ours: nothing followed it. */
typedef enum { HEADER_OURS, HEADER_TORN, HEADER_NEWER, HEADER_FOREIGN } HeaderKind;
/* A line without its LF. version gets the number that stands there, 0 if none does. */
HeaderKind record_header_kind(const char *line, size_t len, long long *version);

/* Adds the line with its LF. at: RFC 3339, UTC; ses: 8 hex digits; n: from 1. */
void record_write(const Entry *entry, const char *at, const char *ses, int n, Text *out);

typedef enum { RECORD_ENTRY, RECORD_UNKNOWN, RECORD_BROKEN } RecordKind;

/* A line that was read; entry borrows from it until record_done. */
typedef struct {
    struct json_t *json;
    char           lesson[65], page[65];
    char           ses[RECORD_SES];
    Entry          entry;
} Record;

/* Unknown: an event this version does not know. Broken: not JSON, or a known event with a key that
 * is missing or of another type. record_done must follow in every case. */
RecordKind record_read(const char *line, size_t len, Record *out);
void       record_done(Record *r);

#endif
