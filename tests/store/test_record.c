#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/store/record.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void assert_line(const Entry *e, const char *expected)
{
    Text line = {0};
    record_write(e, "2026-01-05T18:00:00Z", "9f3c2a11", 1, &line);
    assert_string_equal(text_string(&line), expected);
    text_done(&line);
}

static void a_place_is_the_line_of_the_format(void **state)
{
    (void)state;
    Entry e = {.kind = ENTRY_PLACE,
               .lesson = "sliding-window",
               .page = "look",
               .step = 2,
               .states = 3,
               .state = {{"w", 4}, {"s", 2}, {"row", 12}}};
    assert_line(&e,
                "{\"ev\":\"place\",\"at\":\"2026-01-05T18:00:00Z\",\"ses\":\"9f3c2a11\",\"n\":1,"
                "\"lesson\":\"sliding-window\",\"page\":\"look\",\"step\":2,"
                "\"state\":{\"w\":4,\"s\":2,\"row\":12}}\n");
}

static void a_submit_is_the_line_of_the_format(void **state)
{
    (void)state;
    Entry e = {.kind = ENTRY_SUBMIT,
               .lesson = "windows",
               .page = "count",
               .variant = 1,
               .answer = {"7"},
               .answers = 1,
               .tries = 1,
               .points = 0,
               .max = 3,
               .slip = "fencepost"};
    assert_line(
        &e,
        "{\"ev\":\"submit\",\"at\":\"2026-01-05T18:00:00Z\",\"ses\":\"9f3c2a11\",\"n\":1,"
        "\"ref\":\"windows#count\",\"variant\":1,\"raw\":\"7\",\"try\":1,\"points\":0,\"max\":3,"
        "\"right\":false,\"slip\":\"fencepost\"}\n");
}

static void several_boxes_and_picks_are_lists(void **state)
{
    (void)state;
    Entry boxes = {.kind = ENTRY_DRAFT,
                   .lesson = "a",
                   .page = "b",
                   .variant = 2,
                   .answer = {"0.64", "0.24"},
                   .answers = 2};
    assert_line(&boxes,
                "{\"ev\":\"draft\",\"at\":\"2026-01-05T18:00:00Z\",\"ses\":\"9f3c2a11\",\"n\":1,"
                "\"ref\":\"a#b\",\"variant\":2,\"raw\":[\"0.64\",\"0.24\"]}\n");
    Entry picks = boxes;
    picks.picks = true;
    picks.answers = 1;
    picks.answer[0] = "content";
    assert_line(&picks,
                "{\"ev\":\"draft\",\"at\":\"2026-01-05T18:00:00Z\",\"ses\":\"9f3c2a11\",\"n\":1,"
                "\"ref\":\"a#b\",\"variant\":2,\"pick\":\"content\"}\n");
}

static void quotes_controls_and_foreign_bytes_stay_inside_their_string(void **state)
{
    (void)state;
    Entry e = {.kind = ENTRY_DRAFT,
               .lesson = "a",
               .page = "b",
               .variant = 1,
               .answers = 1,
               .answer = {"\"\\\n\x1b\xc3\xa9\xff"}};
    assert_line(&e, "{\"ev\":\"draft\",\"at\":\"2026-01-05T18:00:00Z\",\"ses\":\"9f3c2a11\",\"n\":"
                    "1,\"ref\":\"a#b\","
                    "\"variant\":1,\"raw\":\"\\\"\\\\\\u000a\\u001b\xc3\xa9\xef\xbf\xbd\"}\n");
}

static void reals_have_the_fewest_digits_that_read_back(void **state)
{
    (void)state;
    Entry e = {.kind = ENTRY_PLACE,
               .lesson = "a",
               .page = "b",
               .states = 4,
               .state = {{"tenth", 0.1}, {"third", 1.0 / 3}, {"large", 1e300}, {"none", NAN}}};
    assert_line(&e,
                "{\"ev\":\"place\",\"at\":\"2026-01-05T18:00:00Z\",\"ses\":\"9f3c2a11\",\"n\":1,"
                "\"lesson\":\"a\","
                "\"page\":\"b\",\"step\":0,\"state\":{\"tenth\":0.1,\"third\":0.3333333333333333,"
                "\"large\":1e+300,\"none\":0}}\n");
}

/* Every kind, with every field set. */
static Entry full(EntryKind kind)
{
    return (Entry){.kind = kind,
                   .lesson = "counting-g",
                   .page = "tail",
                   .step = 3,
                   .variant = 4,
                   .number = 2,
                   .tries = 2,
                   .points = 1.5,
                   .max = 3,
                   .right = true,
                   .slip = "fencepost",
                   .answer = {"0-1, 9-12", "x"},
                   .answers = 2,
                   .key = "theme",
                   .value = "light",
                   .sha = "0123456789ab",
                   .version = "1.0.0",
                   .states = 1,
                   .state = {{"w", 4.5}}};
}

static void every_kind_reads_back_as_it_was_written(void **state)
{
    (void)state;
    for (EntryKind kind = ENTRY_PLACE; kind <= ENTRY_PREF; kind++) {
        Entry  e = full(kind);
        Text   line = {0}, again = {0};
        Record r;
        record_write(&e, "2026-01-05T18:00:00Z", "9f3c2a11", 7, &line);
        assert_int_equal(record_read(line.at, line.len - 1, &r), RECORD_ENTRY);
        assert_int_equal(r.entry.kind, kind);
        assert_string_equal(r.ses, "9f3c2a11");
        record_write(&r.entry, "2026-01-05T18:00:00Z", "9f3c2a11", 7, &again);
        assert_string_equal(text_string(&again), text_string(&line));
        record_done(&r);
        text_done(&line);
        text_done(&again);
    }
}

static RecordKind kind_of(const char *line)
{
    Record     r;
    RecordKind kind = record_read(line, strlen(line), &r);
    record_done(&r);
    return kind;
}

static void an_unknown_event_is_kept_apart_from_a_broken_one(void **state)
{
    (void)state;
    assert_int_equal(kind_of("{\"ev\":\"poll\",\"ref\":\"a#b\",\"round\":1,\"counts\":[3,9,1]}"),
                     RECORD_UNKNOWN);
    assert_int_equal(kind_of("{\"ev\":\"skip\",\"ref\":\"a#b\",\"later\":true}"), RECORD_ENTRY);
    static const char *const broken[] = {
        "",
        "{",
        "7",
        "[]",
        "{\"ev\":7}",
        "{\"ev\":\"skip\"}",
        "{\"ev\":\"skip\",\"ref\":\"a\"} x",
        "{\"ev\":\"skip\",\"ref\":\"a#b\",\"ref\":\"a#c\"}",
        "{\"ev\":\"skip\",\"ref\":\"#b\"}",
        "{\"ev\":\"draft\",\"ref\":\"a#b\",\"variant\":0,\"raw\":\"7\"}",
        "{\"ev\":\"draft\",\"ref\":\"a#b\",\"variant\":1.5,\"raw\":\"7\"}",
        "{\"ev\":\"draft\",\"ref\":\"a#b\",\"variant\":1}",
        "{\"ev\":\"draft\",\"ref\":\"a#b\",\"variant\":1,\"raw\":[1]}",
        "{\"ev\":\"draft\",\"ref\":\"a#b\",\"variant\":99999999999,\"raw\":\"7\"}",
        "{\"ev\":\"submit\",\"ref\":\"a#b\",\"variant\":1,\"raw\":\"7\",\"try\":1,\"points\":3,\"max\":3}",
        "{\"ev\":\"place\",\"lesson\":\"A B\",\"page\":\"x\",\"step\":1,\"state\":{}}",
        "{\"ev\":\"skip\",\"ref\":\"a#b\",\"x\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}",
    };
    for (size_t k = 0; k < sizeof broken / sizeof *broken; k++) {
        if (kind_of(broken[k]) != RECORD_BROKEN) print_message("not refused: %s\n", broken[k]);
        assert_int_equal(kind_of(broken[k]), RECORD_BROKEN);
    }
}

static void more_values_than_a_place_holds_are_passed_over(void **state)
{
    (void)state;
    Text line = {0};
    text_add(&line, "{\"ev\":\"place\",\"lesson\":\"a\",\"page\":\"b\",\"step\":1,\"state\":{"
                    "\"text\":\"words\"");
    for (int k = 0; k < ENTRY_STATES + 5; k++) text_format(&line, ",\"s%d\":%d", k, k);
    text_add(&line, "}}");
    Record r;
    assert_int_equal(record_read(line.at, line.len, &r), RECORD_ENTRY);
    assert_int_equal(r.entry.states, ENTRY_STATES);
    assert_string_equal(r.entry.state[0].name, "s0");
    record_done(&r);
    text_done(&line);
}

static void a_header_is_ours_torn_newer_or_foreign(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        HeaderKind  kind;
        long long   version;
    } sample[] = {
        {"{\"attend\":\"progress\",\"v\":1}", HEADER_OURS, 1},
        {"{ \"v\": 1, \"attend\": \"progress\", \"x\": 0 }", HEADER_OURS, 1},
        {"{\"attend\":\"prog", HEADER_TORN, 0},
        {"{\"attend\":\"progress\",\"v\":2}", HEADER_NEWER, 2},
        {"{\"attend\":\"attempt\",\"v\":1}", HEADER_FOREIGN, 0},
        {"{\"attend\":\"progress\",\"v\":0}", HEADER_FOREIGN, 0},
        {"{\"attend\":\"progress\"}", HEADER_FOREIGN, 0},
        {"dear diary", HEADER_FOREIGN, 0},
    };
    for (size_t k = 0; k < sizeof sample / sizeof *sample; k++) {
        long long version;
        assert_int_equal(record_header_kind(sample[k].line, strlen(sample[k].line), &version),
                         sample[k].kind);
        assert_int_equal(version, sample[k].version);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_is_the_line_of_the_format),
        cmocka_unit_test(a_submit_is_the_line_of_the_format),
        cmocka_unit_test(several_boxes_and_picks_are_lists),
        cmocka_unit_test(quotes_controls_and_foreign_bytes_stay_inside_their_string),
        cmocka_unit_test(reals_have_the_fewest_digits_that_read_back),
        cmocka_unit_test(every_kind_reads_back_as_it_was_written),
        cmocka_unit_test(an_unknown_event_is_kept_apart_from_a_broken_one),
        cmocka_unit_test(more_values_than_a_place_holds_are_passed_over),
        cmocka_unit_test(a_header_is_ours_torn_newer_or_foreign),
    };
    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
