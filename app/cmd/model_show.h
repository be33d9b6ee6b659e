/* model_show.h - one head of the trained model over a text: picture, csv, json. */
#ifndef APP_CMD_MODEL_SHOW_H
#define APP_CMD_MODEL_SHOW_H

#include "app/cmd/trained.h"

int model_show(const Trained *m); /* the exit status */

#endif
