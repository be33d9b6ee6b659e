#include "engine/sure.h"

#include <assert.h>

enum { SURE_ROOM = 200 }; /* bytes of the longest expression */

static size_t sure_text(const Mechanism *m, const Value *value, char *out, size_t size)
{
    Writer w = {out, size, 0};
    if (m->sure) m->sure(value, &w);
    return writer_end(&w);
}

Class sure_class(const Mechanism *m, const Value *value)
{
    if (!m->sure) return m->class;
    return sure_text(m, value, NULL, 0) > 0 ? CLASS_HYBRID : CLASS_CONTENT;
}

Status sure_recipe(const Mechanism *m, const Value *value, Recipe *out)
{
    char   text[SURE_ROOM];
    size_t len = sure_text(m, value, text, sizeof text);
    assert(len < sizeof text);
    *out = (Recipe){0};
    return len > 0 ? recipe_parse(text, len, out, NULL) : STATUS_OK;
}
