/* help_view.c - the keys that work below, the signs of the figures, a short glossary. Every entry
 * has the cursor in turn, so that the list scrolls with it. */
#include "app/view/keymap.h"
#include "app/view/panes.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    const char *name, *says;
} HelpLine;

static const HelpLine signs[] = {
    {"blank", "future: the background does not allow it, whatever the rule"},
    {".", "skipped: allowed, but not in G, never scored"},
    {"#", "scored: in G; in colour a block"},
    {"0-9", "the weight in tenths of the row's largest; in colour dark to light"},
    {":-=+*#%@", "a block of cells, from few scored to all; in colour dark to light"},
    {"empty", "a row whose G is empty: its output is 0"},
    {"?", "hidden until the question is answered"},
    {"x", "counted in the answer, but not in the set"},
    {"o", "in the set, but missed by the answer"},
    {"!", "changed by the last probe: #! is new, .! is gone"},
    {">", "the row under the cursor; [] or < is its key"},
};

static const HelpLine words[] = {
    {"query", "the token that reads: a row of the matrix"},
    {"key", "a token that may be read: a column of the matrix"},
    {"G_i", "the set of keys that query i attends to; |G_i| is its size"},
    {"background", "what is allowed before any rule: causal lets a query see itself and earlier keys"},
    {"dense", "every allowed pair is scored"},
    {"window", "the w most recent keys, the query's own counted"},
    {"sink", "the first s keys of the text, kept for every query"},
    {"density", "scored cells divided by allowed cells"},
    {"kept mass", "the dense weight that lies inside G_i; every kept weight grows by 1 / kept mass"},
    {"positional", "G follows from positions alone: other words, same G"},
    {"content", "G follows from what the words are: other words can change it"},
    {"hybrid", "a part of G is there whatever the words are, a part is chosen by them"},
};

enum { SIGNS = sizeof signs / sizeof *signs, WORDS = sizeof words / sizeof *words };

int help_lines(const Session *s)
{
    return keymap_entries(s) + SIGNS + WORDS;
}

static void heading_put(const char *text, Sheet *out)
{
    sheet_gap(out);
    sheet_line(out);
    sheet_put(out, style_attr(ATTR_BOLD), text);
}

static void entry_put(const Frame *f, int number, int at, const char *name, const char *says, Sheet *out)
{
    bool under = f->session->help == number;
    sheet_line(out);
    int first = out->lines - 1;
    if (under)
        sheet_cursor(out, 0);
    sheet_put(out, style_attr(ATTR_BOLD), under ? "> " : "  ");
    sheet_put(out, style_attr(ATTR_BOLD), name);
    sheet_to(out, at);
    out->indent = at;
    sheet_wrapped(out, prose_plain(f->prose, says, out->columns - at, f->ascii), style_plain(), true);
    out->indent = 0;
    if (under)
        sheet_want(out);
    for (int line = first; under && line < out->lines; line++)
        sheet_fill_line(out, line, style_attr(ATTR_REVERSE));
}

void help_view(const Frame *f, Sheet *out)
{
    KeymapEntry e;
    int         number = 0, at = out->columns >= 56 ? 22 : 14;
    heading_put("Keys that work there (Enter does it)", out);
    for (int k = 0; keymap_entry(f->session, k, &e); k++)
        entry_put(f, number++, at, e.keys, e.help, out);
    heading_put("Signs in figures", out);
    for (int k = 0; k < SIGNS; k++)
        entry_put(f, number++, at, signs[k].name, signs[k].says, out);
    heading_put("Words", out);
    for (int k = 0; k < WORDS; k++)
        entry_put(f, number++, at, words[k].name, words[k].says, out);
}
