#include "app/base/number_show.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Drops the zeros at the end of a fraction, and the point if nothing follows it. */
static void strip_zeros(char *text)
{
    size_t end = strlen(text);
    if (!strchr(text, '.')) return;
    while (text[end - 1] == '0') end--;
    if (text[end - 1] == '.') end--;
    text[end] = '\0';
}

/* A comma after every third figure, counted from the point. */
static void add_grouped(Text *out, const char *text)
{
    size_t whole = strcspn(text, ".");
    for (size_t k = 0; text[k]; k++) {
        text_add_char(out, text[k]);
        if (k + 1 < whole && (whole - 1 - k) % 3 == 0 && text[k] != '-') text_add_char(out, ',');
    }
}

static void show_real(double value, int figures, Text *out)
{
    char   text[400];
    double size = fabs(value);
    if (size >= 1e-4 && size < 1e15) {
        int before = (int)floor(log10(size)) + 1;
        int after = figures - before;
        snprintf(text, sizeof text, "%.*f", after > 0 ? after : 0, value);
        strip_zeros(text);
        add_grouped(out, text);
        return;
    }
    snprintf(text, sizeof text, "%.*e", figures - 1, value);
    char *e = strchr(text, 'e');
    if (!e) { /* inf, nan */
        text_add(out, text);
        return;
    }
    *e = '\0';
    strip_zeros(text);
    text_format(out, "%se%d", text, atoi(e + 1));
}

static void swap_point_and_comma(char *text)
{
    for (; *text; text++) {
        if (*text == '.')
            *text = ',';
        else if (*text == ',')
            *text = '.';
    }
}

void number_show(const Number *number, bool comma, int figures, Text *out)
{
    size_t start = out->len;
    if (number->exact && number->bottom == 1)
        text_add_count(out, number->top);
    else if (number->value == 0)
        text_add(out, "0");
    else
        show_real(number->value, figures, out);
    if (comma && out->len > start) swap_point_and_comma(out->at + start);
}
