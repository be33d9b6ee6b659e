/* writer.h - text into a buffer of fixed size, counted as snprintf counts.
 *
 * What does not fit is dropped, but len goes on counting, so that the caller learns the size he
 * would have needed. Nothing is allocated. The buffer is the caller's; size may be 0. */
#ifndef ENGINE_WRITER_H
#define ENGINE_WRITER_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    char  *out;
    size_t size, len; /* len: bytes of the whole text so far */
} Writer;

void writer_bytes(Writer *w, const char *bytes, size_t len);
void writer_text(Writer *w, const char *text);
void writer_integer(Writer *w, int64_t value);
/* A real with the fewest digits that read back as the same double, with a point in every locale. */
void writer_real(Writer *w, double value);
/* Closes the text with NUL and returns its full length. */
size_t writer_end(Writer *w);

#endif
