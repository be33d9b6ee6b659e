/* question.h - one variant of a question: prompt, right answer, named wrong answers, hints.
 *
 * The right answer and the wrong ones were computed by the lesson from the same parameters when the
 * variant was dealt. Always: no wrong row equals the right answer or another row; every wrong row
 * has a slip and a sentence; option ids differ. A Question owns all it points to. */
#ifndef APP_TUTOR_QUESTION_H
#define APP_TUTOR_QUESTION_H

#include "app/base/number.h"
#include "app/tutor/figure.h"

enum { QUESTION_TRIES = 9, QUESTION_OPTIONS = 9, QUESTION_WRONG = 32, QUESTION_BOXES = 8, QUESTION_ITEMS = 32 };

#define QUESTION_LIST(X)                                                                          \
    X(CLASSIFY, "classify")                                                                       \
    X(INTEGER, "integer")                                                                         \
    X(NUMBER, "number")                                                                           \
    X(INDICES, "indices")                                                                         \
    X(CHOICE, "choice")

typedef enum {
#define QUESTION_ENUM(name, word) QUESTION_##name,
    QUESTION_LIST(QUESTION_ENUM)
#undef QUESTION_ENUM
} QuestionKind;

typedef struct {
    Number *value;  /* one a box */
    char   *slip;   /* id */
    char   *sentence;
    Runs    keys;   /* what the learner must have counted; marked in the figure */
    bool    has_keys;
} Wrong;

typedef struct {
    char *text;
    char *feedback; /* shown when it was picked; of a right option: why it is right; may be NULL */
    char *slip;     /* may be NULL */
    char *id;
    bool  right;
} Option;

typedef struct {
    char   *text;   /* may be NULL */
    Figure *figure; /* may be NULL */
    int     right;  /* index of the option */
} Item;

typedef struct {
    char  *text;
    double cost;
} Hint;

typedef struct {
    char *slip, *page;
} ReadAgain;

typedef struct Question {
    QuestionKind kind;
    char        *prompt;
    Figure      *figure;   /* NULL: none, or each item has its own */
    int          price[QUESTION_TRIES];
    int          tries;    /* 0: as many as one likes */
    int          points;   /* what a right first try gives */
    bool         predict;  /* no points; the figure is released and answers */
    unsigned     require;  /* TOOL_ bits that wake submit */
    Hint        *hint;
    int          hints;
    char        *explain;  /* NULL: the working is made from the rule */
    ReadAgain   *again;
    int          agains;

    /* integer, number */
    Number      *right;
    int          boxes;    /* how many numbers are asked for; 1 for the other typed kinds */
    char       **box_label; /* NULL, or one a box */
    double       tolerance; /* of a number: absolute, or a share of the right value */
    bool         relative;
    char        *unit;     /* NULL: none */
    NumberName  *name;
    int          names;
    Wrong       *wrong;
    int          wrongs;

    /* indices */
    Runs         set;
    int64_t      set_n;    /* keys are 0 .. set_n-1 */
    bool         whole;    /* all or nothing */

    /* choice, classify */
    Option      *option;   /* classify: the verdicts */
    int          options;
    int          order[QUESTION_OPTIONS]; /* place on the screen -> index; shuffled once a variant */
    Item        *item;     /* classify: one at least */
    int          items;
} Question;

void        question_free(Question *q); /* NULL is fine */
const char *question_word(QuestionKind kind);
int         question_right_option(const Question *q, int item); /* index into option */
/* The figure that goes with an item (or the question's own); may be NULL. */
const Figure *question_figure(const Question *q, int item);

#endif
