#include "app/tutor/answer.h"

#include "app/base/utf8.h"

#include <ctype.h>
#include <string.h>

void answer_start(Answer *a, const Question *q)
{
    answer_done(a);
    a->boxes = q->kind == QUESTION_CHOICE || q->kind == QUESTION_CLASSIFY ? 0 : q->boxes > 0 ? q->boxes : 1;
    a->picks = q->kind == QUESTION_CLASSIFY ? q->items : q->kind == QUESTION_CHOICE ? 1 : 0;
    for (int k = 0; k < a->boxes; k++)
        a->box[k].limit = q->kind == QUESTION_INDICES ? FIELD_SET_LIMIT : FIELD_LIMIT;
    for (int k = 0; k < a->picks; k++) a->pick[k] = -1;
}

void answer_done(Answer *a)
{
    for (int k = 0; k < QUESTION_BOXES; k++) field_done(&a->box[k]);
    a->boxes = a->picks = 0;
}

static bool answer_blank(const char *s)
{
    return s[strspn(s, " \t")] == '\0';
}

bool answer_empty(const Answer *a, const Question *q)
{
    (void)q;
    for (int k = 0; k < a->boxes; k++)
        if (!answer_blank(text_string(&a->box[k].text))) return false;
    for (int k = 0; k < a->picks; k++)
        if (a->pick[k] >= 0) return false;
    return true;
}

void reading_done(Reading *r)
{
    runs_done(&r->set);
    *r = (Reading){0};
}

/* ---- index sets -------------------------------------------------------------------------- */

typedef struct {
    const char *at;   /* next byte */
    int64_t     n;
    Runs       *out;
    int64_t     double_key;
    Why        *why;
} SetReader;

static void set_skip(SetReader *r, const char *these)
{
    r->at += strspn(r->at, these);
}

/* The heads "G_12 =" and "12:" of what the program itself prints, and the braces around a set. */
static const char *set_head(const char *s)
{
    const char *t = s + strspn(s, " \t");
    if (t[0] == 'G' && t[1] == '_') {
        const char *u = t + 2 + strspn(t + 2, "0123456789i");
        u += strspn(u, " \t");
        if (*u == '=') return u + 1;
    }
    const char *digits = t + strspn(t, "0123456789");
    if (digits > t && *digits == ':') return digits + 1;
    return s;
}

static bool set_number(SetReader *r, int64_t *out)
{
    if (!isdigit((unsigned char)*r->at)) return false;
    int64_t value = 0;
    for (; isdigit((unsigned char)*r->at); r->at++)
        if (value <= INT32_MAX) value = value * 10 + (*r->at - '0');
    *out = value;
    return true;
}

/* The sign of a run: "-", "..", "to" between two keys; 0 if there is none. */
static size_t set_sign(const char *s)
{
    if (s[0] == '-') return 1;
    if (s[0] == '.' && s[1] == '.') return 2;
    if (s[0] == 't' && s[1] == 'o' && !isalpha((unsigned char)s[2])) return 2;
    return 0;
}

static Status set_bad_key(SetReader *r, int64_t key)
{
    return why_say(r->why, STATUS_RANGE, 0, "key %lld: this figure has keys 0 to %lld", (long long)key,
                   (long long)(r->n - 1));
}

static Status set_add(SetReader *r, int64_t lo, int64_t hi)
{
    if (hi < lo)
        return why_say(r->why, STATUS_RANGE, 0, "%lld-%lld goes backwards; did you mean %lld-%lld?", (long long)lo,
                       (long long)hi, (long long)hi, (long long)lo);
    if (lo >= r->n) return set_bad_key(r, lo);
    if (hi >= r->n) return set_bad_key(r, hi);
    if (runs_count_in(r->out, lo, hi + 1) > 0 && r->double_key < 0) r->double_key = lo;
    return runs_add(r->out, lo, hi + 1);
}

static Status set_item(SetReader *r, const char *whole)
{
    int64_t lo, hi;
    if (!set_number(r, &lo)) {
        if (*r->at == '-' && isdigit((unsigned char)r->at[1]))
            return why_say(r->why, STATUS_RANGE, 0, "a key is 0 or more; this figure has keys 0 to %lld",
                           (long long)(r->n - 1));
        size_t cluster = utf8_cluster(r->at, strlen(r->at));
        return why_say(r->why, STATUS_SYNTAX, 0,
                       "can't read \"%.*s\": keys look like 0-3, 9", (int)cluster, r->at);
    }
    hi = lo;
    const char *mark = r->at;
    set_skip(r, " \t");
    size_t sign = set_sign(r->at);
    if (sign == 0) r->at = mark;
    else {
        const char *word = r->at;
        r->at += sign;
        set_skip(r, " \t");
        if (!set_number(r, &hi))
            return why_say(r->why, STATUS_SYNTAX, 0, "can't read \"%.60s\": a number should follow %.*s", whole,
                           (int)sign, word);
    }
    return set_add(r, lo, hi);
}

Status answer_read_set(const char *typed, int64_t n, Runs *out, int64_t *double_key, Why *why)
{
    Text folded = {0};
    utf8_fold_typed(&folded, typed, strlen(typed));
    const char *text = text_string(&folded);
    SetReader   r = {.at = set_head(text), .n = n, .out = out, .double_key = -1, .why = why};
    Status      status = STATUS_OK;
    runs_clear(out);
    set_skip(&r, " \t{}[],;");
    if (*r.at == '\0' && !strchr(text, '{'))
        status = why_say(why, STATUS_SYNTAX, 0, "type keys like 0-3, 9, or {} for the empty set");
    while (*r.at && status == STATUS_OK) {
        status = set_item(&r, text);
        set_skip(&r, " \t{}[],;");
    }
    if (double_key) *double_key = r.double_key;
    text_done(&folded);
    return status;
}

/* ---- reading ----------------------------------------------------------------------------- */

static Status read_set(const Answer *a, const Question *q, Reading *out, Text *echo, Why *why)
{
    int64_t twice;
    Status  status = answer_read_set(text_string(&a->box[0].text), q->set_n, &out->set, &twice, why);
    if (status != STATUS_OK) return status;
    char   line[400];
    size_t len = runs_print(&out->set, ", ", line, sizeof line);
    text_add(echo, len == 0 ? "{}" : line);
    if (len >= sizeof line) text_add(echo, " ...");
    if (twice >= 0) text_format(echo, "   (key %lld stands twice and counts once)", (long long)twice);
    return STATUS_OK;
}

static Status read_numbers(const Answer *a, const Question *q, bool comma, Reading *out, Text *echo, Why *why)
{
    NumberRules rules = {.whole = q->kind == QUESTION_INTEGER, .comma = comma, .unit = q->unit,
                         .name = q->name, .names = q->names};
    Text reason = {0};
    bool read = true;
    for (int k = 0; k < a->boxes && read; k++) {
        if (k > 0) text_add(echo, ";  ");
        read = number_parse(text_string(&a->box[k].text), &rules, &out->number[k], echo, &reason);
    }
    if (!read) (void)why_say(why, STATUS_SYNTAX, 0, "%s", text_string(&reason));
    text_done(&reason);
    return read ? STATUS_OK : STATUS_SYNTAX;
}

static Status read_picks(const Answer *a, const Question *q, Text *echo, Why *why)
{
    for (int k = 0; k < a->picks; k++) {
        if (a->pick[k] < 0)
            return a->picks == 1 ? why_say(why, STATUS_SYNTAX, 0, "choose an option first")
                                 : why_say(why, STATUS_SYNTAX, 0, "%d of %d has no answer yet", k + 1, a->picks);
        if (k > 0) text_add(echo, ", ");
        text_add(echo, a->picks == 1 ? q->option[a->pick[k]].text : q->option[a->pick[k]].id);
    }
    return STATUS_OK;
}

Status answer_read(const Answer *a, const Question *q, bool comma, Reading *out, Text *echo, Why *why)
{
    text_clear(echo);
    switch (q->kind) {
    case QUESTION_INDICES:
        return read_set(a, q, out, echo, why);
    case QUESTION_INTEGER:
    case QUESTION_NUMBER:
        return read_numbers(a, q, comma, out, echo, why);
    case QUESTION_CLASSIFY:
    case QUESTION_CHOICE:
        return read_picks(a, q, echo, why);
    }
    return STATUS_OK;
}
