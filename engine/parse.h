/* parse.h - the parser without the limit of length, for what the engine itself writes. */
#ifndef ENGINE_PARSE_H
#define ENGINE_PARSE_H

#include "engine/recipe.h"

Status parse_expression(const char *text, size_t len, Recipe *out, Why *why) MUST_USE;

#endif
