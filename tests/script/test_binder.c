/* test_binder.c - a whole lesson as text becomes the lesson that it says. */
#include "tests/script/shelf.h"

static const char source[] =
    "local at = require \"attend\"\n"
    "local P  = at.pattern\n"
    "local w  = at.slider(1, 16, 4, \"window w\")\n"
    "\n"
    "return at.lesson {\n"
    "  api = 1, id = \"sliding-window\", version = \"1.0.0\", title = \"A window that slides\", "
    "minutes = 12,\n"
    "  needs = { \"dense-attention\" }, goals = { \"read G_i off a picture\", \"count |G_i|\" },\n"
    "  nodes = { \"Positional-based Sparse Attention\" },\n"
    "\n"
    "  at.page(\"look\", {\n"
    "    \"## Who may a query look at?\",\n"
    "    at.figure {\n"
    "      n = at.slider(8, 64, 16), compare = P.stride { s = at.slider(1, 8, 4) } | P.window { w "
    "= w }, row = 12,\n"
    "      recipe = P.window { w = w } | P.sink { s = at.slider(0, 3, 0) },\n"
    "      gauges = { \"count\", \"density\" }, hide = { \"rule\", \"legend\" },\n"
    "    },\n"
    "    at.reveal(),\n"
    "    \"Nothing outside the band was ever scored.\",\n"
    "    at.notes \"Ask the room first.\",\n"
    "  }),\n"
    "\n"
    "  at.page(\"switch\", {\n"
    "    at.figure { n = 8, content = at.options { { \"words\", at.words { seed = 3 } }, { "
    "\"needle\", at.toy { kind = \"needle\" } } },\n"
    "      recipe = at.options { { \"best\", P.topk { k = 2 } }, { \"band\", P.band { left = "
    "at.slider(1, 3, 2) } } },\n"
    "      background = at.options { { \"causal\", \"causal\" }, { \"both ways\", "
    "\"bidirectional\" } },\n"
    "      view = \"weights\", tools = { \"shuffle\", \"longer\" }, compare = \"dense\", alt = "
    "\"Best two keys.\" },\n"
    "  }),\n"
    "\n"
    "  at.ask(\"count\", function(rng)\n"
    "    local n, i, s = 16, rng:int(12, 15), rng:int(2, 3)\n"
    "    local g = (P.window { w = 4 } | P.sink { s = s }):at(n)\n"
    "    return at.integer {\n"
    "      (\"How many keys are in G_%d?\"):format(i),\n"
    "      figure = at.figure { pattern = g, row = i, hide = { \"counts\" } },\n"
    "      right = g:count(i),\n"
    "      wrong = {\n"
    "        { 3 + s, \"no-self\", \"You left the own key out.\" },\n"
    "        nil,\n"
    "        s == 9 and { 9, \"never\", \"Never.\" },\n"
    "        { 5 + s, \"fencepost\", \"One too many.\", keys = g:row(i):union(at.set { i - 4 }) "
    "},\n"
    "      },\n"
    "      tries = { 3, 2, 1 }, explain = \"4 and the sinks.\", names = { n = n, w = 4 }, unit = "
    "\"B\",\n"
    "      hints = { \"Write the window as an interval.\", { \"Add the sinks.\", cost = 0.5 } },\n"
    "      read_again = { [\"no-self\"] = \"look\" },\n"
    "    }\n"
    "  end),\n"
    "\n"
    "  at.ask(\"pair\", at.number { \"Both weights?\", right = { 0.25, 0.75 }, labels = { \"a\", "
    "\"b\" }, tolerance = \"2 %\",\n"
    "    wrong = { { { 0.5, 0.5 }, \"evenly\", \"Not evenly.\" } }, points = 2 }),\n"
    "\n"
    "  at.ask(\"which\", at.classify { \"What decides?\",\n"
    "    figure = at.figure { n = 8, recipe = P.window { w = 2 } | P.topk { k = 1 }, content = "
    "at.words { seed = 1 }, tools = { \"shuffle\" } },\n"
    "    verdicts = { \"positional\", \"content\" }, right = (P.window { w = 2 } | P.topk { k = 1 "
    "}):class(), require = { \"shuffle\" },\n"
    "    why = { positional = { \"content-by-look\", \"Deal again.\" }, content = \"It moves.\" } "
    "}),\n"
    "\n"
    "  at.ask(\"vignettes\", at.classify { \"Decide each.\",\n"
    "    items = { { \"a window\", right = \"positional\" },\n"
    "      { \"the best keys\", at.figure { n = 8, recipe = P.topk { k = 1 }, content = at.words { "
    "seed = 1 } }, right = \"content\" } } }),\n"
    "\n"
    "  at.ask(\"members\", at.indices { \"Which keys?\", figure = at.figure { n = 24, recipe = "
    "P.fixed { l = 8, c = 2 }, row = 21, hide = { \"row\" } },\n"
    "    right = P.fixed { l = 8, c = 2 }:at(24):row(21), points = 3, whole = true }),\n"
    "\n"
    "  at.ask(\"pick\", at.choice { \"What is a row?\", predict = true, options = {\n"
    "    { \"query\", \"One query and its keys\", \"So it is.\", right = true },\n"
    "    { \"key\", \"One key and its queries\", \"That is a column.\", slip = \"row-for-column\" "
    "},\n"
    "    { \"cell\", \"One number\", \"A row has many.\" } } }),\n"
    "}\n";

typedef struct {
    Lesson *lesson;
} World;

static int load(void **state)
{
    static World world;
    ShelfFile    files[] = {{"lessons/32-window.lua", source}, {NULL, NULL}};
    Why          why;
    if (shelf_load(files, &world.lesson, &why) != STATUS_OK) {
        print_error("%s\n", why.what);
        return 1;
    }
    *state = &world;
    return 0;
}

static int unload(void **state)
{
    script_free(((World *)*state)->lesson);
    return 0;
}

static const Lesson *lesson_of(void **state)
{
    return ((World *)*state)->lesson;
}

static Question *deal(void **state, const char *page, int variant)
{
    const Lesson *l = lesson_of(state);
    Question     *q;
    Why           why;
    if (script_deal(l, lesson_find(l, page), variant, &q, &why) != STATUS_OK)
        fail_msg("%s", why.what);
    return q;
}

static void the_head_is_read(void **state)
{
    const Lesson *l = lesson_of(state);
    assert_string_equal(l->id, "sliding-window");
    assert_string_equal(l->version, "1.0.0");
    assert_string_equal(l->title, "A window that slides");
    assert_string_equal(l->file, "lessons/32-window.lua");
    assert_int_equal(l->minutes, 12);
    assert_int_equal(l->needs, 1);
    assert_string_equal(l->need[0], "dense-attention");
    assert_int_equal(l->goals, 2);
    assert_string_equal(l->goal[1], "count |G_i|");
    assert_int_equal(l->nodes, 1);
    assert_int_equal(strlen(l->sha), 12);
}

static void pages_and_parts_stand_in_order(void **state)
{
    const Lesson *l = lesson_of(state);
    const Page   *look = &l->page[0];
    PartKind      kinds[] = {PART_PROSE, PART_FIGURE, PART_REVEAL, PART_PROSE, PART_NOTES};
    assert_int_equal(l->pages, 8);
    assert_int_equal(lesson_questions(l), 6);
    assert_string_equal(look->id, "look");
    assert_int_equal(look->line, 10);
    assert_int_equal(look->parts, 5);
    for (int k = 0; k < 5; k++) assert_int_equal(look->part[k].kind, kinds[k]);
    assert_string_equal(look->part[4].text, "Ask the room first.");
    assert_true(l->page[2].asks && l->page[2].deals && !l->page[2].fixed);
    assert_true(l->page[3].asks && !l->page[3].deals && l->page[3].fixed);
}

static const Slider *slider_named(const Figure *f, const char *name, int *index)
{
    for (*index = 0; *index < f->sliders; ++*index)
        if (strcmp(f->slider[*index].name, name) == 0) return &f->slider[*index];
    fail_msg("there is no slider %s", name);
    return NULL;
}

static void one_slider_moves_every_place_it_stands_in(void **state)
{
    const Figure *f = lesson_of(state)->page[0].part[1].figure;
    int           w, sink, stride, n, moved = 0;
    assert_string_equal(slider_named(f, "w", &w)->label, "window w");
    slider_named(f, "sink.s", &sink);
    slider_named(f, "stride.s", &stride);
    assert_true(slider_named(f, "n", &n)->max == 64);
    assert_int_equal(f->sliders, 4);
    assert_int_equal(f->n_slider, n);
    assert_int_equal(f->n, 16);
    for (int h = 0; h < f->holes; h++) {
        const Hole   *hole = &f->hole[h];
        const Recipe *r = &f->recipe[hole->side].alternative[hole->alternative];
        if (hole->slider == w) moved++;
        assert_true(recipe_number(r, hole->place) == f->slider[hole->slider].start);
        assert_non_null(recipe_param(r, hole->place));
    }
    assert_int_equal(f->holes, 4);
    assert_int_equal(moved, 2);
}

static void figure_fields_are_read(void **state)
{
    const Figure *f = lesson_of(state)->page[0].part[1].figure;
    char          text[80];
    recipe_print(&f->recipe[SIDE_SPARSE].alternative[0], text, sizeof text);
    assert_string_equal(text, "window(w=4) | sink(s=0)");
    assert_int_equal(f->compare, COMPARE_RECIPE);
    assert_int_equal(f->row, 12);
    assert_int_equal(f->gauges, 2);
    assert_int_equal(f->gauge[1], GAUGE_DENSITY);
    assert_int_equal(f->hide, HIDE_RULE | HIDE_LEGEND);
    assert_int_equal(f->backgrounds, 1);
    assert_int_equal(f->contents, 0);
    assert_int_equal(f->content_slider, -1);
    assert_int_equal(f->background_slider, -1);
}

static void options_become_sliders_with_labels(void **state)
{
    const Figure *f = lesson_of(state)->page[1].part[0].figure;
    assert_int_equal(f->recipe[SIDE_SPARSE].alternatives, 2);
    assert_string_equal(f->slider[f->recipe[SIDE_SPARSE].slider].option[1], "band");
    assert_int_equal(f->contents, 2);
    assert_int_equal(f->content[0].kind, CONTENT_WORDS);
    assert_int_equal(f->content[1].toy, TOY_NEEDLE);
    assert_string_equal(f->slider[f->content_slider].option[0], "words");
    assert_int_equal(f->backgrounds, 2);
    assert_int_equal(f->background[1], BACKGROUND_BIDIRECTIONAL);
    assert_string_equal(f->slider[f->background_slider].option[1], "both ways");
    assert_true(f->slider[f->background_slider].max == 1);
    assert_int_equal(f->holes, 1);
    assert_int_equal(f->hole[0].alternative, 1);
    assert_int_equal(f->tools, TOOL_SHUFFLE | TOOL_LONGER);
    assert_int_equal(f->view, VIEW_WEIGHTS);
    assert_int_equal(f->compare, COMPARE_DENSE);
    assert_string_equal(f->alt, "Best two keys.");
    assert_string_equal(slider_named(f, "left", &(int){0})->name, "left");
}

static void a_question_that_is_dealt_is_whole(void **state)
{
    Question *q = deal(state, "count", 1);
    int64_t   i = q->figure->row, s = q->right[0].top - 4;
    Text      prompt = {0};
    text_format(&prompt, "How many keys are in G_%lld?", (long long)i);
    assert_int_equal(q->kind, QUESTION_INTEGER);
    assert_string_equal(q->prompt, text_string(&prompt));
    assert_true(s == 2 || s == 3);
    assert_int_equal(q->figure->n, 16);
    assert_int_equal(q->wrongs, 2);
    assert_string_equal(q->wrong[1].slip, "fencepost");
    assert_int_equal(q->wrong[1].value[0].top, 5 + s);
    assert_true(q->wrong[1].has_keys && runs_has(&q->wrong[1].keys, i - 4) &&
                !q->wrong[0].has_keys);
    assert_int_equal(q->tries, 3);
    assert_int_equal(q->points, 3);
    assert_int_equal(q->price[2], 1);
    assert_int_equal(q->hints, 2);
    assert_true(q->hint[0].cost == 0 && q->hint[1].cost == 0.5);
    assert_int_equal(q->names, 2);
    assert_string_equal(q->name[1].name, "w");
    assert_string_equal(q->unit, "B");
    assert_string_equal(q->explain, "4 and the sinks.");
    assert_int_equal(q->agains, 1);
    assert_string_equal(q->again[0].page, "look");
    text_done(&prompt);
    question_free(q);
}

static void several_numbers_have_boxes(void **state)
{
    Question *q = deal(state, "pair", 1);
    assert_int_equal(q->boxes, 2);
    assert_true(q->right[1].value == 0.75);
    assert_string_equal(q->box_label[1], "b");
    assert_true(q->relative && q->tolerance == 0.02);
    assert_int_equal(q->points, 2);
    assert_int_equal(q->tries, 0);
    assert_true(q->wrong[0].value[0].value == 0.5);
    question_free(q);
}

static void without_hybrid_among_the_verdicts_it_counts_as_content(void **state)
{
    Question *q = deal(state, "which", 1);
    assert_int_equal(q->options, 2);
    assert_int_equal(q->items, 1);
    assert_string_equal(q->option[q->item[0].right].id, "content");
    assert_string_equal(q->option[0].slip, "content-by-look");
    assert_string_equal(q->option[0].text, "positional: where a key stands");
    assert_int_equal(q->require, TOOL_SHUFFLE);
    question_free(q);
}

static void items_have_texts_and_figures(void **state)
{
    Question *q = deal(state, "vignettes", 1);
    assert_int_equal(q->options, 3);
    assert_int_equal(q->items, 2);
    assert_string_equal(q->item[0].text, "a window");
    assert_null(question_figure(q, 0));
    assert_non_null(question_figure(q, 1));
    assert_int_equal(question_right_option(q, 1), 1);
    question_free(q);
}

static void indices_take_the_keys_of_the_figure(void **state)
{
    Question *q = deal(state, "members", 1);
    char      text[40];
    runs_print(&q->set, " ", text, sizeof text);
    assert_string_equal(text, "6-7 14-21");
    assert_int_equal(q->set_n, 24);
    assert_true(q->whole);
    question_free(q);
}

static void the_order_of_options_follows_the_variant(void **state)
{
    int seen[3] = {0};
    for (int variant = 1; variant <= 12; variant++) {
        Question *q = deal(state, "pick", variant), *again = deal(state, "pick", variant);
        assert_memory_equal(q->order, again->order, sizeof q->order);
        assert_int_equal(q->order[0] + q->order[1] + q->order[2], 3);
        seen[q->order[0]]++;
        assert_true(q->predict && q->points == 0);
        question_free(q);
        question_free(again);
    }
    assert_true(seen[0] && seen[1] && seen[2]);
}

/* Every part of a question that a learner can see, as text. */
static void tell(const Question *q, Text *out)
{
    char recipe[200] = "";
    if (q->figure)
        recipe_print(&q->figure->recipe[SIDE_SPARSE].alternative[0], recipe, sizeof recipe);
    text_format(out, "%s|%s|%lld", q->prompt, recipe, q->figure ? (long long)q->figure->row : -1);
    for (int k = 0; k < q->boxes && q->right; k++) text_format(out, "|%.17g", q->right[k].value);
    for (int k = 0; k < q->wrongs; k++)
        text_format(out, "|%s %s %.17g", q->wrong[k].slip, q->wrong[k].sentence,
                    q->wrong[k].value[0].value);
    for (int k = 0; k < q->options; k++) text_format(out, "|%s %d", q->option[k].id, q->order[k]);
}

static void a_variant_is_the_same_in_a_fresh_state(void **state)
{
    const Lesson *l = lesson_of(state);
    for (int variant = 40; variant > 0; variant--) {
        ShelfFile files[] = {{"lessons/32-window.lua", source}, {NULL, NULL}};
        Lesson   *fresh;
        Why       why;
        Text      a = {0}, b = {0};
        Question *there, *here = deal(state, "count", variant);
        assert_int_equal(shelf_load(files, &fresh, &why), STATUS_OK);
        assert_int_equal(script_deal(fresh, lesson_find(l, "count"), variant, &there, &why),
                         STATUS_OK);
        tell(here, &a);
        tell(there, &b);
        assert_string_equal(text_string(&a), text_string(&b));
        question_free(here);
        question_free(there);
        script_free(fresh);
        text_done(&a);
        text_done(&b);
    }
}

static void chance_is_rng_1(void **state)
{
    (void)state;
    /* the vector of the format notes: seed 0x97ad4e20df44474c, int(1,6) eight times */
    Question *q;
    Why       why;
    Status    status =
        shelf_deal("local t = {} for k = 1, 8 do t[k] = rng:int(1, 6) end\n"
                   "assert(table.concat(t, ' ') == '1 4 2 3 3 4 4 4', table.concat(t, ' '))\n"
                   "return at.integer { '?', right = 1 }",
                   0x97ad4e20df44474cu, &q, &why);
    if (status != STATUS_OK) fail_msg("%s", why.what);
    question_free(q);
}

static void shuffling_leaves_the_list_as_it_is(void **state)
{
    (void)state;
    RUNS("local t = { 1, 2, 3, 4, 5 }\nlocal s, again = rng:shuffle(t), rng:sample(t, 3)\n"
         "assert(table.concat(t) == '12345')\ntable.sort(s) assert(table.concat(s) == '12345')\n"
         "assert(#again == 3 and again[1] ~= again[2] and again[2] ~= again[3])");
}

static void patterns_answer_with_the_engine(void **state)
{
    (void)state;
    RUNS("local g = (P.window { w = 4 } | P.sink { s = 2 }):at(16)\n"
         "assert(g:count(12) == 6 and g:row(12) == at.set { { 0, 1 }, { 9, 12 } } and "
         "g:column(0):count() == 16)\n"
         "assert(g:has(12, 0) and not g:has(12, 5) and g:total() == 81)\n"
         "assert(g:max_row() == 6 and g:readers(15) == 1 and math.abs(g:density() - 81 / 136) < "
         "1e-12)\n"
         "assert((P.window { w = 2 } & P.sink { s = 3 }):at(8):row(3) == at.set { 2 })\n"
         "assert((P.full {} - P.self {}):at(4):row(2) == at.set { 0, 1 })\n"
         "assert(P.prefix { p = 3 }:at { n = 4, background = 'bidirectional' }:count(0) == 3)\n"
         "assert(P.keys { at = { 3, { 5, 6 } } }:at(8):row(7) == at.set { 3, { 5, 6 } })\n"
         "assert(P.keys { at = at.set { 3, { 5, 6 } } } == P.keys { at = { 3, 5, 6 } })\n"
         "assert(P.longformer { w = 2, at = { 0 } }:class() == 'positional')\n"
         "assert(P.token { is = 'the' }:class() == 'content')");
}

static void weights_follow_the_content(void **state)
{
    (void)state;
    RUNS("local g = P.topk { k = 2 }:at { content = at.scores { 2, 1, 0, -1 } }\n"
         "local w = g:weights(3)\n"
         "assert(#w == 4 and math.abs(w[1] - .7311) < 1e-4 and w[3] == 0)\n"
         "assert(math.abs(g:kept(3) - .8808) < 1e-4)\n"
         "local d = P.full {}:at { n = 6, content = at.words { text = 'the old sea, the sea' } "
         "}:weights(5)\n"
         "local sum = 0 for _, x in ipairs(d) do sum = sum + x end assert(math.abs(sum - 1) < "
         "1e-6)\n"
         "local s = at.softmax({ 1, .5, 0 }, nil, .8)\n"
         "assert(math.abs(s[1] + s[2] + s[3] - .7069) < 1e-4)\n"
         "local o = at.attend { scores = { math.log(.6), 9, math.log(.4) }, v = { { 1, 0 }, { 5, 5 "
         "}, { 0, 3 } }, keep = at.set { 0, 2 } }\n"
         "assert(math.abs(o[1] - .6) < 1e-6 and math.abs(o[2] - 1.2) < 1e-6)");
    FAILS("P.window { w = 2 }:at(8):kept(3)", "t.lua:5: weights need content");
    FAILS("P.topk { k = 2 }:at(8)", "t.lua:5: topk reads scores");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_head_is_read),
        cmocka_unit_test(pages_and_parts_stand_in_order),
        cmocka_unit_test(one_slider_moves_every_place_it_stands_in),
        cmocka_unit_test(figure_fields_are_read),
        cmocka_unit_test(options_become_sliders_with_labels),
        cmocka_unit_test(a_question_that_is_dealt_is_whole),
        cmocka_unit_test(several_numbers_have_boxes),
        cmocka_unit_test(without_hybrid_among_the_verdicts_it_counts_as_content),
        cmocka_unit_test(items_have_texts_and_figures),
        cmocka_unit_test(indices_take_the_keys_of_the_figure),
        cmocka_unit_test(the_order_of_options_follows_the_variant),
        cmocka_unit_test(a_variant_is_the_same_in_a_fresh_state),
        cmocka_unit_test(chance_is_rng_1),
        cmocka_unit_test(shuffling_leaves_the_list_as_it_is),
        cmocka_unit_test(patterns_answer_with_the_engine),
        cmocka_unit_test(weights_follow_the_content),
    };
    if (!hash_start()) return 1;
    return cmocka_run_group_tests(tests, load, unload);
}
