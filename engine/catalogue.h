/* catalogue.h - every atom and every named design, by name. Atoms come from mech/ by a list that
 * the build makes of its file names; designs are rows of design.c. */
#ifndef ENGINE_CATALOGUE_H
#define ENGINE_CATALOGUE_H

#include "engine/mechanism.h"

int              catalogue_count(void);
const Mechanism *catalogue_at(int k); /* atoms first, then designs, each by name; 0 <= k < count */
const Mechanism *catalogue_find(const char *name, size_t len); /* NULL if there is none */
const char      *catalogue_near(const char *name, size_t len); /* the nearest name, or NULL */
/* The nearest parameter of a mechanism to a mistyped one; NULL if none is near. */
const char *catalogue_near_param(const Mechanism *mechanism, const char *name, size_t len);

#endif
