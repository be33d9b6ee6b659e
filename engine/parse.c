#include "engine/parse.h"
#include "engine/catalogue.h"
#include "engine/postfix.h"
#include "engine/scan.h"
#include "engine/value.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* expr := term { ("|" | "-") term }    term := factor { "&" factor }
 * factor := name [ "(" [ arg { "," arg } ] ")" ] | "(" expr ")"    arg := name "=" value */
typedef struct {
    Scan    scan;
    Recipe *out;
    int     nodes_room, values_room;
    int     leaves, depth;
} Parser;

static Status out_of_memory(Why *why)
{
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

/* ---- room ---- */

static Status reserve_nodes(Parser *p)
{
    if (p->out->nodes < p->nodes_room) return STATUS_OK;
    int         room = p->nodes_room * 2 + 8;
    RecipeNode *node = realloc(p->out->node, (size_t)room * sizeof *node);
    if (!node) return out_of_memory(p->scan.why);
    p->out->node = node;
    p->nodes_room = room;
    return STATUS_OK;
}

/* Room for one value more than asked for, so that an atom without parameters has a place too. */
static Status reserve_values(Parser *p, int more)
{
    if (p->out->values + more < p->values_room) return STATUS_OK;
    int    room = p->values_room * 2 + MECHANISM_PARAMS + 1;
    Value *value = realloc(p->out->value, (size_t)room * sizeof *value);
    if (!value) return out_of_memory(p->scan.why);
    p->out->value = value;
    p->values_room = room;
    return STATUS_OK;
}

/* ---- values ---- */

static Status parse_value(Parser *p, int depth, Value *out);

static Status parse_item(Parser *p, int depth, Value *out)
{
    Scan *s = &p->scan;
    char  c = scan_peek(s);
    if (c == '[') return parse_value(p, depth, out);
    int column = scan_column(s);
    if (!scan_number_begins(s)) {
        char shown[24];
        return why_say(s->why, STATUS_SYNTAX, column,
                       "a whole number should stand in the list, not %s", scan_shown(s, shown));
    }
    Status status = scan_number(s, true, out);
    if (status || !scan_take(s, '-')) return status;
    scan_peek(s);
    if (!scan_number_begins(s))
        return why_say(s->why, STATUS_SYNTAX, scan_column(s), "a number should follow \"-\"");
    Value end;
    status = scan_number(s, true, &end);
    if (status) return status;
    if (end.lo < out->lo)
        return why_say(s->why, STATUS_SYNTAX, column, "range %lld-%lld goes backwards",
                       (long long)out->lo, (long long)end.lo);
    out->hi = end.lo;
    return STATUS_OK;
}

static Status list_room(Parser *p, Value *list, int *room)
{
    if (list->items < *room) return STATUS_OK;
    *room = *room * 2 + 4;
    Value *item = realloc(list->item, (size_t)*room * sizeof *item);
    if (!item) return out_of_memory(p->scan.why);
    list->item = item;
    return STATUS_OK;
}

static Status list_end(Parser *p, int opened)
{
    Scan *s = &p->scan;
    char  shown[24];
    if (scan_peek(s) == '\0' && s->at == s->len)
        return why_say(s->why, STATUS_SYNTAX, scan_column(s),
                       "\"]\" is missing; the list opens at column %d", opened);
    return why_say(s->why, STATUS_SYNTAX, scan_column(s),
                   "\",\" or \"]\" should stand here, not %s", scan_shown(s, shown));
}

static Status parse_list(Parser *p, int depth, Value *out)
{
    Scan  *s = &p->scan;
    int    opened = scan_column(s), room = 0;
    Status status = STATUS_OK;
    if (depth >= RECIPE_NESTING)
        return why_say(s->why, STATUS_LIMIT, opened, "lists stand at most %d deep", RECIPE_NESTING);
    *out = (Value){.kind = VALUE_LIST};
    s->at++;
    if (scan_take(s, ']')) return STATUS_OK;
    do {
        Value item;
        status = list_room(p, out, &room);
        if (!status) status = parse_item(p, depth + 1, &item);
        if (!status) out->item[out->items++] = item;
    } while (!status && scan_take(s, ','));
    if (!status && !scan_take(s, ']')) status = list_end(p, opened);
    if (status) value_done(out);
    return status;
}

static Status parse_word(Parser *p, Value *out)
{
    const char *name;
    size_t      len = scan_name(&p->scan, &name);
    *out = (Value){.kind = VALUE_WORD, .text = calloc(len + 1, 1)};
    if (!out->text) return out_of_memory(p->scan.why);
    memcpy(out->text, name, len);
    return STATUS_OK;
}

static Status parse_value(Parser *p, int depth, Value *out)
{
    Scan *s = &p->scan;
    char  c = scan_peek(s), shown[24];
    if (c == '[') return parse_list(p, depth, out);
    if (c == '"') return scan_quoted(s, out);
    if (scan_number_begins(s)) return scan_number(s, false, out);
    if (scan_name_begins(c)) return parse_word(p, out);
    return why_say(s->why, STATUS_SYNTAX, scan_column(s), "a value should follow \"=\", not %s",
                   scan_shown(s, shown));
}

/* ---- arguments ---- */

static Status unknown_parameter(Parser *p, const Mechanism *m, const char *name, size_t len,
                                int column)
{
    int         shown = len < 60 ? (int)len : 60;
    const char *near = catalogue_near_param(m, name, len);
    if (near)
        return why_say(p->scan.why, STATUS_SYNTAX, column,
                       "%s has no parameter \"%.*s\"; did you mean \"%s\"?", m->name, shown, name,
                       near);
    why_say(p->scan.why, STATUS_SYNTAX, column, "%s has no parameter \"%.*s\"", m->name, shown,
            name);
    for (int k = 0; k < m->params && p->scan.why; k++) {
        char *todo = p->scan.why->todo;
        size_t used = strlen(todo);
        Writer w = {todo + used, sizeof p->scan.why->todo - used, 0};
        writer_text(&w, k == 0 ? "it has " : ", ");
        writer_text(&w, m->param[k].name);
        writer_end(&w);
    }
    return STATUS_SYNTAX;
}

static int find_parameter(const Mechanism *m, const char *name, size_t len)
{
    for (int k = 0; k < m->params; k++)
        if (strlen(m->param[k].name) == len && memcmp(m->param[k].name, name, len) == 0) return k;
    return -1;
}

static Status parameter_expected(Parser *p, const Mechanism *m, bool after_comma)
{
    Scan *s = &p->scan;
    char  shown[24];
    int   column = scan_column(s);
    if (scan_peek(s) == ')' || s->at == s->len) {
        if (after_comma)
            return why_say(s->why, STATUS_SYNTAX, column, "a parameter is missing after \",\"");
        return why_say(s->why, STATUS_SYNTAX, column, "\")\" is missing after \"%s(\"", m->name);
    }
    why_say(s->why, STATUS_SYNTAX, column, "a parameter's name should stand here, not %s",
            scan_shown(s, shown));
    if (m->params > 0 && scan_number_begins(s)) why_todo(s->why, "write %s=", m->param[0].name);
    return STATUS_SYNTAX;
}

static Status parse_argument(Parser *p, const Mechanism *m, bool after_comma, Value *value,
                             int *column)
{
    Scan *s = &p->scan;
    if (!scan_name_begins(scan_peek(s))) return parameter_expected(p, m, after_comma);
    const char *name;
    int         name_column = scan_column(s);
    size_t      len = scan_name(s, &name);
    int         k = find_parameter(m, name, len);
    if (k < 0) return unknown_parameter(p, m, name, len, name_column);
    if (column[k])
        return why_say(s->why, STATUS_SYNTAX, name_column, "%s is given twice", m->param[k].name);
    if (!scan_take(s, '='))
        return why_say(s->why, STATUS_SYNTAX, scan_column(s), "\"=\" and a value should follow %s",
                       m->param[k].name);
    scan_peek(s);
    column[k] = scan_column(s);
    return parse_value(p, 0, &value[k]);
}

static Status parse_arguments(Parser *p, const Mechanism *m, Value *value, int *column)
{
    Scan  *s = &p->scan;
    char   shown[24];
    Status status = STATUS_OK;
    if (!scan_take(s, '(') || scan_take(s, ')')) return STATUS_OK;
    for (bool more = false; !status; more = true) {
        status = parse_argument(p, m, more, value, column);
        if (!status && !scan_take(s, ',')) break;
    }
    if (status || scan_take(s, ')')) return status;
    if (s->at == s->len)
        return why_say(s->why, STATUS_SYNTAX, scan_column(s),
                       "\")\" is missing after the parameters of %s", m->name);
    return why_say(s->why, STATUS_SYNTAX, scan_column(s),
                   "\",\" or \")\" should stand here, not %s", scan_shown(s, shown));
}

/* ---- operands ---- */

static Status unknown_name(Parser *p, const char *name, size_t len, int column)
{
    int         shown = len < 60 ? (int)len : 60;
    const char *near = catalogue_near(name, len);
    if (near)
        return why_say(p->scan.why, STATUS_SYNTAX, column,
                       "there is no pattern \"%.*s\"; did you mean \"%s\"?", shown, name, near);
    why_say(p->scan.why, STATUS_SYNTAX, column, "there is no pattern \"%.*s\"", shown, name);
    why_todo(p->scan.why, "attend explain lists all names");
    return STATUS_SYNTAX;
}

static Status parse_leaf(Parser *p)
{
    const char *name;
    int         column = scan_column(&p->scan), value_column[MECHANISM_PARAMS] = {0};
    size_t      len = scan_name(&p->scan, &name);
    const Mechanism *m = catalogue_find(name, len);
    if (!m) return unknown_name(p, name, len, column);
    if (++p->leaves > RECIPE_LEAVES)
        return why_say(p->scan.why, STATUS_LIMIT, column, "an expression has at most %d atoms",
                       RECIPE_LEAVES);
    Status status = reserve_nodes(p);
    if (!status) status = reserve_values(p, m->params);
    if (status) return status;
    Value *value = p->out->value + p->out->values;
    if (m->params > 0) memset(value, 0, (size_t)m->params * sizeof *value);
    p->out->node[p->out->nodes++] =
        (RecipeNode){.op = RECIPE_LEAF, .mechanism = m, .place = p->out->values, .column = column};
    p->out->values += m->params;
    status = parse_arguments(p, m, value, value_column);
    return status ? status : values_complete(m, value, value_column, column, p->scan.why);
}

static Status operand_missing(Parser *p, char after)
{
    Scan *s = &p->scan;
    char  c = scan_peek(s), shown[24];
    int   column = scan_column(s);
    bool  nothing = s->at == s->len || (c != '\0' && strchr("|&-),", c));
    if (!nothing)
        return why_say(s->why, STATUS_SYNTAX, column, "a pattern's name should stand here, not %s",
                       scan_shown(s, shown));
    if (after)
        return why_say(s->why, STATUS_SYNTAX, column, "an operand is missing after \"%c\"", after);
    if (s->at == s->len) return why_say(s->why, STATUS_SYNTAX, column, "an expression is missing");
    return why_say(s->why, STATUS_SYNTAX, column, "an operand is missing before %s",
                   scan_shown(s, shown));
}

static Status parse_expr(Parser *p, char after);

static Status parse_brackets(Parser *p)
{
    Scan *s = &p->scan;
    char  shown[24];
    int   opened = scan_column(s);
    if (++p->depth > RECIPE_NESTING)
        return why_say(s->why, STATUS_LIMIT, opened, "brackets stand at most %d deep",
                       RECIPE_NESTING);
    s->at++;
    Status status = parse_expr(p, '(');
    if (status) return status;
    p->depth--;
    if (scan_take(s, ')')) return STATUS_OK;
    if (s->at == s->len)
        return why_say(s->why, STATUS_SYNTAX, scan_column(s),
                       "\")\" is missing; the bracket opens at column %d", opened);
    return why_say(s->why, STATUS_SYNTAX, scan_column(s),
                   "an operator or \")\" should stand here, not %s", scan_shown(s, shown));
}

static Status parse_factor(Parser *p, char after)
{
    char c = scan_peek(&p->scan);
    if (c == '(') return parse_brackets(p);
    if (scan_name_begins(c)) return parse_leaf(p);
    return operand_missing(p, after);
}

static Status apply(Parser *p, int right, RecipeOp op)
{
    Status status = reserve_nodes(p);
    if (!status) p->out->nodes = postfix_apply(p->out->node, p->out->nodes, right, op);
    return status;
}

static Status parse_term(Parser *p, char after)
{
    Status status = parse_factor(p, after);
    while (!status && scan_take(&p->scan, '&')) {
        int right = p->out->nodes;
        status = parse_factor(p, '&');
        if (!status) status = apply(p, right, RECIPE_INTERSECT);
    }
    return status;
}

static Status parse_expr(Parser *p, char after)
{
    Status status = parse_term(p, after);
    while (!status) {
        char op = scan_peek(&p->scan);
        if (op != '|' && op != '-') return STATUS_OK;
        p->scan.at++;
        int right = p->out->nodes;
        status = parse_term(p, op);
        if (!status) status = apply(p, right, op == '|' ? RECIPE_UNION : RECIPE_MINUS);
    }
    return status;
}

static Status trailing(Parser *p)
{
    Scan *s = &p->scan;
    char  shown[24], c = scan_peek(s);
    if (c == ')') return why_say(s->why, STATUS_SYNTAX, scan_column(s), "\")\" closes nothing");
    why_say(s->why, STATUS_SYNTAX, scan_column(s), "an operator should stand here, not %s",
            scan_shown(s, shown));
    why_todo(s->why, "| joins, & keeps what both have, - takes away");
    return STATUS_SYNTAX;
}

Status parse_expression(const char *text, size_t len, Recipe *out, Why *why)
{
    Parser p = {.scan = {text, len, 0, why}, .out = out};
    *out = (Recipe){0};
    Status status = parse_expr(&p, '\0');
    scan_peek(&p.scan);
    if (!status && p.scan.at < len) status = trailing(&p);
    if (status) recipe_done(out);
    return status;
}

Status parse_next(Scan *scan, Recipe *out)
{
    Parser p = {.scan = *scan, .out = out};
    *out = (Recipe){0};
    Status status = parse_expr(&p, '\0');
    scan->at = p.scan.at;
    if (status) recipe_done(out);
    return status;
}

Status recipe_parse(const char *text, size_t len, Recipe *out, Why *why)
{
    *out = (Recipe){0};
    if (len > RECIPE_TEXT)
        return why_say(why, STATUS_LIMIT, RECIPE_TEXT + 1,
                       "the expression has %zu bytes; at most %d are read", len, RECIPE_TEXT);
    return parse_expression(text, len, out, why);
}
