/* text_view.c - the text of a page up to its reveal step, then sliders and gauges. */
#include "app/view/controls.h"
#include "app/view/panes.h"
#include "app/view/readout.h"
#include "app/view/strip.h"

static void part_put(const Frame *f, const char *text, Sheet *out)
{
    const Wrapped *w = prose_markdown(f->prose, text, out->columns, f->ascii);
    if (w->lines)
        sheet_gap(out);
    sheet_wrapped(out, w, style_plain(), false);
}

static void prose_put(const Frame *f, Sheet *out)
{
    const Player *p = &f->session->player;
    const Page   *page = player_at(p);
    for (int k = 0, step = 1; k < page->parts && step <= p->step; k++) {
        if (page->part[k].kind == PART_REVEAL)
            step++;
        else if (page->part[k].kind == PART_PROSE)
            part_put(f, page->part[k].text, out);
    }
}

static void figure_put(const Frame *f, const Canvas *canvas, Sheet *out)
{
    if (f->lab->figure->sliders) {
        sheet_gap(out);
        controls_sliders(f, canvas, out);
    }
    if (f->lab->figure->gauges) {
        sheet_gap(out);
        controls_gauges(f, out);
    }
}

static void extras_put(const Frame *f, Extras extras, Sheet *out)
{
    if (extras.log && lab_log_size(f->lab)) {
        sheet_gap(out);
        readout_log(f, extras.log, out);
    }
    if (extras.strip && strip_wanted(f->lab)) {
        sheet_gap(out);
        strip_put(f, false, out);
    }
}

void text_view(const Frame *f, const Canvas *canvas, Extras extras, Sheet *out)
{
    prose_put(f, out);
    if (!f->lab)
        return;
    if (!f->layout->in_turn)
        figure_put(f, canvas, out);
    extras_put(f, extras, out);
}

void controls_view(const Frame *f, const Canvas *canvas, Sheet *out)
{
    figure_put(f, canvas, out);
    extras_put(f, (Extras){3, true}, out);
}
