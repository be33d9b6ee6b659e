#include "app/cmd/out.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool out_text(Out *out, Text *text)
{
    if (out->error == 0 && text->len && fwrite(text->at, 1, text->len, stdout) != text->len)
        out->error = errno;
    if (out->error == 0 && text->broken) out->error = ENOMEM;
    text_clear(text);
    return out->error == 0;
}

int out_done(Out *out, const CmdCall *call)
{
    if (out->error == 0 && fflush(stdout) != 0) out->error = errno;
    if (out->error == 0 || out->error == EPIPE) return EXIT_DONE;
    cmd_fail(call, "standard output: %s", strerror(out->error));
    return out->error == ENOMEM ? EXIT_INTERNAL : EXIT_STATE;
}

int out_all(Text *text, const CmdCall *call)
{
    Out out = {0};
    out_text(&out, text);
    text_done(text);
    return out_done(&out, call);
}
