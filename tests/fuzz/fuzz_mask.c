/* Any bytes as an index mask, in both backgrounds: what is read are good sets inside the background, and
 * printing them gives a mask that reads back as the same. */
#include "app/store/mask.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds) abort();
}

static void add_row(int64_t i, const Runs *row, Text *out)
{
    text_format(out, "%lld:", (long long)i);
    for (int k = 0; k < row->len; k++)
        text_format(out, " %lld-%lld", (long long)row->run[k].lo, (long long)row->run[k].hi - 1);
    text_add_char(out, '\n');
}

static void try_background(const char *text, size_t size, bool future)
{
    Mask   mask, again;
    Why    why = {0};
    Text   out = {0};
    Status status = mask_parse(text, size, "m", future, &mask, &why);
    require(status == STATUS_OK || status == STATUS_DAMAGED || status == STATUS_LIMIT);
    require((status == STATUS_OK) == (why.what[0] == '\0'));
    if (status != STATUS_OK) return;
    for (int64_t i = 0; i < mask.n; i++) {
        const Runs *row = &mask.row[i];
        require(runs_valid(row) == NULL);
        require(row->len == 0 || row->run[row->len - 1].hi <= (future ? mask.n : i + 1));
        add_row(i, row, &out);
    }
    require(mask_parse(out.at, out.len, "m", future, &again, &why) == STATUS_OK && again.n == mask.n);
    for (int64_t i = 0; i < mask.n; i++) require(runs_equal(&mask.row[i], &again.row[i]));
    mask_done(&mask);
    mask_done(&again);
    text_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try_background((const char *)data, size, false);
    try_background((const char *)data, size, true);
    return 0;
}
