/* check_play.c - a question over many variants: dealt alike in two states, and answered in every
 * way that the lesson has a sentence for. */
#include "app/script/check_inner.h"

#include "app/base/hash.h"
#include "app/tutor/grade.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIXED_VARIANTS = 8
}; /* of a question that does not vary: only the order of its options does */

/* ---- what a variant is ------------------------------------------------------------------- */

static void tell_recipes(const Choices *c, Text *out)
{
    for (int k = 0; k < c->alternatives; k++) {
        char small[1000];
        recipe_print(&c->alternative[k], small, sizeof small);
        text_format(out, "\n recipe %s", small);
    }
}

static void tell_content(const Content *c, Text *out)
{
    text_format(out, "\n content %d %s %llu %lld %d %d", (int)c->kind, c->text ? c->text : "",
                (unsigned long long)c->seed, (long long)c->n, (int)c->toy, c->d);
    for (int64_t k = 0; k < c->scores; k++) text_format(out, " %.17g", c->score[k]);
}

static void tell_figure(const Figure *f, Text *out)
{
    if (!f) return;
    text_format(out, "\nfigure %lld %lld %d %u %u %d %s", (long long)f->n, (long long)f->row,
                (int)f->view, f->tools, f->hide, f->backgrounds > 0 ? (int)f->background[0] : 0,
                f->alt ? f->alt : "");
    for (int side = 0; side < SIDES; side++) tell_recipes(&f->recipe[side], out);
    for (int k = 0; k < f->contents; k++) tell_content(&f->content[k], out);
    for (int k = 0; k < f->sliders; k++)
        text_format(out, "\n slider %s %g %g %g", f->slider[k].name, f->slider[k].min,
                    f->slider[k].max, f->slider[k].start);
}

static void tell_runs(const Runs *s, Text *out)
{
    for (int k = 0; k < s->len; k++)
        text_format(out, " %lld-%lld", (long long)s->run[k].lo, (long long)s->run[k].hi);
}

static void tell_numbers(const Question *q, const Number *number, Text *out)
{
    for (int k = 0; number && k < q->boxes; k++)
        text_format(out, " %lld/%lld %.17g", (long long)number[k].top, (long long)number[k].bottom,
                    number[k].value);
}

/* All that a learner can meet in a variant, the order of options left out. */
static void tell(const Question *q, Text *out)
{
    text_format(out, "%s\n%s\nright", q->prompt, q->explain ? q->explain : "");
    tell_numbers(q, q->right, out);
    tell_runs(&q->set, out);
    tell_figure(q->figure, out);
    for (int k = 0; k < q->wrongs; k++) {
        text_format(out, "\nwrong %s %s", q->wrong[k].slip, q->wrong[k].sentence);
        tell_numbers(q, q->wrong[k].value, out);
        tell_runs(&q->wrong[k].keys, out);
    }
    for (int k = 0; k < q->options; k++)
        text_format(out, "\noption %s %s %s %d", q->option[k].id, q->option[k].text,
                    q->option[k].feedback ? q->option[k].feedback : "", q->option[k].right);
    for (int k = 0; k < q->items; k++) {
        text_format(out, "\nitem %s %d", q->item[k].text ? q->item[k].text : "", q->item[k].right);
        tell_figure(q->item[k].figure, out);
    }
    for (int k = 0; k < q->hints; k++) text_format(out, "\nhint %s", q->hint[k].text);
}

static Hash fingerprint(const Question *q, bool order)
{
    Text t = {0};
    tell(q, &t);
    for (int k = 0; k < q->options && order; k++) text_format(&t, " %d", q->order[k]);
    Hash hash = hash_sha256(text_string(&t), t.len);
    text_done(&t);
    return hash;
}

/* ---- answering --------------------------------------------------------------------------- */

typedef struct {
    Check          *c;
    int             page, variant;
    const Question *q;
    Lab            *lab; /* NULL: no figure */
    Answer          answer;
    Verdict         verdict;
} Play;

static void type_number(Field *box, const Number *number)
{
    Text t = {0};
    if (number->exact && number->bottom == 1)
        text_format(&t, "%lld", (long long)number->top);
    else
        text_format(&t, "%.17g", number->value);
    field_set(box, text_string(&t));
    text_done(&t);
}

static void type_set(Field *box, const Runs *set)
{
    Text   t = {0};
    size_t len = runs_print(set, ", ", NULL, 0);
    for (int k = 0; k < set->len; k++)
        text_format(&t, "%s%lld-%lld", k ? ", " : "", (long long)set->run[k].lo,
                    (long long)set->run[k].hi - 1);
    field_set(box, len == 0 ? "{}" : text_string(&t));
    text_done(&t);
}

/* Reads and grades the answer that was put in; false if it can't be read, which is said. */
static bool submit(Play *p, const char *whose)
{
    Reading reading = {0};
    Text    echo = {0};
    Why     why = {0};
    Status  status = answer_read(&p->answer, p->q, false, &reading, &echo, &why);
    if (status == STATUS_OK) status = grade(p->q, &p->answer, &reading, p->lab, &p->verdict);
    if (status != STATUS_OK)
        check_say(p->c, p->page, 0, false, why.todo, "variant %d: %s can't be read: %s", p->variant,
                  whose, why.what[0] ? why.what : status_sentence(status));
    reading_done(&reading);
    text_done(&echo);
    return status == STATUS_OK;
}

static void play_right(Play *p)
{
    if (!submit(p, "the right answer")) return;
    if (!p->verdict.right)
        check_say(p->c, p->page, 0, false, NULL, "variant %d: the right answer is not accepted",
                  p->variant);
}

/* The answer put in is a wrong one, and its sentence must be said. */
static void play_wrong(Play *p, const char *name, const char *sentence)
{
    if (!submit(p, name)) return;
    if (p->verdict.right)
        check_say(p->c, p->page, 0, false, NULL, "variant %d: %s is taken as right", p->variant,
                  name);
    else if (sentence && !strstr(text_string(&p->verdict.sentence), sentence))
        check_say(p->c, p->page, 0, false, NULL,
                  "variant %d: %s hears \"%.120s\" instead of its own sentence", p->variant, name,
                  text_string(&p->verdict.sentence));
}

static void play_numbers(Play *p)
{
    const Question *q = p->q;
    for (int b = 0; b < q->boxes; b++) type_number(&p->answer.box[b], &q->right[b]);
    play_right(p);
    for (int k = 0; k < q->wrongs; k++) {
        Text name = {0};
        text_format(&name, "the slip \"%s\"", q->wrong[k].slip);
        for (int b = 0; b < q->boxes; b++) type_number(&p->answer.box[b], &q->wrong[k].value[b]);
        play_wrong(p, text_string(&name), q->wrong[k].sentence);
        text_done(&name);
    }
}

static void play_set(Play *p)
{
    type_set(&p->answer.box[0], &p->q->set);
    play_right(p);
}

static void play_picks(Play *p)
{
    const Question *q = p->q;
    for (int item = 0; item < p->answer.picks; item++)
        p->answer.pick[item] = question_right_option(q, item);
    play_right(p);
    for (int item = 0; item < p->answer.picks; item++) {
        int right = question_right_option(q, item);
        for (int k = 0; k < q->options; k++) {
            if (k == right) continue;
            p->answer.pick[item] = k;
            play_wrong(p, q->option[k].id, q->option[k].feedback);
        }
        p->answer.pick[item] = right;
    }
}

/* A typed verdict must be the class of its figure's rule, where it has one. */
static void check_classes(const Play *p)
{
    const Question *q = p->q;
    for (int item = 0; item < q->items && q->kind == QUESTION_CLASSIFY; item++) {
        const Figure *f = question_figure(q, item);
        const char   *right = q->option[q->item[item].right].id;
        if (!f || f->recipe[SIDE_SPARSE].alternatives != 1) continue;
        Class class = recipe_class(&f->recipe[SIDE_SPARSE].alternative[0]);
        bool known = strcmp(right, class_word(CLASS_POSITIONAL)) == 0 ||
                     strcmp(right, class_word(CLASS_CONTENT)) == 0 ||
                     strcmp(right, class_word(CLASS_HYBRID)) == 0;
        bool as_content = class == CLASS_HYBRID && strcmp(right, class_word(CLASS_CONTENT)) == 0;
        if (known && !as_content && strcmp(right, class_word(class)) != 0)
            check_say(p->c, p->page, 0, false, "right = recipe:class()",
                      "variant %d: the verdict is %s, the figure's rule is %s", p->variant, right,
                      class_word(class));
    }
}

static void play(Play *p)
{
    const Figure *f = question_figure(p->q, 0);
    Why           why = {0};
    if (f && (p->lab = calloc(1, sizeof *p->lab)) != NULL &&
        lab_open(p->lab, f, &why) != STATUS_OK) {
        check_say(p->c, p->page, 0, false, why.todo, "variant %d: the figure does not open: %s",
                  p->variant, why.what);
        free(p->lab);
        p->lab = NULL;
    }
    answer_start(&p->answer, p->q);
    switch (p->q->kind) {
    case QUESTION_INTEGER:
    case QUESTION_NUMBER:
        play_numbers(p);
        break;
    case QUESTION_INDICES:
        play_set(p);
        break;
    case QUESTION_CLASSIFY:
    case QUESTION_CHOICE:
        play_picks(p);
        break;
    }
    check_classes(p);
    answer_done(&p->answer);
    verdict_done(&p->verdict);
    if (p->lab) lab_done(p->lab);
    free(p->lab);
}

/* ---- over all variants ------------------------------------------------------------------- */

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(Hash));
}

static void check_distinct(Check *c, int page, Hash *text, int dealt)
{
    int distinct = dealt > 0;
    qsort(text, (size_t)dealt, sizeof *text, by_bytes);
    for (int k = 1; k < dealt; k++) distinct += by_bytes(&text[k - 1], &text[k]) != 0;
    if (c->lesson->page[page].deals && dealt >= CHECK_VARIANTS && distinct < CHECK_VARIANTS)
        check_say(c, page, 0, false, "draw more, or give the question itself instead of a function",
                  "only %d different variants in %d", distinct, dealt);
}

static Question *deal(Check *c, const Lesson *lesson, int page, int variant)
{
    Question *q = NULL;
    Why       why = {0};
    Status    status = script_deal(lesson, page, variant, &q, &why);
    if (status != STATUS_OK) check_say_why(c, page, variant, &why, status);
    return q;
}

/* Deals all variants of the lesson at hand and plays them. hash, text: one a variant. */
static int play_all(Check *c, int page, int seeds, Hash *hash, Hash *text)
{
    int dealt = 0;
    for (int variant = 1; variant <= seeds; variant++) {
        Play      p = {.c = c, .page = page, .variant = variant};
        Question *q = deal(c, c->lesson, page, variant);
        hash[variant - 1] = (Hash){{0}};
        if (!q) continue;
        p.q = q;
        hash[variant - 1] = fingerprint(q, true);
        text[dealt++] = fingerprint(q, false);
        play(&p);
        question_free(q);
    }
    return dealt;
}

/* Deals them again in another state, the last first. */
static void deal_again(Check *c, const Lesson *other, int page, int seeds, const Hash *hash)
{
    static const Hash none = {{0}};
    for (int variant = seeds; variant >= 1; variant--) {
        Question *q = NULL;
        if (by_bytes(&hash[variant - 1], &none) == 0) continue;
        Hash again = none;
        if (script_deal(other, page, variant, &q, NULL) == STATUS_OK) again = fingerprint(q, true);
        question_free(q);
        if (by_bytes(&hash[variant - 1], &again) == 0) continue;
        check_say(c, page, 0, false,
                  "draw everything from rng; change nothing outside the function",
                  "variant %d is not the same in another state", variant);
        return;
    }
}

Status check_play(Check *c, int page, int seeds)
{
    Lesson *other = NULL;
    if (!c->lesson->page[page].deals && seeds > FIXED_VARIANTS) seeds = FIXED_VARIANTS;
    Hash  *hash = calloc((size_t)seeds, sizeof *hash), *text = calloc((size_t)seeds, sizeof *text);
    Status status = hash && text ? script_load(c->opener, c->file, &other, NULL) : STATUS_MEMORY;
    if (status == STATUS_OK) {
        int dealt = play_all(c, page, seeds, hash, text);
        deal_again(c, other, page, seeds, hash);
        check_distinct(c, page, text, dealt);
    }
    script_free(other);
    free(hash);
    free(text);
    return status;
}
