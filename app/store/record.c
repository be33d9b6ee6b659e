#include "app/store/record.h"

#include "app/base/ids.h"
#include "app/base/utf8.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NESTING = 16, COUNT_LIMIT = 1000000 };

const char record_header[] = "{\"attend\":\"progress\",\"v\":1}";

/* Writing */

static void put_key(Text *out, const char *key)
{
    text_format(out, ",\"%s\":", key);
}

static void put_word(Text *out, const char *key, const char *value)
{
    put_key(out, key);
    utf8_json(out, value ? value : "");
}

static void put_whole(Text *out, const char *key, long long value)
{
    text_format(out, ",\"%s\":%lld", key, value);
}

/* The fewest digits that read back; a value that is not finite has no JSON and becomes 0. */
static void put_number(Text *out, double value)
{
    char digits[40];
    if (!isfinite(value)) value = 0;
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (strtod(digits, NULL) == value) break;
    }
    text_add(out, digits);
}

static void put_real(Text *out, const char *key, double value)
{
    put_key(out, key);
    put_number(out, value);
}

static void put_ref(Text *out, const char *key, const Entry *e)
{
    put_key(out, key);
    Text ref = {0};
    text_format(&ref, "%s%s%s", e->lesson ? e->lesson : "", e->page && e->page[0] ? "#" : "",
                e->page ? e->page : "");
    utf8_json(out, text_string(&ref));
    text_done(&ref);
}

static void put_state(Text *out, const Entry *e)
{
    put_key(out, "state");
    text_add_char(out, '{');
    for (int k = 0; k < e->states; k++) {
        if (k) text_add_char(out, ',');
        utf8_json(out, e->state[k].name);
        text_add_char(out, ':');
        put_number(out, e->state[k].value);
    }
    text_add_char(out, '}');
}

/* One box or pick is a string, several are a list. */
static void put_answer(Text *out, const Entry *e)
{
    put_key(out, e->picks ? "pick" : "raw");
    if (e->answers != 1) text_add_char(out, '[');
    for (int k = 0; k < e->answers; k++) {
        if (k) text_add_char(out, ',');
        utf8_json(out, e->answer[k] ? e->answer[k] : "");
    }
    if (e->answers != 1) text_add_char(out, ']');
}

static void put_place(const Entry *e, Text *out)
{
    put_word(out, "lesson", e->lesson);
    put_word(out, "page", e->page);
    put_whole(out, "step", e->step);
    put_state(out, e);
}

static void put_draft(const Entry *e, Text *out)
{
    put_ref(out, "ref", e);
    put_whole(out, "variant", e->variant);
    put_answer(out, e);
}

static void put_submit(const Entry *e, Text *out)
{
    put_draft(e, out);
    put_whole(out, "try", e->tries);
    put_real(out, "points", e->points);
    put_real(out, "max", e->max);
    text_format(out, ",\"right\":%s", e->right ? "true" : "false");
    put_word(out, "slip", e->slip);
}

static void put_hint(const Entry *e, Text *out)
{
    put_ref(out, "ref", e);
    put_whole(out, "variant", e->variant);
    put_whole(out, "number", e->number);
}

static void put_variant(const Entry *e, Text *out)
{
    put_ref(out, "ref", e);
    put_whole(out, "number", e->variant);
}

static void put_skip(const Entry *e, Text *out)
{
    put_ref(out, "ref", e);
}

static void put_done(const Entry *e, Text *out)
{
    put_word(out, "lesson", e->lesson);
    put_word(out, "sha", e->sha);
    put_word(out, "version", e->version);
}

static void put_reset(const Entry *e, Text *out)
{
    put_ref(out, "scope", e);
}

static void put_pref(const Entry *e, Text *out)
{
    put_word(out, "key", e->key);
    put_word(out, "value", e->value);
}

/* Reading. Each getter says whether the key is there and of its type. */

static bool get_word(const json_t *o, const char *key, const char **out)
{
    *out = json_string_value(json_object_get(o, key));
    return *out != NULL;
}

static bool get_whole(const json_t *o, const char *key, int min, int *out)
{
    const json_t *value = json_object_get(o, key);
    if (!json_is_integer(value)) return false;
    json_int_t whole = json_integer_value(value);
    if (whole < min || whole > COUNT_LIMIT) return false;
    *out = (int)whole;
    return true;
}

static bool get_real(const json_t *o, const char *key, double *out)
{
    const json_t *value = json_object_get(o, key);
    *out = json_number_value(value);
    return json_is_number(value);
}

static bool get_ref(const json_t *o, const char *key, Record *r)
{
    const char *ref;
    if (!get_word(o, key, &ref) || !id_split(ref, r->lesson, r->page)) return false;
    r->entry.lesson = r->lesson;
    r->entry.page = r->page;
    return true;
}

/* Numbers by name; whatever else a later version keeps there is passed over. */
static void get_state(json_t *o, Entry *e)
{
    const char *name;
    json_t     *value;
    json_object_foreach(o, name, value)
    {
        EntryState *s = &e->state[e->states];
        if (!json_is_number(value) || strlen(name) >= sizeof s->name) continue;
        if (e->states == ENTRY_STATES) return;
        snprintf(s->name, sizeof s->name, "%s", name);
        s->value = json_number_value(value);
        e->states++;
    }
}

static bool get_answer(const json_t *o, Entry *e)
{
    const json_t *value = json_object_get(o, "raw");
    e->picks = value == NULL;
    if (e->picks) value = json_object_get(o, "pick");
    if (json_is_string(value)) {
        e->answer[0] = json_string_value(value);
        e->answers = 1;
        return true;
    }
    if (!json_is_array(value) || json_array_size(value) > ENTRY_BOXES) return false;
    for (size_t k = 0; k < json_array_size(value); k++) {
        e->answer[k] = json_string_value(json_array_get(value, k));
        if (!e->answer[k]) return false;
    }
    e->answers = (int)json_array_size(value);
    return true;
}

static bool get_place(json_t *o, Record *r)
{
    Entry *e = &r->entry;
    if (!get_word(o, "lesson", &e->lesson) || !id_valid(e->lesson)) return false;
    if (!get_word(o, "page", &e->page) || !id_valid(e->page)) return false;
    if (!get_whole(o, "step", 0, &e->step)) return false;
    get_state(json_object_get(o, "state"), e);
    return true;
}

static bool get_draft(json_t *o, Record *r)
{
    return get_ref(o, "ref", r) && get_whole(o, "variant", 1, &r->entry.variant) &&
           get_answer(o, &r->entry);
}

static bool get_submit(json_t *o, Record *r)
{
    Entry        *e = &r->entry;
    const json_t *right = json_object_get(o, "right");
    if (!get_draft(o, r) || !get_whole(o, "try", 1, &e->tries) || !json_is_boolean(right))
        return false;
    if (!get_real(o, "points", &e->points) || !get_real(o, "max", &e->max)) return false;
    e->right = json_is_true(right);
    if (!get_word(o, "slip", &e->slip)) e->slip = "";
    return true;
}

static bool get_hint(json_t *o, Record *r)
{
    return get_ref(o, "ref", r) && get_whole(o, "variant", 1, &r->entry.variant) &&
           get_whole(o, "number", 1, &r->entry.number);
}

static bool get_variant(json_t *o, Record *r)
{
    return get_ref(o, "ref", r) && get_whole(o, "number", 1, &r->entry.variant);
}

static bool get_skip(json_t *o, Record *r)
{
    return get_ref(o, "ref", r);
}

static bool get_done(json_t *o, Record *r)
{
    Entry *e = &r->entry;
    if (!get_word(o, "lesson", &e->lesson) || !id_valid(e->lesson)) return false;
    return get_word(o, "sha", &e->sha) && get_word(o, "version", &e->version);
}

static bool get_reset(json_t *o, Record *r)
{
    return get_ref(o, "scope", r);
}

static bool get_pref(json_t *o, Record *r)
{
    return get_word(o, "key", &r->entry.key) && get_word(o, "value", &r->entry.value);
}

/* What each event holds, in the order of ENTRY_LIST. */
static const struct {
    void (*put)(const Entry *e, Text *out);
    bool (*get)(json_t *o, Record *r);
} event[] = {
    [ENTRY_PLACE] = {put_place, get_place},       [ENTRY_DRAFT] = {put_draft, get_draft},
    [ENTRY_SUBMIT] = {put_submit, get_submit},    [ENTRY_HINT] = {put_hint, get_hint},
    [ENTRY_VARIANT] = {put_variant, get_variant}, [ENTRY_SKIP] = {put_skip, get_skip},
    [ENTRY_UNSKIP] = {put_skip, get_skip},        [ENTRY_DONE] = {put_done, get_done},
    [ENTRY_RESET] = {put_reset, get_reset},       [ENTRY_PREF] = {put_pref, get_pref},
};

void record_write(const Entry *e, const char *at, const char *ses, int n, Text *out)
{
    text_format(out, "{\"ev\":\"%s\",\"at\":\"%s\",\"ses\":\"%s\",\"n\":%d", entry_word(e->kind),
                at, ses, n);
    event[e->kind].put(e, out);
    text_add(out, "}\n");
}

/* Brackets open at once outside strings; jansson's own limit is far above the format's. */
static bool nests_too_deep(const char *line, size_t len)
{
    int  depth = 0;
    bool quoted = false;
    for (size_t k = 0; k < len; k++) {
        char c = line[k];
        if (quoted && c == '\\')
            k++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '[') && ++depth > NESTING)
            return true;
        else if (!quoted && (c == '}' || c == ']'))
            depth--;
    }
    return false;
}

static json_t *load(const char *line, size_t len)
{
    if (len > RECORD_LINE || nests_too_deep(line, len)) return NULL;
    return json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL);
}

HeaderKind record_header_kind(const char *line, size_t len, long long *version)
{
    *version = 0;
    if (len < sizeof record_header - 1 && memcmp(line, record_header, len) == 0) return HEADER_TORN;
    json_t     *o = load(line, len);
    HeaderKind  kind = HEADER_FOREIGN;
    const char *what = json_string_value(json_object_get(o, "attend"));
    json_t     *v = json_object_get(o, "v");
    if (what && strcmp(what, "progress") == 0 && json_is_integer(v)) {
        *version = json_integer_value(v);
        if (*version >= 1) kind = *version > RECORD_VERSION ? HEADER_NEWER : HEADER_OURS;
    }
    json_decref(o);
    return kind;
}

RecordKind record_read(const char *line, size_t len, Record *out)
{
    *out = (Record){0};
    out->entry.slip = "";
    out->json = load(line, len);
    const char *word = json_string_value(json_object_get(out->json, "ev"));
    if (!word) return RECORD_BROKEN;
    const char *ses = json_string_value(json_object_get(out->json, "ses"));
    if (ses) snprintf(out->ses, sizeof out->ses, "%.8s", ses);
    if (!entry_find(word, &out->entry.kind)) return RECORD_UNKNOWN;
    return event[out->entry.kind].get(out->json, out) ? RECORD_ENTRY : RECORD_BROKEN;
}

void record_done(Record *r)
{
    json_decref(r->json);
    *r = (Record){0};
}
