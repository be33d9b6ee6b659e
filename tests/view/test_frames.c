/* test_frames.c - golden frames: scenes at several sizes, as text, in colour with a second block
 * that names each cell's style. UPDATE_GOLDEN=1 writes them anew; look at them before keeping them. */
#include "tests/view/scene.h"

#include <locale.h>

typedef struct {
    const char *scene;
    int         columns, rows;
    Depth       depth;
    bool        ascii;
} Shot;

#define SIZES(scene)                                                                              \
    {scene, 80, 24, DEPTH_NONE, true}, {scene, 120, 40, DEPTH_NONE, true},                        \
    {scene, 200, 60, DEPTH_NONE, true}, {scene, 60, 16, DEPTH_NONE, true},                        \
    {scene, 40, 12, DEPTH_NONE, true}

static const Shot frames[] = {
    SIZES("home"), SIZES("page"), SIZES("page-step"), SIZES("ask"), SIZES("ask-wrong"), SIZES("ask-right"),
    SIZES("figure"), SIZES("blocks"), SIZES("blocks-figure"), SIZES("help-page"), SIZES("probe-shuffled"),
    SIZES("difference"), SIZES("difference-figure"), SIZES("column"), SIZES("column-figure"), SIZES("pins"),
    SIZES("coverage"), SIZES("coverage-figure"),
    {"coverage-figure", 80, 24, DEPTH_256, false},
    {"coverage-words", 80, 24, DEPTH_NONE, true},
    {"difference", 120, 40, DEPTH_256, false},
    {"difference-figure", 80, 24, DEPTH_256, false},
    {"difference-figure", 120, 40, DEPTH_256, false},
    {"difference-figure", 80, 24, DEPTH_8, false},
    {"difference-log", 80, 24, DEPTH_NONE, true},
    {"difference-words", 120, 40, DEPTH_256, false},
    {"column", 80, 24, DEPTH_256, false},
    {"column-blocks", 80, 24, DEPTH_NONE, true},
    {"column-blocks", 120, 40, DEPTH_256, false},
    {"column-hidden", 80, 24, DEPTH_NONE, true},
    {"weights-rank", 80, 24, DEPTH_NONE, true},
    {"weights-rank", 80, 24, DEPTH_256, false},
    {"pins", 80, 24, DEPTH_256, false},
    {"pins-figure", 120, 40, DEPTH_NONE, true},
    {"ask-hint", 80, 24, DEPTH_NONE, true},
    {"ask-closed", 80, 24, DEPTH_NONE, true},
    {"ask-figure", 80, 24, DEPTH_NONE, true},
    {"choice", 80, 24, DEPTH_NONE, true},
    {"choice-wrong", 80, 24, DEPTH_NONE, true},
    {"members-painted", 80, 24, DEPTH_NONE, true},
    {"members-wrong", 80, 24, DEPTH_NONE, true},
    {"page-slider", 80, 24, DEPTH_NONE, true},
    {"page-dense", 80, 24, DEPTH_NONE, true},
    {"page-dense", 40, 12, DEPTH_NONE, true},
    {"page-controls", 60, 16, DEPTH_NONE, true},
    {"probe", 80, 24, DEPTH_NONE, true},
    {"words-40", 80, 24, DEPTH_NONE, true},
    {"words-40-figure", 120, 40, DEPTH_NONE, true},
    {"figure-probe", 80, 24, DEPTH_NONE, true},
    {"empty-rows", 80, 24, DEPTH_NONE, true},
    {"prose", 80, 24, DEPTH_NONE, true},
    {"boxes", 80, 24, DEPTH_NONE, true},
    {"bidirectional", 80, 24, DEPTH_NONE, true},
    {"page", 33, 9, DEPTH_NONE, true},
    {"page", 80, 24, DEPTH_256, false},
    {"page", 120, 40, DEPTH_256, false},
    {"page", 80, 24, DEPTH_256, true},
    {"ask-wrong", 80, 24, DEPTH_256, false},
    {"ask-right", 80, 24, DEPTH_8, false},
    {"ask-wrong", 120, 40, DEPTH_256, false},
    {"probe-shuffled", 80, 24, DEPTH_256, false},
    {"members-wrong", 80, 24, DEPTH_256, false},
    {"blocks", 80, 24, DEPTH_256, false},
    {"words-40", 120, 40, DEPTH_256, false},
    {"figure", 80, 24, DEPTH_256, false},
    {"home", 80, 24, DEPTH_256, false},
    {"page", 80, 24, DEPTH_8, false},
    {"page", 80, 24, DEPTH_NONE, false},
};
enum { FRAMES = sizeof frames / sizeof *frames };

static void frame_name(const Shot *f, char *out, size_t size)
{
    snprintf(out, size, "tests/view/golden/%s-%dx%d%s%s.txt", f->scene, f->columns, f->rows,
             f->depth == DEPTH_256 ? "-256" : f->depth == DEPTH_8 ? "-8" : "", f->ascii ? "" : "-utf8");
}

static const Scene *scene_find(const char *name)
{
    for (int k = 0; k < SCENES; k++)
        if (strcmp(scenes[k].name, name) == 0)
            return &scenes[k];
    fail_msg("no scene %s", name);
    return NULL;
}

static void frame_take(const Shot *f, Text *out)
{
    Canvas      c = {.ascii = f->ascii, .depth = f->depth};
    ScreenView *view = screen_new();
    World       w;
    assert_true(canvas_size(&c, f->columns, f->rows));
    scene_open(&w, view, &c, scene_find(f->scene));
    scene_draw(&w, view, &c);
    if (f->depth == DEPTH_NONE)
        blit_plain(&c, out);
    else
        blit_styles(&c, out);
    text_format(out, "cursor %d,%d\n", c.cursor_x, c.cursor_y);
    scene_close(&w);
    screen_free(view);
    canvas_done(&c);
}

static void file_read(const char *name, Text *out)
{
    FILE *f = fopen(name, "rb");
    char  part[4096];
    if (!f)
        fail_msg("%s is missing; UPDATE_GOLDEN=1 writes it", name);
    for (size_t got; (got = fread(part, 1, sizeof part, f)) > 0;)
        text_add_bytes(out, part, got);
    fclose(f);
}

static void file_write(const char *name, const Text *text)
{
    FILE *f = fopen(name, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text_string(text), 1, text->len, f), text->len);
    assert_int_equal(fclose(f), 0);
}

static void every_frame_is_as_it_was(void **state)
{
    int differ = 0;
    (void)state;
    for (int k = 0; k < FRAMES; k++) {
        char name[160];
        Text now = {0}, golden = {0};
        frame_name(&frames[k], name, sizeof name);
        frame_take(&frames[k], &now);
        if (getenv("UPDATE_GOLDEN"))
            file_write(name, &now);
        file_read(name, &golden);
        if (strcmp(text_string(&now), text_string(&golden)) != 0) {
            print_message("%s differs; now:\n%s", name, text_string(&now));
            differ++;
        }
        text_done(&now);
        text_done(&golden);
    }
    assert_int_equal(differ, 0);
}

static void the_same_scene_gives_the_same_frame(void **state)
{
    Text a = {0}, b = {0};
    (void)state;
    frame_take(&frames[5], &a);
    frame_take(&frames[5], &b);
    assert_string_equal(text_string(&a), text_string(&b));
    text_done(&a);
    text_done(&b);
}

static void what_a_question_hides_stands_nowhere(void **state)
{
    static const struct {
        const char *scene, *secret;
    } hidden[] = {{"ask", "6 of 13"},      {"ask-wrong", "6 of 13"}, {"ask-wrong", "total"},
                  {"figure-ask", "6 of"},  {"members", "{3, 7"},     {"members-wrong", "{3, 7"},
                  {"probe", "window(w=4)"}, {"figure-probe", "topk"}, {"figure-probe", "window(w"}};
    (void)state;
    for (unsigned k = 0; k < sizeof hidden / sizeof *hidden; k++)
        for (int wide = 0; wide < 3; wide++) {
            Shot f = {hidden[k].scene, wide == 2 ? 200 : wide ? 120 : 80, wide == 2 ? 60 : wide ? 40 : 24, DEPTH_NONE, true};
            Text   t = {0};
            frame_take(&f, &t);
            if (strstr(text_string(&t), hidden[k].secret))
                fail_msg("%s tells %s:\n%s", hidden[k].scene, hidden[k].secret, text_string(&t));
            text_done(&t);
        }
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_frame_is_as_it_was),
        cmocka_unit_test(the_same_scene_gives_the_same_frame),
        cmocka_unit_test(what_a_question_hides_stands_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
