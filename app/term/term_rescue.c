#include "app/term/term_rescue.h"

#include "app/term/term.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct {
    volatile sig_atomic_t armed, pasting;
    int                   input, output;
    struct termios        modes;
    bool                  has_modes;
    char                  bytes[256];
    size_t                len;
} rescue;

static void write_all(const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t written = write(rescue.output, bytes, len);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return; /* nobody is there to be told */
        bytes += written;
        len -= (size_t)written;
    }
}

void rescue_start(int input, int output)
{
    rescue.armed = rescue.pasting = 0;
    rescue.input = input;
    rescue.output = output;
    rescue.has_modes = tcgetattr(input, &rescue.modes) == 0;
    rescue.len = 0;
}

void rescue_add(const char *capability)
{
    const char *s = capability;
    while (*s && rescue.len < sizeof rescue.bytes) {
        const char *close = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
        if (close)
            s = close + 1;
        else
            rescue.bytes[rescue.len++] = *s++;
    }
}

void rescue_arm(void)
{
    rescue.armed = 1;
}

static void restore_modes(void)
{
    if (rescue.has_modes) tcsetattr(rescue.input, TCSANOW, &rescue.modes);
}

void rescue_disarm(void)
{
    rescue.armed = 0;
    restore_modes();
}

void rescue_paste(bool on)
{
    static const char turn_on[] = "\033[?2004h", turn_off[] = "\033[?2004l";
    rescue.pasting = on;
    write_all(on ? turn_on : turn_off, sizeof turn_on - 1);
}

void term_curses_rescue(void)
{
    if (!rescue.armed) return;
    rescue.armed = 0;
    if (rescue.pasting) rescue_paste(false);
    write_all(rescue.bytes, rescue.len);
    restore_modes();
}
