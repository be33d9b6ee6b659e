#include "app/canvas/style.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The palette of xterm above 15: a cube of six levels, then greys. */
static void palette(int number, double rgb[3])
{
    static const int level[6] = {0, 95, 135, 175, 215, 255};
    int              cube = number - 16;
    for (int k = 0; k < 3; k++) {
        int byte = number >= 232 ? 8 + 10 * (number - 232)
                                 : level[k == 0   ? cube / 36
                                         : k == 1 ? cube / 6 % 6
                                                  : cube % 6];
        rgb[k] = byte / 255.0;
    }
}

/* Relative luminance of WCAG 2, section 1.4.3. */
static double luminance(int number)
{
    static const double weight[3] = {0.2126, 0.7152, 0.0722};
    double              rgb[3], sum = 0;
    palette(number, rgb);
    for (int k = 0; k < 3; k++)
        sum +=
            weight[k] * (rgb[k] <= 0.03928 ? rgb[k] / 12.92 : pow((rgb[k] + 0.055) / 1.055, 2.4));
    return sum;
}

/* Lightness of CIE L*a*b*, 0 to 100. */
static double lightness(int number)
{
    double y = luminance(number);
    return y > 216.0 / 24389 ? 116 * cbrt(y) - 16 : y * 24389 / 27;
}

static double contrast(int a, int b)
{
    double high = fmax(luminance(a), luminance(b)), low = fmin(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

static Paint step_paint(Theme t, int step)
{
    return style_paint(style_step((step - 0.5) / 7), t, DEPTH_256);
}

static void every_ramp_climbs_by_ten_or_more(void **state)
{
    (void)state;
    for (int t = 0; t < THEME_COUNT; t++) {
        double direction = t == THEME_DARK || t == THEME_GREY_DARK ? 1 : -1;
        for (int step = 2; step <= 7; step++) {
            double climb = lightness(step_paint((Theme)t, step).paper) -
                           lightness(step_paint((Theme)t, step - 1).paper);
            if (climb * direction < 10)
                fail_msg("%s: from step %d to %d lightness climbs by %.1f", theme_name((Theme)t),
                         step - 1, step, climb * direction);
        }
    }
}

static void text_on_every_step_reads_well(void **state)
{
    (void)state;
    for (int t = 0; t < THEME_COUNT; t++) {
        for (int step = 1; step <= 7; step++) {
            Paint paint = step_paint((Theme)t, step);
            if (contrast(paint.ink, paint.paper) < 5)
                fail_msg("%s: step %d has contrast %.2f", theme_name((Theme)t), step,
                         contrast(paint.ink, paint.paper));
        }
        Paint mark = style_paint(style_mark(), (Theme)t, DEPTH_256);
        assert_int_equal(mark.paper, 67);
        assert_true(contrast(mark.ink, mark.paper) >= 5);
    }
}

static void the_ramps_are_those_of_the_design(void **state)
{
    static const int ramp[THEME_COUNT][7] = {{236, 239, 61, 67, 73, 115, 158},
                                             {158, 115, 73, 67, 61, 239, 236},
                                             {235, 238, 241, 244, 248, 252, 255},
                                             {253, 250, 247, 244, 241, 238, 235}};
    (void)state;
    for (int t = 0; t < THEME_COUNT; t++) {
        for (int step = 1; step <= 7; step++)
            assert_int_equal(step_paint((Theme)t, step).paper, ramp[t][step - 1]);
    }
}

static void a_value_takes_the_step_of_its_seventh(void **state)
{
    (void)state;
    assert_int_equal(style_step_number(0), 1);
    assert_int_equal(style_step_number(0.999 / 7), 1);
    assert_int_equal(style_step_number(1.001 / 7), 2);
    assert_int_equal(style_step_number(0.5), 4);
    assert_int_equal(style_step_number(1), 7);
    assert_int_equal(style_step_number(2), 7);
    assert_int_equal(style_step_number(-1), 1);
    assert_int_equal(style_step_number(NAN), 1);
}

static void below_256_colours_there_is_no_ramp(void **state)
{
    static const Depth few[] = {DEPTH_NONE, DEPTH_8, DEPTH_16};
    (void)state;
    for (int k = 0; k < 3; k++) {
        assert_false(style_has_ramp(few[k]));
        Paint paint = style_paint(style_step(1), THEME_DARK, few[k]);
        assert_int_equal(paint.ink, -1);
        assert_int_equal(paint.paper, -1);
        paint = style_paint(style_mark(), THEME_DARK, few[k]);
        assert_int_equal(paint.ink, -1);
        assert_int_equal(paint.paper, -1);
    }
    assert_true(style_has_ramp(DEPTH_256));
    assert_true(style_has_ramp(DEPTH_DIRECT));
}

static void verdicts_keep_their_colour_down_to_eight(void **state)
{
    (void)state;
    assert_int_equal(style_paint(style_ink(HUE_RIGHT, 0), THEME_LIGHT, DEPTH_8).ink, 2);
    assert_int_equal(style_paint(style_ink(HUE_NOTYET, 0), THEME_LIGHT, DEPTH_256).ink, 3);
    Paint none = style_paint(style_ink(HUE_NOTYET, ATTR_BOLD), THEME_LIGHT, DEPTH_NONE);
    assert_int_equal(none.ink, -1);
    assert_int_equal(none.attr, ATTR_BOLD);
}

static void text_and_background_stay_the_terminals_own(void **state)
{
    (void)state;
    Paint paint = style_paint(style_attr(ATTR_REVERSE), THEME_DARK, DEPTH_256);
    assert_int_equal(paint.ink, -1);
    assert_int_equal(paint.paper, -1);
    assert_int_equal(paint.attr, ATTR_REVERSE);
    paint = style_paint(style_ink(HUE_ON_RAMP, 0), THEME_DARK, DEPTH_256); /* no step below it */
    assert_int_equal(paint.ink, -1);
}

static void direct_colours_are_those_of_the_palette(void **state)
{
    (void)state;
    assert_int_equal(style_paint(style_mark(), THEME_DARK, DEPTH_DIRECT).paper, 0x5f87af);
    assert_int_equal(style_paint(style_step(0), THEME_DARK, DEPTH_DIRECT).paper, 0x303030);
    assert_int_equal(style_paint(style_step(0), THEME_DARK, DEPTH_DIRECT).ink, 0xffffff);
    assert_true(style_paint(style_step(1), THEME_DARK, DEPTH_DIRECT).ink >
                255); /* not a palette's number */
}

static void themes_have_names_and_twins(void **state)
{
    (void)state;
    for (int t = 0; t < THEME_COUNT; t++) {
        Theme found = THEME_COUNT;
        assert_true(theme_find(theme_name((Theme)t), &found));
        assert_int_equal(found, t);
        assert_int_not_equal(theme_other((Theme)t), t);
        assert_int_equal(theme_other(theme_other((Theme)t)), t);
    }
    Theme found;
    assert_false(theme_find("blue", &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_ramp_climbs_by_ten_or_more),
        cmocka_unit_test(text_on_every_step_reads_well),
        cmocka_unit_test(the_ramps_are_those_of_the_design),
        cmocka_unit_test(a_value_takes_the_step_of_its_seventh),
        cmocka_unit_test(below_256_colours_there_is_no_ramp),
        cmocka_unit_test(verdicts_keep_their_colour_down_to_eight),
        cmocka_unit_test(text_and_background_stay_the_terminals_own),
        cmocka_unit_test(direct_colours_are_those_of_the_palette),
        cmocka_unit_test(themes_have_names_and_twins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
