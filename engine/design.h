/* design.h - the named designs: patterns of the literature that are expressions of atoms. */
#ifndef ENGINE_DESIGN_H
#define ENGINE_DESIGN_H

#include "engine/mechanism.h"

extern const Mechanism design_list[]; /* closed by an entry without a name */

#endif
