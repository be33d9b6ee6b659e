/* test_sandbox.c - what a lesson may use of Lua, and that it can't get out, run on or hide a limit. */
#include "tests/script/shelf.h"

static void only_the_named_globals_exist(void **state)
{
    (void)state;
    RUNS("local names = { 'io', 'os', 'debug', 'package', 'load', 'loadfile', 'loadstring', "
         "'dofile', 'print',\n"
         "  'collectgarbage', 'pcall', 'xpcall', 'coroutine', 'setmetatable', 'getmetatable', "
         "'rawset', 'rawget',\n"
         "  'rawequal', 'rawlen', 'warn', '_G', '_VERSION' }\n"
         "for _, name in ipairs(names) do assert(_ENV[name] == nil, name) end\n"
         "assert(string.dump == nil and math.random == nil and math.randomseed == nil)\n"
         "local there = {}\n"
         "for name in pairs(_ENV) do there[#there + 1] = name end\n"
         "assert(table.concat(there, ' ') ==\n"
         "  'assert error ipairs math next pairs require select string table tonumber tostring "
         "utf8',\n"
         "  table.concat(there, ' '))");
}

static void strings_have_the_same_methods_as_the_table(void **state)
{
    (void)state;
    RUNS("assert(('x'):rep(3) == 'xxx' and ('x').dump == nil)");
}

static void pairs_goes_in_the_order_of_the_keys(void **state)
{
    (void)state;
    RUNS("local t = { zeta = 1, alpha = 2, [3] = 1, [1] = 1, [2.5] = 1, [true] = 1, [false] = 1, "
         "beta = 3 }\n"
         "local out = {}\n"
         "for k in pairs(t) do out[#out + 1] = tostring(k) end\n"
         "assert(table.concat(out, ' ') == '1 2.5 3 alpha beta zeta false true', table.concat(out, "
         "' '))");
}

static void next_goes_in_the_same_order(void **state)
{
    (void)state;
    RUNS("local t, out, k = { b = 1, a = 2, [7] = 3 }, {}, nil\n"
         "repeat k = next(t, k); out[#out + 1] = tostring(k) until k == nil\n"
         "assert(table.concat(out, ' ') == '7 a b nil')\n"
         "assert(next({}) == nil)");
}

static void a_key_taken_out_during_pairs_is_passed_over(void **state)
{
    (void)state;
    RUNS("local t, n = { a = 1, b = 2, c = 3 }, 0\n"
         "for k in pairs(t) do n = n + 1; t.b = nil end\nassert(n == 2)");
}

static void no_text_holds_an_address(void **state)
{
    (void)state;
    RUNS("assert(tostring({}) == 'table' and tostring(print) == 'nil' and tostring(pairs) == "
         "'function')\n"
         "assert(('%s %s'):format({}, at.set { 1, 2 }) == 'table 1-2')\n"
         "assert(tostring(P.window { w = 4 } | P.sink { s = 1 }) == 'window(w=4) | sink(s=1)')");
    FAILS("local s = ('%p'):format({})", "format has no %p");
}

static void errors_name_file_and_line(void **state)
{
    (void)state;
    FAILS("local x = nil + 1", "t.lua:5: attempt to perform arithmetic on a nil value");
    FAILS("error('of my own')", "t.lua:5: of my own");
    FAILS("error('no place', 0)", "t.lua:5: no place");
    FAILS("error({})", "t.lua:5: the error is a table, not a text");
    FAILS("assert(false, 'claimed')", "t.lua:5: claimed");
    FAILS("local = 3", "t.lua:5:");
}

/* ---- budgets ----------------------------------------------------------------------------- */

static Status status_of(const char *statements, Why *why)
{
    Text      body = {0};
    Question *q;
    text_format(&body, "%s\nreturn at.integer { \"?\", right = 1 }", statements);
    Status status = shelf_deal(text_string(&body), 1, &q, why);
    question_free(q);
    text_done(&body);
    return status;
}

/* Statements that must end by the budget, and say so with the line. */
static void runs_out(const char *statements, const char *part)
{
    Why    why;
    Status status = status_of(statements, &why);
    if (status != STATUS_BUDGET || !strstr(why.what, part))
        fail_msg("%s: status %d, \"%s\"", statements, (int)status, why.what);
    assert_non_null(strstr(why.what, "t.lua:"));
}

static void a_loop_without_an_end_is_stopped(void **state)
{
    (void)state;
    runs_out("while true do end", "t.lua:5: used up its budget of 10 million steps");
    runs_out("repeat local x = 1 until false", "10 million");
    runs_out("::again:: goto again", "10 million");
    runs_out("local function f() return f() end f()", "10 million");
}

static void loading_has_a_budget_of_its_own(void **state)
{
    (void)state;
    ShelfFile files[] = {{"a/t.lua", "for k = 1, 1e9 do end"}, {NULL, NULL}};
    Lesson   *lesson;
    Why       why;
    assert_int_equal(shelf_load(files, &lesson, &why), STATUS_BUDGET);
    assert_string_equal(why.what, "a/t.lua:1: used up its budget of 50 million steps");
    assert_null(lesson);
}

static void recursion_without_an_end_is_stopped(void **state)
{
    (void)state;
    runs_out("local function f(n) return 1 + f(n + 1) end f(1)", "used up");
    FAILS("local function f(n) return n == 0 and 0 or 1 + f(n - 1) end assert(f(10000) == 0)",
          "assertion failed");
    FAILS("local function f() table.sort({ 2, 1 }, function() f() return true end) end f()",
          "overflow");
    FAILS("local function f(s) return (s:gsub('.', f)) end f('x')", "overflow");
}

static void patterns_that_backtrack_are_stopped(void **state)
{
    (void)state;
    runs_out("local s = ('a'):rep(60):find(('a-'):rep(30) .. 'b')", "10 million");
    runs_out("local s = ('a'):rep(60):gsub(('a*'):rep(30) .. 'b', '')", "10 million");
    runs_out("for w in ('a'):rep(60):gmatch(('a?'):rep(60) .. ('a'):rep(60) .. 'b') do end",
             "10 million");
    runs_out("local s = (('('):rep(4000)):rep(400):match('%b()')", "million");
}

static void bombs_of_memory_are_stopped(void **state)
{
    (void)state;
    runs_out("local s = ('x'):rep(1e9)", "used up");
    runs_out("local s = ('x'):rep(1e15)", "used up");
    runs_out("local s = ('').rep('', 1e18)", "used up");
    runs_out("local s = 'x' while true do s = s .. s end", "used up");
    runs_out("local t = {} while true do t[#t + 1] = ('x'):rep(100000) .. #t end", "used up");
    runs_out("local t = {} for k = 1, 1e9 do t[k] = k end", "used up");
    runs_out("local s = ('x'):rep(3e7) for k = 1, 1e9 do local y = s .. k end", "used up");
}

static void comparing_long_texts_costs(void **state)
{
    (void)state;
    runs_out("local a, b = ('x'):rep(2e7) .. 'a', ('x'):rep(2e7) .. 'a' for k = 1, 1e9 do local y "
             "= a == b end",
             "used up");
}

static void copying_a_deep_stack_costs(void **state)
{
    (void)state;
    runs_out("local n = 0\n"
             "local function f(...) n = n + 1 if n < 800 then return f(1, 2, 3, 4, 5, 6, 7, 8, 9, "
             "10, ...) end\n"
             "  if n < 1600 then return f(...) end for k = 1, 1e9 do local x = select('#', ...) "
             "end end\n"
             "local t = {} for k = 1, 200000 do t[k] = k end f(table.unpack(t))",
             "used up");
}

static void garbage_near_the_limit_costs(void **state)
{
    (void)state;
    runs_out("local t = {} for k = 1, 60 do t[k] = ('x'):rep(1000000) .. k end while true do local "
             "s = at.set { 1 } end",
             "used up");
    runs_out("local t = {} for k = 1, 30 do t[k] = {} for j = 1, 100000 do t[k][j] = {} end end",
             "used up");
}

static void long_lists_are_counted(void **state)
{
    (void)state;
    runs_out("local t = {} for k = 1, 16000 do t[k] = 2 * k end local r = P.keys { at = t }\n"
             "for k = 1, 7 do r = r | r end",
             "used up");
    runs_out("local t = {} for k = 1, 16000 do t[k] = 2 * k end local all = {}\n"
             "while true do all[#all + 1] = P.keys { at = t }:at(100) end",
             "used up");
    FAILS("local t = {} for k = 1, 20000 do t[k] = k end P.keys { at = t }",
          "the list at has more than 16384 items");
}

static void what_is_built_is_counted(void **state)
{
    (void)state;
    char     *source = shelf_lesson("return at.integer { '?', right = 1 }");
    ShelfFile files[] = {
        {"t.lua", "local at = require 'attend'\n"
                  "local text, parts, pages = ('word '):rep(12000), {}, {}\n"
                  "for k = 1, 64 do parts[k] = text end\n"
                  "for k = 1, 200 do pages[k] = at.page('p' .. k, parts) end\n"
                  "return at.lesson { api = 1, id = 'x', version = '1', title = 'X', minutes = 1,\n"
                  "table.unpack(pages) }"},
        {NULL, NULL}};
    Lesson *lesson;
    Why     why;
    assert_int_equal(shelf_load(files, &lesson, &why), STATUS_BUDGET);
    assert_non_null(strstr(why.what, "used up the 64 MiB of memory"));
    free(source);
}

static void library_functions_cost_what_they_do(void **state)
{
    (void)state;
    runs_out("local t = {} for k = 1, 4000 do t[k] = k end\n"
             "for k = 1, 1e5 do table.insert(t, 1, 0) table.remove(t, 1) end",
             "used up");
    runs_out("local t = {} for k = 1, 4000 do t[k] = k end for k = 1, 1e5 do table.concat(t) end",
             "used up");
    runs_out("local t = {} for k = 1, 4000 do t[k] = k end for k = 1, 1e5 do table.sort(t) end",
             "used up");
    runs_out("local t = {} for k = 1, 4000 do t[k] = k end for k = 1, 1e6 do table.move(t, 1, "
             "4000, 2) end",
             "used up");
    runs_out("local t = {} for k = 1, 4000 do t['k' .. k] = k end for k = 1, 1e6 do next(t) end",
             "used up");
    runs_out("table.move({}, 1, math.maxinteger, 2)", "used up");
    runs_out("table.concat({}, ',', 1, math.maxinteger)", "used up");
}

static void the_engine_is_paid_for(void **state)
{
    (void)state;
    runs_out(
        "for k = 1, 1e6 do P.topk { k = 4 }:at { n = 256, content = at.words { seed = k } } end",
        "used up");
    runs_out("for k = 1, 1e6 do local t = P.window { w = 4 } : at(1e6):max_row() end", "used up");
    runs_out("local s = at.set {} while true do s = s:union(at.set { { 0, 9 } }):list() s = "
             "at.set(s) end",
             "used up");
    runs_out("local s = at.set { { 0, 2000000000 } }:list()", "used up");
    runs_out("local s = P.stride { s = 2 }:at(2147483647):row(2147483646)", "used up");
}

static void many_patterns_are_collected_before_memory_runs_out(void **state)
{
    (void)state;
    RUNS("for k = 1, 40 do assert(P.topk { k = 4 }:at { n = 128, content = at.words { seed = k } "
         "}:count(100) == 4) end");
}

static void a_limit_can_not_be_caught(void **state)
{
    (void)state;
    assert_null(NULL);
    FAILS("pcall(function() while true do end end)",
          "attempt to call a nil value (global 'pcall')");
    runs_out("local t = { 2, 1 } table.sort(t, function() while true do end end)", "10 million");
    runs_out("('x'):gsub('x', function() while true do end end)", "10 million");
    runs_out("local x <const> = 1 for _ in function() while true do end end do end", "10 million");
}

static void a_lesson_that_hit_a_limit_still_deals(void **state)
{
    (void)state;
    char *source = shelf_lesson(
        "if rng:int(1, 2) == 1 then while true do end end return at.integer { '?', right = 1 }");
    ShelfFile files[] = {{"t.lua", source}, {NULL, NULL}};
    Lesson   *lesson;
    Why       why;
    int       stopped = 0, dealt = 0;
    assert_int_equal(shelf_load(files, &lesson, &why), STATUS_OK);
    for (uint64_t seed = 0; seed < 12; seed++) {
        Question *q;
        Status    status = script_deal_seed(lesson, 0, seed, 0, &q, &why);
        if (status == STATUS_BUDGET)
            stopped++;
        else
            assert_int_equal(status, STATUS_OK), dealt++;
        question_free(q);
    }
    assert_true(stopped > 0 && dealt > 0);
    script_free(lesson);
    free(source);
}

static void metatables_are_out_of_reach(void **state)
{
    (void)state;
    FAILS("local s = at.set {} s.x = 1", "attempt to index a");
    FAILS("local x <close> = {}", "non-closable");
    FAILS("P.window.x = 1", "attempt to index a function value");
    RUNS("assert(at.set {}.__gc == nil and at.set {}.__index == nil)");
}

static void compiled_chunks_are_refused(void **state)
{
    (void)state;
    ShelfFile files[] = {{"t.lua", "\x1bLuaT\0"}, {NULL, NULL}};
    Lesson   *lesson;
    Why       why;
    assert_int_equal(shelf_load(files, &lesson, &why), STATUS_LESSON);
    assert_non_null(strstr(why.what, "t.lua: "));
}

/* ---- require ----------------------------------------------------------------------------- */

static const char lesson_with_lib[] =
    "local at, slips = require 'attend', require 'lib.slips'\n"
    "return at.lesson { api = 1, id = 'a', version = '1', title = slips.title, minutes = 1,\n"
    "  at.page('p', { 'text' }) }";

static void require_opens_files_beside_the_lesson(void **state)
{
    (void)state;
    ShelfFile files[] = {{"lessons/01-a.lua", lesson_with_lib},
                         {"lessons/lib/slips.lua", "return { title = 'From the side' }"},
                         {NULL, NULL}};
    Lesson   *lesson;
    Why       why;
    assert_int_equal(shelf_load(files, &lesson, &why), STATUS_OK);
    assert_string_equal(lesson->title, "From the side");
    script_free(lesson);
}

static void a_file_that_is_missing_is_named(void **state)
{
    (void)state;
    ShelfFile files[] = {{"lessons/01-a.lua", lesson_with_lib}, {NULL, NULL}};
    Lesson   *lesson;
    Why       why;
    assert_int_equal(shelf_load(files, &lesson, &why), STATUS_LESSON);
    assert_string_equal(
        why.what,
        "lessons/01-a.lua:1: require \"lib.slips\": lessons/lib/slips.lua: there is no such file");
}

static void names_that_lead_out_are_refused(void **state)
{
    (void)state;
    FAILS("require '../secret'", "a name has letters");
    FAILS("require 'lib..x'", "a name has letters");
    FAILS("require '/etc/passwd'", "a name has letters");
    FAILS("require 'io'", "files are read while a lesson loads");
}

static void files_that_require_each_other_are_refused(void **state)
{
    (void)state;
    ShelfFile files[] = {
        {"a.lua", "require 'b'"}, {"b.lua", "require 'c'"}, {"c.lua", "require 'b'"}, {NULL, NULL}};
    Lesson *lesson;
    Why     why;
    assert_int_equal(shelf_load(files, &lesson, &why), STATUS_LESSON);
    assert_string_equal(
        why.what, "c.lua:1: require \"b\": this file requires itself, perhaps through others");
}

static void errors_of_a_long_path_keep_it_whole(void **state)
{
    (void)state;
    static const char path[] =
        "lessons/a-folder-with-quite-a-long-name/and-another-one/01-some-lesson.lua";
    ShelfFile files[] = {{path, "\nlocal x = nil + 1"}, {NULL, NULL}},
              wrong[] = {{path, "\nlocal = 1"}, {NULL, NULL}};
    Lesson *lesson;
    Why     why;
    assert_int_equal(shelf_load(files, &lesson, &why), STATUS_LESSON);
    assert_memory_equal(why.what, path, sizeof path - 1);
    assert_memory_equal(why.what + sizeof path - 1, ":2: ", 4);
    assert_int_equal(shelf_load(wrong, &lesson, &why), STATUS_LESSON);
    assert_memory_equal(why.what, path, sizeof path - 1);
    assert_memory_equal(why.what + sizeof path - 1, ":2: ", 4);
}

static void a_lesson_that_is_too_long_is_refused(void **state)
{
    (void)state;
    Text t = {0};
    for (int k = 0; k < 9000; k++) text_add(&t, "-- a comment of thirty bytes\n\n");
    ShelfFile files[] = {{"t.lua", text_string(&t)}, {NULL, NULL}};
    Lesson   *lesson;
    Why       why;
    assert_int_equal(shelf_load(files, &lesson, &why), STATUS_LIMIT);
    assert_non_null(strstr(why.what, "a lesson has at most 256 KiB"));
    text_done(&t);
}

static void sorting_keeps_equal_values_in_their_order(void **state)
{
    (void)state;
    RUNS("local t = {} for k = 1, 300 do t[k] = { k % 3, k } end\n"
         "table.sort(t, function(a, b) return a[1] < b[1] end)\n"
         "for k = 2, 300 do assert(t[k-1][1] < t[k][1] or (t[k-1][1] == t[k][1] and t[k-1][2] < "
         "t[k][2])) end\n"
         "local n = { 3, 1, 2 } table.sort(n) assert(table.concat(n) == '123')\n"
         "table.sort(n, function(a, b) return a > b end) assert(table.concat(n) == '321')");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_named_globals_exist),
        cmocka_unit_test(strings_have_the_same_methods_as_the_table),
        cmocka_unit_test(pairs_goes_in_the_order_of_the_keys),
        cmocka_unit_test(next_goes_in_the_same_order),
        cmocka_unit_test(a_key_taken_out_during_pairs_is_passed_over),
        cmocka_unit_test(no_text_holds_an_address),
        cmocka_unit_test(errors_name_file_and_line),
        cmocka_unit_test(a_loop_without_an_end_is_stopped),
        cmocka_unit_test(loading_has_a_budget_of_its_own),
        cmocka_unit_test(recursion_without_an_end_is_stopped),
        cmocka_unit_test(patterns_that_backtrack_are_stopped),
        cmocka_unit_test(bombs_of_memory_are_stopped),
        cmocka_unit_test(comparing_long_texts_costs),
        cmocka_unit_test(copying_a_deep_stack_costs),
        cmocka_unit_test(garbage_near_the_limit_costs),
        cmocka_unit_test(long_lists_are_counted),
        cmocka_unit_test(what_is_built_is_counted),
        cmocka_unit_test(library_functions_cost_what_they_do),
        cmocka_unit_test(the_engine_is_paid_for),
        cmocka_unit_test(many_patterns_are_collected_before_memory_runs_out),
        cmocka_unit_test(a_limit_can_not_be_caught),
        cmocka_unit_test(a_lesson_that_hit_a_limit_still_deals),
        cmocka_unit_test(metatables_are_out_of_reach),
        cmocka_unit_test(compiled_chunks_are_refused),
        cmocka_unit_test(require_opens_files_beside_the_lesson),
        cmocka_unit_test(a_file_that_is_missing_is_named),
        cmocka_unit_test(names_that_lead_out_are_refused),
        cmocka_unit_test(files_that_require_each_other_are_refused),
        cmocka_unit_test(errors_of_a_long_path_keep_it_whole),
        cmocka_unit_test(a_lesson_that_is_too_long_is_refused),
        cmocka_unit_test(sorting_keeps_equal_values_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
