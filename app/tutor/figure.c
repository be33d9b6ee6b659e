#include "app/tutor/figure.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *word;
    unsigned    bit;
} Bit;

static const char *const view_word_rows[] = {
#define VIEW_WORD(name, number, word, help) word,
    VIEW_LIST(VIEW_WORD)
#undef VIEW_WORD
};

static const int view_numbers[] = {
#define VIEW_NUMBER(name, number, word, help) number,
    VIEW_LIST(VIEW_NUMBER)
#undef VIEW_NUMBER
};

static const char *const gauge_words[] = {
#define GAUGE_WORD(name, word) word,
    GAUGE_LIST(GAUGE_WORD)
#undef GAUGE_WORD
};

static const Bit tool_bits[] = {{"shuffle", TOOL_SHUFFLE}, {"longer", TOOL_LONGER}, {NULL, 0}};
static const Bit hide_bits[] = {{"rule", HIDE_RULE},     {"row", HIDE_ROW},
                                {"counts", HIDE_COUNTS}, {"legend", HIDE_LEGEND},
                                {"words", HIDE_WORDS},   {NULL, 0}};

static void choices_done(Choices *c)
{
    for (int k = 0; k < c->alternatives; k++) recipe_done(&c->alternative[k]);
    free(c->alternative);
}

static void slider_done(Slider *s)
{
    for (int k = 0; k < s->options; k++) free(s->option[k]);
    free(s->option);
    free(s->name);
    free(s->label);
}

void figure_free(Figure *f)
{
    if (!f) return;
    for (int k = 0; k < SIDES; k++) choices_done(&f->recipe[k]);
    for (int k = 0; k < f->contents; k++) {
        free(f->content[k].text);
        free(f->content[k].score);
    }
    for (int k = 0; k < f->sliders; k++) slider_done(&f->slider[k]);
    free(f->content);
    free(f->slider);
    free(f->hole);
    free(f->alt);
    free(f);
}

static int word_index(const char *const *words, int count, const char *word)
{
    for (int k = 0; k < count; k++)
        if (strcmp(words[k], word) == 0) return k;
    return -1;
}

static bool bit_find(const Bit *bits, const char *word, unsigned *out)
{
    for (; bits->word; bits++) {
        if (strcmp(bits->word, word) != 0) continue;
        *out = bits->bit;
        return true;
    }
    return false;
}

const char *view_word(View v)
{
    return view_word_rows[v];
}

int view_number(View v)
{
    return view_numbers[v];
}

bool view_numbered(long long number, View *out)
{
    for (int k = 0; k < VIEWS; k++) {
        if (view_numbers[k] != number) continue;
        *out = (View)k;
        return true;
    }
    return false;
}

bool view_weighs(View v)
{
    return v == VIEW_WEIGHTS || v == VIEW_DIFFERENCE || v == VIEW_COVERAGE;
}

const char *view_words(void)
{
    static const char words[] = ""
#define VIEW_NAMED(name, number, word, help) ", " word
        VIEW_LIST(VIEW_NAMED)
#undef VIEW_NAMED
        ;
    return &words[2];
}

bool view_find(const char *word, View *out)
{
    int k = word_index(view_word_rows, VIEWS, word);
    if (k >= 0) *out = (View)k;
    return k >= 0;
}

const char *gauge_word(Gauge g)
{
    return gauge_words[g];
}

bool gauge_find(const char *word, Gauge *out)
{
    int k = word_index(gauge_words, GAUGES, word);
    if (k >= 0) *out = (Gauge)k;
    return k >= 0;
}

bool tool_find(const char *word, unsigned *out)
{
    return bit_find(tool_bits, word, out);
}

bool hide_find(const char *word, unsigned *out)
{
    return bit_find(hide_bits, word, out);
}
