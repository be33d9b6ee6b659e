/* sure.h - the part of a content atom that its rule puts in without asking the content. */
#ifndef ENGINE_SURE_H
#define ENGINE_SURE_H

#include "engine/mechanism.h"

/* What a leaf with these values is: a content atom with a guaranteed part is hybrid. */
Class sure_class(const Mechanism *mechanism, const Value *value);
/* The guaranteed part of a content atom as an expression; out has no node where there is none. */
Status sure_recipe(const Mechanism *mechanism, const Value *value, Recipe *out) MUST_USE;

#endif
