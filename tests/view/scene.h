/* scene.h - states of a session that frames are taken of: each is a world and the keys that lead
 * there, so that a scene is reached as a learner reaches it. */
#ifndef TESTS_VIEW_SCENE_H
#define TESTS_VIEW_SCENE_H

#include "app/canvas/blit_plain.h"
#include "app/view/keymap.h"
#include "app/view/screen.h"
#include "tests/tutor/world.h"

#include <stdio.h>

typedef struct {
    const char *name;
    int         page; /* of the lesson below; -1: Home */
    const char *keys; /* one sign a key; names in <> as in key files */
} Scene;

static const Scene scenes[] = {
    {"home", -1, ""},
    {"home-back", 0, " q"},
    {"home-broken", -1, "<Down><Down><Down>"},
    {"page", 0, ""},
    {"page-step", 0, " "},
    {"page-slider", 0, "<Tab><Tab>.."},
    {"page-controls", 0, "<S-Tab>"},
    {"page-dense", 0, "<Tab>"},
    {"ask", 1, ""},
    {"ask-draft", 1, "7"},
    {"ask-wrong", 1, "7<Enter>"},
    {"ask-hint", 1, "7<Enter><Esc>h"},
    {"ask-right", 1, "6<Enter>"},
    {"ask-closed", 1, "7<Enter>5<Enter>9<Enter>"},
    {"ask-figure", 1, "7<Enter><Tab>"},
    {"choice", 2, ""},
    {"choice-wrong", 2, "1<Enter>"},
    {"members", 3, ""},
    {"members-painted", 3, "<Tab><Left><Enter>"},
    {"members-run", 3, "<Tab>=<Left><Left>"},
    {"members-wrong", 3, "3, 9, 11-12<Enter>"},
    {"probe", 4, ""},
    {"probe-shuffled", 4, "1<Enter>s"},
    {"figure", 0, "f"},
    {"figure-digits", 0, "f2<Up><Left>"},
    {"figure-ask", 1, "<Esc>f"},
    {"figure-probe", 4, "sf"},
    {"help-page", 0, "?"},
    {"help-ask", 1, "<F1>"},
    {"blocks", 5, ""},
    {"blocks-figure", 5, "f<Up><Up><Up>"},
    {"words-40", 6, ""},
    {"words-40-figure", 6, "sf<Left><Left>"},
    {"empty-rows", 7, ""},
    {"prose", 8, ""},
    {"boxes", 9, ""},
    {"bidirectional", 10, ""},
    {"named", 11, ""},
    {"difference", 0, "d"},
    {"difference-figure", 0, "fd<Left><Left><Left><Left><Left><Left>"},
    {"difference-log", 0, "fdzz"},
    {"difference-words", 6, "fd"},
    {"coverage", 0, "8<Down>"},
    {"coverage-figure", 0, "f8<Down><Down>"},
    {"coverage-words", 6, "f8<Left><Left>"},
    {"column", 0, "c"},
    {"column-figure", 1, "<Esc>fc<Left><Left><Left>"},
    {"column-blocks", 5, "fc<Left><Left><Left>"},
    {"column-hidden", 3, "<Esc>c"},
    {"weights-rank", 0, "z"},
    {"pins", 0, "<Enter><Left><Enter>"},
    {"pins-figure", 6, "f2<Enter><Left><Enter><Up>"},
};
enum { SCENES = sizeof scenes / sizeof *scenes };

/* ---- more pages than the tutor's world has ----------------------------------------------- */

static inline Figure *scene_blocks(void)
{
    Figure *f = build_figure("window(w=64) | sink(s=4)", 256, NULL);
    build_slider(f, 0, "window w", 1, 256, 64);
    f->row = 140;
    f->gauge[0] = GAUGE_DENSITY;
    f->gauges = 1;
    return f;
}

static inline Figure *scene_words(void)
{
    Figure *f = build_figure("topk(k=3)", 40, "");
    f->tools = TOOL_SHUFFLE | TOOL_LONGER;
    f->row = 30;
    return f;
}

static inline Figure *scene_empty(void)
{
    return build_figure("stride(s=4, phase=3)", 12, NULL);
}

static inline Figure *scene_bidirectional(void)
{
    Figure *f = build_figure("band(left=2, right=2)", 16, "");
    f->background[0] = BACKGROUND_BIDIRECTIONAL;
    f->row = 8;
    return f;
}

static inline Question *scene_boxes(void)
{
    Question *q = build_integer("A window of 4 over 16 tokens, causal. How many keys does query 2 read, and how many query 9?",
                                NULL, 3);
    q->boxes = 2;
    q->right = realloc(q->right, 2 * sizeof *q->right);
    q->right[1] = number_whole(4);
    q->box_label = calloc(2, sizeof *q->box_label);
    q->box_label[0] = text_copy("query 2");
    q->box_label[1] = text_copy("query 9");
    return q;
}

static const char scene_prose[] =
    "## What a row is\n\nA *query* asks; the keys it may read stand in its **row**. For query *i* in a causal text these are "
    "0 to *i*: $i + 1$ keys.\n\n- the first row has one key\n- the last row has them all\n\n1. pick a row\n2. count its "
    "cells\n\nLook at {row:12} and press {press:more} to widen the window. A row that keeps few keys gives each of them more "
    "weight, by one common factor, because the weights of a row always sum to 1.";

static inline Lesson *scene_lesson(void)
{
    Lesson *l = world_lesson();
    Page    more[] = {build_page("long", "## A long text\n\n256 tokens are drawn in blocks. Move **w** and watch the band.",
                                 scene_blocks(), NULL),
                      build_page("words", "Forty words, and each query reads three of them.", scene_words(), NULL),
                      build_page("empty", "Some rows of this rule are empty.", scene_empty(), NULL),
                      build_page("prose", scene_prose, NULL, NULL),
                      build_ask("boxes", scene_boxes()),
                      build_page("both-ways", "No background hides the later keys here.", scene_bidirectional(), NULL),
                      build_page("named", "See {row:9}, {cell:8,3} and {cell:8,12}.", build_figure("window(w=4)", 16, NULL), NULL)};
    int     extra = (int)(sizeof more / sizeof *more);
    l->page = realloc(l->page, (size_t)(l->pages + extra) * sizeof *l->page);
    memcpy(l->page + l->pages, more, sizeof more);
    l->pages += extra;
    return l;
}

/* ---- worlds ------------------------------------------------------------------------------ */

static inline void scene_serve(World *w)
{
    for (;;) {
        session_saved(&w->s);
        RequestKind kind = w->s.request.kind;
        if (kind != REQUEST_OPEN && kind != REQUEST_DEAL)
            return;
        Request r = session_wants(&w->s);
        if (kind == REQUEST_OPEN)
            session_lesson(&w->s, w->lesson);
        else
            session_question(&w->s, r.page < 5 ? world_deal(r.page) : scene_boxes());
    }
}

static inline void scene_fit(World *w, ScreenView *view, Canvas *canvas)
{
    Measure m = {0};
    Why     why = {0};
    screen_fit(view, &w->s, canvas, &m);
    if (session_measure(&w->s, &m, &why) != STATUS_OK)
        fail_msg("%s", why.what);
}

static inline void scene_key(World *w, Key key)
{
    session_apply(&w->s, keymap_action(&w->s, key));
    scene_serve(w);
}

/* The keys of a scene, each behind a measured frame, as in the loop. */
static inline void scene_keys(World *w, ScreenView *view, Canvas *canvas, const char *keys)
{
    while (*keys) {
        size_t len = *keys == '<' && keys[1] ? strcspn(keys, ">") + 1 : 1;
        Key    key;
        if (!key_parse(keys, len, &key))
            fail_msg("no key %.*s", (int)len, keys);
        scene_fit(w, view, canvas);
        scene_key(w, key);
        keys += len;
    }
}

static inline void scene_shelf(World *w)
{
    Shelf *s = &w->s.shelf;
    if (shelf_add(s, "23-dense-vs-sparse.lua", "dense-vs-sparse", "Two matrices side by side", 14, 7, 4, NULL) != STATUS_OK ||
        shelf_add(s, "30-sliding-window.lua", "sliding-window", "A window that slides", 12, 5, 4, NULL) != STATUS_OK ||
        shelf_add(s, "40-who-decides.lua", "who-decides", "Position or content?", 20, 9, 6, NULL) != STATUS_OK ||
        shelf_add(s, "41-broken.lua", "broken", "broken", 0, 0, 0,
                  "lessons/41-broken.lua:41: pages[3].wrong[2]: a sentence is missing\nevery wrong row is { value, "
                  "\"slip-id\", \"sentence\" }") != STATUS_OK)
        fail();
}

static inline void scene_open(World *w, ScreenView *view, Canvas *canvas, const Scene *scene)
{
    *w = (World){.lesson = scene_lesson()};
    scene_shelf(w);
    session_start(&w->s);
    if (scene->page >= 0)
        session_apply(&w->s, (Action){.kind = ACTION_OPEN, .number = 1, .other = scene->page});
    scene_serve(w);
    scene_keys(w, view, canvas, scene->keys);
}

static inline void scene_close(World *w)
{
    Lesson *lesson = w->lesson;
    session_done(&w->s);
    build_free(lesson);
}

/* A frame: fitted, measured, drawn. */
static inline void scene_draw(World *w, ScreenView *view, Canvas *canvas)
{
    scene_fit(w, view, canvas);
    canvas_clear(canvas);
    screen_draw(view, &w->s, canvas);
}

#endif
