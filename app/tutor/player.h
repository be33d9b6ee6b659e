/* player.h - one page of a lesson being played: its figure, its reveal steps, or its question with
 * answer, tries and verdict. */
#ifndef APP_TUTOR_PLAYER_H
#define APP_TUTOR_PLAYER_H

#include "app/tutor/grade.h"
#include "app/tutor/lesson.h"
#include "app/tutor/progress.h"

typedef enum {
    ASK_OPEN,   /* waits for an answer */
    ASK_NOTYET, /* the last submit was not right, tries are left */
    ASK_RIGHT,
    ASK_CLOSED  /* no try left: the working is shown */
} AskState;

typedef struct {
    const Lesson *lesson; /* borrowed from the session */
    int           page;
    int           step;   /* reveal steps shown, from 1 */
    Lab          *lab;    /* labs of the page: one a figure, or one an item; owned */
    int           labs;
    int           shown;  /* which lab is on the screen; -1: no figure */

    Question *question;   /* NULL on a page; owned */
    int       variant;
    Answer    answer;
    int       item;       /* classify: the item on the screen */
    int       option;     /* the option under the cursor, place on the screen */
    int       box;        /* the box that has the focus */
    AskState  state;
    int       tries;      /* submits of this variant */
    int       hints;      /* opened */
    Verdict   verdict;    /* of the last submit; valid unless ASK_OPEN */
    double    points;     /* of this variant */
    Text      echo;       /* "7" while the draft can be read */
    Text      unread;     /* why it can't, asked for by a submit */
    Text      working;    /* after RIGHT or CLOSED */
    bool          comma;  /* decimals with a comma */
    bool          stale;  /* the draft is the answer that was just graded; the next key begins anew */
    char          problem[720]; /* the page could not be built: its message; "" if all is well */
} Player; /* {0} */

void   player_done(Player *p);
/* A page of parts: opens its figures. record: what is known of it, may be NULL. */
Status player_page(Player *p, const Lesson *lesson, int page, const PageRecord *record, Why *why) MUST_USE;
/* A question page; takes the question over. */
Status player_ask(Player *p, const Lesson *lesson, int page, Question *question, int variant,
                  const PageRecord *record, Why *why) MUST_USE;

/* questions */
const Page *player_at(const Player *p);
Lab        *player_lab(const Player *p); /* the one on the screen, NULL if none */
bool        player_typed(const Player *p); /* asks for typed text */
int         player_tries_left(const Player *p); /* -1: no limit */
unsigned    player_missing(const Player *p); /* TOOL_ bits that `require` still asks for, of all items */
double      player_next_points(const Player *p); /* what a right answer would give now */
/* Which figure of a page is on the screen at a step: the last one up to it; -1. */
int         player_figure_at(const Page *page, int step);

/* changes */
void player_read(Player *p);  /* the draft changed: echo */
bool player_submit(Player *p, Why *why); /* true if it was graded (a try); false: unread says why */

#endif
