/* ids.h - the names of lessons and questions: 1 to 64 of a-z 0-9 -. */
#ifndef APP_BASE_IDS_H
#define APP_BASE_IDS_H

#include <stdbool.h>
#include <stddef.h>

bool id_valid(const char *id);
/* Splits "lesson#page" into its parts; page is "" if there is no #. false if a part is too long
 * (64) or empty before the #. */
bool id_split(const char *ref, char lesson[65], char page[65]);

#endif
