#include "engine/value.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void value_done(Value *value)
{
    for (int k = 0; k < value->items; k++) value_done(&value->item[k]);
    free(value->item);
    free(value->text);
    *value = (Value){0};
}

static char *text_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char  *copy = malloc(size);
    if (copy) memcpy(copy, text, size);
    return copy;
}

Status value_copy(const Value *from, Value *to)
{
    Value copy = {.kind = from->kind, .lo = from->lo, .hi = from->hi, .real = from->real};
    if (from->text && !(copy.text = text_copy(from->text))) return STATUS_MEMORY;
    if (from->items > 0 && !(copy.item = calloc((size_t)from->items, sizeof *copy.item)))
        goto failed;
    for (; copy.items < from->items; copy.items++)
        if (value_copy(&from->item[copy.items], &copy.item[copy.items])) goto failed;
    *to = copy;
    return STATUS_OK;
failed:
    value_done(&copy);
    return STATUS_MEMORY;
}

bool value_equal(const Value *a, const Value *b)
{
    if (a->lo != b->lo || a->hi != b->hi || a->items != b->items) return false;
    if (a->real < b->real || a->real > b->real) return false;
    if ((a->text == NULL) != (b->text == NULL)) return false;
    if (a->text && strcmp(a->text, b->text) != 0) return false;
    for (int k = 0; k < a->items; k++)
        if (!value_equal(&a->item[k], &b->item[k])) return false;
    return true;
}

/* ---- spelling ---- */

static void print_quoted(const char *text, Writer *w)
{
    writer_text(w, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') writer_text(w, "\\");
        writer_bytes(w, text, 1);
    }
    writer_text(w, "\"");
}

static void print_range(const Value *value, Writer *w)
{
    writer_integer(w, value->lo);
    if (value->lo == value->hi) return;
    writer_text(w, value->hi - value->lo == 1 ? "," : "-");
    writer_integer(w, value->hi);
}

void value_print(const Value *value, Writer *w)
{
    switch (value->kind) {
    case VALUE_DEFAULT:
    case VALUE_INTEGER:
        print_range(value, w);
        return;
    case VALUE_REAL:
        writer_real(w, value->real);
        return;
    case VALUE_WORD:
        writer_text(w, value->text);
        return;
    case VALUE_TEXT:
        print_quoted(value->text, w);
        return;
    case VALUE_LIST:
        writer_text(w, "[");
        for (int k = 0; k < value->items; k++) {
            if (k > 0) writer_text(w, ",");
            value_print(&value->item[k], w);
        }
        writer_text(w, "]");
        return;
    }
}

/* ---- defaults ---- */

static size_t first_word(const char *words)
{
    return strcspn(words, " ");
}

/* An integer of a mechanism whose defaults follow other values stays VALUE_DEFAULT. */
static Status take_default(const Mechanism *m, const Param *param, Value *value)
{
    switch (param->kind) {
    case PARAM_INTEGER:
        *value = (Value){.lo = param->start, .hi = param->start};
        value->kind = m->defaults ? VALUE_DEFAULT : VALUE_INTEGER;
        return STATUS_OK;
    case PARAM_REAL:
        *value = (Value){.kind = VALUE_REAL, .real = param->real_start};
        return STATUS_OK;
    case PARAM_WORD: {
        size_t len = first_word(param->words);
        *value = (Value){.kind = VALUE_WORD, .text = calloc(len + 1, 1)};
        if (!value->text) return STATUS_MEMORY;
        memcpy(value->text, param->words, len);
        return STATUS_OK;
    }
    case PARAM_TEXT:
        *value = (Value){.kind = VALUE_TEXT, .text = calloc(1, 1)};
        return value->text ? STATUS_OK : STATUS_MEMORY;
    case PARAM_LIST:
        *value = (Value){.kind = VALUE_LIST};
        return STATUS_OK;
    }
    return STATUS_OK;
}

bool value_at_default(const Mechanism *mechanism, const Value *value, int k)
{
    const Param *param = &mechanism->param[k];
    if (!param->optional) return false;
    switch (value[k].kind) {
    case VALUE_DEFAULT:
        return true;
    case VALUE_INTEGER: {
        if (!mechanism->defaults) return value[k].lo == param->start;
        Value all[MECHANISM_PARAMS]; /* borrows texts and lists */
        memcpy(all, value, (size_t)mechanism->params * sizeof *all);
        all[k] = (Value){.kind = VALUE_DEFAULT, .lo = param->start, .hi = param->start};
        mechanism->defaults(all);
        return value[k].lo == all[k].lo;
    }
    case VALUE_REAL:
        return !(value[k].real < param->real_start) && !(value[k].real > param->real_start);
    case VALUE_WORD: {
        size_t len = first_word(param->words);
        return strlen(value[k].text) == len && memcmp(value[k].text, param->words, len) == 0;
    }
    case VALUE_TEXT:
        return value[k].text[0] == '\0';
    case VALUE_LIST:
        return value[k].items == 0;
    }
    return false;
}

/* ---- bounds ---- */

static Status wrong_kind(const Mechanism *m, const Param *param, int column, Why *why)
{
    static const char *const needed[] = {
        [PARAM_INTEGER] = "a whole number", [PARAM_REAL] = "a number", [PARAM_WORD] = "a word",
        [PARAM_TEXT] = "quoted text",       [PARAM_LIST] = "a list",
    };
    why_say(why, STATUS_SYNTAX, column, "%s needs %s for %s", m->name, needed[param->kind],
            param->name);
    switch (param->kind) {
    case PARAM_LIST:
        why_todo(why, "write %s=[0,3] or %s=[0-3]", param->name, param->name);
        break;
    case PARAM_TEXT:
        why_todo(why, "write %s=\"the\"", param->name);
        break;
    case PARAM_WORD:
        why_todo(why, "it takes: %s", param->words);
        break;
    case PARAM_INTEGER:
    case PARAM_REAL:
        break;
    }
    return STATUS_SYNTAX;
}

static Status check_integer(const Mechanism *m, const Param *param, const Value *value, int column,
                            Why *why)
{
    const char *items = param->kind == PARAM_LIST ? "numbers in " : "";
    if (value->lo < param->min)
        return why_say(why, STATUS_RANGE, column, "%s needs %s%s of at least %lld", m->name, items,
                       param->name, (long long)param->min);
    if (value->hi > param->max)
        return why_say(why, STATUS_RANGE, column, "%s needs %s%s of at most %lld", m->name, items,
                       param->name, (long long)param->max);
    if (param->step > 1 && (value->lo - param->min) % param->step != 0)
        return why_say(why, STATUS_RANGE, column, "%s needs %s%s of %lld, %lld, %lld, ...", m->name,
                       items, param->name, (long long)param->min, (long long)(param->min + param->step),
                       (long long)(param->min + 2 * param->step));
    return STATUS_OK;
}

static Status check_real(const Mechanism *m, const Param *param, Value *value, int column, Why *why)
{
    if (value->kind == VALUE_INTEGER)
        *value = (Value){.kind = VALUE_REAL, .real = (double)value->lo};
    bool low = !(value->real >= param->real_min), high = value->real > param->real_max;
    if (!low && !high) return STATUS_OK;
    char   bound[40];
    Writer w = {bound, sizeof bound, 0};
    writer_real(&w, low ? param->real_min : param->real_max);
    writer_end(&w);
    return why_say(why, STATUS_RANGE, column, "%s needs %s of at %s %s", m->name, param->name,
                   low ? "least" : "most", bound);
}

static Status check_word(const Mechanism *m, const Param *param, const Value *value, int column,
                         Why *why)
{
    size_t len = strlen(value->text);
    for (const char *word = param->words; *word; word += strspn(word, " ")) {
        size_t word_len = strcspn(word, " ");
        if (word_len == len && memcmp(word, value->text, len) == 0) return STATUS_OK;
        word += word_len;
    }
    why_say(why, STATUS_SYNTAX, column, "%s has no %s \"%.40s\"", m->name, param->name,
            value->text);
    why_todo(why, "it takes: %s", param->words);
    return STATUS_SYNTAX;
}

/* ---- lists: every list is held as the longest runs that its order allows ---- */

static int by_beginning(const void *a, const void *b)
{
    const Value *x = a, *y = b;
    return (x->lo > y->lo) - (x->lo < y->lo);
}

static void list_join_runs(Value *list, bool set)
{
    int kept = 0;
    if (set && list->items > 1)
        qsort(list->item, (size_t)list->items, sizeof *list->item, by_beginning);
    for (int k = 0; k < list->items; k++) {
        Value *last = kept > 0 ? &list->item[kept - 1] : NULL, *next = &list->item[k];
        if (last && (next->lo == last->hi + 1 || (set && next->lo <= last->hi))) {
            if (next->hi > last->hi) last->hi = next->hi;
            continue;
        }
        list->item[kept++] = *next;
    }
    list->items = kept;
}

static Status check_list(const Mechanism *m, const Param *param, Value *list, bool nested,
                         int column, Why *why)
{
    for (int k = 0; k < list->items; k++) {
        Value *item = &list->item[k];
        if (nested != (item->kind == VALUE_LIST) || (!nested && item->kind != VALUE_INTEGER))
            return why_say(why, STATUS_SYNTAX, column, "%s needs %s in the list %s", m->name,
                           nested ? "lists" : "whole numbers", param->name);
        Status status = nested ? check_list(m, param, item, false, column, why)
                               : check_integer(m, param, item, column, why);
        if (status) return status;
    }
    if (!nested) list_join_runs(list, param->list != LIST_ORDERED);
    return STATUS_OK;
}

static Status check_value(const Mechanism *m, const Param *param, Value *value, int column,
                          Why *why)
{
    switch (param->kind) {
    case PARAM_INTEGER:
        if (value->kind != VALUE_INTEGER) break;
        value->hi = value->lo;
        return check_integer(m, param, value, column, why);
    case PARAM_REAL:
        if (value->kind != VALUE_INTEGER && value->kind != VALUE_REAL) break;
        return check_real(m, param, value, column, why);
    case PARAM_WORD:
        if (value->kind != VALUE_WORD) break;
        return check_word(m, param, value, column, why);
    case PARAM_TEXT:
        if (value->kind != VALUE_TEXT) break;
        return STATUS_OK;
    case PARAM_LIST:
        if (value->kind != VALUE_LIST) break;
        return check_list(m, param, value, param->list == LIST_NESTED, column, why);
    }
    return wrong_kind(m, param, column, why);
}

static Status missing(const Mechanism *m, const Param *param, int column, Why *why)
{
    why_say(why, STATUS_SYNTAX, column, "%s needs %s: %s", m->name, param->name, param->help);
    if (param->kind == PARAM_INTEGER)
        why_todo(why, "write %s=%lld", param->name, (long long)param->start);
    return STATUS_SYNTAX;
}

static Status check_together(const Mechanism *m, const Value *value, const int *column,
                             int column_leaf, Why *why)
{
    Why    detail = {0};
    Status status = m->check(value, &detail);
    if (!status) return status;
    int64_t k = detail.column - 1;
    assert(k >= 0 && k < m->params);
    return why_say(why, status, column[k] ? column[k] : column_leaf, "%s", detail.what);
}

Status values_complete(const Mechanism *m, Value *value, const int *column, int column_leaf,
                       Why *why)
{
    for (int k = 0; k < m->params; k++) {
        const Param *param = &m->param[k];
        Status       status;
        if (value[k].kind != VALUE_DEFAULT)
            status = check_value(m, param, &value[k], column[k], why);
        else if (!param->optional) return missing(m, param, column_leaf, why);
        else status = take_default(m, param, &value[k]);
        if (status == STATUS_MEMORY)
            return why_say(why, status, column_leaf, "%s", status_sentence(status));
        if (status) return status;
    }
    if (m->defaults) m->defaults(value);
    if (m->check) return check_together(m, value, column, column_leaf, why);
    return STATUS_OK;
}
