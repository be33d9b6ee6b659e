/* strip.h - the text strip: the words of the figure, wrapped, as the query under the cursor reads
 * them.
 *
 *       the  old  boat  drifted  down  the  river  while >on<|  the  deck
 *
 * Words of G stand bold on the colour of their weight (without colour its digit stands behind:
 * old3), skipped ones plain, those after the query dim, the key under the cursor is underlined. */
#ifndef APP_VIEW_STRIP_H
#define APP_VIEW_STRIP_H

#include "app/view/frame.h"
#include "app/view/sheet.h"

bool strip_wanted(const Lab *lab);
/* With compare two strips, dense first; one if `both` is false. Begins with its label. */
void strip_put(const Frame *f, bool both, Sheet *out);

#endif
