/* Any bytes as a .npy file: what is read has a shape as large as the bytes, and a head that is written
 * for it says the same again; what is not is refused with a sentence. */
#include "app/store/npy.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    NpyHead head, again;
    Why     why = {0};
    Text    text = {0};
    Status  status = npy_parse((const char *)data, size, (int64_t)size, "x.npy", &head, &why);
    require(status == STATUS_OK || status == STATUS_DAMAGED || status == STATUS_LIMIT);
    require((status == STATUS_OK) == (why.what[0] == '\0'));
    if (status != STATUS_OK) return 0;
    int64_t bytes = head.numbers * (head.wide ? 8 : 4);
    require(head.rank >= 0 && head.rank <= NPY_RANK && head.start + bytes == (int64_t)size);
    npy_add_head(head.shape, head.rank, head.wide, &text);
    require(npy_parse(text.at, text.len, (int64_t)text.len + bytes, "y.npy", &again, &why) == STATUS_OK);
    require(again.rank == head.rank && again.wide == head.wide && again.numbers == head.numbers && !again.big);
    require(memcmp(again.shape, head.shape, sizeof head.shape) == 0);
    text_done(&text);
    return 0;
}
