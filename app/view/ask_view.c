/* ask_view.c - a question: prompt, options or fields with the echo, verdict and sentence, points,
 * hints with their price, working, experiments, strip. */
#include "app/view/keymap.h"
#include "app/view/panes.h"
#include "app/view/readout.h"
#include "app/view/strip.h"

#include "app/base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool is_open(const Player *p)
{
    return p->state == ASK_OPEN || p->state == ASK_NOTYET;
}

static void markdown_put(const Frame *f, const char *text, Style style, bool join, Sheet *out)
{
    int columns = out->columns - out->indent;
    sheet_wrapped(out, prose_markdown(f->prose, text, columns > 8 ? columns : 8, f->ascii), style, join);
}

/* ---- items ------------------------------------------------------------------------------- */

/* " 1 P  2 C >3 -<  4 -": the initial of each verdict, the item on the screen between > and <. */
static void items_put(const Frame *f, Sheet *out)
{
    const Player *p = &f->session->player;
    sheet_gap(out);
    sheet_line(out);
    for (int k = 0; k < p->answer.picks; k++) {
        bool        here = k == p->item;
        int         pick = p->answer.pick[k];
        const char *text = pick < 0 ? "-" : p->question->option[pick].text;
        if (sheet_room(out) < 7)
            sheet_line(out);
        sheet_format(out, style_attr(here ? ATTR_BOLD : pick < 0 ? ATTR_DIM : 0), "%c%d %c%c", here ? '>' : ' ',
                     k + 1, toupper((unsigned char)text[0]), here ? '<' : ' ');
    }
    const Item *item = &p->question->item[p->item];
    if (!item->text)
        return;
    sheet_gap(out);
    markdown_put(f, item->text, style_plain(), false, out);
}

/* ---- options ----------------------------------------------------------------------------- */

static void option_put(const Frame *f, int place, Sheet *out)
{
    const Session *s = f->session;
    const Player  *p = &s->player;
    bool           under = place == p->option, focus = s->focus == FOCUS_OPTIONS && s->layer == LAYER_NONE;
    int            index = p->question->order[place];
    bool           picked = p->answer.pick[p->item] == index;
    bool           shown = is_open(p) ? under : picked;
    sheet_line(out);
    int first = out->lines - 1;
    if (under && focus)
        sheet_cursor(out, 0);
    sheet_format(out, style_attr(shown ? ATTR_BOLD : 0), "%c %d ", shown ? '>' : ' ', place + 1);
    out->indent = 4;
    markdown_put(f, p->question->option[index].text, style_plain(), true, out);
    out->indent = 0;
    if (under && focus)
        sheet_want(out);
    if (shown && (focus || picked))
        for (int line = first; line < out->lines; line++)
            sheet_fill_line(out, line, style_attr(focus && is_open(p) ? ATTR_REVERSE : ATTR_BOLD));
}

static void options_put(const Frame *f, Sheet *out)
{
    sheet_gap(out);
    for (int place = 0; place < f->session->player.question->options; place++)
        option_put(f, place, out);
}

/* ---- fields ------------------------------------------------------------------------------ */

/* The part of a long text that is shown: it ends behind the cursor, and begins between clusters. */
static size_t field_from(const Field *field, int room)
{
    const char *text = text_string(&field->text);
    size_t      from = 0;
    while (from < field->cursor && utf8_columns(text + from, field->cursor - from) >= room)
        from += utf8_cluster(text + from, field->text.len - from);
    return from;
}

static void field_put(const Frame *f, int box, Sheet *out)
{
    const Player *p = &f->session->player;
    const Field  *field = &p->answer.box[box];
    bool          here = box == p->box && session_in_field(f->session);
    sheet_put(out, style_attr(here ? ATTR_BOLD : ATTR_DIM), here ? " > " : "   ");
    const char *text = text_string(&field->text);
    size_t      from = field_from(field, sheet_room(out) - 1);
    if (here)
        sheet_cursor(out, sheet_x(out) + utf8_columns(text + from, field->cursor - from));
    else if (!field->text.len)
        sheet_put(out, style_attr(ATTR_DIM), "_");
    sheet_put(out, p->stale ? style_attr(ATTR_DIM) : style_attr(ATTR_BOLD), text + from);
    if (p->question->unit)
        sheet_format(out, style_attr(ATTR_DIM), "  %s", p->question->unit);
}

static void echo_put(const Player *p, Sheet *out)
{
    if (!p->echo.len)
        return;
    int columns = 8 + utf8_columns(text_string(&p->echo), p->echo.len);
    if (p->answer.boxes > 1 || sheet_room(out) < columns + 4)
        sheet_line(out);
    sheet_to(out, p->answer.boxes > 1 ? 0 : sheet_x(out) == out->indent ? 3 : sheet_x(out) + 4);
    sheet_format(out, style_attr(ATTR_DIM), "read as %s", text_string(&p->echo));
}

static const char *box_label(const Question *q, int box)
{
    return q->box_label && q->box_label[box] ? q->box_label[box] : "Your answer";
}

/* Columns of the longest label of several boxes; 0 where fields stand below their labels. */
static int labels_columns(const Player *p, int columns)
{
    int most = 0;
    for (int box = 0; box < p->answer.boxes; box++) {
        int label = utf8_columns(box_label(p->question, box), strlen(box_label(p->question, box)));
        most = label > most ? label : most;
    }
    return p->answer.boxes > 1 && most < columns / 2 ? most : 0;
}

static void fields_put(const Frame *f, Sheet *out)
{
    const Player   *p = &f->session->player;
    const Question *q = p->question;
    int             beside = labels_columns(p, out->columns);
    sheet_gap(out);
    for (int box = 0; box < p->answer.boxes; box++) {
        sheet_line(out);
        sheet_put(out, style_plain(), box_label(q, box));
        if (q->kind == QUESTION_INDICES && is_open(p))
            sheet_put(out, style_attr(ATTR_DIM), ", as 0-3, 9 or painted");
        if (beside)
            sheet_to(out, beside);
        else
            sheet_line(out);
        field_put(f, box, out);
    }
    if (is_open(p))
        echo_put(p, out);
}

/* ---- what stands in the way -------------------------------------------------------------- */

static void need_put(const char *what, const char *action, Sheet *out)
{
    const char *key = keymap_press(action, NULL);
    sheet_line(out);
    sheet_put(out, style_plain(), what);
    sheet_put(out, style_attr(ATTR_BOLD), key ? key : "");
}

/* What the figure on the screen still has to be put through, then why the answer can't be taken. */
static void require_put(const Frame *f, Sheet *out)
{
    const Player *p = &f->session->player;
    unsigned      missing = is_open(p) && f->lab ? p->question->require & ~f->lab->used : 0;
    if (missing)
        sheet_gap(out);
    if (missing & TOOL_SHUFFLE)
        need_put("Deal the words once:  ", "shuffle", out);
    if (missing & TOOL_LONGER)
        need_put("Lengthen the text once:  ", "longer", out);
    if (!p->unread.len)
        return;
    sheet_gap(out);
    sheet_wrapped(out, prose_plain(f->prose, text_string(&p->unread), out->columns, f->ascii), style_attr(ATTR_BOLD),
                  false);
}

/* ---- verdict ----------------------------------------------------------------------------- */

static void points_put(const Player *p, Sheet *out)
{
    const Question *q = p->question;
    if (q->predict || q->points <= 0)
        return;
    sheet_format(out, style_attr(ATTR_DIM), "%.3g of %d point%s", p->points, q->points, q->points == 1 ? "" : "s");
}

static void verdict_head(const Player *p, Sheet *out)
{
    const Verdict *v = &p->verdict;
    sheet_line(out);
    if (p->state == ASK_RIGHT)
        sheet_put(out, style_ink(HUE_RIGHT, ATTR_BOLD), "Right.");
    else if (p->state == ASK_CLOSED && p->question->predict)
        sheet_put(out, style_attr(ATTR_BOLD), "Now look.");
    else
        sheet_put(out, style_ink(HUE_NOTYET, ATTR_BOLD), p->state == ASK_CLOSED ? "Closed." : "Not yet.");
    sheet_put(out, style_plain(), "  ");
    if (p->state != ASK_NOTYET)
        points_put(p, out);
    else if (v->slip[0])
        sheet_put(out, style_attr(ATTR_DIM), v->slip);
}

/* What the figure marks, in words. */
static void marks_put(const Lab *lab, Sheet *out)
{
    Style mark = style_ink(HUE_NOTYET, ATTR_BOLD);
    if (!lab || lab->mark_row < 0 || (!lab->surplus.len && !lab->missed.len))
        return;
    sheet_gap(out);
    if (lab->surplus.len) {
        sheet_line(out);
        sheet_put(out, mark, "x");
        sheet_put(out, style_plain(), "  counted, but not in the set");
    }
    if (lab->missed.len) {
        sheet_line(out);
        sheet_put(out, mark, "o");
        sheet_put(out, style_plain(), "  in the set, but not counted");
    }
}

static void again_put(const Player *p, Sheet *out)
{
    for (int k = 0; k < p->question->agains; k++)
        if (strcmp(p->question->again[k].slip, p->verdict.slip) == 0) {
            sheet_line(out);
            sheet_format(out, style_attr(ATTR_DIM), "Read again: %s", p->question->again[k].page);
            return;
        }
}

static void verdict_put(const Frame *f, Sheet *out)
{
    const Player *p = &f->session->player;
    if (p->state == ASK_OPEN)
        return;
    sheet_gap(out);
    verdict_head(p, out);
    if (p->verdict.sentence.len)
        markdown_put(f, text_string(&p->verdict.sentence), style_plain(), false, out);
    if (p->state == ASK_NOTYET)
        again_put(p, out);
    marks_put(f->lab, out);
    if (p->state != ASK_CLOSED || !p->working.len)
        return;
    sheet_gap(out);
    markdown_put(f, text_string(&p->working), style_plain(), false, out);
}

/* ---- hints ------------------------------------------------------------------------------- */

static void price_put(const Hint *hint, Sheet *out)
{
    if (hint->cost > 0)
        sheet_format(out, style_attr(ATTR_DIM), ", costs %g in a quiz, free here:  ", hint->cost);
    else
        sheet_put(out, style_attr(ATTR_DIM), ", free:  ");
}

static void hints_put(const Frame *f, Sheet *out)
{
    const Player   *p = &f->session->player;
    const Question *q = p->question;
    for (int k = 0; k < p->hints && k < q->hints; k++) {
        sheet_gap(out);
        sheet_line(out);
        sheet_format(out, style_attr(ATTR_DIM), "Hint %d  ", k + 1);
        out->indent = 8;
        markdown_put(f, q->hint[k].text, style_plain(), true, out);
        out->indent = 0;
    }
    if (p->hints >= q->hints || !is_open(p))
        return;
    const char *key = keymap_press("hint", NULL);
    sheet_gap(out);
    sheet_line(out);
    sheet_format(out, style_attr(ATTR_DIM), "Hint %d of %d", p->hints + 1, q->hints);
    price_put(&q->hint[p->hints], out);
    sheet_put(out, style_plain(), key ? key : "");
}

/* ---- the whole --------------------------------------------------------------------------- */

void ask_view(const Frame *f, Extras extras, Sheet *out)
{
    const Player *p = &f->session->player;
    markdown_put(f, p->question->prompt, style_attr(ATTR_BOLD), false, out);
    if (p->answer.picks > 1)
        items_put(f, out);
    if (p->answer.picks > 0)
        options_put(f, out);
    else
        fields_put(f, out);
    require_put(f, out);
    verdict_put(f, out);
    hints_put(f, out);
    if (!f->lab)
        return;
    if (extras.log && lab_log_size(f->lab)) {
        sheet_gap(out);
        readout_log(f, extras.log, out);
    }
    if (extras.strip && strip_wanted(f->lab)) {
        sheet_gap(out);
        strip_put(f, false, out);
    }
}
