/* grid.c - boxes of a raster: around the query, shifted at the edges, or laid out side by side.
 * Sources: Parmar et al. 2018, arXiv:1802.05751 (grid); Hassani et al. 2023, arXiv:2204.07143
 * (grid_neighborhood); Liu et al. 2021, arXiv:2103.14030 (swin).
 * Position p is row floor(p/width), column p mod width; the last row may be short.
 * (n=16, width=4, bidirectional: grid rx=1 ry=1 and swin b=2: 100 and 64 pairs) */
#include "engine/mechanism.h"
#include "engine/neighbors.h"
#include "engine/progression.h"

#define WIDTH                                                                                      \
    {                                                                                              \
        .name = "width", .kind = PARAM_INTEGER, .min = 1, .max = INTEGER_LIMIT, .start = 4,        \
        .unit = "positions", .help = "positions of a raster row"                                   \
    }

static const Param grid_param[] = {
    WIDTH,
    {.name = "rx",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 1,
     .unit = "columns",
     .help = "columns to each side"},
    {.name = "ry",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .start = 1,
     .unit = "rows",
     .help = "rows above and below"},
};

static const Param neighborhood_param[] = {
    WIDTH,
    {.name = "kx",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 3,
     .unit = "columns",
     .help = "columns of the window, own counted"},
    {.name = "ky",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 3,
     .unit = "rows",
     .help = "rows of the window, own counted"},
};

static const Param swin_param[] = {
    WIDTH,
    {.name = "b",
     .kind = PARAM_INTEGER,
     .min = 1,
     .max = INTEGER_LIMIT,
     .start = 2,
     .unit = "positions",
     .help = "width and height of a window"},
    {.name = "shift",
     .kind = PARAM_INTEGER,
     .min = 0,
     .max = INTEGER_LIMIT,
     .optional = true,
     .start = 0,
     .unit = "positions",
     .help = "windows begin so much before the raster"},
};

/* Columns and rows of a raster; inside it, but for rows below the last one. */
typedef struct {
    int64_t width;
    Run     x, y;
} Box;

/* ---- questions to a box ---- */

static Status box_row(const Leaf *leaf, Box box, Runs *out)
{
    Status status = STATUS_OK;
    if (box.x.lo == 0 && box.x.hi == box.width) { /* its rows touch: one run */
        int64_t end = box.y.hi * box.width;
        return runs_append(out, box.y.lo * box.width, end < leaf->n ? end : leaf->n);
    }
    for (int64_t y = box.y.lo; !status && y < box.y.hi && y * box.width < leaf->n; y++) {
        int64_t lo = y * box.width + box.x.lo, hi = y * box.width + box.x.hi;
        status = runs_append(out, lo, hi < leaf->n ? hi : leaf->n);
    }
    return status;
}

/* Keys of the box before position p. */
static int64_t box_below(Box box, int64_t p)
{
    int64_t y = p / box.width, whole = range_overlap(box.y.lo, box.y.hi, 0, y);
    int64_t below = whole * (box.x.hi - box.x.lo);
    if (y < box.y.lo || y >= box.y.hi) return below;
    return below + range_overlap(box.x.lo, box.x.hi, 0, p % box.width);
}

static int64_t box_count(Box box, int64_t lo, int64_t hi)
{
    return box_below(box, hi) - box_below(box, lo);
}

static Run around(int64_t at, int64_t lo, int64_t hi, int64_t size)
{
    return (Run){at > lo ? at - lo : 0, at < size - hi ? at + hi + 1 : size};
}

static int64_t height(const Leaf *leaf)
{
    return (leaf->n - 1) / leaf_integer(leaf, 0) + 1;
}

/* ---- grid ---- */

static Box grid_box(const Leaf *leaf, int64_t i)
{
    int64_t width = leaf_integer(leaf, 0), rx = leaf_integer(leaf, 1), ry = leaf_integer(leaf, 2);
    return (Box){width, around(i % width, rx, rx, width), around(i / width, ry, ry, height(leaf))};
}

static Status grid_row(const Leaf *leaf, int64_t i, Runs *out)
{
    return box_row(leaf, grid_box(leaf, i), out);
}

static int64_t grid_count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return box_count(grid_box(leaf, i), lo, hi);
}

/* ---- grid_neighborhood ---- */

static Box neighborhood_box(const Leaf *leaf, int64_t i)
{
    int64_t   width = leaf_integer(leaf, 0);
    bool      causal = leaf->background == BACKGROUND_CAUSAL;
    Neighbors across = {leaf_integer(leaf, 1), 1, causal},
              down = {leaf_integer(leaf, 2), 1, causal};
    return (Box){width, neighbors_of(across, i % width, width),
                 neighbors_of(down, i / width, height(leaf))};
}

static Status neighborhood_row(const Leaf *leaf, int64_t i, Runs *out)
{
    return box_row(leaf, neighborhood_box(leaf, i), out);
}

static int64_t neighborhood_count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return box_count(neighborhood_box(leaf, i), lo, hi);
}

/* ---- swin ---- */

static Run window_of(int64_t at, int64_t b, int64_t shift, int64_t size)
{
    int64_t place = (at + shift) % b;
    return around(at, place, b - 1 - place, size);
}

static Box swin_box(const Leaf *leaf, int64_t i)
{
    int64_t width = leaf_integer(leaf, 0), b = leaf_integer(leaf, 1), shift = leaf_integer(leaf, 2);
    return (Box){width, window_of(i % width, b, shift, width),
                 window_of(i / width, b, shift, height(leaf))};
}

static Status swin_row(const Leaf *leaf, int64_t i, Runs *out)
{
    return box_row(leaf, swin_box(leaf, i), out);
}

static int64_t swin_count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    return box_count(swin_box(leaf, i), lo, hi);
}

/* Until the query's window ends, or its raster row does. */
static int64_t swin_until(const Leaf *leaf, int64_t i)
{
    Box     box = swin_box(leaf, i);
    int64_t end = i - i % box.width + box.x.hi;
    return end < leaf->n ? end : leaf->n;
}

const Mechanism mech_grid[] = {
    {.name = "grid",
     .sentence = "each query sees a box around it in a raster, cut off at the edges",
     .source = {"Parmar et al.", "Image Transformer", "arXiv:1802.05751", 2018},
     .param = grid_param,
     .params = 3,
     .class = CLASS_POSITIONAL,
     .shape = "boxes of ${rx=1:1 column;$rx columns} and ${ry=1:1 row;$ry rows} to each side in a "
              "raster $width wide",
     .many = true,
     .row = grid_row,
     .count = grid_count},
    {.name = "grid_neighborhood",
     .sentence = "each query sees a box of kx by ky in a raster, shifted at the edges, not cut off",
     .source = {"Hassani et al.", "Neighborhood Attention Transformer", "arXiv:2204.07143", 2023},
     .param = neighborhood_param,
     .params = 3,
     .class = CLASS_POSITIONAL,
     .shape = "boxes of ${kx=1:1 column;$kx columns} and ${ky=1:1 row;$ky rows} that stay inside a "
              "raster $width wide",
     .many = true,
     .row = neighborhood_row,
     .count = neighborhood_count},
    {.name = "swin",
     .sentence = "a raster is cut into windows of b by b; each query sees its own window",
     .source = {"Liu et al.",
                "Swin Transformer: Hierarchical Vision Transformer using Shifted Windows",
                "arXiv:2103.14030", 2021},
     .param = swin_param,
     .params = 3,
     .class = CLASS_POSITIONAL,
     .shape = "windows of $b by $b in a raster $width wide${shift=0:;, shifted by $shift}",
     .many = true,
     .until = swin_until,
     .row = swin_row,
     .count = swin_count},
    {.name = NULL},
};
