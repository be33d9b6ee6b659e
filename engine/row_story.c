/* row_story.c - how the rows of a pattern change in size, in words. */
#include "engine/bound.h"
#include "engine/writer.h"

#include <stdlib.h>

enum { STORY_LIMIT = 4096 }; /* queries that are counted one by one */

static void write_keys(Writer *w, int64_t keys)
{
    writer_integer(w, keys);
    writer_text(w, keys == 1 ? " key" : " keys");
}

static void write_text_and_number(Writer *w, const char *text, int64_t number)
{
    writer_text(w, text);
    writer_integer(w, number);
}

/* Rows grow or stay up to the first largest one, stay there, and shrink or stay from some row. */
typedef struct {
    int64_t least, most;
    int64_t top;    /* first row of the largest size */
    int64_t shrink; /* first row behind the top that is smaller than the one before; n if none is */
    bool    hill;   /* no row grows again once one has shrunk */
} Story;

static Story read_story(const int64_t *count, int64_t n)
{
    Story s = {.least = count[0], .most = count[0], .shrink = n, .hill = true};
    for (int64_t i = 1; i < n; i++) {
        if (count[i] < s.least) s.least = count[i];
        if (count[i] > s.most) s.most = count[i], s.top = i;
        if (count[i] < count[i - 1] && s.shrink == n) s.shrink = i;
        if (count[i] > count[i - 1] && s.shrink < n) s.hill = false;
    }
    return s;
}

static void tell(Writer *w, const Story *s, int64_t n)
{
    if (s->most == 0) {
        writer_text(w, "no row holds a key");
        return;
    }
    if (s->least == s->most) {
        writer_text(w, n == 1 ? "its one row holds " : "every row holds ");
        write_keys(w, s->most);
        return;
    }
    if (!s->hill) {
        write_text_and_number(w, "rows vary between ", s->least);
        writer_text(w, " and ");
        write_keys(w, s->most);
        return;
    }
    if (s->shrink == n && s->top == n - 1) {
        write_text_and_number(w, "rows grow from ", s->least);
        writer_text(w, " to ");
        write_keys(w, s->most);
        return;
    }
    if (s->top > 0) write_text_and_number(w, "rows grow until query ", s->top);
    writer_text(w, s->top == 0 ? "rows hold " : s->shrink == n ? ", then stay at " : ", hold ");
    write_keys(w, s->most);
    if (s->shrink < n) write_text_and_number(w, ", and shrink from query ", s->shrink);
}

static Status write_story(const Pattern *p, Writer *w)
{
    int64_t *count = malloc((size_t)p->n * sizeof *count);
    Status   status = count ? STATUS_OK : STATUS_MEMORY;
    for (int64_t i = 0; !status && i < p->n; i++) status = pattern_count(p, i, &count[i]);
    if (!status) {
        Story story = read_story(count, p->n);
        writer_text(w, "; ");
        tell(w, &story, p->n);
    }
    free(count);
    return status;
}

size_t pattern_describe(const Pattern *p, char *out, size_t size)
{
    Writer w = {out, size, 0};
    w.len = recipe_describe(&p->recipe, out, size);
    if (p->n <= STORY_LIMIT) {
        Writer before = w;
        if (write_story(p, &w)) w = before;
        return writer_end(&w);
    }
    char   formula[200];
    size_t len = recipe_formula(&p->recipe, formula, sizeof formula);
    if (p->background == BACKGROUND_CAUSAL && len > 0 && len < sizeof formula) {
        writer_text(&w, "; row i holds ");
        writer_text(&w, formula);
        writer_text(&w, " keys");
    }
    return writer_end(&w);
}
