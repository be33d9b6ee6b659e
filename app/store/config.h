/* config.h - the configuration file: `name = value` lines, # comments, quoted values.
 *
 * First of --config, ATTEND_CONFIG, $XDG_CONFIG_HOME/attend/config. A line that can't be read is a
 * warning with its number; the rest applies. */
#ifndef APP_STORE_CONFIG_H
#define APP_STORE_CONFIG_H

#include "app/base/text.h"

#include "engine/status.h"

#include <stdbool.h>

/* Names that are honoured; "" where the file says nothing. */
typedef struct {
    char color[16], theme[16], glyphs[16], decimal[16], plain[16], width[16], escape_ms[16];
} Config;

/* path: --config, or NULL for the places above; a file that was not named may be missing. Warnings
 * are whole lines, added to `warnings`. */
Status config_read(const char *path, Config *out, Text *warnings, Why *why) MUST_USE;

#endif
