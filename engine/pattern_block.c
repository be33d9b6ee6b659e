/* pattern_block.c - how many cells the blocks of a picture hold, from the rule, at any size.
 *
 * Most leaves ask for the distance i - j alone, or for the key alone; the others give stretches
 * of queries the same keys. Fix which of the latter two kinds hold the cell (the bits): what is
 * left of the expression is a set of distances, made once by the algebra of runs and kept as a
 * Profile. In a rectangle of queries i0 .. i1-1 and keys j0 .. j1-1 with the same bits the cells are
 *
 *      S(i1-j0) - S(i1-j1) - S(i0-j0) + S(i0-j1),   S(x) = sum of (x - d) over distances d < x
 *
 * for the pairs at distance d < x are counted by the second sum of the set's indicator. The keys
 * fall into segments of equal bits; first every column of blocks is counted as if no leaf of the third
 * kind held anything, then each of their stretches is put right.
 *
 * Cost: the runs of the rows n-1 and 0 of each distance leaf; four values of S for each block, once
 * more for each segment where its distances are partly held; eight for each stretch and run of the
 * third kind. A value of S is a binary search. A leaf without until has n stretches.
 * Memory: 32 bytes for each run of the distances, for each combination of bits that occurs. */
#include "engine/bound.h"
#include "engine/expand.h"
#include "engine/progression.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BITS = 16 }; /* leaves that ask for more than the distance; beyond, rows are walked */

/* ---- sets of distances ---- */

/* Distances lo .. hi-1, shifted; those before lo: how many, and the sum S(lo). */
typedef struct {
    int64_t  lo, hi;
    uint64_t count, sum; /* wraps around: only differences are used */
} Step;

typedef struct {
    unsigned bits;
    int      len;
    Step    *step; /* len, owned */
} Profile;

static Status profile_from(const Runs *distances, unsigned bits, Profile *out)
{
    *out =
        (Profile){bits, distances->len, malloc(((size_t)distances->len + 1) * sizeof *out->step)};
    if (!out->step) return STATUS_MEMORY;
    uint64_t count = 0, sum = 0;
    int64_t  at = 0; /* count and sum hold for this distance */
    for (int k = 0; k < distances->len; k++) {
        Run      run = distances->run[k];
        uint64_t members = (uint64_t)(run.hi - run.lo);
        sum += count * (uint64_t)(run.lo - at);
        out->step[k] = (Step){run.lo, run.hi, count, sum};
        sum += count * members + (uint64_t)range_triangle((int64_t)members);
        count += members;
        at = run.hi;
    }
    return STATUS_OK;
}

/* Steps that begin before x. */
static int steps_before(const Profile *p, int64_t x)
{
    int lo = 0, hi = p->len;
    while (lo < hi) {
        int middle = (lo + hi) / 2;
        if (p->step[middle].lo < x)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo;
}

/* S(x). */
static uint64_t profile_sum(const Profile *p, int64_t x)
{
    int k = steps_before(p, x);
    if (k == 0) return 0;
    const Step *s = &p->step[k - 1];
    int64_t     after = x - s->lo, m = x < s->hi ? after : s->hi - s->lo;
    return s->sum + s->count * (uint64_t)after + (uint64_t)m * (uint64_t)after -
           (uint64_t)range_triangle(m - 1);
}

typedef enum { HOLDS_NONE, HOLDS_SOME, HOLDS_ALL } Holds;

/* Of the distances lo .. hi-1, lo < hi. */
static Holds profile_holds(const Profile *p, int64_t lo, int64_t hi)
{
    int k = steps_before(p, hi);
    if (k == 0 || p->step[k - 1].hi <= lo) return HOLDS_NONE;
    return p->step[k - 1].lo <= lo && p->step[k - 1].hi >= hi ? HOLDS_ALL : HOLDS_SOME;
}

/* ---- the expression, part by part ---- */

typedef struct {
    int64_t  lo, hi;
    unsigned bits;
    int      profile; /* of these bits, no leaf of the third kind holding anything */
} Segment;            /* keys lo .. hi-1 */

typedef struct {
    const Pattern *p;
    BlockGrid      grid;
    int64_t       *counts;
    int64_t        shift;       /* added to a distance, so that none is negative */
    Runs          *set;         /* of node k: distances, or keys; owned */
    unsigned      *bit;         /* of node k: 1 << its number, 0 where it is no such leaf */
    int            third[BITS]; /* leaves of the third kind: their nodes */
    int            thirds;
    int            key[BITS], keys;
    Segment       *segment; /* from the grid's first key to its last, owned */
    int            segments, segments_room;
    Profile       *profile;        /* owned */
    int            profiles, last; /* last: the one asked for before */
} Blocks;

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t rows_end(const Blocks *b)
{
    return least(b->grid.i0 + b->grid.rows * b->grid.k_rows, b->p->n);
}

static int64_t keys_end(const Blocks *b)
{
    return least(b->grid.j0 + b->grid.columns * b->grid.k_columns, b->p->n);
}

/* Adds the mirror of a row: its key j lies at distance i - j. */
static Status mirror(const Runs *row, int64_t to, Runs *out)
{
    Status status = STATUS_OK;
    for (int k = row->len - 1; !status && k >= 0; k--)
        status = runs_append(out, to - row->run[k].hi + 1, to - row->run[k].lo + 1);
    return status;
}

/* All that a distance leaf can hold: the first row looks ahead, the last one back. */
static Status distances_of(Blocks *b, int node)
{
    const Leaf *leaf = &b->p->leaf[node];
    int64_t     n = b->p->n;
    Runs        row = {0};
    Status      status = STATUS_OK;
    if (b->shift > 0) {
        status = leaf->mechanism->row(leaf, 0, &row);
        if (!status) status = mirror(&row, b->shift, &b->set[node]);
        runs_clear(&row);
    }
    if (!status) status = leaf->mechanism->row(leaf, n - 1, &row);
    if (!status) status = mirror(&row, n - 1 + b->shift, &b->set[node]);
    runs_done(&row);
    return status;
}

static Status read_leaf(Blocks *b, int node)
{
    const Leaf *leaf = &b->p->leaf[node];
    Axis        axis = leaf->mechanism->axis;
    if (axis == AXIS_DISTANCE) return distances_of(b, node);
    if (b->keys + b->thirds == BITS) return STATUS_LIMIT;
    b->bit[node] = 1u << (b->keys + b->thirds);
    if (axis != AXIS_KEY) {
        b->third[b->thirds++] = node;
        return STATUS_OK;
    }
    b->key[b->keys++] = node;
    return leaf->mechanism->row(leaf, b->p->n - 1, &b->set[node]);
}

/* ---- profiles ---- */

static Status distances_for(const Blocks *b, int node, unsigned bits, Runs *out)
{
    RecipeOp op = b->p->flat.node[node].op;
    runs_clear(out);
    if (op == RECIPE_LEAF && b->bit[node])
        return bits & b->bit[node] ? runs_append(out, 0, b->shift + b->p->n) : STATUS_OK;
    if (op == RECIPE_LEAF) return runs_copy(&b->set[node], out);
    Runs   left = {0}, right = {0};
    Status status = distances_for(b, b->p->left[node], bits, &left);
    if (!status) status = distances_for(b, node - 1, bits, &right);
    if (!status && op == RECIPE_UNION) status = runs_union(&left, &right, out);
    if (!status && op == RECIPE_INTERSECT) status = runs_intersect(&left, &right, out);
    if (!status && op == RECIPE_MINUS) status = runs_minus(&left, &right, out);
    runs_done(&left);
    runs_done(&right);
    return status;
}

static Status make_profile(Blocks *b, unsigned bits)
{
    Profile *profile = realloc(b->profile, ((size_t)b->profiles + 1) * sizeof *profile);
    Runs     distances = {0};
    if (!profile) return STATUS_MEMORY;
    b->profile = profile;
    Status status = distances_for(b, b->p->flat.nodes - 1, bits, &distances);
    if (!status) status = profile_from(&distances, bits, &b->profile[b->profiles]);
    if (!status) b->profiles++;
    runs_done(&distances);
    return status;
}

static Status profile_for(Blocks *b, unsigned bits, int *out)
{
    Status status = STATUS_OK;
    if (b->profiles > 0 && b->profile[b->last].bits == bits) {
        *out = b->last;
        return status;
    }
    for (*out = 0; *out < b->profiles && b->profile[*out].bits != bits;) ++*out;
    if (*out == b->profiles) status = make_profile(b, bits);
    if (!status) b->last = *out;
    return status;
}

/* ---- segments of keys, stretches of rows: several sets read from left to right ---- */

typedef struct {
    const Runs *set[BITS];
    unsigned    bit[BITS];
    int         at[BITS], sets; /* at: the first run that is not behind */
} Sweep;

/* The bits at x and where the next one changes; x ascends from call to call. */
static unsigned sweep_bits(Sweep *s, int64_t x, int64_t *next)
{
    unsigned bits = 0;
    for (int k = 0; k < s->sets; k++) {
        const Runs *set = s->set[k];
        while (s->at[k] < set->len && set->run[s->at[k]].hi <= x) s->at[k]++;
        if (s->at[k] == set->len) continue;
        Run run = set->run[s->at[k]];
        if (run.lo <= x) bits |= s->bit[k];
        *next = least(*next, run.lo <= x ? run.hi : run.lo);
    }
    return bits;
}

static Status add_segment(Blocks *b, Segment segment)
{
    if (b->segments == b->segments_room) {
        int      room = b->segments_room * 2 + 16;
        Segment *more = realloc(b->segment, (size_t)room * sizeof *more);
        if (!more) return STATUS_MEMORY;
        b->segment = more;
        b->segments_room = room;
    }
    b->segment[b->segments++] = segment;
    return STATUS_OK;
}

static Status cut_segments(Blocks *b)
{
    Sweep  sweep = {.sets = b->keys};
    Status status = STATUS_OK;
    for (int k = 0; k < b->keys; k++)
        sweep.set[k] = &b->set[b->key[k]], sweep.bit[k] = b->bit[b->key[k]];
    for (int64_t x = b->grid.j0, next; !status && x < keys_end(b); x = next) {
        next = keys_end(b);
        Segment segment = {.lo = x, .bits = sweep_bits(&sweep, x, &next)};
        segment.hi = next;
        status = profile_for(b, segment.bits, &segment.profile);
        if (!status) status = add_segment(b, segment);
    }
    return status;
}

/* The first segment that ends behind x. */
static int segment_at(const Blocks *b, int64_t x)
{
    int lo = 0, hi = b->segments;
    while (lo < hi) {
        int middle = (lo + hi) / 2;
        if (b->segment[middle].hi <= x)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo;
}

/* ---- counting ---- */

/* Border r of the rows of blocks, as far as there are queries. */
static int64_t row_border(const Blocks *b, int64_t r)
{
    return least(b->grid.i0 + r * b->grid.k_rows, b->p->n);
}

static int64_t column_of(const Blocks *b, int64_t j)
{
    return (j - b->grid.j0) / b->grid.k_columns;
}

static int64_t column_end(const Blocks *b, int64_t column)
{
    return b->grid.j0 + (column + 1) * b->grid.k_columns;
}

static int64_t rectangle(const Blocks *b, const Profile *p, Run rows, Run keys)
{
    if (p->len == 0) return 0;
    int64_t  shift = b->shift;
    uint64_t low =
        profile_sum(p, rows.lo - keys.lo + shift) - profile_sum(p, rows.lo - keys.hi + shift);
    return (int64_t)(profile_sum(p, rows.hi - keys.lo + shift) -
                     profile_sum(p, rows.hi - keys.hi + shift) - low);
}

/* The part of segment k inside [keys.lo, keys.hi). */
static Run segment_part(const Blocks *b, int k, Run keys)
{
    Segment s = b->segment[k];
    return (Run){s.lo > keys.lo ? s.lo : keys.lo, least(s.hi, keys.hi)};
}

/* Keys of the column that have this profile: how many, and the cells they make with the rows of a
 * block where the profile holds some distances and others not. */
static int64_t keys_with(const Blocks *b, int profile, Run keys, int first)
{
    int64_t found = 0;
    for (int k = first; k < b->segments && b->segment[k].lo < keys.hi; k++) {
        Run part = segment_part(b, k, keys);
        if (b->segment[k].profile == profile) found += part.hi - part.lo;
    }
    return found;
}

static int64_t cells_with(const Blocks *b, int profile, Run rows, Run keys, int first)
{
    int64_t cells = 0;
    for (int k = first; k < b->segments && b->segment[k].lo < keys.hi; k++)
        if (b->segment[k].profile == profile)
            cells += rectangle(b, &b->profile[profile], rows, segment_part(b, k, keys));
    return cells;
}

static void count_column(Blocks *b, int profile, int column, Run keys)
{
    const Profile *p = &b->profile[profile];
    int            first = segment_at(b, keys.lo);
    int64_t        found = p->len > 0 ? keys_with(b, profile, keys, first) : 0;
    for (int r = 0; found > 0 && r < b->grid.rows; r++) {
        Run      rows = {row_border(b, r), row_border(b, r + 1)};
        int64_t *count = &b->counts[(int64_t)r * b->grid.columns + column];
        switch (profile_holds(p, rows.lo - keys.hi + 1 + b->shift, rows.hi - keys.lo + b->shift)) {
        case HOLDS_NONE:
            break;
        case HOLDS_ALL:
            *count += found * (rows.hi - rows.lo);
            break;
        case HOLDS_SOME:
            *count += cells_with(b, profile, rows, keys, first);
            break;
        }
    }
}

static void count_without_thirds(Blocks *b)
{
    int profiles = b->profiles;
    for (int c = 0; c < b->grid.columns; c++) {
        Run keys = {b->grid.j0 + c * b->grid.k_columns, least(column_end(b, c), b->p->n)};
        for (int k = 0; k < profiles; k++) count_column(b, k, c, keys);
    }
}

/* Rows of one stretch inside a row of blocks, keys of which leaves of the third kind hold some. */
static Status put_right(Blocks *b, Run rows, Run keys, unsigned bits)
{
    int64_t row = (rows.lo - b->grid.i0) / b->grid.k_rows;
    Status  status = STATUS_OK;
    for (int k = segment_at(b, keys.lo); !status && k < b->segments && b->segment[k].lo < keys.hi;
         k++) {
        Segment s = b->segment[k];
        int     with;
        status = profile_for(b, s.bits | bits, &with);
        int64_t end = least(s.hi, keys.hi);
        for (int64_t lo = keys.lo > s.lo ? keys.lo : s.lo, hi; !status && lo < end; lo = hi) {
            int64_t column = column_of(b, lo);
            hi = least(end, column_end(b, column));
            b->counts[row * b->grid.columns + column] +=
                rectangle(b, &b->profile[with], rows, (Run){lo, hi}) -
                rectangle(b, &b->profile[s.profile], rows, (Run){lo, hi});
        }
    }
    return status;
}

static Status read_thirds(Blocks *b, int64_t i, int64_t *until)
{
    Status status = STATUS_OK;
    for (int k = 0; !status && k < b->thirds; k++) {
        const Leaf *leaf = &b->p->leaf[b->third[k]];
        Runs       *row = &b->set[b->third[k]];
        runs_clear(row);
        status = leaf->mechanism->row(leaf, i, row);
        *until = least(*until, leaf->mechanism->until ? leaf->mechanism->until(leaf, i) : i + 1);
    }
    return status;
}

static Status put_stretch_right(Blocks *b, Run rows)
{
    Sweep   sweep = {.sets = b->thirds};
    int64_t end = keys_end(b);
    Status  status = STATUS_OK;
    if (b->p->background == BACKGROUND_CAUSAL) end = least(end, rows.hi);
    for (int k = 0; k < b->thirds; k++)
        sweep.set[k] = &b->set[b->third[k]], sweep.bit[k] = b->bit[b->third[k]];
    for (int64_t x = b->grid.j0, next; !status && x < end; x = next) {
        next = end;
        unsigned bits = sweep_bits(&sweep, x, &next);
        if (bits) status = put_right(b, rows, (Run){x, next}, bits);
    }
    return status;
}

static Status count_thirds(Blocks *b)
{
    Status status = STATUS_OK;
    for (int64_t i = b->grid.i0, until; b->thirds > 0 && !status && i < rows_end(b); i = until) {
        until = row_border(b, (i - b->grid.i0) / b->grid.k_rows + 1);
        status = read_thirds(b, i, &until);
        if (!status) status = put_stretch_right(b, (Run){i, until});
    }
    return status;
}

/* ---- one call ---- */

static void blocks_done(Blocks *b)
{
    for (int k = 0; b->set && k < b->p->flat.nodes; k++) runs_done(&b->set[k]);
    for (int k = 0; k < b->profiles; k++) free(b->profile[k].step);
    free(b->set);
    free(b->bit);
    free(b->segment);
    free(b->profile);
}

static Status count_by_rule(const Pattern *p, BlockGrid grid, int64_t *counts)
{
    int    nodes = p->flat.nodes;
    Blocks b = {.p = p, .grid = grid, .counts = counts};
    b.shift = p->background == BACKGROUND_CAUSAL ? 0 : p->n - 1;
    b.set = calloc((size_t)nodes, sizeof *b.set);
    b.bit = calloc((size_t)nodes, sizeof *b.bit);
    Status status = b.set && b.bit ? STATUS_OK : STATUS_MEMORY;
    for (int k = 0; !status && k < nodes; k++)
        if (p->flat.node[k].op == RECIPE_LEAF) status = read_leaf(&b, k);
    if (!status) status = cut_segments(&b);
    if (!status) count_without_thirds(&b);
    if (!status) status = count_thirds(&b);
    blocks_done(&b);
    return status;
}

static void add_run(BlockGrid grid, int64_t row, Run run, int64_t *counts)
{
    int64_t end = least(run.hi, grid.j0 + grid.columns * grid.k_columns);
    for (int64_t lo = run.lo > grid.j0 ? run.lo : grid.j0, hi; lo < end; lo = hi) {
        int64_t column = (lo - grid.j0) / grid.k_columns;
        hi = least(end, grid.j0 + (column + 1) * grid.k_columns);
        counts[row * grid.columns + column] += hi - lo;
    }
}

/* Adds by closed form, or takes away, what a leaf holds of the keys; where that is nothing, all
 * columns are passed over at once. */
static void add_counted(const Leaf *leaf, BlockGrid grid, int64_t i, Run keys, int sign,
                        int64_t *counts)
{
    int64_t found = keys.lo < keys.hi ? leaf->mechanism->count(leaf, i, keys.lo, keys.hi) : 0;
    if (found == 0) return;
    int64_t first = (keys.lo - grid.j0) / grid.k_columns,
            last = (keys.hi - 1 - grid.j0) / grid.k_columns;
    if (first == last) {
        counts[(i - grid.i0) / grid.k_rows * grid.columns + first] += sign * found;
        return;
    }
    int64_t middle = grid.j0 + ((first + last) / 2 + 1) * grid.k_columns;
    add_counted(leaf, grid, i, (Run){keys.lo, middle}, sign, counts);
    add_counted(leaf, grid, i, (Run){middle, keys.hi}, sign, counts);
}

static Run inside(Run run, Run keys)
{
    return (Run){run.lo > keys.lo ? run.lo : keys.lo, least(run.hi, keys.hi)};
}

/* A leaf of many runs that is joined to the rest by | alone is counted beside it. */
static Status count_by_rows(const Pattern *p, BlockGrid grid, int64_t *counts)
{
    int         root = p->flat.nodes - 1;
    RecipeOp    op = p->flat.node[root].op;
    int64_t     end = least(grid.i0 + grid.rows * grid.k_rows, p->n);
    bool        beside = p->counted >= 0 && (op == RECIPE_LEAF || op == RECIPE_UNION);
    const Leaf *leaf = beside ? &p->leaf[p->counted] : NULL;
    Status      status = STATUS_OK;
    for (int64_t i = grid.i0; !status && i < end; i++) {
        Run keys = {grid.j0,
                    least(grid.j0 + grid.columns * grid.k_columns, pattern_allowed_row(p, i))};
        status = bound_row(p, root, i, beside ? PART_REST : PART_SET, 0, p->whole);
        for (int k = 0; !status && k < p->whole->len; k++) {
            add_run(grid, (i - grid.i0) / grid.k_rows, p->whole->run[k], counts);
            if (beside) add_counted(leaf, grid, i, inside(p->whole->run[k], keys), -1, counts);
        }
        if (beside && !status) add_counted(leaf, grid, i, keys, 1, counts);
    }
    return status;
}

/* A leaf that changes from row to row costs more here than its row does, so it must be worth while:
 * beside it stands one whose rows may be long. */
static bool worth_it(const Pattern *p, bool *parts)
{
    bool long_rows = false, each_row = false;
    *parts = false;
    for (int k = 0; k < p->flat.nodes; k++) {
        if (p->flat.node[k].op != RECIPE_LEAF) continue;
        const Mechanism *m = p->flat.node[k].mechanism;
        *parts = *parts || m->parts;
        long_rows = long_rows || m->axis != AXIS_BOTH || m->parts;
        bool stretches = m->until && m->until(&p->leaf[k], 0) > 1;
        each_row = each_row || (m->axis == AXIS_BOTH && !stretches && !m->parts);
    }
    return long_rows || !each_row;
}

static Status count_parts(const Pattern *p, BlockGrid grid, int64_t *counts)
{
    Recipe   recipe = {0};
    Pattern *parts = NULL;
    Status   status = recipe_parts(&p->flat, &recipe, NULL);
    if (!status) status = pattern_new(&recipe, p->n, p->background, NULL, &parts, NULL);
    if (!status) status = count_by_rule(parts, grid, counts);
    pattern_free(parts);
    recipe_done(&recipe);
    return status;
}

/* Content leaves have chosen their rows: a second pattern is not made for them. */
Status bound_blocks(const Pattern *p, BlockGrid grid, int64_t *counts)
{
    bool parts;
    if (!worth_it(p, &parts)) return STATUS_LIMIT;
    memset(counts, 0, (size_t)grid.rows * (size_t)grid.columns * sizeof *counts);
    if (parts && !p->content) return count_parts(p, grid, counts);
    return count_by_rule(p, grid, counts);
}

Status pattern_block_counts(const Pattern *p, BlockGrid grid, int64_t *counts)
{
    assert(grid.i0 >= 0 && grid.j0 >= 0 && grid.k_rows > 0 && grid.k_columns > 0);
    assert(grid.rows >= 0 && grid.columns >= 0);
    if (bound_blocks(p, grid, counts) == STATUS_OK) return STATUS_OK;
    memset(counts, 0, (size_t)grid.rows * (size_t)grid.columns * sizeof *counts);
    return count_by_rows(p, grid, counts);
}
