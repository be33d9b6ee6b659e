#include "app/canvas/blit_plain.h"

static void add_cell(const Cell *cell, Text *out)
{
    if (cell->width == 0) return;
    text_add_rune(out, cell->rune);
    for (int k = 0; k < CELL_MARKS && cell->mark[k]; k++) text_add_rune(out, cell->mark[k]);
}

void blit_plain(const Canvas *c, Text *out)
{
    for (int y = 0; y < c->rows; y++) {
        size_t end = out->len;
        for (int x = 0; x < c->columns; x++) {
            const Cell *cell = canvas_cell(c, x, y);
            add_cell(cell, out);
            if (cell->rune != ' ' && cell->width > 0) end = out->len;
        }
        text_cut(out, end);
        text_add_char(out, '\n');
    }
}

/* A letter for a style: what it looks like first, attributes if it has no colour. Steps are 1 to 7,
 * ink on the default paper by lower case letters. */
static char style_letter(Style s)
{
    static const char attr[16] =
        " bdbrrrrubdbrrrr"; /* reverse before bold before dim, underline last */
    if (s.paper >= HUE_STEP_1) return (char)('1' + s.paper - HUE_STEP_1);
    if (s.paper == HUE_MARK) return 'M';
    if (s.ink == HUE_RIGHT) return 'g';
    if (s.ink == HUE_NOTYET) return 'y';
    if (s.ink == HUE_MARK) return 'm';
    if (s.ink >= HUE_STEP_1) return (char)('A' + s.ink - HUE_STEP_1);
    return attr[s.attr & 15];
}

void blit_styles(const Canvas *c, Text *out)
{
    blit_plain(c, out);
    for (int y = 0; y < c->rows; y++) {
        size_t end = out->len;
        for (int x = 0; x < c->columns; x++) {
            char letter = style_letter(canvas_cell(c, x, y)->style);
            text_add_char(out, letter);
            if (letter != ' ') end = out->len;
        }
        text_cut(out, end);
        text_add_char(out, '\n');
    }
}
