#include "app/cmd/marks.h"
#include "app/cmd/out.h"

static int run(const CmdCall *call);

const Cmd cmd_status = {
    .name = "status",
    .synopsis = "[--json]",
    .summary = "where you are, lesson by lesson",
    .help = "Where the course goes on, how far each lesson is, and in which file that is kept.",
    .example = "status",
    .bare = true,
    .run = run,
};

static void add_lesson(const Session *s, int k, Text *out)
{
    const ShelfEntry *e = &s->shelf.lesson[k];
    ShelfMark         mark = shelf_mark(&s->shelf, k, &s->progress);
    double            points, max;
    mark_points(&s->progress, e->id, &points, &max);
    text_format(out, "%-22s %-8s", e->id, mark_word(mark.mark));
    if (!e->error) text_format(out, " %d of %d questions right", mark.done, mark.questions);
    if (max > 0) {
        text_add(out, ", ");
        text_add_real(out, points, 3);
        text_add(out, " of ");
        text_add_real(out, max, 3);
        text_add(out, " points");
    }
    if (mark.skipped) text_format(out, ", %d skipped", mark.skipped);
    if (mark.at[0]) text_format(out, ", at %s", mark.at);
    text_add_char(out, '\n');
}

static void add_text(const Loop *loop, Text *out)
{
    const Session *s = &loop->session;
    if (s->progress.lesson[0])
        text_format(out, "Goes on at %s#%s: attend\n", s->progress.lesson, s->progress.at);
    else
        text_add(out, "Nothing begun yet: attend\n");
    for (int k = 0; k < s->shelf.lessons; k++) add_lesson(s, k, out);
    if (!loop->journal) return;
    text_format(out, "Kept in %s\n", journal_path(loop->journal));
    if (journal_passed_over(loop->journal))
        text_format(out, "%d lines there can't be read; they are left as they are\n",
                    journal_passed_over(loop->journal));
    if (!journal_saves(loop->journal)) text_format(out, "%s\n", s->status);
}

static int run(const CmdCall *call)
{
    Front front;
    Loop  loop;
    Text  out = {0};
    int   status = front_read(call, &front);
    if (status == EXIT_DONE) status = front_loop(call, &front, true, &loop);
    if (status != EXIT_DONE) return status;
    loop_verify(&loop);
    if (!call->json) {
        add_text(&loop, &out);
    } else {
        text_add_char(&out, '[');
        for (int k = 0; k < loop.session.shelf.lessons; k++) {
            if (k) text_add_char(&out, ',');
            mark_json(&loop.session, k, &out);
        }
        text_add(&out, "]\n");
    }
    loop_close(&loop);
    return out_all(&out, call);
}
