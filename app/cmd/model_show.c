#include "app/cmd/model_show.h"

#include "app/base/utf8.h"

#include "app/cmd/bind.h"
#include "app/cmd/out.h"

#include "engine/score.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const Trained *m;
    int64_t        window;
    int            layer, head;
    Reading       *reading;
    Problem        problem;
    Pattern       *pattern; /* of the layer; NULL: full */
    int64_t        n;
    Text           line;
    Out            out;
    Runs           set;
    double        *score, *dense, *sparse; /* (n): of the row at hand */
} Show;

/* Everything of row i: its set, scores, and weights without and with the pattern. */
static Status take_row(Show *s, int64_t i)
{
    Run    every = {0, i + 1};
    Status status = STATUS_OK;
    runs_clear(&s->set);
    if (s->pattern)
        status = pattern_row(s->pattern, i, &s->set);
    else
        status = runs_append(&s->set, 0, i + 1);
    reading_scores(s->reading, s->layer, s->head, i, s->score);
    reading_weights(s->reading, s->layer, s->head, i, s->sparse);
    score_softmax_exact(s->score, i + 1, &(Runs){&every, 1, 1}, NULL, s->dense);
    return status;
}

static bool full_line(Show *s)
{
    return s->line.len < 32768 || out_text(&s->out, &s->line);
}

/* ---- picture ---- */

static const char sign[] = ".:-=+*#%@"; /* below 1/256, from 1/256, 1/128, ... , from 1/2 on */

static char weight_sign(double weight)
{
    int step = 8;
    for (double least = 0.5; step > 0 && weight < least; least /= 2) step--;
    return sign[step];
}

/* A byte as people see it in a margin: blank and newline have signs of their own. */
static char byte_sign(unsigned char byte)
{
    return byte == ' ' ? '_' : byte == '\n' ? '$' : byte > 32 && byte < 127 ? (char)byte : '?';
}

static Status show_matrix(Show *s)
{
    const unsigned char *byte = reading_bytes(s->reading);
    Status               status = STATUS_OK;
    if (trained_windows(s->m) > 1) {
        trained_place(s->m, s->window, &s->line);
        text_add_char(&s->line, '\n');
    }
    text_add(&s->line, "  key   ");
    for (int64_t j = 0; j < s->n; j++) text_add_char(&s->line, byte_sign(byte[j]));
    text_add_char(&s->line, '\n');
    for (int64_t i = 0; i < s->n && !status && full_line(s); i++) {
        status = take_row(s, i);
        text_format(&s->line, "%5lld %c ", (long long)i, byte_sign(byte[i]));
        for (int64_t j = 0; j <= i; j++)
            text_add_char(&s->line, runs_has(&s->set, j) ? weight_sign(s->sparse[j]) : ' ');
        text_add_char(&s->line, '\n');
    }
    text_format(&s->line,
                "weights of layer %d, head %d: @ from 1/2, %% 1/4, # 1/8, * 1/16, + 1/32, = 1/64, "
                "- 1/128, : 1/256, . less%s\n",
                s->layer, s->head, s->pattern ? "; blank: skipped" : "");
    return status;
}

/* ---- csv and json ---- */

static Status show_csv(Show *s)
{
    Status status = STATUS_OK;
    text_add(&s->line, "query,key,scored,score,dense,sparse\n");
    for (int64_t i = 0; i < s->n && !status; i++) {
        status = take_row(s, i);
        for (int64_t j = 0; j <= i && full_line(s); j++)
            text_format(&s->line, "%lld,%lld,%d,%.9g,%.9g,%.9g\n", (long long)i, (long long)j,
                        runs_has(&s->set, j), s->score[j], s->dense[j], s->sparse[j]);
    }
    return status;
}

static void add_list(Show *s, const char *name, const double *x, int64_t len)
{
    text_format(&s->line, ",\"%s\":[", name);
    for (int64_t j = 0; j < len; j++) text_format(&s->line, "%s%.9g", j ? "," : "", x[j]);
    text_add_char(&s->line, ']');
}

static void add_row(Show *s, int64_t i)
{
    text_format(&s->line, "%s{\"i\":%lld,\"count\":%lld,\"runs\":[", i ? "," : "", (long long)i,
                (long long)runs_count(&s->set));
    for (int k = 0; k < s->set.len; k++)
        text_format(&s->line, "%s[%lld,%lld]", k ? "," : "", (long long)s->set.run[k].lo,
                    (long long)s->set.run[k].hi - 1);
    text_add_char(&s->line, ']');
    add_list(s, "dense", s->dense, i + 1);
    add_list(s, "sparse", s->sparse, i + 1);
    text_format(&s->line, ",\"kept\":%.9g}", reading_kept(s->reading, s->layer, s->head, i));
}

static Status add_head(Show *s)
{
    Text    expr = {0};
    int64_t total = pattern_allowed(s->n, BACKGROUND_CAUSAL);
    Status  status = s->pattern ? pattern_total(s->pattern, &total) : STATUS_OK;
    double  density = (double)total / (double)pattern_allowed(s->n, BACKGROUND_CAUSAL);
    if (s->pattern)
        bind_recipe(pattern_recipe(s->pattern), &expr);
    else
        text_add(&expr, "full");
    text_add(&s->line, "{\"attend\":\"figure\",\"v\":1,\"expr\":");
    utf8_json(&s->line, text_string(&expr));
    text_format(&s->line,
                ",\"n\":%lld,\"background\":\"causal\",\"class\":\"%s\",\"total\":%lld,\"density\":"
                "%.9g,\"layer\":%d,\"head\":%d,\"rows\":[",
                (long long)s->n,
                class_word(s->pattern ? pattern_class(s->pattern) : CLASS_POSITIONAL),
                (long long)total, density, s->layer, s->head);
    text_done(&expr);
    return status;
}

static Status show_json(Show *s)
{
    Status status = add_head(s);
    for (int64_t i = 0; i < s->n && !status && full_line(s); i++) {
        status = take_row(s, i);
        add_row(s, i);
    }
    text_add(&s->line, "]}\n");
    return status;
}

/* ---- all windows ---- */

static const struct {
    const char *name;
    bool        one; /* of one window only */
    Status (*show)(Show *s);
} form[] = {{"matrix", false, show_matrix}, {"csv", true, show_csv}, {"json", true, show_json}};

static int show_window(Show *s, size_t as)
{
    const Trained *m = s->m;
    int            code = trained_read(m, s->window, m->rule, &s->reading);
    if (code != EXIT_DONE) return code;
    s->n = reading_length(s->reading);
    if (m->patterned[s->layer])
        code = trained_bind(m, s->reading, s->layer, s->head, &s->problem, &s->pattern);
    double *room = calloc((size_t)(3 * s->n), sizeof *room);
    s->score = room;
    s->dense = room ? room + s->n : NULL;
    s->sparse = room ? room + 2 * s->n : NULL;
    Status    status = room ? STATUS_OK : STATUS_MEMORY;
    const Why nothing = {0};
    if (code == EXIT_DONE && !status) status = form[as].show(s);
    if (code == EXIT_DONE && status) code = cmd_why(m->call, status, &nothing);
    if (code == EXIT_DONE) out_text(&s->out, &s->line);
    free(room);
    pattern_free(s->pattern);
    problem_done(&s->problem);
    reading_free(s->reading);
    s->pattern = NULL;
    s->reading = NULL;
    return code;
}

static bool find_head(const Trained *m, Show *s)
{
    long long layer = -1, head = -1;
    if (!cmd_number(m->call, "--layer", 0, m->shape.layers - 1, &layer) ||
        !cmd_number(m->call, "--head", 0, m->shape.heads - 1, &head))
        return false;
    if (layer < 0 || head < 0) {
        cmd_fail(m->call, "which head? %s is missing: 0 to %d", layer < 0 ? "--layer" : "--head",
                 (layer < 0 ? m->shape.layers : m->shape.heads) - 1);
        return false;
    }
    s->layer = (int)layer;
    s->head = (int)head;
    return true;
}

int model_show(const Trained *m)
{
    Show        s = {.m = m};
    const char *as = cmd_option(m->call, "--as");
    size_t      k = 0;
    if (!find_head(m, &s)) return EXIT_USAGE;
    if (!as) as = m->call->json ? "json" : "matrix";
    while (strcmp(form[k].name, as) != 0) k++;
    if (form[k].one && trained_windows(m) > 1) {
        cmd_fail(m->call, "--as %s shows one window: the text has %zu bytes, a window at most %lld",
                 as, m->text.len, (long long)trained_window(m));
        return EXIT_USAGE;
    }
    int code = EXIT_DONE;
    for (; s.window < trained_windows(m) && code == EXIT_DONE && s.out.error == 0; s.window++)
        code = show_window(&s, k);
    text_done(&s.line);
    runs_done(&s.set);
    return code == EXIT_DONE ? out_done(&s.out, m->call) : code;
}
