#include "engine/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void writer_bytes(Writer *w, const char *bytes, size_t len)
{
    if (w->len < w->size) {
        size_t room = w->size - w->len;
        memcpy(w->out + w->len, bytes, len < room ? len : room);
    }
    w->len += len;
}

void writer_text(Writer *w, const char *text)
{
    writer_bytes(w, text, strlen(text));
}

void writer_integer(Writer *w, int64_t value)
{
    char digits[24];
    int  len = snprintf(digits, sizeof digits, "%lld", (long long)value);
    writer_bytes(w, digits, (size_t)len);
}

size_t writer_end(Writer *w)
{
    if (w->size > 0) w->out[w->len < w->size ? w->len : w->size - 1] = '\0';
    return w->len;
}

/* value >= 0 as digits d1 d2 d3 ... and a power: d1.d2d3... * 10^power. The decimal point of
 * printf is the locale's, so only the digits are taken. */
static int digits_of(double value, int precision, char digit[static 20], int *power)
{
    char text[48];
    int  count = 0;
    snprintf(text, sizeof text, "%.*e", precision - 1, value);
    const char *at = text;
    for (; *at && *at != 'e'; at++)
        if (*at >= '0' && *at <= '9') digit[count++] = *at;
    digit[count] = '\0';
    *power = *at ? atoi(at + 1) : 0;
    return count;
}

static void write_plain(Writer *w, const char *digit, int count, int power)
{
    if (power < 0) writer_text(w, "0.");
    for (int k = power; k < -1; k++) writer_text(w, "0");
    for (int k = 0; k < count; k++) {
        if (k > 0 && k == power + 1) writer_text(w, ".");
        writer_bytes(w, digit + k, 1);
    }
    for (int k = count; k <= power; k++) writer_text(w, "0");
}

static void write_power(Writer *w, const char *digit, int count, int power)
{
    writer_bytes(w, digit, 1);
    if (count > 1) {
        writer_text(w, ".");
        writer_bytes(w, digit + 1, (size_t)count - 1);
    }
    writer_text(w, "e");
    writer_integer(w, power);
}

void writer_real(Writer *w, double value)
{
    char digit[20], back[40];
    int  count = 0, power = 0;
    if (value < 0) {
        writer_text(w, "-");
        value = -value;
    }
    for (int precision = 1; precision <= 17; precision++) {
        count = digits_of(value, precision, digit, &power);
        snprintf(back, sizeof back, "%se%d", digit, power - count + 1);
        if (strtod(back, NULL) >= value && strtod(back, NULL) <= value) break;
    }
    while (count > 1 && digit[count - 1] == '0') count--;
    /* A larger one without fraction would be read as a whole number, and those go to 2^31-1. */
    if (power >= -5 && power <= 8) write_plain(w, digit, count, power);
    else write_power(w, digit, count, power);
}
