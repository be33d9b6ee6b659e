#include "app/cmd/picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char glyph[] = ":-=+*#%@"; /* blocks, small to large density */

static int label_width(int64_t n)
{
    int width = 5;
    for (int64_t most = 99999; n - 1 > most; most = most * 10 + 9) width++;
    return width;
}

static void cut_blanks(Text *line)
{
    size_t len = line->len;
    while (len > 0 && line->at[len - 1] == ' ') len--;
    text_cut(line, len);
}

/* The axis: labels of every second entry, where they have room. step: keys an entry; wide: columns. */
static void add_axis(int64_t n, int64_t step, int wide, Text *line)
{
    text_format(line, "%*s ", label_width(n), "key");
    size_t left = line->len, every = wide == 2 ? 2 : 8;
    for (int64_t entry = 0; entry * step < n; entry += (int64_t)every) {
        size_t at = left + (size_t)entry * (size_t)wide;
        if (line->len > left && line->len >= at) continue; /* the last label takes its room */
        text_format(line, "%*s%lld", (int)(at - line->len), "", (long long)(entry * step));
    }
    text_add_char(line, '\n');
}

/* Cells, one query a line */

static void add_cells(const Runs *g, int64_t allowed, int64_t n, const char *gap, Text *line)
{
    int next = 0;
    for (int64_t j = 0; j < n; j++) {
        while (next < g->len && g->run[next].hi <= j) next++;
        bool scored = next < g->len && g->run[next].lo <= j;
        text_add_char(line, scored ? '#' : j < allowed ? '.' : ' ');
        text_add(line, gap);
    }
}

static Status draw_cells(const Pattern *p, int64_t row, bool bare, Out *out)
{
    int64_t n = pattern_n(p), first = row < 0 ? 0 : row, last = row < 0 ? n - 1 : row;
    Runs    g = {0};
    Text    line = {0};
    Status  status = STATUS_OK;
    if (!bare) add_axis(n, 1, 2, &line);
    for (int64_t i = first; i <= last && status == STATUS_OK; i++) {
        status = pattern_row(p, i, &g);
        if (status != STATUS_OK) break;
        if (!bare) text_format(&line, "%*lld ", label_width(n), (long long)i);
        add_cells(&g, pattern_allowed_row(p, i), n, bare ? "" : " ", &line);
        if (!bare) cut_blanks(&line);
        text_add_char(&line, '\n');
        if (!out_text(out, &line)) break;
    }
    runs_done(&g);
    text_done(&line);
    return status;
}

Status picture_bare(const Pattern *p, int64_t row, Out *out)
{
    return draw_cells(p, row, true, out);
}

/* Blocks */

/* Sum of min(t, j) over t = 1 .. m. */
static int64_t sum_to(int64_t m, int64_t j)
{
    return m <= j ? m * (m + 1) / 2 : j * (j + 1) / 2 + (m - j) * j;
}

int64_t picture_allowed(const Pattern *p, int64_t i, int64_t rows, int64_t j, int64_t columns)
{
    int64_t n = pattern_n(p), end = i + rows < n ? i + rows : n, last = j + columns < n ? j + columns : n;
    if (end <= i || last <= j) return 0;
    if (pattern_background(p) == BACKGROUND_BIDIRECTIONAL) return (end - i) * (last - j);
    return sum_to(end, last) - sum_to(i, last) - (sum_to(end, j) - sum_to(i, j));
}

/* All blocks of a picture. */
typedef struct {
    int64_t  k; /* keys a sign; queries a sign: 2k */
    int      rows, columns;
    int64_t *scored; /* (rows, columns) */
} Blocks;

/* least: the smallest density above 0 of the picture; linear from 1/16 on, else by its logarithm. */
static char block_sign(int64_t scored, int64_t allowed, double least)
{
    if (allowed == 0) return ' ';
    if (scored == 0) return '.';
    double d = (double)scored / (double)allowed;
    double v = least >= 1.0 / 16 ? d : 1 - log(d) / log(least);
    int    step = (int)floor(8 * v);
    return glyph[step < 0 ? 0 : step > 7 ? 7 : step];
}

static int64_t allowed_of(const Blocks *b, const Pattern *p, int row, int column)
{
    return picture_allowed(p, 2 * b->k * row, 2 * b->k, b->k * column, b->k);
}

static double least_density(const Blocks *b, const Pattern *p)
{
    double least = 1;
    for (int r = 0; r < b->rows; r++) {
        for (int c = 0; c < b->columns; c++) {
            int64_t scored = b->scored[r * b->columns + c];
            if (scored) least = fmin(least, (double)scored / (double)allowed_of(b, p, r, c));
        }
    }
    return least;
}

static void draw_rows(const Blocks *b, const Pattern *p, double least, Out *out)
{
    Text line = {0};
    text_format(&line, "1 sign = %lld keys x %lld queries, scale %s\n", (long long)b->k, (long long)(2 * b->k),
                least >= 1.0 / 16 ? "linear" : "logarithmic");
    add_axis(pattern_n(p), b->k, 1, &line);
    for (int r = 0; r < b->rows; r++) {
        text_format(&line, "%*lld ", label_width(pattern_n(p)), (long long)(2 * b->k * r));
        for (int c = 0; c < b->columns; c++)
            text_add_char(&line, block_sign(b->scored[r * b->columns + c], allowed_of(b, p, r, c), least));
        cut_blanks(&line);
        text_add_char(&line, '\n');
    }
    text_format(&line, "%s density %.3g to 1   . skipped", glyph, least);
    if (pattern_background(p) == BACKGROUND_CAUSAL) text_add(&line, "   (blank) future");
    text_add_char(&line, '\n');
    out_text(out, &line);
    text_done(&line);
}

Status picture_blocks(const Pattern *p, int64_t k, Out *out)
{
    int64_t n = pattern_n(p);
    Blocks  b = {.k = k, .rows = (int)((n - 1) / (2 * k) + 1), .columns = (int)((n - 1) / k + 1)};
    b.scored = malloc((size_t)b.rows * (size_t)b.columns * sizeof *b.scored);
    Status status = b.scored ? pattern_block_counts(p, (BlockGrid){0, 2 * k, 0, k, b.rows, b.columns}, b.scored) : STATUS_MEMORY;
    if (!status) draw_rows(&b, p, least_density(&b, p), out);
    free(b.scored);
    return status;
}

static Status draw_blocks(const Pattern *p, Out *out)
{
    int64_t n = pattern_n(p), k = 1;
    while ((n + k - 1) / k > PICTURE_COLUMNS) k *= 2;
    return picture_blocks(p, k, out);
}

Status picture_draw(const Pattern *p, int64_t row, Out *out)
{
    if (pattern_n(p) > PICTURE_CELLS && row < 0) return draw_blocks(p, out);
    Status status = draw_cells(p, row, false, out);
    Text   line = {0};
    text_add(&line, "# scored   . skipped");
    if (pattern_background(p) == BACKGROUND_CAUSAL) text_add(&line, "   (blank) future");
    text_add_char(&line, '\n');
    out_text(out, &line);
    text_done(&line);
    return status;
}

Status picture_counts(const Pattern *p, int64_t row, Text *out)
{
    int64_t count;
    double  density;
    if (row >= 0) {
        Status status = pattern_count(p, row, &count);
        text_format(out, "row %lld: ", (long long)row);
        text_add_count(out, count);
        text_add(out, " of ");
        text_add_count(out, pattern_allowed_row(p, row));
        text_add(out, " keys");
        return status;
    }
    Status status = pattern_total(p, &count);
    if (status == STATUS_OK) status = pattern_density(p, &density);
    if (status != STATUS_OK) return status;
    text_add(out, "total ");
    text_add_count(out, count);
    text_add(out, " of ");
    text_add_count(out, pattern_allowed(pattern_n(p), pattern_background(p)));
    text_format(out, " cells, density %.3g", density);
    return STATUS_OK;
}
