/* parse.h - the parser without the limit of length, for what the engine itself writes. */
#ifndef ENGINE_PARSE_H
#define ENGINE_PARSE_H

#include "engine/recipe.h"
#include "engine/scan.h"

Status parse_expression(const char *text, size_t len, Recipe *out, Why *why) MUST_USE;
/* The expression that begins at the scan's place, which then stands behind it. */
Status parse_next(Scan *scan, Recipe *out) MUST_USE;

#endif
