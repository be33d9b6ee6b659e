#include "app/term/term_wait.h"

#include "app/term/term_signal.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

int64_t wait_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void wait_window_size(int output, int *columns, int *rows)
{
    struct winsize size;
    if (ioctl(output, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return;
    *columns = size.ws_col;
    *rows = size.ws_row;
}

/* Reads what is there; false if that is nothing, or an error: the terminal vanished. */
static bool read_bytes(int input, Input *in)
{
    char    bytes[1024];
    size_t  room = input_room(in);
    ssize_t len = read(input, bytes, room < sizeof bytes ? room : sizeof bytes);
    if (len > 0) input_feed(in, bytes, (size_t)len, wait_now());
    return len > 0 || (len < 0 && (errno == EINTR || errno == EAGAIN));
}

bool wait_input(int input, Input *in, int wait)
{
    struct pollfd on[2] = {{.fd = input, .events = POLLIN},
                           {.fd = signal_pipe(), .events = POLLIN}};
    if (poll(on, 2, wait) <= 0) return true;
    if (on[0].revents & POLLIN) return read_bytes(input, in);
    return !(on[0].revents & (POLLHUP | POLLERR | POLLNVAL));
}

int wait_shorter(int a, int b)
{
    if (a < 0 || b < 0) return a < 0 ? b : a;
    return a < b ? a : b;
}
