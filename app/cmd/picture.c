#include "app/cmd/picture.h"

#include <math.h>
#include <stdio.h>
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

typedef struct {
    int64_t k;        /* keys a sign; queries a sign: 2k */
    int     columns;
    int64_t scored[PICTURE_COLUMNS], allowed[PICTURE_COLUMNS];
} Strip; /* one line of blocks */

static Status strip_add(Strip *s, const Pattern *p, int64_t i, Runs *g)
{
    Status  status = pattern_row(p, i, g);
    int64_t n = pattern_n(p), allowed = pattern_allowed_row(p, i);
    if (status != STATUS_OK) return status;
    for (int c = 0; c < s->columns && c * s->k < allowed; c++) {
        int64_t end = (c + 1) * s->k < n ? (c + 1) * s->k : n;
        s->allowed[c] += (end < allowed ? end : allowed) - c * s->k;
    }
    for (int r = 0; r < g->len; r++) {
        for (int64_t j = g->run[r].lo; j < g->run[r].hi;) {
            int64_t c = j / s->k, end = (c + 1) * s->k;
            if (end > g->run[r].hi) end = g->run[r].hi;
            s->scored[c] += end - j;
            j = end;
        }
    }
    return STATUS_OK;
}

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

static Status strip_fill(Strip *s, const Pattern *p, int64_t from, Runs *g)
{
    int64_t n = pattern_n(p), end = from + 2 * s->k < n ? from + 2 * s->k : n;
    Status  status = STATUS_OK;
    memset(s->scored, 0, sizeof s->scored);
    memset(s->allowed, 0, sizeof s->allowed);
    for (int64_t i = from; i < end && status == STATUS_OK; i++) status = strip_add(s, p, i, g);
    return status;
}

static Status least_density(Strip *s, const Pattern *p, Runs *g, double *least)
{
    Status status = STATUS_OK;
    *least = 1;
    for (int64_t i = 0; i < pattern_n(p) && status == STATUS_OK; i += 2 * s->k) {
        status = strip_fill(s, p, i, g);
        for (int c = 0; c < s->columns; c++) {
            if (s->scored[c] == 0) continue;
            double d = (double)s->scored[c] / (double)s->allowed[c];
            if (d < *least) *least = d;
        }
    }
    return status;
}

static Status draw_blocks(const Pattern *p, Out *out)
{
    int64_t n = pattern_n(p);
    Strip   s = {.k = 1};
    Runs    g = {0};
    Text    line = {0};
    double  least;
    while ((n + s.k - 1) / s.k > PICTURE_COLUMNS) s.k *= 2;
    s.columns = (int)((n + s.k - 1) / s.k);
    Status status = least_density(&s, p, &g, &least);
    text_format(&line, "1 sign = %lld keys x %lld queries, scale %s\n", (long long)s.k, (long long)(2 * s.k),
                least >= 1.0 / 16 ? "linear" : "logarithmic");
    add_axis(n, s.k, 1, &line);
    for (int64_t i = 0; i < n && status == STATUS_OK && out_text(out, &line); i += 2 * s.k) {
        status = strip_fill(&s, p, i, &g);
        text_format(&line, "%*lld ", label_width(n), (long long)i);
        for (int c = 0; c < s.columns; c++) text_add_char(&line, block_sign(s.scored[c], s.allowed[c], least));
        cut_blanks(&line);
        text_add_char(&line, '\n');
    }
    text_format(&line, "%s density %.3g to 1   . skipped", glyph, least);
    if (pattern_background(p) == BACKGROUND_CAUSAL) text_add(&line, "   (blank) future");
    text_add_char(&line, '\n');
    out_text(out, &line);
    runs_done(&g);
    text_done(&line);
    return status;
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
