/* Any bytes as lesson text: read, and set in lines of a width that the first byte chooses. */
#include "app/base/markdown.h"
#include "app/base/utf8.h"
#include "app/base/wrap.h"

#include <locale.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds) abort();
}

static void check_lines(const Wrapped *w, int columns)
{
    for (int k = 0; k < w->lines; k++) {
        int used = 0;
        for (int p = 0; p < w->line[k].pieces; p++) {
            const WrapPiece *piece = &w->piece[w->line[k].piece + p];
            require(piece->from + piece->len <= w->text.len);
            used += piece->columns;
        }
        require(used <= columns);
    }
    require(utf8_valid(text_string(&w->text), w->text.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Markdown m;
    Wrapped  w = {0};
    if (size < 1) return 0;
    setlocale(LC_CTYPE, "C.UTF-8"); /* where runes have two columns, and none */
    int columns = 4 + data[0] % 80;
    if (!markdown_read((const char *)data + 1, size - 1, &m)) return 0;
    for (int ascii = 0; ascii < 2; ascii++) {
        wrap_markdown(&w, &m, columns, ascii, NULL, NULL);
        check_lines(&w, columns);
    }
    wrap_done(&w);
    markdown_done(&m);
    return 0;
}
