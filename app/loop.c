#include "app/loop.h"

#include "app/base/ids.h"
#include "app/base/utf8.h"
#include "app/plain/dialogue.h"
#include "app/view/keymap.h"
#include "app/view/screen.h"
#include "engine/near.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { IDLE_MS = 10000 }; /* a place that moved is saved after so long */

/* ---- opening ----------------------------------------------------------------------------- */

Opener loop_opener(Loop *l)
{
    return (Opener){course_open, &l->course};
}

static void why_text(const Why *why, char *out, size_t size)
{
    snprintf(out, size, "%s%s%s", why->what, why->todo[0] ? ": " : "", why->todo);
}

/* The id that a file's name promises: "23-dense-vs-sparse.lua" -> "dense-vs-sparse". */
static void file_id(const char *file, char out[65])
{
    const char *name = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
    name += strspn(name, "0123456789");
    name += *name == '-';
    snprintf(out, 65, "%.*s", (int)strcspn(name, "."), name);
}

/* A lesson whose head can't be read off its text: it is loaded instead. */
static Status shelve_loaded(Loop *l, const char *file)
{
    Lesson *lesson = NULL;
    Why     why = {0};
    Opener  opener = loop_opener(l);
    Status  status = script_load(&opener, file, &lesson, &why);
    if (status == STATUS_OK) {
        status = shelf_add(&l->session.shelf, file, lesson->id, lesson->title, lesson->minutes, lesson->pages,
                           lesson_questions(lesson), NULL);
        script_free(lesson);
        return status;
    }
    char id[65], message[700];
    file_id(file, id);
    why_text(&why, message, sizeof message);
    return shelf_add(&l->session.shelf, file, id, id, 0, 0, 0, message);
}

static Status shelve(Loop *l, const char *file)
{
    Text       source = {0};
    Why        why = {0};
    LessonHead head = {0};
    Status     status = course_open(&l->course, file, &source, &why);
    if (status == STATUS_OK) status = script_head(text_string(&source), source.len, file, &head, &why);
    text_done(&source);
    if (status == STATUS_OK && head.sure)
        return shelf_add(&l->session.shelf, file, head.id, head.title, head.minutes, head.pages, head.questions, NULL);
    return shelve_loaded(l, file);
}

static Status shelve_all(Loop *l)
{
    Status status = STATUS_OK;
    for (int k = 0; k < l->course.files && status == STATUS_OK; k++) status = shelve(l, l->course.file[k]);
    return status;
}

static void open_journal(Loop *l, const char *state)
{
    Why why = {0};
    l->journal = journal_open(state, &l->session.progress, &why);
    if (l->journal && !journal_saves(l->journal)) {
        char message[700];
        why_text(&why, message, sizeof message);
        session_say(&l->session, true, "not saved: %s", message);
    }
}

Status loop_open(Loop *l, const LoopOptions *options, Why *why)
{
    *l = (Loop){.theme = options->theme};
    Status status = course_find(options->path, options->program, &l->course, why);
    if (status != STATUS_OK) return status;
    status = shelve_all(l);
    if (status != STATUS_OK) return why_say(why, status, 0, "%s", status_sentence(status));
    if (options->seed) {
        l->seeded = true;
        l->root = hash_sha256(options->seed, strlen(options->seed));
    }
    if (options->keep) open_journal(l, options->state);
    l->session.comma = options->comma;
    session_start(&l->session);
    if (options->theme_given) {
        l->session.light_set = true;
        l->session.light = options->theme == THEME_LIGHT || options->theme == THEME_GREY_LIGHT;
    }
    return STATUS_OK;
}

void loop_close(Loop *l)
{
    Lesson *lesson = l->session.lesson;
    session_done(&l->session);
    script_free(lesson);
    journal_close(l->journal);
    course_done(&l->course);
    *l = (Loop){0};
}

/* ---- serving ----------------------------------------------------------------------------- */

/* What can't be written the journal keeps, and tries again with the next entry. */
static void save_outbox(Loop *l)
{
    Session *s = &l->session;
    Why      why = {0};
    bool     unsaved = false, saves = l->journal && journal_saves(l->journal);
    for (int k = 0; k < s->outgoing && saves; k++)
        unsaved |= journal_append(l->journal, &s->outbox[k], &why) != STATUS_OK;
    if (unsaved) session_say(s, true, "not saved: %s", why.what);
    else if (l->unsaved && s->outgoing > 0 && saves) session_say(s, false, "saved again");
    if (s->outgoing > 0) l->unsaved = unsaved;
    session_saved(s);
}

static void serve_open(Loop *l, Request wanted)
{
    Session *s = &l->session;
    Lesson  *lesson = NULL, *old = s->lesson;
    Opener   opener = loop_opener(l);
    Why      why = {0};
    char     message[700];
    if (script_load(&opener, s->shelf.lesson[wanted.lesson].file, &lesson, &why) == STATUS_OK) {
        session_lesson(s, lesson);
        if (old) script_free(old);
        return;
    }
    why_text(&why, message, sizeof message);
    session_refused(s, message);
}

static void serve_deal(Loop *l, Request wanted)
{
    Session  *s = &l->session;
    Question *q = NULL;
    Why       why = {0};
    Status    status;
    char      message[700];
    if (l->seeded) {
        const char *lesson = s->lesson->id, *page = s->lesson->page[wanted.page].id;
        status = script_deal_seed(s->lesson, wanted.page, hash_variant_seed(l->root, lesson, page, wanted.variant, false),
                                  hash_variant_seed(l->root, lesson, page, wanted.variant, true), &q, &why);
    } else status = script_deal(s->lesson, wanted.page, wanted.variant, &q, &why);
    if (status == STATUS_OK) {
        session_question(s, q);
        return;
    }
    why_text(&why, message, sizeof message);
    session_refused(s, message);
}

void loop_serve(void *loop)
{
    Loop *l = loop;
    for (;;) {
        save_outbox(l);
        RequestKind kind = l->session.request.kind;
        if (kind != REQUEST_OPEN && kind != REQUEST_DEAL) return;
        Request wanted = session_wants(&l->session);
        if (kind == REQUEST_OPEN) serve_open(l, wanted);
        else serve_deal(l, wanted);
    }
}

/* ---- starting ---------------------------------------------------------------------------- */

static const char *page_name(int k, const void *context)
{
    const Lesson *l = context;
    return k < l->pages ? l->page[k].id : NULL;
}

static Status no_lesson(Loop *l, const char *id, Why *why)
{
    const char *near = shelf_near(&l->session.shelf, id);
    Status      status = near ? why_say(why, STATUS_MISSING, 0, "no lesson \"%s\"; did you mean \"%s\"? (attend list)", id, near)
                              : why_say(why, STATUS_MISSING, 0, "no lesson \"%s\"", id);
    if (!near) why_todo(why, "attend list shows those there are");
    return status;
}

static Status no_page(const Lesson *lesson, const char *page, Why *why)
{
    const char *near = near_name(page, strlen(page), page_name, lesson);
    if (near) return why_say(why, STATUS_MISSING, 0, "%s has no page \"%s\"; did you mean \"%s\"?", lesson->id, page, near);
    Status status = why_say(why, STATUS_MISSING, 0, "%s has no page \"%s\"", lesson->id, page);
    Text   list = {0};
    for (int k = 0; k < lesson->pages; k++) text_format(&list, "%s%s", k ? " " : "", lesson->page[k].id);
    why_todo(why, "its pages: %s", text_string(&list));
    text_done(&list);
    return status;
}

/* The place of a page in a lesson of the shelf. */
static Status find_page(Loop *l, int lesson, const char *page, int *out, Why *why)
{
    Lesson *loaded = NULL;
    Opener  opener = loop_opener(l);
    Status  status = script_load(&opener, l->session.shelf.lesson[lesson].file, &loaded, why);
    if (status != STATUS_OK) return status;
    *out = lesson_find(loaded, page);
    if (*out < 0) status = no_page(loaded, page, why);
    script_free(loaded);
    return status;
}

Status loop_start(Loop *l, const char *place, Why *why)
{
    Session *s = &l->session;
    char     id[65], page[65];
    int      at = -1;
    if (!place) {
        if (session_has_continue(s)) session_apply(s, (Action){.kind = ACTION_OPEN, .number = shelf_find(&s->shelf, s->progress.lesson), .other = -1});
        loop_serve(l);
        return STATUS_OK;
    }
    if (!id_split(place, id, page)) return why_say(why, STATUS_MISSING, 0, "\"%.100s\" is no place; write LESSON or LESSON#PAGE", place);
    int lesson = shelf_find(&s->shelf, id);
    if (lesson < 0) return no_lesson(l, id, why);
    if (s->shelf.lesson[lesson].error || page[0]) {
        Status status = find_page(l, lesson, page[0] ? page : "", &at, why);
        if (status != STATUS_OK) return status;
    }
    session_apply(s, (Action){.kind = ACTION_OPEN, .number = lesson, .other = at});
    loop_serve(l);
    if (s->shelf.lesson[lesson].error) return why_say(why, STATUS_LESSON, 0, "%s", s->shelf.lesson[lesson].error);
    return STATUS_OK;
}

/* ---- curses ------------------------------------------------------------------------------ */

static Theme loop_theme(const Loop *l)
{
    bool grey = l->theme == THEME_GREY_DARK || l->theme == THEME_GREY_LIGHT;
    if (l->session.light) return grey ? THEME_GREY_LIGHT : THEME_LIGHT;
    return grey ? THEME_GREY_DARK : THEME_DARK;
}

Status loop_frame(Loop *l, ScreenView *view, Canvas *canvas, Term *term)
{
    Measure measure = {0};
    Why     why = {0};
    screen_fit(view, &l->session, canvas, &measure);
    Status status = session_measure(&l->session, &measure, &why);
    if (status != STATUS_OK) session_say(&l->session, false, "%s", why.what);
    canvas_clear(canvas);
    screen_draw(view, &l->session, canvas);
    term->paste(term, session_in_field(&l->session));
    term->show(term, canvas, loop_theme(l));
    return status;
}

/* Loads one lesson that was only read by its head, so that a broken one is marked in the list. */
static bool verify_next(Loop *l)
{
    Shelf *shelf = &l->session.shelf;
    int    k = l->verify++;
    if (shelf->lesson[k].error) return false;
    Lesson *lesson = NULL;
    Opener  opener = loop_opener(l);
    Why     why = {0};
    if (script_load(&opener, shelf->lesson[k].file, &lesson, &why) == STATUS_OK) {
        script_free(lesson);
        return false;
    }
    char message[700];
    why_text(&why, message, sizeof message);
    return shelf_fail(shelf, k, message) == STATUS_OK;
}

void loop_verify(Loop *l)
{
    while (l->verify < l->session.shelf.lessons) (void)verify_next(l);
}

static void paste(Loop *l, const Event *event)
{
    Text text = {0};
    for (size_t k = 0; k < event->len; k++) text_add_char(&text, event->text[k] ? event->text[k] : ' ');
    session_apply(&l->session, (Action){.kind = ACTION_PASTE, .text = text_string(&text)});
    text_done(&text);
}

bool loop_event(Loop *l, Term *term, const Event *event, int *exit_status)
{
    Session *s = &l->session;
    switch (event->kind) {
    case EVENT_NONE:
        session_tick(s);
        break;
    case EVENT_KEY:
        session_apply(s, keymap_action(s, event->key));
        break;
    case EVENT_PASTE:
        paste(l, event);
        break;
    case EVENT_RESIZE:
        session_apply(s, (Action){.kind = ACTION_RESIZE, .number = event->columns, .other = event->rows});
        break;
    case EVENT_RESUME:
        term->redraw(term);
        break;
    case EVENT_SIGNAL: case EVENT_END:
        session_save_place(s);
        loop_serve(l);
        *exit_status = 128 + (event->kind == EVENT_SIGNAL ? event->signal : SIGHUP);
        return false;
    }
    loop_serve(l);
    RequestKind wanted = session_wants(s).kind;
    if (wanted == REQUEST_SUSPEND) term->suspend(term);
    if (wanted == REQUEST_REDRAW) term->redraw(term);
    *exit_status = 0;
    return wanted != REQUEST_QUIT;
}

static bool fit_canvas(Canvas *canvas, const Term *term)
{
    int columns, rows;
    term->size(term, &columns, &rows);
    canvas->ascii = term->ascii;
    canvas->depth = term->depth;
    return (columns == canvas->columns && rows == canvas->rows) || canvas_size(canvas, columns, rows);
}

int loop_curses(Loop *l, Term *term)
{
    Canvas      canvas = {0};
    ScreenView *view = screen_new();
    int         exit_status = 0;
    bool        goes_on = view != NULL, changed = true;
    while (goes_on && fit_canvas(&canvas, term)) {
        Event event = {0};
        bool  verifies = l->verify < l->session.shelf.lessons;
        if (changed) (void)loop_frame(l, view, &canvas, term);
        term->event(term, verifies ? 0 : IDLE_MS, &event);
        changed = event.kind != EVENT_NONE;
        if (!changed && verifies) changed = verify_next(l) && l->session.screen == SCREEN_HOME;
        else goes_on = loop_event(l, term, &event, &exit_status);
    }
    screen_free(view);
    canvas_done(&canvas);
    term->close(term);
    return exit_status;
}

/* ---- plain ------------------------------------------------------------------------------- */

typedef struct {
    Loop  *loop;
    char  *line;
    size_t cap;
    bool   gone;  /* nobody reads any more */
    bool   typed; /* at a terminal, which echoes */
    bool   ascii;
} Talk;

static void talk_write(void *context, const char *text, size_t len)
{
    Talk *t = context;
    if (!t->gone && fwrite(text, 1, len, stdout) != len) t->gone = true;
}

/* A terminal shows what is typed; of a pipe the line is written behind its prompt, so that the
 * transcript reads alike. */
static void talk_echo(Talk *t, size_t len)
{
    Text shown = {0};
    utf8_clean(&shown, t->line, len, false, t->ascii);
    text_add_char(&shown, '\n');
    talk_write(t, text_string(&shown), shown.len);
    text_done(&shown);
}

static bool talk_read(void *context, Text *out)
{
    Talk *t = context;
    if (t->gone || fflush(stdout) != 0) return false;
    ssize_t len = getline(&t->line, &t->cap, stdin);
    if (len < 0) return false;
    while (len > 0 && (t->line[len - 1] == '\n' || t->line[len - 1] == '\r')) len--;
    text_clear(out);
    text_add_bytes(out, t->line, (size_t)len);
    if (!t->typed) talk_echo(t, (size_t)len);
    return true;
}

static void talk_serve(void *context)
{
    loop_serve(((Talk *)context)->loop);
}

int loop_plain(Loop *l, int columns, bool ascii)
{
    Talk     talk = {.loop = l, .typed = isatty(STDIN_FILENO) != 0, .ascii = ascii};
    Dialogue dialogue = {.session = &l->session, .read = talk_read, .write = talk_write, .serve = talk_serve,
                         .context = &talk, .columns = columns, .ascii = ascii};
    if (l->session.screen == SCREEN_HOME) loop_verify(l);
    dialogue_run(&dialogue);
    free(talk.line);
    return 0;
}
