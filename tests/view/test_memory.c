/* test_memory.c - a frame like the one before allocates nothing. Counts calls by standing in for
 * the C library's allocator, which sanitizers do as well: there the test passes over itself. */
#include "tests/view/scene.h"

#include <locale.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#endif
#if defined(__GLIBC__) && !defined(SANITIZED)
#define COUNTED
#endif

#ifdef COUNTED
static long calls;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *at, size_t size);
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *at, size_t size);

void *malloc(size_t size)
{
    calls++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    calls++;
    return __libc_calloc(count, size);
}

void *realloc(void *at, size_t size)
{
    calls++;
    return __libc_realloc(at, size);
}
#endif

static void a_frame_like_the_one_before_allocates_nothing(void **state)
{
    (void)state;
#ifdef COUNTED
    static const Depth depth[] = {DEPTH_NONE, DEPTH_256};
    for (int k = 0; k < 2 * SCENES; k++) {
        Canvas      c = {.depth = depth[k % 2]};
        ScreenView *view = screen_new();
        World       w;
        assert_true(canvas_size(&c, 120, 40));
        scene_open(&w, view, &c, &scenes[k / 2]);
        scene_draw(&w, view, &c);
        long before = calls;
        assert_true(before > 0);
        scene_draw(&w, view, &c);
        if (calls != before)
            fail_msg("%s: %ld allocations", scenes[k / 2].name, calls - before);
        scene_close(&w);
        screen_free(view);
        canvas_done(&c);
    }
#else
    skip();
#endif
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_frame_like_the_one_before_allocates_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
