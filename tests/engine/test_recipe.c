/* Expressions as values: built, changed, written out. */
#include "engine/catalogue.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- building without text ---- */

static void a_leaf_from_values_is_checked_as_the_parser_checks_it(void **state)
{
    (void)state;
    const Mechanism *window = catalogue_find("window", 6), *keys = catalogue_find("keys", 4);
    Value four = {.kind = VALUE_INTEGER, .lo = 4, .hi = 4}, none = {.kind = VALUE_DEFAULT};
    Value item[3] = {{.kind = VALUE_INTEGER, .lo = 9, .hi = 9},
                     {.kind = VALUE_INTEGER, .lo = 1, .hi = 3},
                     {.kind = VALUE_INTEGER, .lo = 2, .hi = 2}};
    Value            list[MECHANISM_PARAMS] = {{.kind = VALUE_LIST, .item = item, .items = 3}};
    Recipe           recipe;
    Why              why;
    char             text[60];
    assert_int_equal(recipe_leaf(window, &four, &recipe, &why), STATUS_OK);
    recipe_print(&recipe, text, sizeof text);
    assert_string_equal(text, "window(w=4)");
    recipe_done(&recipe);
    assert_int_equal(recipe_leaf(keys, list, &recipe, &why), STATUS_OK);
    recipe_print(&recipe, text, sizeof text);
    assert_string_equal(text, "keys(at=[1-3,9])");
    assert_int_equal(item[0].lo, 9); /* the caller's values are untouched */
    recipe_done(&recipe);
    assert_int_equal(recipe_leaf(window, &none, &recipe, &why), STATUS_SYNTAX);
    assert_int_equal(why.column, 0);
    four.lo = four.hi = 0;
    assert_int_equal(recipe_leaf(window, &four, &recipe, &why), STATUS_RANGE);
    assert_string_equal(why.what, "window needs w of at least 1");
    assert_null(recipe.node);
}

static void joining_is_what_the_parser_would_have_read(void **state)
{
    (void)state;
    static const struct {
        RecipeOp    op;
        const char *a, *b, *joined;
    } join[] = {
        {RECIPE_UNION, "window(w=4)", "sink(s=2)", "window(w=4) | sink(s=2)"},
        {RECIPE_UNION, "full", "past | self", "full | past | self"},
        {RECIPE_MINUS, "full", "past | self", "full - (past | self)"},
        {RECIPE_INTERSECT, "full | past", "self & sink(s=1)", "(full | past) & self & sink(s=1)"},
        {RECIPE_MINUS, "full - past", "self", "full - past - self"},
        {RECIPE_UNION, "full", "past - self", "full | (past - self)"},
    };
    for (size_t k = 0; k < sizeof join / sizeof *join; k++) {
        Recipe a = picture_recipe(join[k].a), b = picture_recipe(join[k].b), out;
        Recipe expected = picture_recipe(join[k].joined);
        char   text[100];
        assert_int_equal(recipe_join(join[k].op, &a, &b, &out, NULL), STATUS_OK);
        recipe_print(&out, text, sizeof text);
        assert_string_equal(text, join[k].joined);
        assert_true(recipe_equal(&out, &expected));
        recipe_done(&a), recipe_done(&b), recipe_done(&out), recipe_done(&expected);
    }
}

static void joining_keeps_to_the_limits_of_the_language(void **state)
{
    (void)state;
    Recipe chain = picture_recipe("full"), leaf = picture_recipe("past"), out;
    Why    why;
    int    joined = 0;
    Status status;
    while ((status = recipe_join(RECIPE_MINUS, &leaf, &chain, &out, &why)) == STATUS_OK) {
        recipe_done(&chain);
        chain = out;
        joined++;
    }
    assert_int_equal(status, STATUS_LIMIT);
    assert_string_equal(why.what, "brackets stand at most 64 deep");
    assert_int_equal(joined, 65);
    size_t len = recipe_print(&chain, NULL, 0);
    char  *text = malloc(len + 1);
    recipe_print(&chain, text, len + 1);
    Recipe back = picture_recipe(text);
    assert_true(recipe_equal(&back, &chain));
    free(text);
    recipe_done(&back), recipe_done(&chain), recipe_done(&leaf);
}

static void places_lead_to_parameters_and_leaves(void **state)
{
    (void)state;
    Recipe r =
        picture_recipe("full | band(left=3, right=1) & (columns(period=8, count=2) - sink(s=5))");
    assert_int_equal(recipe_leaves(&r), 4);
    assert_int_equal(r.values, 7);
    static const struct {
        const char *name;
        double      value;
        const char *atom;
    } place[] = {{"left", 3, "band"},      {"right", 1, "band"},    {"step", 1, "band"},
                 {"period", 8, "columns"}, {"count", 2, "columns"}, {"from", 6, "columns"},
                 {"s", 5, "sink"}};
    for (int k = 0; k < 7; k++) {
        assert_string_equal(recipe_param(&r, k)->name, place[k].name);
        assert_true(recipe_number(&r, k) == place[k].value);
        assert_string_equal(r.node[recipe_leaf_of(&r, k)].mechanism->name, place[k].atom);
    }
    assert_int_equal(r.node[0].column, 1);
    assert_int_equal(r.node[1].column, 8);
    recipe_done(&r);
}

/* ---- sliders ---- */

static void a_number_is_set_within_its_bounds(void **state)
{
    (void)state;
    Recipe r = picture_recipe("window(w=4) | sink(s=2)");
    char   text[60];
    assert_true(recipe_set(&r, 0, 7));
    assert_false(recipe_set(&r, 0, 7));
    assert_true(recipe_set(&r, 1, -5));
    recipe_print(&r, text, sizeof text);
    assert_string_equal(text, "window(w=7) | sink(s=0)");
    assert_true(recipe_set(&r, 0, 0));
    assert_true(recipe_number(&r, 0) == 1);
    assert_true(recipe_set(&r, 0, 1e30));
    assert_true(recipe_number(&r, 0) == 2147483647);
    assert_true(recipe_set(&r, 0, 3.4));
    assert_true(recipe_number(&r, 0) == 3);
    recipe_done(&r);
}

static void a_number_that_others_bound_goes_as_far_as_they_let_it(void **state)
{
    (void)state;
    Recipe r = picture_recipe("stride(s=8, phase=5)");
    assert_true(recipe_set(&r, 0, 2));
    assert_true(recipe_number(&r, 0) == 6);
    assert_false(recipe_set(&r, 1, 100));
    assert_true(recipe_set(&r, 1, 0));
    assert_true(recipe_set(&r, 1, 100));
    assert_true(recipe_number(&r, 1) == 5);
    recipe_done(&r);
}

static void a_default_that_follows_goes_on_following(void **state)
{
    (void)state;
    char   text[60];
    Recipe r = picture_recipe("columns(period=8, count=2)");
    assert_true(recipe_set(&r, 0, 5));
    assert_true(recipe_number(&r, 2) == 3);
    recipe_print(&r, text, sizeof text);
    assert_string_equal(text, "columns(period=5, count=2)");
    assert_true(recipe_set(&r, 1, 9));
    assert_true(recipe_number(&r, 1) == 5 && recipe_number(&r, 2) == 0);
    recipe_done(&r);
    r = picture_recipe("columns(period=8, count=2, from=1)");
    assert_true(recipe_set(&r, 0, 1));
    assert_true(recipe_number(&r, 0) == 3 && recipe_number(&r, 2) == 1);
    recipe_done(&r);
}

/* ---- designs ---- */

static void designs_are_written_out_and_atoms_stay(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expanded;
    } design[] = {
        {"streaming(s=2, w=4)", "sink(s=2) | window(w=4)"},
        {"strided(l=8)", "window(w=8) | stride(s=8)"},
        {"fixed(l=8, c=2)", "block(b=8) | columns(period=8, count=2)"},
        {"longformer(w=2, at=[0,-1])", "band(left=2, right=2) | global(at=[-1,0])"},
        {"longformer(w=2, at=[])", "band(left=2, right=2) | global(at=[])"},
        {"full & window(w=3)", "full & window(w=3)"},
        {"full - strided(l=3) | self", "full - (window(w=3) | stride(s=3)) | self"},
        {"self | strided(l=3)", "self | window(w=3) | stride(s=3)"},
    };
    for (size_t k = 0; k < sizeof design / sizeof *design; k++) {
        Recipe r = picture_recipe(design[k].text), flat,
               expected = picture_recipe(design[k].expanded);
        char   text[200];
        assert_int_equal(recipe_expand(&r, &flat, NULL), STATUS_OK);
        recipe_print(&flat, text, sizeof text);
        assert_string_equal(text, design[k].expanded);
        assert_true(recipe_equal(&flat, &expected));
        recipe_done(&r), recipe_done(&flat), recipe_done(&expected);
    }
}

static void every_design_of_the_catalogue_expands_at_its_first_values(void **state)
{
    (void)state;
    for (int k = 0; k < catalogue_count(); k++) {
        const Mechanism *m = catalogue_at(k);
        Value            value[MECHANISM_PARAMS] = {{0}};
        Recipe           r, flat;
        if (!m->expansion) continue;
        for (int a = 0; a < m->params; a++) {
            value[a] =
                (Value){.kind = VALUE_INTEGER, .lo = m->param[a].start, .hi = m->param[a].start};
            if (m->param[a].kind == PARAM_LIST) value[a] = (Value){.kind = VALUE_LIST};
        }
        assert_int_equal(recipe_leaf(m, value, &r, NULL), STATUS_OK);
        assert_int_equal(recipe_expand(&r, &flat, NULL), STATUS_OK);
        assert_true(flat.nodes >= 1);
        assert_null(flat.node[0].mechanism->expansion);
        recipe_done(&r), recipe_done(&flat);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leaf_from_values_is_checked_as_the_parser_checks_it),
        cmocka_unit_test(joining_is_what_the_parser_would_have_read),
        cmocka_unit_test(joining_keeps_to_the_limits_of_the_language),
        cmocka_unit_test(places_lead_to_parameters_and_leaves),
        cmocka_unit_test(a_number_is_set_within_its_bounds),
        cmocka_unit_test(a_number_that_others_bound_goes_as_far_as_they_let_it),
        cmocka_unit_test(a_default_that_follows_goes_on_following),
        cmocka_unit_test(designs_are_written_out_and_atoms_stay),
        cmocka_unit_test(every_design_of_the_catalogue_expands_at_its_first_values),
    };
    return cmocka_run_group_tests_name("recipe", tests, NULL, NULL);
}
