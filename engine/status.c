#include "engine/status.h"

#include <stdarg.h>
#include <stdio.h>

const char *status_sentence(Status status)
{
    switch (status) {
#define STATUS_CASE(name, sentence)                                                               \
    case STATUS_##name:                                                                           \
        return sentence;
        STATUS_LIST(STATUS_CASE)
#undef STATUS_CASE
    }
    return "";
}

Status why_say(Why *why, Status status, int64_t column, const char *format, ...)
{
    if (!why) return status;
    va_list list;
    va_start(list, format);
    vsnprintf(why->what, sizeof why->what, format, list);
    va_end(list);
    why->column = column;
    why->todo[0] = '\0';
    return status;
}

void why_todo(Why *why, const char *format, ...)
{
    if (!why) return;
    va_list list;
    va_start(list, format);
    vsnprintf(why->todo, sizeof why->todo, format, list);
    va_end(list);
}
