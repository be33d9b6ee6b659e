/* lab_weigh.c - the weights that a view shows, their places on the ramp, and pinned cells. */
#include "app/tutor/lab.h"
#include "app/tutor/lab_inner.h"

#include <math.h>

/* ---- scales ------------------------------------------------------------------------------ */

const char *scale_word(Scale s)
{
    static const char *const words[] = {
#define SCALE_WORD(name, word) word,
        SCALE_LIST(SCALE_WORD)
#undef SCALE_WORD
    };
    return words[s];
}

float scale_log(float weight)
{
    if (!(weight > 0)) return 0;
    return fminf(1, fmaxf(0, 1 + log10f(weight) / SCALE_DECADES));
}

/* ---- the row under the cursor ------------------------------------------------------------ */

static int64_t lab_allowed(const Lab *lab)
{
    return lab->background == BACKGROUND_CAUSAL ? lab->row + 1 : lab->n;
}

double lab_dense(const Lab *lab, int64_t i, int64_t j)
{
    return lab->dense ? (double)lab->dense[i * lab->n + j] : NAN;
}

bool lab_weighs(const Lab *lab)
{
    return view_weighs(lab->view) && lab->dense;
}

bool lab_loses(const Lab *lab, Side side)
{
    return lab->view == VIEW_DIFFERENCE && lab->dense && side == SIDE_SPARSE;
}

bool lab_shows_weight(const Lab *lab, Side side, int64_t j, float *out)
{
    bool loses = lab_loses(lab, side);
    if (!lab_weighs(lab) || !lab->pattern[side] || j < 0 || j >= lab_allowed(lab)) return false;
    if (runs_has(&lab->set[side], j) == loses) return false;
    *out = loses ? lab->dense[lab->row * lab->n + j] : lab->row_weight[side][j];
    return true;
}

float lab_rank(const Lab *lab, Side side, float weight)
{
    int64_t shown = 0, below = 0;
    float   other;
    for (int64_t j = 0; j < lab_allowed(lab); j++) {
        if (!lab_shows_weight(lab, side, j, &other)) continue;
        shown++;
        below += other <= weight;
    }
    return shown > 0 ? (float)below / (float)shown : 0;
}

float lab_row_most(const Lab *lab)
{
    float most = 0, weight;
    for (int64_t j = 0; j < lab_allowed(lab); j++) {
        for (int side = 0; side < SIDES; side++)
            if (lab_shows_weight(lab, (Side)side, j, &weight)) most = fmaxf(most, weight);
        if (lab_loses(lab, SIDE_SPARSE)) most = fmaxf(most, lab->dense[lab->row * lab->n + j]);
    }
    return most > 0 ? most : 1;
}

/* ---- the order of the row ---------------------------------------------------------------- */

/* Does key a stand before key b? The larger weight first, ties by position. */
static bool order_before(const float *weight, int64_t a, int64_t b)
{
    return weight[a] > weight[b] || (!(weight[a] < weight[b]) && a < b);
}

/* Shell's gaps, in place. */
void lab_order(Lab *lab, Side side)
{
    int64_t *order = lab->order[side], n = 0, gap = 1;
    if (!order || !lab->pattern[side]) return;
    for (int r = 0; r < lab->set[side].len; r++)
        for (int64_t j = lab->set[side].run[r].lo; j < lab->set[side].run[r].hi; j++) order[n++] = j;
    while (gap < n / 3) gap = 3 * gap + 1;
    for (; gap > 0; gap /= 3)
        for (int64_t k = gap; k < n; k++) {
            int64_t key = order[k], at = k;
            for (; at >= gap && order_before(lab->row_weight[side], key, order[at - gap]); at -= gap)
                order[at] = order[at - gap];
            order[at] = key;
        }
    lab->ordered[side] = n;
}

int64_t lab_carriers(const Lab *lab, Side side)
{
    double sum = 0;
    for (int64_t k = 0; k < lab->ordered[side]; k++) {
        sum += (double)lab->row_weight[side][lab->order[side][k]];
        if (sum >= LAB_TARGET - 1e-6) return k + 1;
    }
    return lab->ordered[side];
}

int64_t lab_place(const Lab *lab, Side side)
{
    for (int64_t k = 0; k < lab->ordered[side]; k++)
        if (lab->order[side][k] == lab->key) return k;
    return -1;
}

void lab_move_place(Lab *lab, Side side, int64_t by)
{
    lab_order(lab, side);
    int64_t last = lab->ordered[side] - 1, at = lab_place(lab, side);
    if (last < 0) return;
    at = at < 0 ? 0 : at + by;
    lab_go(lab, lab->row, lab->order[side][at < 0 ? 0 : at > last ? last : at]);
}

/* ---- pins -------------------------------------------------------------------------------- */

static void pin_bind(const Lab *lab, LabPin *pin)
{
    if (pattern_has(lab->pattern[SIDE_SPARSE], pin->row, pin->key, &pin->scored) != STATUS_OK)
        pin->scored = false;
    pin->dense = lab_dense(lab, pin->row, pin->key);
    for (int side = 0; side < SIDES; side++)
        pin->weight[side] = lab_weight(lab, (Side)side, pin->row, pin->key);
}

void lab_bind_pins(Lab *lab)
{
    int kept = 0;
    for (int k = 0; k < lab->pins; k++) {
        LabPin *pin = &lab->pin[k];
        bool    there = pin->row < lab->n && pin->key < lab->n &&
                     (lab->background == BACKGROUND_BIDIRECTIONAL || pin->key <= pin->row);
        if (!there) continue;
        pin_bind(lab, pin);
        lab->pin[kept++] = *pin;
    }
    lab->pins = kept;
}

void lab_pin(Lab *lab)
{
    for (int k = 0; k < lab->pins; k++) {
        if (lab->pin[k].row != lab->row || lab->pin[k].key != lab->key) continue;
        lab->pins--;
        if (k < lab->pins) lab->pin[k] = lab->pin[k + 1];
        return;
    }
    if (lab->pins == LAB_PINS) {
        lab->pin[0] = lab->pin[1];
        lab->pins--;
    }
    LabPin *pin = &lab->pin[lab->pins++];
    *pin = (LabPin){.row = lab->row, .key = lab->key};
    pin_bind(lab, pin);
}
