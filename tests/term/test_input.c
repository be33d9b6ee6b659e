#include "app/term/term_input.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What the bytes become, fed one by one. Among them "\x01" is 10 ms of silence, "\x02" 100 ms and
 * "\x03" 300 ms. Events are words; ten seconds of silence at the end settle what is left. */
static void run(const char *bytes, size_t len, char *out, size_t size)
{
    static const int pause[] = {0, 10, 100, 300};
    Input            in;
    int64_t          now = 1000;
    size_t           at = 0;
    assert_true(input_start(&in, 25));
    input_own(&in, "\033[1;9Q", KEY_F2_); /* a terminal of its own kind */
    *out = '\0';
    for (size_t k = 0; k <= len; k++) {
        if (k == len)
            now += 10000;
        else if (bytes[k] >= 1 && bytes[k] <= 3)
            now += pause[(int)bytes[k]];
        else
            input_feed(&in, bytes + k, 1, now);
        Event e;
        while (input_next(&in, now, &e)) {
            Text word = {0};
            if (e.kind == EVENT_KEY)
                key_show(e.key, &word);
            else
                text_format(&word, "paste(%.*s)", (int)e.len, e.text);
            at += (size_t)snprintf(out + at, size - at, "%s%s", at ? " " : "", text_string(&word));
            text_done(&word);
        }
    }
    assert_int_equal(in.len, 0);
    assert_int_equal(input_wait(&in, now), -1);
    input_done(&in);
}

typedef struct {
    const char *bytes, *events;
} Row;

static void assert_rows(const Row *rows, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        char out[2000];
        run(rows[k].bytes, strlen(rows[k].bytes), out, sizeof out);
        assert_string_equal(out, rows[k].events);
    }
}

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void runes_and_controls_are_keys(void **state)
{
    static const Row rows[] = {
        {"a,A", "a , A"}, {"\r\n\t", "Enter Enter Tab"}, {"\x7f\b", "Backspace Backspace"},
        {" ", "Space"},   {"\x0c\x12", "Ctrl-L Ctrl-R"}, {"\xe6\x97\xa5", "\xe6\x97\xa5"},
        {"\x1c\x1f", ""},
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

static void a_rune_may_come_in_pieces(void **state)
{
    static const Row rows[] = {
        {"\xe6\x01\x97\x01\xa5", "\xe6\x97\xa5"},
        {"\xe6\x03"
         "a",
         "a"},
        {"\xff"
         "a",
         "a"},
        {"\xe6"
         "ab",
         "a b"},
        {"\xc2\x9b"
         "a",
         "a"},
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

static void named_keys_are_read_in_every_spelling(void **state)
{
    static const Row rows[] = {
        {"\033[A\033OA", "up up"},
        {"\033[B\033[C\033[D", "down right left"},
        {"\033[H\033[1~\033[7~\033OH", "Home Home Home Home"},
        {"\033[F\033[4~", "End End"},
        {"\033[5~\033[6~", "PgUp PgDn"},
        {"\033[3~", "Del"},
        {"\033[Z", "S-Tab"},
        {"\033OP\033[11~\033[[A", "F1 F1 F1"},
        {"\033[24~", "F12"},
        {"\033[1;9Q", "F2"},
        {"\033OM", "Enter"},
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

static void a_sequence_may_come_slowly(void **state)
{
    static const Row rows[] = {
        {"\033\x01[\x01"
         "A",
         "up"},
        {"\033[\x02"
         "A",
         "up"},
        {"\033[5\x02~x", "PgUp x"},
        {"\033O\x02P", "F1"},
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

static void escape_alone_is_a_key_after_its_delay(void **state)
{
    static const Row rows[] = {
        {"\033", "Esc"},
        {"\033\x02"
         "a",
         "Esc a"},
        {"\033h", "Esc h"},
        {"\033\033", "Esc Esc"},
        {"\033\033[A", "Esc up"},
        {"\033]", "Esc ]"},
        {"\033P", "Esc P"},
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

static void unknown_sequences_are_swallowed_whole(void **state)
{
    static const Row rows[] = {
        {"\033[1;5Ax", "x"},      {"\033[99~x", "x"},
        {"\033[?62;22cx", "x"},   {"\033Oyx", "x"},
        {"\033[<0;10;10Mx", "x"}, {"\033[[Zx", "x"},
        {"\033[I\033[Ox", "x"},   {"\033[12\xe6\x97\xa5", "\xe6\x97\xa5"},
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

static void the_tail_of_a_torn_sequence_is_dropped(void **state)
{
    static const Row rows[] = {
        {"\033\x02[Ax", "Esc x"},
        {"\033\x02OPx", "Esc x"},
        {"\033\x02[\x02"
         "5~x",
         "Esc x"},
        {"\033\x02[1\x02;5\x02"
         "Ax",
         "Esc x"},
        {"\033\x03[x", "Esc [ x"},
        {"\033\x03O", "Esc O"},
        {"\033\x02x[", "Esc x ["},
        {"\033\x02[\x03\x03x", "Esc x"},
        {"\033[\x03"
         "A",
         ""},
        {"\033[\x03\x03x", "x"},
        {"\033\x02[\033[A", "Esc up"},
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

static void a_paste_is_one_event(void **state)
{
    static const Row rows[] = {
        {"\033[200~q\rq\r!\033[201~x", "paste(q\rq\r!) x"},
        {"\033[200~\033[201~", "paste()"},
        {"\033[200~a\033[A\033b\033[201~", "paste(a\033[A\033b)"},
        {"\033[200~a\033[20\x02"
         "1~x",
         "paste(a) x"},
        {"\033[200~a\033[2000~b\033[201~", "paste(a\033[2000~b)"},
        {"\033\x02[200~q\033[201~x", "Esc paste(q) x"},
        {"\033\x02[20\x02"
         "0~q\033[201~x",
         "Esc paste(q) x"},
        {"\033[201~x", "x"},
        {"\033[200~lost", "paste(lost)"},
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

static void a_large_paste_is_cut_and_its_rest_dropped(void **state)
{
    Input  in;
    Event  e;
    size_t sent = 0;
    char   chunk[1024];
    (void)state;
    memset(chunk, 'q', sizeof chunk);
    assert_true(input_start(&in, 25));
    input_feed(&in, "\033[200~", 6, 0);
    assert_false(input_next(&in, 0, &e));
    for (; sent < 1024 * 1024; sent += sizeof chunk) {
        assert_true(input_room(&in) >= sizeof chunk);
        input_feed(&in, chunk, sizeof chunk, 1);
        assert_false(input_next(&in, 1, &e));
    }
    input_feed(&in, "\033[201~x", 7, 2);
    assert_true(input_next(&in, 2, &e));
    assert_int_equal(e.kind, EVENT_PASTE);
    assert_int_equal(e.len, INPUT_PASTE);
    assert_true(input_next(&in, 2, &e));
    assert_int_equal(e.key, 'x');
    assert_false(input_next(&in, 2, &e));
    input_done(&in);
}

static void the_wait_is_as_long_as_what_is_there_may_take(void **state)
{
    Input in;
    Event e;
    (void)state;
    assert_true(input_start(&in, 25));
    assert_int_equal(input_wait(&in, 0), -1);
    input_feed(&in, "\033", 1, 100);
    assert_false(input_next(&in, 100, &e));
    assert_int_equal(input_wait(&in, 100), 25);
    assert_int_equal(input_wait(&in, 120), 5);
    assert_int_equal(input_wait(&in, 200), 0);
    input_feed(&in, "[", 1, 110);
    assert_false(input_next(&in, 110, &e));
    assert_int_equal(input_wait(&in, 110), 200);
    input_done(&in);
}

/* Property: no bytes, however they come, hang the reader or leave it full. */
static void random_bytes_never_block(void **state)
{
    static const char alphabet[] = "\033\033\033[[[OO200~1;A\xe6\x97\xa5\xff\r\x7f"
                                   "0x";
    unsigned          seed = 20260110;
    Input             in;
    Event             e;
    (void)state;
    print_message("seed %u\n", seed);
    srand(seed);
    assert_true(input_start(&in, 25));
    int64_t now = 0;
    for (int round = 0; round < 200000; round++) {
        char byte = alphabet[rand() % (int)(sizeof alphabet - 1)];
        now += rand() % 4 ? 0 : rand() % 300;
        assert_true(input_room(&in) > 0);
        input_feed(&in, &byte, 1, now);
        while (input_next(&in, now, &e)) assert_true(e.kind == EVENT_KEY || e.kind == EVENT_PASTE);
    }
    input_done(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runes_and_controls_are_keys),
        cmocka_unit_test(a_rune_may_come_in_pieces),
        cmocka_unit_test(named_keys_are_read_in_every_spelling),
        cmocka_unit_test(a_sequence_may_come_slowly),
        cmocka_unit_test(escape_alone_is_a_key_after_its_delay),
        cmocka_unit_test(unknown_sequences_are_swallowed_whole),
        cmocka_unit_test(the_tail_of_a_torn_sequence_is_dropped),
        cmocka_unit_test(a_paste_is_one_event),
        cmocka_unit_test(a_large_paste_is_cut_and_its_rest_dropped),
        cmocka_unit_test(the_wait_is_as_long_as_what_is_there_may_take),
        cmocka_unit_test(random_bytes_never_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
