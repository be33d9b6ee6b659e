/* Any text as a typed number, under several rules: it is read or refused, always with words. */
#include "app/base/number.h"
#include "app/base/utf8.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds) abort();
}

static void try_rules(const char *typed, const NumberRules *rules)
{
    Number number = number_whole(-1);
    Text   echo = {0}, why = {0};
    bool   read = number_parse(typed, rules, &number, &echo, &why);
    require(read == (why.len == 0) && read == (echo.len > 0));
    require(utf8_valid(text_string(&echo), echo.len) && utf8_valid(text_string(&why), why.len));
    require(!read || (isfinite(number.value) && number.bottom > 0));
    require(!read || !rules->whole || (number.exact && number.bottom == 1));
    text_done(&echo);
    text_done(&why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const NumberName  names[] = {{"n", 64}, {"w", 4}, {"k", 0}};
    static const NumberRules rules[] = {
        {.whole = true, .name = names, .names = 3},
        {.name = names, .names = 2},
        {.unit = "GiB"},
        {.unit = "%"},
        {.whole = true, .comma = true},
        {.comma = true, .unit = "keys"},
    };
    char *typed = malloc(size + 1);
    if (!typed) return 0;
    memcpy(typed, data, size);
    typed[size] = '\0';
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) try_rules(typed, &rules[k]);
    free(typed);
    return 0;
}
