#include "app/cmd/marks.h"
#include "app/cmd/out.h"

#include "app/base/utf8.h"

#include <ctype.h>
#include <string.h>

static int run(const CmdCall *call);

static const CmdOption option[] = {
    {"--find", "TEXT", "only lessons whose id or title holds the text", NULL},
};

const Cmd cmd_list = {
    .name = "list",
    .synopsis = "[--find TEXT] [--json]",
    .summary = "the lessons, with marks and minutes",
    .help = "One line a lesson: its mark, id, title, minutes, and how many of its questions were "
            "answered right. "
            "Marks: - new, > started, + done, ~ done with pages skipped, ! does not load.",
    .example = "list --json",
    .option = option,
    .options = sizeof option / sizeof *option,
    .bare = true,
    .run = run,
};

static bool holds(const char *text, const char *piece)
{
    size_t len = strlen(piece);
    for (; *text; text++) {
        size_t k = 0;
        while (k < len && tolower((unsigned char)text[k]) == tolower((unsigned char)piece[k])) k++;
        if (k == len) return true;
    }
    return len == 0;
}

static void add_padded(const char *text, int columns, Text *out)
{
    Text clean = {0};
    utf8_clean(&clean, text, strlen(text), false, false);
    int used = utf8_columns(text_string(&clean), clean.len);
    text_format(out, "%s%*s", text_string(&clean), used < columns ? columns - used : 0, "");
    text_done(&clean);
}

static void add_line(const Session *s, int k, Text *out)
{
    enum { ID = 22, TITLE = 40 };
    const ShelfEntry *e = &s->shelf.lesson[k];
    ShelfMark         mark = shelf_mark(&s->shelf, k, &s->progress);
    text_format(out, "%c ", mark.mark);
    add_padded(e->id, ID, out);
    text_add_char(out, ' ');
    if (e->error) {
        add_padded(e->error, 0, out);
    } else {
        add_padded(e->title, TITLE, out);
        text_format(out, " %3d min  %d of %d", e->minutes, mark.done, mark.questions);
        if (mark.skipped) text_format(out, ", %d skipped", mark.skipped);
    }
    text_add_char(out, '\n');
}

static int run(const CmdCall *call)
{
    Front       front;
    Loop        loop;
    Text        out = {0};
    const char *find = cmd_option(call, "--find");
    int         status = front_read(call, &front), listed = 0;
    if (status == EXIT_DONE) status = front_loop(call, &front, true, &loop);
    if (status != EXIT_DONE) return status;
    loop_verify(&loop);
    if (call->json) text_add_char(&out, '[');
    for (int k = 0; k < loop.session.shelf.lessons; k++) {
        const ShelfEntry *e = &loop.session.shelf.lesson[k];
        if (find && !holds(e->id, find) && !holds(e->title, find)) continue;
        if (call->json && listed) text_add_char(&out, ',');
        if (call->json)
            mark_json(&loop.session, k, &out);
        else
            add_line(&loop.session, k, &out);
        listed++;
    }
    if (call->json)
        text_add(&out, "]\n");
    else if (!listed)
        text_add(&out, "No lesson holds that text.\n");
    loop_close(&loop);
    return out_all(&out, call);
}
