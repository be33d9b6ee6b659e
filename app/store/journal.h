/* journal.h - the progress file: JSON lines, only ever appended to.
 *
 * An entry is one write under a lock, then fsync; a torn last line is ended by the next writer and
 * never read. A file of a newer format is left alone and nothing is saved. */
#ifndef APP_STORE_JOURNAL_H
#define APP_STORE_JOURNAL_H

#include "app/base/text.h"
#include "app/tutor/progress.h"

typedef struct Journal Journal;

/* folder: --state, or NULL: ATTEND_STATE, $XDG_STATE_HOME/attend, ~/.local/state/attend. Creates
 * nothing until the first entry. Folds what is there into progress. A journal is returned also if it
 * can't save: then why says so and journal_saves is false. NULL only without memory. */
Journal *journal_open(const char *folder, Progress *progress, Why *why);
void     journal_close(Journal *j);
bool     journal_saves(const Journal *j);
Status journal_status(const Journal *j); /* why it does not save: NEWER, DAMAGED, WRITE; else OK */
int    journal_passed_over(const Journal *j); /* lines that did not parse */
const char *journal_path(const Journal *j);
/* Appends. STATUS_LOCKED after 2 s, STATUS_WRITE if it can't be written: the entry is kept in memory
 * and tried again with the next one. */
Status journal_append(Journal *j, const Entry *entry, Why *why) MUST_USE;
/* Reads what other programs appended since; folds it into progress. */
Status journal_catch_up(Journal *j, Progress *progress, Why *why) MUST_USE;

#endif
