/* trained.h - what the four forms of `model` share: the model of the course, the text in windows,
 * and the pattern in its layers. */
#ifndef APP_CMD_TRAINED_H
#define APP_CMD_TRAINED_H

#include "app/cmd/cmd.h"
#include "app/store/model.h"

#include "engine/transformer/reading.h"

typedef struct {
    const CmdCall *call;
    StoredModel    stored;
    Transformer   *transformer;
    ModelShape     shape;
    Text           text;                    /* --text or --text-file */
    Recipe         recipe;                  /* of --pattern; without nodes: none was given */
    bool           patterned[MODEL_LAYERS]; /* --layers; all without it, if there is a pattern */
    const Recipe  *rule[MODEL_LAYERS];      /* recipe where patterned, else NULL */
} Trained;                                  /* {0} */

/* Reads --text or --text-file, --pattern, --layers and the model. The exit status, after a message
 * unless it is 0. trained_close ends it, whatever came back; it is not moved in between. */
int  trained_open(const CmdCall *call, Trained *out);
void trained_close(Trained *m);

/* A text longer than the model's context, less the newline in front, is read in windows, each with
 * a newline of its own. */
int64_t trained_window(const Trained *m); /* most bytes of a window */
int64_t trained_windows(const Trained *m);
/* Window k, read with the rules (NULL: full attention everywhere). The exit status. */
int trained_read(const Trained *m, int64_t k, const Recipe *const *rule, Reading **out);
/* "bytes 255-509 of 700, window 2 of 3". */
void trained_place(const Trained *m, int64_t k, Text *out);

/* The pattern on one head of a reading; NULL where there is none. Borrows *problem, which the
 * caller ends. The exit status. */
int trained_bind(const Trained *m, const Reading *r, int layer, int head, Problem *problem,
                 Pattern **out);

#endif
