/* near.h - the known name nearest to one that was mistyped. */
#ifndef ENGINE_NEAR_H
#define ENGINE_NEAR_H

#include <stddef.h>

/* Of the names that next(k, context) gives for k = 0, 1, ... until NULL, the one with the least
 * edit distance to the len bytes of typed (Damerau: an adjacent swap counts one, a capital for a
 * small letter nothing), if that is close enough to be what was meant: at most a third of the
 * longer one and 1 at least; a name that begins with typed (two letters at least), or of which
 * typed is a longer form, counts as near too. NULL if none is. */
const char *near_name(const char *typed, size_t len,
                      const char *(*next)(int k, const void *context), const void *context);

#endif
