/* progress.h - what a learner did, as entries in order, and what follows from them.
 *
 * The record is append-only: an Entry is written once and never changed. Marks, drafts, places and
 * variants are folded from the entries. A Progress owns its folds. */
#ifndef APP_TUTOR_PROGRESS_H
#define APP_TUTOR_PROGRESS_H

#include "engine/status.h"

#include <stdbool.h>

/* name, word in the file */
#define ENTRY_LIST(X)                                                                             \
    X(PLACE, "place")                                                                             \
    X(DRAFT, "draft")                                                                             \
    X(SUBMIT, "submit")                                                                           \
    X(HINT, "hint")                                                                               \
    X(VARIANT, "variant")                                                                         \
    X(SKIP, "skip")                                                                               \
    X(UNSKIP, "unskip")                                                                           \
    X(DONE, "done")                                                                               \
    X(RESET, "reset")                                                                             \
    X(PREF, "pref")

typedef enum {
#define ENTRY_ENUM(name, word) ENTRY_##name,
    ENTRY_LIST(ENTRY_ENUM)
#undef ENTRY_ENUM
} EntryKind;

enum { ENTRY_STATES = 24, ENTRY_BOXES = 32 };

typedef struct {
    char   name[32];
    double value;
} EntryState;

/* Strings are borrowed: from the session while it is written, from the reader while it is folded. */
typedef struct {
    EntryKind   kind;
    const char *lesson, *page; /* reset: "*" is everything, page "" the whole lesson */
    int         step;          /* place */
    EntryState  state[ENTRY_STATES]; /* place */
    int         states;
    int         variant;       /* draft, submit, variant, hint: of this variant */
    int         number;        /* hint: which, from 1 */
    int         tries;         /* submit: which try it was, from 1 */
    double      points, max;
    bool        right;
    const char *slip;          /* submit: "" if none */
    const char *answer[ENTRY_BOXES]; /* draft, submit: raw texts, or option ids */
    int         answers;
    bool        picks;         /* answers are option ids */
    const char *key, *value;   /* pref */
    const char *sha, *version; /* done */
} Entry;

/* What is known of one page. */
typedef struct {
    char   lesson[65], page[65];
    int    variant;      /* the one being played, from 1 */
    int    tries;        /* submits of this variant */
    int    hints;        /* opened in this variant */
    bool   right;        /* this variant was answered right */
    bool   closed;       /* right, or no try left */
    bool   ever_right, ever_tried, skipped;
    double points, max;  /* best of the variant that earned most */
    double variant_points; /* of this variant */
    char **answer;       /* the last draft or submit of this variant; owned */
    int    answers;
    bool   picks, draft; /* draft: not submitted yet */
    char   slip[65];     /* of the last submit, "" if none */
    int    step;         /* page: reveal steps seen */
    EntryState state[ENTRY_STATES];
    int    states;
    bool   seen;
} PageRecord;

typedef struct {
    PageRecord *page;
    int         pages, cap;
    char        lesson[65], at[65]; /* the last place: lesson and page; "" if none */
    struct LessonRecord {
        char lesson[65], at[65]; /* the last place in it */
        char done_sha[13];
        bool done;
    } *book;
    int  books, book_cap;
    char theme[16]; /* pref; "" if none */
} Progress;

void              progress_done(Progress *p);
Status            progress_take(Progress *p, const Entry *e) MUST_USE; /* folds one entry */
const PageRecord *progress_page(const Progress *p, const char *lesson, const char *page); /* NULL: nothing yet */
const struct LessonRecord *progress_lesson(const Progress *p, const char *lesson);
const char       *entry_word(EntryKind kind);
bool              entry_find(const char *word, EntryKind *out);

#endif
