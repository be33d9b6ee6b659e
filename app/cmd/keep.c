#include "app/cmd/keep.h"

#include "app/cmd/bind.h"

#include "engine/cache.h"
#include "engine/reach.h"

#include <stdlib.h>

/* ---- finding ---- */

/* Left out and said why, if it is too much; other failures stay. */
static Status unless_too_much(Status status, Why *why)
{
    if (status == STATUS_LIMIT) return STATUS_OK;
    why->what[0] = '\0';
    return status;
}

static Status find_live(const Pattern *p, Keep *keep)
{
    Cache    c = {0};
    Pattern *longer = NULL;
    int64_t  n = 2 * (keep->step + 1);
    bool   extend = n > pattern_n(p) && n <= INTEGER_LIMIT && pattern_class(p) == CLASS_POSITIONAL;
    Status status = STATUS_OK;
    if (extend)
        status =
            pattern_new(pattern_recipe(p), n, pattern_background(p), NULL, &longer, &keep->no_live);
    if (status == STATUS_OK) status = cache_new(longer ? longer : p, &c, &keep->no_live);
    if (status == STATUS_OK) status = cache_live(&c, keep->step, &keep->live);
    cache_done(&c);
    pattern_free(longer);
    return unless_too_much(status, &keep->no_live);
}

static Status find_hops(const Pattern *p, Keep *keep)
{
    Status status = keep->from < 0 ? reach_most(p, &keep->hops, &keep->no_hops)
                                   : reach_hops(p, keep->from, keep->to, &keep->hops, &keep->path,
                                                &keep->no_hops);
    keep->never = status == STATUS_OK && keep->hops == REACH_NEVER;
    return unless_too_much(status, &keep->no_hops);
}

Status keep_find(const Pattern *p, Keep *keep)
{
    Status status = find_live(p, keep);
    if (status == STATUS_OK)
        status =
            unless_too_much(cache_nested(p, &keep->nested, &keep->no_nested), &keep->no_nested);
    if (status == STATUS_OK) status = find_hops(p, keep);
    return status;
}

void keep_done(Keep *keep)
{
    runs_done(&keep->live);
    free(keep->path);
    *keep = (Keep){0};
}

/* ---- telling ---- */

static void add_label(const char *label, int width, Text *out)
{
    text_format(out, "%-*s", width, label);
}

static void add_live(const Keep *keep, int label, Text *out)
{
    add_label("cache", label, out);
    if (keep->no_live.what[0]) {
        text_format(out, "%s\n", keep->no_live.what);
        return;
    }
    text_format(out, "after step %lld: ", (long long)keep->step);
    bind_runs(&keep->live, " ", out);
    text_add(out, keep->live.len ? ": " : "nothing: ");
    text_add_count(out, runs_count(&keep->live));
    text_add(out, " of ");
    text_add_count(out, keep->step + 1);
    text_add(out, " keys\n");
}

static void add_nested(const Keep *keep, int label, Text *out)
{
    add_label("nested", label, out);
    if (keep->no_nested.what[0])
        text_format(out, "%s\n", keep->no_nested.what);
    else
        text_add(out, keep->nested ? "yes: a cache can hold just what the next row reads\n"
                                   : "no: a row reads a key that the row before did not\n");
}

static void add_path(const Keep *keep, Text *out)
{
    enum { SHOWN = 40 };
    text_format(out, "%lld to %lld: ", (long long)keep->from, (long long)keep->to);
    if (keep->never)
        text_add(out, "never, through any number of layers");
    else
        text_add_count(out, keep->hops);
    for (int64_t k = 0; keep->path && k <= keep->hops; k++) {
        if (k > SHOWN && k < keep->hops) {
            if (k == SHOWN + 1) text_add(out, " -> ...");
            continue;
        }
        text_format(out, "%s%lld", k ? " -> " : ", by ", (long long)keep->path[k]);
    }
    text_add_char(out, '\n');
}

static void add_hops(const Keep *keep, bool content, int label, Text *out)
{
    const char *over = content ? ", over these words" : "";
    add_label("hops", label, out);
    if (keep->no_hops.what[0]) {
        const char *remedy = keep->from < 0 ? "; ask for one: --path J:I" : "";
        text_format(out, "%s%s\n", keep->no_hops.what, remedy);
    } else if (keep->from >= 0) {
        add_path(keep, out);
    } else if (keep->never) {
        text_format(out, "some keys never get to some query that may see them%s\n", over);
    } else {
        text_add(out, "at most ");
        text_add_count(out, keep->hops);
        text_format(out, " from any key to any query that may see it%s\n", over);
    }
}

static Status add_reach(const Keep *keep, const Pattern *p, int64_t row, int label, Text *out)
{
    Runs   set = {0};
    Status status = reach_back(p, row, keep->layers, &set, NULL);
    if (status == STATUS_OK) {
        add_label("reach", label, out);
        text_format(out, "row %lld in %lld layer%s: ", (long long)row, (long long)keep->layers,
                    keep->layers == 1 ? "" : "s");
        bind_runs(&set, " ", out);
        text_add(out, ": ");
        text_add_count(out, runs_count(&set));
        text_add(out, " tokens\n");
    }
    runs_done(&set);
    return status;
}

Status keep_text(const Keep *keep, const Pattern *p, int64_t row, int label, Text *out)
{
    add_live(keep, label, out);
    add_nested(keep, label, out);
    add_hops(keep, pattern_class(p) != CLASS_POSITIONAL, label, out);
    return keep->layers ? add_reach(keep, p, row, label, out) : STATUS_OK;
}

void keep_json(const Keep *keep, Text *out)
{
    text_format(out, ",\"nested\":%s,\"live\":",
                keep->no_nested.what[0] ? "null"
                : keep->nested          ? "true"
                                        : "false");
    if (keep->no_live.what[0]) {
        text_add(out, "null");
    } else {
        text_format(out, "{\"step\":%lld,\"count\":%lld,\"runs\":", (long long)keep->step,
                    (long long)runs_count(&keep->live));
        bind_json_runs(&keep->live, out);
        text_add_char(out, '}');
    }
    text_add(out, ",\"hops\":");
    if (keep->no_hops.what[0] || keep->never)
        text_add(out, "null");
    else
        text_format(out, "%lld", (long long)keep->hops);
    text_add(out, ",\"path\":");
    if (!keep->path) text_add(out, "null");
    for (int64_t k = 0; keep->path && k <= keep->hops; k++)
        text_format(out, "%s%lld", k ? "," : "[", (long long)keep->path[k]);
    if (keep->path) text_add_char(out, ']');
}
