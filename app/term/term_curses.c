#include "app/term/term.h"

#include "app/base/utf8.h"
#include "app/term/term_input.h"
#include "app/term/term_rescue.h"
#include "app/term/term_signal.h"
#include "app/term/term_wait.h"

#include <limits.h>
#include <ncurses.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#undef columns /* words that term.h takes away */
#undef lines

enum { INPUT_FD = STDIN_FILENO, OUTPUT_FD = STDOUT_FILENO };

typedef struct {
    Term        term; /* first: a Term * is a Curses * */
    SCREEN     *screen;
    Input       input;
    int         columns, rows;
    Cell       *shown; /* columns x rows cells as they stand on the terminal */
    bool        fresh; /* shown says nothing: paint everything */
    Theme       theme;
    bool        pasting; /* bracketed paste is on */
    bool        ended;
    const char *cup;
} Curses;

static Curses *curses_of(Term *t)
{
    return (Curses *)t;
}

/* A string of the terminal's description, NULL if it has none. */
static const char *capability(const char *name)
{
    char        copy[16]; /* tigetstr of old libraries wants a char * */
    const char *string;
    snprintf(copy, sizeof copy, "%s", name);
    string = tigetstr(copy);
    return string == (const char *)-1 || !string || !*string ? NULL : string;
}

static int capability_number(const char *name)
{
    char copy[16];
    snprintf(copy, sizeof copy, "%s", name);
    return tigetnum(copy);
}

static bool capability_flag(const char *name)
{
    char copy[16];
    snprintf(copy, sizeof copy, "%s", name);
    return tigetflag(copy) > 0;
}

static void arm_rescue(void)
{
    static const char *const names[] = {"sgr0", "op", "cnorm", "rmkx", "rmcup"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const char *string = capability(names[k]);
        if (string) rescue_add(string);
    }
    rescue_arm();
}

/* --- size ------------------------------------------------------------------------------------ */

/* Takes the size as it is now; false if memory runs out, the old size stays then. */
static bool take_size(Curses *c)
{
    int columns = c->columns, rows = c->rows;
    wait_window_size(OUTPUT_FD, &columns, &rows);
    Cell *shown = realloc(c->shown, (size_t)columns * (size_t)rows * sizeof *shown);
    if (!shown) return false;
    c->shown = shown;
    c->columns = columns;
    c->rows = rows;
    if (columns != COLS || rows != LINES) resize_term(rows, columns);
    c->fresh = true;
    clearok(stdscr, TRUE); /* what was on its way while the window changed may have scrolled it unseen */
    return true;
}

static void curses_size(const Term *t, int *columns, int *rows)
{
    const Curses *c = (const Curses *)t;
    *columns = c->columns;
    *rows = c->rows;
}

/* --- painting -------------------------------------------------------------------------------- */

static attr_t curses_attributes(unsigned attr)
{
    return (attr & ATTR_BOLD ? A_BOLD : 0) | (attr & ATTR_DIM ? A_DIM : 0) |
           (attr & ATTR_REVERSE ? A_REVERSE : 0) | (attr & ATTR_UNDERLINE ? A_UNDERLINE : 0);
}

static void put_cell(const Curses *c, int x, int y, const Cell *cell)
{
    Paint   paint = style_paint(cell->style, c->theme, c->term.depth);
    int     pair = 0, marks = 0;
    wchar_t text[CELL_MARKS + 2] = {(wchar_t)cell->rune};
    cchar_t glyph;
    while (marks < CELL_MARKS && cell->mark[marks]) {
        text[marks + 1] = (wchar_t)cell->mark[marks];
        marks++;
    }
    if (c->term.depth != DEPTH_NONE && (paint.ink >= 0 || paint.paper >= 0))
        pair = alloc_pair(paint.ink, paint.paper);
    if (pair < 0 || pair > SHRT_MAX) pair = 0;
    if (setcchar(&glyph, text, curses_attributes(paint.attr), (short)pair, NULL) == OK)
        mvadd_wch(y, x, &glyph);
    else
        mvaddch(y, x, '?');
}

static bool same_cell(const Cell *a, const Cell *b)
{
    return a->rune == b->rune && a->width == b->width && style_equal(a->style, b->style) &&
           memcmp(a->mark, b->mark, sizeof a->mark) == 0;
}

/* Copies what changed into curses' own window. Returns whether disputed cells changed: these are
 * blanks there, for put_disputed. */
static bool put_row(Curses *c, const Canvas *canvas, int y, bool *changed)
{
    static const Cell blank = {.rune = ' ', .width = 1};
    bool              later = false;
    int               columns = canvas->columns < c->columns ? canvas->columns : c->columns;
    for (int x = 0; x < columns; x++) {
        const Cell *cell = canvas_cell(canvas, x, y);
        Cell       *shown = &c->shown[(size_t)y * (size_t)c->columns + (size_t)x];
        if (!c->fresh && same_cell(cell, shown)) continue;
        *shown = *cell;
        *changed = true;
        if (cell->rune >= 0x80 || cell->width == 0 ? canvas_disputed(canvas, x, y) : false) {
            later = true;
            put_cell(c, x, y, &blank);
        } else if (cell->width > 0) {
            put_cell(c, x, y, cell);
        }
    }
    return later;
}

/* Paints the disputed clusters of a row one by one, and tells the terminal after each where the
 * cursor is: so what it thinks of their width moves nothing else. */
static void put_disputed(Curses *c, const Canvas *canvas, int y)
{
    int columns = canvas->columns < c->columns ? canvas->columns : c->columns;
    for (int x = 0; x < columns; x++) {
        if (!canvas_disputed(canvas, x, y)) continue;
        for (; x < columns && canvas_disputed(canvas, x, y); x++) {
            const Cell *cell = canvas_cell(canvas, x, y);
            if (cell->width > 0) put_cell(c, x, y, cell);
        }
        move(y, x < columns ? x : columns - 1);
        refresh();
        putp(tparm(c->cup, y, getcurx(stdscr), 0, 0, 0, 0, 0, 0, 0));
        fflush(stdout);
    }
}

static void place_cursor(const Curses *c, const Canvas *canvas)
{
    int  x = canvas->cursor_x, y = canvas->cursor_y;
    bool there = x >= 0 && y >= 0 && x < c->columns && y < c->rows;
    move(there ? y : c->rows - 1, there ? x : c->columns - 1);
}

static void curses_show(Term *t, const Canvas *canvas, Theme theme)
{
    Curses *c = curses_of(t);
    bool    later = false;
    int     rows = canvas->rows < c->rows ? canvas->rows : c->rows;
    if (c->ended) return;
    if (c->fresh || theme != c->theme) {
        c->fresh = true;
        c->theme = theme;
        erase();
        memset(c->shown, 0, (size_t)c->columns * (size_t)c->rows * sizeof *c->shown);
    }
    for (int y = 0; y < rows; y++) {
        bool changed = false;
        later = put_row(c, canvas, y, &changed) || later;
    }
    if (later) {
        refresh();
        for (int y = 0; y < rows; y++) put_disputed(c, canvas, y);
    }
    c->fresh = false;
    place_cursor(c, canvas);
    refresh();
}

static void curses_redraw(Term *t)
{
    Curses *c = curses_of(t);
    c->fresh = true;
    clearok(stdscr, TRUE);
}

/* --- modes ----------------------------------------------------------------------------------- */

static void curses_paste(Term *t, bool on)
{
    Curses *c = curses_of(t);
    if (c->pasting == on || c->ended) return;
    c->pasting = on;
    fflush(stdout);
    rescue_paste(on);
}

static void leave(Curses *c)
{
    if (c->pasting) rescue_paste(false);
    endwin();
}

/* Back on the terminal after leave(), or after somebody else may have changed its modes. */
static void enter_again(Curses *c)
{
    reset_prog_mode();
    curses_redraw(&c->term);
    refresh();
    if (c->pasting) rescue_paste(true);
}

static void curses_suspend(Term *t)
{
    Curses *c = curses_of(t);
    leave(c);
    signal_stop();
    enter_again(c);
    take_size(c);
}

static void curses_close(Term *t)
{
    Curses *c = curses_of(t);
    leave(c);
    rescue_disarm();
    delscreen(c->screen);
    signal_release();
    input_done(&c->input);
    free(c->shown);
    free(c);
}

/* --- events ---------------------------------------------------------------------------------- */

static bool take_leaving_signal(Event *out)
{
    static const int leaving[] = {SIGTERM, SIGHUP, SIGINT};
    for (size_t k = 0; k < sizeof leaving / sizeof *leaving; k++) {
        if (signal_take(leaving[k])) {
            *out = (Event){.kind = EVENT_SIGNAL, .signal = leaving[k]};
            return true;
        }
    }
    return false;
}

static bool take_signal(Curses *c, Event *out)
{
    signal_drain();
    if (take_leaving_signal(out)) return true;
    if (signal_take(SIGTSTP)) {
        curses_suspend(&c->term);
        *out = (Event){.kind = EVENT_RESUME, .columns = c->columns, .rows = c->rows};
        return true;
    }
    if (signal_take(SIGCONT)) { /* stopped by a signal nobody can catch */
        enter_again(c);
        take_size(c);
        *out = (Event){.kind = EVENT_RESUME, .columns = c->columns, .rows = c->rows};
        return true;
    }
    if (signal_take(SIGWINCH) && take_size(c)) {
        *out = (Event){.kind = EVENT_RESIZE, .columns = c->columns, .rows = c->rows};
        return true;
    }
    return false;
}

static bool next_event(Curses *c, int64_t now, Event *out)
{
    if (take_signal(c, out) || input_next(&c->input, now, out)) return true;
    if (c->ended) *out = (Event){.kind = EVENT_END};
    return c->ended;
}

static void curses_event(Term *t, int wait_ms, Event *out)
{
    Curses *c = curses_of(t);
    int64_t start = wait_now(), now = start;
    bool    last = false;
    while (!next_event(c, now, out)) {
        if (last) {
            *out = (Event){.kind = EVENT_NONE};
            return;
        }
        int64_t left = wait_ms < 0 ? -1 : start + wait_ms > now ? start + wait_ms - now : 0;
        last = left == 0;
        int wait = wait_shorter((int)left, input_wait(&c->input, now));
        c->ended = !wait_input(INPUT_FD, &c->input, wait);
        now = wait_now();
    }
}

/* --- start ----------------------------------------------------------------------------------- */

static bool refuse_terminal(Text *why, const char *format, const char *name)
{
    Text clean = {0};
    utf8_clean(&clean, name, strlen(name), false, false);
    text_cut(&clean, utf8_fit(text_string(&clean), clean.len, 60));
    text_format(why, "%s (TERM=%s)", format, text_string(&clean));
    text_done(&clean);
    return false;
}

/* Whether the terminal has a description, and one that says how to move the cursor. setupterm is
 * asked first: newterm's own words would go to the screen. */
static bool suitable(Text *why)
{
    const char *name = getenv("TERM");
    int         error = 0;
    if (!name || !*name) {
        text_add(why, name ? "TERM is empty: it should name the kind of terminal"
                           : "TERM is not set: it should name the kind of terminal");
        return false;
    }
    if (setupterm(name, OUTPUT_FD, &error) != OK)
        return refuse_terminal(why,
                               error == 1 ? "this terminal prints on paper"
                                          : "there is no description of this terminal",
                               name);
    bool moves = capability("cup") != NULL;
    del_curterm(cur_term);
    return moves || refuse_terminal(why, "this terminal can't move its cursor", name);
}

static Depth terminal_depth(void)
{
    int colours = capability_number("colors");
    if (colours < 8) return DEPTH_NONE;
    if (colours < 16) return DEPTH_8;
    if (colours < 256) return DEPTH_16;
    return colours > 256 && (capability_flag("RGB") || capability_number("RGB") > 0) ? DEPTH_DIRECT
                                                                                     : DEPTH_256;
}

/* What was asked for, as far as the terminal goes: numbers above its own would be other colours. */
static Depth choose_depth(int asked)
{
    Depth own = terminal_depth();
    if (asked < 0 || asked >= (int)own) return own;
    if (own == DEPTH_DIRECT && asked >= DEPTH_256) return own; /* its 256 are no palette */
    return (Depth)asked;
}

static void start_colours(Curses *c)
{
    if (c->term.depth == DEPTH_NONE) return;
    if (start_color() != OK || use_default_colors() != OK) c->term.depth = DEPTH_NONE;
}

static void own_keys(Input *in)
{
    for (int k = 0; k < INPUT_CAPABILITIES; k++) {
        const char *bytes = capability(input_capability[k].bytes);
        if (bytes) input_own(in, bytes, input_capability[k].key);
    }
}

/* Input byte by byte, unseen; Ctrl-C and Ctrl-Z stay signals, Ctrl-\ is an unused key. */
static void start_modes(void)
{
    struct termios modes;
    cbreak();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    typeahead(-1); /* input is not curses' business here */
    leaveok(stdscr, FALSE);
    curs_set(1);
    if (tcgetattr(INPUT_FD, &modes) == 0) {
        modes.c_cc[VQUIT] = _POSIX_VDISABLE;
        modes.c_lflag |= NOFLSH; /* else Ctrl-C and Ctrl-Z throw away what restores the screen */
        tcsetattr(INPUT_FD, TCSADRAIN, &modes);
        def_prog_mode();
    }
}

static void start_screen(Curses *c)
{
    set_term(c->screen);
    c->columns = COLS;
    c->rows = LINES;
    c->cup = capability("cup");
    start_modes();
    start_colours(c);
    own_keys(&c->input);
    arm_rescue();
}

static Curses *curses_new(bool ascii, int escape_ms)
{
    Curses *c = malloc(sizeof *c);
    if (!c) return NULL;
    *c = (Curses){
        .term = {.size = curses_size,
                 .show = curses_show,
                 .event = curses_event,
                 .redraw = curses_redraw,
                 .paste = curses_paste,
                 .suspend = curses_suspend,
                 .close = curses_close,
                 .ascii = ascii},
        .fresh = true,
    };
    if (input_start(&c->input, escape_ms)) return c;
    free(c);
    return NULL;
}

/* Signals are caught first: curses then leaves them alone. With its own handlers it would ignore
 * Ctrl-Z while it paints, and lose it. */
static bool open_screen(Curses *c, int color)
{
    if (!signal_catch()) return false;
    rescue_start(INPUT_FD, OUTPUT_FD);
    use_env(FALSE); /* the size is the window's, COLUMNS and LINES are plain mode's */
    use_tioctl(TRUE);
    c->screen = newterm(NULL, stdout, stdin);
    if (!c->screen) {
        signal_release();
        return false;
    }
    /* A coloured blank is written, not erased: what an erase leaves differs from terminal to
     * terminal, and multiplexers forget it. */
    back_color_erase = FALSE;
    c->term.depth = choose_depth(color);
    return true;
}

Term *term_curses(int color, bool ascii, int escape_ms, Text *why)
{
    if (!suitable(why)) return NULL;
    Curses *c = curses_new(ascii, escape_ms);
    if (c && open_screen(c, color)) {
        start_screen(c);
        if (take_size(c)) return &c->term;
        curses_close(&c->term);
    } else if (c) {
        input_done(&c->input);
        free(c);
    }
    refuse_terminal(why, "this terminal could not be opened", getenv("TERM"));
    return NULL;
}
