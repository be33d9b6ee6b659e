/* test_match.c - string patterns mean what the Lua manual says they mean. */
#include "tests/script/shelf.h"

#include <lauxlib.h>
#include <lualib.h>

/* Expressions whose values are the same in Lua and in a lesson. */
static const char *const expressions[] = {
    "('hello world'):find('o')",
    "('hello'):find('l+')",
    "('hello'):find('xyz')",
    "('a.b'):find('.', 1, true)",
    "('hello'):find('')",
    "('hello'):find('', 10)",
    "('hello'):find('', 6)",
    "('hello'):find('l', -2)",
    "('hello'):find('h', -100)",
    "('a+b'):find('+', 1, true)",
    "(''):find('')",
    "('abc'):find('b()')",
    "('key = value'):match('^(%w+)%s*=%s*(%w+)$')",
    "('  trim  '):match('^%s*(.-)%s*$')",
    "('abc'):match('b')",
    "('abc'):match('(a)(b)(c)')",
    "('abc'):match('()b()')",
    "('2024-01-02'):match('(%d+)-(%d+)-(%d+)')",
    "('abc'):match('^b')",
    "('abc'):match('c$')",
    "('a$'):match('a$$')",
    "('[x]'):match('%[(.-)%]')",
    "('f(a(b)c)d'):match('%b()')",
    "('THE (quick) fox'):find('%((%a+)%)')",
    "('x=1'):match('[^=]+')",
    "('a-z'):match('[a%-]+')",
    "('a]b'):match('[]]')",
    "('a^b'):match('[a^]+')",
    "('0x1F'):match('%x+', 3)",
    "('hello hello'):match('(%w+) %1')",
    "('aaa'):match('a-')",
    "('aaab'):match('a-b')",
    "('ab'):match('a?b?c?')",
    "('THE (quick) fox'):gsub('%f[%a]%a+', 'x')",
    "('hello'):gsub('l', 'L')",
    "('hello'):gsub('', '-')",
    "('abc'):gsub('%w', '%0%0')",
    "('hello world'):gsub('(%w+) (%w+)', '%2 %1')",
    "('abc'):gsub('b', '%%')",
    "('abc'):gsub('.', { a = 1, b = false })",
    "('abc'):gsub('.', function(c) if c == 'b' then return 'B' end end)",
    "('abc'):gsub('a*', 'x')",
    "('aabb'):gsub('a', 'x', 1)",
    "('abab'):gsub('^a', 'x')",
    "('x'):gsub('x*$', 'y')",
    "('one two'):gsub('%s', '')",
    "('%d'):gsub('%%d', '1')",
    "('a\\0b'):find('\\0', 1, true)",
    "('a\\0b'):match('%z?b')",
    "('abc'):gsub('(b)()', '%2')",
    "('abc'):gsub('$', 'x')",
    "('\\n'):match('%c') == '\\n'",
    "('é'):match('[\\195]')",
};

/* What an expression gives in plain Lua, its values joined by |. */
static void in_lua(const char *expression, Text *out)
{
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    lua_pushfstring(L,
                    "local t = table.pack(%s) for k = 1, t.n do t[k] = tostring(t[k]) end return "
                    "table.concat(t, '|')",
                    expression);
    if (luaL_dostring(L, lua_tostring(L, -1)) != LUA_OK)
        fail_msg("%s: %s", expression, lua_tostring(L, -1));
    text_add_bytes(out, lua_tostring(L, -1), lua_rawlen(L, -1));
    lua_close(L);
}

static void patterns_give_what_lua_gives(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof expressions / sizeof expressions[0]; k++) {
        Text wanted = {0}, statement = {0};
        in_lua(expressions[k], &wanted);
        if (strlen(text_string(&wanted)) == wanted.len) {
            text_format(&statement,
                        "local t = table.pack(%s) for k = 1, t.n do t[k] = tostring(t[k]) end\n"
                        "local got, wanted = table.concat(t, '|'), [==[\n%s]==]\n"
                        "if got ~= wanted then error(('%%q gives %%q, not %%q'):format([==[%s]==], "
                        "got, wanted)) end",
                        expressions[k], text_string(&wanted), expressions[k]);
            RUNS(text_string(&statement));
        }
        text_done(&wanted);
        text_done(&statement);
    }
}

static void gmatch_gives_each_match(void **state)
{
    (void)state;
    RUNS("local out = {}\nfor w in ('one two  three'):gmatch('%a+') do out[#out + 1] = w end\n"
         "assert(table.concat(out, ',') == 'one,two,three')\n"
         "local pairs_of = {}\nfor k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do "
         "pairs_of[#pairs_of + 1] = k .. v end\n"
         "assert(table.concat(pairs_of, ',') == 'a1,b2')\n"
         "local n = 0 for _ in ('abc'):gmatch('x*') do n = n + 1 end assert(n == 4)\n"
         "local p = {} for at in ('abc'):gmatch('()', 2) do p[#p + 1] = at end "
         "assert(table.concat(p, ',') == '2,3,4')");
}

static void bad_patterns_are_named(void **state)
{
    (void)state;
    FAILS("('x'):match('%')", "t.lua:5: a pattern ends with %");
    FAILS("('x'):match('[a')", "t.lua:5: a [ of a pattern is not closed by ]");
    FAILS("('x'):match('(x')", "t.lua:5: a ( of a pattern is not closed");
    FAILS("('x'):match('x)')", "t.lua:5: a pattern has a ) too many");
    FAILS("('x'):match('%1')", "t.lua:5: a pattern names capture %1");
    FAILS("('x'):match('%b')", "t.lua:5: %b of a pattern needs two characters");
    FAILS("('x'):match('%fx')", "t.lua:5: %f of a pattern needs a [set]");
    FAILS("('x'):gsub('x', '%2')", "t.lua:5: capture %2 is not in the pattern");
    FAILS("('x'):gsub('x', '%x')", "t.lua:5: a replacement has a %");
    FAILS("('x'):gsub('x', {x = {}})", "t.lua:5: gsub can't put a table into a text");
    FAILS("('x'):rep(300):match(('x?'):rep(300))", "t.lua:5: a pattern is too long");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_give_what_lua_gives),
        cmocka_unit_test(gmatch_gives_each_match),
        cmocka_unit_test(bad_patterns_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
