#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/store/npy.h"
#include "tests/store/folder.h"

#include <math.h>

/* Arrays of tests/fixtures/reports were written by numpy, or byte by byte where numpy would refuse. */

static int start(void **state)
{
    (void)state;
    folder_new();
    return 0;
}

static int finish(void **state)
{
    (void)state;
    folder_remove(folder_path);
    return 0;
}

static Status open_fixture(const char *name, Npy *npy, Why *why)
{
    char path[200];
    snprintf(path, sizeof path, "tests/fixtures/reports/%s", name);
    return npy_open(path, name, npy, why);
}

static void assert_refused(const char *name, Status status, const char *words)
{
    Npy npy;
    Why why = {0};
    Status got = open_fixture(name, &npy, &why);
    if (got != status || !strstr(why.what, words)) print_message("%s: %d %s\n", name, (int)got, why.what);
    assert_int_equal(got, status);
    assert_non_null(strstr(why.what, words));
    assert_memory_equal(why.what, name, strlen(name));
}

/* numpy.save of [[0.5,-1,2],[1,0.25,-0.5],[0,1,1],[-2,0.5,0.125],[1,1,1]] */
static const float plain[15] = {0.5f, -1, 2, 1, 0.25f, -0.5f, 0, 1, 1, -2, 0.5f, 0.125f, 1, 1, 1};

static void versions_byte_orders_widths_and_spacings_give_the_same_numbers(void **state)
{
    (void)state;
    static const char *const name[] = {"D00_q.npy", "D02_q_v2.npy", "D02_q_v3.npy", "D02_q_pad16.npy", "D02_q_pad1.npy", "D04_q_wide.npy",
                                       "D06_q_order.npy", "D06_q_quotes.npy", "D07_q_be4.npy", "D07_q_be8.npy", "D07_q_le8.npy"};
    for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
        Npy    npy;
        Why    why = {0};
        float  single[15];
        double real[15];
        if (open_fixture(name[k], &npy, &why)) fail_msg("%s", why.what);
        assert_int_equal(npy.head.rank, 2);
        assert_int_equal(npy.head.shape[0], 5);
        assert_int_equal(npy.head.shape[1], 3);
        assert_int_equal(npy.head.wide, strchr(name[k], '8') != NULL);
        assert_int_equal(npy_floats(&npy, single, &why), STATUS_OK);
        assert_int_equal(npy_doubles(&npy, real, &why), STATUS_OK);
        assert_memory_equal(single, plain, sizeof plain);
        for (int t = 0; t < 15; t++) assert_true(real[t] >= (double)plain[t] && real[t] <= (double)plain[t]);
        npy_close(&npy);
    }
}

static void what_is_no_plain_array_is_refused_with_the_remedy(void **state)
{
    (void)state;
    assert_refused("D01_q_fortran.npy", STATUS_DAMAGED, "numpy.ascontiguousarray");
    assert_refused("D01_q1_fortran.npy", STATUS_DAMAGED, "numpy.ascontiguousarray");
    assert_refused("D06_q_object.npy", STATUS_DAMAGED, "pickle");
    assert_refused("D06_q_struct.npy", STATUS_DAMAGED, "records");
    assert_refused("D07_q_native.npy", STATUS_DAMAGED, "byte order");
    assert_refused("D08_q_f2.npy", STATUS_DAMAGED, "float16; save it as float32 or float64: numpy.save(\"D08_q_f2.npy\", x.astype(\"f4\"))");
    assert_refused("D08_q_i8.npy", STATUS_DAMAGED, "int64; save it");
    assert_refused("D08_q_u8.npy", STATUS_DAMAGED, "uint8; save it");
    assert_refused("D08_q_bool.npy", STATUS_DAMAGED, "bool; save it");
    assert_refused("D08_q_c8.npy", STATUS_DAMAGED, "complex64; save it");
    assert_refused("D08_q.npz", STATUS_DAMAGED, ".npz archive");
    assert_refused("A07_mask.txt", STATUS_DAMAGED, "not a .npy file");
}

static void headers_that_lie_are_refused_before_memory_is_asked_for(void **state)
{
    (void)state;
    assert_refused("D04_q_bomb.npy", STATUS_LIMIT, "at most 64 KiB");
    assert_refused("D04_q_toowide.npy", STATUS_LIMIT, "at most 64 KiB");
    assert_refused("D04_q_wrap.npy", STATUS_DAMAGED, "larger than any file");
    assert_refused("D04_q_huge.npy", STATUS_DAMAGED, "takes 13194139533312 bytes, the file has 60");
    assert_refused("D04_q_negative.npy", STATUS_DAMAGED, "whole numbers");
    assert_refused("D08_q_5dims.npy", STATUS_LIMIT, "at most 4");
}

static void nothing_in_a_header_is_evaluated(void **state)
{
    (void)state;
    assert_refused("D06_q_code.npy", STATUS_DAMAGED, "its header is not");
    assert_refused("D06_q_py2.npy", STATUS_DAMAGED, "whole numbers");
    assert_refused("D06_q_nokey.npy", STATUS_DAMAGED, "its header is not");
    assert_refused("D06_q_morekeys.npy", STATUS_DAMAGED, "unknown key \"x\"");
    assert_refused("D02_q_v4.npy", STATUS_DAMAGED, "version 4.0");
}

static void files_cut_or_too_long_are_refused(void **state)
{
    (void)state;
    assert_refused("D05_q_short.npy", STATUS_DAMAGED, "cut off");
    assert_refused("D05_q_onebyte.npy", STATUS_DAMAGED, "cut off");
    assert_refused("D05_q_long.npy", STATUS_DAMAGED, "behind the array");
    assert_refused("D05_q_header.npy", STATUS_DAMAGED, "cut off inside its header");
    assert_refused("D05_q_magic.npy", STATUS_DAMAGED, "cut off inside its first bytes");
    assert_refused("D05_q_empty.npy", STATUS_DAMAGED, "an empty file");
    assert_refused("there-is-none.npy", STATUS_MISSING, "no such file");
}

/* The shortest header that says it: what stands in shape decides. */
static Status parse_shape(const char *shape, int64_t numbers, NpyHead *head, Why *why)
{
    char   bytes[400] = "\x93NUMPY\x01", words[300];
    int    len = snprintf(words, sizeof words, "{'descr': '<f4', 'fortran_order': False, 'shape': %s}\n", shape);
    memcpy(bytes + 7, "\0", 1);
    bytes[8] = (char)len;
    bytes[9] = 0;
    memcpy(bytes + 10, words, (size_t)len);
    return npy_parse(bytes, 10 + (size_t)len, 10 + len + 4 * numbers, "x.npy", head, why);
}

static void a_shape_is_a_tuple(void **state)
{
    (void)state;
    NpyHead head;
    Why     why = {0};
    assert_int_equal(parse_shape("()", 1, &head, &why), STATUS_OK);
    assert_int_equal(head.rank, 0);
    assert_int_equal(parse_shape("(7,)", 7, &head, &why), STATUS_OK);
    assert_int_equal(head.rank, 1);
    assert_int_equal(parse_shape("( 2 ,3,  4, 5 , )", 120, &head, &why), STATUS_OK);
    assert_int_equal(head.rank, 4);
    assert_int_equal(parse_shape("(0, 9223372036854775807)", 0, &head, &why), STATUS_OK);
    static const char *const wrong[] = {"(7)", "7", "[7]", "(,)", "(7,,)", "(7, 8", "(7 8)", "(+7,)", "(7.0,)", "(0x7,)", "(99999999999999999999,)"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        if (parse_shape(wrong[k], 7, &head, &why) != STATUS_DAMAGED) fail_msg("%s was read", wrong[k]);
    }
}

static void what_is_written_is_what_numpy_writes(void **state)
{
    (void)state;
    Text    out = {0};
    int64_t shape[2] = {5, 3};
    npy_add_head(shape, 2, false, &out);
    npy_add_floats(plain, 15, &out);
    FILE *f = fopen("tests/fixtures/reports/D00_q.npy", "rb");
    char  numpy[400];
    size_t len = fread(numpy, 1, sizeof numpy, f);
    fclose(f);
    assert_int_equal(out.len, len);
    assert_memory_equal(out.at, numpy, len);
    text_done(&out);
}

static void doubles_and_strange_numbers_come_back_bit_for_bit(void **state)
{
    (void)state;
    double  number[6] = {NAN, -INFINITY, -0.0, 5e-324, 1.7976931348623157e308, 0.1}, back[6];
    int64_t shape[1] = {6};
    Text    out = {0};
    Npy     npy;
    Why     why = {0};
    npy_add_head(shape, 1, true, &out);
    assert_int_equal(out.len % 64, 0);
    npy_add_doubles(number, 6, &out);
    folder_write("x.npy", out.at, out.len);
    text_done(&out);
    assert_int_equal(npy_open(folder_file("x.npy"), "x.npy", &npy, &why), STATUS_OK);
    assert_int_equal(npy_doubles(&npy, back, &why), STATUS_OK);
    assert_memory_equal(number, back, sizeof number);
    npy_close(&npy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_byte_orders_widths_and_spacings_give_the_same_numbers),
        cmocka_unit_test(what_is_no_plain_array_is_refused_with_the_remedy),
        cmocka_unit_test(headers_that_lie_are_refused_before_memory_is_asked_for),
        cmocka_unit_test(nothing_in_a_header_is_evaluated),
        cmocka_unit_test(files_cut_or_too_long_are_refused),
        cmocka_unit_test(a_shape_is_a_tuple),
        cmocka_unit_test(what_is_written_is_what_numpy_writes),
        cmocka_unit_test(doubles_and_strange_numbers_come_back_bit_for_bit),
    };
    return cmocka_run_group_tests_name("npy", tests, start, finish);
}
