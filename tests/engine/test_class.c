#include "engine/catalogue.h"
#include "tests/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const words[] = {"the", "cat", "sat", "on",  "the", "mat",
                                    ".",   "the", "dog", "ran", "."};
enum { N = sizeof words / sizeof *words };

static Class class_of(const char *expression)
{
    Recipe recipe = picture_recipe(expression);
    Class  found = recipe_class(&recipe);
    recipe_done(&recipe);
    return found;
}

static Class bound_class(const char *expression)
{
    Problem problem;
    assert_int_equal(problem_words(words, N, 1, &problem, NULL), STATUS_OK);
    Pattern *p = picture_bind(expression, N, BACKGROUND_CAUSAL, &problem);
    Class    found = pattern_class(p);
    pattern_free(p);
    problem_done(&problem);
    return found;
}

static const struct {
    const char *expression;
    Class       alone, bound;
} table[] = {
    /* atoms */
    {"window(w=4)", CLASS_POSITIONAL, CLASS_POSITIONAL},
    {"streaming(s=2, w=4)", CLASS_POSITIONAL, CLASS_POSITIONAL},
    {"stride(s=7)", CLASS_POSITIONAL, CLASS_POSITIONAL}, /* a hash of the position is no content */
    {"topk(k=2)", CLASS_CONTENT, CLASS_CONTENT},
    {"token(is=\".\")", CLASS_CONTENT, CLASS_CONTENT},
    {"topp(p=0.5)", CLASS_CONTENT, CLASS_CONTENT},
    {"above(t=0.1)", CLASS_CONTENT, CLASS_CONTENT},
    {"sparsemax", CLASS_CONTENT, CLASS_CONTENT},
    {"entmax15", CLASS_CONTENT, CLASS_CONTENT},
    {"same_token", CLASS_CONTENT, CLASS_CONTENT}, /* the own key is always met, and doesn't count */
    {"tova(k=3)", CLASS_CONTENT, CLASS_CONTENT},
    {"lsh(buckets=4, chunk=4)", CLASS_CONTENT, CLASS_CONTENT}, /* frozen, but it hashes vectors */
    {"cluster(k=2, w=4)", CLASS_CONTENT, CLASS_CONTENT},
    /* content atoms whose rule puts in a part without asking the content */
    {"block_topk(b=2, k=2)", CLASS_HYBRID, CLASS_HYBRID},
    {"block_topk(b=2, k=2, own=added)", CLASS_HYBRID, CLASS_HYBRID},
    {"block_topk(b=2, k=2, own=free)", CLASS_CONTENT, CLASS_CONTENT},
    {"heavy(h=2, r=1)", CLASS_HYBRID, CLASS_HYBRID},
    {"heavy(h=2, r=0)", CLASS_CONTENT, CLASS_CONTENT},
    {"snapkv(w=1, c=2, prompt=6)", CLASS_HYBRID, CLASS_HYBRID},
    {"snapkv(w=1, c=2, prompt=100)", CLASS_HYBRID, CLASS_CONTENT},
    {"vertical_slash(v=2, s=2)", CLASS_CONTENT, CLASS_CONTENT},
    {"vertical_slash(v=2, s=2, keep=1)", CLASS_HYBRID, CLASS_HYBRID},
    {"moba(b=2, k=2)", CLASS_HYBRID, CLASS_HYBRID},
    {"minference(v=2, s=2)", CLASS_CONTENT, CLASS_CONTENT},
    {"nsa(b=2, k=2, w=3)", CLASS_HYBRID, CLASS_HYBRID},
    {"block_topk(b=2, k=2) & topk(k=2)", CLASS_CONTENT, CLASS_CONTENT},
    {"block_topk(b=2, k=2) & window(w=1)", CLASS_HYBRID, CLASS_HYBRID},
    {"block_topk(b=2, k=2) - block(b=2)", CLASS_HYBRID, CLASS_CONTENT},
    {"heavy(h=2, r=1) & sink(s=0)", CLASS_HYBRID, CLASS_CONTENT},
    /* A | B: equal classes stay, different ones make hybrid */
    {"window(w=4) | sink(s=2)", CLASS_POSITIONAL, CLASS_POSITIONAL},
    {"topk(k=2) | token(is=\".\")", CLASS_CONTENT, CLASS_CONTENT},
    {"window(w=2) | topk(k=2)", CLASS_HYBRID, CLASS_HYBRID},
    {"topk(k=2) | window(w=2)", CLASS_HYBRID, CLASS_HYBRID},
    {"(window(w=2) | topk(k=2)) | topk(k=3)", CLASS_HYBRID, CLASS_HYBRID},
    /* A & B: content with anything is content, hybrid with positional or hybrid is hybrid */
    {"window(w=4) & stride(s=2)", CLASS_POSITIONAL, CLASS_POSITIONAL},
    {"window(w=4) & topk(k=2)", CLASS_CONTENT, CLASS_CONTENT},
    {"(window(w=2) | topk(k=2)) & window(w=5)", CLASS_HYBRID, CLASS_HYBRID},
    {"(window(w=2) | topk(k=2)) & (self | topk(k=3))", CLASS_HYBRID, CLASS_HYBRID},
    {"(window(w=2) | topk(k=2)) & topk(k=3)", CLASS_CONTENT, CLASS_CONTENT},
    /* A - B: hybrid if only A has content and is hybrid, content as soon as either has any */
    {"window(w=4) - self", CLASS_POSITIONAL, CLASS_POSITIONAL},
    {"topk(k=2) - self", CLASS_CONTENT, CLASS_CONTENT},
    {"window(w=4) - topk(k=2)", CLASS_CONTENT, CLASS_CONTENT},
    {"(window(w=2) | topk(k=2)) - self", CLASS_HYBRID, CLASS_HYBRID},
    {"(window(w=2) | topk(k=2)) - topk(k=1)", CLASS_CONTENT, CLASS_CONTENT},
    {"full - (window(w=2) | topk(k=2))", CLASS_CONTENT, CLASS_CONTENT},
    /* a hybrid whose guaranteed part is empty in every row is content once it is bound */
    {"sink(s=0) | topk(k=2)", CLASS_HYBRID, CLASS_CONTENT},
    {"(window(w=2) | topk(k=2)) - window(w=2)", CLASS_HYBRID, CLASS_CONTENT},
    {"(window(w=2) | topk(k=2)) & (keys(at=[]) | full)", CLASS_HYBRID, CLASS_HYBRID},
    {"keys(at=[100]) | topk(k=2)", CLASS_HYBRID, CLASS_CONTENT},
    {"rows(at=[3]) | topk(k=2)", CLASS_HYBRID, CLASS_HYBRID},
    {"(full - (full - self)) | topk(k=2)", CLASS_HYBRID, CLASS_HYBRID},
    /* what content may hold, taken away, leaves nothing sure; what it surely lacks stays */
    {"self | (full - topk(k=2))", CLASS_HYBRID, CLASS_HYBRID},
    {"sink(s=0) | (full - topk(k=2))", CLASS_HYBRID, CLASS_CONTENT},
    {"sink(s=0) | (full - (topk(k=2) & window(w=1)))", CLASS_HYBRID, CLASS_HYBRID},
};

static void classes_follow_from_the_atoms(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
        if (class_of(table[k].expression) != table[k].alone)
            fail_msg("%s is not %s", table[k].expression, class_word(table[k].alone));
        if (bound_class(table[k].expression) != table[k].bound)
            fail_msg("%s, bound, is not %s", table[k].expression, class_word(table[k].bound));
    }
}

static void designs_have_the_class_of_their_expansion(void **state)
{
    (void)state;
    for (int k = 0; k < catalogue_count(); k++) {
        const Mechanism *m = catalogue_at(k);
        Value            value[MECHANISM_PARAMS] = {{0}};
        Recipe           r;
        if (!m->expansion) continue;
        for (int a = 0; a < m->params; a++) {
            value[a] =
                (Value){.kind = VALUE_INTEGER, .lo = m->param[a].start, .hi = m->param[a].start};
            if (m->param[a].kind == PARAM_LIST) value[a] = (Value){.kind = VALUE_LIST};
        }
        assert_int_equal(recipe_leaf(m, value, &r, NULL), STATUS_OK);
        assert_int_equal(recipe_class(&r), m->class);
        recipe_done(&r);
    }
}

static void what_decides_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *expression, *why;
    } reason[] = {
        {"topk(k=2)", "topk reads scores"},
        {"window(w=2)", "window uses positions only"},
        {"window(w=2) | sink(s=1)", "window and sink use positions only"},
        {"window(w=2) | sink(s=1) | window(w=9)", "window and sink use positions only"},
        {"full - past & self", "full, past and self use positions only"},
        {"topk(k=2) | window(w=2)", "window uses positions only, topk reads scores"},
        {"topk(k=2) | token(is=\".\")", "topk reads scores, token reads tokens"},
        {"h2o(h=1, r=1) | moba(b=2, k=1)", "h2o reads scores, moba reads keys"},
        {"streaming(s=1, w=3)", "streaming uses positions only"},
    };
    for (size_t k = 0; k < sizeof reason / sizeof *reason; k++) {
        Recipe r = picture_recipe(reason[k].expression);
        char   text[200], cut[8];
        size_t len = recipe_class_why(&r, text, sizeof text);
        assert_string_equal(text, reason[k].why);
        assert_int_equal(len, strlen(text));
        assert_int_equal(recipe_class_why(&r, cut, sizeof cut), len);
        assert_memory_equal(cut, text, 7);
        recipe_done(&r);
    }
}

/* Whether some row of the expression is another one for the words read backwards. */
static bool moves(const char *expression, uint64_t seed)
{
    const char *other[N];
    Problem     a, b;
    for (int k = 0; k < N; k++) other[k] = words[N - 1 - k];
    assert_int_equal(problem_words(words, N, seed, &a, NULL), STATUS_OK);
    assert_int_equal(problem_words(other, N, seed, &b, NULL), STATUS_OK);
    Pattern *p = picture_bind(expression, N, BACKGROUND_CAUSAL, &a);
    Pattern *q = picture_bind(expression, N, BACKGROUND_CAUSAL, &b);
    Runs     x = {0}, y = {0};
    bool     moved = false;
    for (int64_t i = 0; i < N; i++) {
        assert_int_equal(pattern_row(p, i, &x), STATUS_OK);
        assert_int_equal(pattern_row(q, i, &y), STATUS_OK);
        moved = moved || !runs_equal(&x, &y);
    }
    runs_done(&x), runs_done(&y);
    pattern_free(p), pattern_free(q);
    problem_done(&a), problem_done(&b);
    return moved;
}

/* Other words, same places: what the class says about the sets is so. One deal alone may leave a
 * content rule's sets as they are. */
static void other_words_move_content_sets_only(void **state)
{
    (void)state;
    static const char *const expression[] = {"window(w=3)",
                                             "fixed(l=4, c=1)",
                                             "topk(k=2)",
                                             "window(w=2) | topk(k=2)",
                                             "token(is=\"the\")",
                                             "topp(p=0.5)",
                                             "above(t=0.2)",
                                             "sparsemax",
                                             "entmax15",
                                             "same_token",
                                             "block_topk(b=2, k=2)",
                                             "block_topk(b=2, k=1, own=free, by=pooled)",
                                             "quest(p=3, k=2)",
                                             "lsh(buckets=4, chunk=3)",
                                             "cluster(k=3, w=4)",
                                             "heavy(h=2, r=1)",
                                             "tova(k=3)",
                                             "snapkv(w=1, c=3, prompt=7)",
                                             "vertical_slash(v=2, s=2)"};
    for (size_t e = 0; e < sizeof expression / sizeof *expression; e++) {
        bool moved = false;
        for (uint64_t seed = 1; seed <= 6; seed++) moved = moved || moves(expression[e], seed);
        if (moved != (class_of(expression[e]) != CLASS_POSITIONAL))
            fail_msg("%s: %s", expression[e], moved ? "moved" : "never moved");
    }
}

static void classes_and_backgrounds_have_words(void **state)
{
    (void)state;
    assert_string_equal(class_word(CLASS_HYBRID), "hybrid");
    assert_non_null(strstr(class_sentence(CLASS_POSITIONAL), "no change of content"));
    assert_string_equal(background_word(BACKGROUND_CAUSAL), "causal");
    assert_string_equal(background_word(BACKGROUND_BIDIRECTIONAL), "bidirectional");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_follow_from_the_atoms),
        cmocka_unit_test(designs_have_the_class_of_their_expansion),
        cmocka_unit_test(what_decides_is_told),
        cmocka_unit_test(other_words_move_content_sets_only),
        cmocka_unit_test(classes_and_backgrounds_have_words),
    };
    return cmocka_run_group_tests_name("class", tests, NULL, NULL);
}
