#include "app/view/title.h"

#include "app/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { PARTS = 8, LEFT_MOST = 30, BETWEEN = 3 };

typedef struct {
    char text[48];
    int  weight; /* the least goes first */
} TitlePart;

typedef struct {
    TitlePart part[PARTS];
    int       parts;
} Title;

static void __attribute__((format(printf, 3, 4))) part_add(Title *t, int weight, const char *format, ...)
{
    va_list    args;
    TitlePart *part = &t->part[t->parts++];
    part->weight = weight;
    va_start(args, format);
    vsnprintf(part->text, sizeof part->text, format, args);
    va_end(args);
}

static int columns_of(const Title *t)
{
    int columns = 0;
    for (int k = 0; k < t->parts; k++)
        columns += (int)strlen(t->part[k].text) + (k ? BETWEEN : 0);
    return columns;
}

static void drop_least(Title *t)
{
    int least = 0;
    for (int k = 1; k < t->parts; k++)
        if (t->part[k].weight < t->part[least].weight)
            least = k;
    for (int k = least + 1; k < t->parts; k++)
        t->part[k - 1] = t->part[k];
    t->parts--;
}

static void ask_parts(const Player *p, bool brief, Title *t)
{
    int left = player_tries_left(p), tries = p->question->tries;
    if (player_at(p)->deals)
        part_add(t, 3, "variant %d", p->variant);
    if (left < 0 || p->state == ASK_RIGHT || p->state == ASK_CLOSED)
        return;
    if (brief)
        part_add(t, 5, "%d of %d tries", left, tries);
    else
        part_add(t, 5, "%d of %d tries left", left, tries);
}

static void figure_parts(const Frame *f, Title *t)
{
    const Lab *lab = f->lab;
    part_add(t, 2, "figure");
    part_add(t, 4, "view %d %s", view_number(lab->view), view_word(lab->view));
    if (lab_weighs(lab))
        part_add(t, 3, "scale: %s", scale_word(lab->scale));
    part_add(t, 1, "n = %lld", (long long)lab->n);
}

/* The size of a block is always said. */
static void block_part(const Frame *f, Title *t)
{
    const FigurePlan *p = &f->layout->figure[f->layout->figure[SIDE_SPARSE].on ? SIDE_SPARSE : SIDE_OTHER];
    if (p->on && p->fit.k_rows > 1)
        part_add(t, 7, "1 cell = %lld k x %lld q", (long long)p->fit.k_columns, (long long)p->fit.k_rows);
}

static void parts_make(const Frame *f, Title *t)
{
    const Session *s = f->session;
    bool           brief = f->layout->class <= CLASS_N, xs = f->layout->class == CLASS_XS;
    if (s->layer == LAYER_HELP) {
        part_add(t, 9, "q closes");
        return;
    }
    if (f->layout->alone)
        figure_parts(f, t);
    else if (s->screen != SCREEN_HOME) {
        int page = s->player.page + 1, pages = s->lesson->pages;
        if (xs)
            part_add(t, 6, "%d/%d", page, pages);
        else
            part_add(t, 6, "%s%d of %d", s->screen == SCREEN_PAGE ? "page " : "", page, pages);
        if (s->screen == SCREEN_ASK && s->player.question)
            ask_parts(&s->player, brief, t);
    }
    if (f->layout->shown)
        block_part(f, t);
    part_add(t, 9, "? help");
}

/* At the left: the lesson and the page, the page alone where there is little room; a lesson's title
 * is cut before the page's name is. */
static void left_make(const Frame *f, const Canvas *canvas, int room, Text *out)
{
    const Session *s = f->session;
    bool           there = s->layer != LAYER_HELP && s->screen != SCREEN_HOME && s->lesson;
    text_clear(out);
    if (!there) {
        text_add(out, s->layer == LAYER_HELP ? "Help" : "Attend");
        return;
    }
    const char *title = s->lesson->title, *page = player_at(&s->player)->id;
    int         owed = utf8_columns(page, strlen(page)) + 3;
    if (f->layout->class != CLASS_XS && room > owed) {
        utf8_clean(out, title, strlen(title), false, f->ascii);
        if (utf8_columns(text_string(out), out->len) > room - owed) {
            text_cut(out, utf8_fit(text_string(out), out->len, room - owed - 1));
            text_add_rune(out, canvas_glyph(canvas, GLYPH_MORE));
        }
        text_add(out, " ");
        text_add_rune(out, canvas_glyph(canvas, GLYPH_CRUMB));
        text_add(out, " ");
    }
    utf8_clean(out, page, strlen(page), false, f->ascii);
}

void title_draw(const Frame *f, Canvas *canvas)
{
    Title t = {.parts = 0};
    Text *left = f->scratch;
    parts_make(f, &t);
    left_make(f, canvas, canvas->columns, left);
    int columns = utf8_columns(text_string(left), left->len), owed = canvas->columns * 3 / 10;
    owed = owed < LEFT_MOST ? owed : LEFT_MOST;
    owed = columns < owed ? columns : owed;
    while (t.parts > 1 && columns_of(&t) > canvas->columns - 2 - 2 - owed)
        drop_least(&t);
    int x = canvas->columns - 1 - columns_of(&t), room = x - 3 > 0 ? x - 3 : 0;
    left_make(f, canvas, room, left);
    canvas_text_bytes(canvas, 1, 0, style_attr(ATTR_BOLD), text_string(left), utf8_fit(text_string(left), left->len, room));
    for (int k = 0; k < t.parts; k++)
        x += canvas_text(canvas, x, 0, style_attr(ATTR_DIM), t.part[k].text) + BETWEEN;
}
