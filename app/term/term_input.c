#include "app/term/term_input.h"

#include "app/base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    ESC = 27,
    TORN_MS = 200,          /* how long the rest of a torn sequence may take */
    PASTE_SILENCE_MS = 5000 /* a paste whose end was lost is over then */
};

static const char paste_start[] = "\033[200~", paste_end[] = "\033[201~";

/* What terminals send whatever their description says. */
static const InputSequence common[] = {
    {"\033[A", KEY_UP_},         {"\033OA", KEY_UP_},      {"\033[B", KEY_DOWN_},
    {"\033OB", KEY_DOWN_},       {"\033[C", KEY_RIGHT_},   {"\033OC", KEY_RIGHT_},
    {"\033[D", KEY_LEFT_},       {"\033OD", KEY_LEFT_},    {"\033[H", KEY_HOME_},
    {"\033OH", KEY_HOME_},       {"\033[1~", KEY_HOME_},   {"\033[7~", KEY_HOME_},
    {"\033[F", KEY_END_},        {"\033OF", KEY_END_},     {"\033[4~", KEY_END_},
    {"\033[8~", KEY_END_},       {"\033[3~", KEY_DELETE_}, {"\033[5~", KEY_PAGE_UP_},
    {"\033[6~", KEY_PAGE_DOWN_}, {"\033[Z", KEY_BACKTAB_}, {"\033OM", KEY_ENTER_},
    {"\033OP", KEY_F1_},         {"\033[11~", KEY_F1_},    {"\033[[A", KEY_F1_},
    {"\033OQ", KEY_F2_},         {"\033[12~", KEY_F2_},    {"\033[[B", KEY_F2_},
    {"\033OR", KEY_F3_},         {"\033[13~", KEY_F3_},    {"\033[[C", KEY_F3_},
    {"\033OS", KEY_F4_},         {"\033[14~", KEY_F4_},    {"\033[[D", KEY_F4_},
    {"\033[15~", KEY_F5_},       {"\033[[E", KEY_F5_},     {"\033[17~", KEY_F6_},
    {"\033[18~", KEY_F7_},       {"\033[19~", KEY_F8_},    {"\033[20~", KEY_F9_},
    {"\033[21~", KEY_F10_},      {"\033[23~", KEY_F11_},   {"\033[24~", KEY_F12_},
};

const InputSequence input_capability[INPUT_CAPABILITIES] = {
    {"kcuu1", KEY_UP_},     {"kcud1", KEY_DOWN_},    {"kcub1", KEY_LEFT_}, {"kcuf1", KEY_RIGHT_},
    {"kpp", KEY_PAGE_UP_},  {"knp", KEY_PAGE_DOWN_}, {"khome", KEY_HOME_}, {"kend", KEY_END_},
    {"kcbt", KEY_BACKTAB_}, {"kdch1", KEY_DELETE_},  {"kent", KEY_ENTER_}, {"kf1", KEY_F1_},
    {"kf2", KEY_F2_},       {"kf3", KEY_F3_},        {"kf4", KEY_F4_},     {"kf5", KEY_F5_},
    {"kf6", KEY_F6_},       {"kf7", KEY_F7_},        {"kf8", KEY_F8_},     {"kf9", KEY_F9_},
    {"kf10", KEY_F10_},     {"kf11", KEY_F11_},      {"kf12", KEY_F12_},
};

bool input_start(Input *in, int escape_ms)
{
    *in = (Input){.escape_ms = escape_ms, .escape = -1, .paste = malloc(INPUT_PASTE)};
    return in->paste != NULL;
}

void input_done(Input *in)
{
    free(in->paste);
    in->paste = NULL;
}

void input_own(Input *in, const char *bytes, Key key)
{
    if (in->owns < INPUT_SEQUENCES && bytes[0] == ESC && bytes[1])
        in->own[in->owns++] = (InputSequence){bytes, key};
}

size_t input_room(const Input *in)
{
    return INPUT_ROOM - in->len;
}

void input_feed(Input *in, const char *bytes, size_t len, int64_t now)
{
    assert(len <= input_room(in));
    memcpy(in->byte + in->len, bytes, len);
    in->len += len;
    in->fed = now;
}

static void drop(Input *in, size_t len)
{
    in->len -= len;
    memmove(in->byte, in->byte + len, in->len);
}

static bool give_key(Event *out, Key key)
{
    *out = (Event){.kind = EVENT_KEY, .key = key};
    return true;
}

/* Looks the bytes up: the length of a sequence that is there whole, 0 if there is none. *partly:
 * they are the beginning of one. */
static size_t look_up(const Input *in, const InputSequence *list, int count, Key *key, bool *partly)
{
    for (int k = 0; k < count; k++) {
        size_t len = strlen(list[k].bytes), there = in->len < len ? in->len : len;
        if (memcmp(in->byte, list[k].bytes, there) != 0) continue;
        if (there == len) {
            *key = list[k].key;
            return len;
        }
        *partly = true;
    }
    return 0;
}

/* Length of the control sequence behind Esc [ by the grammar of ECMA-48, 0 while it is not ended:
 * parameters, then one final byte. The console's Esc [ [ A has a final byte more. */
static size_t control_length(const Input *in)
{
    if (in->len > 2 && in->byte[2] == '[') return in->len > 3 ? 4 : 0;
    for (size_t k = 2; k < in->len; k++) {
        unsigned char c = (unsigned char)in->byte[k];
        if (c >= 0x40 && c <= 0x7e) return k + 1;
        if (c < 0x20 || c > 0x7e) /* broken off: what follows is no part of it */
            return k;
    }
    return in->len == INPUT_ROOM ? in->len : 0;
}

typedef enum { MORE, AGAIN, EVENT } Step; /* needs more; something was dropped; *out is an event */

static Step lone_escape(Input *in, Event *out)
{
    drop(in, 1);
    in->escape = in->fed;
    give_key(out, KEY_ESC_);
    return EVENT;
}

static void start_paste(Input *in)
{
    in->pasting = true;
    in->paste_len = 0;
    in->escape = -1;
}

/* Esc [ or Esc O that is no known key. */
static Step step_unknown(Input *in, int64_t now)
{
    bool   control = in->byte[1] == '[';
    size_t len = control ? control_length(in) : in->len > 2 ? 3 : 0;
    if (len == 0 && now - in->fed < TORN_MS) return MORE;
    if (len == 0) { /* the rest may still come */
        in->swallow = in->byte[1];
        in->escape = in->fed;
        len = in->len;
    }
    drop(in, len);
    return AGAIN;
}

static Step step_escape(Input *in, int64_t now, Event *out)
{
    Key    key = 0;
    bool   partly = false;
    size_t len = look_up(in, in->own, in->owns, &key, &partly);
    if (len == 0) len = look_up(in, common, sizeof common / sizeof *common, &key, &partly);
    if (len > 0) {
        drop(in, len);
        give_key(out, key);
        return EVENT;
    }
    size_t start = sizeof paste_start - 1;
    if (in->len >= start && memcmp(in->byte, paste_start, start) == 0) {
        drop(in, start);
        start_paste(in);
        return AGAIN;
    }
    if (in->len == 1) return now - in->fed < in->escape_ms ? MORE : lone_escape(in, out);
    if (in->byte[1] == '[' || in->byte[1] == 'O') return step_unknown(in, now);
    if (partly && now - in->fed < TORN_MS) return MORE;
    Step step = lone_escape(in, out); /* two keys, typed fast */
    in->escape = -1;
    return step;
}

/* Drops what belongs to a torn sequence, up to its final byte. */
static Step step_swallow(Input *in)
{
    bool          late = in->fed - in->escape > 2 * TORN_MS;
    unsigned char c = (unsigned char)in->byte[0];
    in->escape = in->fed;
    if (late || c < 0x20 || c > 0x7e) {
        in->swallow = '\0';
        in->escape = -1;
        return AGAIN;
    }
    if (in->swallow == 'O' || c >= 0x40) {
        in->swallow = '\0';
        in->escape = -1;
    }
    drop(in, 1);
    return AGAIN;
}

static void keep_paste(Input *in, size_t len)
{
    size_t room = INPUT_PASTE - in->paste_len, kept = len < room ? len : room;
    memcpy(in->paste + in->paste_len, in->byte, kept);
    in->paste_len += kept;
    drop(in, len);
}

static Step give_paste(Input *in, Event *out)
{
    in->pasting = false;
    *out = (Event){.kind = EVENT_PASTE, .text = in->paste, .len = in->paste_len};
    return EVENT;
}

/* Bytes before the end mark, or before what may be the beginning of it. */
static size_t before_end(const Input *in, bool *whole)
{
    size_t mark = sizeof paste_end - 1;
    for (size_t k = 0; k < in->len; k++) {
        size_t there = in->len - k < mark ? in->len - k : mark;
        if (memcmp(in->byte + k, paste_end, there) == 0) {
            *whole = there == mark;
            return k;
        }
    }
    *whole = false;
    return in->len;
}

static Step step_paste(Input *in, int64_t now, Event *out)
{
    bool whole;
    keep_paste(in, before_end(in, &whole));
    if (whole) drop(in, sizeof paste_end - 1);
    if (whole || now - in->fed >= PASTE_SILENCE_MS) return give_paste(in, out);
    return MORE;
}

static Step step_rune(Input *in, int64_t now, Event *out)
{
    int32_t       rune;
    unsigned char c = (unsigned char)in->byte[0];
    size_t        announced = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    size_t        len = utf8_rune(in->byte, in->len, &rune);
    if (rune < 0 && in->len < announced && now - in->fed < TORN_MS) return MORE;
    drop(in, len);
    if (rune < 0 || (rune >= 0x80 && rune < 0xa0)) return AGAIN;
    give_key(out, rune);
    return EVENT;
}

static Step step_control(Input *in, Event *out)
{
    char c = in->byte[0];
    drop(in, 1);
    switch (c) {
    case '\r':
    case '\n':
        give_key(out, KEY_ENTER_);
        return EVENT;
    case '\t':
        give_key(out, KEY_TAB_);
        return EVENT;
    case '\b':
    case 0x7f:
        give_key(out, KEY_BACKSPACE_);
        return EVENT;
    default:
        break;
    }
    if (c < 1 || c > 26) return AGAIN;
    give_key(out, c);
    return EVENT;
}

/* A [ or O that a slow line tore off its Esc. */
static bool at_torn_tail(const Input *in)
{
    return in->escape >= 0 && in->fed - in->escape <= TORN_MS &&
           (in->byte[0] == '[' || in->byte[0] == 'O');
}

/* What a paste begins with may be torn as well; its text must not be taken for keys. */
static Step step_torn(Input *in, int64_t now)
{
    size_t start = sizeof paste_start - 2, there = in->len < start ? in->len : start;
    bool   paste = memcmp(in->byte, paste_start + 1, there) == 0;
    if (paste && there < start && now - in->fed < TORN_MS) {
        in->escape = in->fed;
        return MORE;
    }
    if (paste && there == start) {
        drop(in, start);
        start_paste(in);
        return AGAIN;
    }
    in->swallow = in->byte[0];
    in->escape = in->fed;
    drop(in, 1);
    return AGAIN;
}

static Step step(Input *in, int64_t now, Event *out)
{
    unsigned char c = (unsigned char)in->byte[0];
    if (in->swallow) return step_swallow(in);
    if (c == ESC) return step_escape(in, now, out);
    if (at_torn_tail(in)) return step_torn(in, now);
    in->escape = -1;
    return c < 0x20 || c == 0x7f ? step_control(in, out) : step_rune(in, now, out);
}

bool input_next(Input *in, int64_t now, Event *out)
{
    Step made = AGAIN;
    while (made == AGAIN && (in->len > 0 || in->pasting))
        made = in->pasting ? step_paste(in, now, out) : step(in, now, out);
    return made == EVENT;
}

int input_wait(const Input *in, int64_t now)
{
    if (in->len == 0 && !in->pasting) return -1;
    int     limit = in->pasting                          ? PASTE_SILENCE_MS
                    : in->len == 1 && in->byte[0] == ESC ? in->escape_ms
                                                         : TORN_MS;
    int64_t left = in->fed + limit - now;
    return left > 0 ? (int)left : 0;
}
